// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/records.h"
#include "server/store/sqlconnection.h"
#include "server/store/writecache.h"

namespace evenhand::server {

enum class FeedOp { Grant = 1, Change = 2, Revoke = 3 };   // stored

/// A place in a user's feed: everything up to and including this was sent.
struct FeedPosition {
    std::int64_t seq = 0;
    base::Uuid caseId{std::array<std::uint8_t, 16>{}};
    std::int64_t row = -1;                         ///< last projection row of a half-sent case; -1: the entry is done
};

struct FeedEntry {
    std::int64_t seq;
    base::Uuid caseId;                             ///< all zero: rows without a case (the team's users)
    FeedOp op;
};

struct FeedRow {
    std::int64_t row;                              ///< position inside the case
    ProjectionRow content;
};

struct RevokeRecord {
    base::Uuid id;
    domain::SignedStatement statement;
};

/// The view log: per user, which case entered, changed or left what they may see, in order of server_seq. Entries are expanded to rows
/// when they are read, so that handing out a portfolio costs one entry per case and person.
/// Not thread-safe: belongs to its connection's thread. Writing joins the caller's transaction.
class ViewLog {
public:
    explicit ViewLog(SqlConnection& connection, WriteCache* cache = nullptr) : m_connection(connection), m_cache(cache) {}
    /// Rows of the case were written with version `seq`: everyone who may see the case now learns of it.
    [[nodiscard]] base::Result<> announce(const domain::CaseId& caseId, std::int64_t seq);
    /// The same for a row without a case (a user): everyone of the team.
    [[nodiscard]] base::Result<> announceTeam(const std::string& team, std::int64_t seq);
    [[nodiscard]] base::Result<> append(const domain::UserId& user, const FeedEntry& entry);   ///< a grant is not weakened to a change

    [[nodiscard]] base::Result<std::vector<FeedEntry>> entriesAfter(const domain::UserId& user, const FeedPosition& after, std::int64_t upto,
                                                                    std::int64_t limit) const;
    /// May the user see the case at this moment? The one question every endpoint asks.
    [[nodiscard]] base::Result<bool> isVisible(const UserRecord& user, const domain::CaseId& caseId) const;
    /// Did the user ever have the case, or was it ever the team's for a supervisor?
    [[nodiscard]] base::Result<bool> wasEverVisible(const UserRecord& user, const domain::CaseId& caseId) const;
    /// Rows of one entry after `row`: of a grant all that exist, of a change those written with its seq (tombstones too).
    [[nodiscard]] base::Result<std::vector<FeedRow>> rowsOf(const UserRecord& user, const FeedEntry& entry, std::int64_t afterRow,
                                                            std::int64_t limit) const;
    /// Users with an entry in (after, upto].
    [[nodiscard]] base::Result<std::vector<domain::UserId>> changedUsers(std::int64_t after, std::int64_t upto) const;
    [[nodiscard]] base::Result<std::optional<RevokeRecord>> revokeOf(const domain::UserId& user, const FeedEntry& entry) const;

private:
    SqlConnection& m_connection;
    WriteCache* m_cache;                           ///< null: none
};

} // namespace evenhand::server
