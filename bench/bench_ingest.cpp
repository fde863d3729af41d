// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <future>
#include <map>
#include <set>
#include <vector>

#include <QCoreApplication>

#include <sys/resource.h>

#include "bench/rawinserts.h"
#include "server/api/api.h"
#include "server/api/tokens.h"
#include "tests/server/office.h"
#include "tests/support/postgrescluster.h"

// 50 devices hand in events at once, through everything but the socket: token, JSON, signature, judgement, receipt, projection, view log. The
// yardstick writes the very same rows (events, echoes, view log, sums, epochs) with prepared statements alone, 200 events to a transaction.
using namespace evenhand;
using namespace evenhand::server;

namespace {

constexpr int kDevices = 50;
constexpr int kTeams = 5;
constexpr int kCasesEach = 20;
constexpr int kBatch = 50;          // events that a device hands in at once
constexpr int kBatchesEach = 4;
constexpr int kGroup = 200;         // events to a transaction, as the sequencer has them
constexpr int kEvents = kDevices * kBatch * kBatchesEach;
constexpr int kReaders = 3;         // as evenhandd serve
constexpr int kRounds = 3;

using Watch = std::chrono::steady_clock;
double secondsSince(Watch::time_point begin) { return std::chrono::duration<double>(Watch::now() - begin).count(); }

template <class T>
T must(base::Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "bench_ingest: %s\n", result.error().detail.c_str());
        std::exit(2);
    }
    if constexpr (!std::is_void_v<T>)
        return *std::move(result);
}

/// One device with its token and the bodies that it is going to send.
struct Sender {
    std::string token;
    std::vector<std::string> bodies{};
    std::size_t next = 0;
};

struct Site {
    test::Office office;
    std::vector<UserRecord> agents{};
    std::vector<std::vector<domain::CaseId>> cases{};

    explicit Site(test::Office::Place place) : office(place)
    {
        for (int team = 0; team < kTeams; ++team)
            office.addUser("supervisor" + std::to_string(team), domain::UserRole::Supervisor, std::to_string(team));
        for (int i = 0; i < kDevices; ++i) {
            agents.push_back(office.addUser("agent" + std::to_string(i), domain::UserRole::Agent, std::to_string(i % kTeams)));
            cases.push_back(addCases(i));
            office.assign(cases.back(), agents.back());
        }
    }
    std::vector<domain::CaseId> addCases(int agent)
    {
        std::vector<domain::CaseId> mine;
        const std::string body = base::canonical({{"text", std::string(400, 'x')}});
        for (int i = 0; i < kCasesEach; ++i) {
            mine.push_back(office.addCase(std::to_string(agent * kCasesEach + i)));
            office.write([&](Store& store, std::int64_t seq) -> base::Result<> {
                for (const char* kind : {"debtor", "account", "phone"})
                    EVENHAND_TRY(store.rows().put({kind, base::Uuid::random(), mine.back(), seq, body}));
                return {};
            });
        }
        return mine;
    }
    Sender sender(std::size_t agent)
    {
        auto device = office.addDevice(agents[agent]);
        Sender sender{makeToken()};
        office.write([&](Store& store, std::int64_t) {
            return store.devices().openSession({base::Uuid::random(), device.id, device.user, true, office.clock.now().plusSeconds(900)},
                                               tokenHash(sender.token), office.clock.now());
        });
        auto call = test::aCall(office.clock.now());
        call.note = base::SensitiveText(std::string(200, 'n'));
        for (int batch = 0; batch < kBatchesEach; ++batch) {
            std::vector<domain::EventEnvelope> events;
            for (int i = 0; i < kBatch; ++i)
                events.push_back(device.event(cases[agent][static_cast<std::size_t>(batch * kBatch + i) % kCasesEach], call, office.clock.now()));
            sender.bodies.push_back(domain::wire::encode(domain::wire::EventsRequest{device.epoch, events}).dump());
        }
        return sender;
    }
};

struct Effort {
    double seconds = 0;
    double processCpu = 0;       // seconds, of all threads
    double sequencerCpu = 0;
};

