// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/phrasescommand.h"

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <iostream>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>

#include "app/ctl/phrasesinput.h"
#include "app/ctl/report.h"

namespace evenhand::ctl {

namespace {

using base::ErrorCode;
using base::Json;

constexpr const char* kDefaultPack = "cn-consumer-2026";

/// What --stats prints.
struct Tally {
    std::size_t characters = 0;
    double seconds = 0;        // of checking alone: no reading, no building, no writing
    double buildSeconds = 0;
    std::size_t phrases = 0;
};

/// Checks texts, and rebuilds the checker only when a batch line brings another list.
class PhrasesRun {
public:
    explicit PhrasesRun(const PhrasesOptions& options) : m_options(options) {}

    base::Result<int> run();

private:
    base::Result<> prepare();
    base::Result<> useList(const AdHocList& list);
    base::Result<> checkFile(const std::string& path);
    base::Result<> checkLines(const std::string& path);
    base::Result<Json> checkLine(std::string_view line, const std::string& place);
    Json hitsOf(const std::string& text);
    Json packsJson() const;
    void printStats() const;

    const PhrasesOptions& m_options;
    PhraseSource m_source;
    AdHocList m_defaults;
    std::optional<AdHocList> m_list;   // of the present checker; nothing: packs
    std::optional<compliance::PhraseChecker> m_checker;
    compliance::PhraseContext m_context;
    Tally m_tally;
    bool m_hasHits = false;
    std::string m_output;
};

base::Result<> PhrasesRun::useList(const AdHocList& list)
{
    if (m_list && *m_list == list)
        return {};
    EVENHAND_ASSIGN(auto checker, compliance::PhraseChecker::build(compliance::PhraseSet::fromLists(list.deny, list.allow, list.folds, list.edges)));
    m_list = list;
    m_checker = std::move(checker);
    m_tally.buildSeconds += m_checker->stats().buildSeconds;
    m_tally.phrases = m_checker->stats().phrases;
    return {};
}

base::Result<> PhrasesRun::prepare()
{
    EVENHAND_ASSIGN(m_context, readPhraseContext(m_options));
    EVENHAND_ASSIGN(m_defaults, readAdHocList(m_options));
    if (!m_options.deny.empty() && !m_options.packs.empty())
        return base::fail(ErrorCode::Invalid, "--deny and --pack exclude each other: an ad-hoc list stands for itself");
    if (!m_options.deny.empty() || (m_options.isBatch && m_options.packs.empty()))
        return useList(m_defaults);
    const auto packs = m_options.packs.empty() ? std::vector<std::string>{kDefaultPack} : m_options.packs;
    EVENHAND_ASSIGN(m_source, loadPackPhrases(packs));
    EVENHAND_ASSIGN(auto checker, compliance::PhraseChecker::build(m_source.set));
    m_checker = std::move(checker);
    m_tally.buildSeconds = m_checker->stats().buildSeconds;
    m_tally.phrases = m_checker->stats().phrases;
    return {};
}

Json PhrasesRun::hitsOf(const std::string& utf8)
{
    const QString text = QString::fromStdString(utf8);
    const auto began = std::chrono::steady_clock::now();
    const auto spans = m_checker->scan(text, m_context);
    const auto missing = m_checker->missing(text, m_context);
    m_tally.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    CodePointCounter counter(text);
    auto hits = Json::array();
    const auto add = [&](const compliance::PhraseHit& hit) {
        auto suggestions = Json::array();
        for (const auto& suggestion : hit.suggestions)
            suggestions.push_back(suggestion.toStdString());
        const auto start = counter.at(hit.start);
        hits.push_back({{"rule", hit.ruleId}, {"category", hit.category}, {"severity", compliance::toString(hit.severity)}, {"start", start},
                        {"end", counter.at(hit.end)}, {"text", text.mid(hit.start, hit.end - hit.start).toStdString()},
                        {"matched", hit.matched.toStdString()}, {"clause", hit.clause}, {"message", hit.message}, {"suggestions", suggestions}});
        if (hit.missing)
            hits.back()["missing"] = true;
    };
    for (const auto& hit : missing)
        add(hit);
    for (const auto& span : spans)
        add(m_checker->describe(span));
    m_tally.characters += static_cast<std::size_t>(counter.at(text.size()));
    m_hasHits |= !hits.empty();
    return hits;
}

Json PhrasesRun::packsJson() const
{
    auto packs = Json::array();
    for (const auto& pack : m_source.packs)
        packs.push_back({{"id", pack.id}, {"version", pack.version}, {"hash", pack.hash}});
    return packs;
}

base::Result<> PhrasesRun::checkFile(const std::string& path)
{
    EVENHAND_ASSIGN(auto text, readInput(path));
    if (text.substr(0, 3) == "\xEF\xBB\xBF")
        text.erase(0, 3);
    const Json result = {{"hits", hitsOf(text)}, {"packs", packsJson()}};
    m_output += result.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    return {};
}

base::Result<Json> PhrasesRun::checkLine(std::string_view line, const std::string& place)
{
    const auto json = base::parseJson(line);
    if (!json)
        return base::fail(ErrorCode::Invalid, place + json.error().detail);
    if (!json->is_object() || !json->contains("text") || !(*json)["text"].is_string())
        return base::fail(ErrorCode::Invalid, place + "expected an object with a member \"text\"");
    const bool hasList = json->contains("deny") || json->contains("allow") || json->contains("fold") || json->contains("words");
    if (hasList && !m_list)
        return base::fail(ErrorCode::Invalid, place + "a line cannot bring its own list when --pack is given");
    if (m_list) {
        EVENHAND_ASSIGN(const auto list, adHocListOf(*json, m_defaults, place));
        EVENHAND_TRY(useList(list));
    }
    auto result = Json::object();
    if (json->contains("id"))
        result["id"] = (*json)["id"];
    result["hits"] = hitsOf((*json)["text"].get<std::string>());
    return result;
}

base::Result<> PhrasesRun::checkLines(const std::string& path)
{
    EVENHAND_ASSIGN(const auto text, readInput(path));
    int number = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        const auto line = std::string_view(text).substr(begin, end - begin);
        begin = end + 1;
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        EVENHAND_ASSIGN(const auto result, checkLine(line, inputName(path) + ":" + std::to_string(number) + ":1: "));
        m_output += result.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    }
    return {};
}

void PhrasesRun::printStats() const
{
    struct rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    const double rate = m_tally.seconds > 0 ? static_cast<double>(m_tally.characters) / m_tally.seconds / 1e6 : 0;
    std::fprintf(stderr, "characters %zu\nseconds %.6f\nmillion characters per second %.2f\nphrases %zu\nbuild seconds %.6f\npeak memory %ld KiB\n",
                 m_tally.characters, m_tally.seconds, rate, m_tally.phrases, m_tally.buildSeconds, usage.ru_maxrss);
}

base::Result<int> PhrasesRun::run()
{
    EVENHAND_TRY(prepare());
    const auto files = m_options.files.empty() ? std::vector<std::string>{"-"} : m_options.files;
    for (const auto& file : files)
        EVENHAND_TRY(m_options.isBatch ? checkLines(file) : checkFile(file));
    std::cout << m_output << std::flush;
    if (m_options.withStats)
        printStats();
    return m_hasHits ? 1 : 0;
}

} // namespace

