// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "server/sequencer/ingest.h"
#include "tests/server/office.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;
using domain::UserRole;
using domain::wire::EventResult;

namespace {

using Spoil = std::function<void(domain::EventEnvelope&, domain::EventHeader&)>;

/// An agent with one case, one device, and a colleague of another team.
struct Scene {
    test::Office office{test::Office::Place::Memory};
    UserRecord agent = office.addUser("agent", UserRole::Agent, "north");
    UserRecord other = office.addUser("other", UserRole::Agent, "south");
    domain::CaseId mine = office.addCase("1");
    domain::CaseId foreign = office.addCase("2");
    test::Device device = office.addDevice(agent);

    Scene()
    {
        office.assign({mine}, agent);
        office.assign({foreign}, other);
    }

    EventResult store(const domain::EventEnvelope& event) { return store(event, agent, device); }
    EventResult store(const domain::EventEnvelope& event, const UserRecord& user, const test::Device& from)
    {
        const DeviceRecord record{from.id, user.id, from.key.publicKey(), "test", office.clock.now()};
        std::optional<EventResult> result;
        office.write([&](Store& store, std::int64_t) -> base::Result<> {
            EVENHAND_ASSIGN(result, Ingest(store, office.keys(), user).store(checkEvent(event, record, store.dataset(), office.clock.now())));
            return store.events().advanceEpoch(from.id, from.epoch);
        });
        return *result;
    }
    EventResult call(const domain::CaseId& id) { return store(device.event(id, test::aCall(office.clock.now()), office.clock.now())); }
};

std::string outcome(const EventResult& result)
{
    std::string text = result.verdict + (result.reason ? " " + *result.reason : "");
    for (const auto& flag : result.flags)
        text += " +" + flag;
    return text;
}

std::string annotationOf(Scene& scene, const domain::EventId& id)
{
    const auto row = scene.office.store().rows().find(domain::kind::kAnnotation, id.uuid());
    return row && *row ? domain::annotationFromJson(id, *base::parseJson(*(*row)->body))->status : std::string();
}

} // namespace

class TestIngest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void whatIsWrongWithTheEnvelope_data();
    void whatIsWrongWithTheEnvelope();
    void aRepeatedEventGetsItsOriginalReceipt();
    void theReceiptIsSignedAndNamesTheEvent();
    void otherBytesUnderTheSameIdAreKeptBeside();
    void anotherEventInTheSamePlaceIsKeptBeside();
    void withoutTheUniqueIndexADuplicateWouldBeStoredTwice();
    void aGapIsReportedAndFilled();
    void aBrokenChainIsQuarantined();
    void aForeignCaseAnswersLikeOneThatDoesNotExist();
    void workOnACaseTakenAwayIsAccepted();
    void workOnAClosedCaseMovesNothing();
    void aClockAheadIsFlagged();
    void theLaterPromiseIsCurrent();
    void aReminderSetsTheNextActionAndACallFulfilsIt();
    void aCallAgainstTheGateIsAnnotated();
    void aContactPointOfAnotherCaseIsNotTouched();
};

void TestIngest::whatIsWrongWithTheEnvelope_data()
{
    QTest::addColumn<QString>("spoilt");
    QTest::addColumn<QString>("expected");
    QTest::newRow("an honest event is accepted") << "nothing" << "accepted";
    QTest::newRow("another data set") << "dataset" << "quarantined dataset_mismatch";
    QTest::newRow("another device") << "device" << "quarantined device_mismatch";
    QTest::newRow("another actor") << "actor" << "quarantined device_mismatch";
    QTest::newRow("outer id differs from the header") << "outer" << "quarantined envelope_mismatch";
    QTest::newRow("signature flipped") << "signature" << "quarantined bad_signature";
    QTest::newRow("payload changed") << "payload" << "quarantined payload_mismatch";
    QTest::newRow("payload absent") << "no payload" << "quarantined payload_mismatch";
    QTest::newRow("header is not canonical") << "header" << "quarantined malformed_header";
    QTest::newRow("type of a newer program") << "type" << "quarantined unknown_type";
    QTest::newRow("version of a newer program") << "version" << "quarantined unknown_version";
    QTest::newRow("first event does not begin the chain") << "chain" << "quarantined chain_break";
}

