// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>

#include "app/domain/wire/wire.h"
#include "server/store/records.h"
#include "server/store/sqlconnection.h"

namespace evenhand::server {

/// What devices handed in, for ever. Not thread-safe: belongs to its connection's thread. Writing joins the caller's transaction.
class EventTable {
public:
    explicit EventTable(SqlConnection& connection) : m_connection(connection) {}
    [[nodiscard]] base::Result<> insert(const EventRecord& event);   ///< an error may come later: see Query::runLater
    /// An event that clashes with a stored one (same id and other bytes, or same place and other id): kept beside it.
    [[nodiscard]] base::Result<> insertConflict(const EventRecord& event);
    [[nodiscard]] base::Result<std::optional<EventRecord>> find(const domain::EventId& id) const;
    [[nodiscard]] base::Result<std::vector<EventRecord>> findMany(std::span<const base::Uuid> ids) const;   ///< in no order
    /// Bytes of quarantined events of a device since then: what a broken or hostile one may fill the disk with.
    [[nodiscard]] base::Result<std::int64_t> quarantinedBytes(const domain::DeviceId& device, base::Instant since) const;
    [[nodiscard]] base::Result<std::optional<EventRecord>> findAt(const domain::DeviceId& device, const domain::EpochId& epoch, std::int64_t seq) const;
    /// Places `from` … `to` of an epoch as far as they are taken; in no order.
    [[nodiscard]] base::Result<std::vector<EventRecord>> findRange(const domain::DeviceId& device, const domain::EpochId& epoch, std::int64_t from,
                                                                   std::int64_t to) const;
    [[nodiscard]] base::Result<std::optional<EventRecord>> findConflict(const domain::EventId& id, const base::Hash256& hash) const;
    /// Accepted events of a type that happened in [from, to), in order of server_seq. For exports.
    [[nodiscard]] base::Result<> forEach(const std::string& type, base::Instant from, base::Instant to,
                                         const std::function<base::Result<>(const EventRecord&)>& visit) const;

    /// How many contacts a device recorded within a case since, and when the last one was; whatever became of them here.
    struct DeviceCalls {
        std::int64_t count = 0;
        base::Instant last{};
    };
    [[nodiscard]] base::Result<DeviceCalls> callsOf(const domain::DeviceId& device, const domain::CaseId& caseId, base::Instant since) const;

    [[nodiscard]] base::Result<std::optional<EpochRecord>> findEpoch(const domain::DeviceId& device, const domain::EpochId& epoch) const;
    [[nodiscard]] base::Result<std::vector<EpochRecord>> listEpochs(const domain::DeviceId& device) const;
    [[nodiscard]] base::Result<> putEpoch(const EpochRecord& epoch);
    /// Where an epoch stands, and the ranges not stored between ackedUpto and knownHeadSeq, at most 1,000.
    struct Progress {
        EpochRecord epoch;
        std::vector<domain::wire::SeqRange> missing{};
    };
    /// Moves ackedUpto and knownHeadSeq on after events were inserted.
    [[nodiscard]] base::Result<Progress> advance(const domain::DeviceId& device, const domain::EpochId& epoch);
    [[nodiscard]] base::Result<> advanceEpoch(const domain::DeviceId& device, const domain::EpochId& epoch);
    [[nodiscard]] base::Result<std::vector<domain::wire::SeqRange>> missing(const EpochRecord& epoch) const;

private:
    [[nodiscard]] base::Result<std::vector<std::int64_t>> seqsAfter(const EpochRecord& epoch) const;
    SqlConnection& m_connection;
};

} // namespace evenhand::server
