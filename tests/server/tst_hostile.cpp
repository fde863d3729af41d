// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <set>
#include <tuple>

#include <QRandomGenerator>
#include <QTest>

#include "server/api/tokens.h"
#include "tests/server/apidesk.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;
using base::Json;
using domain::UserRole;

namespace {

bool isTorture() { return qEnvironmentVariableIsSet("EVENHAND_TORTURE"); }

/// One person at the endpoints, with everything the server ever told them: old cursors and page tokens are tried again and again.
struct Visitor {
    UserRecord user;
    test::Device device;
    std::string token;
    std::vector<std::string> cursors{};
    std::vector<std::string> pages{};
};

/// Cases with a canary each, people who have some of them, and a plain account of who may see which.
class World {
public:
    explicit World(quint32 seed) : m_random(seed)
    {
        desk.context.blobs = *BlobFiles::open(m_folder.filePath(QStringLiteral("blobs")).toStdString());
        for (const auto& [name, role, team] : {std::tuple{"a1", UserRole::Agent, "north"}, std::tuple{"a2", UserRole::Agent, "north"},
                                               std::tuple{"b1", UserRole::Agent, "south"}, std::tuple{"sn", UserRole::Supervisor, "north"}})
            addVisitor(name, role, team);
        for (int i = 0; i < kCases; ++i)
            addCase(i);
    }

    void step()
    {
        const auto number = static_cast<std::size_t>(m_random.bounded(kCases));
        switch (m_random.bounded(12)) {
        case 0: return assign(number, static_cast<std::size_t>(m_random.bounded(3)));
        case 1:
            desk.office.unassign({cases[number]});
            m_holder[number].reset();
            return;
        default: ask(static_cast<std::size_t>(m_random.bounded(4)), m_random.bounded(kEndpoints), number);
        }
    }
    void assign(std::size_t number, std::size_t person)
    {
        desk.office.assign({cases[number]}, visitors[person].user);
        m_holder[number] = person;
    }
    /// One request to one endpoint, about one case where the endpoint takes such a thing.
    void ask(std::size_t person, int endpoint, std::size_t number)
    {
        auto& visitor = visitors[person];
        Response response;
        switch (endpoint) {
        case 0: response = desk.pull(visitor.token, one(visitor.cursors), 1 + m_random.bounded(20)); break;
        case 1: response = get(visitor, "/v1/snapshot", "max=" + std::to_string(1 + m_random.bounded(20)) + (m_random.bounded(2) == 0 ? "" : "&page=" + one(visitor.pages))); break;
        case 2: response = get(visitor, "/v1/snapshot", "bucket=" + std::to_string(domain::bucketOfCase(cases[number]))); break;
        case 3: response = get(visitor, blobPath(number), {}); break;
        case 4: response = get(visitor, blobPath(number) + "/receipt", {}); break;
        case 5: response = record(visitor, number); break;
        case 6: response = desk.post("/v1/digest", {{"scope_epoch", 1}, {"cursor", one(visitor.cursors)}, {"buckets", Json::array()}, {"journal", Json::object()}, {"found", Json::array()}}, visitor.token); break;
        case 7: response = desk.post("/v1/attempt-shares", {{"smallest_limit", 3}, {"longest_days", 7}, {"cases", {{{"case_id", cases[number].toString()}, {"holds", 0}, {"leaving", 0}}}}}, visitor.token); break;
        default: response = get(visitor, "/v1/stream", "after=0"); break;
        }
        ++asked[static_cast<std::size_t>(endpoint)];
        remember(visitor, response);
        look(person, endpoint, response);
    }
    [[nodiscard]] static constexpr int endpoints() { return kEndpoints; }

    test::ApiDesk desk;
    std::vector<Visitor> visitors{};
    std::vector<domain::CaseId> cases{};
    std::array<int, 9> asked{};
    QStringList leaks{};
    QStringList failures{};
    std::set<int> leaking{};                       // endpoints
    int seen = 0;                                  // canaries that their owners did see

