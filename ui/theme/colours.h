// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

class QPalette;

namespace evenhand::ui {

enum class ThemeKind { Light, Dark };

/// The colours the palette has no role for. Every text colour keeps 4.5:1 on `surface` (see tst_theme).
struct Colours {
    QColor window;        ///< behind the cards
    QColor surface;       ///< cards, tables, inputs
    QColor raised;        ///< table headers, hovered rows
    QColor border;
    QColor text;
    QColor muted;         ///< labels and second lines
    QColor accent;
    QColor onAccent;
    QColor accentSoft;    ///< selected row
    QColor rail;
    QColor railText;
    QColor allow;
    QColor warn;
    QColor hold;
    QColor block;
    QColor allowSoft;
    QColor warnSoft;
    QColor holdSoft;
    QColor blockSoft;

    [[nodiscard]] static const Colours& of(ThemeKind kind);
    /// The table that belongs to a palette made by makePalette, so that widgets need no pointer to the theme.
    [[nodiscard]] static const Colours& of(const QPalette& palette);
};

[[nodiscard]] QPalette makePalette(ThemeKind kind);

} // namespace evenhand::ui
