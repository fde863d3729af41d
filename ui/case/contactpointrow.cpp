// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/contactpointrow.h"

#include <QPainter>
#include <QTextLayout>
#include <QTimer>
#include <QToolButton>

#include "ui/case/revealtime.h"
#include "ui/models/queuemodel.h"
#include "ui/text/clausetranslator.h"
#include "ui/text/format.h"
#include "ui/text/strings.h"
#include "ui/text/words.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/theme/textsize.h"

namespace evenhand::ui {

namespace {

constexpr int kHeight = 60;              // with one line of reason; a second one adds kReasonLine
constexpr int kReasonLine = 17;
constexpr int kReasonLeft = 42;
constexpr int kRevealSpace = 38;         // the button at the right, with its margins
constexpr int kReasonLines = 3;          // longer ones end in an ellipsis; the tool tip has the whole

QColor lightColour(const services::ContactLight& light, const Colours& c)
{
    if (!light.known)
        return c.muted;
    switch (light.level) {
    case compliance::Verdict::Allow: return c.allow;
    case compliance::Verdict::Warn: return c.warn;
    case compliance::Verdict::Hold: return c.hold;
    case compliance::Verdict::Block: return c.block;
    }
    return c.muted;
}

} // namespace

ContactPointRow::ContactPointRow(const services::ContactPointView& point, base::Instant now, QWidget* parent)
    : QAbstractButton(parent), m_point(point), m_now(now), m_reveal(new QToolButton(this))
{
    setObjectName(QStringLiteral("contactPoint_") + q(point.id.toString()));
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumHeight(scaled(font(), kHeight));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(Words::of(point.kind) + u' ' + q(point.value));
    setAccessibleDescription(stateText() + u' ' + attemptText());
    setToolTip(reasonOf(point.light) + (point.light.clause.empty() ? QString() : QStringLiteral("\n") + clauseText(point.light.clause)));
    m_reveal->setObjectName(QStringLiteral("reveal_") + q(point.id.toString()));
    m_reveal->setIcon(lineIcon(QStringLiteral("eye"), Colours::of(palette()).muted));
    m_reveal->setAccessibleName(tr("Show the whole value"));
    m_reveal->setToolTip(m_reveal->accessibleName());
    connect(m_reveal, &QToolButton::clicked, this, &ContactPointRow::revealRequested);
}

QSize ContactPointRow::sizeHint() const
{
    return {280, heightForWidth(280)};
}

int ContactPointRow::heightForWidth(int width) const
{
    return scaled(font(), kHeight + (int(reasonLines(width - kReasonLeft - kRevealSpace).size()) - 1) * kReasonLine);
}

// The reason in lines of at most `width`, at least one.
QStringList ContactPointRow::reasonLines(int width) const
{
    const QFont small = sizedFont(font(), 12);
    const QFontMetrics metrics(small);
    const QString text = stateText();
    QTextLayout layout(text, small);
    QStringList lines;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(width, 60));
        if (lines.size() + 1 == kReasonLines) {
            lines << metrics.elidedText(text.mid(line.textStart()), Qt::ElideRight, width);
            break;
        }
        lines << text.mid(line.textStart(), line.textLength()).trimmed();
    }
    layout.endLayout();
    return lines.isEmpty() ? QStringList{QString()} : lines;
}

void ContactPointRow::showClear(const QString& value)
{
    m_clear = value;
    update();
    QTimer::singleShot(kRevealMs, this, [this] {
        m_clear.clear();
        update();
    });
}

QString ContactPointRow::valueText() const
{
    return m_clear.isEmpty() ? q(m_point.value) : m_clear;
}

QString ContactPointRow::stateText() const
{
    if (m_point.status == domain::ContactStatus::Invalid || m_point.status == domain::ContactStatus::Lost)
        return Words::of(m_point.status);
    if (!m_point.light.known)
        return tr("being judged …");
    if (m_point.light.level == compliance::Verdict::Allow)
        return tr("may be contacted now");
    const QString reason = reasonOf(m_point.light);
    if (m_point.light.nextAllowedAt)
        //: %1 is a time, %2 the reason
        return tr("from %1 · %2").arg(Format::shortTime(*m_point.light.nextAllowedAt, m_now), reason);
    return reason;
}

QString ContactPointRow::attemptText() const
{
    QStringList parts{Words::of(m_point.kind)};
    if (!m_point.label.empty())
        parts << q(m_point.label);
    parts << Words::of(m_point.source);
    if (!m_point.attempts.empty())
        //: %n attempts so far, %1 what came of the last one
        parts << tr("%n attempt(s), last: %1", nullptr, int(m_point.attempts.size())).arg(Words::of(m_point.attempts.front().result));
    if (m_point.isUnsentChange)
        parts << tr("change not sent yet");
    return parts.join(QStringLiteral(" · "));
}

void ContactPointRow::paintEvent(QPaintEvent*)
{
    const Colours& c = Colours::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool dead = m_point.status == domain::ContactStatus::Invalid || m_point.status == domain::ContactStatus::Lost;
    if (isChecked() || underMouse() || hasFocus()) {
        painter.setBrush(isChecked() ? c.accentSoft : underMouse() ? c.raised : Qt::transparent);
        painter.setPen(hasFocus() ? QPen(c.accent, 2) : QPen(isChecked() ? c.accent : c.raised, 1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6);
    }
    const QColor light = dead ? c.block : lightColour(m_point.light, c);
    const QString icon = dead ? QStringLiteral("light-block") : QStringLiteral("light-") + lookOf(m_point.light);
    painter.drawPixmap(QPoint(10, (height() - 22) / 2), linePixmap(icon, light, 22, devicePixelRatioF()));

    const int width = this->width() - kReasonLeft - kRevealSpace;
    const auto px = [base = font()](int designPixels) { return scaled(base, designPixels); };
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    strong.setStrikeOut(dead);
    painter.setFont(strong);
    painter.setPen(c.text);
    painter.drawText(QRect(kReasonLeft, px(4), width, px(20)), Qt::AlignVCenter, QFontMetrics(strong).elidedText(valueText(), Qt::ElideRight, width));
    const QFont small = sizedFont(font(), 12);
    painter.setFont(small);
    painter.setPen(light);
    int top = 22;
    for (const QString& line : reasonLines(width)) {
        painter.drawText(QRect(kReasonLeft, px(top), width, px(kReasonLine)), Qt::AlignVCenter, line);
        top += kReasonLine;
    }
    painter.setPen(c.muted);
    painter.drawText(QRect(kReasonLeft, px(top - 1), width, px(kReasonLine)), Qt::AlignVCenter, QFontMetrics(small).elidedText(attemptText(), Qt::ElideRight, width));
}

void ContactPointRow::resizeEvent(QResizeEvent*)
{
    m_reveal->setGeometry(width() - 34, (height() - 28) / 2, 28, 28);
}

void ContactPointRow::enterEvent(QEnterEvent*)
{
    update();
}

void ContactPointRow::leaveEvent(QEvent*)
{
    update();
}

} // namespace evenhand::ui
