// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scripts/scriptmap.h"

#include <deque>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include "ui/text/language.h"
#include "ui/text/strings.h"
#include "ui/theme/colours.h"
#include "ui/theme/textsize.h"

namespace evenhand::ui {

namespace {

constexpr int kBoxWidth = 168;
constexpr int kBoxHeight = 44;
constexpr int kGapX = 20;
constexpr int kGapY = 40;
constexpr int kMargin = 16;

std::vector<std::string> waysFrom(const guidance::Step& step)
{
    std::vector<std::string> ways;
    const auto add = [&ways](const guidance::Target& target) {
        if (!target.isMissing() && !target.isReturn() && std::find(ways.begin(), ways.end(), target.step) == ways.end())
            ways.push_back(target.step);
    };
    for (const guidance::Answer& answer : step.answers)
        add(answer.target);
    for (const guidance::BranchCase& one : step.cases)
        add(one.target);
    add(step.next);
    return ways;
}

} // namespace

ScriptMap::ScriptMap(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("scriptMap"));
    setFocusPolicy(Qt::StrongFocus);
}

void ScriptMap::show(const guidance::Script& script)
{
    m_script = script;
    layOutSteps();
    updateGeometry();
    resize(m_size);
    update();
}

/// Rows by distance from the start, then the ways of the objections below.
void ScriptMap::layOutSteps()
{
    m_boxes.clear();
    m_places.clear();
    std::map<std::string, int> depth;
    int deepest = 0;
    const auto walk = [&](const std::string& from, int at) {
        std::deque<std::string> open;
        if (depth.emplace(from, at).second)
            open.push_back(from);
        while (!open.empty()) {
            const guidance::Step* step = m_script.findStep(open.front());
            const int here = depth[open.front()];
            open.pop_front();
            deepest = std::max(deepest, here);
            for (const std::string& way : step ? waysFrom(*step) : std::vector<std::string>())
                if (m_script.findStep(way) && depth.emplace(way, here + 1).second)
                    open.push_back(way);
        }
    };
    walk(m_script.start, 0);
    const int objectionsFrom = deepest + 1;
    for (const guidance::Objection& objection : m_script.objections)
        walk(objection.target.step, objectionsFrom);
    std::map<int, int> used;
    int widest = 0;
    for (const guidance::Step& step : m_script.steps) {
        const int row = depth.contains(step.id) ? depth[step.id] : deepest + 2;
        const int column = used[row]++;
        widest = std::max(widest, column + 1);
        const QRect place(kMargin + column * (kBoxWidth + kGapX), kMargin + row * (kBoxHeight + kGapY), kBoxWidth, kBoxHeight);
        m_boxes.push_back({m_script.findStep(step.id), place});
        m_places.emplace(step.id, place);
    }
    const int rows = used.empty() ? 1 : used.rbegin()->first + 1;
    m_size = {2 * kMargin + widest * (kBoxWidth + kGapX), 2 * kMargin + rows * (kBoxHeight + kGapY)};
}

void ScriptMap::choose(const std::string& step)
{
    m_chosen = step;
    update();
}

void ScriptMap::drawWays(QPainter& painter) const
{
    const Colours& c = Colours::of(palette());
    for (const Box& box : m_boxes) {
        const bool isChosen = box.step->id == m_chosen;
        painter.setPen(QPen(isChosen ? c.accent : c.border, isChosen ? 2 : 1));
        for (const std::string& way : waysFrom(*box.step)) {
            const auto target = m_places.find(way);
            if (target == m_places.end())
                continue;
            const bool down = target->second.top() > box.place.top();
            const QPointF from(box.place.center().x(), down ? box.place.bottom() : box.place.top());
            const QPointF to(target->second.center().x(), down ? target->second.top() : target->second.bottom());
            const double bend = down ? kGapY / 2.0 : -kGapY / 2.0;
            QPainterPath path(from);
            path.cubicTo(from + QPointF(0, bend), to - QPointF(0, bend), to);
            painter.drawPath(path);
            const double tip = down ? -5 : 5;
            painter.drawLine(to, to + QPointF(-4, tip));
            painter.drawLine(to, to + QPointF(4, tip));
        }
    }
}

void ScriptMap::drawBox(QPainter& painter, const Box& box) const
{
    const Colours& c = Colours::of(palette());
    const bool isEnd = box.step->kind == guidance::StepKind::End;
    QColor border = box.step->required ? c.accent : c.border;
    if (box.step->disclosing)
        border = c.warn;
    painter.setBrush(box.step->id == m_chosen ? c.accentSoft : c.surface);
    painter.setPen(QPen(border, box.step->required ? 2 : 1));
    painter.drawRoundedRect(box.place, isEnd ? kBoxHeight / 2.0 : 6, isEnd ? kBoxHeight / 2.0 : 6);
    const QRect inside = box.place.adjusted(10, 3, -10, -3);
    painter.setPen(c.text);
    painter.setFont(font());
    const std::string& title = guidance::textIn(box.step->title, packLanguage());
    const std::string& words = title.empty() ? guidance::textIn(box.step->text, packLanguage()) : title;
    painter.drawText(inside.adjusted(0, 0, 0, -16), Qt::AlignVCenter, QFontMetrics(font()).elidedText(q(words), Qt::ElideRight, inside.width()));
    const QFont small = sizedFont(font(), 11);
    painter.setFont(small);
    painter.setPen(c.muted);
    const QString below = q(box.step->id) + (box.step->disclosing ? QStringLiteral(" 🔒") : QString());
    painter.drawText(inside.adjusted(0, 20, 0, 0), Qt::AlignVCenter, QFontMetrics(small).elidedText(below, Qt::ElideRight, inside.width()));
}

void ScriptMap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    drawWays(painter);
    for (const Box& box : m_boxes)
        drawBox(painter, box);
}

void ScriptMap::mousePressEvent(QMouseEvent* event)
{
    for (const Box& box : m_boxes)
        if (box.place.contains(event->pos()))
            Q_EMIT stepChosen(box.step->id);
}

void ScriptMap::keyPressEvent(QKeyEvent* event)
{
    const int by = event->key() == Qt::Key_Down || event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Up || event->key() == Qt::Key_Left ? -1 : 0;
    if (by == 0 || m_boxes.empty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    const auto at = std::find_if(m_boxes.begin(), m_boxes.end(), [this](const Box& box) { return box.step->id == m_chosen; });
    const int index = at == m_boxes.end() ? 0 : int(at - m_boxes.begin()) + by;
    Q_EMIT stepChosen(m_boxes[std::size_t(std::clamp(index, 0, int(m_boxes.size()) - 1))].step->id);
}

} // namespace evenhand::ui
