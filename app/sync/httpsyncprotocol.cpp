// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sync/httpsyncprotocol.h"

#include <QFile>
#include <QHostAddress>
#include <QNetworkCookieJar>
#include <QNetworkRequest>
#include <QPointer>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QTimer>

#include "app/base/crypto.h"
#include "app/base/uuid.h"

namespace evenhand::sync {

namespace wire = domain::wire;

namespace {

constexpr const char* kUntrustedProperty = "evenhand_untrusted";

bool isThisComputer(const QString& host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

base::ErrorCode codeForStatus(int status)
{
    switch (status) {
    case 400: case 413: case 422: return base::ErrorCode::Invalid;
    case 401: return base::ErrorCode::Unauthorized;
    case 403: return base::ErrorCode::Forbidden;
    case 404: return base::ErrorCode::NotFound;
    case 409: return base::ErrorCode::Conflict;
    case 415: case 426: return base::ErrorCode::Protocol;
    }
    return base::ErrorCode::Network;
}

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

std::string contentType(const QNetworkReply& reply)
{
    const auto type = reply.header(QNetworkRequest::ContentTypeHeader).toString();
    return type.section(QLatin1Char(';'), 0, 0).trimmed().toLower().toStdString();
}

} // namespace

base::Result<ServerAddress> ServerAddress::parse(const std::string& text, const std::string& caFile)
{
    const QUrl url(QString::fromStdString(text), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return base::fail(base::ErrorCode::Invalid, "server address: expected https://host or https://host:port");
    if (url.scheme() != QLatin1String("https") && !(url.scheme() == QLatin1String("http") && isThisComputer(url.host())))
        return base::fail(base::ErrorCode::Invalid, "server address: https is needed unless the server runs on this computer");
    if (!(url.path().isEmpty() || url.path() == QLatin1String("/")) || url.hasQuery() || url.hasFragment() || !url.userInfo().isEmpty())
        return base::fail(base::ErrorCode::Invalid, "server address: only host and port, nothing after them");
    ServerAddress address{url, {}};
    address.url.setPath(QString());
    if (caFile.empty())
        return address;
    QFile file(QString::fromStdString(caFile));
    if (!file.open(QIODevice::ReadOnly))
        return base::fail(base::ErrorCode::Invalid, "authority file: cannot be read");
    address.extraAuthorities = file.read(1 << 20);
    if (QSslCertificate::fromData(address.extraAuthorities, QSsl::Pem).isEmpty())
        return base::fail(base::ErrorCode::Invalid, "authority file: holds no certificate in PEM form");
    return address;
}

HttpSyncProtocol::HttpSyncProtocol(ServerAddress address, std::string clientVersion, int stallTimeoutMs)
    : m_address(std::move(address)), m_clientVersion(std::move(clientVersion)), m_stallTimeoutMs(stallTimeoutMs)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network.setAutoDeleteReplies(false);
}

HttpSyncProtocol::~HttpSyncProtocol()
{
    // Replies die with the network manager; nobody is told any more.
    for (auto* reply : m_running)
        reply->disconnect();
}

void HttpSyncProtocol::hello(Done<wire::Hello> done)
{
    send({.path = "/v1/hello"}, decoding<wire::Hello>(std::move(done), wire::decodeHello));
}

void HttpSyncProtocol::enrol(const wire::EnrolRequest& request, Done<wire::EnrolResponse> done)
{
    send({.path = "/v1/enrol", .body = wire::encode(request).dump()}, decoding<wire::EnrolResponse>(std::move(done), wire::decodeEnrolResponse));
}

void HttpSyncProtocol::openSession(const wire::SessionRequest& request, Done<wire::SessionResponse> done)
{
    send({.path = "/v1/session", .body = wire::encode(request).dump()},
         decoding<wire::SessionResponse>(std::move(done), wire::decodeSessionResponse));
}

void HttpSyncProtocol::pushEvents(const PushTicket& ticket, const wire::EventsRequest& request, Done<wire::EventsResponse> done)
{
    Call call{.path = "/v1/events", .body = wire::encode(request).dump(), .token = ticket.token, .requestId = ticket.requestId};
    if (!request.events.empty()) {
        call.idempotencyKey = "\"" + ticket.device.toString() + "/" + request.epoch.toString() + "/" + std::to_string(request.events.front().seq)
                              + "-" + std::to_string(request.events.back().seq) + "\"";
    }
    send(std::move(call), decoding<wire::EventsResponse>(std::move(done), wire::decodeEventsResponse));
}

void HttpSyncProtocol::pull(const std::string& token, const wire::PullRequest& request, Done<wire::PullResponse> done)
{
    send({.path = "/v1/pull", .body = wire::encode(request).dump(), .token = token},
         decoding<wire::PullResponse>(std::move(done), wire::decodePullResponse));
}

void HttpSyncProtocol::post(const std::string& token, const std::string& path, const base::Json& body, Done<base::Json> done)
{
    send({.path = path, .body = body.dump(), .token = token}, std::move(done));
}

void HttpSyncProtocol::cancelAll()
{
    const auto running = m_running;   // abort() finishes replies at once and so changes the set
    for (auto* reply : running)
        reply->abort();
}

void HttpSyncProtocol::send(Call call, Finished finished)
{
    const auto request = requestFor(call);
    QNetworkReply* reply = call.body ? m_network.post(request, QByteArray::fromStdString(*call.body)) : m_network.get(request);
    m_running.insert(reply);
    QObject::connect(reply, &QNetworkReply::sslErrors, reply, [reply](const QList<QSslError>& errors) {
        // Only noted: a certificate that does not verify is never accepted.
        reply->setProperty(kUntrustedProperty, errors.isEmpty() ? QString() : errors.front().errorString());
    });
    QObject::connect(reply, &QNetworkReply::finished, &m_network, [this, reply, requestId = call.requestId, finished = std::move(finished)] {
        m_running.erase(reply);
        auto outcome = judge(*reply, requestId);
        reply->deleteLater();
        finished(std::move(outcome));   // may end this object: nothing after it
    }, Qt::QueuedConnection);
}

QNetworkRequest HttpSyncProtocol::requestFor(const Call& call) const
{
    QUrl url = m_address.url;
    url.setPath(QString::fromStdString(call.path));
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setTransferTimeout(m_stallTimeoutMs);
    const auto header = [&request](const char* name, const std::string& value) { request.setRawHeader(name, QByteArray::fromStdString(value)); };
    header("Accept", wire::kMediaType);
    header("Evenhand-Protocol", std::to_string(wire::kProtocol));
    header("Evenhand-Client", "evenhand/" + m_clientVersion);
    header("Evenhand-Request-Id", call.requestId);
    if (!call.token.empty())
        header("Authorization", "Bearer " + call.token);
    if (!call.idempotencyKey.empty())
        header("Idempotency-Key", call.idempotencyKey);
    if (call.body) {
        header("Content-Type", wire::kMediaType);
        header("Content-Digest", "sha-256=:" + base::toBase64(base::sha256(base::asBytes(*call.body))) + ":");
    }
    auto tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_3OrLater);
    if (!m_address.extraAuthorities.isEmpty())
        tls.addCaCertificates(QSslCertificate::fromData(m_address.extraAuthorities, QSsl::Pem));
    request.setSslConfiguration(tls);
    return request;
}

bool HttpSyncProtocol::isFromOurServer(const QNetworkReply& reply) const
{
    const auto named = domain::DatasetId::tryFromString(reply.rawHeader("Evenhand-Dataset").toStdString());
    return named && (!m_dataset || *named == *m_dataset);
}

/// What counts as an answer (docs/sync.md): status 200 or 201, our media type, our data set, a complete body that parses.
Reply<base::Json> HttpSyncProtocol::judge(QNetworkReply& reply, const std::string& requestId) const
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if ((status != 200 && status != 201) || reply.error() != QNetworkReply::NoError || !isFromOurServer(reply)
        || contentType(reply) != wire::kMediaType)
        return tl::unexpected(failureOf(reply, requestId));
    const QByteArray body = reply.readAll();
    auto json = base::parseJson({body.constData(), static_cast<std::size_t>(body.size())});
    if (!json)
        return tl::unexpected(CallFailure{{base::ErrorCode::Network, "the answer is cut or garbled: " + json.error().detail}, {}, status, requestId, {}});
    return *std::move(json);
}

