// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/sharebook.h"

#include <algorithm>
#include <memory>
#include <set>

#include <QFile>
#include <QSaveFile>

#include "app/base/log.h"

namespace evenhand::services {

namespace {

constexpr const char* kShareFile = "/shares.sealed";
constexpr const char* kShareSeal = "attempt shares";
constexpr std::int64_t kRenewAfterS = 1'800;         // so that a second device waits half an hour for its part, not days
constexpr std::size_t kCasesPerCall = 200;

} // namespace

/// One round's worth of asking.
struct ShareBook::Renewal {
    sync::RoundCall call;
    std::function<void(bool)> done;
    compliance::AttemptPolicy policy;
    std::vector<domain::CaseId> asking{};
    std::vector<domain::CaseId> leaving{};
    std::set<domain::CaseId> inFlight{};
    bool hasChanged = false;
};

ShareBook::ShareBook(const std::string& folder, const base::SecretKey& profileKey, const base::Clock& clock)
    : m_path(folder + kShareFile), m_key(base::deriveKey(profileKey, kShareSeal)), m_clock(clock)
{
    read();
}

void ShareBook::read()
{
    QFile file(QString::fromStdString(m_path));
    if (!file.open(QIODevice::ReadOnly))
        return;
    const auto sealed = file.readAll().toStdString();
    const auto plain = base::open(m_key, base::asBytes(sealed), kShareSeal);
    const auto json = plain ? base::parseJson(base::asText(*plain)) : base::Result<base::Json>(base::fail(plain.error()));
    m_isKnown = true;                                // a file that cannot be read means: no share is known, not: none is needed
    if (!json)
        return;
    base::JsonReader in(*json, "shares:");
    for (const auto& item : in.array("grants")) {
        base::JsonReader one(item, "shares:/grants");
        const domain::CaseId id(one.uuid("case_id"));
        const compliance::AttemptGrant grant{one.integer("version"), static_cast<int>(one.integer("units")), one.instant("until")};
        if (one.ok())
            m_entries.insert_or_assign(id, Entry{grant, one.booleanOr("confirmed", false)});
    }
}

base::Result<> ShareBook::write() const
{
    auto grants = base::Json::array();
    for (const auto& [id, entry] : m_entries)
        grants.push_back({{"case_id", id.toString()}, {"version", entry.grant.version}, {"units", entry.grant.units},
                          {"until", entry.grant.until.toRfc3339Utc()}, {"confirmed", entry.isConfirmed}});
    const auto sealed = base::seal(m_key, base::asBytes(base::Json{{"grants", std::move(grants)}}.dump()), kShareSeal);
    QSaveFile file(QString::fromStdString(m_path));
    const auto size = static_cast<qint64>(sealed.size());
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(reinterpret_cast<const char*>(sealed.data()), size) == size && file.commit();
    if (!isWritten)
        return base::fail(base::ErrorCode::Storage, "the shares of attempts could not be written");
    return {};
}

std::optional<compliance::OfflineShare> ShareBook::shareOf(const domain::CaseId& caseId, base::Instant now, bool isOnline) const
{
    if (!m_isKnown)
        return std::nullopt;
    const auto entry = m_entries.find(caseId);
    if (entry != m_entries.end() && now < entry->second.grant.until)
        return compliance::OfflineShare{std::nullopt, entry->second.grant.units};
    return isOnline ? std::nullopt : std::optional(compliance::OfflineShare{});
}

void ShareBook::collect(Renewal& renewal, const std::vector<domain::CaseId>& mine)
{
    const auto now = m_clock.now();
    const std::set<domain::CaseId> held(mine.begin(), mine.end());
    for (const auto& id : mine) {
        const auto entry = m_entries.find(id);
        const bool isFresh = entry != m_entries.end() && entry->second.isConfirmed && entry->second.askedAt && *entry->second.askedAt <= now
            && now < entry->second.askedAt->plusSeconds(kRenewAfterS);
        if (!isFresh)
            renewal.asking.push_back(id);
    }
    for (const auto& [id, entry] : m_entries)
        if (!held.contains(id))
            renewal.leaving.push_back(id);
}

void ShareBook::renew(const sync::RoundCall& call, const std::vector<domain::CaseId>& mine, const compliance::AttemptPolicy& policy,
                      std::function<void(bool)> done)
{
    auto renewal = std::make_shared<Renewal>(Renewal{call, std::move(done), policy});
    collect(*renewal, mine);
    askNext(std::move(renewal));
}

void ShareBook::askNext(std::shared_ptr<Renewal> renewal)
{
    auto cases = base::Json::array();
    renewal->inFlight.clear();
    // What is given up is given up here first: from now on nothing is done under it.
    while (!renewal->leaving.empty() && cases.size() < kCasesPerCall) {
        const auto id = renewal->leaving.back();
        renewal->leaving.pop_back();
        m_entries.erase(id);
        cases.push_back({{"case_id", id.toString()}, {"leaving", true}});
        renewal->hasChanged = true;
    }
    while (!renewal->asking.empty() && cases.size() < kCasesPerCall) {
        const auto id = renewal->asking.back();
        renewal->asking.pop_back();
        const auto entry = m_entries.find(id);
        const auto holds = entry == m_entries.end() ? base::Json(nullptr) : base::Json(entry->second.grant.version);
        cases.push_back({{"case_id", id.toString()}, {"holds", holds}});
        renewal->inFlight.insert(id);
    }
    if (cases.empty())
        return renewal->done(renewal->hasChanged);
    const base::Json body{{"smallest_limit", renewal->policy.smallestLimit}, {"longest_days", renewal->policy.longestDays}, {"cases", std::move(cases)}};
    const auto call = renewal->call;
    call("/v1/attempt-shares", body, [this, renewal](const sync::Reply<base::Json>& answer) {
        if (answer && take(*renewal, *answer))
            return askNext(renewal);
        renewal->done(renewal->hasChanged);
    });
}

bool ShareBook::take(Renewal& renewal, const base::Json& answer)
{
    const auto before = m_entries;
    const auto now = m_clock.now();
    for (const auto& id : renewal.inFlight)
        if (const auto entry = m_entries.find(id); entry != m_entries.end()) {
            entry->second.isConfirmed = true;            // the server has heard which version we act on
            entry->second.askedAt = now;
        }
    base::JsonReader in(answer, "shares:");
    for (const auto& item : in.array("grants")) {
        base::JsonReader one(item, "shares:/grants");
        const domain::CaseId id(one.uuid("case_id"));
        const compliance::AttemptGrant grant{one.integer("version"), static_cast<int>(one.integer("units")), one.instant("until")};
        if (!one.ok() || !renewal.inFlight.contains(id))
            continue;
        auto& entry = m_entries[id];
        if (grant.version < entry.grant.version)
            continue;
        const bool isNew = grant.version > entry.grant.version;
        const int unitsBefore = entry.grant.version == 0 ? compliance::kAttemptUnits : entry.grant.units;   // without a grant nothing was limited
        renewal.hasChanged |= grant.units != unitsBefore;
        entry = {grant, !isNew && entry.isConfirmed, now};
    }
    m_isKnown = true;
    if (const auto written = write(); !written || !in.ok()) {
        base::log::of(base::log::Area::App).warn("shares of attempts: {}", written ? in.error().detail : written.error().detail);
        m_entries = before;                              // what is not on disk is not acted on
        return false;
    }
    return true;
}

} // namespace evenhand::services
