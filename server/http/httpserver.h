// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "server/api/api.h"

namespace evenhand::server {

struct TlsFiles {
    std::string certificate;                       ///< PEM, the whole chain
    std::string privateKey;                        ///< PEM
};

/// How long and how much before a connection is given up (docs/sync.md, server limits).
struct HttpLimits {
    std::chrono::milliseconds header{10'000};      ///< from the first byte (of a new connection: from accepting) to the end of the header
    std::chrono::milliseconds bodyGrace{10'000};   ///< after that the body must have come at 1 KiB/s
    std::chrono::milliseconds idle{75'000};        ///< between two requests
    std::chrono::milliseconds write{30'000};       ///< for the whole reply
    std::chrono::milliseconds stop{10'000};        ///< for what is in flight when the server stops
    std::chrono::milliseconds longPoll{55'000};    ///< one parked answer
    std::chrono::milliseconds heartbeat{20'000};   ///< comment lines of an event stream
    std::chrono::milliseconds stream{900'000};     ///< an event stream ends with the token that opened it
    std::chrono::milliseconds deviceQueue{1'000};  ///< how long a device's fifth connection waits for one of the others to end
    std::chrono::milliseconds deadPeer{60'000};    ///< bytes that nobody acknowledges: the peer is gone, its place is free again
    int connectionsPerAddress = 200;               ///< not behind a proxy, which counts them itself
    bool behindProxy = false;                      ///< every connection is the proxy's; X-Forwarded-For says whose request it is
    int connectionsPerDevice = 4;
    int handshakes = 16;                           ///< TLS, at once; others queue
};

struct HttpConfig {
    std::string address;                           ///< an IP address
    unsigned short port = 0;                       ///< 0: any free one
    std::optional<TlsFiles> tls{};                 ///< absent: plain HTTP, on loopback addresses only
    HttpLimits limits{};
    int threads = 2;
};

/// Sockets, limits and timeouts in front of an Api. The io threads never block and never touch the database.
class HttpServer {
public:
    /// Binds. Invalid: the address is not loopback and there is no certificate, or a file cannot be used.
    [[nodiscard]] static base::Result<std::unique_ptr<HttpServer>> create(const HttpConfig& config, Api& api);
    ~HttpServer();
    [[nodiscard]] std::string listeningOn() const;   ///< "127.0.0.1:43210"
    /// Serves until SIGTERM, SIGINT or stop(); then takes no more connections, finishes what is in flight and returns.
    void run();
    void stop();                                     ///< thread-safe

private:
    struct Parts;
    explicit HttpServer(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace evenhand::server
