// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "app/guidance/scriptlinter.h"

using namespace evenhand;
using namespace evenhand::guidance;

namespace {

std::string head(const std::string& more = {})
{
    return "id: t\nversion: \"1\"\nlanguages: [en]\n" + more + "steps:\n";
}

// The checks that spoke, in order, separated by blanks.
QString checksOf(const std::string& text, const LintOptions& options = {})
{
    QStringList checks;
    for (const auto& finding : lintScriptText(text, "t.yaml", options))
        checks << QString::fromStdString(finding.check);
    return checks.join(QLatin1Char(' '));
}

} // namespace

class TestScriptLinter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsWhatIsWrong_data();
    void findsWhatIsWrong();
    void syntaxIsNamedByPlace_data();
    void syntaxIsNamedByPlace();
    void bannedPhrasesComeFromTheCaller();
    void mandatedWordingIsTheSameEverywhere();
};

void TestScriptLinter::findsWhatIsWrong_data()
{
    QTest::addColumn<QString>("steps");
    QTest::addColumn<QString>("checks");
    const auto row = [](const char* name, const std::string& text, const char* checks) {
        QTest::newRow(name) << QString::fromStdString(text) << QString::fromLatin1(checks);
    };
    const std::string end = "  - {id: bye, kind: end}\n";
    const std::string identify = "  - {id: who, kind: ask, text: {en: You.}, answers: [{id: y, key: y, label: {en: Y}, set: {right_party: true}, goto: tell},"
                                 " {id: n, key: n, label: {en: N}, goto: bye}]}\n";
    row("a sound script", head() + "  - {id: a, kind: say, text: {en: Hi.}, next: bye}\n" + end, "");
    row("a step without next", head() + "  - {id: a, kind: say, text: {en: Hi.}}\n" + end, "dead-end");
    row("a branch without else", head() + "  - {id: a, kind: branch, cases: [{when: {fact: x, is: 1}, goto: bye}]}\n" + end, "dead-end");
    row("an answer that leads nowhere", head() + "  - {id: a, kind: ask, text: {en: Hi.}, answers: [{id: y, label: {en: Y}}]}\n" + end, "dead-end");
    row("an unknown target", head() + "  - {id: a, kind: say, text: {en: Hi.}, next: c}\n" + end, "unknown-target");
    row("a step nobody reaches", head() + "  - {id: a, kind: say, text: {en: Hi.}, next: bye}\n  - {id: b, kind: say, text: {en: Ho.}, next: bye}\n" + end, "unreachable");
    row("a circle", head() + "  - {id: a, kind: say, text: {en: Hi.}, next: b}\n  - {id: b, kind: say, text: {en: Ho.}, next: a}\n" + end, "no-exit no-exit unreachable");
    row("a circle that shows nothing", head() + "  - {id: a, kind: branch, cases: [{when: {fact: x, is: 1}, goto: bye}], else: a}\n" + end, "silent-loop");
    row("a return without an objection", head() + "  - {id: a, kind: say, text: {en: Hi.}, next: return}\n" + end, "misplaced-return unreachable");
    row("a duty that can be missed", head("duties: {d: {en: D}}\n") + "  - {id: a, kind: say, duty: d, text: {en: Hi.}, next: bye}\n" + end, "missing-duty");
    row("a duty nobody fulfils", head("duties: {d: {en: D}}\n") + "  - {id: a, kind: say, text: {en: Hi.}, next: bye}\n" + end, "missing-duty");
    row("an excused duty", head("duties: {d: {en: D}}\n") + "  - {id: a, kind: ask, text: {en: Hi.}, answers: [{id: y, label: {en: Y}, goto: b}, {id: n, label: {en: N}, goto: bye}]}\n"
        "  - {id: b, kind: say, required: true, duty: d, text: {en: Ho.}, next: done}\n  - {id: done, kind: end}\n  - {id: bye, kind: end, excuses: d}\n", "");
    row("a way around a required step", head() + "  - {id: a, kind: ask, text: {en: Hi.}, answers: [{id: y, label: {en: Y}, goto: b}, {id: n, label: {en: N}, goto: bye}]}\n"
        "  - {id: b, kind: say, required: true, text: {en: Ho.}, next: bye}\n" + end, "missing-duty");
    row("an end of the main way that excuses all", head() + "  - {id: a, kind: say, required: true, text: {en: Hi.}, next: bye}\n  - {id: bye, kind: end, excuses: all}\n", "excuse-all");
    row("an unknown duty", head() + "  - {id: a, kind: say, duty: d, text: {en: Hi.}, next: bye}\n" + end, "unknown-duty");
    row("mandated but not required", head() + "  - {id: a, kind: say, mandated: w, clause: c, text: {en: Hi.}, next: bye}\n" + end, "mandated-not-required");
    row("disclosure after identity", head() + identify + "  - {id: tell, kind: say, disclosing: true, text: {en: \"It is {account.overdue}.\"}, next: bye}\n" + end, "");
    row("disclosure without identity", head() + "  - {id: tell, kind: say, disclosing: true, text: {en: \"It is {account.overdue}.\"}, next: bye}\n" + end, "disclosure-before-identity");
    row("disclosure behind a branch on identity", head() + "  - {id: a, kind: branch, cases: [{when: {all: [{fact: right_party, is: true}, {fact: x, is: 1}]}, goto: tell}], else: bye}\n"
        "  - {id: tell, kind: say, disclosing: true, text: {en: \"It is {account.overdue}.\"}, next: bye}\n" + end, "");
    row("disclosure on the wrong side of that branch", head() + "  - {id: a, kind: branch, cases: [{when: {fact: right_party, is: true}, goto: bye}], else: tell}\n"
        "  - {id: tell, kind: say, disclosing: true, text: {en: \"It is {account.overdue}.\"}, next: bye}\n" + end, "disclosure-before-identity");
    row("an objection may come before identity", head("objections: [{id: o, label: {en: O}, goto: tell}]\n") + identify
        + "  - {id: tell, kind: say, disclosing: true, text: {en: \"It is {account.overdue}.\"}, next: bye}\n" + end, "disclosure-before-identity");
    row("an amount in a step that does not disclose", head() + "  - {id: a, kind: say, text: {en: \"It is {account.overdue}.\"}, next: bye}\n" + end, "disclosing-field");
    row("an unknown merge field", head() + "  - {id: a, kind: say, text: {en: \"Hi {debtor.nmae}.\"}, next: bye}\n" + end, "unknown-merge-field");
    row("a brace that is not closed", head() + "  - {id: a, kind: say, text: {en: \"Hi {debtor.name.\"}, next: bye}\n" + end, "unknown-merge-field");
    row("a missing translation", "id: t\nversion: \"1\"\nlanguages: [en, zh_CN]\nsteps:\n  - {id: a, kind: say, text: {en: Hi.}, next: bye}\n" + end, "missing-translation");
    row("an empty translation", "id: t\nversion: \"1\"\nlanguages: [en, zh_CN]\nsteps:\n  - {id: a, kind: say, text: {en: Hi., zh_CN: \" \"}, next: bye}\n" + end, "missing-translation");
    row("no place to breathe", head() + "  - {id: a, kind: say, text: {en: " + [] { std::string s; for (int i = 0; i < 33; ++i) s += "word "; return s; }() + "}, next: bye}\n" + end, "no-breath");
    row("too much at once", head() + "  - {id: a, kind: say, text: {en: \"" + [] { std::string s; for (int i = 0; i < 111; ++i) s += "word. "; return s; }() + "\"}, next: bye}\n" + end, "too-long");
    row("one key for two answers", head() + "  - {id: a, kind: ask, text: {en: Hi.}, answers: [{id: y, key: x, label: {en: Y}, goto: bye}, {id: n, key: x, label: {en: N}, goto: bye}]}\n" + end, "duplicate-key");
    row("an answer with the key of an objection", head("objections: [{id: o, key: x, label: {en: O}, goto: bye}]\n")
        + "  - {id: a, kind: ask, text: {en: Hi.}, answers: [{id: y, key: x, label: {en: Y}, goto: bye}]}\n" + end, "duplicate-key");
    row("a merge field in a title", head() + "  - {id: a, kind: say, title: {en: \"{debtor.name}\"}, text: {en: Hi.}, next: bye}\n" + end, "merge-in-label");
    row("a brace in a label", head() + "  - {id: a, kind: ask, text: {en: Hi.}, answers: [{id: y, label: {en: \"Y{\"}, goto: bye}]}\n" + end, "merge-in-label");
    row("an unknown flag", head() + "  - {id: a, kind: say, flag: angry, text: {en: Hi.}, next: bye}\n" + end, "unknown-flag");
}

