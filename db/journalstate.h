// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "db/atomicfile.h"
#include "db/journal.h"
#include "db/sqlite/transaction.h"

/// Private to the Journal's source files.
namespace evenhand::db {

inline constexpr std::uint32_t kJournalApplicationId = 0x45764a31;   // "EvJ1"

struct Journal::State {
    JournalConfig config;
    const base::Clock& clock;
    FileLock lock;
    sqlite::Connection db;
    base::UuidV7Generator ids;
    std::optional<JournalIdentity> identity{};

    [[nodiscard]] static base::Result<sqlite::Connection> connect(const JournalConfig& config);
    [[nodiscard]] base::Result<> migrate();
    [[nodiscard]] base::Result<> load();             ///< identity and the last id given out
    /// After a failed fsync the file is read again from scratch before anything else is tried.
    [[nodiscard]] base::Result<> ready();

    [[nodiscard]] base::Result<sqlite::Statement> prepare(std::string_view sql) const { return db.prepare(sql); }
    [[nodiscard]] base::Result<> setMeta(const char* key, const std::string& value);
    [[nodiscard]] base::Result<std::optional<std::string>> meta(const char* key) const;
    [[nodiscard]] base::Result<> storeIdentity(const JournalIdentity& value);
    [[nodiscard]] base::Result<JournalHead> headOf(const domain::EpochId& epoch) const;
    [[nodiscard]] base::Result<std::optional<domain::Hlc>> lastHlc() const;
    /// Numbers, signs and inserts; joins the caller's transaction.
    [[nodiscard]] base::Result<std::vector<domain::EventEnvelope>> insertAll(const JournalIdentity& who, std::span<const NewEvent> events,
                                                                             int utcOffsetMinutes);
    [[nodiscard]] base::Result<> registerBlobs(const domain::EventHeader& header);
    [[nodiscard]] base::Result<> insertOne(const domain::EventEnvelope& event, const domain::EventHeader& header);
};

/// Columns event_id, epoch, seq, header, hash, sig, payload_local.
[[nodiscard]] base::Result<domain::EventEnvelope> envelopeFromRow(const sqlite::Row& row);
[[nodiscard]] base::Result<Draft> draftFromRow(const sqlite::Row& row);
[[nodiscard]] base::Result<ChainReport> verifyChainOf(const sqlite::Connection& db);

/// An id that was written by this program; anything else in the file is damage.
template <class IdType>
[[nodiscard]] base::Result<IdType> readId(std::string_view text)
{
    auto id = IdType::tryFromString(text);
    return id ? base::Result<IdType>(*id) : base::Result<IdType>(base::fail(base::ErrorCode::Damaged, "an id in the file is not a UUID"));
}

} // namespace evenhand::db
