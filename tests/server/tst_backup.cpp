// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include <QTest>

#include "server/sequencer/ingest.h"
#include "server/store/backup.h"
#include "server/store/postgresdriver.h"
#include "tests/server/office.h"
#include "tests/support/postgrescluster.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;
using base::ErrorCode;
using domain::wire::EventResult;

namespace {

using Place = test::Office::Place;

/// A database that takes a backup back.
struct Target {
    QTemporaryDir folder;
    test::FakeClock clock;
    DatabaseUrl url;
    explicit Target(Place place)
        : url(place == Place::PostgreSql ? DatabaseUrl{DatabaseUrl::Driver::PostgreSql, test::sharedPostgres()->createDatabase()}
                                         : DatabaseUrl{DatabaseUrl::Driver::Sqlite, folder.filePath(QStringLiteral("new.db")).toStdString()}) {}
    [[nodiscard]] Store open(StoreMode mode = StoreMode::ReadWrite) const { return *Store::open(url, mode, clock); }
};

struct Workstation {
    UserRecord user;
    domain::CaseId caseId;
    test::Device device;
    std::vector<domain::EventEnvelope> events{};
};

EventResult handIn(Store& store, const ServerKeys& keys, const Workstation& from, const domain::EventEnvelope& event, base::Instant now)
{
    const DeviceRecord record{from.device.id, from.user.id, from.device.key.publicKey(), "test", now};
    auto transaction = *store.begin();
    auto result = *Ingest(store, keys, from.user).store(checkEvent(event, record, store.dataset(), now));
    if (!store.events().advanceEpoch(from.device.id, event.epoch) || !transaction.commit())
        qFatal("the event is not stored");
    return result;
}

void bothPlaces()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    const std::pair<const char*, Place> places[] = {{"SQLite", Place::File}, {"PostgreSQL", Place::PostgreSql}};
    for (const auto& [fromName, from] : places) {
        for (const auto& [toName, to] : places)
            QTest::addRow("from %s to %s", fromName, toName) << static_cast<int>(from) << static_cast<int>(to);
    }
}

} // namespace

class TestBackup : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyTableIsInside();
    void yesterdaysBackupLosesNothing_data() { bothPlaces(); }
    void yesterdaysBackupLosesNothing();
    void aDamagedFileChangesNothing_data();
    void aDamagedFileChangesNothing();
    void onlyAnEmptyDatabaseTakesOne();
    void aFileIsNeverReplaced();
};

void TestBackup::initTestCase()
{
    base::initialiseCrypto();
    if (!test::sharedPostgres())
        QSKIP(test::PostgresCluster::problem().c_str());
}

void TestBackup::everyTableIsInside()
{
    test::Office office;
    Query query(office.store().connection(), "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'");
    const auto names = query.allRows([](const SqlRow& row) { return row.text(0); });
    QVERIFY_RESULT(names);
    std::set<std::string> expected(names->begin(), names->end());
    expected.erase("sessions");         // a restored server asks everyone to sign in again
    expected.erase("schema_history");   // belongs to the database, not to the data
    QVERIFY(expected == std::set<std::string>(backedUpTables().begin(), backedUpTables().end()));
}

