// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <charconv>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <sys/resource.h>

#include "app/base/log.h"
#include "server/commands/command.h"
#include "server/http/httpserver.h"
#include "server/projection/agreementrules.h"
#include "server/projection/settleround.h"
#include "server/version.h"

namespace evenhand::server {

using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

constexpr std::int64_t kKeepPartsS = 30 * 86400;   // longer than the longest lease
constexpr int kReaders = 3;
constexpr int kPasswordThreads = 2;   // each check takes 64 MiB for a fraction of a second

struct ServeOptions {
    std::string database;
    std::string blobs;
    std::string listen = "127.0.0.1:8443";
    std::string certificate;
    std::string privateKey;
    std::int64_t standbyS = 10;
    bool behindProxy = false;
    std::string pack = kUsualPack;
};

Result<HttpConfig> httpConfig(const ServeOptions& options)
{
    const auto colon = options.listen.rfind(':');
    HttpConfig config;
    unsigned port = 65536;
    if (colon != std::string::npos)
        std::from_chars(options.listen.data() + colon + 1, options.listen.data() + options.listen.size(), port);
    if (port > 65535)
        return fail(ErrorCode::Invalid, "--listen \"" + options.listen + "\": write ADDRESS:PORT, for example 127.0.0.1:8443");
    config.port = static_cast<unsigned short>(port);
    config.limits.behindProxy = options.behindProxy;
    config.address = options.listen.substr(0, colon);
    if (config.address.starts_with('[') && config.address.ends_with(']'))
        config.address = config.address.substr(1, config.address.size() - 2);
    if (options.certificate.empty() != options.privateKey.empty())
        return fail(ErrorCode::Invalid, "--tls-cert and --tls-key belong together; give both");
    if (!options.certificate.empty())
        config.tls = TlsFiles{options.certificate, options.privateKey};
    return config;
}

/// Everything a running server consists of; the order is the architecture. Pointers, because parts refer to each other and must not move.
struct ServerProgram {
    std::unique_ptr<ServerKeys> keys;
    std::unique_ptr<Sequencer> sequencer;
    std::unique_ptr<WorkerPool> workers;
    std::unique_ptr<WorkerPool> passwords;
    std::unique_ptr<ApiContext> context;
    std::unique_ptr<Api> api;
    std::unique_ptr<HttpServer> http;
    std::unique_ptr<SettleRound> settling;
};

Result<domain::DatasetId> datasetOf(const DatabaseUrl& url, const base::Clock& clock)
{
    EVENHAND_ASSIGN(const auto store, Store::open(url, StoreMode::ReadOnly, clock));
    return store.dataset();
}

Result<ServerProgram> assemble(const ServeOptions& options, const base::Clock& clock)
{
    EVENHAND_ASSIGN(const auto url, DatabaseUrl::parse(options.database));
    EVENHAND_ASSIGN(const auto config, httpConfig(options));
    EVENHAND_ASSIGN(auto sequencer, Sequencer::start(url, clock, std::chrono::seconds(options.standbyS)));
    EVENHAND_ASSIGN(const auto dataset, datasetOf(url, clock));
    EVENHAND_ASSIGN(auto keys, ServerKeys::loadOrCreate(url.keysPath(dataset), clock));
    ServerProgram program{std::make_unique<ServerKeys>(std::move(keys)), std::move(sequencer), nullptr, nullptr, nullptr, nullptr, nullptr, nullptr};
    EVENHAND_ASSIGN(program.workers, WorkerPool::start(kReaders, url, clock));
    EVENHAND_ASSIGN(program.passwords, WorkerPool::start(kPasswordThreads, url, clock));
    EVENHAND_ASSIGN(std::shared_ptr<Pokes> pokes, Pokes::start(url, clock));
    std::shared_ptr<BlobFiles> blobs;
    if (!options.blobs.empty()) {
        EVENHAND_ASSIGN(blobs, BlobFiles::open(options.blobs));
        EVENHAND_TRY(blobs->removeOlderParts(clock.now().plusSeconds(-kKeepPartsS)));
    }
    program.context.reset(new ApiContext{*program.keys, clock, *program.sequencer, dataset, kVersion, {}, {}, AttemptLimiter(clock), std::move(blobs), std::move(pokes)});
    program.context->requests = std::make_shared<RequestLimiter>(clock);
    program.context->signer = std::make_shared<ReceiptSigner>(*program.keys, dataset);
    program.api = std::make_unique<Api>(*program.context, *program.workers, *program.passwords);
    EVENHAND_ASSIGN(program.http, HttpServer::create(config, *program.api));
    program.settling = std::make_unique<SettleRound>(*program.sequencer, program.keys->publicKey(), options.pack, clock);
    return program;
}

// One descriptor per connection. The soft limit is ours to raise; the hard one is the administrator's.
Result<> reserveDescriptors()
{
    constexpr rlim_t kWanted = 65536;   // every agent of a large site, parked
    constexpr rlim_t kLeast = 1024;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return {};
    limit.rlim_cur = limit.rlim_max;
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < kLeast)
        return fail(ErrorCode::Invalid, "only " + std::to_string(limit.rlim_cur) + " file descriptors are allowed here; set LimitNOFILE=65536 (at least 1024)");
    if (limit.rlim_cur < kWanted)
        base::log::of(base::log::Area::Server).warn("{} file descriptors: not more workstations than that can be connected; LimitNOFILE=65536 is recommended", limit.rlim_cur);
    return {};
}

Result<int> serve(const ServeOptions& options, const base::Clock& clock)
{
    EVENHAND_ASSIGN(auto program, assemble(options, clock));
    EVENHAND_TRY(reserveDescriptors());
    std::cout << "listening on " << program.http->listeningOn() << std::endl;
    program.http->run();
    // Answers of these threads go to the sockets: they end before the sockets' context does.
    program.settling.reset();
    program.workers.reset();
    program.passwords.reset();
    program.sequencer.reset();
    return 0;
}

} // namespace

void addServeCommand(CLI::App& application, CommandLine& line)
{
    const auto options = std::make_shared<ServeOptions>();
    auto* command = application.add_subcommand("serve", "Serve workstations over HTTP");
    command->add_option("--db", options->database, "Database, sqlite:///path/file.db or postgresql://…")->required();
    command->add_option("--blobs", options->blobs, "Folder for recordings and photos");
    command->add_option("--listen", options->listen, "ADDRESS:PORT; port 0 picks a free one")->capture_default_str();
    command->add_option("--standby", options->standbyS, "Seconds to wait while another evenhandd serves the same database")
        ->check(CLI::Range(0, 366 * 86400))->capture_default_str();
    command->add_flag("--behind-proxy", options->behindProxy, "nginx or haproxy stands in front: trust its X-Forwarded-For and its limits per address");
    command->add_option("--pack", options->pack, "Rule pack whose limits of promises and plans count until one is published")->capture_default_str();
    command->add_option("--tls-cert", options->certificate, "Certificate chain, PEM");
    command->add_option("--tls-key", options->privateKey, "Private key, PEM");
    command->callback([options, &line] { line.run = [options, &line] { return serve(*options, line.clock); }; });
}

} // namespace evenhand::server
