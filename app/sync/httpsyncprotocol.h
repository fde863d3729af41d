// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QUrl>

#include "app/base/uuid.h"
#include "app/sync/syncprotocol.h"

namespace evenhand::sync {

/// Where and how the server is reached.
struct ServerAddress {
    QUrl url;                                        ///< without a path
    QByteArray extraAuthorities;                     ///< PEM; empty: the system's only

    /// Invalid unless it is https, or http to this computer itself, without path, query or credentials; or when the authority file cannot be read.
    [[nodiscard]] static base::Result<ServerAddress> parse(const std::string& url, const std::string& caFile);
};

/// SyncProtocol over HTTP/1.1. Follows no redirect, keeps no cookies and no cache, has no way to accept a certificate that does not
/// verify. A call ends after `stallTimeoutMs` without a byte in either direction. Lives on one thread with an event loop.
class HttpSyncProtocol final : public SyncProtocol {
public:
    HttpSyncProtocol(ServerAddress address, std::string clientVersion, int stallTimeoutMs = 30'000);
    ~HttpSyncProtocol() override;

    void hello(Done<domain::wire::Hello> done) override;
    void enrol(const domain::wire::EnrolRequest& request, Done<domain::wire::EnrolResponse> done) override;
    void openSession(const domain::wire::SessionRequest& request, Done<domain::wire::SessionResponse> done) override;
    void pushEvents(const PushTicket& ticket, const domain::wire::EventsRequest& request, Done<domain::wire::EventsResponse> done) override;
    void pull(const std::string& token, const domain::wire::PullRequest& request, Done<domain::wire::PullResponse> done) override;
    void post(const std::string& token, const std::string& path, const base::Json& body, Done<base::Json> done) override;
    void expectDataset(const domain::DatasetId& dataset) override { m_dataset = dataset; }
    void cancelAll() override;

private:
    struct Call {
        std::string path;
        std::optional<std::string> body{};
        std::string token{};
        std::string idempotencyKey{};
        std::string requestId = base::Uuid::random().toString();
    };
    using Finished = std::function<void(Reply<base::Json>)>;

    void send(Call call, Finished finished);
    [[nodiscard]] QNetworkRequest requestFor(const Call& call) const;
    [[nodiscard]] Reply<base::Json> judge(QNetworkReply& reply, const std::string& requestId) const;
    [[nodiscard]] CallFailure failureOf(QNetworkReply& reply, const std::string& requestId) const;
    [[nodiscard]] bool isFromOurServer(const QNetworkReply& reply) const;

    ServerAddress m_address;
    std::string m_clientVersion;
    int m_stallTimeoutMs;
    std::optional<domain::DatasetId> m_dataset;
    QNetworkAccessManager m_network;
    std::set<QNetworkReply*> m_running;
};

} // namespace evenhand::sync
