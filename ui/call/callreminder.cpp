// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/call/callreminder.h"

#include <QEvent>

#include "app/base/clock.h"
#include "ui/text/format.h"
#include "ui/text/strings.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {
constexpr int kLookMs = 20'000;
constexpr int kSilentS = 600;
constexpr int kMost = 50;
} // namespace

CallReminder::CallReminder(const Services& services, QWidget* parent)
    : QFrame(parent), m_services(services), m_icon(new QLabel(this)), m_text(makeLabel(this)), m_open(makeButton(this, QStringLiteral("reminderOpen"))),
      m_later(makeButton(this, QStringLiteral("reminderLater"), QStringLiteral("flat")))
{
    setObjectName(QStringLiteral("callReminder"));
    setProperty("look", QStringLiteral("banner-info"));
    auto* across = new QHBoxLayout(this);
    across->setContentsMargins(16, 6, 12, 6);
    across->setSpacing(12);
    across->addWidget(m_icon);
    across->addWidget(m_text, 1);
    across->addWidget(m_later);
    across->addWidget(m_open);
    m_text->setObjectName(QStringLiteral("reminderText"));
    for (QPushButton* button : {m_open, m_later})
        button->setFocusPolicy(Qt::TabFocus);
    m_tick.setInterval(kLookMs);
    connect(&m_tick, &QTimer::timeout, this, &CallReminder::look);
    connect(m_open, &QPushButton::clicked, this, &CallReminder::openDue);
    connect(m_later, &QPushButton::clicked, this, &CallReminder::later);
    connect(&services.queue, &services::QueueService::changed, this, [this](const services::ChangeSet& what) {
        if (m_tick.isActive() && (what.queue || what.allCases || !what.cases.empty()))
            look();
    });
    m_texts.add([this] {
        m_open->setText(tr("Open  (Ctrl+B)"));
        m_later->setText(tr("In 10 minutes"));
        write();
    });
    hide();
}

void CallReminder::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
    if (event->type() == QEvent::PaletteChange)
        write();
}

void CallReminder::begin()
{
    m_tick.start();
    look();
}

void CallReminder::stop()
{
    m_tick.stop();
    m_latest.dropAll();
    m_due.clear();
    write();
}

void CallReminder::look()
{
    whenLatest(m_services.queue.rows(services::BucketKind::CallbackDue, 0, kMost), this, m_latest, [this](const base::Result<services::QueuePage>& page) {
        if (!page)
            return;   // Today says so; a reminder has nothing to add
        const base::Instant now = m_services.clock.now();
        m_due.clear();
        for (const services::QueueRow& row : page->rows) {
            const auto silent = m_silentUntil.find(row.caseId);
            if (row.dueAt && *row.dueAt <= now && (silent == m_silentUntil.end() || silent->second <= now))
                m_due.push_back(row);
        }
        write();
    });
}

void CallReminder::write()
{
    setVisible(!m_due.empty());
    if (m_due.empty())
        return;
    const services::QueueRow& first = m_due.front();
    const base::Instant now = m_services.clock.now();
    //: %1 is a person (masked), %2 a time, %3 how long ago that was
    QString text = tr("Call-back due: %1, agreed for %2 (%3)").arg(q(first.debtor), Format::shortTime(*first.dueAt, now), Format::ago(*first.dueAt, now));
    if (m_due.size() > 1)
        text += QStringLiteral("   ") + tr("and %n more", nullptr, int(m_due.size()) - 1);
    m_text->setText(text);
    m_icon->setPixmap(linePixmap(QStringLiteral("clock"), Colours::of(palette()).accent, 20, devicePixelRatioF()));
}

void CallReminder::openDue()
{
    if (!m_due.empty())
        Q_EMIT openCaseRequested(m_due.front().caseId);
}

void CallReminder::later()
{
    const base::Instant until = m_services.clock.now().plusSeconds(kSilentS);
    for (const services::QueueRow& row : m_due)
        m_silentUntil.insert_or_assign(row.caseId, until);
    m_due.clear();
    write();
}

} // namespace evenhand::ui
