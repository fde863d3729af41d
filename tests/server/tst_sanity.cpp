// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

#include <QTest>

#include "app/domain/wire/repair.h"
#include "server/api/tokens.h"
#include "tests/server/apidesk.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;
using base::Json;
using domain::DigestSum;
using domain::RowDigest;
using test::ApiDesk;
using test::problemOf;

namespace {

struct Replica {
    std::map<std::string, std::pair<domain::wire::PullOp, RowDigest>> rows{};
    std::string cursor{};

    void apply(const std::vector<domain::wire::PullOp>& ops)
    {
        for (const auto& op : ops) {
            if (op.op != "put" && op.op != "annotate" && op.op != "del")
                continue;
            const std::string kind = op.op == "annotate" ? "annotation" : op.kind;
            if (op.op == "del")
                rows.erase(kind + op.id->toString());
            else
                rows[kind + op.id->toString()] = {op, RowDigest::ofRow(kind, *op.id, op.seq, op.body)};
        }
    }
    [[nodiscard]] std::vector<domain::wire::BucketSum> sums() const
    {
        std::vector<domain::wire::BucketSum> all;
        for (int bucket = 0; bucket < domain::kBuckets; ++bucket) {
            DigestSum sum;
            for (const auto& [key, row] : rows) {
                if ((row.first.caseId ? domain::bucketOfCase(*row.first.caseId) : domain::kCaselessBucket) == bucket)
                    sum.add(row.second);
            }
            if (sum.count > 0)
                all.push_back({bucket, sum});
        }
        return all;
    }
};

/// An agent with three cases who is signed in.
struct Scene {
    ApiDesk desk;
    std::vector<domain::CaseId> cases;
    test::Device device = desk.enrolled();
    std::string token = desk.signIn(device).accessToken;
    Replica replica;

    Scene()
    {
        for (const char* no : {"1", "2", "3"})
            cases.push_back(desk.office.addCase(no));
        desk.office.assign(cases, desk.agent);
    }
    void push(const std::vector<domain::EventEnvelope>& events)
    {
        const auto response = desk.push(device, events, token);
        if (response.status != 200)
            qFatal("%s", response.body.c_str());
    }
    std::vector<domain::wire::PullOp> pullAll()
    {
        std::vector<domain::wire::PullOp> ops;
        for (bool complete = false; !complete;) {
            const auto response = domain::wire::decodePullResponse(Json::parse(desk.pull(token, replica.cursor, 3).body));
            if (!response)
                qFatal("%s", response.error().detail.c_str());
            replica.cursor = response->nextCursor;
            complete = response->complete;
            replica.apply(response->ops);
            ops.insert(ops.end(), response->ops.begin(), response->ops.end());
        }
        return ops;
    }
    Response digest() { return desk.post("/v1/digest", domain::wire::encode(domain::wire::DigestRequest{1, replica.cursor, replica.sums(), device.epoch, {}}), token); }
    std::vector<domain::wire::BucketSum> mismatched() { return domain::wire::decodeDigestResponse(Json::parse(digest().body))->mismatched; }
    domain::wire::SnapshotResponse page(const std::string& query)
    {
        Request request{"GET", "/v1/snapshot", token, {}, {}, "127.0.0.1", {}};
        request.query = query;
        const auto response = domain::wire::decodeSnapshotResponse(Json::parse(desk.send(std::move(request)).body));
        if (!response)
            qFatal("%s", response.error().detail.c_str());
        return *response;
    }
    Replica snapshot(const std::string& more = {})
    {
        Replica fresh;
        auto answer = page("max=2" + more);
        fresh.apply(answer.rows);
        for (int pages = 0; answer.nextPage && pages < 100; ++pages) {
            answer = page("max=2&page=" + *answer.nextPage);
            fresh.apply(answer.rows);
        }
        fresh.cursor = answer.asOfCursor;
        return fresh;
    }
};

} // namespace

