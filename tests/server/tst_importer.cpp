// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <map>
#include <numeric>

#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <rapidcheck.h>

#include "server/import/csvwriter.h"
#include "server/import/importer.h"
#include "server/import/rowencoder.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;

namespace {

const char* const kMapping = R"(version: 1
portfolio: Test
file: {nulls: ["NULL"]}
case: {business_no: "{no}", currency: CNY, creditor: Bank, region: "{region}", hot_note: "{note}"}
debtor: {name: "{name}", id_number: "{id}", time_zone: Asia/Shanghai}
parties:
  - {key: contact, role: unrelated_third, name: "{other}", relation: "{relation}"}
accounts:
  - {account_no: "{account}", principal: "{principal}", interest: "{interest}", overdue_since: "{since}", facts: {rate: "{rate}"}}
phones:
  - {number: "{phone}", source: contract, split: "/"}
  - {of: contact, number: "{other phone}", source: reserved}
addresses:
  - {text: "{address}", source: contract}
)";

const char* const kHeadings = "no,name,id,account,principal,interest,since,rate,phone,other,relation,other phone,address,region,note";

// One folder with a database, files and a clock.
struct Office {
    QTemporaryDir folder;
    test::FakeClock clock;

    [[nodiscard]] std::string path(const char* name) const { return folder.filePath(QString::fromUtf8(name)).toStdString(); }
    [[nodiscard]] DatabaseUrl url() const { return *DatabaseUrl::parse("sqlite://" + path("server.db")); }
    [[nodiscard]] Store open() const { return *Store::open(url(), StoreMode::ReadWrite, clock); }

