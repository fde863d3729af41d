// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <future>

#include <QRandomGenerator>
#include <QTest>

#include "server/projection/caserules.h"
#include "server/sequencer/ingest.h"
#include "server/sequencer/sequencer.h"
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
    test::Office office;
    UserRecord agent = office.addUser("agent", UserRole::Agent, "north");
    UserRecord other = office.addUser("other", UserRole::Agent, "south");
    domain::CaseId mine = office.addCase("1");
    domain::CaseId foreign = office.addCase("2");
    domain::CaseId paid = office.addCase("paid", domain::CaseStatus::Paid);
    test::Device device = office.addDevice(agent);

    explicit Scene(test::Office::Place place = test::Office::Place::Memory) : office(place)
    {
        office.assign({mine, paid}, agent);
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
    std::vector<EventResult> storeTogether(Sequencer& sequencer, ReceiptSigner& signer, const std::vector<domain::EventEnvelope>& events)
    {
        const DeviceRecord record{device.id, agent.id, device.key.publicKey(), "test", office.clock.now()};
        std::vector<CheckedEvent> checked;
        for (const auto& event : events)
            checked.push_back(checkEvent(event, record, device.dataset, office.clock.now()));
        std::vector<EventResult> results;
        std::promise<base::Result<>> answered;
        sequencer.submit(
            events.size(),
            [&](Store& store) -> base::Result<> {
                EVENHAND_ASSIGN(results, Ingest(store, office.keys(), agent, &signer).store(std::move(checked)));
                return store.events().advanceEpoch(device.id, device.epoch);
            },
            [&](base::Result<> outcome) { answered.set_value(std::move(outcome)); });
        if (const auto stored = answered.get_future().get(); !stored)
            qFatal("%s", stored.error().detail.c_str());
        return results;
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

/// Batches of every kind of event that a device may hand in, good and bad, some of them twice. The same seed makes the same history.
std::vector<std::vector<domain::EventEnvelope>> randomHistory(Scene& scene, quint32 seed)
{
    QRandomGenerator random(seed);
    const auto now = scene.office.clock.now();
    std::vector<std::vector<domain::EventEnvelope>> history;
    std::vector<domain::EventEnvelope> sent;
    const auto caseOf = [&]() -> std::optional<domain::CaseId> {
        const std::optional<domain::CaseId> all[] = {scene.mine, scene.mine, scene.mine, scene.paid, scene.foreign, std::nullopt};
        return all[random.bounded(6)];
    };
    for (int batch = 0; batch < 6; ++batch) {
        std::vector<domain::EventEnvelope> events;
        for (int i = random.bounded(1, 14); i > 0; --i) {
            const int what = random.bounded(14);
            if (what == 0)
                scene.device.skip();
            const domain::EventPayload payload = what == 1 ? domain::EventPayload(test::aPromise(5000 + i, "2026-03-09"))
                : what == 2                                ? domain::EventPayload(domain::ReminderPayload{now.plusSeconds(-60), "callback"})
                                                           : domain::EventPayload(test::aCall(now));
            auto event = scene.device.event(caseOf(), payload, now, [&](domain::EventHeader& header) {
                if (what == 3)
                    header.prevHash[0] ^= 1;
                if (what == 4 && !sent.empty())
                    header.eventId = sent.back().eventId;   // another event under an id that is taken
                if (what == 5 && !sent.empty())
                    header.supersedes = sent.front().eventId;
                if (what == 6)
                    header.type = "of_the_future";
            });
            if (what == 7)
                event.signature[3] ^= 1;
            events.push_back(event);
            sent.push_back(event);
            if (what == 8) {   // the very same bytes once more, said to be the next one
                event.seq += 1;
                scene.device.skip();
                events.push_back(event);
            }
        }
        history.push_back(events);
        if (random.bounded(3) == 0)
            history.push_back(events);   // the reply was lost
        if (random.bounded(4) == 0)      // an old copy of the file was restored: other events in the same places
            scene.device.putBack(std::max<std::int64_t>(0, scene.device.headSeq() - 3), scene.device.headHash());
    }
    return history;
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
    void directlyWrittenBodiesAreCanonical();
    void aBatchIsJudgedLikeItsEventsOneByOne_data();
    void aBatchIsJudgedLikeItsEventsOneByOne();
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
    const auto inserted = scene.office.store().events().insert(*stored);
    QVERIFY_FAILS(inserted ? scene.office.store().connection().flush() : inserted, base::ErrorCode::Conflict);
}

void TestIngest::directlyWrittenBodiesAreCanonical()
{
    Scene scene;
    const auto ahead = scene.office.clock.now().plusSeconds(400);
    const auto result = scene.store(scene.device.event(scene.mine, test::aCall(ahead), ahead));
    QCOMPARE(outcome(result), std::string("accepted +clock_skew"));
    const auto& receipt = result.receipt.statement;
    QCOMPARE(*base::toCanonicalJson(*base::parseJson(receipt)), receipt);
    const auto stored = **scene.office.store().events().find(result.eventId);
    const domain::EventEcho echo{stored.eventId,    stored.header, base::Bytes(stored.signature.begin(), stored.signature.end()), stored.payload, stored.salt, stored.serverSeq,
                                 stored.receivedAt, stored.verdict, stored.flags};
    QCOMPARE(*(**scene.office.store().rows().find(domain::kind::kEvent, result.eventId.uuid())).body, base::canonical(domain::toJson(echo)));
    auto erased = stored;
    erased.payload.reset();
    erased.salt.reset();
    erased.flags = {"one", "two"};
    const auto body = echoBody(erased);
    QCOMPARE(*base::toCanonicalJson(*base::parseJson(body)), body);
}

void TestIngest::aBatchIsJudgedLikeItsEventsOneByOne_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 12; ++seed)
        QTest::addRow("random batch %u", seed) << seed;
}

// The same random history twice: event by event, and in batches through the sequencer with its cache, its pipeline and its signer.
void TestIngest::aBatchIsJudgedLikeItsEventsOneByOne()
{
    QFETCH(quint32, seed);
    Scene single;
    Scene batched(test::Office::Place::File);
    QStringList expected;
    for (const auto& batch : randomHistory(single, seed)) {
        for (const auto& event : batch)
            expected << QString::fromStdString(outcome(single.store(event)));
    }
    QStringList got;
    const auto sequencer = *Sequencer::start(batched.office.url(), batched.office.clock);
    ReceiptSigner signer(batched.office.keys(), batched.office.store().dataset());
    for (const auto& batch : randomHistory(batched, seed)) {
        for (const auto& result : batched.storeTogether(*sequencer, signer, batch)) {
            got << QString::fromStdString(outcome(result));
            QVERIFY_RESULT(domain::verifyStatement(batched.office.keys().publicKey(), "receipt", result.receipt.statement, result.receipt.signature));
        }
    }
    QCOMPARE(got, expected);
    for (auto* scene : {&single, &batched}) {   // and the sums are those of the rows
        for (const auto& id : {scene->mine, scene->paid, scene->foreign}) {
            const auto stored = scene->office.store().digests().find(id);
            QVERIFY(!*stored || **stored == *scene->office.store().digests().count(id));
        }
    }
    const auto state = [](Scene& scene) { return (**scene.office.store().events().findEpoch(scene.device.id, scene.device.epoch)).ackedUpto; };
    QCOMPARE(state(batched), state(single));
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
