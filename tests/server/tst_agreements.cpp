// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "app/compliance/packdirectory.h"
#include "server/projection/agreementrules.h"
#include "server/projection/caseagreements.h"
#include "server/projection/settleround.h"
#include "server/sequencer/ingest.h"
#include "tests/server/office.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;
using domain::ApprovalLevel;
using domain::DecisionKind;
using domain::PlanState;
using domain::PromiseState;
using domain::UserRole;

namespace {

const auto kCny = *base::Currency::tryFromCode("CNY");

base::Money money(std::int64_t minor) { return *base::Money::tryFromMinor(minor, kCny); }
base::Date day(const std::string& iso) { return *base::Date::tryFromIso(iso); }

/// Two agents, a supervisor, one case of 1,000.00 at a debtor in Shanghai, and the shipped rules. The clock stands at 2 March 2026, 10:00.
struct Desk {
    test::Office office{test::Office::Place::Memory};
    UserRecord agent = office.addUser("agent", UserRole::Agent, "north");
    UserRecord colleague = office.addUser("colleague", UserRole::Agent, "north");
    UserRecord supervisor = office.addUser("supervisor", UserRole::Supervisor, "north");
    domain::CaseId id = office.addCase("1");
    test::Device agentDevice = office.addDevice(agent);
    test::Device colleagueDevice = office.addDevice(colleague);
    test::Device supervisorDevice = office.addDevice(supervisor);

    Desk()
    {
        office.clock.setWall(*base::Instant::tryFromRfc3339("2026-03-02T10:00:00+08:00"));
        office.assign({id}, agent);
        office.write([&](Store& store, std::int64_t) -> base::Result<> {
            EVENHAND_TRY(refreshAgreementRules(store, office.keys().publicKey(), kUsualPack, office.clock.now()));
            return {};
        });
    }

    domain::EventId send(test::Device& device, const UserRecord& user, const domain::EventPayload& payload,
                         std::optional<std::int64_t> knows = std::nullopt)
    {
        const auto at = office.clock.now();
        const auto event = device.event(id, payload, at, [&](domain::EventHeader& header) { header.contextVersion = knows; });
        const DeviceRecord record{device.id, user.id, device.key.publicKey(), "test", at};
        office.write([&](Store& store, std::int64_t) -> base::Result<> {
            EVENHAND_ASSIGN(const auto result, Ingest(store, office.keys(), user).store(checkEvent(event, record, store.dataset(), at)));
            if (result.verdict != "accepted")
                return base::fail(base::ErrorCode::Invalid, result.verdict + " " + result.reason.value_or(""));
            EVENHAND_TRY(store.events().advance(device.id, device.epoch));
            return {};
        });
        return event.eventId;
    }
    domain::EventId fromAgent(const domain::EventPayload& payload) { return send(agentDevice, agent, payload, version()); }
    domain::EventId fromSupervisor(const domain::EventPayload& payload) { return send(supervisorDevice, supervisor, payload, version()); }

    std::int64_t version() { return *office.store().rows().caseVersion(id); }

    domain::PromiseRow promise(const domain::EventId& event)
    {
        const auto row = **office.store().rows().find(domain::kind::kPromise, event.uuid());
        return *domain::promiseFromJson(event, id, *base::parseJson(*row.body));
    }
    domain::PlanRow plan(const domain::EventId& event)
    {
        const auto row = **office.store().rows().find(domain::kind::kPlan, event.uuid());
        return *domain::planFromJson(event, id, *base::parseJson(*row.body));
    }
    std::string ruling(const domain::EventId& event)
    {
        const auto row = *office.store().rows().find(domain::kind::kAnnotation, event.uuid());
        if (!row)
            return {};
        const auto annotation = *domain::annotationFromJson(event, *base::parseJson(*row->body));
        std::string text = annotation.status;
        for (const auto& flag : annotation.flags)
            text += " +" + flag;
        return text;
    }

