// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "app/base/bytes.h"
#include "server/import/textencoding.h"

namespace evenhand::server {

/// Turns bytes that arrive in pieces into UTF-8, strictly: nothing is replaced or skipped. A byte order mark is dropped.
class TextDecoder {
public:
    explicit TextDecoder(TextEncoding encoding);
    ~TextDecoder();
    TextDecoder(TextDecoder&&) noexcept;
    TextDecoder& operator=(TextDecoder&&) noexcept;

    /// Appends the text of `in` to `out`. False at a byte sequence that the encoding does not have (or, with `last`, one that
    /// is cut off); what came before it is in `out`. After false the decoder is not to be used again.
    [[nodiscard]] bool decode(base::ByteView in, bool last, std::string& out);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace evenhand::server
