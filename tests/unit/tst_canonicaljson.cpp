// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QTest>

#include "app/base/json.h"
#include "tests/support/testresult.h"

using namespace evenhand::base;

class TestCanonicalJson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesOneForm_data();
    void writesOneForm();
    void refusesWhatTheProfileLacks_data();
    void refusesWhatTheProfileLacks();
    void rfc8785Vectors();
    void namesThePlaceOfAProblem();
};

void TestCanonicalJson::writesOneForm_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("members are sorted") << QByteArray(R"({"b":1,"a":2,"a_1":3,"a1":4})") << QByteArray(R"({"a":2,"a1":4,"a_1":3,"b":1})");
    QTest::newRow("blanks go") << QByteArray("[ 1 , { } , [ ] ]") << QByteArray("[1,{},[]]");
    QTest::newRow("short escapes") << QByteArray(R"(["\u0008\u0009\u000a\u000c\u000d\u0022\u005c"])") << QByteArray(R"(["\b\t\n\f\r\"\\"])");
    QTest::newRow("other controls as lower-case hex") << QByteArray(R"(["\u000F\u001f"])") << QByteArray(R"(["\u000f\u001f"])");
    QTest::newRow("slash and DEL are not escaped") << QByteArray(R"(["\/\u007f"])") << QByteArray("[\"/\x7f\"]");
    QTest::newRow("Chinese stays Chinese") << QByteArray(R"(["\u5f20\u4e09"])") << QByteArray("[\"张三\"]");
    QTest::newRow("an emoji is one character") << QByteArray(R"(["\ud83d\ude00"])") << QByteArray("[\"😀\"]");
    QTest::newRow("no Unicode normalisation") << QByteArray("[\"e\xCC\x81\"]") << QByteArray("[\"e\xCC\x81\"]");
    QTest::newRow("largest integers") << QByteArray("[9007199254740991,-9007199254740991]") << QByteArray("[9007199254740991,-9007199254740991]");
}

void TestCanonicalJson::writesOneForm()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, expected);
    const auto value = parseJson(input.toStdString());
    QVERIFY_RESULT(value);
    const auto bytes = toCanonicalJson(*value);
    QVERIFY_RESULT(bytes);
    QCOMPARE(QByteArray::fromStdString(*bytes), expected);
    QVERIFY_RESULT(parseCanonicalJson(*bytes));
}

void TestCanonicalJson::refusesWhatTheProfileLacks_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("a fraction") << QByteArray("[1.5]");
    QTest::newRow("an exponent") << QByteArray("[1e3]");
    QTest::newRow("2^53") << QByteArray("[9007199254740992]");
    QTest::newRow("-2^53") << QByteArray("[-9007199254740992]");
    QTest::newRow("beyond 64 bits") << QByteArray("[18446744073709551616]");
    QTest::newRow("upper-case member") << QByteArray(R"({"A":1})");
    QTest::newRow("member that begins with a digit") << QByteArray(R"({"1a":1})");
    QTest::newRow("empty member name") << QByteArray(R"({"":1})");
    QTest::newRow("duplicate member") << QByteArray(R"({"a":1,"a":2})");
    QTest::newRow("lone surrogate") << QByteArray(R"(["\ud800"])");
    QTest::newRow("bytes that are not UTF-8") << QByteArray("[\"\xff\"]");
    QTest::newRow("17 levels") << QByteArray(17, '[') + QByteArray(17, ']');
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF[]");
    QTest::newRow("trailing comma") << QByteArray("[1,]");
    QTest::newRow("comment") << QByteArray("[1]//");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("not in canonical order") << QByteArray(R"({"b":1,"a":2})");
    QTest::newRow("a blank too many") << QByteArray("[ ]");
}

void TestCanonicalJson::refusesWhatTheProfileLacks()
{
    QFETCH(QByteArray, input);
    QVERIFY_FAILS(parseCanonicalJson(input.toStdString()), ErrorCode::Invalid);
}

void TestCanonicalJson::rfc8785Vectors()
{
    REQUIRE_SHARED_DATA(folder, "rfc8785_jcs");
    int exact = 0;
    int refused = 0;
    for (const auto& name : QDir(folder + QStringLiteral("/input")).entryList(QDir::Files)) {
        QFile in(folder + QStringLiteral("/input/") + name);
        QFile out(folder + QStringLiteral("/output/") + name);
        QVERIFY(in.open(QIODevice::ReadOnly) && out.open(QIODevice::ReadOnly));
        const auto value = parseJson(in.readAll().toStdString());
        QVERIFY_RESULT(value);
        const auto expected = parseJson(out.readAll().trimmed().toStdString());
        QVERIFY_RESULT(expected);
        // Our profile is narrower: a vector with fractions or other member names is refused as a whole; its parts must agree.
        refused += toCanonicalJson(*value) ? 0 : 1;
        for (const auto& [key, part] : value->items()) {
            const auto bytes = toCanonicalJson(part);
            if (!bytes)
                continue;
            const auto& vectorPart = value->is_array() ? (*expected)[std::stoul(key)] : (*expected)[key];
            QCOMPARE(*bytes, vectorPart.dump());
            ++exact;
        }
    }
    QVERIFY2(exact >= 4, qPrintable(QStringLiteral("only %1 parts lie in our profile").arg(exact)));
    QVERIFY(refused >= 1);
}

void TestCanonicalJson::namesThePlaceOfAProblem()
{
    const auto json = parseJson(R"({"channel":7,"at":"yesterday"})");
    QVERIFY_RESULT(json);
    JsonReader in(*json, "/intent");
    QCOMPARE(in.text("channel"), std::string());
    QVERIFY(!in.ok());
    QCOMPARE(in.error().detail, std::string("/intent/channel: expected a string"));
    JsonReader again(*json, "");
    (void)again.instant("at");
    QVERIFY(again.error().detail.starts_with("/at: expected a time"));
    JsonReader missing(*json, "");
    (void)missing.integer("seq");
    QCOMPARE(missing.error().detail, std::string("/seq: is missing"));
}

QTEST_GUILESS_MAIN(TestCanonicalJson)
#include "tst_canonicaljson.moc"
