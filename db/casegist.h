// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "db/cachetypes.h"

namespace evenhand::db {

/// What the contact gate and the order of a queue need of a case, read for many cases at once. Names, numbers and whatever else is only
/// shown stay empty in its rows.
struct CaseGist {
    domain::CaseId id;
    std::optional<base::Instant> nextActionAt{};
    std::vector<domain::Flag> flags{};
    std::vector<domain::Consent> consents{};
    std::vector<domain::PartyRow> parties{};
    std::vector<domain::AccountId> accounts{};
    std::vector<domain::ContactPointRow> contactPoints{};
    std::vector<ContactHistoryRow> contacts{};         ///< oldest first
    std::vector<domain::EventId> echoes{};             ///< of all events, contacts or not
};

} // namespace evenhand::db
