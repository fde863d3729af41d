// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/projection/settleround.h"

#include <future>
#include <memory>

#include "app/base/log.h"
#include "server/projection/agreementrules.h"
#include "server/projection/caseagreements.h"

namespace evenhand::server {

using base::Result;

namespace {

constexpr auto kBetweenRounds = std::chrono::seconds(60);
constexpr std::int64_t kCasesPerJob = 100;
constexpr std::int64_t kDayS = 86'400;

Result<> settleOne(Store& store, const domain::CaseId& id, base::Instant now)
{
    EVENHAND_ASSIGN(const auto seq, store.nextSeq());
    EVENHAND_ASSIGN(auto agreements, CaseAgreements::load(store, id, seq));
    EVENHAND_ASSIGN(const bool wrote, agreements.settle(now));
    return wrote ? store.viewLog().announce(id, seq) : Result<>();
}

} // namespace

Result<std::int64_t> settleDue(Store& store, base::Instant now, std::int64_t limit)
{
    EVENHAND_ASSIGN(const auto due, store.agreements().dueBy(now, limit));
    for (const auto& id : due) {
        auto settled = settleOne(store, id, now);
        if (settled)
            continue;
        const auto& problem = settled.error();
        // A row that cannot be read will not be readable in a minute; a database that fails will say so to the next statement.
        if (problem.code == base::ErrorCode::Storage || problem.code == base::ErrorCode::DiskFull)
            return base::fail(problem);
        base::log::of(base::log::Area::Server).error("promises of case {} cannot be settled: {}", id.toString(), problem.detail);
        EVENHAND_TRY(store.agreements().setDueAt(id, now.plusSeconds(kDayS)));
    }
    return static_cast<std::int64_t>(due.size());
}

SettleRound::SettleRound(Sequencer& sequencer, const base::PublicKey& key, std::string usualPack, const base::Clock& clock)
    : m_sequencer(sequencer), m_key(key), m_usualPack(std::move(usualPack)), m_clock(clock), m_thread([this] { loop(); })
{
}

SettleRound::~SettleRound()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void SettleRound::loop()
{
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        lock.unlock();
        round();
        lock.lock();
        m_wake.wait_for(lock, kBetweenRounds, [this] { return m_stopping; });
    }
}

Result<> SettleRound::submit(Sequencer::Job job)
{
    auto answered = std::make_shared<std::promise<Result<>>>();
    auto answer = answered->get_future();
    m_sequencer.submit(1, std::move(job), [answered](Result<> stored) { answered->set_value(std::move(stored)); });
    return answer.get();
}

void SettleRound::round()
{
    const auto now = m_clock.now();
    const auto complain = [](const Result<>& done, const char* what) {
        if (!done)
            base::log::of(base::log::Area::Server).error("{}: {}", what, done.error().detail);
        return done.has_value();
    };
    if (const auto today = base::TimeZone::tryFromName("Asia/Shanghai")->dateAt(now).toIso(); today != m_rulesOf) {
        const auto read = submit([this, now](Store& store) -> Result<> {
            EVENHAND_TRY(refreshAgreementRules(store, m_key, m_usualPack, now));
            return {};
        });
        if (complain(read, "the rules of promises and plans cannot be read; those of before stay in force"))
            m_rulesOf = today;
    }
    for (auto count = std::make_shared<std::int64_t>(kCasesPerJob); *count == kCasesPerJob;) {
        const auto settled = submit([count, now](Store& store) -> Result<> {
            EVENHAND_ASSIGN(*count, settleDue(store, now, kCasesPerJob));
            return {};
        });
        if (!complain(settled, "promises whose day is over cannot be settled"))
            return;
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return;
    }
}

} // namespace evenhand::server
