// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "cache_queries.h"
#include "db/cachestate.h"

// One case with everything that hangs on it.
namespace evenhand::db {

using base::Result;
using domain::CaseId;
using sqlite::Row;

namespace {

/// Collects the rows of a case as they come, in any order.
class DetailReader {
public:
    explicit DetailReader(const CaseId& id) : m_id(id) {}

    void add(const Row& row)
    {
        m_version = std::max(m_version, row.integer(2));
        const auto id = base::Uuid::tryFromBytes(row.blobView(1));
        const auto json = base::parseJson(base::asText(row.blobView(3)));
        if (!id || !json || !addBody(row.textView(0), *id, *json))
            ++m_unreadable;
    }

    [[nodiscard]] std::optional<CaseDetail> take(std::int64_t version, std::optional<base::Instant> leaseUntil)
    {
        if (!m_case)
            return std::nullopt;
        std::ranges::stable_sort(m_parties, {}, [](const domain::PartyRow& party) { return party.role; });
        std::ranges::stable_sort(m_payments, std::ranges::greater{}, [](const domain::PaymentRow& row) { return row.paidOn; });
        std::ranges::stable_sort(m_promises, std::ranges::greater{}, [](const domain::PromiseRow& row) { return row.dueOn; });
        std::ranges::stable_sort(m_plans, std::ranges::greater{}, [](const domain::PlanRow& row) { return row.approval.requestedAt; });
        std::ranges::stable_sort(m_events, {}, &domain::EventEcho::serverSeq);
        return CaseDetail{*std::move(m_case),   std::max(m_version, version), std::move(m_parties), std::move(m_accounts),
                          std::move(m_points),  std::move(m_payments),        std::move(m_promises), std::move(m_events),
                          std::move(m_annotations), leaseUntil,               m_unreadable,          std::move(m_plans)};
    }

private:
    template <class T>
    static bool keep(std::vector<T>& rows, Result<T> row)
    {
        if (row)
            rows.push_back(*std::move(row));
        return row.has_value();
    }

    bool addBody(std::string_view kind, const base::Uuid& id, const base::Json& json)
    {
        namespace kinds = domain::kind;
        if (kind == kinds::kCase) {
            auto row = domain::caseFromJson(CaseId(id), json);
            if (row)
                m_case = *std::move(row);
            return m_case.has_value();
        }
        if (kind == kinds::kParty)
            return keep(m_parties, domain::partyFromJson(domain::PartyId(id), m_id, json));
        if (kind == kinds::kAccount)
            return keep(m_accounts, domain::accountFromJson(domain::AccountId(id), m_id, json));
        if (kind == kinds::kPhone || kind == kinds::kAddress)
            return keep(m_points, domain::contactPointFromJson(domain::ContactPointId(id), m_id, json));
        if (kind == kinds::kPayment)
            return keep(m_payments, domain::paymentFromJson(id, m_id, json));
        if (kind == kinds::kPromise)
            return keep(m_promises, domain::promiseFromJson(domain::EventId(id), m_id, json));
        if (kind == kinds::kPlan)
            return keep(m_plans, domain::planFromJson(domain::EventId(id), m_id, json));
        if (kind == kinds::kEvent)
            return keep(m_events, domain::eventEchoFromJson(json));
        if (kind == kinds::kAnnotation)
            return keep(m_annotations, domain::annotationFromJson(domain::EventId(id), json));
        return true;   // a kind that later programs show
    }

    CaseId m_id;
    std::int64_t m_version = 0;
    int m_unreadable = 0;
    std::optional<domain::CaseRow> m_case;
    std::vector<domain::PartyRow> m_parties;
    std::vector<domain::AccountRow> m_accounts;
    std::vector<domain::ContactPointRow> m_points;
    std::vector<domain::PaymentRow> m_payments;
    std::vector<domain::PromiseRow> m_promises;
    std::vector<domain::PlanRow> m_plans;
    std::vector<domain::EventEcho> m_events;
    std::vector<domain::Annotation> m_annotations;
};

Result<ContactHistoryRow> historyFromRow(const Row& row)
{
    EVENHAND_ASSIGN(const auto id, idFrom<domain::EventId>(row.blobView(0)));
    EVENHAND_ASSIGN(const auto channel, wordFrom(domain::channelFromWord(row.textView(2))));
    EVENHAND_ASSIGN(const auto direction, wordFrom(domain::directionFromWord(row.textView(3))));
    EVENHAND_ASSIGN(const auto initiatedBy, wordFrom(domain::initiatedByFromWord(row.textView(4))));
    EVENHAND_ASSIGN(const auto result, wordFrom(domain::contactResultFromWord(row.textView(5))));
    std::vector<domain::AccountId> accounts;
    for (auto packed = row.blobView(11); packed.size() >= 16; packed = packed.subspan(16))
        if (const auto account = optionalIdFrom<domain::AccountId>(packed.first(16)))
            accounts.push_back(*account);
    return ContactHistoryRow{id,
                             base::Instant::fromMilliseconds(row.integer(1)),
                             channel,
                             direction,
                             initiatedBy,
                             result,
                             row.boolean(6),
                             row.integer(7),
                             row.text(8),
                             optionalIdFrom<domain::PartyId>(row.blobView(9)),
                             optionalIdFrom<domain::ContactPointId>(row.blobView(10)),
                             std::move(accounts),
                             optionalIdFrom<domain::UserId>(row.blobView(12))};
}

} // namespace

Result<std::optional<CaseDetail>> CaseCache::caseDetail(const CaseId& id) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(const auto listed, listRow(id));
    if (!listed)
        return std::optional<CaseDetail>();
    EVENHAND_ASSIGN(const auto lease, leaseUntil(id));
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::cache::kRowListCase));
    query.bind(":case_id", idBytes(id));
    DetailReader reader(id);
    for (;;) {
        EVENHAND_ASSIGN(const bool more, query.step());
        if (!more)
            return reader.take(listed->version, lease);
        reader.add(query.row());
    }
}

Result<std::vector<OpenRequest>> CaseCache::openRequests(int limit) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::cache::kRequestList));
    return query.bind(":limit", limit).rows([](const Row& row) -> Result<OpenRequest> {
        EVENHAND_ASSIGN(const auto id, idFrom<domain::EventId>(row.blobView(0)));
        EVENHAND_ASSIGN(const auto caseId, idFrom<CaseId>(row.blobView(1)));
        return OpenRequest{id, caseId, row.boolean(2)};
    });
}

Result<std::vector<ContactHistoryRow>> CaseCache::contactHistory(const CaseId& id, base::Instant since) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::cache::kEventHistory));
    return query.bind(":case_id", idBytes(id)).bind(":since", since.milliseconds()).rows(historyFromRow);
}

} // namespace evenhand::db
