// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Changing a script by form: the one value changes, everything else stays; and what agents keep when a new version cannot be used.
#include <QTest>

#include <fstream>
#include <iterator>

#include "app/guidance/scriptedit.h"
#include "app/guidance/scriptset.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::guidance;

namespace {

std::string folder() { return std::string(EVENHAND_SOURCE_DIR) + "/resources/packs/cn-consumer-2026/scripts"; }

std::string contentOf(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// The script with one file changed.
base::Result<Script> parsed(const std::string& script, const std::string& changed, const std::string& text)
{
    return Script::parse(script == changed ? text : contentOf(script), script, [&](const std::string& path) {
        return path == changed ? std::optional(text) : diskReader()(path);
    });
}

const char* const kVersion1 = "id: t\nversion: \"1\"\nlanguages: [en]\nsteps:\n  - {id: a, kind: say, text: {en: First.}, next: bye}\n  - {id: bye, kind: end}\n";
const char* const kBroken = "id: t\nversion: \"2\"\nlanguages: [en]\nsteps:\n  - {id: a, kind: say, text: {en: Second.}, next: nowhere}\n  - {id: bye, kind: end}\n";

} // namespace

class TestScriptEdit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyStepOfEveryShippedScriptTakesOtherWords();
    void whatAFormCannotChangeIsSaid();
    void aNextIsChangedAlone();
    void versionsCountUp_data();
    void versionsCountUp();
    void aVersionThatCannotBeUsedLeavesTheEarlierOne();
};

void TestScriptEdit::everyStepOfEveryShippedScriptTakesOtherWords()
{
    int changed = 0;
    for (const char* name : {"/first_contact.yaml", "/field_visit.yaml"}) {   // between them they use every shared part
        const auto path = folder() + name;
        const auto script = Script::load(path);
        QVERIFY_RESULT(script);
        for (const auto& step : script->steps) {
            if (step.text.empty())
                continue;
            const auto file = step.place.file;
            const std::string words = "\"这里\" \\ 改了: #{{1}}，再见。";
            const auto text = withWords(contentOf(file), *script, file, step.id, StepMember::Text, "zh_CN", words);
            QVERIFY_RESULT(text);
            const auto titled = parsed(path, file, *text);
            QVERIFY_RESULT(titled);
            const auto twice = withWords(*text, *titled, file, step.id, StepMember::Title, "en", "Another: title");
            QVERIFY_RESULT(twice);
            const auto after = parsed(path, file, *twice);
            QVERIFY_RESULT(after);
            QCOMPARE(after->steps.size(), script->steps.size());
            for (std::size_t i = 0; i < script->steps.size(); ++i) {
                const auto& was = script->steps[i];
                const auto& is = after->steps[i];
                if (was.id == step.id) {
                    QCOMPARE(is.text.at("zh_CN"), words);
                    QCOMPARE(is.text.at("en"), was.text.at("en"));
                    QCOMPARE(is.title.at("en"), std::string("Another: title"));
                } else {
                    QVERIFY2(is.text == was.text && is.title == was.title && is.hint == was.hint, was.id.c_str());
                }
                QVERIFY2(is.next.step == was.next.step && is.answers.size() == was.answers.size() && is.required == was.required, was.id.c_str());
            }
            ++changed;
        }
    }
    QVERIFY2(changed > 60, std::to_string(changed).c_str());
}

void TestScriptEdit::whatAFormCannotChangeIsSaid()
{
    const auto script = Script::parse(kVersion1, "t.yaml");
    QVERIFY_RESULT(script);
    QVERIFY_FAILS(withWords(kVersion1, *script, "t.yaml", "a", StepMember::Text, "en", "Other."), base::ErrorCode::Invalid);
    QVERIFY_FAILS(withWords(kVersion1, *script, "t.yaml", "b", StepMember::Text, "en", "Other."), base::ErrorCode::NotFound);
    QVERIFY_FAILS(withNext(kVersion1, *script, "other.yaml", "a", "bye"), base::ErrorCode::NotFound);
}

void TestScriptEdit::aNextIsChangedAlone()
{
    const auto path = folder() + "/first_contact.yaml";
    const auto script = Script::load(path);
    QVERIFY_RESULT(script);
    const auto text = withNext(contentOf(path), *script, path, "purpose", "ask_reason");
    QVERIFY_RESULT(text);
    const auto after = parsed(path, path, *text);
    QVERIFY_RESULT(after);
    QCOMPARE(after->findStep("purpose")->next.step, std::string("ask_reason"));
    QVERIFY(hasErrors(lintScript(*after)));   // the overdue facts are left out now, and the linter says so
}

void TestScriptEdit::versionsCountUp_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::newRow("a number") << "version: \"2026.1.0\"" << "version: \"2026.1.1\"";
    QTest::newRow("nine becomes ten") << "version: '1.9'" << "version: \"1.10\"";
    QTest::newRow("a word") << "version: draft" << "version: \"draft.1\"";
}

void TestScriptEdit::versionsCountUp()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    const auto text = withNextVersion("id: t\n" + before.toStdString() + "\nsteps: []\n");
    QVERIFY_RESULT(text);
    QCOMPARE(*text, "id: t\n" + after.toStdString() + "\nsteps: []\n");
    QVERIFY_FAILS(withNextVersion("id: t\n"), base::ErrorCode::Invalid);
}

void TestScriptEdit::aVersionThatCannotBeUsedLeavesTheEarlierOne()
{
    std::vector<LintFinding> findings;
    auto set = ScriptSet::fromTexts({{"scripts/t.yaml", kBroken}}, {}, findings);
    QVERIFY(!set.find("t"));   // the negative control: without the earlier version there is none
    QVERIFY(hasErrors(findings));
    QCOMPARE(findings.front().toString().substr(0, 17), std::string("scripts/t.yaml:5:"));
    int asked = 0;
    const std::vector<std::map<std::string, std::string>> earlier{{{"scripts/t.yaml", "id: ["}}, {{"scripts/t.yaml", kVersion1}}, {{"scripts/t.yaml", "id: ["}}};
    set.keepEarlier([&]() -> std::optional<std::map<std::string, std::string>> { return earlier.at(std::size_t(asked++)); }, {}, findings);
    QCOMPARE(asked, 2);        // the nearest that works
    QVERIFY(set.find("t"));
    QCOMPARE(set.find("t")->version, std::string("1"));
    QCOMPARE(findings.back().check, std::string("kept-earlier"));
}

QTEST_GUILESS_MAIN(TestScriptEdit)
#include "tst_scriptedit.moc"
