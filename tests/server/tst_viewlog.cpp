// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>
#include <set>

#include <QTest>

#include <rapidcheck.h>

#include "server/api/pullpage.h"
#include "server/sequencer/ingest.h"
#include "tests/server/office.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;
using domain::UserRole;

namespace {

using RowKey = std::pair<std::string, std::string>;   // kind, id

std::string keyOf(const base::Uuid& id) { return id.toString(); }

/// What one user's workstation holds, fed by pages only.
struct Replica {
    UserRecord user;
    Cursor cursor{};
    std::map<std::string, std::map<RowKey, std::pair<std::int64_t, std::string>>> cases{};   // by case; version and body
    std::vector<domain::wire::PullOp> staging{};

    void apply(const domain::wire::PullOp& op)
    {
        if (!op.caseId)
            return;
        const auto id = op.caseId->toString();
        if (op.op == "revoke") {
            cases.erase(id);
            return;
        }
        const RowKey key{op.kind, keyOf(*op.id)};
        auto& rows = cases[id];
        const auto found = rows.find(key);
        if (op.op == "del" && found != rows.end() && op.seq > found->second.first)
            rows.erase(found);
        else if (op.op != "del" && (found == rows.end() || op.seq >= found->second.first))
            rows[key] = {op.seq, op.body};
    }
};

/// The office, its people's workstations, and a plain account of who has what.
struct World {
    test::Office office{test::Office::Place::Memory};
    std::vector<Replica> replicas{};
    std::vector<test::Device> devices{};
    std::vector<domain::CaseId> cases{};
    std::map<std::string, int> holder{};   // case -> index of the agent

    World()
    {
        addPerson("a1", UserRole::Agent, "north");
        addPerson("a2", UserRole::Agent, "north");
        addPerson("b1", UserRole::Agent, "south");
        addPerson("sa", UserRole::Supervisor, "north");
        addPerson("sb", UserRole::Supervisor, "south");
        addPerson("au", UserRole::Auditor, "north");
        for (int i = 0; i < 4; ++i)
            cases.push_back(office.addCase(std::to_string(i)));
    }

    void addPerson(const char* name, UserRole role, const char* team)
    {
        replicas.push_back({office.addUser(name, role, team)});
        devices.push_back(office.addDevice(replicas.back().user));
    }

    [[nodiscard]] bool maySee(std::size_t person, const std::string& caseId) const
    {
        const auto found = holder.find(caseId);
        if (found == holder.end())
            return false;
        const auto& user = replicas[person].user;
        const auto& agent = replicas[static_cast<std::size_t>(found->second)].user;
        return user.id == agent.id || (user.role == UserRole::Supervisor && user.team == agent.team);
    }

    void record(std::size_t person, const domain::CaseId& id, bool promise)
    {
        const auto now = office.clock.now();
        auto& device = devices[person];
        const auto event = promise ? device.event(id, test::aPromise(5000, "2026-03-09"), now) : device.event(id, test::aCall(now), now);
        const DeviceRecord from{device.id, device.user, device.key.publicKey(), "test", now};
        office.write([&](Store& store, std::int64_t) -> base::Result<> {
            EVENHAND_ASSIGN(const auto result, Ingest(store, office.keys(), replicas[person].user).store(checkEvent(event, from, store.dataset(), now)));
            (void)result;
            return store.events().advanceEpoch(device.id, device.epoch);
        });
    }

    /// One page; false when the feed is at its end. Everything in it must be the user's to see at this moment.
    bool pull(std::size_t person, std::int64_t max)
    {
        auto& replica = replicas[person];
        if (replica.cursor.complete || replica.cursor.upto == 0) {
            replica.cursor.upto = *office.store().lastSeq();
            replica.cursor.complete = false;
        }
        PullPage page(office.store(), replica.user, {max});
        const auto complete = page.fill(replica.cursor);
        RC_ASSERT(complete.has_value());
        for (auto& op : page.takeOps()) {
            if (op.caseId && op.op != "revoke")
                RC_ASSERT(maySee(person, op.caseId->toString()));
            replica.staging.push_back(std::move(op));
        }
        if (!*complete)
            return true;
        for (const auto& op : replica.staging)
            replica.apply(op);
        replica.staging.clear();
        return false;
    }

    void pullAll(std::size_t person, std::int64_t max)
    {
        for (int pages = 0; pull(person, max); ++pages)
            RC_ASSERT(pages < 10000);
    }

    void expectConverged(std::size_t person)
    {
        for (const auto& id : cases) {
            const auto held = replicas[person].cases.find(id.toString());
            RC_ASSERT((held != replicas[person].cases.end()) == maySee(person, id.toString()));
            if (held == replicas[person].cases.end())
                continue;
            std::map<RowKey, std::pair<std::int64_t, std::string>> expected;
            const auto rows = office.store().rows().listOfCase(id);
            RC_ASSERT(rows.has_value());
            for (const auto& row : *rows)
                expected[{row.kind, keyOf(row.id)}] = {row.version, *row.body};
            RC_ASSERT(held->second == expected);
        }
    }
};

void step(World& world)
{
    const auto& id = *rc::gen::elementOf(world.cases);
    const auto agent = *rc::gen::inRange<std::size_t>(0, 3);
    const auto person = *rc::gen::inRange<std::size_t>(0, world.replicas.size());
    switch (*rc::gen::inRange(0, 7)) {
    case 0:
    case 1:
        world.office.assign({id}, world.replicas[agent].user);
        world.holder[id.toString()] = static_cast<int>(agent);
        break;
    case 2:
        world.office.unassign({id});
        world.holder.erase(id.toString());
        break;
    case 3:
    case 4:
        world.record(person, id, *rc::gen::arbitrary<bool>());   // also for cases that are not theirs
        break;
    default:
        (void)world.pull(person, *rc::gen::inRange<std::int64_t>(1, 6));
    }
}

} // namespace

