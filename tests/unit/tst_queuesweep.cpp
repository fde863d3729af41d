// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <random>
#include <set>

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include "app/services/casefacts.h"
#include "app/services/queuesweep.h"
#include "tests/support/cachefixture.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testprofile.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::test;

namespace {

constexpr int kSweepCases = 60;

unsigned seedOfRun()
{
    const auto* given = std::getenv("EVENHAND_TEST_SEED");
    return given != nullptr ? static_cast<unsigned>(std::atoi(given)) : 20261201U;
}

/// A journal and a cache with cases that differ in everything the gate asks for.
struct SweepBench {
    FakeClock clock;
    QTemporaryDir dir;
    std::mt19937 random{seedOfRun()};
    std::optional<db::Journal> journal;
    std::optional<db::CaseCache> cache;

    [[nodiscard]] bool chance(unsigned of) { return random() % of == 0; }

    [[nodiscard]] domain::CaseRow conditioned(const CaseSpec& spec)
    {
        auto row = caseRow(spec);
        if (chance(3))
            row.flags.push_back({domain::FlagKind::Dispute, clock.now().plusSeconds(-5000), chance(2) ? std::optional(clock.now()) : std::nullopt,
                                 chance(2) ? std::optional(debtorNo(spec.number)) : std::nullopt, {}, std::nullopt});
        if (chance(4))
            row.consents.push_back({"outside_hours", debtorNo(spec.number), clock.now().plusSeconds(-9000), std::nullopt, std::nullopt});
        return row;
    }

    [[nodiscard]] std::vector<domain::wire::PullOp> opsOf(int number, std::int64_t& seq)
    {
        CaseSpec spec{.number = number, .personKey = number % 20 < 2 ? "person-" + std::to_string(number / 20) : "alone-" + std::to_string(number)};
        auto ops = caseOps(spec, seq);
        ops[0] = putOp(domain::kind::kCase, caseNo(number).uuid(), caseNo(number), seq, toJson(conditioned(spec)));
        const domain::PartyRow debtor{debtorNo(number), caseNo(number), domain::PartyRole::Debtor, base::SensitiveText("李明"), base::SensitiveText(""),
                                      chance(3) ? "" : "Asia/Urumqi", {}, {}, {}, chance(2) ? std::nullopt : std::optional(chance(2)), spec.personKey};
        ops[1] = putOp(domain::kind::kParty, debtor.id.uuid(), caseNo(number), seq + 1, toJson(debtor));
        const domain::ContactPointRow phone{phoneNo(number), caseNo(number), debtor.id, domain::ContactPointKind::Mobile, base::SensitiveText("19900000001"),
                                            chance(2) ? domain::ContactSource::Reserved : domain::ContactSource::Bureau,
                                            chance(4) ? domain::ContactStatus::Lost : domain::ContactStatus::Active, {}, chance(2) ? "Asia/Tokyo" : ""};
        ops[3] = putOp(domain::kind::kPhone, phone.id.uuid(), caseNo(number), seq + 3, toJson(phone));
        seq += 4;
        for (unsigned call = 0, calls = random() % 4; call < calls; ++call)
            ops.push_back(callEchoOp(number * 10 + static_cast<int>(call), number, seq++, "2026-02-20T10:00:00+08:00", "note"));
        return ops;
    }

    [[nodiscard]] base::Result<> open()
    {
        const auto folder = dir.path().toStdString();
        EVENHAND_ASSIGN(journal, openJournal(folder, clock));
        EVENHAND_ASSIGN(cache, db::CaseCache::open(cacheConfig(folder), clock));
        std::int64_t seq = 1;
        std::vector<domain::wire::PullOp> ops;
        for (int number = 0; number < kSweepCases; ++number)
            std::ranges::copy(opsOf(number, seq), std::back_inserter(ops));
        EVENHAND_TRY(cache->stagePage(page(std::move(ops), seq)));
        EVENHAND_TRY(cache->applyStaged());
        return {};
    }

    /// The question about the telephone of a case, once from the gist and once from the whole case.
    [[nodiscard]] base::Result<std::pair<std::string, std::string>> bothQuestions(const db::CaseGist& gist)
    {
        EVENHAND_ASSIGN(const auto facts, services::readCase(*journal, *cache, gist.id));
        const services::GateRequest request{gist.id, gist.parties.front().id, gist.contactPoints.front().id};
        auto whole = services::gateQuestion(*facts, {}, request, clock.now());
        auto brief = services::gateQuestion(gist, {}, clock.now());
        brief.intent = whole.intent;
        return std::pair(base::canonical(toJson(whole)), base::canonical(toJson(brief)));
    }
};

} // namespace

class TestQueueSweep : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }

    void aGistAsksTheGateWhatTheWholeCaseAsks()
    {
        qInfo("seed %u", seedOfRun());
        SweepBench bench;
        QVERIFY_RESULT(bench.open());
        std::set<domain::CaseId> seen;
        std::optional<domain::CaseId> after;
        for (;;) {
            const auto gists = bench.cache->gists(after, 7);
            QVERIFY_RESULT(gists);
            if (gists->empty())
                break;
            for (const auto& gist : *gists) {
                seen.insert(gist.id);
                const auto both = bench.bothQuestions(gist);
                QVERIFY_RESULT(both);
                QCOMPARE(both->second, both->first);
                QCOMPARE(gist.accounts.size(), std::size_t{1});
                QCOMPARE(gist.echoes.size(), gist.contacts.size());
            }
            after = gists->back().id;
        }
        QCOMPARE(seen.size(), std::size_t{kSweepCases});
    }

    void whatAGistCannotSayIsLeftToTheWholeCase()
    {
        SweepBench bench;
        QVERIFY_RESULT(bench.open());
        const int unechoed = 5;   // called from here, not on the server yet
        QVERIFY_RESULT(bench.journal->append(std::vector<db::NewEvent>{{aCall("later"), caseNo(unechoed)}}, 480));
        services::QueueBook queue(*bench.journal, *bench.cache, std::nullopt, bench.clock,
                                  [](const domain::CaseId&) { return base::Result<std::optional<services::QueueJudgement>>(std::nullopt); });
        QVERIFY_RESULT(queue.today());
        services::QueueSweep sweep(*bench.journal, *bench.cache, queue);
        QVERIFY_RESULT(sweep.begin());
        std::set<domain::CaseId> judged;
        for (bool more = true; more;) {
            const auto step = sweep.step(9, bench.clock.now(), [&](const db::CaseGist& gist, const compliance::GateQuestion&) {
                judged.insert(gist.id);
                return services::QueueJudgement{};
            });
            QVERIFY_RESULT(step);
            more = *step;
        }
        for (int number = 0; number < kSweepCases; ++number)
            QCOMPARE(judged.contains(caseNo(number)), number % 20 >= 2 && number != unechoed);
        QCOMPARE(queue.unjudged(bench.clock.now()), std::size_t{kSweepCases} - judged.size());
    }
};

QTEST_GUILESS_MAIN(TestQueueSweep)
#include "tst_queuesweep.moc"
