// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/base/clock.h"
#include "app/services/caseview.h"

namespace evenhand::ui {

/// How often this person was contacted, over all their cases: two numbers in words and a bar for each of the last thirty days. Says
/// nothing about what is allowed; it is what an agent should see before they add one more.
class PressureMeter : public QWidget {
    Q_OBJECT

public:
    PressureMeter(const services::PressureView& pressure, base::Instant now, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QString detail() const;
    void paintBars(QPainter& painter, const QRect& area) const;

    services::PressureView m_pressure;
    base::Instant m_now;
};

} // namespace evenhand::ui
