// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <atomic>
#include <set>
#include <thread>

#include <QTest>

#include "server/store/migrate.h"
#include "server/store/namedparameters.h"
#include "server/store/postgresdriver.h"
#include "server/store/sqlitedriver.h"
#include "tests/server/office.h"
#include "tests/support/postgrescluster.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;
using base::ErrorCode;

/// Everything here runs once per driver.
class TestStore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data();
    void initTestCase() { base::initialiseCrypto(); }
    void init();
    void theAddressNamesTheDriver_data();
    void theAddressNamesTheDriver();
    void anOlderProgramRefusesANewerSchema();
    void anOlderProgramOpensANewerCompatibleSchema();
    void aFailingMigrationLeavesNothing();
    void theIdentityStays();
    void aReaderCannotWrite();
    void whatIsNotCommittedIsGone();
    void theSequenceIsSharedByProcesses();
    void userNamesAreUnique();
    void rowsKeepTheirCase();
    void aRemovedRowLeavesATombstone();
    void assignmentOrders_data();
    void assignmentOrders();
    void theKeyFileIsPrivateAndStays();
    void sessionsSupersedeEachOther();
    void refreshTokensBelongToTheirDevice();
    void onlyOneConnectionLeads();
    void bothDriversHaveTheSameTables();
    void writersTakeTurns();
    void aReaderComesBackAfterARestart();
    void aWriterLearnsThatItsConnectionWasLost();
    void aFailedStatementNeverCommits();
    void namesBecomeNumbers_data();
    void namesBecomeNumbers();
};

void TestStore::initTestCase_data()
{
    QTest::addColumn<QString>("driver");
    QTest::newRow("sqlite") << "sqlite";
    QTest::newRow("postgresql") << "postgresql";
}

void TestStore::init()
{
    QFETCH_GLOBAL(QString, driver);
    if (driver == QLatin1String("postgresql") && !test::sharedPostgres())
        QSKIP(test::PostgresCluster::problem().c_str());
}

void TestStore::theAddressNamesTheDriver_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("target");
    QTest::newRow("three slashes and an absolute path") << "sqlite:///var/lib/e.db" << "/var/lib/e.db";
    QTest::newRow("a path alone is refused") << "/var/lib/e.db" << "";
    QTest::newRow("another scheme is refused") << "mysql://x" << "";
    QTest::newRow("nothing behind the scheme is refused") << "sqlite:///" << "";
    QTest::newRow("PostgreSQL keeps its address") << "postgresql://h/d" << "postgresql://h/d";
}

void TestStore::theAddressNamesTheDriver()
{
    QFETCH(QString, url);
    QFETCH(QString, target);
    const auto parsed = DatabaseUrl::parse(url.toStdString());
    QCOMPARE(parsed ? parsed->target : std::string(), target.toStdString());
}

namespace {

test::Office::Place place()
{
    QFETCH_GLOBAL(QString, driver);
    return driver == QLatin1String("postgresql") ? test::Office::Place::PostgreSql : test::Office::Place::File;
}

// A connection to a new, empty database of the driver that is tested now.
std::unique_ptr<SqlConnection> emptyDatabase()
{
    if (place() == test::Office::Place::PostgreSql)
        return *openPostgres({.url = test::sharedPostgres()->createDatabase()});
    return *openSqlite({.path = ":memory:"});
}

} // namespace

void TestStore::anOlderProgramRefusesANewerSchema()
{
    const test::FakeClock clock;
    const auto connection = emptyDatabase();
    const SchemaStep first{1, "1", "-- min-compatible: 1\nCREATE TABLE a(x INTEGER);"};
    const SchemaStep second{2, "2", "-- min-compatible: 2\nCREATE TABLE b(x INTEGER);"};
    QVERIFY_RESULT(migrate(*connection, std::vector{first, second}, clock));
    QVERIFY_FAILS(migrate(*connection, std::vector{first}, clock), ErrorCode::SchemaTooNew);
    QVERIFY_FAILS(checkSchema(*connection, std::vector{first}), ErrorCode::SchemaTooNew);
}