CallFailure HttpSyncProtocol::failureOf(QNetworkReply& reply, const std::string& requestId) const
{
    CallFailure failure{{base::ErrorCode::Network, {}}, {}, reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), requestId, {}};
    const auto untrusted = reply.property(kUntrustedProperty);
    if (untrusted.isValid()) {
        failure.error = {base::ErrorCode::Untrusted, "certificate of the server: " + untrusted.toString().toStdString()};
    } else if (failure.status == 0) {
        const bool stalled = reply.error() == QNetworkReply::OperationCanceledError;
        failure.error.detail = stalled ? "no byte from the server in time" : "no answer: " + reply.errorString().toStdString();
    } else if (!isFromOurServer(reply)) {
        const auto named = domain::DatasetId::tryFromString(reply.rawHeader("Evenhand-Dataset").toStdString());
        if (named)
            failure.problem = "dataset_mismatch";
        failure.error = {named ? base::ErrorCode::Conflict : base::ErrorCode::Network,
                         named ? "a server of another data set answers" : "what answers there is not an Evenhand server (status "
                                                                             + std::to_string(failure.status) + ")"};
    } else if (contentType(reply) == wire::kProblemType) {
        const QByteArray body = reply.readAll();
        const auto json = base::parseJson({body.constData(), static_cast<std::size_t>(body.size())});
        if (const auto problem = json ? wire::decodeProblem(*json) : base::Result<wire::Problem>(base::fail(json.error()))) {
            failure.error = {codeForStatus(failure.status), problem->code + ": " + problem->title};
            failure.problem = problem->code;
            failure.retryAfterS = problem->retryAfterS;
        } else {
            failure.error.detail = "the problem text of the server cannot be read";
        }
    } else {
        failure.error.detail = "status " + std::to_string(failure.status) + " without a readable answer";
    }
    return failure;
}

} // namespace evenhand::sync
