// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "server/projection/caserules.h"

using namespace evenhand;
using namespace evenhand::server;

namespace {

base::Instant at(const char* text) { return *base::Instant::tryFromRfc3339(text); }

domain::CallPayload call(domain::Direction direction, const base::Json& gate)
{
    domain::CallPayload payload{domain::PartyId::random()};
    payload.direction = direction;
    payload.gate = gate;
    return payload;
}

domain::FlagPayload flag(domain::FlagKind kind, bool set, std::optional<domain::PartyId> party = {}) { return {kind, set, party, {}, "test"}; }

} // namespace

class TestCaseRules : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void outsideRules_data();
    void outsideRules();
    void nextAction_data();
    void nextAction();
    void flagsAreSetOnceAndClearedByMatch();
    void contactPointChange_data();
    void contactPointChange();
};

void TestCaseRules::outsideRules_data()
{
    QTest::addColumn<bool>("outbound");
    QTest::addColumn<QString>("decision");
    QTest::addColumn<bool>("outside");
    QTest::newRow("an allowed call is inside the rules") << true << "allow" << false;
    QTest::newRow("a warned call is inside the rules") << true << "warn" << false;
    QTest::newRow("a held call is outside the rules") << true << "hold" << true;
    QTest::newRow("a blocked call is outside the rules") << true << "block" << true;
    QTest::newRow("who calls us breaks no rule of ours") << false << "block" << false;
    QTest::newRow("without the gate's answer nothing is claimed") << true << "" << false;
}

void TestCaseRules::outsideRules()
{
    QFETCH(bool, outbound);
    QFETCH(QString, decision);
    QFETCH(bool, outside);
    const auto gate = decision.isEmpty() ? base::Json(nullptr) : base::Json{{"decision", decision.toStdString()}};
    QCOMPARE(isOutsideRules(call(outbound ? domain::Direction::Outbound : domain::Direction::Inbound, gate)), outside);
}

void TestCaseRules::nextAction_data()
{
    QTest::addColumn<QString>("due");
    QTest::addColumn<QString>("called");
    QTest::addColumn<bool>("fulfilled");
    QTest::newRow("a call before its time leaves the call-back standing") << "2026-03-02T10:00:00Z" << "2026-03-02T09:59:59Z" << false;
    QTest::newRow("a call at its time fulfils it") << "2026-03-02T10:00:00Z" << "2026-03-02T10:00:00Z" << true;
    QTest::newRow("a later call fulfils it") << "2026-03-02T10:00:00Z" << "2026-03-03T08:00:00Z" << true;
    QTest::newRow("nothing waits, nothing is fulfilled") << "" << "2026-03-03T08:00:00Z" << false;
}

void TestCaseRules::nextAction()
{
    QFETCH(QString, due);
    QFETCH(QString, called);
    QFETCH(bool, fulfilled);
    const auto cny = *base::Currency::tryFromCode("CNY");
    const auto zero = *base::Money::tryFromMinor(0, cny);
    domain::CaseRow row{domain::CaseId::random(), "1", "P", "B", domain::CaseStatus::Open, zero, zero, 0, "M1", 0, base::SensitiveText("x"), {}, {}, {}, {}, {}};
    if (!due.isEmpty())
        row.nextActionAt = at(qPrintable(due));
    auto payload = call(domain::Direction::Outbound, nullptr);
    payload.startedAt = at(qPrintable(called));
    QCOMPARE(fulfilsNextAction(row, payload), fulfilled);
}

void TestCaseRules::flagsAreSetOnceAndClearedByMatch()
{
    const auto first = at("2026-03-02T10:00:00Z");
    const auto later = at("2026-03-03T10:00:00Z");
    const auto party = domain::PartyId::random();
    std::vector<domain::Flag> flags;
    applyFlag(flags, flag(domain::FlagKind::Dispute, true), first);
    applyFlag(flags, flag(domain::FlagKind::Dispute, true), later);
    QCOMPARE(flags.size(), std::size_t{1});
    QCOMPARE(flags[0].setAt, first);

    applyFlag(flags, flag(domain::FlagKind::Dispute, true, party), later);
    QCOMPARE(flags.size(), std::size_t{2});
    applyFlag(flags, flag(domain::FlagKind::Dispute, false), later);
    QCOMPARE(flags[0].clearedAt, std::optional(later));
    QVERIFY2(!flags[1].clearedAt, "the flag of one party is not cleared with that of the case");

    applyFlag(flags, flag(domain::FlagKind::Dispute, true), later);
    QCOMPARE(flags.size(), std::size_t{3});
}

void TestCaseRules::contactPointChange_data()
{
    QTest::addColumn<bool>("exists");
    QTest::addColumn<bool>("added");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("expected");   // value status source, or nothing
    QTest::newRow("a new number is added as active") << false << true << "19900000002" << "" << "19900000002 active told_by_contact";
    QTest::newRow("a new number without a value is nothing") << false << true << "" << "" << "";
    QTest::newRow("what does not exist is not changed") << false << false << "19900000002" << "" << "";
    QTest::newRow("a status alone keeps value and source") << true << false << "" << "invalid" << "19900000001 invalid contract";
    QTest::newRow("a correction brings its source along") << true << false << "19900000002" << "" << "19900000002 active told_by_contact";
}

void TestCaseRules::contactPointChange()
{
    QFETCH(bool, exists);
    QFETCH(bool, added);
    QFETCH(QString, value);
    QFETCH(QString, status);
    QFETCH(QString, expected);
    const auto caseId = domain::CaseId::random();
    const auto party = domain::PartyId::random();
    const auto id = domain::ContactPointId::random();
    std::optional<domain::ContactPointRow> before;
    if (exists)
        before = domain::ContactPointRow{id, caseId, party, domain::ContactPointKind::Mobile, base::SensitiveText("19900000001"),
                                         domain::ContactSource::Contract, domain::ContactStatus::Active, {}, ""};
    domain::ContactPointChangePayload change{id, party, added, domain::ContactPointKind::Mobile, {}, domain::contactStatusFromWord(status.toStdString()),
                                             domain::ContactSource::ToldByContact};
    if (!value.isEmpty())
        change.value = base::SensitiveText(value.toStdString());
    const auto after = changedContactPoint(before, change, caseId);
    const auto text = !after ? std::string()
                             : after->value.reveal() + " " + std::string(domain::toWord(after->status)) + " " + std::string(domain::toWord(after->source));
    QCOMPARE(text, expected.toStdString());
}

QTEST_GUILESS_MAIN(TestCaseRules)
#include "tst_caserules.moc"
