// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "app/base/crypto.h"
#include "app/base/json.h"
#include "app/base/sensitive.h"
#include "tests/support/gzip.h"
#include "tests/support/testresult.h"

#include <type_traits>

#include <fmt/core.h>

using namespace evenhand::base;

// Personal data has no formatter and no stream operator: it cannot reach a log line.
static_assert(!fmt::is_formattable<SensitiveText>::value);
static_assert(!std::is_convertible_v<SensitiveText, std::string>);

class TestCrypto : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { initialiseCrypto(); }
    void hashesMatchPublishedValues();
    void sealedDataOpensOnlyUnchanged();
    void passphrasesGiveTheSameKeyAgain();
    void passwordsAreChecked();
    void ed25519Vectors();
    void masksKeepWhatIsNeeded_data();
    void masksKeepWhatIsNeeded();
};

void TestCrypto::hashesMatchPublishedValues()
{
    QCOMPARE(toHex(sha256(asBytes("abc"))), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    Sha256Stream stream;
    stream.add(asBytes("a"));
    stream.add(asBytes("bc"));
    QCOMPARE(stream.finish(), sha256(asBytes("abc")));
    // RFC 4231, test case 2
    QCOMPARE(toHex(hmacSha256(asBytes("Jefe"), asBytes("what do ya want for nothing?"))),
             std::string("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    QVERIFY(!equalInConstantTime(asBytes("a"), asBytes("ab")));
}

void TestCrypto::sealedDataOpensOnlyUnchanged()
{
    const auto key = SecretKey::random(32);
    auto sealed = seal(key, asBytes("hello"), "keys.hdr");
    const auto opened = evenhand::base::open(key, sealed, "keys.hdr");
    QVERIFY_RESULT(opened);
    QCOMPARE(asText(*opened), std::string_view("hello"));
    QVERIFY_FAILS(evenhand::base::open(key, sealed, "another place"), ErrorCode::WrongKey);
    QVERIFY_FAILS(evenhand::base::open(SecretKey::random(32), sealed, "keys.hdr"), ErrorCode::WrongKey);
    sealed[30] ^= 1;
    QVERIFY_FAILS(evenhand::base::open(key, sealed, "keys.hdr"), ErrorCode::WrongKey);
    QVERIFY_FAILS(evenhand::base::open(key, ByteView(sealed).first(10), "keys.hdr"), ErrorCode::Damaged);
}

void TestCrypto::passphrasesGiveTheSameKeyAgain()
{
    const Bytes salt(16, 7);
    const Argon2Cost cheap{1, 8192};
    const auto key = keyFromPassphrase("correct horse", salt, cheap);
    const auto again = keyFromPassphrase("correct horse", salt, cheap);
    const auto other = keyFromPassphrase("correct house", salt, cheap);
    QVERIFY_RESULT(key);
    QVERIFY_RESULT(again);
    QVERIFY_RESULT(other);
    QVERIFY(equalInConstantTime(key->bytes(), again->bytes()));
    QVERIFY(!equalInConstantTime(key->bytes(), other->bytes()));
    QVERIFY(!equalInConstantTime(deriveKey(*key, "journal").bytes(), deriveKey(*key, "cache").bytes()));
    QVERIFY_FAILS(keyFromPassphrase("x", Bytes(15), cheap), ErrorCode::Invalid);
}

void TestCrypto::passwordsAreChecked()
{
    const auto hash = hashPassword("evenhand", {1, 8192});
    QVERIFY_RESULT(hash);
    QVERIFY(hash->starts_with("$argon2id$"));
    QVERIFY(verifyPassword("evenhand", *hash));
    QVERIFY(!verifyPassword("Evenhand", *hash));
    QVERIFY(!verifyPassword("evenhand", "not a hash"));
}

void TestCrypto::ed25519Vectors()
{
    REQUIRE_SHARED_DATA(folder, "wycheproof");
    const auto json = Json::parse(evenhand::test::readGzip(folder.toStdString() + "/ed25519_test.json.gz"));
    int checked = 0;
    for (const auto& group : json.at("testGroups")) {
        const auto key = fromHex(group.at("publicKey").at("pk").get<std::string>());
        PublicKey publicKey{};
        std::copy(key->begin(), key->end(), publicKey.begin());
        for (const auto& test : group.at("tests")) {
            const auto message = fromHex(test.at("msg").get<std::string>());
            const auto signature = fromHex(test.at("sig").get<std::string>());
            const bool valid = verifySignature(publicKey, *message, *signature);
            QCOMPARE(valid, test.at("result") == "valid");
            ++checked;
        }
    }
    QVERIFY(checked > 50);
}

void TestCrypto::masksKeepWhatIsNeeded_data()
{
    QTest::addColumn<QString>("masked");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const std::string& masked, const char* expected) {
        QTest::newRow(name) << QString::fromStdString(masked) << QString::fromUtf8(expected);
    };
    row("three-character name", maskName("张三丰"), "张**");
    row("two-character name", maskName("张三"), "张*");
    row("Latin name", maskName("John Smith"), "J*** S****");
    row("mobile number", maskPhone("00012345678"), "000****5678");
    row("short number", maskPhone("1234"), "****");
    row("identity number", maskIdNumber("110101000000000000"), "110*************00");
    row("address", maskAddress("广东省深圳市南山区一号"), "广东省深圳市*****");
    row("nothing", maskName(""), "");
}

void TestCrypto::masksKeepWhatIsNeeded()
{
    QFETCH(QString, masked);
    QFETCH(QString, expected);
    QCOMPARE(masked, expected);
}

QTEST_GUILESS_MAIN(TestCrypto)
#include "tst_crypto.moc"
