// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sync/pokelistener.h"

#include "app/base/log.h"
#include "app/sync/retrydelay.h"

namespace evenhand::sync {

PokeListener::PokeListener(SyncProtocol& protocol, AlarmMaker& alarms, std::function<void()> poked, std::function<void()> modeChanged, PokeTiming timing)
    : m_protocol(protocol), m_poked(std::move(poked)), m_modeChanged(std::move(modeChanged)), m_timing(timing), m_again(alarms.make())
{
}

PokeListener::~PokeListener() = default;

void PokeListener::listen(const std::string& token, std::int64_t upto)
{
    m_upto = std::max(m_upto, upto);
    const bool isSame = m_token == token;
    m_token = token;
    if (!m_isListening || (!isSame && m_way == PokeMode::None)) {
        m_isListening = true;
        m_silent = 0;
        if (m_way == PokeMode::None)
            m_way = PokeMode::Stream;   // another session: perhaps another network
        connect();
    }
}

void PokeListener::stop()
{
    m_isListening = false;
    m_isWaiting = false;
    m_again->clear();
    m_call = std::make_shared<int>(0);
    m_stream.reset();
    setOpen(false);
}

void PokeListener::setOpen(bool open)
{
    if (m_isOpen == open)
        return;
    m_isOpen = open;
    m_modeChanged();
}

void PokeListener::connect()
{
    m_isWaiting = false;
    m_again->clear();
    m_call = std::make_shared<int>(0);
    m_reader = {};
    m_byeMs = -1;
    if (m_way == PokeMode::Stream)
        openStream();
    else if (m_way == PokeMode::LongPoll)
        ask();
}

void PokeListener::openStream()
{
    const std::weak_ptr<int> call = m_call;
    StreamSink sink;
    sink.bytes = [this, call](std::string_view bytes) {
        if (call.expired())
            return;
        m_silent = 0;
        setOpen(true);
        m_reader.add(bytes, [this](const std::string& event, const std::string& data) { heard(event, data); });
    };
    sink.ended = [this, call](const CallFailure& failure) {
        if (!call.expired())
            ended(failure);
    };
    m_spent.reset();
    m_stream = m_protocol.openStream(m_token, m_upto, std::move(sink));
    if (m_stream)
        return;
    m_way = PokeMode::LongPoll;   // a protocol without streams
    ask();
}

void PokeListener::ask()
{
    const std::weak_ptr<int> call = m_call;
    m_protocol.get(m_token, "/v1/stream?after=" + std::to_string(m_upto), [this, call](const Reply<base::Json>& answer) {
        if (!call.expired())
            answered(answer);
    });
}

void PokeListener::heard(const std::string& event, const std::string& data)
{
    const auto json = base::parseJson(data);
    if (!json || !json->is_object())
        return;
    base::JsonReader in(*json, "");
    if (event == "bye") {
        m_byeMs = in.integerOr("retry_after_s", 0) * 1000;
    } else if (event == "poke") {
        const auto upto = in.integerOr("upto", 0);
        if (upto <= m_upto && !in.booleanOr("hello", false))
            return;
        m_upto = std::max(m_upto, upto);
        m_poked();
    }
}

void PokeListener::answered(const Reply<base::Json>& answer)
{
    if (!answer)
        return ended(answer.error());
    m_silent = 0;
    setOpen(true);
    base::JsonReader in(*answer, "");
    const bool changed = in.booleanOr("changed", false) || in.booleanOr("hello", false);
    m_upto = std::max(m_upto, in.integerOr("upto", m_upto));
    if (changed)
        m_poked();
    again(changed ? 2'000 : 0);
}

void PokeListener::ended(const CallFailure& failure)
{
    const bool wasOpen = m_isOpen;
    m_spent = std::move(m_stream);
    setOpen(false);
    const bool needsSession = failure.status == 401 || failure.problem == "session_superseded" || failure.problem == "scope_missing";
    if (needsSession) {
        m_isListening = false;   // the next round brings a token, and listens again
        return m_poked();
    }
    if (!wasOpen && (failure.status == 404 || ++m_silent >= m_timing.givesUpAfter)) {
        m_silent = 0;
        m_way = failure.status == 404 || m_way == PokeMode::LongPoll ? PokeMode::None : PokeMode::LongPoll;
        base::log::of(base::log::Area::Sync).info("pokes: {}", m_way == PokeMode::None ? "by timer only" : "by long-poll");
        if (m_way == PokeMode::None)
            return again(m_timing.streamAgainMs);
    }
    const auto random = static_cast<std::int64_t>(random01() * static_cast<double>(m_timing.longestReconnectMs));
    again(m_byeMs >= 0 ? m_byeMs : random);
}

void PokeListener::again(std::int64_t inMs)
{
    m_isWaiting = true;
    m_again->set(inMs, [this] {
        if (m_way == PokeMode::None)
            m_way = PokeMode::Stream;
        connect();
    });
}

} // namespace evenhand::sync
