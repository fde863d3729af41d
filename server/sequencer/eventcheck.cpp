// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/sequencer/eventcheck.h"

namespace evenhand::server {

using base::ErrorCode;

namespace {

constexpr std::int64_t kSkewMs = 5 * 60 * 1000;

const char* envelopeProblem(const domain::EventEnvelope& event, const domain::EventHeader& header, const DeviceRecord& device,
                            const domain::DatasetId& dataset)
{
    if (header.eventId != event.eventId || header.seq != event.seq || header.epoch != event.epoch)
        return "envelope_mismatch";
    if (header.datasetId != dataset)
        return "dataset_mismatch";
    if (header.deviceId != device.id || header.actorId != device.userId)
        return "device_mismatch";
    if (!domain::verifyEventSignature(device.publicKey, event.hash, event.signature))
        return "bad_signature";
    if (!event.payload || !event.salt || domain::payloadCommitment(*event.salt, *event.payload) != header.payloadCommit)
        return "payload_mismatch";
    return nullptr;
}

bool isKnownType(const std::string& type)
{
    using namespace domain::eventtype;
    for (const char* known : {kCall, kNote, kPromise, kReminder, kReveal, kFlag, kContactPointChange, kPlanRequest, kDecision, kEpochStarted, kDraftRecovered}) {
        if (type == known)
            return true;
    }
    return false;
}

const char* payloadProblem(CheckedEvent& checked)
{
    if (!isKnownType(checked.header->type))
        return "unknown_type";
    auto payload = domain::decodePayload(checked.header->type, checked.header->typeVersion, *checked.record.payload);
    if (!payload)
        return payload.error().code == ErrorCode::Protocol ? "unknown_version" : "payload_invalid";
    if (checked.record.payload->size() > domain::kPayloadLimit)
        return "payload_invalid";
    checked.payload = *std::move(payload);
    return nullptr;
}

void quarantine(CheckedEvent& checked, const char* reason)
{
    checked.record.verdict = "quarantined";
    checked.record.reason = reason;
}

} // namespace

CheckedEvent checkEvent(const domain::EventEnvelope& event, const DeviceRecord& device, const domain::DatasetId& dataset, base::Instant receivedAt)
{
    CheckedEvent checked{EventRecord{0, event.eventId, device.id, event.epoch, event.seq, {}, {}, {}, {}, {}, {}}, std::nullopt, std::nullopt};
    auto& record = checked.record;
    record.receivedAt = receivedAt;
    record.occurredAt = receivedAt;
    record.header = event.header;
    record.hash = event.hash;
    record.signature = event.signature;
    record.payload = event.payload;
    record.salt = event.salt;
    record.verdict = "accepted";
    auto header = domain::decodeHeader(event.header);
    if (!header) {
        quarantine(checked, "malformed_header");
        return checked;
    }
    checked.header = *std::move(header);
    record.type = checked.header->type;
    record.caseId = checked.header->caseId;
    record.actorId = checked.header->actorId;
    record.occurredAt = checked.header->occurredAt;
    if (record.occurredAt.milliseconds() > receivedAt.milliseconds() + kSkewMs)
        record.flags.emplace_back("clock_skew");
    const char* problem = envelopeProblem(event, *checked.header, device, dataset);
    if (!problem)
        problem = payloadProblem(checked);
    if (problem)
        quarantine(checked, problem);
    return checked;
}

} // namespace evenhand::server
