// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QPalette>
#include <QRegularExpression>
#include <QStyleFactory>
#include <QToolTip>

#include "ui/theme/textsize.h"

namespace evenhand::ui {

namespace {

QFont baseFont(int percent)
{
    QFont font;
    const QStringList wanted{QStringLiteral("Noto Sans CJK SC"), QStringLiteral("Noto Sans SC"), QStringLiteral("Source Han Sans SC"),
                             QStringLiteral("Microsoft YaHei UI"), QStringLiteral("PingFang SC")};
    const QStringList present = QFontDatabase::families();
    QStringList families;
    for (const QString& family : wanted)
        if (present.contains(family))
            families << family;
    if (!families.isEmpty())
        font.setFamilies(families);
    font.setPixelSize(kDesignPixels * percent / 100);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

QString withTextSizes(const QString& sheet, int percent)
{
    static const QRegularExpression kSize(QStringLiteral("font-size: (\\d+)px"));
    QString result;
    qsizetype from = 0;
    for (auto found = kSize.globalMatch(sheet); found.hasNext();) {
        const auto match = found.next();
        result += QStringView(sheet).mid(from, match.capturedStart() - from);
        result += QStringLiteral("font-size: %1px").arg(match.captured(1).toInt() * percent / 100);
        from = match.capturedEnd();
    }
    return result + QStringView(sheet).mid(from);
}

} // namespace

QString styleSheetFor(ThemeKind kind, int textPercent)
{
    QFile file(QStringLiteral(":/qss/evenhand.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = withTextSizes(QString::fromUtf8(file.readAll()), textPercent);
    const Colours& c = Colours::of(kind);
    const std::pair<const char16_t*, QColor> tokens[] = {
        {u"@window@", c.window}, {u"@surface@", c.surface}, {u"@raised@", c.raised}, {u"@border@", c.border}, {u"@text@", c.text},
        {u"@muted@", c.muted}, {u"@accent@", c.accent}, {u"@onAccent@", c.onAccent}, {u"@accentSoft@", c.accentSoft}, {u"@rail@", c.rail},
        {u"@railText@", c.railText}, {u"@allow@", c.allow}, {u"@warn@", c.warn}, {u"@hold@", c.hold}, {u"@block@", c.block},
        {u"@allowSoft@", c.allowSoft}, {u"@warnSoft@", c.warnSoft}, {u"@holdSoft@", c.holdSoft}, {u"@blockSoft@", c.blockSoft},
        {u"@accentHover@", kind == ThemeKind::Dark ? c.accent.lighter(112) : c.accent.darker(115)}};
    for (const auto& [token, colour] : tokens)
        sheet.replace(QString::fromUtf16(token), colour.name());
    return sheet.replace(QStringLiteral("@arrow@"), kind == ThemeKind::Dark ? QStringLiteral("arrow-dark") : QStringLiteral("arrow-light"));
}

Theme::Theme(QApplication& application, QObject* parent) : QObject(parent), m_application(application)
{
    m_systemIsDark = application.palette().color(QPalette::Window).lightness() < 128;
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.setFont(baseFont(m_percent));
    apply();
}

void Theme::choose(ThemeChoice choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
    Q_EMIT changed();
}

void Theme::setTextPercent(int percent)
{
    if (percent == m_percent)
        return;
    m_percent = percent;
    m_application.setFont(baseFont(percent));
    apply();
    Q_EMIT changed();
}

void Theme::apply()
{
    const bool dark = m_choice == ThemeChoice::Dark || (m_choice == ThemeChoice::System && m_systemIsDark);
    m_kind = dark ? ThemeKind::Dark : ThemeKind::Light;
    const QPalette palette = makePalette(m_kind);
    m_application.setPalette(palette);
    QToolTip::setPalette(palette);
    m_application.setStyleSheet(styleSheetFor(m_kind, m_percent));
}

} // namespace evenhand::ui
