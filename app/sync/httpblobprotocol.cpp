// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sync/httpblobprotocol.h"

namespace evenhand::sync {

namespace {

std::string pathOfBlob(const base::Hash256& blob)
{
    return "/v1/blobs/" + base::toBase64Url(blob);
}

std::optional<std::int64_t> numberIn(const QNetworkReply& reply, const char* header)
{
    bool isNumber = false;
    const auto value = reply.rawHeader(header).toLongLong(&isNumber);
    return isNumber && value >= 0 ? std::optional<std::int64_t>(value) : std::nullopt;
}

int statusOf(const QNetworkReply& reply) { return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(); }

/// "bytes 0-99/1234": the number after the slash.
std::optional<std::int64_t> totalIn(const QNetworkReply& reply)
{
    bool isNumber = false;
    const auto range = reply.rawHeader("Content-Range");
    const auto value = range.mid(range.lastIndexOf('/') + 1).toLongLong(&isNumber);
    return isNumber ? std::optional<std::int64_t>(value) : std::nullopt;
}

} // namespace

HttpBlobProtocol::HttpBlobProtocol(ServerAddress address, std::string clientVersion, domain::DatasetId dataset, int stallTimeoutMs)
    : m_address(std::move(address)), m_clientVersion(std::move(clientVersion)), m_dataset(dataset), m_stallTimeoutMs(stallTimeoutMs)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network.setAutoDeleteReplies(false);
}

HttpBlobProtocol::~HttpBlobProtocol()
{
    for (auto* reply : m_running)
        reply->disconnect();
}

void HttpBlobProtocol::send(const char* method, const std::string& path, const std::string& token, const Headers& headers, QByteArray body, Finished finished)
{
    const HttpCall call{path, token, base::Uuid::random().toString(), m_stallTimeoutMs};
    auto request = requestTo(m_address, m_clientVersion, call);
    setHeader(request, "Tus-Resumable", "1.0.0");
    for (const auto& [name, value] : headers)
        setHeader(request, name, value);
    QNetworkReply* reply = m_network.sendCustomRequest(request, method, body);
    m_running.insert(reply);
    watchCertificate(*reply);
    QObject::connect(reply, &QNetworkReply::finished, &m_network, [this, reply, requestId = call.requestId, finished = std::move(finished)] {
        m_running.erase(reply);
        reply->deleteLater();
        finished(*reply, requestId);   // may end this object: nothing after it
    }, Qt::QueuedConnection);
}

/// The answer to HEAD has no problem text; its status says enough.
CallFailure HttpBlobProtocol::failure(QNetworkReply& reply, const std::string& requestId) const
{
    auto failed = failureOf(reply, requestId, m_dataset);
    const bool isOurs = failed.status > 0 && isFromOurServer(reply, m_dataset) && reply.hasRawHeader("Tus-Resumable");
    if (!isOurs || !failed.problem.empty())
        return failed;
    if (failed.status == 404)
        failed = {{base::ErrorCode::NotFound, "the server has nothing of it"}, "not_found", 404, requestId, {}};
    else if (failed.status == 410)
        failed = {{base::ErrorCode::Network, "the server threw away what it had"}, "gone", 410, requestId, {}};
    return failed;
}

Reply<BlobStanding> HttpBlobProtocol::standing(QNetworkReply& reply, const std::string& requestId) const
{
    const int status = statusOf(reply);
    const auto offset = numberIn(reply, "Upload-Offset");
    const bool counts = (status == 200 || status == 201 || status == 204) && reply.error() == QNetworkReply::NoError && isFromOurServer(reply, m_dataset)
                        && reply.hasRawHeader("Tus-Resumable") && offset;
    if (!counts)
        return tl::unexpected(failure(reply, requestId));
    const auto state = reply.rawHeader("Evenhand-Blob-State");
    return BlobStanding{*offset, state == "complete" || state == "verified"};
}

