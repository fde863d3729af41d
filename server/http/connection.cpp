// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/connection.h"

#include <algorithm>
#include <fstream>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "app/base/log.h"
#include "app/base/uuid.h"
#include "server/http/ask.h"
#include "server/http/httptext.h"

namespace evenhand::server {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using beast::error_code;

namespace {

constexpr std::size_t kHeaderLimit = 8 * 1024;
constexpr std::size_t kDrainLimit = 2 * 1024 * 1024;
constexpr std::size_t kUploadPiece = 64 * 1024;
constexpr auto kTurn = std::chrono::milliseconds(20);
constexpr std::int64_t kDeviceRetryS = 5;
constexpr auto kLookForChange = std::chrono::milliseconds(500);
constexpr std::size_t kBytesPerSecond = 1024;

/// One connection, plain or TLS.
template <class Stream>
class Connection final : public Stoppable, public std::enable_shared_from_this<Connection<Stream>> {
public:
    Connection(Stream stream, std::string peer, Api& api, ConnectionRegistry& registry, HttpLimits limits)
        : m_stream(std::move(stream)), m_peer(std::move(peer)), m_api(api), m_registry(registry), m_limits(limits),
          m_deadline(m_stream.get_executor()) {}

    [[nodiscard]] const std::string& device() const { return m_device; }

    void finish() override
    {
        asio::post(m_stream.get_executor(), [self = this->shared_from_this()] {
            if (self->m_idle)
                self->cancelReads();
        });
    }

    asio::awaitable<void> serve()
    {
        if constexpr (!std::is_same_v<Stream, beast::tcp_stream>) {
            startDeadline(m_limits.header);
            error_code error;
            if (!co_await waitForHandshake())
                co_return;
            co_await m_stream.async_handshake(asio::ssl::stream_base::server, asio::redirect_error(asio::use_awaitable, error));
            m_registry.endHandshake();
            stopDeadline();
            if (error)
                co_return;
        }
        for (bool first = true; co_await serveOne(first); first = false) {
        }
        co_await close();
    }

private:
    // Our own timer instead of tcp_stream's, which would close the socket before we could answer 408
    void startDeadline(std::chrono::milliseconds after)
    {
        m_expired = false;
        m_deadline.expires_after(after);
        // The number tells a deadline that had already fired, and is still queued, from the one that runs now.
        m_deadline.async_wait([self = this->shared_from_this(), number = ++m_deadlineNumber](const error_code& error) {
            if (error || number != self->m_deadlineNumber)
                return;
            self->m_expired = true;
            self->cancelReads();
        });
    }
    void stopDeadline()
    {
        ++m_deadlineNumber;
        m_deadline.cancel();
    }
    void cancelReads() { beast::get_lowest_layer(m_stream).cancel(); }

    asio::awaitable<bool> serveOne(bool first)
    {
        if (!first && m_buffer.size() == 0 && !co_await waitForBytes())
            co_return false;
        m_parser.emplace();
        m_parser->header_limit(kHeaderLimit);
        m_parser->body_limit(Api::kUploadLimit);   // the path's own limit follows once it is known
        error_code error;
        startDeadline(m_limits.header);
        co_await http::async_read_header(m_stream, m_buffer, *m_parser, asio::redirect_error(asio::use_awaitable, error));
        stopDeadline();
        if (error)
            co_return co_await refuseHeader(error);
        rememberHeaders();
        if (const auto refused = headerProblem())
            co_return co_await answer(problemResponse(*refused), false);
        m_isHead = m_parser->get().method() == http::verb::head;
        if (!co_await enterDevice())
            co_return co_await answer(problemResponse(problem::rateLimited(kDeviceRetryS, "This device has too many connections.")), false);
        if (Api::isUpload(text(m_parser->get().method_string()), pathOf(m_parser->get())))
            co_return co_await serveUpload();
        if (const auto refused = co_await readBody())
            co_return co_await answer(problemResponse(*refused), false);
        if (!m_parser->is_done())
            co_return false;   // the peer went away in the middle
        const bool keep = m_parser->get().keep_alive();
        auto request = requestOf(m_parser->get(), clientAddress(m_parser->get(), m_peer, m_limits.behindProxy));
        request.body = std::move(m_parser->get().body());
        auto response = co_await ask(m_api, std::move(request));
        if (response.parked)
            co_return co_await serveParked(*response.parked, keep);
        co_return co_await answer(std::move(response), keep && !m_registry.isStopping());
    }

