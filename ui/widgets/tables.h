// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QTableView;
class QWidget;

namespace evenhand::ui {

/// A table as all our pages have it: whole rows, one selected, no grid, 44 px rows, cells by CellDelegate, keyboard first.
[[nodiscard]] QTableView* makeTable(QWidget* parent, const QString& objectName);

} // namespace evenhand::ui
