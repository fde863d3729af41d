// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <zlib.h>

#include "server/import/bytesource.h"
#include "server/import/textdecoder.h"
#include "server/import/textencoding.h"
#include "tests/support/gzip.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;

namespace {

std::optional<std::string> decode(TextEncoding encoding, const std::string& bytes, std::size_t piece = 1)
{
    TextDecoder decoder(encoding);
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        if (!decoder.decode(base::asBytes(std::string_view(bytes).substr(at, piece)), false, out))
            return std::nullopt;
    return decoder.decode({}, true, out) ? std::optional(out) : std::nullopt;
}

QString detected(const QByteArray& bytes)
{
    const auto source = byteSourceOf(bytes.toStdString());
    const auto encoding = detectEncoding(*source);
    return encoding ? QString::fromUtf8(toWord(*encoding).data()) : QStringLiteral("none");
}

} // namespace

class TestCsvEncoding : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void detects_data();
    void detects();
    void decodesByteByByte_data();
    void decodesByteByByte();
    void refusesBrokenText_data();
    void refusesBrokenText();
    void everyTwoByteCodeOfGb18030();
    void unpacksGzip();
    void saysWhatIsWrongWithADamagedGzip();
};

void TestCsvEncoding::detects_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("encoding");
    const auto row = [](const char* name, QByteArray bytes, const char* word) { QTest::newRow(name) << bytes << QString::fromUtf8(word); };
    row("ASCII is UTF-8", "name,amount\n1,2\n", "utf-8");
    row("UTF-8 with a mark", "\xEF\xBB\xBFname\n", "utf-8");
    row("UTF-8 without a mark", "姓名,金额\n", "utf-8");
    row("GB18030", "\xD0\xD5\xC3\xFB,\xBD\xF0\xB6\xEE\n", "gb18030");
    row("UTF-16LE by its mark", QByteArray("\xFF\xFE\x61\x00", 4), "utf-16le");
    row("UTF-16BE by its mark", QByteArray("\xFE\xFF\x00\x61", 4), "utf-16be");
    row("UTF-16LE without a mark", QByteArray("n\0a\0m\0e\0,\0i\0d\0\n\0\x2d\x4e,\0", 20), "utf-16le");
    row("single-byte text is not guessed at", "caf\xE9,1\n", "none");
    row("late bytes count too", QByteArray(200000, 'x') + QByteArray("\xD0\xD5\n"), "gb18030");
    row("a program is no text", QByteArray("\x7F" "ELF\x02\xFF\xFF\x80\x80\x01", 10), "none");
}

void TestCsvEncoding::detects()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, encoding);
    QCOMPARE(detected(bytes), encoding);
}

void TestCsvEncoding::decodesByteByByte_data()
{
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const char* encoding, QByteArray bytes, const char* text) {
        QTest::newRow(name) << QString::fromUtf8(encoding) << bytes << QString::fromUtf8(text);
    };
    row("UTF-8", "utf-8", "张三,😀", "张三,😀");
    row("UTF-8 mark goes", "utf-8", "\xEF\xBB\xBF" "a", "a");
    row("GBK", "gbk", "\xD5\xC5\xC8\xFD", "张三");
    row("four bytes of GB18030", "gb18030", "\x95\x32\x82\x36", "𠀀");
    row("code changed in 2022", "gb18030", "\xA6\xD9", "︐");
    row("UTF-16LE with a pair", "utf-16le", QByteArray("\xFF\xFE\x3D\xD8\x00\xDE", 6), "😀");
    row("UTF-16BE", "utf-16be", QByteArray("\x5F\x20\x4E\x09", 4), "张三");
    row("Big5", "big5", "\xB1\x69", "張");
    row("windows-1252", "latin1", "caf\xE9", "café");
}

void TestCsvEncoding::decodesByteByByte()
{
    QFETCH(QString, encoding);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    const auto known = textEncodingFromWord(encoding.toStdString());
    QVERIFY(known);
    for (const std::size_t piece : {1U, 2U, 3U, 100U})
        QCOMPARE(decode(*known, bytes.toStdString(), piece).value_or("(refused)"), text.toStdString());
}

