// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "app/base/result.h"

namespace evenhand::server {

/// Where the bytes of an import come from. One reader at a time.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Fills the front of `out`; 0 at the end. Storage on a read error, Invalid for a damaged .gz.
    [[nodiscard]] virtual base::Result<std::size_t> read(std::span<std::uint8_t> out) = 0;
    [[nodiscard]] virtual base::Result<> rewind() = 0;
};

/// A file; one that is packed with gzip is unpacked on the way, whatever its name. NotFound when it cannot be opened.
[[nodiscard]] base::Result<std::unique_ptr<ByteSource>> openByteSource(const std::string& path);

/// Bytes in memory, for tests and pasted tables.
[[nodiscard]] std::unique_ptr<ByteSource> byteSourceOf(std::string bytes);

} // namespace evenhand::server
