// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

#include <QTest>

#include "app/compliance/packtest.h"
#include "app/compliance/phraseexamples.h"
#include "tests/support/phrasesamples.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::compliance;

namespace {

struct Count {
    int found = 0;
    int all = 0;
    [[nodiscard]] double percent() const { return all == 0 ? 0 : 100.0 * found / all; }
};

QString packOf(const QString& language) { return language == QStringLiteral("zh") ? QStringLiteral("cn-consumer-2026") : QStringLiteral("us-reg-f"); }

} // namespace

/// The figures the shipped packs must keep on the labelled sentences of tests/data/phrases.
class TestPhraseRates : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSetIsLargeEnough();
    void everyPlainViolationIsFound_data();
    void everyPlainViolationIsFound();
    void disguisesAreSeenThrough_data();
    void disguisesAreSeenThrough();
    void harmlessTalkIsNotBlocked_data();
    void harmlessTalkIsNotBlocked();
    void packsHoldEnoughAndPassTheirExamples_data();
    void packsHoldEnoughAndPassTheirExamples();

private:
    PhraseChecker& checker(const QString& language);
    std::map<QString, PhraseChecker> m_checkers;
};

PhraseChecker& TestPhraseRates::checker(const QString& language)
{
    auto found = m_checkers.find(language);
    if (found == m_checkers.end())
        found = m_checkers.emplace(language, *PhraseChecker::build(*test::shippedPhrases(packOf(language)))).first;
    return found->second;
}

void TestPhraseRates::theSetIsLargeEnough()
{
    const auto size = [](const char* language) {
        std::size_t sum = 0;
        for (const char* part : {"_plain", "_evasion", "_hard", "_compliant"})
            sum += test::readPhraseSamples(QString::fromLatin1(language) + QString::fromLatin1(part)).size();
        return sum;
    };
    QVERIFY(size("zh") >= 1500);
    QVERIFY(size("en") >= 600);
}

void TestPhraseRates::everyPlainViolationIsFound_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("Chinese") << QStringLiteral("zh");
    QTest::newRow("English") << QStringLiteral("en");
}

void TestPhraseRates::everyPlainViolationIsFound()
{
    QFETCH(QString, language);
    const auto samples = test::readPhraseSamples(language + QStringLiteral("_plain"));
    QVERIFY(!samples.empty());
    for (const auto& sample : samples)
        QVERIFY2(test::isCaught(checker(language), sample), qPrintable(sample.category + u' ' + sample.text));
}

void TestPhraseRates::disguisesAreSeenThrough_data() { everyPlainViolationIsFound_data(); }

void TestPhraseRates::disguisesAreSeenThrough()
{
    QFETCH(QString, language);
    std::map<QString, Count> counts;
    std::map<QString, QString> missed;
    for (const auto& sample : test::readPhraseSamples(language + QStringLiteral("_evasion"))) {
        auto& count = counts[sample.kind];
        ++count.all;
        const bool isFound = test::isCaught(checker(language), sample);
        count.found += isFound ? 1 : 0;
        if (!isFound)
            missed[sample.kind] += u'\n' + sample.text;
    }
    QVERIFY(counts.size() >= 7);
    for (const auto& [kind, count] : counts)
        QVERIFY2(count.percent() >= 98.0, qPrintable(QStringLiteral("%1: %2 %%3").arg(kind).arg(count.percent(), 0, 'f', 1).arg(missed[kind])));
}

void TestPhraseRates::harmlessTalkIsNotBlocked_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("part");
    for (const char* language : {"zh", "en"}) {
        for (const char* part : {"_hard", "_compliant"})
            QTest::addRow("%s%s", language, part) << QString::fromLatin1(language) << QString::fromLatin1(part);
    }
}

void TestPhraseRates::harmlessTalkIsNotBlocked()
{
    QFETCH(QString, language);
    QFETCH(QString, part);
    Count clean;
    QString blocked;
    for (const auto& sample : test::readPhraseSamples(language + part)) {
        ++clean.all;
        const bool isBlocked = test::isBlocked(checker(language), sample.text);
        clean.found += isBlocked ? 0 : 1;
        if (isBlocked)
            blocked += u'\n' + sample.text;
    }
    QVERIFY2(clean.percent() >= 99.5, qPrintable(blocked));
}

void TestPhraseRates::packsHoldEnoughAndPassTheirExamples_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<int>("least");
    QTest::newRow("Chinese") << QStringLiteral("zh") << 600;
    QTest::newRow("English") << QStringLiteral("en") << 400;
}

void TestPhraseRates::packsHoldEnoughAndPassTheirExamples()
{
    QFETCH(QString, language);
    QFETCH(int, least);
    const auto set = test::shippedPhrases(packOf(language));
    QVERIFY_RESULT(set);
    int phrases = 0;
    for (const auto& rule : set->rules()) {
        phrases += static_cast<int>(rule.phrases.size());
        QVERIFY2(!rule.clause.empty() && rule.message.contains("en") && rule.message.contains("zh_CN"), rule.id.c_str());
        if (rule.requiredIn.empty() && rule.severity == Severity::Block)
            QVERIFY2(!rule.good.empty() && !rule.bad.empty(), rule.id.c_str());
    }
    QVERIFY2(phrases >= least, qPrintable(QString::number(phrases)));
    PackTestReport report;
    testPhraseExamples(*set, report);
    QVERIFY2(report.failures.empty(), report.failures.empty() ? "" : report.failures.front().toString().c_str());
    QVERIFY(report.passed > 150);
}

QTEST_GUILESS_MAIN(TestPhraseRates)
#include "tst_phraserates.moc"
