// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/phrasesimpact.h"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/compliance/phraseimpact.h"
#include "app/ctl/phrasesinput.h"
#include "app/ctl/report.h"

namespace evenhand::ctl {

namespace {

using base::Json;
using compliance::PhraseImpact;

struct ImpactOptions {
    std::string from;
    std::string to;
    std::vector<std::string> texts;
    std::size_t samples = 3;
    bool isJson = false;
};

base::Result<compliance::PhraseChecker> checkerOf(const std::string& pack)
{
    EVENHAND_ASSIGN(const auto source, loadPackPhrases({pack}));
    return compliance::PhraseChecker::build(source.set);
}

/// A line is a text, or an object with "text" (and "id") as `phrases --batch` takes it.
base::Result<> addLine(std::string_view line, const std::string& place, PhraseImpact& impact)
{
    if (line.find_first_not_of(" \t\r") == std::string_view::npos)
        return {};
    if (line.front() != '{') {
        impact.add(QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size())), place);
        return {};
    }
    const auto json = base::parseJson(line);
    if (!json || !json->is_object() || !json->contains("text") || !(*json)["text"].is_string())
        return base::fail(base::ErrorCode::Invalid, place + ":1: expected a text, or an object with a member \"text\"");
    const auto id = json->find("id");
    const auto source = id != json->end() && id->is_string() ? id->get<std::string>() : place;
    impact.add(QString::fromStdString((*json)["text"].get<std::string>()), source);
    return {};
}

base::Result<> addFile(const std::string& path, PhraseImpact& impact)
{
    EVENHAND_ASSIGN(const auto text, readInput(path));
    int number = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        EVENHAND_TRY(addLine(std::string_view(text).substr(begin, end - begin), inputName(path) + ":" + std::to_string(++number), impact));
        begin = end + 1;
    }
    return {};
}

Json samplesJson(const std::vector<compliance::ImpactSample>& samples)
{
    auto list = Json::array();
    for (const auto& sample : samples)
        list.push_back({{"source", sample.source}, {"before", sample.before.toStdString()}, {"text", sample.text.toStdString()},
                        {"after", sample.after.toStdString()}});
    return list;
}

void printJson(const PhraseImpact& impact)
{
    auto rules = Json::array();
    for (const auto& [id, rule] : impact.rules())
        rules.push_back({{"rule", id}, {"new", rule.newHits}, {"lost", rule.lostHits}, {"new_samples", samplesJson(rule.newSamples)},
                         {"lost_samples", samplesJson(rule.lostSamples)}});
    const Json result = {{"texts", impact.texts()}, {"changed_texts", impact.changedTexts()}, {"unchanged_hits", impact.unchangedHits()}, {"rules", rules}};
    std::cout << result.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

void printSamples(const char* mark, const std::vector<compliance::ImpactSample>& samples)
{
    for (const auto& sample : samples)
        std::cout << "    " << mark << ' ' << sample.source << ": " << sample.before.toStdString() << '[' << sample.text.toStdString() << ']'
                  << sample.after.toStdString() << '\n';
}

void printText(const PhraseImpact& impact)
{
    std::size_t added = 0;
    std::size_t lost = 0;
    for (const auto& [id, rule] : impact.rules()) {
        std::cout << id << "  +" << rule.newHits << " -" << rule.lostHits << '\n';
        printSamples("+", rule.newSamples);
        printSamples("-", rule.lostSamples);
        added += rule.newHits;
        lost += rule.lostHits;
    }
    std::cout << impact.texts() << " texts, " << impact.changedTexts() << " of them with changes: " << added << " new hits, " << lost << " lost, "
              << impact.unchangedHits() << " unchanged\n";
}

base::Result<> run(const ImpactOptions& options)
{
    EVENHAND_ASSIGN(auto from, checkerOf(options.from));
    EVENHAND_ASSIGN(auto to, checkerOf(options.to));
    PhraseImpact impact(std::move(from), std::move(to), options.samples);
    for (const auto& file : options.texts)
        EVENHAND_TRY(addFile(file, impact));
    options.isJson ? printJson(impact) : printText(impact);
    return {};
}

} // namespace

void addImpactCommand(CLI::App& pack, int& exitStatus)
{
    auto options = std::make_shared<ImpactOptions>();
    auto* command = pack.add_subcommand("impact", "Which phrase hits would come and go if one pack replaced another");
    command->add_option("--from", options->from, "Pack in force, by folder or id")->type_name("OLD")->required();
    command->add_option("--to", options->to, "Pack to be published, by folder or id")->type_name("NEW")->required();
    command->add_option("--texts", options->texts, "Texts, one per line, or JSON lines with \"text\"; - is standard input")->type_name("FILE")->required();
    command->add_option("--samples", options->samples, "Samples per rule and kind")->capture_default_str();
    command->add_flag("--json", options->isJson, "As JSON");
    command->callback([options, &exitStatus] {
        const auto done = run(*options);
        exitStatus = done ? 0 : reportError(done.error());
    });
}

} // namespace evenhand::ctl
