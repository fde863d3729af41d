// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <QWidget>

#include "app/guidance/outcomes.h"

class QGridLayout;

namespace evenhand::ui {

class ElidedButton;

/// The outcomes that make sense here, as buttons with their hot-keys Alt+1 … 9.
class OutcomeGrid : public QWidget {
    Q_OBJECT

public:
    explicit OutcomeGrid(QWidget* parent = nullptr);

    void offer(const std::vector<const guidance::Outcome*>& outcomes);
    void choose(const std::string& code);                    ///< "" for none
    void chooseByHotKey(int hotKey);
    void suggest(const std::string& code);                   ///< marks what the script suggests
    [[nodiscard]] const std::string& suggested() const { return m_suggested; }
    [[nodiscard]] const std::string& chosen() const { return m_chosen; }

Q_SIGNALS:
    void chosenChanged(const std::string& code);

private:
    struct Entry {
        std::string code;
        int hotKey;
        ElidedButton* button;
    };
    void writeLabels();

    QGridLayout* m_grid;
    std::vector<Entry> m_entries;
    std::vector<const guidance::Outcome*> m_offered;
    std::string m_chosen;
    std::string m_suggested;
};

} // namespace evenhand::ui
