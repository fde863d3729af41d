// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <set>
#include <string>

#include <QNetworkAccessManager>
#include <QNetworkReply>

#include "app/base/uuid.h"
#include "app/sync/httpexchange.h"
#include "app/sync/syncprotocol.h"

namespace evenhand::sync {

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
    void pushOpaque(const std::string& token, const domain::EventEnvelope& event, Done<domain::wire::EventResult> done) override;
    void pull(const std::string& token, const domain::wire::PullRequest& request, Done<domain::wire::PullResponse> done) override;
    void post(const std::string& token, const std::string& path, const base::Json& body, Done<base::Json> done) override;
    void get(const std::string& token, const std::string& target, Done<base::Json> done) override;
    [[nodiscard]] std::unique_ptr<PokeStream> openStream(const std::string& token, std::int64_t after, StreamSink sink) override;
    void expectDataset(const domain::DatasetId& dataset) override { m_dataset = dataset; }
    void cancelAll() override;

private:
    struct Call {
        HttpCall http;
        std::optional<std::string> body{};
        std::string contentType = domain::wire::kMediaType;
        std::vector<std::pair<const char*, std::string>> headers{};
    };
    using Finished = std::function<void(Reply<base::Json>)>;

    void send(Call call, Finished finished);

    ServerAddress m_address;
    std::string m_clientVersion;
    int m_stallTimeoutMs;
    std::optional<domain::DatasetId> m_dataset;
    QNetworkAccessManager m_network;
    QNetworkAccessManager m_streams;                 ///< a parked stream must not take a connection from the calls
    std::set<QNetworkReply*> m_running;
};

} // namespace evenhand::sync
