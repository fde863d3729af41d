// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "cache_queries.h"
#include "db/cachestate.h"

// Many cases in a few scans, for whoever asks the gate about all of them.
namespace evenhand::db {

using base::Result;
using domain::CaseId;
using sqlite::Row;

namespace {

/// Gives rows that come in the order of case ids to the gists, which stand in the same order.
class GistFinder {
public:
    explicit GistFinder(std::vector<CaseGist>& gists) : m_gists(gists) {}

    /// Null for a case that has no gist.
    [[nodiscard]] CaseGist* at(base::ByteView caseId)
    {
        while (m_place < m_gists.size() && std::ranges::lexicographical_compare(idBytes(m_gists[m_place].id), caseId))
            ++m_place;
        const bool isFound = m_place < m_gists.size() && std::ranges::equal(idBytes(m_gists[m_place].id), caseId);
        return isFound ? &m_gists[m_place] : nullptr;
    }

private:
    std::vector<CaseGist>& m_gists;
    std::size_t m_place = 0;
};

Result<> addParty(CaseGist& gist, const Row& row)
{
    EVENHAND_ASSIGN(const auto id, idFrom<domain::PartyId>(row.blobView(1)));
    EVENHAND_ASSIGN(const auto role, wordFrom(domain::partyRoleFromWord(row.textView(2))));
    domain::PartyRow party{id, gist.id, role, {}, {}, row.text(4), {}, {}, {}, {}, row.text(3)};
    if (!row.isNull(5))
        party.optedOut = row.boolean(5);
    gist.parties.push_back(std::move(party));
    return {};
}

Result<> addContactPoint(CaseGist& gist, const Row& row)
{
    EVENHAND_ASSIGN(const auto id, idFrom<domain::ContactPointId>(row.blobView(1)));
    EVENHAND_ASSIGN(const auto party, idFrom<domain::PartyId>(row.blobView(2)));
    EVENHAND_ASSIGN(const auto kind, wordFrom(domain::contactPointKindFromWord(row.textView(3))));
    EVENHAND_ASSIGN(const auto source, wordFrom(domain::contactSourceFromWord(row.textView(4))));
    EVENHAND_ASSIGN(const auto status, wordFrom(domain::contactStatusFromWord(row.textView(5))));
    gist.contactPoints.push_back({id, gist.id, party, kind, {}, source, status, {}, row.text(6)});
    return {};
}

Result<> addAccount(CaseGist& gist, const Row& row)
{
    EVENHAND_ASSIGN(const auto id, idFrom<domain::AccountId>(row.blobView(1)));
    gist.accounts.push_back(id);
    return {};
}

Result<> addConditions(CaseGist& gist, const Row& row)
{
    EVENHAND_ASSIGN(const auto json, base::parseJson(base::asText(row.blobView(1))));
    EVENHAND_ASSIGN(auto body, domain::caseFromJson(gist.id, json));
    gist.flags = std::move(body.flags);
    gist.consents = std::move(body.consents);
    return {};
}

Result<> addEvent(CaseGist& gist, const Row& row)
{
    EVENHAND_ASSIGN(const auto id, idFrom<domain::EventId>(row.blobView(0)));
    gist.echoes.push_back(id);
    if (row.isNull(2))
        return {};   // no contact
    EVENHAND_ASSIGN(auto contact, historyFromRow(row));
    gist.contacts.push_back(std::move(contact));
    return {};
}

struct GistScan {
    std::string_view sql;
    int caseColumn;
    Result<> (*add)(CaseGist&, const Row&);
};

constexpr GistScan kGistScans[] = {{sql::cache::kGistParties, 0, addParty},
                                   {sql::cache::kGistContactPoints, 0, addContactPoint},
                                   {sql::cache::kGistAccounts, 0, addAccount},
                                   {sql::cache::kGistBodies, 0, addConditions},
                                   {sql::cache::kGistEvents, 13, addEvent}};

} // namespace

Result<std::vector<CaseGist>> CaseCache::gists(const std::optional<CaseId>& after, int limit) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto list, m_state->prepare(sql::cache::kGistCases));
    EVENHAND_ASSIGN(auto gists, list.bind(":after", idBytesOrNone(after)).bind(":limit", limit).rows([](Row row) -> Result<CaseGist> {
        EVENHAND_ASSIGN(const auto id, idFrom<CaseId>(row.blobView(0)));
        CaseGist gist{id};
        if (const auto next = row.optionalInteger(2))
            gist.nextActionAt = base::Instant::fromMilliseconds(*next);
        return gist;
    }));
    if (gists.empty())
        return gists;
    for (const auto& scan : kGistScans) {
        EVENHAND_ASSIGN(auto query, m_state->prepare(scan.sql));
        query.bind(":first", idBytes(gists.front().id)).bind(":last", idBytes(gists.back().id));
        GistFinder finder(gists);
        for (;;) {
            EVENHAND_ASSIGN(const bool more, query.step());
            if (!more)
                break;
            if (auto* gist = finder.at(query.row().blobView(scan.caseColumn)))
                EVENHAND_TRY(scan.add(*gist, query.row()));
        }
    }
    return gists;
}

Result<std::vector<CaseId>> CaseCache::casesWithSharedPersons() const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::cache::kSharedPersons));
    return query.rows([](Row row) { return idFrom<CaseId>(row.blobView(0)); });
}

} // namespace evenhand::db
