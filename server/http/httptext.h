// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <boost/beast/http/message.hpp>

#include "server/api/api.h"

/// Private to server/http: between Beast's messages and ours, and the texts of parked answers.
namespace evenhand::server {

using RequestHeader = boost::beast::http::header<true, boost::beast::http::fields>;

[[nodiscard]] std::string text(boost::beast::string_view view);
[[nodiscard]] std::string pathOf(const RequestHeader& header);      ///< without the query
[[nodiscard]] std::string bearerOf(const RequestHeader& header);    ///< the token; empty: none
/// Who asks: the peer, or what a trusted proxy added last to X-Forwarded-For. What is no address there counts as the proxy.
[[nodiscard]] std::string clientAddress(const RequestHeader& header, const std::string& peer, bool behindProxy);
/// Everything but the body. All headers only where an endpoint asks for them.
[[nodiscard]] Request requestOf(const RequestHeader& header, const std::string& peer);

/// Status and headers of an answer; `requestId` empty: the client gave none.
void setHeaders(boost::beast::http::header<false, boost::beast::http::fields>& message, const Response& response, const ApiContext& context,
                const std::string& requestId);

[[nodiscard]] Response pollAnswer(std::int64_t newest, std::int64_t after);
[[nodiscard]] std::string pokeEvent(std::int64_t upto);
/// "Come back in so many seconds", spread over a minute: everybody at once would be a stampede.
[[nodiscard]] std::string byeEvent();

} // namespace evenhand::server
