// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/queuebook.h"

#include <algorithm>
#include <tuple>

#include "app/services/localday.h"

namespace evenhand::services {

namespace {

constexpr int kEverything = 10'000'000;
constexpr std::size_t kFirstRows = 30;
constexpr int kMostJudgedAtOnce = 500;             // a quarter of a second; at night every case is held out
constexpr std::int64_t kArrangementLastsMs = 1'000;
constexpr BucketKind kWorkingOrder[] = {BucketKind::CallbackDue, BucketKind::PromiseBroken, BucketKind::PromiseDue, BucketKind::Priority};
constexpr BucketKind kAllKinds[] = {BucketKind::CallbackDue, BucketKind::PromiseBroken, BucketKind::PromiseDue,
                                    BucketKind::Priority,    BucketKind::HeldOut,       BucketKind::Worked};

std::size_t at(BucketKind kind)
{
    return static_cast<std::size_t>(kind);
}

bool isShut(const ContactLight& light, base::Instant now)
{
    const bool strict = light.known && (light.level == compliance::Verdict::Hold || light.level == compliance::Verdict::Block);
    return strict && !(light.nextAllowedAt && *light.nextAllowedAt <= now);
}

template <class T>
std::optional<T> earlier(std::optional<T> a, std::optional<T> b)
{
    if (!a || !b)
        return a ? a : b;
    return std::min(*a, *b);
}

} // namespace

bool QueueBook::belongs(const db::CaseListRow& row) const
{
    return row.status == domain::CaseStatus::Open && (!m_onlyOf || row.assignedTo == m_onlyOf);
}

base::Result<> QueueBook::load()
{
    if (m_isLoaded)
        return {};
    const auto now = m_clock.now();
    const db::QueueMoment moment{now, localDay(now), m_onlyOf};
    m_entries.clear();
    m_index.clear();
    for (const auto bucket : {db::QueueBucket::CallbackDue, db::QueueBucket::PromiseDue, db::QueueBucket::PromiseBroken, db::QueueBucket::Priority}) {
        EVENHAND_ASSIGN(auto rows, m_cache.queue(bucket, moment, {0, kEverything}));
        for (auto& row : rows) {
            m_index.insert_or_assign(row.id, m_entries.size());
            m_entries.push_back({std::move(row)});
        }
    }
    m_judgeCursor = 0;
    m_arrangedAt.reset();
    EVENHAND_TRY(loadOwnCalls());
    m_isLoaded = true;
    return {};
}

base::Result<> QueueBook::loadOwnCalls()
{
    m_ownCalls.clear();
    EVENHAND_ASSIGN(const auto marks, m_journal.marksSince(startOfLocalDay(m_clock.now())));
    for (const auto& mark : marks) {
        if (mark.caseId && mark.type == domain::eventtype::kCall)
            m_ownCalls.insert_or_assign(*mark.caseId, mark.savedAt);
    }
    return {};
}

base::Result<> QueueBook::refresh(const domain::CaseId& id)
{
    if (!m_isLoaded)
        return {};
    EVENHAND_ASSIGN(auto row, m_cache.listRow(id));
    EVENHAND_TRY(loadOwnCalls());
    const auto known = m_index.find(id);
    if (row && belongs(*row)) {
        if (known == m_index.end()) {
            m_index.emplace(id, m_entries.size());
            m_entries.push_back({*std::move(row)});
        } else {
            m_entries[known->second] = {*std::move(row)};
        }
        return judge(m_entries[m_index.at(id)]);
    }
    if (known != m_index.end())
        m_isLoaded = false;   // a case left: positions shift, so read again when needed
    return {};
}

void QueueBook::forgetJudgements()
{
    for (auto& entry : m_entries)
        entry.judgement.reset();
    m_judgeCursor = 0;
    m_arrangedAt.reset();
}

base::Result<> QueueBook::judge(Entry& entry)
{
    EVENHAND_ASSIGN(auto judgement, m_judge(entry.row.id));
    if (judgement)
        entry.judgement = *std::move(judgement);
    m_arrangedAt.reset();
    return {};
}

bool QueueBook::needsJudging(const Entry& entry, base::Instant now) const
{
    return !entry.judgement || (entry.judgement->validUntil && *entry.judgement->validUntil <= now);
}

std::size_t QueueBook::unjudged(base::Instant now) const
{
    return static_cast<std::size_t>(std::ranges::count_if(m_entries, [&](const Entry& entry) { return needsJudging(entry, now); }));
}

bool QueueBook::wantsJudgement(const domain::CaseId& id, base::Instant now) const
{
    const auto known = m_index.find(id);
    return known != m_index.end() && needsJudging(m_entries[known->second], now);
}

void QueueBook::take(const domain::CaseId& id, QueueJudgement judgement)
{
    if (const auto known = m_index.find(id); known != m_index.end()) {
        m_entries[known->second].judgement = std::move(judgement);
        m_arrangedAt.reset();
    }
}

base::Result<bool> QueueBook::judgeSome(int limit)
{
    EVENHAND_TRY(load());
    const auto now = m_clock.now();
    int judged = 0;
    // Entries stand in working order from the load, so what is worked next is judged first.
    for (std::size_t looked = 0; looked < m_entries.size() && judged < limit; ++looked) {
        if (m_judgeCursor >= m_entries.size())
            m_judgeCursor = 0;
        auto& entry = m_entries[m_judgeCursor++];
        if (!needsJudging(entry, now))
            continue;
        EVENHAND_TRY(judge(entry));
        ++judged;
    }
    return judged > 0;
}

std::optional<base::Instant> QueueBook::callBackAt(const Entry& entry) const
{
    return entry.judgement ? entry.judgement->nextActionAt : entry.row.nextActionAt;
}

std::optional<base::Instant> QueueBook::ownCallAt(const Entry& entry) const
{
    const auto own = m_ownCalls.find(entry.row.id);
    const auto here = own == m_ownCalls.end() ? std::optional<base::Instant>() : own->second;
    const auto seen = entry.judgement ? entry.judgement->ownCallAt : std::nullopt;
    return here && seen ? std::max(*here, *seen) : (here ? here : seen);
}

/// The bucket a case belongs to, worked or not.
BucketKind QueueBook::origin(const Entry& entry, base::Instant now, const base::Date& today) const
{
    const auto callBack = callBackAt(entry);
    if (callBack && *callBack <= now)
        return BucketKind::CallbackDue;
    auto dueOn = entry.row.promiseDueOn;
    if (entry.judgement) {
        for (const auto& promise : entry.judgement->promises) {
            if (promise.state == domain::PromiseState::Open)
                dueOn = earlier(dueOn, std::optional(promise.dueOn));
        }
    }
    if (entry.row.promiseBrokenOn && !(dueOn && *dueOn > *entry.row.promiseBrokenOn))
        return BucketKind::PromiseBroken;
    if (dueOn && *dueOn <= today)
        return BucketKind::PromiseDue;
    return BucketKind::Priority;
}

BucketKind QueueBook::bucketOf(const Entry& entry, BucketKind from, base::Instant now) const
{
    const auto callBack = callBackAt(entry);
    const auto called = ownCallAt(entry);
    const bool dueAgain = callBack && *callBack <= now && called && *callBack > *called;
    if (called && !dueAgain)
        return BucketKind::Worked;
    const bool waitsForCallBack = callBack && *callBack > now;
    if (waitsForCallBack || (entry.judgement && isShut(entry.judgement->light, now)))
        return BucketKind::HeldOut;
    return from;
}

std::optional<base::Instant> QueueBook::returnAt(const Entry& entry, base::Instant now) const
{
    const auto callBack = callBackAt(entry);
    std::optional<base::Instant> until;
    if (callBack && *callBack > now)
        until = callBack;
    if (entry.judgement && isShut(entry.judgement->light, now)) {
        if (!entry.judgement->light.nextAllowedAt)
            return std::nullopt;   // no waiting helps
        until = until ? std::max(*until, *entry.judgement->light.nextAllowedAt) : entry.judgement->light.nextAllowedAt;
    }
    return until;
}

bool QueueBook::comesBefore(BucketKind bucket, std::size_t a, std::size_t b) const
{
    const auto& x = m_entries[a];
    const auto& y = m_entries[b];
    const auto byImportance = [](const Entry& entry) {
        return std::tuple(-entry.row.priority, -entry.row.overdue.minor(), std::string_view(entry.row.businessNo));
    };
    const auto now = m_arrangedAt.value_or(base::Instant{});
    switch (bucket) {
    case BucketKind::CallbackDue: return std::tuple(callBackAt(x), byImportance(x)) < std::tuple(callBackAt(y), byImportance(y));
    case BucketKind::PromiseDue: return std::tuple(x.row.promiseDueOn, byImportance(x)) < std::tuple(y.row.promiseDueOn, byImportance(y));
    case BucketKind::HeldOut: {
        const auto far = base::Instant::fromMilliseconds(INT64_MAX);
        return std::tuple(returnAt(x, now).value_or(far), byImportance(x)) < std::tuple(returnAt(y, now).value_or(far), byImportance(y));
    }
    case BucketKind::Worked: return std::tuple(ownCallAt(y), byImportance(x)) < std::tuple(ownCallAt(x), byImportance(y));
    case BucketKind::PromiseBroken:
    case BucketKind::Priority: break;
    }
    return byImportance(x) < byImportance(y);
}

void QueueBook::arrange()
{
    const auto now = m_clock.now();
    if (m_arrangedAt && now >= *m_arrangedAt && now < m_arrangedAt->plusMilliseconds(kArrangementLastsMs))
        return;
    m_arrangedAt = now;
    const auto today = localDay(now);
    m_workedFrom.fill(0);
    for (auto& order : m_order)
        order.clear();
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const auto from = origin(m_entries[i], now, today);
        const auto bucket = bucketOf(m_entries[i], from, now);
        m_order[at(bucket)].push_back(i);
        if (bucket == BucketKind::Worked)
            ++m_workedFrom[at(from)];
    }
    for (const auto kind : kAllKinds)
        std::ranges::sort(m_order[at(kind)], [&](std::size_t a, std::size_t b) { return comesBefore(kind, a, b); });
}