    void pay(const char* no, const char* on, std::int64_t minor, bool reversed = false, const char* reversedOn = nullptr)
    {
        office.write([&](Store& store, std::int64_t seq) -> base::Result<> {
            EVENHAND_ASSIGN(auto agreements, CaseAgreements::load(store, id, seq));
            const domain::PaymentRow row{base::Uuid::fromName("test.payment", no), id, std::nullopt, money(minor), day(on), "app", reversed, no,
                                         reversedOn ? std::optional(day(reversedOn)) : std::nullopt};
            EVENHAND_TRY(agreements.put(row));
            EVENHAND_TRY(agreements.settle(office.clock.now()));
            return {};
        });
    }
    /// Lets time pass and does what the server does every minute.
    std::int64_t sleepUntil(const char* at)
    {
        office.clock.setWall(*base::Instant::tryFromRfc3339(at));
        std::int64_t looked = 0;
        office.write([&](Store& store, std::int64_t) -> base::Result<> {
            EVENHAND_ASSIGN(looked, settleDue(store, office.clock.now(), 100));
            return {};
        });
        return looked;
    }
    bool isHeld()
    {
        for (const auto& flag : office.caseRow(id).flags)
            if (flag.kind == domain::FlagKind::PlanInForce && !flag.clearedAt)
                return true;
        return false;
    }
};

domain::PromisePayload aPromiseOf(std::int64_t minor, const char* due)
{
    return {domain::PartyId::random(), money(minor), day(due), "app", std::nullopt};
}

domain::PlanRequestPayload aPlan(int months, const char* firstDue, bool agreed, int interestPercent = 0)
{
    domain::PlanTerms terms{{domain::PlanKind::Instalments, months, day(firstDue), interestPercent, 0}, {{"a1", 90000, 10000, 0}}, kCny};
    const auto schedule = *domain::makeSchedule(terms.accounts, terms.offer);
    return {domain::PartyId::random(), terms, schedule.totalMinor, agreed, agreed ? "call" : "", base::SensitiveText("lost the job"), domain::Means{500000, 420000, 2}};
}

domain::DecisionPayload decision(const domain::EventId& request, DecisionKind kind, const char* reason = "") { return {request, kind, base::SensitiveText(reason)}; }

QString word(PromiseState state) { return QString::fromLatin1(domain::toWord(state).data()); }
QString word(PlanState state) { return QString::fromLatin1(domain::toWord(state).data()); }

} // namespace

class TestAgreements : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void aPromiseIsJudgedByThePack_data();
    void aPromiseIsJudgedByThePack();
    void paymentsAndDaysDecideAPromise_data();
    void paymentsAndDaysDecideAPromise();
    void aReversalReopensWhatWasKept();
    void theOrderOfImportsDoesNotMatter();
    void whoKnewOfAPromiseKeepsIt();
    void aPromiseTakenInIgnoranceOfAnotherReplacesIt();
    void aSupervisorAgreesToAPromiseAboveTheLimits();
    void nobodyApprovesTheirOwnRequest();
    void anAgentsApprovalMovesNothing();
    void aSupervisorsOwnLimitsApply();
    void aPlanWithinTheAgentsLimitsIsInForceAtOnce();
    void aPlanAboveThemWaitsForTheSupervisor();
    void anApprovedPlanWaitsForTheDebtor();
    void aRejectedPlanHoldsNothing();
    void thePlanEndsThePromisesBeforeIt();
    void twoMissedInstalmentsBreakThePlanAndLiftTheHold();
    void theLastPaymentCompletesThePlan();
    void aSecondDecisionComesTooLate();
    void anotherTotalThanTheDebtorWasShownIsNotAgreed();
    void aPlanNobodyMayAgreeToIsRefused();
    void aHandSetHoldIsLeftAlone();
    void whatNeedsNoSettlingIsNotTouched();
};

void TestAgreements::aPromiseIsJudgedByThePack_data()
{
    QTest::addColumn<qint64>("minor");
    QTest::addColumn<QString>("due");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("ruling");
    // cn-consumer-2026: at least 100.00 and 5 % (of 1,000.00: 50.00), within 31 days; a supervisor from 10.00, within 62 days.
    QTest::newRow("within the limits") << qint64{20000} << "2026-03-10" << "open" << "";
    QTest::newRow("the last day an agent may take") << qint64{20000} << "2026-04-02" << "open" << "";
    QTest::newRow("one day later") << qint64{20000} << "2026-04-03" << "requested" << "needs_approval +promise.latest";
    QTest::newRow("below the least amount") << qint64{9999} << "2026-03-10" << "requested" << "needs_approval +promise.minimum";
    QTest::newRow("both") << qint64{9999} << "2026-04-03" << "requested" << "needs_approval +promise.minimum +promise.latest";
    QTest::newRow("over the balance is kept as a fact") << qint64{100001} << "2026-03-10" << "open" << "outside_rules +promise.over_balance";
}

