// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QtMath>

namespace evenhand::ui {

/// Text is drawn for a base of 14 px; the setting "text size" makes the base larger, and everything painted by hand follows.
inline constexpr int kDesignPixels = 14;

/// A length of the design, in px, at the size of `base`.
[[nodiscard]] inline int scaled(const QFont& base, int designPixels)
{
    return base.pixelSize() > 0 ? qRound(designPixels * base.pixelSize() / double(kDesignPixels)) : designPixels;
}

/// `base` in another size of the design.
[[nodiscard]] inline QFont sizedFont(QFont base, int designPixels)
{
    base.setPixelSize(scaled(base, designPixels));
    return base;
}

} // namespace evenhand::ui
