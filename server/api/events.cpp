// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "app/base/log.h"
#include "server/api/api.h"
#include "server/sequencer/ingest.h"

namespace evenhand::server {

using base::Result;
using domain::wire::EventsRequest;
using domain::wire::EventsResponse;
using domain::wire::Problem;

namespace {

/// A batch on its way through the sequencer.
struct Batch {
    std::vector<CheckedEvent> events;
    Caller caller;
    EventsResponse response;
};

std::optional<Problem> batchProblem(const ApiContext& context, const EventsRequest& message)
{
    if (message.events.empty())
        return problem::malformed("/events: at least one event is expected");
    if (message.events.size() > static_cast<std::size_t>(context.limits.batchEvents))
        return problem::tooLarge("At most " + std::to_string(context.limits.batchEvents) + " events go into one batch.");
    for (std::size_t i = 1; i < message.events.size(); ++i) {
        if (message.events[i].seq <= message.events[i - 1].seq)
            return problem::malformed("/events/" + std::to_string(i) + "/seq: must ascend");
    }
    return std::nullopt;
}

Result<> storeBatch(Store& store, const ApiContext& context, Batch& batch)
{
    Ingest ingest(store, context.keys, batch.caller.user, context.signer.get());
    EVENHAND_ASSIGN(batch.response.results, ingest.store(std::move(batch.events)));
    if (std::ranges::any_of(batch.response.results, [](const auto& result) { return result.verdict == "quarantined"; })) {
        EVENHAND_ASSIGN(const bool full, isQuarantineFull(store, context, batch.caller.device.id));
        if (full)
            return base::fail(base::ErrorCode::DiskFull, "quarantine of the device");   // undoes the batch
    }
    EVENHAND_ASSIGN(auto progress, store.events().advance(batch.caller.device.id, batch.response.epoch));
    batch.response.ackedUpto = progress.epoch.ackedUpto;
    batch.response.missing = std::move(progress.missing);
    return {};
}

} // namespace

Result<bool> isQuarantineFull(Store& store, const ApiContext& context, const domain::DeviceId& device)
{
    EVENHAND_ASSIGN(const auto used, store.events().quarantinedBytes(device, context.clock.now().plusSeconds(-86400)));
    if (used <= context.quarantineBytesPerDay)
        return false;
    base::log::of(base::log::Area::Server).error("device {}: more than {} bytes under quarantine within a day", device.toString(), context.quarantineBytesPerDay);
    return true;
}

void pushEvents(Store& store, const ApiContext& context, const Request& request, const Reply& reply)
{
    const auto caller = authenticate(store, context, request);
    if (!caller)
        return reply(problemResponse(caller.error()));
    const auto json = parseBody(request);
    const auto message = json ? domain::wire::decodeEventsRequest(*json) : Result<EventsRequest>(base::fail(json.error()));
    if (!message)
        return reply(problemResponse(problem::malformed(message.error().detail)));
    if (const auto refused = batchProblem(context, *message))
        return reply(problemResponse(*refused));

    auto batch = std::make_shared<Batch>(Batch{{}, *caller, {message->epoch, 0, {}, {}}});
    const auto now = context.clock.now();
    for (const auto& event : message->events)
        batch->events.push_back(checkEvent(event, caller->device, context.dataset, now));
    const auto weight = batch->events.size();
    context.sequencer.submit(weight, [&context, batch](Store& writer) { return storeBatch(writer, context, *batch); }, [batch, reply](const Result<>& stored) {
        reply(stored ? okResponse(domain::wire::encode(batch->response)) : problemResponse(problem::fromStore(stored.error())));
    });
}

} // namespace evenhand::server
