// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "server/store/records.h"
#include "server/store/serverkeys.h"

namespace evenhand::server {

/// The bytes of a receipt: canonical JSON, written directly because one is made for every event. Needs everything of the record but the
/// receipt itself. `reason` and `verdict` are words of docs/sync.md.
[[nodiscard]] std::string receiptStatement(const EventRecord& record, const domain::DatasetId& dataset, const std::string& keyId);

/// Completes the record. Pure; thread-safe.
void signReceipt(EventRecord& record, const ServerKeys& keys, const domain::DatasetId& dataset);

} // namespace evenhand::server
