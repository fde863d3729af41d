// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/colours.h"

#include <QPalette>

namespace evenhand::ui {

namespace {

Colours light()
{
    return {.window = QColor(0xF3F5F8), .surface = QColor(0xFFFFFF), .raised = QColor(0xF0F3F7), .border = QColor(0xD8DEE6),
            .text = QColor(0x17212E), .muted = QColor(0x55606F), .accent = QColor(0x1F5BBF), .onAccent = QColor(0xFFFFFF),
            .accentSoft = QColor(0xE1EBFA), .rail = QColor(0x172234), .railText = QColor(0xB9C5D6),
            .allow = QColor(0x1B7A4B), .warn = QColor(0x8F5A00), .hold = QColor(0x6540B5), .block = QColor(0xB3261E),
            .allowSoft = QColor(0xE3F4EA), .warnSoft = QColor(0xFDF1DA), .holdSoft = QColor(0xEEE8FA), .blockSoft = QColor(0xFCE8E6)};
}

Colours dark()
{
    return {.window = QColor(0x11161D), .surface = QColor(0x1A212B), .raised = QColor(0x222B37), .border = QColor(0x343F4E),
            .text = QColor(0xE5EAF1), .muted = QColor(0x9DAABA), .accent = QColor(0x74A8FF), .onAccent = QColor(0x0C1B33),
            .accentSoft = QColor(0x243A5C), .rail = QColor(0x0C1118), .railText = QColor(0x9DAABA),
            .allow = QColor(0x62CB92), .warn = QColor(0xE8B95A), .hold = QColor(0xB9A2F2), .block = QColor(0xFF8A80),
            .allowSoft = QColor(0x18372A), .warnSoft = QColor(0x3B2F17), .holdSoft = QColor(0x2E2747), .blockSoft = QColor(0x45211F)};
}

void setDisabled(QPalette& palette, const Colours& c)
{
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
        QColor faded = c.muted;
        faded.setAlpha(150);
        palette.setColor(QPalette::Disabled, role, faded);
    }
}

} // namespace

const Colours& Colours::of(ThemeKind kind)
{
    static const Colours kLight = light();
    static const Colours kDark = dark();
    return kind == ThemeKind::Dark ? kDark : kLight;
}

const Colours& Colours::of(const QPalette& palette)
{
    return of(palette.color(QPalette::Base).lightness() < 128 ? ThemeKind::Dark : ThemeKind::Light);
}

QPalette makePalette(ThemeKind kind)
{
    const Colours& c = Colours::of(kind);
    QPalette palette;
    palette.setColor(QPalette::Window, c.window);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.surface);
    palette.setColor(QPalette::AlternateBase, c.raised);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::PlaceholderText, c.muted);
    palette.setColor(QPalette::Button, c.raised);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.block);
    palette.setColor(QPalette::ToolTipBase, c.text);
    palette.setColor(QPalette::ToolTipText, c.surface);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.onAccent);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::LinkVisited, c.accent);
    palette.setColor(QPalette::Light, c.raised);
    palette.setColor(QPalette::Midlight, c.raised);
    palette.setColor(QPalette::Mid, c.border);
    palette.setColor(QPalette::Dark, c.border);
    palette.setColor(QPalette::Shadow, c.border.darker(130));
    setDisabled(palette, c);
    return palette;
}

} // namespace evenhand::ui
