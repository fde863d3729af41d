// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/qtpcminput.h"

#include <QMediaDevices>

#include "app/media/peaktrack.h"

namespace evenhand::media {

using base::ErrorCode;
using base::Result;

namespace {

std::vector<SoundDevice> listed(const QList<QAudioDevice>& devices)
{
    std::vector<SoundDevice> result;
    for (const QAudioDevice& device : devices)
        result.push_back({device.id().toStdString(), device.description().toStdString(), device.isDefault()});
    return result;
}

constexpr int kBufferMs = 1'000;                         // what may pile up while this thread is held up

} // namespace

std::vector<SoundDevice> soundInputs() { return listed(QMediaDevices::audioInputs()); }
std::vector<SoundDevice> soundOutputs() { return listed(QMediaDevices::audioOutputs()); }

Result<QAudioDevice> findInput(const std::string& id, bool mayReplace, const std::string& notThis)
{
    const auto devices = QMediaDevices::audioInputs();
    if (!id.empty())
        for (const QAudioDevice& device : devices)
            if (device.id().toStdString() == id)
                return device;
    if (!id.empty() && !mayReplace)
        return base::fail(ErrorCode::NotFound, "the chosen sound input is not there");
    const QAudioDevice usual = QMediaDevices::defaultAudioInput();
    if (!usual.isNull() && usual.id().toStdString() != notThis)
        return usual;
    for (const QAudioDevice& device : devices)
        if (device.id().toStdString() != notThis)
            return device;
    return base::fail(ErrorCode::NotFound, "there is no sound input");
}

QtPcmInput::QtPcmInput(const QAudioDevice& device) : m_device(device), m_id(device.id().toStdString()), m_name(device.description().toStdString()) {}

QtPcmInput::~QtPcmInput()
{
    m_isLost = true;                                     // what stopping emits is no news
    if (m_source) {
        m_source->disconnect(this);
        m_source->stop();
    }
}

Result<> QtPcmInput::start(Receiver receiver)
{
    m_receiver = std::move(receiver);
    QAudioFormat format;
    format.setSampleRate(kSampleRate);
    format.setSampleFormat(QAudioFormat::Int16);
    format.setChannelCount(1);
    if (!m_device.isFormatSupported(format)) {
        format.setChannelCount(2);                       // some cards have no mono: the left channel is taken
        if (!m_device.isFormatSupported(format))
            return base::fail(ErrorCode::Invalid, "the sound input has no 16 kHz");
    }
    m_channels = format.channelCount();
    m_source = std::make_unique<QAudioSource>(m_device, format);
    m_source->setBufferSize(format.bytesForDuration(kBufferMs * 1000));
    m_stream = m_source->start();
    if (!m_stream || m_source->error() != QAudio::NoError) {
        m_source.reset();
        return base::fail(ErrorCode::Conflict, "the sound input cannot be opened: it is in use or not allowed");
    }
    connect(m_stream, &QIODevice::readyRead, this, &QtPcmInput::read);
    connect(m_source.get(), &QAudioSource::stateChanged, this, &QtPcmInput::stateChanged);
    return {};
}

void QtPcmInput::read()
{
    if (!m_stream || m_isLost)
        return;
    const QByteArray bytes = m_odd + m_stream->readAll();
    const auto frameSize = qsizetype(sizeof(std::int16_t)) * m_channels;
    const auto whole = bytes.size() / frameSize * frameSize;
    m_odd = bytes.mid(whole);
    if (whole == 0)
        return;
    const auto* samples = reinterpret_cast<const std::int16_t*>(bytes.constData());
    const auto count = std::size_t(whole / frameSize);
    if (m_channels == 1)
        return m_receiver.samples({samples, count});
    std::vector<std::int16_t> left(count);
    for (std::size_t i = 0; i < count; ++i)
        left[i] = samples[i * 2];
    m_receiver.samples(left);
}

void QtPcmInput::stateChanged(QAudio::State state)
{
    if (state != QAudio::StoppedState || m_isLost)
        return;
    m_isLost = true;
    m_receiver.lost(m_source->error() == QAudio::FatalError ? "sound_system" : "device_lost");
}

} // namespace evenhand::media
