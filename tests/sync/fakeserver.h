// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/domain/projection.h"
#include "app/sync/syncprotocol.h"
#include "tests/sync/virtualtime.h"

namespace evenhand::test {

/// What may happen to one request.
enum class Fault { None, Refused, LostReply, Hang, Twice, Garbage, ServerError };

/// The server in memory, by the rules of the reference: every fact is stored once, receipts are signed and repeat unchanged, each
/// user has a feed. One instance serves several devices through FakeWire.
class FakeServer {
public:
    FakeServer();

    struct StoredEvent {
        domain::EventEnvelope envelope;
        domain::DeviceId device;
        domain::wire::EventResult result;
    };

    [[nodiscard]] std::vector<domain::wire::ServerKey> keys() const;
    domain::DeviceId addDevice(const base::PublicKey& key, const domain::UserId& user);
    void putCase(const domain::CaseRow& row);                         ///< into every feed
    void revokeCase(const domain::CaseId& id, const domain::UserId& user);

    [[nodiscard]] const std::map<std::string, StoredEvent>& events() const { return m_events; }
    [[nodiscard]] std::string visibleState() const;                   ///< cases and events, one line each
    [[nodiscard]] int storedTwice() const { return m_storedTwice; }   ///< same id inserted again: must stay 0

    // behaviour a test may change
    domain::DatasetId dataset;
    bool signsWithWrongKey = false;
    bool forgetsWhatItHas = false;                                    ///< negative control: a duplicate is stored again
    int resyncsToDemand = 0;
    std::int64_t tokenSeconds = 900;
    int sessions = 0;
    int pulls = 0;

    // the calls, without a wire
    using Hello = domain::wire::Hello;
    [[nodiscard]] Hello hello() const;
    [[nodiscard]] sync::Reply<domain::wire::SessionResponse> openSession(const domain::wire::SessionRequest& request);
    [[nodiscard]] sync::Reply<domain::wire::EventsResponse> push(const std::string& token, const domain::wire::EventsRequest& request);
    [[nodiscard]] sync::Reply<domain::wire::PullResponse> pull(const std::string& token, const domain::wire::PullRequest& request);
    void expireTokens() { m_tokens.clear(); }

private:
    struct Device {
        domain::DeviceId id;
        domain::UserId user;
        base::PublicKey key;
    };
    [[nodiscard]] std::optional<Device> deviceOf(const std::string& token) const;
    [[nodiscard]] domain::wire::EventResult store(const Device& device, const domain::EventEnvelope& event);
    void feed(const domain::wire::PullOp& op);

    base::SigningKey m_key;
    base::SigningKey m_wrongKey;
    std::map<std::string, Device> m_devices;
    std::map<std::string, std::string> m_tokens;                      ///< token to device
    std::map<std::string, StoredEvent> m_events;
    std::map<std::string, std::string> m_cases;                       ///< id to business number
    std::vector<std::pair<std::optional<domain::UserId>, domain::wire::PullOp>> m_feed;
    std::int64_t m_seq = 100;
    int m_storedTwice = 0;
};

/// The wire between one workstation and the server; faults happen by script.
class FakeWire final : public sync::SyncProtocol {
public:
    FakeWire(FakeServer& server, VirtualTime& time) : m_server(server), m_time(time) {}

    /// The n-th request from now (0 is the next one) suffers `fault`.
    void failRequest(int n, Fault fault)
    {
        m_countdown = n;
        m_fault = fault;
        m_fired = false;
    }
    [[nodiscard]] bool fired() const { return m_fired; }
    bool isCut = false;                                               ///< every request is refused
    int requests = 0;

    void hello(Done<domain::wire::Hello> done) override;
    void enrol(const domain::wire::EnrolRequest& request, Done<domain::wire::EnrolResponse> done) override;
    void openSession(const domain::wire::SessionRequest& request, Done<domain::wire::SessionResponse> done) override;
    void pushEvents(const sync::PushTicket& ticket, const domain::wire::EventsRequest& request, Done<domain::wire::EventsResponse> done) override;
    void pull(const std::string& token, const domain::wire::PullRequest& request, Done<domain::wire::PullResponse> done) override;
    void expectDataset(const domain::DatasetId&) override {}
    void cancelAll() override;

private:
    template <class T>
    void carry(std::function<sync::Reply<T>()> call, Done<T> done);
    [[nodiscard]] Fault nextFault();

    FakeServer& m_server;
    VirtualTime& m_time;
    int m_countdown = -1;
    Fault m_fault = Fault::None;
    bool m_fired = false;
    std::vector<std::function<void()>> m_hanging;                     ///< what cancelAll ends
};

[[nodiscard]] domain::CaseRow aCase(int number);

} // namespace evenhand::test
