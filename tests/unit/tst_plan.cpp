// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <rapidcheck.h>

#include "app/domain/planrules.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::domain;

namespace {

base::Date day(const char* iso) { return *base::Date::tryFromIso(iso); }

PlanOffer instalments(int months, const char* firstDue = "2026-04-05") { return {PlanKind::Instalments, months, day(firstDue), 0, 0}; }

constexpr const char* kRules = R"(
plans:
  levels:
    - {level: self, months: 6}
    - {level: supervisor, months: 24, deferral_months: 3, interest_percent: 30, fees_percent: 100}
    - {level: legal, months: 60, deferral_months: 12, interest_percent: 100, fees_percent: 100}
  min_instalment_minor: 1000
promises: {min_minor: 100, min_percent: 5, latest_days: 31, most_open: 2, grace_days: 2, tolerance_minor: 100}
)";

AgreementRules rules()
{
    base::SourceProblems problems;
    const auto parsed = AgreementRules::parse(kRules, "plans.yaml", problems);
    if (!parsed)
        qFatal("%s", problems.front().toString().c_str());
    return *parsed;
}

} // namespace

class TestPlan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void schedulesAreExact();
    void theLargestAmountsDoNotOverflow();
    void refusesWhatIsNoPlan_data();
    void refusesWhatIsNoPlan();
    void approvalFollowsTheLevels_data();
    void approvalFollowsTheLevels();
    void theStrictestPackWins();
    void wrongRulesAreNamedByPlace_data();
    void wrongRulesAreNamedByPlace();
    void requestsNameTheWrongMember_data();
    void requestsNameTheWrongMember();
};

void TestPlan::schedulesAreExact()
{
    const bool held = rc::check("sums exact, days rise, none zero, parts never negative, at most one fen apart", [] {
        const auto amount = [] { return *rc::gen::inRange<std::int64_t>(0, 100000000); };
        std::vector<PlanAccount> accounts;
        for (int i = *rc::gen::inRange(1, 5); i > 0; --i)
            accounts.push_back({"a", amount(), amount(), amount()});
        PlanOffer offer{PlanKind::Instalments, *rc::gen::inRange(1, 61), base::Date::fromDayNumber(*rc::gen::inRange(20000, 30000)),
                        *rc::gen::inRange(0, 101), *rc::gen::inRange(0, 101)};
        const auto schedule = makeSchedule(accounts, offer);
        RC_PRE(schedule.has_value());
        std::int64_t principal = 0, interest = 0, fees = 0, total = 0, owed = 0;
        for (const auto& one : schedule->instalments) {
            RC_ASSERT(one.amountMinor > 0);
            RC_ASSERT(one.principalMinor >= 0 && one.interestMinor >= 0 && one.feesMinor >= 0);
            RC_ASSERT(one.amountMinor == one.principalMinor + one.interestMinor + one.feesMinor);
            principal += one.principalMinor;
            interest += one.interestMinor;
            fees += one.feesMinor;
            total += one.amountMinor;
        }
        std::int64_t allPrincipal = 0;
        for (const auto& account : accounts) {
            owed += account.principalMinor + account.interestMinor + account.feesMinor;
            allPrincipal += account.principalMinor;
        }
        RC_ASSERT(static_cast<int>(schedule->instalments.size()) == offer.months);
        RC_ASSERT(total == schedule->totalMinor);
        RC_ASSERT(principal == allPrincipal);
        RC_ASSERT(owed == total + schedule->waivedInterestMinor + schedule->waivedFeesMinor);
        RC_ASSERT(schedule->instalments.front().amountMinor - schedule->instalments.back().amountMinor <= 1);
        for (std::size_t i = 1; i < schedule->instalments.size(); ++i)
            RC_ASSERT(schedule->instalments[i - 1].due < schedule->instalments[i].due);
    });
    QVERIFY(held);
}

