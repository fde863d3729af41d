// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "cache_queries.h"
#include "db/cachestate.h"

// Lists of cases: the queue, search, other cases of a person.
namespace evenhand::db {

using base::ErrorCode;
using base::fail;
using base::Result;
using sqlite::Row;

namespace {

constexpr std::array kBuckets{QueueBucket::CallbackDue, QueueBucket::PromiseDue, QueueBucket::PromiseBroken, QueueBucket::Priority};

std::string_view queryOf(QueueBucket bucket)
{
    switch (bucket) {
    case QueueBucket::CallbackDue:
        return sql::cache::kQueueCallback;
    case QueueBucket::PromiseDue:
        return sql::cache::kQueuePromiseDue;
    case QueueBucket::PromiseBroken:
        return sql::cache::kQueuePromiseBroken;
    case QueueBucket::Priority:
        return sql::cache::kQueuePriority;
    }
    return sql::cache::kQueuePriority;
}

void bindMoment(sqlite::Statement& query, const QueueMoment& moment)
{
    query.bind(":callback_until", moment.callbackUntil.milliseconds());
    if (moment.assignedTo)
        query.bind(":assigned_to", idBytes(*moment.assignedTo));
}

Result<base::Money> moneyFrom(std::int64_t minor, std::string_view code)
{
    const auto currency = base::Currency::tryFromCode(code);
    const auto money = currency ? base::Money::tryFromMinor(minor, *currency) : std::nullopt;
    return money ? Result<base::Money>(*money) : Result<base::Money>(fail(ErrorCode::Damaged, "an amount in the cache is unreadable"));
}

std::optional<base::Date> optionalDate(const std::optional<std::int64_t>& day)
{
    return day ? std::optional(base::Date::fromDayNumber(static_cast<int>(*day))) : std::nullopt;
}

std::optional<base::Instant> optionalInstant(const std::optional<std::int64_t>& ms)
{
    return ms ? std::optional(base::Instant::fromMilliseconds(*ms)) : std::nullopt;
}

struct SummaryPart {
    int bucket;
    std::string currency;
    std::int64_t count;
    std::int64_t balance;
};

/// Adds the parts of one bucket up; the currency with the most cases gives the balance.
BucketSummary summaryOf(QueueBucket bucket, const std::vector<SummaryPart>& parts)
{
    BucketSummary summary{.bucket = bucket, .currency = {}};
    std::int64_t most = 0;
    for (const auto& part : parts) {
        if (part.bucket != static_cast<int>(bucket))
            continue;
        summary.count += part.count;
        if (part.count > most) {
            most = part.count;
            summary.balanceMinor = part.balance;
            summary.currency = part.currency;
        }
    }
    return summary;
}

} // namespace

Result<CaseListRow> caseListFromRow(const Row& row)
{
    EVENHAND_ASSIGN(const auto id, idFrom<domain::CaseId>(row.blobView(0)));
    EVENHAND_ASSIGN(const auto status, wordFrom(domain::caseStatusFromWord(row.textView(4))));
    EVENHAND_ASSIGN(const auto balance, moneyFrom(row.integer(6), row.textView(5)));
    EVENHAND_ASSIGN(const auto overdue, moneyFrom(row.integer(7), row.textView(5)));
    return CaseListRow{id,
                       row.text(1),
                       row.text(2),
                       row.text(3),
                       status,
                       balance,
                       overdue,
                       static_cast<int>(row.integer(8)),
                       row.text(9),
                       static_cast<int>(row.integer(10)),
                       static_cast<std::uint32_t>(row.integer(11)),
                       optionalInstant(row.optionalInteger(12)),
                       optionalDate(row.optionalInteger(13)),
                       optionalDate(row.optionalInteger(14)),
                       optionalIdFrom<domain::UserId>(row.blobView(15)),
                       row.integer(16)};
}

Result<std::vector<BucketSummary>> CaseCache::bucketSummaries(const QueueMoment& moment) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::cache::kQueueSummary));
    bindMoment(query, moment);
    query.bind(":today", moment.today.dayNumber());
    EVENHAND_ASSIGN(const auto parts, query.rows([](Row row) {
        return SummaryPart{static_cast<int>(row.integer(0)), row.text(1), row.integer(2), row.integer(3)};
    }));
    std::vector<BucketSummary> all;
    for (const auto bucket : kBuckets)
        all.push_back(summaryOf(bucket, parts));
    return all;
}

Result<std::vector<CaseListRow>> CaseCache::queue(QueueBucket bucket, const QueueMoment& moment, Page page) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(queryOf(bucket)));
    bindMoment(query, moment);
    if (bucket != QueueBucket::CallbackDue)
        query.bind(":today", moment.today.dayNumber());
    return query.bind(":limit", page.limit).bind(":offset", page.offset).rows(caseListFromRow);
}

Result<std::optional<CaseListRow>> CaseCache::listRow(const domain::CaseId& id) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::cache::kListRow));
    return query.bind(":id", idBytes(id)).optionalRow(caseListFromRow);
}

Result<std::vector<CaseListRow>> CaseCache::casesOfPerson(const std::string& personKey, const domain::CaseId& except) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::cache::kListPerson));
    return query.bind(":person_key", personKey).bind(":except", idBytes(except)).rows(caseListFromRow);
}

Result<std::int64_t> CaseCache::caseCount() const
{
    EVENHAND_TRY(m_state->ready());
    return m_state->db.integer(sql::cache::kCaseCount);
}

Result<std::vector<CaseListRow>> CaseCache::search(std::string_view text, int limit) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(const auto refs, m_state->search.find(m_state->db, text, limit));
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::cache::kListRef));
    std::vector<CaseListRow> rows;
    rows.reserve(refs.size());
    for (const auto ref : refs) {
        EVENHAND_ASSIGN(auto row, query.bind(":ref", ref).optionalRow(caseListFromRow));
        if (row)
            rows.push_back(*std::move(row));
    }
    return rows;
}

} // namespace evenhand::db