    [[nodiscard]] bool maySee(std::size_t person, std::size_t number) const
    {
        if (!m_holder[number])
            return false;
        const auto& holder = visitors[*m_holder[number]].user;
        const auto& user = visitors[person].user;
        return user.id == holder.id || (user.role == UserRole::Supervisor && user.team == holder.team);
    }

private:
    static constexpr int kEndpoints = 9;
    static constexpr int kCases = 8;

    void addVisitor(const char* name, UserRole role, const char* team)
    {
        const auto user = desk.office.addUser(name, role, team);
        Visitor visitor{user, desk.office.addDevice(user), makeToken()};
        desk.office.write([&](Store& store, std::int64_t) {
            return store.devices().openSession({base::Uuid::random(), visitor.device.id, user.id, true, desk.office.clock.now().plusSeconds(86400)},
                                               tokenHash(visitor.token), desk.office.clock.now());
        });
        visitors.push_back(std::move(visitor));
    }
    void addCase(int number)
    {
        cases.push_back(desk.office.addCase(std::to_string(number)));
        m_holder.emplace_back();
        desk.office.write([&](Store& store, std::int64_t seq) {
            return store.rows().put({"debtor", base::Uuid::random(), cases.back(), seq, base::canonical({{"name", canary(static_cast<std::size_t>(number))}})});
        });
        addRecording(static_cast<std::size_t>(number));
    }
    // A verified recording of the case, handed in by an agent who has the case for that moment.
    void addRecording(std::size_t number)
    {
        m_blobs.push_back(canary(number) + " recorded");
        auto& agent = visitors[0];
        assign(number, 0);
        const auto hash = base::sha256(base::asBytes(m_blobs.back()));
        const auto now = desk.office.clock.now();
        const auto event = agent.device.event(cases[number], test::aCall(now), now, [&](domain::EventHeader& header) {
            header.blobRefs = {{hash, std::ssize(m_blobs.back())}};
        });
        Request create{"POST", blobPath(number), agent.token, {}, {}, "127.0.0.1", {}};
        create.headers = {{"upload-length", std::to_string(m_blobs.back().size())}};
        Request patch{"PATCH", blobPath(number), agent.token, "application/offset+octet-stream", {}, "127.0.0.1", {}};
        patch.headers = {{"upload-offset", "0"}, {"upload-checksum", "sha256 " + base::toBase64(hash)}};
        patch.upload = *desk.context.blobs->newChunk();
        if (!patch.upload->write(base::asBytes(m_blobs.back())) || desk.push(agent.device, {event}, agent.token).status != 200 || desk.send(std::move(create)).status != 201
            || desk.send(std::move(patch)).status != 204)
            qFatal("a recording is not taken");
        desk.office.unassign({cases[number]});
        m_holder[number].reset();
    }
    [[nodiscard]] static std::string canary(std::size_t number) { return "canary-of-case-" + std::to_string(number) + "-"; }
    [[nodiscard]] std::string blobPath(std::size_t number) const { return "/v1/blobs/" + base::toBase64Url(base::sha256(base::asBytes(m_blobs[number]))); }
    [[nodiscard]] std::string one(const std::vector<std::string>& from)
    {
        return from.empty() ? std::string() : from[from.size() - 1 - static_cast<std::size_t>(m_random.bounded(static_cast<int>(std::min<std::size_t>(from.size(), 20))))];
    }
    Response get(const Visitor& visitor, const std::string& path, const std::string& query)
    {
        Request request{"GET", path, visitor.token, {}, {}, "127.0.0.1", {}};
        request.query = query;
        return desk.send(std::move(request));
    }
    Response record(Visitor& visitor, std::size_t number)
    {
        const auto now = desk.office.clock.now();
        return desk.push(visitor.device, {visitor.device.event(cases[number], test::aCall(now), now)}, visitor.token);
    }
    static void remember(Visitor& visitor, const Response& response)
    {
        const auto json = Json::parse(response.body, nullptr, false);
        if (!json.is_object())
            return;
        for (const char* name : {"next_cursor", "as_of_cursor"}) {
            if (json.contains(name) && json[name].is_string())
                visitor.cursors.push_back(json[name].get<std::string>());
        }
        if (json.contains("next_page") && json["next_page"].is_string())
            visitor.pages.push_back(json["next_page"].get<std::string>());
    }
    void look(std::size_t person, int endpoint, const Response& response)
    {
        if (response.status >= 500 || (response.status >= 400 && response.contentType != domain::wire::kProblemType))
            failures << QStringLiteral("endpoint %1: status %2").arg(endpoint).arg(response.status);
        for (std::size_t number = 0; number < cases.size(); ++number) {
            const bool isFile = response.file && response.file->path.find(base::toHex(base::sha256(base::asBytes(m_blobs[number])))) != std::string::npos;
            if (!isFile && response.body.find(canary(number)) == std::string::npos)
                continue;
            if (maySee(person, number)) {
                ++seen;
                continue;
            }
            leaking.insert(endpoint);
            leaks << QStringLiteral("endpoint %1 shows case %2 to %3").arg(endpoint).arg(number).arg(QString::fromStdString(visitors[person].user.userName));
        }
    }

