// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "app/guidance/codepoints.h"
#include "app/guidance/lintchecks.h"

namespace evenhand::guidance {

namespace {

bool endsBreath(char32_t c)
{
    static constexpr std::u32string_view kMarks = U"。！？；：，、…—.!?;:,\n";
    return kMarks.find(c) != std::u32string_view::npos;
}

// The longest stretch between two marks.
Spoken longestBreath(std::string_view text)
{
    Spoken longest;
    std::string stretch;
    const auto take = [&] {
        const auto spoken = countSpoken(stretch);
        longest.ideographs = std::max(longest.ideographs, spoken.ideographs);
        longest.words = std::max(longest.words, spoken.words);
        stretch.clear();
    };
    for (const auto c : codePoints(text)) {
        if (endsBreath(c))
            take();
        else
            appendUtf8(stretch, c);
    }
    take();
    return longest;
}

base::SourcePlace placeOf(const Step& step, const std::string& language)
{
    const auto found = step.textPlaces.find(language);
    return found == step.textPlaces.end() ? step.place : found->second;
}

// Titles, hints and labels are shown as they are.
void lintPlain(const LocalText& text, const base::SourcePlace& place, const std::string& what, LintReport& report)
{
    for (const auto& [language, words] : text)
        if (!mergeUses(words).empty())
            report.error(place, "merge-in-label", what + " has a merge field or a brace in " + language + "; only spoken words are filled in");
}

void lintTranslations(const Script& script, const LocalText& text, const base::SourcePlace& place, const std::string& what, LintReport& report,
                      bool isSpoken = false)
{
    if (text.empty())
        return;
    if (!isSpoken)
        lintPlain(text, place, what, report);
    for (const auto& language : script.languages) {
        const auto found = text.find(language);
        if (found == text.end() || found->second.find_first_not_of(" \t\n") == std::string::npos)
            report.error(place, "missing-translation", what + " has no text in " + language);
    }
    for (const auto& [language, words] : text)
        if (std::find(script.languages.begin(), script.languages.end(), language) == script.languages.end())
            report.error(place, "missing-translation", what + " has a text in \"" + language + "\", which `languages` does not list");
}

void lintLabels(const Script& script, LintReport& report)
{
    lintTranslations(script, script.title, script.place, "the title", report);
    for (const auto& duty : script.duties)
        lintTranslations(script, duty.label, script.place, "duty \"" + duty.id + "\"", report);
    for (const auto& objection : script.objections)
        lintTranslations(script, objection.label, objection.place, "objection \"" + objection.id + "\"", report);
    for (const auto& step : script.steps) {
        const auto name = "step \"" + step.id + "\"";
        lintTranslations(script, step.title, step.place, name + " (title)", report);
        lintTranslations(script, step.text, step.place, name, report, true);
        lintTranslations(script, step.hint, step.place, name + " (hint)", report);
        for (const auto& answer : step.answers)
            lintTranslations(script, answer.label, answer.place, name + ", answer \"" + answer.id + "\"", report);
        for (const auto& item : step.items)
            lintTranslations(script, item.label, step.place, name + ", item \"" + item.id + "\"", report);
        for (const auto& field : step.fields) {
            lintTranslations(script, field.label, step.place, name + ", field \"" + field.id + "\"", report);
            for (const auto& [value, label] : field.choices)
                lintTranslations(script, label, step.place, name + ", choice \"" + value + "\"", report);
        }
    }
}

std::set<std::string> lintMergeFields(const Step& step, const std::string& language, const std::string& text, LintReport& report)
{
    std::set<std::string> used;
    for (const auto& use : mergeUses(text)) {
        used.insert(use.name);
        const auto* field = findMergeField(use.name);
        if (!field)
            report.error(placeOf(step, language), "unknown-merge-field",
                         use.name.empty() ? "step \"" + step.id + "\" has a brace without its partner" : "there is no merge field {" + use.name + "}");
        else if (field->discloses && !step.disclosing)
            report.error(placeOf(step, language), "disclosing-field", "{" + use.name + "} tells about the debt, so step \"" + step.id + "\" must be `disclosing: true`");
    }
    return used;
}

void lintLength(const Step& step, const std::string& language, const std::string& spoken, const LintOptions& options, LintReport& report)
{
    const auto breath = longestBreath(spoken);
    const auto whole = countSpoken(spoken);
    if (breath.ideographs > options.breathChineseCharacters || breath.words > options.breathWords)
        report.warning(placeOf(step, language), "no-breath", "step \"" + step.id + "\" has no place to breathe in "
            + std::to_string(std::max(breath.ideographs, breath.words)) + " characters or words");
    if (whole.ideographs > options.stepChineseCharacters || whole.words > options.stepWords)
        report.warning(placeOf(step, language), "too-long", "step \"" + step.id + "\" is too long to be said at once: split it");
}

} // namespace

void lintWords(const Script& script, const LintOptions& options, LintReport& report)
{
    lintLabels(script, report);
    const auto samples = sampleMergeData();
    for (const auto& step : script.steps) {
        std::set<std::set<std::string>> fieldsByLanguage;
        for (const auto& [language, text] : step.text) {
            fieldsByLanguage.insert(lintMergeFields(step, language, text, report));
            const auto spoken = joined(fillIn(text, samples, language));
            lintLength(step, language, spoken, options, report);
            if (!options.bannedPhrases)
                continue;
            for (const auto& hit : options.bannedPhrases(spoken, language))
                report.error(placeOf(step, language), "banned-phrase", "step \"" + step.id + "\" says \"" + hit.matched + "\" (" + hit.rule + "): " + hit.message);
        }
        if (fieldsByLanguage.size() > 1)
            report.warning(step.place, "translation-differs", "step \"" + step.id + "\" does not use the same merge fields in each language");
    }
}

} // namespace evenhand::guidance
