// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "app/compliance/clausewords.h"
#include "app/compliance/contactgate.h"
#include "app/compliance/rulemembers.h"
#include "app/compliance/ruleset.h"

using namespace evenhand;
using namespace evenhand::compliance;

namespace {

const std::string kManifest = R"(id: base
version: "1"
name: {en: Base}
jurisdictions: [CN]
effective_from: 2026-01-01
sources: []
overrides: {warn: [agent, supervisor], hold: [supervisor]}
)";

const std::string kContact = R"(rules:
  - id: t.hours
    kind: hours
    decision: block
    clause: "a clause"
    confidence: K
    text: {en: "closed"}
    allowed: [{from: "08:00", until: "22:00"}]
    lifted_by: outside_hours
  - id: t.cap
    kind: cap
    decision: hold
    clause: "a clause"
    confidence: K
    text: {en: "{count} of {limit}"}
    count: attempts
    per: person
    limit: 3
    days: 1
  - id: t.option
    kind: cap
    enabled: false
    decision: block
    clause: "a clause"
    confidence: X
    text: {en: "option"}
    count: attempts
    per: person
    limit: 5
    days: 7
)";

using Files = std::map<std::string, std::string>;

/// Every "clause" below the node.
std::vector<std::string> clausesIn(const base::YamlNode& node)
{
    std::vector<std::string> found;
    const auto take = [&found](const std::vector<std::string>& more) { found.insert(found.end(), more.begin(), more.end()); };
    for (const auto& item : node.items())
        take(clausesIn(item));
    for (const auto& [key, value] : node.members()) {
        if (key.scalar() == "clause")
            found.push_back(value.scalar());
        take(clausesIn(value));
    }
    return found;
}

std::shared_ptr<const RulePack> parse(const std::string& contact, base::SourceProblems& problems, const std::string& manifest = kManifest)
{
    return RulePack::parse(PackDirectory("pack", Files{{"pack.yaml", manifest}, {"contact.yaml", contact}}), problems);
}

std::shared_ptr<const RulePack> overlay(const std::string& contact, base::SourceProblems& problems)
{
    auto manifest = kManifest;
    manifest.replace(manifest.find("id: base"), 8, "id: site\nbase: base");
    manifest.replace(manifest.find("[agent, supervisor]"), 19, "[supervisor]");
    return parse(contact, problems, manifest);
}

std::string firstOf(const base::SourceProblems& problems) { return problems.empty() ? "no problem" : problems.front().toString(); }

std::string replaced(std::string text, const std::string& what, const std::string& with) { return text.replace(text.find(what), what.size(), with); }

} // namespace