void TestIngest::whatIsWrongWithTheEnvelope()
{
    QFETCH(QString, spoilt);
    QFETCH(QString, expected);
    Scene scene;
    auto event = scene.device.event(scene.mine, test::aCall(scene.office.clock.now()), scene.office.clock.now(), [&](domain::EventHeader& header) {
        if (spoilt == QLatin1String("dataset"))
            header.datasetId = domain::DatasetId::random();
        if (spoilt == QLatin1String("device"))
            header.deviceId = domain::DeviceId::random();
        if (spoilt == QLatin1String("actor"))
            header.actorId = scene.other.id;
        if (spoilt == QLatin1String("type"))
            header.type = "telepathy";
        if (spoilt == QLatin1String("version"))
            header.typeVersion = 2;
        if (spoilt == QLatin1String("chain"))
            header.prevHash[0] = 1;
    });
    if (spoilt == QLatin1String("outer"))
        event.eventId = domain::EventId::random();
    if (spoilt == QLatin1String("signature"))
        event.signature[0] ^= 1;
    if (spoilt == QLatin1String("payload"))
        event.payload->append(" ");
    if (spoilt == QLatin1String("no payload"))
        event.payload.reset();
    if (spoilt == QLatin1String("header")) {
        event.header.append(" ");
        event.hash = domain::eventHash(event.header);
    }
    const auto result = scene.store(event);
    QCOMPARE(outcome(result), expected.toStdString());
    const auto again = scene.store(event);
    QCOMPARE(again.verdict, std::string("duplicate"));
    QCOMPARE(again.receipt.statement, result.receipt.statement);
    const auto epoch = scene.office.store().events().findEpoch(scene.device.id, scene.device.epoch);
    QVERIFY_RESULT(epoch);
    QCOMPARE((*epoch)->ackedUpto, 1);   // quarantined fills its place too
}

