// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>
#include <QTest>

#include "server/import/mapping.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;

namespace {

// A mapping that is right; each test spoils one line of it.
const QString kGood = QStringLiteral(R"(version: 1
portfolio: Card 2026
file:
  encoding: auto
  separator: semicolon
  nulls: [NULL, N/A]
formats:
  dates: [yyyy-MM-dd, excel]
  money: {decimal: ",", thousands: "."}
case:
  business_no: "{案件号}"
  currency: CNY
  repeated: further_accounts
debtor:
  name: "{姓名}"
  gender: {column: 称谓, map: {先生: male, 女士: female}, default: ""}
  time_zone: Asia/Shanghai
parties:
  - {key: spouse, role: related_third, name: "{配偶}", relation: spouse}
accounts:
  - account_no: "{借据号}"
    principal: {sum: [本金, 未到期]}
    overdue_since: "{逾期日}"
    facts:
      合同: "{合同号}"
phones:
  - {number: "{手机}", source: contract, label: mobile}
  - {of: spouse, number: "{配偶手机}", source: authorised, split: "/;"}
addresses:
  - {text: "{地址}", source: contract, label: home}
)");

} // namespace

class TestMapping : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAGoodOne();
    void refusesWithThePlace_data();
    void refusesWithThePlace();
    void namesEveryProblemInOneRun();
    void savedInTheWrongEncoding();
    void templates();
    void shippedExamplesParse_data();
    void shippedExamplesParse();
    void shippedExamplesUseNothingProtected();
};

void TestMapping::readsAGoodOne()
{
    const auto mapping = Mapping::parseText(kGood.toStdString(), "m.yaml");
    QVERIFY_RESULT(mapping);
    QCOMPARE(mapping->portfolio, std::string("Card 2026"));
    QCOMPARE(*mapping->separator, ';');
    QCOMPARE(mapping->persons.size(), std::size_t{2});
    QCOMPARE(mapping->contacts[1].person, std::size_t{1});
    QCOMPARE(mapping->accounts.front().principal->addends.size(), std::size_t{2});
    QCOMPARE(mapping->accounts.front().principal->money.decimal, ',');
    QVERIFY(mapping->repeated == RepeatedCase::FurtherAccounts);
    QCOMPARE(mapping->columns.size(), std::size_t{12});
}

void TestMapping::refusesWithThePlace_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("instead");
    QTest::addColumn<QString>("error");
    const auto row = [](const char* name, const char* line, const char* instead, const char* error) {
        QTest::newRow(name) << QString::fromUtf8(line) << QString::fromUtf8(instead) << QString::fromUtf8(error);
    };
    row("unknown field of a case", "  currency: CNY", "  currency: CNY\n  colour: red", "m.yaml:13:3: `case` has no `colour`; known: business_no, creditor");
    row("unknown section", "version: 1", "version: 1\nacounts: []", "m.yaml:2:1: a mapping has no `acounts`");
    row("unknown word", "source: contract, label: mobile", "source: contact, label: mobile", "m.yaml:27:34: unknown source \"contact\"; known: contract, reserved");
    row("unknown encoding", "encoding: auto", "encoding: utf-7", "m.yaml:4:13: unknown encoding \"utf-7\"; known: auto, utf-8, gb18030");
    row("unknown separator", "separator: semicolon", "separator: colon", "m.yaml:5:14: unknown separator \"colon\"");
    row("unknown party", "of: spouse", "of: husband", "m.yaml:28:10: no party has the key \"husband\"; known: debtor, spouse");
    row("unknown role", "role: related_third", "role: friend", "m.yaml:19:25: unknown role \"friend\"; known: guarantor");
    row("debtor is no role of a party", "role: related_third", "role: debtor", "m.yaml:19:25: unknown role \"debtor\"");
    row("unknown time zone", "Asia/Shanghai", "Beijing", "m.yaml:17:14: unknown time_zone \"Beijing\"");
    row("currency is no code", "currency: CNY", "currency: yuan", "m.yaml:12:13: \"yuan\" is not an ISO 4217 code such as CNY");
    row("date pattern", "yyyy-MM-dd", "yyyy-MM-jj", "m.yaml:8:10: unknown letter in the date format");
    row("decimal and thousands the same", "thousands: \".\"", "thousands: \",\"", "`decimal` and `thousands` must differ");
    row("missing case number", "  business_no: \"{案件号}\"\n", "", "m.yaml:11:3: `case` needs `business_no`");
    row("column and constant at once", "{sum: [本金, 未到期]}", "{column: 本金, constant: \"1\"}", "m.yaml:22:16: exactly one of `column`");
    row("brace not closed", "\"{姓名}\"", "\"{姓名\"", "m.yaml:15:9: a column is written {NAME}");
    row("value twice in a map", "先生: male, 女士", "先生: male, 先生", "m.yaml:16:48: \"先生\" stands twice in the map");
    row("map to an unknown word", "先生: male", "先生: mister", "unknown gender \"mister\"; known: female, male");
    row("two ways to say how late", "    overdue_since: \"{逾期日}\"", "    overdue_since: \"{逾期日}\"\n    dpd: \"{天数}\"", "m.yaml:21:5: `dpd` and `overdue_since`");
    row("version of a later program", "version: 1", "version: 2", "m.yaml:1:10: `version` must be between 1 and 1");
    row("no YAML", "version: 1", "version: [1", "m.yaml:");
}

