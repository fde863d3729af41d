// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <thread>

#include <QElapsedTimer>
#include <QTest>

#include "tests/server/apidesk.h"
#include "tests/server/site.h"
#include "tests/server/wireclient.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;
using base::Json;
using test::WireClient;

namespace {

/// The endpoints with the limits that a running server has.
struct LimitedDesk : test::ApiDesk {
    LimitedDesk() { context.requests = std::make_shared<RequestLimiter>(office.clock); }
    Response hello(const std::string& token) { return get("/v1/hello", token); }
    int helloUntilRefused(const std::string& token)
    {
        for (int i = 0; i < 1000; ++i) {
            if (hello(token).status == 429)
                return i;
        }
        return -1;
    }
};

std::vector<domain::EventEnvelope> unknownEvents(test::Device& device, base::Instant at, int count, std::size_t noteSize)
{
    std::vector<domain::EventEnvelope> events;
    for (int i = 0; i < count; ++i)
        events.push_back(device.event({}, domain::NotePayload{base::SensitiveText(std::string(noteSize, 'x')), {}}, at,
                                      [](domain::EventHeader& header) { header.type = "of_the_future"; }));
    return events;
}

/// A connection that makes one request and stays.
std::unique_ptr<QTcpSocket> stayingConnection(quint16 port, const std::string& token)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QStringLiteral("127.0.0.1"), port);
    if (!socket->waitForConnected(5000))
        return nullptr;
    socket->write(("GET /v1/hello HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n").c_str());
    return socket->waitForReadyRead(5000) ? std::move(socket) : nullptr;
}

} // namespace

/// The limits of docs/sync.md, each at its edge. Those of headers, bodies and their speed are in tst_http.
class TestLimits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void aDeviceMayAskAHundredTimesAtOnceAndTwentyTimesASecond();
    void oneDeviceDoesNotUseUpAnothers();
    void aNewTokenIsNoNewAllowance();
    void withoutTheLimitNobodyIsHeldBack();
    void quarantineHasAQuota_data();
    void quarantineHasAQuota();
    void tooManyValuesAreRefused();
    void nestingIsLimited();
    void aJobThatWaitsTooLongMakesTheQueueRefuse();
    void aFifthConnectionOfADeviceIsRefused();
    void connectionsOfAnAddressAreLimited();
};

void TestLimits::aDeviceMayAskAHundredTimesAtOnceAndTwentyTimesASecond()
{
    LimitedDesk desk;
    const auto device = desk.enrolled();
    const auto token = desk.signIn(device).accessToken;
    QCOMPARE(desk.helloUntilRefused(token), 100);
    const auto refused = desk.hello(token);
    QCOMPARE(test::problemOf(refused), std::string("429 rate_limited"));
    QCOMPARE(refused.retryAfterS, std::optional<std::int64_t>(1));
    desk.office.clock.advance(1000);
    QCOMPARE(desk.helloUntilRefused(token), 20);
    desk.office.clock.advance(3'600'000);
    QVERIFY2(desk.hello(token).status == 401, "the hour ended the token too");
}

void TestLimits::oneDeviceDoesNotUseUpAnothers()
{
    LimitedDesk desk;
    const auto first = desk.enrolled();
    const auto second = desk.enrolled();
    const auto firstToken = desk.signIn(first).accessToken;
    const auto secondToken = desk.signIn(second).accessToken;
    QCOMPARE(desk.helloUntilRefused(firstToken), 100);
    QCOMPARE(desk.hello(secondToken).status, 200);
}

void TestLimits::aNewTokenIsNoNewAllowance()
{
    LimitedDesk desk;
    const auto device = desk.enrolled();
    const auto old = desk.signIn(device).accessToken;
    const auto token = desk.signIn(device).accessToken;
    QCOMPARE(desk.helloUntilRefused(token), 100);
    QCOMPARE(test::problemOf(desk.hello(old)), std::string("409 session_superseded"));
    QCOMPARE(desk.hello(token).status, 429);
}

void TestLimits::withoutTheLimitNobodyIsHeldBack()
{
    // The control: the same hundred and more requests with the limiter taken out.
    LimitedDesk desk;
    const auto token = desk.signIn(desk.enrolled()).accessToken;
    desk.context.requests.reset();
    for (int i = 0; i < 150; ++i)
        QCOMPARE(desk.hello(token).status, 200);
}

void TestLimits::quarantineHasAQuota_data()
{
    QTest::addColumn<bool>("opaque");
    QTest::newRow("events that nobody can use") << false;
    QTest::newRow("opaque bytes") << true;
}