void TestAgreements::aPromiseIsJudgedByThePack()
{
    QFETCH(qint64, minor);
    QFETCH(QString, due);
    QFETCH(QString, state);
    QFETCH(QString, ruling);
    Desk desk;
    const auto id = desk.fromAgent(aPromiseOf(minor, due.toLatin1().constData()));
    QCOMPARE(word(desk.promise(id).state), state);
    QCOMPARE(QString::fromStdString(desk.ruling(id)), ruling);
}

void TestAgreements::paymentsAndDaysDecideAPromise_data()
{
    QTest::addColumn<qint64>("paid");
    QTest::addColumn<QString>("on");
    QTest::addColumn<QString>("until");
    QTest::addColumn<QString>("state");
    // 200.00 by 10 March; two days of grace, 1.00 of tolerance.
    QTest::newRow("on its day: still open") << qint64{0} << "" << "2026-03-10T23:59:59+08:00" << "open";
    QTest::newRow("the last minute of grace") << qint64{0} << "" << "2026-03-12T23:59:59+08:00" << "open";
    QTest::newRow("the minute after") << qint64{0} << "" << "2026-03-13T00:00:00+08:00" << "broken";
    QTest::newRow("paid in full") << qint64{20000} << "2026-03-05" << "2026-03-06T09:00:00+08:00" << "kept";
    QTest::newRow("a tolerated yuan short") << qint64{19900} << "2026-03-05" << "2026-03-06T09:00:00+08:00" << "kept";
    QTest::newRow("a fen more short: open until the end") << qint64{19899} << "2026-03-05" << "2026-03-12T09:00:00+08:00" << "open";
    QTest::newRow("and then kept in part") << qint64{19899} << "2026-03-05" << "2026-03-13T09:00:00+08:00" << "partly_kept";
    QTest::newRow("on the last day of grace") << qint64{20000} << "2026-03-12" << "2026-03-13T09:00:00+08:00" << "kept";
    QTest::newRow("the day after it") << qint64{20000} << "2026-03-13" << "2026-03-13T09:00:00+08:00" << "broken";
    QTest::newRow("from before the promise") << qint64{20000} << "2026-03-01" << "2026-03-13T09:00:00+08:00" << "broken";
}

void TestAgreements::paymentsAndDaysDecideAPromise()
{
    QFETCH(qint64, paid);
    QFETCH(QString, on);
    QFETCH(QString, until);
    QFETCH(QString, state);
    Desk desk;
    const auto id = desk.fromAgent(aPromiseOf(20000, "2026-03-10"));
    desk.sleepUntil(until.toLatin1().constData());
    if (paid > 0)
        desk.pay("Z1", on.toLatin1().constData(), paid);
    QCOMPARE(word(desk.promise(id).state), state);
}

void TestAgreements::aReversalReopensWhatWasKept()
{
    Desk desk;
    const auto id = desk.fromAgent(aPromiseOf(20000, "2026-03-10"));
    desk.sleepUntil("2026-03-05T09:00:00+08:00");
    desk.pay("Z1", "2026-03-05", 20000);
    QCOMPARE(word(desk.promise(id).state), QStringLiteral("kept"));
    desk.sleepUntil("2026-03-14T09:00:00+08:00");
    desk.pay("Z1", "2026-03-05", 20000, true, "2026-03-14");
    QCOMPARE(word(desk.promise(id).state), QStringLiteral("open"));   // two days of grace from the day of the reversal
    QCOMPARE(desk.promise(id).paid.minor(), 0);
    desk.sleepUntil("2026-03-17T00:00:00+08:00");
    QCOMPARE(word(desk.promise(id).state), QStringLiteral("broken"));
}

void TestAgreements::theOrderOfImportsDoesNotMatter()
{
    Desk one;
    Desk other;
    for (auto* desk : {&one, &other}) {
        desk->fromAgent(aPromiseOf(20000, "2026-03-10"));
        desk->sleepUntil("2026-03-20T09:00:00+08:00");
    }
    one.pay("Z1", "2026-03-05", 5000);
    one.pay("Z2", "2026-03-09", 15000);
    other.pay("Z2", "2026-03-09", 15000);
    other.pay("Z1", "2026-03-05", 5000);
    const auto rowOf = [](Desk& desk) {
        const auto rows = *desk.office.store().rows().listOfCase(desk.id);
        for (const auto& row : rows)
            if (row.kind == domain::kind::kPromise)
                return domain::promiseFromJson(domain::EventId(row.id), desk.id, *base::parseJson(*row.body))->state;
        return PromiseState::Requested;
    };
    QCOMPARE(word(rowOf(one)), QStringLiteral("kept"));
    QCOMPARE(word(rowOf(other)), QStringLiteral("kept"));
}

