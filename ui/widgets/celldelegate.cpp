// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/celldelegate.h"

#include <QPainter>

#include "ui/models/tablemodel.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/theme/textsize.h"

namespace evenhand::ui {

namespace {

constexpr int kPadding = 8;
constexpr int kIconSize = 18;

QColor colourOf(const QString& look, const Colours& c)
{
    if (look == QStringLiteral("allow"))
        return c.allow;
    if (look == QStringLiteral("warn"))
        return c.warn;
    if (look == QStringLiteral("hold"))
        return c.hold;
    if (look == QStringLiteral("block"))
        return c.block;
    return c.muted;
}

void paintBackground(QPainter* painter, const QStyleOptionViewItem& option, const Colours& c)
{
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, c.accentSoft);
    painter->setPen(c.raised);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
}

/// The chip stands at the right end; what is left is for the text.
QRect paintBadge(QPainter* painter, QRect inside, const QString& badge, const QFont& base, const Colours& c)
{
    if (badge.isEmpty())
        return inside;
    const QFont small = sizedFont(base, 11);
    painter->setFont(small);
    const int width = QFontMetrics(small).horizontalAdvance(badge) + 12;
    const int height = scaled(base, 18);
    QRect chip(inside.right() - width, inside.center().y() - height / 2, width, height);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(c.warnSoft);
    painter->drawRoundedRect(chip, height / 2, height / 2);
    painter->setPen(c.warn);
    painter->drawText(chip, Qt::AlignCenter, badge);
    inside.setRight(chip.left() - 6);
    return inside;
}

} // namespace

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const Colours& c = Colours::of(option.palette);
    painter->save();
    paintBackground(painter, option, c);
    QRect inside = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    const QString light = index.data(LightRole).toString();
    if (!light.isEmpty()) {
        const QPixmap icon = linePixmap(QStringLiteral("light-") + light, colourOf(light, c), kIconSize, painter->device()->devicePixelRatioF());
        painter->drawPixmap(QPoint(inside.left(), inside.center().y() - kIconSize / 2 + 1), icon);
        inside.setLeft(inside.left() + kIconSize + 6);
    }
    inside = paintBadge(painter, inside, index.data(BadgeRole).toString(), option.font, c);

    const auto alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()) & Qt::AlignHorizontal_Mask;
    const QString second = index.data(SecondLineRole).toString();
    const QVariant foreground = index.data(Qt::ForegroundRole);
    const int line = scaled(option.font, 19);
    painter->setFont(option.font);
    painter->setPen(foreground.isValid() ? foreground.value<QColor>() : c.text);
    const QRect first = second.isEmpty() ? inside : QRect(inside.left(), inside.center().y() - line + 1, inside.width(), line);
    painter->drawText(first, int(alignment | Qt::AlignVCenter), option.fontMetrics.elidedText(option.text, Qt::ElideRight, first.width()));
    if (!second.isEmpty()) {
        const QFont small = sizedFont(option.font, 12);
        painter->setFont(small);
        painter->setPen(c.muted);
        const QRect below(inside.left(), inside.center().y() + 1, inside.width(), scaled(option.font, 17));
        painter->drawText(below, int(alignment | Qt::AlignVCenter), QFontMetrics(small).elidedText(second, Qt::ElideRight, below.width()));
    }
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width() + 2 * kPadding, scaled(option.font, 44)};
}

} // namespace evenhand::ui