    QTemporaryDir m_folder;
    QRandomGenerator m_random;
    std::vector<std::optional<std::size_t>> m_holder{};
    std::vector<std::string> m_blobs{};
};

/// A request that was good once, with something in it that should not be there.
class Spoiler {
public:
    explicit Spoiler(quint32 seed) : m_random(seed) {}
    int below(int limit) { return m_random.bounded(limit); }
    Json spoilt(Json good, const std::vector<std::string>& ids)
    {
        for (int i = 1 + m_random.bounded(3); i > 0; --i)
            spoil(good, ids, 0);
        return good;
    }

private:
    void spoil(Json& value, const std::vector<std::string>& ids, int depth)
    {
        if ((value.is_object() || value.is_array()) && !value.empty() && depth < 6 && m_random.bounded(5) != 0) {
            auto at = value.begin();
            std::advance(at, m_random.bounded(static_cast<int>(value.size())));
            return spoil(*at, ids, depth + 1);
        }
        value = strange(ids);
    }
    Json strange(const std::vector<std::string>& ids)
    {
        switch (m_random.bounded(16)) {
        case 0: return nullptr;
        case 1: return false;
        case 2: return -1;
        case 3: return std::numeric_limits<std::int64_t>::min();
        case 4: return std::numeric_limits<std::uint64_t>::max();
        case 5: return 1e308;
        case 6: return "";
        case 7: return std::string("a\0b", 3);
        case 8: return "\xff\xfe";
        case 9: return std::string(3000, 'A');
        case 10: return Json::array();
        case 11: return Json::object();
        case 12: return base::toBase64Url(base::asBytes("{\"v\":1,\"kind\":\"receipt\"}"));
        case 13: return 9007199254740993LL;
        case 14: {
            Json deep = 1;
            for (int i = m_random.bounded(30); i > 0; --i)
                deep = Json::array({deep});
            return deep;
        }
        default: return ids[static_cast<std::size_t>(m_random.bounded(static_cast<int>(ids.size())))];
        }
    }
    QRandomGenerator m_random;
};

} // namespace

