// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include "app/domain/wire/wire.h"
#include "tests/server/site.h"
#include "tests/server/wireclient.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using base::Json;
using test::kPassword;
using test::Site;
using test::WireClient;

namespace {

std::string eventsBody(const test::Device& device, const std::vector<domain::EventEnvelope>& events)
{
    return domain::wire::encode(domain::wire::EventsRequest{device.epoch, events}).dump();
}

domain::EventEnvelope note(test::Device& device, const std::string& text)
{
    return device.event({}, domain::NotePayload{base::SensitiveText(text), {}}, base::SystemClock().now());
}

std::string codeOf(const WireClient::Answer& answer)
{
    const auto json = Json::parse(answer.body, nullptr, false);
    return std::to_string(answer.status) + (json.is_object() ? " " + json.value("code", std::string()) : std::string());
}

std::optional<domain::wire::EventsResponse> responseOf(const WireClient::Answer& answer)
{
    if (answer.status != 200)
        return std::nullopt;
    auto response = domain::wire::decodeEventsResponse(Json::parse(answer.body));
    return response ? std::optional(*std::move(response)) : std::nullopt;
}

} // namespace

class TestHttp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        base::initialiseCrypto();
        m_shared = std::make_unique<Site>();
    }
    void cleanupTestCase() { m_shared.reset(); }
    void everyAnswerCarriesItsHeaders();
    void badRequestsGetProblems_data();
    void badRequestsGetProblems();
    void anEndlessHeaderIsCut();
    void slowClientsAreCutAndOthersServed();
    void aConnectionServesManyRequests();
    void plainHttpStaysOnLoopback();
    void stoppingFinishesWhatIsInFlight();
    void aLostReplyIsHarmless();
    void killedDuringIngestNothingAcknowledgedIsLost();
    void aBrokenCommandLineSaysWhatIsWrong_data();
    void aBrokenCommandLineSaysWhatIsWrong();

private:
    std::unique_ptr<Site> m_shared;   // for tests that leave the server as it was
};

void TestHttp::everyAnswerCarriesItsHeaders()
{
    Site site;
    WireClient client(site.server.port());
    const auto answer = client.exchange("GET /v1/hello HTTP/1.1\r\nHost: x\r\nEvenhand-Request-Id: 11111111-1111-4111-8111-111111111111\r\n\r\n");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.headers.at("content-type"), std::string(domain::wire::kMediaType));
    QCOMPARE(answer.headers.at("evenhand-dataset"), Json::parse(answer.body)["dataset_id"].get<std::string>());
    QCOMPARE(answer.headers.at("evenhand-request-id"), std::string("11111111-1111-4111-8111-111111111111"));
    QCOMPARE(answer.headers.at("cache-control"), std::string("no-store"));
    QVERIFY(base::Instant::tryFromRfc3339(answer.headers.at("evenhand-time")));
    const auto missing = client.get("/v1/nothing");
    QCOMPARE(codeOf(missing), std::string("404 not_found"));
    QCOMPARE(missing.headers.at("content-type"), std::string(domain::wire::kProblemType));
    QVERIFY(missing.headers.contains("evenhand-dataset"));
}

void TestHttp::badRequestsGetProblems_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("expected");
    const QByteArray head = "POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/vnd.evenhand.v1+json\r\n";
    QTest::newRow("not HTTP") << QByteArray("hello there\r\n\r\n") << "400 malformed_request";
    QTest::newRow("no token") << head + "Content-Length: 2\r\n\r\n{}" << "401 token_expired";
    QTest::newRow("wrong token") << head + "Authorization: Bearer x\r\nContent-Length: 2\r\n\r\n{}" << "401 token_expired";
    QTest::newRow("a body of 2 MiB is announced") << head + "Content-Length: 2097152\r\n\r\n" << "413 too_large";
    QTest::newRow("a body above 16 KiB where 16 KiB is the limit")
        << QByteArray("POST /v1/pull HTTP/1.1\r\nHost: x\r\nContent-Length: 20000\r\n\r\n") << "413 too_large";
    QTest::newRow("chunks beyond the limit") << QByteArray("POST /v1/pull HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5000\r\n")
            + QByteArray(0x5000, 'x') + "\r\n0\r\n\r\n" << "413 too_large";
    QTest::newRow("a broken chunk") << QByteArray("POST /v1/pull HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n") << "400 malformed_request";
    QTest::newRow("a protocol of the future") << QByteArray("GET /v1/hello HTTP/1.1\r\nHost: x\r\nEvenhand-Protocol: 9\r\n\r\n") << "426 protocol_unsupported";
    QTest::newRow("another media type") << QByteArray("POST /v1/pull HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}") << "415 media_type";
    QTest::newRow("a wrong digest")
        << head + "Content-Digest: sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:\r\nContent-Length: 2\r\n\r\n{}" << "400 digest_mismatch";
    QTest::newRow("the digest of the body passes")
        << head + "Content-Digest: sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:\r\nContent-Length: 2\r\n\r\n{}" << "401 token_expired";
}