    // Many handshakes at once would hold up everybody's requests: they take turns, within the deadline that runs already.
    asio::awaitable<bool> waitForHandshake()
    {
        asio::steady_timer timer(m_stream.get_executor());
        while (!m_registry.beginHandshake(m_limits.handshakes)) {
            if (m_expired || m_registry.isStopping())
                co_return false;
            timer.expires_after(kTurn);
            error_code ignored;
            co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        }
        co_return true;
    }

    // Whose connection this is, is known once its token was used. Beyond the device's number it waits a moment: an older one may be ending.
    asio::awaitable<bool> enterDevice()
    {
        const auto& requests = m_api.context().requests;
        const auto device = requests && m_device.empty() ? requests->deviceOf(bearerOf(m_parser->get())) : std::nullopt;
        if (!device)
            co_return true;
        const auto end = std::chrono::steady_clock::now() + m_limits.deviceQueue;
        asio::steady_timer timer(m_stream.get_executor());
        while (!m_registry.enterDevice(device->toString(), m_limits.connectionsPerDevice)) {
            if (std::chrono::steady_clock::now() >= end)
                co_return false;
            timer.expires_after(kTurn);
            error_code ignored;
            co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        }
        m_device = device->toString();
        co_return true;
    }

    asio::awaitable<bool> waitForBytes()
    {
        if (m_registry.isStopping())
            co_return false;
        m_idle = true;
        startDeadline(m_limits.idle);
        error_code error;
        const auto read = co_await m_stream.async_read_some(m_buffer.prepare(4096), asio::redirect_error(asio::use_awaitable, error));
        stopDeadline();
        m_idle = false;
        m_buffer.commit(read);
        co_return !error;
    }

    asio::awaitable<bool> refuseHeader(error_code error)
    {
        m_requestId.clear();
        m_version = 11;
        m_isHead = false;
        if (error == http::error::body_limit)
            co_return co_await answer(problemResponse(problem::tooLarge("The body is larger than 8 MiB.")), false);
        const bool isBadHttp = error.category() == http::make_error_code(http::error::bad_method).category()
            && error != http::error::end_of_stream && error != http::error::partial_message && error != http::error::header_limit;
        if (isBadHttp && !m_expired)
            co_return co_await answer(problemResponse(problem::malformed("This is not HTTP as we speak it.")), false);
        co_return false;   // too large, too slow or gone: closed without a word
    }

    void rememberHeaders()
    {
        const auto& header = m_parser->get();
        m_version = header.version();
        const auto id = text(header["Evenhand-Request-Id"]);
        m_requestId = base::Uuid::tryFromString(id) ? id : std::string();
    }

    std::optional<domain::wire::Problem> headerProblem() const
    {
        const auto& header = m_parser->get();
        const auto protocol = header["Evenhand-Protocol"];
        if (!protocol.empty() && protocol != "1")
            return problem::protocolUnsupported();
        const auto limit = bodyLimit();
        const auto length = m_parser->content_length();
        if (length && *length > limit)
            return problem::tooLarge("The body is larger than " + std::to_string(limit) + " bytes.");
        return std::nullopt;
    }

    [[nodiscard]] std::size_t bodyLimit() const
    {
        const auto path = pathOf(m_parser->get());
        return Api::isUpload(text(m_parser->get().method_string()), path) ? Api::kUploadLimit : Api::bodyLimit(path);
    }

