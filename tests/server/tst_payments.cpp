// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "server/import/importer.h"
#include "server/projection/agreementrules.h"
#include "server/projection/caseagreements.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;

namespace {

const char* const kCases = R"(version: 1
portfolio: Test
case: {business_no: "{no}", currency: CNY}
debtor: {name: "{name}", time_zone: Asia/Shanghai}
accounts: [{account_no: "{account}", principal: "{principal}"}]
)";

const char* const kPayments = R"(version: 1
portfolio: Test
payment:
  payment_no: "{serial}"
  business_no: "{no}"
  account_no: "{account}"
  currency: CNY
  amount: {column: amount, negative: keep}
  paid_on: "{day}"
  reverses: "{reverses}"
)";

const char* const kHead = "serial,no,account,amount,day,reverses\n";

/// Two cases of 1,000.00, and an open promise of 300.00 by 10 March on the first. The clock stands at 2 March 2026.
struct Office {
    QTemporaryDir folder;
    test::FakeClock clock;
    Store store = *Store::open(*DatabaseUrl::parse("sqlite://" + path("server.db")), StoreMode::ReadWrite, clock);
    domain::CaseId first = caseIdOf("Test", "C1");
    domain::EventId promise = domain::EventId::random();

    Office()
    {
        import("no,name,account,principal\nC1,Zhang,A1,1000.00\nC2,Li,A2,1000.00\n", kCases);
        const auto put = [&]() -> base::Result<> {
            EVENHAND_ASSIGN(auto transaction, store.begin());
            EVENHAND_ASSIGN(const auto seq, store.nextSeq());
            EVENHAND_TRY(store.agreements().writeRules({*domain::AgreementRules::load(EVENHAND_SOURCE_DIR "/resources/packs/cn-consumer-2026")}));
            EVENHAND_ASSIGN(auto agreements, CaseAgreements::load(store, first, seq));
            const auto cny = *base::Currency::tryFromCode("CNY");
            EVENHAND_TRY(agreements.put(domain::PromiseRow{promise, first, domain::PartyId::random(), *base::Money::tryFromMinor(30000, cny),
                                                           *base::Money::tryFromMinor(0, cny), *base::Date::tryFromIso("2026-03-10"), "app",
                                                           domain::PromiseState::Open, *base::Date::tryFromIso("2026-03-01")}));
            EVENHAND_TRY(agreements.settle(clock.now()));
            return transaction.commit();
        };
        if (auto done = put(); !done)
            qFatal("%s", done.error().detail.c_str());
        clock.setWall(*base::Instant::tryFromRfc3339("2026-03-08T09:00:00+08:00"));
    }

    [[nodiscard]] std::string path(const char* name) const { return folder.filePath(QString::fromUtf8(name)).toStdString(); }
    std::string write(const char* name, const std::string& text) const
    {
        QFile file(QString::fromStdString(path(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) < 0)
            qFatal("cannot write a test file");
        return path(name);
    }
    ImportReport import(const std::string& csv, const char* mapping, bool keepGood = false, bool dryRun = false)
    {
        auto report = Importer(store, clock).run({.file = write("in.csv", csv), .mappingFile = write("m.yaml", mapping), .portfolio = {}, .asOf = std::nullopt,
                                                  .dryRun = dryRun, .keepGood = keepGood});
        if (!report)
            qFatal("%s", report.error().detail.c_str());
        return *report;
    }
    ImportReport pay(const std::string& rows, bool keepGood = false, bool dryRun = false) { return import(kHead + rows, kPayments, keepGood, dryRun); }
    QString state()
    {
        const auto row = **store.rows().find(domain::kind::kPromise, promise.uuid());
        return QString::fromLatin1(domain::toWord(domain::promiseFromJson(promise, first, *base::parseJson(*row.body))->state).data());
    }
    std::int64_t payments()
    {
        std::int64_t count = 0;
        const auto rows = *store.rows().listOfCase(first);
        for (const auto& row : rows)
            count += row.kind == domain::kind::kPayment ? 1 : 0;
        return count;
    }
};

QString counts(const ImportReport& report)
{
    return QStringLiteral("%1 new, %2 changed, %3 same, %4 bad").arg(report.created).arg(report.updated).arg(report.unchanged).arg(report.rejected);
}

} // namespace

class TestPayments : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void importingTwiceChangesNothing();
    void rowsAreJudgedOneByOne_data();
    void rowsAreJudgedOneByOne();
    void oneBadRowStopsAll();
    void theGoodOnesCanBeKept();
    void aDryRunWritesNothing();
    void aReversalReopensThePromise();
    void anOlderFileDoesNotUndoAReversal();
    void aCorrectedPaymentIsChanged();
    void theMappingIsChecked();
};

void TestPayments::importingTwiceChangesNothing()
{
    Office office;
    const std::string rows = "Z1,C1,A1,100.00,2026-03-05,\nZ2,C1,A1,200.00,2026-03-06,\n";
    QCOMPARE(counts(office.pay(rows)), QStringLiteral("2 new, 0 changed, 0 same, 0 bad"));
    QCOMPARE(office.state(), QStringLiteral("kept"));
    const auto seq = *office.store.lastSeq();
    QCOMPARE(counts(office.pay(rows)), QStringLiteral("0 new, 0 changed, 2 same, 0 bad"));
    QCOMPARE(*office.store.lastSeq(), seq);
    QCOMPARE(office.payments(), 2);
}