void TestStore::anOlderProgramOpensANewerCompatibleSchema()
{
    const test::FakeClock clock;
    const auto connection = emptyDatabase();
    const SchemaStep first{1, "1", "-- min-compatible: 1\nCREATE TABLE a(x INTEGER);"};
    const SchemaStep second{2, "2", "-- min-compatible: 1\nCREATE TABLE b(x INTEGER);"};
    QVERIFY_RESULT(migrate(*connection, std::vector{first, second}, clock));
    QVERIFY_RESULT(migrate(*connection, std::vector{first}, clock));
    QVERIFY_RESULT(checkSchema(*connection, std::vector{first}));
}

void TestStore::aFailingMigrationLeavesNothing()
{
    const test::FakeClock clock;
    const auto connection = emptyDatabase();
    const SchemaStep first{1, "1", "-- min-compatible: 1\nCREATE TABLE a(x INTEGER);"};
    const SchemaStep broken{2, "2", "-- min-compatible: 1\nCREATE TABLE b(x INTEGER); CREATE TABLE b(x INTEGER);"};
    QVERIFY(!migrate(*connection, std::vector{first, broken}, clock));
    QVERIFY_RESULT(checkSchema(*connection, std::vector{first}));
    QVERIFY_FAILS(checkSchema(*connection, std::vector{first, broken}), ErrorCode::SchemaTooOld);
    QVERIFY2(connection->execute("CREATE TABLE b(x INTEGER)").has_value(), "the half of the failed step is gone");
}

void TestStore::theIdentityStays()
{
    test::Office office(place());
    const auto again = Store::open(office.url(), StoreMode::ReadWrite, office.clock);
    QVERIFY_RESULT(again);
    QCOMPARE(again->dataset(), office.store().dataset());
}

void TestStore::aReaderCannotWrite()
{
    test::Office office(place());
    auto reader = Store::open(office.url(), StoreMode::ReadOnly, office.clock);
    QVERIFY_RESULT(reader);
    QVERIFY(!reader->nextSeq());
    QVERIFY_RESULT(reader->lastSeq());
}

void TestStore::whatIsNotCommittedIsGone()
{
    test::Office office(place());
    const auto before = *office.store().lastSeq();
    {
        auto transaction = office.store().begin();
        QVERIFY_RESULT(transaction);
        QVERIFY_RESULT(office.store().nextSeq());
    }
    QCOMPARE(*office.store().lastSeq(), before);
}

void TestStore::theSequenceIsSharedByProcesses()
{
    test::Office office(place());
    auto other = *Store::open(office.url(), StoreMode::ReadWrite, office.clock);
    const auto take = [](Store& store) {
        auto transaction = *store.begin();
        const auto seq = *store.nextSeq();
        return transaction.commit() ? seq : -1;
    };
    const auto first = take(office.store());
    QCOMPARE(take(other), first + 1);
    QCOMPARE(take(office.store()), first + 2);
}

void TestStore::userNamesAreUnique()
{
    test::Office office(place());
    auto user = office.addUser("zhang", domain::UserRole::Agent, "north");
    user.id = domain::UserId::random();
    QVERIFY_FAILS(office.store().users().insert(user, 99), ErrorCode::Conflict);
}

void TestStore::rowsKeepTheirCase()
{
    test::Office office(place());
    const auto one = office.addCase("1");
    const auto two = office.addCase("2");
    const auto id = base::Uuid::random();
    QVERIFY_RESULT(office.store().rows().put({"phone", id, one, 5, "{}"}));
    QVERIFY_RESULT(office.store().rows().put({"phone", id, one, 6, "{}"}));
    QVERIFY_FAILS(office.store().rows().put({"phone", id, two, 7, "{}"}), ErrorCode::Conflict);
    QCOMPARE((*office.store().rows().find("phone", id))->version, 6);
}

