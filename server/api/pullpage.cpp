// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/pullpage.h"

#include <algorithm>

#include "app/domain/projection.h"

namespace evenhand::server {

using base::Result;
using domain::wire::PullOp;

namespace {

constexpr std::size_t kOpOverhead = 160;   // member names and ids around a body
constexpr std::array<std::uint8_t, 16> kNoCase{};

base::Uuid lastCase()
{
    std::array<std::uint8_t, 16> bytes{};
    bytes.fill(0xff);
    return base::Uuid(bytes);
}

} // namespace

Result<bool> PullPage::fill(Cursor& cursor)
{
    while (!isFull()) {
        const auto wanted = m_limits.ops - std::ssize(m_ops);
        EVENHAND_ASSIGN(const auto entries, m_store.viewLog().entriesAfter(m_user.id, cursor.position, cursor.upto, wanted));
        if (entries.empty()) {
            cursor.position = {cursor.upto, lastCase(), -1};
            cursor.complete = true;
            return true;
        }
        for (const auto& entry : entries) {
            EVENHAND_TRY(add(entry, cursor.position));
            if (isFull())
                break;
        }
    }
    return false;
}

Result<> PullPage::add(const FeedEntry& entry, FeedPosition& position)
{
    const bool resumes = position.row >= 0 && position.seq == entry.seq && position.caseId == entry.caseId;
    position = {entry.seq, entry.caseId, resumes ? position.row : -1};
    return entry.op == FeedOp::Revoke ? addRevoke(entry) : addRows(entry, position);
}

Result<> PullPage::addRevoke(const FeedEntry& entry)
{
    EVENHAND_ASSIGN(const auto record, m_store.viewLog().revokeOf(m_user.id, entry));
    if (!record)
        return base::fail(base::ErrorCode::Damaged, "a revoke has no statement");
    auto op = opFor(*record, entry.caseId, entry.seq);
    m_bytes += kOpOverhead + 2 * op.statement->statement.size();
    m_ops.push_back(std::move(op));
    return {};
}

Result<> PullPage::addRows(const FeedEntry& entry, FeedPosition& position)
{
    if (entry.caseId.bytes() != kNoCase) {
        EVENHAND_ASSIGN(const bool visible, m_store.viewLog().isVisible(m_user, domain::CaseId(entry.caseId)));
        if (!visible) {   // taken away since; the revoke follows in the log
            position.row = -1;
            return {};
        }
    }
    position.row = std::max<std::int64_t>(position.row, 0);   // half sent, until the last row is
    while (!isFull()) {
        const auto wanted = m_limits.ops - std::ssize(m_ops);
        EVENHAND_ASSIGN(const auto rows, m_store.viewLog().rowsOf(m_user, entry, position.row, wanted));
        for (const auto& row : rows) {
            addRow(row.content);
            position.row = row.row;
            if (isFull())
                return {};
        }
        if (std::ssize(rows) < wanted) {
            position.row = -1;
            return {};
        }
    }
    return {};
}

void PullPage::addRow(const ProjectionRow& row)
{
    auto op = opFor(row);
    m_bytes += kOpOverhead + op.body.size();
    m_ops.push_back(std::move(op));
}

PullOp opFor(const ProjectionRow& row)
{
    PullOp op;
    op.op = row.kind == domain::kind::kAnnotation ? "annotate" : (row.body ? "put" : "del");
    op.seq = row.version;
    op.kind = row.kind;
    op.id = row.id;
    op.caseId = row.caseId;
    op.body = row.body.value_or("");
    return op;
}

PullOp opFor(const RevokeRecord& record, const base::Uuid& caseId, std::int64_t seq)
{
    PullOp op;
    op.op = "revoke";
    op.seq = seq;
    op.caseId = domain::CaseId(caseId);
    op.revokeId = record.id;
    op.statement = record.statement;
    return op;
}

} // namespace evenhand::server
