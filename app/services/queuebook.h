// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "app/services/casefacts.h"
#include "app/services/queueservice.h"

namespace evenhand::services {

/// What reading a case in full tells the queue about it.
struct QueueJudgement {
    ContactLight light{};
    std::optional<base::Instant> validUntil{};       ///< when to ask again at the latest
    std::optional<base::Instant> nextActionAt{};
    std::vector<PromiseBrief> promises{};
    std::optional<base::Instant> lastContactAt{};
    std::optional<base::Instant> ownCallAt{};        ///< last call of this user today
    std::string lastOutcome;
    std::string creditor;
    std::string hotNote;
    std::vector<domain::FlagKind> holds{};
    bool hasUnsent = false;
    bool isBrief = false;                            ///< from a gist: what only a shown row needs is not there
};

/// The working order of all cases of one user, kept in memory: short rows of everything, and what the gate said about those that
/// were looked at. Buckets depend on the time, so they are worked out when asked. Data thread only.
class QueueBook {
public:
    using Judge = std::function<base::Result<std::optional<QueueJudgement>>(const domain::CaseId&)>;

    QueueBook(const db::Journal& journal, const db::CaseCache& cache, std::optional<domain::UserId> onlyOf, const base::Clock& clock, Judge judge)
        : m_journal(journal), m_cache(cache), m_onlyOf(onlyOf), m_clock(clock), m_judge(std::move(judge))
    {
    }

    [[nodiscard]] base::Result<TodayView> today();
    [[nodiscard]] base::Result<QueuePage> rows(BucketKind bucket, std::int64_t offset, std::int64_t limit);
    [[nodiscard]] base::Result<std::optional<domain::CaseId>> next(std::optional<domain::CaseId> after);

    /// Everything is read again when it is next needed.
    void forgetAll() { m_isLoaded = false; }
    [[nodiscard]] base::Result<> refresh(const domain::CaseId& id);
    /// Forgets what the gate said (other rules, another day), not the rows.
    void forgetJudgements();

    /// Judges up to `limit` cases that were not looked at or whose judgement ran out. False when none was left.
    [[nodiscard]] base::Result<bool> judgeSome(int limit);
    /// How many cases judgeSome() would have to look at.
    [[nodiscard]] std::size_t unjudged(base::Instant now) const;
    [[nodiscard]] bool wantsJudgement(const domain::CaseId& id, base::Instant now) const;
    /// A judgement that was made elsewhere.
    void take(const domain::CaseId& id, QueueJudgement judgement);
    /// When the next case changes its bucket or its light by time alone.
    [[nodiscard]] std::optional<base::Instant> nextChangeAt() const;
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    [[nodiscard]] std::vector<domain::CaseId> caseIds() const;   ///< of all cases in the book; empty until it is loaded

private:
    struct Entry {
        db::CaseListRow row;
        std::optional<QueueJudgement> judgement{};
    };
    static constexpr std::size_t kBuckets = 6;

    [[nodiscard]] base::Result<> load();
    [[nodiscard]] base::Result<> loadOwnCalls();
    [[nodiscard]] base::Result<> judge(Entry& entry);
    [[nodiscard]] bool needsJudging(const Entry& entry, base::Instant now) const;
    [[nodiscard]] bool belongs(const db::CaseListRow& row) const;
    void arrange();
    [[nodiscard]] BucketKind origin(const Entry& entry, base::Instant now, const base::Date& today) const;
    [[nodiscard]] BucketKind bucketOf(const Entry& entry, BucketKind origin, base::Instant now) const;
    [[nodiscard]] std::optional<base::Instant> callBackAt(const Entry& entry) const;
    [[nodiscard]] std::optional<base::Instant> ownCallAt(const Entry& entry) const;
    [[nodiscard]] std::optional<base::Instant> returnAt(const Entry& entry, base::Instant now) const;
    [[nodiscard]] bool comesBefore(BucketKind bucket, std::size_t a, std::size_t b) const;
    [[nodiscard]] base::Result<QueueRow> rowOf(std::size_t index, BucketKind bucket);
    void addTo(QueueBucket& bucket, const Entry& entry) const;

    const db::Journal& m_journal;
    const db::CaseCache& m_cache;
    std::optional<domain::UserId> m_onlyOf;
    const base::Clock& m_clock;
    Judge m_judge;
    bool m_isLoaded = false;
    std::vector<Entry> m_entries;
    std::map<domain::CaseId, std::size_t> m_index;
    std::map<domain::CaseId, base::Instant> m_ownCalls;      ///< today, last one
    std::array<std::vector<std::size_t>, kBuckets> m_order;  ///< by bucket, in working order
    std::array<std::int64_t, kBuckets> m_workedFrom{};
    std::optional<base::Instant> m_arrangedAt{};             ///< absent: out of date
    std::size_t m_judgeCursor = 0;
};

} // namespace evenhand::services
