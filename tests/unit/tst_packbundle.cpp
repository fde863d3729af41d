// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>

#include <QTemporaryDir>
#include <QTest>

#include "app/compliance/packarchive.h"
#include "app/compliance/packdiff.h"

using namespace evenhand;
using namespace evenhand::compliance;
using base::ErrorCode;
using base::Instant;

namespace {

std::map<std::string, std::string> filesOf(const std::string& version, const std::string& from, int limit)
{
    return {{"pack.yaml", "id: house\nversion: \"" + version + "\"\nname: {en: House}\njurisdictions: [CN]\neffective_from: " + from + "\nsources: []\n"},
            {"contact.yaml", "rules:\n  - {id: h.cap, kind: cap, decision: block, clause: c, confidence: K, text: {en: t}, count: attempts, per: person, limit: "
                                 + std::to_string(limit) + ", days: 1}\n"}};
}

PackDirectory pack(const std::string& version, const std::string& from = "2026-01-01", int limit = 3)
{
    return PackDirectory("house", filesOf(version, from, limit));
}

std::string capOf(int limit, bool isEnabled = true, const std::string& clause = "c")
{
    return "  - {id: a, kind: cap, enabled: " + std::string(isEnabled ? "true" : "false") + ", decision: block, clause: " + clause
        + ", confidence: K, text: {en: t}, count: attempts, per: person, days: 1, limit: " + std::to_string(limit) + "}\n";
}

base::Date day(const char* text) { return *base::Date::tryFromIso(text); }

const Instant kPublished = *Instant::tryFromRfc3339("2026-01-01T09:00:00Z");

} // namespace

class TestPackBundle : public QObject {
    Q_OBJECT

private:
    base::SigningKey m_key = base::SigningKey::generate();

    std::string bundle(const PackDirectory& directory, Instant at = kPublished) const
    {
        const auto text = buildBundle(directory, signerOf(m_key), at);
        if (!text)
            qFatal("%s", text.error().detail.c_str());
        return *text;
    }

