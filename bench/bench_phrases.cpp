// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <ctime>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "app/compliance/phrasechecker.h"
#include "app/compliance/phraselivetext.h"
#include "bench/phrasecorpora.h"
#include "tests/support/phrasesamples.h"
#ifdef EVENHAND_HAVE_HYPERSCAN
#include "bench/phrasevectorscan.h"
#endif

// Error rates of the shipped packs on the labelled sentences and, where present, on the shared data; then speed, build time
// and memory against Vectorscan; then the recheck after a key stroke. docs/decisions/phrase-matcher.md holds a printed run.
namespace {

using namespace evenhand;
using namespace evenhand::compliance;
/// The processor time of this thread: what one core needs, whoever else is using the machine.
struct Clock {
    using time_point = double;
    static double now()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
    }
};

double seconds(Clock::time_point since) { return Clock::now() - since; }

PhraseChecker shipped(const char* pack)
{
    const auto set = test::shippedPhrases(QString::fromLatin1(pack));
    auto checker = set ? PhraseChecker::build(*set) : base::Result<PhraseChecker>(tl::unexpected(set.error()));
    if (!checker) {
        std::fprintf(stderr, "%s\n", checker.error().detail.c_str());
        std::exit(1);
    }
    return *std::move(checker);
}

struct Tally {
    int found = 0;
    int all = 0;
    double seconds = 0;
    qsizetype characters = 0;
};

void printOwnSet(const char* language, const PhraseChecker& checker)
{
    std::map<QString, Tally> tallies;
    int falseBlocks = 0;
    int caught = 0;
    for (const char* part : {"plain", "evasion", "hard", "compliant"}) {
        const bool isHarmless = std::string_view(part) == "hard" || std::string_view(part) == "compliant";
        for (const auto& sample : test::readPhraseSamples(QString::fromLatin1(language) + u'_' + QString::fromLatin1(part))) {
            auto& tally = tallies[isHarmless ? QString::fromLatin1(part) : sample.kind];
            const auto began = Clock::now();
            const bool hit = isHarmless ? test::isBlocked(checker, sample.text) : test::isCaught(checker, sample);
            tally.seconds += seconds(began);
            tally.characters += sample.text.size();
            ++tally.all;
            tally.found += hit == !isHarmless ? 1 : 0;
            falseBlocks += isHarmless && hit ? 1 : 0;
            caught += !isHarmless && hit ? 1 : 0;
        }
    }
    std::printf("\n%s: sentences right by class (violations found, harmless ones let through)\n", language);
    for (const auto& [kind, tally] : tallies)
        std::printf("  %-12s %4d of %4d  %6.2f %%  %6.2f M characters/s\n", qPrintable(kind), tally.found, tally.all, 100.0 * tally.found / tally.all,
                    static_cast<double>(tally.characters) / tally.seconds / 1e6);
    std::printf("  precision over all sentences %.2f %%\n", 100.0 * caught / (caught + falseBlocks));
}

/// Sentences that no pack was ever completed with: what a list does on words it was not written for. A violation counts as caught when a
/// hit of any severity touches the offending words (`seen`), and as blocked when a blocking one does.
void printHeldOut(const char* language, const PhraseChecker& checker)
{
    const QString name = QString::fromLatin1(language) + QStringLiteral("_heldout_");
    int blocked = 0;
    int seen = 0;
    int clean = 0;
    const auto plain = test::readPhraseSamples(name + QStringLiteral("plain"));
    for (const auto& sample : plain) {
        blocked += test::isCaught(checker, sample) ? 1 : 0;
        const auto spans = checker.scan(sample.text);
        seen += std::any_of(spans.begin(), spans.end(), [&](const auto& span) { return span.start < sample.end && sample.start < span.end; }) ? 1 : 0;
    }
    const auto harmless = test::readPhraseSamples(name + QStringLiteral("harmless"));
    for (const auto& sample : harmless)
        clean += test::isBlocked(checker, sample.text) ? 0 : 1;
    std::printf("\n%s, held-out sentences: blocked %d of %zu violations (%.1f %%), marked at all %d (%.1f %%); harmless let through %d of %zu (%.1f %%)\n", language,
                blocked, plain.size(), 100.0 * blocked / double(plain.size()), seen, 100.0 * seen / double(plain.size()), clean, harmless.size(),
                100.0 * clean / double(harmless.size()));
}