void addPhrasesCommand(CLI::App& app, int& exitStatus)
{
    auto options = std::make_shared<PhrasesOptions>();
    auto* command = app.add_subcommand("phrases", "Find banned phrases in a text");
    command->add_option("file", options->files, "Text to check; - is standard input")->type_name("FILE")->expected(0, 1);
    command->add_option("--pack", options->packs, "Pack by folder or id, may be repeated; default " + std::string(kDefaultPack))
        ->type_name("P")
        ->allow_extra_args(false);
    command->add_option("--facts", options->facts, "JSON with what the system knows to be true")->type_name("FILE");
    command->add_option("--speaker", options->speaker, "Whose words these are: agent or debtor")->type_name("WHO");
    command->add_option("--kind", options->textKind, "Kind of text (opening, first_notice, …): which required phrases are asked for")->type_name("KIND");
    command->add_option("--deny", options->deny, "Ad-hoc list: a phrase per line")->type_name("FILE");
    command->add_option("--allow", options->allow, "Ad-hoc exceptions: a phrase per line")->type_name("FILE");
    command->add_option("--fold", options->fold,
                        "With an ad-hoc list: any of width,case,digits,letters,traditional,symbols,repeat,pinyin,homophone,split,leet, or all, or none")
        ->type_name("LIST")
        ->capture_default_str();
    command->add_flag("--words", options->words, "Latin phrases of an ad-hoc list match whole words only");
    command->add_flag("--batch", options->isBatch, "One JSON object with \"text\" per line, one answer per line");
    command->add_flag("--stats", options->withStats, "Print characters, seconds, speed, phrases, build time and memory to standard error");
    command->callback([options, &exitStatus] {
        const auto status = PhrasesRun(*options).run();
        exitStatus = status ? *status : reportError(status.error());
    });
}

} // namespace evenhand::ctl
