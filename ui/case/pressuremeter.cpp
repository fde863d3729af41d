// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/pressuremeter.h"

#include <algorithm>

#include <QPainter>

#include "ui/text/format.h"
#include "ui/theme/colours.h"
#include "ui/theme/textsize.h"

namespace evenhand::ui {

namespace {

constexpr int kMeterHeight = 46;
constexpr int kBarWidth = 2;
constexpr int kBarStep = 3;
constexpr int kWeek = 7;
constexpr int kFullBar = 3;      // contacts on one day that fill the bar; more are no higher

} // namespace

PressureMeter::PressureMeter(const services::PressureView& pressure, base::Instant now, QWidget* parent) : QWidget(parent), m_pressure(pressure), m_now(now)
{
    setObjectName(QStringLiteral("pressureMeter"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMinimumHeight(scaled(font(), kMeterHeight));
    setAccessibleName(summary());
    setAccessibleDescription(detail());
    setToolTip(tr("Calls, messages and visits from us to this person, in all of their cases you can see. The bars are days, today on the right."));
}

QSize PressureMeter::sizeHint() const
{
    return {280, scaled(font(), kMeterHeight)};
}

QString PressureMeter::summary() const
{
    //: %1 and %2 are numbers of contacts
    return tr("Contacted %1× in 7 days, %2× in 30 days").arg(m_pressure.last7Days).arg(m_pressure.last30Days);
}

QString PressureMeter::detail() const
{
    QStringList parts{tr("%n talk(s)", nullptr, m_pressure.talks30Days)};
    if (m_pressure.cases > 1)
        parts << tr("over %n case(s)", nullptr, m_pressure.cases);
    if (m_pressure.lastAt)
        //: %1 is how long ago
        parts << tr("last %1").arg(Format::ago(*m_pressure.lastAt, m_now));
    return parts.join(QStringLiteral(" · "));
}

void PressureMeter::paintBars(QPainter& painter, const QRect& area) const
{
    const Colours& c = Colours::of(palette());
    painter.setPen(Qt::NoPen);
    for (int day = 0; day < int(m_pressure.byDay.size()); ++day) {
        const int count = std::min(m_pressure.byDay[std::size_t(day)], kFullBar);
        const int height = count == 0 ? 2 : count * area.height() / kFullBar;
        painter.setBrush(count == 0 ? c.border : day < kWeek ? c.accent : c.muted);
        painter.drawRect(area.right() - kBarWidth - day * kBarStep, area.bottom() - height, kBarWidth, height);
    }
}

void PressureMeter::paintEvent(QPaintEvent*)
{
    const Colours& c = Colours::of(palette());
    QPainter painter(this);
    const QRect inside = rect().adjusted(8, 4, -8, -4);
    const QFont strong = sizedFont(font(), 13);
    painter.setFont(strong);
    painter.setPen(c.text);
    const QRect first(inside.left(), inside.top(), inside.width(), QFontMetrics(strong).height());
    painter.drawText(first, Qt::AlignVCenter, QFontMetrics(strong).elidedText(summary(), Qt::ElideRight, first.width()));
    const QFont small = sizedFont(font(), 12);
    const int bars = kBarStep * int(m_pressure.byDay.size());
    const QRect second(inside.left(), first.bottom() + 2, std::max(inside.width() - bars - 8, 80), QFontMetrics(small).height());
    painter.setFont(small);
    painter.setPen(c.muted);
    painter.drawText(second, Qt::AlignVCenter, QFontMetrics(small).elidedText(detail(), Qt::ElideRight, second.width()));
    paintBars(painter, QRect(inside.right() - bars, second.top(), bars, second.height() - 2));
}

} // namespace evenhand::ui
