// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/call/callbar.h"

#include <QEvent>

#include "ui/text/format.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

CallBar::CallBar(CallPresenter& presenter, QWidget* parent)
    : QFrame(parent), m_presenter(presenter), m_icon(new QLabel(this)), m_state(makeLabel(this, QStringLiteral("heading"))), m_number(makeLabel(this, QStringLiteral("amount"))),
      m_clock(makeLabel(this, QStringLiteral("figure"))), m_hangUp(makeButton(this, QStringLiteral("hangUp"), QStringLiteral("danger")))
{
    setProperty("look", QStringLiteral("card"));
    auto* across = new QHBoxLayout(this);
    across->setContentsMargins(16, 8, 12, 8);
    across->setSpacing(12);
    across->addWidget(m_icon);
    across->addWidget(m_state);
    across->addWidget(m_number);
    across->addStretch(1);
    across->addWidget(m_clock);
    across->addWidget(m_hangUp);
    m_number->setObjectName(QStringLiteral("dialledNumber"));
    m_number->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, [this] { m_clock->setText(Format::duration(m_presenter.talkSeconds())); });
    connect(m_hangUp, &QPushButton::clicked, &presenter, &CallPresenter::hangUp);
    connect(&presenter, &CallPresenter::stageChanged, this, &CallBar::show);
    m_texts.add([this] {
        m_hangUp->setText(tr("End call  F10"));
        show();
    });
}

void CallBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
    if (event->type() == QEvent::PaletteChange)
        show();
}

void CallBar::show()
{
    const CallStage stage = m_presenter.stage();
    setVisible(m_presenter.isOnCall());
    const bool talking = stage == CallStage::Talking;
    m_hangUp->setVisible(talking);
    talking ? m_tick.start() : m_tick.stop();
    m_clock->setText(Format::duration(m_presenter.talkSeconds()));
    m_number->setText(m_presenter.number());
    const Colours& c = Colours::of(palette());
    m_icon->setPixmap(linePixmap(talking ? QStringLiteral("phone") : QStringLiteral("phone-off"), talking ? c.allow : c.muted, 22, devicePixelRatioF()));
    const bool inbound = m_presenter.origin() == CallOrigin::Inbound;
    const bool elsewhere = m_presenter.origin() == CallOrigin::Elsewhere;
    m_clock->setVisible(!elsewhere);
    m_state->setText(talking && inbound ? tr("They called us") : talking ? tr("On the phone") : stage == CallStage::Saving ? tr("Saving …") : elsewhere ? tr("A call made elsewhere") : tr("Wrap-up"));
}

} // namespace evenhand::ui
