// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <chrono>
#include <cstdio>

#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>

#include "app/base/log.h"
#include "app/sync/enrolment.h"
#include "app/sync/httpsyncprotocol.h"
#include "app/sync/syncengine.h"
#include "db/keyfile.h"
#include "server/sequencer/ingest.h"
#include "tests/server/office.h"
#include "tests/support/serverprocess.h"

/// Ten thousand entries of a long trip, handed in over loopback to a server of this build, against putting as many into a server's store
/// directly: the same judgement and the same rows, 200 to a transaction, without socket, JSON, token and the workstation's own receipts.
namespace {

using namespace evenhand;
using Watch = std::chrono::steady_clock;

constexpr int kEntries = 10'000;
constexpr std::size_t kGroup = 200;
constexpr double kReach = 2.0;
constexpr const char* kUser = "bench";
constexpr const char* kPassword = "evenhand-bench";

double secondsSince(Watch::time_point begin) { return std::chrono::duration<double>(Watch::now() - begin).count(); }

template <class T>
T require(base::Result<T> result, const char* what)
{
    if (!result) {
        std::fprintf(stderr, "%s: %s\n", what, result.error().detail.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>)
        return *std::move(result);
}

domain::NotePayload aNote(int number) { return {base::SensitiveText("entry " + std::to_string(number) + " of a long trip, written without a network"), {}}; }

double directly()
{
    test::Office office;
    const auto user = office.addUser("agent", domain::UserRole::Agent, "north");
    auto device = office.addDevice(user);
    std::vector<domain::EventEnvelope> events;
    for (int i = 0; i < kEntries; ++i)
        events.push_back(device.event({}, aNote(i), office.clock.now()));
    const server::DeviceRecord record{device.id, device.user, device.key.publicKey(), "bench"};
    const auto begin = Watch::now();
    for (std::size_t at = 0; at < events.size(); at += kGroup) {
        office.write([&](server::Store& store, std::int64_t) -> base::Result<> {
            std::vector<server::CheckedEvent> group;
            for (std::size_t i = at; i < at + kGroup; ++i)
                group.push_back(server::checkEvent(events[i], record, device.dataset, office.clock.now()));
            EVENHAND_TRY(server::Ingest(store, office.keys(), user).store(std::move(group)));
            return store.events().advanceEpoch(device.id, device.epoch);
        });
    }
    return secondsSince(begin);
}

double drained(const test::ServerProcess& server)
{
    const base::SystemClock clock;
    QTemporaryDir folder;
    const auto path = folder.path().toStdString();
    const auto keys = require(db::KeyFile(path).create(kPassword, {3, 64ULL << 20}), "keys");
    auto journal = require(db::Journal::open({path + "/journal.db", keys.journal.duplicate(), base::SigningKey::fromSeed(keys.device.seed()), "bench"}, clock), "journal");
    auto cache = require(db::CaseCache::open({path + "/cache.db", keys.cache.duplicate(), "bench"}, clock), "cache");
    sync::HttpSyncProtocol protocol(require(sync::ServerAddress::parse("http://127.0.0.1:" + std::to_string(server.port()), {}), "address"), "bench");
    QEventLoop loop;
    std::optional<domain::wire::EnrolResponse> enrolled;
    sync::enrolDevice(protocol, {kUser, kPassword, "bench", "bench"}, keys.device, clock, [&](sync::Reply<domain::wire::EnrolResponse> answer) {
        if (answer)
            enrolled = *answer;
        loop.quit();
    });
    loop.exec();
    if (!enrolled)
        std::exit(1);
    require(journal.setIdentity({enrolled->datasetId, enrolled->deviceId, enrolled->userId, domain::EpochId::random(), "http://127.0.0.1",
                                 domain::UserRole::Agent, kUser, {}, enrolled->serverKeys}), "identity");
    for (int i = 0; i < kEntries; i += static_cast<int>(kGroup)) {
        std::vector<db::NewEvent> group;
        for (int at = i; at < i + static_cast<int>(kGroup); ++at)
            group.push_back({aNote(at)});
        require(journal.append(group, 480), "save");
    }
    sync::TimerAlarms alarms;
    sync::EngineListener listener;
    listener.delivered = [&] {
        if (require(journal.counts(), "counts").pending == 0)
            loop.quit();
    };
    sync::SyncEngine engine(protocol, journal, cache, {enrolled->datasetId, enrolled->deviceId, enrolled->userId, enrolled->serverKeys, "bench"},
                            {base::SigningKey::fromSeed(keys.device.seed()), kPassword, std::nullopt}, clock, alarms, std::move(listener));
    const auto begin = Watch::now();
    engine.kick();
    loop.exec();
    return secondsSince(begin);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    base::initialiseCrypto();
    base::log::configure({}, spdlog::level::warn);
    test::ServerProcess server;
    QFile password(server.folder() + QStringLiteral("/password"));
    if (!password.open(QIODevice::WriteOnly) || password.write(kPassword) < 0)
        return 1;
    password.close();
    const auto added = server.run({QStringLiteral("user"), QStringLiteral("add"), QLatin1String(kUser), QStringLiteral("--role"), QStringLiteral("agent"),
                                   QStringLiteral("--team"), QStringLiteral("north"), QStringLiteral("--password-file"), password.fileName()});
    if (added.exitCode != 0 || !server.serve()) {
        std::fprintf(stderr, "server: %s\n", added.errors.c_str());
        return 1;
    }
    const auto direct = directly();
    const auto over = drained(server);
    std::printf("%d offline entries drained over loopback: %.1f s; written into a server's store directly: %.1f s; ratio %.2f; reach %.1f\n", kEntries, over,
                direct, over / direct, kReach);
    return 0;
}
