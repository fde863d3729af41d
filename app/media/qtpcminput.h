// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QAudioDevice>
#include <QAudioSource>
#include <QObject>
#include <QPointer>

#include "app/media/pcminput.h"

namespace evenhand::media {

/// A sound device through Qt Multimedia.
class QtPcmInput final : public QObject, public PcmInput {
public:
    explicit QtPcmInput(const QAudioDevice& device);
    ~QtPcmInput() override;

    [[nodiscard]] base::Result<> start(Receiver receiver) override;
    [[nodiscard]] const std::string& deviceId() const override { return m_id; }
    [[nodiscard]] const std::string& deviceName() const override { return m_name; }

private:
    void read();
    void stateChanged(QAudio::State state);

    QAudioDevice m_device;
    std::string m_id;
    std::string m_name;
    int m_channels = 1;
    Receiver m_receiver;
    std::unique_ptr<QAudioSource> m_source;
    QPointer<QIODevice> m_stream;
    QByteArray m_odd;                                    ///< half a sample that came without its other half
    bool m_isLost = false;
};

/// The device with this id; the default one for "", also when the wanted one is not there and `mayReplace`. NotFound.
[[nodiscard]] base::Result<QAudioDevice> findInput(const std::string& id, bool mayReplace, const std::string& notThis = {});

} // namespace evenhand::media
