// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/api/api.h"

/// Private to server/http: from a coroutine to an endpoint and back.
namespace evenhand::server {

template <class Handler>
struct Waiting {
    explicit Waiting(Handler handler) : resume(std::move(handler)) {}
    std::optional<Handler> resume;
    std::atomic_flag answered = ATOMIC_FLAG_INIT;
};

/// Waits for the endpoint without holding the io thread.
inline boost::asio::awaitable<Response> ask(Api& api, Request request)
{
    return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void(Response)>(
        [&api]<class Handler>(Handler handler, Request what) {
            auto waiting = std::make_shared<Waiting<Handler>>(std::move(handler));
            api.handle(std::move(what), [waiting](Response response) {
                if (waiting->answered.test_and_set())
                    return;   // an endpoint that failed after it had answered
                const auto executor = boost::asio::get_associated_executor(*waiting->resume);
                boost::asio::post(executor, [waiting, answer = std::move(response)]() mutable {
                    auto resume = std::move(*waiting->resume);
                    waiting->resume.reset();
                    resume(std::move(answer));
                });
            });
        },
        boost::asio::use_awaitable, std::move(request));
}

} // namespace evenhand::server
