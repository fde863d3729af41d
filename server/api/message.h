// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/domain/wire/wire.h"
#include "server/blobs/blobfiles.h"

namespace evenhand::server {

/// One HTTP request as the endpoints see it. Header values are empty when absent.
struct Request {
    std::string method;
    std::string path;                              ///< without the query
    std::string bearerToken;
    std::string contentType;
    std::string contentDigest;
    std::string peerAddress;                       ///< without the port
    std::string body;
    std::string query{};                           ///< behind the "?", as sent
    std::map<std::string, std::string> headers{};  ///< all of them, names in lower case; filled for blobs and opaque only
    bool isCounted = false;                        ///< by the RequestLimiter
    std::shared_ptr<IncomingChunk> upload{};       ///< the body of a PATCH on a blob, on disk instead of in `body`
};

/// Bytes of a file that go out as the body.
struct FilePart {
    std::string path;
    std::int64_t offset = 0;
    std::int64_t size = 0;
};

/// A connection that is to wait until its user's view changes (GET /v1/stream).
struct ParkedStream {
    domain::UserId user;
    std::int64_t after = 0;                        ///< what the workstation has
    bool isEventStream = false;                    ///< else one long-polled answer
    std::int64_t newest = 0;                       ///< above `after`: there is something already
};

struct Response {
    int status = 500;
    std::string contentType;
    std::string body;
    std::optional<std::int64_t> retryAfterS;
    std::vector<std::pair<std::string, std::string>> headers{};
    std::optional<FilePart> file{};                ///< in place of `body`
    std::optional<ParkedStream> parked{};          ///< answered later, by the connection
};

/// The body as JSON within the limits for it: depth 16, 200,000 values.
[[nodiscard]] base::Result<base::Json> parseBody(const Request& request);

/// Called exactly once, on any thread.
using Reply = std::function<void(Response)>;

[[nodiscard]] Response okResponse(const base::Json& body, int status = 200);
[[nodiscard]] Response problemResponse(const domain::wire::Problem& problem);

/// The problems of docs/sync.md, by what happened.
namespace problem {
[[nodiscard]] domain::wire::Problem malformed(std::string detail);
[[nodiscard]] domain::wire::Problem digestMismatch();
[[nodiscard]] domain::wire::Problem cursorInvalid();
[[nodiscard]] domain::wire::Problem unauthorized(std::string code, std::string detail);
[[nodiscard]] domain::wire::Problem forbidden(std::string code, std::string detail);
[[nodiscard]] domain::wire::Problem notFound();
[[nodiscard]] domain::wire::Problem tooSlow();
[[nodiscard]] domain::wire::Problem sessionSuperseded();
[[nodiscard]] domain::wire::Problem datasetMismatch();
[[nodiscard]] domain::wire::Problem resyncRequired(std::string code);
[[nodiscard]] domain::wire::Problem tooLarge(std::string detail);
[[nodiscard]] domain::wire::Problem mediaType();
[[nodiscard]] domain::wire::Problem protocolUnsupported();
[[nodiscard]] domain::wire::Problem rateLimited(std::int64_t retryAfterS, std::string detail);
[[nodiscard]] domain::wire::Problem overloaded();
[[nodiscard]] domain::wire::Problem storageFull();
[[nodiscard]] domain::wire::Problem cursorBehind();
[[nodiscard]] domain::wire::Problem notVerified();
[[nodiscard]] domain::wire::Problem blobUnreferenced();
[[nodiscard]] domain::wire::Problem offsetMismatch(std::string detail);
[[nodiscard]] domain::wire::Problem gone(std::string detail);
[[nodiscard]] domain::wire::Problem checksumMismatch();
[[nodiscard]] domain::wire::Problem internal();
/// For a failed database call: 507 when the disk is full, 503 when busy or overloaded, 500 otherwise. Says nothing of the cause.
[[nodiscard]] domain::wire::Problem fromStore(const base::Error& error);
} // namespace problem

} // namespace evenhand::server