void QueueBook::addTo(QueueBucket& bucket, const Entry& entry) const
{
    ++bucket.count;
    const auto& balance = entry.row.balance;
    const auto sum = std::ranges::find(bucket.balance, balance.currency(), &base::Money::currency);
    if (sum == bucket.balance.end())
        bucket.balance.push_back(balance);
    else if (auto total = sum->plus(balance))
        *sum = *total;
    if (bucket.kind == BucketKind::HeldOut)
        bucket.nextReturnAt = earlier(bucket.nextReturnAt, returnAt(entry, m_clock.now()));
}

base::Result<TodayView> QueueBook::today()
{
    EVENHAND_TRY(load());
    arrange();
    const auto now = m_clock.now();
    TodayView view{now, {}, static_cast<std::int64_t>(m_entries.size()), true, {}};
    for (const auto kind : kAllKinds) {
        QueueBucket bucket{kind, 0, kind == BucketKind::Worked ? static_cast<std::int64_t>(m_order[at(kind)].size()) : m_workedFrom[at(kind)]};
        for (const auto index : m_order[at(kind)])
            addTo(bucket, m_entries[index]);
        view.buckets.push_back(std::move(bucket));
    }
    for (const auto kind : kWorkingOrder) {
        const auto order = m_order[at(kind)];
        for (std::size_t i = 0; i < order.size() && view.first.size() < kFirstRows; ++i) {
            EVENHAND_ASSIGN(auto row, rowOf(order[i], kind));
            view.first.push_back(std::move(row));
        }
    }
    view.lightsComplete = std::ranges::none_of(m_entries, [&](const Entry& entry) { return needsJudging(entry, now); });
    return view;
}