    std::string write(const char* name, const std::string& text) const
    {
        QFile file(QString::fromStdString(path(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) != static_cast<qint64>(text.size()))
            qFatal("cannot write a test file");
        return path(name);
    }

    base::Result<ImportReport> import(Store& store, const std::string& csv, const std::string& mapping = kMapping, bool keepGood = false,
                                      bool dryRun = false) const
    {
        return Importer(store, clock).run({.file = write("cases.csv", csv), .mappingFile = write("m.yaml", mapping), .portfolio = {},
                                           .asOf = std::nullopt, .dryRun = dryRun, .keepGood = keepGood});
    }

    [[nodiscard]] std::string read(const std::string& path) const
    {
        QFile file(QString::fromStdString(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : "(absent)";
    }
};

std::string row(int number, const char* name = "张三", const char* principal = "1000.50", const char* since = "2026-02-01")
{
    const auto no = std::to_string(number);
    return "C" + no + "," + name + ",11010119900101" + no + ",A" + no + "," + principal + ",12," + since + ",15%,1640000" + no +
           ",,,,北京市,北京," + "\n";
}

std::string file(int rows)
{
    std::string text = std::string(kHeadings) + "\n";
    for (int i = 1; i <= rows; ++i)
        text += row(1000 + i);
    return text;
}

std::string sumOf(Store& store)
{
    std::string all;
    for (const char* kind : {domain::kind::kCase, domain::kind::kParty, domain::kind::kAccount, domain::kind::kPhone, domain::kind::kAddress}) {
        std::map<std::string, std::string> rows;
        if (!store.rows().forEachOfKind(kind, [&](const ProjectionRow& one) {
                rows[one.id.toString()] = std::to_string(one.version) + one.body.value_or("-");
                return base::Result<>();
            }))
            return "(unreadable)";
        for (const auto& [id, body] : rows)
            all += id + body + "\n";
    }
    return all;
}

domain::CaseRow caseOf(Store& store, const std::string& no)
{
    const auto id = caseIdOf("Test", no);
    const auto found = store.rows().find(domain::kind::kCase, id.uuid());
    return *domain::caseFromJson(id, *base::parseJson(*(*found)->body));
}

} // namespace

class TestImporter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writtenRowsAreCanonical();
    void importsACaseWhole();
    void theSameFileAgainChangesNothing();
    void aChangedRowIsUpdatedAlone();
    void whatPeopleFoundOutStays();
    void badCellsAreNamed_data();
    void badCellsAreNamed();
    void oneBadRowStopsAll();
    void keepGoodImportsTheRest();
    void aCorrectedRejectedFileGoesThrough();
    void repeatedCaseNumbers();
    void aDebtorIsNotImportedByHalf();
    void dryRunWritesNothing();
    void unusableInputs_data();
    void unusableInputs();
    void shuffledColumnsGiveTheSame();
    void encodingsGiveTheSame();
    void aKillLeavesAllOrNothing();
    void uciFile();
    void lendingClubFile();
};

// The fast writer of rows against the definition of their JSON.
void TestImporter::writtenRowsAreCanonical()
{
    const bool passed = rc::check("the same bytes as the tree of JSON", [] {
        const auto text = [] {
            return *rc::gen::container<std::string>(rc::gen::element('a', '"', '\\', '\n', '\r', '\t', '\b', '\f', '\x01', '\x1f', '\x7f', '{', '/'));
        };
        const auto maybe = [&] { return *rc::gen::arbitrary<bool>() ? std::optional("中" + text()) : std::nullopt; };
        const auto amount = [] {
            return *base::Money::tryFromMinor(*rc::gen::inRange<std::int64_t>(-base::Money::kLargestMinor, base::Money::kLargestMinor),
                                              *base::Currency::tryFromCode("CNY"));
        };
        const auto day = [] {
            return *rc::gen::arbitrary<bool>() ? std::optional(base::Date::fromDayNumber(*rc::gen::inRange(0, 40000))) : std::nullopt;
        };
        const auto sensitive = [&] { return base::SensitiveText(text()); };
        const auto id = caseIdOf("P", text());
        const domain::PartyId party = partyIdOf(id, domain::PartyRole::Guarantor, text());
        domain::CaseRow head{id, text(), text(), text(), domain::CaseStatus::Paid, amount(), amount(), 31, text(), 7, sensitive(), maybe(), {}, {},
                             std::nullopt, std::nullopt};
        RC_ASSERT(canonicalRow(head) == base::canonical(toJson(head)));
        head.assignedTo = domain::UserId(id.uuid());
        head.nextActionAt = base::Instant::fromSeconds(1'700'000'000);
        RC_ASSERT(canonicalRow(head) == base::canonical(toJson(head)));
        head.flags.push_back({domain::FlagKind::Cease, base::Instant::fromSeconds(1), std::nullopt, std::nullopt, {}, std::nullopt});
        RC_ASSERT(canonicalRow(head) == base::canonical(toJson(head)));
        const domain::PartyRow person{party, id, domain::PartyRole::Guarantor, sensitive(), sensitive(), text(), maybe(), maybe(), maybe(),
                                      *rc::gen::element<std::optional<bool>>(std::nullopt, true, false), text()};
        RC_ASSERT(canonicalRow(person) == base::canonical(toJson(person)));
        domain::AccountRow account{accountIdOf(id, text()), id, text(), text(), amount(), amount(), amount(), amount(), -1, day(), day(), {}};
        for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
            account.facts.emplace_back(text(), text());
        RC_ASSERT(canonicalRow(account) == base::canonical(toJson(account)));
        const domain::ContactPointRow point{contactPointIdOf(party, domain::ContactPointKind::Mobile, text()), id, party, domain::ContactPointKind::Mobile,
                                            sensitive(), domain::ContactSource::Reserved, domain::ContactStatus::Lost, maybe(), text()};
        RC_ASSERT(canonicalRow(point) == base::canonical(toJson(point)));
    });
    QVERIFY(passed);
}

void TestImporter::importsACaseWhole()
{
    Office office;
    auto store = office.open();
    const auto report = office.import(store, std::string(kHeadings) +
        "\nC1,张三,110101199001011234,A1,\"1,000.50\",12,2026/2/1,15%,164 0000 1234/010-00001234,李四,同事,+8616400005678,\"北京市, 朝阳区\",北京,勿在上午致电\n");
    QVERIFY_RESULT(report);
    QCOMPARE(report->created, 1);
    QCOMPARE(report->rejected, 0);
    const auto head = caseOf(store, "C1");
    QCOMPARE(head.balance.minor(), 101250);
    QCOMPARE(head.daysPastDue, 29);
    QCOMPARE(head.bucket, std::string("M1"));
    QCOMPARE(head.debtorName.reveal(), std::string("张三"));
    QCOMPARE(head.hotNote.value_or(""), std::string("勿在上午致电"));
    const auto rows = store.rows().listOfCase(caseIdOf("Test", "C1"));
    QVERIFY_RESULT(rows);
    QStringList all;
    for (const auto& one : *rows)
        all << QString::fromStdString(one.kind + " " + *one.body);
    const auto text = all.join(QLatin1Char('\n'));
    QCOMPARE(rows->size(), std::size_t{8});   // case, two people, account, three numbers, address
    for (const char* part : {"\"value\":\"16400001234\"", "\"kind\":\"mobile\"", "\"value\":\"01000001234\"", "\"value\":\"16400005678\"",
                             "\"relation\":\"同事\"", "\"北京市, 朝阳区\"", "\"name\":\"rate\"", "\"opened_on\":null"})
        QVERIFY2(text.contains(QString::fromUtf8(part)), qPrintable(text));
    const auto record = store.cases().find(caseIdOf("Test", "C1"));
    QCOMPARE((*record)->region, std::string("北京"));
}

void TestImporter::theSameFileAgainChangesNothing()
{
    Office office;
    auto store = office.open();
    QVERIFY_RESULT(office.import(store, file(50)));
    const auto before = sumOf(store);
    const auto seq = *store.lastSeq();
    const auto again = office.import(store, file(50));
    QVERIFY_RESULT(again);
    QCOMPARE(again->unchanged, 50);
    QCOMPARE(again->created + again->updated, 0);
    QCOMPARE(sumOf(store), before);
    QCOMPARE(*store.lastSeq(), seq);
}

void TestImporter::aChangedRowIsUpdatedAlone()
{
    Office office;
    auto store = office.open();
    QVERIFY_RESULT(office.import(store, file(3)));
    auto changed = std::string(kHeadings) + "\n" + row(1001) + row(1002, "张三", "900") + row(1003) + row(1004);
    const auto report = office.import(store, changed);
    QVERIFY_RESULT(report);
    QCOMPARE(report->unchanged, 2);
    QCOMPARE(report->updated, 1);
    QCOMPARE(report->created, 1);
    QCOMPARE(caseOf(store, "C1002").balance.minor(), 91200);
    const auto untouched = store.rows().find(domain::kind::kCase, caseIdOf("Test", "C1001").uuid());
    const auto touched = store.rows().find(domain::kind::kCase, caseIdOf("Test", "C1002").uuid());
    QVERIFY((*untouched)->version < (*touched)->version);
}

void TestImporter::whatPeopleFoundOutStays()
{
    Office office;
    auto store = office.open();
    QVERIFY_RESULT(office.import(store, file(1)));
    const auto id = caseIdOf("Test", "C1001");
    auto head = caseOf(store, "C1001");
    head.flags.push_back({domain::FlagKind::Dispute, office.clock.now(), std::nullopt, std::nullopt, {}, std::nullopt});
    head.status = domain::CaseStatus::Closed;
    head.nextActionAt = office.clock.now();
    const auto phone = contactPointIdOf(partyIdOf(id, domain::PartyRole::Debtor, ""), domain::ContactPointKind::Landline, "16400001001");
    const auto mobile = contactPointIdOf(partyIdOf(id, domain::PartyRole::Debtor, ""), domain::ContactPointKind::Mobile, "16400001001");
    {
        auto transaction = store.begin();
        QVERIFY_RESULT(transaction);
        const auto seq = *store.nextSeq();
        QVERIFY_RESULT(store.rows().put({domain::kind::kCase, id.uuid(), id, seq, base::canonical(toJson(head))}));
        auto stored = *store.rows().find(domain::kind::kPhone, mobile.uuid());
        QVERIFY(stored);
        auto body = *base::parseJson(*stored->body);
        body["status"] = "invalid";
        QVERIFY_RESULT(store.rows().put({domain::kind::kPhone, mobile.uuid(), id, seq, base::canonical(body)}));
        QVERIFY_RESULT(transaction->commit());
    }
    const auto report = office.import(store, std::string(kHeadings) + "\n" + row(1001, "张三", "500"));
    QVERIFY_RESULT(report);
    QCOMPARE(report->updated, 1);
    const auto after = caseOf(store, "C1001");
    QCOMPARE(after.balance.minor(), 51200);
    QCOMPARE(after.flags.size(), std::size_t{1});
    QVERIFY(after.status == domain::CaseStatus::Closed);
    QVERIFY(after.nextActionAt.has_value());
    QVERIFY(QString::fromStdString(*(*store.rows().find(domain::kind::kPhone, mobile.uuid()))->body).contains(QStringLiteral("\"invalid\"")));
    QVERIFY(!*store.rows().find(domain::kind::kPhone, phone.uuid()));
}

void TestImporter::badCellsAreNamed_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("message");
    const auto add = [](const char* name, const std::string& line, const char* column, const char* message) {
        QTest::newRow(name) << QString::fromStdString(line) << QString::fromUtf8(column) << QString::fromUtf8(message);
    };
    add("amount that is none", row(2000, "张三", "abc"), "principal", "expected an amount such as 1,234.50, found the shape \"aaa\"");
    add("amount in scientific notation", row(2000, "张三", "1.0E+05"), "principal", "expected an amount");
    add("negative amount", row(2000, "张三", "-5"), "principal", "the amount is negative");
    add("too many decimals", row(2000, "张三", "5.001"), "principal", "has more decimals than CNY has");
    add("misplaced thousands separator", row(2000, "张三", "\"1,00\""), "principal", "expected an amount");
    add("date that is none", row(2000, "张三", "5", "2026-02-30"), "since", "expected a date like yyyy-MM-dd or yyyy/M/d or yyyyMMdd or yyyy年M月d日, found the shape \"9999-99-99\"");
    add("empty name", row(2000, ""), "name", "the debtor's name is empty");
    add("null word for a name", row(2000, "NULL"), "name", "the debtor's name is empty");
    add("no case number", ",x,,A,1,,,,,,,,,,\n", "no", "the case number is empty");
    add("ruined number", "C1,x,1.10101E+17,A,1,,,,,,,,,,\n", "id", "is in scientific notation, so its last digits are lost");
    add("phone that is none", "C1,x,,A,1,,,,call me,,,,,,\n", "phone", "expected a phone number, found the shape \"aaaa aa\"");
    add("contact without a name", "C1,x,,A,1,,,,,,,16400001234,,,\n", "other phone", "belongs to a party whose name is empty");
    add("row too short", "C1,x,,A,1\n", "", "has 5 cells, the headings have 15");
    add("row too long", "C1,x,,A,1,,,,,,,,,,,more\n", "", "has 16 cells, the headings have 15");
}

void TestImporter::badCellsAreNamed()
{
    QFETCH(QString, line);
    QFETCH(QString, column);
    QFETCH(QString, message);
    Office office;
    auto store = office.open();
    const auto report = office.import(store, std::string(kHeadings) + "\n" + row(1001) + line.toStdString());
    QVERIFY_RESULT(report);
    QCOMPARE(report->problems.size(), std::size_t{1});
    const auto& problem = report->problems.front();
    QCOMPARE(problem.row, 3);
    QCOMPARE(QString::fromStdString(problem.column), column);
    QVERIFY2(QString::fromStdString(problem.message).contains(message), problem.message.c_str());
    QVERIFY(report->stopped);
}

void TestImporter::oneBadRowStopsAll()
{
    Office office;
    auto store = office.open();
    QVERIFY_RESULT(office.import(store, file(2)));
    const auto before = sumOf(store);
    const auto report = office.import(store, file(10) + row(3000, "张三", "x"));
    QVERIFY_RESULT(report);
    QVERIFY(report->stopped);
    QCOMPARE(report->rows, 11);
    QCOMPARE(report->rejected, 1);
    QCOMPARE(report->created, 0);
    QCOMPARE(sumOf(store), before);
}

void TestImporter::keepGoodImportsTheRest()
{
    Office office;
    auto store = office.open();
    const auto report = office.import(store, file(10) + row(3000, "张三", "x") + row(3001, "=1+1", "7", "soon"), kMapping, true);
    QVERIFY_RESULT(report);
    QCOMPARE(report->created, 10);
    QCOMPARE(report->rejected, 2);
    QCOMPARE(report->rejectedFile, office.path("cases.csv.rejected.csv"));
    const auto rejected = QString::fromStdString(office.read(report->rejectedFile));
    QCOMPARE(rejected.count(QStringLiteral("\r\n")), 3);
    QVERIFY(rejected.startsWith(QString::fromUtf8(kUtf8Mark.data()) + QString::fromUtf8(kHeadings) + QStringLiteral(",reason\r\n")));
    QVERIFY(rejected.contains(QStringLiteral("principal: expected an amount")));
    QVERIFY(rejected.contains(QStringLiteral("since: expected a date")));
    struct stat info {};
    QCOMPARE(::stat(report->rejectedFile.c_str(), &info), 0);
    QCOMPARE(info.st_mode & 0077U, 0U);
}

void TestImporter::aCorrectedRejectedFileGoesThrough()
{
    Office office;
    auto store = office.open();
    QVERIFY_RESULT(office.import(store, file(2) + row(3000, "张三", "oops"), kMapping, true));
    auto corrected = office.read(office.path("cases.csv.rejected.csv"));
    corrected.replace(corrected.find("oops"), 4, "77");
    const auto report = office.import(store, corrected, kMapping, true);
    QVERIFY_RESULT(report);
    QCOMPARE(report->created, 1);
    QCOMPARE(report->unusedColumns, std::vector<std::string>{"reason"});
}

void TestImporter::repeatedCaseNumbers()
{
    Office office;
    auto store = office.open();
    const auto two = std::string(kHeadings) + "\nC1,张三,,A1,100,,2026-02-01,,16400001111,,,,,,\nC2,李四,,B1,5,,,,,,,,,,\n"
                                              "C1,张三,,A2,50,,2026-01-01,,16400001111/16400002222,,,,,,\n";
    const auto refused = office.import(store, two);
    QVERIFY_RESULT(refused);
    QCOMPARE(refused->rejected, 2);   // nobody can know which of the two is right
    QCOMPARE(refused->problems.back().row, 4);
    QVERIFY(QString::fromStdString(refused->problems.back().message).startsWith(QStringLiteral("the same case number as in row 2")));

    auto mapping = QString::fromUtf8(kMapping);
    mapping.replace(QStringLiteral("creditor: Bank,"), QStringLiteral("creditor: Bank, repeated: further_accounts,"));
    const auto merged = office.import(store, two, mapping.toStdString());
    QVERIFY_RESULT(merged);
    QCOMPARE(merged->created, 3);
    QCOMPARE(merged->cases, 2);
    QCOMPARE(merged->accounts, 3);
    QCOMPARE(caseOf(store, "C1").balance.minor(), 15000);
    QCOMPARE(caseOf(store, "C1").daysPastDue, 60);

    const auto contradiction = office.import(store, std::string(kHeadings) + "\nC9,张三,,A1,100,,,,,,,,,,\nC9,李四,,A2,50,,,,,,,,,,\n", mapping.toStdString());
    QVERIFY_RESULT(contradiction);
    QCOMPARE(contradiction->rejected, 2);
    QVERIFY(QString::fromStdString(contradiction->problems.back().message).startsWith(QStringLiteral("another debtor name than in row 2")));
}

void TestImporter::aDebtorIsNotImportedByHalf()
{
    Office office;
    auto store = office.open();
    auto mapping = QString::fromUtf8(kMapping);
    mapping.replace(QStringLiteral("creditor: Bank,"), QStringLiteral("creditor: Bank, repeated: further_accounts,"));
    const auto report = office.import(store, std::string(kHeadings) + "\nC1,张三,,A1,100,,,,,,,,,,\nC1,张三,,A2,many,,,,,,,,,,\nC2,李四,,B1,5,,,,,,,,,,\n",
                                      mapping.toStdString(), true);
    QVERIFY_RESULT(report);
    QCOMPARE(report->rejected, 2);
    QCOMPARE(report->created, 1);
    QVERIFY(!*store.cases().find(caseIdOf("Test", "C1")));
}

void TestImporter::dryRunWritesNothing()
{
    Office office;
    auto store = office.open();
    QVERIFY_RESULT(office.import(store, file(3)));
    const auto before = sumOf(store);
    const auto report = office.import(store, file(5) + row(3000, "张三", "x"), kMapping, true, true);
    QVERIFY_RESULT(report);
    QCOMPARE(report->created, 2);
    QCOMPARE(report->unchanged, 3);
    QCOMPARE(report->rejected, 1);
    QCOMPARE(sumOf(store), before);
    QCOMPARE(office.read(office.path("cases.csv.rejected.csv")), std::string("(absent)"));
}

void TestImporter::unusableInputs_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QString>("error");
    const auto head = QByteArray(kHeadings) + '\n';
    const auto add = [](const char* name, const QByteArray& csv, const char* error) { QTest::newRow(name) << csv << QString::fromUtf8(error); };
    add("wrong header: place in the mapping and what is there", "nr,name\n1,2\n", "m.yaml:4:21: the file has no column \"no\"; its columns: nr, name");
    add("a column twice", QByteArray(head).replace("rate", "name"), "the file has the column \"name\" 2 times");
    add("empty file", "", "cases.csv: has no row 1 with headings");
    add("100 MB cell", head + "C1,\"" + QByteArray(100 << 20, 'x') + "\",2\n", "row 2, column 2: the cell or row is larger than 1024 KiB");
    add("quote never closed", head + "C1,\"x\nC2,y\n", "row 2, column 2: a quote is opened in line 2 and never closed");
    add("wrong encoding", head + "C1,caf\xE9,x\n", "the text is neither UTF-8 nor GB18030");
    add("a program instead of a table", QByteArray("\x7F" "ELF\x02\x01\xFF\x80\xC0", 9) + QByteArray(50, '\x81'), "the text is neither UTF-8 nor GB18030");
}

