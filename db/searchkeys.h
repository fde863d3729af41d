// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/pinyin.h"

namespace evenhand::db {

/// Width, case and compatibility forms folded away (NFKC, case folding): "１３８" → "138", "ＺＨＳ" → "zhs".
[[nodiscard]] std::string foldForSearch(std::string_view text);

/// Every key under which a person can be found. A query word finds the keys that begin with it, so each key is the rest of a
/// name from some character on:
///  - the characters: 张三 → 张三, 三
///  - the pinyin, each syllable but the last either whole, as its initial letter or as zh/ch/sh: zhangsan, zhsan, zsan, san.
///    So zhs, zs, zhangs, zsan and san find 张三; all readings of 单, 仇 … are there.
///  - of names in letters each word and the initials: "john smith" → johnsmith, smith, js
[[nodiscard]] std::vector<std::string> nameKeys(std::string_view name, Pinyin& pinyin);

/// Keys of a telephone, case or account number: its letters and digits, from the start, from each group on, and from each
/// digit on while at least three remain: any fragment of three digits or more finds it.
[[nodiscard]] std::vector<std::string> numberKeys(std::string_view number);

/// Folded, letters and digits only: "+86 138-0000" → "861380000".
[[nodiscard]] std::string plainNumber(std::string_view number);

/// The words of what somebody typed, folded; "138-1234" and "CN-2026-07" are one word each, without the separators.
[[nodiscard]] std::vector<std::string> searchWords(std::string_view text);

} // namespace evenhand::db
