// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/httpserver.h"

#include <csignal>
#include <limits>
#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "app/base/log.h"
#include "server/http/connection.h"

namespace evenhand::server {

namespace asio = boost::asio;
using asio::ip::tcp;
using base::ErrorCode;
using base::fail;
using base::Result;
using boost::system::error_code;

struct HttpServer::Parts {
    Parts(HttpConfig settings, Api& endpoints)
        : config(std::move(settings)), api(endpoints), io(config.threads), strand(asio::make_strand(io)), acceptor(strand), signals(strand), registry(config.limits.behindProxy ? std::numeric_limits<int>::max() : config.limits.connectionsPerAddress) {}

    asio::awaitable<void> acceptLoop();
    asio::awaitable<void> waitForEnd();
    void beginStop();

    HttpConfig config;
    Api& api;
    asio::io_context io;
    asio::strand<asio::io_context::executor_type> strand;   // of everything below that is not a connection
    tcp::acceptor acceptor;
    asio::signal_set signals;
    std::optional<asio::ssl::context> tls;
    ConnectionRegistry registry;
};

namespace {

Result<asio::ssl::context> tlsContext(const TlsFiles& files)
{
    asio::ssl::context context(asio::ssl::context::tls_server);
    error_code error;
    if (SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_3_VERSION) != 1)
        return fail(ErrorCode::Invalid, "this OpenSSL does not speak TLS 1.3");
    SSL_CTX_set_mode(context.native_handle(), SSL_MODE_RELEASE_BUFFERS);
    context.use_certificate_chain_file(files.certificate, error);
    if (error)
        return fail(ErrorCode::Invalid, files.certificate + ": " + error.message() + "; expected a PEM certificate chain");
    context.use_private_key_file(files.privateKey, asio::ssl::context::pem, error);
    if (error)
        return fail(ErrorCode::Invalid, files.privateKey + ": " + error.message() + "; expected the PEM key of the certificate");
    return context;
}

Result<> bind(tcp::acceptor& acceptor, const HttpConfig& config)
{
    error_code error;
    const auto address = asio::ip::make_address(config.address, error);
    if (error)
        return fail(ErrorCode::Invalid, "\"" + config.address + "\" is not an IP address");
    if (!address.is_loopback() && !config.tls)
        return fail(ErrorCode::Invalid, "plain HTTP is only served on loopback addresses; give --tls-cert and --tls-key, or listen on 127.0.0.1");
    const tcp::endpoint endpoint(address, config.port);
    acceptor.open(endpoint.protocol(), error);
    if (!error)
        acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return fail(ErrorCode::Conflict, "cannot listen on " + config.address + ":" + std::to_string(config.port) + ": " + error.message());
    return {};
}

} // namespace

HttpServer::HttpServer(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::create(const HttpConfig& config, Api& api)
{
    auto parts = std::make_unique<Parts>(config, api);
    if (config.tls) {
        EVENHAND_ASSIGN(auto context, tlsContext(*config.tls));
        parts->tls.emplace(std::move(context));
    }
    EVENHAND_TRY(bind(parts->acceptor, config));
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(parts)));
}

std::string HttpServer::listeningOn() const
{
    error_code ignored;
    const auto endpoint = m_parts->acceptor.local_endpoint(ignored);
    const auto address = endpoint.address().to_string();
    return (endpoint.address().is_v6() ? "[" + address + "]" : address) + ":" + std::to_string(endpoint.port());
}

asio::awaitable<void> HttpServer::Parts::acceptLoop()
{
    asio::steady_timer pause(strand);
    while (acceptor.is_open()) {
        error_code error;
        auto socket = co_await acceptor.async_accept(asio::make_strand(io), asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::operation_aborted)
            co_return;
        if (error) {   // out of descriptors, mostly: give others time to close
            base::log::of(base::log::Area::Http).warn("accept: {}", error.message());
            pause.expires_after(std::chrono::milliseconds(100));
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
            continue;
        }
        const auto executor = socket.get_executor();
        asio::co_spawn(executor, serveConnection(std::move(socket), tls ? &*tls : nullptr, api, registry, config.limits), asio::detached);
    }
}

void HttpServer::Parts::beginStop()
{
    error_code ignored;
    acceptor.close(ignored);
    signals.cancel(ignored);
    registry.finishAll();
    asio::co_spawn(strand, waitForEnd(), asio::detached);
}

// Connections end by themselves once their reply is out; whoever does not within the time allowed is cut.
asio::awaitable<void> HttpServer::Parts::waitForEnd()
{
    asio::steady_timer timer(strand);
    const auto end = std::chrono::steady_clock::now() + config.limits.stop;
    error_code ignored;
    while (!registry.isEmpty() && std::chrono::steady_clock::now() < end) {
        timer.expires_after(std::chrono::milliseconds(20));
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    io.stop();
}

void HttpServer::run()
{
    auto& parts = *m_parts;
    parts.signals.add(SIGTERM);
    parts.signals.add(SIGINT);
    parts.signals.async_wait([&parts](const error_code& error, int) {
        if (!error)
            parts.beginStop();
    });
    asio::co_spawn(parts.strand, parts.acceptLoop(), asio::detached);
    const auto work = asio::make_work_guard(parts.io);
    std::vector<std::thread> threads;
    for (int i = 1; i < parts.config.threads; ++i)
        threads.emplace_back([&parts] { parts.io.run(); });
    parts.io.run();
    for (auto& thread : threads)
        thread.join();
}

void HttpServer::stop()
{
    asio::post(m_parts->strand, [parts = m_parts.get()] { parts->beginStop(); });
}

} // namespace evenhand::server