/// Promise P9 over every endpoint, and bad input of every kind. 1,500 operations and 2,000 spoilt requests; EVENHAND_TORTURE=1: 200,000 of each.
class TestHostile : public QObject {
    Q_OBJECT

public:
    static void initMain()
    {
        if (isTorture())
            qputenv("QTEST_FUNCTION_TIMEOUT", "7200000");
    }

private Q_SLOTS:
    void initTestCase()
    {
        base::initialiseCrypto();
        const auto given = qEnvironmentVariableIntValue("EVENHAND_TEST_SEED");
        m_seed = given != 0 ? static_cast<quint32>(given) : QRandomGenerator::global()->generate();
        qInfo("seed %u (set EVENHAND_TEST_SEED to repeat)", m_seed);
    }
    void nobodySeesACaseThatIsNotTheirs();
    void withTheCheckTakenOutEveryEndpointLeaks();
    void aForeignIdAnswersLikeOneThatDoesNotExist();
    void spoiltRequestsGetProblems();

private:
    quint32 m_seed = 0;
};

void TestHostile::nobodySeesACaseThatIsNotTheirs()
{
    World world(m_seed);
    for (int i = isTorture() ? 200'000 : 1'500; i > 0; --i)
        world.step();
    QVERIFY2(world.leaks.isEmpty(), qPrintable(world.leaks.join(QLatin1Char('\n'))));
    QVERIFY2(world.failures.isEmpty(), qPrintable(world.failures.join(QLatin1Char('\n'))));
    QVERIFY2(world.seen > 100, "those who may see a case do see it");
    for (const auto asked : world.asked)
        QVERIFY(asked > 50);
}

// The mutation: a view in the place of the table of cases says that every case is held by whoever is asked about. Nothing else is changed, so
// what leaks now is what the question for the holder protects, endpoint by endpoint.
void TestHostile::withTheCheckTakenOutEveryEndpointLeaks()
{
    World world(m_seed);
    if (world.desk.office.url().driver != DatabaseUrl::Driver::Sqlite)
        QSKIP("the mutation is written for SQLite");
    for (std::size_t number = 0; number < world.cases.size(); ++number) {
        world.assign(number, 1);   // had it once: an entry of the feed stays behind
        world.assign(number, 2);
    }
    const auto liar = base::toHex(world.visitors[1].user.id.uuid().bytes());
    QVERIFY_RESULT(world.desk.office.store().connection().execute(
        "ALTER TABLE cases RENAME TO real_cases; CREATE VIEW cases AS SELECT case_id, portfolio_id, business_no, content_hash, status, balance_minor, days_past_due, region, x'"
        + liar + "' AS assigned_to, 'north' AS team FROM real_cases"));
    for (int i = 0; i < 60; ++i) {
        for (const int endpoint : {0, 1, 2, 3})   // pull, snapshot, one bucket of it, a recording: those that show what is in a case
            world.ask(1, endpoint, static_cast<std::size_t>(i) % world.cases.size());
    }
    QCOMPARE(world.leaking, (std::set<int>{0, 1, 2, 3}));
}

void TestHostile::aForeignIdAnswersLikeOneThatDoesNotExist()
{
    World world(m_seed);
    world.assign(0, 2);
    auto& stranger = world.visitors[0];
    const auto now = world.desk.office.clock.now();
    const auto verdictOf = [&](const domain::CaseId& id) {
        const auto answer = world.desk.push(stranger.device, {stranger.device.event(id, test::aCall(now), now)}, stranger.token);
        const auto json = Json::parse(answer.body);
        const auto& result = json["results"][0];
        return result["verdict"].get<std::string>() + " " + (result["reason"].is_string() ? result["reason"].get<std::string>() : std::string());
    };
    // Case 0 was the stranger's for a moment (its recording): that makes it known. Another one, made by somebody else, is not.
    const auto foreign = world.desk.office.addCase("foreign");
    world.desk.office.assign({foreign}, world.visitors[2].user);
    QCOMPARE(verdictOf(foreign), verdictOf(domain::CaseId::random()));
    const auto share = [&](const domain::CaseId& id) {
        auto answer = world.desk.post("/v1/attempt-shares", {{"smallest_limit", 3}, {"longest_days", 7}, {"cases", {{{"case_id", id.toString()}, {"holds", 0}, {"leaving", 0}}}}}, stranger.token);
        for (std::size_t at; (at = answer.body.find(id.toString())) != std::string::npos;)
            answer.body.erase(at, id.toString().size());
        return std::to_string(answer.status) + answer.body;
    };
    QCOMPARE(share(foreign), share(domain::CaseId::random()));
    const auto blob = [&](const base::Hash256& hash) {
        const auto answer = world.desk.get("/v1/blobs/" + base::toBase64Url(hash), stranger.token);
        return std::to_string(answer.status) + answer.body;
    };
    auto other = base::Hash256{};
    other[0] = 1;
    QCOMPARE(blob(other), blob(base::Hash256{}));
}

