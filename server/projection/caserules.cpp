// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/projection/caserules.h"

#include <algorithm>

namespace evenhand::server {

bool isOutsideRules(const domain::CallPayload& call)
{
    if (call.direction == domain::Direction::Inbound || !call.gate.is_object())
        return false;
    const auto decision = call.gate.find("decision");
    return decision != call.gate.end() && decision->is_string() && (*decision == "block" || *decision == "hold");
}

// Inside a string the quotes would be escaped: this text can only be a member and the beginning of its value.
bool mayHaveNextAction(std::string_view caseBody) { return caseBody.find(R"("next_action_at":")") != std::string_view::npos; }

std::string echoBody(const EventRecord& event)
{
    std::string text;
    text.reserve(512 + event.header.size() * 4 / 3 + (event.payload ? event.payload->size() * 4 / 3 : 0));
    const auto quoted = [&text](const std::string& value) { ((text += '"') += value) += '"'; };
    text += R"({"event_id":)";
    quoted(event.eventId.toString());
    text += R"(,"flags":[)";
    for (const auto& flag : event.flags) {   // flags and verdict are words of ours: nothing in them needs an escape
        if (text.back() != '[')
            text += ',';
        quoted(flag);
    }
    text += R"(],"header":)";
    quoted(base::toBase64Url(base::asBytes(event.header)));
    text += R"(,"payload":)";
    event.payload ? quoted(base::toBase64Url(base::asBytes(*event.payload))) : void(text += "null");
    text += R"(,"received_at":)";
    quoted(event.receivedAt.toRfc3339Utc());
    text += R"(,"salt":)";
    event.salt ? quoted(base::toBase64Url(*event.salt)) : void(text += "null");
    (text += R"(,"server_seq":)") += std::to_string(event.serverSeq);
    text += R"(,"sig":)";
    quoted(base::toBase64Url(event.signature));
    text += R"(,"verdict":)";
    quoted(event.verdict);
    text += '}';
    return text;
}

bool fulfilsNextAction(const domain::CaseRow& row, const domain::CallPayload& call)
{
    return row.nextActionAt && call.startedAt >= *row.nextActionAt;
}

void applyFlag(std::vector<domain::Flag>& flags, const domain::FlagPayload& change, base::Instant at)
{
    const auto matches = [&](const domain::Flag& flag) {
        return flag.kind == change.kind && !flag.clearedAt && flag.partyId == change.partyId && flag.channel == change.channel;
    };
    if (!change.set) {
        for (auto& flag : flags) {
            if (matches(flag))
                flag.clearedAt = at;
        }
        return;
    }
    if (std::ranges::none_of(flags, matches))
        flags.push_back({change.kind, at, std::nullopt, change.partyId, {}, change.channel});
}

std::optional<domain::ContactPointRow> changedContactPoint(const std::optional<domain::ContactPointRow>& before,
                                                           const domain::ContactPointChangePayload& change, const domain::CaseId& caseId)
{
    if (!before) {
        if (!change.added || !change.value)
            return std::nullopt;
        return domain::ContactPointRow{change.contactPointId, caseId,        change.partyId,
                                       change.kind,           *change.value, change.source,
                                       change.status.value_or(domain::ContactStatus::Active), std::nullopt, std::string()};
    }
    auto after = *before;
    if (change.value) {
        after.value = *change.value;
        after.source = change.source;   // who told us belongs to the value, not to its status
    }
    if (change.status)
        after.status = *change.status;
    return after;
}

} // namespace evenhand::server
