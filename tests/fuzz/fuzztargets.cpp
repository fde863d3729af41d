// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzztargets.h"

#include <cstdio>
#include <cstdlib>

#include <sys/mman.h>
#include <unistd.h>

#include "app/domain/eventpayloads.h"
#include "app/domain/wire/repair.h"
#include "app/domain/wire/wire.h"
#include "server/api/tokens.h"
#include "server/store/backupfile.h"

namespace evenhand::fuzz {

using base::ByteView;
using base::Json;

namespace {

void require(bool holds, const char* what)
{
    if (holds)
        return;
    std::fprintf(stderr, "fuzz: %s\n", what);
    std::abort();
}

std::string textOf(ByteView bytes) { return std::string(base::asText(bytes)); }

/// Keys that live for the whole run; their file is in memory.
const server::ServerKeys& keys()
{
    static const server::ServerKeys made = [] {
        base::initialiseCrypto();
        const auto path = "/dev/shm/evenhand-fuzz-" + std::to_string(::getpid()) + ".keys";
        auto loaded = server::ServerKeys::loadOrCreate(path, base::SystemClock());
        ::unlink(path.c_str());
        require(loaded.has_value(), "no keys");
        return *std::move(loaded);
    }();
    return made;
}

const base::Uuid kId(std::array<std::uint8_t, 16>{1, 2, 3});

std::vector<std::string> envelopeSeeds()
{
    return {R"({"actor_id":"55555555-5555-4555-8555-555555555555","blob_refs":[],"boot_id":"66666666-6666-4666-8666-666666666666","case_id":"44444444-4444-4444-8444-444444444444","context_version":918273,"dataset_id":"11111111-1111-4111-8111-111111111111","device_id":"22222222-2222-4222-8222-222222222222","epoch":"33333333-3333-4333-8333-333333333333","event_id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f","hlc":"017f22e279b0-0000","mono_ms":86400000,"occurred_at":"2022-02-22T19:22:22.000Z","payload_commit":"RmjJgivB0ctWRIF3McMix3plWQ2oa7W9NDU3RRGC0JA","prev_hash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","seq":1,"supersedes":null,"type":"call","type_version":1,"utc_offset_min":-300,"v":1})"};
}

void envelope(ByteView bytes)
{
    const auto text = textOf(bytes);
    const auto header = domain::decodeHeader(text);
    if (header)
        require(domain::encodeHeader(*header) == text, "an accepted header is written otherwise");
}

std::vector<std::string> jsonSeeds() { return {"{}", R"({"a":[1,-2,"x\u0001",null,true],"b":{"c":9007199254740991}})", "[[[[[[1]]]]]]", "\"\\ud83d\\ude00\""}; }

void canonicalJson(ByteView bytes)
{
    const auto text = textOf(bytes);
    if (const auto json = base::parseCanonicalJson(text)) {
        const auto again = base::toCanonicalJson(*json);
        require(again && *again == text, "canonical bytes are written otherwise");
    }
    (void)base::parseJson(text, 16);
}

std::vector<std::string> payloadSeeds()
{
    return {R"(call {"account_ids":[],"channel":"call","direction":"outbound","duration_s":0,"outcome":"no_answer","party_id":"44444444-4444-4444-8444-444444444444"})",
            R"(promise {"amount":{"currency":"CNY","minor":5000},"due_on":"2026-03-09","method":"app","party_id":"44444444-4444-4444-8444-444444444444"})",
            R"(note {"text":"x"})", R"(reminder {"due_at":"2026-03-09T10:00:00.000Z","kind":"callback"})"};
}

// "TYPE PAYLOAD"
void payload(ByteView bytes)
{
    const auto text = textOf(bytes);
    const auto space = std::min(text.find(' '), text.size());
    const auto decoded = domain::decodePayload(text.substr(0, space), 1, text.substr(std::min(space + 1, text.size())));
    if (decoded) {
        const auto again = domain::decodePayload(domain::typeOf(*decoded), 1, domain::encodePayload(*decoded));
        require(again.has_value(), "a payload that was read cannot be read again");
    }
}

std::vector<std::string> messageSeeds()
{
    return {R"({"epoch":"33333333-3333-4333-8333-333333333333","events":[{"event_id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f","seq":1,"header":"e30","sig":")"
                + std::string(86, 'A') + R"(","payload":"e30","salt":"AAAA"}]})",
            R"({"scope_epoch":1,"cursor":"x","max":200})", R"({"scope_epoch":1,"cursor":"x","buckets":[{"bucket":1,"count":2,"digest":"AAAAAAAAAAAAAAAAAAAAAA"}],"journal":{},"found":[]})",
            R"({"statement":"e30","sig":")" + std::string(86, 'A') + R"(","password":null,"refresh_token":"x"})",
            R"({"scope_epoch":1,"upto":2,"complete":true,"next_cursor":"x","ops":[{"op":"put","seq":1,"kind":"case","id":"44444444-4444-4444-8444-444444444444","case_id":null,"body":"{}"}]})"};
}

