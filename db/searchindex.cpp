// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/searchindex.h"

#include <algorithm>
#include <unordered_set>

#include "cache_queries.h"
#include "db/searchkeys.h"

namespace evenhand::db {

using base::Result;
using sqlite::Row;

namespace {

/// A keystroke must be answered within a frame, so a search of several words stops comparing candidates at some point. Units
/// are about a microsecond; looking into a name's pinyin costs more than looking for characters or digits.
constexpr int kBudget = 6000;
constexpr int kCheapCheck = 3;
constexpr int kCostlyCheck = 15;
constexpr int kLongestCount = 2000;
constexpr std::string_view kAfterAllText = "\xf4\x8f\xbf\xbf";   // U+10FFFF: sorts after every text that goes on

std::string joined(const std::vector<std::string>& lines)
{
    std::string text;
    for (const auto& line : lines)
        text += line + '\n';
    return text;
}

std::vector<std::string> split(std::string_view text)
{
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

SearchIndex::Document documentFromRow(const Row& row) { return {split(row.textView(0)), split(row.textView(1))}; }

Result<std::optional<SearchIndex::Document>> stored(const sqlite::Connection& db, std::int64_t ref)
{
    EVENHAND_ASSIGN(auto query, db.prepare(sql::cache::kSearchDocFind));
    return query.bind(":ref", ref).optionalRow(documentFromRow);
}

} // namespace

SearchIndex::SearchIndex() : m_pinyin(std::make_unique<Pinyin>()) {}
SearchIndex::SearchIndex(SearchIndex&&) noexcept = default;
SearchIndex& SearchIndex::operator=(SearchIndex&&) noexcept = default;
SearchIndex::~SearchIndex() = default;

std::vector<std::string> SearchIndex::keysOf(const Document& document)
{
    std::vector<std::string> keys;
    for (const auto& name : document.names)
        std::ranges::move(nameKeys(name, *m_pinyin), std::back_inserter(keys));
    for (const auto& number : document.numbers)
        std::ranges::move(numberKeys(number), std::back_inserter(keys));
    std::ranges::sort(keys);
    const auto rest = std::ranges::unique(keys);
    keys.erase(rest.begin(), rest.end());
    return keys;
}

Result<> SearchIndex::put(sqlite::Connection& db, std::int64_t ref, const Document& document)
{
    EVENHAND_ASSIGN(const auto before, stored(db, ref));
    if (before && *before == document)
        return {};
    if (before)
        EVENHAND_TRY(remove(db, ref));
    EVENHAND_ASSIGN(auto insert, db.prepare(sql::cache::kSearchDocPut));
    EVENHAND_TRY(insert.bind(":ref", ref).bind(":names", joined(document.names)).bind(":numbers", joined(document.numbers)).run());
    for (auto& key : keysOf(document))
        m_pending.emplace_back(std::move(key), ref);
    return {};
}

Result<> SearchIndex::remove(sqlite::Connection& db, std::int64_t ref)
{
    std::erase_if(m_pending, [ref](const auto& entry) { return entry.second == ref; });
    EVENHAND_ASSIGN(const auto document, stored(db, ref));
    if (!document)
        return {};
    EVENHAND_ASSIGN(auto removeKey, db.prepare(sql::cache::kSearchKeyDelete));
    for (const auto& key : keysOf(*document))
        EVENHAND_TRY(removeKey.bind(":key", key).bind(":ref", ref).run());
    EVENHAND_ASSIGN(auto removeDocument, db.prepare(sql::cache::kSearchDocDelete));
    return removeDocument.bind(":ref", ref).run();
}

Result<> SearchIndex::flush(sqlite::Connection& db)
{
    std::ranges::sort(m_pending);
    EVENHAND_ASSIGN(auto insert, db.prepare(sql::cache::kSearchKeyPut));
    for (const auto& [key, ref] : m_pending)
        EVENHAND_TRY(insert.bind(1, key).bind(2, ref).run());
    m_pending.clear();
    return {};
}

namespace {

bool isLetters(const std::string& word)
{
    return std::ranges::any_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

bool containsAny(const std::vector<std::string>& texts, const std::string& word)
{
    return std::ranges::any_of(texts, [&](const std::string& text) { return text.find(word) != std::string::npos; });
}

Result<sqlite::Statement> rangeOf(const sqlite::Connection& db, const std::string& word)
{
    EVENHAND_ASSIGN(auto range, db.prepare(sql::cache::kSearchKeyRange));
    range.bind(":from", word).bind(":to", word + std::string(kAfterAllText));
    return range;
}

/// How many keys begin with the word, counted no further than needed to compare words.
Result<int> boundedCount(const sqlite::Connection& db, const std::string& word)
{
    EVENHAND_ASSIGN(auto range, rangeOf(db, word));
    for (int count = 0;; ++count) {
        EVENHAND_ASSIGN(const bool more, range.step());
        if (!more || count >= kLongestCount)
            return count;
    }
}

Result<std::string> mostTelling(const sqlite::Connection& db, const std::vector<std::string>& words)
{
    if (words.size() == 1)
        return words.front();
    std::pair<int, std::string> best{INT32_MAX, {}};
    for (const auto& word : words) {
        EVENHAND_ASSIGN(const int count, boundedCount(db, word));
        best = std::min(best, {count, word});
    }
    return best.second;
}

} // namespace

Result<bool> SearchIndex::fitsAll(const sqlite::Connection& db, std::int64_t ref, const std::vector<std::string>& words)
{
    EVENHAND_ASSIGN(const auto document, stored(db, ref));
    if (!document)
        return false;
    return std::ranges::all_of(words, [&](const std::string& word) {
        if (containsAny(document->names, word) || containsAny(document->numbers, word))
            return true;
        if (!isLetters(word))
            return false;
        const auto keys = keysOf(*document);
        const auto found = std::ranges::lower_bound(keys, word);
        return found != keys.end() && found->starts_with(word);
    });
}

Result<std::vector<std::int64_t>> SearchIndex::find(const sqlite::Connection& db, std::string_view text, int limit)
{
    const auto words = searchWords(text);
    std::vector<std::int64_t> found;
    if (words.empty())
        return found;
    EVENHAND_ASSIGN(const auto driver, mostTelling(db, words));
    auto others = words;
    std::erase(others, driver);
    const int price = std::ranges::any_of(others, isLetters) ? kCostlyCheck : kCheapCheck;
    EVENHAND_ASSIGN(auto range, rangeOf(db, driver));
    std::unordered_set<std::int64_t> seen;
    for (int budget = kBudget; budget > 0 && static_cast<int>(found.size()) < limit;) {
        EVENHAND_ASSIGN(const bool more, range.step());
        if (!more)
            break;
        const auto ref = range.row().integer(0);
        if (!seen.insert(ref).second)
            continue;
        bool fits = true;
        if (!others.empty()) {
            budget -= price;
            EVENHAND_ASSIGN(fits, fitsAll(db, ref, others));
        }
        if (fits)
            found.push_back(ref);
    }
    return found;
}

} // namespace evenhand::db
