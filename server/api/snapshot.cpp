// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>

#include "app/domain/wire/repair.h"
#include "server/api/api.h"
#include "server/api/pullpage.h"
#include "server/api/tokens.h"

namespace evenhand::server {

using base::Result;
using domain::wire::Problem;
using domain::wire::SnapshotResponse;

namespace {

constexpr std::int64_t kTokenLifetimeS = 86400;
constexpr std::size_t kPageBytes = 4U << 20;
constexpr std::int64_t kCasesAtOnce = 200;
constexpr std::array<std::uint8_t, 16> kNoCaseId{};

base::Uuid beyondAllCases()
{
    std::array<std::uint8_t, 16> bytes{};
    bytes.fill(0xff);
    return base::Uuid(bytes);
}

/// One page of everything a user may see, in the order of case ids.
class SnapshotPage {
public:
    SnapshotPage(Store& store, const UserRecord& user, SnapshotPlace& place, std::int64_t limit)
        : m_store(store), m_user(user), m_place(place), m_limit(limit) {}

    /// True: the last page.
    [[nodiscard]] Result<bool> fill()
    {
        if (m_place.row >= 0 && !m_place.casesDone)
            EVENHAND_TRY(addRestOfCase());
        while (!isFull() && !m_place.casesDone) {
            EVENHAND_ASSIGN(const auto cases, m_store.digests().visibleAfter(m_user, m_place.caseId, kCasesAtOnce));
            if (cases.empty())
                startCaseless();
            for (const auto& id : cases) {
                m_place.caseId = id.uuid();
                m_place.row = -1;
                if (m_place.bucket >= 0 && m_place.bucket != domain::bucketOfCase(id))
                    continue;
                m_place.row = 0;
                EVENHAND_TRY(addRestOfCase());
                if (isFull())
                    break;
            }
        }
        if (isFull())
            return false;
        if (m_place.bucket < 0 || m_place.bucket == domain::kCaselessBucket)
            EVENHAND_TRY(addRows(base::Uuid(kNoCaseId)));
        return !isFull();
    }
    [[nodiscard]] std::vector<domain::wire::PullOp> takeRows() { return std::move(m_rows); }

private:
    [[nodiscard]] bool isFull() const { return std::ssize(m_rows) >= m_limit || m_bytes >= kPageBytes; }
    void startCaseless()
    {
        m_place.casesDone = true;
        m_place.row = 0;
    }
    // Between two pages the case may have been taken away.
    [[nodiscard]] Result<> addRestOfCase()
    {
        EVENHAND_ASSIGN(const bool visible, m_store.viewLog().isVisible(m_user, domain::CaseId(m_place.caseId)));
        if (visible)
            EVENHAND_TRY(addRows(m_place.caseId));
        if (!isFull())
            m_place.row = -1;
        return {};
    }
    [[nodiscard]] Result<> addRows(const base::Uuid& caseId)
    {
        const FeedEntry all{0, caseId, FeedOp::Grant};
        while (!isFull()) {
            const auto wanted = m_limit - std::ssize(m_rows);
            EVENHAND_ASSIGN(const auto rows, m_store.viewLog().rowsOf(m_user, all, m_place.row, wanted));
            for (const auto& row : rows) {
                m_rows.push_back(opFor(row.content));
                m_bytes += m_rows.back().body.size() + 160;
                m_place.row = row.row;
                if (isFull())
                    return {};
            }
            if (std::ssize(rows) < wanted)
                return {};
        }
        return {};
    }

