// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/packservice.h"

#include <algorithm>

#include <QString>

#include "app/base/log.h"
#include "app/base/yamlfields.h"
#include "app/compliance/ruleset.h"
#include "app/services/dataroom.h"
#include "app/services/datathread.h"

namespace evenhand::services {

namespace {

constexpr const char* kPhrases = "phrases.yaml";
constexpr const char* kOutcomes = "outcomes.yaml";
constexpr const char* kPlans = "plans.yaml";
constexpr const char* kLetters = "letters.yaml";
constexpr const char* kScriptFolder = "scripts/";

using PackList = std::vector<std::shared_ptr<const compliance::RulePack>>;

base::Result<compliance::PhraseChecker> phrasesOf(const PackList& packs)
{
    compliance::PhraseSet all;
    for (const auto& pack : packs) {
        if (const auto* text = pack->directory().find(kPhrases)) {
            EVENHAND_ASSIGN(const auto set, compliance::PhraseSet::parse(*text, pack->directory().pathOf(kPhrases)));
            all.add(set);
        }
    }
    return compliance::PhraseChecker::build(all);
}

base::Result<std::vector<domain::AgreementRules>> agreementsOf(const PackList& packs)
{
    std::vector<domain::AgreementRules> all;
    for (const auto& pack : packs) {
        const auto* text = pack->directory().find(kPlans);
        if (text == nullptr)
            continue;
        base::SourceProblems problems;
        auto rules = domain::AgreementRules::parse(*text, pack->directory().pathOf(kPlans), problems);
        if (!rules)
            return base::fail(base::ErrorCode::Invalid, base::toLines(problems));
        all.push_back(*std::move(rules));
    }
    return all;
}

std::set<base::Date> daysOffOf(const PackList& packs)
{
    std::set<base::Date> days;
    for (const auto& pack : packs)
        for (const auto& [id, calendar] : pack->calendars())
            days.insert(calendar.daysOff.begin(), calendar.daysOff.end());
    return days;
}

base::Result<guidance::LetterSet> lettersOf(const PackList& packs)
{
    for (auto pack = packs.rbegin(); pack != packs.rend(); ++pack) {
        const auto* text = (*pack)->directory().find(kLetters);
        if (text == nullptr)
            continue;
        base::SourceProblems problems;
        if (auto letters = guidance::LetterSet::parse(*text, (*pack)->directory().pathOf(kLetters), problems))
            return *std::move(letters);
        return base::fail(base::ErrorCode::Invalid, base::toLines(problems));
    }
    return guidance::LetterSet();
}

base::Result<guidance::OutcomeSet> outcomesOf(const PackList& packs)
{
    for (auto pack = packs.rbegin(); pack != packs.rend(); ++pack) {
        if (const auto* text = (*pack)->directory().find(kOutcomes)) {
            base::SourceProblems problems;
            if (auto outcomes = guidance::OutcomeSet::parse(*text, (*pack)->directory().pathOf(kOutcomes), problems))
                return *std::move(outcomes);
            std::string lines;
            for (const auto& problem : problems)
                lines += problem.toString() + "\n";
            return base::fail(base::ErrorCode::Invalid, lines);
        }
    }
    return base::fail(base::ErrorCode::NotFound, "none of the packs has outcomes.yaml");
}

base::Result<compliance::ClauseWords> clausesOf(const PackList& packs)
{
    compliance::ClauseWords words;
    for (const auto& pack : packs)
        EVENHAND_TRY(words.add(pack->directory()));
    return words;
}

bool hasScripts(const compliance::RulePack& pack)
{
    return std::ranges::any_of(pack.directory().files(), [](const auto& file) { return file.first.starts_with(kScriptFolder); });
}

guidance::LintOptions lintOptions(const compliance::PhraseChecker& phrases, const guidance::OutcomeSet& outcomes)
{
    guidance::LintOptions options;
    options.knowsOutcome = [&outcomes](std::string_view code) { return outcomes.find(code) != nullptr; };
    options.bannedPhrases = [&phrases](std::string_view text, std::string_view) {
        std::vector<guidance::BannedPhrase> found;
        for (const auto& hit : phrases.check(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())))) {
            const auto message = hit.message.find("en");
            found.push_back({hit.ruleId, hit.matched.toStdString(), message == hit.message.end() ? std::string() : message->second});
        }
        return found;
    };
    return options;
}

guidance::ScriptSet scriptsOf(const PackList& packs, const guidance::LintOptions& options, std::vector<std::string>& problems)
{
    std::vector<guidance::LintFinding> findings;
    std::string folder;
    for (const auto& pack : packs) {
        if (hasScripts(*pack))
            folder = pack->directory().name();
    }
    auto scripts = guidance::ScriptSet::load(folder, options, findings);
    for (const auto& finding : findings)
        problems.push_back(finding.toString());
    return scripts;
}

} // namespace

base::Result<std::shared_ptr<const ActivePacks>> ActivePacks::load(const std::vector<std::string>& packs)
{
    EVENHAND_ASSIGN(auto rules, compliance::RuleSet::load(packs));
    return of(std::move(rules));
}

base::Result<std::shared_ptr<const ActivePacks>> ActivePacks::of(std::shared_ptr<const compliance::RuleSet> rules)
{
    EVENHAND_ASSIGN(auto phrases, phrasesOf(rules->packs()));
    EVENHAND_ASSIGN(auto outcomes, outcomesOf(rules->packs()));
    EVENHAND_ASSIGN(auto agreements, agreementsOf(rules->packs()));
    EVENHAND_ASSIGN(auto letters, lettersOf(rules->packs()));
    auto daysOff = daysOffOf(rules->packs());
    std::vector<std::string> problems;
    auto scripts = scriptsOf(rules->packs(), lintOptions(phrases, outcomes), problems);
    EVENHAND_ASSIGN(auto clauses, clausesOf(rules->packs()));
    auto identities = rules->identities();
    return std::make_shared<const ActivePacks>(ActivePacks{std::move(identities), compliance::ContactGate(std::move(rules)), std::move(phrases),
                                                           std::move(outcomes), std::move(scripts), std::move(clauses),
                                                           std::move(agreements), std::move(daysOff), std::move(letters), std::move(problems)});
}

PackService::PackService(DataThread& data) : m_data(data)
{
    // Other rules concern every case; asking for the ones in force costs nothing when they are the same.
    connect(&data, &DataThread::changed, this, [this](const ChangeSet& what) {
        if (what.allCases)
            [[maybe_unused]] const auto again = load();
    });
    [[maybe_unused]] const auto future = load();
}

QFuture<base::Result<std::shared_ptr<const ActivePacks>>> PackService::load()
{
    using Loaded = base::Result<std::shared_ptr<const ActivePacks>>;
    return m_data.run<std::shared_ptr<const ActivePacks>>([](DataRoom& room) { return room.loadPacks(); }).then(this, [this](const Loaded& loaded) {
        const bool isNew = !loaded || m_active != *loaded;
        if (loaded) {
            m_active = *loaded;
            m_error.reset();
        } else {
            m_error = loaded.error();
        }
        if (isNew)
            Q_EMIT activeChanged();
        return loaded;
    });
}

} // namespace evenhand::services