// P18 in small: 50 workstations, three events before the backup, two after it, then the server is put back.
void TestBackup::yesterdaysBackupLosesNothing()
{
    QFETCH(int, from);
    QFETCH(int, to);
    constexpr int kStations = 50;
    test::Office office(static_cast<Place>(from));
    const auto now = office.clock.now();
    std::vector<Workstation> stations;
    for (int i = 0; i < kStations; ++i) {
        const auto user = office.addUser("agent" + std::to_string(i), domain::UserRole::Agent, "north");
        const auto caseId = office.addCase(std::to_string(i));
        office.assign({caseId}, user);
        stations.push_back({user, caseId, office.addDevice(user)});
    }
    const auto work = [&](int events) {
        for (auto& station : stations) {
            for (int i = 0; i < events; ++i) {
                station.events.push_back(station.device.event(station.caseId, test::aCall(now), now));
                (void)handIn(office.store(), office.keys(), station, station.events.back(), now);
            }
        }
    };
    work(3);
    QTemporaryDir folder;
    const auto file = folder.filePath(QStringLiteral("backup")).toStdString();
    auto reader = *Store::open(office.url(), StoreMode::ReadOnly, office.clock);
    const auto written = writeBackup(reader, office.url().driver, file, office.clock);
    QVERIFY_RESULT(written);
    work(2);   // what a restore forgets

    const Target target(static_cast<Place>(to));
    {
        auto fresh = target.open();
        QVERIFY_RESULT(restoreBackup(fresh, target.url.driver, file));
    }
    auto restored = target.open();
    QCOMPARE(restored.dataset(), office.store().dataset());
    QCOMPARE(restored.scopeEpoch(), office.store().scopeEpoch() + 1);
    QCOMPARE(*restored.lastSeq(), written->lastSeq);
    for (auto& station : stations) {
        const auto epoch = restored.events().findEpoch(station.device.id, station.device.epoch);
        QVERIFY_RESULT(epoch);
        QCOMPARE((*epoch)->ackedUpto, 3);   // by which the workstation knows what to send again
        for (std::size_t i = 0; i < station.events.size(); ++i) {
            const auto result = handIn(restored, office.keys(), station, station.events[i], now.plusSeconds(86400));
            QCOMPARE(result.verdict, std::string(i < 3 ? "duplicate" : "accepted"));
            const auto before = *office.store().events().find(station.events[i].eventId);
            QCOMPARE(i < 3, result.receipt.statement == before->receipt.statement);
        }
        QCOMPARE((*restored.events().findEpoch(station.device.id, station.device.epoch))->ackedUpto, 5);
        QVERIFY(*restored.digests().find(station.caseId) == *restored.digests().count(station.caseId));
    }
}

void TestBackup::aDamagedFileChangesNothing_data()
{
    QTest::addColumn<int>("at");       // negative: from the end
    QTest::addColumn<bool>("cut");
    QTest::newRow("one byte of the beginning") << 3 << false;
    QTest::newRow("one byte in the middle") << 5000 << false;
    QTest::newRow("one byte of the hash") << -1 << false;
    QTest::newRow("cut in the middle") << 5000 << true;
    QTest::newRow("cut by one byte") << -1 << true;
    QTest::newRow("empty") << 0 << true;
}

void TestBackup::aDamagedFileChangesNothing()
{
    QFETCH(int, at);
    QFETCH(bool, cut);
    test::Office office;
    for (int i = 0; i < 20; ++i)
        office.addCase(std::to_string(i));
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("backup"));
    QVERIFY_RESULT(writeBackup(office.store(), office.url().driver, path.toStdString(), office.clock));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    auto bytes = file.readAll();
    const auto place = at < 0 ? bytes.size() + at : at;
    if (cut)
        bytes.truncate(place);
    else
        bytes[place] = static_cast<char>(bytes[place] ^ 1);
    QVERIFY(file.seek(0) && file.resize(0) && file.write(bytes) == bytes.size());
    file.close();
    const Target target(Place::File);
    auto fresh = target.open();
    const auto dataset = fresh.dataset();
    QVERIFY_FAILS(restoreBackup(fresh, target.url.driver, path.toStdString()), ErrorCode::Damaged);
    QCOMPARE(target.open(StoreMode::ReadOnly).dataset(), dataset);
}

void TestBackup::onlyAnEmptyDatabaseTakesOne()
{
    test::Office office;
    office.addCase("1");
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("backup")).toStdString();
    QVERIFY_RESULT(writeBackup(office.store(), office.url().driver, path, office.clock));
    QVERIFY_FAILS(restoreBackup(office.store(), office.url().driver, path), ErrorCode::Conflict);
}

void TestBackup::aFileIsNeverReplaced()
{
    test::Office office;
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("backup")).toStdString();
    QVERIFY_RESULT(writeBackup(office.store(), office.url().driver, path, office.clock));
    QVERIFY_FAILS(writeBackup(office.store(), office.url().driver, path, office.clock), ErrorCode::Conflict);
    QCOMPARE(QFile::permissions(QString::fromStdString(path)) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

QTEST_GUILESS_MAIN(TestBackup)
#include "tst_backup.moc"