/// Of each disguised sentence, the words that the plain one has in their place become the list.
void printHateCheck(const char* name, const char* file, int textColumn, const QString& prefix)
{
    const auto rows = bench::readCsv(file);
    if (rows.empty())
        return std::printf("\nHateCheck %s: shared data absent\n", name), void();
    const auto column = [&](const char* title) { return static_cast<int>(std::find(rows[0].begin(), rows[0].end(), title) - rows[0].begin()); };
    const auto functionality = static_cast<std::size_t>(column("functionality"));
    const auto plain = static_cast<std::size_t>(column("ref_text"));
    std::map<std::string, Tally> tallies;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i].size() <= plain || rows[i][plain].empty() || rows[i][functionality].rfind("spell_", 0) != 0)
            continue;
        const auto text = QString::fromStdString(rows[i][static_cast<std::size_t>(textColumn)]);
        const auto word = bench::wordThatChanged(QString::fromStdString(rows[i][plain]), text);
        if (word.isEmpty())
            continue;
        const auto checker = PhraseChecker::build(PhraseSet::fromLists({word.toStdString()}, {}, FoldSet::all(), WordEdges::Free));
        auto& tally = tallies[rows[i][functionality]];
        ++tally.all;
        tally.found += checker && !checker->scan(text).empty() ? 1 : 0;
    }
    std::printf("\nHateCheck %s (%zu rows read): disguised word found, all folds%s\n", name, rows.size() - 1, qPrintable(prefix));
    for (const auto& [kind, tally] : tallies)
        std::printf("  %-20s %3d of %3d  %6.2f %%\n", kind.c_str(), tally.found, tally.all, 100.0 * tally.found / tally.all);
}

void printCold(const PhraseChecker& checker)
{
    const auto rows = bench::readCsv("cold_zh_offensive/dev.csv.gz");
    if (rows.empty())
        return std::printf("\nCOLD: shared data absent\n"), void();
    Tally safe;
    Tally offensive;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        auto& tally = rows[i].size() > 4 && rows[i][rows[i].size() - 2] == "0" ? safe : offensive;
        ++tally.all;
        tally.found += test::isBlocked(checker, QString::fromStdString(rows[i].back())) ? 1 : 0;
    }
    std::printf("\nCOLD dev part, shipped Chinese pack (not about debts, not tuned to): blocked %d of %d safe (%.2f %%), %d of %d offensive (%.2f %%)\n", safe.found,
                safe.all, 100.0 * safe.found / safe.all, offensive.found, offensive.all, 100.0 * offensive.found / offensive.all);
}

/// Best of a few runs: the machine has other things to do.
double bestSeconds(const PhraseChecker& checker, const QString& text, std::size_t& hits)
{
    double best = 1e9;
    for (int run = 0; run < 5; ++run) {
        std::vector<PhraseSpan> spans;
        const auto began = Clock::now();
        checker.scan(text, {}, spans);
        best = std::min(best, seconds(began));
        hits = spans.size();
    }
    return best;
}

/// Gives million characters per second.
double printOurs(const char* label, const std::vector<std::string>& phrases, const QString& text, FoldSet folds)
{
    const auto checker = PhraseChecker::build(PhraseSet::fromLists(phrases, {}, folds, WordEdges::Free));
    if (!checker)
        return std::printf("  %s: %s\n", label, checker.error().detail.c_str()), 0;
    std::size_t hits = 0;
    const double took = bestSeconds(*checker, text, hits);
    const auto& stats = checker->stats();
    std::printf("  %-34s %6zu phrases  build %7.1f ms  %6.1f MiB  %7.1f M characters/s  %8zu hits\n", label, phrases.size(), stats.buildSeconds * 1e3,
                static_cast<double>(stats.memoryBytes) / 1048576, static_cast<double>(text.size()) / took / 1e6, hits);
    return static_cast<double>(text.size()) / took / 1e6;
}

