// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Import of the 24,000 UCI rows against a bare parse and insert of the same rows in the same run. Figure to reach: at least
// 20,000 rows/s, or at least half the speed of the bare one. Exit status 1 when neither is reached.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>

#include "server/import/importer.h"
#include "server/store/store.h"

using namespace evenhand;
using namespace evenhand::server;

namespace {

constexpr int kRounds = 3;

struct Cost {
    double wall = 1e9;
    double processor = 1e9;
    void keepBest(const Cost& other)
    {
        wall = std::min(wall, other.wall);
        processor = std::min(processor, other.processor);
    }
};

Cost costOf(const std::function<void()>& work)
{
    const auto begin = std::chrono::steady_clock::now();
    const auto ticks = std::clock();
    work();
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
            static_cast<double>(std::clock() - ticks) / CLOCKS_PER_SEC};
}

[[noreturn]] void stop(const std::string& reason)
{
    std::fprintf(stderr, "bench_import: %s\n", reason.c_str());
    std::exit(2);
}

std::filesystem::path freshFolder()
{
    const auto folder = std::filesystem::temp_directory_path() / ("evenhand-bench-import-" + base::Uuid::random().toString());
    std::filesystem::create_directories(folder);
    return folder;
}

Store openStore(const std::filesystem::path& folder, const base::Clock& clock)
{
    auto store = Store::open(*DatabaseUrl::parse("sqlite://" + (folder / "bench.db").string()), StoreMode::ReadWrite, clock);
    if (!store)
        stop(store.error().detail);
    return *std::move(store);
}

// The same file through the same CSV reader into one plain table, in one transaction: what any import costs at least.
base::Result<std::int64_t> bareImport(Store& store, const std::string& file)
{
    EVENHAND_TRY(store.connection().execute("CREATE TABLE bare(a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y)"));
    EVENHAND_ASSIGN(const auto source, openByteSource(file));
    DecodedText text(*source, TextEncoding::Utf8);
    CsvReader reader(text, ',');
    CsvRow row;
    EVENHAND_ASSIGN(auto transaction, store.begin());
    std::int64_t rows = 0;
    for (;;) {
        EVENHAND_ASSIGN(const bool more, reader.next(row));
        if (!more)
            break;
        Query query(store.connection(), "INSERT INTO bare VALUES(:a,:b,:c,:d,:e,:f,:g,:h,:i,:j,:k,:l,:m,:n,:o,:p,:q,:r,:s,:t,:u,:v,:w,:x,:y)");
        for (std::size_t i = 0; i < row.cells.size() && i < 25; ++i) {
            const char name[] = {':', static_cast<char>('a' + static_cast<int>(i)), '\0'};
            query.bind(name, row.cells[i]);
        }
        EVENHAND_TRY(query.run());
        ++rows;
    }
    EVENHAND_TRY(transaction.commit());
    return rows - 1;
}

} // namespace

int main()
{
    const char* shared = std::getenv("EVENHAND_SHARED_DATA");
    const std::string root = shared != nullptr ? shared : EVENHAND_SOURCE_DIR "/../shared/data";
    const auto file = root + "/uci_credit_default/uci_credit_default.csv.gz";
    if (!std::filesystem::exists(file)) {
        std::printf("skipped: shared data folder 'uci_credit_default' is absent; set EVENHAND_SHARED_DATA\n");
        return 0;
    }
    base::initialiseCrypto();
    const base::SystemClock clock;
    Cost bare;
    Cost import;
    Cost again;
    std::int64_t rows = 0;
    for (int round = 0; round < kRounds; ++round) {
        const auto folder = freshFolder();
        std::filesystem::create_directories(folder / "bare");
        auto bareStore = openStore(folder / "bare", clock);
        bare.keepBest(costOf([&] {
            if (const auto done = bareImport(bareStore, file); !done)
                stop(done.error().detail);
        }));
        auto store = openStore(folder, clock);
        const ImportOptions options{.file = file, .mappingFile = EVENHAND_SOURCE_DIR "/docs/examples/mappings/uci_credit_default.yaml",
                                    .portfolio = {}, .asOf = std::nullopt, .dryRun = false, .keepGood = false};
        const auto run = [&](std::int64_t ImportReport::*expected) {
            const auto report = Importer(store, clock).run(options);
            if (!report || (*report).*expected != report->rows)
                stop(report ? "not every row went in" : report.error().detail);
            rows = report->rows;
        };
        import.keepBest(costOf([&] { run(&ImportReport::created); }));
        again.keepBest(costOf([&] { run(&ImportReport::unchanged); }));
        std::filesystem::remove_all(folder);
    }
    const double rate = static_cast<double>(rows) / import.wall;
    const double ratio = bare.wall / import.wall;
    std::printf("import of %lld UCI rows (best of %d): %.0f rows/s in %.2f s (processor %.2f s); bare parse + insert %.2f s (%.2f s), "
                "ratio %.2f; the same file again %.2f s (%.2f s)\n",
                static_cast<long long>(rows), kRounds, rate, import.wall, import.processor, bare.wall, bare.processor, ratio, again.wall,
                again.processor);
    const bool reached = rate >= 20'000 || ratio >= 0.5;
    std::printf("figure to reach: >= 20,000 rows/s or ratio >= 0.5: %s\n", reached ? "reached" : "MISSED");
    return reached ? 0 : 1;
}
