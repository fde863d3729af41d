// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/bucketbar.h"

#include <QAbstractButton>
#include <QPainter>

#include "ui/text/format.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/theme/textsize.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

/// One tile. Painted, because a button with four texts and a progress line is no style sheet's business.
class BucketTile : public QAbstractButton {
    Q_OBJECT

public:
    BucketTile(const QString& name, const QString& icon, QWidget* parent) : QAbstractButton(parent), m_icon(icon)
    {
        setObjectName(name);
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setAttribute(Qt::WA_Hover);
    }
    void write(const QString& title, const QString& count, const QString& line, double done)
    {
        m_title = title;
        m_count = count;
        m_line = line;
        m_done = done;
        setAccessibleName(title + u' ' + count);
        setAccessibleDescription(line);
        setToolTip(line);
        update();
    }
    [[nodiscard]] QSize sizeHint() const override { return {150, scaled(font(), 84)}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Colours& c = Colours::of(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(isChecked() ? c.accentSoft : underMouse() ? c.raised : c.surface);
        painter.setPen(isChecked() || hasFocus() ? QPen(c.accent, hasFocus() ? 2 : 1) : QPen(c.border, 1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);
        painter.drawPixmap(QPoint(12, 11), linePixmap(m_icon, isChecked() ? c.accent : c.muted, 18, devicePixelRatioF()));
        const auto px = [base = font()](int designPixels) { return scaled(base, designPixels); };
        const QFont small = sizedFont(font(), 12);
        painter.setFont(small);
        painter.setPen(c.muted);
        painter.drawText(QRect(36, px(10), width() - 44, px(20)), Qt::AlignVCenter, QFontMetrics(small).elidedText(m_title, Qt::ElideRight, width() - 44));
        QFont figure = sizedFont(font(), 22);
        figure.setWeight(QFont::DemiBold);
        painter.setFont(figure);
        painter.setPen(c.text);
        painter.drawText(QRect(12, px(30), width() - 24, px(28)), Qt::AlignVCenter, m_count);
        painter.setFont(small);
        painter.setPen(c.muted);
        painter.drawText(QRect(12, px(57), width() - 24, px(18)), Qt::AlignVCenter, QFontMetrics(small).elidedText(m_line, Qt::ElideRight, width() - 24));
        if (m_done > 0) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(c.allow);
            painter.drawRoundedRect(QRectF(12, height() - 6, (width() - 24) * m_done, 3), 1.5, 1.5);
        }
    }

private:
    QString m_icon;
    QString m_title;
    QString m_count;
    QString m_line;
    double m_done = 0;
};

namespace {

struct Look {
    std::optional<services::BucketKind> kind;
    const char* name;
    const char* icon;
};

using services::BucketKind;
const Look kLooks[] = {{std::nullopt, "bucketAll", "today"},          {BucketKind::CallbackDue, "bucketCallback", "clock"},
                       {BucketKind::PromiseBroken, "bucketBroken", "flag"}, {BucketKind::PromiseDue, "bucketPromise", "promise"},
                       {BucketKind::Priority, "bucketPriority", "phone"},   {BucketKind::HeldOut, "bucketHeld", "light-hold"},
                       {BucketKind::Worked, "bucketWorked", "check"}};

QString sums(const std::vector<base::Money>& balance)
{
    QStringList parts;
    for (const base::Money& sum : balance)
        parts << Format::money(sum);
    return parts.join(QStringLiteral(" + "));
}

} // namespace

BucketBar::BucketBar(const base::Clock& clock, QWidget* parent) : QWidget(parent), m_clock(clock)
{
    auto* across = new QHBoxLayout(this);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(8);
    for (const Look& look : kLooks) {
        auto* tile = new BucketTile(QString::fromLatin1(look.name), QString::fromLatin1(look.icon), this);
        connect(tile, &QAbstractButton::clicked, this, [this, kind = look.kind] { choose(kind); });
        across->addWidget(tile, 1);
        m_tiles.push_back(tile);
    }
    m_tiles.front()->setChecked(true);
    rewrite();
}

void BucketBar::show(const services::TodayView& view)
{
    m_view = view;
    rewrite();
}

void BucketBar::choose(std::optional<services::BucketKind> kind)
{
    const bool same = kind == m_chosen;
    m_chosen = kind;
    for (std::size_t at = 0; at < m_tiles.size(); ++at)
        m_tiles[at]->setChecked(kLooks[at].kind == kind);
    if (!same)
        Q_EMIT chosenChanged();
}

void BucketBar::rewrite()
{
    const QString titles[] = {tr("Working order"), tr("Call-backs due"), tr("Broken promises"), tr("Promises due"), tr("By priority"), tr("Held out"), tr("Done today")};
    std::int64_t open = 0;
    std::int64_t done = 0;
    for (const services::QueueBucket& bucket : m_view.buckets) {
        if (bucket.kind == BucketKind::Worked)
            done = bucket.count;
        else if (bucket.kind != BucketKind::HeldOut)
            open += bucket.count;
    }
    m_tiles[0]->write(titles[0], Format::number(open), tr("%n done today", nullptr, int(done)), open + done > 0 ? double(done) / double(open + done) : 0);
    for (std::size_t at = 1; at < m_tiles.size(); ++at) {
        const services::QueueBucket* found = nullptr;
        for (const services::QueueBucket& bucket : m_view.buckets)
            if (kLooks[at].kind == bucket.kind)
                found = &bucket;
        if (!found) {
            m_tiles[at]->write(titles[at], QStringLiteral("–"), {}, 0);
            continue;
        }
        QString line = sums(found->balance);
        if (found->kind == BucketKind::HeldOut && found->nextReturnAt)
            //: %1 is a time: when the first held-out case may be contacted again
            line = tr("next at %1").arg(Format::shortTime(*found->nextReturnAt, m_clock.now()));
        else if (found->worked > 0)
            //: %1 is an amount, %n cases are done
            line = tr("%1 · %n done", nullptr, int(found->worked)).arg(line);
        m_tiles[at]->write(titles[at], Format::number(found->count), line, found->count + found->worked > 0 ? double(found->worked) / double(found->count + found->worked) : 0);
    }
}

} // namespace evenhand::ui

#include "bucketbar.moc"
