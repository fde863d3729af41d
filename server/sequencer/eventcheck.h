// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "app/domain/eventpayloads.h"
#include "server/store/records.h"

namespace evenhand::server {

/// An event after everything that can be judged without the database. `record` has the verdict so far.
struct CheckedEvent {
    EventRecord record;
    std::optional<domain::EventHeader> header;       ///< absent: it could not be read
    std::optional<domain::EventPayload> payload;     ///< absent unless accepted so far
};

/// Bytes, signature, ids, type and payload of one event from `device`. Never refuses: what is wrong becomes verdict `quarantined` with the
/// reason of docs/sync.md. Pure and thread-safe; the costly part is one Ed25519 verification.
[[nodiscard]] CheckedEvent checkEvent(const domain::EventEnvelope& event, const DeviceRecord& device, const domain::DatasetId& dataset,
                                      base::Instant receivedAt);

} // namespace evenhand::server
