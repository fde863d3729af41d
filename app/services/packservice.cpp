// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/packservice.h"

#include <algorithm>

#include <QString>

#include "app/base/log.h"
#include "app/compliance/ruleset.h"
#include "app/services/dataroom.h"
#include "app/services/datathread.h"

namespace evenhand::services {

namespace {

constexpr const char* kPhrases = "phrases.yaml";
constexpr const char* kOutcomes = "outcomes.yaml";
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

using Texts = std::map<std::string, std::string>;

const compliance::RulePack* packWithScripts(const PackList& packs)
{
    for (auto pack = packs.rbegin(); pack != packs.rend(); ++pack)
        if (hasScripts(**pack))
            return pack->get();
    return nullptr;
}

/// The scripts and the parts they share; not their transcripts.
Texts scriptTexts(const Texts& files)
{
    Texts texts;
    for (const auto& [path, content] : files) {
        const bool isScript = path.starts_with(kScriptFolder) && path.ends_with(".yaml") && !path.starts_with("scripts/tests/");
        if (isScript)
            texts.emplace(path, content);
    }
    return texts;
}

/// As messages call them.
Texts placed(const Texts& texts, const std::string& folder)
{
    Texts all;
    for (const auto& [path, content] : texts)
        all.emplace(folder + "/" + path, content);
    return all;
}

guidance::ScriptSet scriptsOf(const PackList& packs, const guidance::LintOptions& options, const EarlierVersions& earlier,
                              std::vector<std::string>& problems)
{
    std::vector<guidance::LintFinding> findings;
    const auto* pack = packWithScripts(packs);
    auto scripts = guidance::ScriptSet::fromTexts(pack ? placed(scriptTexts(pack->directory().files()), pack->directory().name()) : Texts(), options, findings);
    if (pack && earlier) {
        const auto versions = earlier(pack->manifest().identity.id);
        auto next = versions.begin();
        scripts.keepEarlier([&]() -> std::optional<Texts> { return next == versions.end() ? std::nullopt : std::optional(scriptTexts(*next++)); }, options, findings);
    }
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

guidance::LintOptions ActivePacks::lintOptions() const
{
    return services::lintOptions(phrases, outcomes);
}

base::Result<std::shared_ptr<const ActivePacks>> ActivePacks::of(std::shared_ptr<const compliance::RuleSet> rules, const EarlierVersions& earlier)
{
    EVENHAND_ASSIGN(auto phrases, phrasesOf(rules->packs()));
    EVENHAND_ASSIGN(auto outcomes, outcomesOf(rules->packs()));
    std::vector<std::string> problems;
    auto scripts = scriptsOf(rules->packs(), services::lintOptions(phrases, outcomes), earlier, problems);
    EVENHAND_ASSIGN(auto clauses, clausesOf(rules->packs()));
    auto identities = rules->identities();
    const auto* pack = packWithScripts(rules->packs());
    auto files = pack ? scriptTexts(pack->directory().files()) : Texts();
    auto packId = pack ? pack->manifest().identity.id : std::string();
    return std::make_shared<const ActivePacks>(ActivePacks{std::move(identities), compliance::ContactGate(std::move(rules)), std::move(phrases),
                                                           std::move(outcomes), std::move(scripts), std::move(clauses), std::move(files), std::move(packId), std::move(problems)});
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

QFuture<base::Result<compliance::PackIdentity>> PackService::publishScript(std::string path, std::string text)
{
    using Done = std::function<void(base::Result<compliance::PackIdentity>)>;
    const auto active = m_active;
    return m_data.start<compliance::PackIdentity>([active, path = std::move(path), text = std::move(text)](DataRoom& room, const Done& done) {
        auto profile = room.profile();
        const auto identity = active ? std::ranges::find(active->identities, active->scriptPack, &compliance::PackIdentity::id) : std::vector<compliance::PackIdentity>::const_iterator();
        if (!profile || !active || identity == active->identities.end())
            return done(base::fail(profile ? base::Error{base::ErrorCode::NotFound, "no pack with scripts is loaded"} : profile.error()));
        base::Json change{{"pack", identity->id}, {"base_hash", identity->hash}, {"path", path}, {"text", text}};
        (*profile)->publishScript(std::move(change), [done](const base::Result<base::Json>& answer) {
            if (!answer)
                return done(base::fail(answer.error()));
            base::JsonReader in(*answer, "");
            compliance::PackIdentity published{in.text("id"), in.text("version"), in.text("hash")};
            done(in.ok() ? base::Result<compliance::PackIdentity>(std::move(published)) : base::Result<compliance::PackIdentity>(base::fail(in.error())));
        });
    });
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
