// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include "app/services/gaterecord.h"
#include "app/services/openprofile.h"
#include "app/services/recorder.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testprofile.h"
#include "tests/support/testresult.h"
#include "tests/sync/virtualtime.h"

using namespace evenhand;
using namespace evenhand::test;
using compliance::Verdict;

namespace {

base::Money gateMoney(std::int64_t minor) { return *base::Money::tryFromMinor(minor, *base::Currency::tryFromCode("CNY")); }

domain::wire::PullOp putRow(std::int64_t seq, const char* kind, const base::Uuid& id, int caseNumber, const base::Json& body)
{
    return {"put", seq, kind, id, idNo<domain::CaseId>(caseNumber), base::canonical(body), {}, {}, {}};
}

/// Cases 1 and 2 belong to one person, case 3 to somebody else.
std::vector<domain::wire::PullOp> caseOf(int number)
{
    const auto caseId = idNo<domain::CaseId>(number);
    const domain::CaseRow row{caseId, "B-" + std::to_string(number), "p", "Example Bank", domain::CaseStatus::Open, gateMoney(100'000), gateMoney(20'000), 35, "M2",
                              1, base::SensitiveText("李明"), std::nullopt, {}, {}, identity().user, std::nullopt};
    const domain::PartyRow party{idNo<domain::PartyId>(number * 100 + 10), caseId, domain::PartyRole::Debtor, base::SensitiveText("李明"),
                                 base::SensitiveText("110101199001010000"), "Asia/Shanghai", std::nullopt, std::nullopt, std::nullopt, std::nullopt,
                                 number == 3 ? "somebody-else" : "one-person"};
    const domain::ContactPointRow phone{idNo<domain::ContactPointId>(number * 100 + 11), caseId, party.id, domain::ContactPointKind::Mobile,
                                        base::SensitiveText("19900000000"), domain::ContactSource::Contract, domain::ContactStatus::Active, std::nullopt, ""};
    const auto seq = number * 10;
    return {putRow(seq, domain::kind::kCase, caseId.uuid(), number, toJson(row)), putRow(seq + 1, domain::kind::kParty, party.id.uuid(), number, toJson(party)),
            putRow(seq + 2, domain::kind::kPhone, phone.id.uuid(), number, toJson(phone))};
}

/// An open profile with the Chinese rules and three cases.
struct GateBench {
    FakeClock clock;
    VirtualTime time{clock};
    QTemporaryDir dir;
    std::shared_ptr<const services::ActivePacks> packs;
    std::unique_ptr<services::OpenProfile> profile;

    base::Result<> open()
    {
        static const auto loaded = services::ActivePacks::load({EVENHAND_SOURCE_DIR "/resources/packs/cn-consumer-2026"});   // takes seconds
        EVENHAND_ASSIGN(packs, base::Result<std::shared_ptr<const services::ActivePacks>>(loaded));
        const auto folder = dir.path().toStdString();
        {
            EVENHAND_ASSIGN(auto journal, openJournal(folder, clock));
        }
        EVENHAND_ASSIGN(auto lock, services::ProfileLock::take(folder));
        services::OpenProfile::Parts parts{folder, std::move(lock), {fixedKey(1), fixedKey(2), fixedKey(3), deviceKey()}, "test"};
        services::OpenProfile::Surroundings around{clock, time, [](const services::ChangeSet&) {}, [] {}, [this] { return packs; }};
        EVENHAND_ASSIGN(profile, services::OpenProfile::open(std::move(parts), std::move(around)));
        domain::wire::PullResponse page{1, 900, true, "900", {}};
        for (int number : {1, 2, 3})
            for (auto& op : caseOf(number))
                page.ops.push_back(std::move(op));
        EVENHAND_TRY(profile->cache().stagePage(page));
        EVENHAND_TRY(profile->cache().applyStaged());
        return {};
    }

    [[nodiscard]] services::GateRequest request(int number) const
    {
        return {.caseId = idNo<domain::CaseId>(number), .partyId = idNo<domain::PartyId>(number * 100 + 10), .contactPointId = idNo<domain::ContactPointId>(number * 100 + 11)};
    }

