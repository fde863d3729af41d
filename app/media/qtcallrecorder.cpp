// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/qtcallrecorder.h"

#include <memory>

#include "app/media/capturedesk.h"
#include "app/media/pcminput.h"

namespace evenhand::media {

QtCallRecorder::QtCallRecorder(const base::Clock& clock) : m_desk(new CaptureDesk(clock))
{
    qRegisterMetaType<RecorderState>();
    qRegisterMetaType<FinishedRecording>();
    qRegisterMetaType<base::Error>();
    m_thread.setObjectName(QStringLiteral("recorder"));
    m_desk->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_desk, &QObject::deleteLater);
    connect(m_desk, &CaptureDesk::stateChanged, this, [this](const RecorderState& state) {
        m_state = state;
        Q_EMIT stateChanged(m_state);
    });
    connect(m_desk, &CaptureDesk::finished, this, &QtCallRecorder::finished);
    connect(m_desk, &CaptureDesk::failed, this, &QtCallRecorder::failed);
    connect(m_desk, &CaptureDesk::interrupted, this, &QtCallRecorder::interrupted);
    m_thread.start();
    // The first look at the devices connects to the sound system and may take its time: not when the first call is dialled, and not on the UI thread.
    QMetaObject::invokeMethod(m_desk, [] { static_cast<void>(soundInputs()); });
}

QtCallRecorder::~QtCallRecorder()
{
    m_thread.quit();
    m_thread.wait();
}

base::Result<> QtCallRecorder::start(RecordingConfig config, InputChoice inputs, base::SecretKey blobKey)
{
    if (m_state.phase != RecorderPhase::Off)
        return base::fail(base::ErrorCode::Conflict, "a recording is running");
    m_state = {.phase = RecorderPhase::Starting, .sides = inputs.sides()};
    auto key = std::make_shared<base::SecretKey>(std::move(blobKey));   // a queued call must be copyable
    QMetaObject::invokeMethod(m_desk, [desk = m_desk, config = std::move(config), inputs = std::move(inputs), key] { desk->begin(config, inputs, key->duplicate()); });
    Q_EMIT stateChanged(m_state);
    return {};
}

void QtCallRecorder::stop()
{
    QMetaObject::invokeMethod(m_desk, [desk = m_desk] { desk->end("stopped"); });
}

void QtCallRecorder::mute(const std::string& reason)
{
    QMetaObject::invokeMethod(m_desk, [desk = m_desk, reason] { desk->mute(reason); });
}

void QtCallRecorder::unmute()
{
    QMetaObject::invokeMethod(m_desk, [desk = m_desk] { desk->unmute(); });
}

void QtCallRecorder::mark(const std::string& kind, const std::string& ref)
{
    QMetaObject::invokeMethod(m_desk, [desk = m_desk, kind, ref] { desk->mark(kind, ref); });
}

} // namespace evenhand::media
