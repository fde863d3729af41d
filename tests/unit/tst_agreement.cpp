// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTest>

#include <rapidcheck.h>

#include "app/domain/eventpayloads.h"
#include "app/domain/planrules.h"
#include "app/domain/plansettle.h"
#include "app/domain/projection.h"
#include "app/guidance/letters.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::domain;

namespace {

const auto kCny = *base::Currency::tryFromCode("CNY");

base::Money money(std::int64_t minor) { return *base::Money::tryFromMinor(minor, kCny); }
base::Date day(const std::string& iso) { return *base::Date::tryFromIso(iso); }
const PlanPatience kPatience{2, 100, 1};

PlanSchedule threeHundred() { return *makeSchedule({{"a1", 30000, 0, 0}}, {PlanKind::Instalments, 3, day("2026-04-05"), 0, 0}); }
ReceivedPayment paid(const std::string& id, const std::string& on, std::int64_t minor) { return {id, day(on), money(minor), {}}; }

std::string checkLetters(const std::string& yaml)
{
    base::SourceProblems problems;
    const auto set = guidance::LetterSet::parse(yaml, "letters.yaml", problems);
    return set ? std::string() : problems.front().toString();
}

} // namespace

class TestAgreement : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPlanIsSettled_data();
    void aPlanIsSettled();
    void settlingHandsOutEachFenOnce();
    void everyScheduleIsExact();
    void aRequestComesBackAsItWent();
    void rulesComeBackAsTheyWent();
    void aSupervisorsLimitsMustBeWider();
    void theShippedLettersAreComplete();
    void lettersAreChecked_data();
    void lettersAreChecked();
};

void TestAgreement::aPlanIsSettled_data()
{
    QTest::addColumn<QString>("payments");   // day amount, …
    QTest::addColumn<QString>("today");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("ended");
    QTest::addColumn<QString>("next");
    // 100.00 on 5 April, 5 May and 5 June; two days of grace, one miss is borne. Worked by hand.
    QTest::newRow("before the first day") << "" << "2026-04-01" << "in_force" << "" << "2026-04-08";
    QTest::newRow("the first is missed") << "" << "2026-04-08" << "in_force" << "" << "2026-05-08";
    QTest::newRow("and the second") << "" << "2026-05-08" << "broken" << "2026-05-08" << "";
    QTest::newRow("the first comes late, the second never") << "2026-04-20 10000" << "2026-05-08" << "in_force" << "" << "2026-06-08";
    QTest::newRow("two at once keep it going") << "2026-05-07 20000" << "2026-05-08" << "in_force" << "" << "2026-06-08";
    QTest::newRow("one day too late to mend") << "2026-05-08 20000" << "2026-05-09" << "broken" << "2026-05-08" << "";
    QTest::newRow("all at once, early") << "2026-03-20 30000" << "2026-04-01" << "completed" << "2026-03-20" << "";
    QTest::newRow("a tolerated yuan short each time") << "2026-04-05 9900,2026-05-05 9900,2026-06-05 9900" << "2026-06-06" << "in_force" << "" << "2026-06-08";
    QTest::newRow("before the agreement counts for nothing") << "2026-02-28 30000" << "2026-04-08" << "in_force" << "" << "2026-05-08";
}

void TestAgreement::aPlanIsSettled()
{
    QFETCH(QString, payments);
    QFETCH(QString, today);
    QFETCH(QString, state);
    QFETCH(QString, ended);
    QFETCH(QString, next);
    std::vector<ReceivedPayment> received;
    for (const auto& one : payments.split(u',', Qt::SkipEmptyParts))
        received.push_back(paid("p", one.section(u' ', 0, 0).toStdString(), one.section(u' ', 1).toLongLong()));
    const auto standing = settlePlan(threeHundred().instalments, kCny, day("2026-03-02"), received, day(today.toStdString()), kPatience);
    QCOMPARE(QString::fromLatin1(toWord(standing.state).data()), state);
    QCOMPARE(standing.endedOn ? QString::fromStdString(standing.endedOn->toIso()) : QString(), ended);
    QCOMPARE(standing.nextChangeOn ? QString::fromStdString(standing.nextChangeOn->toIso()) : QString(), next);
}

