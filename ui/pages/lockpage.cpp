// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/lockpage.h"

#include <QEvent>
#include <QLineEdit>

#include "app/services/sessionservice.h"
#include "ui/async.h"
#include "ui/text/errortext.h"
#include "ui/text/strings.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

LockPage::LockPage(const Services& services, QWidget* parent)
    : QWidget(parent), m_services(services), m_icon(new QLabel(this)), m_title(makeLabel(this, QStringLiteral("title"))), m_who(makeLabel(this, QStringLiteral("muted"))),
      m_password(new QLineEdit(this)), m_banner(new Banner(this)), m_unlock(makeButton(this, QStringLiteral("unlock"), QStringLiteral("primary"))),
      m_signOut(makeButton(this, QStringLiteral("lockSignOut"), QStringLiteral("flat")))
{
    setObjectName(QStringLiteral("lockPage"));
    nameInput(m_password, QStringLiteral("unlockPassword"));
    m_password->setEchoMode(QLineEdit::Password);
    QFrame* card = makeCard(this);
    card->setFixedWidth(380);
    auto* down = column(card, 32, 12);
    m_icon->setAlignment(Qt::AlignHCenter);
    m_title->setAlignment(Qt::AlignHCenter);
    m_who->setAlignment(Qt::AlignHCenter);
    for (QWidget* part : std::initializer_list<QWidget*>{m_icon, m_title, m_who, m_password, m_banner, m_unlock, m_signOut})
        down->addWidget(part);
    auto* centre = new QVBoxLayout(this);
    centre->addStretch(2);
    centre->addWidget(card, 0, Qt::AlignHCenter);
    centre->addStretch(3);
    connect(m_unlock, &QPushButton::clicked, this, &LockPage::unlock);
    connect(m_password, &QLineEdit::returnPressed, this, &LockPage::unlock);
    connect(m_signOut, &QPushButton::clicked, this, &LockPage::signOutRequested);
    m_texts.add([this] {
        m_title->setText(tr("Locked"));
        m_password->setPlaceholderText(tr("Password"));
        m_password->setAccessibleName(tr("Password"));
        m_unlock->setText(tr("Unlock"));
        m_signOut->setText(tr("Sign out"));
    });
}

void LockPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
}

void LockPage::begin()
{
    m_icon->setPixmap(linePixmap(QStringLiteral("lock"), Colours::of(palette()).accent, 36, devicePixelRatioF()));
    if (const auto& who = m_services.session.who())
        m_who->setText(q(who->displayName));
    m_password->clear();
    m_banner->clear();
    m_password->setFocus();
}

void LockPage::unlock()
{
    if (m_password->text().isEmpty() || !m_unlock->isEnabled())
        return;
    m_unlock->setEnabled(false);
    whenReady(m_services.session.unlock(u8(m_password->text())), this, [this](const base::Result<>& opened) {
        m_unlock->setEnabled(true);
        m_password->clear();
        m_password->setFocus();
        if (!opened)
            m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(opened.error()));
    });
}

} // namespace evenhand::ui
