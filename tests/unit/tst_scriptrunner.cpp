// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "app/guidance/scriptplay.h"
#include "app/guidance/scriptrunner.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::guidance;

namespace {

constexpr const char* kScript = R"(
id: t.small
version: "1"
languages: [en, zh_CN]
hang_up_outcome: hung_up
steps:
  - {id: hello, kind: say, required: true, text: {en: "Hello, I am {agent.name}.", zh_CN: "您好，我是{agent.name}。"}, next: who}
  - id: who
    kind: ask
    text: {en: "Is it you?", zh_CN: "是您吗？"}
    answers:
      - {id: yes, key: "1", label: {en: Yes, zh_CN: 是}, set: {right_party: true}, goto: owed}
      - {id: no, key: "2", label: {en: No, zh_CN: 不是}, set: {right_party: false}, outcome: wrong_person, goto: bye}
  - {id: owed, kind: say, disclosing: true, text: {en: "It is {account.overdue}.", zh_CN: "是{account.overdue}。"}, next: when}
  - id: when
    kind: form
    fields:
      - {id: amount, label: {en: Amount, zh_CN: 金额}, type: amount, fills: promise.amount, set: promised_minor}
      - {id: date, label: {en: Date, zh_CN: 日期}, type: date, fills: promise.date, required: false}
    next: big
  - {id: big, kind: branch, cases: [{when: {fact: promised_minor, at_least: 100000}, goto: wow}], else: bye}
  - {id: wow, kind: say, text: {en: Thank you very much., zh_CN: 非常感谢。}, next: bye}
  - {id: bye, kind: end, outcome: "", excuses: []}
  - {id: soothe, kind: say, tone: empathise, text: {en: I understand., zh_CN: 我理解。}, next: return}
objections:
  - {id: money, key: m, label: {en: No money, zh_CN: 没钱}, goto: soothe}
  - {id: later, label: {en: Later, zh_CN: 以后}, when: {fact: right_party, is: true}, goto: soothe}
)";

std::shared_ptr<const Script> small()
{
    auto script = Script::parse(kScript, "small.yaml");
    if (!script)
        qFatal("%s", script.error().detail.c_str());
    return std::make_shared<const Script>(*std::move(script));
}

std::string words(const Prompt& prompt) { return joined(prompt.text); }

} // namespace

class TestScriptRunner : public QObject {
    Q_OBJECT
    test::FakeClock m_clock;

    ScriptRunner runner(Facts facts = {}) { return {small(), std::move(facts), sampleMergeData(), "en", m_clock}; }

private Q_SLOTS:
    void anAnswerLeadsOnSetsFactsAndSuggests();
    void aDisclosingStepIsLockedUntilTheRightPartyIsConfirmed();
    void identityThatIsWithdrawnLocksAgain();
    void requiredStepsCannotBeSkippedOthersCan();
    void objectionsReturnToWhereOneWas();
    void objectionsAreOfferedByTheirCondition();
    void goingBackTakesFactsBackAndOffersTheAnswerAgain();
    void goingBackKeepsWhatWasLearnedOutside();
    void formsReadAmountsAndDatesOrSayWhichFieldIsWrong_data();
    void formsReadAmountsAndDatesOrSayWhichFieldIsWrong();
    void branchesFollowFacts();
    void whatIsPassedTooFastIsMarked();
    void aWallClockThatJumpsChangesNothing();
    void theLanguageCanChangeInTheMiddle();
    void aMissingValueIsAVisibleGap();
    void hostileValuesCannotBreakTheSentence();
    void hangingUpKeepsTheEvidence();
    void anEventThatDoesNotFitChangesNothing();
};

void TestScriptRunner::anAnswerLeadsOnSetsFactsAndSuggests()
{
    auto run = runner();
    QCOMPARE(words(run.prompt()), std::string("Hello, I am 王晓."));
    QVERIFY_RESULT(run.handle(Continued{}));
    const auto prompt = run.handle(Answered{"2"});
    QVERIFY_RESULT(prompt);
    QCOMPARE(prompt->stepId, std::string("bye"));
    QCOMPARE(prompt->suggestedOutcome, std::string("wrong_person"));
    QVERIFY(run.finished());
    QVERIFY(run.facts().at("right_party") == FactValue(false));
}

void TestScriptRunner::aDisclosingStepIsLockedUntilTheRightPartyIsConfirmed()
{
    auto run = runner();
    QVERIFY_RESULT(run.handle(Continued{}));
    const auto open = run.handle(Answered{"yes"});
    QVERIFY_RESULT(open);
    QVERIFY(!open->locked);
    QVERIFY(words(*open).find("1,234.50") != std::string::npos);
}

