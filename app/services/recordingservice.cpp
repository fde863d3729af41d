// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/recordingservice.h"

#include <QThreadPool>

#include "app/base/log.h"
#include "app/media/callrecorder.h"
#include "app/media/pcminput.h"
#include "app/media/soundselftest.h"
#include "app/services/dataroom.h"
#include "app/services/datathread.h"
#include "app/services/localday.h"
#include "app/services/recordingledger.h"

namespace evenhand::services {

namespace {

RecordingPhase phaseFrom(media::RecorderPhase phase)
{
    switch (phase) {
    case media::RecorderPhase::Off: return RecordingPhase::Off;
    case media::RecorderPhase::Starting: return RecordingPhase::Starting;
    case media::RecorderPhase::Recording: return RecordingPhase::Recording;
    case media::RecorderPhase::Stopping: return RecordingPhase::Saving;
    }
    return RecordingPhase::Off;
}

const char* wordOfFault(media::SoundFault fault)
{
    switch (fault) {
    case media::SoundFault::NoSoundSystem: return "no_sound_system";
    case media::SoundFault::NoInput: return "no_input";
    case media::SoundFault::InputMissing: return "input_missing";
    case media::SoundFault::InputBusy: return "input_busy";
    case media::SoundFault::NoSamples: return "no_samples";
    case media::SoundFault::InputMuted: return "input_muted";
    case media::SoundFault::InputTooQuiet: return "input_too_quiet";
    case media::SoundFault::InputTooLoud: return "input_too_loud";
    case media::SoundFault::NoOutput: return "no_output";
    case media::SoundFault::OutputBusy: return "output_busy";
    }
    return "";
}

/// A ticket as a value that futures can carry.
using SharedTicket = std::shared_ptr<const RecordingTicket>;

struct Search {
    std::string folder;
    std::shared_ptr<const base::SecretKey> key;
    std::set<base::Hash256> known;
};

} // namespace

SoundTestResult toServices(const media::SelfTestResult& result)
{
    SoundTestResult told{{}, result.input, result.output, result.peakDb};
    for (const auto fault : result.faults)
        told.faults.emplace_back(wordOfFault(fault));
    return told;
}

RecordingService::RecordingService(DataThread& data, media::CallRecorder& recorder) : m_data(data), m_recorder(recorder)
{
    qRegisterMetaType<RecordingView>();
    connect(&recorder, &media::CallRecorder::stateChanged, this, &RecordingService::stateChanged);
    connect(&recorder, &media::CallRecorder::finished, this, &RecordingService::finished);
    connect(&recorder, &media::CallRecorder::failed, this, &RecordingService::failed);
    connect(&recorder, &media::CallRecorder::interrupted, this, [this](const base::Error& error) {
        m_view.problem = error;
        Q_EMIT changed(m_view);
    });
}

RecordingService::~RecordingService() = default;

void RecordingService::setChoice(RecordCalls mode, std::string agentInput, std::string farEndInput)
{
    m_mode = mode;
    m_agentInput = std::move(agentInput);
    m_farEndInput = std::move(farEndInput);
}

std::optional<bool> RecordingService::willRecord() const
{
    switch (m_mode) {
    case RecordCalls::Elsewhere: return std::nullopt;
    case RecordCalls::Never: return false;
    case RecordCalls::Always: return !media::soundInputs().empty();
    case RecordCalls::Auto: return media::soundInputs().empty() ? std::nullopt : std::optional(true);
    }
    return std::nullopt;
}

void RecordingService::begin(std::string purpose, std::optional<domain::CaseId> caseId)
{
    if (!willRecord().value_or(false) || m_view.phase == RecordingPhase::Recording || m_view.phase == RecordingPhase::Starting)
        return;
    const int wish = ++m_wish;
    m_view = {.phase = RecordingPhase::Starting, .sides = m_farEndInput.empty() ? 1 : 2};
    Q_EMIT changed(m_view);
    m_data
        .run<SharedTicket>([](DataRoom& room) -> base::Result<SharedTicket> {
            EVENHAND_ASSIGN(auto* profile, room.profile());
            EVENHAND_ASSIGN(auto ticket, ticketFor(*profile));
            return std::make_shared<const RecordingTicket>(std::move(ticket));
        })
        .then(this, [this, wish, purpose = std::move(purpose), caseId](const base::Result<SharedTicket>& ticket) {
            if (wish != m_wish)
                return;                              // the call ended before it began
            if (!ticket)
                return failed(ticket.error());
            startRecorder((*ticket)->folder, (*ticket)->blobKey, (*ticket)->eventId, purpose, caseId);
        });
}

void RecordingService::startRecorder(const std::string& folder, const base::SecretKey& blobKey, const domain::EventId& id, const std::string& purpose,
                                     std::optional<domain::CaseId> caseId)
{
    const auto now = m_data.clock().now();
    media::RecordingConfig config{.folder = folder, .eventId = id, .about = {purpose, caseId, now, localOffsetMinutes(now)}};
    if (auto started = m_recorder.start(std::move(config), {m_agentInput, m_farEndInput}, blobKey.duplicate()); !started)
        return failed(started.error());
    m_ids.push_back(id);
}

void RecordingService::end()
{
    ++m_wish;
    if (m_view.phase == RecordingPhase::Off)
        return;
    if (m_recorder.state().phase == media::RecorderPhase::Off) {
        m_view.phase = RecordingPhase::Off;          // it was still being prepared
        Q_EMIT changed(m_view);
        return;
    }
    m_recorder.stop();
}

std::vector<domain::EventId> RecordingService::takeRecordings() { return std::exchange(m_ids, {}); }

void RecordingService::mute(const std::string& reason) { m_recorder.mute(reason); }
void RecordingService::unmute() { m_recorder.unmute(); }
void RecordingService::mark(const std::string& kind, const std::string& ref) { m_recorder.mark(kind, ref); }

void RecordingService::stateChanged(const media::RecorderState& state)
{
    m_view.phase = phaseFrom(state.phase);
    m_view.positionMs = state.positionMs;
    m_view.savedMs = state.savedMs;
    m_view.sides = state.sides;
    m_view.muteReason = state.muteReason;
    m_view.isSpaceLow = state.isSpaceLow;
    for (std::size_t side = 0; side < 2; ++side)
        m_view.side[side] = {state.side[side].device, state.side[side].level, state.side[side].trouble, state.side[side].isReplaced};
    Q_EMIT changed(m_view);
}

void RecordingService::finished(const media::FinishedRecording& recording)
{
    m_data
        .run<void>([recording](DataRoom& room) -> base::Result<> {
            EVENHAND_ASSIGN(auto* profile, room.profile());
            return recordAttachment(*profile, recording);
        })
        .then(this, [this, id = recording.eventId](const base::Result<>& result) {
            if (result) {
                Q_EMIT saved(id);
                return;
            }
            // The file is whole; the next sign-in finds it and writes the event.
            base::log::of(base::log::Area::Media).warn("the event of a recording is not saved yet: {}", result.error().detail);
            m_view.problem = result.error();
            Q_EMIT changed(m_view);
        });
}

void RecordingService::failed(const base::Error& error)
{
    m_view.phase = RecordingPhase::Off;
    if (error.code == base::ErrorCode::NotFound && !m_ids.empty())
        m_ids.pop_back();                            // there was no sound, so there will be no event
    else
        m_view.problem = error;
    Q_EMIT changed(m_view);
}

std::vector<SoundDeviceChoice> RecordingService::inputs()
{
    std::vector<SoundDeviceChoice> choices;
    for (const auto& device : media::soundInputs())
        choices.push_back({device.id, device.name, device.isDefault});
    return choices;
}

void RecordingService::testSound()
{
    if (m_test)
        return;
    m_test = std::make_unique<media::SoundSelfTest>(m_agentInput);
    connect(m_test.get(), &media::SoundSelfTest::finished, this, [this](const media::SelfTestResult& result) {
        m_test.release()->deleteLater();
        Q_EMIT testFinished(toServices(result));
    });
    m_test->run();
}

void RecordingService::recover()
{
    if (m_recorder.state().phase != media::RecorderPhase::Off)
        return;                                      // unlocked in the middle of a call: its file is not a leftover
    m_data
        .run<Search>([](DataRoom& room) -> base::Result<Search> {
            EVENHAND_ASSIGN(auto* profile, room.profile());
            if (!profile->isEnrolled() || profile->blobs() == nullptr)
                return base::fail(base::ErrorCode::Unauthorized, "nobody is signed in");
            EVENHAND_ASSIGN(auto known, knownBlobs(*profile));
            return Search{profile->blobs()->folder(), std::make_shared<const base::SecretKey>(profile->blobKey().duplicate()), std::move(known)};
        })
        .then(QThreadPool::globalInstance(),
              [](const base::Result<Search>& search) -> base::Result<media::SalvageReport> {
                  if (!search)
                      return base::fail(search.error());
                  return media::salvage(search->folder, *search->key, [&](const base::Hash256& hash) { return search->known.contains(hash); });
              })
        .then(this, [this](const base::Result<media::SalvageReport>& report) {
            if (!report || (report->recovered.empty() && report->unreadable == 0))
                return;
            RecoveredRecordings what{static_cast<int>(report->recovered.size()), 0, report->unreadable};
            for (const auto& recording : report->recovered) {
                what.seconds += recording.durationMs / 1000;
                finished(recording);
            }
            Q_EMIT recovered(what);
        });
}

} // namespace evenhand::services
