// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace evenhand::guidance {

/// The code points of UTF-8 text. Bytes that are not UTF-8 become U+FFFD, one each.
[[nodiscard]] std::vector<char32_t> codePoints(std::string_view text);
void appendUtf8(std::string& text, char32_t codePoint);

/// A character that is a word by itself: Chinese ideographs and the like.
[[nodiscard]] bool isIdeograph(char32_t codePoint);

/// How much of a text there is to say.
struct Spoken {
    std::size_t ideographs = 0;
    std::size_t words = 0;                  ///< runs of letters and digits of other scripts
};

[[nodiscard]] Spoken countSpoken(std::string_view text);

} // namespace evenhand::guidance
