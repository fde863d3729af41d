// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include "app/base/json.h"
#include "app/services/openprofile.h"
#include "app/services/recorder.h"
#include "app/services/settings.h"
#include "tests/support/testprofile.h"
#include "tests/support/testresult.h"
#include "tests/sync/virtualtime.h"

using namespace evenhand;
using namespace evenhand::test;

namespace {

base::Money cny(std::int64_t minor)
{
    return *base::Money::tryFromMinor(minor, *base::Currency::tryFromCode("CNY"));
}

domain::wire::PullOp put(std::int64_t seq, const char* kind, const base::Uuid& id, int caseNumber, const base::Json& body)
{
    return {"put", seq, kind, id, idNo<domain::CaseId>(caseNumber), base::canonical(body), {}, {}, {}};
}

/// Case `number` with one debtor (10) and one mobile (11), as the server would send it.
std::vector<domain::wire::PullOp> aCaseOf(int number, int priority, std::optional<base::Instant> callBack = std::nullopt)
{
    const auto caseId = idNo<domain::CaseId>(number);
    const domain::CaseRow row{caseId, "B-" + std::to_string(number), "p", "Example Bank", domain::CaseStatus::Open, cny(100'000), cny(20'000), 35, "M2",
                              priority, base::SensitiveText("李明"), std::nullopt, {}, {}, identity().user, callBack};
    const domain::PartyRow party{idNo<domain::PartyId>(number * 100 + 10), caseId, domain::PartyRole::Debtor, base::SensitiveText("李明"),
                                 base::SensitiveText("110101199001010000"), "Asia/Shanghai", std::nullopt, std::nullopt, std::nullopt, std::nullopt, ""};
    const domain::ContactPointRow phone{idNo<domain::ContactPointId>(number * 100 + 11), caseId, party.id, domain::ContactPointKind::Mobile,
                                        base::SensitiveText("19900000000"), domain::ContactSource::Contract, domain::ContactStatus::Active, std::nullopt, ""};
    const auto seq = number * 10;
    return {put(seq, domain::kind::kCase, caseId.uuid(), number, toJson(row)), put(seq + 1, domain::kind::kParty, party.id.uuid(), number, toJson(party)),
            put(seq + 2, domain::kind::kPhone, phone.id.uuid(), number, toJson(phone))};
}

/// An open profile with some cases, no network and no packs.
struct Bench {
    FakeClock clock;
    VirtualTime time{clock};
    QTemporaryDir dir;
    std::vector<services::ChangeSet> told;
    std::unique_ptr<services::OpenProfile> profile;

    base::Result<> open()
    {
        const auto folder = dir.path().toStdString();
        {
            EVENHAND_ASSIGN(auto journal, openJournal(folder, clock));
        }
        EVENHAND_ASSIGN(auto lock, services::ProfileLock::take(folder));
        services::OpenProfile::Parts parts{folder, std::move(lock), {fixedKey(1), fixedKey(2), fixedKey(3), deviceKey()}, "test"};
        services::OpenProfile::Surroundings around{clock, time, [this](const services::ChangeSet& what) { told.push_back(what); }, [] {}, [] { return nullptr; }};
        EVENHAND_ASSIGN(profile, services::OpenProfile::open(std::move(parts), std::move(around)));
        domain::wire::PullResponse page{1, 900, true, "900", {}};
        for (const auto& ops : {aCaseOf(1, 10), aCaseOf(2, 30), aCaseOf(3, 20, clock.now().plusSeconds(-60)), aCaseOf(4, 5, clock.now().plusSeconds(3600))})
            page.ops.insert(page.ops.end(), ops.begin(), ops.end());
        EVENHAND_TRY(profile->cache().stagePage(page));
        EVENHAND_TRY(profile->cache().applyStaged());
        return {};
    }
    [[nodiscard]] services::CallDraft draft(int caseNumber) const
    {
        services::CallDraft out{idNo<domain::CaseId>(caseNumber), std::nullopt, aCall("答应周五还")};
        out.call.partyId = idNo<domain::PartyId>(caseNumber * 100 + 10);
        out.call.contactPointId = idNo<domain::ContactPointId>(caseNumber * 100 + 11);
        out.call.startedAt = clock.now();
        out.promise = services::PromiseDraft{cny(50'000), *base::Date::tryFromIso("2026-03-06"), "app"};
        return out;
    }
    [[nodiscard]] std::int64_t saved() const { return profile->journal().counts()->total; }
};

std::vector<std::string> numbersIn(const base::Result<services::QueuePage>& page)
{
    std::vector<std::string> numbers;
    for (const auto& row : page->rows)
        numbers.push_back(row.businessNo);
    return numbers;
}

} // namespace

class TestServicesRecorder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }

