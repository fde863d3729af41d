// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped scripts: they lint clean, every way through them is walked once, and what is broken in them makes the linter speak.
#include <QTest>

#include <set>

#include "app/guidance/examples.h"
#include "app/guidance/outcomes.h"
#include "app/guidance/scriptflow.h"
#include "app/guidance/scriptrunner.h"
#include "app/guidance/scriptset.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::guidance;

namespace {

const test::FakeClock kClock;

std::string packFolder(const char* id) { return std::string(EVENHAND_SOURCE_DIR) + "/resources/packs/" + id; }

std::vector<std::shared_ptr<const Script>> shipped(std::vector<LintFinding>& findings)
{
    std::vector<std::shared_ptr<const Script>> all;
    for (const auto* id : {"cn-consumer-2026", "us-reg-f"}) {
        const auto set = ScriptSet::load(packFolder(id), {}, findings);
        all.insert(all.end(), set.all().begin(), set.all().end());
    }
    return all;
}

// Everything an agent can do at a prompt.
std::vector<ScriptEvent> possible(const Prompt& prompt)
{
    std::vector<ScriptEvent> events;
    for (const auto& answer : prompt.answers)
        events.push_back(Answered{answer.id});
    if (prompt.kind == StepKind::Say || prompt.kind == StepKind::Check)
        events.push_back(Continued{});
    if (prompt.canSkip)
        events.push_back(Skipped{});
    if (prompt.kind == StepKind::Form) {
        Filled filled;
        for (const auto& field : prompt.fields)
            filled.values[field.id] = field.kind == FieldKind::Date ? "2026-03-20" : "100";
        events.push_back(filled);
    }
    for (const auto& objection : prompt.objections)
        events.push_back(ObjectionRaised{objection.id});
    return events;
}

struct Walk {
    std::set<std::string> seen;           // "step|duties|event" already taken
    std::set<std::string> shown;
    std::set<std::string> ends;
    std::string problem;
};

std::string fingerprint(const ScriptRunner& run, const Prompt& prompt, std::size_t event)
{
    std::string text = prompt.stepId + (prompt.inObjection ? "|in|" : "|out|") + std::to_string(event);
    const auto facts = run.facts();
    const auto identity = facts.find(kRightParty);
    text += identity == facts.end() ? "|?" : (identity->second == FactValue(true) ? "|yes" : "|no");
    for (const auto& missing : prompt.missing)
        text += "|" + missing;
    return text;
}

void walk(const ScriptRunner& run, Walk& state, int depth)
{
    const auto prompt = run.prompt();
    state.shown.insert(prompt.stepId);
    if (prompt.locked || !prompt.gaps.empty())
        state.problem = prompt.stepId + (prompt.locked ? ": shown locked" : ": shows a gap " + prompt.gaps.front());
    if (prompt.atEnd) {
        state.ends.insert(prompt.stepId);
        if (!prompt.missing.empty())
            state.problem = prompt.stepId + ": reached without " + prompt.missing.front();
        return;
    }
    const auto events = possible(prompt);
    for (std::size_t i = 0; i < events.size() && state.problem.empty(); ++i) {
        if (depth > 200 || !state.seen.insert(fingerprint(run, prompt, i)).second)
            continue;
        auto next = run;
        for (const auto& item : prompt.items)
            if (std::holds_alternative<Continued>(events[i]) && !next.handle(Ticked{item.id, true}))
                state.problem = prompt.stepId + ": cannot tick " + item.id;
        if (const auto result = next.handle(events[i]); !result)
            state.problem = prompt.stepId + ": " + result.error().detail;
        else
            walk(next, state, depth + 1);
    }
}

Script without(const Script& script, std::size_t step, auto change)
{
    auto copy = script;
    change(copy.steps.at(step));
    return copy;
}

bool speaks(const Script& script) { return !lintScript(script).empty(); }

} // namespace

