// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>
#include <set>

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include "server/demo/demo.h"
#include "server/demo/democases.h"
#include "tests/support/fakeclock.h"
#include "tests/support/gzip.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;

namespace {

const auto kToday = *base::Date::tryFrom(2026, 3, 2);

// The cost of the passphrase hash does not matter here; everything else is as shipped.
demo::DemoOptions options(std::uint64_t seed = demo::kDefaultSeed)
{
    return {.seed = seed, .today = kToday, .passwordCost = {.passes = 3, .memoryBytes = 64ULL << 20}};
}

struct Office {
    QTemporaryDir folder;
    test::FakeClock clock;
    DatabaseUrl url = *DatabaseUrl::parse("sqlite://" + folder.filePath(QStringLiteral("demo.db")).toStdString());
    Store store = *Store::open(url, StoreMode::ReadWrite, clock);
    ServerKeys keys = *ServerKeys::loadOrCreate(url.keysPath(store.dataset()), clock);
};

template <class F>
void eachRow(Store& store, const char* kind, F visit)
{
    QVERIFY_RESULT(store.rows().forEachOfKind(kind, [&](const ProjectionRow& row) {
        visit(row, *base::parseJson(*row.body));
        return base::Result<>();
    }));
}

std::vector<std::string> phones(const std::vector<demo::DemoCase>& cases)
{
    std::vector<std::string> numbers;
    for (const auto& one : cases)
        for (const auto& point : one.content.contactPoints)
            if (point.kind == domain::ContactPointKind::Mobile || point.kind == domain::ContactPointKind::Landline)
                numbers.push_back(point.value.reveal());
    return numbers;
}

} // namespace

class TestDemo : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fillsAnEmptyDatabase();
    void refusesADatabaseInUse();
    void sameSeedSameCases();
    void numbersBelongToNobody();
    void idNumbersBelongToNobody();
    void everythingDecodes();
    void showsEveryStory();
};

void TestDemo::fillsAnEmptyDatabase()
{
    Office office;
    const auto summary = demo::createDemo(office.store, office.keys, options(), office.clock);
    QVERIFY_RESULT(summary);
    QCOMPARE(summary->cases, 500);
    QCOMPARE(summary->assigned, 450);
    QVERIFY(summary->events > 500);
    QVERIFY(summary->promisesDueToday >= 10);
    QVERIFY(summary->callBacksToday >= 10);
    std::map<std::string, UserRecord> users;
    const auto list = office.store.users().list();
    QVERIFY_RESULT(list);
    for (const auto& user : *list)
        users.emplace(user.userName, user);
    QCOMPARE(users.size(), std::size_t{5});
    QVERIFY(base::verifyPassword(demo::kDemoPassphrase, users.at("li.na").passwordHash));
    QVERIFY(users.at("zhao.min").team != users.at("chen.jing").team);
    std::map<std::string, int> held;
    QVERIFY_RESULT(office.store.cases().forEach(std::nullopt, [&](const CaseRecord& record) {
        for (const auto& [name, user] : users)
            held[name] += record.assignedTo == user.id ? 1 : 0;
        return base::Result<>();
    }));
    for (const char* agent : {"li.na", "wang.wei", "zhao.min"})
        QVERIFY2(held[agent] >= 140 && held[agent] <= 160, agent);
}

void TestDemo::refusesADatabaseInUse()
{
    Office office;
    QVERIFY_RESULT(demo::createDemo(office.store, office.keys, options(), office.clock));
    const auto seq = *office.store.lastSeq();
    QVERIFY_FAILS(demo::createDemo(office.store, office.keys, options(), office.clock), base::ErrorCode::Conflict);
    QCOMPARE(*office.store.lastSeq(), seq);
}

void TestDemo::sameSeedSameCases()
{
    const auto print = [](const std::vector<demo::DemoCase>& cases) {
        std::string text;
        for (const auto& one : cases) {
            text += toJson(one.content.head).dump();
            for (const auto& point : one.content.contactPoints)
                text += toJson(point).dump();
            for (const auto& event : one.history)
                text += event.id.toString() + event.at.toRfc3339Utc() + domain::encodePayload(event.payload);
        }
        return base::toHex(base::sha256(base::asBytes(text)));
    };
    const auto first = print(demo::makeCases(1, kToday));
    QCOMPARE(print(demo::makeCases(1, kToday)), first);
    QVERIFY(print(demo::makeCases(2, kToday)) != first);
    QVERIFY(print(demo::makeCases(1, kToday.plusDays(1))) != first);
}

void TestDemo::numbersBelongToNobody()
{
    const auto numbers = phones(demo::makeCases(demo::kDefaultSeed, kToday));
    QVERIFY(numbers.size() > 700);
    for (const auto& number : numbers) {
        const bool mobile = number.starts_with("164") || number.starts_with("169");
        const bool landline = number.starts_with("0") && (number[3] == '0' || number[4] == '0');
        QVERIFY2(mobile || landline, number.c_str());
    }
    REQUIRE_SHARED_DATA(folder, "phone_numbers");
    std::set<std::string> assigned;
    for (const auto* file : {"/geocoding_86_zh.txt.gz", "/carrier_86_zh.txt", "/carrier_86_en.txt"}) {
        const auto text = QString::fromStdString(test::readGzip(folder.toStdString() + file));
        QVERIFY(!text.isEmpty());
        for (const auto& line : text.split(QLatin1Char('\n')))
            if (line.startsWith(QStringLiteral("861")))
                assigned.insert(line.section(QLatin1Char('|'), 0, 0).toStdString());
    }
    QVERIFY(assigned.size() > 100000);
    const auto isAssigned = [&](const std::string& number) {
        for (std::size_t length = 3; length <= 9; ++length)
            if (assigned.contains(("86" + number).substr(0, length)))
                return true;
        return false;
    };
    QVERIFY(isAssigned("13000000000"));   // the comparison itself works
    for (const auto& number : numbers)
        if (number.front() == '1')
            QVERIFY2(!isAssigned(number), number.c_str());
}