// Every message of the API: the decoders of both sides see the same bytes.
void messages(ByteView bytes)
{
    using namespace domain::wire;
    const auto json = base::parseJson(textOf(bytes), 16);
    if (!json)
        return;
    if (const auto request = decodeEventsRequest(*json))
        require(decodeEventsRequest(encode(*request)).has_value(), "an events request that was read cannot be read again");
    if (const auto request = decodePullRequest(*json))
        require(decodePullRequest(encode(*request)).has_value(), "a pull request that was read cannot be read again");
    (void)decodeEnrolRequest(*json);
    (void)decodeSessionRequest(*json);
    (void)decodeDigestRequest(*json);
    (void)decodePurgedRequest(*json);
    (void)decodeHello(*json);
    (void)decodeEnrolResponse(*json);
    (void)decodeSessionResponse(*json);
    (void)decodeEventsResponse(*json);
    (void)decodePullResponse(*json);
    (void)decodeSnapshotResponse(*json);
    (void)decodeDigestResponse(*json);
    (void)decodeProblem(*json);
}

std::vector<std::string> tokenSeeds()
{
    const server::Cursor cursor{1, {7, kId, -1}, 9};
    return {server::encodeCursor(keys(), domain::DatasetId(kId), domain::UserId(kId), cursor), "1_2_3.AAAA", "....", "1_7_01020300-0000-0000-0000-000000000000_-1_9_0.x"};
}

// Cursors, page tokens and challenges: without the key nobody makes one.
void tokens(ByteView bytes)
{
    static const auto ours = tokenSeeds().front();
    const auto text = textOf(bytes);
    const auto cursor = server::decodeCursor(keys(), domain::DatasetId(kId), domain::UserId(kId), text);
    require(!cursor || text == ours, "a forged cursor was taken");
    require(!server::decodePlace(keys(), domain::DatasetId(kId), domain::UserId(kId), text), "a forged page token was taken");
    require(!server::isChallengeValid(keys(), text, base::Instant()), "a forged challenge was taken");
}

std::vector<std::string> statementSeeds() { return {std::string(64, 'x') + R"({"kind":"receipt","v":1})", std::string(64, '\0')}; }

// 64 bytes of signature and the statement: nobody signs without the key.
void statement(ByteView bytes)
{
    const auto signature = bytes.first(std::min<std::size_t>(64, bytes.size()));
    const auto text = textOf(bytes.subspan(signature.size()));
    require(!domain::verifyStatement(keys().publicKey(), "receipt", text, signature), "a forged statement was taken");
}

std::vector<std::string> backupSeeds()
{
    const auto path = "/dev/shm/evenhand-fuzz-" + std::to_string(::getpid()) + ".backup";
    auto writer = server::BackupWriter::create(path);
    require(writer.has_value(), "no backup file");
    writer->line(R"({"version":3})");
    writer->row({std::int64_t{1}, std::string("x"), base::Bytes{1, 2}, nullptr});
    writer->endTable();
    require(writer->finish().has_value(), "no backup file");
    std::string bytes;
    if (std::FILE* file = std::fopen(path.c_str(), "rb")) {
        std::array<char, 4096> buffer{};
        bytes.assign(buffer.data(), std::fread(buffer.data(), 1, buffer.size(), file));
        std::fclose(file);
    }
    ::unlink(path.c_str());
    bytes.resize(bytes.size() - std::min<std::size_t>(32, bytes.size()));   // the target adds the hash
    return {bytes};
}

// The content of a backup; the right hash is added, or hardly any input would come past it.
void backup(ByteView bytes)
{
    static const int file = ::memfd_create("evenhand-fuzz", MFD_CLOEXEC);
    const auto hash = base::sha256(bytes);
    require(::ftruncate(file, 0) == 0 && ::pwrite(file, bytes.data(), bytes.size(), 0) == std::ssize(bytes)
                && ::pwrite(file, hash.data(), hash.size(), static_cast<off_t>(bytes.size())) == std::ssize(hash),
            "no memory file");
    auto reader = server::BackupReader::open("/proc/self/fd/" + std::to_string(file));
    if (!reader)
        return;
    (void)reader->line();
    for (int rows = 0; rows < 1000; ++rows) {
        const auto row = reader->row(4);
        if (!row || !*row)
            return;
    }
}

} // namespace

const std::vector<Target>& targets()
{
    static const std::vector<Target> all{{"envelope", envelope, envelopeSeeds},   {"canonical_json", canonicalJson, jsonSeeds}, {"payload", payload, payloadSeeds},
                                         {"messages", messages, messageSeeds},    {"tokens", tokens, tokenSeeds},               {"statement", statement, statementSeeds},
                                         {"backup", backup, backupSeeds}};
    return all;
}

} // namespace evenhand::fuzz