void TestScriptLinter::findsWhatIsWrong()
{
    QFETCH(QString, steps);
    QFETCH(QString, checks);
    QCOMPARE(checksOf(steps.toStdString()), checks);
}

void TestScriptLinter::syntaxIsNamedByPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char* name, const std::string& text, const char* problem) {
        QTest::newRow(name) << QString::fromStdString(text) << QString::fromUtf8(problem);
    };
    row("no yaml", "id: [", "t.yaml:1:1: error:");
    row("empty", "", "t.yaml:1:1: error:");
    row("a list", "- a\n", "t.yaml:1:1: error:");
    row("an unknown kind", head() + "  - {id: a, kind: shout, text: {en: Hi.}}\n", "t.yaml:5:19: error: unknown kind \"shout\"; known: say,");
    row("a member of another kind", head() + "  - {id: a, kind: say, text: {en: Hi.}, next: b, answers: []}\n", "t.yaml:5:50: error: a step has no `answers`");
    row("two steps of one name", head() + "  - {id: a, kind: end}\n  - {id: a, kind: end}\n", "t.yaml:6:5: error: there are two steps called \"a\"");
    row("a step called return", head() + "  - {id: return, kind: end}\n", "t.yaml:5:5: error: `return` is not a name");
    row("a name with blanks", head() + "  - {id: A b, kind: end}\n", "t.yaml:5:10: error: \"A b\" must be");
    row("mandated wording without its source", head() + "  - {id: a, kind: say, required: true, mandated: m, text: {en: Hi.}, next: a}\n", "t.yaml:5:5: error: mandated wording needs `clause`");
    row("a condition that is none", head() + "  - {id: a, kind: say, when: {colour: red}, text: {en: Hi.}, next: a}\n", "t.yaml:5:30: error: a condition is");
    row("a comparison that is none", head() + "  - {id: a, kind: say, when: {fact: x, like: 3}, text: {en: Hi.}, next: a}\n", "t.yaml:5:40: error: unknown comparison `like`");
    row("a key of two letters", head() + "  - {id: a, kind: ask, text: {en: Hi.}, answers: [{id: y, key: yy, label: {en: Y}, goto: a}]}\n", "t.yaml:5:64: error: a key is one character");
    row("a part that does not exist", head("use: [nothing]\n") + "  - {id: a, kind: end}\n", "t.yaml:4:7: error: there is no part \"nothing\"");
    row("a start that does not exist", head("start: b\n") + "  - {id: a, kind: end}\n", "t.yaml:4:8: error: there is no step \"b\"");
}

