// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "server/api/tokens.h"
#include "server/store/packshelf.h"
#include "tests/server/apidesk.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;
using base::Json;
using domain::UserRole;
using test::kPassword;
using test::problemOf;
using Desk = test::ApiDesk;

class TestApi : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void helloProvesWhoWeAre();
    void enrolmentIsRepeatable();
    void enrolmentRefuses_data();
    void enrolmentRefuses();
    void wrongPasswordsAreCounted();
    void aSessionRefuses_data();
    void aSessionRefuses();
    void aDeviceAloneMayHandInButNotPull();
    void aClosedAccountMayHandInButNotPull();
    void refreshKeepsTheToken();
    void aNewSessionEndsTheOlderOne();
    void aRolledBackDeviceGetsANewEpoch();
    void aSessionTellsWhatIsMissing();
    void eventsAreAnsweredInOrderAndTwiceTheSame();
    void batchesAreLimited();
    void aPullPagesToItsEndAndThenIsEmpty();
    void aForeignOrForgedCursorIsRefused();
    void whatIsNotThereIs404();
    void rulePacksAreHandedOutOneByOne();
    void twoDevicesShareTheAttemptsOfACase();
    void everyBadBodyIsAProblem_data();
    void everyBadBodyIsAProblem();
};

void TestApi::helloProvesWhoWeAre()
{
    Desk desk;
    const auto response = desk.get("/v1/hello");
    QCOMPARE(response.status, 200);
    const auto hello = domain::wire::decodeHello(Json::parse(response.body));
    QVERIFY_RESULT(hello);
    const auto identity = domain::verifyStatement(desk.office.keys().publicKey(), "identity", hello->identity.statement, hello->identity.signature);
    QVERIFY_RESULT(identity);
    QCOMPARE(identity->at("challenge").get<std::string>(), hello->challenge);
    QVERIFY(!Json::parse(response.body).contains("server_version"));   // says no more to strangers
    const auto session = desk.signIn(desk.enrolled());
    QVERIFY(Json::parse(desk.get("/v1/hello", session.accessToken).body).contains("server_version"));
    QCOMPARE(problemOf(desk.get("/v1/hello", "nonsense")), std::string("401 token_expired"));
}

void TestApi::enrolmentIsRepeatable()
{
    Desk desk;
    const auto key = base::SigningKey::generate();
    const auto first = desk.post("/v1/enrol", domain::wire::encode(desk.enrolRequest(key, kPassword)));
    QCOMPARE(first.status, 201);
    const auto second = desk.post("/v1/enrol", domain::wire::encode(desk.enrolRequest(key, kPassword)));
    QCOMPARE(second.body, first.body);
    desk.office.clock.advance(25LL * 3600 * 1000);
    const auto later = desk.post("/v1/enrol", domain::wire::encode(desk.enrolRequest(key, kPassword)));
    QVERIFY(later.body != first.body);
}

void TestApi::enrolmentRefuses_data()
{
    QTest::addColumn<QString>("spoilt");
    QTest::addColumn<QString>("expected");
    QTest::newRow("wrong password") << "password" << "401 bad_credentials";
    QTest::newRow("unknown user answers the same") << "user" << "401 bad_credentials";
    QTest::newRow("signature of another key") << "signature" << "401 bad_signature";
    QTest::newRow("challenge that is not ours") << "challenge" << "401 challenge_expired";
    QTest::newRow("challenge after two minutes") << "late" << "401 challenge_expired";
    QTest::newRow("statement of another kind") << "kind" << "401 bad_signature";
}

