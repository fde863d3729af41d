// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/levelmeter.h"

#include <algorithm>

#include <QPainter>

#include "ui/theme/colours.h"

namespace evenhand::ui {

namespace {
constexpr double kMeterFloor = 96.0 / 255.0;                  // −60 dBFS is where the bar begins
constexpr double kAmber = 239.0 / 255.0;                 // −6 dBFS
constexpr double kRed = 253.0 / 255.0;
constexpr double kFall = 0.12;                           // of the bar, each tenth of a second
} // namespace

LevelMeter::LevelMeter(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void LevelMeter::setLevel(int level)
{
    const double value = std::clamp((level / 255.0 - kMeterFloor) / (1.0 - kMeterFloor), 0.0, 1.0);
    m_shown = std::max(value, m_shown - kFall);
    update();
}

void LevelMeter::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours& c = Colours::of(palette());
    const QRectF whole(0.5, 0.5, width() - 1.0, height() - 1.0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(c.border);
    painter.drawRoundedRect(whole, 3, 3);
    const double level = m_shown * (1.0 - kMeterFloor) + kMeterFloor;
    painter.setBrush(level >= kRed ? c.block : level >= kAmber ? c.warn : c.allow);
    QRectF filled = whole;
    filled.setWidth(whole.width() * m_shown);
    painter.drawRoundedRect(filled, 3, 3);
}

} // namespace evenhand::ui