void TestImporter::unusableInputs()
{
    QFETCH(QByteArray, csv);
    QFETCH(QString, error);
    Office office;
    auto store = office.open();
    QVERIFY_RESULT(office.import(store, file(2)));
    const auto before = sumOf(store);
    const auto report = office.import(store, csv.toStdString(), kMapping, true);
    QVERIFY(!report);
    QVERIFY2(QString::fromStdString(report.error().detail).contains(error), report.error().detail.c_str());
    QCOMPARE(sumOf(store), before);
}

void TestImporter::shuffledColumnsGiveTheSame()
{
    Office office;
    auto store = office.open();
    const std::vector<std::string> names{"no", "name", "id", "account", "principal", "interest", "since", "rate",
                                         "phone", "other", "relation", "other phone", "address", "region", "note"};
    const std::vector<std::string> cells{"C1", "张三", "110101199001011234", "A1", "1,000.50", "", "2026-02-01", "1\"5",
                                         "16400001234", "李四", "同事", "16400005678", "北京;朝阳", "北京", "a\nb"};
    std::string plain;
    appendCsvRow(plain, names, ',', CellSafety::Verbatim);
    appendCsvRow(plain, cells, ',', CellSafety::Verbatim);
    QVERIFY_RESULT(office.import(store, plain));
    const bool passed = rc::check("any order of columns, any separator", [&] {
        auto order = std::vector<std::size_t>(names.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto swaps = *rc::gen::container<std::vector<std::pair<std::size_t, std::size_t>>>(
            20, rc::gen::pair(rc::gen::inRange<std::size_t>(0, names.size()), rc::gen::inRange<std::size_t>(0, names.size())));
        for (const auto& [a, b] : swaps)
            std::swap(order[a], order[b]);
        const char separator = *rc::gen::element(',', ';', '\t', '|');
        std::vector<std::string> shuffledNames{"unused"};
        std::vector<std::string> shuffledCells{"x"};
        for (const auto at : order) {
            shuffledNames.push_back(names[at]);
            shuffledCells.push_back(cells[at]);
        }
        std::string csv;
        appendCsvRow(csv, shuffledNames, separator, CellSafety::Verbatim);
        appendCsvRow(csv, shuffledCells, separator, CellSafety::Verbatim);
        const auto report = office.import(store, csv);
        RC_ASSERT(report.has_value());
        RC_ASSERT(report->unchanged == 1);
    });
    QVERIFY(passed);
}

void TestImporter::encodingsGiveTheSame()
{
    Office office;
    auto store = office.open();
    const auto text = QString::fromStdString(file(3));
    QVERIFY_RESULT(office.import(store, text.toStdString()));
    QByteArray utf16("\xFF\xFE", 2);
    for (const auto unit : text)
        utf16 += QByteArray{1, static_cast<char>(unit.unicode() & 0xFF)} + QByteArray{1, static_cast<char>(unit.unicode() >> 8)};
    QByteArray gbk = text.toUtf8();
    gbk.replace("张三", "\xD5\xC5\xC8\xFD").replace("北京市", "\xB1\xB1\xBE\xA9\xCA\xD0").replace("北京", "\xB1\xB1\xBE\xA9");
    QCOMPARE(office.import(store, utf16.toStdString())->unchanged, 3);
    const auto fromGbk = office.import(store, gbk.toStdString());
    QVERIFY_RESULT(fromGbk);
    QCOMPARE(fromGbk->encoding, std::string("gb18030"));
    QCOMPARE(fromGbk->unchanged, 3);
    QCOMPARE(office.import(store, std::string(kUtf8Mark) + text.toStdString())->unchanged, 3);
}

// The importing process is killed at many moments; the database holds all cases or none, and the next run completes them.
void TestImporter::aKillLeavesAllOrNothing()
{
    Office office;
    const auto csv = file(400);
    office.write("cases.csv", csv);
    int killed = 0;
    int complete = 0;
    for (int delayMs = 0; delayMs < 400 && complete < 3; delayMs += 5) {
        QFile::remove(QString::fromStdString(office.path("server.db")));
        { const auto created = office.open(); }
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            auto store = office.open();
            const auto report = office.import(store, csv);
            ::_exit(report ? 0 : 1);
        }
        QTest::qWait(delayMs);
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        killed += WIFSIGNALED(status) ? 1 : 0;
        auto store = office.open();
        const auto portfolio = *store.cases().findPortfolio("Test");
        const auto found = portfolio ? store.cases().importIndex(*portfolio)->size() : 0;
        QVERIFY2(found == 0 || found == 400, std::to_string(found).c_str());
        complete += found == 400 ? 1 : 0;
    }
    QVERIFY(killed > 0);
    QVERIFY2(complete > 0, "no run was long enough to finish");
    auto store = office.open();
    QCOMPARE(office.import(store, csv)->unchanged, 400);
}

