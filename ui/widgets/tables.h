// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QTableView;
class QWidget;

namespace evenhand::ui {

/// A table as all our pages have it: whole rows, one selected, no grid, cells by CellDelegate, keyboard first. `rowPixels` is the height
/// of a row at the usual text size.
[[nodiscard]] QTableView* makeTable(QWidget* parent, const QString& objectName, int rowPixels = 44);

} // namespace evenhand::ui