void TestAgreements::whoKnewOfAPromiseKeepsIt()
{
    Desk desk;
    const auto first = desk.fromAgent(aPromiseOf(20000, "2026-03-10"));
    const auto second = desk.fromAgent(aPromiseOf(30000, "2026-03-20"));
    QCOMPARE(word(desk.promise(first).state), QStringLiteral("open"));
    QCOMPARE(word(desk.promise(second).state), QStringLiteral("open"));
    auto third = aPromiseOf(30000, "2026-03-22");
    third.replaces = {first};
    desk.fromAgent(third);
    QCOMPARE(word(desk.promise(first).state), QStringLiteral("cancelled"));
    QCOMPARE(word(desk.promise(second).state), QStringLiteral("open"));
    QCOMPARE(desk.ruling(first), std::string("superseded"));
    // Two are open: the fourth is above what an agent may leave open.
    const auto fourth = desk.fromAgent(aPromiseOf(10000, "2026-03-25"));
    QCOMPARE(desk.ruling(fourth), std::string("needs_approval +promise.open"));
}

void TestAgreements::aPromiseTakenInIgnoranceOfAnotherReplacesIt()
{
    Desk desk;
    const auto known = desk.version();
    const auto first = desk.fromAgent(aPromiseOf(20000, "2026-03-10"));
    desk.office.assign({desk.id}, desk.colleague);
    const auto second = desk.send(desk.colleagueDevice, desk.colleague, aPromiseOf(30000, "2026-03-20"), known);
    QCOMPARE(word(desk.promise(first).state), QStringLiteral("cancelled"));
    QCOMPARE(word(desk.promise(second).state), QStringLiteral("open"));
}

void TestAgreements::aSupervisorAgreesToAPromiseAboveTheLimits()
{
    Desk desk;
    const auto before = desk.fromAgent(aPromiseOf(20000, "2026-03-10"));
    auto late = aPromiseOf(20000, "2026-04-20");
    late.replaces = {before};
    late.reason = base::SensitiveText("wages come on the 15th");
    const auto id = desk.fromAgent(late);
    QCOMPARE(word(desk.promise(before).state), QStringLiteral("open"));   // until somebody agreed, the old word counts
    desk.fromSupervisor(decision(id, DecisionKind::Approve, "fine"));
    const auto row = desk.promise(id);
    QCOMPARE(word(row.state), QStringLiteral("open"));
    QVERIFY(row.approval->decidedBy == desk.supervisor.id);
    QCOMPARE(row.approval->decisionReason.reveal(), std::string("fine"));
    QCOMPARE(word(desk.promise(before).state), QStringLiteral("cancelled"));
    QCOMPARE(desk.ruling(id), std::string("accepted"));
}

void TestAgreements::nobodyApprovesTheirOwnRequest()
{
    Desk desk;
    const auto id = desk.fromSupervisor(aPromiseOf(900, "2026-03-20"));   // below a supervisor's own least amount
    QCOMPARE(desk.ruling(id), std::string("needs_approval +promise.minimum"));
    const auto said = desk.fromSupervisor(decision(id, DecisionKind::Approve));
    QCOMPARE(desk.ruling(said), std::string("rejected +decision.own_request"));
    QCOMPARE(word(desk.promise(id).state), QStringLiteral("requested"));
}

void TestAgreements::anAgentsApprovalMovesNothing()
{
    Desk desk;
    const auto id = desk.fromAgent(aPromiseOf(20000, "2026-04-20"));
    desk.office.assign({desk.id}, desk.colleague);
    const auto said = desk.send(desk.colleagueDevice, desk.colleague, decision(id, DecisionKind::Approve), desk.version());
    QCOMPARE(desk.ruling(said), std::string("rejected +decision.level"));
    QCOMPARE(word(desk.promise(id).state), QStringLiteral("requested"));
}

