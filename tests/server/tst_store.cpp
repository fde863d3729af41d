// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "server/store/migrate.h"
#include "server/store/sqlitedriver.h"
#include "tests/server/office.h"
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
    if (driver == QLatin1String("postgresql"))
        QSKIP("this build has no PostgreSQL driver");
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

std::unique_ptr<SqlConnection> memory() { return *openSqlite({.path = ":memory:"}); }

} // namespace

void TestStore::anOlderProgramRefusesANewerSchema()
{
    const test::FakeClock clock;
    const auto connection = memory();
    const SchemaStep first{1, "1", "-- min-compatible: 1\nCREATE TABLE a(x INTEGER) STRICT;"};
    const SchemaStep second{2, "2", "-- min-compatible: 2\nCREATE TABLE b(x INTEGER) STRICT;"};
    QVERIFY_RESULT(migrate(*connection, std::vector{first, second}, clock));
    QVERIFY_FAILS(migrate(*connection, std::vector{first}, clock), ErrorCode::SchemaTooNew);
    QVERIFY_FAILS(checkSchema(*connection, std::vector{first}), ErrorCode::SchemaTooNew);
}

void TestStore::anOlderProgramOpensANewerCompatibleSchema()
{
    const test::FakeClock clock;
    const auto connection = memory();
    const SchemaStep first{1, "1", "-- min-compatible: 1\nCREATE TABLE a(x INTEGER) STRICT;"};
    const SchemaStep second{2, "2", "-- min-compatible: 1\nCREATE TABLE b(x INTEGER) STRICT;"};
    QVERIFY_RESULT(migrate(*connection, std::vector{first, second}, clock));
    QVERIFY_RESULT(migrate(*connection, std::vector{first}, clock));
    QVERIFY_RESULT(checkSchema(*connection, std::vector{first}));
}

void TestStore::aFailingMigrationLeavesNothing()
{
    const test::FakeClock clock;
    const auto connection = memory();
    const SchemaStep first{1, "1", "-- min-compatible: 1\nCREATE TABLE a(x INTEGER) STRICT;"};
    const SchemaStep broken{2, "2", "-- min-compatible: 1\nCREATE TABLE b(x INTEGER) STRICT; CREATE TABLE b(x INTEGER) STRICT;"};
    QVERIFY(!migrate(*connection, std::vector{first, broken}, clock));
    QVERIFY_RESULT(checkSchema(*connection, std::vector{first}));
    QVERIFY_FAILS(checkSchema(*connection, std::vector{first, broken}), ErrorCode::SchemaTooOld);
    QVERIFY2(connection->execute("CREATE TABLE b(x INTEGER) STRICT").has_value(), "the half of the failed step is gone");
}

void TestStore::theIdentityStays()
{
    test::Office office;
    const auto again = Store::open(office.url(), StoreMode::ReadWrite, office.clock);
    QVERIFY_RESULT(again);
    QCOMPARE(again->dataset(), office.store().dataset());
}

void TestStore::aReaderCannotWrite()
{
    test::Office office;
    auto reader = Store::open(office.url(), StoreMode::ReadOnly, office.clock);
    QVERIFY_RESULT(reader);
    QVERIFY(!reader->nextSeq());
    QVERIFY_RESULT(reader->lastSeq());
}

void TestStore::whatIsNotCommittedIsGone()
{
    test::Office office;
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
    test::Office office;
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
    test::Office office;
    auto user = office.addUser("zhang", domain::UserRole::Agent, "north");
    user.id = domain::UserId::random();
    QVERIFY_FAILS(office.store().users().insert(user, 99), ErrorCode::Conflict);
}

void TestStore::rowsKeepTheirCase()
{
    test::Office office;
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
    test::Office office;
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
    test::Office office;
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
    test::Office office;
    const auto path = office.url().keysPath();
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
    test::Office office;
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
    test::Office office;
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

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
