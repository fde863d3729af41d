// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRandomGenerator>
#include <QTest>

#include "app/domain/wire/wire.h"
#include "tests/server/site.h"
#include "tests/server/wireclient.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using base::Json;
using test::Site;
using test::WireClient;

namespace {

/// A recording on its way to a running server.
struct Upload {
    test::SignedIn& from;
    std::string bytes;
    base::Hash256 hash = base::sha256(base::asBytes(bytes));

    [[nodiscard]] std::string path() const { return "/v1/blobs/" + base::toBase64Url(hash); }
    [[nodiscard]] std::string request(const std::string& method, const std::string& headers = {}, std::string_view body = {}, const std::string& more = {}) const
    {
        return method + " " + path() + more + " HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nAuthorization: Bearer " + from.token + "\r\n" + headers
            + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
    }
    [[nodiscard]] std::string patch(std::size_t offset, std::size_t count) const
    {
        const auto piece = std::string_view(bytes).substr(offset, count);
        return request("PATCH", "Content-Type: application/offset+octet-stream\r\nUpload-Offset: " + std::to_string(offset) + "\r\nUpload-Checksum: sha256 "
                                    + base::toBase64(base::sha256(base::asBytes(piece))) + "\r\n", piece);
    }
    [[nodiscard]] int push(WireClient& client) const
    {
        const auto event = from.device.event({}, domain::NotePayload{base::SensitiveText("recorded"), {}}, base::SystemClock().now(), [this](auto& header) {
            header.blobRefs = {{hash, static_cast<std::int64_t>(bytes.size())}};
        });
        return client.post("/v1/events", domain::wire::encode(domain::wire::EventsRequest{from.device.epoch, {event}}), from.token).status;
    }
};

std::string randomBytes(std::size_t size)
{
    base::Bytes bytes(size);
    base::fillRandom(bytes);
    return std::string(base::asText(bytes));
}

/// Values that no endpoint expects, nested and huge, under the names that endpoints look for.
class Nonsense {
public:
    explicit Nonsense(quint32 seed) : m_random(seed) {}

    Json object(int depth = 0)
    {
        static constexpr const char* kNames[] = {"epoch", "events", "event_id", "seq", "header", "sig", "payload", "salt", "statement", "user_name", "password",
                                                 "refresh_token", "scope_epoch", "cursor", "max", "buckets", "bucket", "count", "digest", "journal", "found",
                                                 "receipts", "acked_upto"};
        Json out = Json::object();
        for (int i = m_random.bounded(1, 8); i > 0; --i)
            out[kNames[m_random.bounded(static_cast<int>(std::size(kNames)))]] = value(depth + 1);
        return out;
    }
    Json value(int depth)
    {
        switch (m_random.bounded(depth > 4 ? 11 : 13)) {
        case 0: return nullptr;
        case 1: return true;
        case 2: return -1;
        case 3: return 9007199254740993LL;
        case 4: return 1e300;
        case 5: return "";
        case 6: return std::string(1, '\0') + "x";
        case 7: return "11111111-1111-4111-8111-111111111111";
        case 8: return base::toBase64Url(base::asBytes("{\"v\":1,\"kind\":\"purged\"}"));
        case 9: return std::string(static_cast<std::size_t>(m_random.bounded(2000)), 'A');
        case 10: return m_random.bounded(100);
        case 11: return object(depth);
        default: break;
        }
        Json list = Json::array();
        for (int i = m_random.bounded(5); i > 0; --i)
            list.push_back(value(depth + 1));
        return list;
    }
    int below(int limit) { return m_random.bounded(limit); }

private:
    QRandomGenerator m_random;
};

} // namespace

/// The newer endpoints over real sockets: recordings under cuts and kills, and nonsense everywhere.
class TestEndpoints : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void aRecordingSurvivesCutsAndKills();
    void aPieceThatIsTooLargeIsRefused();
    void nobodyUploadsWithoutAToken();
    void nonsenseNeverGetsA500();
    void aChangePokesWhoeverWaits();
    void anEventStreamSaysByeWhenTheServerStops();
};

