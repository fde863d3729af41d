// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/domain/projection.h"
#include "app/domain/wire/repair.h"
#include "app/sync/syncprotocol.h"
#include "tests/sync/virtualtime.h"

namespace evenhand::test {

/// What may happen to one request.
enum class Fault { None, Refused, LostReply, Hang, Twice, Garbage, ServerError, BadGateway, Unauthorized };

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
    void forgetCase(const domain::CaseId& id, bool asDel);           ///< gone without an order: as a del, or not mentioned any more
    void annotate(const domain::EventId& event, const domain::CaseId& caseId, const std::string& status);
    /// Everything as it was at `backup`, under a new scope: what came later is forgotten.
    struct Backup;
    [[nodiscard]] std::shared_ptr<Backup> backUp() const;
    void restore(const Backup& backup);

    [[nodiscard]] const std::map<std::string, StoredEvent>& events() const { return m_events; }
    [[nodiscard]] std::string visibleState() const;                   ///< cases and events, one line each
    [[nodiscard]] int storedTwice() const { return m_storedTwice; }   ///< same id inserted again: must stay 0

    struct StoredReceipt {
        base::Uuid revokeId;
        base::Json statement;
    };
    [[nodiscard]] const std::vector<StoredReceipt>& purgeReceipts() const { return m_purgeReceipts; }
    [[nodiscard]] const std::map<std::string, std::string>& opaque() const { return m_opaque; }
    [[nodiscard]] int alarms() const { return m_alarms; }            ///< two histories under one device and epoch
    [[nodiscard]] const std::vector<domain::wire::BucketSum>& reported() const { return m_reported; }

    // behaviour a test may change
    std::set<std::string> features{"digest", "snapshot", "opaque", "stream"};
    std::set<std::string> poison;                                    ///< event ids: a batch with one of them fails with 500
    bool signsRevokesWithWrongKey = false;
    bool noticesClones = true;
    int pageRows = 3;                                                 ///< small: several pages per pull
    std::int64_t bytesServed = 0;                                     ///< of snapshot bodies
    int bucketsServed = 0;
    int longPolls = 0;
    std::int64_t leaseDays = 7;
    const FakeClock* clock = nullptr;                                 ///< null: it is always the morning of 2 March
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
    [[nodiscard]] sync::Reply<base::Json> get(const std::string& token, const std::string& target);
    [[nodiscard]] sync::Reply<base::Json> post(const std::string& token, const std::string& path, const base::Json& body);
    [[nodiscard]] sync::Reply<domain::wire::EventResult> opaque(const std::string& token, const domain::EventEnvelope& event);
    void expireTokens() { m_tokens.clear(); }
    [[nodiscard]] std::int64_t newestSeq() const { return m_seq; }
    std::vector<std::function<void()>> onChange;                      ///< whoever is parked

private:
    struct Device {
        domain::DeviceId id;
        domain::UserId user;
        base::PublicKey key;
    };
    [[nodiscard]] std::optional<Device> deviceOf(const std::string& token) const;
    [[nodiscard]] domain::wire::EventResult store(const Device& device, const domain::EventEnvelope& event, const char* verdict = "accepted",
                                                   std::optional<std::string> reason = std::nullopt);
    using Rows = std::map<std::pair<std::string, std::string>, domain::wire::PullOp>;
    [[nodiscard]] Rows rowsOf(const domain::UserId& user) const;
    [[nodiscard]] std::vector<domain::wire::BucketSum> sumsOf(const domain::UserId& user) const;
    [[nodiscard]] sync::Reply<base::Json> snapshot(const Device& device, const std::string& target);
    [[nodiscard]] sync::Reply<base::Json> digest(const Device& device, const base::Json& body);
    [[nodiscard]] base::Instant now() const;
    [[nodiscard]] base::Instant leaseUntil() const { return now().plusSeconds(leaseDays * 86'400); }
    void feed(const domain::wire::PullOp& op);

    base::SigningKey m_key;
    base::SigningKey m_wrongKey;
    std::map<std::string, Device> m_devices;
    std::map<std::string, std::string> m_tokens;                      ///< token to device
    std::map<std::string, StoredEvent> m_events;
    std::map<std::string, std::string> m_cases;                       ///< id to business number
    std::vector<std::pair<std::optional<domain::UserId>, domain::wire::PullOp>> m_feed;
    struct Line {
        std::map<std::int64_t, std::string> hashes;                   ///< of each stored number
        std::int64_t head = 0;
        std::string headHash;
    };
    std::map<std::string, Line> m_lines;                              ///< by device and epoch
    std::vector<StoredReceipt> m_purgeReceipts;
    std::map<std::string, std::string> m_opaque;
    std::vector<domain::wire::BucketSum> m_reported;
    std::set<std::string> m_silent;                                   ///< cases that are not mentioned any more
    std::int64_t m_scope = 1;
    int m_alarms = 0;
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
    std::function<Fault()> weather{};                                 ///< asked for each request, when no script is running
    std::vector<std::int64_t> requestedAtMs{};
    bool hasStreams = true;                                           ///< false: a proxy that holds streams back
    bool hasLongPolls = true;
    int streamsOpened = 0;
    std::vector<std::int64_t> streamsOpenedAtMs{};
    /// Ends every open stream; with a `bye` before.
    void dropStreams(std::optional<std::int64_t> byeAfterS = std::nullopt);
    bool isCut = false;                                               ///< every request is refused
    int requests = 0;

    void hello(Done<domain::wire::Hello> done) override;
    void enrol(const domain::wire::EnrolRequest& request, Done<domain::wire::EnrolResponse> done) override;
    void openSession(const domain::wire::SessionRequest& request, Done<domain::wire::SessionResponse> done) override;
    void pushEvents(const sync::PushTicket& ticket, const domain::wire::EventsRequest& request, Done<domain::wire::EventsResponse> done) override;
    void pull(const std::string& token, const domain::wire::PullRequest& request, Done<domain::wire::PullResponse> done) override;
    void post(const std::string& token, const std::string& path, const base::Json& body, Done<base::Json> done) override;
    void get(const std::string& token, const std::string& target, Done<base::Json> done) override;
    void pushOpaque(const std::string& token, const domain::EventEnvelope& event, Done<domain::wire::EventResult> done) override;
    [[nodiscard]] std::unique_ptr<sync::PokeStream> openStream(const std::string& token, std::int64_t after, sync::StreamSink sink) override;
    void expectDataset(const domain::DatasetId&) override {}
    void cancelAll() override;

private:
    template <class T>
    void carry(std::function<sync::Reply<T>()> call, Done<T> done);
    [[nodiscard]] Fault nextFault();
    class Stream;
    void park(const std::string& target, Done<base::Json> done);

    FakeServer& m_server;
    VirtualTime& m_time;
    int m_countdown = -1;
    Fault m_fault = Fault::None;
    bool m_fired = false;
    std::map<int, Stream*> m_streams;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);
    std::vector<std::function<void()>> m_hanging;                     ///< what cancelAll ends
};

struct FakeServer::Backup {
    std::map<std::string, StoredEvent> events;
    std::map<std::string, std::string> cases;
    std::vector<std::pair<std::optional<domain::UserId>, domain::wire::PullOp>> feed;
    std::map<std::string, Line> lines;
    std::int64_t seq = 0;
};

[[nodiscard]] domain::CaseRow aCase(int number);

} // namespace evenhand::test
