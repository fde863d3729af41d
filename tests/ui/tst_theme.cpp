// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include <QFile>
#include <QPalette>
#include <QTest>

#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

using namespace evenhand::ui;

namespace {

double luminance(const QColor& colour)
{
    const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

/// WCAG 2 contrast ratio.
double contrast(const QColor& a, const QColor& b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textIsReadable_data()
    {
        QTest::addColumn<QColor>("text");
        QTest::addColumn<QColor>("ground");
        for (const auto kind : {ThemeKind::Light, ThemeKind::Dark}) {
            const Colours& c = Colours::of(kind);
            const char* name = kind == ThemeKind::Light ? "light: " : "dark: ";
            QTest::addRow("%s%s", name, "text on cards") << c.text << c.surface;
            QTest::addRow("%s%s", name, "text on the window") << c.text << c.window;
            QTest::addRow("%s%s", name, "muted text on cards") << c.muted << c.surface;
            QTest::addRow("%s%s", name, "muted text on the window") << c.muted << c.window;
            QTest::addRow("%s%s", name, "muted text on a selected row") << c.muted << c.accentSoft;
            QTest::addRow("%s%s", name, "primary button") << c.onAccent << c.accent;
            QTest::addRow("%s%s", name, "allow chip") << c.allow << c.allowSoft;
            QTest::addRow("%s%s", name, "warn chip") << c.warn << c.warnSoft;
            QTest::addRow("%s%s", name, "hold chip") << c.hold << c.holdSoft;
            QTest::addRow("%s%s", name, "block chip") << c.block << c.blockSoft;
            QTest::addRow("%s%s", name, "error text") << c.block << c.surface;
            QTest::addRow("%s%s", name, "rail") << c.railText << c.rail;
        }
    }
    void textIsReadable()
    {
        QFETCH(QColor, text);
        QFETCH(QColor, ground);
        QVERIFY2(contrast(text, ground) >= 4.5, qPrintable(QString::number(contrast(text, ground))));
    }
    void paletteKnowsItsTheme()
    {
        QCOMPARE(Colours::of(makePalette(ThemeKind::Dark)).surface, Colours::of(ThemeKind::Dark).surface);
        QCOMPARE(Colours::of(makePalette(ThemeKind::Light)).surface, Colours::of(ThemeKind::Light).surface);
    }
    void noTokenIsLeftInTheStyleSheet()
    {
        for (const auto kind : {ThemeKind::Light, ThemeKind::Dark}) {
            const QString sheet = styleSheetFor(kind);
            QVERIFY(sheet.size() > 1000);
            QString body = sheet;
            body.remove(QRegularExpression(QStringLiteral("/\\*.*?\\*/"), QRegularExpression::DotMatchesEverythingOption));
            QVERIFY2(!body.contains(u'@'), "a token has no colour");
        }
    }
    void lightsDifferInShape()
    {
        QSet<QByteArray> shapes;
        for (const char* light : {"light-allow", "light-warn", "light-hold", "light-block", "light-unknown"}) {
            const QImage image = linePixmap(QString::fromLatin1(light), Qt::black, 20, 1).toImage();
            QVERIFY2(!image.isNull() && image != QImage(image.size(), image.format()), light);
            shapes.insert(QByteArray(reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes()));
        }
        QCOMPARE(shapes.size(), 5);
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