// P15 in small: 3 MB instead of 100, 12 cuts and 6 kills of the server instead of 500 and 200.
void TestEndpoints::aRecordingSurvivesCutsAndKills()
{
    constexpr std::size_t kPiece = 96 * 1024;
    Site site;
    auto from = test::enrolAndSignIn(site.server.port(), "agent", test::kPassword);
    const Upload upload{from, randomBytes(3'000'000)};
    {
        WireClient client(site.server.port());
        QCOMPARE(upload.push(client), 200);
        QCOMPARE(client.exchange(upload.request("POST", "Upload-Length: " + std::to_string(upload.bytes.size()) + "\r\n")).status, 201);
    }
    QRandomGenerator random(20261124);
    std::size_t resent = 0;
    int interruptions = 0;
    for (std::size_t offset = 0; offset < upload.bytes.size();) {
        WireClient client(site.server.port());
        const auto patch = upload.patch(offset, kPiece);
        if (interruptions < 18 && random.bounded(2) == 0) {
            ++interruptions;
            resent += kPiece;
            client.sendAndHangUp(patch.substr(0, static_cast<std::size_t>(random.bounded(static_cast<int>(patch.size())))));
            if (interruptions % 3 == 0) {
                site.server.kill();
                QVERIFY(site.server.serve());
            }
        } else {
            (void)client.exchange(patch);
        }
        const auto head = WireClient(site.server.port()).exchange(upload.request("HEAD"));
        QCOMPARE(head.status, 200);
        const auto now = std::stoul(head.headers.at("upload-offset"));
        QVERIFY2(now >= offset, "what was confirmed stays");
        offset = now;
    }
    QCOMPARE(interruptions, 18);
    QVERIFY2(resent <= 18 * kPiece, "at most one piece per interruption");
    WireClient client(site.server.port());
    const auto receipt = client.exchange(upload.request("GET", {}, {}, "/receipt"));
    QCOMPARE(receipt.status, 200);
    const auto statement = *base::fromBase64Url(Json::parse(receipt.body)["receipt"].get<std::string>());
    QCOMPARE(Json::parse(base::asText(statement))["sha256"].get<std::string>(), base::toBase64Url(upload.hash));
}

void TestEndpoints::aPieceThatIsTooLargeIsRefused()
{
    Site site;
    auto from = test::enrolAndSignIn(site.server.port(), "agent", test::kPassword);
    const Upload upload{from, randomBytes(1000)};
    WireClient client(site.server.port());
    QCOMPARE(upload.push(client), 200);
    QCOMPARE(client.exchange(upload.request("POST", "Upload-Length: 1000\r\n")).status, 201);
    const auto announced = client.exchange("PATCH " + upload.path() + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + from.token + "\r\nContent-Length: 9000000\r\n\r\n");
    QCOMPARE(announced.status, 413);
    QCOMPARE(client.exchange(upload.patch(0, 1000)).status, 204);
    const auto whole = client.exchange(upload.request("GET"));
    QCOMPARE(whole.status, 404);   // its event names no case, so nobody may see it
}

void TestEndpoints::nobodyUploadsWithoutAToken()
{
    Site site;
    WireClient client(site.server.port());
    const auto answer = client.exchange("PATCH /v1/blobs/" + base::toBase64Url(base::Hash256{}) + " HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nabcd");
    QCOMPARE(answer.status, 401);
}

