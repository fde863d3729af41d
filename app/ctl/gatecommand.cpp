// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/gatecommand.h"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/base/json.h"
#include "app/compliance/contactgate.h"
#include "app/compliance/gatejson.h"
#include "app/compliance/ruleset.h"
#include "app/ctl/report.h"

namespace evenhand::ctl {

namespace {

constexpr const char* kDefaultPack = "cn-consumer-2026";

struct GateOptions {
    std::vector<std::string> packs;
    std::string facts = "-";
    std::string input = "-";
    bool isBatch = false;
};

/// "FILE:LINE:COL: message" where the parser of JSON knows the place; `firstLine` is where its line 1 stands in the file.
std::string placed(const std::string& name, int firstLine, const std::string& detail)
{
    int line = 1, column = 1, length = 0;
    const bool hasPlace = std::sscanf(detail.c_str(), "JSON: parse error at line %d, column %d: %n", &line, &column, &length) == 2 && length > 0;
    if (!hasPlace && firstLine == 0)
        return name + ": " + detail;
    const auto place = name + ":" + std::to_string(line + std::max(firstLine - 1, 0)) + ":" + std::to_string(column) + ": ";
    return place + (hasPlace ? "not valid JSON: " + detail.substr(static_cast<std::size_t>(length)) : detail);
}

base::Result<base::Json> answer(const compliance::ContactGate& gate, std::string_view text)
{
    EVENHAND_ASSIGN(const auto json, base::parseJson(text));
    EVENHAND_ASSIGN(const auto question, compliance::questionFromJson(json));
    auto result = compliance::toJson(gate.decide(question.intent, question.facts, question.now));
    if (json.contains("case"))
        result["case"] = json["case"];
    return result;
}

std::string shown(const base::Json& json, int indent) { return json.dump(indent, ' ', false, base::Json::error_handler_t::replace) + "\n"; }

/// One question per line, one answer per line. Nothing is printed before all of them are good.
base::Result<std::string> answerLines(const compliance::ContactGate& gate, const std::string& text, const std::string& name)
{
    std::string out;
    int number = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        const auto line = std::string_view(text).substr(begin, end - begin);
        begin = end + 1;
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        const auto result = answer(gate, line);
        if (!result)
            return base::fail(result.error().code, placed(name, number, result.error().detail));
        out += shown(*result, -1);
    }
    return out;
}

base::Result<std::string> run(const GateOptions& options)
{
    EVENHAND_ASSIGN(auto rules, compliance::RuleSet::load(options.packs));
    const compliance::ContactGate gate(std::move(rules));
    const auto& path = options.isBatch && options.input != "-" ? options.input : options.facts;
    EVENHAND_ASSIGN(const auto text, readInput(path));
    if (options.isBatch)
        return answerLines(gate, text, inputName(path));
    auto result = answer(gate, text);
    if (!result)
        return base::fail(result.error().code, placed(inputName(path), 0, result.error().detail));
    return shown(*result, 2);
}

} // namespace

void addGateCommand(CLI::App& app, int& exitStatus)
{
    auto options = std::make_shared<GateOptions>();
    auto* command = app.add_subcommand("gate", "Ask the contact gate: may this contact be made now?");
    command->add_option("--facts", options->facts, "JSON with intent and facts; - is standard input")->type_name("FILE");
    command->add_option("--pack", options->packs, "Rule pack by folder or id, may be repeated; default " + std::string(kDefaultPack))
        ->type_name("P")
        ->allow_extra_args(false);
    command->add_flag("--batch", options->isBatch, "One question per line, one answer per line");
    command->add_option("input", options->input, "With --batch: the file to read; - is standard input")->type_name("FILE");
    command->callback([options, &exitStatus] {
        if (options->packs.empty())
            options->packs.emplace_back(kDefaultPack);
        const auto output = run(*options);
        if (!output) {
            exitStatus = reportError(output.error());
            return;
        }
        std::cout << *output;
    });
}

} // namespace evenhand::ctl
