// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sync/fakeserver.h"

#include "tests/support/testprofile.h"

namespace evenhand::test {

namespace wire = domain::wire;

namespace {

constexpr std::int64_t kRoundTripMs = 20;
constexpr const char* kKeyId = "sig-1";

template <class T>
sync::Reply<T> refuse(base::ErrorCode code, int status, std::string problem)
{
    return tl::unexpected(sync::CallFailure{{code, "refused: " + problem}, problem, status, "req", {}});
}

} // namespace

domain::CaseRow aCase(int number)
{
    const auto money = *base::Money::tryFromMinor(100'000 + number, *base::Currency::tryFromCode("CNY"));
    return {idNo<domain::CaseId>(number), "B-" + std::to_string(number), "p", "Example Bank", domain::CaseStatus::Open, money, money, 35, "M2", 10,
            base::SensitiveText("李明"), std::nullopt, {}, {}, std::nullopt, std::nullopt};
}

FakeServer::FakeServer()
    : dataset(identity().dataset), m_key(base::SigningKey::fromSeed(fixedKey(7).bytes())), m_wrongKey(base::SigningKey::fromSeed(fixedKey(8).bytes()))
{
}

std::vector<wire::ServerKey> FakeServer::keys() const
{
    return {{kKeyId, "sign", "ed25519", base::Bytes(m_key.publicKey().begin(), m_key.publicKey().end()), base::Instant{}}};
}

domain::DeviceId FakeServer::addDevice(const base::PublicKey& key, const domain::UserId& user)
{
    const auto id = idNo<domain::DeviceId>(700 + static_cast<int>(m_devices.size()));
    m_devices.emplace(id.toString(), Device{id, user, key});
    return id;
}

void FakeServer::feed(const wire::PullOp& op)
{
    m_feed.emplace_back(std::nullopt, op);
}

void FakeServer::putCase(const domain::CaseRow& row)
{
    m_cases[row.id.toString()] = row.businessNo;
    feed({"put", ++m_seq, domain::kind::kCase, row.id.uuid(), row.id, base::canonical(toJson(row)), {}, {}, {}});
}

void FakeServer::revokeCase(const domain::CaseId& id, const domain::UserId& user)
{
    const auto revokeId = base::Uuid::random();
    const base::Json order{{"v", 1}, {"kind", "revoke"}, {"key_id", kKeyId}, {"dataset_id", dataset.toString()}, {"revoke_id", revokeId.toString()},
                           {"user_id", user.toString()}, {"case_id", id.toString()}, {"reason", "unassigned"}, {"decided_at", "2026-03-02T02:00:00.000Z"}};
    wire::PullOp op{"revoke", ++m_seq, {}, {}, id, {}, revokeId, domain::signStatement(m_key, order), {}};
    m_feed.emplace_back(user, std::move(op));
}

FakeServer::Hello FakeServer::hello() const
{
    const base::Json identity{{"v", 1}, {"kind", "identity"}, {"key_id", kKeyId}, {"sign_public_key", base::toBase64Url(m_key.publicKey())},
                              {"dataset_id", dataset.toString()}, {"challenge", "challenge"}};
    return {dataset, 1, 1, base::Instant{}, "challenge", 120, domain::signStatement(m_key, identity), {}};
}

sync::Reply<wire::SessionResponse> FakeServer::openSession(const wire::SessionRequest& request)
{
    const auto plain = base::parseJson(request.statement.statement);
    const auto device = plain ? m_devices.find((*plain)["device_id"].get<std::string>()) : m_devices.end();
    if (device == m_devices.end() || !domain::verifyStatement(device->second.key, "session", request.statement.statement, request.statement.signature))
        return refuse<wire::SessionResponse>(base::ErrorCode::Unauthorized, 401, "bad_signature");
    const auto grant = (*plain)["grant"].get<std::string>();
    if ((grant == "password" && request.password != "right") || (grant == "refresh" && request.refreshToken != "refresh"))
        return refuse<wire::SessionResponse>(base::ErrorCode::Unauthorized, 401, "bad_credentials");
    ++sessions;
    wire::SessionResponse session{base::Uuid::random(), base::Uuid::random().toString(), tokenSeconds, std::nullopt, 0, {"push"}, {}, false, true, true,
                                  std::nullopt, {}, base::Instant{}};
    if (grant != "device") {
        session.refreshToken = "refresh";
        session.scope.push_back("pull");
    }
    m_tokens[session.accessToken] = device->first;
    return session;
}

std::optional<FakeServer::Device> FakeServer::deviceOf(const std::string& token) const
{
    const auto found = m_tokens.find(token);
    return found == m_tokens.end() ? std::nullopt : std::optional(m_devices.at(found->second));
}

wire::EventResult FakeServer::store(const Device& device, const domain::EventEnvelope& event)
{
    const auto id = event.eventId.toString();
    if (const auto known = m_events.find(id); known != m_events.end() && !forgetsWhatItHas) {
        auto again = known->second.result;
        again.verdict = "duplicate";
        return again;
    } else if (known != m_events.end()) {
        ++m_storedTwice;
    }
    const auto seq = ++m_seq;
    const base::Json receipt{{"v", 1}, {"kind", "receipt"}, {"key_id", kKeyId}, {"dataset_id", dataset.toString()}, {"event_id", id},
                             {"hash", base::toBase64Url(event.hash)}, {"verdict", "accepted"}, {"reason", nullptr},
                             {"received_at", "2026-03-02T02:00:00.000Z"}, {"server_seq", seq}, {"log_id", nullptr}, {"leaf_index", nullptr}};
    const wire::EventResult result{event.eventId, event.seq, "accepted", std::nullopt, {}, domain::signStatement(signsWithWrongKey ? m_wrongKey : m_key, receipt)};
    m_events.insert_or_assign(id, StoredEvent{event, device.id, result});
    const auto header = domain::decodeHeader(event.header);
    if (header && header->caseId) {
        const domain::EventEcho echo{event.eventId, event.header, base::Bytes(event.signature.begin(), event.signature.end()), event.payload, event.salt,
                                     seq, *base::Instant::tryFromRfc3339("2026-03-02T02:00:00Z"), "accepted", {}};
        feed({"put", seq, domain::kind::kEvent, event.eventId.uuid(), header->caseId, base::canonical(toJson(echo)), {}, {}, {}});
    }
    return result;
}

sync::Reply<wire::EventsResponse> FakeServer::push(const std::string& token, const wire::EventsRequest& request)
{
    const auto device = deviceOf(token);
    if (!device)
        return refuse<wire::EventsResponse>(base::ErrorCode::Unauthorized, 401, "token_expired");
    wire::EventsResponse answer{request.epoch, 0, {}, {}};
    for (const auto& event : request.events) {
        if (!domain::verifyEventSignature(device->key, domain::eventHash(event.header), event.signature))
            return refuse<wire::EventsResponse>(base::ErrorCode::Invalid, 400, "malformed_request");
        auto sent = event;
        sent.hash = domain::eventHash(event.header);
        answer.results.push_back(store(*device, sent));
        answer.ackedUpto = event.seq;
    }
    return answer;
}

sync::Reply<wire::PullResponse> FakeServer::pull(const std::string& token, const wire::PullRequest& request)
{
    ++pulls;
    const auto device = deviceOf(token);
    if (!device)
        return refuse<wire::PullResponse>(base::ErrorCode::Unauthorized, 401, "token_expired");
    if (resyncsToDemand > 0 && !request.cursor.empty()) {
        --resyncsToDemand;
        return refuse<wire::PullResponse>(base::ErrorCode::Conflict, 409, "resync_required");
    }
    const auto from = request.cursor.empty() ? 0 : std::stoll(request.cursor);
    wire::PullResponse page{1, m_seq, true, request.cursor.empty() ? "0" : request.cursor, {}};
    for (const auto& [user, op] : m_feed) {
        if (op.seq <= from || (user && *user != device->user))
            continue;
        if (static_cast<std::int64_t>(page.ops.size()) >= std::min<std::int64_t>(request.max, 3)) {   // small pages: several per pull
            page.complete = false;
            break;
        }
        page.ops.push_back(op);
        page.nextCursor = std::to_string(op.seq);
    }
    if (page.complete)
        page.ops.push_back({"lease", m_seq, {}, {}, {}, {}, {}, {}, base::Instant::tryFromRfc3339("2026-03-09T02:00:00Z")});
    return page;
}

std::string FakeServer::visibleState() const
{
    std::string state;
    for (const auto& [id, number] : m_cases)
        state += "case " + id + " " + number + "\n";
    for (const auto& [id, event] : m_events) {
        if (domain::decodeHeader(event.envelope.header)->caseId)
            state += "event " + id + " " + base::toHex(event.envelope.hash) + "\n";
    }
    return state;
}

Fault FakeWire::nextFault()
{
    ++requests;
    if (isCut)
        return Fault::Refused;
    if (m_countdown < 0 || m_countdown-- > 0)
        return Fault::None;
    m_fired = true;
    return m_fault;
}

template <class T>
void FakeWire::carry(std::function<sync::Reply<T>()> call, Done<T> done)
{
    const auto gone = [](const char* why) { return tl::unexpected(sync::CallFailure{{base::ErrorCode::Network, why}, {}, 0, "req", {}}); };
    const auto answer = [this, done](sync::Reply<T> reply) { m_time.after(kRoundTripMs, [done, reply = std::move(reply)] { done(reply); }); };
    switch (nextFault()) {
    case Fault::None: return answer(call());
    case Fault::Refused: return answer(gone("no answer"));
    case Fault::LostReply: static_cast<void>(call()); return answer(gone("cut before the reply"));
    case Fault::Twice: static_cast<void>(call()); return answer(call());
    case Fault::Garbage: return answer(tl::unexpected(sync::CallFailure{{base::ErrorCode::Protocol, "garbled"}, {}, 200, "req", {}}));
    case Fault::ServerError: return answer(refuse<T>(base::ErrorCode::Network, 503, "overloaded"));
    case Fault::Hang: m_hanging.push_back([done, gone] { done(gone("cancelled")); }); return;
    }
}

void FakeWire::hello(Done<wire::Hello> done)
{
    carry<wire::Hello>([this]() -> sync::Reply<wire::Hello> { return m_server.hello(); }, std::move(done));
}

void FakeWire::enrol(const wire::EnrolRequest&, Done<wire::EnrolResponse> done)
{
    carry<wire::EnrolResponse>([] { return refuse<wire::EnrolResponse>(base::ErrorCode::Unauthorized, 401, "bad_credentials"); }, std::move(done));
}

void FakeWire::openSession(const wire::SessionRequest& request, Done<wire::SessionResponse> done)
{
    carry<wire::SessionResponse>([this, request] { return m_server.openSession(request); }, std::move(done));
}

void FakeWire::pushEvents(const sync::PushTicket& ticket, const wire::EventsRequest& request, Done<wire::EventsResponse> done)
{
    carry<wire::EventsResponse>([this, token = ticket.token, request] { return m_server.push(token, request); }, std::move(done));
}

void FakeWire::pull(const std::string& token, const wire::PullRequest& request, Done<wire::PullResponse> done)
{
    carry<wire::PullResponse>([this, token, request] { return m_server.pull(token, request); }, std::move(done));
}

void FakeWire::cancelAll()
{
    for (auto& end : std::exchange(m_hanging, {}))
        m_time.after(0, std::move(end));
}

} // namespace evenhand::test
