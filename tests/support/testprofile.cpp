// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testprofile.h"

#include <cstdio>

namespace evenhand::test {

using base::Bytes;

base::SecretKey fixedKey(std::uint8_t fill) { return base::SecretKey(base::ByteView(Bytes(32, fill))); }

base::SigningKey deviceKey()
{
    return base::SigningKey::fromSeed(*base::fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
}

base::Uuid fixedUuid(int number)
{
    char text[37];
    std::snprintf(text, sizeof text, "00000000-0000-4000-8000-%012d", number);
    return *base::Uuid::tryFromString(text);
}

db::JournalConfig journalConfig(const std::string& folder)
{
    return {.path = folder + "/journal.db", .key = fixedKey(1), .deviceKey = deviceKey(), .programVersion = "test"};
}

db::CacheConfig cacheConfig(const std::string& folder)
{
    return {.path = folder + "/cache.db", .key = fixedKey(2), .programVersion = "test"};
}

db::JournalIdentity identity()
{
    return {idNo<domain::DatasetId>(1), idNo<domain::DeviceId>(2), idNo<domain::UserId>(3), idNo<domain::EpochId>(4),
            "http://127.0.0.1:1",       domain::UserRole::Agent,   "amy",                   "Amy Example",
            {{"sig-1", "sign", "ed25519", Bytes(32, 7), base::Instant::fromSeconds(1)}}};
}

base::Result<db::Journal> openJournal(const std::string& folder, const base::Clock& clock)
{
    EVENHAND_ASSIGN(auto journal, db::Journal::open(journalConfig(folder), clock));
    EVENHAND_ASSIGN(const auto known, journal.identity());
    if (!known)
        EVENHAND_TRY(journal.setIdentity(identity()));
    return journal;
}

domain::CallPayload aCall(const std::string& note)
{
    return {.partyId = idNo<domain::PartyId>(10),
            .contactPointId = idNo<domain::ContactPointId>(11),
            .accountIds = {idNo<domain::AccountId>(12)},
            .startedAt = *base::Instant::tryFromRfc3339("2026-03-02T09:59:00+08:00"),
            .durationS = 42,
            .outcome = "promise",
            .result = domain::ContactResult::Conversation,
            .rightParty = true,
            .note = base::SensitiveText(note)};
}

domain::PromisePayload aPromise(std::int64_t minor)
{
    const auto cny = *base::Currency::tryFromCode("CNY");
    return {idNo<domain::PartyId>(10), *base::Money::tryFromMinor(minor, cny), *base::Date::tryFromIso("2026-03-06"), "app", {}};
}

std::vector<db::NewEvent> aSavedCall(const domain::CaseId& caseId, const std::string& note)
{
    return {db::NewEvent{aCall(note), caseId}, db::NewEvent{aPromise(), caseId},
            db::NewEvent{domain::ReminderPayload{*base::Instant::tryFromRfc3339("2026-03-06T10:00:00+08:00"), "follow_up"}, caseId}};
}

std::vector<domain::wire::EventResult> acceptAll(const std::vector<domain::EventEnvelope>& events, const std::string& verdict)
{
    std::vector<domain::wire::EventResult> results;
    for (const auto& event : events)
        results.push_back({event.eventId, event.seq, verdict, {}, {},
                           {R"({"kind":"receipt","verdict":"accepted","seq":)" + std::to_string(event.seq) + "}", {}}});
    return results;
}

} // namespace evenhand::test
