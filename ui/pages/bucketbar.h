// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QWidget>

#include "app/services/queueservice.h"

namespace evenhand::ui {

/// The buckets of Today side by side: what they are, how many, how much, how many are done. One is chosen; none means working order.
class BucketBar : public QWidget {
    Q_OBJECT

public:
    explicit BucketBar(const base::Clock& clock, QWidget* parent = nullptr);

    void show(const services::TodayView& view);
    void choose(std::optional<services::BucketKind> kind);
    [[nodiscard]] std::optional<services::BucketKind> chosen() const { return m_chosen; }
    void rewrite();

Q_SIGNALS:
    void chosenChanged();

private:
    const base::Clock& m_clock;
    services::TodayView m_view;
    std::optional<services::BucketKind> m_chosen;
    std::vector<class BucketTile*> m_tiles;
};

} // namespace evenhand::ui
