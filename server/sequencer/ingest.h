// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/wire/wire.h"
#include "server/sequencer/eventcheck.h"
#include "server/store/store.h"

namespace evenhand::server {

/// Stores events that were checked, judges what only the database knows (duplicates, clashes, chain, case), signs receipts and lets the
/// projection follow. Runs inside a sequencer job; a business reason never refuses an event.
class Ingest {
public:
    Ingest(Store& store, const ServerKeys& keys, const UserRecord& user) : m_store(store), m_keys(keys), m_user(user) {}
    [[nodiscard]] base::Result<domain::wire::EventResult> store(CheckedEvent event);

private:
    [[nodiscard]] base::Result<std::optional<domain::wire::EventResult>> known(CheckedEvent& event, bool& clashes);
    [[nodiscard]] base::Result<> judgeChain(CheckedEvent& event);
    [[nodiscard]] base::Result<> judgeCase(CheckedEvent& event);
    [[nodiscard]] base::Result<> seal(EventRecord& record);

    Store& m_store;
    const ServerKeys& m_keys;
    const UserRecord& m_user;
};

} // namespace evenhand::server