void TestCsvEncoding::refusesBrokenText_data()
{
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char* name, const char* encoding, QByteArray bytes) { QTest::newRow(name) << QString::fromUtf8(encoding) << bytes; };
    row("UTF-8: stray continuation", "utf-8", "a\x80");
    row("UTF-8: overlong", "utf-8", "\xC0\xAF");
    row("UTF-8: surrogate", "utf-8", "\xED\xA0\x80");
    row("UTF-8: above U+10FFFF", "utf-8", "\xF4\x90\x80\x80");
    row("UTF-8: cut off", "utf-8", "\xE4\xB8");
    row("GB18030: lead byte before a comma", "gb18030", "\xE9,");
    row("GB18030: cut off", "gb18030", "\xD5");
    row("UTF-16: half a unit", "utf-16le", QByteArray("a\0b", 3));
    row("UTF-16: half a pair", "utf-16le", QByteArray("\x3D\xD8", 2));
}

void TestCsvEncoding::refusesBrokenText()
{
    QFETCH(QString, encoding);
    QFETCH(QByteArray, bytes);
    for (const std::size_t piece : {1U, 100U})
        QVERIFY(!decode(*textEncodingFromWord(encoding.toStdString()), bytes.toStdString(), piece));
}

void TestCsvEncoding::everyTwoByteCodeOfGb18030()
{
    REQUIRE_SHARED_DATA(folder, "gb18030_big5");
    const auto index = QString::fromStdString(test::readGzip(folder.toStdString() + "/index-gb18030.txt.gz"));
    int codes = 0;
    QStringList different;
    for (const auto& line : index.split(QLatin1Char('\n'))) {
        const auto parts = line.split(QLatin1Char('\t'));
        if (parts.size() < 2 || line.startsWith(QLatin1Char('#')))
            continue;
        const int pointer = parts[0].trimmed().toInt();
        const char32_t expected = parts[1].trimmed().mid(2).toUInt(nullptr, 16);
        const int trail = pointer % 190;
        const std::string bytes{static_cast<char>(pointer / 190 + 0x81), static_cast<char>(trail + (trail < 0x3F ? 0x40 : 0x41))};
        const auto text = decode(TextEncoding::Gb18030, bytes, 2);
        QVERIFY2(text, qPrintable(line));
        if (QString::fromStdString(*text) != QString::fromUcs4(&expected, 1))
            different << line + QStringLiteral(" read as ") + QString::number(QString::fromStdString(*text).at(0).unicode(), 16);
        ++codes;
    }
    QVERIFY2(different.isEmpty(), qPrintable(different.join(QLatin1Char('\n'))));
    QCOMPARE(codes, 23940);
}

void TestCsvEncoding::unpacksGzip()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("packed.csv.gz")).toStdString();
    gzFile file = gzopen(path.c_str(), "wb");
    gzputs(file, "a,b\n1,2\n");
    gzclose(file);
    auto source = openByteSource(path);
    QVERIFY_RESULT(source);
    for (int round = 0; round < 2; ++round) {
        std::array<std::uint8_t, 64> bytes{};
        const auto got = (*source)->read(bytes);
        QVERIFY_RESULT(got);
        QCOMPARE(std::string(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(*got)), std::string("a,b\n1,2\n"));
        QVERIFY_RESULT((*source)->rewind());
    }
}

void TestCsvEncoding::saysWhatIsWrongWithADamagedGzip()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("packed.csv.gz"));
    gzFile packed = gzopen(path.toStdString().c_str(), "wb");
    for (int i = 0; i < 2000; ++i)
        gzprintf(packed, "%d,%d\n", i * 7919 % 1000, i);
    gzclose(packed);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.resize(file.size() / 2));
    file.close();
    auto source = openByteSource(path.toStdString());
    QVERIFY_RESULT(source);
    const auto encoding = detectEncoding(**source);
    QVERIFY_FAILS(encoding, base::ErrorCode::Invalid);
    QVERIFY2(encoding.error().detail.find("damaged or cut short") != std::string::npos, encoding.error().detail.c_str());
}

QTEST_GUILESS_MAIN(TestCsvEncoding)
#include "tst_csvencoding.moc"