    // A piece of a recording goes to disk as it comes. Whoever may not upload it is refused before the first byte is taken.
    asio::awaitable<bool> serveUpload()
    {
        auto request = requestOf(m_parser->get(), clientAddress(m_parser->get(), m_peer, m_limits.behindProxy));
        auto question = request;
        question.method = "HEAD";
        auto allowed = co_await ask(m_api, std::move(question));
        if (allowed.status != 200)
            co_return co_await answer(std::move(allowed), false);
        auto chunk = m_api.context().blobs->newChunk();
        if (!chunk)
            co_return co_await answer(problemResponse(problem::fromStore(chunk.error())), false);
        if (beast::iequals(m_parser->get()[http::field::expect], "100-continue"))
            co_await writeContinue();
        const bool keep = m_parser->get().keep_alive();
        http::request_parser<http::buffer_body> body(std::move(*m_parser));
        body.body_limit(Api::kUploadLimit);
        if (const auto refused = co_await readUpload(body, **chunk))
            co_return co_await answer(problemResponse(*refused), false);
        if (!body.is_done())
            co_return false;   // the peer went away in the middle
        request.upload = *std::move(chunk);
        request.isCounted = true;   // with the question above
        auto response = co_await ask(m_api, std::move(request));
        co_return co_await answer(std::move(response), keep && !m_registry.isStopping());
    }

    asio::awaitable<std::optional<domain::wire::Problem>> readUpload(http::request_parser<http::buffer_body>& body, IncomingChunk& chunk)
    {
        std::vector<std::uint8_t> piece(kUploadPiece);
        const auto began = std::chrono::steady_clock::now();
        while (!body.is_done()) {
            const auto allowed = m_limits.bodyGrace + std::chrono::milliseconds(static_cast<std::uint64_t>(chunk.size()) * 1000 / kBytesPerSecond);
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(began + allowed - std::chrono::steady_clock::now());
            body.get().body().data = piece.data();
            body.get().body().size = piece.size();
            startDeadline(std::max(left, std::chrono::milliseconds(1)));
            error_code error;
            co_await http::async_read_some(m_stream, m_buffer, body, asio::redirect_error(asio::use_awaitable, error));
            stopDeadline();
            if (error == http::error::need_buffer)
                error = {};
            const auto count = piece.size() - body.get().body().size;
            if (const auto written = chunk.write({piece.data(), count}); !written)
                co_return problem::fromStore(written.error());
            if (error == http::error::body_limit)
                co_return problem::tooLarge("At most 8 MiB at once.");
            if (error && m_expired)
                co_return problem::tooSlow();
            if (error)
                co_return std::nullopt;   // is_done() stays false: the peer is gone
        }
        co_return std::nullopt;
    }

    asio::awaitable<std::optional<domain::wire::Problem>> readBody()
    {
        const auto& header = m_parser->get();
        m_parser->body_limit(bodyLimit());
        if (beast::iequals(header[http::field::expect], "100-continue"))
            co_await writeContinue();
        const auto began = std::chrono::steady_clock::now();
        while (!m_parser->is_done()) {
            // The deadline moves with what has come: after the grace the body must have kept its rate.
            const auto received = m_parser->get().body().size();
            const auto allowed = m_limits.bodyGrace + std::chrono::milliseconds(received * 1000 / kBytesPerSecond);
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(began + allowed - std::chrono::steady_clock::now());
            startDeadline(std::max(left, std::chrono::milliseconds(1)));
            error_code error;
            co_await http::async_read_some(m_stream, m_buffer, *m_parser, asio::redirect_error(asio::use_awaitable, error));
            stopDeadline();
            if (error == http::error::body_limit)
                co_return problem::tooLarge("The body is larger than allowed here.");
            if (error && m_expired)
                co_return problem::tooSlow();
            if (error && error.category() == http::make_error_code(http::error::bad_method).category() && error != http::error::partial_message
                && error != http::error::end_of_stream)
                co_return problem::malformed("The body is not well formed.");
            if (error)
                co_return std::nullopt;   // is_done() stays false: the peer is gone
        }
        co_return std::nullopt;
    }

    asio::awaitable<void> writeContinue()
    {
        http::response<http::empty_body> interim(http::status::continue_, m_version);
        error_code ignored;
        co_await http::async_write(m_stream, interim, asio::redirect_error(asio::use_awaitable, ignored));
    }