void TestStore::aRemovedRowLeavesATombstone()
{
    test::Office office(place());
    const auto agent = office.addUser("a", domain::UserRole::Agent, "t");
    const auto one = office.addCase("1");
    office.assign({one}, agent);
    const auto id = base::Uuid::random();
    QVERIFY_RESULT(office.store().rows().put({"phone", id, one, 50, "{}"}));
    QVERIFY_RESULT(office.store().rows().remove("phone", id, 51));
    QVERIFY(!*office.store().rows().find("phone", id));
    const auto changed = office.store().viewLog().rowsOf(agent, {51, one.uuid(), FeedOp::Change}, 0, 10);
    QVERIFY_RESULT(changed);
    QCOMPARE(changed->size(), std::size_t{1});
    QVERIFY2(!changed->front().content.body, "a change tells of the row that went");
    const auto granted = office.store().viewLog().rowsOf(agent, {51, one.uuid(), FeedOp::Grant}, 0, 10);
    QCOMPARE(granted->size(), std::size_t{1});   // the case row alone
}

void TestStore::assignmentOrders_data()
{
    QTest::addColumn<int>("order");
    QTest::addColumn<QString>("expected");
    QTest::newRow("by balance, the largest first") << static_cast<int>(CaseOrder::Balance) << "C B A";
    QTest::newRow("by days past due, the oldest first") << static_cast<int>(CaseOrder::DaysPastDue) << "A C B";
    QTest::newRow("by region, then balance") << static_cast<int>(CaseOrder::Region) << "B C A";
}

void TestStore::assignmentOrders()
{
    QFETCH(int, order);
    QFETCH(QString, expected);
    test::Office office(place());
    const auto portfolio = *office.store().cases().ensurePortfolio("Test", office.clock.now());
    const auto add = [&](const char* no, std::int64_t balance, int days, const char* region) {
        CaseRecord record{domain::CaseId::random(), portfolio, no};
        record.balanceMinor = balance;
        record.daysPastDue = days;
        record.region = region;
        return office.store().cases().insert(record);
    };
    QVERIFY_RESULT(add("A", 100, 90, "south"));
    QVERIFY_RESULT(add("B", 200, 10, "north"));
    QVERIFY_RESULT(add("C", 300, 50, "south"));
    const auto cases = office.store().cases().listUnassigned(portfolio, static_cast<CaseOrder>(order), -1);
    QVERIFY_RESULT(cases);
    std::string order_;
    for (const auto& record : *cases)
        order_ += (order_.empty() ? "" : " ") + record.businessNo;
    QCOMPARE(order_, expected.toStdString());
    QCOMPARE(office.store().cases().listUnassigned(portfolio, static_cast<CaseOrder>(order), 2)->size(), std::size_t{2});
}

void TestStore::theKeyFileIsPrivateAndStays()
{
    test::Office office(place());
    const auto path = office.url().keysPath(office.store().dataset());
    const auto first = ServerKeys::loadOrCreate(path, office.clock);
    const auto second = ServerKeys::loadOrCreate(path, office.clock);
    QVERIFY_RESULT(first);
    QVERIFY_RESULT(second);
    QCOMPARE(first->publicKey(), second->publicKey());
    const auto permissions = QFile::permissions(QString::fromStdString(path));
    QCOMPARE(permissions & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther), QFile::Permissions());
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{}");
    file.close();
    QVERIFY_FAILS(ServerKeys::loadOrCreate(path, office.clock), ErrorCode::Damaged);
}

