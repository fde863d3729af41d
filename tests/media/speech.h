// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <QString>

/// Sound for the recording tests, and measures of what became of it. Everything is mono at 16 kHz.
namespace evenhand::test {

using Samples = std::vector<std::int16_t>;

/// Speech by espeak-ng of at least `seconds`; "" when the program is missing. Made once per voice and process.
[[nodiscard]] Samples speech(const QString& voice, const QString& sentence, double seconds);
/// Like speech in its pauses and its band, without a program: bursts of filtered noise.
[[nodiscard]] Samples babble(unsigned seed, double seconds);
void writeWav(const QString& path, std::span<const std::int16_t> samples);
[[nodiscard]] Samples readWav(const QString& path);

/// One side of interleaved samples.
[[nodiscard]] Samples sideOf(std::span<const std::int16_t> interleaved, int sides, int side);
[[nodiscard]] double levelDb(std::span<const std::int16_t> samples);                 ///< root mean square, dBFS

struct Match {
    int offset = 0;                                   ///< samples by which `heard` is late
    double likeness = 0;                              ///< correlation of the loudness curves, −1 … 1
};
/// Where `source` is found in `heard`, by its loudness over time: a speech coder keeps that, not the waveform. Within ±`reach` samples.
[[nodiscard]] Match findIn(std::span<const std::int16_t> source, std::span<const std::int16_t> heard, int reach);
/// Pieces of `source` that are loud and of which `heard` (aligned by `offset`) has nothing for longer than 20 ms. Milliseconds.
[[nodiscard]] int longestDropoutMs(std::span<const std::int16_t> source, std::span<const std::int16_t> heard, int offset);

} // namespace evenhand::test
