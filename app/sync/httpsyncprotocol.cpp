// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sync/httpsyncprotocol.h"

#include "app/base/crypto.h"
#include "app/base/uuid.h"

namespace evenhand::sync {

namespace wire = domain::wire;

namespace {

constexpr int kStreamStallMs = 65'000;               // three heartbeats of the server

template <class T, class Decode>
SyncProtocol::Done<base::Json> decoding(SyncProtocol::Done<T> done, Decode decode)
{
    return [done = std::move(done), decode](Reply<base::Json> json) {
        if (!json)
            return done(tl::unexpected(std::move(json.error())));
        auto decoded = decode(*json);
        if (!decoded)
            return done(tl::unexpected(CallFailure{{base::ErrorCode::Protocol, "answer of the server: " + decoded.error().detail}, {}, 200, {}, {}}));
        done(*std::move(decoded));
    };
}

/// A parked reply; gone with its handle.
class HttpPokeStream final : public PokeStream {
public:
    HttpPokeStream(QNetworkReply* reply, std::string requestId, std::optional<domain::DatasetId> dataset, StreamSink sink)
        : m_reply(reply), m_requestId(std::move(requestId)), m_dataset(dataset), m_sink(std::move(sink))
    {
        watchCertificate(*reply);
        QObject::connect(reply, &QNetworkReply::readyRead, reply, [this] { read(); });
        QObject::connect(reply, &QNetworkReply::finished, reply, [this] { end(); }, Qt::QueuedConnection);
    }
    ~HttpPokeStream() override
    {
        m_reply->disconnect();
        m_reply->abort();
        m_reply->deleteLater();
    }

private:
    [[nodiscard]] bool isOurs() const
    {
        return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == 200 && isFromOurServer(*m_reply, m_dataset)
               && contentTypeOf(*m_reply) == "text/event-stream";
    }
    void read()
    {
        if (!isOurs())
            return;
        const auto bytes = m_reply->readAll();
        m_sink.bytes({bytes.constData(), static_cast<std::size_t>(bytes.size())});   // may end this object: nothing after it
    }
    void end()
    {
        auto ended = m_sink.ended;
        const bool isPlain = isOurs() && m_reply->error() == QNetworkReply::NoError;
        ended(isPlain ? CallFailure{{base::ErrorCode::Network, "the stream ended"}, {}, 200, m_requestId, {}} : failureOf(*m_reply, m_requestId, m_dataset));
    }