double cpuSeconds(int who)
{
    rusage usage{};
    ::getrusage(who, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

double sequencerCpu(Sequencer& sequencer)
{
    std::promise<double> answered;
    sequencer.submit(1, [&](Store&) -> base::Result<> { answered.set_value(cpuSeconds(RUSAGE_THREAD)); return {}; }, [](const base::Result<>&) {});
    return answered.get_future().get();
}

/// All devices at once; each sends its next batch when the last one is answered. From the first request to the last answer.
Effort handIn(Site& site, std::vector<Sender>& senders)
{
    const auto sequencer = must(Sequencer::start(site.office.url(), site.office.clock));
    const auto workers = must(WorkerPool::start(kReaders, site.office.url(), site.office.clock));
    ApiContext context{site.office.keys(), site.office.clock, *sequencer, site.office.store().dataset(), "bench", {}, {}, AttemptLimiter(site.office.clock)};
    context.signer = std::make_shared<ReceiptSigner>(site.office.keys(), context.dataset);
    Api api(context, *workers, *workers);
    std::atomic<int> open = static_cast<int>(senders.size());
    std::promise<void> finished;
    std::function<void(Sender&)> sendNext = [&](Sender& sender) {
        if (sender.next == sender.bodies.size()) {
            if (--open == 0)
                finished.set_value();
            return;
        }
        Request request{"POST", "/v1/events", sender.token, domain::wire::kMediaType, {}, "127.0.0.1", sender.bodies[sender.next++]};
        api.handle(std::move(request), [&](const Response& response) {
            if (response.status != 200)
                must(base::Result<int>(base::fail(base::ErrorCode::Storage, response.body)));
            sendNext(sender);
        });
    };
    const Effort before{0, cpuSeconds(RUSAGE_SELF), sequencerCpu(*sequencer)};
    const auto begin = Watch::now();
    for (auto& sender : senders)
        sendNext(sender);
    finished.get_future().wait();
    return {secondsSince(begin), cpuSeconds(RUSAGE_SELF) - before.processCpu, sequencerCpu(*sequencer) - before.sequencerCpu};
}

// --- the yardstick

const std::vector<std::string> kStatements{
    "INSERT INTO events(server_seq, event_id, device_id, epoch, seq, case_id, actor_id, type, occurred_at, received_at, header, hash, sig, payload, salt, verdict, "
    "reason, flags, receipt, receipt_sig) VALUES (:a,:b,:c,:d,:e,:f,:g,:h,:i,:j,:k,:l,:m,:n,:o,:p,:q,:r,:s,:t)",
    "INSERT INTO projection_rows(kind, id, case_id, version, body) VALUES (:a,:b,:c,:d,:e)",
    "INSERT INTO view_log(user_id, seq, case_id, op) VALUES (:a,:b,:c,:d)",
    "INSERT INTO case_digests(case_id, row_count, digest) VALUES (:a,:b,:c) ON CONFLICT(case_id) DO UPDATE SET row_count = excluded.row_count, digest = excluded.digest",
    "INSERT INTO epochs(device_id, epoch, acked_upto, known_head_seq, known_head_hash) VALUES (:a,:b,:c,:d,:e) ON CONFLICT(device_id, epoch) DO UPDATE SET "
    "acked_upto = excluded.acked_upto, known_head_seq = excluded.known_head_seq, known_head_hash = excluded.known_head_hash",
    "UPDATE sequences SET last_value = :a WHERE name = 'server_seq'"};

/// The rows of a query; `shape` says of each column whether it is a number (n), text (t) or bytes (b).
std::vector<std::vector<bench::RawValue>> read(Store& store, const std::string& sql, const std::string& shape)
{
    return must(Query(store.connection(), sql).allRows([&](const SqlRow& row) {
        std::vector<bench::RawValue> values;
        for (int i = 0; i < static_cast<int>(shape.size()); ++i) {
            if (row.isNull(i))
                values.emplace_back(nullptr);
            else if (shape[static_cast<std::size_t>(i)] == 'n')
                values.emplace_back(row.integer(i));
            else if (shape[static_cast<std::size_t>(i)] == 't')
                values.emplace_back(row.text(i));
            else
                values.emplace_back(row.bytes(i));
        }
        return values;
    }));
}

std::string keyOf(const bench::RawValue& bytes) { return std::string(base::asText(std::get<base::Bytes>(bytes))); }

/// What the sequencer wrote above `from`, once more, in the same order and grouping.
std::vector<std::vector<bench::RawWrite>> writesSince(Store& store, std::int64_t from)
{
    const auto above = std::to_string(from);
    const auto events = read(store, "SELECT server_seq, event_id, device_id, epoch, seq, case_id, actor_id, type, occurred_at, received_at, header, hash, sig, payload, "
                                    "salt, verdict, reason, flags, receipt, receipt_sig FROM events WHERE server_seq > " + above + " ORDER BY server_seq",
                             "nbbbnbbtnnbbbbbtttbb");
    std::map<std::int64_t, std::vector<bench::RawWrite>> rest;   // by server_seq
    for (auto& row : read(store, "SELECT kind, id, case_id, version, body FROM projection_rows WHERE version > " + above, "tbbnt"))
        rest[std::get<std::int64_t>(row[3])].push_back({1, row});
    for (auto& row : read(store, "SELECT user_id, seq, case_id, op FROM view_log WHERE seq > " + above, "bnbn"))
        rest[std::get<std::int64_t>(row[1])].push_back({2, row});
    std::map<std::string, std::vector<bench::RawValue>> sums;   // by case
    for (auto& row : read(store, "SELECT case_id, row_count, digest FROM case_digests", "bnb"))
        sums[keyOf(row[0])] = row;
    std::vector<std::vector<bench::RawWrite>> groups;
    std::set<std::string> touched;
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (i % kGroup == 0)
            groups.emplace_back();
        auto& group = groups.back();
        const auto seq = std::get<std::int64_t>(events[i][0]);
        group.push_back({0, events[i]});
        for (auto& write : rest[seq])
            group.push_back(std::move(write));
        touched.insert(keyOf(events[i][5]));
        if ((i + 1) % kBatch == 0) {   // the end of one device's batch
            for (const auto& id : touched)
                group.push_back({3, sums[id]});
            touched.clear();
            group.push_back({4, {events[i][2], events[i][3], events[i][4], events[i][4], events[i][11]}});
            group.push_back({5, {seq}});
        }
    }
    return groups;
}

struct Figures {
    double ingest = 0;
    double raw = 0;
    double processUs = 0;        // of a processor, per event
    double sequencerUs = 0;
    double rawUs = 0;
};

Figures measure(test::Office::Place place)
{
    Site site(place);
    std::vector<Sender> senders;
    for (std::size_t i = 0; i < kDevices; ++i)
        senders.push_back(site.sender(i));
    const auto before = must(site.office.store().lastSeq());
    const auto effort = handIn(site, senders);
    const auto groups = writesSince(site.office.store(), before);
    Site other(place);   // the same people, cases and rows, under other ids
    const auto cpu = cpuSeconds(RUSAGE_SELF);
    const auto raw = kEvents / bench::writeRaw(other.office.url(), kStatements, groups);
    constexpr double kMicro = 1e6 / kEvents;
    return {kEvents / effort.seconds, raw, effort.processCpu * kMicro, effort.sequencerCpu * kMicro, (cpuSeconds(RUSAGE_SELF) - cpu) * kMicro};
}

void report(const char* name, test::Office::Place place, double reach)
{
    std::vector<Figures> rounds;
    for (int i = 0; i < kRounds; ++i)
        rounds.push_back(measure(place));
    std::ranges::sort(rounds, {}, [](const Figures& figures) { return figures.ingest / figures.raw; });
    const auto& middle = rounds[kRounds / 2];
    std::printf("ingest_%-12s %7.0f events/s, %d devices, batches of %d | the same rows raw: %7.0f events/s | ratio %.2f (%.2f ... %.2f), reach %.2f\n", name,
                middle.ingest, kDevices, kBatch, middle.raw, middle.ingest / middle.raw, rounds.front().ingest / rounds.front().raw,
                rounds.back().ingest / rounds.back().raw, reach);
    std::printf("  processor per event: %.0f us all threads, %.0f us sequencer, %.0f us raw client (without a database server's own)\n", middle.processUs,
                middle.sequencerUs, middle.rawUs);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    base::initialiseCrypto();
    const std::string only = argc > 1 ? argv[1] : "";   // "sqlite" or "postgresql"
    if (only != "postgresql")
        report("sqlite", test::Office::Place::File, 0.7);
    if (only == "sqlite")
        return 0;
    if (test::sharedPostgres(test::PostgresCluster::Disk::Synced))
        report("postgresql", test::Office::Place::PostgreSql, 0.8);
    else
        std::printf("ingest_postgresql   skipped: %s\n", test::PostgresCluster::problem().c_str());
    return 0;
}
