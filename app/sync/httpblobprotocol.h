// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <set>
#include <string>

#include <QNetworkAccessManager>

#include "app/sync/blobprotocol.h"
#include "app/sync/httpexchange.h"

namespace evenhand::sync {

/// BlobProtocol over HTTP/1.1 with connections of its own. An answer counts only with `Tus-Resumable` and our data set.
class HttpBlobProtocol final : public BlobProtocol {
public:
    HttpBlobProtocol(ServerAddress address, std::string clientVersion, domain::DatasetId dataset, int stallTimeoutMs = 30'000);
    ~HttpBlobProtocol() override;

    void head(const std::string& token, const base::Hash256& blob, Done<BlobStanding> done) override;
    void create(const std::string& token, const base::Hash256& blob, std::int64_t size, Done<BlobStanding> done) override;
    void append(const std::string& token, const base::Hash256& blob, std::int64_t offset, QByteArray piece, Done<BlobStanding> done) override;
    void receipt(const std::string& token, const base::Hash256& blob, Done<domain::SignedStatement> done) override;
    void read(const std::string& token, const base::Hash256& blob, std::int64_t first, std::int64_t count, Done<BlobPart> done) override;
    void cancelAll() override;

private:
    using Headers = std::vector<std::pair<const char*, std::string>>;
    using Finished = std::function<void(QNetworkReply& reply, const std::string& requestId)>;
    void send(const char* method, const std::string& path, const std::string& token, const Headers& headers, QByteArray body, Finished finished);
    [[nodiscard]] CallFailure failure(QNetworkReply& reply, const std::string& requestId) const;
    [[nodiscard]] Reply<BlobStanding> standing(QNetworkReply& reply, const std::string& requestId) const;
    [[nodiscard]] Reply<BlobPart> part(QNetworkReply& reply, const std::string& requestId, std::int64_t first) const;

    ServerAddress m_address;
    std::string m_clientVersion;
    std::optional<domain::DatasetId> m_dataset;
    int m_stallTimeoutMs;
    QNetworkAccessManager m_network;
    std::set<QNetworkReply*> m_running;
};

} // namespace evenhand::sync