void TestAgreement::settlingHandsOutEachFenOnce()
{
    QVERIFY(rc::check("what the instalments got is what was paid, at most their sum, and the earlier is filled first", [] {
        const auto schedule = threeHundred().instalments;
        std::vector<ReceivedPayment> payments;
        std::int64_t sum = 0;
        for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
            const auto minor = *rc::gen::inRange(1, 15000);
            payments.push_back({std::to_string(i), day("2026-03-02").plusDays(*rc::gen::inRange(0, 30)), money(minor), {}});
            sum += minor;
        }
        const auto standing = settlePlan(schedule, kCny, day("2026-03-02"), payments, day("2026-04-02"), kPatience);
        std::int64_t given = 0;
        for (std::size_t i = 0; i < standing.instalments.size(); ++i) {
            given += standing.instalments[i].paidMinor;
            RC_ASSERT(standing.instalments[i].paidMinor <= standing.instalments[i].due.amountMinor);
            if (i > 0 && standing.instalments[i].paidMinor > 0)
                RC_ASSERT(standing.instalments[i - 1].paidMinor == standing.instalments[i - 1].due.amountMinor);
        }
        RC_ASSERT(given <= sum);
        RC_ASSERT(given == std::min<std::int64_t>(sum, 30000) || standing.state == PlanState::Completed);
    }));
}