void TestScriptRunner::identityThatIsWithdrawnLocksAgain()
{
    auto run = runner();
    QVERIFY_RESULT(run.handle(Continued{}));
    QVERIFY_RESULT(run.handle(Answered{"yes"}));
    const auto locked = run.handle(FactLearned{"right_party", false});
    QVERIFY_RESULT(locked);
    QVERIFY(locked->locked);
    QVERIFY(locked->text.empty());
    QVERIFY(!locked->canContinue);
    QVERIFY_FAILS(run.handle(Continued{}), base::ErrorCode::Invalid);
    QCOMPARE(run.prompt().stepId, std::string("owed"));
}

void TestScriptRunner::requiredStepsCannotBeSkippedOthersCan()
{
    auto run = runner();
    QVERIFY(!run.prompt().canSkip);
    QVERIFY_FAILS(run.handle(Skipped{}), base::ErrorCode::Invalid);
    QCOMPARE(run.trace().remarks.back().kind, std::string("required_skip_refused"));
    QVERIFY_RESULT(run.handle(Continued{}));
    QVERIFY_RESULT(run.handle(Answered{"yes"}));
    QVERIFY_RESULT(run.handle(Skipped{}));
    QCOMPARE(run.prompt().stepId, std::string("when"));
}

void TestScriptRunner::objectionsReturnToWhereOneWas()
{
    auto run = runner();
    QVERIFY_RESULT(run.handle(Continued{}));
    const auto raised = run.handle(ObjectionRaised{"m"});
    QVERIFY_RESULT(raised);
    QVERIFY(raised->inObjection);
    QVERIFY(raised->tone == Tone::Empathise);
    QVERIFY_RESULT(run.handle(ObjectionRaised{"money"}));
    QVERIFY_RESULT(run.handle(Continued{}));
    const auto back = run.handle(Continued{});
    QVERIFY_RESULT(back);
    QCOMPARE(back->stepId, std::string("who"));
    QVERIFY(!back->inObjection);
}

void TestScriptRunner::objectionsAreOfferedByTheirCondition()
{
    auto run = runner();
    QCOMPARE(run.prompt().objections.size(), std::size_t{1});
    QVERIFY_FAILS(run.handle(ObjectionRaised{"later"}), base::ErrorCode::Invalid);
    QVERIFY_RESULT(run.handle(FactLearned{"right_party", true}));
    QCOMPARE(run.prompt().objections.size(), std::size_t{2});
}

void TestScriptRunner::goingBackTakesFactsBackAndOffersTheAnswerAgain()
{
    auto run = runner();
    QVERIFY_RESULT(run.handle(Continued{}));
    QVERIFY_RESULT(run.handle(Answered{"yes"}));
    const auto back = run.handle(WentBack{});
    QVERIFY_RESULT(back);
    QCOMPARE(back->stepId, std::string("who"));
    QVERIFY(!run.facts().contains("right_party"));
    QVERIFY(back->answers.at(0).chosenBefore);
    QVERIFY(!back->answers.at(1).chosenBefore);
    QCOMPARE(run.trace().steps.size(), std::size_t{4});   // evidence stays: hello, who, owed, who
    QVERIFY(run.trace().steps.at(1).undone);
    QVERIFY(run.trace().steps.at(2).undone);
    QCOMPARE(run.trace().steps.at(2).answer, std::string("back"));
    QVERIFY(!run.trace().steps.at(3).undone);
}

void TestScriptRunner::goingBackKeepsWhatWasLearnedOutside()
{
    auto run = runner();
    QVERIFY_RESULT(run.handle(Continued{}));
    QVERIFY_RESULT(run.handle(FactLearned{"withdrawn", true}));
    QVERIFY_RESULT(run.handle(WentBack{}));
    QVERIFY(run.facts().contains("withdrawn"));
}

void TestScriptRunner::formsReadAmountsAndDatesOrSayWhichFieldIsWrong_data()
{
    QTest::addColumn<QString>("amount");
    QTest::addColumn<QString>("date");
    QTest::addColumn<QString>("wrongField");
    QTest::newRow("plain") << "500" << "2026-04-05" << "";
    QTest::newRow("separator") << "1,000.5" << "" << "";
    QTest::newRow("full-width") << QStringLiteral("１０００") << "" << "";
    QTest::newRow("in words") << QStringLiteral("一千") << "" << "amount";
    QTest::newRow("negative") << "-5" << "" << "amount";
    QTest::newRow("empty") << "" << "" << "amount";
    QTest::newRow("31 February") << "500" << "2026-02-31" << "date";
}

