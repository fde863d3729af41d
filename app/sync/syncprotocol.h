// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "app/base/result.h"
#include "app/domain/wire/wire.h"

namespace evenhand::sync {

/// Why a call has no result. `error.code`: Network (no answer, an answer that is not from our server, or one that says "later"), Untrusted,
/// Unauthorized (401), Forbidden (403), NotFound (404), Invalid (400, 413), Conflict (409: see `problem`), Protocol (an answer of our server
/// that cannot be read; 415, 426), Cancelled.
struct CallFailure {
    base::Error error;
    std::string problem;                             ///< code of the problem text; "" when there was none
    int status = 0;                                  ///< HTTP status; 0 without an answer
    std::string requestId;
    std::optional<std::int64_t> retryAfterS{};
};

template <class T>
using Reply = tl::expected<T, CallFailure>;

/// What a push is sent under. The request id is chosen before, because the attempt is written down before the batch leaves.
struct PushTicket {
    std::string token;
    domain::DeviceId device;
    std::string requestId;
};

/// A parked call through which the server says that something changed. Destroying it ends the call; nobody is told.
class PokeStream {
public:
    virtual ~PokeStream() = default;
};

struct StreamSink {
    std::function<void(std::string_view bytes)> bytes;   ///< of the event stream, as they come
    std::function<void(CallFailure)> ended;              ///< once; also when it never began
};

/// The calls of HTTP API version 1 that the engine makes. Each calls `done` exactly once, later and on the caller's thread, also
/// after cancelAll (then with Cancelled), unless the protocol object itself is gone.
class SyncProtocol {
public:
    template <class T>
    using Done = std::function<void(Reply<T>)>;

    virtual ~SyncProtocol() = default;
    virtual void hello(Done<domain::wire::Hello> done) = 0;
    virtual void enrol(const domain::wire::EnrolRequest& request, Done<domain::wire::EnrolResponse> done) = 0;
    virtual void openSession(const domain::wire::SessionRequest& request, Done<domain::wire::SessionResponse> done) = 0;
    virtual void pushEvents(const PushTicket& ticket, const domain::wire::EventsRequest& request, Done<domain::wire::EventsResponse> done) = 0;
    virtual void pull(const std::string& token, const domain::wire::PullRequest& request, Done<domain::wire::PullResponse> done) = 0;
    /// A call that only two sides far above the engine understand (rule packs). A protocol that has none answers NotFound.
    virtual void post(const std::string& token, const std::string& path, const base::Json& body, Done<base::Json> done);
    /// `target` is path and query. A protocol that has no such call answers NotFound.
    virtual void get(const std::string& token, const std::string& target, Done<base::Json> done);
    /// The last resort for one event that the normal call cannot take. A protocol that has none answers NotFound.
    virtual void pushOpaque(const std::string& token, const domain::EventEnvelope& event, Done<domain::wire::EventResult> done);
    /// Null: this protocol has no streams.
    [[nodiscard]] virtual std::unique_ptr<PokeStream> openStream(const std::string&, std::int64_t, StreamSink) { return nullptr; }
    /// From now on only answers of this data set count.
    virtual void expectDataset(const domain::DatasetId& dataset) = 0;
    virtual void cancelAll() = 0;
};

[[nodiscard]] inline CallFailure noSuchCall()
{
    return {{base::ErrorCode::NotFound, "this server has no such call"}, {}, 404, {}, {}};
}

inline void SyncProtocol::post(const std::string&, const std::string&, const base::Json&, Done<base::Json> done)
{
    done(tl::unexpected(noSuchCall()));
}

inline void SyncProtocol::get(const std::string&, const std::string&, Done<base::Json> done)
{
    done(tl::unexpected(noSuchCall()));
}

inline void SyncProtocol::pushOpaque(const std::string&, const domain::EventEnvelope&, Done<domain::wire::EventResult> done)
{
    done(tl::unexpected(noSuchCall()));
}

} // namespace evenhand::sync
