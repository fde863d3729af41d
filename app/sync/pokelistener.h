// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "app/sync/alarm.h"
#include "app/sync/ssereader.h"
#include "app/sync/syncprotocol.h"

namespace evenhand::sync {

enum class PokeMode {
    None,        ///< the engine asks by timer
    LongPoll,    ///< a parked question, answered within a minute
    Stream       ///< an event stream
};

struct PokeTiming {
    std::int64_t longestReconnectMs = 60'000;   ///< random up to here after a dropped stream, so that a restart is no stampede
    std::int64_t streamAgainMs = 600'000;       ///< after a lower mode was chosen
    int givesUpAfter = 2;                       ///< ways that never brought a byte, in a row
};

/// Listens for "something changed". A poke carries no data, so losing one is harmless. Streams first; a proxy that holds them back
/// makes us ask by long-poll; where that fails, too, the engine's own timer is left. Data thread only.
class PokeListener {
public:
    /// `poked` may be called often; the caller decides when it pulls.
    PokeListener(SyncProtocol& protocol, AlarmMaker& alarms, std::function<void()> poked, std::function<void()> modeChanged, PokeTiming timing = {});
    ~PokeListener();

    /// Called after each complete pull: listens with this token for what comes after `upto`. A stream that is open stays open.
    void listen(const std::string& token, std::int64_t upto);
    void stop();                                ///< until the next listen()
    [[nodiscard]] PokeMode mode() const { return m_isOpen ? m_way : PokeMode::None; }

private:
    void connect();
    void openStream();
    void ask();
    void heard(const std::string& event, const std::string& data);
    void answered(const Reply<base::Json>& answer);
    void ended(const CallFailure& failure);
    void again(std::int64_t inMs);
    void setOpen(bool open);

    SyncProtocol& m_protocol;
    std::function<void()> m_poked;
    std::function<void()> m_modeChanged;
    PokeTiming m_timing;
    std::unique_ptr<Alarm> m_again;
    std::unique_ptr<PokeStream> m_stream;
    std::unique_ptr<PokeStream> m_spent;        ///< ended inside its own callback; goes with the next one
    std::shared_ptr<int> m_call = std::make_shared<int>(0);   ///< a callback holds it weakly: another connection, no call
    SseReader m_reader;
    std::string m_token;
    std::int64_t m_upto = 0;
    std::int64_t m_byeMs = -1;                  ///< the server said when to come back
    PokeMode m_way = PokeMode::Stream;
    bool m_isListening = false;
    bool m_isOpen = false;                      ///< bytes came over this connection
    bool m_isWaiting = false;                   ///< for the alarm
    int m_silent = 0;
};

} // namespace evenhand::sync