void TestHttp::badRequestsGetProblems()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, expected);
    WireClient client(m_shared->server.port());
    QCOMPARE(codeOf(client.exchange(bytes.toStdString())), expected.toStdString());
    QCOMPARE(client.get("/v1/hello").status, 200);   // and the server goes on
}

void TestHttp::anEndlessHeaderIsCut()
{
    Site site;
    WireClient client(site.server.port());
    const auto answer = client.exchange("GET /v1/hello HTTP/1.1\r\nX-Long: " + std::string(64 * 1024, 'x') + "\r\n\r\n");
    QCOMPARE(answer.status, 0);
}

void TestHttp::slowClientsAreCutAndOthersServed()
{
    Site site;
    QTcpSocket header;
    QTcpSocket body;
    header.connectToHost(QStringLiteral("127.0.0.1"), site.server.port());
    body.connectToHost(QStringLiteral("127.0.0.1"), site.server.port());
    QVERIFY(header.waitForConnected() && body.waitForConnected());
    header.write("GET /v1/hello HTTP/1.1\r\n");
    body.write("POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/vnd.evenhand.v1+json\r\nContent-Length: 100000\r\n\r\n{");
    QElapsedTimer timer;
    timer.start();
    WireClient client(site.server.port());
    // A byte now and then must not buy time: the deadlines are fixed.
    while (timer.elapsed() < 25'000 && (header.state() == QAbstractSocket::ConnectedState || body.state() == QAbstractSocket::ConnectedState)) {
        header.write("x");
        body.write(" ");
        header.waitForReadyRead(300);
        body.waitForReadyRead(300);
        QCOMPARE(client.get("/v1/hello").status, 200);
    }
    QVERIFY2(timer.elapsed() >= 9'000, "cut before its time");
    QVERIFY2(timer.elapsed() < 25'000, "a slow client was never cut");
    QVERIFY2(header.readAll().isEmpty(), "a header that never ends gets no answer");
    QVERIFY2(body.readAll().contains("too_slow"), "a slow body is told so");
}

void TestHttp::aConnectionServesManyRequests()
{
    Site site;
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), site.server.port());
    QVERIFY(socket.waitForConnected());
    for (int i = 0; i < 5; ++i) {
        socket.write("GET /v1/nothing HTTP/1.1\r\nHost: x\r\n\r\n");
        QByteArray received;
        while (!received.contains("not_found") && socket.waitForReadyRead(5000))
            received += socket.readAll();
        QVERIFY(received.startsWith("HTTP/1.1 404"));
        QVERIFY(!received.contains("close"));
    }
}

void TestHttp::plainHttpStaysOnLoopback()
{
    test::ServerProcess server;
    QProcess process;
    process.start(QStringLiteral(EVENHANDD_PATH), {QStringLiteral("serve"), QStringLiteral("--db"), QString::fromStdString(server.url()),
                                                   QStringLiteral("--listen"), QStringLiteral("0.0.0.0:0")});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 2);
    QVERIFY(process.readAllStandardOutput().isEmpty());
    const auto errors = process.readAllStandardError();
    QVERIFY2(errors.contains("evenhandd: plain HTTP is only served on loopback"), errors.constData());
}