class TestScriptPack : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shippedScriptsLintClean();
    void shippedTranscriptsPass();
    void everyWayIsWalkedOnce();
    void theSixDutiesAreInEveryCallToTheDebtor();
    void everySuggestedOutcomeExistsAndFitsTheChannel();
    void brokenScriptsMakeTheLinterSpeak();
    void theRightScriptIsChosen_data();
    void theRightScriptIsChosen();
};

void TestScriptPack::shippedScriptsLintClean()
{
    std::vector<LintFinding> findings;
    const auto scripts = shipped(findings);
    for (const auto& finding : findings)
        qWarning("%s", finding.toString().c_str());
    QVERIFY(findings.empty());
    QCOMPARE(scripts.size(), std::size_t{12});
}

void TestScriptPack::shippedTranscriptsPass()
{
    for (const auto* id : {"cn-consumer-2026", "us-reg-f"}) {
        ExampleReport report;
        testScriptTranscripts(packFolder(id), report);
        testPlanTables(packFolder(id), report);
        for (const auto& failure : report.failures)
            qWarning("%s", failure.toString().c_str());
        QCOMPARE(report.failed, 0);
        QVERIFY(report.passed >= 5);
    }
}

void TestScriptPack::everyWayIsWalkedOnce()
{
    std::vector<LintFinding> findings;
    for (const auto& script : shipped(findings)) {
        Walk state;
        walk(ScriptRunner(script, {}, sampleMergeData(), "zh_CN", kClock), state, 0);
        QVERIFY2(state.problem.empty(), (script->id + ": " + state.problem).c_str());
        for (const auto& step : script->steps)
            QVERIFY2(step.kind == StepKind::Branch || state.shown.contains(step.id), (script->id + ": never shown: " + step.id).c_str());
    }
}

void TestScriptPack::theSixDutiesAreInEveryCallToTheDebtor()
{
    std::vector<LintFinding> findings;
    const auto set = ScriptSet::load(packFolder("cn-consumer-2026"), {}, findings);
    for (const auto* id : {"first_contact", "follow_up", "promise_reminder", "broken_promise", "hardship", "dispute", "inbound", "field_visit"}) {
        const auto script = set.find(std::string("cn.") + id);
        QVERIFY(script);
        std::set<std::string> duties;
        for (const auto& duty : dutiesOf(*script))
            duties.insert(duty.id);
        for (const auto* duty : {"institution", "recording", "identity", "overdue", "plan", "confirmation"})
            QVERIFY2(duties.contains(duty), (std::string(id) + " lacks " + duty).c_str());
    }
}

void TestScriptPack::everySuggestedOutcomeExistsAndFitsTheChannel()
{
    for (const auto* id : {"cn-consumer-2026", "us-reg-f"}) {
        const auto outcomes = OutcomeSet::load(packFolder(id));
        QVERIFY_RESULT(outcomes);
        std::vector<LintFinding> findings;
        const auto set = ScriptSet::load(packFolder(id), {}, findings);
        for (const auto& script : set.all())
            for (const auto& step : script->steps) {
                auto codes = std::vector<std::string>{step.outcome};
                for (const auto& answer : step.answers)
                    codes.push_back(answer.outcome);
                for (const auto& code : codes) {
                    const auto* outcome = outcomes->find(code);
                    QVERIFY2(code.empty() || outcome, (script->id + ": " + code).c_str());
                    for (const auto channel : script->use.channels)
                        QVERIFY2(code.empty() || outcome->channels.empty()
                                     || std::find(outcome->channels.begin(), outcome->channels.end(), channel) != outcome->channels.end(),
                                 (script->id + ": " + code + " is not offered on this channel").c_str());
                }
            }
    }
}

