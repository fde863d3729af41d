// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/databaseurl.h"

#include <cstdlib>

namespace evenhand::server {

using base::ErrorCode;
using base::fail;
using base::Result;

Result<DatabaseUrl> DatabaseUrl::parse(const std::string& url)
{
    constexpr std::string_view kSqlite = "sqlite://";
    if (url.starts_with(kSqlite) && url.size() > kSqlite.size() + 1 && url[kSqlite.size()] == '/')
        return DatabaseUrl{Driver::Sqlite, url.substr(kSqlite.size())};
    if (url.starts_with("postgresql://") || url.starts_with("postgres://"))
        return DatabaseUrl{Driver::PostgreSql, url};
    return fail(ErrorCode::Invalid, "database address \"" + url + "\" is not known; write sqlite:///path/to/file.db or postgresql://…");
}

std::string DatabaseUrl::keysPath(const domain::DatasetId& dataset) const
{
    const auto environment = [](const char* name) { return std::string(std::getenv(name) ? std::getenv(name) : ""); };
    if (const auto named = environment("EVENHAND_KEYS"); !named.empty())
        return named;
    if (driver == Driver::Sqlite)
        return target + ".keys";
    auto state = environment("XDG_STATE_HOME");
    if (state.empty())
        state = environment("HOME") + "/.local/state";
    return state + "/evenhand/server-" + dataset.toString() + ".keys";
}

std::string DatabaseUrl::nameForPeople() const
{
    if (driver == Driver::Sqlite)
        return target;
    const auto at = target.rfind('@');   // what stands before it is user and password
    const auto begin = at == std::string::npos ? target.find("://") + 3 : at + 1;
    return "postgresql://" + target.substr(begin, target.find('?', begin) - begin);
}

} // namespace evenhand::server