base::Result<QueuePage> QueueBook::rows(BucketKind bucket, std::int64_t offset, std::int64_t limit)
{
    EVENHAND_TRY(load());
    arrange();
    const auto order = m_order[at(bucket)];
    QueuePage page{{}, static_cast<std::int64_t>(order.size())};
    for (auto i = std::max<std::int64_t>(offset, 0); i < page.total && i < offset + limit; ++i) {
        EVENHAND_ASSIGN(auto row, rowOf(order[static_cast<std::size_t>(i)], bucket));
        page.rows.push_back(std::move(row));
    }
    return page;
}

base::Result<std::optional<domain::CaseId>> QueueBook::next(std::optional<domain::CaseId> after)
{
    EVENHAND_TRY(load());
    arrange();
    const auto now = m_clock.now();
    int judged = 0;
    for (const auto kind : kWorkingOrder) {
        const auto order = m_order[at(kind)];
        for (const auto index : order) {
            auto& entry = m_entries[index];
            if (after && entry.row.id == *after)
                continue;
            if (needsJudging(entry, now)) {
                if (++judged > kMostJudgedAtOnce)
                    return std::optional<domain::CaseId>();
                EVENHAND_TRY(judge(entry));
            }
            if (bucketOf(entry, kind, now) == kind)   // it may have turned out to be held out
                return std::optional(entry.row.id);
        }
    }
    return std::optional<domain::CaseId>();
}

