// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tables.h"

#include <QEvent>
#include <QHeaderView>
#include <QTableView>

#include "ui/theme/textsize.h"
#include "ui/widgets/celldelegate.h"

namespace evenhand::ui {

namespace {

/// Rows keep their proportion to the text when the text size changes.
class RowTable : public QTableView {
public:
    RowTable(int rowPixels, QWidget* parent) : QTableView(parent), m_rowPixels(rowPixels) { fitRows(); }

protected:
    void changeEvent(QEvent* event) override
    {
        QTableView::changeEvent(event);
        if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange)
            fitRows();
    }

private:
    void fitRows() { verticalHeader()->setDefaultSectionSize(scaled(font(), m_rowPixels)); }

    int m_rowPixels;
};

} // namespace

QTableView* makeTable(QWidget* parent, const QString& objectName, int rowPixels)
{
    auto* table = new RowTable(rowPixels, parent);
    table->setObjectName(objectName);
    table->setItemDelegate(new CellDelegate(table));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setShowGrid(false);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setMinimumSectionSize(48);
    table->setWordWrap(false);
    return table;
}

} // namespace evenhand::ui