class TestSanity : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void theVectorOfTheReference();
    void aSumForgetsWhatWasTakenOut();
    void theStoredSumIsThatOfTheRows();
    void theLastPageCarriesTheDigests();
    void aWorkstationThatHoldsTheSameIsToldSo();
    void oneRottenRowIsFoundAndItsBucketRepaired();
    void aViewThatMovedOnMustPullFirst();
    void aSnapshotIsEverythingAndNothingElse();
    void aSnapshotPlaceIsForNobodyElse();
    void purgeReceiptsEndTheReminding();
    void aForeignPurgeReceiptIsRefused();
    void opaqueBytesAreKeptAndTakeTheirPlace();
    void badInputIsAProblem_data();
    void badInputIsAProblem();
};

void TestSanity::theVectorOfTheReference()
{
    const auto id = *base::Uuid::tryFromString("44444444-4444-4444-8444-444444444444");
    QCOMPARE(domain::bucketOfCase(domain::CaseId(id)), 46);
    const auto digest = RowDigest::ofRow("case", id, 918273, "{\"status\":\"open\"}");
    QCOMPARE(base::toBase64Url(digest.bytes()), std::string("w271Cg9l4vxEn81trqzHTw"));
}

void TestSanity::aSumForgetsWhatWasTakenOut()
{
    const auto one = RowDigest::ofRow("case", base::Uuid::random(), 1, "{}");
    const auto two = RowDigest::ofRow("case", base::Uuid::random(), 2, "{}");
    DigestSum sum;
    sum.add(one);
    sum.add(two);
    DigestSum other;
    other.add(two);
    QVERIFY(sum != other);
    sum.remove(one);
    QVERIFY(sum == other);
}

void TestSanity::theStoredSumIsThatOfTheRows()
{
    Scene scene;
    auto& device = scene.device;
    const auto now = scene.desk.office.clock.now();
    scene.push({device.event(scene.cases[0], test::aCall(now), now), device.event(scene.cases[0], test::aPromise(5000, "2026-03-09"), now),
                device.event(scene.cases[0], test::aPromise(7000, "2026-03-10"), now)});
    auto& digests = scene.desk.office.store().digests();
    const auto stored = digests.find(scene.cases[0]);
    QVERIFY_RESULT(stored);
    QVERIFY2(stored->has_value() && (*stored)->count > 4, "rows were put, and one was put twice");
    QVERIFY(**stored == *digests.count(scene.cases[0]));
    scene.desk.office.write([&](Store& store, std::int64_t seq) { return store.rows().remove(domain::kind::kCase, scene.cases[0].uuid(), seq); });
    QVERIFY(**digests.find(scene.cases[0]) == *digests.count(scene.cases[0]));
}

void TestSanity::theLastPageCarriesTheDigests()
{
    Scene scene;
    const auto ops = scene.pullAll();
    std::vector<domain::wire::BucketSum> sent;
    for (const auto& op : ops) {
        if (op.op == "bucket_digest" && op.count > 0)
            sent.push_back({static_cast<int>(op.bucket), {op.count, RowDigest::fromBytes(*op.digest)}});
    }
    const auto held = scene.replica.sums();
    QCOMPARE(sent.size(), held.size());
    for (std::size_t i = 0; i < sent.size(); ++i)
        QVERIFY(sent[i].bucket == held[i].bucket && sent[i].sum == held[i].sum);
    const auto again = scene.pullAll();
    QCOMPARE(again.size(), std::size_t{1});   // the lease: nothing new, nothing to compare
}

void TestSanity::aWorkstationThatHoldsTheSameIsToldSo()
{
    Scene scene;
    scene.pullAll();
    QVERIFY(scene.mismatched().empty());
}

