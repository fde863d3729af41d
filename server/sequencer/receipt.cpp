// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/sequencer/receipt.h"

namespace evenhand::server {

std::string receiptStatement(const EventRecord& record, const domain::DatasetId& dataset, const std::string& keyId)
{
    std::string text;
    text.reserve(480);
    const auto member = [&text](std::string_view name, const std::string& value) { (((text += name) += "\"") += value) += "\""; };
    member(R"({"dataset_id":)", dataset.toString());
    member(R"(,"event_id":)", record.eventId.toString());
    member(R"(,"hash":)", base::toBase64Url(record.hash));
    (text += R"(,"key_id":)") += base::canonical(base::Json(keyId));
    text += R"(,"kind":"receipt","leaf_index":null,"log_id":null)";
    if (record.reason)
        member(R"(,"reason":)", *record.reason);
    else
        text += R"(,"reason":null)";
    member(R"(,"received_at":)", record.receivedAt.toRfc3339Utc());
    (text += R"(,"server_seq":)") += std::to_string(record.serverSeq);
    member(R"(,"v":1,"verdict":)", record.verdict);
    text += "}";
    return text;
}

void signReceipt(EventRecord& record, const ServerKeys& keys, const domain::DatasetId& dataset)
{
    record.receipt = keys.signBytes("receipt", receiptStatement(record, dataset, keys.keyId()));
}

} // namespace evenhand::server
