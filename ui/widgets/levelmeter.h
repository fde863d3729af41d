// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace evenhand::ui {

/// A bar that shows how loud a side is: green, amber near full scale, red at it. Falls slowly, so that the eye can follow.
class LevelMeter : public QWidget {
    Q_OBJECT

public:
    explicit LevelMeter(QWidget* parent = nullptr);
    void setLevel(int level);                            ///< 0 … 255, decibels from −96
    [[nodiscard]] QSize sizeHint() const override { return {88, 10}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_shown = 0;
};

} // namespace evenhand::ui
