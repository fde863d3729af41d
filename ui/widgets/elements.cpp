// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/elements.h"

#include <QEvent>
#include <QLayoutItem>
#include <QStyle>

#include "ui/theme/colours.h"
#include "ui/theme/icons.h"

namespace evenhand::ui {

void setLook(QWidget* widget, const QString& look)
{
    if (widget->property("look").toString() == look)
        return;
    widget->setProperty("look", look);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

QLabel* makeLabel(QWidget* parent, const QString& look)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    if (!look.isEmpty())
        label->setProperty("look", look);
    return label;
}

QFrame* makeCard(QWidget* parent)
{
    auto* card = new QFrame(parent);
    card->setProperty("look", QStringLiteral("card"));
    return card;
}

QFrame* makeLine(QWidget* parent)
{
    auto* line = new QFrame(parent);
    line->setProperty("look", QStringLiteral("line"));
    return line;
}

QPushButton* makeButton(QWidget* parent, const QString& objectName, const QString& look)
{
    auto* button = new QPushButton(parent);
    button->setObjectName(objectName);
    button->setAutoDefault(false);
    if (!look.isEmpty())
        button->setProperty("look", look);
    return button;
}

QVBoxLayout* column(QWidget* parent, int margin, int spacing)
{
    auto* layout = parent ? new QVBoxLayout(parent) : new QVBoxLayout;
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(spacing);
    return layout;
}

QHBoxLayout* row(int spacing)
{
    auto* layout = new QHBoxLayout;
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing);
    return layout;
}

void clearLayout(QLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();          // gone from sight now, from memory when no handler of it can still run
            widget->deleteLater();
        }
        if (QLayout* inner = item->layout())
            clearLayout(inner);
        delete item;
    }
}

void nameInput(QWidget* input, const QString& objectName)
{
    input->setObjectName(objectName);
}

Banner::Banner(QWidget* parent) : QFrame(parent), m_iconLabel(new QLabel(this)), m_text(makeLabel(this)), m_detail(makeLabel(this, QStringLiteral("small")))
{
    auto* across = new QHBoxLayout(this);
    across->setContentsMargins(12, 8, 12, 8);
    across->setSpacing(8);
    across->addWidget(m_iconLabel, 0, Qt::AlignTop);
    auto* down = column(nullptr, 0, 2);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_detail->setWordWrap(true);
    down->addWidget(m_text);
    down->addWidget(m_detail);
    across->addLayout(down, 1);
    setProperty("look", QStringLiteral("banner-info"));
    hide();
}

void Banner::say(const QString& look, const QString& iconName, const QString& text, const QString& detail)
{
    m_look = look;
    m_icon = iconName;
    m_text->setText(text);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setLook(this, QStringLiteral("banner-") + look);
    setAccessibleName(detail.isEmpty() ? text : text + u' ' + detail);
    paintIcon();
    setVisible(!text.isEmpty());
}

QString Banner::text() const
{
    return m_text->text();
}

void Banner::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintIcon();
}

void Banner::paintIcon()
{
    if (m_icon.isEmpty())
        return;
    const Colours& c = Colours::of(palette());
    QColor colour = c.accent;
    if (m_look == QStringLiteral("allow"))
        colour = c.allow;
    else if (m_look == QStringLiteral("warn"))
        colour = c.warn;
    else if (m_look == QStringLiteral("hold"))
        colour = c.hold;
    else if (m_look == QStringLiteral("block"))
        colour = c.block;
    m_iconLabel->setPixmap(linePixmap(m_icon, colour, 20, devicePixelRatioF()));
}

ElidedButton::ElidedButton(QWidget* parent, const QString& objectName, const QString& look) : QPushButton(parent)
{
    setObjectName(objectName);
    setAutoDefault(false);
    setProperty("look", look);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void ElidedButton::setWhole(const QString& text, const QString& tip)
{
    m_whole = text;
    m_tip = tip;
    elide();
}

void ElidedButton::resizeEvent(QResizeEvent* event)
{
    QPushButton::resizeEvent(event);
    elide();
}

void ElidedButton::changeEvent(QEvent* event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        elide();
}

void ElidedButton::elide()
{
    constexpr int kInset = 24;   // the widest padding and border of our looks, both sides
    const QString shown = fontMetrics().elidedText(m_whole, Qt::ElideRight, std::max(0, width() - kInset));
    if (shown != text())
        setText(shown);
    setToolTip(!m_tip.isEmpty() ? m_tip : shown == m_whole ? QString() : m_whole);
}

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void ElidedLabel::setWhole(const QString& text)
{
    m_whole = text;
    setAccessibleName(text);
    elide();
    updateGeometry();
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().horizontalAdvance(QStringLiteral("MMM…")), QLabel::minimumSizeHint().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    elide();
}

void ElidedLabel::elide()
{
    const QString shown = fontMetrics().elidedText(m_whole, Qt::ElideRight, contentsRect().width());
    if (shown != QLabel::text())
        QLabel::setText(shown);
    setToolTip(shown == m_whole ? QString() : m_whole);
}

} // namespace evenhand::ui