void TestPayments::rowsAreJudgedOneByOne_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QString>("problem");
    QTest::newRow("no number") << QByteArray(",C1,A1,1.00,2026-03-05,") << "the payment number is empty";
    QTest::newRow("no case number") << QByteArray("Z1,,A1,1.00,2026-03-05,") << "the case number is empty";
    QTest::newRow("a case nobody knows") << QByteArray("Z1,C9,A1,1.00,2026-03-05,") << "the portfolio has no case with this number";
    QTest::newRow("nothing paid") << QByteArray("Z1,C1,A1,0.00,2026-03-05,") << "must be more than zero";
    QTest::newRow("a minus without a reversal") << QByteArray("Z1,C1,A1,-5.00,2026-03-05,") << "must be more than zero";
    QTest::newRow("tomorrow") << QByteArray("Z1,C1,A1,1.00,2026-03-09,") << "lies in the future";
    QTest::newRow("31 February") << QByteArray("Z1,C1,A1,1.00,2026-02-31,") << "";
    QTest::newRow("takes back what is not there") << QByteArray("Z2,C1,A1,1.00,2026-03-05,Z1") << "takes back a payment that the case does not have";
}

void TestPayments::rowsAreJudgedOneByOne()
{
    QFETCH(QByteArray, row);
    QFETCH(QString, problem);
    Office office;
    const auto report = office.pay(row.toStdString() + "\n");
    QCOMPARE(report.rejected, 1);
    QCOMPARE(report.problems.size(), std::size_t{1});
    if (!problem.isEmpty())
        QCOMPARE(QString::fromStdString(report.problems.front().message), problem);
    QCOMPARE(office.payments(), 0);
}

void TestPayments::oneBadRowStopsAll()
{
    Office office;
    const auto report = office.pay("Z1,C1,A1,300.00,2026-03-05,\nZ2,C9,A1,1.00,2026-03-05,\n");
    QVERIFY(report.stopped);
    QCOMPARE(office.payments(), 0);
    QCOMPARE(office.state(), QStringLiteral("open"));
}

void TestPayments::theGoodOnesCanBeKept()
{
    Office office;
    const auto report = office.pay("Z1,C1,A1,300.00,2026-03-05,\nZ2,C9,A1,1.00,2026-03-05,\n", true);
    QCOMPARE(counts(report), QStringLiteral("1 new, 0 changed, 0 same, 1 bad"));
    QVERIFY(QFile::exists(QString::fromStdString(report.rejectedFile)));
    QCOMPARE(office.state(), QStringLiteral("kept"));
}

void TestPayments::aDryRunWritesNothing()
{
    Office office;
    const auto seq = *office.store.lastSeq();
    QCOMPARE(counts(office.pay("Z1,C1,A1,300.00,2026-03-05,\n", false, true)), QStringLiteral("1 new, 0 changed, 0 same, 0 bad"));
    QCOMPARE(*office.store.lastSeq(), seq);
    QCOMPARE(office.payments(), 0);
}

void TestPayments::aReversalReopensThePromise()
{
    Office office;
    office.pay("Z1,C1,A1,300.00,2026-03-05,\n");
    QCOMPARE(office.state(), QStringLiteral("kept"));
    QCOMPARE(counts(office.pay("R1,C1,A1,-300.00,2026-03-08,Z1\n")), QStringLiteral("0 new, 1 changed, 0 same, 0 bad"));
    QCOMPARE(office.state(), QStringLiteral("open"));
    QCOMPARE(counts(office.pay("R1,C1,A1,-300.00,2026-03-08,Z1\n")), QStringLiteral("0 new, 0 changed, 1 same, 0 bad"));
    QCOMPARE(office.pay("R2,C1,A1,-299.00,2026-03-08,Z1\n").rejected, 1);
}

void TestPayments::anOlderFileDoesNotUndoAReversal()
{
    Office office;
    office.pay("R1,C1,A1,-300.00,2026-03-08,Z1\nZ1,C1,A1,300.00,2026-03-05,\n");   // in whatever order they stand
    QCOMPARE(office.state(), QStringLiteral("open"));
    QCOMPARE(counts(office.pay("Z1,C1,A1,300.00,2026-03-05,\n")), QStringLiteral("0 new, 0 changed, 1 same, 0 bad"));
    QCOMPARE(office.state(), QStringLiteral("open"));
}

void TestPayments::aCorrectedPaymentIsChanged()
{
    Office office;
    office.pay("Z1,C1,A1,30.00,2026-03-05,\n");
    QCOMPARE(office.state(), QStringLiteral("open"));
    QCOMPARE(counts(office.pay("Z1,C1,A1,300.00,2026-03-05,\n")), QStringLiteral("0 new, 1 changed, 0 same, 0 bad"));
    QCOMPARE(office.state(), QStringLiteral("kept"));
    QCOMPARE(office.pay("Z1,C2,A2,300.00,2026-03-05,\n").problems.front().message, std::string("the payment number belongs to another case"));
    QCOMPARE(office.pay("Z7,C2,A2,1.00,2026-03-05,\nZ7,C2,A2,2.00,2026-03-05,\n").rejected, 1);
}

void TestPayments::theMappingIsChecked()
{
    const auto mixed = Mapping::parseText("version: 1\npayment: {payment_no: \"{a}\", business_no: \"{b}\", currency: CNY, amount: \"{c}\", paid_on: \"{d}\"}\ncase: {}\n", "m.yaml");
    QVERIFY(!mixed);
    QVERIFY2(mixed.error().detail.starts_with("m.yaml:3:"), mixed.error().detail.c_str());
    const auto incomplete = Mapping::parseText("version: 1\npayment: {payment_no: \"{a}\"}\n", "m.yaml");
    QVERIFY(!incomplete);
}

QTEST_GUILESS_MAIN(TestPayments)
#include "tst_payments.moc"
