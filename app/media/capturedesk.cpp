// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/capturedesk.h"

#include <future>

#include "app/base/log.h"
#include "app/media/qtpcminput.h"

namespace evenhand::media {

namespace {

constexpr int kTickMs = 20;
constexpr std::int64_t kSilentInputMs = 1'500;           // an input that delivers nothing for so long is lost, whatever it says
constexpr std::int64_t kTryAgainMs = 500;
constexpr std::int64_t kLookEveryMs = 500;
constexpr std::int64_t kTellEveryMs = 100;

} // namespace

CaptureDesk::CaptureDesk(const base::Clock& clock) : m_clock(clock), m_timer(this)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(kTickMs);
    connect(&m_timer, &QTimer::timeout, this, &CaptureDesk::tick);
}

/// The program ends in the middle of a recording: the file is closed all the same, and the next sign-in writes its event.
CaptureDesk::~CaptureDesk()
{
    if (!m_core || m_phase != RecorderPhase::Recording)
        return;
    m_timer.stop();
    for (auto& leg : m_legs)
        leg.input.reset();
    std::promise<void> closed;
    m_core->stop("stopped", [&closed](const base::Result<FinishedRecording>&) { closed.set_value(); });
    closed.get_future().wait();
}

void CaptureDesk::begin(RecordingConfig config, InputChoice inputs, base::SecretKey blobKey)
{
    const auto nowMs = m_clock.monotonicMs();
    m_sides = inputs.sides();
    config.opus.sides = m_sides;
    RecorderCore::Listener listener;
    listener.failed = [this](const base::Error& error) {
        QMetaObject::invokeMethod(this, [this, error] {
            if (m_phase != RecorderPhase::Recording)
                return;
            Q_EMIT interrupted(error);
            end(error.code == base::ErrorCode::DiskFull ? "disk_full" : "failed");
        });
    };
    listener.spaceIsLow = [this](std::int64_t) { QMetaObject::invokeMethod(this, [this] { m_isSpaceLow = true; }); };
    listener.written = [this](std::int64_t untilMs) { QMetaObject::invokeMethod(this, [this, untilMs] { m_savedMs = untilMs; }); };
    auto core = RecorderCore::start(std::move(config), blobKey, std::move(listener), nowMs);
    if (!core) {
        m_phase = RecorderPhase::Off;
        Q_EMIT failed(core.error());
        return tell();
    }
    m_core = *std::move(core);
    m_phase = RecorderPhase::Recording;
    m_savedMs = 0;
    m_isSpaceLow = false;
    m_muteReason.clear();
    m_legs = {};
    m_legs[0].wanted = inputs.agent;
    m_legs[1].wanted = inputs.farEnd;
    for (int side = 0; side < m_sides; ++side)
        openLeg(side, nowMs);
    m_timer.start();
    tell();
}

void CaptureDesk::openLeg(int side, std::int64_t nowMs)
{
    Leg& leg = m_legs[std::size_t(side)];
    Leg& other = m_legs[std::size_t(1 - side)];
    leg.lastTryMs = nowMs;
    const bool isFirstTry = leg.trouble.empty();
    // The agent's side takes any microphone rather than none; the far end is what it is: a wrong line would be worse than silence.
    const std::string taken = m_sides == 2 ? (other.input ? other.input->deviceId() : other.wanted) : std::string();
    const auto device = findInput(leg.wanted, side == 0, taken);
    if (!device) {
        leg.trouble = isFirstTry ? "no_device" : leg.trouble;
        return m_core->setTrouble(side, leg.trouble);
    }
    auto input = std::make_unique<QtPcmInput>(*device);
    const auto started = input->start({[this, side](std::span<const std::int16_t> samples) {
                                           Leg& mine = m_legs[std::size_t(side)];
                                           mine.lastSamplesMs = m_clock.monotonicMs();
                                           if (!mine.trouble.empty()) {
                                               mine.trouble.clear();
                                               m_core->setTrouble(side, {});
                                           }
                                           m_core->feed(side, samples, mine.lastSamplesMs);
                                       },
                                       [this, side](const std::string& why) {
                                           QMetaObject::invokeMethod(this, [this, side, why] { legLost(side, why); }, Qt::QueuedConnection);
                                       }});
    if (!started) {
        leg.trouble = "busy";
        return m_core->setTrouble(side, leg.trouble);
    }
    leg.isReplaced = !leg.wanted.empty() && input->deviceId() != leg.wanted;
    leg.lastSamplesMs = leg.lastListedMs = nowMs;
    leg.input = std::move(input);
}

