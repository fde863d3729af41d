// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/message.h"

#include <algorithm>

namespace evenhand::server {

using domain::wire::Problem;

base::Result<base::Json> parseBody(const Request& request)
{
    constexpr auto kValues = 200'000;
    constexpr int kDepth = 16;
    // Each value but the first of its list follows a comma, each first one a bracket. Commas inside of texts count too; nobody has so many.
    if (std::ranges::count_if(request.body, [](char c) { return c == ',' || c == '[' || c == '{'; }) > kValues)
        return base::fail(base::ErrorCode::Invalid, "/: more than 200,000 values");
    return base::parseJson(request.body, kDepth);
}

Response okResponse(const base::Json& body, int status)
{
    return {status, domain::wire::kMediaType, body.dump(-1, ' ', false, base::Json::error_handler_t::replace), std::nullopt};
}

Response problemResponse(const Problem& problem)
{
    const auto body = domain::wire::encode(problem).dump(-1, ' ', false, base::Json::error_handler_t::replace);
    return {problem.status, domain::wire::kProblemType, body, problem.retryAfterS};
}

namespace problem {

namespace {

Problem make(int status, std::string code, const char* retry, std::string title, std::string detail = {})
{
    Problem problem;
    problem.status = status;
    problem.code = std::move(code);
    problem.retry = retry;
    problem.title = std::move(title);
    problem.detail = std::move(detail);
    return problem;
}

Problem withRetryAfter(Problem problem, std::int64_t seconds)
{
    problem.retryAfterS = seconds;
    return problem;
}

} // namespace

Problem malformed(std::string detail) { return make(400, "malformed_request", "later", "The request cannot be read", std::move(detail)); }
Problem digestMismatch() { return make(400, "digest_mismatch", "later", "The body does not match Content-Digest"); }
Problem cursorInvalid() { return make(400, "cursor_invalid", "after_resync", "The cursor is not one of ours"); }
Problem unauthorized(std::string code, std::string detail) { return make(401, std::move(code), "after_auth", "Not signed in", std::move(detail)); }
Problem forbidden(std::string code, std::string detail) { return make(403, std::move(code), "after_auth", "Not allowed", std::move(detail)); }
Problem notFound() { return make(404, "not_found", "never", "There is nothing here"); }
Problem tooSlow() { return make(408, "too_slow", "later", "The request came too slowly"); }
Problem sessionSuperseded() { return make(409, "session_superseded", "after_auth", "A newer session of this device took over"); }
Problem datasetMismatch() { return make(409, "dataset_mismatch", "never", "This is another data set"); }
Problem tooLarge(std::string detail) { return make(413, "too_large", "later", "The request is too large", std::move(detail)); }
Problem mediaType() { return make(415, "media_type", "never", "The body is not of our media type"); }
Problem protocolUnsupported() { return make(426, "protocol_unsupported", "after_update", "This protocol version is not spoken here"); }
Problem cursorBehind() { return make(409, "cursor_behind", "after_pull", "The view has moved on", "Pull, then compare again."); }
Problem notVerified() { return make(404, "not_verified", "later", "The blob is not verified yet"); }
Problem blobUnreferenced()
{
    return make(409, "blob_unreferenced", "after_push", "No event names this blob", "Hand in the event that refers to it first, with the same size.");
}
Problem offsetMismatch(std::string detail) { return make(409, "offset_mismatch", "later", "The upload stands elsewhere", std::move(detail)); }
Problem gone(std::string detail) { return make(410, "gone", "later", "The upload was discarded", std::move(detail)); }
Problem checksumMismatch() { return make(460, "checksum_mismatch", "later", "The chunk does not match its checksum"); }
Problem overloaded() { return withRetryAfter(make(503, "overloaded", "later", "Too much to do right now"), 2); }
Problem storageFull() { return make(507, "storage_full", "later", "The server's disk is full"); }
Problem internal() { return make(500, "internal", "later", "The server failed"); }

Problem resyncRequired(std::string code)
{
    auto problem = make(409, "resync_required", "after_resync", "Full resync needed", "What you hold and what the server knows have parted.");
    problem.errors.emplace_back("/cursor", std::move(code));
    return problem;
}

Problem rateLimited(std::int64_t retryAfterS, std::string detail)
{
    return withRetryAfter(make(429, "rate_limited", "later", "Too many tries", std::move(detail)), retryAfterS);
}

Problem fromStore(const base::Error& error)
{
    if (error.code == base::ErrorCode::DiskFull)
        return storageFull();
    const bool passes = error.code == base::ErrorCode::Conflict || error.code == base::ErrorCode::Network;   // busy, or PostgreSQL restarts
    return passes ? overloaded() : internal();
}

} // namespace problem

} // namespace evenhand::server
