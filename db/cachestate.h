// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "db/casecache.h"
#include "db/searchindex.h"
#include "db/sqlite/transaction.h"

/// Private to the CaseCache's source files.
namespace evenhand::db {

struct CaseCache::State {
    CacheConfig config;
    const base::Clock& clock;
    sqlite::Connection db;
    bool rebuilt = false;
    SearchIndex search{};

    [[nodiscard]] static base::Result<sqlite::Connection> connect(const CacheConfig& config, const base::Clock& clock);
    [[nodiscard]] base::Result<> ready();
    [[nodiscard]] base::Result<std::optional<std::string>> meta(std::string_view key) const;
    [[nodiscard]] base::Result<> setMeta(std::string_view key, const std::string& value);
    [[nodiscard]] base::Result<sqlite::Statement> prepare(std::string_view sql) const { return db.prepare(sql); }
};

/// Columns as in queries/cache/list_row.sql.
[[nodiscard]] base::Result<CaseListRow> caseListFromRow(const sqlite::Row& row);

/// Columns as in queries/cache/event_history.sql.
[[nodiscard]] base::Result<ContactHistoryRow> historyFromRow(const sqlite::Row& row);

/// The id as the cache stores it; empty for none.
template <class IdType>
[[nodiscard]] base::ByteView idBytes(const IdType& id)
{
    return id.uuid().bytes();
}
[[nodiscard]] inline base::ByteView idBytes(const base::Uuid& id) { return id.bytes(); }
template <class IdType>
[[nodiscard]] base::ByteView idBytesOrNone(const std::optional<IdType>& id)
{
    return id ? idBytes(*id) : base::ByteView();
}

template <class IdType>
[[nodiscard]] std::optional<IdType> optionalIdFrom(base::ByteView bytes)
{
    const auto uuid = base::Uuid::tryFromBytes(bytes);
    return uuid ? std::optional(IdType(*uuid)) : std::nullopt;
}

template <class IdType>
[[nodiscard]] base::Result<IdType> idFrom(base::ByteView bytes)
{
    const auto uuid = base::Uuid::tryFromBytes(bytes);
    return uuid ? base::Result<IdType>(IdType(*uuid))
                : base::Result<IdType>(base::fail(base::ErrorCode::Damaged, "an id in the cache is not a UUID"));
}

/// A word of a closed vocabulary that this program wrote itself.
template <class T>
[[nodiscard]] base::Result<T> wordFrom(const std::optional<T>& parsed)
{
    return parsed ? base::Result<T>(*parsed) : base::Result<T>(base::fail(base::ErrorCode::Damaged, "an unknown word in the cache"));
}

} // namespace evenhand::db