void printSpeed(const char* language, const std::vector<std::string>& all, const QString& text)
{
    if (all.empty() || text.isEmpty())
        return std::printf("\nspeed, %s: shared data absent\n", language), void();
    std::printf("\nspeed, %s text of %lld characters, one core\n", language, static_cast<long long>(text.size()));
    for (const std::size_t count : {std::size_t(500), std::size_t(5000), std::size_t(50000)}) {
        const auto phrases = bench::some(all, count);
        const double ours = printOurs("ours, all folds", phrases, text, FoldSet::all());
        printOurs("ours, standard folds", phrases, text, FoldSet::standard());
        printOurs("ours, no folds", phrases, text, FoldSet::none());
#ifdef EVENHAND_HAVE_HYPERSCAN
        bench::printVectorscan(phrases, text, false);
        const double bare = bench::printVectorscan(phrases, text, true);
        std::printf("  all folds against bare Vectorscan with starts: %.2f\n", bare > 0 ? ours / bare : 0.0);
#else
        static_cast<void>(ours);
#endif
    }
}

void printLive(const PhraseChecker& checker, bool inOneLine)
{
    QString note;
    for (const auto& sample : test::readPhraseSamples(QStringLiteral("zh_compliant"))) {
        if (note.size() < 2000)
            note += sample.text + (inOneLine ? u'，' : u'\n');
    }
    note.truncate(2000);
    PhraseLiveText live(checker);
    live.setText(note);
    std::mt19937 random(1);
    std::vector<double> times;
    for (int stroke = 0; stroke < 4000; ++stroke) {
        const auto at = static_cast<qsizetype>(random() % 2000);
        const auto began = Clock::now();
        static_cast<void>(live.edit(at, stroke % 2, stroke % 2 == 0 ? QStringView(u"死") : QStringView()));
        times.push_back(seconds(began) * 1e3);
    }
    std::sort(times.begin(), times.end());
    std::printf("  %-26s median %.3f ms, p99 %.3f ms\n", inOneLine ? "all in one line" : "in lines", times[times.size() / 2], times[times.size() * 99 / 100]);
}

} // namespace

int main()
{
    const auto chinese = shipped("cn-consumer-2026");
    const auto english = shipped("us-reg-f");
    for (const auto* checker : {&chinese, &english})
        std::printf("pack: %zu rules, %zu phrases, %zu literals, build %.0f ms, %.1f MiB\n", checker->stats().rules, checker->stats().phrases,
                    checker->stats().literals, checker->stats().buildSeconds * 1e3, static_cast<double>(checker->stats().memoryBytes) / 1048576);
    printOwnSet("zh", chinese);
    printOwnSet("en", english);
    printHeldOut("zh", chinese);
    printHeldOut("en", english);
    printHateCheck("Mandarin", "hatecheck_zh_en/mhc_mandarin.csv.gz", bench::columnOf("hatecheck_zh_en/mhc_mandarin.csv.gz", "test_case"), {});
    printHateCheck("English", "hatecheck_zh_en/hatecheck_en.csv.gz", bench::columnOf("hatecheck_zh_en/hatecheck_en.csv.gz", "test_case"), {});
    printCold(chinese);
    std::printf("\nrecheck after a key stroke in a note of 2,000 characters, shipped Chinese pack\n");
    printLive(chinese, false);
    printLive(chinese, true);
    printSpeed("Chinese", bench::chinesePhrases(), bench::chineseText());
    printSpeed("English", bench::englishPhrases(), bench::englishText());
    return 0;
}
