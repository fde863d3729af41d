// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/waveform.h"

#include <algorithm>
#include <cmath>

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include "ui/text/format.h"
#include "ui/theme/colours.h"

namespace evenhand::ui {

namespace {

constexpr int kTimesHeight = 18;
constexpr int kFlagsHeight = 12;
constexpr std::int64_t kClosestMs = 2'000;               // shown at the closest zoom
constexpr double kFloor = 0.35;                          // of the byte scale: −62 dBFS is the line itself
constexpr int kGrabPixels = 5;

QColor markColour(const QString& look, const Colours& c)
{
    if (look == QStringLiteral("phrase") || look == QStringLiteral("damage"))
        return c.block;
    if (look == QStringLiteral("gap"))
        return c.warn;
    if (look == QStringLiteral("mute"))
        return c.hold;
    if (look == QStringLiteral("outcome"))
        return c.allow;
    return look == QStringLiteral("step") ? c.muted : c.accent;
}

bool isSpan(const WaveMark& mark) { return mark.look == QStringLiteral("gap") || mark.look == QStringLiteral("mute") || mark.look == QStringLiteral("damage"); }

} // namespace

Waveform::Waveform(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("waveform"));
    setMinimumHeight(96);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMouseTracking(false);
}

void Waveform::setLevels(const base::Bytes& levels, int sides, std::int64_t durationMs)
{
    const bool isSame = durationMs == m_durationMs && m_shownMs > 0;   // better levels of what is shown: the view stays
    m_sides = std::clamp(sides, 1, 2);
    m_durationMs = durationMs;
    for (int side = 0; side < 2; ++side) {
        auto& halves = m_halves[side];
        halves.clear();
        if (side >= m_sides || levels.empty())
            continue;
        std::vector<std::uint8_t> own;
        own.reserve(levels.size() / std::size_t(m_sides));
        for (std::size_t i = std::size_t(side); i < levels.size(); i += std::size_t(m_sides))
            own.push_back(levels[i]);
        halves.push_back(std::move(own));
        while (halves.back().size() > 64) {
            const auto& finer = halves.back();
            std::vector<std::uint8_t> coarser((finer.size() + 1) / 2);
            for (std::size_t i = 0; i < coarser.size(); ++i)
                coarser[i] = std::max(finer[i * 2], i * 2 + 1 < finer.size() ? finer[i * 2 + 1] : std::uint8_t(0));
            halves.push_back(std::move(coarser));
        }
    }
    if (!isSame) {
        m_firstMs = 0;
        m_shownMs = durationMs;
        m_positionMs = 0;
        m_range.reset();
        m_marks.clear();
    }
    m_isStale = true;
    update();
}

void Waveform::setMarks(std::vector<WaveMark> marks)
{
    m_marks = std::move(marks);
    m_isStale = true;
    update();
}

void Waveform::setPosition(std::int64_t ms)
{
    if (ms == m_positionMs)
        return;
    const double before = xOf(m_positionMs);
    m_positionMs = ms;
    if (ms < m_firstMs || ms > m_firstMs + m_shownMs)
        scrollTo(ms - m_shownMs / 10);                   // the view follows
    const double now = xOf(ms);
    update(QRect(int(std::min(before, now)) - 2, 0, int(std::abs(now - before)) + 5, height()));
}

void Waveform::setRange(std::optional<std::pair<std::int64_t, std::int64_t>> range)
{
    if (range == m_range)
        return;
    m_range = range;
    update();
}

void Waveform::zoom(double factor, std::int64_t aroundMs)
{
    if (m_durationMs <= 0)
        return;
    const double share = m_shownMs > 0 ? double(aroundMs - m_firstMs) / double(m_shownMs) : 0.5;
    m_shownMs = std::clamp<std::int64_t>(std::int64_t(double(m_shownMs) / factor), std::min(kClosestMs, m_durationMs), m_durationMs);
    scrollTo(aroundMs - std::int64_t(share * double(m_shownMs)));
}

void Waveform::scrollTo(std::int64_t firstMs)
{
    m_firstMs = std::clamp<std::int64_t>(firstMs, 0, std::max<std::int64_t>(0, m_durationMs - m_shownMs));
    m_isStale = true;
    update();
}

double Waveform::xOf(std::int64_t ms) const { return m_shownMs <= 0 ? 0.0 : double(ms - m_firstMs) / double(m_shownMs) * width(); }

std::int64_t Waveform::msAt(double x) const
{
    return std::clamp<std::int64_t>(m_firstMs + std::int64_t(x / std::max(1, width()) * double(m_shownMs)), 0, m_durationMs);
}

/// From the halves in which the span is at most a few entries.
int Waveform::loudest(int side, double fromStep, double toStep) const
{
    const auto& halves = m_halves[side];
    std::size_t depth = 0;
    double scale = 1.0;
    while (depth + 1 < halves.size() && (toStep - fromStep) / scale > 2.0) {
        ++depth;
        scale *= 2.0;
    }
    const auto& levels = halves[depth];
    const auto from = std::size_t(std::max(0.0, std::floor(fromStep / scale)));
    const auto to = std::min(levels.size(), std::max(from + 1, std::size_t(std::ceil(toStep / scale))));
    int result = 0;
    for (std::size_t i = from; i < to; ++i)
        result = std::max(result, int(levels[i]));
    return result;
}