void CaptureDesk::legLost(int side, const std::string& why)
{
    Leg& leg = m_legs[std::size_t(side)];
    if (!m_core || !leg.input)
        return;
    base::log::of(base::log::Area::Media).warn("side {} of the recording lost its input: {}", side, why);
    leg.input.reset();
    leg.trouble = why;
    leg.lastTryMs = 0;
    m_core->setTrouble(side, why);
}

void CaptureDesk::watchLeg(int side, std::int64_t nowMs)
{
    Leg& leg = m_legs[std::size_t(side)];
    if (!leg.input) {
        if (nowMs - leg.lastTryMs >= kTryAgainMs)
            openLeg(side, nowMs);
        return;
    }
    // A sound system may go on with another device behind our back: what is recorded must be what the screen says.
    if (nowMs - leg.lastListedMs >= kLookEveryMs) {
        leg.lastListedMs = nowMs;
        if (!findInput(leg.input->deviceId(), false))
            return legLost(side, soundInputs().empty() ? "sound_system" : "device_lost");
    }
    if (nowMs - leg.lastSamplesMs >= kSilentInputMs)
        legLost(side, "sound_system");
}

void CaptureDesk::tick()
{
    const auto nowMs = m_clock.monotonicMs();
    for (int side = 0; side < m_sides; ++side)
        watchLeg(side, nowMs);
    const bool wasSilent = m_core->positionMs() == 0;
    m_core->tick(nowMs);
    const bool isFirstSound = wasSilent && m_core->positionMs() > 0;
    if (isFirstSound || nowMs - m_lastToldMs >= kTellEveryMs)
        tell();
}

void CaptureDesk::end(const std::string& why)
{
    if (m_phase != RecorderPhase::Recording)
        return;
    m_timer.stop();
    m_core->tick(m_clock.monotonicMs());
    for (auto& leg : m_legs)
        leg.input.reset();
    m_phase = RecorderPhase::Stopping;
    tell();
    m_core->stop(why, [this](const base::Result<FinishedRecording>& result) {
        QMetaObject::invokeMethod(this, [this, result] {
            m_core.reset();
            m_phase = RecorderPhase::Off;
            m_muteReason.clear();
            tell();
            if (result)
                Q_EMIT finished(*result);
            else
                Q_EMIT failed(result.error());
        });
    });
}

void CaptureDesk::mute(const std::string& reason)
{
    if (m_phase != RecorderPhase::Recording)
        return;
    m_muteReason = reason;
    m_core->mute(reason);
    tell();
}

void CaptureDesk::unmute()
{
    if (m_phase != RecorderPhase::Recording)
        return;
    m_muteReason.clear();
    m_core->unmute();
    tell();
}

void CaptureDesk::mark(const std::string& kind, const std::string& ref)
{
    if (m_phase == RecorderPhase::Recording)
        m_core->mark(kind, ref);
}

RecorderState CaptureDesk::stateNow()
{
    RecorderState state{m_phase, 0, m_savedMs, m_sides, {}, m_muteReason, m_isSpaceLow};
    if (!m_core)
        return state;
    state.positionMs = m_core->positionMs();
    const auto levels = m_core->takeLevels();
    for (std::size_t side = 0; side < 2; ++side) {
        const Leg& leg = m_legs[side];
        state.side[side] = {leg.input ? leg.input->deviceName() : std::string(), levels[side], leg.trouble, leg.isReplaced};
    }
    return state;
}

void CaptureDesk::tell()
{
    m_lastToldMs = m_clock.monotonicMs();
    Q_EMIT stateChanged(stateNow());
}

} // namespace evenhand::media
