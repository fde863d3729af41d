// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <cstdio>
#include <vector>

#include "app/domain/wire/wire.h"
#include "server/api/pullpage.h"
#include "tests/server/office.h"

// Server figures of the main job, each beside its yardstick measured in the same run.
using namespace evenhand;
using namespace evenhand::server;

namespace {

constexpr int kCases = 24000;
constexpr int kRowsPerCase = 4;

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

} // namespace

int main()
{
    base::initialiseCrypto();
    test::Office office;
    const auto agent = office.addUser("agent", domain::UserRole::Agent, "team");
    const auto cases = fillWithCases(office);
    assignAndPull(office, cases, agent);
    return 0;
}
