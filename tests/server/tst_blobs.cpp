// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>

#include <QTest>

#include "tests/server/apidesk.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;
using base::ErrorCode;
using base::Json;
using test::ApiDesk;
using test::problemOf;

namespace {

std::string someBytes(std::size_t size)
{
    base::Bytes bytes(size);
    base::fillRandom(bytes);
    return std::string(base::asText(bytes));
}

std::shared_ptr<IncomingChunk> chunkOf(const BlobFiles& files, std::string_view bytes)
{
    auto chunk = *files.newChunk();
    if (!chunk->write(base::asBytes(bytes)))
        qFatal("the chunk cannot be written");
    return chunk;
}

/// An agent with one case, an event that names a recording, and a server that takes it.
struct Scene {
    QTemporaryDir folder;
    ApiDesk desk;
    domain::CaseId caseId = desk.office.addCase("1");
    test::Device device = desk.enrolled();
    std::string token = desk.signIn(device).accessToken;
    std::string bytes = someBytes(100'000);
    base::Hash256 hash = base::sha256(base::asBytes(bytes));

    Scene()
    {
        desk.context.blobs = *BlobFiles::open(folder.filePath(QStringLiteral("blobs")).toStdString());
        desk.office.assign({caseId}, desk.agent);
    }
    void pushEvent()
    {
        const auto now = desk.office.clock.now();
        const auto event = device.event(caseId, test::aCall(now), now, [&](domain::EventHeader& header) {
            header.blobRefs = {{hash, static_cast<std::int64_t>(bytes.size())}};
        });
        if (desk.push(device, {event}, token).status != 200)
            qFatal("the event is not taken");
    }
    Response ask(const std::string& method, std::map<std::string, std::string> headers = {}, const std::string& more = {}, const std::string& with = {})
    {
        Request request{method, "/v1/blobs/" + base::toBase64Url(hash) + more, with.empty() ? token : with, {}, {}, "127.0.0.1", {}};
        request.headers = std::move(headers);
        return desk.send(std::move(request));
    }
    Response create() { return ask("POST", {{"upload-length", std::to_string(bytes.size())}}); }
    Response patch(std::size_t offset, std::string_view piece, std::string_view checksumOf = {})
    {
        const auto checksum = base::sha256(base::asBytes(checksumOf.empty() ? piece : checksumOf));
        Request request{"PATCH", "/v1/blobs/" + base::toBase64Url(hash), token, "application/offset+octet-stream", {}, "127.0.0.1", {}};
        request.headers = {{"upload-offset", std::to_string(offset)}, {"upload-checksum", "sha256 " + base::toBase64(checksum)}};
        request.upload = chunkOf(*desk.context.blobs, piece);
        return desk.send(std::move(request));
    }
    std::string_view piece(std::size_t from, std::size_t count) const { return std::string_view(bytes).substr(from, count); }
};

std::string headerOf(const Response& response, const char* name)
{
    for (const auto& [key, value] : response.headers) {
        if (key == name)
            return value;
    }
    return {};
}

} // namespace

class TestBlobs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void filesGrowWhereTheyStand();
    void aWrongFileIsDiscarded();
    void onlyWhatAnEventNamesIsTaken();
    void uploadResumesAndEndsWithAReceipt();
    void aBadChunkChangesNothing();
    void wrongBytesAreGone();
    void aCrashBeforeTheReceiptIsMadeGood();
    void nobodyElseSeesIt();
    void voicesOfOthersAreForThoseWhoReview_data();
    void voicesOfOthersAreForThoseWhoReview();
    void anUnfinishedUploadCanBeGivenUp();
    void incomingPiecesDoNotStay();
};

void TestBlobs::filesGrowWhereTheyStand()
{
    QTemporaryDir folder;
    const auto files = *BlobFiles::open(folder.path().toStdString());
    const auto bytes = someBytes(1000);
    const auto hash = base::sha256(base::asBytes(bytes));
    QVERIFY_FAILS(files->append(hash, *chunkOf(*files, bytes), 0), ErrorCode::NotFound);
    QVERIFY_RESULT(files->create(hash));
    QCOMPARE(*files->append(hash, *chunkOf(*files, bytes.substr(0, 400)), 0), 400);
    QVERIFY_FAILS(files->append(hash, *chunkOf(*files, bytes.substr(0, 400)), 0), ErrorCode::Conflict);
    QVERIFY_RESULT(files->create(hash));   // again: what is there stays
    QCOMPARE(*files->append(hash, *chunkOf(*files, bytes.substr(400)), 400), 1000);
    QVERIFY(!files->isWhole(hash));
    QVERIFY(*files->verify(hash));
    QVERIFY(files->isWhole(hash));
    QVERIFY(!files->partSize(hash));
}