void TestScriptRunner::formsReadAmountsAndDatesOrSayWhichFieldIsWrong()
{
    QFETCH(QString, amount);
    QFETCH(QString, date);
    QFETCH(QString, wrongField);
    auto run = runner();
    QVERIFY_RESULT(run.handle(Continued{}));
    QVERIFY_RESULT(run.handle(Answered{"yes"}));
    QVERIFY_RESULT(run.handle(Continued{}));
    const auto filled = run.handle(Filled{{{"amount", amount.toStdString()}, {"date", date.toStdString()}}});
    QCOMPARE(filled.has_value(), wrongField.isEmpty());
    if (!filled)
        QVERIFY(filled.error().detail.find("\"" + wrongField.toStdString() + "\"") != std::string::npos);
    else
        QVERIFY(run.data().contains("promise.amount"));
}

void TestScriptRunner::branchesFollowFacts()
{
    for (const auto& [amount, step] : {std::pair{"999.99", "bye"}, std::pair{"1000", "wow"}}) {
        auto run = runner();
        QVERIFY_RESULT(run.handle(Continued{}));
        QVERIFY_RESULT(run.handle(Answered{"yes"}));
        QVERIFY_RESULT(run.handle(Continued{}));
        QVERIFY_RESULT(run.handle(Filled{{{"amount", amount}}}));
        QCOMPARE(run.prompt().stepId, std::string(step));
    }
}

void TestScriptRunner::whatIsPassedTooFastIsMarked()
{
    auto run = runner();
    m_clock.advance(400);
    QVERIFY_RESULT(run.handle(Continued{}));
    QVERIFY(run.trace().steps.at(0).tooFast);
    auto slow = runner();
    m_clock.advance(slow.prompt().minReadingMs);
    QVERIFY_RESULT(slow.handle(Continued{}));
    QVERIFY(!slow.trace().steps.at(0).tooFast);
}

void TestScriptRunner::aWallClockThatJumpsChangesNothing()
{
    auto run = runner();
    m_clock.setWall(m_clock.now().plusSeconds(-3600));
    m_clock.advance(5000);
    QVERIFY_RESULT(run.handle(Continued{}));
    QCOMPARE(run.trace().steps.at(0).leftAtMs, std::int64_t{5000});
}

void TestScriptRunner::theLanguageCanChangeInTheMiddle()
{
    auto run = runner();
    const auto chinese = run.handle(LanguageChosen{"zh_CN"});
    QVERIFY_RESULT(chinese);
    QCOMPARE(words(*chinese), std::string("您好，我是王晓。"));
    QVERIFY_FAILS(run.handle(LanguageChosen{"fr"}), base::ErrorCode::Invalid);
}

void TestScriptRunner::aMissingValueIsAVisibleGap()
{
    ScriptRunner run(small(), {}, {}, "zh_CN", m_clock);
    QCOMPARE(words(run.prompt()), std::string("您好，我是【坐席姓名：未提供】。"));
    QCOMPARE(run.prompt().gaps, std::vector<std::string>{"agent.name"});
}

void TestScriptRunner::hostileValuesCannotBreakTheSentence()
{
    auto data = sampleMergeData();
    data["agent.name"] = std::string("A\u202Eb\x01\n{debtor.name}") + std::string(10000, 'x');
    ScriptRunner run(small(), {}, data, "en", m_clock);
    const auto said = words(run.prompt());
    QVERIFY(said.find("\u202E") == std::string::npos);
    QVERIFY(said.find('\n') == std::string::npos);
    QVERIFY(said.find("{debtor.name}") != std::string::npos);   // values are not filled in again
    QVERIFY(said.size() < 300);
}

void TestScriptRunner::hangingUpKeepsTheEvidence()
{
    auto run = runner();
    const auto after = run.handle(DebtorHungUp{});
    QVERIFY_RESULT(after);
    QVERIFY(!run.finished());
    QCOMPARE(after->suggestedOutcome, std::string("hung_up"));
    QCOMPARE(run.missingDuties(), std::vector<std::string>{"hello"});
    QVERIFY_FAILS(run.handle(Continued{}), base::ErrorCode::Invalid);
}

void TestScriptRunner::anEventThatDoesNotFitChangesNothing()
{
    auto run = runner();
    const auto before = run.trace().steps.size();
    QVERIFY_FAILS(run.handle(Answered{"yes"}), base::ErrorCode::Invalid);
    QVERIFY_FAILS(run.handle(Ticked{"x", true}), base::ErrorCode::Invalid);
    QVERIFY_FAILS(run.handle(Filled{}), base::ErrorCode::Invalid);
    QVERIFY_FAILS(run.handle(WentBack{}), base::ErrorCode::Invalid);
    QCOMPARE(run.trace().steps.size(), before);
    QCOMPARE(run.prompt().stepId, std::string("hello"));
}

QTEST_GUILESS_MAIN(TestScriptRunner)
#include "tst_scriptrunner.moc"
