// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sync/fakeserver.h"

#include <algorithm>
#include <cstdio>

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

base::Instant FakeServer::now() const
{
    return clock ? base::Instant::fromMilliseconds(clock->monotonicMs() - 1'000).plusMilliseconds(base::Instant::tryFromRfc3339("2026-03-02T02:00:00Z")->milliseconds())
                 : *base::Instant::tryFromRfc3339("2026-03-02T02:00:00Z");
}

void FakeServer::feed(const wire::PullOp& op)
{
    m_feed.emplace_back(std::nullopt, op);
    for (const auto& told : onChange)
        told();
}

void FakeServer::forgetCase(const domain::CaseId& id, bool asDel)
{
    m_cases.erase(id.toString());
    m_silent.insert(id.toString());
    if (asDel)
        feed({"del", ++m_seq, domain::kind::kCase, id.uuid(), id, {}, {}, {}, {}});
}

void FakeServer::annotate(const domain::EventId& event, const domain::CaseId& caseId, const std::string& status)
{
    const domain::Annotation annotation{event, status, {}, std::nullopt, std::nullopt, now()};
    feed({"annotate", ++m_seq, domain::kind::kAnnotation, event.uuid(), caseId, base::canonical(domain::toJson(annotation)), {}, {}, {}});
}

std::shared_ptr<FakeServer::Backup> FakeServer::backUp() const
{
    return std::make_shared<Backup>(Backup{m_events, m_cases, m_feed, m_lines, m_seq});
}

void FakeServer::restore(const Backup& backup)
{
    m_events = backup.events;
    m_cases = backup.cases;
    m_feed = backup.feed;
    m_lines = backup.lines;
    m_seq = backup.seq;
    ++m_scope;
    m_tokens.clear();
}

/// What a user may see, as it is now.
FakeServer::Rows FakeServer::rowsOf(const domain::UserId& user) const
{
    Rows rows;
    for (const auto& [to, op] : m_feed) {
        if (to && *to != user)
            continue;
        if (op.op == "put" || op.op == "annotate")
            rows[{op.kind, op.id->toString()}] = op;
        else if (op.op == "del" && op.kind != domain::kind::kCase)
            rows.erase({op.kind, op.id->toString()});
        else if (op.caseId)
            std::erase_if(rows, [&](const auto& row) { return row.second.caseId == op.caseId; });
    }
    std::erase_if(rows, [&](const auto& row) { return row.second.caseId && m_silent.contains(row.second.caseId->toString()); });
    return rows;
}

std::vector<wire::BucketSum> FakeServer::sumsOf(const domain::UserId& user) const
{
    std::vector<wire::BucketSum> sums;
    for (int bucket = 0; bucket < domain::kBuckets; ++bucket)
        sums.push_back({bucket, {}});
    for (const auto& [key, op] : rowsOf(user)) {
        const auto bucket = op.caseId ? domain::bucketOfCase(*op.caseId) : domain::kCaselessBucket;
        sums[static_cast<std::size_t>(bucket)].sum.add(domain::RowDigest::ofRow(op.kind, *op.id, op.seq, op.body));
    }
    return sums;
}

sync::Reply<base::Json> FakeServer::snapshot(const Device& device, const std::string& target)
{
    const auto member = [&](const std::string& name) {
        const auto at = target.find(name + "=");
        return at == std::string::npos ? std::string() : target.substr(at + name.size() + 1, target.find('&', at) - at - name.size() - 1);
    };
    // A page token here: bucket, where to go on, as of.
    long long bucket = -1;
    long long from = 0;
    long long asOf = m_seq;
    if (const auto page = member("page"); !page.empty())
        std::sscanf(page.c_str(), "%lld_%lld_%lld", &bucket, &from, &asOf);
    else if (const auto text = member("bucket"); !text.empty())
        bucket = std::stoll(text);
    wire::SnapshotResponse answer{m_scope, asOf, std::to_string(asOf), std::nullopt, {}, {}, leaseUntil()};
    long long at = 0;
    for (const auto& [key, op] : rowsOf(device.user)) {
        if (bucket >= 0 && bucket != (op.caseId ? domain::bucketOfCase(*op.caseId) : domain::kCaselessBucket))
            continue;
        if (at++ < from)
            continue;
        if (std::ssize(answer.rows) >= pageRows) {
            answer.nextPage = std::to_string(bucket) + "_" + std::to_string(at - 1) + "_" + std::to_string(asOf);
            break;
        }
        answer.rows.push_back(op);
        bytesServed += static_cast<std::int64_t>(op.body.size());
    }
    bucketsServed += bucket >= 0 && !answer.nextPage ? 1 : 0;
    if (answer.nextPage)
        return wire::encode(answer);
    for (const auto& [to, op] : m_feed) {
        const bool isOpen = op.op == "revoke" && to && *to == device.user
                            && std::ranges::none_of(m_purgeReceipts, [&](const StoredReceipt& receipt) { return receipt.revokeId == *op.revokeId; });
        if (isOpen)
            answer.revokes.push_back(op);
    }
    return wire::encode(answer);
}

sync::Reply<base::Json> FakeServer::digest(const Device& device, const base::Json& body)
{
    const auto request = wire::decodeDigestRequest(body);
    if (!request)
        return refuse<base::Json>(base::ErrorCode::Invalid, 400, "malformed_request");
    if (request->scopeEpoch != m_scope)
        return refuse<base::Json>(base::ErrorCode::Conflict, 409, "resync_required");
    const auto at = std::stoll(request->cursor);
    for (const auto& [to, op] : m_feed) {
        if (op.seq > at && (!to || *to == device.user))
            return refuse<base::Json>(base::ErrorCode::Conflict, 409, "cursor_behind");
    }
    m_reported.insert(m_reported.end(), request->found.begin(), request->found.end());
    auto sums = sumsOf(device.user);
    std::vector<wire::BucketSum> theirs;
    for (int bucket = 0; bucket < domain::kBuckets; ++bucket)
        theirs.push_back({bucket, {}});
    for (const auto& one : request->buckets)
        theirs[static_cast<std::size_t>(one.bucket)] = one;
    wire::DigestResponse answer;
    for (std::size_t bucket = 0; bucket < sums.size(); ++bucket) {
        if (!(sums[bucket].sum == theirs[bucket].sum))
            answer.mismatched.push_back(sums[bucket]);
    }
    return wire::encode(answer);
}

sync::Reply<base::Json> FakeServer::get(const std::string& token, const std::string& target)
{
    const auto device = deviceOf(token);
    if (!device)
        return refuse<base::Json>(base::ErrorCode::Unauthorized, 401, "token_expired");
    if (target == "/v1/hello" && !features.empty())
        return base::Json{{"features", features}};
    if (target.starts_with("/v1/snapshot") && features.contains("snapshot"))
        return snapshot(*device, target);
    return refuse<base::Json>(base::ErrorCode::NotFound, 404, "not_found");
}

sync::Reply<base::Json> FakeServer::post(const std::string& token, const std::string& path, const base::Json& body)
{
    const auto device = deviceOf(token);
    if (!device)
        return refuse<base::Json>(base::ErrorCode::Unauthorized, 401, "token_expired");
    if (path == "/v1/digest" && features.contains("digest"))
        return digest(*device, body);
    if (path != "/v1/purged")
        return refuse<base::Json>(base::ErrorCode::NotFound, 404, "not_found");
    const auto request = wire::decodePurgedRequest(body);
    wire::PurgedResponse answer;
    for (const auto& receipt : request->receipts) {
        const auto statement = domain::verifyStatement(device->key, "purged", receipt.statement, receipt.signature);
        if (!statement)
            return refuse<base::Json>(base::ErrorCode::Unauthorized, 401, "bad_signature");
        const auto id = *base::Uuid::tryFromString((*statement)["revoke_id"].get<std::string>());
        if (std::ranges::none_of(m_purgeReceipts, [&](const StoredReceipt& known) { return known.revokeId == id; }))   // a lost answer: it comes again
            m_purgeReceipts.push_back({id, *statement});
        answer.stored.push_back(id);
    }
    return wire::encode(answer);
}

sync::Reply<wire::EventResult> FakeServer::opaque(const std::string& token, const domain::EventEnvelope& event)
{
    const auto device = deviceOf(token);
    if (!device || !features.contains("opaque"))
        return refuse<wire::EventResult>(base::ErrorCode::Unauthorized, 401, "token_expired");
    m_opaque[event.eventId.toString()] = wire::encode(event).dump();
    return store(*device, event, "quarantined", "opaque");
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
    wire::PullOp op{"revoke", ++m_seq, {}, {}, id, {}, revokeId, domain::signStatement(signsRevokesWithWrongKey ? m_wrongKey : m_key, order), {}};
    m_feed.emplace_back(user, std::move(op));
    for (const auto& told : onChange)
        told();
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
                                  std::nullopt, {}, now()};
    auto& line = m_lines[device->first + (*plain)["epoch"].get<std::string>()];
    const auto head = (*plain)["head_seq"].get<std::int64_t>();
    const auto headHash = (*plain)["head_hash"].get<std::string>();
    const auto known = line.hashes.find(head);
    if (noticesClones && (head < line.head || (known != line.hashes.end() && known->second != headHash) || (head == line.head && !line.headHash.empty() && line.headHash != headHash))) {
        session.mintNewEpoch = true;
        ++m_alarms;
    }
    if (head >= line.head) {
        line.head = head;
        line.headHash = headHash;
    }
    wire::EpochState state{*domain::EpochId::tryFromString((*plain)["epoch"].get<std::string>()), 0, line.head, {}};
    for (std::int64_t seq = 1; seq <= head; ++seq) {
        if (!line.hashes.contains(seq))
            state.missing.push_back({seq, seq});
    }
    session.epochs.push_back(state);
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

wire::EventResult FakeServer::store(const Device& device, const domain::EventEnvelope& event, const char* verdict, std::optional<std::string> reason)
{
    const auto id = event.eventId.toString();
    auto& line = m_lines[device.id.toString() + event.epoch.toString()];
    const auto hash = base::toBase64Url(event.hash);
    const auto taken = line.hashes.find(event.seq);
    if (taken != line.hashes.end() && taken->second != hash) {   // two histories: both are kept
        verdict = "quarantined";
        reason = "seq_conflict";
        ++m_alarms;
    } else {
        line.hashes[event.seq] = hash;
        if (event.seq > line.head) {
            line.head = event.seq;
            line.headHash = hash;
        }
    }
    if (const auto known = m_events.find(id); known != m_events.end() && !forgetsWhatItHas) {
        auto again = known->second.result;
        again.verdict = "duplicate";
        return again;
    } else if (known != m_events.end()) {
        ++m_storedTwice;
    }
    const auto seq = ++m_seq;
    const base::Json receipt{{"v", 1}, {"kind", "receipt"}, {"key_id", kKeyId}, {"dataset_id", dataset.toString()}, {"event_id", id},
                             {"hash", hash}, {"verdict", verdict}, {"reason", reason ? base::Json(*reason) : base::Json(nullptr)},
                             {"received_at", "2026-03-02T02:00:00.000Z"}, {"server_seq", seq}, {"log_id", nullptr}, {"leaf_index", nullptr}};
    const wire::EventResult result{event.eventId, event.seq, verdict, reason, {}, domain::signStatement(signsWithWrongKey ? m_wrongKey : m_key, receipt)};
    m_events.insert_or_assign(id, StoredEvent{event, device.id, result});
    const auto header = domain::decodeHeader(event.header);
    if (header && header->caseId) {
        const domain::EventEcho echo{event.eventId, event.header, base::Bytes(event.signature.begin(), event.signature.end()), event.payload, event.salt,
                                     seq, *base::Instant::tryFromRfc3339("2026-03-02T02:00:00Z"), verdict, {}};
        feed({"put", seq, domain::kind::kEvent, event.eventId.uuid(), header->caseId, base::canonical(toJson(echo)), {}, {}, {}});
    }
    return result;
}

sync::Reply<wire::EventsResponse> FakeServer::push(const std::string& token, const wire::EventsRequest& request)
{
    const auto device = deviceOf(token);
    if (!device)
        return refuse<wire::EventsResponse>(base::ErrorCode::Unauthorized, 401, "token_expired");
    for (const auto& event : request.events) {
        if (poison.contains(event.eventId.toString()))
            return refuse<wire::EventsResponse>(base::ErrorCode::Network, 500, "internal");
    }
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
    if (!request.cursor.empty() && request.scopeEpoch != m_scope)
        return refuse<wire::PullResponse>(base::ErrorCode::Conflict, 409, "resync_required");
    const auto from = request.cursor.empty() ? 0 : std::stoll(request.cursor);
    wire::PullResponse page{m_scope, m_seq, true, request.cursor.empty() ? "0" : request.cursor, {}};
    for (const auto& [user, op] : m_feed) {
        const bool isSilent = op.caseId && op.op != "del" && m_silent.contains(op.caseId->toString());
        if (op.seq <= from || (user && *user != device->user) || isSilent)
            continue;
        if (static_cast<std::int64_t>(page.ops.size()) >= std::min<std::int64_t>(request.max, pageRows)) {
            page.complete = false;
            break;
        }
        page.ops.push_back(op);
        page.nextCursor = std::to_string(op.seq);
    }
    if (!page.complete)
        return page;
    if (!page.ops.empty() && features.contains("digest")) {
        for (const auto& [bucket, sum] : sumsOf(device->user)) {
            wire::PullOp op{"bucket_digest", m_seq, {}, {}, {}, {}, {}, {}, {}};
            op.bucket = bucket;
            op.count = sum.count;
            op.digest = base::Bytes(sum.digest.bytes().begin(), sum.digest.bytes().end());
            page.ops.push_back(std::move(op));
        }
    }
    page.ops.push_back({"lease", m_seq, {}, {}, {}, {}, {}, {}, leaseUntil()});
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
    requestedAtMs.push_back(m_time.elapsedMs());
    if (isCut)
        return Fault::Refused;
    if (weather && m_countdown < 0)
        return weather();
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
    case Fault::BadGateway: return answer(tl::unexpected(sync::CallFailure{{base::ErrorCode::Network, "a proxy answers"}, {}, 502, "req", {}}));
    case Fault::Unauthorized: return answer(refuse<T>(base::ErrorCode::Unauthorized, 401, "token_expired"));
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

void FakeWire::post(const std::string& token, const std::string& path, const base::Json& body, Done<base::Json> done)
{
    carry<base::Json>([this, token, path, body] { return m_server.post(token, path, body); }, std::move(done));
}

void FakeWire::get(const std::string& token, const std::string& target, Done<base::Json> done)
{
    if (target.starts_with("/v1/stream"))
        return park(target, std::move(done));
    carry<base::Json>([this, token, target] { return m_server.get(token, target); }, std::move(done));
}

void FakeWire::pushOpaque(const std::string& token, const domain::EventEnvelope& event, Done<wire::EventResult> done)
{
    carry<wire::EventResult>([this, token, event] { return m_server.opaque(token, event); }, std::move(done));
}

/// A long-poll: answered after 55 s, or at the next full second after something changed.
void FakeWire::park(const std::string& target, Done<base::Json> done)
{
    ++m_server.longPolls;
    const auto after = std::stoll(target.substr(target.find('=') + 1));
    if (isCut || !hasLongPolls) {
        m_time.after(kRoundTripMs, [done] { done(tl::unexpected(sync::CallFailure{{base::ErrorCode::Network, "no answer"}, {}, 0, "req", {}})); });
        return;
    }
    auto left = std::make_shared<int>(55);
    auto look = std::make_shared<std::function<void()>>();
    *look = [this, after, done, left, weak = std::weak_ptr<std::function<void()>>(look)] {
        const bool changed = m_server.newestSeq() > after;
        if (changed || --*left == 0)
            return done(base::Json{{"upto", m_server.newestSeq()}, {"changed", changed}, {"hello", false}});
        m_time.after(1000, [self = weak.lock()] { (*self)(); });
    };
    m_time.after(1000, [look] { (*look)(); });
}

class FakeWire::Stream final : public sync::PokeStream {
public:
    Stream(FakeWire& wire, int number, std::int64_t after, sync::StreamSink sink) : m_wire(wire), m_number(number), m_after(after), m_sink(std::move(sink))
    {
        m_wire.m_streams[number] = this;
    }
    ~Stream() override { m_wire.m_streams.erase(m_number); }
    void changed()
    {
        if (m_wire.m_server.newestSeq() <= m_after)
            return;
        m_after = m_wire.m_server.newestSeq();
        say("event: poke\ndata: {\"upto\":" + std::to_string(m_after) + ",\"hello\":false}\n\n");
    }
    void say(const std::string& text)
    {
        m_wire.m_time.after(kRoundTripMs, [wire = &m_wire, number = m_number, text] {
            if (const auto open = wire->m_streams.find(number); open != wire->m_streams.end())
                open->second->m_sink.bytes(text);
        });
    }
    void end()
    {
        m_wire.m_time.after(kRoundTripMs, [wire = &m_wire, number = m_number] {
            if (const auto open = wire->m_streams.find(number); open != wire->m_streams.end())
                open->second->m_sink.ended(sync::CallFailure{{base::ErrorCode::Network, "the stream ended"}, {}, 200, "req", {}});
        });
    }

private:
    FakeWire& m_wire;
    int m_number;
    std::int64_t m_after;
    sync::StreamSink m_sink;
};

std::unique_ptr<sync::PokeStream> FakeWire::openStream(const std::string&, std::int64_t after, sync::StreamSink sink)
{
    const int number = ++streamsOpened;
    streamsOpenedAtMs.push_back(m_time.elapsedMs());
    if (number == 1)
        m_server.onChange.push_back([this, alive = std::weak_ptr<int>(m_alive)] {
            if (alive.expired())
                return;
            for (const auto& [open, stream] : m_streams)
                stream->changed();
        });
    auto stream = std::make_unique<Stream>(*this, number, after, std::move(sink));
    if (isCut || !hasStreams) {
        stream->end();
        return stream;
    }
    stream->say(": \n\n");
    stream->changed();
    return stream;
}

void FakeWire::dropStreams(std::optional<std::int64_t> byeAfterS)
{
    for (const auto& [number, stream] : m_streams) {
        if (byeAfterS)
            stream->say("event: bye\ndata: {\"retry_after_s\":" + std::to_string(*byeAfterS) + "}\n\n");
        stream->end();
    }
}

void FakeWire::cancelAll()
{
    for (auto& end : std::exchange(m_hanging, {}))
        m_time.after(0, std::move(end));
}

} // namespace evenhand::test
