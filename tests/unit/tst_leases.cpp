// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <random>

#include <QTest>

#include "app/compliance/attemptpool.h"
#include "app/compliance/contactgate.h"
#include "app/compliance/ruleset.h"

using namespace evenhand;
using namespace evenhand::compliance;
using base::Instant;

// Several devices, each with its own journal, its own view of the past and its own clock, share one case; the network comes and goes
// and answers get lost. Nobody may know everything, and still all of them together must stay below every cap.
namespace {

constexpr const char* kManifest = R"(id: model
version: "1"
name: {en: Model}
jurisdictions: [CN]
effective_from: 2026-01-01
sources: []
)";

std::string capRule(const std::string& id, int limit, int days)
{
    return "  - {id: " + id + ", kind: cap, decision: block, clause: c, confidence: K, text: {en: t}, count: attempts, per: person, limit: "
        + std::to_string(limit) + ", days: " + std::to_string(days) + "}\n";
}

std::shared_ptr<const RuleSet> rulesOf(const std::string& contact)
{
    base::SourceProblems problems;
    auto pack = RulePack::parse(PackDirectory("model", {{"pack.yaml", kManifest}, {"contact.yaml", contact}}), problems);
    auto set = pack ? RuleSet::layer({std::move(pack)}, problems) : nullptr;
    if (!set)
        qFatal("%s", problems.empty() ? "?" : problems.front().toString().c_str());
    return set;
}

struct World {
    int devices = 2;
    int daily = 3;
    int weekly = 7;
    bool enforcesShares = true;       ///< the negative controls switch one protection off each
    bool remembersUse = true;
    bool waitsForConfirmation = true;
};

struct Device {
    std::string name;
    std::vector<PastContact> own{};               ///< everything it did, in order
    std::size_t sent = 0;                         ///< of these the server has so many
    std::vector<PastContact> view{};              ///< of others, as last pulled
    std::optional<AttemptGrant> grant{};
    std::int64_t clockOffMs = 0;
    bool isGone = false;                          ///< drowned; never syncs again
};

class Model {
public:
    Model(World world, std::uint32_t seed)
        : m_world(world), m_random(seed),
          m_gate(rulesOf("rules:\n" + capRule("m.day", world.daily, 1) + capRule("m.week", world.weekly, 7))),
          m_policy(attemptPolicyOf(m_gate.rules()))
    {
        if (!m_world.remembersUse)
            m_policy.longestDays = 0;
        for (int i = 0; i < world.devices; ++i)
            m_devices.push_back({"d" + std::to_string(i)});
        for (auto& device : m_devices)
            device.clockOffMs = 1000LL * (below(400) - 200);
    }

    /// The first cap that was exceeded, in words; empty: none.
    std::string run(int steps)
    {
        for (int i = 0; i < steps; ++i) {
            m_now = m_now.plusSeconds(below(100) == 0 ? 86400LL * below(9) : below(4000));
            auto& device = m_devices[static_cast<std::size_t>(below(m_world.devices))];
            const int what = below(12);
            if (what < 8)
                contact(device);
            else if (what < 11)
                sync(device);
            else if (below(60) == 0 && m_world.devices > 2)
                device.isGone = true;
            if (auto problem = exceeded(); !problem.empty())
                return problem;
        }
        return {};
    }

    [[nodiscard]] std::size_t contacts() const { return m_all.size(); }
    [[nodiscard]] int fullDays() const { return m_fullDays; }

private:
    int below(int limit) { return static_cast<int>(m_random() % static_cast<std::uint32_t>(limit)); }

    void contact(Device& device)
    {
        const auto now = m_now.plusMilliseconds(device.clockOffMs);
        ContactIntent intent;
        intent.partyId = "p";
        ContactFacts facts;
        facts.parties = {{"p", domain::PartyRole::Debtor, "Asia/Shanghai", false}};
        facts.flags.emplace();
        facts.history = device.view;
        facts.history->insert(facts.history->end(), device.own.begin(), device.own.end());
        for (auto& past : *facts.history)
            past.isOwn = past.initiatedBy == domain::InitiatedBy::Human && past.contactPointId == device.name;
        if (m_world.enforcesShares)
            facts.offline = device.grant && now < device.grant->until ? OfflineShare{{}, device.grant->units} : OfflineShare{};
        if (m_gate.decide(intent, facts, now).verdict != Verdict::Allow)
            return;
        PastContact past;
        past.id = device.name + "-" + std::to_string(device.own.size());
        past.at = now;
        past.partyId = "p";
        past.contactPointId = device.name;             // says whose it is
        past.initiatedBy = domain::InitiatedBy::Human;
        past.direction = domain::Direction::Outbound;
        past.result = domain::ContactResult::NoAnswer;
        device.own.push_back(past);
        m_all.push_back(past);
    }

