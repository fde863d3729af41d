// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/namedparameters.h"

#include <algorithm>

namespace evenhand::server {

namespace {

bool isNameCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// Where the piece that begins at `at` and must not be touched ends; `at` itself when there is none.
std::size_t endOfVerbatim(std::string_view sql, std::size_t at)
{
    const auto after = [&](std::string_view closing, std::size_t from) {
        const auto end = sql.find(closing, from);
        return end == std::string_view::npos ? sql.size() : end + closing.size();
    };
    if (sql[at] == '\'' || sql[at] == '"')
        return after(sql.substr(at, 1), at + 1);   // a doubled quote simply begins the next piece
    if (sql.substr(at).starts_with("--"))
        return after("\n", at);
    if (sql.substr(at).starts_with("/*"))
        return after("*/", at + 2);
    if (sql.substr(at).starts_with("::"))
        return at + 2;
    return at;
}

std::size_t numberOf(std::vector<std::string>& names, std::string_view name)
{
    const auto known = std::ranges::find(names, name);
    if (known != names.end())
        return static_cast<std::size_t>(known - names.begin()) + 1;
    names.emplace_back(name);
    return names.size();
}

} // namespace

NumberedQuery numberParameters(std::string_view sql)
{
    NumberedQuery query;
    for (std::size_t at = 0; at < sql.size();) {
        if (const auto end = endOfVerbatim(sql, at); end != at) {
            query.text += sql.substr(at, end - at);
            at = end;
            continue;
        }
        auto end = at + 1;
        if (sql[at] == ':') {
            while (end < sql.size() && isNameCharacter(sql[end]))
                ++end;
        }
        if (end - at > 1)
            query.text += "$" + std::to_string(numberOf(query.names, sql.substr(at, end - at)));
        else
            query.text += sql[at];
        at = end;
    }
    return query;
}

} // namespace evenhand::server