void TestStore::sessionsSupersedeEachOther()
{
    test::Office office(place());
    const auto user = office.addUser("a", domain::UserRole::Agent, "t");
    const auto device = office.addDevice(user);
    const auto now = office.clock.now();
    auto& devices = office.store().devices();
    const auto first = base::sha256(base::asBytes("first"));
    const auto second = base::sha256(base::asBytes("second"));
    QVERIFY_RESULT(devices.openSession({base::Uuid::random(), device.id, user.id, true, now.plusSeconds(900), false}, first, now));
    QVERIFY_RESULT(devices.openSession({base::Uuid::random(), device.id, user.id, true, now.plusSeconds(900), false}, second, now));
    QVERIFY((*devices.findSession(first))->isSuperseded);
    QVERIFY(!(*devices.findSession(second))->isSuperseded);
    QCOMPARE(*devices.countSessionsSince(device.id, now), 2);
}

void TestStore::refreshTokensBelongToTheirDevice()
{
    test::Office office(place());
    const auto user = office.addUser("a", domain::UserRole::Agent, "t");
    const auto device = office.addDevice(user);
    const auto other = office.addDevice(user);
    const auto now = office.clock.now();
    const auto hash = base::sha256(base::asBytes("token"));
    auto& devices = office.store().devices();
    QVERIFY_RESULT(devices.putRefreshToken(device.id, hash, now.plusSeconds(10)));
    QVERIFY(*devices.isRefreshTokenValid(device.id, hash, now));
    QVERIFY(!*devices.isRefreshTokenValid(other.id, hash, now));
    QVERIFY(!*devices.isRefreshTokenValid(device.id, hash, now.plusSeconds(10)));
    QVERIFY_RESULT(devices.removeRefreshTokens(user.id));
    QVERIFY(!*devices.isRefreshTokenValid(device.id, hash, now));
}

void TestStore::onlyOneConnectionLeads()
{
    test::Office office(place());
    auto first = std::make_unique<Store>(*Store::open(office.url(), StoreMode::ReadWrite, office.clock));
    auto second = *Store::open(office.url(), StoreMode::ReadWrite, office.clock);
    QVERIFY(*first->lead());
    QVERIFY(!*second.lead());
    first.reset();   // as when its process dies
    QTRY_VERIFY(*second.lead());
}

namespace {

// "table.column" of everything the migrations made.
std::set<std::string> columnsOf(SqlConnection& connection, bool postgres)
{
    Query query(connection, postgres ? "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'"
                                     : "SELECT m.name || '.' || c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'");
    const auto rows = query.allRows([](const SqlRow& row) { return row.text(0); });
    return rows ? std::set<std::string>(rows->begin(), rows->end()) : std::set<std::string>();
}

} // namespace

void TestStore::bothDriversHaveTheSameTables()
{
    if (place() != test::Office::Place::PostgreSql)
        QSKIP("compared once, when the other driver has its turn");
    test::Office one(test::Office::Place::File);
    test::Office other(test::Office::Place::PostgreSql);
    const auto sqlite = columnsOf(one.store().connection(), false);
    QVERIFY(sqlite.size() > 80);
    QVERIFY(sqlite == columnsOf(other.store().connection(), true));
}

void TestStore::writersTakeTurns()
{
    // A number that was taken first is visible first: whoever reads up to the newest number has seen all below it.
    test::Office office(place());
    auto reader = *Store::open(office.url(), StoreMode::ReadOnly, office.clock);
    std::int64_t seen = *reader.lastSeq();
    const auto first = seen;
    constexpr int kWriters = 3;
    constexpr int kEach = 15;
    std::vector<std::thread> threads;
    std::atomic<int> failures = 0;
    for (int w = 0; w < kWriters; ++w) {
        threads.emplace_back([&, w] {
            auto store = *Store::open(office.url(), StoreMode::ReadWrite, office.clock);
            for (int i = 0; i < kEach; ++i) {
                auto transaction = store.begin();
                const auto seq = transaction ? store.nextSeq() : base::Result<std::int64_t>(base::fail(transaction.error()));
                std::this_thread::sleep_for(std::chrono::milliseconds((w * 7 + i * 3) % 5));
                if (!seq || !store.rows().insert({"setting", base::Uuid::random(), std::nullopt, *seq, "{}"}) || !transaction->commit())
                    ++failures;
            }
        });
    }
    int missed = 0;
    int rows = 0;
    while (rows < kWriters * kEach && failures == 0) {
        auto transaction = reader.beginRead();
        const auto upto = *reader.lastSeq();
        Query query(reader.connection(), "SELECT count(*) FROM projection_rows WHERE version > :after AND version <= :upto");
        const auto found = *query.bind(":after", seen).bind(":upto", upto).optionalRow([](const SqlRow& row) { return row.integer(0); });
        missed += *found == upto - seen ? 0 : 1;
        rows += static_cast<int>(*found);
        seen = upto;
    }
    for (auto& thread : threads)
        thread.join();
    QCOMPARE(failures.load(), 0);
    QCOMPARE(missed, 0);
    QCOMPARE(seen - first, std::int64_t{kWriters * kEach});
}

