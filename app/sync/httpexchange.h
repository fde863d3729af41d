// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QUrl>

#include "app/sync/syncprotocol.h"

/// What every call to the server has in common: headers, TLS, and what counts as an answer (docs/sync.md).
namespace evenhand::sync {

/// Where and how the server is reached.
struct ServerAddress {
    QUrl url;                                        ///< without a path
    QByteArray extraAuthorities;                     ///< PEM; empty: the system's only

    /// Invalid unless it is https, or http to this computer itself, without path, query or credentials; or when the authority file cannot be read.
    [[nodiscard]] static base::Result<ServerAddress> parse(const std::string& url, const std::string& caFile);
};

/// One request before it leaves. `target` is path and query.
struct HttpCall {
    std::string target;
    std::string token{};
    std::string requestId = base::Uuid::random().toString();
    int stallTimeoutMs = 30'000;
};

/// A request with our headers. No redirect is followed, no cookie kept, no cache asked, TLS 1.3 or nothing.
[[nodiscard]] QNetworkRequest requestTo(const ServerAddress& address, const std::string& clientVersion, const HttpCall& call);
void setHeader(QNetworkRequest& request, const char* name, const std::string& value);
/// Remembers on the reply why its certificate was refused.
void watchCertificate(QNetworkReply& reply);
/// An absent data set: any Evenhand server counts.
[[nodiscard]] bool isFromOurServer(const QNetworkReply& reply, const std::optional<domain::DatasetId>& dataset);
[[nodiscard]] std::string contentTypeOf(const QNetworkReply& reply);
[[nodiscard]] CallFailure failureOf(QNetworkReply& reply, const std::string& requestId, const std::optional<domain::DatasetId>& dataset);
/// The JSON of an answer by the rules of docs/sync.md, or why there is none.
[[nodiscard]] Reply<base::Json> judgeJson(QNetworkReply& reply, const std::string& requestId, const std::optional<domain::DatasetId>& dataset);

} // namespace evenhand::sync
