// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/attemptpool.h"

#include <algorithm>

#include "app/compliance/ruleset.h"

namespace evenhand::compliance {

using base::Instant;
using base::Json;

namespace {

constexpr std::int64_t kClockMarginS = 600;          // by so much a device's trusted time may lag behind ours
constexpr std::int64_t kDaySlackS = 2 * 3600;        // a local day may be longer than 24 hours, and zones differ by what they call today

/// From when on contacts made up to `at` count for no cap any more.
Instant whenForgotten(Instant at, const AttemptPolicy& policy)
{
    return at.plusSeconds(86400LL * policy.longestDays + kDaySlackS);
}

/// The fewest units of which every limit's share covers so many contacts.
int unitsFor(int contacts, const AttemptPolicy& policy)
{
    return std::min(kAttemptUnits, (contacts * kAttemptUnits + policy.smallestLimit - 1) / policy.smallestLimit);
}

bool mayStillBeUsed(const AttemptGrant& grant, Instant now) { return now < grant.until.plusSeconds(kClockMarginS); }

} // namespace

AttemptPolicy attemptPolicyOf(const RuleSet& rules)
{
    AttemptPolicy policy{kAttemptUnits, 1};
    for (const auto& rule : rules.rules()) {
        const bool stops = rule.kind == RuleKind::Cap && rule.isEnabled && rule.verdict >= Verdict::Hold && rule.limit > 0 && rule.days > 0;
        if (!stops)
            continue;
        policy.smallestLimit = std::min(policy.smallestLimit, rule.limit);
        policy.longestDays = std::max(policy.longestDays, rule.days);
    }
    return policy;
}

AttemptPool::Holder& AttemptPool::holderOf(const std::string& device)
{
    const auto known = std::find_if(m_holders.begin(), m_holders.end(), [&](const Holder& h) { return h.device == device; });
    return known != m_holders.end() ? *known : m_holders.emplace_back(Holder{device});
}

int AttemptPool::occupied(const Holder& holder, Instant now, const AttemptPolicy& policy)
{
    int units = now < holder.residue.until ? holder.residue.units : 0;
    for (const auto& grant : holder.open)
        if (now < whenForgotten(grant.until.plusSeconds(kClockMarginS), policy))
            units = std::max(units, grant.units);
    return units;
}

int AttemptPool::occupiedBy(const std::string& device, Instant now, const AttemptPolicy& policy) const
{
    const auto known = std::find_if(m_holders.begin(), m_holders.end(), [&](const Holder& h) { return h.device == device; });
    return known == m_holders.end() ? 0 : occupied(*known, now, policy);
}

/// What the device confirmed makes earlier grants history; what it did under them is now known and stays counted.
void AttemptPool::settle(Holder& holder, const AttemptRequest& request, const AttemptPolicy& policy)
{
    const auto confirmed = std::find_if(holder.open.begin(), holder.open.end(), [&](const AttemptGrant& g) { return g.version == request.holds; });
    if (!request.isLeaving && confirmed == holder.open.end())
        return;
    holder.open.erase(holder.open.begin(), request.isLeaving ? holder.open.end() : confirmed);
    holder.residue = {};
    if (request.contacts > 0 && request.lastContact)
        holder.residue = {unitsFor(request.contacts, policy), whenForgotten(*request.lastContact, policy)};
}

/// An equal part at most a third for whoever came later; the first keeps the rest.
int AttemptPool::fairUnits(const std::string& device, Instant now) const
{
    std::vector<const Holder*> claimants;
    for (const auto& holder : m_holders)
        if (holder.device == device || std::any_of(holder.open.begin(), holder.open.end(), [&](const AttemptGrant& g) { return mayStillBeUsed(g, now); }))
            claimants.push_back(&holder);
    const auto count = static_cast<int>(claimants.size());
    const int part = std::max(1, kAttemptUnits / std::max(3, count));
    const int served = std::min(count - 1, kAttemptUnits - 1);
    const auto place = static_cast<int>(std::find_if(claimants.begin(), claimants.end(), [&](const Holder* h) { return h->device == device; }) - claimants.begin());
    if (place == 0)
        return kAttemptUnits - part * served;
    return place <= served ? part : 0;
}

AttemptGrant AttemptPool::offer(Holder& holder, int units, Instant until)
{
    if (!holder.open.empty() && holder.open.back().units == units) {
        holder.open.back().until = std::max(holder.open.back().until, until);
        return holder.open.back();
    }
    holder.open.push_back({++m_lastVersion, units, until});
    return holder.open.back();
}

void AttemptPool::forgetIdle(Instant now, const AttemptPolicy& policy)
{
    std::erase_if(m_holders, [&](const Holder& holder) {
        const bool isAsking = std::any_of(holder.open.begin(), holder.open.end(), [&](const AttemptGrant& g) { return mayStillBeUsed(g, now); });
        return !isAsking && occupied(holder, now, policy) == 0;
    });
}

AttemptGrant AttemptPool::renew(const AttemptRequest& request, Instant now, Instant until, const AttemptPolicy& policy)
{
    forgetIdle(now, policy);
    // A server restored from a backup has forgotten grants; at least no version is given out twice.
    m_lastVersion = std::max(m_lastVersion, request.holds.value_or(0));
    settle(holderOf(request.device), request, policy);
    if (request.isLeaving) {
        forgetIdle(now, policy);
        return {m_lastVersion, 0, now};
    }
    int free = kAttemptUnits;
    for (const auto& holder : m_holders)
        if (holder.device != request.device)
            free -= occupied(holder, now, policy);
    return offer(holderOf(request.device), std::clamp(fairUnits(request.device, now), 0, std::max(free, 0)), until);
}

Json AttemptPool::toJson() const
{
    auto holders = Json::array();
    for (const auto& holder : m_holders) {
        auto open = Json::array();
        for (const auto& grant : holder.open)
            open.push_back({{"version", grant.version}, {"units", grant.units}, {"until", grant.until.toRfc3339Utc()}});
        holders.push_back({{"device", holder.device}, {"open", std::move(open)}, {"used_units", holder.residue.units},
                           {"used_until", holder.residue.until.toRfc3339Utc()}});
    }
    return {{"last_version", m_lastVersion}, {"holders", std::move(holders)}};
}

base::Result<AttemptPool> AttemptPool::fromJson(const Json& json)
{
    base::JsonReader in(json, "");
    AttemptPool pool;
    pool.m_lastVersion = in.integer("last_version");
    for (const auto& item : in.array("holders")) {
        base::JsonReader one(item, "/holders");
        Holder holder{one.text("device")};
        holder.residue = {static_cast<int>(one.integer("used_units")), one.instant("used_until")};
        for (const auto& grant : one.array("open")) {
            base::JsonReader g(grant, "/holders/open");
            holder.open.push_back({g.integer("version"), static_cast<int>(g.integer("units")), g.instant("until")});
            if (!g.ok())
                return base::fail(g.error());
        }
        if (!one.ok())
            return base::fail(one.error());
        pool.m_holders.push_back(std::move(holder));
    }
    if (!in.ok())
        return base::fail(in.error());
    return pool;
}

} // namespace evenhand::compliance
