// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>

#include <QTcpSocket>

#include "app/base/json.h"
#include "tests/server/office.h"

namespace evenhand::test {

/// One blocking HTTP exchange after the other over a plain socket, so that tests see bytes and not a library's idea of them.
class WireClient {
public:
    struct Answer {
        int status = 0;                                    ///< 0: the connection ended without an answer
        std::map<std::string, std::string> headers{};      ///< names in lower case
        std::string body{};
    };

    explicit WireClient(quint16 port) : m_port(port) {}
    [[nodiscard]] Answer get(const std::string& path, const std::string& token = {});
    [[nodiscard]] Answer post(const std::string& path, const base::Json& body, const std::string& token = {});
    /// The bytes of a request, for tests that send them in their own way.
    [[nodiscard]] static std::string requestBytes(const std::string& path, const std::string& body, const std::string& token);
    [[nodiscard]] Answer exchange(const std::string& bytes, int timeoutMs = 20'000);
    void sendAndHangUp(const std::string& bytes);          ///< the reply is lost

private:
    quint16 m_port;
};

/// Enrols a device with the running server and signs it in. Stops the test program when that fails.
struct SignedIn {
    Device device;
    std::string token;
    base::PublicKey serverKey{};
};
[[nodiscard]] SignedIn enrolAndSignIn(quint16 port, const std::string& userName, const std::string& password);

} // namespace evenhand::test