    /// Push, ask for the share, pull. The connection may break after each part.
    void sync(Device& device)
    {
        if (device.isGone || below(6) == 0)
            return;
        m_server.insert(m_server.end(), device.own.begin() + static_cast<std::ptrdiff_t>(device.sent), device.own.end());
        device.sent = device.own.size();
        if (below(8) == 0)
            return;
        AttemptRequest request{device.name};
        if (device.grant)
            request.holds = device.grant->version;
        const auto since = m_now.plusSeconds(-86400LL * (m_policy.longestDays + 1));
        for (std::size_t i = 0; i < device.sent; ++i)
            if (device.own[i].at >= since) {
                ++request.contacts;
                request.lastContact = device.own[i].at;
            }
        if (below(20) == 0 && device.grant) {
            request.isLeaving = true;
            device.grant.reset();
        }
        // The state of the server survives as JSON only.
        auto pool = AttemptPool::fromJson(m_pool.toJson());
        if (!pool)
            qFatal("%s", pool.error().detail.c_str());
        m_pool = *std::move(pool);
        auto answer = m_pool.renew(request, m_now, m_now.plusSeconds(86400LL * (1 + below(4))), m_policy);
        if (!m_world.waitsForConfirmation)
            m_pool.renew({device.name, answer.version, request.isLeaving, request.contacts, request.lastContact}, m_now, answer.until, m_policy);
        if (below(5) == 0)
            return;                                    // the answer got lost
        if (below(6) == 0)
            contact(device);                           // made while the answer was under way
        if (!request.isLeaving && (!device.grant || answer.version >= device.grant->version))
            device.grant = answer;
        if (below(4) == 0)
            return;
        device.view.clear();
        for (const auto& past : m_server)
            if (past.contactPointId != device.name)
                device.view.push_back(past);
    }

    std::string exceeded()
    {
        if (m_all.size() == m_checked)
            return {};
        m_checked = m_all.size();
        const auto zone = *base::TimeZone::tryFromName("Asia/Shanghai");
        std::map<int, int> perDay;
        for (const auto& past : m_all)
            ++perDay[zone.dateAt(past.at).dayNumber()];
        for (const auto& [day, count] : perDay) {
            if (count > m_world.daily)
                return std::to_string(count) + " on one day";
            int week = 0;
            for (int d = day - 6; d <= day; ++d)
                week += perDay.count(d) > 0 ? perDay[d] : 0;
            if (week > m_world.weekly)
                return std::to_string(week) + " in seven days";
        }
        m_fullDays = static_cast<int>(std::count_if(perDay.begin(), perDay.end(), [&](const auto& d) { return d.second == m_world.daily; }));
        return {};
    }

    World m_world;
    std::mt19937 m_random;
    ContactGate m_gate;
    AttemptPolicy m_policy;
    AttemptPool m_pool;
    std::vector<Device> m_devices;
    std::vector<PastContact> m_server, m_all;
    Instant m_now = *Instant::tryFromRfc3339("2026-03-02T08:00:00+08:00");
    std::size_t m_checked = 0;
    int m_fullDays = 0;
};

/// The first run that exceeds a cap, in words; empty: none does.
std::string firstFailure(const World& world, int runs)
{
    for (int seed = 1; seed <= runs; ++seed) {
        auto w = world;
        w.devices = 2 + seed % 4;
        w.daily = 1 + seed % 5;
        w.weekly = w.daily + 1 + seed % 7;
        if (const auto problem = Model(w, static_cast<std::uint32_t>(seed)).run(400); !problem.empty())
            return "seed " + std::to_string(seed) + ": " + problem;
    }
    return {};
}

constexpr int kRuns = 400;

} // namespace

