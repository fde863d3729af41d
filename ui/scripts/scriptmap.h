// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include <QWidget>

#include "app/guidance/script.h"

namespace evenhand::ui {

/// A script drawn as a map: steps in rows by their distance from the start, objections apart, arrows for every way on. Read-only; a click
/// or the arrow keys choose a step.
class ScriptMap : public QWidget {
    Q_OBJECT

public:
    explicit ScriptMap(QWidget* parent = nullptr);

    void show(const guidance::Script& script);
    void choose(const std::string& step);
    [[nodiscard]] QSize sizeHint() const override { return m_size; }

Q_SIGNALS:
    void stepChosen(const std::string& step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Box {
        const guidance::Step* step;
        QRect place;
    };
    void layOutSteps();
    void drawWays(QPainter& painter) const;
    void drawBox(QPainter& painter, const Box& box) const;

    guidance::Script m_script;
    std::vector<Box> m_boxes;
    std::map<std::string, QRect> m_places;
    std::string m_chosen;
    QSize m_size{400, 300};
};

} // namespace evenhand::ui