void TestAgreements::aSupervisorsOwnLimitsApply()
{
    Desk desk;
    const auto id = desk.fromAgent(aPlan(25, "2026-04-05", true));
    QCOMPARE(desk.plan(id).approval.needs, ApprovalLevel::Legal);
    const auto alone = desk.fromSupervisor(decision(id, DecisionKind::Approve));
    QCOMPARE(desk.ruling(alone), std::string("rejected +decision.level"));
    auto claimed = decision(id, DecisionKind::Approve);
    claimed.authority = ApprovalLevel::Legal;
    const auto withoutNumber = desk.fromSupervisor(claimed);
    QCOMPARE(desk.ruling(withoutNumber), std::string("rejected +decision.level"));
    claimed.reference = "法务2026-017";
    desk.fromSupervisor(claimed);
    QCOMPARE(word(desk.plan(id).state), QStringLiteral("in_force"));
    QCOMPARE(desk.plan(id).approval.reference, std::string("法务2026-017"));
}

void TestAgreements::aPlanWithinTheAgentsLimitsIsInForceAtOnce()
{
    Desk desk;
    const auto id = desk.fromAgent(aPlan(3, "2026-04-05", true));
    const auto plan = desk.plan(id);
    QCOMPARE(word(plan.state), QStringLiteral("in_force"));
    QCOMPARE(plan.agreedOn->toIso(), std::string("2026-03-02"));
    QCOMPARE(plan.instalments.size(), std::size_t{3});
    QCOMPARE(plan.instalments.front().due.amountMinor, 33334);
    QVERIFY(desk.isHeld());
}

void TestAgreements::aPlanAboveThemWaitsForTheSupervisor()
{
    Desk desk;
    const auto id = desk.fromAgent(aPlan(12, "2026-04-05", true));
    QCOMPARE(word(desk.plan(id).state), QStringLiteral("requested"));
    QCOMPARE(desk.ruling(id), std::string("needs_approval +plan.months"));
    QVERIFY(!desk.isHeld());
    desk.fromSupervisor(decision(id, DecisionKind::Approve, "agreed"));
    QCOMPARE(word(desk.plan(id).state), QStringLiteral("in_force"));
    QCOMPARE(desk.ruling(id), std::string("accepted"));
    QVERIFY(desk.isHeld());
}

void TestAgreements::anApprovedPlanWaitsForTheDebtor()
{
    Desk desk;
    const auto id = desk.fromAgent(aPlan(12, "2026-04-05", false));
    desk.fromSupervisor(decision(id, DecisionKind::Approve));
    QCOMPARE(word(desk.plan(id).state), QStringLiteral("approved"));
    QVERIFY(!desk.isHeld());
    auto agreed = decision(id, DecisionKind::Agree);
    agreed.reference = "signature";
    desk.fromAgent(agreed);
    QCOMPARE(word(desk.plan(id).state), QStringLiteral("in_force"));
    QVERIFY(desk.isHeld());
}

void TestAgreements::aRejectedPlanHoldsNothing()
{
    Desk desk;
    const auto id = desk.fromAgent(aPlan(12, "2026-04-05", true));
    desk.fromSupervisor(decision(id, DecisionKind::Reject, "six would do"));
    QCOMPARE(word(desk.plan(id).state), QStringLiteral("rejected"));
    QCOMPARE(desk.ruling(id), std::string("rejected"));
    QVERIFY(!desk.isHeld());
}

void TestAgreements::thePlanEndsThePromisesBeforeIt()
{
    Desk desk;
    const auto promise = desk.fromAgent(aPromiseOf(20000, "2026-03-10"));
    const auto first = desk.fromAgent(aPlan(3, "2026-04-05", true));
    QCOMPARE(word(desk.promise(promise).state), QStringLiteral("cancelled"));
    const auto second = desk.fromAgent(aPlan(6, "2026-04-05", true));
    QCOMPARE(word(desk.plan(first).state), QStringLiteral("cancelled"));
    QCOMPARE(word(desk.plan(second).state), QStringLiteral("in_force"));
    QVERIFY(desk.isHeld());
}

