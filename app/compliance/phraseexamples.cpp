// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/phraseexamples.h"

#include <algorithm>

#include "app/compliance/packdirectory.h"
#include "app/compliance/phrasechecker.h"

namespace evenhand::compliance {

namespace {

class ExampleRun {
public:
    ExampleRun(const PhraseChecker& checker, PackTestReport& report) : m_checker(checker), m_report(report) {}

    void run(const PhraseRule& rule)
    {
        // Together with the others another rule of the category may be the one that is shown.
        PhraseSet one;
        one.addRule(rule);
        if (const auto alone = PhraseChecker::build(one)) {
            for (const auto& example : rule.bad)
                mustHit(*alone, rule, example);
        }
        for (const auto& example : rule.good)
            mustPass(rule, example.text, example.place, "good example");
        for (const auto& suggestion : rule.suggestions)
            mustPass(rule, suggestion, rule.place, "suggestion");
    }

private:
    void mustHit(const PhraseChecker& alone, const PhraseRule& rule, const PhraseExample& example)
    {
        count(!hitsOf(alone, rule, example.text).empty(), example.place, "bad example of " + rule.id + " is not found: " + example.text);
    }

    void mustPass(const PhraseRule& rule, const std::string& text, const base::SourcePlace& place, const char* what)
    {
        const auto hits = hitsOf(m_checker, rule, text);
        const auto blocking = std::find_if(hits.begin(), hits.end(), [&](const PhraseHit& hit) { return hit.severity == Severity::Block || hit.ruleId == rule.id; });
        count(blocking == hits.end(), place,
              std::string(what) + " of " + rule.id + " is hit: " + text + (blocking == hits.end() ? "" : " (" + blocking->ruleId + ", " + blocking->matched.toStdString() + ")"));
    }

    static std::vector<PhraseHit> hitsOf(const PhraseChecker& checker, const PhraseRule& rule, const std::string& text)
    {
        PhraseContext context;
        context.speaker = rule.speaker;
        return checker.check(QString::fromStdString(text), context);
    }

    void count(bool passed, const base::SourcePlace& place, const std::string& failure)
    {
        ++(passed ? m_report.passed : m_report.failed);
        if (!passed)
            m_report.failures.push_back({place, failure});
    }

    const PhraseChecker& m_checker;
    PackTestReport& m_report;
};

} // namespace

void testPhraseExamples(const PhraseSet& set, PackTestReport& report)
{
    const auto checker = PhraseChecker::build(set);
    if (!checker) {
        ++report.failed;
        report.failures.push_back({set.isEmpty() ? base::SourcePlace() : set.rules().front().place, checker.error().detail});
        return;
    }
    ExampleRun run(*checker, report);
    for (const auto& rule : set.rules())
        run.run(rule);
}

base::Result<PackTestReport> testPhraseExamples(const std::string& packFolder)
{
    PackTestReport report;
    EVENHAND_ASSIGN(const auto directory, PackDirectory::read(packFolder));
    const auto* text = directory.find("phrases.yaml");
    if (text == nullptr)
        return report;
    EVENHAND_ASSIGN(const auto set, PhraseSet::parse(*text, directory.pathOf("phrases.yaml")));
    testPhraseExamples(set, report);
    return report;
}

} // namespace evenhand::compliance
