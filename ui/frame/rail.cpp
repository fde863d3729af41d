// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/rail.h"

#include <QEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/theme/colours.h"
#include "ui/theme/icons.h"

namespace evenhand::ui {

namespace {

const std::pair<PageId, const char*> kPages[] = {
    {PageId::Today, "today"}, {PageId::Cases, "cases"}, {PageId::Approvals, "approvals"}, {PageId::CallLog, "calllog"}, {PageId::Sync, "sync"}, {PageId::Settings, "settings"}};

} // namespace

bool mayOpen(PageId page, domain::UserRole role)
{
    if (page == PageId::Approvals)
        return role == domain::UserRole::Supervisor;
    if (page != PageId::CallLog)
        return true;
    return role != domain::UserRole::Agent && role != domain::UserRole::Field;
}

QString pageTitle(PageId page)
{
    switch (page) {
    case PageId::Today: return Rail::tr("Today");
    case PageId::Cases: return Rail::tr("Cases");
    case PageId::Approvals: return Rail::tr("Approvals");
    case PageId::CallLog: return Rail::tr("Review");
    case PageId::Sync: return Rail::tr("Sync");
    case PageId::Settings: return Rail::tr("Settings");
    }
    return {};
}

Rail::Rail(QWidget* parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("rail"));
    setFixedWidth(84);
    auto* down = new QVBoxLayout(this);
    down->setContentsMargins(8, 12, 8, 12);
    down->setSpacing(4);
    for (const auto& [page, icon] : kPages) {
        auto* button = new QToolButton(this);
        button->setObjectName(QStringLiteral("rail_") + QString::fromLatin1(icon));
        button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        button->setIconSize(QSize(22, 22));
        button->setFixedSize(68, 58);
        button->setCheckable(true);
        button->setAutoExclusive(true);
        button->setIcon(lineIcon(QString::fromLatin1(icon), QColor(0xDCE4EF)));
        connect(button, &QToolButton::clicked, this, [this, wanted = page] { Q_EMIT pageRequested(wanted); });
        if (page == PageId::Sync)
            down->addStretch(1);
        down->addWidget(button);
        m_buttons.emplace_back(page, button);
    }
    write();
}

void Rail::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        write();
}

void Rail::write()
{
    int number = 0;
    for (const auto& [page, button] : m_buttons) {
        ++number;
        button->setText(pageTitle(page));
        button->setAccessibleName(pageTitle(page));
        button->setToolTip(QStringLiteral("%1 (Ctrl+Shift+%2)").arg(pageTitle(page)).arg(number));
    }
}

void Rail::setRole(domain::UserRole role)
{
    for (const auto& [page, button] : m_buttons)
        button->setVisible(mayOpen(page, role));
}

void Rail::choose(PageId page)
{
    for (const auto& [each, button] : m_buttons)
        if (each == page)
            button->setChecked(true);
}

} // namespace evenhand::ui
