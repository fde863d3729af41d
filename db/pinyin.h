// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace evenhand::db {

/// Readings of single Chinese characters as people type them: lower-case pinyin without tones, ü as v (and as u, which many
/// type). Characters with several readings, above all in surnames (单 shan, 仇 qiu, 曾 zeng …), come from a small table of our
/// own; the rest from ICU. One thread at a time.
class Pinyin {
public:
    Pinyin();
    ~Pinyin();
    Pinyin(const Pinyin&) = delete;
    Pinyin& operator=(const Pinyin&) = delete;

    /// Likeliest first; empty for anything that is not a Chinese character.
    [[nodiscard]] const std::vector<std::string>& readings(char32_t character);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// True for characters that Pinyin knows readings of.
[[nodiscard]] bool isHan(char32_t character);

} // namespace evenhand::db
