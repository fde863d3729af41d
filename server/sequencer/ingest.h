// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <unordered_map>
#include <unordered_set>

#include "app/domain/wire/wire.h"
#include "server/sequencer/eventcheck.h"
#include "server/sequencer/receiptsigner.h"
#include "server/store/store.h"

namespace evenhand::server {

/// Stores a batch of events that were checked, judges what only the database knows (duplicates, clashes, chain, case), signs receipts and
/// lets the projection follow. Runs inside a sequencer job; a business reason never refuses an event. One object per batch.
///
/// First everything is judged from a few questions for the whole batch, then everything is written; receipts are signed meanwhile.
class Ingest {
public:
    /// `signer` null: receipts are signed here, one by one.
    Ingest(Store& store, const ServerKeys& keys, const UserRecord& user, ReceiptSigner* signer = nullptr)
        : m_store(store), m_keys(keys), m_user(user), m_signer(signer) {}
    /// Events of one device and one epoch, ascending seq. One result per event, same order.
    [[nodiscard]] base::Result<std::vector<domain::wire::EventResult>> store(std::vector<CheckedEvent> events);
    [[nodiscard]] base::Result<domain::wire::EventResult> store(CheckedEvent event);

private:
    enum class Fate { New, Conflict, Known };          // Known: answered with what `original` says
    struct Judged {
        CheckedEvent event;
        Fate fate = Fate::New;
        std::optional<EventRecord> stored{};           // Known: as it lies in the database …
        std::size_t twin = 0;                          // … or, without that, the same event earlier in this batch
        const char* knownVerdict = "duplicate";
    };

    [[nodiscard]] base::Result<> look();
    [[nodiscard]] base::Result<> judge(std::size_t index);
    [[nodiscard]] base::Result<bool> isKnown(std::size_t index);
    [[nodiscard]] base::Result<bool> isKeptBeside(std::size_t index);
    [[nodiscard]] base::Result<> judgeChain(CheckedEvent& event);
    [[nodiscard]] base::Result<> judgeCase(CheckedEvent& event);
    [[nodiscard]] base::Result<const EventRecord*> at(std::int64_t seq);
    [[nodiscard]] base::Result<> giveNumbers();
    [[nodiscard]] base::Result<> write();
    [[nodiscard]] base::Result<> write(Judged& judged);
    [[nodiscard]] std::vector<domain::wire::EventResult> results() const;
    [[nodiscard]] bool isVisible(const std::optional<CaseRecord>& record) const;

    Store& m_store;
    const ServerKeys& m_keys;
    const UserRecord& m_user;
    ReceiptSigner* m_signer;
    std::vector<Judged> m_batch{};
    std::unordered_map<domain::EventId, EventRecord> m_storedById{};
    std::unordered_map<std::int64_t, std::optional<EventRecord>> m_storedAt{};   // by seq; those in the looked-at range are complete
    std::int64_t m_rangeFrom = 0;                      // the looked-at range; empty when from > to
    std::int64_t m_rangeTo = -1;
    std::unordered_map<domain::EventId, std::size_t> m_newById{};      // of this batch, fate New
    std::unordered_map<std::int64_t, std::size_t> m_newAt{};
    std::vector<std::size_t> m_beside{};               // of this batch, fate Conflict
    std::unordered_set<domain::CaseId> m_touched{};    // cases that this batch has written to
};

} // namespace evenhand::server