void TestDemo::idNumbersBelongToNobody()
{
    int ids = 0;
    for (const auto& one : demo::makeCases(demo::kDefaultSeed, kToday))
        for (const auto& party : one.content.parties) {
            const auto& id = party.idNumber.reveal();
            if (id.empty())
                continue;
            QCOMPARE(id.size(), std::size_t{18});
            QVERIFY(id.starts_with("990000"));
            static constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
            int sum = 0;
            for (std::size_t i = 0; i < 17; ++i)
                sum += (id[i] - '0') * kWeights[i];
            QVERIFY2("10X98765432"[sum % 11] != id[17], "a demo ID number must fail its check digit");
            ++ids;
        }
    QVERIFY(ids >= 500);
    REQUIRE_SHARED_DATA(folder, "cn_divisions");
    QFile provinces(folder + QStringLiteral("/provinces.csv"));
    QVERIFY(provinces.open(QIODevice::ReadOnly));
    const auto text = provinces.readAll();
    QVERIFY(text.contains("\n11,"));
    QVERIFY(!text.contains("\n99,"));
}

// What the workstation will read: every row under its kind, every event with its payload.
void TestDemo::everythingDecodes()
{
    Office office;
    QVERIFY_RESULT(demo::createDemo(office.store, office.keys, options(), office.clock));
    int rows = 0;
    eachRow(office.store, domain::kind::kCase, [&](const ProjectionRow& row, const base::Json& body) {
        QVERIFY_RESULT(domain::caseFromJson(domain::CaseId(row.id), body));
        ++rows;
    });
    eachRow(office.store, domain::kind::kParty, [&](const ProjectionRow& row, const base::Json& body) {
        QVERIFY_RESULT(domain::partyFromJson(domain::PartyId(row.id), *row.caseId, body));
    });
    eachRow(office.store, domain::kind::kAccount, [&](const ProjectionRow& row, const base::Json& body) {
        QVERIFY_RESULT(domain::accountFromJson(domain::AccountId(row.id), *row.caseId, body));
    });
    eachRow(office.store, domain::kind::kEvent, [&](const ProjectionRow&, const base::Json& body) {
        const auto echo = domain::eventEchoFromJson(body);
        QVERIFY_RESULT(echo);
        const auto header = domain::decodeHeader(echo->header);
        QVERIFY_RESULT(header);
        QVERIFY(header->occurredAt < office.clock.now());
        QVERIFY_RESULT(domain::decodePayload(header->type, header->typeVersion, *echo->payload));
        ++rows;
    });
    QVERIFY(rows > 1000);
}

void TestDemo::showsEveryStory()
{
    Office office;
    QVERIFY_RESULT(demo::createDemo(office.store, office.keys, options(), office.clock));
    std::map<std::string, int> states;
    int dueToday = 0;
    eachRow(office.store, domain::kind::kPromise, [&](const ProjectionRow&, const base::Json& body) {
        ++states[body["state"].get<std::string>()];
        dueToday += body["state"] == "open" && body["due_on"] == kToday.toIso() ? 1 : 0;
    });
    for (const char* state : {"open", "broken", "partly_kept"})
        QVERIFY2(states[state] >= 3, state);
    QVERIFY(dueToday >= 10);
    std::map<std::string, int> flags;
    int hotNotes = 0;
    int severalAccounts = 0;
    std::map<std::string, std::set<std::string>> casesOf;
    eachRow(office.store, domain::kind::kCase, [&](const ProjectionRow&, const base::Json& body) {
        for (const auto& flag : body["flags"])
            ++flags[flag["kind"].get<std::string>()];
        hotNotes += body["hot_note"].is_null() ? 0 : 1;
    });
    eachRow(office.store, domain::kind::kParty, [&](const ProjectionRow& row, const base::Json& body) {
        if (body["role"] == "debtor")
            casesOf[body["person_key"].get<std::string>()].insert(row.caseId->toString());
    });
    std::map<std::string, int> accounts;
    eachRow(office.store, domain::kind::kAccount, [&](const ProjectionRow& row, const base::Json&) { ++accounts[row.caseId->toString()]; });
    for (const auto& [id, count] : accounts)
        severalAccounts += count > 1 ? 1 : 0;
    for (const char* flag : {"dispute", "hardship", "complaint", "cease", "workplace_barred"})
        QVERIFY2(flags[flag] >= 1, flag);
    QVERIFY(hotNotes >= 20);
    QVERIFY(severalAccounts >= 80);
    const auto twice = std::count_if(casesOf.begin(), casesOf.end(), [](const auto& person) { return person.second.size() > 1; });
    QVERIFY2(twice >= 10, "some people have cases in both portfolios");
}

QTEST_GUILESS_MAIN(TestDemo)
#include "tst_demo.moc"
