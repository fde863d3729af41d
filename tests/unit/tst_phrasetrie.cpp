// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <numeric>
#include <set>

#include <QFile>
#include <QTest>

#include <rapidcheck.h>

#include "app/base/json.h"
#include "app/compliance/phrasetrie.h"
#include "tests/support/testresult.h"

using evenhand::compliance::PhraseTrie;

namespace {

using Literal = std::vector<std::uint32_t>;
using Match = std::tuple<std::uint32_t, std::size_t, std::size_t>;   // literal, begin, end

std::vector<Match> naive(const std::vector<Literal>& literals, const Literal& text)
{
    std::vector<Match> found;
    for (std::uint32_t number = 0; number < literals.size(); ++number) {
        const auto& literal = literals[number];
        for (std::size_t at = 0; at + literal.size() <= text.size(); ++at) {
            if (std::equal(literal.begin(), literal.end(), text.begin() + static_cast<std::ptrdiff_t>(at)))
                found.emplace_back(number, at, at + literal.size());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

/// A trie over literals in any order; numbers are those of `literals`.
struct Numbered {
    std::vector<Literal> sorted;
    std::vector<std::uint32_t> numbers;
    PhraseTrie trie;

    explicit Numbered(const std::vector<Literal>& literals) : numbers(literals.size())
    {
        std::iota(numbers.begin(), numbers.end(), 0U);
        std::sort(numbers.begin(), numbers.end(), [&](std::uint32_t a, std::uint32_t b) { return literals[a] < literals[b]; });
        for (const auto number : numbers)
            sorted.push_back(literals[number]);
        trie = PhraseTrie(std::vector<PhraseTrie::Literal>(sorted.begin(), sorted.end()));
    }
};

std::vector<Match> scanned(const std::vector<Literal>& literals, const Literal& text)
{
    const Numbered numbered(literals);
    std::vector<Match> found;
    numbered.trie.scan(text, [&](std::uint32_t literal, std::size_t begin, std::size_t end) { found.emplace_back(numbered.numbers[literal], begin, end); });
    std::sort(found.begin(), found.end());
    return found;
}

/// Leftmost, longest, no overlap, of those that `accepts` allows.
std::vector<Match> naiveLongest(const std::vector<Literal>& literals, const Literal& text, std::uint32_t refused)
{
    std::vector<Match> kept;
    auto all = naive(literals, text);
    std::erase_if(all, [&](const Match& match) { return std::get<0>(match) % 3 == refused; });
    std::sort(all.begin(), all.end(), [](const Match& a, const Match& b) {
        return std::tuple(std::get<1>(a), -static_cast<long>(std::get<2>(a))) < std::tuple(std::get<1>(b), -static_cast<long>(std::get<2>(b)));
    });
    for (const auto& match : all) {
        if (kept.empty() || std::get<1>(match) >= std::get<2>(kept.back()))
            kept.push_back(match);
    }
    return kept;
}

/// Few different tokens, so that phrases overlap, nest and share their beginnings; some lie above the BMP.
rc::Gen<std::uint32_t> token() { return rc::gen::element<std::uint32_t>(1, 'a', 'b', 0x6253, 0x65AD, 0xD801, 0xFFFF, 0x1F600, 0x2A6D6); }

std::vector<Literal> distinct(std::vector<Literal> literals)
{
    const std::set<Literal> unique(literals.begin(), literals.end());
    literals.assign(unique.begin(), unique.end());
    std::erase_if(literals, [](const Literal& literal) { return literal.empty(); });
    return literals;
}

Literal literalOf(const std::string& text) { return Literal(text.begin(), text.end()); }

} // namespace

class TestPhraseTrie : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsWhatANaiveSearchFinds();
    void theLongestIsWhatANaiveSearchChooses();
    void findsEachOfManyPhrases();
    void holdsThePublishedVectors();
    void theShortestComesFirstAtOnePlace();
    void anEmptyListFindsNothing();
};

void TestPhraseTrie::findsWhatANaiveSearchFinds()
{
    QVERIFY(rc::check("scan is a naive search", [] {
        const auto literals = distinct(*rc::gen::container<std::vector<Literal>>(rc::gen::container<Literal>(token())));
        const auto text = *rc::gen::container<Literal>(token());
        RC_ASSERT(scanned(literals, text) == naive(literals, text));
    }));
}

void TestPhraseTrie::theLongestIsWhatANaiveSearchChooses()
{
    QVERIFY(rc::check("scanLongest is leftmost and longest", [] {
        const auto literals = distinct(*rc::gen::container<std::vector<Literal>>(rc::gen::container<Literal>(token())));
        const auto text = *rc::gen::container<Literal>(token());
        const auto refused = *rc::gen::inRange<std::uint32_t>(0, 4);
        const Numbered numbered(literals);
        std::vector<Match> found;
        numbered.trie.scanLongest(
            text, [&](std::uint32_t literal, std::size_t, std::size_t) { return numbered.numbers[literal] % 3 != refused; },
            [&](std::uint32_t literal, std::size_t begin, std::size_t end) { found.emplace_back(numbered.numbers[literal], begin, end); });
        RC_ASSERT(found == naiveLongest(literals, text, refused));
    }));
}

void TestPhraseTrie::findsEachOfManyPhrases()
{
    // Enough phrases that the double array has to grow and to fill holes.
    std::vector<Literal> literals;
    for (std::uint32_t i = 0; i < 20'000; ++i)
        literals.push_back({0x4E00 + i % 5003, 0x4E00 + (i * 7919) % 4999, 0x4E00 + (i / 5003) % 97});
    literals = distinct(std::move(literals));
    const Numbered numbered(literals);
    for (std::uint32_t number = 0; number < literals.size(); ++number) {
        bool isFound = false;
        numbered.trie.scan(literals[number], [&](std::uint32_t literal, std::size_t, std::size_t end) { isFound |= literal == number && end == 3; });
        QVERIFY2(isFound, qPrintable(QStringLiteral("phrase %1 is not found in itself").arg(number)));
    }
}

void TestPhraseTrie::holdsThePublishedVectors()
{
    REQUIRE_SHARED_DATA(folder, "aho_corasick_vectors");
    QFile input(folder + QStringLiteral("/vectors.json"));
    QVERIFY(input.open(QIODevice::ReadOnly));
    const auto json = evenhand::base::parseJson(input.readAll().toStdString());
    QVERIFY(json);
    std::set<std::string> groups;
    for (const auto& group : (*json)["collections"]["AC_STANDARD_OVERLAPPING"])
        groups.insert(group.get<std::string>());
    int checked = 0;
    for (const auto& test : (*json)["tests"]) {
        if (!groups.contains(test["group"].get<std::string>()))
            continue;
        std::vector<Literal> literals;
        for (const auto& pattern : test["patterns"])
            literals.push_back(literalOf(pattern.get<std::string>()));
        // The automaton takes neither empty nor equal phrases; PhraseProfile never gives it any.
        if (distinct(literals).size() != literals.size())
            continue;
        std::vector<Match> expected;
        for (const auto& match : test["matches"])
            expected.emplace_back(match[0].get<std::uint32_t>(), match[1].get<std::size_t>(), match[2].get<std::size_t>());
        std::sort(expected.begin(), expected.end());
        QVERIFY2(scanned(literals, literalOf(test["haystack"].get<std::string>())) == expected, test["name"].get<std::string>().c_str());
        ++checked;
    }
    QVERIFY2(checked >= 20, qPrintable(QStringLiteral("only %1 vectors were usable").arg(checked)));
}

void TestPhraseTrie::theShortestComesFirstAtOnePlace()
{
    const Numbered numbered({{'a'}, {'a', 'b'}, {'a', 'b', 'c'}});
    std::vector<std::size_t> ends;
    numbered.trie.scan(literalOf("abc"), [&](std::uint32_t, std::size_t, std::size_t end) { ends.push_back(end); });
    QCOMPARE(ends, (std::vector<std::size_t>{1, 2, 3}));
}

void TestPhraseTrie::anEmptyListFindsNothing()
{
    QVERIFY(scanned({}, literalOf("abc")).empty());
}

QTEST_GUILESS_MAIN(TestPhraseTrie)
#include "tst_phrasetrie.moc"
