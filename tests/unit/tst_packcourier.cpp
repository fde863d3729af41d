// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include "app/services/packcourier.h"
#include "tests/support/fakeclock.h"

using namespace evenhand;
using namespace evenhand::test;

namespace {

constexpr std::int64_t kTenMinutesMs = 600'000;

compliance::PackDirectory housePack(const std::string& version, const std::string& from)
{
    return compliance::PackDirectory("house", {{"pack.yaml", "id: house\nversion: \"" + version + "\"\nname: {en: House}\njurisdictions: [CN]\neffective_from: " + from + "\nsources: []\n"},
                                               {"contact.yaml", "rules: []\n"}});
}

/// What a server would answer, one bundle at a time.
struct Shelf {
    std::vector<std::pair<std::string, std::string>> bundles;   ///< hash, text
    int asked = 0;

    void put(const base::SigningKey& key, const compliance::PackDirectory& pack)
    {
        bundles.emplace_back(pack.contentHash(), *compliance::buildBundle(pack, compliance::signerOf(key), *base::Instant::tryFromRfc3339("2026-01-01T00:00:00Z")));
    }
    [[nodiscard]] sync::RoundCall call()
    {
        return [this](const std::string& path, const base::Json& body, const std::function<void(sync::Reply<base::Json>)>& answered) {
            QCOMPARE(path, std::string("/v1/packs"));
            ++asked;
            base::Json answer{{"bundle", nullptr}};
            for (const auto& [hash, text] : bundles)
                if (std::ranges::find(body["have"], base::Json(hash)) == body["have"].end()) {
                    answer["bundle"] = text;
                    break;
                }
            answered(answer);
        };
    }
};

} // namespace

class TestPackCourier : public QObject {
    Q_OBJECT

private:
    base::SigningKey m_key = base::SigningKey::generate();

    [[nodiscard]] std::vector<domain::wire::ServerKey> keys() const
    {
        return {{"k", "sign", "ed25519", base::Bytes(m_key.publicKey().begin(), m_key.publicKey().end()), {}}};
    }

private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }

    void allVersionsComeAndTheOneOfTheDayIsInForce()
    {
        FakeClock clock;   // 2 March 2026
        QTemporaryDir folder;
        int changes = 0, rounds = 0;
        services::PackCourier courier(folder.path().toStdString(), keys(), clock, [&] { ++changes; });
        Shelf shelf;
        shelf.put(m_key, housePack("1", "2026-01-01"));
        shelf.put(m_key, housePack("2", "2026-03-04"));
        const auto round = [&] { courier.fetch(shelf.call(), [&] { ++rounds; }); };
        round();
        QCOMPARE(courier.archive()->list().size(), std::size_t{2});
        QCOMPARE(changes, 1);
        QCOMPARE(courier.archive()->inForce("house", *base::Date::tryFromIso("2026-03-02"))->identity.version, std::string("1"));
        const int asked = shelf.asked;
        round();
        QCOMPARE(shelf.asked, asked);                       // not every thirty seconds
        clock.advance(kTenMinutesMs);
        round();
        QCOMPARE(shelf.asked, asked + 1);
        QCOMPARE(changes, 1);                               // nothing new came
        clock.advance(2 * 86'400'000LL);                    // the day of the second one
        round();
        QCOMPARE(changes, 2);
        round();
        QCOMPARE(changes, 2);                               // said once
        QCOMPARE(rounds, 5);
    }

    void aStrangersPackChangesNothing()
    {
        FakeClock clock;
        QTemporaryDir folder;
        int changes = 0;
        bool isDone = false;
        services::PackCourier courier(folder.path().toStdString(), keys(), clock, [&] { ++changes; });
        Shelf shelf;
        const auto stranger = base::SigningKey::generate();
        shelf.put(stranger, housePack("1", "2026-01-01"));
        courier.fetch(shelf.call(), [&] { isDone = true; });
        QVERIFY(isDone);
        QCOMPARE(shelf.asked, 1);                           // and it does not go round in circles
        QCOMPARE(changes, 0);
        QVERIFY(courier.archive()->list().empty());
    }

    void anOldServerIsNoError()
    {
        FakeClock clock;
        QTemporaryDir folder;
        bool isDone = false;
        services::PackCourier courier(folder.path().toStdString(), keys(), clock, [] {});
        courier.fetch([](const std::string&, const base::Json&, const std::function<void(sync::Reply<base::Json>)>& answered) {
            answered(tl::unexpected(sync::CallFailure{{base::ErrorCode::NotFound, "no such call"}, {}, 404, {}, {}}));
        }, [&] { isDone = true; });
        QVERIFY(isDone);
    }
};

QTEST_GUILESS_MAIN(TestPackCourier)
#include "tst_packcourier.moc"