class TestRulePack : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mistakesArePointedAt_data()
    {
        QTest::addColumn<QString>("contact");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const std::string& what, const std::string& with, const char* message) {
            QTest::newRow(name) << QString::fromStdString(replaced(kContact, what, with)) << QString::fromUtf8(message);
        };
        row("a member nobody knows", "limit: 3", "limt: 3", "pack/contact.yaml:18:5: unknown member \"limt\"");
        row("a member of another kind", "limit: 3", "min_visitors: 3", "pack/contact.yaml:18:5: unknown member \"min_visitors\" of a rule of kind cap");
        row("a word nobody knows", "count: attempts", "count: tries", "pack/contact.yaml:16:12: unknown thing to count \"tries\"; known: conversations");
        row("a kind nobody knows", "kind: cap", "kind: cup", "pack/contact.yaml:11:11: unknown kind of rule \"cup\"; known: hours");
        row("a time of day that does not exist", "\"22:00\"", "\"25:00\"", "pack/contact.yaml:8:38: \"25:00\" is not a time of day");
        row("a window that ends before it begins", "\"22:00\"", "\"07:00\"", "pack/contact.yaml:8:15: the window ends before it begins");
        row("a number that is none", "limit: 3", "limit: many", "pack/contact.yaml:18:12: expected a whole number from 0 to 1000");
        row("a rule without a clause", "    clause: \"a clause\"\n    confidence: K\n    text: {en: \"closed\"}", "    confidence: K\n    text: {en: \"closed\"}",
            "pack/contact.yaml:2:5: rule \"t.hours\": \"clause\" is missing");
        row("the same rule twice", "id: t.cap", "id: t.hours", "pack/contact.yaml:10:5: rule \"t.hours\" exists twice");
        row("the same member twice", "limit: 3", "limit: 3\n    limit: 4", "pack/contact.yaml:19:5: \"limit\" occurs twice");
        row("broken YAML", "limit: 3", "limit: [3", "pack/contact.yaml:19:9: not valid YAML");
    }
    void mistakesArePointedAt()
    {
        QFETCH(QString, contact);
        QFETCH(QString, message);
        base::SourceProblems problems;
        QVERIFY(!parse(contact.toStdString(), problems));
        QVERIFY2(firstOf(problems).rfind(message.toStdString(), 0) == 0, firstOf(problems).c_str());
    }

    void allMistakesOfARunAreListed()
    {
        base::SourceProblems problems;
        auto contact = replaced(replaced(kContact, "limit: 3", "limt: 3"), "\"22:00\"", "\"25:00\"");
        QVERIFY(!parse(contact, problems, replaced(kManifest, "2026-01-01", "2026-13-01")));
        QCOMPARE(problems.size(), std::size_t{4});   // the date, the time, the unknown member, and the limit that is now missing
    }

    void hashChangesWithAnyFile()
    {
        const PackDirectory a("x", Files{{"pack.yaml", "a"}, {"scripts/b.yaml", "b"}});
        const PackDirectory same("elsewhere/", Files{{"scripts/b.yaml", "b"}, {"pack.yaml", "a"}});
        const PackDirectory changed("x", Files{{"pack.yaml", "a"}, {"scripts/b.yaml", "b "}});
        const PackDirectory renamed("x", Files{{"pack.yaml", "a"}, {"scripts/c.yaml", "b"}});
        QCOMPARE(a.contentHash(), same.contentHash());
        QVERIFY(a.contentHash() != changed.contentHash());
        QVERIFY(a.contentHash() != renamed.contentHash());
        QVERIFY(a.contentHash().rfind("sha256:", 0) == 0 && a.contentHash().size() == 71);
    }

    void overlayTightens()
    {
        base::SourceProblems problems;
        const auto rules = RuleSet::layer({parse(kContact, problems), overlay("changes:\n"
                                           "  - {rule: t.hours, set: {allowed: [{from: \"09:00\", until: \"21:00\"}]}}\n"
                                           "  - {rule: t.cap, set: {limit: 2, decision: block}}\n"
                                           "  - {rule: t.option, set: {enabled: true, limit: 50}}\n", problems)}, problems);
        QVERIFY2(rules != nullptr, firstOf(problems).c_str());
        QCOMPARE(rules->rules()[1].limit, 2);
        QVERIFY(rules->rules()[2].isEnabled);
        QCOMPARE(rules->changes().size(), std::size_t{5});
        for (const auto& change : rules->changes())
            QVERIFY2(!change.isLoosening, change.member.c_str());   // a rule that was off bound nobody: a limit of 50 loosens nothing
        QCOMPARE(rules->overrides().warn, std::vector<std::string>{"supervisor"});
        QCOMPARE(rules->identities().size(), std::size_t{2});
    }

    void looseningNeedsAReason_data()
    {
        QTest::addColumn<QString>("set");
        QTest::newRow("a higher limit") << "rule: t.cap, set: {limit: 4}";
        QTest::newRow("a softer decision") << "rule: t.cap, set: {decision: warn}";
        QTest::newRow("switched off") << "rule: t.cap, set: {enabled: false}";
        QTest::newRow("a shorter memory") << "rule: t.cap, set: {days: 1, channels: [call]}";
        QTest::newRow("a wider window") << "rule: t.hours, set: {allowed: [{from: \"07:59:59\", until: \"22:00\"}]}";
        QTest::newRow("a window that is elsewhere") << "rule: t.hours, set: {allowed: [{from: \"09:00\", until: \"22:00:01\"}]}";
        QTest::newRow("an exception for a purpose") << "rule: t.cap, set: {except_purposes: [reply]}";
        QTest::newRow("results that do not count") << "rule: t.cap, set: {exclude_results: [busy]}";
        QTest::newRow("something else to count") << "rule: t.cap, set: {count: conversations}";
    }
    void looseningNeedsAReason()
    {
        QFETCH(QString, set);
        base::SourceProblems problems;
        const auto base = parse(kContact, problems);
        const auto without = overlay("changes:\n  - {" + set.toStdString() + "}\n", problems);
        QVERIFY(problems.empty());
        QVERIFY(!RuleSet::layer({base, without}, problems));
        QVERIFY2(firstOf(problems).find("pack/contact.yaml:2:5: ") == 0 && firstOf(problems).find("loosens it") != std::string::npos, firstOf(problems).c_str());
        problems.clear();
        const auto with = overlay("changes:\n  - {" + set.toStdString() + ", relaxes: \"opinion of counsel\"}\n", problems);
        const auto rules = RuleSet::layer({base, with}, problems);
        QVERIFY2(rules != nullptr, firstOf(problems).c_str());
        QVERIFY(rules->changes().back().isLoosening);
        QCOMPARE(rules->changes().back().reason, std::string("opinion of counsel"));
    }

    void layersMustFit_data()
    {
        QTest::addColumn<QString>("contact");
        QTest::addColumn<QString>("message");
        QTest::newRow("a change of a rule that is not there") << "changes:\n  - {rule: t.none, set: {limit: 1}}\n" << "there is no rule \"t.none\"";
        QTest::newRow("a rule that is there already") << QString::fromStdString(kContact) << "exists already in pack \"base\"";
        QTest::newRow("a member that does not fit") << "changes:\n  - {rule: t.hours, set: {limit: 1}}\n" << "unknown member \"limit\" of a change to a rule of kind hours";
        QTest::newRow("the kind of a rule stays") << "changes:\n  - {rule: t.hours, set: {kind: cap}}\n" << "unknown member \"kind\"";
    }
    void layersMustFit()
    {
        QFETCH(QString, contact);
        QFETCH(QString, message);
        base::SourceProblems problems;
        const auto base = parse(kContact, problems);
        const auto site = overlay(contact.toStdString(), problems);
        QVERIFY2(site != nullptr, firstOf(problems).c_str());
        QVERIFY(!RuleSet::layer({base, site}, problems));
        QVERIFY2(firstOf(problems).find(message.toStdString()) != std::string::npos, firstOf(problems).c_str());
    }

    void strictestOfSeveralPacksWins()
    {
        const auto folder = std::string(EVENHAND_SOURCE_DIR "/resources/packs/");
        const auto both = RuleSet::load({folder + "cn-consumer-2026", folder + "in-rbi"});
        QVERIFY2(both.has_value(), both ? "" : both.error().detail.c_str());
        ContactFacts facts;
        facts.parties = {{"p1", domain::PartyRole::Debtor, "Asia/Shanghai", false}};
        facts.contactPoints = {{"n1", "p1", domain::ContactPointKind::Mobile, domain::ContactSource::Contract, domain::ContactStatus::Active, {}}};
        facts.history.emplace();
        facts.flags.emplace();
        ContactIntent intent;
        intent.partyId = "p1";
        intent.contactPointId = "n1";
        intent.accountIds = {"a1"};
        const auto decision = ContactGate(*both).decide(intent, facts, *base::Instant::tryFromRfc3339("2026-03-02T20:00:00+08:00"));
        QCOMPARE(decision.verdict, Verdict::Block);
        QCOMPARE(decision.reasons.size(), std::size_t{1});
        QCOMPARE(decision.reasons[0].rule, std::string("in.call_hours"));
        QCOMPARE(decision.packs.size(), std::size_t{2});
    }

    void anUnknownPackNamesTheKnownOnes()
    {
        qputenv("EVENHAND_PACKS", EVENHAND_SOURCE_DIR "/resources/packs");
        const auto rules = RuleSet::load({"cn-consumer-1999"});
        QVERIFY(!rules);
        QVERIFY2(rules.error().detail.find("cn-consumer-2026") != std::string::npos, rules.error().detail.c_str());
        QVERIFY(RuleSet::load({"cn-consumer-2026"}).has_value());
    }

    void whatTheChinesePackCitesIsSaidInChinese()
    {
        const auto pack = PackDirectory::read(EVENHAND_SOURCE_DIR "/resources/packs/cn-consumer-2026");
        QVERIFY(pack);
        ClauseWords words;
        QVERIFY(words.add(*pack));
        int cited = 0;
        for (const auto& [file, text] : pack->files()) {
            const auto root = file.ends_with(".yaml") ? base::YamlNode::parseText(text, file) : base::Result<base::YamlNode>(base::fail(base::ErrorCode::NotFound, ""));
            for (const auto& clause : root ? clausesIn(*root) : std::vector<std::string>{}) {
                ++cited;
                QVERIFY2(!words.in("zh_CN", clause).empty(), (file + ": " + clause).c_str());
                QCOMPARE(words.in("zh_CN", clause + " (S)"), words.in("zh_CN", clause) + " (S)");
            }
        }
        QVERIFY(cited > 60);
    }

    void clausesWithMistakesArePointedAt()
    {
        ClauseWords words;
        const auto added = words.add(PackDirectory("p", Files{{"clauses.yaml", "clauses:\n  - zh_CN: \"x\"\n"}}));
        QVERIFY(!added);
        QVERIFY2(added.error().detail.find("p/clauses.yaml:2:") == 0, added.error().detail.c_str());
        QVERIFY(words.in("zh_CN", "anything").empty());
    }
};

QTEST_GUILESS_MAIN(TestRulePack)
#include "tst_rulepack.moc"