void TestHttp::stoppingFinishesWhatIsInFlight()
{
    Site site;
    QTcpSocket idle;
    idle.connectToHost(QStringLiteral("127.0.0.1"), site.server.port());
    QVERIFY(idle.waitForConnected());
    idle.write("GET /v1/nothing HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(idle.waitForReadyRead(5000));
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(site.server.stopped(), 0);
    QVERIFY2(timer.elapsed() < 8'000, "an idle connection holds nobody up");
}

void TestHttp::aLostReplyIsHarmless()
{
    Site site;
    WireClient client(site.server.port());
    auto signedIn = test::enrolAndSignIn(site.server.port(), "agent", kPassword);
    for (int round = 0; round < 20; ++round) {
        const std::vector events{note(signedIn.device, "one"), note(signedIn.device, "two")};
        const auto bytes = WireClient::requestBytes("/v1/events", eventsBody(signedIn.device, events), signedIn.token);
        client.sendAndHangUp(bytes);
        const auto second = responseOf(client.exchange(bytes));
        const auto third = responseOf(client.exchange(bytes));
        QVERIFY(second && third);
        QCOMPARE(third->ackedUpto, signedIn.device.headSeq());
        for (std::size_t i = 0; i < events.size(); ++i) {
            QCOMPARE(third->results[i].verdict, std::string("duplicate"));
            QCOMPARE(third->results[i].receipt.statement, second->results[i].receipt.statement);
            QVERIFY_RESULT(domain::verifyStatement(signedIn.serverKey, "receipt", third->results[i].receipt.statement, third->results[i].receipt.signature));
        }
    }
}

void TestHttp::killedDuringIngestNothingAcknowledgedIsLost()
{
    constexpr int kKills = 50;
    Site site;
    auto signedIn = test::enrolAndSignIn(site.server.port(), "agent", kPassword);
    std::map<std::string, std::string> receipts;   // by event, as first acknowledged
    std::vector<domain::EventEnvelope> unsure;     // sent, not acknowledged: the server may have them or not
    QRandomGenerator random(20261124);
    for (int kill = 0; kill < kKills; ++kill) {
        WireClient client(site.server.port());
        const auto batches = static_cast<int>(random.bounded(1, 4));
        for (int i = 0; i < batches; ++i) {
            for (int n = 0; n < 5; ++n)
                unsure.push_back(note(signedIn.device, "work"));
            const auto bytes = WireClient::requestBytes("/v1/events", eventsBody(signedIn.device, unsure), signedIn.token);
            if (i + 1 == batches) {   // the last one races with the kill
                client.sendAndHangUp(bytes);
                break;
            }
            const auto response = responseOf(client.exchange(bytes));
            QVERIFY(response);
            for (const auto& result : response->results)
                receipts.emplace(result.eventId.toString(), result.receipt.statement);
            unsure.clear();
        }
        QTest::qWait(static_cast<int>(random.bounded(0, 12)));
        site.server.kill();
        QVERIFY2(site.server.serve(), site.server.errors().c_str());
        WireClient after(site.server.port());
        const auto healed = responseOf(after.exchange(WireClient::requestBytes("/v1/events", eventsBody(signedIn.device, unsure), signedIn.token)));
        QVERIFY(healed);
        QCOMPARE(healed->ackedUpto, signedIn.device.headSeq());   // every acknowledged one is still there, or this would stop short
        QVERIFY(healed->missing.empty());
        for (const auto& result : healed->results) {
            QVERIFY(result.verdict == "accepted" || result.verdict == "duplicate");
            receipts.emplace(result.eventId.toString(), result.receipt.statement);
        }
        unsure.clear();
    }
    QCOMPARE(static_cast<std::int64_t>(receipts.size()), signedIn.device.headSeq());
}

void TestHttp::aBrokenCommandLineSaysWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("message");
    const QStringList add{QStringLiteral("user"), QStringLiteral("add"), QStringLiteral("x"), QStringLiteral("--password-file"), QStringLiteral("/nonexistent"),
                          QStringLiteral("--role")};
    QTest::newRow("unknown role") << add + QStringList{QStringLiteral("king")} << "unknown role \"king\"; known: agent";
    QTest::newRow("no password file") << add + QStringList{QStringLiteral("agent")} << "/nonexistent: cannot be read";
    QTest::newRow("nobody to disable") << QStringList{QStringLiteral("user"), QStringLiteral("disable"), QStringLiteral("nobody")} << "there is no user nobody";
    QTest::newRow("a port that is none") << QStringList{QStringLiteral("serve"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:x")} << "write ADDRESS:PORT";
    QTest::newRow("half a certificate") << QStringList{QStringLiteral("serve"), QStringLiteral("--tls-cert"), QStringLiteral("/x.pem")} << "--tls-cert and --tls-key";
    QTest::newRow("a certificate that is not there")
        << QStringList{QStringLiteral("serve"), QStringLiteral("--tls-cert"), QStringLiteral("/x.pem"), QStringLiteral("--tls-key"), QStringLiteral("/y.pem")}
        << "/x.pem: ";
}

void TestHttp::aBrokenCommandLineSaysWhatIsWrong()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, message);
    test::ServerProcess server;
    const auto run = server.run(arguments);
    QCOMPARE(run.exitCode, 2);
    QVERIFY(run.output.empty());
    QVERIFY2(run.errors.starts_with("evenhandd: ") && run.errors.find(message.toStdString()) != std::string::npos, run.errors.c_str());
}

QTEST_GUILESS_MAIN(TestHttp)
#include "tst_http.moc"
