// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/keylist.h"

namespace evenhand::server {

std::string withKeys(std::string_view sql, std::size_t size)
{
    constexpr std::string_view kList = "(:keys)";
    const auto at = std::min(sql.find(kList), sql.size());
    std::string text(sql.substr(0, at));
    for (std::size_t i = 0; i < size; ++i)
        text += (i == 0 ? "(:k" : ",:k") + std::to_string(i);
    text += ")";
    text += sql.substr(std::min(at + kList.size(), sql.size()));
    return text;
}

} // namespace evenhand::server
