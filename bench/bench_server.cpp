// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <cstdio>
#include <future>
#include <vector>

#include "app/domain/wire/wire.h"
#include "server/api/pullpage.h"
#include "server/sequencer/ingest.h"
#include "server/sequencer/sequencer.h"
#include "tests/server/office.h"

// Server figures of the main job, each beside its yardstick measured in the same run.
using namespace evenhand;
using namespace evenhand::server;

namespace {

constexpr int kCases = 24000;
constexpr int kRowsPerCase = 4;
constexpr int kEvents = 10000;
constexpr int kBatch = 200;

class Stopwatch {
public:
    [[nodiscard]] double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count(); }

private:
    std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
};

template <class T>
T must(base::Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "bench_server: %s\n", result.error().detail.c_str());
        std::exit(2);
    }
    return *std::move(result);
}

std::vector<domain::CaseId> fillWithCases(test::Office& office)
{
    std::vector<domain::CaseId> cases;
    const std::string body = base::canonical({{"text", std::string(500, 'x')}});
    const Stopwatch watch;
    office.write([&](Store& store, std::int64_t seq) -> base::Result<> {
        EVENHAND_ASSIGN(const auto portfolio, store.cases().ensurePortfolio("Bench", office.clock.now()));
        for (int i = 0; i < kCases; ++i) {
            cases.push_back(domain::CaseId::random());
            EVENHAND_TRY(store.cases().insert({cases.back(), portfolio, std::to_string(i)}));
            for (int row = 0; row < kRowsPerCase; ++row)
                EVENHAND_TRY(store.rows().insert({"account", base::Uuid::random(), cases.back(), seq, body}));
        }
        return {};
    });
    std::printf("insert_cases            %9.0f cases/s (%d rows each)\n", kCases / watch.seconds(), kRowsPerCase);
    return cases;
}

void assignAndPull(test::Office& office, const std::vector<domain::CaseId>& cases, const UserRecord& agent)
{
    const Stopwatch assigning;
    office.assign(cases, agent);
    std::printf("assign_cases            %9.0f cases/s\n", kCases / assigning.seconds());
    auto reader = must(Store::open(office.url(), StoreMode::ReadOnly, office.clock));
    Cursor cursor{1, {}, must(reader.lastSeq())};
    std::size_t ops = 0;
    const Stopwatch pulling;
    for (bool complete = false; !complete;) {
        const auto transaction = must(reader.beginRead());
        PullPage page(reader, agent, {1000});
        complete = must(page.fill(cursor));
        domain::wire::PullResponse response{1, cursor.upto, complete, "", page.takeOps()};
        ops += response.ops.size();
        (void)domain::wire::encode(response).dump();
    }
    std::printf("pull_pages              %9.0f ops/s (%zu ops, encoded)\n", static_cast<double>(ops) / pulling.seconds(), ops);
    const Stopwatch idle;
    for (int i = 0; i < 1000; ++i) {
        cursor.complete = false;
        PullPage page(reader, agent, {1000});
        (void)must(page.fill(cursor));
    }
    std::printf("pull_nothing_new        %9.3f ms\n", idle.seconds());
}

// The yardstick: the same event rows, already judged and signed, inserted with the same grouping.
double rawInserts(const std::vector<EventRecord>& records)
{
    test::Office office;
    const Stopwatch watch;
    for (std::size_t from = 0; from < records.size(); from += kBatch) {
        office.write([&](Store& store, std::int64_t) -> base::Result<> {
            for (std::size_t i = from; i < std::min(records.size(), from + kBatch); ++i)
                EVENHAND_TRY(store.events().insert(records[i]));
            return {};
        });
    }
    return static_cast<double>(records.size()) / watch.seconds();
}

void ingestEvents(test::Office& office, const UserRecord& agent)
{
    auto device = office.addDevice(agent);
    const DeviceRecord from{device.id, agent.id, device.key.publicKey(), "bench", office.clock.now()};
    std::vector<domain::EventEnvelope> events;
    for (int i = 0; i < kEvents; ++i)
        events.push_back(device.event({}, domain::NotePayload{base::SensitiveText(std::string(200, 'n')), {}}, office.clock.now()));
    const auto sequencer = must(Sequencer::start(office.url(), office.clock));
    std::promise<void> done;
    const Stopwatch watch;
    for (int begin = 0; begin < kEvents; begin += kBatch) {
        auto batch = std::make_shared<std::vector<CheckedEvent>>();
        for (int i = begin; i < begin + kBatch; ++i)
            batch->push_back(checkEvent(events[static_cast<std::size_t>(i)], from, device.dataset, office.clock.now()));
        const auto job = [&, batch](Store& store) -> base::Result<> {
            Ingest ingest(store, office.keys(), agent);
            for (auto& event : *batch)
                EVENHAND_TRY(ingest.store(std::move(event)));
            return store.events().advanceEpoch(device.id, device.epoch);
        };
        std::promise<base::Result<>> answered;
        sequencer->submit(kBatch, job, [&](base::Result<> result) { answered.set_value(std::move(result)); });
        if (const auto stored = answered.get_future().get(); !stored)
            must(base::Result<int>(base::fail(stored.error())));
    }
    const double ingest = kEvents / watch.seconds();
    std::vector<EventRecord> records;
    for (const auto& event : events)
        records.push_back(*must(office.store().events().find(event.eventId)));
    const double raw = rawInserts(records);
    std::printf("ingest_events           %9.0f events/s, one device in batches of %d (checked, judged, signed)\n", ingest, kBatch);
    std::printf("ingest_yardstick        %9.0f events/s raw inserts, same grouping; ratio %.2f\n", raw, ingest / raw);
}

} // namespace

int main()
{
    base::initialiseCrypto();
    test::Office office;
    const auto agent = office.addUser("agent", domain::UserRole::Agent, "team");
    const auto cases = fillWithCases(office);
    assignAndPull(office, cases, agent);
    ingestEvents(office, agent);
    return 0;
}