void TestPlan::theLargestAmountsDoNotOverflow()
{
    const auto schedule = makeSchedule({{"a", base::Money::kLargestMinor, 0, 0}}, instalments(60));
    QVERIFY_RESULT(schedule);
    std::int64_t sum = 0;
    for (const auto& one : schedule->instalments)
        sum += one.principalMinor;
    QCOMPARE(sum, base::Money::kLargestMinor);
    QVERIFY_FAILS(makeSchedule({{"a", base::Money::kLargestMinor, 1, 0}}, instalments(60)), base::ErrorCode::Invalid);
}

void TestPlan::refusesWhatIsNoPlan_data()
{
    QTest::addColumn<qint64>("principal");
    QTest::addColumn<int>("months");
    QTest::addColumn<int>("percent");
    QTest::newRow("no months") << qint64{1000} << 0 << 0;
    QTest::newRow("a negative amount") << qint64{-1} << 1 << 0;
    QTest::newRow("101 percent") << qint64{1000} << 1 << 101;
    QTest::newRow("minus one percent") << qint64{1000} << 1 << -1;
    QTest::newRow("nothing to pay") << qint64{0} << 1 << 0;
    QTest::newRow("five fen in six instalments") << qint64{5} << 6 << 0;
}

void TestPlan::refusesWhatIsNoPlan()
{
    QFETCH(qint64, principal);
    QFETCH(int, months);
    QFETCH(int, percent);
    auto offer = instalments(months);
    offer.interestPercent = percent;
    QVERIFY_FAILS(makeSchedule({{"a", principal, 0, 0}}, offer), base::ErrorCode::Invalid);
    QVERIFY_FAILS(makeSchedule({}, instalments(1)), base::ErrorCode::Invalid);
}

void TestPlan::approvalFollowsTheLevels_data()
{
    QTest::addColumn<int>("months");
    QTest::addColumn<int>("interest");
    QTest::addColumn<QString>("role");
    QTest::addColumn<QString>("answer");
    QTest::newRow("six months: the agent alone") << 6 << 0 << "agent" << "self";
    QTest::newRow("seven: a supervisor") << 7 << 0 << "agent" << "supervisor";
    QTest::newRow("seven by a supervisor: alone") << 7 << 0 << "supervisor" << "self";
    QTest::newRow("24: a supervisor") << 24 << 0 << "field" << "supervisor";
    QTest::newRow("25: legal") << 25 << 0 << "supervisor" << "legal";
    QTest::newRow("60: legal") << 60 << 0 << "agent" << "legal";
    QTest::newRow("61: nobody") << 61 << 0 << "supervisor" << "refused";
    QTest::newRow("30 percent of the interest: a supervisor") << 3 << 30 << "agent" << "supervisor";
    QTest::newRow("31 percent: legal") << 3 << 31 << "agent" << "legal";
    QTest::newRow("an administrator is no supervisor") << 7 << 0 << "admin" << "supervisor";
}

void TestPlan::approvalFollowsTheLevels()
{
    QFETCH(int, months);
    QFETCH(int, interest);
    QFETCH(QString, role);
    QFETCH(QString, answer);
    auto offer = instalments(months);
    offer.interestPercent = interest;
    const auto schedule = makeSchedule({{"a", 1000000, 5000, 0}}, offer);
    QVERIFY_RESULT(schedule);
    const auto verdict = judgePlan(offer, *schedule, rules().plans, *userRoleFromWord(role.toStdString()), std::nullopt);
    const auto got = !verdict.allowed ? std::string("refused") : (verdict.needsApproval ? std::string(toWord(*verdict.needsApproval)) : "self");
    QCOMPARE(QString::fromStdString(got), answer);
    QCOMPARE(verdict.reasons.empty(), answer == QLatin1String("self"));
}

