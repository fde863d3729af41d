// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include <QFile>
#include <QTest>

#include "app/base/json.h"
#include "app/compliance/phrasechecker.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::compliance;

namespace {

/// Cases whose answer differs, each explained in docs/phrases.md.
const std::set<std::string>& explained()
{
    static const std::set<std::string> ids = {
        "peer-011", "peer-014",                                     // runs of digits are no phrases
        "peer-082", "peer-083", "peer-085", "peer-086",             // nor are links and e-mail addresses
        "peer-089", "peer-100", "peer-110",                         // overlapping hits of one list are not shown
        "peer-104",                                                 // the set of separators cannot be chosen one by one
        "peer-111", "peer-113", "peer-114", "peer-115", "peer-116"  // . and [..] are written as alternatives
    };
    return ids;
}

/// Without options the peers fold width, case and traditional characters and match Latin phrases as words.
struct Options {
    FoldSet folds = *FoldSet::parse("width,case,traditional");
    WordEdges edges = WordEdges::Letters;
};

Options optionsOf(const base::Json& test)
{
    Options options;
    const auto& named = test["options"];
    if (named.value("fold_digits", false))
        options.folds = options.folds.with(FoldStep::Digits);
    if (named.contains("skip_symbols") && (named["skip_symbols"].is_string() || named["skip_symbols"].get<bool>()))
        options.folds = options.folds.with(FoldStep::Symbols);
    if (named.value("ignore_repeat", false))
        options.folds = options.folds.with(FoldStep::Repeat);
    if (const auto boundary = named.value("word_boundary", std::string("english")); boundary == "english+digits")
        options.edges = WordEdges::LettersAndDigits;
    else if (boundary == "none")
        options.edges = WordEdges::Free;
    return options;
}

std::vector<std::string> texts(const base::Json& list)
{
    std::vector<std::string> all;
    for (const auto& item : list)
        all.push_back(item.get<std::string>());
    return all;
}

bool agrees(const base::Json& test)
{
    const auto options = optionsOf(test);
    const auto checker = PhraseChecker::build(PhraseSet::fromLists(texts(test["deny"]), texts(test["allow"]), options.folds, options.edges));
    const auto text = QString::fromStdString(test["text"].get<std::string>());
    std::vector<std::string> found;
    for (const auto& span : checker->scan(text))
        found.push_back(text.mid(span.start, span.end - span.start).toStdString());
    const auto& expect = test["expect"];
    if (expect.is_boolean())
        return expect.get<bool>() == !found.empty();
    return expect.is_number() ? expect.get<std::size_t>() == found.size() : texts(expect) == found;
}

} // namespace

/// What two Chinese word filters expect of their own code, from the shared data.
class TestPhrasePeers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersAsThePeersDoOrIsExplained();
};

void TestPhrasePeers::answersAsThePeersDoOrIsExplained()
{
    REQUIRE_SHARED_DATA(folder, "peer_evasion_cases");
    QFile file(folder + QStringLiteral("/cases.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto cases = base::parseJson(file.readAll().toStdString());
    QVERIFY_RESULT(cases);
    QString different;
    QString agreeing;
    for (const auto& test : *cases) {
        const auto id = test["id"].get<std::string>();
        if (agrees(test) && explained().contains(id))
            agreeing += QString::fromStdString(id) + u' ';
        if (!agrees(test) && !explained().contains(id))
            different += QString::fromStdString(id) + u' ';
    }
    QVERIFY2(different.isEmpty(), qPrintable(QStringLiteral("not explained in docs/phrases.md: ") + different));
    QVERIFY2(agreeing.isEmpty(), qPrintable(QStringLiteral("listed as different, yet the answer is the same: ") + agreeing));
}

QTEST_GUILESS_MAIN(TestPhrasePeers)
#include "tst_phrasepeers.moc"
