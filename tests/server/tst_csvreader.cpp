// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFileInfo>
#include <QTest>

#include <rapidcheck.h>

#include "app/base/json.h"
#include "server/import/csvreader.h"
#include "server/import/csvseparator.h"
#include "server/import/csvwriter.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;

namespace {

using Rows = std::vector<std::vector<std::string>>;

base::Result<Rows> readAll(std::string bytes, char separator = ',', CsvLimits limits = {}, TextEncoding encoding = TextEncoding::Utf8)
{
    const auto source = byteSourceOf(std::move(bytes));
    DecodedText text(*source, encoding);
    CsvReader reader(text, separator, limits);
    Rows rows;
    CsvRow row;
    for (;;) {
        EVENHAND_ASSIGN(const bool more, reader.next(row));
        if (!more)
            return rows;
        if (row.problem)
            return base::fail(base::ErrorCode::Damaged, "row " + std::to_string(row.number) + ", column " + std::to_string(row.problemColumn) +
                                                            ": " + *row.problem);
        rows.emplace_back(row.cells.begin(), row.cells.end());
    }
}

QString show(const Rows& rows)
{
    std::string text;
    for (const auto& row : rows) {
        for (const auto& cell : row)
            text += "[" + cell + "]";
        text += "/";
    }
    return QString::fromStdString(text);
}

// An endless source: proves that limits and not the size of the file decide how much is kept.
class EndlessCell final : public ByteSource {
public:
    base::Result<std::size_t> read(std::span<std::uint8_t> out) override
    {
        std::fill(out.begin(), out.end(), std::uint8_t{'x'});
        if (m_given == 0) {
            const std::string_view head = "a,b\n1,\"";
            std::copy(head.begin(), head.end(), out.begin());
        }
        m_given += out.size();
        return out.size();
    }
    base::Result<> rewind() override { return {}; }
    [[nodiscard]] std::size_t given() const { return m_given; }

private:
    std::size_t m_given = 0;
};

} // namespace

class TestCsvReader : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void aHugeCellIsRefusedWithoutReadingItAll();
    void guessesTheSeparator_data();
    void guessesTheSeparator();
    void whatIsWrittenReadsBack();
    void chunkBordersDoNotMatter();
    void formulasAreDefused_data();
    void formulasAreDefused();
    void csvSpectrum();
    void realFilesAreReadOrRefused();
};

void TestCsvReader::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("rows");
    const auto row = [](const char* name, QByteArray bytes, const char* rows) { QTest::newRow(name) << bytes << QString::fromUtf8(rows); };
    row("LF ends rows", "a,b\n1,2\n", "[a][b]/[1][2]/");
    row("CRLF ends rows", "a,b\r\n1,2\r\n", "[a][b]/[1][2]/");
    row("CR alone ends rows", "a,b\r1,2\r", "[a][b]/[1][2]/");
    row("the last row needs no end", "a,b\n1,2", "[a][b]/[1][2]/");
    row("empty cells stay", "a,,c\n,,\n", "[a][][c]/[][][]/");
    row("quoted separator", "\"a,b\",c\n", "[a,b][c]/");
    row("doubled quote", "\"a\"\"b\",c\n", "[a\"b][c]/");
    row("line feed in quotes", "\"a\nb\",c\n", "[a\nb][c]/");
    row("CRLF in quotes stays as it is", "\"a\r\nb\",c\n", "[a\r\nb][c]/");
    row("quote inside an unquoted cell is text", "5\" pipe,x\n", "[5\" pipe][x]/");
    row("quoted empty cell", "\"\",x\n", "[][x]/");
    row("a quoted last cell without row end", "x,\"y\"", "[x][y]/");
    row("ragged rows are handed out as they are", "a,b\n1\n1,2,3\n", "[a][b]/[1]/[1][2][3]/");
    row("blank rows are handed out", "a\n\nb\n", "[a]/[]/[b]/");
    row("nothing", "", "");
    row("Chinese", "姓名,金额\n张三,12\n", "[姓名][金额]/[张三][12]/");
    row("byte order mark is no text", "\xEF\xBB\xBF" "a,b\n", "[a][b]/");
}

void TestCsvReader::reads()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, rows);
    const auto read = readAll(bytes.toStdString());
    QVERIFY_RESULT(read);
    QCOMPARE(show(*read), rows);
}

