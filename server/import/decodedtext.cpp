// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/decodedtext.h"

namespace evenhand::server {

using base::Result;

namespace {
constexpr std::size_t kBlock = 128 * 1024;
}

DecodedText::DecodedText(ByteSource& source, TextEncoding encoding)
    : m_source(source), m_encoding(encoding), m_decoder(encoding), m_block(kBlock)
{
}

Result<bool> DecodedText::next(std::string& out)
{
    out.clear();
    while (out.empty() && !m_finished && !m_broken) {
        EVENHAND_ASSIGN(const auto got, m_source.read(m_block));
        m_finished = got == 0;
        m_broken = !m_decoder.decode({m_block.data(), got}, m_finished, out);
    }
    if (!out.empty())
        return true;
    if (m_broken)
        return base::fail(base::ErrorCode::Invalid, "bytes follow that are not " + std::string(toWord(m_encoding)) +
                                                        "; name the right encoding in the mapping as file: encoding:");
    return false;
}

} // namespace evenhand::server
