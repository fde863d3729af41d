// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/timelineview.h"

#include <QPainter>

#include "ui/models/timelinemodel.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/theme/textsize.h"

namespace evenhand::ui {

namespace {

constexpr int kTextLeft = 52;
constexpr int kRight = 16;
constexpr int kTop = 10;

QRect bodyRect(const QStyleOptionViewItem& option, const QString& body, int width)
{
    return option.fontMetrics.boundingRect(QRect(0, 0, width, 10000), Qt::TextWordWrap, body);
}

int textWidth(const QStyleOptionViewItem& option)
{
    const auto* view = qobject_cast<const QListView*>(option.widget);
    return (view ? view->viewport()->width() : option.rect.width()) - kTextLeft - kRight;
}

int paintState(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index, const Colours& c, int right)
{
    const QString state = index.data(TimelineModel::StateRole).toString();
    if (state.isEmpty())
        return right;
    const bool block = index.data(TimelineModel::StateLookRole).toString() == QStringLiteral("block");
    const QFont small = sizedFont(option.font, 11);
    const int width = QFontMetrics(small).horizontalAdvance(state) + 14;
    const QRect chip(right - width, option.rect.top() + kTop, width, scaled(option.font, 18));
    painter->setPen(Qt::NoPen);
    painter->setBrush(block ? c.blockSoft : c.warnSoft);
    painter->drawRoundedRect(chip, 9, 9);
    painter->setFont(small);
    painter->setPen(block ? c.block : c.warn);
    painter->drawText(chip, Qt::AlignCenter, state);
    return chip.left() - 8;
}

} // namespace

void TimelineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Colours& c = Colours::of(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, c.accentSoft);
    const QRect r = option.rect;
    painter->setPen(QPen(c.border, 1));
    painter->drawLine(r.left() + 26, r.top(), r.left() + 26, r.bottom() + 1);
    painter->setBrush(c.raised);
    painter->drawEllipse(QRect(r.left() + 12, r.top() + kTop - 3, 28, 28));
    painter->drawPixmap(QPoint(r.left() + 18, r.top() + kTop + 3), linePixmap(index.data(TimelineModel::IconRole).toString(), c.muted, 16, painter->device()->devicePixelRatioF()));

    const int right = paintState(painter, option, index, c, r.right() - kRight);
    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    painter->setFont(bold);
    painter->setPen(c.text);
    const int headWidth = right - r.left() - kTextLeft;
    painter->drawText(QRect(r.left() + kTextLeft, r.top() + kTop - 2, headWidth, scaled(option.font, 20)), Qt::AlignVCenter,
                      QFontMetrics(bold).elidedText(index.data().toString(), Qt::ElideRight, headWidth));
    const QFont small = sizedFont(option.font, 12);
    painter->setFont(small);
    painter->setPen(c.muted);
    painter->drawText(QRect(r.left() + kTextLeft, r.top() + kTop + scaled(option.font, 18), textWidth(option), scaled(option.font, 18)), Qt::AlignVCenter,
                      QFontMetrics(small).elidedText(index.data(TimelineModel::MetaRole).toString(), Qt::ElideRight, textWidth(option)));
    const QString body = index.data(TimelineModel::BodyRole).toString();
    if (!body.isEmpty()) {
        painter->setFont(option.font);
        painter->setPen(c.text);
        painter->drawText(QRect(r.left() + kTextLeft, r.top() + kTop + scaled(option.font, 39), textWidth(option), r.height()), Qt::TextWordWrap, body);
    }
    painter->restore();
}

QSize TimelineDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QString body = index.data(TimelineModel::BodyRole).toString();
    const int bodyHeight = body.isEmpty() ? 0 : bodyRect(option, body, textWidth(option)).height() + 4;
    return {100, kTop + scaled(option.font, 38) + bodyHeight + 8};
}

TimelineView::TimelineView(QWidget* parent) : QListView(parent)
{
    setItemDelegate(new TimelineDelegate(this));
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setResizeMode(QListView::Adjust);
}

void TimelineView::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout();
}

} // namespace evenhand::ui
