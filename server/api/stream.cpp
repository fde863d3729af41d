// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <charconv>

#include "server/api/api.h"

namespace evenhand::server {

// Who may be parked, and whether there is something to tell at once. The waiting itself is the connection's.
void stream(Store& store, const ApiContext& context, const Request& request, const Reply& reply)
{
    const auto caller = authenticateReader(store, context, request);
    if (!caller)
        return reply(problemResponse(caller.error()));
    if (!context.pokes)
        return reply(problemResponse(problem::notFound()));
    constexpr std::string_view kAfter = "after=";
    std::int64_t after = -1;
    if (request.query.starts_with(kAfter))
        std::from_chars(request.query.data() + kAfter.size(), request.query.data() + request.query.size(), after);
    if (after < 0)
        return reply(problemResponse(problem::malformed("after=NUMBER is needed: the upto of the last complete pull")));
    const auto accept = request.headers.find("accept");
    Response response;
    response.status = 200;
    response.parked = ParkedStream{caller->user.id, after, accept != request.headers.end() && accept->second.find("text/event-stream") != std::string::npos};
    std::array<std::uint8_t, 16> lastCase{};
    lastCase.fill(0xff);
    const auto last = store.lastSeq();
    const auto entries = last ? store.viewLog().entriesAfter(caller->user.id, {after, base::Uuid(lastCase), -1}, *last, 1)
                              : base::Result<std::vector<FeedEntry>>(base::fail(last.error()));
    if (!entries)
        return reply(problemResponse(problem::fromStore(entries.error())));
    if (!entries->empty())
        response.parked->newest = *last;
    reply(std::move(response));
}

} // namespace evenhand::server