void HttpBlobProtocol::head(const std::string& token, const base::Hash256& blob, Done<BlobStanding> done)
{
    send("HEAD", pathOfBlob(blob), token, {}, {}, [this, done = std::move(done)](QNetworkReply& reply, const std::string& id) { done(standing(reply, id)); });
}

void HttpBlobProtocol::create(const std::string& token, const base::Hash256& blob, std::int64_t size, Done<BlobStanding> done)
{
    send("POST", pathOfBlob(blob), token, {{"Upload-Length", std::to_string(size)}, {"Content-Type", "application/offset+octet-stream"}}, {},
         [this, done = std::move(done)](QNetworkReply& reply, const std::string& id) { done(standing(reply, id)); });
}

void HttpBlobProtocol::append(const std::string& token, const base::Hash256& blob, std::int64_t offset, QByteArray piece, Done<BlobStanding> done)
{
    const base::ByteView bytes(reinterpret_cast<const std::uint8_t*>(piece.constData()), static_cast<std::size_t>(piece.size()));
    const Headers headers{{"Content-Type", "application/offset+octet-stream"},
                          {"Upload-Offset", std::to_string(offset)},
                          {"Upload-Checksum", "sha256 " + base::toBase64(base::sha256(bytes))}};
    send("PATCH", pathOfBlob(blob), token, headers, std::move(piece),
         [this, done = std::move(done)](QNetworkReply& reply, const std::string& id) { done(standing(reply, id)); });
}

void HttpBlobProtocol::receipt(const std::string& token, const base::Hash256& blob, Done<domain::SignedStatement> done)
{
    send("GET", pathOfBlob(blob) + "/receipt", token, {}, {}, [this, done = std::move(done)](QNetworkReply& reply, const std::string& id) {
        const auto json = judgeJson(reply, id, m_dataset);
        if (!json)
            return done(tl::unexpected(json.error()));
        base::JsonReader in(*json, "");
        const auto statement = in.base64Url("receipt");
        const auto signature = in.base64Url("receipt_sig");
        domain::SignedStatement receipt{std::string(base::asText(statement)), {}};
        if (!in.ok() || signature.size() != receipt.signature.size())
            return done(tl::unexpected(CallFailure{{base::ErrorCode::Protocol, "the receipt of a recording cannot be read"}, {}, 200, id, {}}));
        std::copy(signature.begin(), signature.end(), receipt.signature.begin());
        done(std::move(receipt));
    });
}

Reply<BlobPart> HttpBlobProtocol::part(QNetworkReply& reply, const std::string& requestId, std::int64_t first) const
{
    const int status = statusOf(reply);
    const bool counts = (status == 206 || (status == 200 && first == 0)) && reply.error() == QNetworkReply::NoError && isFromOurServer(reply, m_dataset)
                        && reply.hasRawHeader("Tus-Resumable");
    if (!counts)
        return tl::unexpected(failure(reply, requestId));
    const auto bytes = reply.readAll();
    const auto total = status == 206 ? totalIn(reply) : std::optional<std::int64_t>(bytes.size());
    if (!total)
        return tl::unexpected(CallFailure{{base::ErrorCode::Protocol, "a piece of a recording without its place"}, {}, status, requestId, {}});
    return BlobPart{first, *total, base::Bytes(bytes.begin(), bytes.end())};
}

void HttpBlobProtocol::read(const std::string& token, const base::Hash256& blob, std::int64_t first, std::int64_t count, Done<BlobPart> done)
{
    send("GET", pathOfBlob(blob), token, {{"Range", "bytes=" + std::to_string(first) + "-" + std::to_string(first + std::max<std::int64_t>(1, count) - 1)}}, {},
         [this, first, done = std::move(done)](QNetworkReply& reply, const std::string& id) { done(part(reply, id, first)); });
}

void HttpBlobProtocol::cancelAll()
{
    const auto running = m_running;
    for (auto* reply : running)
        reply->abort();
}

} // namespace evenhand::sync
