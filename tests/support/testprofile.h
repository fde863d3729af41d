// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/base/crypto.h"
#include "app/domain/eventpayloads.h"
#include "db/casecache.h"
#include "db/journal.h"

/// A workstation profile with fixed keys, for tests of everything that stands on db/. All names are invented.
namespace evenhand::test {

[[nodiscard]] base::SecretKey fixedKey(std::uint8_t fill);
[[nodiscard]] base::SigningKey deviceKey();
[[nodiscard]] base::Uuid fixedUuid(int number);           ///< 00000000-0000-4000-8000-<number>
template <class IdType>
[[nodiscard]] IdType idNo(int number)
{
    return IdType(fixedUuid(number));
}

[[nodiscard]] db::JournalConfig journalConfig(const std::string& folder);
[[nodiscard]] db::CacheConfig cacheConfig(const std::string& folder);
[[nodiscard]] db::JournalIdentity identity();
/// Open and enrolled.
[[nodiscard]] base::Result<db::Journal> openJournal(const std::string& folder, const base::Clock& clock);

[[nodiscard]] domain::CallPayload aCall(const std::string& note = "agreed to pay on Friday");
[[nodiscard]] domain::PromisePayload aPromise(std::int64_t minor = 50000);
/// A call, the promise made in it, and a reminder: what "save a call" appends.
[[nodiscard]] std::vector<db::NewEvent> aSavedCall(const domain::CaseId& caseId, const std::string& note = "agreed to pay on Friday");

/// What the server would answer for these events.
[[nodiscard]] std::vector<domain::wire::EventResult> acceptAll(const std::vector<domain::EventEnvelope>& events, const std::string& verdict = "accepted");

} // namespace evenhand::test