void TestHostile::spoiltRequestsGetProblems()
{
    World world(m_seed);
    Spoiler spoiler(m_seed);
    auto& visitor = world.visitors[0];
    world.assign(0, 0);
    world.assign(1, 2);
    const auto now = world.desk.office.clock.now();
    const auto push = [&](std::size_t number) {
        return domain::wire::encode(domain::wire::EventsRequest{visitor.device.epoch, {visitor.device.event(world.cases[number], test::aCall(now), now)}});
    };
    const std::vector<std::pair<std::string, Json>> good{
        {"/v1/events", push(0)},
        {"/v1/events", push(1)},
        {"/v1/pull", {{"scope_epoch", 1}, {"cursor", ""}, {"max", 10}}},
        {"/v1/digest", {{"scope_epoch", 1}, {"cursor", "1_0_x"}, {"buckets", {{{"bucket", 1}, {"count", 1}, {"digest", base::toBase64Url(base::Bytes(16))}}}}, {"journal", {{"epoch", visitor.device.epoch.toString()}}}, {"found", Json::array()}}},
        {"/v1/purged", {{"receipts", {domain::wire::encode(domain::signStatement(visitor.device.key, {{"v", 1}, {"kind", "purged"}, {"case_id", world.cases[1].toString()}}))}}}},
        {"/v1/attempt-shares", {{"smallest_limit", 3}, {"longest_days", 7}, {"cases", {{{"case_id", world.cases[1].toString()}, {"holds", 1}, {"leaving", 2}}}}}},
        {"/v1/packs", {{"have", Json::array()}}},
        {"/v1/session", domain::wire::encode(world.desk.sessionRequest(world.visitors[1].device, "device"))},
    };
    const std::vector<std::string> ids{world.cases[1].toString(), visitor.device.id.toString(), visitor.user.id.toString(), world.visitors[2].user.id.toString(), base::Uuid::random().toString()};
    int refused = 0;
    for (int i = isTorture() ? 200'000 : 2'000; i > 0; --i) {
        const auto& [path, body] = good[static_cast<std::size_t>(spoiler.below(static_cast<int>(good.size())))];
        auto text = spoiler.spoilt(body, ids).dump(-1, ' ', false, Json::error_handler_t::ignore);
        if (spoiler.below(20) == 0 && !text.empty())
            text.resize(static_cast<std::size_t>(spoiler.below(static_cast<int>(text.size()))));   // cut off
        const auto response = world.desk.send({"POST", path, visitor.token, domain::wire::kMediaType, {}, "127.0.0.1", text});
        QVERIFY2(response.status >= 200 && response.status < 500, (path + " " + text.substr(0, 500) + " -> " + std::to_string(response.status)).c_str());
        if (response.status >= 400) {
            ++refused;
            QCOMPARE(response.contentType, std::string(domain::wire::kProblemType));
        }
        QVERIFY(response.body.find("canary-of-case-1-") == std::string::npos);
    }
    QVERIFY2(refused > 500, "the generator makes bad requests");
    QCOMPARE(world.desk.push(visitor.device, {visitor.device.event(world.cases[0], test::aCall(now), now)}, visitor.token).status, 200);
}

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