    /// Asks the gate, talks to the person, saves.
    [[nodiscard]] base::Result<domain::EventId> call(int number, domain::ContactResult result = domain::ContactResult::Conversation,
                                                     const std::string& judgedBy = {})
    {
        EVENHAND_ASSIGN(auto answer, services::askGate(*profile, request(number)));
        if (!judgedBy.empty())
            answer.json["packs"][0]["hash"] = judgedBy;
        services::CallDraft draft{idNo<domain::CaseId>(number), std::nullopt, aCall()};
        draft.call.outcome = packs->outcomes.all().front().code;
        draft.call.partyId = request(number).partyId;
        draft.call.contactPointId = request(number).contactPointId;
        draft.call.startedAt = clock.now();
        draft.call.result = result;
        draft.call.gate = answer.json;
        EVENHAND_ASSIGN(const auto saved, services::recordCall(*profile, draft));
        clock.advance(60'000);
        return saved.eventId;
    }
};

} // namespace

class TestGateRecord : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }

    void theSameQuestionGivesTheSameAnswerLater()
    {
        GateBench bench;
        QVERIFY_RESULT(bench.open());
        std::vector<domain::EventId> calls;
        for (int i = 0; i < 4; ++i) {
            auto call = bench.call(1);
            QVERIFY_RESULT(call);
            calls.push_back(*call);
        }
        bench.clock.advance(3'600'000LL * 14);   // at night everything is closed, which must not colour what was asked by day
        for (std::size_t i = 0; i < calls.size(); ++i) {
            const auto replay = services::replayGate(*bench.profile, idNo<domain::CaseId>(1), calls[i]);
            QVERIFY_RESULT(replay);
            QVERIFY2(replay->whyNot.empty(), replay->whyNot.c_str());
            QVERIFY(replay->isSame);
            QCOMPARE(replay->stored.verdict, i < 3 ? Verdict::Allow : Verdict::Block);   // the fourth came in all the same, and is on record
            const auto talks = std::ranges::find(replay->opinions, "cn.conversations_per_day", &compliance::RuleOpinion::rule);
            QVERIFY(talks != replay->opinions.end());
            QVERIFY2(talks->text.at("en").find(std::to_string(i)) != std::string::npos, talks->text.at("en").c_str());
        }
    }

    void otherRulesAreNotPassedOffAsTheOldOnes()
    {
        GateBench bench;
        QVERIFY_RESULT(bench.open());
        const auto call = bench.call(1, domain::ContactResult::Conversation, "sha256:of-another-version");
        QVERIFY_RESULT(call);
        const auto replay = services::replayGate(*bench.profile, idNo<domain::CaseId>(1), *call);
        QVERIFY_RESULT(replay);
        QCOMPARE(replay->whyNot, std::string(services::replayproblem::kOtherRules));
        QVERIFY(!replay->again && !replay->isSame);
    }

    void contactsWithThePersonInOtherCasesArePressure()
    {
        GateBench bench;
        QVERIFY_RESULT(bench.open());
        QVERIFY_RESULT(bench.call(2, domain::ContactResult::NoAnswer));
        bench.clock.advance(86'400'000LL * 10);
        QVERIFY_RESULT(bench.call(1));
        QVERIFY_RESULT(bench.call(3));
        const auto view = bench.profile->caseView(idNo<domain::CaseId>(1));
        QVERIFY_RESULT(view);
        QCOMPARE(view->pressure.last7Days, 1);
        QCOMPARE(view->pressure.last30Days, 2);
        QCOMPARE(view->pressure.talks30Days, 1);
        QCOMPARE(view->pressure.cases, 2);
        QCOMPARE(view->pressure.byDay[0], 1);
        QCOMPARE(view->pressure.byDay[10], 1);
    }

    void goingOnIsOnRecordBeforeAnythingIsDialled()
    {
        GateBench bench;
        QVERIFY_RESULT(bench.open());
        for (int i = 0; i < 6; ++i)
            QVERIFY_RESULT(bench.call(1, domain::ContactResult::NoAnswer));
        const auto warned = services::askGate(*bench.profile, bench.request(1));
        QVERIFY_RESULT(warned);
        QCOMPARE(warned->decision.verdict, Verdict::Warn);
        QVERIFY(warned->mayOverride);
        const auto before = bench.profile->journal().counts()->total;
        const auto gone = services::overrideGate(*bench.profile, bench.request(1), *warned, services::OverrideReason::Agreed);
        QVERIFY_RESULT(gone);
        QCOMPARE(bench.profile->journal().counts()->total, before + 1);
        QCOMPARE(services::overrideReasonOf(gone->json), std::string("agreed"));
        QVERIFY(base::toCanonicalJson(gone->json).has_value());
    }

    void nobodyGoesOnInSpiteOfABlock()
    {
        GateBench bench;
        QVERIFY_RESULT(bench.open());
        bench.clock.advance(3'600'000LL * 13);   // 23:00
        const auto blocked = services::askGate(*bench.profile, bench.request(1));
        QVERIFY_RESULT(blocked);
        QCOMPARE(blocked->decision.verdict, Verdict::Block);
        QVERIFY(!blocked->mayOverride);
        const auto before = bench.profile->journal().counts()->total;
        const auto gone = services::overrideGate(*bench.profile, bench.request(1), *blocked, services::OverrideReason::Instructed);
        QVERIFY(!gone);
        QCOMPARE(gone.error().code, base::ErrorCode::Forbidden);
        QCOMPARE(bench.profile->journal().counts()->total, before);
    }
};

QTEST_GUILESS_MAIN(TestGateRecord)
#include "tst_gaterecord.moc"
