// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>

#include <QCoreApplication>
#include <QEventLoop>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include "app/base/log.h"
#include "app/services/datathread.h"
#include "app/services/packservice.h"
#include "app/services/queueservice.h"
#include "app/services/sessionservice.h"
#include "app/services/syncservice.h"
#include "app/sync/enrolment.h"
#include "app/sync/httpsyncprotocol.h"
#include "app/sync/syncengine.h"
#include "db/keyfile.h"
#include "tests/support/serverprocess.h"

/// First pull of the 24,000 real accounts over loopback against putting the same pages into a fresh cache from memory, and the start of the
/// services over that cache to a usable Today.
namespace {

using namespace evenhand;
using Watch = std::chrono::steady_clock;

constexpr const char* kUser = "bench";
constexpr const char* kPassword = "evenhand-bench";
constexpr double kReachPull = 3.0;
constexpr double kReachStartMs = 400;
constexpr double kReachRssMiB = 150;
constexpr double kReachLightsMs = 1000;

double millisecondsSince(Watch::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Watch::now() - begin).count();
}

double residentMiB()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:"))
            return std::stod(line.substr(6)) / 1024.0;
    }
    return 0;
}

/// Passes everything on and keeps the pages that came.
class RecordingProtocol final : public sync::SyncProtocol {
public:
    explicit RecordingProtocol(sync::SyncProtocol& inner) : m_inner(inner) {}
    std::vector<domain::wire::PullResponse> pages;

    void hello(Done<domain::wire::Hello> done) override { m_inner.hello(std::move(done)); }
    void enrol(const domain::wire::EnrolRequest& request, Done<domain::wire::EnrolResponse> done) override { m_inner.enrol(request, std::move(done)); }
    void openSession(const domain::wire::SessionRequest& request, Done<domain::wire::SessionResponse> done) override
    {
        m_inner.openSession(request, std::move(done));
    }
    void pushEvents(const sync::PushTicket& ticket, const domain::wire::EventsRequest& request, Done<domain::wire::EventsResponse> done) override
    {
        m_inner.pushEvents(ticket, request, std::move(done));
    }
    void pull(const std::string& token, const domain::wire::PullRequest& request, Done<domain::wire::PullResponse> done) override
    {
        m_inner.pull(token, request, [this, done = std::move(done)](sync::Reply<domain::wire::PullResponse> page) {
            if (page)
                pages.push_back(*page);
            done(std::move(page));
        });
    }
    void expectDataset(const domain::DatasetId& dataset) override { m_inner.expectDataset(dataset); }
    void cancelAll() override { m_inner.cancelAll(); }

private:
    sync::SyncProtocol& m_inner;
};