void Waveform::drawSide(QPainter& painter, int side)
{
    if (m_halves[side].empty() || m_durationMs <= 0)
        return;
    const double top = kFlagsHeight;
    const double middle = m_sides == 2 ? top + (height() - kTimesHeight - top) / 2.0 : height() - kTimesHeight - 1.0;
    const double room = middle - top - 1;
    const double perMs = double(m_halves[side].front().size()) / double(m_durationMs);
    const Colours& c = Colours::of(palette());
    painter.setPen(side == 0 ? c.accent : c.allow);
    for (int x = 0; x < width(); ++x) {
        const double from = double(m_firstMs) + double(x) / width() * double(m_shownMs);
        const double to = double(m_firstMs) + double(x + 1) / width() * double(m_shownMs);
        const double level = std::max(0.0, loudest(side, from * perMs, to * perMs) / 255.0 - kFloor) / (1.0 - kFloor);
        const double length = std::max(0.5, level * room);
        painter.drawLine(QPointF(x + 0.5, middle), QPointF(x + 0.5, side == 0 ? middle - length : middle + length));
    }
}

void Waveform::drawMarks(QPainter& painter)
{
    const Colours& c = Colours::of(palette());
    for (const WaveMark& mark : m_marks) {
        const double from = xOf(mark.fromMs);
        const double to = std::max(from + 1.5, xOf(mark.toMs));
        if (to < 0 || from > width())
            continue;
        QColor colour = markColour(mark.look, c);
        if (isSpan(mark)) {
            colour.setAlpha(70);
            painter.fillRect(QRectF(from, kFlagsHeight, to - from, height() - kTimesHeight - kFlagsHeight), colour);
            painter.fillRect(QRectF(from, kFlagsHeight - 3, to - from, 3), markColour(mark.look, c));
            continue;
        }
        painter.setPen(QPen(colour, 1, mark.look == QStringLiteral("step") ? Qt::DotLine : Qt::SolidLine));
        painter.drawLine(QPointF(from, kFlagsHeight), QPointF(from, height() - kTimesHeight));
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        const QPointF flag[] = {{from, 1.0}, {from + 8, 5.0}, {from, 9.0}};
        painter.drawPolygon(flag, 3);
    }
}

void Waveform::drawTimes(QPainter& painter)
{
    if (m_shownMs <= 0)
        return;
    const Colours& c = Colours::of(palette());
    constexpr std::int64_t kSteps[] = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600};
    std::int64_t step = kSteps[0];
    for (const std::int64_t candidate : kSteps) {
        step = candidate;
        if (double(candidate * 1000) / double(m_shownMs) * width() > 90)
            break;
    }
    painter.setPen(c.muted);
    QFont small = font();
    small.setPixelSize(11);
    painter.setFont(small);
    for (std::int64_t s = (m_firstMs / 1000 + step - 1) / step * step; s * 1000 <= m_firstMs + m_shownMs; s += step) {
        const double x = xOf(s * 1000);
        painter.drawLine(QPointF(x, height() - kTimesHeight), QPointF(x, height() - kTimesHeight + 4));
        painter.drawText(QPointF(x + 3, height() - 4), Format::duration(s));
    }
}

void Waveform::drawStill()
{
    const qreal ratio = devicePixelRatioF();
    if (m_still.size() != size() * ratio) {
        m_still = QPixmap(size() * ratio);
        m_still.setDevicePixelRatio(ratio);
    }
    const Colours& c = Colours::of(palette());
    m_still.fill(c.surface);
    QPainter painter(&m_still);
    for (int side = 0; side < m_sides; ++side)
        drawSide(painter, side);
    painter.setRenderHint(QPainter::Antialiasing);
    drawMarks(painter);
    drawTimes(painter);
    m_isStale = false;
}

void Waveform::paintEvent(QPaintEvent*)
{
    if (m_isStale)
        drawStill();
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_still);
    const Colours& c = Colours::of(palette());
    if (m_range) {
        QColor shade = c.accent;
        shade.setAlpha(50);
        painter.fillRect(QRectF(xOf(m_range->first), kFlagsHeight, xOf(m_range->second) - xOf(m_range->first), height() - kTimesHeight - kFlagsHeight), shade);
    }
    if (m_durationMs > 0)
        painter.fillRect(QRectF(xOf(m_positionMs) - 0.75, 0, 1.5, height() - kTimesHeight), c.text);
}

void Waveform::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_isStale = true;
}

void Waveform::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LanguageChange) {
        m_isStale = true;
        update();
    }
}

void Waveform::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_durationMs <= 0)
        return;
    if (event->modifiers() & Qt::ShiftModifier)
        m_dragFromMs = msAt(event->position().x());
    else
        Q_EMIT seekRequested(msAt(event->position().x()));
}

void Waveform::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragFromMs < 0)
        return;
    const std::int64_t now = msAt(event->position().x());
    setRange(std::pair(std::min(m_dragFromMs, now), std::max(m_dragFromMs, now)));
}

void Waveform::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_dragFromMs < 0)
        return;
    const std::int64_t now = msAt(event->position().x());
    const auto [from, to] = std::minmax(m_dragFromMs, now);
    m_dragFromMs = -1;
    if (to - from > 200)
        Q_EMIT rangeChosen(from, to);
}

void Waveform::wheelEvent(QWheelEvent* event)
{
    const double turns = (event->angleDelta().y() + event->angleDelta().x()) / 120.0;
    if (event->modifiers() & Qt::ControlModifier)
        zoom(std::pow(1.3, turns), msAt(event->position().x()));
    else
        scrollTo(m_firstMs - std::int64_t(turns * double(m_shownMs) / 10));
    event->accept();
}

bool Waveform::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QStringList texts;
    for (const WaveMark& mark : m_marks) {
        const double x = help->pos().x();
        if (x >= xOf(mark.fromMs) - kGrabPixels && x <= std::max(xOf(mark.toMs), xOf(mark.fromMs)) + kGrabPixels)
            texts << Format::duration(mark.fromMs / 1000) + QStringLiteral("  ") + mark.text;
    }
    if (texts.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), texts.join(u'\n'), this);
    return true;
}

} // namespace evenhand::ui
