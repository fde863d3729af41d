// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "app/domain/projection.h"
#include "app/domain/wire/wire.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::domain;

namespace {

SignedStatement someStatement(const char* kind)
{
    return signStatement(base::SigningKey::generate(), {{"v", 1}, {"kind", kind}});
}

// A message must say the same after a trip over the wire.
template <class Message, class Decode>
void roundTrip(const Message& message, Decode decode)
{
    const auto json = wire::encode(message);
    const auto again = decode(*base::parseJson(json.dump()));
    QVERIFY_RESULT(again);
    QCOMPARE(wire::encode(*again).dump(), json.dump());
}

} // namespace

class TestWire : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void messagesReadBack();
    void unknownMembersAreIgnored();
    void aBadEventIsNamedByItsIndex();
    void rowsReadBack();
};

void TestWire::messagesReadBack()
{
    const auto now = base::Instant::fromSeconds(1764000000);
    roundTrip(wire::Hello{DatasetId::random(), 1, 1, now, "c", 120, someStatement("identity"), {}}, wire::decodeHello);
    roundTrip(wire::EnrolRequest{"li.na", "secret", someStatement("enrol")}, wire::decodeEnrolRequest);
    roundTrip(wire::EnrolResponse{DatasetId::random(), DeviceId::random(), UserId::random(), "agent",
                                  {{"sig-1", "sign", "ed25519", base::Bytes(32, 1), now}}, {}},
              wire::decodeEnrolResponse);
    roundTrip(wire::SessionRequest{someStatement("session"), "secret", std::nullopt}, wire::decodeSessionRequest);
    wire::SessionResponse session{base::Uuid::random(), "token", 900, "refresh", 5, {"push", "pull"}, {}, true, true, false, "client too old", {}, now};
    session.epochs = {{EpochId::random(), 40, 45, {{41, 41}, {44, 45}}}};
    roundTrip(session, wire::decodeSessionResponse);
    const EventEnvelope event{EventId::random(), EpochId::random(), 7, "{}", eventHash("{}"), {}, "{}", base::Bytes(32, 2)};
    roundTrip(wire::EventsRequest{event.epoch, {event}}, wire::decodeEventsRequest);
    roundTrip(wire::EventsResponse{event.epoch, 7, {}, {{event.eventId, 7, "quarantined", "unknown_type", {"clock_skew"}, someStatement("receipt")}}},
              wire::decodeEventsResponse);
    roundTrip(wire::PullRequest{3, "abc", 200}, wire::decodePullRequest);
    wire::PullOp put{.op = "put", .seq = 5, .kind = "case", .id = base::Uuid::random(), .caseId = CaseId::random(), .body = "{\"a\":1}",
                     .revokeId = {}, .statement = {}, .leaseUntil = {}};
    wire::PullOp revoke{.op = "revoke", .seq = 6, .kind = {}, .id = {}, .caseId = CaseId::random(), .body = {}, .revokeId = base::Uuid::random(),
                        .statement = someStatement("revoke"), .leaseUntil = {}};
    wire::PullOp lease{.op = "lease", .seq = 7, .kind = {}, .id = {}, .caseId = {}, .body = {}, .revokeId = {}, .statement = {}, .leaseUntil = now};
    roundTrip(wire::PullResponse{3, 7, true, "next", {put, revoke, lease}}, wire::decodePullResponse);
    roundTrip(wire::Problem{409, "resync_required", "after_resync", "Full resync needed", "…", 30, {{"/cursor", "scope_changed"}}}, wire::decodeProblem);
}

void TestWire::unknownMembersAreIgnored()
{
    auto json = wire::encode(wire::PullRequest{3, "abc", 200});
    json["later"] = {{"much", "later"}};
    QVERIFY_RESULT(wire::decodePullRequest(json));
}

void TestWire::aBadEventIsNamedByItsIndex()
{
    const EventEnvelope event{EventId::random(), EpochId::random(), 7, "{}", eventHash("{}"), {}, "{}", base::Bytes(32, 2)};
    auto json = wire::encode(wire::EventsRequest{event.epoch, {event, event}});
    json["events"][1]["sig"] = "short";
    const auto request = wire::decodeEventsRequest(json);
    QVERIFY_FAILS(request, base::ErrorCode::Invalid);
    QVERIFY2(request.error().detail.starts_with("/events/1/sig"), request.error().detail.c_str());
}

void TestWire::rowsReadBack()
{
    const auto cny = *base::Currency::tryFromCode("CNY");
    const auto money = [&](std::int64_t minor) { return *base::Money::tryFromMinor(minor, cny); };
    const auto now = base::Instant::fromSeconds(1764000000);
    const auto party = PartyId::random();
    const auto caseId = CaseId::random();
    const CaseRow row{caseId, "A-1", "portfolio", "Bank", CaseStatus::Open, money(5), money(3), 42, "M2", 7, base::SensitiveText("张三"), "hot",
                      {{FlagKind::Dispute, now, std::nullopt, party, {AccountId::random()}, Channel::Call}},
                      {{"outside_hours", party, now, now, std::nullopt}}, UserId::random(), now};
    const auto again = caseFromJson(caseId, toJson(row));
    QVERIFY_RESULT(again);
    QCOMPARE(toJson(*again).dump(), toJson(row).dump());
    const PartyRow debtor{party, caseId, PartyRole::Debtor, base::SensitiveText("张三"), base::SensitiveText(""), "Asia/Shanghai",
                          std::nullopt, "self", std::nullopt, false, "key"};
    QCOMPARE(toJson(*partyFromJson(party, caseId, toJson(debtor))).dump(), toJson(debtor).dump());
    const AccountRow account{AccountId::random(), caseId, "6222", "card", money(1), money(2), money(3), money(4), 42,
                             base::Date::tryFromIso("2025-01-01"), std::nullopt, {{"limit", "5000"}}};
    QCOMPARE(toJson(*accountFromJson(account.id, caseId, toJson(account))).dump(), toJson(account).dump());
    auto broken = toJson(row);
    broken["status"] = "lost";
    QVERIFY_FAILS(caseFromJson(caseId, broken), base::ErrorCode::Invalid);
}

QTEST_GUILESS_MAIN(TestWire)
#include "tst_wire.moc"
