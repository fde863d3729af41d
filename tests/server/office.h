// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <QTemporaryDir>

#include "app/domain/eventpayloads.h"
#include "app/domain/projection.h"
#include "server/store/store.h"
#include "tests/support/fakeclock.h"

namespace evenhand::test {

/// A workstation as the server sees it: a device key, an epoch, a growing chain of signed events.
class Device {
public:
    Device(domain::DatasetId datasetId, domain::DeviceId deviceId, domain::UserId userId)
        : dataset(datasetId), id(deviceId), user(userId), key(base::SigningKey::generate()) {}

    /// The next event of the chain. `change` may spoil the header before it is signed.
    [[nodiscard]] domain::EventEnvelope event(const std::optional<domain::CaseId>& caseId, const domain::EventPayload& payload, base::Instant at,
                                              const std::function<void(domain::EventHeader&)>& change = {});
    void skip() { ++m_seq; }                               ///< leaves a gap
    void putBack(std::int64_t seq, const base::Hash256& head);   ///< as if an old copy of the file was restored

    domain::DatasetId dataset;
    domain::DeviceId id;
    domain::UserId user;
    base::SigningKey key;
    domain::EpochId epoch = domain::EpochId::random();
    [[nodiscard]] std::int64_t headSeq() const { return m_seq; }
    [[nodiscard]] const base::Hash256& headHash() const { return m_head; }

private:
    std::int64_t m_seq = 0;
    base::Hash256 m_head{};
};

[[nodiscard]] domain::CallPayload aCall(base::Instant at, const char* gateDecision = "allow");
[[nodiscard]] domain::PromisePayload aPromise(std::int64_t minor, const char* dueOn);

/// A server's database in a folder of its own, with invented people and cases. Stops the test program when the database fails.
class Office {
public:
    /// Memory: for many short runs that claim nothing about disks. PostgreSql: a database of its own in the test's private cluster.
    enum class Place { File, Memory, PostgreSql };
    /// With $EVENHAND_TEST_DRIVER set to "postgresql" every place is that: so that a whole test program runs on the other store too.
    explicit Office(Place place = Place::File);
    [[nodiscard]] const server::DatabaseUrl& url() const { return m_url; }
    [[nodiscard]] server::Store& store() { return *m_store; }
    [[nodiscard]] const server::ServerKeys& keys() const { return m_keys; }
    [[nodiscard]] std::string databasePath() const { return m_url.target; }

    server::UserRecord addUser(const std::string& name, domain::UserRole role, const std::string& team, const std::string& password = {});
    domain::CaseId addCase(const std::string& businessNo, domain::CaseStatus status = domain::CaseStatus::Open);
    void assign(const std::vector<domain::CaseId>& cases, const server::UserRecord& user);
    void unassign(const std::vector<domain::CaseId>& cases);
    Device addDevice(const server::UserRecord& user);
    [[nodiscard]] domain::CaseRow caseRow(const domain::CaseId& id);
    /// Runs `work` in a transaction and commits.
    void write(const std::function<base::Result<>(server::Store&, std::int64_t seq)>& work);

    FakeClock clock;

private:
    QTemporaryDir m_folder;
    server::DatabaseUrl m_url;
    server::ServerKeys m_keys;
    std::unique_ptr<server::Store> m_store;
};

} // namespace evenhand::test