void TestCsvReader::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, QByteArray bytes, const char* message) { QTest::newRow(name) << bytes << QString::fromUtf8(message); };
    row("NUL byte: row and column", QByteArray("a,b\n1,x\0y\n", 10), "row 2, column 2: holds a NUL byte");
    row("NUL byte in quotes", QByteArray("a,b\n\"x\0y\",2\n", 12), "row 2, column 1: holds a NUL byte");
    row("a quote that never closes: where it opened", "a,b\n1,2\n3,\"x\n4,5\n", "row 3, column 2: a quote is opened in line 3 and never closed");
    row("text behind the closing quote", "a,b\n\"x\"y,2\n", "row 2, column 1: has text behind its closing quote");
    row("bytes that are not UTF-8: the row", "a,b\n1,\xC4\xE3\n", "row 2, column 2: bytes follow that are not utf-8");
    row("a sequence cut off at the end", "a,b\n1,\xE4\xB8", "row 2, column 2: bytes follow that are not utf-8");
    row("too many columns", QByteArray(5000, ','), "row 1, column 4097: the cell or row is larger");
}

void TestCsvReader::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, message);
    const auto read = readAll(bytes.toStdString());
    QVERIFY(!read);
    QVERIFY2(QString::fromStdString(read.error().detail).startsWith(message), read.error().detail.c_str());
}

void TestCsvReader::aHugeCellIsRefusedWithoutReadingItAll()
{
    EndlessCell source;
    DecodedText text(source, TextEncoding::Utf8);
    CsvReader reader(text, ',');
    CsvRow row;
    QVERIFY(*reader.next(row));
    const auto second = reader.next(row);
    QVERIFY(!second);
    QVERIFY2(second.error().detail.starts_with("row 2, column 2: the cell or row is larger than 1024 KiB"), second.error().detail.c_str());
    QVERIFY(source.given() < (4U << 20));
}

void TestCsvReader::guessesTheSeparator_data()
{
    QTest::addColumn<QByteArray>("sample");
    QTest::addColumn<QStringList>("wanted");
    QTest::addColumn<char>("separator");
    const auto none = QStringList();
    QTest::newRow("comma") << QByteArray("a,b,c\n1,2,3\n") << none << ',';
    QTest::newRow("semicolon with decimal commas") << QByteArray("no;amount\n1;12,5\n2;7,25\n") << none << ';';
    QTest::newRow("tab") << QByteArray("a\tb\n1\t2\n") << none << '\t';
    QTest::newRow("pipe") << QByteArray("a|b\n1|2\n") << none << '|';
    QTest::newRow("the wanted columns decide") << QByteArray("a;b,c\n1;2,3\n") << QStringList{QStringLiteral("a"), QStringLiteral("b,c")} << ';';
    QTest::newRow("separators in quotes do not count") << QByteArray("\"x;y\",b\n\"1;2;3\",2\n") << none << ',';
    QTest::newRow("one column: a comma") << QByteArray("a\n1\n") << none << ',';
}

void TestCsvReader::guessesTheSeparator()
{
    QFETCH(QByteArray, sample);
    QFETCH(QStringList, wanted);
    QFETCH(char, separator);
    std::vector<std::string> names;
    for (const auto& name : wanted)
        names.push_back(name.toStdString());
    QCOMPARE(guessSeparator(sample.toStdString(), 1, names), separator);
}

void TestCsvReader::whatIsWrittenReadsBack()
{
    const bool passed = rc::check("write, then read", [] {
        const char separator = *rc::gen::elementOf(std::string(kSeparators));
        const auto cell = rc::gen::container<std::string>(rc::gen::element('a', '"', ',', ';', '\t', '|', '\n', '\r', ' ', '1', '='));
        const auto rows = *rc::gen::container<Rows>(rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(cell)));
        std::string bytes;
        for (const auto& row : rows)
            appendCsvRow(bytes, row, separator, CellSafety::Verbatim);
        const auto read = readAll(bytes, separator);
        RC_ASSERT(read.has_value());
        RC_ASSERT(*read == rows);
    });
    QVERIFY(passed);
}

