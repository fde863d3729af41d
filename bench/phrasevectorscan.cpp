// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/phrasevectorscan.h"

#include <ctime>
#include <cstdio>

#include <hs.h>

namespace evenhand::bench {

namespace {

/// The processor time of this thread, as for our own matcher.
double milliseconds(double since = 0)
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6 - since;
}

int countMatch(unsigned, unsigned long long, unsigned long long, unsigned, void* count)
{
    ++*static_cast<std::size_t*>(count);
    return 0;
}

hs_database_t* compile(const std::vector<std::string>& phrases, bool withStarts)
{
    std::vector<const char*> texts;
    std::vector<std::size_t> lengths;
    std::vector<unsigned> ids;
    for (const auto& phrase : phrases) {
        texts.push_back(phrase.data());
        lengths.push_back(phrase.size());
        ids.push_back(static_cast<unsigned>(ids.size()));
    }
    const std::vector<unsigned> flags(phrases.size(), withStarts ? HS_FLAG_SOM_LEFTMOST : 0U);
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    if (hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), lengths.data(), static_cast<unsigned>(phrases.size()), HS_MODE_BLOCK, nullptr, &database,
                             &error) != HS_SUCCESS) {
        std::printf("  Vectorscan%s refuses: %s\n", withStarts ? ", with starts" : "", error->message);
        hs_free_compile_error(error);
        return nullptr;
    }
    return database;
}

} // namespace

double printVectorscan(const std::vector<std::string>& phrases, const QString& text, bool withStarts)
{
    const double began = milliseconds();
    auto* database = compile(phrases, withStarts);
    if (database == nullptr)
        return 0;
    const double build = milliseconds(began);
    hs_scratch_t* scratch = nullptr;
    hs_alloc_scratch(database, &scratch);
    std::size_t bytes = 0;
    std::size_t scratchBytes = 0;
    hs_database_size(database, &bytes);
    hs_scratch_size(scratch, &scratchBytes);
    const auto utf8 = text.toStdString();
    double best = 1e9;
    std::size_t hits = 0;
    for (int run = 0; run < 5; ++run) {
        hits = 0;
        const double start = milliseconds();
        hs_scan(database, utf8.data(), static_cast<unsigned>(utf8.size()), 0, scratch, countMatch, &hits);
        best = std::min(best, milliseconds(start));
    }
    std::printf("  %-34s %6zu phrases  build %7.1f ms  %6.1f MiB  %7.1f M characters/s  %8zu hits\n", withStarts ? "Vectorscan, with starts" : "Vectorscan, ends only",
                phrases.size(), build, static_cast<double>(bytes + scratchBytes) / 1048576, static_cast<double>(text.size()) / best / 1e3, hits);
    hs_free_scratch(scratch);
    hs_free_database(database);
    return static_cast<double>(text.size()) / best / 1e3;
}

} // namespace evenhand::bench
