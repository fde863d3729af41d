// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace evenhand::sync {

/// Takes an event stream apart (WHATWG HTML, "server-sent events") as its bytes come, whatever the pieces. Pure. Data is joined with
/// newlines; comments, ids and retry times are ignored. An event of more than 64 KiB is dropped.
class SseReader {
public:
    using Use = std::function<void(const std::string& event, const std::string& data)>;
    /// Calls `use` for each event that became complete. `use` must not end the reader.
    void add(std::string_view bytes, const Use& use);

private:
    void line(std::string_view text, const Use& use);
    std::string m_rest;
    std::string m_event;
    std::string m_data;
    bool m_hasData = false;
    bool m_isTooLong = false;
};

} // namespace evenhand::sync
