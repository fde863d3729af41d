// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/office.h"

#include "tests/support/postgrescluster.h"

namespace evenhand::test {

using base::Result;
using namespace server;

namespace {

template <class T>
T must(Result<T> result)
{
    if (!result)
        qFatal("%s", result.error().detail.c_str());
    return *std::move(result);
}

void must(const Result<>& result)
{
    if (!result)
        qFatal("%s", result.error().detail.c_str());
}

base::Money yuan(std::int64_t minor) { return *base::Money::tryFromMinor(minor, *base::Currency::tryFromCode("CNY")); }

DatabaseUrl urlFor(Office::Place place, const QTemporaryDir& folder)
{
    switch (qEnvironmentVariable("EVENHAND_TEST_DRIVER") == QLatin1String("postgresql") ? Office::Place::PostgreSql : place) {
    case Office::Place::Memory: return {DatabaseUrl::Driver::Sqlite, ":memory:"};
    case Office::Place::File: return {DatabaseUrl::Driver::Sqlite, folder.filePath(QStringLiteral("server.db")).toStdString()};
    case Office::Place::PostgreSql: break;
    }
    auto* cluster = sharedPostgres();
    if (!cluster)
        qFatal("%s", PostgresCluster::problem().c_str());
    return {DatabaseUrl::Driver::PostgreSql, cluster->createDatabase()};
}

domain::CaseRow newCaseRow(const domain::CaseId& id, const std::string& businessNo, domain::CaseStatus status)
{
    return {id, businessNo, "Test", "Bank", status, yuan(100000), yuan(50000), 40, "M2", 10, base::SensitiveText("张三"), std::nullopt, {}, {}, {}, {}};
}

} // namespace

domain::EventEnvelope Device::event(const std::optional<domain::CaseId>& caseId, const domain::EventPayload& payload, base::Instant at,
                                    const std::function<void(domain::EventHeader&)>& change)
{
    base::Bytes salt(32);
    base::fillRandom(salt);
    domain::EventHeader header{dataset, domain::EventId::random(), id, epoch, ++m_seq, domain::typeOf(payload), 1, caseId, user, at, 480, 1000,
                               base::Uuid::random(), domain::Hlc::after(std::nullopt, at).toString(), std::nullopt, std::nullopt, {}, {}, m_head};
    if (change)
        change(header);
    auto envelope = must(domain::buildEnvelope(header, domain::encodePayload(payload), salt, key));
    m_head = envelope.hash;
    return envelope;
}

void Device::putBack(std::int64_t seq, const base::Hash256& head)
{
    m_seq = seq;
    m_head = head;
}

domain::CallPayload aCall(base::Instant at, const char* gateDecision)
{
    domain::CallPayload call{domain::PartyId::random()};
    call.startedAt = at;
    call.outcome = "no_answer";
    call.gate = {{"decision", gateDecision}};
    return call;
}

domain::PromisePayload aPromise(std::int64_t minor, const char* dueOn)
{
    return {domain::PartyId::random(), yuan(minor), *base::Date::tryFromIso(dueOn), "app", std::nullopt};
}

Office::Office(Place place)
    : m_url(urlFor(place, m_folder)),
      m_keys(must(ServerKeys::loadOrCreate(m_folder.filePath(QStringLiteral("keys")).toStdString(), clock))),
      m_store(std::make_unique<Store>(must(Store::open(m_url, StoreMode::ReadWrite, clock))))
{
}

void Office::write(const std::function<Result<>(Store&, std::int64_t)>& work)
{
    auto transaction = must(m_store->begin());
    const auto seq = must(m_store->nextSeq());
    must(work(*m_store, seq));
    must(transaction.commit());
}

UserRecord Office::addUser(const std::string& name, domain::UserRole role, const std::string& team, const std::string& password)
{
    const auto hash = password.empty() ? std::string("none") : must(base::hashPassword(password, {1, 8U << 20}));
    const UserRecord user{domain::UserId::random(), name, name, role, team, hash, false, clock.now()};
    write([&](Store& store, std::int64_t seq) { return store.users().insert(user, seq); });
    return user;
}

domain::CaseId Office::addCase(const std::string& businessNo, domain::CaseStatus status)
{
    const auto id = domain::CaseId::random();
    write([&](Store& store, std::int64_t seq) -> Result<> {
        EVENHAND_ASSIGN(const auto portfolio, store.cases().ensurePortfolio("Test", clock.now()));
        CaseRecord record{id, portfolio, businessNo};
        record.status = status;
        record.balanceMinor = 100000;
        EVENHAND_TRY(store.cases().insert(record));
        return store.rows().insert({domain::kind::kCase, id.uuid(), id, seq, base::canonical(domain::toJson(newCaseRow(id, businessNo, status)))});
    });
    return id;
}

void Office::assign(const std::vector<domain::CaseId>& cases, const UserRecord& user)
{
    write([&](Store& store, std::int64_t seq) -> Result<> {
        EVENHAND_TRY(store.assignments(m_keys).assign(cases, user, seq));
        return {};
    });
}

void Office::unassign(const std::vector<domain::CaseId>& cases)
{
    write([&](Store& store, std::int64_t seq) -> Result<> {
        EVENHAND_TRY(store.assignments(m_keys).unassign(cases, seq));
        return {};
    });
}

Device Office::addDevice(const UserRecord& user)
{
    Device device(m_store->dataset(), domain::DeviceId::random(), user.id);
    write([&](Store& store, std::int64_t) {
        return store.devices().insert({device.id, user.id, device.key.publicKey(), "test", clock.now()});
    });
    return device;
}

domain::CaseRow Office::caseRow(const domain::CaseId& id)
{
    const auto row = must(m_store->rows().find(domain::kind::kCase, id.uuid()));
    return must(domain::caseFromJson(id, must(base::parseJson(row.value().body.value()))));
}

} // namespace evenhand::test
