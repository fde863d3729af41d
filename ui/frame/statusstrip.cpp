// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/statusstrip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "app/base/clock.h"
#include "app/services/sessionservice.h"
#include "app/services/syncservice.h"
#include "ui/text/format.h"
#include "ui/text/strings.h"
#include "ui/text/synctext.h"
#include "ui/text/words.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"

namespace evenhand::ui {

namespace {

QColor colourOf(const QString& look, const Colours& c)
{
    if (look == QStringLiteral("allow"))
        return c.allow;
    if (look == QStringLiteral("warn"))
        return c.warn;
    return look == QStringLiteral("block") ? c.block : c.muted;
}

} // namespace

StatusStrip::StatusStrip(const Services& services, QWidget* parent)
    : QFrame(parent), m_services(services), m_who(new QLabel(this)), m_connectionIcon(new QLabel(this)), m_connection(new QToolButton(this)), m_counts(new QLabel(this)),
      m_oldest(new QLabel(this)), m_next(new QLabel(this)), m_lock(new QToolButton(this)), m_signOut(new QToolButton(this))
{
    setObjectName(QStringLiteral("statusStrip"));
    setMinimumHeight(34);
    m_who->setObjectName(QStringLiteral("statusWho"));
    m_connection->setObjectName(QStringLiteral("statusConnection"));
    m_counts->setObjectName(QStringLiteral("statusCounts"));
    m_lock->setObjectName(QStringLiteral("statusLock"));
    m_signOut->setObjectName(QStringLiteral("statusSignOut"));
    m_lock->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_signOut->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto* across = new QHBoxLayout(this);
    across->setContentsMargins(12, 0, 8, 0);
    across->setSpacing(16);
    across->addWidget(m_who);
    auto* link = new QHBoxLayout;
    link->setSpacing(2);
    link->addWidget(m_connectionIcon);
    link->addWidget(m_connection);
    across->addLayout(link);
    across->addWidget(m_counts);
    across->addWidget(m_oldest);
    across->addWidget(m_next);
    across->addStretch(1);
    across->addWidget(m_lock);
    across->addWidget(m_signOut);
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &StatusStrip::write);
    m_tick.start();
    connect(&services.sync, &services::SyncService::statusChanged, this, &StatusStrip::write);
    connect(&services.session, &services::SessionService::stateChanged, this, &StatusStrip::write);
    connect(m_connection, &QToolButton::clicked, this, &StatusStrip::syncPageRequested);
    connect(m_lock, &QToolButton::clicked, this, &StatusStrip::lockRequested);
    connect(m_signOut, &QToolButton::clicked, this, &StatusStrip::signOutRequested);
    write();
}

void StatusStrip::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        write();
}

void StatusStrip::write()
{
    const services::SyncStatus& status = m_services.sync.status();
    const base::Instant now = m_services.clock.now();
    const Colours& c = Colours::of(palette());
    if (const auto& who = m_services.session.who())
        m_who->setText(q(who->displayName) + QStringLiteral(" · ") + Words::of(who->role) + (who->team.empty() ? QString() : QStringLiteral(" · ") + q(who->team)));
    m_connectionIcon->setPixmap(linePixmap(SyncText::iconName(status), colourOf(SyncText::look(status), c), 16, devicePixelRatioF()));
    m_connection->setText(SyncText::connection(status));
    m_connection->setAccessibleName(SyncText::connection(status));
    m_connection->setToolTip(SyncText::explanation(status));
    //: %1 and %2 are counts of recorded entries
    m_counts->setText(tr("Saved here %1 · on the server %2").arg(Format::number(status.savedHere), Format::number(status.onServer)));
    const bool waiting = status.unsent > 0 && status.oldestUnsentAt;
    m_oldest->setVisible(waiting);
    if (waiting)
        m_oldest->setText(tr("%n not sent, oldest %1", nullptr, int(status.unsent)).arg(Format::ago(*status.oldestUnsentAt, now)));
    const bool armed = status.nextAttemptAt && status.connection != services::Connection::Online;
    m_next->setVisible(armed);
    if (armed)
        m_next->setText(tr("next attempt %1").arg(Format::in(*status.nextAttemptAt, now)));
    m_lock->setText(tr("Lock"));
    m_lock->setToolTip(tr("Lock (Ctrl+L)"));
    m_signOut->setText(tr("Sign out"));
    m_lock->setIcon(lineIcon(QStringLiteral("lock"), c.muted));
    m_signOut->setIcon(lineIcon(QStringLiteral("logout"), c.muted));
}

} // namespace evenhand::ui
