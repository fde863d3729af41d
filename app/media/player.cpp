// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/player.h"

#include "app/media/playbackdesk.h"

namespace evenhand::media {

Player::Player() : m_desk(new PlaybackDesk)
{
    qRegisterMetaType<PlayState>();
    qRegisterMetaType<base::Bytes>();
    qRegisterMetaType<base::Error>();
    m_thread.setObjectName(QStringLiteral("player"));
    m_desk->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_desk, &QObject::deleteLater);
    connect(m_desk, &PlaybackDesk::stateChanged, this, [this](const PlayState& state) {
        m_state = state;
        Q_EMIT stateChanged(m_state);
    });
    connect(m_desk, &PlaybackDesk::levelsReady, this, &Player::levelsReady);
    connect(m_desk, &PlaybackDesk::failed, this, &Player::failed);
    m_thread.start();
}

Player::~Player()
{
    m_thread.quit();
    m_thread.wait();
}

void Player::open(PlayableRecording recording)
{
    QMetaObject::invokeMethod(m_desk, [desk = m_desk, recording = std::move(recording)] { desk->open(recording); });
}

void Player::close()
{
    QMetaObject::invokeMethod(m_desk, [desk = m_desk] { desk->close(); });
}

void Player::play()
{
    QMetaObject::invokeMethod(m_desk, [desk = m_desk] { desk->play(); });
}

void Player::pause()
{
    QMetaObject::invokeMethod(m_desk, [desk = m_desk] { desk->pause(); });
}

void Player::seek(std::int64_t ms)
{
    QMetaObject::invokeMethod(m_desk, [desk = m_desk, ms] { desk->seek(ms); });
}

void Player::setSpeed(double speed)
{
    QMetaObject::invokeMethod(m_desk, [desk = m_desk, speed] { desk->setSpeed(speed); });
}

void Player::setSkipsSilence(bool skips)
{
    QMetaObject::invokeMethod(m_desk, [desk = m_desk, skips] { desk->setSkipsSilence(skips); });
}

void Player::fetchAll()
{
    QMetaObject::invokeMethod(m_desk, [desk = m_desk] { desk->fetchAll(); });
}

void Player::setLoop(std::optional<std::pair<std::int64_t, std::int64_t>> loop)
{
    QMetaObject::invokeMethod(m_desk, [desk = m_desk, loop] { desk->setLoop(loop); });
}

} // namespace evenhand::media