class TestViewLog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void nobodySeesAForeignCaseAndEverybodyConverges();
    void withoutTheCheckAStaleEntryWouldLeak();
    void aSupervisorWhoJoinsSeesWhatTheTeamHas();
    void aRevokeIsSignedAndNamesUserAndCase();
    void handingOutManyCasesIsOneEntryEach();
    void peopleOfATeamKnowEachOther();
};

void TestViewLog::nobodySeesAForeignCaseAndEverybodyConverges()
{
    const bool ok = rc::check("random assignments, work and pulls", [] {
        World world;
        const int steps = *rc::gen::inRange(1, 40);
        for (int i = 0; i < steps; ++i)
            step(world);
        for (std::size_t person = 0; person < world.replicas.size(); ++person) {
            world.pullAll(person, *rc::gen::inRange<std::int64_t>(1, 50));
            world.pullAll(person, 50);   // what changed behind a checkpoint that was already fixed
            world.expectConverged(person);
        }
    });
    QVERIFY(ok);
}

void TestViewLog::withoutTheCheckAStaleEntryWouldLeak()
{
    // The control: expanding entries of the view log without asking who has the case now hands out a foreign case.
    World world;
    const auto& agent = world.replicas[0].user;
    world.office.assign({world.cases[0]}, agent);
    world.office.assign({world.cases[0]}, world.replicas[2].user);
    const auto entries = world.office.store().viewLog().entriesAfter(agent.id, {}, *world.office.store().lastSeq(), 100);
    QVERIFY_RESULT(entries);
    bool leaks = false;
    for (const auto& entry : *entries) {
        if (entry.op != FeedOp::Revoke && entry.caseId == world.cases[0].uuid())
            leaks = leaks || !world.office.store().viewLog().rowsOf(agent, entry, 0, 10)->empty();
    }
    QVERIFY2(leaks, "the scenario no longer shows what the check protects from");
    Cursor cursor{1, {}, *world.office.store().lastSeq()};
    PullPage page(world.office.store(), agent, {100});
    QVERIFY_RESULT(page.fill(cursor));
    for (const auto& op : page.takeOps())
        QVERIFY(!op.caseId || op.op == "revoke");
}

void TestViewLog::aSupervisorWhoJoinsSeesWhatTheTeamHas()
{
    World world;
    world.office.assign({world.cases[0], world.cases[1]}, world.replicas[0].user);
    world.addPerson("late", UserRole::Supervisor, "north");
    world.holder[world.cases[0].toString()] = 0;
    world.holder[world.cases[1].toString()] = 0;
    const auto person = world.replicas.size() - 1;
    world.pullAll(person, 3);
    QCOMPARE(world.replicas[person].cases.size(), std::size_t{2});
}

void TestViewLog::aRevokeIsSignedAndNamesUserAndCase()
{
    World world;
    const auto& agent = world.replicas[0].user;
    world.office.assign({world.cases[0]}, agent);
    world.office.unassign({world.cases[0]});
    Cursor cursor{1, {}, *world.office.store().lastSeq()};
    PullPage page(world.office.store(), agent, {100});
    QVERIFY_RESULT(page.fill(cursor));
    const auto ops = page.takeOps();
    const auto revoke = std::find_if(ops.begin(), ops.end(), [](const auto& op) { return op.op == "revoke"; });
    QVERIFY(revoke != ops.end());
    const auto statement = domain::verifyStatement(world.office.keys().publicKey(), "revoke", revoke->statement->statement, revoke->statement->signature);
    QVERIFY_RESULT(statement);
    QCOMPARE(statement->at("user_id").get<std::string>(), agent.id.toString());
    QCOMPARE(statement->at("case_id").get<std::string>(), world.cases[0].toString());
    QCOMPARE(statement->at("revoke_id").get<std::string>(), revoke->revokeId->toString());
    QCOMPARE(statement->at("reason").get<std::string>(), std::string("unassigned"));
}

void TestViewLog::handingOutManyCasesIsOneEntryEach()
{
    test::Office office(test::Office::Place::Memory);
    const auto agent = office.addUser("a", UserRole::Agent, "t");
    std::vector<domain::CaseId> cases;
    for (int i = 0; i < 50; ++i)
        cases.push_back(office.addCase(std::to_string(i)));
    const auto before = office.store().viewLog().entriesAfter(agent.id, {}, *office.store().lastSeq(), 1000)->size();
    office.assign(cases, agent);
    const auto after = office.store().viewLog().entriesAfter(agent.id, {}, *office.store().lastSeq(), 1000)->size();
    QCOMPARE(after - before, std::size_t{50});
    office.assign(cases, agent);   // again: nothing changes
    QCOMPARE(office.store().viewLog().entriesAfter(agent.id, {}, *office.store().lastSeq(), 1000)->size(), after);
}

void TestViewLog::peopleOfATeamKnowEachOther()
{
    World world;
    Cursor cursor{1, {}, *world.office.store().lastSeq()};
    PullPage page(world.office.store(), world.replicas[0].user, {100});
    QVERIFY_RESULT(page.fill(cursor));
    std::set<std::string> names;
    for (const auto& op : page.takeOps()) {
        if (op.kind == domain::kind::kUser)
            names.insert(domain::userFromJson(domain::UserId(*op.id), *base::parseJson(op.body))->userName);
    }
    QCOMPARE(names, (std::set<std::string>{"a1", "a2", "sa", "au"}));   // nobody of the other team
}

QTEST_GUILESS_MAIN(TestViewLog)
#include "tst_viewlog.moc"
