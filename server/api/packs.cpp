// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "server/api/api.h"
#include "server/store/packshelf.h"

namespace evenhand::server {

using base::Json;
using base::Result;

namespace {

/// All that was published, and one bundle the workstation has not got; it asks again until none is missing.
Result<Json> packsMissing(Store& store, const std::vector<std::string>& have)
{
    const PackShelf shelf(store.connection());
    EVENHAND_ASSIGN(const auto notices, shelf.list());
    auto list = Json::array();
    const PackNotice* wanted = nullptr;
    std::int64_t missing = 0;
    for (const auto& notice : notices) {
        list.push_back(toJson(notice));
        if (std::find(have.begin(), have.end(), notice.hash) != have.end())
            continue;
        ++missing;
        wanted = wanted == nullptr ? &notice : wanted;
    }
    Json body{{"packs", std::move(list)}, {"missing", missing}, {"bundle", nullptr}};
    if (wanted != nullptr) {
        EVENHAND_ASSIGN(const auto bundle, shelf.bundle(wanted->hash));
        if (!bundle)
            return base::fail(base::ErrorCode::Damaged, "a published rule pack has no bundle");
        body["bundle"] = *bundle;
    }
    return body;
}

} // namespace

void packs(Store& store, const ApiContext& context, const Request& request, const Reply& reply)
{
    const auto caller = authenticate(store, context, request);
    if (!caller)
        return reply(problemResponse(caller.error()));
    const auto json = parseBody(request);
    if (!json)
        return reply(problemResponse(problem::malformed(json.error().detail)));
    base::JsonReader in(*json, "");
    const auto have = in.texts("have");
    if (!in.ok())
        return reply(problemResponse(problem::malformed(in.error().detail)));
    const auto body = packsMissing(store, have);
    reply(body ? okResponse(*body) : problemResponse(problem::fromStore(body.error())));
}

} // namespace evenhand::server
