// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "server/store/serverkeys.h"
#include "server/store/viewlog.h"

/// What the server hands out and recognises again without storing it.
namespace evenhand::server {

inline constexpr std::int64_t kChallengeLifetimeS = 120;

[[nodiscard]] std::string makeChallenge(const ServerKeys& keys, base::Instant now);
[[nodiscard]] bool isChallengeValid(const ServerKeys& keys, const std::string& challenge, base::Instant now);

[[nodiscard]] std::string makeToken();                                    ///< 32 random bytes
[[nodiscard]] base::Hash256 tokenHash(const std::string& token);          ///< what the database keeps

/// Where a user's pull goes on. `upto` is the end of the checkpoint that the first page fixed.
struct Cursor {
    std::int64_t scopeEpoch = 1;
    FeedPosition position;
    std::int64_t upto = 0;
    bool complete = false;                         ///< the checkpoint was sent to its end: the next pull begins a new one
};

/// Bound to the data set and the user: one person's cursor is nothing for another.
[[nodiscard]] std::string encodeCursor(const ServerKeys& keys, const domain::DatasetId& dataset, const domain::UserId& user, const Cursor& cursor);
[[nodiscard]] std::optional<Cursor> decodeCursor(const ServerKeys& keys, const domain::DatasetId& dataset, const domain::UserId& user,
                                                 const std::string& text);

/// Where a full fetch goes on; good for a day.
struct SnapshotPlace {
    std::int64_t scopeEpoch = 1;
    std::int64_t asOf = 0;
    int bucket = -1;                               ///< -1: all
    base::Uuid caseId{std::array<std::uint8_t, 16>{}};   ///< the last case that was begun
    std::int64_t row = -1;                         ///< its last row that was sent; -1: it is done
    bool casesDone = false;                        ///< the rows without a case come last
    base::Instant expiresAt{};
};
[[nodiscard]] std::string encodePlace(const ServerKeys& keys, const domain::DatasetId& dataset, const domain::UserId& user, const SnapshotPlace& place);
[[nodiscard]] std::optional<SnapshotPlace> decodePlace(const ServerKeys& keys, const domain::DatasetId& dataset, const domain::UserId& user,
                                                       const std::string& text);

} // namespace evenhand::server
