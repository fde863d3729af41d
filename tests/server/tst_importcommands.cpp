// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iostream>
#include <map>
#include <sstream>

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <CLI/CLI.hpp>

#include "app/base/json.h"
#include "server/commands/assigncommand.h"
#include "server/commands/democommand.h"
#include "server/commands/exportcommand.h"
#include "server/commands/importcommand.h"
#include "server/store/store.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;

namespace {

const char* const kMapping = "version: 1\nportfolio: P\ncase: {business_no: \"{no}\", currency: CNY, region: \"{region}\"}\ndebtor: {name: \"{name}\"}\n"
                             "accounts: [{account_no: \"{no}\", principal: \"{principal}\", dpd: \"{dpd}\"}]\n";

struct Outcome {
    int status;
    std::string out;
    std::string error;
};

// Runs a command line as main() does, with standard output caught.
class Office {
public:
    Outcome run(std::vector<std::string> words)
    {
        CLI::App application;
        CommandLine line{m_clock};
        addImportCommand(application, line);
        addAssignCommand(application, line);
        addUnassignCommand(application, line);
        addExportCommand(application, line);
        addDemoCommand(application, line);
        words.insert(words.end(), {"--db", db()});
        std::reverse(words.begin(), words.end());
        try {
            application.parse(words);
        } catch (const CLI::ParseError& error) {
            return {2, {}, error.what()};
        }
        std::ostringstream out;
        auto* const before = std::cout.rdbuf(out.rdbuf());
        const auto status = line.run();
        std::cout.rdbuf(before);
        return {status ? *status : 2, out.str(), status ? std::string() : status.error().detail};
    }

    void addUser(const char* name, domain::UserRole role, const char* team)
    {
        auto store = open();
        auto transaction = store.begin();
        const auto seq = *store.nextSeq();
        if (!store.users().insert({domain::UserId::random(), name, name, role, team, "", false, m_clock.now()}, seq) || !transaction->commit())
            qFatal("cannot add a user");
    }

    std::map<std::string, std::vector<CaseRecord>> held()
    {
        auto store = open();
        std::map<domain::UserId, std::string> names;
        const auto users = store.users().list();
        for (const auto& user : *users)
            names[user.id] = user.userName;
        std::map<std::string, std::vector<CaseRecord>> held;
        if (!store.cases().forEach(std::nullopt, [&](const CaseRecord& one) {
                held[one.assignedTo ? names[*one.assignedTo] : ""].push_back(one);
                return base::Result<>();
            }))
            qFatal("cannot read the cases");
        return held;
    }

    std::string write(const char* name, const std::string& text)
    {
        QFile file(m_folder.filePath(QString::fromUtf8(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(text)) < 0)
            qFatal("cannot write a test file");
        return file.fileName().toStdString();
    }

    Store open() { return *Store::open(*DatabaseUrl::parse(db()), StoreMode::ReadWrite, m_clock); }
    [[nodiscard]] std::string db() const { return "sqlite://" + m_folder.filePath(QStringLiteral("s.db")).toStdString(); }

private:
    QTemporaryDir m_folder;
    test::FakeClock m_clock;
};

// 30 cases of three regions, 10 each; balances 1 … 30, days past due the other way round.
std::string list()
{
    std::string csv = "no,name,principal,dpd,region\n";
    for (int i = 1; i <= 30; ++i)
        csv += "C" + std::to_string(i) + ",张三," + std::to_string(i) + "," + std::to_string(100 - i) + "," + "ABC"[i % 3] + "\n";
    return csv;
}

void import(Office& office)
{
    const auto done = office.run({"import", office.write("list.csv", list()), "--mapping", office.write("m.yaml", kMapping)});
    QCOMPARE(done.status, 0);
}

std::int64_t balanceOf(const std::vector<CaseRecord>& cases)
{
    std::int64_t sum = 0;
    for (const auto& one : cases)
        sum += one.balanceMinor;
    return sum;
}

} // namespace

class TestImportCommands : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void importPrintsTheContractsResult();
    void importExitsByWhatHappened();
    void assignDealsFairly();
    void assignByRegionKeepsRegionsTogether();
    void assignTakesTheMostUrgentFirst();
    void assignRefuses_data();
    void assignRefuses();
    void unassignTakesBack();
    void exportsCallsAndPromises();
    void exportedCsvOpensInASpreadsheet();
    void exportRefuses_data();
    void exportRefuses();
    void demoRefusesADatabaseInUse();
};