    // The bytes of a file after the header, read piece by piece.
    asio::awaitable<bool> sendFile(http::response<http::string_body>& message, const FilePart& part, bool keepAlive)
    {
        std::ifstream file(part.path, std::ios::binary);
        file.seekg(part.offset);
        message.content_length(static_cast<std::uint64_t>(part.size));
        http::response_serializer<http::string_body> serializer(message);
        serializer.split(true);
        error_code error;
        startDeadline(m_limits.write);
        co_await http::async_write_header(m_stream, serializer, asio::redirect_error(asio::use_awaitable, error));
        stopDeadline();
        std::vector<char> piece(kUploadPiece);
        for (auto left = part.size; left > 0 && !error;) {
            file.read(piece.data(), std::min<std::int64_t>(left, std::ssize(piece)));
            const auto count = file.gcount();
            if (count <= 0)
                co_return false;   // cut short: the client sees fewer bytes than announced
            startDeadline(m_limits.write);
            co_await asio::async_write(m_stream, asio::buffer(piece.data(), static_cast<std::size_t>(count)), asio::redirect_error(asio::use_awaitable, error));
            stopDeadline();
            left -= count;
        }
        co_return keepAlive && !error;
    }

    asio::awaitable<bool> serveParked(ParkedStream parked, bool keepAlive)
    {
        const Pokes::Watch watch(*m_api.context().pokes);
        if (parked.isEventStream)
            co_return co_await serveEvents(parked);
        const auto end = std::chrono::steady_clock::now() + m_limits.longPoll;
        const auto newest = co_await waitForChange(parked, end);
        auto response = pollAnswer(newest, parked.after);
        co_return co_await answer(std::move(response), keepAlive && !m_registry.isStopping());
    }

    // The user's newest number, or what it was when the time is over or the server stops.
    asio::awaitable<std::int64_t> waitForChange(const ParkedStream& parked, std::chrono::steady_clock::time_point end)
    {
        asio::steady_timer timer(m_stream.get_executor());
        for (;;) {
            const auto newest = std::max(parked.newest, m_api.context().pokes->newestOf(parked.user));
            if (newest > parked.after || m_registry.isStopping() || std::chrono::steady_clock::now() >= end)
                co_return newest;
            timer.expires_after(std::min<std::chrono::steady_clock::duration>(kLookForChange, end - std::chrono::steady_clock::now()));
            error_code ignored;
            co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        }
    }

    asio::awaitable<bool> serveEvents(ParkedStream parked)
    {
        http::response<http::empty_body> header(http::status::ok, m_version);
        header.set(http::field::content_type, "text/event-stream");
        header.set(http::field::cache_control, "no-store");
        header.set("Evenhand-Dataset", m_api.context().dataset.toString());
        header.set("X-Accel-Buffering", "no");
        header.keep_alive(false);
        header.chunked(true);
        http::response_serializer<http::empty_body> serializer(header);
        error_code error;
        startDeadline(m_limits.write);
        co_await http::async_write_header(m_stream, serializer, asio::redirect_error(asio::use_awaitable, error));
        stopDeadline();
        const auto end = std::chrono::steady_clock::now() + m_limits.stream;
        while (!error && !m_registry.isStopping() && std::chrono::steady_clock::now() < end) {
            const auto newest = co_await waitForChange(parked, std::chrono::steady_clock::now() + m_limits.heartbeat);
            if (newest > parked.after) {
                parked.after = newest;
                auto event = pokeEvent(newest);
                error = co_await sendEvent(std::move(event));
            } else if (!m_registry.isStopping()) {
                std::string comment = ": \n\n";   // so that proxies and we notice who is gone
                error = co_await sendEvent(std::move(comment));
            }
        }
        if (!error && m_registry.isStopping()) {
            error = co_await sendEvent(byeEvent());
        }
        if (!error)
            co_await asio::async_write(m_stream, http::make_chunk_last(), asio::redirect_error(asio::use_awaitable, error));
        co_return false;
    }