void TestIngest::aRepeatedEventGetsItsOriginalReceipt()
{
    Scene scene;
    const auto event = scene.device.event(scene.mine, test::aCall(scene.office.clock.now()), scene.office.clock.now());
    const auto first = scene.store(event);
    scene.office.clock.advance(60'000);
    const auto second = scene.store(event);
    QCOMPARE(first.verdict, std::string("accepted"));
    QCOMPARE(second.verdict, std::string("duplicate"));
    QCOMPARE(second.receipt.statement, first.receipt.statement);
    QCOMPARE(second.receipt.signature, first.receipt.signature);
}

void TestIngest::theReceiptIsSignedAndNamesTheEvent()
{
    Scene scene;
    const auto event = scene.device.event(scene.mine, test::aCall(scene.office.clock.now()), scene.office.clock.now());
    const auto result = scene.store(event);
    const auto receipt = domain::verifyStatement(scene.office.keys().publicKey(), "receipt", result.receipt.statement, result.receipt.signature);
    QVERIFY_RESULT(receipt);
    QCOMPARE(receipt->at("event_id").get<std::string>(), event.eventId.toString());
    QCOMPARE(receipt->at("hash").get<std::string>(), base::toBase64Url(event.hash));
    QCOMPARE(receipt->at("key_id").get<std::string>(), scene.office.keys().keyId());
}

void TestIngest::otherBytesUnderTheSameIdAreKeptBeside()
{
    Scene scene;
    const auto now = scene.office.clock.now();
    const auto event = scene.device.event(scene.mine, test::aCall(now), now);
    QCOMPARE(outcome(scene.store(event)), std::string("accepted"));
    const auto clash = scene.device.event(scene.mine, test::aCall(now), now, [&](domain::EventHeader& header) { header.eventId = event.eventId; });
    const auto result = scene.store(clash);
    QCOMPARE(outcome(result), std::string("quarantined hash_conflict"));
    QCOMPARE(scene.store(clash).receipt.statement, result.receipt.statement);
    const auto stored = scene.office.store().events().find(event.eventId);
    QCOMPARE((*stored)->header, event.header);
    const auto beside = scene.office.store().events().findConflict(event.eventId, clash.hash);
    QCOMPARE((*beside)->header, clash.header);
}

void TestIngest::anotherEventInTheSamePlaceIsKeptBeside()
{
    Scene scene;
    QCOMPARE(outcome(scene.call(scene.mine)), std::string("accepted"));
    scene.device.putBack(0, {});
    QCOMPARE(outcome(scene.call(scene.mine)), std::string("quarantined seq_conflict +epoch_alarm"));
}

void TestIngest::withoutTheUniqueIndexADuplicateWouldBeStoredTwice()
{
    // The control for "stored once": the table itself refuses a second row, whatever the code above it thinks.
    Scene scene;
    const auto event = scene.device.event(scene.mine, test::aCall(scene.office.clock.now()), scene.office.clock.now());
    (void)scene.store(event);
    auto stored = *scene.office.store().events().find(event.eventId);
    stored->serverSeq += 1000;
    QVERIFY_FAILS(scene.office.store().events().insert(*stored), base::ErrorCode::Conflict);
}

void TestIngest::aGapIsReportedAndFilled()
{
    Scene scene;
    const auto now = scene.office.clock.now();
    QCOMPARE(outcome(scene.call(scene.mine)), std::string("accepted"));
    const auto late = scene.device.event(scene.mine, test::aCall(now), now);
    QCOMPARE(outcome(scene.call(scene.mine)), std::string("accepted +gap_before"));
    auto epoch = **scene.office.store().events().findEpoch(scene.device.id, scene.device.epoch);
    QCOMPARE(epoch.ackedUpto, 1);
    const auto missing = *scene.office.store().events().missing(epoch);
    QCOMPARE(missing.size(), std::size_t{1});
    QCOMPARE(missing[0].first, 2);
    QCOMPARE(missing[0].last, 2);
    QCOMPARE(outcome(scene.store(late)), std::string("accepted"));
    epoch = **scene.office.store().events().findEpoch(scene.device.id, scene.device.epoch);
    QCOMPARE(epoch.ackedUpto, 3);
}

void TestIngest::aBrokenChainIsQuarantined()
{
    Scene scene;
    const auto now = scene.office.clock.now();
    QCOMPARE(outcome(scene.call(scene.mine)), std::string("accepted"));
    const auto broken = scene.device.event(scene.mine, test::aCall(now), now, [](domain::EventHeader& header) { header.prevHash[5] ^= 1; });
    QCOMPARE(outcome(scene.store(broken)), std::string("quarantined chain_break"));
}

void TestIngest::aForeignCaseAnswersLikeOneThatDoesNotExist()
{
    Scene scene;
    const auto foreign = scene.call(scene.foreign);
    const auto unknown = scene.call(domain::CaseId::random());
    QCOMPARE(outcome(foreign), std::string("quarantined unknown_case"));
    QCOMPARE(outcome(unknown), outcome(foreign));
    const auto rows = scene.office.store().rows().listOfCase(scene.foreign);
    QCOMPARE(rows->size(), std::size_t{1});   // the case row alone: nothing of the intruder is shown there
}

void TestIngest::workOnACaseTakenAwayIsAccepted()
{
    Scene scene;
    scene.office.assign({scene.mine}, scene.other);
    const auto result = scene.call(scene.mine);
    QCOMPARE(outcome(result), std::string("accepted +late_after_unassign"));
    QCOMPARE(annotationOf(scene, result.eventId), std::string("accepted"));
}

void TestIngest::workOnAClosedCaseMovesNothing()
{
    Scene scene;
    const auto closed = scene.office.addCase("3", domain::CaseStatus::Paid);
    scene.office.assign({closed}, scene.agent);
    const auto now = scene.office.clock.now();
    const auto result = scene.store(scene.device.event(closed, test::aPromise(5000, "2026-03-09"), now));
    QCOMPARE(outcome(result), std::string("accepted +stale_context"));
    const auto promise = scene.office.store().rows().find(domain::kind::kPromise, result.eventId.uuid());
    QVERIFY2(promise && !*promise, "no promise stands on a case that was paid");
}

void TestIngest::aClockAheadIsFlagged()
{
    Scene scene;
    const auto ahead = scene.office.clock.now().plusSeconds(301);
    QCOMPARE(outcome(scene.store(scene.device.event(scene.mine, test::aCall(ahead), ahead))), std::string("accepted +clock_skew"));
}

void TestIngest::theLaterPromiseIsCurrent()
{
    Scene scene;
    const auto now = scene.office.clock.now();
    const auto first = scene.store(scene.device.event(scene.mine, test::aPromise(5000, "2026-03-09"), now));
    const auto second = scene.store(scene.device.event(scene.mine, test::aPromise(7000, "2026-03-12"), now));
    const auto state = [&](const domain::EventId& id) {
        const auto row = **scene.office.store().rows().find(domain::kind::kPromise, id.uuid());
        return domain::promiseFromJson(id, scene.mine, *base::parseJson(*row.body))->state;
    };
    QCOMPARE(state(first.eventId), domain::PromiseState::Cancelled);
    QCOMPARE(state(second.eventId), domain::PromiseState::Open);
    QCOMPARE(annotationOf(scene, first.eventId), std::string("superseded"));
}

void TestIngest::aReminderSetsTheNextActionAndACallFulfilsIt()
{
    Scene scene;
    const auto now = scene.office.clock.now();
    const auto due = now.plusSeconds(3600);
    (void)scene.store(scene.device.event(scene.mine, domain::ReminderPayload{due, "callback"}, now));
    QCOMPARE(scene.office.caseRow(scene.mine).nextActionAt, std::optional(due));
    (void)scene.store(scene.device.event(scene.mine, test::aCall(due), due));
    QVERIFY(!scene.office.caseRow(scene.mine).nextActionAt);
}

void TestIngest::aCallAgainstTheGateIsAnnotated()
{
    Scene scene;
    const auto now = scene.office.clock.now();
    const auto result = scene.store(scene.device.event(scene.mine, test::aCall(now, "block"), now));
    QCOMPARE(outcome(result), std::string("accepted"));   // it happened
    QCOMPARE(annotationOf(scene, result.eventId), std::string("outside_rules"));
}

void TestIngest::aContactPointOfAnotherCaseIsNotTouched()
{
    Scene scene;
    const auto now = scene.office.clock.now();
    auto from = scene.office.addDevice(scene.other);
    const domain::ContactPointChangePayload added{domain::ContactPointId::random(), domain::PartyId::random(), true, domain::ContactPointKind::Mobile,
                                                  base::SensitiveText("19900000007"), std::nullopt, domain::ContactSource::ToldByContact};
    QCOMPARE(outcome(scene.store(from.event(scene.foreign, added, now), scene.other, from)), std::string("accepted"));
    auto stolen = added;
    stolen.added = false;
    stolen.value = base::SensitiveText("19900000008");
    const auto result = scene.store(scene.device.event(scene.mine, stolen, now));
    QCOMPARE(outcome(result), std::string("accepted"));
    QCOMPARE(annotationOf(scene, result.eventId), std::string("rejected"));
    const auto row = **scene.office.store().rows().find(domain::kind::kPhone, added.contactPointId.uuid());
    QVERIFY(row.caseId == scene.foreign);
    QVERIFY(row.body->find("19900000007") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestIngest)
#include "tst_ingest.moc"
