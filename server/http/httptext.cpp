// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/httptext.h"

#include <algorithm>
#include <array>

#include <boost/asio/ip/address.hpp>

#include "app/base/crypto.h"

namespace evenhand::server {

namespace beast = boost::beast;
namespace http = beast::http;

std::string text(beast::string_view view) { return {view.data(), view.size()}; }

std::string pathOf(const RequestHeader& header) { return text(header.target().substr(0, header.target().find('?'))); }

std::string bearerOf(const RequestHeader& header)
{
    constexpr beast::string_view kBearer = "Bearer ";
    const auto authorization = header[http::field::authorization];
    return authorization.starts_with(kBearer) ? text(authorization.substr(kBearer.size())) : std::string();
}

std::string clientAddress(const RequestHeader& header, const std::string& peer, bool behindProxy)
{
    if (!behindProxy)
        return peer;
    const auto list = text(header["X-Forwarded-For"]);
    const auto comma = list.rfind(',');   // npos + 1 is the beginning
    const auto begin = list.find_first_not_of(' ', comma + 1);
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(begin == std::string::npos ? std::string() : list.substr(begin), error);
    return error ? peer : address.to_string();
}

Request requestOf(const RequestHeader& header, const std::string& peer)
{
    Request request;
    request.method = text(header.method_string());
    request.path = pathOf(header);
    request.bearerToken = bearerOf(header);
    request.contentType = text(header[http::field::content_type]);
    request.contentDigest = text(header["Content-Digest"]);
    request.peerAddress = peer;
    if (const auto mark = header.target().find('?'); mark != beast::string_view::npos)
        request.query = text(header.target().substr(mark + 1));
    if (!request.path.starts_with("/v1/blobs/") && request.path != "/v1/opaque" && request.path != "/v1/stream")
        return request;
    for (const auto& field : header) {
        auto name = text(field.name_string());
        std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        request.headers[name] = text(field.value());
    }
    return request;
}

void setHeaders(http::header<false, http::fields>& message, const Response& response, const ApiContext& context, const std::string& requestId)
{
    message.result(static_cast<unsigned>(response.status));
    if (!response.contentType.empty())
        message.set(http::field::content_type, response.contentType);
    for (const auto& [name, value] : response.headers)
        message.set(name, value);
    message.set(http::field::cache_control, "no-store");
    message.set("Evenhand-Dataset", context.dataset.toString());
    message.set("Evenhand-Time", context.clock.now().toRfc3339Utc());
    if (!requestId.empty())
        message.set("Evenhand-Request-Id", requestId);
    if (response.retryAfterS)
        message.set(http::field::retry_after, std::to_string(*response.retryAfterS));
}

Response pollAnswer(std::int64_t newest, std::int64_t after)
{
    const bool changed = newest > after;
    return okResponse({{"upto", changed ? newest : after}, {"changed", changed}, {"hello", false}});
}

std::string pokeEvent(std::int64_t upto) { return "event: poke\ndata: {\"upto\":" + std::to_string(upto) + ",\"hello\":false}\n\n"; }

std::string byeEvent()
{
    std::array<std::uint8_t, 1> random{};
    base::fillRandom(random);
    return "event: bye\ndata: {\"retry_after_s\":" + std::to_string(random[0] % 60) + "}\n\n";
}

} // namespace evenhand::server
