// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/base/result.h"
#include "db/pinyin.h"
#include "db/sqlite/connection.h"

namespace evenhand::db {

/// The tables search_doc and search_key of cache.db: which case is found under which key (db/searchkeys.h). An ordinary B-tree
/// rather than FTS5: every query is one range of prefixes, read lazily, and what a revoked case leaves is really deleted.
/// Joins the caller's transaction. Data thread only.
class SearchIndex {
public:
    SearchIndex();
    SearchIndex(SearchIndex&&) noexcept;
    SearchIndex& operator=(SearchIndex&&) noexcept;
    ~SearchIndex();

    /// What a case is found by; texts folded (foldForSearch, plainNumber).
    struct Document {
        std::vector<std::string> names;
        std::vector<std::string> numbers;   ///< telephones and the case number
        friend bool operator==(const Document&, const Document&) = default;
    };

    /// Brings a case up to date. Keys of new cases are kept back until flush(), which writes them sorted.
    [[nodiscard]] base::Result<> put(sqlite::Connection& db, std::int64_t ref, const Document& document);
    [[nodiscard]] base::Result<> remove(sqlite::Connection& db, std::int64_t ref);
    [[nodiscard]] base::Result<> flush(sqlite::Connection& db);
    void forgetPending() { m_pending.clear(); }   ///< after a roll-back

    /// `ref`s of cases that fit every word, best first: whole keys before longer ones.
    [[nodiscard]] base::Result<std::vector<std::int64_t>> find(const sqlite::Connection& db, std::string_view text, int limit);

private:
    [[nodiscard]] std::vector<std::string> keysOf(const Document& document);
    [[nodiscard]] base::Result<bool> fitsAll(const sqlite::Connection& db, std::int64_t ref, const std::vector<std::string>& words);
    std::unique_ptr<Pinyin> m_pinyin;
    std::vector<std::pair<std::string, std::int64_t>> m_pending;
};

} // namespace evenhand::db
