// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QPixmap>
#include <QWidget>

#include "app/base/bytes.h"

namespace evenhand::ui {

/// Something on the time line: a moment, or a span.
struct WaveMark {
    std::int64_t fromMs = 0;
    std::int64_t toMs = 0;
    QString look;                                        ///< step, note, phrase, outcome, comment: a flag; gap, mute, damage: a shaded span
    QString text;
};

/// Levels of a recording over time: the agent above the line, the far end below it. Draws hours as fast as seconds: it keeps the levels in halves of
/// halves and looks at no more of them than there are pixels. Wheel scrolls, Ctrl+wheel zooms, click jumps, Shift+drag chooses a range.
class Waveform : public QWidget {
    Q_OBJECT

public:
    explicit Waveform(QWidget* parent = nullptr);
    /// Sides interleaved; they cover `durationMs` evenly.
    void setLevels(const base::Bytes& levels, int sides, std::int64_t durationMs);
    void setMarks(std::vector<WaveMark> marks);
    void setPosition(std::int64_t ms);
    void setRange(std::optional<std::pair<std::int64_t, std::int64_t>> range);
    void zoom(double factor, std::int64_t aroundMs);     ///< above 1: closer
    void clear() { setLevels({}, 2, 0); }

    [[nodiscard]] QSize sizeHint() const override { return {600, 120}; }
    [[nodiscard]] std::int64_t firstMs() const { return m_firstMs; }
    [[nodiscard]] std::int64_t shownMs() const { return m_shownMs; }

Q_SIGNALS:
    void seekRequested(std::int64_t ms);
    void rangeChosen(std::int64_t fromMs, std::int64_t toMs);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;

private:
    void scrollTo(std::int64_t firstMs);
    void drawStill();
    void drawSide(QPainter& painter, int side);
    void drawMarks(QPainter& painter);
    void drawTimes(QPainter& painter);
    [[nodiscard]] int loudest(int side, double fromStep, double toStep) const;
    [[nodiscard]] double xOf(std::int64_t ms) const;
    [[nodiscard]] std::int64_t msAt(double x) const;

    int m_sides = 2;
    std::int64_t m_durationMs = 0;
    std::vector<std::vector<std::uint8_t>> m_halves[2];  ///< per side: the levels, then each the louder of two of the one before
    std::vector<WaveMark> m_marks;
    std::int64_t m_positionMs = 0;
    std::optional<std::pair<std::int64_t, std::int64_t>> m_range;
    std::int64_t m_firstMs = 0;
    std::int64_t m_shownMs = 0;
    std::int64_t m_dragFromMs = -1;
    QPixmap m_still;                                     ///< everything but the position
    bool m_isStale = true;
};

} // namespace evenhand::ui
