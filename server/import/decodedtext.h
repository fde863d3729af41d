// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "server/import/bytesource.h"
#include "server/import/textdecoder.h"

namespace evenhand::server {

/// The text of a source in UTF-8, piece by piece.
class DecodedText {
public:
    DecodedText(ByteSource& source, TextEncoding encoding);
    /// Replaces `out` by the next piece; false at the end. Invalid at bytes that the encoding does not have: the text before
    /// them has been handed out by an earlier call, so that a reader can name the row.
    [[nodiscard]] base::Result<bool> next(std::string& out);

private:
    ByteSource& m_source;
    TextEncoding m_encoding;
    TextDecoder m_decoder;
    std::vector<std::uint8_t> m_block;
    bool m_finished = false;
    bool m_broken = false;
};

} // namespace evenhand::server