    QNetworkReply* m_reply;
    std::string m_requestId;
    std::optional<domain::DatasetId> m_dataset;
    StreamSink m_sink;
};

} // namespace

HttpSyncProtocol::HttpSyncProtocol(ServerAddress address, std::string clientVersion, int stallTimeoutMs)
    : m_address(std::move(address)), m_clientVersion(std::move(clientVersion)), m_stallTimeoutMs(stallTimeoutMs)
{
    for (auto* network : {&m_network, &m_streams}) {
        network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        network->setAutoDeleteReplies(false);
    }
}

HttpSyncProtocol::~HttpSyncProtocol()
{
    // Replies die with the network manager; nobody is told any more.
    for (auto* reply : m_running)
        reply->disconnect();
}

void HttpSyncProtocol::hello(Done<wire::Hello> done)
{
    send({{"/v1/hello"}}, decoding<wire::Hello>(std::move(done), wire::decodeHello));
}

void HttpSyncProtocol::enrol(const wire::EnrolRequest& request, Done<wire::EnrolResponse> done)
{
    send({{"/v1/enrol"}, wire::encode(request).dump()}, decoding<wire::EnrolResponse>(std::move(done), wire::decodeEnrolResponse));
}

void HttpSyncProtocol::openSession(const wire::SessionRequest& request, Done<wire::SessionResponse> done)
{
    send({{"/v1/session"}, wire::encode(request).dump()}, decoding<wire::SessionResponse>(std::move(done), wire::decodeSessionResponse));
}

void HttpSyncProtocol::pushEvents(const PushTicket& ticket, const wire::EventsRequest& request, Done<wire::EventsResponse> done)
{
    Call call{{"/v1/events", ticket.token, ticket.requestId}, wire::encode(request).dump()};
    if (!request.events.empty()) {
        call.headers.emplace_back("Idempotency-Key", "\"" + ticket.device.toString() + "/" + request.epoch.toString() + "/"
                                                         + std::to_string(request.events.front().seq) + "-" + std::to_string(request.events.back().seq) + "\"");
    }
    send(std::move(call), decoding<wire::EventsResponse>(std::move(done), wire::decodeEventsResponse));
}

void HttpSyncProtocol::pushOpaque(const std::string& token, const domain::EventEnvelope& event, Done<wire::EventResult> done)
{
    Call call{{"/v1/opaque", token}, wire::encode(event).dump(), "application/octet-stream"};
    call.headers = {{"Evenhand-Event-Id", event.eventId.toString()},
                    {"Evenhand-Epoch", event.epoch.toString()},
                    {"Evenhand-Seq", std::to_string(event.seq)},
                    {"Evenhand-Event-Hash", base::toBase64Url(event.hash)}};
    send(std::move(call), decoding<wire::EventResult>(std::move(done), wire::decodeEventResult));
}

void HttpSyncProtocol::pull(const std::string& token, const wire::PullRequest& request, Done<wire::PullResponse> done)
{
    send({{"/v1/pull", token}, wire::encode(request).dump()}, decoding<wire::PullResponse>(std::move(done), wire::decodePullResponse));
}

void HttpSyncProtocol::post(const std::string& token, const std::string& path, const base::Json& body, Done<base::Json> done)
{
    send({{path, token}, body.dump()}, std::move(done));
}

void HttpSyncProtocol::get(const std::string& token, const std::string& target, Done<base::Json> done)
{
    send({{target, token}}, std::move(done));
}

std::unique_ptr<PokeStream> HttpSyncProtocol::openStream(const std::string& token, std::int64_t after, StreamSink sink)
{
    const HttpCall call{"/v1/stream?after=" + std::to_string(after), token, base::Uuid::random().toString(), kStreamStallMs};
    auto request = requestTo(m_address, m_clientVersion, call);
    setHeader(request, "Accept", "text/event-stream");
    return std::make_unique<HttpPokeStream>(m_streams.get(request), call.requestId, m_dataset, std::move(sink));
}

void HttpSyncProtocol::cancelAll()
{
    const auto running = m_running;   // abort() finishes replies at once and so changes the set
    for (auto* reply : running)
        reply->abort();
}

void HttpSyncProtocol::send(Call call, Finished finished)
{
    const bool isParked = call.http.target.starts_with("/v1/stream");   // answered within 55 s
    call.http.stallTimeoutMs = isParked ? kStreamStallMs : m_stallTimeoutMs;
    auto request = requestTo(m_address, m_clientVersion, call.http);
    setHeader(request, "Accept", wire::kMediaType);
    for (const auto& [name, value] : call.headers)
        setHeader(request, name, value);
    if (call.body) {
        setHeader(request, "Content-Type", call.contentType);
        setHeader(request, "Content-Digest", "sha-256=:" + base::toBase64(base::sha256(base::asBytes(*call.body))) + ":");
    }
    QNetworkReply* reply = call.body ? m_network.post(request, QByteArray::fromStdString(*call.body)) : m_network.get(request);
    m_running.insert(reply);
    watchCertificate(*reply);
    QObject::connect(reply, &QNetworkReply::finished, &m_network, [this, reply, requestId = call.http.requestId, finished = std::move(finished)] {
        m_running.erase(reply);
        auto outcome = judgeJson(*reply, requestId, m_dataset);
        reply->deleteLater();
        finished(std::move(outcome));   // may end this object: nothing after it
    }, Qt::QueuedConnection);
}

} // namespace evenhand::sync