class TestLeases : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void capsHoldHoweverTheNetworkBehaves()
    {
        QCOMPARE(firstFailure({}, kRuns), std::string());
    }

    void withoutAProtectionACapIsExceeded_data()
    {
        QTest::addColumn<bool>("enforces");
        QTest::addColumn<bool>("remembers");
        QTest::addColumn<bool>("waits");
        QTest::newRow("devices do not look at their share") << false << true << true;
        QTest::newRow("what was used is forgotten when attempts change hands") << true << false << true;
        QTest::newRow("a smaller grant counts before the device has it") << true << true << false;
    }
    void withoutAProtectionACapIsExceeded()
    {
        QFETCH(bool, enforces);
        QFETCH(bool, remembers);
        QFETCH(bool, waits);
        World world;
        world.enforcesShares = enforces;
        world.remembersUse = remembers;
        world.waitsForConfirmation = waits;
        QVERIFY(!firstFailure(world, kRuns).empty());
    }

    void theLimitIsUsedInFullWhereItCanBe()
    {
        World world;
        world.weekly = 30;
        Model model(world, 7);
        QCOMPARE(model.run(3000), std::string());
        QVERIFY2(model.fullDays() >= 5, std::to_string(model.fullDays()).c_str());   // a share that blocks everything would hold every cap, too
    }

    void oneDeviceHasEverything()
    {
        AttemptPool pool;
        const auto now = *Instant::tryFromRfc3339("2026-03-02T08:00:00+08:00");
        const auto grant = pool.renew({"desk"}, now, now.plusSeconds(86400), {3, 1});
        QCOMPARE(grant.units, kAttemptUnits);
        for (const int limit : {1, 2, 3, 6, 7})
            QCOMPARE(shareOf(limit, grant.units), limit);
    }

    void aSecondDeviceWaitsForTheFirst()
    {
        AttemptPool pool;
        const AttemptPolicy policy{3, 1};
        const auto now = *Instant::tryFromRfc3339("2026-03-02T08:00:00+08:00");
        const auto until = now.plusSeconds(7 * 86400);
        const auto first = pool.renew({"desk"}, now, until, policy);
        QCOMPARE(pool.renew({"laptop"}, now, until, policy).units, 0);
        const auto smaller = pool.renew({"desk", first.version}, now, until, policy);
        QCOMPARE(smaller.units, 4);
        QCOMPARE(pool.renew({"laptop"}, now, until, policy).units, 0);                     // the desk may not have heard yet
        QCOMPARE(pool.renew({"desk", smaller.version}, now, until, policy).units, 4);
        QCOMPARE(pool.renew({"laptop"}, now, until, policy).units, 2);
    }

    void whatWasUsedTodayStaysWithWhoUsedIt()
    {
        AttemptPool pool;
        const AttemptPolicy policy{3, 1};
        const auto now = *Instant::tryFromRfc3339("2026-03-02T12:00:00+08:00");
        const auto until = now.plusSeconds(7 * 86400);
        const auto first = pool.renew({"desk"}, now, until, policy);
        pool.renew({"desk", first.version, true, 2, now}, now, until, policy);            // leaves after two contacts
        QCOMPARE(pool.renew({"laptop"}, now, until, policy).units, 2);                     // enough for the third
        QCOMPARE(pool.renew({"laptop"}, now.plusSeconds(27 * 3600), until, policy).units, kAttemptUnits);
    }

    void aLostLaptopBlocksOnlyUntilItsGrantRanOut()
    {
        AttemptPool pool;
        const AttemptPolicy policy{3, 1};
        const auto now = *Instant::tryFromRfc3339("2026-03-02T12:00:00+08:00");
        pool.renew({"laptop"}, now, now.plusSeconds(86400), policy);
        QCOMPARE(pool.renew({"desk"}, now.plusSeconds(86400 + 3600), now.plusSeconds(8 * 86400), policy).units, 0);
        QCOMPARE(pool.renew({"desk"}, now.plusSeconds(2 * 86400 + 3 * 3600), now.plusSeconds(9 * 86400), policy).units, kAttemptUnits);
    }

    void sharesNeverAddUpToMoreThanTheLimit()
    {
        for (int limit = 0; limit <= 20; ++limit)
            for (int a = 0; a <= kAttemptUnits; ++a)
                for (int b = 0; a + b <= kAttemptUnits; ++b)
                    QVERIFY(shareOf(limit, a) + shareOf(limit, b) + shareOf(limit, kAttemptUnits - a - b) <= limit);
    }

    void policyOfShippedPacks_data()
    {
        QTest::addColumn<QString>("pack");
        QTest::addColumn<int>("limit");
        QTest::addColumn<int>("days");
        QTest::newRow("cn: three talks a day") << QStringLiteral("cn-consumer-2026") << 3 << 1;
        QTest::newRow("us: seven calls in seven days") << QStringLiteral("us-reg-f") << 6 << 7;
    }
    void policyOfShippedPacks()
    {
        QFETCH(QString, pack);
        QFETCH(int, limit);
        QFETCH(int, days);
        const auto rules = RuleSet::load({EVENHAND_SOURCE_DIR "/resources/packs/" + pack.toStdString()});
        QVERIFY(rules.has_value());
        const auto policy = attemptPolicyOf(**rules);
        QCOMPARE(policy.smallestLimit, limit);
        QCOMPARE(policy.longestDays, days);
    }
};

QTEST_GUILESS_MAIN(TestLeases)
#include "tst_leases.moc"