void TestAgreement::everyScheduleIsExact()
{
    QVERIFY(rc::check("sums exact, days ascending, no instalment zero, amounts differ by one at most", [] {
        std::vector<PlanAccount> accounts;
        for (int i = *rc::gen::inRange(1, 4); i > 0; --i)
            accounts.push_back({std::to_string(i), *rc::gen::inRange<std::int64_t>(0, 10'000'000), *rc::gen::inRange<std::int64_t>(0, 1'000'000),
                                *rc::gen::inRange<std::int64_t>(0, 100'000)});
        const PlanOffer offer{PlanKind::Instalments, *rc::gen::inRange(1, 61), day("2026-01-31"), *rc::gen::inRange(0, 101), *rc::gen::inRange(0, 101)};
        const auto schedule = makeSchedule(accounts, offer);
        std::int64_t debt = 0;
        std::int64_t principal = 0;
        for (const auto& account : accounts)
            principal += account.principalMinor;
        for (const auto& account : accounts)
            debt += account.principalMinor + account.interestMinor + account.feesMinor;
        if (!schedule) {
            RC_ASSERT(principal < offer.months);   // principal is never waived: only when too little is left
            return;
        }
        Instalment sum{day("2026-01-31")};
        for (std::size_t i = 0; i < schedule->instalments.size(); ++i) {
            const auto& one = schedule->instalments[i];
            RC_ASSERT(one.amountMinor > 0);
            RC_ASSERT(one.amountMinor == one.principalMinor + one.interestMinor + one.feesMinor);
            RC_ASSERT(one.principalMinor >= 0 && one.interestMinor >= 0 && one.feesMinor >= 0);
            RC_ASSERT(i == 0 || one.due > schedule->instalments[i - 1].due);
            RC_ASSERT(schedule->instalments.front().amountMinor - one.amountMinor <= 1);
            sum.amountMinor += one.amountMinor;
        }
        RC_ASSERT(sum.amountMinor == schedule->totalMinor);
        RC_ASSERT(debt == schedule->totalMinor + schedule->waivedInterestMinor + schedule->waivedFeesMinor);
    }));
}

void TestAgreement::aRequestComesBackAsItWent()
{
    const PlanRequestPayload request{PartyId::random(), {{PlanKind::Deferral, 3, day("2026-04-05"), 30, 100}, {{"a1", 1, 2, 3}, {"a2", 4, 5, 6}}, kCny}, 21, true, "call",
                                     base::SensitiveText("失业"), Means{500000, 400000, 2}, EventId::random(), ApprovalLevel::Supervisor};
    const auto bytes = encodePayload(request);
    const auto back = decodePayload("plan_request", 1, bytes);
    QVERIFY_RESULT(back);
    QCOMPARE(encodePayload(*back), bytes);
    const DecisionPayload decision{EventId::random(), DecisionKind::Approve, base::SensitiveText("好"), ApprovalLevel::Legal, "法2026-1"};
    const auto said = encodePayload(decision);
    const auto heard = decodePayload("decision", 1, said);
    QVERIFY_RESULT(heard);
    QCOMPARE(encodePayload(*heard), said);
    for (const char* broken : {R"({"decision":"shrug")", R"("months":-1)", R"("interest_percent":101)", R"("principal_minor":-1)"}) {
        auto text = std::string(broken).find("decision") != std::string::npos ? said : bytes;
        const auto name = std::string(broken).substr(0, std::string(broken).find(':'));
        const auto at = text.find(name.substr(name.find('"')));
        QVERIFY(at != std::string::npos);
        const auto end = text.find_first_of(",}", at);
        const auto member = std::string(broken).substr(std::string(broken).find('"'));
        text.replace(at, end - at, member);
        QVERIFY2(!decodePayload(std::string(broken).find("decision") != std::string::npos ? "decision" : "plan_request", 1, text), broken);
    }
}

void TestAgreement::rulesComeBackAsTheyWent()
{
    for (const char* pack : {"cn-consumer-2026", "us-reg-f"}) {
        const auto rules = AgreementRules::load(std::string(EVENHAND_SOURCE_DIR "/resources/packs/") + pack);
        QVERIFY_RESULT(rules);
        const auto json = toJson(*rules);
        const auto back = agreementRulesFromJson(json);
        QVERIFY_RESULT(back);
        QCOMPARE(toJson(*back).dump(), json.dump());
        QVERIFY(rules->promises.supervisor.has_value());
    }
}

void TestAgreement::aSupervisorsLimitsMustBeWider()
{
    base::SourceProblems problems;
    const auto rules = AgreementRules::parse("plans: {levels: [{level: self}]}\npromises: {latest_days: 31, supervisor: {latest_days: 30}}\n", "plans.yaml", problems);
    QVERIFY(!rules);
    const auto said = QString::fromStdString(problems.front().toString());
    QVERIFY2(said.startsWith(QStringLiteral("plans.yaml:2:")) && said.endsWith(QStringLiteral("a supervisor may take at least what an agent may")), qPrintable(said));
}

void TestAgreement::theShippedLettersAreComplete()
{
    QFile file(QStringLiteral(EVENHAND_SOURCE_DIR "/resources/packs/cn-consumer-2026/letters.yaml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    base::SourceProblems problems;
    const auto set = guidance::LetterSet::parse(file.readAll().toStdString(), "letters.yaml", problems);
    QVERIFY2(set.has_value(), problems.empty() ? "" : problems.front().toString().c_str());
    const auto data = guidance::sampleMergeData();
    for (const auto& letter : set->all())
        for (const auto& [language, text] : letter.text) {
            const auto filled = guidance::fillLetter(letter, data, language);
            QVERIFY2(filled.text.find('{') == std::string::npos, letter.code.c_str());
        }
    const auto* agreement = set->find("plan_agreement");
    QVERIFY(agreement && agreement->isAgreement);
    const auto empty = guidance::fillLetter(*agreement, {}, "zh_CN");
    QVERIFY(std::find(empty.gaps.begin(), empty.gaps.end(), "plan.total") != empty.gaps.end());
}

void TestAgreement::lettersAreChecked_data()
{
    QTest::addColumn<QString>("letter");
    QTest::addColumn<QString>("problem");
    const QString good = QStringLiteral("code: a, label: {en: A}, channels: [message]");
    QTest::newRow("a good one") << good + QStringLiteral(", text: {en: \"Hello {debtor.name}\"}") << QString();
    QTest::newRow("a field that does not exist") << good + QStringLiteral(", text: {en: \"{debtor.nam}\"}") << QStringLiteral("which does not exist");
    QTest::newRow("a mandatory field is missing") << good + QStringLiteral(", mandatory: [complaint.number], text: {en: \"Hello\"}") << QStringLiteral("lacks {complaint.number}");
    QTest::newRow("a schedule without a plan") << good + QStringLiteral(", text: {en: \"[schedule]\"}") << QStringLiteral("belongs to agreements only");
    QTest::newRow("an agreement without its schedule") << good + QStringLiteral(", agreement: true, text: {en: \"x\"}") << QStringLiteral("needs a line [schedule]");
    QTest::newRow("a label is missing in a language") << good + QStringLiteral(", text: {en: \"x\", zh_CN: \"x\"}") << QStringLiteral("no label or text in `zh_CN`");
    QTest::newRow("no channel") << QStringLiteral("code: a, label: {en: A}, text: {en: x}") << QStringLiteral("needs `channels`");
}

void TestAgreement::lettersAreChecked()
{
    QFETCH(QString, letter);
    QFETCH(QString, problem);
    const auto said = QString::fromStdString(checkLetters("letters: [{" + letter.toStdString() + "}]\n"));
    if (problem.isEmpty())
        QCOMPARE(said, QString());
    else
        QVERIFY2(said.startsWith(QStringLiteral("letters.yaml:1:")) && said.contains(problem), qPrintable(said));
}

QTEST_GUILESS_MAIN(TestAgreement)
#include "tst_agreement.moc"