void TestBlobs::aWrongFileIsDiscarded()
{
    QTemporaryDir folder;
    const auto files = *BlobFiles::open(folder.path().toStdString());
    const auto hash = base::sha256(base::asBytes(std::string_view("other")));
    QVERIFY_RESULT(files->create(hash));
    QVERIFY_RESULT(files->append(hash, *chunkOf(*files, "bytes"), 0));
    QVERIFY(!*files->verify(hash));
    QVERIFY(!files->isWhole(hash) && !files->partSize(hash));
}

void TestBlobs::onlyWhatAnEventNamesIsTaken()
{
    Scene scene;
    QCOMPARE(problemOf(scene.create()), std::string("409 blob_unreferenced"));
    QCOMPARE(problemOf(scene.ask("HEAD")), std::string("404 not_found"));
    scene.pushEvent();
    QCOMPARE(problemOf(scene.ask("POST", {{"upload-length", "1"}})), std::string("409 blob_unreferenced"));
    QCOMPARE(scene.create().status, 201);
    QCOMPARE(scene.create().status, 200);
}

void TestBlobs::uploadResumesAndEndsWithAReceipt()
{
    Scene scene;
    scene.pushEvent();
    QCOMPARE(scene.create().status, 201);
    QCOMPARE(headerOf(scene.patch(0, scene.piece(0, 40'000)), "Upload-Offset"), std::string("40000"));
    QCOMPARE(problemOf(scene.patch(0, scene.piece(0, 40'000))), std::string("409 offset_mismatch"));   // the reply was lost
    const auto head = scene.ask("HEAD");
    QCOMPARE(headerOf(head, "Upload-Offset") + " " + headerOf(head, "Evenhand-Blob-State"), std::string("40000 partial"));
    QCOMPARE(problemOf(scene.ask("GET", {}, "/receipt")), std::string("404 not_verified"));
    const auto last = scene.patch(40'000, scene.piece(40'000, 60'000));
    QCOMPARE(last.status, 204);
    QCOMPARE(headerOf(scene.ask("HEAD"), "Evenhand-Blob-State"), std::string("verified"));
    const auto receipt = Json::parse(scene.ask("GET", {}, "/receipt").body);
    const auto bytes = *base::fromBase64Url(receipt["receipt"].get<std::string>());
    const std::string statement(base::asText(bytes));
    base::Signature signature{};
    std::ranges::copy(*base::fromBase64Url(receipt["receipt_sig"].get<std::string>()), signature.begin());
    QVERIFY(domain::verifyStatement(scene.desk.office.keys().publicKey(), "blob_verified", statement, signature));
    QCOMPARE(Json::parse(statement)["sha256"].get<std::string>(), base::toBase64Url(scene.hash));
    const auto reference = scene.desk.office.store().blobs().references(scene.hash);
    const auto annotation = *scene.desk.office.store().rows().find(domain::kind::kAnnotation, reference->front().eventId.uuid());
    QVERIFY2(annotation && annotation->body->find("blob_verified") != std::string::npos, "everyone who holds the case is told");
}

void TestBlobs::aBadChunkChangesNothing()
{
    Scene scene;
    scene.pushEvent();
    QCOMPARE(scene.create().status, 201);
    QCOMPARE(problemOf(scene.patch(0, scene.piece(0, 1000), "something else")), std::string("460 checksum_mismatch"));
    QCOMPARE(headerOf(scene.ask("HEAD"), "Upload-Offset"), std::string("0"));
    const auto tooMuch = scene.bytes + "x";
    QCOMPARE(problemOf(scene.patch(0, tooMuch)), std::string("413 too_large"));
}

void TestBlobs::wrongBytesAreGone()
{
    Scene scene;
    scene.pushEvent();
    QCOMPARE(scene.create().status, 201);
    const auto other = someBytes(scene.bytes.size());
    QCOMPARE(problemOf(scene.patch(0, other)), std::string("410 gone"));
    QCOMPARE(problemOf(scene.ask("HEAD")), std::string("404 not_found"));
    QCOMPARE(scene.create().status, 201);   // and starts again
    QCOMPARE(scene.patch(0, scene.bytes).status, 204);
}

void TestBlobs::aCrashBeforeTheReceiptIsMadeGood()
{
    Scene scene;
    scene.pushEvent();
    auto& files = *scene.desk.context.blobs;
    QVERIFY_RESULT(files.create(scene.hash));
    QVERIFY_RESULT(files.append(scene.hash, *chunkOf(files, scene.bytes), 0));
    QVERIFY(*files.verify(scene.hash));   // renamed, and then the server was killed
    QCOMPARE(problemOf(scene.ask("GET", {}, "/receipt")), std::string("404 not_verified"));
    QCOMPARE(headerOf(scene.ask("HEAD"), "Evenhand-Blob-State"), std::string("verified"));
    QCOMPARE(scene.ask("GET", {}, "/receipt").status, 200);
}

void TestBlobs::nobodyElseSeesIt()
{
    Scene scene;
    scene.pushEvent();
    QCOMPARE(scene.create().status, 201);
    QCOMPARE(scene.patch(0, scene.bytes).status, 204);
    const auto mine = scene.ask("GET", {{"range", "bytes=10-19"}});
    QCOMPARE(mine.status, 206);
    QCOMPARE(mine.file->offset, 10);
    QCOMPARE(mine.file->size, 10);
    scene.desk.office.unassign({scene.caseId});
    QCOMPARE(problemOf(scene.ask("GET")), std::string("404 not_found"));
    QCOMPARE(scene.ask("GET", {}, "/receipt").status, 200);   // but what it uploaded is still confirmed
}

void TestBlobs::voicesOfOthersAreForThoseWhoReview_data()
{
    QTest::addColumn<int>("role");
    QTest::addColumn<QString>("purpose");
    QTest::addColumn<QString>("answer");
    const auto row = [](const char* name, domain::UserRole role, const char* purpose, const char* answer) {
        QTest::newRow(name) << int(role) << QString::fromLatin1(purpose) << QString::fromLatin1(answer);
    };
    row("a colleague who has the case now does not hear the call", domain::UserRole::Agent, "call", "403 playback_forbidden");
    row("nor a memo", domain::UserRole::Field, "memo", "403 playback_forbidden");
    row("but sees a photo of the case", domain::UserRole::Agent, "photo", "200");
    row("the supervisor of the team hears it", domain::UserRole::Supervisor, "call", "200");
    row("quality assurance of the team hears it", domain::UserRole::Qa, "call", "200");
}

void TestBlobs::voicesOfOthersAreForThoseWhoReview()
{
    QFETCH(const int, role);
    QFETCH(const QString, purpose);
    QFETCH(const QString, answer);
    Scene scene;
    domain::AttachmentPayload attachment{.purpose = purpose.toStdString(), .sha256 = scene.hash, .size = std::int64_t(scene.bytes.size()),
                                         .key = base::Sensitive<base::Bytes>(base::Bytes(32, 1)), .ended = "stopped"};
    const auto now = scene.desk.office.clock.now();
    const auto event = scene.device.event(scene.caseId, attachment, now, [&](domain::EventHeader& header) { header.blobRefs = {{scene.hash, std::int64_t(scene.bytes.size())}}; });
    QCOMPARE(scene.desk.push(scene.device, {event}, scene.token).status, 200);
    QCOMPARE(scene.create().status, 201);
    QCOMPARE(scene.patch(0, scene.bytes).status, 204);
    QCOMPARE(scene.ask("GET").status, 200);                // whoever recorded it
    const auto other = scene.desk.office.addUser("other", domain::UserRole(role), "north", test::kPassword);
    if (domain::UserRole(role) == domain::UserRole::Agent || domain::UserRole(role) == domain::UserRole::Field)
        scene.desk.office.assign({scene.caseId}, other);
    const auto device = scene.desk.enrolled(other);
    const auto token = scene.desk.signIn(device).accessToken;
    const auto response = scene.ask("GET", {}, {}, token);
    QCOMPARE(QString::fromStdString(response.status == 200 ? "200" : problemOf(response)), answer);
}

void TestBlobs::anUnfinishedUploadCanBeGivenUp()
{
    Scene scene;
    scene.pushEvent();
    QCOMPARE(scene.create().status, 201);
    QCOMPARE(scene.ask("DELETE").status, 204);
    QCOMPARE(problemOf(scene.ask("HEAD")), std::string("404 not_found"));
    QCOMPARE(scene.create().status, 201);
    QCOMPARE(scene.patch(0, scene.bytes).status, 204);
    QCOMPARE(problemOf(scene.ask("DELETE")), std::string("404 not_found"));   // verified: stays
}

void TestBlobs::incomingPiecesDoNotStay()
{
    QTemporaryDir folder;
    const auto files = *BlobFiles::open(folder.path().toStdString());
    std::string path;
    {
        const auto chunk = chunkOf(*files, "piece");
        path = chunk->path();
        QVERIFY(QFile::exists(QString::fromStdString(path)));
    }
    QVERIFY(!QFile::exists(QString::fromStdString(path)));
    std::ofstream(path) << "left by a killed server";
    QVERIFY_RESULT(BlobFiles::open(folder.path().toStdString()));
    QVERIFY(!QFile::exists(QString::fromStdString(path)));
}

QTEST_GUILESS_MAIN(TestBlobs)
#include "tst_blobs.moc"