void TestScriptPack::brokenScriptsMakeTheLinterSpeak()
{
    std::vector<LintFinding> findings;
    int mutations = 0;
    const auto expectSpeech = [&mutations](const Script& broken, const std::string& what) {
        ++mutations;
        QVERIFY2(speaks(broken), (broken.id + ": nothing said about " + what).c_str());
    };
    for (const auto& script : shipped(findings)) {
        // Between them these use every shared part.
        if (script->id != "cn.first_contact" && script->id != "cn.field_visit" && script->id != "cn.third_party" && script->id != "us.first_contact")
            continue;
        for (std::size_t i = 0; i < script->steps.size(); ++i) {
            const auto& step = script->steps[i];
            if (!step.next.isMissing()) {
                expectSpeech(without(*script, i, [](Step& s) { s.next.step = "no_such_step"; }), step.id + " leading nowhere");
                expectSpeech(without(*script, i, [](Step& s) { s.next.step = s.id; }), step.id + " leading to itself");
            }
            if (step.required && step.kind == StepKind::Say)
                expectSpeech(without(*script, i, [](Step& s) { s.required = false; }), step.id + " no longer required");
            if (!step.text.empty()) {
                expectSpeech(without(*script, i, [](Step& s) { s.text.erase("en"); }), step.id + " without English");
                expectSpeech(without(*script, i, [](Step& s) { s.text["zh_CN"] += "{no.such_field}"; }), step.id + " with an unknown field");
            }
            if (step.disclosing && step.kind == StepKind::Say && !mergeUses(textIn(step.text, "en")).empty()
                && findMergeField(mergeUses(textIn(step.text, "en")).front().name)->discloses)
                expectSpeech(without(*script, i, [](Step& s) { s.disclosing = false; }), step.id + " no longer disclosing");
            for (std::size_t a = 0; a < step.answers.size(); ++a) {
                if (step.answers[a].sets.contains(kRightParty) && step.answers[a].sets.at(kRightParty) == FactValue(true))
                    expectSpeech(without(*script, i, [a](Step& s) { s.answers[a].sets.clear(); }), step.id + " proving nothing");
                expectSpeech(without(*script, i, [a](Step& s) { s.answers[a].target = {"no_such_step", {}}; }), step.id + " with a lost answer");
            }
        }
    }
    QVERIFY2(mutations > 400, std::to_string(mutations).c_str());
}

void TestScriptPack::theRightScriptIsChosen_data()
{
    QTest::addColumn<QString>("channel");
    QTest::addColumn<QString>("direction");
    QTest::addColumn<QString>("role");
    QTest::addColumn<QString>("fact");
    QTest::addColumn<QString>("script");
    QTest::newRow("nothing known: first contact") << "call" << "outbound" << "debtor" << "" << "cn.first_contact";
    QTest::newRow("a promise is due: reminder") << "call" << "outbound" << "debtor" << "promise_due" << "cn.promise_reminder";
    QTest::newRow("a promise was broken") << "call" << "outbound" << "guarantor" << "promise_broken" << "cn.broken_promise";
    QTest::newRow("hardship") << "call" << "outbound" << "debtor" << "hardship" << "cn.hardship";
    QTest::newRow("a third person never hears the debtor's script") << "call" << "outbound" << "unrelated_third" << "promise_due" << "cn.third_party";
    QTest::newRow("inbound") << "call" << "inbound" << "debtor" << "promise_broken" << "cn.inbound";
    QTest::newRow("visit") << "visit" << "outbound" << "debtor" << "" << "cn.field_visit";
}

void TestScriptPack::theRightScriptIsChosen()
{
    QFETCH(QString, channel);
    QFETCH(QString, direction);
    QFETCH(QString, role);
    QFETCH(QString, fact);
    QFETCH(QString, script);
    std::vector<LintFinding> findings;
    const auto set = ScriptSet::load(packFolder("cn-consumer-2026"), {}, findings);
    ScriptContext context{*domain::channelFromWord(channel.toStdString()), *domain::directionFromWord(direction.toStdString()),
                          *domain::partyRoleFromWord(role.toStdString()), {}};
    if (!fact.isEmpty())
        context.facts.emplace(fact.toStdString(), true);
    const auto fitting = set.fitting(context);
    QVERIFY(!fitting.empty());
    QCOMPARE(QString::fromStdString(fitting.front()->id), script);
}

QTEST_GUILESS_MAIN(TestScriptPack)
#include "tst_scriptpack.moc"
