// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <unordered_map>
#include <vector>

#include <QAbstractTableModel>

namespace evenhand::ui {

/// Roles every table model of ours answers besides Qt's own.
enum TableRole {
    SortRole = Qt::UserRole + 1,   ///< the raw value to sort on
    IdRole,                        ///< id of the row as text
    LightRole,                     ///< icon name and look of a contact light ("allow" … or "")
    SecondLineRole,                ///< the muted second line of a cell
    BadgeRole                      ///< a short word shown as a chip behind the text
};

/// Rows as plain values. New contents are applied row by row (remove, move, insert, update), so that selection and scroll
/// position stay where they are. `Row` needs operator== only if `same` is not overridden; see `keyOf`.
template <class Row>
class TableModel : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    [[nodiscard]] const Row* rowAt(const QModelIndex& index) const
    {
        return index.isValid() && index.row() < int(m_rows.size()) ? &m_rows[std::size_t(index.row())] : nullptr;
    }
    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }

    [[nodiscard]] int rowOf(const QString& key) const
    {
        for (std::size_t at = 0; at < m_rows.size(); ++at)
            if (keyOf(m_rows[at]) == key)
                return int(at);
        return -1;
    }

    void apply(std::vector<Row> next)
    {
        removeMissing(next);
        for (std::size_t at = 0; at < next.size(); ++at) {
            const int old = findFrom(at, keyOf(next[at]));
            if (old < 0) {
                beginInsertRows({}, int(at), int(at));
                m_rows.insert(m_rows.begin() + std::ptrdiff_t(at), std::move(next[at]));
                endInsertRows();
                continue;
            }
            if (old != int(at)) {
                beginMoveRows({}, old, old, {}, int(at));
                std::rotate(m_rows.begin() + std::ptrdiff_t(at), m_rows.begin() + old, m_rows.begin() + old + 1);
                endMoveRows();
            }
            m_rows[at] = std::move(next[at]);
        }
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, columnCount() - 1));
    }

    void append(std::vector<Row> more)
    {
        if (more.empty())
            return;
        beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + more.size()) - 1);
        for (Row& row : more)
            m_rows.push_back(std::move(row));
        endInsertRows();
    }

    /// After a change of language or theme.
    void refreshTexts()
    {
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, columnCount() - 1));
    }

protected:
    [[nodiscard]] virtual QString keyOf(const Row& row) const = 0;

private:
    void removeMissing(const std::vector<Row>& next)
    {
        std::unordered_map<QString, bool> wanted;
        for (const Row& row : next)
            wanted.emplace(keyOf(row), true);
        for (std::size_t at = m_rows.size(); at-- > 0;)
            if (wanted.find(keyOf(m_rows[at])) == wanted.end()) {
                beginRemoveRows({}, int(at), int(at));
                m_rows.erase(m_rows.begin() + std::ptrdiff_t(at));
                endRemoveRows();
            }
    }
    [[nodiscard]] int findFrom(std::size_t from, const QString& key) const
    {
        for (std::size_t at = from; at < m_rows.size(); ++at)
            if (keyOf(m_rows[at]) == key)
                return int(at);
        return -1;
    }

    std::vector<Row> m_rows;
};

} // namespace evenhand::ui
