// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

#include "app/base/clock.h"
#include "app/services/caseview.h"

class QToolButton;

namespace evenhand::ui {

/// One number or address: its light, what is known about it, why and until when it may not be used, how often it was tried.
class ContactPointRow : public QAbstractButton {
    Q_OBJECT

public:
    ContactPointRow(const services::ContactPointView& point, base::Instant now, QWidget* parent = nullptr);

    [[nodiscard]] const services::ContactPointView& point() const { return m_point; }
    void showClear(const QString& value);            ///< for half a minute, then masked again
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] int heightForWidth(int width) const override;

Q_SIGNALS:
    void revealRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] QString valueText() const;
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] QString attemptText() const;
    [[nodiscard]] QStringList reasonLines(int width) const;

    services::ContactPointView m_point;
    base::Instant m_now;
    QString m_clear;
    QToolButton* m_reveal;
};

} // namespace evenhand::ui