void TestLimits::quarantineHasAQuota()
{
    QFETCH(bool, opaque);
    test::ApiDesk desk;
    desk.context.quarantineBytesPerDay = 64 << 10;   // of 64 MiB
    auto device = desk.enrolled();
    auto token = desk.signIn(device).accessToken;
    const auto send = [&](std::size_t size) {
        if (!opaque)
            return desk.push(device, unknownEvents(device, desk.office.clock.now(), 1, size), token);
        server::Request request{"POST", "/v1/opaque", token, "application/octet-stream", {}, "127.0.0.1", std::string(size, 'x')};
        request.headers = {{"evenhand-event-id", domain::EventId::random().toString()}, {"evenhand-epoch", device.epoch.toString()},
                           {"evenhand-seq", std::to_string(device.headSeq() + 1)}, {"evenhand-event-hash", base::toBase64Url(base::sha256(base::asBytes(request.body)))}};
        device.skip();
        return desk.send(std::move(request));
    };
    int taken = 0;
    Response last;
    while (taken < 20 && (last = send(10'000)).status == 200)
        ++taken;
    QCOMPARE(test::problemOf(last), std::string("507 storage_full"));
    QVERIFY2(taken == 5 || taken == 6, std::to_string(taken).c_str());
    const auto before = *desk.office.store().lastSeq();
    QCOMPARE(send(10'000).status, 507);
    QVERIFY2(*desk.office.store().lastSeq() == before, "what was refused left nothing behind");
    auto other = desk.enrolled();
    const auto otherToken = desk.signIn(other).accessToken;
    QCOMPARE(desk.push(other, unknownEvents(other, desk.office.clock.now(), 1, 10'000), otherToken).status, 200);
    const auto goodNote = other.event({}, domain::NotePayload{base::SensitiveText("fine"), {}}, desk.office.clock.now());
    QCOMPARE(desk.push(other, {goodNote}, otherToken).status, 200);
    desk.office.clock.advance(86'400'000 + 60'000);
    token = desk.signIn(device).accessToken;
    QCOMPARE(send(10'000).status, 200);   // a day later there is room again
}

void TestLimits::tooManyValuesAreRefused()
{
    test::ApiDesk desk;
    const auto token = desk.signIn(desk.enrolled()).accessToken;
    const auto list = [](int count) {
        std::string body = R"({"epoch":"x","events":[0)";
        for (int i = 1; i < count; ++i)
            body += ",0";
        return body + "]}";
    };
    const auto post = [&](const std::string& body) { return desk.send({"POST", "/v1/events", token, domain::wire::kMediaType, {}, "127.0.0.1", body}); };
    const auto refused = post(list(200'001));
    QCOMPARE(test::problemOf(refused), std::string("400 malformed_request"));
    QVERIFY(refused.body.find("200,000 values") != std::string::npos);
    QVERIFY(post(list(1000)).body.find("200,000 values") == std::string::npos);
}

void TestLimits::nestingIsLimited()
{
    test::ApiDesk desk;
    const auto token = desk.signIn(desk.enrolled()).accessToken;
    for (const int depth : {17, 1000, 400'000}) {
        const auto body = std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
        QCOMPARE(test::problemOf(desk.send({"POST", "/v1/pull", token, domain::wire::kMediaType, {}, "127.0.0.1", body})), std::string("400 malformed_request"));
    }
}

void TestLimits::aJobThatWaitsTooLongMakesTheQueueRefuse()
{
    test::Office office;
    const auto sequencer = *Sequencer::start(office.url(), office.clock);
    std::promise<void> gate;
    const auto opened = gate.get_future().share();
    std::promise<void> entered;
    std::atomic<int> refused = 0;
    const auto nothing = [](Store&) -> base::Result<> { return {}; };
    const auto note = [&](const base::Result<>& result) { refused += result ? 0 : 1; };
    sequencer->submit(1, [&](Store&) -> base::Result<> { entered.set_value(); opened.wait(); return {}; }, note);
    entered.get_future().wait();
    sequencer->submit(1, nothing, note);   // waits behind it
    sequencer->submit(1, nothing, note);
    QCOMPARE(refused.load(), 0);
    std::this_thread::sleep_for(Sequencer::kLongestDelay + std::chrono::milliseconds(100));
    sequencer->submit(1, nothing, note);
    QCOMPARE(refused.load(), 1);
    gate.set_value();
    QTRY_VERIFY([&] {   // and once the queue moves it takes work again
        std::promise<bool> done;
        sequencer->submit(1, nothing, [&](const base::Result<>& result) { done.set_value(result.has_value()); });
        return done.get_future().get();
    }());
}

void TestLimits::aFifthConnectionOfADeviceIsRefused()
{
    test::Site site;
    const auto from = test::enrolAndSignIn(site.server.port(), "agent", test::kPassword);
    WireClient client(site.server.port());
    QCOMPARE(client.get("/v1/hello", from.token).status, 200);   // the token is known from here on
    std::vector<std::unique_ptr<QTcpSocket>> open;
    for (int i = 0; i < 4; ++i) {
        open.push_back(stayingConnection(site.server.port(), from.token));
        QVERIFY(open.back());
    }
    const auto fifth = client.get("/v1/hello", from.token);
    QCOMPARE(fifth.status, 429);
    QVERIFY(fifth.headers.contains("retry-after"));
    QCOMPARE(client.get("/v1/hello").status, 200);               // nobody else is held back
    open.pop_back();
    QCOMPARE(client.get("/v1/hello", from.token).status, 200);   // one ended: there is room
}

void TestLimits::connectionsOfAnAddressAreLimited()
{
    test::Site site;
    std::vector<std::unique_ptr<QTcpSocket>> open;
    for (int i = 0; i < 200; ++i) {
        open.push_back(std::make_unique<QTcpSocket>());
        open.back()->connectToHost(QStringLiteral("127.0.0.1"), site.server.port());
        QVERIFY(open.back()->waitForConnected(5000));
    }
    QTRY_COMPARE(WireClient(site.server.port()).get("/v1/hello").status, 0);   // closed without a word
    open.resize(150);
    QTRY_COMPARE(WireClient(site.server.port()).get("/v1/hello").status, 200);
}

QTEST_GUILESS_MAIN(TestLimits)
#include "tst_limits.moc"
