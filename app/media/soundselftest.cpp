// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/soundselftest.h"

#include <algorithm>

#include <QAudioSink>
#include <QMediaDevices>
#include <QTimer>

#include "app/media/peaktrack.h"
#include "app/media/qtpcminput.h"

namespace evenhand::media {

namespace {

constexpr int kRecordMs = 1'000;
constexpr int kWaitMs = 2'500;                           // a device that is slow to wake up may take so long
constexpr int kPlayWaitMs = 4'000;
constexpr double kTooQuietDb = -55.0;
constexpr int kClipped = 32'700;
constexpr int kManyClipped = 50;

} // namespace

SoundSelfTest::SoundSelfTest(std::string inputId) : m_inputId(std::move(inputId)) {}
SoundSelfTest::~SoundSelfTest() = default;

void SoundSelfTest::run()
{
    const auto inputs = soundInputs();
    const auto outputs = soundOutputs();
    if (inputs.empty() && outputs.empty()) {
        m_result.faults.push_back(SoundFault::NoSoundSystem);
        return end();
    }
    if (outputs.empty())
        m_result.faults.push_back(SoundFault::NoOutput);
    record();
}

void SoundSelfTest::record()
{
    auto device = findInput(m_inputId, false);
    if (!device) {
        m_result.faults.push_back(m_inputId.empty() || soundInputs().empty() ? SoundFault::NoInput : SoundFault::InputMissing);
        device = findInput({}, true);
    }
    if (!device)
        return end();
    m_input = std::make_unique<QtPcmInput>(*device);
    m_result.input = m_input->deviceName();
    const auto started = m_input->start({[this](std::span<const std::int16_t> samples) { m_samples.insert(m_samples.end(), samples.begin(), samples.end()); },
                                         [](const std::string&) {}});
    if (!started) {
        m_result.faults.push_back(SoundFault::InputBusy);
        return end();
    }
    auto* poll = new QTimer(this);
    poll->setInterval(50);
    connect(poll, &QTimer::timeout, this, [this, poll, waited = 0]() mutable {
        waited += poll->interval();
        const bool isEnough = m_samples.size() >= std::size_t(kSampleRate) * kRecordMs / 1000;
        if (!isEnough && waited < kWaitMs)
            return;
        poll->stop();
        poll->deleteLater();
        judgeSamples();
    });
    poll->start();
}

void SoundSelfTest::judgeSamples()
{
    m_input.reset();
    m_samples.resize(std::min(m_samples.size(), std::size_t(kSampleRate) * kRecordMs / 1000));
    m_result.recordedMs = std::int64_t(m_samples.size()) * 1000 / kSampleRate;
    if (m_samples.size() < std::size_t(kSampleRate) / 4) {
        m_result.faults.push_back(SoundFault::NoSamples);
        return end();
    }
    const int peak = peakOf(m_samples);
    m_result.peakDb = levelDb(levelByte(peak));
    const auto clipped = std::ranges::count_if(m_samples, [](std::int16_t sample) { return std::abs(int(sample)) >= kClipped; });
    if (peak == 0)
        m_result.faults.push_back(SoundFault::InputMuted);
    else if (m_result.peakDb < kTooQuietDb)
        m_result.faults.push_back(SoundFault::InputTooQuiet);
    else if (clipped > kManyClipped)
        m_result.faults.push_back(SoundFault::InputTooLoud);
    play();
}

void SoundSelfTest::play()
{
    const QAudioDevice device = QMediaDevices::defaultAudioOutput();
    if (device.isNull())
        return end();
    m_result.output = device.description().toStdString();
    QAudioFormat format;
    format.setSampleRate(kSampleRate);
    format.setSampleFormat(QAudioFormat::Int16);
    format.setChannelCount(1);
    m_bytes = QByteArray(reinterpret_cast<const char*>(m_samples.data()), qsizetype(m_samples.size() * sizeof(std::int16_t)));
    m_buffer.setBuffer(&m_bytes);
    m_buffer.open(QIODevice::ReadOnly);
    m_sink = std::make_unique<QAudioSink>(device, format);
    m_sink->start(&m_buffer);
    auto* poll = new QTimer(this);
    poll->setInterval(50);
    connect(poll, &QTimer::timeout, this, [this, poll, waited = 0]() mutable {
        waited += poll->interval();
        m_result.playedMs = m_sink->processedUSecs() / 1000;
        const bool isDone = m_buffer.atEnd() && m_result.playedMs + 100 >= m_result.recordedMs;
        const bool isBroken = m_sink->error() == QAudio::OpenError || m_sink->error() == QAudio::FatalError;
        if (!isDone && !isBroken && waited < kPlayWaitMs)
            return;
        poll->stop();
        poll->deleteLater();
        if (!isDone)
            m_result.faults.push_back(SoundFault::OutputBusy);
        end();
    });
    poll->start();
}

void SoundSelfTest::end()
{
    m_input.reset();
    if (m_sink)
        m_sink->stop();
    m_sink.reset();
    Q_EMIT finished(m_result);
}

} // namespace evenhand::media