void TestStore::aReaderComesBackAfterARestart()
{
    if (place() != test::Office::Place::PostgreSql)
        QSKIP("there is no server that could be restarted");
    test::Office office(place());
    auto reader = *Store::open(office.url(), StoreMode::ReadOnly, office.clock);
    QVERIFY_RESULT(reader.lastSeq());
    test::sharedPostgres()->restart();
    QVERIFY_RESULT(reader.beginRead());
    QVERIFY_RESULT(reader.lastSeq());
}

void TestStore::aWriterLearnsThatItsConnectionWasLost()
{
    if (place() != test::Office::Place::PostgreSql)
        QSKIP("there is no server that could be restarted");
    test::Office office(place());
    QVERIFY(*office.store().lead());
    test::sharedPostgres()->restart();
    QVERIFY_FAILS(office.store().begin(), ErrorCode::Network);
    QVERIFY_FAILS(office.store().begin(), ErrorCode::Network);   // and stays so: its place as sequencer may be somebody else's by now
}

void TestStore::aFailedStatementNeverCommits()
{
    test::Office office(place());
    const auto before = *office.store().lastSeq();
    {
        auto transaction = office.store().begin();
        QVERIFY_RESULT(transaction);
        QVERIFY_RESULT(office.store().nextSeq());
        QVERIFY_RESULT(office.store().connection().execute("SAVEPOINT job"));
        QVERIFY(!office.store().connection().execute("INSERT INTO nowhere VALUES (1)"));
        QVERIFY_RESULT(office.store().connection().execute("ROLLBACK TO SAVEPOINT job"));
        QVERIFY_RESULT(transaction->commit());
    }
    QCOMPARE(*office.store().lastSeq(), before + 1);
    if (place() != test::Office::Place::PostgreSql)
        return;
    auto transaction = office.store().begin();
    QVERIFY_RESULT(office.store().nextSeq());
    QVERIFY(!office.store().connection().execute("INSERT INTO nowhere VALUES (1)"));
    QVERIFY2(!transaction->commit(), "PostgreSQL says COMMIT and rolls back: that must not count as stored");
    QCOMPARE(*office.store().lastSeq(), before + 1);
}

void TestStore::namesBecomeNumbers_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("numbered");
    QTest::newRow("each name its number") << "a = :x AND b = :y_2" << "a = $1 AND b = $2";
    QTest::newRow("the same name the same number") << ":x OR :y OR :x" << "$1 OR $2 OR $1";
    QTest::newRow("quoted text stays") << "':x' || \":y\" || :z" << "':x' || \":y\" || $1";
    QTest::newRow("a doubled quote does not end the text") << "'it''s :x' || :y" << "'it''s :x' || $1";
    QTest::newRow("casts and comments stay") << "a::text /* :n */ -- :m\n= :x" << "a::text /* :n */ -- :m\n= $1";
    QTest::newRow("a lone colon stays") << "a : b" << "a : b";
}

void TestStore::namesBecomeNumbers()
{
    QFETCH(QString, sql);
    QFETCH(QString, numbered);
    QCOMPARE(numberParameters(sql.toStdString()).text, numbered.toStdString());
}

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