    Store& m_store;
    const UserRecord& m_user;
    SnapshotPlace& m_place;
    std::int64_t m_limit;
    std::vector<domain::wire::PullOp> m_rows{};
    std::size_t m_bytes = 0;
};

std::string queryMember(const std::string& query, std::string_view name)
{
    for (std::size_t at = 0; at <= query.size();) {
        const auto end = std::min(query.find('&', at), query.size());
        const auto part = std::string_view(query).substr(at, end - at);
        if (part.size() > name.size() && part.starts_with(name) && part[name.size()] == '=')
            return std::string(part.substr(name.size() + 1));
        at = end + 1;
    }
    return {};
}

// Empty stands for the fallback; anything but a number in the range is nothing.
std::optional<std::int64_t> numberIn(const std::string& text, std::int64_t fallback, std::int64_t least, std::int64_t most)
{
    if (text.empty())
        return fallback;
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size() || value < least || value > most)
        return std::nullopt;
    return value;
}

tl::expected<SnapshotPlace, Problem> placeOf(Store& store, const ApiContext& context, const UserRecord& user, const Request& request)
{
    const auto token = queryMember(request.query, "page");
    if (token.empty()) {
        const auto bucket = numberIn(queryMember(request.query, "bucket"), -1, 0, domain::kCaselessBucket);
        const auto last = store.lastSeq();
        if (!bucket || !last)
            return tl::unexpected(bucket ? problem::fromStore(last.error()) : problem::malformed("bucket is a number from 0 to 64"));
        SnapshotPlace place{store.scopeEpoch(), *last, static_cast<int>(*bucket)};
        place.expiresAt = context.clock.now().plusSeconds(kTokenLifetimeS);
        if (*bucket == domain::kCaselessBucket) {
            place.casesDone = true;
            place.row = 0;
        }
        return place;
    }
    const auto place = decodePlace(context.keys, context.dataset, user.id, token);
    if (!place)
        return tl::unexpected(problem::cursorInvalid());
    if (place->scopeEpoch != store.scopeEpoch() || place->expiresAt < context.clock.now())
        return tl::unexpected(problem::resyncRequired(place->scopeEpoch != store.scopeEpoch() ? "scope_changed" : "cursor_expired"));
    return *place;
}

Result<SnapshotResponse> readSnapshot(Store& store, const ApiContext& context, const Caller& caller, SnapshotPlace place, std::int64_t limit)
{
    SnapshotPage page(store, caller.user, place, limit);
    EVENHAND_ASSIGN(const bool last, page.fill());
    const Cursor from{place.scopeEpoch, {place.asOf, beyondAllCases(), -1}, place.asOf, true};
    SnapshotResponse response{place.scopeEpoch, place.asOf, encodeCursor(context.keys, context.dataset, caller.user.id, from), std::nullopt, page.takeRows(),
                              {}, context.clock.now().plusSeconds(context.policy.leaseDays * 86400)};
    if (!last) {
        response.nextPage = encodePlace(context.keys, context.dataset, caller.user.id, place);
        return response;
    }
    EVENHAND_ASSIGN(const auto revokes, store.purges().openRevokes(caller.user, caller.device.id));
    for (const auto& revoke : revokes)
        response.revokes.push_back(opFor(revoke.record, revoke.caseId.uuid(), revoke.seq));
    return response;
}

} // namespace

void snapshot(Store& store, const ApiContext& context, const Request& request, const Reply& reply)
{
    const auto caller = authenticateReader(store, context, request);
    if (!caller)
        return reply(problemResponse(caller.error()));
    const auto limit = numberIn(queryMember(request.query, "max"), 500, 1, context.limits.pullOps);
    if (!limit)
        return reply(problemResponse(problem::malformed("max is a number from 1 to " + std::to_string(context.limits.pullOps))));
    const auto transaction = store.beginRead();
    if (!transaction)
        return reply(problemResponse(problem::fromStore(transaction.error())));
    const auto place = placeOf(store, context, caller->user, request);
    if (!place)
        return reply(problemResponse(place.error()));
    const auto page = readSnapshot(store, context, *caller, *place, *limit);
    reply(page ? okResponse(domain::wire::encode(*page)) : problemResponse(problem::fromStore(page.error())));
}

} // namespace evenhand::server