void TestEndpoints::nonsenseNeverGetsA500()
{
    constexpr int kRequests = 400;
    Site site;
    const auto from = test::enrolAndSignIn(site.server.port(), "agent", test::kPassword);
    const char* const posts[] = {"/v1/events", "/v1/pull", "/v1/digest", "/v1/purged", "/v1/enrol", "/v1/session", "/v1/opaque", "/v1/blobs/x", "/v1/blobs/", "/v1/%00"};
    Nonsense nonsense(20261124);
    int refused = 0;
    for (int i = 0; i < kRequests; ++i) {
        WireClient client(site.server.port());
        const std::string path = posts[nonsense.below(static_cast<int>(std::size(posts)))];
        const auto query = nonsense.below(4) == 0 ? "?bucket=" + std::string(static_cast<std::size_t>(nonsense.below(30)), '9') : std::string();
        const auto body = nonsense.below(10) == 0 ? randomBytes(200) : nonsense.object().dump();
        const auto answer = nonsense.below(8) == 0 ? client.get("/v1/snapshot" + query, from.token)
                                                   : client.exchange(WireClient::requestBytes(path + query, body, from.token));
        QVERIFY2(answer.status >= 200 && answer.status < 500, (path + " " + body + " -> " + std::to_string(answer.status)).c_str());
        if (answer.status >= 400) {
            ++refused;
            QCOMPARE(answer.headers.at("content-type"), std::string(domain::wire::kProblemType));
        }
    }
    QVERIFY2(refused > kRequests / 2, "the generator makes bad requests");
    QCOMPARE(WireClient(site.server.port()).get("/v1/hello").status, 200);
}

// What somebody else writes (here: a command beside the server) reaches a parked workstation in about a second.
void TestEndpoints::aChangePokesWhoeverWaits()
{
    Site site;
    const auto from = test::enrolAndSignIn(site.server.port(), "agent", test::kPassword);
    WireClient client(site.server.port());
    const auto pulled = Json::parse(client.post("/v1/pull", {{"scope_epoch", 1}, {"cursor", ""}, {"max", 1000}}, from.token).body);
    const auto upto = pulled["upto"].get<std::int64_t>();
    const auto path = "/v1/stream?after=";
    const auto past = Json::parse(client.get(path + std::to_string(upto - 1), from.token).body);
    QVERIFY2(past["changed"].get<bool>(), "what is there already is told at once");
    QTcpSocket waiting;
    waiting.connectToHost(QStringLiteral("127.0.0.1"), site.server.port());
    QVERIFY(waiting.waitForConnected(5000));
    waiting.write(("GET " + std::string(path) + std::to_string(upto) + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + from.token + "\r\n\r\n").c_str());
    QVERIFY2(!waiting.waitForReadyRead(1500), "nothing changed: nothing is said");
    const auto added = site.server.run({QStringLiteral("user"), QStringLiteral("add"), QStringLiteral("colleague"), QStringLiteral("--role"), QStringLiteral("agent"),
                                        QStringLiteral("--team"), QStringLiteral("north"), QStringLiteral("--password-file"), site.passwordFile()});
    QCOMPARE(added.exitCode, 0);
    QVERIFY(waiting.waitForReadyRead(5000));
    const auto answer = waiting.readAll();
    QVERIFY2(answer.contains("\"changed\":true"), answer.constData());
    QCOMPARE(client.get("/v1/stream", from.token).status, 400);
    QCOMPARE(client.get("/v1/stream?after=0").status, 401);
}

void TestEndpoints::anEventStreamSaysByeWhenTheServerStops()
{
    Site site;
    const auto from = test::enrolAndSignIn(site.server.port(), "agent", test::kPassword);
    QTcpSocket events;
    events.connectToHost(QStringLiteral("127.0.0.1"), site.server.port());
    QVERIFY(events.waitForConnected(5000));
    events.write(("GET /v1/stream?after=0 HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + from.token + "\r\n\r\n").c_str());
    QByteArray received;
    while (!received.contains("event: poke") && events.waitForReadyRead(5000))
        received += events.readAll();
    QVERIFY2(received.contains("Content-Type: text/event-stream") && received.contains("event: poke"), received.constData());
    QCOMPARE(site.server.stopped(), 0);
    while (events.bytesAvailable() > 0 || events.waitForReadyRead(2000))
        received += events.readAll();
    QVERIFY2(received.contains("event: bye"), received.constData());
}

QTEST_GUILESS_MAIN(TestEndpoints)
#include "tst_endpoints.moc"
