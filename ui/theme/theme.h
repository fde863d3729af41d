// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "ui/theme/colours.h"

class QApplication;

namespace evenhand::ui {

enum class ThemeChoice { Light, Dark, System };

/// Dresses the application: Fusion, our palette, our style sheet, 14 px text. UI thread.
class Theme : public QObject {
    Q_OBJECT

public:
    explicit Theme(QApplication& application, QObject* parent = nullptr);

    void choose(ThemeChoice choice);
    void setTextPercent(int percent);                       ///< 100 is 14 px; 80 … 200
    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    [[nodiscard]] ThemeKind kind() const { return m_kind; }

Q_SIGNALS:
    void changed();

private:
    void apply();

    QApplication& m_application;
    ThemeChoice m_choice = ThemeChoice::Light;
    ThemeKind m_kind = ThemeKind::Light;
    int m_percent = 100;
    bool m_systemIsDark = false;
};

/// resources/qss/evenhand.qss with its @tokens@ replaced and its text sizes multiplied.
[[nodiscard]] QString styleSheetFor(ThemeKind kind, int textPercent = 100);

} // namespace evenhand::ui
