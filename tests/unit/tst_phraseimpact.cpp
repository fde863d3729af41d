// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "app/compliance/phraseimpact.h"

using namespace evenhand::compliance;

namespace {

PhraseChecker pack(const std::vector<std::pair<std::string, std::string>>& rules)
{
    PhraseSet set;
    for (const auto& [id, phrase] : rules) {
        PhraseRule rule;
        rule.id = id;
        rule.category = id;
        rule.phrases = {phrase};
        set.addRule(rule);
    }
    return *PhraseChecker::build(set);
}

} // namespace

class TestPhraseImpact : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesWhatComesAndGoesByRule();
    void theSamePackChangesNothing();
    void keepsNoMoreSamplesThanAsked();
};

void TestPhraseImpact::namesWhatComesAndGoesByRule()
{
    PhraseImpact impact(pack({{"A", "上门闹"}, {"B", "传票"}}), pack({{"B", "传票"}, {"C", "打爆电话"}}));
    impact.add(QStringLiteral("我们会上门闹，传票"), "a.txt:1");
    impact.add(QStringLiteral("打爆电话"), "a.txt:2");
    impact.add(QStringLiteral("您好"), "a.txt:3");
    QCOMPARE(impact.texts(), 3U);
    QCOMPARE(impact.changedTexts(), 2U);
    QCOMPARE(impact.unchangedHits(), 1U);
    QCOMPARE(impact.rules().size(), 2U);
    const auto& lost = impact.rules().at("A");
    QCOMPARE(lost.lostHits, 1U);
    QCOMPARE(lost.newHits, 0U);
    QCOMPARE(lost.lostSamples.front().text, QStringLiteral("上门闹"));
    QCOMPARE(lost.lostSamples.front().before, QStringLiteral("我们会"));
    QCOMPARE(lost.lostSamples.front().source, std::string("a.txt:1"));
    QCOMPARE(impact.rules().at("C").newHits, 1U);
}

void TestPhraseImpact::theSamePackChangesNothing()
{
    const auto same = pack({{"A", "上门闹"}});
    PhraseImpact impact(same, same);
    impact.add(QStringLiteral("上门闹"), "x");
    QVERIFY(impact.rules().empty());
    QCOMPARE(impact.unchangedHits(), 1U);
}

void TestPhraseImpact::keepsNoMoreSamplesThanAsked()
{
    PhraseImpact impact(pack({{"B", "传票"}}), pack({{"A", "上门闹"}}), 2);
    for (int i = 0; i < 5; ++i)
        impact.add(QStringLiteral("上门闹"), "x");
    QCOMPARE(impact.rules().at("A").newHits, 5U);
    QCOMPARE(impact.rules().at("A").newSamples.size(), 2U);
}

QTEST_GUILESS_MAIN(TestPhraseImpact)
#include "tst_phraseimpact.moc"
