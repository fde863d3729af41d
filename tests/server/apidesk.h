// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <future>

#include "server/api/api.h"
#include "tests/server/office.h"
#include "tests/server/password.h"

namespace evenhand::test {

/// The endpoints on a real database, without a socket.
struct ApiDesk {
    Office office;
    server::UserRecord agent = office.addUser("agent", domain::UserRole::Agent, "north", kPassword);
    std::unique_ptr<server::Sequencer> sequencer = *server::Sequencer::start(office.url(), office.clock);
    std::unique_ptr<server::WorkerPool> workers = *server::WorkerPool::start(1, office.url(), office.clock);
    std::unique_ptr<server::WorkerPool> passwords = *server::WorkerPool::start(1, office.url(), office.clock);
    server::ApiContext context{office.keys(), office.clock, *sequencer, office.store().dataset(), "test", {}, {}, server::AttemptLimiter(office.clock)};
    server::Api api{context, *workers, *passwords};

    server::Response send(server::Request request)
    {
        std::promise<server::Response> answered;
        auto future = answered.get_future();
        api.handle(std::move(request), [&](server::Response response) { answered.set_value(std::move(response)); });
        return future.get();
    }
    server::Response post(const std::string& path, const base::Json& body, const std::string& token = {})
    {
        return send({"POST", path, token, domain::wire::kMediaType, {}, "127.0.0.1", body.dump()});
    }
    server::Response get(const std::string& path, const std::string& token = {}) { return send({"GET", path, token, {}, {}, "127.0.0.1", {}}); }

    std::string challenge() { return base::Json::parse(get("/v1/hello").body)["challenge"].get<std::string>(); }
    domain::wire::EnrolRequest enrolRequest(const base::SigningKey& key, const std::string& password, const std::string& user = "agent")
    {
        const base::Json statement{{"v", 1}, {"kind", "enrol"}, {"device_public_key", base::toBase64Url(key.publicKey())}, {"device_label", "test"},
                             {"challenge", challenge()}, {"client_version", "test"}, {"at", office.clock.now().toRfc3339Utc()}};
        return {user, password, domain::signStatement(key, statement)};
    }
    Device enrolled() { return enrolled(agent); }
    Device enrolled(const server::UserRecord& who)
    {
        Device device(context.dataset, domain::DeviceId::random(), who.id);
        const auto response = post("/v1/enrol", domain::wire::encode(enrolRequest(device.key, kPassword, who.userName)));
        device.id = domain::wire::decodeEnrolResponse(base::Json::parse(response.body))->deviceId;
        return device;
    }
    domain::wire::SessionRequest sessionRequest(const Device& device, const std::string& grant, const std::function<void(base::Json&)>& change = {})
    {
        base::Json statement{{"v", 1}, {"kind", "session"}, {"dataset_id", context.dataset.toString()}, {"device_id", device.id.toString()},
                       {"user_id", device.user.toString()}, {"grant", grant}, {"challenge", challenge()}, {"epoch", device.epoch.toString()},
                       {"head_seq", device.headSeq()}, {"head_hash", base::toBase64Url(device.headHash())}, {"log_id", nullptr},
                       {"checkpoint_size", nullptr}, {"scope_epoch", nullptr}, {"client_version", "test"}, {"at", office.clock.now().toRfc3339Utc()}};
        if (change)
            change(statement);
        return {domain::signStatement(device.key, statement), grant == "password" ? std::optional<std::string>(kPassword) : std::nullopt, std::nullopt};
    }
    domain::wire::SessionResponse signIn(const Device& device, const std::string& grant = "password")
    {
        office.clock.advance(15'000);   // not more than six sessions a minute
        const auto response = post("/v1/session", domain::wire::encode(sessionRequest(device, grant)));
        if (response.status != 200)
            qFatal("session: %s", response.body.c_str());
        return *domain::wire::decodeSessionResponse(base::Json::parse(response.body));
    }
    server::Response push(const Device& device, const std::vector<domain::EventEnvelope>& events, const std::string& token)
    {
        return post("/v1/events", domain::wire::encode(domain::wire::EventsRequest{device.epoch, events}), token);
    }
    server::Response pull(const std::string& token, const std::string& cursor = {}, int max = 200)
    {
        return post("/v1/pull", domain::wire::encode(domain::wire::PullRequest{1, cursor, max}), token);
    }
};

inline std::string problemOf(const server::Response& response)
{
    const auto json = base::Json::parse(response.body, nullptr, false);
    if (response.contentType != domain::wire::kProblemType || !json.is_object())
        return "status " + std::to_string(response.status);
    return std::to_string(response.status) + " " + json.value("code", std::string());
}

} // namespace evenhand::test