void TestApi::enrolmentRefuses()
{
    QFETCH(QString, spoilt);
    QFETCH(QString, expected);
    Desk desk;
    const auto key = base::SigningKey::generate();
    auto request = desk.enrolRequest(key, spoilt == QLatin1String("password") ? "wrong horse" : kPassword);
    auto statement = Json::parse(request.statement.statement);
    if (spoilt == QLatin1String("user"))
        request.userName = "nobody";
    if (spoilt == QLatin1String("signature"))
        request.statement = domain::signStatement(base::SigningKey::generate(), statement);
    if (spoilt == QLatin1String("challenge"))
        statement["challenge"] = "AAAA.1.AAAA";
    if (spoilt == QLatin1String("kind"))
        statement["kind"] = "session";
    if (spoilt == QLatin1String("challenge") || spoilt == QLatin1String("kind"))
        request.statement = domain::signStatement(key, statement);
    if (spoilt == QLatin1String("late"))
        desk.office.clock.advance(121'000);
    QCOMPARE(problemOf(desk.post("/v1/enrol", domain::wire::encode(request))), expected.toStdString());
}

void TestApi::wrongPasswordsAreCounted()
{
    Desk desk;
    const auto key = base::SigningKey::generate();
    for (int i = 0; i < 5; ++i)
        QCOMPARE(problemOf(desk.post("/v1/enrol", domain::wire::encode(desk.enrolRequest(key, "wrong horse")))), std::string("401 bad_credentials"));
    const auto refused = desk.post("/v1/enrol", domain::wire::encode(desk.enrolRequest(key, kPassword)));
    QCOMPARE(problemOf(refused), std::string("429 rate_limited"));
    QVERIFY(refused.retryAfterS.value_or(0) > 3500);
    desk.office.clock.advance(3600'000);
    QCOMPARE(desk.post("/v1/enrol", domain::wire::encode(desk.enrolRequest(key, kPassword))).status, 201);
}

void TestApi::aSessionRefuses_data()
{
    QTest::addColumn<QString>("spoilt");
    QTest::addColumn<QString>("expected");
    QTest::newRow("another data set") << "dataset" << "409 dataset_mismatch";
    QTest::newRow("a device nobody enrolled") << "device" << "401 bad_signature";
    QTest::newRow("another user's device") << "user" << "401 bad_signature";
    QTest::newRow("a challenge that is not ours") << "challenge" << "401 challenge_expired";
    QTest::newRow("an unknown grant") << "grant" << "400 malformed_request";
    QTest::newRow("a negative head") << "head" << "400 malformed_request";
    QTest::newRow("a wrong password") << "password" << "401 bad_credentials";
    QTest::newRow("a refresh token that is not one") << "refresh" << "401 bad_credentials";
}

void TestApi::aSessionRefuses()
{
    QFETCH(QString, spoilt);
    QFETCH(QString, expected);
    Desk desk;
    const auto device = desk.enrolled();
    const auto other = desk.office.addUser("other", UserRole::Agent, "south");
    auto request = desk.sessionRequest(device, spoilt == QLatin1String("refresh") ? "refresh" : "password", [&](Json& statement) {
        if (spoilt == QLatin1String("dataset"))
            statement["dataset_id"] = base::Uuid::random().toString();
        if (spoilt == QLatin1String("device"))
            statement["device_id"] = base::Uuid::random().toString();
        if (spoilt == QLatin1String("user"))
            statement["user_id"] = other.id.toString();
        if (spoilt == QLatin1String("challenge"))
            statement["challenge"] = "x.y.z";
        if (spoilt == QLatin1String("grant"))
            statement["grant"] = "please";
        if (spoilt == QLatin1String("head"))
            statement["head_seq"] = -1;
    });
    if (spoilt == QLatin1String("password"))
        request.password = "wrong horse";
    if (spoilt == QLatin1String("refresh"))
        request.refreshToken = "nonsense";
    QCOMPARE(problemOf(desk.post("/v1/session", domain::wire::encode(request))), expected.toStdString());
}

void TestApi::aDeviceAloneMayHandInButNotPull()
{
    Desk desk;
    auto device = desk.enrolled();
    const auto session = desk.signIn(device, "device");
    QVERIFY(!session.pullAllowed);
    QVERIFY(!session.refreshToken);
    QCOMPARE(desk.push(device, {device.event({}, domain::EpochStartedPayload{"enrolment", std::nullopt}, desk.office.clock.now())}, session.accessToken).status, 200);
    QCOMPARE(problemOf(desk.pull(session.accessToken)), std::string("403 scope_missing"));
}

void TestApi::aClosedAccountMayHandInButNotPull()
{
    Desk desk;
    auto device = desk.enrolled();
    const auto session = desk.signIn(device);
    desk.office.write([&](Store& store, std::int64_t) { return store.users().setDisabled(desk.agent.id, true); });
    QCOMPARE(problemOf(desk.pull(session.accessToken)), std::string("403 pull_forbidden"));
    QCOMPARE(desk.push(device, {device.event({}, domain::EpochStartedPayload{"enrolment", std::nullopt}, desk.office.clock.now())}, session.accessToken).status, 200);
    QCOMPARE(problemOf(desk.post("/v1/session", domain::wire::encode(desk.sessionRequest(device, "password")))), std::string("401 bad_credentials"));
    QCOMPARE(desk.post("/v1/session", domain::wire::encode(desk.sessionRequest(device, "device"))).status, 200);
}

void TestApi::refreshKeepsTheToken()
{
    Desk desk;
    const auto device = desk.enrolled();
    const auto first = desk.signIn(device);
    desk.office.clock.advance(29LL * 86400 * 1000);
    for (int day = 0; day < 2; ++day) {   // sliding: the second time is beyond the first month
        auto request = desk.sessionRequest(device, "refresh");
        request.refreshToken = first.refreshToken;
        const auto response = desk.post("/v1/session", domain::wire::encode(request));
        QCOMPARE(response.status, 200);
        QCOMPARE(domain::wire::decodeSessionResponse(Json::parse(response.body))->refreshToken, first.refreshToken);
        desk.office.clock.advance(29LL * 86400 * 1000);
    }
}

void TestApi::aNewSessionEndsTheOlderOne()
{
    Desk desk;
    const auto device = desk.enrolled();
    const auto first = desk.signIn(device);
    const auto second = desk.signIn(device);
    QCOMPARE(problemOf(desk.pull(first.accessToken)), std::string("409 session_superseded"));
    QCOMPARE(desk.pull(second.accessToken).status, 200);
    desk.office.clock.advance(900'000);
    QCOMPARE(problemOf(desk.pull(second.accessToken)), std::string("401 token_expired"));
    const auto third = desk.signIn(device);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(desk.send({"DELETE", "/v1/session", third.accessToken, {}, {}, "127.0.0.1", {}}).status, 200);
    QCOMPARE(problemOf(desk.pull(third.accessToken)), std::string("401 token_expired"));
}

void TestApi::aRolledBackDeviceGetsANewEpoch()
{
    Desk desk;
    auto device = desk.enrolled();
    const auto session = desk.signIn(device);
    QVERIFY(!session.mintNewEpoch);
    const auto first = device.event({}, domain::EpochStartedPayload{"enrolment", std::nullopt}, desk.office.clock.now());
    const auto second = device.event({}, domain::NotePayload{base::SensitiveText("a"), {}}, desk.office.clock.now());
    QCOMPARE(desk.push(device, {first, second}, session.accessToken).status, 200);
    QVERIFY(!desk.signIn(device).mintNewEpoch);
    device.putBack(1, first.hash);
    QVERIFY2(desk.signIn(device).mintNewEpoch, "a head below the known one");
    device.putBack(2, first.hash);
    QVERIFY2(desk.signIn(device).mintNewEpoch, "another hash in the known place");
}

void TestApi::aSessionTellsWhatIsMissing()
{
    Desk desk;
    auto device = desk.enrolled();
    const auto session = desk.signIn(device);
    const auto now = desk.office.clock.now();
    const auto first = device.event({}, domain::EpochStartedPayload{"enrolment", std::nullopt}, now);
    (void)device.event({}, domain::NotePayload{base::SensitiveText("never sent"), {}}, now);
    const auto third = device.event({}, domain::NotePayload{base::SensitiveText("b"), {}}, now);
    (void)device.event({}, domain::NotePayload{base::SensitiveText("not yet"), {}}, now);
    const auto pushed = desk.push(device, {first, third}, session.accessToken);
    const auto response = domain::wire::decodeEventsResponse(Json::parse(pushed.body));
    QVERIFY_RESULT(response);
    QCOMPARE(response->ackedUpto, 1);
    QCOMPARE(response->missing.size(), std::size_t{1});
    const auto again = desk.signIn(device);
    QCOMPARE(again.epochs.size(), std::size_t{1});
    QCOMPARE(again.epochs[0].knownHeadSeq, 4);
    QCOMPARE(again.epochs[0].missing.size(), std::size_t{2});
    QCOMPARE(again.epochs[0].missing[1].first, 4);
}

void TestApi::eventsAreAnsweredInOrderAndTwiceTheSame()
{
    Desk desk;
    auto device = desk.enrolled();
    const auto session = desk.signIn(device);
    std::vector<domain::EventEnvelope> events;
    for (int i = 0; i < 5; ++i)
        events.push_back(device.event({}, domain::NotePayload{base::SensitiveText("n"), {}}, desk.office.clock.now()));
    const auto first = *domain::wire::decodeEventsResponse(Json::parse(desk.push(device, events, session.accessToken).body));
    const auto second = *domain::wire::decodeEventsResponse(Json::parse(desk.push(device, events, session.accessToken).body));
    QCOMPARE(first.ackedUpto, 5);
    for (std::size_t i = 0; i < events.size(); ++i) {
        QVERIFY(first.results[i].eventId == events[i].eventId);
        QCOMPARE(first.results[i].verdict, std::string("accepted"));
        QCOMPARE(second.results[i].verdict, std::string("duplicate"));
        QCOMPARE(second.results[i].receipt.statement, first.results[i].receipt.statement);
        QCOMPARE(second.results[i].receipt.signature, first.results[i].receipt.signature);
    }
}

void TestApi::batchesAreLimited()
{
    Desk desk;
    auto device = desk.enrolled();
    const auto session = desk.signIn(device);
    QCOMPARE(problemOf(desk.push(device, {}, session.accessToken)), std::string("400 malformed_request"));
    const auto event = device.event({}, domain::NotePayload{base::SensitiveText("n"), {}}, desk.office.clock.now());
    QCOMPARE(problemOf(desk.push(device, {event, event}, session.accessToken)), std::string("400 malformed_request"));
    QCOMPARE(problemOf(desk.push(device, std::vector(201, event), session.accessToken)), std::string("413 too_large"));
}

void TestApi::aPullPagesToItsEndAndThenIsEmpty()
{
    Desk desk;
    std::vector<domain::CaseId> cases;
    for (int i = 0; i < 7; ++i)
        cases.push_back(desk.office.addCase(std::to_string(i)));
    desk.office.assign(cases, desk.agent);
    const auto session = desk.signIn(desk.enrolled());
    std::string cursor;
    std::int64_t upto = 0;
    int puts = 0;
    for (bool complete = false; !complete;) {
        const auto page = domain::wire::decodePullResponse(Json::parse(desk.pull(session.accessToken, cursor, 3).body));
        QVERIFY_RESULT(page);
        QVERIFY2(upto == 0 || page->upto == upto, "the first page fixes the end");
        upto = page->upto;
        cursor = page->nextCursor;
        complete = page->complete;
        puts += static_cast<int>(std::count_if(page->ops.begin(), page->ops.end(), [](const auto& op) { return op.op == "put" && op.kind == "case"; }));
        desk.office.addCase("x" + std::to_string(puts));   // the world goes on meanwhile
    }
    QCOMPARE(puts, 7);
    const auto nothing = *domain::wire::decodePullResponse(Json::parse(desk.pull(session.accessToken, cursor).body));
    QVERIFY(nothing.complete);
    QCOMPARE(nothing.ops.size(), std::size_t{1});
    QCOMPARE(nothing.ops[0].op, std::string("lease"));
    QVERIFY(nothing.ops[0].leaseUntil == desk.office.clock.now().plusSeconds(7 * 86400));
}

void TestApi::aForeignOrForgedCursorIsRefused()
{
    Desk desk;
    const auto session = desk.signIn(desk.enrolled());
    const auto page = *domain::wire::decodePullResponse(Json::parse(desk.pull(session.accessToken).body));
    auto forged = page.nextCursor;
    forged[2] = forged[2] == '0' ? '1' : '0';
    QCOMPARE(problemOf(desk.pull(session.accessToken, forged)), std::string("400 cursor_invalid"));
    QCOMPARE(problemOf(desk.pull(session.accessToken, "nonsense")), std::string("400 cursor_invalid"));
    const auto stranger = encodeCursor(desk.office.keys(), desk.context.dataset, domain::UserId::random(), {1, {}, 1});
    QCOMPARE(problemOf(desk.pull(session.accessToken, stranger)), std::string("400 cursor_invalid"));
    const auto ahead = encodeCursor(desk.office.keys(), desk.context.dataset, desk.agent.id, {1, {}, 1'000'000});
    QCOMPARE(problemOf(desk.pull(session.accessToken, ahead)), std::string("409 resync_required"));
    const auto otherScope = encodeCursor(desk.office.keys(), desk.context.dataset, desk.agent.id, {2, {}, 1});
    QCOMPARE(problemOf(desk.pull(session.accessToken, otherScope)), std::string("409 resync_required"));
}

void TestApi::whatIsNotThereIs404()
{
    Desk desk;
    QCOMPARE(problemOf(desk.get("/v1/nothing")), std::string("404 not_found"));
    QCOMPARE(problemOf(desk.get("/")), std::string("404 not_found"));
    QCOMPARE(problemOf(desk.get("/v1/events")), std::string("404 not_found"));
    QCOMPARE(problemOf(desk.send({"POST", "/v1/pull", {}, "text/plain", {}, "127.0.0.1", "{}"})), std::string("415 media_type"));
    QCOMPARE(problemOf(desk.send({"POST", "/v1/pull", {}, domain::wire::kMediaType, "sha-256=:AAAA:", "127.0.0.1", "{}"})),
             std::string("400 digest_mismatch"));
}

void TestApi::rulePacksAreHandedOutOneByOne()
{
    Desk desk;
    auto& store = desk.office.store();
    for (const auto* version : {"1", "2"}) {
        auto transaction = store.begin();
        QVERIFY_RESULT(transaction);
        const auto seq = store.nextSeq();
        QVERIFY_RESULT(seq);
        const std::string hash = std::string("sha256:") + version;
        QVERIFY_RESULT(PackShelf(store.connection()).put({"house", version, hash, "2026-03-0" + std::string(version), "2026-01-01T00:00:00.000Z"}, "{\"n\":1}", *seq));
        QVERIFY_RESULT(PackShelf(store.connection()).put({"house", version, hash, "", ""}, "twice is once", *seq));
        QVERIFY_RESULT(transaction->commit());
    }
    QCOMPARE(problemOf(desk.post("/v1/packs", {{"have", Json::array()}})), std::string("401 token_expired"));
    const auto session = desk.signIn(desk.enrolled());
    const auto ask = [&](const Json& have) { return Json::parse(desk.post("/v1/packs", {{"have", have}}, session.accessToken).body); };
    const auto first = ask(Json::array());
    QCOMPARE(first["missing"].get<int>(), 2);
    QCOMPARE(first["packs"].size(), std::size_t{2});
    QCOMPARE(first["packs"][0]["effective_from"].get<std::string>(), std::string("2026-03-01"));
    QCOMPARE(first["bundle"].get<std::string>(), std::string("{\"n\":1}"));
    QCOMPARE(ask({"sha256:1"})["missing"].get<int>(), 1);
    const auto nothing = ask({"sha256:1", "sha256:2"});
    QCOMPARE(nothing["missing"].get<int>(), 0);
    QVERIFY(nothing["bundle"].is_null());
    QCOMPARE(problemOf(desk.post("/v1/packs", {{"have", 3}}, session.accessToken)).substr(0, 3), std::string("400"));
}

void TestApi::twoDevicesShareTheAttemptsOfACase()
{
    Desk desk;
    const auto caseId = desk.office.addCase("1");
    const auto foreign = desk.office.addCase("2");
    desk.office.assign({caseId}, desk.agent);
    auto laptop = desk.enrolled();
    const auto desktop = desk.enrolled();
    const auto atLaptop = desk.signIn(laptop).accessToken;
    const auto atDesk = desk.signIn(desktop).accessToken;
    const auto ask = [&](const std::string& token, const Json& cases) {
        const auto response = desk.post("/v1/attempt-shares", {{"smallest_limit", 3}, {"longest_days", 1}, {"cases", cases}}, token);
        if (response.status != 200)
            qFatal("shares: %s", response.body.c_str());
        return Json::parse(response.body)["grants"];
    };
    const auto wish = [&](const Json& holds) { return Json{{{"case_id", caseId.toString()}, {"holds", holds}}}; };
    QCOMPARE(ask(atLaptop, {{{"case_id", foreign.toString()}}}).size(), std::size_t{0});          // nobody learns about cases of others
    const auto all = ask(atLaptop, wish(nullptr));
    QCOMPARE(all[0]["units"].get<int>(), 6);
    QCOMPARE(ask(atDesk, wish(nullptr))[0]["units"].get<int>(), 0);                                 // the laptop may act on all of it
    // Two contacts reach the server, then the laptop confirms and gets less; what it used stays with it.
    std::vector<domain::EventEnvelope> events;
    for (int i = 0; i < 2; ++i)
        events.push_back(laptop.event(caseId, test::aCall(desk.office.clock.now()), desk.office.clock.now()));
    QCOMPARE(desk.push(laptop, events, atLaptop).status, 200);
    const auto less = ask(atLaptop, wish(all[0]["version"]));
    QCOMPARE(less[0]["units"].get<int>(), 4);
    QCOMPARE(ask(atLaptop, wish(less[0]["version"]))[0]["units"].get<int>(), 4);
    QCOMPARE(ask(atDesk, wish(nullptr))[0]["units"].get<int>(), 2);
    QCOMPARE(problemOf(desk.post("/v1/attempt-shares", {{"smallest_limit", 3}}, atDesk)), std::string("400 malformed_request"));
}

void TestApi::everyBadBodyIsAProblem_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("{");
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("a number") << QByteArray("7");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("invalid UTF-8") << QByteArray("{\"epoch\":\"\xff\"}");
    QTest::newRow("nested without end") << QByteArray(20000, '[');
    QTest::newRow("wrong types") << QByteArray(R"({"epoch":1,"events":{},"cursor":[],"max":"many","statement":5,"sig":null})");
    QTest::newRow("huge numbers") << QByteArray(R"({"scope_epoch":1e400,"cursor":"","max":99999999999999999999})");
    QTest::newRow("events of wrong types") << QByteArray(R"({"epoch":"11111111-1111-4111-8111-111111111111","events":[null,1,"x",{}],"cursor":7})");
    QTest::newRow("a statement that is no JSON") << QByteArray(R"({"user_name":"a","password":"b","statement":"AAAA","sig":"AAAA","max":"x"})");
}

void TestApi::everyBadBodyIsAProblem()
{
    QFETCH(QByteArray, body);
    Desk desk;
    const auto session = desk.signIn(desk.enrolled());
    for (const char* path : {"/v1/enrol", "/v1/session", "/v1/events", "/v1/pull"}) {
        const auto response = desk.send({"POST", path, session.accessToken, domain::wire::kMediaType, {}, "127.0.0.1", body.toStdString()});
        QVERIFY2(response.status >= 400 && response.status < 500, path);
        QCOMPARE(response.contentType, std::string(domain::wire::kProblemType));
    }
}

QTEST_GUILESS_MAIN(TestApi)
#include "tst_api.moc"