void TestMapping::refusesWithThePlace()
{
    QFETCH(QString, line);
    QFETCH(QString, instead);
    QFETCH(QString, error);
    QString text = kGood;
    QVERIFY(text.contains(line));
    text.replace(text.indexOf(line), line.size(), instead);
    const auto mapping = Mapping::parseText(text.toStdString(), "m.yaml");
    QVERIFY_FAILS(mapping, base::ErrorCode::Invalid);
    const auto detail = QString::fromStdString(mapping.error().detail);
    QVERIFY2(detail.contains(error), qPrintable(detail));
}

void TestMapping::namesEveryProblemInOneRun()
{
    const auto mapping = Mapping::parseText("version: 1\ncase: {business_no: \"{A}\", currency: CNY, x: 1}\ndebtor: {name: \"{B}\", y: 2}\n", "m.yaml");
    QVERIFY(!mapping);
    QCOMPARE(QString::fromStdString(mapping.error().detail).count(QLatin1Char('\n')) + 1, 3);
}

void TestMapping::savedInTheWrongEncoding()
{
    const auto mapping = Mapping::parseText("version: 1\nportfolio: \xD5\xC5\n", "m.yaml");
    QVERIFY_FAILS(mapping, base::ErrorCode::Invalid);
    QCOMPARE(mapping.error().detail, std::string("m.yaml: is not UTF-8; save the mapping as UTF-8"));
}

void TestMapping::templates()
{
    const auto mapping = Mapping::parseText(
        "version: 1\ncase: {business_no: \"A-{@row}-{X}{{}}\", currency: CNY}\ndebtor: {name: \"客户 {X}\"}\n"
        "accounts: [{account_no: \"{X}\", principal: \"0\"}]\n", "m.yaml");
    QVERIFY_RESULT(mapping);
    const auto& pieces = mapping->businessNo->addends.front().pieces;
    QCOMPARE(pieces.size(), std::size_t{5});
    QCOMPARE(pieces[1].column, Template::kRowNumber);
    QCOMPARE(pieces[4].text, std::string("{}"));
    QCOMPARE(mapping->columns.size(), std::size_t{1});
    QVERIFY(mapping->accounts.front().principal->addends.front().isConstant());
}

void TestMapping::shippedExamplesParse_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("uci") << QStringLiteral("uci_credit_default.yaml");
    QTest::newRow("lending club") << QStringLiteral("lending_club_2016q1.yaml");
    QTest::newRow("lender in GB18030") << QStringLiteral("cn_lender_gb18030.yaml");
}

void TestMapping::shippedExamplesParse()
{
    QFETCH(QString, file);
    QVERIFY_RESULT(Mapping::parseFile(EVENHAND_SOURCE_DIR "/docs/examples/mappings/" + file.toStdString()));
}

void TestMapping::shippedExamplesUseNothingProtected()
{
    const auto mapping = Mapping::parseFile(EVENHAND_SOURCE_DIR "/docs/examples/mappings/uci_credit_default.yaml");
    QVERIFY_RESULT(mapping);
    for (const auto& column : mapping->columns)
        for (const char* attribute : {"SEX", "EDUCATION", "MARRIAGE", "AGE", "default_next_month"})
            QVERIFY2(column.name != attribute, attribute);
}

QTEST_GUILESS_MAIN(TestMapping)
#include "tst_mapping.moc"
