// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "server/http/shared.h"

/// Private to server/http.
namespace evenhand::server {

/// Serves one accepted socket until it ends. Runs on the socket's strand. `tls` null: plain.
boost::asio::awaitable<void> serveConnection(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context* tls, Api& api,
                                             ConnectionRegistry& registry, HttpLimits limits);

} // namespace evenhand::server