base::Result<QueueRow> QueueBook::rowOf(std::size_t index, BucketKind bucket)
{
    auto& entry = m_entries[index];
    if (needsJudging(entry, m_clock.now()) || entry.judgement->isBrief)
        EVENHAND_TRY(judge(entry));
    const auto& row = entry.row;
    QueueRow out{row.id, bucket, row.businessNo, base::maskName(row.debtorName), row.portfolio, {}, row.balance, row.overdue, row.daysPastDue,
                 row.bucket, row.priority};
    out.dueAt = callBackAt(entry);
    if (!entry.judgement)
        return out;
    const auto& judged = *entry.judgement;
    out.light = judged.light;
    out.creditor = judged.creditor;
    out.hotNote = judged.hotNote;
    out.holds = judged.holds;
    out.lastContactAt = judged.lastContactAt;
    out.lastOutcome = judged.lastOutcome;
    out.hasUnsent = judged.hasUnsent;
    const auto wanted = bucket == BucketKind::PromiseBroken ? domain::PromiseState::Broken : domain::PromiseState::Open;
    for (const auto& promise : judged.promises) {
        if (promise.state == wanted && (!out.promise || promise.dueOn < out.promise->dueOn))
            out.promise = promise;
    }
    return out;
}

std::vector<domain::CaseId> QueueBook::caseIds() const
{
    std::vector<domain::CaseId> ids;
    for (const auto& entry : m_entries)
        ids.push_back(entry.row.id);
    return ids;
}

std::optional<base::Instant> QueueBook::nextChangeAt() const
{
    const auto now = m_clock.now();
    std::optional<base::Instant> next;
    for (const auto& entry : m_entries) {
        const auto callBack = callBackAt(entry);
        if (callBack && *callBack > now)
            next = earlier(next, callBack);
        if (!entry.judgement)
            continue;
        if (entry.judgement->light.nextAllowedAt && *entry.judgement->light.nextAllowedAt > now)
            next = earlier(next, entry.judgement->light.nextAllowedAt);
        if (entry.judgement->validUntil && *entry.judgement->validUntil > now)
            next = earlier(next, entry.judgement->validUntil);
    }
    return next;
}

} // namespace evenhand::services
