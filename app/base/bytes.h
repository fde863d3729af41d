// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace evenhand::base {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// The bytes of a text, without a copy; valid as long as the text.
[[nodiscard]] ByteView asBytes(std::string_view text);
[[nodiscard]] std::string_view asText(ByteView bytes);

[[nodiscard]] std::string toHex(ByteView bytes);                                  ///< lower case
[[nodiscard]] std::optional<Bytes> fromHex(std::string_view hex);
[[nodiscard]] std::string toBase64Url(ByteView bytes);                            ///< no padding (wire format)
[[nodiscard]] std::optional<Bytes> fromBase64Url(std::string_view text);          ///< rejects padding and whitespace
[[nodiscard]] std::string toBase64(ByteView bytes);                               ///< padded (Content-Digest)
[[nodiscard]] std::optional<Bytes> fromBase64(std::string_view text);

} // namespace evenhand::base