void TestSanity::oneRottenRowIsFoundAndItsBucketRepaired()
{
    Scene scene;
    scene.pullAll();
    auto& row = scene.replica.rows.begin()->second;
    row.first.body += " ";   // the version stays: only the bytes rot
    row.second = RowDigest::ofRow(row.first.kind, *row.first.id, row.first.seq, row.first.body);
    const auto bad = scene.mismatched();
    QCOMPARE(bad.size(), std::size_t{1});
    const auto repair = scene.snapshot("&bucket=" + std::to_string(bad.front().bucket));
    QVERIFY2(repair.rows.size() < scene.replica.rows.size(), "only the bad bucket is fetched");
    for (const auto& [key, value] : repair.rows)
        scene.replica.rows[key] = value;
    QVERIFY(scene.mismatched().empty());
}

void TestSanity::aViewThatMovedOnMustPullFirst()
{
    Scene scene;
    scene.pullAll();
    const auto now = scene.desk.office.clock.now();
    scene.push({scene.device.event(scene.cases[1], test::aCall(now), now)});
    QCOMPARE(problemOf(scene.digest()), std::string("409 cursor_behind"));
    scene.pullAll();
    QVERIFY(scene.mismatched().empty());
}

void TestSanity::aSnapshotIsEverythingAndNothingElse()
{
    Scene scene;
    const auto other = scene.desk.office.addUser("other", domain::UserRole::Agent, "south");
    scene.desk.office.assign({scene.desk.office.addCase("foreign")}, other);
    scene.pullAll();
    auto fresh = scene.snapshot();
    QCOMPARE(fresh.rows.size(), scene.replica.rows.size());
    scene.replica = fresh;
    QVERIFY2(scene.mismatched().empty(), "from as_of_cursor everything is at one position");
}

void TestSanity::aSnapshotPlaceIsForNobodyElse()
{
    Scene scene;
    const auto place = scene.page("max=1").nextPage;
    QVERIFY(place);
    const auto other = scene.desk.office.addUser("other", domain::UserRole::Agent, "south");
    QVERIFY(!decodePlace(scene.desk.office.keys(), scene.desk.context.dataset, other.id, *place));
    QVERIFY(decodePlace(scene.desk.office.keys(), scene.desk.context.dataset, scene.desk.agent.id, *place));
}

void TestSanity::purgeReceiptsEndTheReminding()
{
    Scene scene;
    scene.desk.office.unassign({scene.cases[2]});
    auto revokes = scene.page("max=1000").revokes;
    QCOMPARE(revokes.size(), std::size_t{1});
    const Json statement{{"v", 1}, {"kind", "purged"}, {"dataset_id", scene.desk.context.dataset.toString()}, {"device_id", scene.device.id.toString()},
                         {"revoke_id", revokes.front().revokeId->toString()}, {"case_id", scene.cases[2].toString()}, {"purged_at", "2026-03-02T10:00:00.000Z"},
                         {"rows", 5}, {"blobs", 0}, {"secure_deleted", true}, {"events_pending", 0}};
    const domain::wire::PurgedRequest request{{domain::signStatement(scene.device.key, statement)}};
    for (int i = 0; i < 2; ++i) {   // a lost reply is harmless
        const auto answer = domain::wire::decodePurgedResponse(Json::parse(scene.desk.post("/v1/purged", domain::wire::encode(request), scene.token).body));
        QVERIFY_RESULT(answer);
        QCOMPARE(answer->stored.size(), std::size_t{1});
    }
    QVERIFY(scene.page("max=1000").revokes.empty());
}

void TestSanity::aForeignPurgeReceiptIsRefused()
{
    Scene scene;
    const Json statement{{"v", 1}, {"kind", "purged"}, {"dataset_id", scene.desk.context.dataset.toString()}, {"device_id", scene.device.id.toString()},
                         {"revoke_id", base::Uuid::random().toString()}, {"case_id", scene.cases[2].toString()}};
    const auto post = [&](const base::SigningKey& key) {
        return scene.desk.post("/v1/purged", domain::wire::encode(domain::wire::PurgedRequest{{domain::signStatement(key, statement)}}), scene.token);
    };
    QCOMPARE(problemOf(post(base::SigningKey::generate())), std::string("401 bad_signature"));
    const auto unknown = domain::wire::decodePurgedResponse(Json::parse(post(scene.device.key).body));
    QVERIFY_RESULT(unknown);
    QCOMPARE(unknown->unknown.size(), std::size_t{1});
}