void TestPlan::theStrictestPackWins()
{
    auto strict = rules();
    strict.plans.levels = {{ApprovalLevel::Self, 1, 0, 0, 0}, {ApprovalLevel::Supervisor, 3, 0, 0, 0}};
    const PlanRequest request{{{"a", 100000, 0, 0}}, "CNY", instalments(3), UserRole::Agent, std::nullopt};
    const auto alone = answerPlanRequest(request, {rules()});
    const auto both = answerPlanRequest(request, {rules(), strict});
    QVERIFY_RESULT(alone);
    QVERIFY_RESULT(both);
    QVERIFY((*alone)["needs_approval"].is_null());
    QCOMPARE((*both)["needs_approval"].get<std::string>(), std::string("supervisor"));
}

void TestPlan::wrongRulesAreNamedByPlace_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("place");
    QTest::newRow("unknown level") << "plans:\n  levels:\n    - {level: boss, months: 3}\npromises: {}\n" << "plans.yaml:3:15";
    QTest::newRow("unknown member") << "plans:\n  levels: [{level: self}]\n  colour: red\npromises: {}\n" << "plans.yaml:3:3";
    QTest::newRow("levels that go down") << "plans:\n  levels:\n    - {level: self, months: 9}\n    - {level: legal, months: 3}\npromises: {}\n" << "plans.yaml:4:7";
    QTest::newRow("percent above 100") << "plans:\n  levels: [{level: self, fees_percent: 101}]\npromises: {}\n" << "plans.yaml:2:40";
    QTest::newRow("no yaml") << "plans: [\n" << "plans.yaml:2:1";
    QTest::newRow("empty") << "" << "plans.yaml:1:1";
}

void TestPlan::wrongRulesAreNamedByPlace()
{
    QFETCH(QString, yaml);
    QFETCH(QString, place);
    base::SourceProblems problems;
    QVERIFY(!AgreementRules::parse(yaml.toStdString(), "plans.yaml", problems));
    QVERIFY(!problems.empty());
    QCOMPARE(QString::fromStdString(problems.front().place.toString()), place);
}

void TestPlan::requestsNameTheWrongMember_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("member");
    const QString account = QStringLiteral(R"({"id":"a","principal_minor":100,"interest_minor":0,"fees_minor":0,"currency":"CNY"})");
    const QString offer = QStringLiteral(R"({"kind":"instalments","months":2,"first_due":"2026-04-05"})");
    QTest::newRow("no accounts") << QStringLiteral(R"({"accounts":[],"role":"agent","offer":%1})").arg(offer) << "/accounts";
    QTest::newRow("an amount as text") << QStringLiteral(R"({"accounts":[{"id":"a","principal_minor":"1"}],"role":"agent","offer":%1})").arg(offer) << "/accounts/0/principal_minor";
    QTest::newRow("unknown role") << QStringLiteral(R"({"accounts":[%1],"role":"boss","offer":%2})").arg(account, offer) << "/role";
    QTest::newRow("unknown kind") << QStringLiteral(R"({"accounts":[%1],"role":"agent","offer":{"kind":"gift","first_due":"2026-04-05"}})").arg(account) << "/offer/kind";
    QTest::newRow("31 February") << QStringLiteral(R"({"accounts":[%1],"role":"agent","offer":{"kind":"lump_sum","first_due":"2026-02-31"}})").arg(account) << "/offer/first_due";
    QTest::newRow("no months") << QStringLiteral(R"({"accounts":[%1],"role":"agent","offer":{"kind":"instalments","first_due":"2026-04-05"}})").arg(account) << "/offer/months";
    QTest::newRow("no offer") << QStringLiteral(R"({"accounts":[%1],"role":"agent"})").arg(account) << "/offer";
}

void TestPlan::requestsNameTheWrongMember()
{
    QFETCH(QString, json);
    QFETCH(QString, member);
    const auto request = planRequestFromJson(*base::parseJson(json.toStdString()));
    QVERIFY(!request);
    QVERIFY2(request.error().detail.rfind(member.toStdString() + ":", 0) == 0, request.error().detail.c_str());
}

QTEST_GUILESS_MAIN(TestPlan)
#include "tst_plan.moc"