void TestCsvReader::chunkBordersDoNotMatter()
{
    // The decoder hands out pieces of 128 KiB: a row that straddles a border must come out whole, wherever the border falls.
    for (int shift = 0; shift < 8; ++shift) {
        std::string bytes(static_cast<std::size_t>(128 * 1024 - 12 + shift), 'x');
        bytes += ",\"中\"\"文\r\n\",b\r\nnext,1\r\n";
        const auto read = readAll(bytes);
        QVERIFY_RESULT(read);
        QCOMPARE(read->size(), std::size_t{2});
        QCOMPARE(read->front()[1], std::string("中\"文\r\n"));
        QCOMPARE(read->back(), (std::vector<std::string>{"next", "1"}));
    }
}

void TestCsvReader::formulasAreDefused_data()
{
    QTest::addColumn<QByteArray>("cell");
    QTest::addColumn<QByteArray>("written");
    QTest::newRow("equals sign") << QByteArray("=1+1") << QByteArray("\"'=1+1\"\r\n");
    QTest::newRow("command") << QByteArray("@SUM(A1)") << QByteArray("\"'@SUM(A1)\"\r\n");
    QTest::newRow("plus with text") << QByteArray("+cmd|x") << QByteArray("\"'+cmd|x\"\r\n");
    QTest::newRow("a negative amount stays a number") << QByteArray("-12.50") << QByteArray("-12.50\r\n");
    QTest::newRow("plain text stays") << QByteArray("张三") << QByteArray("张三\r\n");
}

void TestCsvReader::formulasAreDefused()
{
    QFETCH(QByteArray, cell);
    QFETCH(QByteArray, written);
    std::string out;
    const std::vector<std::string> row{cell.toStdString()};
    appendCsvRow(out, row, ',', CellSafety::NoFormulas);
    QCOMPARE(QByteArray::fromStdString(out), written);
}

void TestCsvReader::csvSpectrum()
{
    REQUIRE_SHARED_DATA(folder, "table_import_files/csv-spectrum");
    int files = 0;
    QDirIterator it(folder + QStringLiteral("/csvs"), {QStringLiteral("*.csv")}, QDir::Files);
    while (it.hasNext()) {
        QFile csv(it.next());
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QFile json(folder + QStringLiteral("/json/") + QFileInfo(csv).completeBaseName() + QStringLiteral(".json"));
        QVERIFY(json.open(QIODevice::ReadOnly));
        const auto rows = readAll(csv.readAll().toStdString());
        QVERIFY_RESULT(rows);
        const auto expected = nlohmann::ordered_json::parse(json.readAll().toStdString());
        std::size_t at = 0;
        for (const auto& object : expected) {
            ++at;
            QVERIFY2(at < rows->size(), qPrintable(csv.fileName()));
            std::size_t column = 0;
            for (const auto& [name, value] : object.items()) {
                QCOMPARE(rows->front()[column], name);
                QCOMPARE((*rows)[at][column++], value.get<std::string>());
            }
        }
        ++files;
    }
    QVERIFY(files >= 3);
}

void TestCsvReader::realFilesAreReadOrRefused()
{
    REQUIRE_SHARED_DATA(folder, "table_import_files");
    int read = 0;
    int refused = 0;
    QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const auto path = it.next().toStdString();
        auto source = openByteSource(path);
        QVERIFY_RESULT(source);
        const auto encoding = detectEncoding(**source);
        base::Result<bool> more = base::fail(base::ErrorCode::Invalid, encoding ? "" : encoding.error().detail);
        bool spoiled = false;
        if (encoding) {
            DecodedText text(**source, *encoding);
            CsvReader reader(text, path.ends_with(".tsv") ? '\t' : ',');
            CsvRow row;
            do {
                more = reader.next(row);
                spoiled = spoiled || row.problem;
            } while (more && *more);
        }
        if (!more)
            QVERIFY2(!more.error().detail.empty(), path.c_str());
        ++(more && !spoiled ? read : refused);
        const bool isWorkbook = path.ends_with(".xls") || path.ends_with(".xlsx") || path.ends_with(".zip");
        if (isWorkbook && !path.ends_with("too_small.xls"))   // which holds a few plain letters
            QVERIFY2(!more || spoiled, (path + " is no text file but was read").c_str());
    }
    qInfo("%d read, %d refused", read, refused);
    QVERIFY(read >= 15);
    QVERIFY(refused >= 30);
}

QTEST_GUILESS_MAIN(TestCsvReader)
#include "tst_csvreader.moc"