template <class T>
T require(base::Result<T> result, const char* what)
{
    if (!result) {
        std::fprintf(stderr, "%s: %s\n", what, result.error().detail.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>)
        return *std::move(result);
}

void requireRun(test::ServerProcess& server, const QStringList& arguments)
{
    if (const auto run = server.run(arguments); run.exitCode != 0) {
        std::fprintf(stderr, "evenhandd: %s\n", run.errors.c_str());
        std::exit(1);
    }
}

void prepareServer(test::ServerProcess& server, const QString& file)
{
    const QString password = server.folder() + QStringLiteral("/password");
    std::ofstream(password.toStdString()) << kPassword << "\n";
    requireRun(server, {QStringLiteral("user"), QStringLiteral("add"), QString::fromLatin1(kUser), QStringLiteral("--role"), QStringLiteral("agent"),
                        QStringLiteral("--password-file"), password});
    requireRun(server, {QStringLiteral("import"), file, QStringLiteral("--mapping"),
                        QStringLiteral(EVENHAND_SOURCE_DIR "/docs/examples/mappings/uci_credit_default.yaml"), QStringLiteral("--portfolio"),
                        QStringLiteral("bench")});
    requireRun(server, {QStringLiteral("assign"), QStringLiteral("--portfolio"), QStringLiteral("bench"), QStringLiteral("--to"), QString::fromLatin1(kUser)});
    if (!server.serve()) {
        std::fprintf(stderr, "evenhandd serve: %s\n", server.errors().c_str());
        std::exit(1);
    }
}

struct Files {
    db::Journal journal;
    db::CaseCache cache;
};

Files openFiles(const QString& folder, const db::ProfileKeys& keys, const base::Clock& clock)
{
    const auto path = folder.toStdString();
    return {require(db::Journal::open({path + "/journal.db", keys.journal.duplicate(), base::SigningKey::fromSeed(keys.device.seed()), "bench"}, clock), "journal"),
            require(db::CaseCache::open({path + "/cache.db", keys.cache.duplicate(), "bench"}, clock), "cache")};
}

double firstPull(const test::ServerProcess& server, std::vector<domain::wire::PullResponse>& pages, const base::Clock& clock)
{
    QTemporaryDir folder;
    const auto keys = require(db::KeyFile(folder.path().toStdString()).create(kPassword, {3, 64ULL << 20}), "keys");
    auto files = openFiles(folder.path(), keys, clock);
    sync::HttpSyncProtocol http(require(sync::ServerAddress::parse("http://127.0.0.1:" + std::to_string(server.port()), {}), "address"), "bench");
    RecordingProtocol protocol(http);
    QEventLoop loop;
    std::optional<domain::wire::EnrolResponse> enrolled;
    sync::enrolDevice(protocol, {kUser, kPassword, "bench", "bench"}, keys.device, clock, [&](sync::Reply<domain::wire::EnrolResponse> answer) {
        if (answer)
            enrolled = *answer;
        loop.quit();
    });
    loop.exec();
    if (!enrolled)
        std::exit(1);
    require(files.journal.setIdentity({enrolled->datasetId, enrolled->deviceId, enrolled->userId, domain::EpochId::random(), "http://127.0.0.1",
                                       domain::UserRole::Agent, kUser, {}, enrolled->serverKeys}), "identity");
    sync::TimerAlarms alarms;
    sync::EngineListener listener;
    listener.applied = [&](const db::ApplyOutcome&) { loop.quit(); };
    listener.status = [&](const sync::EngineStatus& status) {
        if (status.lastFailure) {
            std::fprintf(stderr, "pull: %s\n", status.lastFailure->failure.error.detail.c_str());
            std::exit(1);
        }
    };
    sync::SyncEngine engine(protocol, files.journal, files.cache, {enrolled->datasetId, enrolled->deviceId, enrolled->userId, enrolled->serverKeys, "bench"},
                            {base::SigningKey::fromSeed(keys.device.seed()), kPassword, std::nullopt}, clock, alarms, std::move(listener));
    const auto begin = Watch::now();
    engine.kick();
    loop.exec();
    const auto took = millisecondsSince(begin);
    pages = std::move(protocol.pages);
    return took;
}

double fromMemory(const std::vector<domain::wire::PullResponse>& pages, const base::Clock& clock)
{
    QTemporaryDir folder;
    const auto keys = require(db::KeyFile(folder.path().toStdString()).create(kPassword, {3, 64ULL << 20}), "keys");
    auto files = openFiles(folder.path(), keys, clock);
    const auto begin = Watch::now();
    for (const auto& page : pages)
        require(files.cache.stagePage(page), "stage");
    require(files.cache.applyStaged(), "apply");
    return millisecondsSince(begin);
}

template <class T>
T await(QFuture<base::Result<T>> future, const char* what)
{
    while (!future.isFinished())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
    return require(future.result(), what);
}

struct Services {
    explicit Services(services::ServiceOptions given, const base::Clock& clock) : options(std::move(given)), data(options, clock) {}
    services::ServiceOptions options;
    services::DataThread data;
    services::SessionService session{data};
    services::SyncService sync{data};
    services::QueueService queue{data};
    services::PackService packs{data};
};

/// From rules and rows that are there to the last light of the queue, in milliseconds.
double lightsMs(Services& desk)
{
    const auto begin = Watch::now();
    while (!await(desk.queue.today(), "today").lightsComplete) {
        QEventLoop pause;
        QTimer::singleShot(20, &pause, &QEventLoop::quit);
        pause.exec();
    }
    return millisecondsSince(begin);
}

/// A process of its own, so that the memory is only what the workstation's core needs.
int measureStart(const std::string& folder, const std::string& url)
{
    const base::SystemClock clock;
    services::ServiceOptions options;
    options.dataFolder = folder;
    options.packs = {EVENHAND_SOURCE_DIR "/resources/packs/cn-consumer-2026"};
    options.passphraseCost = base::Argon2Cost{3, 64ULL << 20};
    Services desk(options, clock);
    const bool isFirst = !QFileInfo::exists(QString::fromStdString(folder + "/profiles"));
    const auto beforeSignIn = Watch::now();
    await(desk.session.signIn({url, kUser, kPassword}), "sign in");
    const auto signInMs = millisecondsSince(beforeSignIn);
    if (isFirst) {
        while (!desk.sync.status().viewCompleteAt)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
        return 0;
    }
    const auto begin = Watch::now();
    const auto today = await(desk.queue.today(), "today");
    std::printf("start to Today with %lld cached cases: %.0f ms after sign-in (%.0f ms with the passphrase hash), resident %.0f MiB; reach %.0f ms, %.0f MiB\n",
                static_cast<long long>(today.cases), millisecondsSince(begin), signInMs, residentMiB(), kReachStartMs, kReachRssMiB);
    await(desk.packs.load(), "rule packs");
    std::printf("lights of %lld cases after the rule packs are there: %.0f ms; reach %.0f ms\n", static_cast<long long>(today.cases), lightsMs(desk), kReachLightsMs);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    base::initialiseCrypto();
    base::log::configure({}, spdlog::level::warn);
    if (argc == 4 && std::string_view(argv[1]) == "--start")
        return measureStart(argv[2], argv[3]);
    const char* shared = std::getenv("EVENHAND_SHARED_DATA");
    const QString file = QString::fromStdString(shared != nullptr ? shared : EVENHAND_SOURCE_DIR "/../shared/data")
                      + QStringLiteral("/uci_credit_default/uci_credit_default.csv.gz");
    if (!QFileInfo::exists(file)) {
        std::printf("skipped: shared data folder 'uci_credit_default' is absent; set EVENHAND_SHARED_DATA\n");
        return 0;
    }
    const base::SystemClock clock;
    test::ServerProcess server;
    prepareServer(server, file);
    std::vector<domain::wire::PullResponse> pages;
    const auto pulled = firstPull(server, pages, clock);
    std::size_t rows = 0;
    for (const auto& page : pages)
        rows += page.ops.size();
    const auto inserted = fromMemory(pages, clock);
    std::printf("first pull of %zu rows over loopback: %.0f ms; the same rows from memory: %.0f ms; ratio %.2f; reach %.1f\n", rows, pulled, inserted,
                pulled / inserted, kReachPull);
    pages.clear();
    QTemporaryDir profile;
    const QStringList start{QStringLiteral("--start"), profile.path(), QStringLiteral("http://127.0.0.1:%1").arg(server.port())};
    QProcess::execute(QCoreApplication::applicationFilePath(), start);   // enrols and fills the cache
    QProcess::execute(QCoreApplication::applicationFilePath(), start);
    return 0;
}
