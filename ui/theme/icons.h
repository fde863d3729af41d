// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace evenhand::ui {

/// A line icon of ours (resources/icons/NAME.svg) drawn in one colour. The icon renders itself at any size and device pixel ratio.
[[nodiscard]] QIcon lineIcon(const QString& name, const QColor& colour);
[[nodiscard]] QPixmap linePixmap(const QString& name, const QColor& colour, int logicalSize, qreal devicePixelRatio);
/// The program's own icon, in its own colours.
[[nodiscard]] QIcon applicationIcon();

} // namespace evenhand::ui