void TestAgreements::twoMissedInstalmentsBreakThePlanAndLiftTheHold()
{
    Desk desk;
    const auto id = desk.fromAgent(aPlan(3, "2026-04-05", true));
    QCOMPARE(desk.sleepUntil("2026-04-08T00:00:00+08:00"), 1);
    QCOMPARE(word(desk.plan(id).state), QStringLiteral("in_force"));   // one missed instalment is borne
    QVERIFY(desk.plan(id).instalments.front().isMissed);
    QCOMPARE(desk.sleepUntil("2026-05-07T23:59:59+08:00"), 0);
    QCOMPARE(desk.sleepUntil("2026-05-08T00:00:00+08:00"), 1);
    QCOMPARE(word(desk.plan(id).state), QStringLiteral("broken"));
    QCOMPARE(desk.plan(id).endedOn->toIso(), std::string("2026-05-08"));
    QVERIFY(!desk.isHeld());
    desk.pay("Z9", "2026-05-06", 33334);   // was paid in time, only the file came late
    QCOMPARE(word(desk.plan(id).state), QStringLiteral("in_force"));
    QVERIFY(desk.isHeld());
}

void TestAgreements::theLastPaymentCompletesThePlan()
{
    Desk desk;
    const auto id = desk.fromAgent(aPlan(3, "2026-04-05", true));
    desk.sleepUntil("2026-04-01T09:00:00+08:00");
    desk.pay("Z1", "2026-04-01", 60000);
    QCOMPARE(word(desk.plan(id).state), QStringLiteral("in_force"));
    QCOMPARE(desk.plan(id).instalments[1].paidMinor, 26666);
    desk.pay("Z2", "2026-04-01", 40000);
    QCOMPARE(word(desk.plan(id).state), QStringLiteral("completed"));
    QVERIFY(!desk.isHeld());
    desk.pay("Z2", "2026-04-01", 40000, true, "2026-04-01");
    QCOMPARE(word(desk.plan(id).state), QStringLiteral("in_force"));
    QVERIFY(desk.isHeld());
}

void TestAgreements::aSecondDecisionComesTooLate()
{
    Desk desk;
    const auto id = desk.fromAgent(aPlan(12, "2026-04-05", true));
    desk.fromSupervisor(decision(id, DecisionKind::Reject, "no"));
    const auto second = desk.fromSupervisor(decision(id, DecisionKind::Approve));
    QCOMPARE(desk.ruling(second), std::string("rejected +decision.too_late"));
    QCOMPARE(word(desk.plan(id).state), QStringLiteral("rejected"));
}

void TestAgreements::anotherTotalThanTheDebtorWasShownIsNotAgreed()
{
    Desk desk;
    auto request = aPlan(3, "2026-04-05", true);
    request.totalMinor -= 100;
    const auto id = desk.fromAgent(request);
    QCOMPARE(word(desk.plan(id).state), QStringLiteral("approved"));
    QVERIFY(!desk.isHeld());
    QCOMPARE(desk.ruling(id), std::string("accepted +plan.other_total"));
}

void TestAgreements::aPlanNobodyMayAgreeToIsRefused()
{
    Desk desk;
    const auto id = desk.fromAgent(aPlan(61, "2026-04-05", true));
    QCOMPARE(word(desk.plan(id).state), QStringLiteral("rejected"));
    QVERIFY(desk.ruling(id).starts_with("rejected +plan.outside_limits"));
    QVERIFY(!desk.isHeld());
}

void TestAgreements::aHandSetHoldIsLeftAlone()
{
    Desk desk;
    desk.fromAgent(domain::FlagPayload{domain::FlagKind::PlanInForce, true, std::nullopt, std::nullopt, "the lender's own plan"});
    desk.fromAgent(aPromiseOf(20000, "2026-03-10"));
    desk.sleepUntil("2026-03-20T09:00:00+08:00");
    QVERIFY(desk.isHeld());
}

void TestAgreements::whatNeedsNoSettlingIsNotTouched()
{
    Desk desk;
    const auto id = desk.fromAgent(aPromiseOf(20000, "2026-03-10"));
    const auto version = desk.version();
    QCOMPARE(desk.sleepUntil("2026-03-12T23:59:59+08:00"), 0);
    QCOMPARE(desk.version(), version);
    QCOMPARE(desk.sleepUntil("2026-03-13T00:00:00+08:00"), 1);
    QVERIFY(desk.version() > version);
    QCOMPARE(word(desk.promise(id).state), QStringLiteral("broken"));
    QCOMPARE(desk.sleepUntil("2026-03-14T00:00:00+08:00"), 0);
}

QTEST_GUILESS_MAIN(TestAgreements)
#include "tst_agreements.moc"
