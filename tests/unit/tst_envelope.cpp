// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "app/domain/envelope.h"
#include "app/domain/eventpayloads.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::domain;

namespace {

template <class IdType>
IdType idOf(const char* text) { return *IdType::tryFromString(text); }

base::SigningKey vectorKey()
{
    // RFC 8032 §7.1, test 1
    return base::SigningKey::fromSeed(*base::fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
}

base::Bytes vectorSalt()
{
    base::Bytes salt(32);
    for (std::size_t i = 0; i < salt.size(); ++i)
        salt[i] = static_cast<std::uint8_t>(i);
    return salt;
}

EventHeader vectorHeader()
{
    return {idOf<DatasetId>("11111111-1111-4111-8111-111111111111"), idOf<EventId>("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"),
            idOf<DeviceId>("22222222-2222-4222-8222-222222222222"), idOf<EpochId>("33333333-3333-4333-8333-333333333333"), 1, "call", 1,
            idOf<CaseId>("44444444-4444-4444-8444-444444444444"), idOf<UserId>("55555555-5555-4555-8555-555555555555"),
            *base::Instant::tryFromRfc3339("2022-02-22T19:22:22.000Z"), -300, 86400000,
            *base::Uuid::tryFromString("66666666-6666-4666-8666-666666666666"), "017f22e279b0-0000", 918273, std::nullopt, {}, {}, {}};
}

} // namespace

class TestEnvelope : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void publishedVector();
    void headersReadBack();
    void refusesBadHeaders_data();
    void refusesBadHeaders();
    void oversizeIsRefused();
    void oneFlippedBitBreaksTheSignature();
    void hybridClockNeverGoesBack();
    void statementsAreBoundToTheirKind();
};

void TestEnvelope::publishedVector()
{
    const auto event = buildEnvelope(vectorHeader(), R"({"duration_s":42,"outcome":"promise"})", vectorSalt(), vectorKey());
    QVERIFY_RESULT(event);
    QCOMPARE(event->header.size(), std::size_t{681});
    QVERIFY(event->header.find(R"("payload_commit":"RmjJgivB0ctWRIF3McMix3plWQ2oa7W9NDU3RRGC0JA")") != std::string::npos);
    QCOMPARE(base::toBase64Url(event->hash), std::string("wkzvZzqExbqiH13KD9HAebO0wj8974CfxJQqw9Qx5cI"));
    QCOMPARE(base::toBase64Url(event->signature),
             std::string("XBZChs9NehDwvNMPqCDVFbkR1uJuNnXvYflPMuF3taPSTpFeySwFK9ZIBiBro4LYEoQ1eRcDsAez6YGjbuODCw"));
}

void TestEnvelope::headersReadBack()
{
    auto header = vectorHeader();
    header.supersedes = idOf<EventId>("017f22e2-79b0-7cc3-98c4-dc0c0c073990");
    header.caseId.reset();
    header.contextVersion.reset();
    header.blobRefs = {{base::sha256(base::asBytes("a")), 5}};
    const auto bytes = encodeHeader(header);
    const auto again = decodeHeader(bytes);
    QVERIFY_RESULT(again);
    QCOMPARE(encodeHeader(*again), bytes);
}

void TestEnvelope::refusesBadHeaders_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::newRow("another version") << QStringLiteral("\"v\":1") << QStringLiteral("\"v\":2");
    QTest::newRow("sequence zero") << QStringLiteral("\"seq\":1,") << QStringLiteral("\"seq\":0,");
    QTest::newRow("type with a blank") << QStringLiteral("\"call\"") << QStringLiteral("\"ca ll\"");
    QTest::newRow("offset of a day") << QStringLiteral("-300") << QStringLiteral("-1440");
    QTest::newRow("hlc without a dash") << QStringLiteral("017f22e279b0-0000") << QStringLiteral("017f22e279b0x0000");
    QTest::newRow("short hash") << QStringLiteral("RmjJgivB0ctWRIF3McMix3plWQ2oa7W9NDU3RRGC0JA") << QStringLiteral("RmjJ");
    QTest::newRow("device that is no UUID") << QStringLiteral("22222222-2222-4222-8222-222222222222") << QStringLiteral("22");
    QTest::newRow("a blank that is not canonical") << QStringLiteral("\"seq\":1,") << QStringLiteral("\"seq\": 1,");
    QTest::newRow("missing member") << QStringLiteral("\"seq\":1,") << QString();
}

void TestEnvelope::refusesBadHeaders()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    auto header = vectorHeader();
    header.payloadCommit = payloadCommitment(vectorSalt(), R"({"duration_s":42,"outcome":"promise"})");
    auto bytes = QString::fromStdString(encodeHeader(header));
    QVERIFY(bytes.contains(from));
    bytes.replace(from, to);
    QVERIFY_FAILS(decodeHeader(bytes.toStdString()), base::ErrorCode::Invalid);
}

void TestEnvelope::oversizeIsRefused()
{
    QVERIFY_FAILS(buildEnvelope(vectorHeader(), std::string(kPayloadLimit + 1, 'x'), vectorSalt(), vectorKey()), base::ErrorCode::Invalid);
    QVERIFY_FAILS(decodeHeader(std::string(kHeaderLimit + 1, ' ')), base::ErrorCode::Invalid);
}

void TestEnvelope::oneFlippedBitBreaksTheSignature()
{
    const auto key = vectorKey();
    const auto event = buildEnvelope(vectorHeader(), "{}", vectorSalt(), key);
    QVERIFY_RESULT(event);
    QVERIFY(verifyEventSignature(key.publicKey(), eventHash(event->header), event->signature));
    for (std::size_t at = 0; at < event->header.size(); at += 7) {
        auto bytes = event->header;
        bytes[at] = static_cast<char>(bytes[at] ^ 1);
        QVERIFY(!verifyEventSignature(key.publicKey(), eventHash(bytes), event->signature));
    }
}

void TestEnvelope::hybridClockNeverGoesBack()
{
    const auto noon = base::Instant::fromMilliseconds(1000);
    auto clock = Hlc::after(std::nullopt, noon);
    QCOMPARE(clock.toString(), std::string("0000000003e8-0000"));
    for (int i = 0; i < 70000; ++i) {
        const auto next = Hlc::after(clock, base::Instant::fromMilliseconds(i % 3));
        QVERIFY(next.toString() > clock.toString());
        clock = next;
    }
}

void TestEnvelope::statementsAreBoundToTheirKind()
{
    const auto key = vectorKey();
    const auto statement = signStatement(key, {{"v", 1}, {"kind", "receipt"}, {"n", 5}});
    QVERIFY_RESULT(verifyStatement(key.publicKey(), "receipt", statement.statement, statement.signature));
    QVERIFY_FAILS(verifyStatement(key.publicKey(), "revoke", statement.statement, statement.signature), base::ErrorCode::Unauthorized);
    QVERIFY_FAILS(verifyStatement(base::SigningKey::generate().publicKey(), "receipt", statement.statement, statement.signature),
                  base::ErrorCode::Unauthorized);
}

QTEST_GUILESS_MAIN(TestEnvelope)
#include "tst_envelope.moc"
