// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/api.h"

#include <array>

#include "app/base/log.h"

namespace evenhand::server {

using domain::wire::Problem;

namespace {

constexpr std::size_t kSmallBody = 16 * 1024;
constexpr std::size_t kMediumBody = 64 * 1024;
constexpr std::size_t kOpaqueBody = 256 * 1024;
constexpr std::size_t kLargeBody = 1024 * 1024;
constexpr std::string_view kBlobs = "/v1/blobs/";

using Handler = void (*)(Store&, ApiContext&, const Request&, const Reply&);

struct Endpoint {
    std::string_view method;
    std::string_view path;
    std::size_t bodyLimit;
    bool isSlow;               ///< runs on threads of its own, so that passwords and large files never hold up a push
    Handler handler;
};

const std::array kEndpoints{
    Endpoint{"GET", "/v1/hello", kSmallBody, false, [](Store& s, ApiContext& c, const Request& r, const Reply& p) { hello(s, c, r, p); }},
    Endpoint{"POST", "/v1/enrol", kSmallBody, true, [](Store& s, ApiContext& c, const Request& r, const Reply& p) { enrol(s, c, r, p); }},
    Endpoint{"POST", "/v1/session", kSmallBody, true, [](Store& s, ApiContext& c, const Request& r, const Reply& p) { openSession(s, c, r, p); }},
    Endpoint{"DELETE", "/v1/session", kSmallBody, false, [](Store& s, ApiContext& c, const Request& r, const Reply& p) { closeSession(s, c, r, p); }},
    Endpoint{"POST", "/v1/events", kLargeBody, false, [](Store& s, ApiContext& c, const Request& r, const Reply& p) { pushEvents(s, c, r, p); }},
    Endpoint{"POST", "/v1/attempt-shares", kLargeBody, false, [](Store& s, ApiContext& c, const Request& r, const Reply& p) { attemptShares(s, c, r, p); }},
    Endpoint{"POST", "/v1/packs", kSmallBody, false, [](Store& s, ApiContext& c, const Request& r, const Reply& p) { packs(s, c, r, p); }},
    Endpoint{"POST", "/v1/packs/scripts", kLargeBody, false, [](Store& s, ApiContext& c, const Request& r, const Reply& p) { publishScript(s, c, r, p); }},
    Endpoint{"POST", "/v1/pull", kSmallBody, false, [](Store& s, ApiContext& c, const Request& r, const Reply& p) { pull(s, c, r, p); }},
    Endpoint{"POST", "/v1/opaque", kOpaqueBody, false, [](Store& s, ApiContext& c, const Request& r, const Reply& p) { pushOpaque(s, c, r, p); }},
    Endpoint{"POST", "/v1/digest", kMediumBody, false, [](Store& s, ApiContext& c, const Request& r, const Reply& p) { compareDigests(s, c, r, p); }},
    Endpoint{"GET", "/v1/snapshot", kSmallBody, false, [](Store& s, ApiContext& c, const Request& r, const Reply& p) { snapshot(s, c, r, p); }},
    Endpoint{"POST", "/v1/purged", kLargeBody, false, [](Store& s, ApiContext& c, const Request& r, const Reply& p) { storePurgeReceipts(s, c, r, p); }},
    Endpoint{"GET", "/v1/stream", kSmallBody, false, [](Store& s, ApiContext& c, const Request& r, const Reply& p) { stream(s, c, r, p); }},
    Endpoint{"*", kBlobs, kSmallBody, true, [](Store& s, ApiContext& c, const Request& r, const Reply& p) { handleBlob(s, c, r, p); }},
};

const Endpoint* find(const Request& request)
{
    for (const auto& endpoint : kEndpoints) {
        if (endpoint.path == kBlobs ? request.path.starts_with(kBlobs) : endpoint.method == request.method && endpoint.path == request.path)
            return &endpoint;
    }
    return nullptr;
}

// "sha-256=:…:" of RFC 9530; other algorithms are not ours to check.
bool digestMatches(const Request& request)
{
    constexpr std::string_view kPrefix = "sha-256=:";
    const auto begin = request.contentDigest.find(kPrefix);
    if (begin == std::string::npos)
        return true;
    const auto from = begin + kPrefix.size();
    const auto end = request.contentDigest.find(':', from);
    const auto digest = base::fromBase64(std::string_view(request.contentDigest).substr(from, end == std::string::npos ? end : end - from));
    return end != std::string::npos && digest && base::equalInConstantTime(*digest, base::sha256(base::asBytes(request.body)));
}

std::optional<Problem> firstProblem(const Request& request, const Endpoint* endpoint)
{
    if (!endpoint)
        return problem::notFound();
    const auto* expected = request.path == "/v1/opaque" ? "application/octet-stream" : domain::wire::kMediaType;
    if (request.method == "POST" && endpoint->path != kBlobs && request.contentType != expected)
        return problem::mediaType();
    if (!digestMatches(request))
        return problem::digestMismatch();
    return std::nullopt;
}

} // namespace

std::size_t Api::bodyLimit(const std::string& path)
{
    for (const auto& endpoint : kEndpoints) {
        if (endpoint.path == path)
            return endpoint.bodyLimit;
    }
    return kSmallBody;
}

bool Api::isUpload(const std::string& method, const std::string& path) { return method == "PATCH" && path.starts_with(kBlobs); }

void Api::handle(Request request, Reply reply)
{
    const auto* endpoint = find(request);
    if (m_context.requests && !request.isCounted && !request.bearerToken.empty()) {
        const auto wait = m_context.requests->count(request.bearerToken);
        if (wait && *wait > 0)
            return reply(problemResponse(problem::rateLimited(*wait, "This device asks too often.")));
        request.isCounted = wait.has_value();
    }
    if (const auto refused = firstProblem(request, endpoint)) {
        reply(problemResponse(*refused));
        return;
    }
    auto& pool = endpoint->isSlow ? m_passwords : m_workers;
    const auto shared = std::make_shared<Request>(std::move(request));
    const bool taken = pool.post([this, endpoint, shared, reply](Store& store) {
        try {
            endpoint->handler(store, m_context, *shared, reply);
        } catch (const std::exception& error) {
            base::log::of(base::log::Area::Http).error("{} {}: {}", endpoint->method, endpoint->path, error.what());
            reply(problemResponse(problem::internal()));
        }
    });
    if (!taken)
        reply(problemResponse(problem::overloaded()));
}

} // namespace evenhand::server
