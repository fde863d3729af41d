// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "app/base/result.h"
#include "server/import/bytesource.h"

namespace evenhand::server {

/// How lenders write their text files. Words: utf-8, gb18030, utf-16le, utf-16be, big5, windows-1252.
enum class TextEncoding { Utf8, Gb18030, Utf16Le, Utf16Be, Big5, Windows1252 };

inline constexpr std::string_view kKnownEncodings = "auto, utf-8, gb18030 (also gbk, gb2312), utf-16le, utf-16be, big5, windows-1252";

[[nodiscard]] std::string_view toWord(TextEncoding encoding);
[[nodiscard]] std::optional<TextEncoding> textEncodingFromWord(std::string_view word);

/// Finds out how a file is encoded, by reading all of it: byte order mark, then strict UTF-8, then strict GB18030. GB18030 is
/// taken only if the text uses no private-use characters, because files in single-byte encodings often decode to those.
/// Big5 and windows-1252 cannot be told apart safely and must be named by the mapping. Rewinds the source before and after.
/// Invalid, with the place of the first byte that fits nothing, when no encoding fits.
[[nodiscard]] base::Result<TextEncoding> detectEncoding(ByteSource& source);

} // namespace evenhand::server