    PackArchive archiveIn(const QTemporaryDir& folder, std::vector<std::string>* problems = nullptr) const
    {
        std::vector<std::string> ignored;
        auto archive = PackArchive::open(folder.path().toStdString(), {m_key.publicKey()}, problems ? *problems : ignored);
        if (!archive)
            qFatal("%s", archive.error().detail.c_str());
        return *std::move(archive);
    }

private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }

    void aBundleComesBackAsThePackItWas()
    {
        for (const auto* id : {"cn-consumer-2026", "us-reg-f", "uk-conc", "in-rbi"}) {
            const auto shipped = PackDirectory::read(std::string(EVENHAND_SOURCE_DIR "/resources/packs/") + id);
            QVERIFY(shipped.has_value());
            const auto text = bundle(*shipped);
            QCOMPARE(bundle(*shipped), text);   // the same pack, the same bytes
            const auto opened = openBundle(text, {m_key.publicKey()});
            QVERIFY2(opened.has_value(), opened ? "" : opened.error().detail.c_str());
            QCOMPARE(opened->identity.hash, shipped->contentHash());
            QCOMPARE(opened->directory.files(), shipped->files());
            QVERIFY(opened->effectiveFrom.has_value());
        }
    }

    void everyChangedByteIsNoticed()
    {
        const auto text = bundle(pack("1"));
        for (std::size_t i = 0; i < text.size(); ++i) {
            auto changed = text;
            changed[i] = static_cast<char>(changed[i] ^ 1);
            const auto opened = openBundle(changed, {m_key.publicKey()});
            QVERIFY2(!opened, ("byte " + std::to_string(i) + " of " + text).c_str());
        }
        QVERIFY(openBundle(text, {m_key.publicKey()}).has_value());   // the unchanged one opens
    }

    void aStrangersKeyIsRefused()
    {
        const auto stranger = base::SigningKey::generate();
        const auto text = bundle(pack("1"));
        QCOMPARE(openBundle(text, {stranger.publicKey()}).error().code, ErrorCode::Unauthorized);
        QCOMPARE(openBundle(text, {}).error().code, ErrorCode::Unauthorized);
        QVERIFY(openBundle(text, {stranger.publicKey(), m_key.publicKey()}).has_value());
    }

    void otherFilesUnderAGoodSignatureAreRefused()
    {
        const auto strict = *base::parseJson(bundle(pack("1", "2026-01-01", 3)));
        auto swapped = *base::parseJson(bundle(pack("1", "2026-01-01", 300)));
        swapped["statement"] = strict["statement"];
        swapped["sig"] = strict["sig"];
        QCOMPARE(openBundle(swapped.dump(), {m_key.publicKey()}).error().code, ErrorCode::Damaged);
    }

    void aPackWithMistakesIsNotBuilt()
    {
        auto files = filesOf("1", "2026-01-01", 3);
        files["contact.yaml"] += "  - {id: h.cap}\n";
        const auto text = buildBundle(PackDirectory("house", files), signerOf(m_key), kPublished);
        QVERIFY(!text);
        QVERIFY2(text.error().detail.rfind("house/contact.yaml:3:5: ", 0) == 0, text.error().detail.c_str());
    }

    void theVersionOfTheDayIsInForce_data()
    {
        QTest::addColumn<QString>("on");
        QTest::addColumn<QString>("version");
        QTest::newRow("before any takes effect there is none") << "2025-12-31" << "";
        QTest::newRow("from its day on") << "2026-01-01" << "1";
        QTest::newRow("the day before the next one") << "2026-02-28" << "1";
        QTest::newRow("the next one from its day on") << "2026-03-01" << "2a";
    }
    void theVersionOfTheDayIsInForce()
    {
        QFETCH(QString, on);
        QFETCH(QString, version);
        QTemporaryDir folder;
        auto archive = archiveIn(folder);
        QVERIFY(archive.put(bundle(pack("2a", "2026-03-01", 2), kPublished.plusSeconds(60))).has_value());   // published again, corrected
        QVERIFY(archive.put(bundle(pack("2", "2026-03-01", 1))).has_value());
        QVERIFY(archive.put(bundle(pack("1"))).has_value());
        const auto* found = archive.inForce("house", day(on.toLatin1().constData()));
        QCOMPARE(found == nullptr ? std::string() : found->identity.version, version.toStdString());
        QCOMPARE(archive.nextChange(day("2026-01-15")), std::optional(day("2026-03-01")));
        QVERIFY(!archive.nextChange(day("2026-03-01")));
    }

    void oldVersionsStayForReplay()
    {
        QTemporaryDir folder;
        const auto old = PackDirectory("house", filesOf("1", "2026-01-01", 3));
        {
            auto archive = archiveIn(folder);
            QVERIFY(archive.put(bundle(old)).has_value());
            QVERIFY(archive.put(bundle(pack("2", "2026-03-01", 1))).has_value());
            QVERIFY(archive.put(bundle(old)).has_value());   // twice is once
        }
        const auto archive = archiveIn(folder);              // another day, another start
        QCOMPARE(archive.list().size(), std::size_t{2});
        const auto then = archive.rulesOf({{"house", "1", old.contentHash()}});
        QVERIFY2(then.has_value(), then ? "" : then.error().detail.c_str());
        QCOMPARE((*then)->rules().front().limit, 3);
        QCOMPARE((*archive.rulesOn(day("2026-03-02"), {"house"}))->rules().front().limit, 1);
        const auto lost = archive.rulesOf({{"house", "9", "sha256:00"}});
        QCOMPARE(lost.error().code, ErrorCode::NotFound);
    }

    void anOverlayBringsItsBase()
    {
        qputenv("EVENHAND_PACKS", EVENHAND_SOURCE_DIR "/resources/packs");
        QTemporaryDir folder;
        auto archive = archiveIn(folder);
        const auto site = PackDirectory::read(EVENHAND_SOURCE_DIR "/docs/examples/site-overlay");
        QVERIFY(archive.put(bundle(*site)).has_value());
        const auto rules = archive.rulesOn(day("2026-03-02"), {"site-overlay"});
        QVERIFY2(rules.has_value(), rules ? "" : rules.error().detail.c_str());
        QCOMPARE((*rules)->identities().size(), std::size_t{2});
        QCOMPARE((*rules)->identities().front().id, std::string("cn-consumer-2026"));
    }

    void whatWasChangedOnDiskIsWrittenAnew()
    {
        QTemporaryDir folder;
        auto archive = archiveIn(folder);
        QVERIFY(archive.put(bundle(pack("1"))).has_value());
        const auto rules = archive.rulesOn(day("2026-01-02"), {"house"});
        QVERIFY(rules.has_value());
        const auto file = (*rules)->packs().front()->directory().pathOf("contact.yaml");
        std::ofstream(file) << "rules: []\n";
        QVERIFY(archive.rulesOn(day("2026-01-02"), {"house"}).has_value());
        std::ifstream again(file);
        const std::string text{std::istreambuf_iterator<char>(again), {}};
        QVERIFY2(text.find("h.cap") != std::string::npos, text.c_str());
    }

    void aDamagedFileIsNamedAndLeft()
    {
        QTemporaryDir folder;
        const auto path = folder.filePath(QStringLiteral("deadbeef.ehpack")).toStdString();
        std::ofstream(path) << "{\"statement\":";
        std::vector<std::string> problems;
        const auto archive = archiveIn(folder, &problems);
        QVERIFY(archive.list().empty());
        QCOMPARE(problems.size(), std::size_t{1});
        QVERIFY2(problems.front().rfind("deadbeef.ehpack: ", 0) == 0, problems.front().c_str());
        QVERIFY(QFile::exists(QString::fromStdString(path)));
    }

    void publishingSaysWhatChanges_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const std::string& was, const std::string& is, const char* found) {
            QTest::newRow(name) << QString::fromStdString(was) << QString::fromStdString(is) << QString::fromUtf8(found);
        };
        const std::string hours = "  - {id: b, kind: hours, decision: block, clause: c, confidence: K, text: {en: t}, allowed: [{from: \"08:00\", until: \"21:00\"}]}\n";
        row("nothing", capOf(3), capOf(3), "");
        row("a higher limit loosens", capOf(3), capOf(4), "loosened a limit 3>4");
        row("a lower limit tightens", capOf(3), capOf(2), "tightened a limit 3>2");
        row("a rule that is gone", capOf(3) + hours, capOf(3), "removed b");
        row("a new rule", capOf(3), capOf(3) + hours, "added b");
        row("switched off", capOf(3), capOf(3, false), "loosened a enabled true>false");
        row("switched on, with a higher limit", capOf(3, false), capOf(9), "tightened a enabled false>true,tightened a limit 3>9");
        row("an option that nobody used is gone", hours + capOf(3, false), hours, "reworded a");
        row("another clause", capOf(3), capOf(3, true, "d"), "reworded a clause c>d");
    }
    void publishingSaysWhatChanges()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, expected);
        const auto rules = [](const QString& text) {
            auto files = filesOf("1", "2026-01-01", 1);
            files["contact.yaml"] = "rules:\n" + text.toStdString();
            base::SourceProblems problems;
            auto parsed = RulePack::parse(PackDirectory("p", files), problems);
            auto set = parsed ? RuleSet::layer({std::move(parsed)}, problems) : nullptr;
            if (!set)
                qFatal("%s", problems.front().toString().c_str());
            return set;
        };
        QStringList found;
        for (const auto& d : compare(*rules(before), *rules(after))) {
            auto line = QString::fromStdString(std::string(toWord(d.kind)) + " " + d.rule);
            if (!d.member.empty())
                line += QString::fromStdString(" " + d.member + " " + d.from + ">" + d.to);
            found << line;
        }
        QCOMPARE(found.join(QLatin1Char(',')), expected);
    }
};

QTEST_GUILESS_MAIN(TestPackBundle)
#include "tst_packbundle.moc"
