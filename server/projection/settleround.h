// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "app/base/crypto.h"
#include "server/sequencer/sequencer.h"

namespace evenhand::server {

/// Settles cases whose time has come, at most `limit`, each with a server_seq of its own, and announces what changed. A case that cannot be
/// read is logged and left until tomorrow, so that it does not hold up the others. Gives how many were looked at. Joins the caller's
/// transaction.
[[nodiscard]] base::Result<std::int64_t> settleDue(Store& store, base::Instant now, std::int64_t limit);

/// Looks once a minute whose promise or instalment ran out by time alone, and once a day whether other rules are in force. Works through
/// the sequencer; its own thread only waits.
class SettleRound {
public:
    /// The sequencer and the clock must outlive it. `usualPack`: see refreshAgreementRules.
    SettleRound(Sequencer& sequencer, const base::PublicKey& key, std::string usualPack, const base::Clock& clock);
    ~SettleRound();                                      ///< waits for what was begun
    SettleRound(const SettleRound&) = delete;
    SettleRound& operator=(const SettleRound&) = delete;

private:
    void loop();
    void round();
    [[nodiscard]] base::Result<> submit(Sequencer::Job job);

    Sequencer& m_sequencer;
    base::PublicKey m_key;
    std::string m_usualPack;
    const base::Clock& m_clock;
    std::string m_rulesOf;                               ///< the day for which rules were read last
    std::mutex m_mutex;                                  // guards the next one
    bool m_stopping = false;
    std::condition_variable m_wake;
    std::thread m_thread;
};

} // namespace evenhand::server
