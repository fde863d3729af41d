// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/wire/wire.h"
#include "server/api/tokens.h"
#include "server/store/store.h"

namespace evenhand::server {

struct PageLimits {
    std::int64_t ops = 200;
    std::size_t bytes = 4U << 20;
};

/// A row as the op that brings it to a workstation.
[[nodiscard]] domain::wire::PullOp opFor(const ProjectionRow& row);
[[nodiscard]] domain::wire::PullOp opFor(const RevokeRecord& record, const base::Uuid& caseId, std::int64_t seq);

/// One page of a user's feed. Asks for every case, at the moment of reading, whether the user may see it: an entry of the view log is a hint
/// where to look, never a permission.
class PullPage {
public:
    PullPage(Store& store, const UserRecord& user, PageLimits limits) : m_store(store), m_user(user), m_limits(limits) {}
    /// Ops after `cursor` up to its checkpoint; moves the cursor. True when the checkpoint is complete. Call inside a read transaction.
    [[nodiscard]] base::Result<bool> fill(Cursor& cursor);
    [[nodiscard]] std::vector<domain::wire::PullOp> takeOps() { return std::move(m_ops); }

private:
    [[nodiscard]] base::Result<> add(const FeedEntry& entry, FeedPosition& position);
    [[nodiscard]] base::Result<> addRevoke(const FeedEntry& entry);
    [[nodiscard]] base::Result<> addRows(const FeedEntry& entry, FeedPosition& position);
    void addRow(const ProjectionRow& row);
    [[nodiscard]] bool isFull() const { return std::ssize(m_ops) >= m_limits.ops || m_bytes >= m_limits.bytes; }

    Store& m_store;
    const UserRecord& m_user;
    PageLimits m_limits;
    std::vector<domain::wire::PullOp> m_ops{};
    std::size_t m_bytes = 0;
};

} // namespace evenhand::server
