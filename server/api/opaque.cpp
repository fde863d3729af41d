// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>

#include "app/base/log.h"
#include "server/api/api.h"
#include "server/sequencer/ingest.h"

namespace evenhand::server {

using base::Result;
using domain::wire::EventResult;
using domain::wire::Problem;

namespace {

std::string headerOf(const Request& request, const char* name)
{
    const auto found = request.headers.find(name);
    return found == request.headers.end() ? std::string() : found->second;
}

// The bytes are stored as they are: what they would mean is not even looked at, because looking is what failed.
tl::expected<CheckedEvent, Problem> opaqueEvent(const ApiContext& context, const DeviceRecord& device, const Request& request)
{
    const auto id = domain::EventId::tryFromString(headerOf(request, "evenhand-event-id"));
    const auto epoch = domain::EpochId::tryFromString(headerOf(request, "evenhand-epoch"));
    const auto hash = base::fromBase64Url(headerOf(request, "evenhand-event-hash"));
    const auto text = headerOf(request, "evenhand-seq");
    std::int64_t seq = 0;
    std::from_chars(text.data(), text.data() + text.size(), seq);
    if (!id || !epoch || !hash || hash->size() != 32 || seq < 1 || seq > (1LL << 53) || request.body.empty())
        return tl::unexpected(problem::malformed("Evenhand-Event-Id, -Epoch, -Seq and -Event-Hash and a body are needed"));
    CheckedEvent event{EventRecord{0, *id, device.id, *epoch, seq}, std::nullopt, std::nullopt};
    event.record.occurredAt = event.record.receivedAt = context.clock.now();
    event.record.header = request.body;
    std::ranges::copy(*hash, event.record.hash.begin());
    event.record.verdict = "quarantined";
    event.record.reason = "opaque";
    return event;
}

struct Parcel {
    CheckedEvent event;
    UserRecord user;
    std::optional<EventResult> result{};
};

Result<> storeParcel(Store& store, const ApiContext& context, Parcel& parcel)
{
    const auto& record = parcel.event.record;
    EVENHAND_ASSIGN(parcel.result, Ingest(store, context.keys, parcel.user).store(parcel.event));
    EVENHAND_ASSIGN(const bool full, isQuarantineFull(store, context, record.deviceId));
    if (full)
        return base::fail(base::ErrorCode::DiskFull, "quarantine of the device");   // undoes it
    return store.events().advanceEpoch(record.deviceId, record.epoch);
}

} // namespace

void pushOpaque(Store& store, const ApiContext& context, const Request& request, const Reply& reply)
{
    const auto caller = authenticate(store, context, request);
    if (!caller)
        return reply(problemResponse(caller.error()));
    auto event = opaqueEvent(context, caller->device, request);
    if (!event)
        return reply(problemResponse(event.error()));
    base::log::of(base::log::Area::Server).error("device {}: event {} came as opaque bytes", caller->device.id.toString(), event->record.eventId.toString());
    auto parcel = std::make_shared<Parcel>(Parcel{*std::move(event), caller->user});
    context.sequencer.submit(1, [&context, parcel](Store& writer) { return storeParcel(writer, context, *parcel); }, [parcel, reply](const Result<>& stored) {
        if (!stored)
            return reply(problemResponse(problem::fromStore(stored.error())));
        reply(okResponse(domain::wire::encode(*parcel->result)));
    });
}

} // namespace evenhand::server