void TestScriptLinter::syntaxIsNamedByPlace()
{
    QFETCH(QString, text);
    QFETCH(QString, problem);
    const auto findings = lintScriptText(text.toStdString(), "t.yaml");
    QVERIFY(!findings.empty());
    QVERIFY2(findings.front().toString().rfind(problem.toStdString(), 0) == 0, findings.front().toString().c_str());
    QCOMPARE(findings.front().check, std::string("syntax"));
    QVERIFY(hasErrors(findings));
}

void TestScriptLinter::bannedPhrasesComeFromTheCaller()
{
    const auto text = head() + "  - {id: a, kind: say, text: {en: You deadbeat.}, next: bye}\n  - {id: bye, kind: end}\n";
    LintOptions options;
    options.bannedPhrases = [](std::string_view words, std::string_view) {
        return words.find("deadbeat") == std::string_view::npos ? std::vector<BannedPhrase>() : std::vector<BannedPhrase>{{"EN-02", "deadbeat", "an insult"}};
    };
    QCOMPARE(checksOf(text), QString());
    QCOMPARE(checksOf(text, options), QStringLiteral("banned-phrase"));
}

void TestScriptLinter::mandatedWordingIsTheSameEverywhere()
{
    const auto script = [](const char* id, const char* words) {
        return *Script::parse(std::string("id: ") + id + "\nversion: \"1\"\nlanguages: [en]\nsteps:\n  - {id: a, kind: say, required: true, mandated: m, clause: c, text: {en: "
                              + words + "}, next: b}\n  - {id: b, kind: end}\n", std::string(id) + ".yaml");
    };
    const auto a = script("a", "Recorded."), same = script("b", "Recorded."), other = script("c", "Taped."), twin = script("a", "Recorded.");
    QVERIFY(lintTogether({&a, &same}).empty());
    QCOMPARE(lintTogether({&a, &other}).front().check, std::string("mandated-differs"));
    QCOMPARE(lintTogether({&a, &twin}).front().check, std::string("duplicate-script"));
    auto leads = other;
    leads.id = "leads";
    leads.steps.back().continuesWith = "a";
    QVERIFY(lintTogether({&same, &leads}).size() > lintTogether({&a, &leads}).size());   // there it leads to a script that exists
}

QTEST_GUILESS_MAIN(TestScriptLinter)
#include "tst_scriptlinter.moc"