    // P12: within a second of the end, also with the wall clock set back by a month; what happened can still be recorded.
    void aLeaseThatEndedClosesTheCaseWithinASecond()
    {
        Bench bench;
        QVERIFY_RESULT(bench.open());
        const auto id = idNo<domain::CaseId>(1);
        const auto until = bench.clock.now().plusSeconds(3600);
        domain::wire::PullOp lease;
        lease.op = "lease";
        lease.seq = 901;
        lease.leaseUntil = until;
        QVERIFY_RESULT(bench.profile->cache().stagePage({1, 901, true, "901", {lease}}));
        QVERIFY_RESULT(bench.profile->cache().applyStaged());
        const auto draft = bench.draft(1);
        const auto pass = [&bench](std::int64_t ms) {
            bool isOver = false;
            bench.time.after(ms, [&isOver] { isOver = true; });
            return bench.time.runUntil([&isOver] { return isOver; }, ms);
        };
        QVERIFY(pass(1'800'000));
        bench.clock.setWall(bench.clock.now().plusSeconds(-30 * 86'400));
        QVERIFY(pass(1'799'000));
        QVERIFY_RESULT(bench.profile->requireCase(id));
        QVERIFY(!bench.profile->caseView(id)->closedSince);
        bench.told.clear();
        QVERIFY(pass(2'000));
        QVERIFY2(bench.clock.now() < until, "negative control: by the wall clock it would be open for another month");
        QVERIFY2(std::ranges::any_of(bench.told, [](const services::ChangeSet& what) { return what.allCases && what.queue; }), "open pages are told");
        QVERIFY_FAILS(bench.profile->requireCase(id), base::ErrorCode::Forbidden);
        const auto view = bench.profile->caseView(id);
        QVERIFY_RESULT(view);
        QCOMPARE(view->closedSince, std::optional(until));
        QVERIFY(view->parties.empty() && view->timeline.empty() && view->debtor.empty());
        auto page = bench.profile->queue().rows(services::BucketKind::Priority, 0, 10);
        QVERIFY_RESULT(page);
        bench.profile->hideClosed(*page);
        for (const auto& row : page->rows)
            QVERIFY(row.debtor.empty());
        const auto before = bench.saved();
        QVERIFY_RESULT(services::recordCall(*bench.profile, draft));
        QVERIFY_RESULT(services::recordNote(*bench.profile, {id, std::nullopt, {base::SensitiveText("he came to the office"), {}}}));
        QVERIFY(bench.saved() > before);
    }
    void aCallUnderWayCanBeSavedThoughItsCaseWasTakenAway()
    {
        Bench bench;
        QVERIFY_RESULT(bench.open());
        const auto draft = bench.draft(1);
        QVERIFY_RESULT(bench.profile->journal().revokeCase(fixedUuid(77), draft.caseId, {}, 480));
        QVERIFY_RESULT(bench.profile->cache().forgetCase(draft.caseId));
        QVERIFY_FAILS(bench.profile->requireCase(draft.caseId), base::ErrorCode::NotFound);
        QVERIFY_RESULT(services::recordCall(*bench.profile, draft));
        QVERIFY_FAILS(services::recordCall(*bench.profile, bench.draft(99)), base::ErrorCode::NotFound);
    }

    void everythingOfACallIsSavedTogetherAndSeenAtOnce()
    {
        Bench bench;
        QVERIFY_RESULT(bench.open());
        const auto before = bench.saved();
        auto draft = bench.draft(1);
        draft.flags = {{domain::FlagKind::Hardship, true, draft.call.partyId, std::nullopt, "lost the job"}};
        draft.contactPointChanges = {{*draft.call.contactPointId, draft.call.partyId, false, domain::ContactPointKind::Mobile, std::nullopt,
                                      domain::ContactStatus::Invalid, domain::ContactSource::Contract}};
        const auto saved = services::recordCall(*bench.profile, draft);
        QVERIFY_RESULT(saved);
        QCOMPARE(bench.saved(), before + 4);
        QCOMPARE(static_cast<int>(saved->all.size()), 4);
        const auto view = bench.profile->caseView(draft.caseId);
        QVERIFY_RESULT(view);
        QCOMPARE(static_cast<int>(view->timeline.size()), 4);
        QVERIFY(std::ranges::all_of(view->timeline, [](const auto& item) { return item.delivery == services::Delivery::SavedHere && item.isOwn; }));
        QCOMPARE(static_cast<int>(view->promises.size()), 1);
        QVERIFY(view->promises.front().delivery == services::Delivery::SavedHere);
        QVERIFY(view->flags.front().kind == domain::FlagKind::Hardship);
        QVERIFY(view->parties.front().contactPoints.front().status == domain::ContactStatus::Invalid);
        QVERIFY(view->parties.front().contactPoints.front().isUnsentChange);
        QVERIFY(view->workedToday);
    }

    void namesAndNumbersAreMaskedUntilRevealed()
    {
        Bench bench;
        QVERIFY_RESULT(bench.open());
        const auto view = bench.profile->caseView(idNo<domain::CaseId>(1));
        QVERIFY_RESULT(view);
        const auto& phone = view->parties.front().contactPoints.front();
        QVERIFY(phone.value.find("19900000000") == std::string::npos);
        QVERIFY(view->debtor != "李明");
        const auto before = bench.saved();
        const auto clear = services::recordReveal(*bench.profile, view->id, phone.id.uuid(), services::RevealField::Phone, services::RevealReason::Dial);
        QVERIFY_RESULT(clear);
        QCOMPARE(*clear, std::string("19900000000"));
        QCOMPARE(bench.saved(), before + 1);
        bench.profile->journal().connection().failAfter(0);   // negative control: nothing is shown that was not written down
        QVERIFY(!services::recordReveal(*bench.profile, view->id, phone.id.uuid(), services::RevealField::Phone, services::RevealReason::Dial));
        QCOMPARE(bench.saved(), before + 1);
    }

    void whatIsMissingIsNamedAndNothingIsSaved_data()
    {
        QTest::addColumn<int>("mistake");
        QTest::addColumn<QString>("named");
        QTest::addRow("no outcome") << 0 << QStringLiteral("outcome");
        QTest::addRow("a person of another case") << 1 << QStringLiteral("party");
        QTest::addRow("a promise of nothing") << 2 << QStringLiteral("promise/amount");
        QTest::addRow("a call-back before the call") << 3 << QStringLiteral("reminder");
        QTest::addRow("a note that is not UTF-8") << 4 << QStringLiteral("note");
        QTest::addRow("a gate answer that cannot be kept byte for byte") << 5 << QStringLiteral("gate");
    }
    void whatIsMissingIsNamedAndNothingIsSaved()
    {
        QFETCH(const int, mistake);
        QFETCH(const QString, named);
        Bench bench;
        QVERIFY_RESULT(bench.open());
        auto draft = bench.draft(1);
        const std::vector<std::function<void()>> mistakes{
            [&] { draft.call.outcome.clear(); },
            [&] { draft.call.partyId = idNo<domain::PartyId>(210); },
            [&] { draft.promise->amount = cny(0); },
            [&] { draft.reminder = domain::ReminderPayload{draft.call.startedAt.plusSeconds(-1), "callback"}; },
            [&] { draft.call.note = base::SensitiveText("\xff\xfe"); },
            [&] { draft.call.gate = base::Json{{"text", {{"zh_CN", "upper case"}}}}; }};
        mistakes[static_cast<std::size_t>(mistake)]();
        const auto before = bench.saved();
        const auto saved = services::recordCall(*bench.profile, draft);
        QVERIFY_FAILS(saved, base::ErrorCode::Invalid);
        QVERIFY2(QString::fromStdString(saved.error().detail).startsWith(named), saved.error().detail.c_str());
        QCOMPARE(bench.saved(), before);
    }

    void everyFailingAccessLosesNothingAndTheNextTrySucceeds_data()
    {
        QTest::addColumn<bool>("inJournal");
        QTest::addRow("journal") << true;
        QTest::addRow("cache") << false;
    }
    void everyFailingAccessLosesNothingAndTheNextTrySucceeds()
    {
        QFETCH(const bool, inJournal);
        Bench bench;
        QVERIFY_RESULT(bench.open());
        int failures = 0;
        for (int n = 0;; ++n) {
            auto draft = bench.draft(1);
            draft.draftId = services::CallService::newDraftId();
            QVERIFY_RESULT(bench.profile->journal().saveDraft({*draft.draftId, draft.caseId, "call", base::SensitiveText("{}")}));
            const auto before = bench.saved();
            auto& connection = inJournal ? bench.profile->journal().connection() : bench.profile->cache().connection();
            connection.failAfter(n);
            const auto first = services::recordCall(*bench.profile, draft);
            const bool fired = connection.faultFired();
            connection.failAfter(-1);
            if (!first) {
                ++failures;
                QCOMPARE(bench.saved(), before);                                     // not saved, and nothing of it
                QCOMPARE(static_cast<int>(bench.profile->journal().drafts()->size()), 1);   // the text is kept
                QVERIFY_RESULT(services::recordCall(*bench.profile, draft));
            }
            QCOMPARE(bench.saved(), before + 2);
            QVERIFY(bench.profile->journal().drafts()->empty());
            if (!fired)
                break;
            QVERIFY2(n < 500, "no clean run reached");
        }
        QVERIFY(failures > 3);
        QVERIFY(bench.profile->journal().verifyChain()->ok);
    }

    void casesStandInWorkingOrderAndMoveWhenWorked()
    {
        Bench bench;
        QVERIFY_RESULT(bench.open());
        auto& queue = bench.profile->queue();
        QCOMPARE(numbersIn(queue.rows(services::BucketKind::CallbackDue, 0, 10)), (std::vector<std::string>{"B-3"}));
        QCOMPARE(numbersIn(queue.rows(services::BucketKind::Priority, 0, 10)), (std::vector<std::string>{"B-2", "B-1"}));
        QCOMPARE(numbersIn(queue.rows(services::BucketKind::HeldOut, 0, 10)), (std::vector<std::string>{"B-4"}));
        QCOMPARE(queue.next(std::nullopt)->value().toString(), idNo<domain::CaseId>(3).toString());
        QVERIFY_RESULT(services::recordCall(*bench.profile, bench.draft(3)));
        QCOMPARE(numbersIn(bench.profile->queue().rows(services::BucketKind::Worked, 0, 10)), (std::vector<std::string>{"B-3"}));
        QCOMPARE(queue.next(idNo<domain::CaseId>(3))->value().toString(), idNo<domain::CaseId>(2).toString());
        bench.clock.advance(3'601'000);
        QCOMPARE(numbersIn(queue.rows(services::BucketKind::CallbackDue, 0, 10)), (std::vector<std::string>{"B-4"}));   // back by time alone
    }

    void aDecisionIsKeptInCanonicalFormAndReadBack()
    {
        compliance::Decision decision;
        decision.verdict = compliance::Verdict::Hold;
        compliance::Reason reason;
        reason.rule = "cn.hours";
        reason.verdict = compliance::Verdict::Hold;
        reason.text = {{"en", "too early"}, {"zh_CN", "太早"}};
        decision.reasons = {reason};
        const auto stored = services::storedDecision(decision);
        QVERIFY_RESULT(base::toCanonicalJson(stored));
        QVERIFY(!base::toCanonicalJson(compliance::toJson(decision)));   // why it has a form of its own
        const auto back = services::decisionFromStored(stored);
        QVERIFY(back.has_value());
        QCOMPARE(back->reasons.front().text.at("zh_CN"), std::string("太早"));
        QVERIFY(!services::decisionFromStored(nullptr));
    }

    void settingsSurviveAndDamageIsNamed()
    {
        QTemporaryDir folder;
        const auto path = folder.path().toStdString();
        QVERIFY_RESULT(services::loadSettings(path));
        services::Settings settings;
        settings.language = "zh_CN";
        settings.theme = services::Theme::Dark;
        settings.dialMethod = services::DialMethod::Command;
        settings.dialCommand = "softphone --call {number}";
        QVERIFY_RESULT(services::saveSettings(path, settings));
        const auto loaded = services::loadSettings(path);
        QVERIFY_RESULT(loaded);
        QVERIFY(loaded->theme == services::Theme::Dark && loaded->dialCommand == settings.dialCommand && loaded->language == "zh_CN");
        QFile file(folder.filePath(QStringLiteral("settings.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"theme\":\"purple\"}");
        file.close();
        const auto damaged = services::loadSettings(path);
        QVERIFY_FAILS(damaged, base::ErrorCode::Invalid);
        QVERIFY(damaged.error().detail.find("theme") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestServicesRecorder)
#include "tst_services_recorder.moc"