void TestImportCommands::importPrintsTheContractsResult()
{
    Office office;
    const auto file = office.write("list.csv", "no,name,principal,dpd,region\nC1,张三,1,1,A\nC2,张三,x,1,A\n");
    const auto mapping = office.write("m.yaml", kMapping);
    const auto done = office.run({"import", file, "--mapping", mapping, "--keep-good", "--json"});
    QCOMPARE(done.status, 1);
    const auto result = base::parseJson(done.out);
    QVERIFY_RESULT(result);
    QCOMPARE((*result)["rows"].get<int>(), 2);
    QCOMPARE((*result)["created"].get<int>(), 1);
    QCOMPARE((*result)["updated"].get<int>(), 0);
    QCOMPARE((*result)["unchanged"].get<int>(), 0);
    QCOMPARE((*result)["rejected"].get<int>(), 1);
    QCOMPARE((*result)["errors"].size(), std::size_t{1});
    QCOMPARE((*result)["errors"][0]["row"].get<int>(), 3);
    QCOMPARE((*result)["errors"][0]["column"].get<std::string>(), std::string("principal"));
    QVERIFY((*result)["errors"][0]["message"].is_string());
    QVERIFY(QFile::exists(QString::fromStdString(file + ".rejected.csv")));
    QCOMPARE(office.held()[""].size(), std::size_t{1});
}

void TestImportCommands::importExitsByWhatHappened()
{
    Office office;
    import(office);
    const auto mapping = office.write("m.yaml", kMapping);
    QCOMPARE(office.run({"import", office.write("bad.csv", "no,name,principal,dpd,region\nC9,x,,,\n"), "--mapping", mapping}).status, 1);
    const auto absent = office.run({"import", "/nowhere/list.csv", "--mapping", mapping});
    QCOMPARE(absent.status, 2);
    QVERIFY(absent.out.empty());
    QVERIFY(absent.error.find("/nowhere/list.csv: cannot be opened") != std::string::npos);
    const auto unknown = office.run({"import", office.write("list.csv", list()), "--mapping", office.write("m2.yaml", std::string(kMapping) + "colour: red\n")});
    QCOMPARE(unknown.status, 2);
    QVERIFY2(unknown.error.find("m2.yaml:6:1: a mapping has no `colour`; known: ") != std::string::npos, unknown.error.c_str());
}

void TestImportCommands::assignDealsFairly()
{
    Office office;
    import(office);
    office.addUser("a", domain::UserRole::Agent, "t");
    office.addUser("b", domain::UserRole::Agent, "t");
    office.addUser("c", domain::UserRole::Field, "t");
    QCOMPARE(office.run({"assign", "--portfolio", "P", "--to", "a,b,c"}).status, 0);
    auto held = office.held();
    for (const char* user : {"a", "b", "c"}) {
        QCOMPARE(held[user].size(), std::size_t{10});
        QVERIFY2(std::abs(balanceOf(held[user]) - 15500) <= 200, std::to_string(balanceOf(held[user])).c_str());
    }
}

void TestImportCommands::assignByRegionKeepsRegionsTogether()
{
    Office office;
    import(office);
    office.addUser("a", domain::UserRole::Agent, "t");
    office.addUser("b", domain::UserRole::Agent, "t");
    office.addUser("c", domain::UserRole::Agent, "t");
    QCOMPARE(office.run({"assign", "--portfolio", "P", "--to", "a,b,c", "--by", "region"}).status, 0);
    auto held = office.held();
    for (const char* user : {"a", "b", "c"}) {
        QCOMPARE(held[user].size(), std::size_t{10});
        for (const auto& one : held[user])
            QCOMPARE(one.region, held[user].front().region);
    }
}

void TestImportCommands::assignTakesTheMostUrgentFirst()
{
    Office office;
    import(office);
    office.addUser("a", domain::UserRole::Agent, "t");
    QCOMPARE(office.run({"assign", "--portfolio", "P", "--to", "a", "--count", "3", "--by", "dpd"}).status, 0);
    auto held = office.held();
    QCOMPARE(held["a"].size(), std::size_t{3});
    for (const auto& one : held["a"])
        QVERIFY(one.daysPastDue >= 97);
}

void TestImportCommands::assignRefuses_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("error");
    const auto row = [](const char* name, const char* words, const char* error) {
        QTest::newRow(name) << QString::fromUtf8(words).split(QLatin1Char(' ')) << QString::fromUtf8(error);
    };
    row("unknown user", "assign --portfolio P --to nobody", "there is no user nobody");
    row("unknown portfolio", "assign --portfolio X --to a", "there is no portfolio \"X\"");
    row("a role that works no cases", "assign --portfolio P --to boss", "has the role admin and works no cases");
    row("the same user twice", "assign --portfolio P --to a,a", "stands twice");
    row("unknown order", "assign --portfolio P --to a --by luck", "--by");
    row("one good and one unknown user: nothing moves", "assign --portfolio P --to a,nobody", "there is no user nobody");
}

void TestImportCommands::assignRefuses()
{
    QFETCH(QStringList, words);
    QFETCH(QString, error);
    Office office;
    import(office);
    office.addUser("a", domain::UserRole::Agent, "t");
    office.addUser("boss", domain::UserRole::Admin, "");
    std::vector<std::string> all;
    for (const auto& word : words)
        all.push_back(word.toStdString());
    const auto done = office.run(all);
    QCOMPARE(done.status, 2);
    QVERIFY2(QString::fromStdString(done.error).contains(error), done.error.c_str());
    QVERIFY(done.out.empty());
    QCOMPARE(office.held()[""].size(), std::size_t{30});
}

