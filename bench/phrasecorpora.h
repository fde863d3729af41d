// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <QString>

namespace evenhand::bench {

/// Rows of a gzip-packed CSV file of the shared data, header first; empty when it is not there.
[[nodiscard]] std::vector<std::vector<std::string>> readCsv(const char* file);
[[nodiscard]] int columnOf(const char* file, const char* title);

/// What stands in `plain` where `disguised` differs, widened to whole Latin words.
[[nodiscard]] QString wordThatChanged(const QString& plain, const QString& disguised);

[[nodiscard]] std::vector<std::string> chinesePhrases();   ///< neutral ones, of OpenCC's dictionary
[[nodiscard]] QString chineseText();                       ///< a classical text
[[nodiscard]] std::vector<std::string> englishPhrases();   ///< pairs of words that stand together in complaints
[[nodiscard]] QString englishText();                       ///< complaints about debt collectors

/// `count` of the phrases, evenly spread; joins some when there are not enough.
[[nodiscard]] std::vector<std::string> some(const std::vector<std::string>& all, std::size_t count);

} // namespace evenhand::bench
