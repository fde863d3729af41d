// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sync/httpexchange.h"

#include <QFile>
#include <QHostAddress>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>

#include "app/domain/wire/wire.h"

namespace evenhand::sync {

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

void setHeader(QNetworkRequest& request, const char* name, const std::string& value)
{
    request.setRawHeader(name, QByteArray::fromStdString(value));
}

QNetworkRequest requestTo(const ServerAddress& address, const std::string& clientVersion, const HttpCall& call)
{
    QUrl url = address.url;
    const auto target = QString::fromStdString(call.target);
    url.setPath(target.section(QLatin1Char('?'), 0, 0));
    if (target.contains(QLatin1Char('?')))
        url.setQuery(target.section(QLatin1Char('?'), 1));
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setTransferTimeout(call.stallTimeoutMs);
    setHeader(request, "Evenhand-Protocol", std::to_string(domain::wire::kProtocol));
    setHeader(request, "Evenhand-Client", "evenhand/" + clientVersion);
    setHeader(request, "Evenhand-Request-Id", call.requestId);
    if (!call.token.empty())
        setHeader(request, "Authorization", "Bearer " + call.token);
    auto tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_3OrLater);
    if (!address.extraAuthorities.isEmpty())
        tls.addCaCertificates(QSslCertificate::fromData(address.extraAuthorities, QSsl::Pem));
    request.setSslConfiguration(tls);
    return request;
}

void watchCertificate(QNetworkReply& reply)
{
    QObject::connect(&reply, &QNetworkReply::sslErrors, &reply, [&reply](const QList<QSslError>& errors) {
        // Only noted: a certificate that does not verify is never accepted.
        reply.setProperty(kUntrustedProperty, errors.isEmpty() ? QString() : errors.front().errorString());
    });
}

std::string contentTypeOf(const QNetworkReply& reply)
{
    const auto type = reply.header(QNetworkRequest::ContentTypeHeader).toString();
    return type.section(QLatin1Char(';'), 0, 0).trimmed().toLower().toStdString();
}

bool isFromOurServer(const QNetworkReply& reply, const std::optional<domain::DatasetId>& dataset)
{
    const auto named = domain::DatasetId::tryFromString(reply.rawHeader("Evenhand-Dataset").toStdString());
    return named && (!dataset || *named == *dataset);
}

/// Status 200 or 201, our media type, our data set, a complete body that parses.
Reply<base::Json> judgeJson(QNetworkReply& reply, const std::string& requestId, const std::optional<domain::DatasetId>& dataset)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if ((status != 200 && status != 201) || reply.error() != QNetworkReply::NoError || !isFromOurServer(reply, dataset)
        || contentTypeOf(reply) != domain::wire::kMediaType)
        return tl::unexpected(failureOf(reply, requestId, dataset));
    const QByteArray body = reply.readAll();
    auto json = base::parseJson({body.constData(), static_cast<std::size_t>(body.size())});
    if (!json)
        return tl::unexpected(CallFailure{{base::ErrorCode::Network, "the answer is cut or garbled: " + json.error().detail}, {}, status, requestId, {}});
    return *std::move(json);
}

CallFailure failureOf(QNetworkReply& reply, const std::string& requestId, const std::optional<domain::DatasetId>& dataset)
{
    CallFailure failure{{base::ErrorCode::Network, {}}, {}, reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), requestId, {}};
    const auto untrusted = reply.property(kUntrustedProperty);
    if (untrusted.isValid()) {
        failure.error = {base::ErrorCode::Untrusted, "certificate of the server: " + untrusted.toString().toStdString()};
    } else if (failure.status == 0) {
        const bool stalled = reply.error() == QNetworkReply::OperationCanceledError;
        failure.error.detail = stalled ? "no byte from the server in time" : "no answer: " + reply.errorString().toStdString();
    } else if (!isFromOurServer(reply, dataset)) {
        const auto named = domain::DatasetId::tryFromString(reply.rawHeader("Evenhand-Dataset").toStdString());
        if (named)
            failure.problem = "dataset_mismatch";
        failure.error = {named ? base::ErrorCode::Conflict : base::ErrorCode::Network,
                         named ? "a server of another data set answers" : "what answers there is not an Evenhand server (status "
                                                                             + std::to_string(failure.status) + ")"};
    } else if (contentTypeOf(reply) == domain::wire::kProblemType) {
        const QByteArray body = reply.readAll();
        const auto json = base::parseJson({body.constData(), static_cast<std::size_t>(body.size())});
        if (const auto problem = json ? domain::wire::decodeProblem(*json) : base::Result<domain::wire::Problem>(base::fail(json.error()))) {
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