void TestImportCommands::unassignTakesBack()
{
    Office office;
    import(office);
    office.addUser("a", domain::UserRole::Agent, "t");
    office.addUser("b", domain::UserRole::Agent, "t");
    QCOMPARE(office.run({"assign", "--portfolio", "P", "--to", "a,b"}).status, 0);
    QCOMPARE(office.run({"unassign", "--portfolio", "P", "--from", "a", "--count", "5"}).status, 0);
    auto held = office.held();
    QCOMPARE(held["a"].size(), std::size_t{10});
    QCOMPARE(held["b"].size(), std::size_t{15});
    QCOMPARE(office.run({"unassign", "--portfolio", "P"}).status, 0);
    QCOMPARE(office.held()[""].size(), std::size_t{30});
}

void TestImportCommands::exportsCallsAndPromises()
{
    Office office;
    QCOMPARE(office.run({"demo", "--today", "2026-03-02"}).status, 0);
    const auto calls = office.run({"export", "calls", "--from", "2026-01-01", "--to", "2026-03-02", "--format", "ndjson"});
    QCOMPARE(calls.status, 0);
    std::istringstream lines(calls.out);
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        const auto call = base::parseJson(line);
        QVERIFY_RESULT(call);
        for (const char* member : {"event_id", "at", "case_no", "portfolio", "agent", "outcome", "result", "note"})
            QVERIFY2(call->contains(member), member);
        QVERIFY((*call)["at"].get<std::string>().ends_with("+08:00"));
        QVERIFY(!(*call)["case_no"].get<std::string>().empty());
    }
    QVERIFY(count > 300);
    const auto oneDay = office.run({"export", "calls", "--from", "2026-02-26", "--to", "2026-02-26", "--format", "ndjson"});
    std::istringstream dayLines(oneDay.out);
    int ofDay = 0;
    for (std::string line; std::getline(dayLines, line); ++ofDay)
        QVERIFY((*base::parseJson(line))["at"].get<std::string>().starts_with("2026-02-26T"));
    QVERIFY(ofDay > 0 && ofDay < count);
    const auto promises = office.run({"export", "promises", "--from", "2026-01-01", "--to", "2026-03-02", "--format", "ndjson"});
    QVERIFY(promises.out.find("\"state\":\"broken\"") != std::string::npos);
    QVERIFY(promises.out.find("\"state\":\"open\"") != std::string::npos);
    const auto cases = office.run({"export", "cases", "--format", "csv"});
    QCOMPARE(std::count(cases.out.begin(), cases.out.end(), '\n'), 501);
}

void TestImportCommands::exportedCsvOpensInASpreadsheet()
{
    Office office;
    QCOMPARE(office.run({"import", office.write("list.csv", "no,name,principal,dpd,region\nC1,\"=HYPERLINK(\"\"x\"\")\",1,1,A\n"), "--mapping",
                         office.write("m.yaml", kMapping)}).status, 0);
    const auto cases = office.run({"export", "cases"});
    QVERIFY(cases.out.starts_with("\xEF\xBB\xBF"));
    QVERIFY2(cases.out.find("\"'=HYPERLINK(\"\"x\"\")\"") != std::string::npos, cases.out.c_str());
    QVERIFY(cases.out.find(",=HYPERLINK") == std::string::npos);
}

void TestImportCommands::exportRefuses_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("error");
    const auto row = [](const char* name, const char* words, const char* error) {
        QTest::newRow(name) << QString::fromUtf8(words).split(QLatin1Char(' ')) << QString::fromUtf8(error);
    };
    row("calls without days", "export calls", "needs --from and --to as days");
    row("a day that is none", "export calls --from 2026-02-30 --to 2026-03-01", "needs --from and --to as days");
    row("the wrong way round", "export promises --from 2026-03-02 --to 2026-03-01", "--to is before --from");
    row("something else", "export everything", "everything");
    row("another format", "export cases --format xls", "--format");
}

void TestImportCommands::exportRefuses()
{
    QFETCH(QStringList, words);
    QFETCH(QString, error);
    Office office;
    { const auto created = office.open(); }
    std::vector<std::string> all;
    for (const auto& word : words)
        all.push_back(word.toStdString());
    const auto done = office.run(all);
    QCOMPARE(done.status, 2);
    QVERIFY(done.out.empty());
    QVERIFY2(QString::fromStdString(done.error).contains(error), done.error.c_str());
}

void TestImportCommands::demoRefusesADatabaseInUse()
{
    Office office;
    import(office);
    const auto done = office.run({"demo"});
    QCOMPARE(done.status, 2);
    QVERIFY2(done.error.find("not empty") != std::string::npos, done.error.c_str());
    QCOMPARE(office.held()[""].size(), std::size_t{30});
}

QTEST_GUILESS_MAIN(TestImportCommands)
#include "tst_importcommands.moc"