void TestSanity::opaqueBytesAreKeptAndTakeTheirPlace()
{
    Scene scene;
    const auto now = scene.desk.office.clock.now();
    const auto event = scene.device.event(scene.cases[0], test::aCall(now), now);
    const auto send = [&] {
        Request request{"POST", "/v1/opaque", scene.token, "application/octet-stream", {}, "127.0.0.1", "\x01\xff not JSON at all"};
        request.headers = {{"evenhand-event-id", event.eventId.toString()}, {"evenhand-epoch", event.epoch.toString()}, {"evenhand-seq", "1"},
                           {"evenhand-event-hash", base::toBase64Url(event.hash)}};
        return domain::wire::decodeEventResult(Json::parse(scene.desk.send(std::move(request)).body));
    };
    const auto first = send();
    QVERIFY_RESULT(first);
    QCOMPARE(first->verdict + " " + first->reason.value_or(""), std::string("quarantined opaque"));
    const auto again = send();
    QCOMPARE(again->verdict, std::string("duplicate"));
    QCOMPARE(again->receipt.statement, first->receipt.statement);
    const auto normal = domain::wire::decodeEventsResponse(Json::parse(scene.desk.push(scene.device, {event}, scene.token).body));
    QVERIFY_RESULT(normal);
    QCOMPARE(normal->results.front().verdict, std::string("duplicate"));
    QCOMPARE(normal->ackedUpto, 1);   // its place is filled: what follows is no gap
}

void TestSanity::badInputIsAProblem_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("digest: no object") << QByteArray("POST") << QByteArray("/v1/digest") << QByteArray() << QByteArray("[]");
    QTest::newRow("digest: bucket 65") << QByteArray("POST") << QByteArray("/v1/digest") << QByteArray()
                                       << QByteArray(R"({"scope_epoch":1,"cursor":"x","buckets":[{"bucket":65,"count":1,"digest":"AAAAAAAAAAAAAAAAAAAAAA"}]})");
    QTest::newRow("digest: a forged cursor") << QByteArray("POST") << QByteArray("/v1/digest") << QByteArray() << QByteArray(R"({"scope_epoch":1,"cursor":"x"})");
    QTest::newRow("snapshot: bucket beyond") << QByteArray("GET") << QByteArray("/v1/snapshot") << QByteArray("bucket=99") << QByteArray();
    QTest::newRow("snapshot: max of zero") << QByteArray("GET") << QByteArray("/v1/snapshot") << QByteArray("max=0") << QByteArray();
    QTest::newRow("snapshot: a forged page") << QByteArray("GET") << QByteArray("/v1/snapshot") << QByteArray("page=abc.def") << QByteArray();
    QTest::newRow("purged: no signature") << QByteArray("POST") << QByteArray("/v1/purged") << QByteArray() << QByteArray(R"({"receipts":[{"statement":"e30"}]})");
    QTest::newRow("opaque: without its headers") << QByteArray("POST") << QByteArray("/v1/opaque") << QByteArray() << QByteArray("x");
}

void TestSanity::badInputIsAProblem()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, body);
    Scene scene;
    const bool isOpaque = path == "/v1/opaque";
    Request request{method.toStdString(), path.toStdString(), scene.token, isOpaque ? "application/octet-stream" : domain::wire::kMediaType, {}, "127.0.0.1",
                    body.toStdString()};
    request.query = query.toStdString();
    const auto response = scene.desk.send(std::move(request));
    QVERIFY2(response.status >= 400 && response.status < 500, response.body.c_str());
    QCOMPARE(response.contentType, std::string(domain::wire::kProblemType));
}

QTEST_GUILESS_MAIN(TestSanity)
#include "tst_sanity.moc"
