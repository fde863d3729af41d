// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "app/domain/eventpayloads.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::domain;

class TestEventPayloads : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void everyTypeReadsBack_data();
    void everyTypeReadsBack();
    void refusesWrongMembers_data();
    void refusesWrongMembers();
    void unknownTypesAreToldApart();
    void vocabulariesReadBack();
};

Q_DECLARE_METATYPE(EventPayload)

void TestEventPayloads::everyTypeReadsBack_data()
{
    QTest::addColumn<EventPayload>("payload");
    const auto party = PartyId::random();
    const auto cny = *base::Currency::tryFromCode("CNY");
    CallPayload call{.partyId = party};
    call.contactPointId = ContactPointId::random();
    call.accountIds = {AccountId::random(), AccountId::random()};
    call.startedAt = base::Instant::fromMilliseconds(1764000000123);
    call.durationS = 42;
    call.outcome = "promise";
    call.result = ContactResult::Conversation;
    call.rightParty = true;
    call.note = base::SensitiveText("答应周五还款");
    call.phraseFindings = {{"CN-01.injury", 3, 8, "quoted"}, {"CN-04.arrest", 9, 12, "appealed", base::SensitiveText("the court order says so")}};
    call.gate = {{"decision", "allow"}};
    QTest::newRow("call") << EventPayload(call);
    QTest::newRow("note") << EventPayload(NotePayload{base::SensitiveText("a \"quoted\" note\n"), {}});
    QTest::newRow("promise") << EventPayload(
        PromisePayload{party, *base::Money::tryFromMinor(123456, cny), *base::Date::tryFromIso("2026-12-05"), "app", EventId::random()});
    QTest::newRow("reminder") << EventPayload(ReminderPayload{base::Instant::fromSeconds(1764000000), "callback"});
    QTest::newRow("reveal") << EventPayload(RevealPayload{"phone", base::Uuid::random(), "dial"});
    QTest::newRow("flag") << EventPayload(FlagPayload{FlagKind::MediumOptOut, true, party, Channel::Message, "asked on the phone"});
    QTest::newRow("contact point change") << EventPayload(ContactPointChangePayload{
        ContactPointId::random(), party, true, ContactPointKind::Mobile, base::SensitiveText("0000"), ContactStatus::Active, ContactSource::ToldByContact});
    QTest::newRow("epoch started") << EventPayload(EpochStartedPayload{"enrolment", std::nullopt, 0, {}});
    QTest::newRow("draft recovered") << EventPayload(DraftRecoveredPayload{"call", base::SensitiveText("{}")});
    AttachmentPayload attachment{.purpose = "call", .key = base::Sensitive<base::Bytes>(base::Bytes(32, 5)), .ended = "recovered"};
    attachment.size = 4711;
    attachment.durationMs = 61'000;
    attachment.marks = {{"gap", 1'000, 500, 1, "device_lost"}, {"mute", 4'000, 2'000, -1, "payment_data"}};
    attachment.overview = {1, 2, 3, 4};
    QTest::newRow("attachment") << EventPayload(attachment);
    QTest::newRow("review") << EventPayload(ReviewPayload{.action = "comment", .recording = EventId::random(), .fromMs = 10, .toMs = 20, .text = base::SensitiveText("good")});
}

void TestEventPayloads::everyTypeReadsBack()
{
    QFETCH(EventPayload, payload);
    const auto bytes = encodePayload(payload);
    const auto again = decodePayload(typeOf(payload), 1, bytes);
    QVERIFY_RESULT(again);
    QCOMPARE(again->index(), payload.index());
    QCOMPARE(encodePayload(*again), bytes);
}

void TestEventPayloads::refusesWrongMembers_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("place");
    const auto row = [](const char* name, const char* type, const char* json, const char* place) {
        QTest::newRow(name) << QString::fromLatin1(type) << QString::fromLatin1(json) << QString::fromLatin1(place);
    };
    row("promise of nothing", "promise",
        R"({"amount_minor":0,"currency":"CNY","due_on":"2026-12-05","party_id":"44444444-4444-4444-8444-444444444444"})", "/payload/amount_minor");
    row("promise on 31 February", "promise",
        R"({"amount_minor":1,"currency":"CNY","due_on":"2026-02-31","party_id":"44444444-4444-4444-8444-444444444444"})", "/payload/due_on");
    row("promise in an unknown currency", "promise",
        R"({"amount_minor":1,"currency":"yuan","due_on":"2026-02-01","party_id":"44444444-4444-4444-8444-444444444444"})", "/payload/currency");
    row("flag of an unknown kind", "flag", R"({"kind":"angry","set":true})", "/payload/kind");
    row("note without text", "note", "{}", "/payload/text");
    row("payload that is no object", "note", "[]", "/payload");
}

void TestEventPayloads::refusesWrongMembers()
{
    QFETCH(QString, type);
    QFETCH(QString, json);
    QFETCH(QString, place);
    const auto payload = decodePayload(type.toStdString(), 1, json.toStdString());
    QVERIFY_FAILS(payload, base::ErrorCode::Invalid);
    QVERIFY2(payload.error().detail.starts_with(place.toStdString()), payload.error().detail.c_str());
}

void TestEventPayloads::unknownTypesAreToldApart()
{
    QVERIFY_FAILS(decodePayload("telepathy", 1, "{}"), base::ErrorCode::Protocol);
    QVERIFY_FAILS(decodePayload("note", 2, R"({"text":"x"})"), base::ErrorCode::Protocol);
}

void TestEventPayloads::vocabulariesReadBack()
{
    QCOMPARE(std::string(toWord(ContactResult::OutOfService)), std::string("out_of_service"));
    QCOMPARE(std::string(toWord(FlagKind::ThirdPartyOptOut)), std::string("third_party_opt_out"));
    QVERIFY(flagKindFromWord("plan_in_force") == FlagKind::PlanInForce);
    QVERIFY(contactSourceFromWord("told_by_contact") == ContactSource::ToldByContact);
    QVERIFY(!partyRoleFromWord("Debtor"));
    QVERIFY(!channelFromWord(""));
}

QTEST_GUILESS_MAIN(TestEventPayloads)
#include "tst_eventpayloads.moc"
