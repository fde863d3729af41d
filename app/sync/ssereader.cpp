// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sync/ssereader.h"

#include <algorithm>

namespace evenhand::sync {

namespace {
constexpr std::size_t kLongestEvent = 64 * 1024;
}

void SseReader::add(std::string_view bytes, const Use& use)
{
    m_rest += bytes;
    std::size_t from = 0;
    for (std::size_t at = 0; at < m_rest.size(); ++at) {
        if (m_rest[at] != '\n' && m_rest[at] != '\r')
            continue;
        if (m_rest[at] == '\r' && at + 1 == m_rest.size())
            break;   // perhaps the first half of CR LF
        line(std::string_view(m_rest).substr(from, at - from), use);
        if (m_rest[at] == '\r' && m_rest[at + 1] == '\n')
            ++at;
        from = at + 1;
    }
    m_rest.erase(0, from);
    if (m_rest.size() > kLongestEvent) {
        m_rest.clear();
        m_isTooLong = true;
    }
}

void SseReader::line(std::string_view text, const Use& use)
{
    if (text.empty()) {
        if (m_hasData && !m_isTooLong)
            use(m_event.empty() ? "message" : m_event, m_data);
        m_event.clear();
        m_data.clear();
        m_hasData = m_isTooLong = false;
        return;
    }
    const auto colon = std::min(text.find(':'), text.size());
    const auto name = text.substr(0, colon);
    auto value = text.substr(std::min(colon + 1, text.size()));
    if (value.starts_with(' '))
        value.remove_prefix(1);
    if (name == "event") {
        m_event = value;
    } else if (name == "data") {
        m_data += (m_hasData ? "\n" : "") + std::string(value);
        m_hasData = true;
        m_isTooLong = m_isTooLong || m_data.size() > kLongestEvent;
    }
}

} // namespace evenhand::sync
