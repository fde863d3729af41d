// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <set>

#include "app/guidance/outcomes.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::guidance;

namespace {

OutcomeSet shipped()
{
    auto set = OutcomeSet::load(std::string(EVENHAND_SOURCE_DIR) + "/resources/packs/cn-consumer-2026");
    if (!set)
        qFatal("%s", set.error().detail.c_str());
    return *std::move(set);
}

std::set<std::string> codes(const std::vector<const Outcome*>& offered)
{
    std::set<std::string> all;
    for (const auto* outcome : offered)
        all.insert(outcome->code);
    return all;
}

} // namespace

class TestOutcomeSet : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyWhatMakesSenseIsOffered();
    void aDigitMeansOneThingOnOneChannel();
    void theCommonestTakeOneKey();
    void outcomesSayWhatTheyCause();
    void mistakesAreNamedByPlace_data();
    void mistakesAreNamedByPlace();
};

void TestOutcomeSet::onlyWhatMakesSenseIsOffered()
{
    const auto set = shipped();
    OutcomeContext context;
    QVERIFY(codes(set.offered(context)).contains("promise"));
    QVERIFY(codes(set.offered(context)).contains("no_answer"));
    context.facts = {{"right_party", true}};
    QVERIFY(codes(set.offered(context)).contains("promise"));
    QVERIFY(!codes(set.offered(context)).contains("message_left"));
    QVERIFY(!codes(set.offered(context)).contains("no_answer"));
    context.facts = {{"right_party", false}};
    QVERIFY(!codes(set.offered(context)).contains("promise"));
    QVERIFY(codes(set.offered(context)).contains("message_left"));
    context.facts.clear();
    context.direction = domain::Direction::Inbound;
    QVERIFY(!codes(set.offered(context)).contains("no_answer"));
    context.channel = domain::Channel::Visit;
    context.direction = domain::Direction::Outbound;
    QVERIFY(codes(set.offered(context)).contains("visit_not_met"));
    QVERIFY(!codes(set.offered(context)).contains("voicemail"));
}

void TestOutcomeSet::aDigitMeansOneThingOnOneChannel()
{
    const auto set = shipped();
    for (const auto channel : {domain::Channel::Call, domain::Channel::Visit, domain::Channel::Message})
        for (const auto direction : {domain::Direction::Outbound, domain::Direction::Inbound}) {
            std::set<int> digits;
            for (const auto* outcome : set.offered({channel, direction, {}}))
                QVERIFY2(outcome->hotKey == 0 || digits.insert(outcome->hotKey).second, outcome->code.c_str());
        }
}

void TestOutcomeSet::theCommonestTakeOneKey()
{
    const auto set = shipped();
    const OutcomeContext context;
    QCOMPARE(set.byHotKey(context, 1)->code, std::string("promise"));
    QCOMPARE(set.byHotKey(context, 2)->code, std::string("no_answer"));
    QVERIFY(!set.byHotKey(context, 0));
    QVERIFY(!set.byHotKey({domain::Channel::Call, domain::Direction::Outbound, {{"right_party", false}}}, 1));
}

void TestOutcomeSet::outcomesSayWhatTheyCause()
{
    const auto set = shipped();
    QVERIFY(set.required());
    QVERIFY(set.find("promise")->promise == Need::Required);
    QVERIFY(set.find("promise")->result == domain::ContactResult::Conversation);
    QVERIFY(set.find("dispute")->flag == domain::FlagKind::Dispute);
    QVERIFY(set.find("dispute")->flagWholeCase);
    QVERIFY(set.find("stop_request")->flag == domain::FlagKind::Cease);
    QVERIFY(set.find("vulnerable")->escalates);
    QVERIFY(set.find("invalid_number")->numberStatus == domain::ContactStatus::Invalid);
    QVERIFY(!set.find("no_such_code"));
}

void TestOutcomeSet::mistakesAreNamedByPlace_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char* name, const std::string& yaml, const char* problem) {
        QTest::newRow(name) << QString::fromStdString(yaml) << QString::fromUtf8(problem);
    };
    const std::string good = ("outcomes:\n  - {code: a, label: {en: A}, result: no_answer, right_party: nobody, hot_key: 2}\n");
    row("unknown result", "outcomes:\n  - {code: a, label: {en: A}, right_party: nobody, result: gone}\n", "o.yaml:2:60: unknown result \"gone\"");
    row("hot key 10", "outcomes:\n  - {code: a, label: {en: A}, result: busy, right_party: nobody, hot_key: 10}\n", "o.yaml:2:75: `hot_key` must be between 1 and 9");
    row("the same digit twice", good + "  - {code: b, label: {en: B}, result: busy, right_party: nobody, hot_key: 2}\n", "o.yaml:3:5: hot key 2 already belongs to \"a\"");
    row("the same code twice", good + "  - {code: a, label: {en: B}, result: busy, right_party: nobody}\n", "o.yaml:3:5: there are two outcomes called \"a\"");
    row("unknown flag", "outcomes:\n  - {code: a, label: {en: A}, result: busy, right_party: nobody, effects: {flag: angry}}\n", "o.yaml:2:82: unknown flag \"angry\"");
    row("no label", "outcomes:\n  - {code: a, result: busy, right_party: nobody}\n", "o.yaml:2:5: an outcome needs `label`");
    row("a word too many", good + "colour: red\n", "o.yaml:3:1: the outcomes file has no `colour`");
    row("nothing", "outcomes: []\n", "o.yaml:1:1: there are no `outcomes`");
    row("no yaml", "outcomes: {\n", "o.yaml:2:1");
}

void TestOutcomeSet::mistakesAreNamedByPlace()
{
    QFETCH(QString, yaml);
    QFETCH(QString, problem);
    base::SourceProblems problems;
    QVERIFY(!OutcomeSet::parse(yaml.toStdString(), "o.yaml", problems));
    QVERIFY(!problems.empty());
    QVERIFY2(problems.front().toString().rfind(problem.toStdString(), 0) == 0, problems.front().toString().c_str());
}

QTEST_GUILESS_MAIN(TestOutcomeSet)
#include "tst_outcomeset.moc"