void TestImporter::uciFile()
{
    REQUIRE_SHARED_DATA(folder, "uci_credit_default");
    Office office;
    auto store = office.open();
    const ImportOptions options{.file = folder.toStdString() + "/uci_credit_default.csv.gz",
                                .mappingFile = EVENHAND_SOURCE_DIR "/docs/examples/mappings/uci_credit_default.yaml", .portfolio = {},
                                .asOf = std::nullopt, .dryRun = false, .keepGood = false};
    QElapsedTimer timer;
    timer.start();
    const auto report = Importer(store, office.clock).run(options);
    QVERIFY_RESULT(report);
    qInfo("%lld rows in %lld ms (debug build)", static_cast<long long>(report->rows), timer.elapsed());
    QCOMPARE(report->rows, 24000);
    QCOMPARE(report->created, 24000);
    QCOMPARE(report->rejected, 0);
    const auto again = Importer(store, office.clock).run(options);
    QVERIFY_RESULT(again);
    QCOMPARE(again->unchanged, 24000);
    for (const char* attribute : {"SEX", "EDUCATION", "MARRIAGE", "AGE", "default_next_month"})
        QVERIFY(std::find(report->unusedColumns.begin(), report->unusedColumns.end(), attribute) != report->unusedColumns.end());
}

void TestImporter::lendingClubFile()
{
    REQUIRE_SHARED_DATA(folder, "lending_club_2016q1");
    Office office;
    auto store = office.open();
    const ImportOptions options{.file = folder.toStdString() + "/lending_club_2016q1.csv.gz",
                                .mappingFile = EVENHAND_SOURCE_DIR "/docs/examples/mappings/lending_club_2016q1.yaml", .portfolio = {},
                                .asOf = std::nullopt, .dryRun = false, .keepGood = false};
    const auto report = Importer(store, office.clock).run(options);
    QVERIFY_RESULT(report);
    QVERIFY2(report->problems.empty(), report->problems.empty() ? "" : (report->problems.front().column + report->problems.front().message).c_str());
    QCOMPARE(report->created, 7886);
}

QTEST_GUILESS_MAIN(TestImporter)
#include "tst_importer.moc"