    asio::awaitable<error_code> sendEvent(std::string event)
    {
        startDeadline(m_limits.write);
        error_code error;
        co_await asio::async_write(m_stream, http::make_chunk(asio::buffer(event)), asio::redirect_error(asio::use_awaitable, error));
        stopDeadline();
        co_return error;
    }

    asio::awaitable<bool> answer(Response response, bool keepAlive)
    {
        http::response<http::string_body> message(http::status::ok, m_version);
        setHeaders(message, response, m_api.context(), m_requestId);
        message.keep_alive(keepAlive);
        if (response.file)
            co_return co_await sendFile(message, *response.file, keepAlive);
        if (!m_isHead)   // a HEAD that is refused has nothing to say but its status
            message.body() = std::move(response.body);
        message.prepare_payload();
        startDeadline(m_limits.write);
        error_code error;
        co_await http::async_write(m_stream, message, asio::redirect_error(asio::use_awaitable, error));
        stopDeadline();
        co_return keepAlive && !error;
    }

    asio::awaitable<void> close()
    {
        error_code ignored;
        if constexpr (!std::is_same_v<Stream, beast::tcp_stream>) {
            startDeadline(std::chrono::seconds(2));
            co_await m_stream.async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
            stopDeadline();
        }
        auto& socket = beast::get_lowest_layer(m_stream).socket();
        socket.shutdown(tcp::socket::shutdown_send, ignored);
        co_await drain(socket);
        socket.close(ignored);
    }

    // Closing with unread bytes would reset the connection and could destroy the answer that is still on its way.
    asio::awaitable<void> drain(tcp::socket& socket)
    {
        startDeadline(std::chrono::seconds(1));
        std::array<char, 4096> sink{};
        error_code error;
        for (std::size_t total = 0; !error && !m_expired && total < kDrainLimit;)
            total += co_await socket.async_read_some(asio::buffer(sink), asio::redirect_error(asio::use_awaitable, error));
        stopDeadline();
    }

    Stream m_stream;
    std::string m_peer;
    Api& m_api;
    ConnectionRegistry& m_registry;
    HttpLimits m_limits;
    asio::steady_timer m_deadline;
    beast::flat_buffer m_buffer{64 * 1024};
    std::optional<http::request_parser<http::string_body>> m_parser;
    std::string m_requestId;
    std::string m_device;   // whose connection it is counted as; empty: nobody's yet
    unsigned m_version = 11;
    std::uint64_t m_deadlineNumber = 0;
    bool m_expired = false;
    bool m_idle = false;
    bool m_isHead = false;
};

template <class Stream>
asio::awaitable<void> run(Stream stream, std::string peer, Api& api, ConnectionRegistry& registry, HttpLimits limits)
{
    const auto connection = std::make_shared<Connection<Stream>>(std::move(stream), peer, api, registry, limits);
    registry.add(connection);
    try {
        co_await connection->serve();
    } catch (const std::exception& error) {
        base::log::of(base::log::Area::Http).warn("connection: {}", error.what());
    }
    registry.remove(connection.get());
    if (!connection->device().empty())
        registry.leaveDevice(connection->device());
}

} // namespace

asio::awaitable<void> serveConnection(tcp::socket socket, asio::ssl::context* tls, Api& api, ConnectionRegistry& registry, HttpLimits limits)
{
    error_code error;
    const auto peer = socket.remote_endpoint(error).address().to_string();
    socket.set_option(tcp::no_delay(true), error);
    const int deadPeerMs = static_cast<int>(limits.deadPeer.count());   // a laptop that left the network must not keep its connections
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &deadPeerMs, sizeof deadPeerMs);
    if (!registry.enter(peer))
        co_return;   // the socket closes: an address with too many connections gets no answer it could wait for
    if (tls)
        co_await run(beast::ssl_stream<beast::tcp_stream>(beast::tcp_stream(std::move(socket)), *tls), peer, api, registry, limits);
    else
        co_await run(beast::tcp_stream(std::move(socket)), peer, api, registry, limits);
    registry.leave(peer);
}

} // namespace evenhand::server
