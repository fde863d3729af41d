// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>

#include "app/base/log.h"
#include "app/domain/eventpayloads.h"
#include "app/domain/projection.h"
#include "server/api/api.h"

namespace evenhand::server {

using base::Hash256;
using base::Result;
using domain::wire::Problem;

namespace {

constexpr std::int64_t kBlobLimit = 2LL << 30;
constexpr std::int64_t kPartsKeptS = 14 * 86400;

/// The blob that a path names, and what was asked of it.
struct BlobPath {
    Hash256 hash{};
    bool isReceipt = false;
};

std::optional<BlobPath> readPath(std::string_view path)
{
    path.remove_prefix(std::string_view("/v1/blobs/").size());
    BlobPath result;
    constexpr std::string_view kReceipt = "/receipt";
    if (path.ends_with(kReceipt)) {
        result.isReceipt = true;
        path.remove_suffix(kReceipt.size());
    }
    const auto bytes = base::fromBase64Url(path);
    if (!bytes || bytes->size() != result.hash.size())
        return std::nullopt;
    std::ranges::copy(*bytes, result.hash.begin());
    return result;
}

std::string headerText(const Request& request, const char* name)
{
    const auto found = request.headers.find(name);
    return found == request.headers.end() ? std::string() : found->second;
}

std::optional<std::int64_t> headerNumber(const Request& request, const char* name)
{
    const auto text = headerText(request, name);
    std::int64_t value = -1;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc() && end == text.data() + text.size() && value >= 0 ? std::optional(value) : std::nullopt;
}

/// One request about one blob.
class BlobRequest {
public:
    BlobRequest(Store& store, const ApiContext& context, const Request& request, const Caller& caller, const Reply& reply)
        : m_store(store), m_context(context), m_files(*context.blobs), m_request(request), m_caller(caller), m_reply(reply) {}

    void handle()
    {
        const auto path = readPath(m_request.path);
        if (!path)
            return refuse(problem::notFound());
        m_hash = path->hash;
        const auto size = m_store.blobs().sizeFor(m_caller.device.id, m_hash);
        const auto verified = m_store.blobs().find(m_hash);
        if (!size || !verified)
            return refuse(problem::fromStore(size ? verified.error() : size.error()));
        m_size = *size;
        m_verified = *verified;
        if (m_request.method == "GET")
            return path->isReceipt ? receipt() : download();
        if (path->isReceipt)
            return refuse(problem::notFound());
        if (m_request.method == "HEAD")
            return head();
        if (m_request.method == "POST")
            return create();
        if (m_request.method == "PATCH")
            return append();
        if (m_request.method == "DELETE")
            return remove();
        refuse(problem::notFound());
    }

private:
    void refuse(const Problem& problem)
    {
        auto response = problemResponse(problem);
        response.headers.emplace_back("Tus-Resumable", "1.0.0");
        m_reply(std::move(response));
    }
    void refuse(const base::Error& error) { refuse(problem::fromStore(error)); }

    Response answer(int status) const
    {
        Response response;
        response.status = status;
        response.headers.emplace_back("Tus-Resumable", "1.0.0");
        return response;
    }

    // What the part stands at, and until when it is kept.
    Response stateAnswer(int status, std::int64_t offset, const char* state) const
    {
        auto response = answer(status);
        response.headers.emplace_back("Upload-Offset", std::to_string(offset));
        response.headers.emplace_back("Upload-Length", std::to_string(*m_size));
        response.headers.emplace_back("Evenhand-Blob-State", state);
        if (std::string_view(state) == "partial")
            response.headers.emplace_back("Upload-Expires", m_files.lastByteAt(m_hash).plusSeconds(kPartsKeptS).toRfc3339Utc());
        return response;
    }

    void head()
    {
        if (!m_size)
            return refuse(problem::notFound());
        if (m_verified)
            return m_reply(stateAnswer(200, *m_size, "verified"));
        if (m_files.isWhole(m_hash))   // the server ended between reading it back and writing that down
            return settle(200);
        const auto part = m_files.partSize(m_hash);
        if (!part)
            return refuse(problem::notFound());
        m_reply(stateAnswer(200, *part, *part >= *m_size ? "complete" : "partial"));
    }

    void create()
    {
        const auto length = headerNumber(m_request, "upload-length");
        if (!length)
            return refuse(problem::malformed("Upload-Length is needed"));
        if (!m_size || *m_size != *length)
            return refuse(problem::blobUnreferenced());
        if (*length > kBlobLimit)
            return refuse(problem::tooLarge("A recording may have 2 GiB."));
        const bool exists = m_verified || m_files.isWhole(m_hash) || m_files.partSize(m_hash);
        if (!exists) {
            if (const auto created = m_files.create(m_hash); !created)
                return refuse(created.error());
        }
        auto response = stateAnswer(exists ? 200 : 201, exists ? m_files.partSize(m_hash).value_or(*length) : 0, m_verified ? "verified" : "partial");
        response.headers.emplace_back("Location", m_request.path);
        m_reply(std::move(response));
    }

    void append()
    {
        if (!m_size)
            return refuse(problem::notFound());
        if (m_request.contentType != "application/offset+octet-stream")
            return refuse(problem::mediaType());
        const auto offset = headerNumber(m_request, "upload-offset");
        if (!offset || !m_request.upload)
            return refuse(problem::malformed("Upload-Offset and a body are needed"));
        if (!checksumMatches())
            return refuse(problem::checksumMismatch());
        if (m_verified || m_files.isWhole(m_hash))
            return refuse(problem::offsetMismatch("The blob is complete; ask with HEAD."));
        if (*offset + m_request.upload->size() > *m_size)
            return refuse(problem::tooLarge("More bytes than the event said."));
        const auto now = m_files.append(m_hash, *m_request.upload, *offset);
        if (!now && now.error().code == base::ErrorCode::NotFound)
            return refuse(problem::notFound());
        if (!now && now.error().code == base::ErrorCode::Conflict)
            return refuse(problem::offsetMismatch("Ask with HEAD where it stands."));
        if (!now)
            return refuse(now.error());
        if (*now < *m_size)
            return m_reply(stateAnswer(204, *now, "partial"));
        verify();
    }

    void verify()
    {
        const auto whole = m_files.verify(m_hash);
        if (!whole)
            return refuse(whole.error());
        if (!*whole) {
            base::log::of(base::log::Area::Server).error("device {}: blob {} does not have its hash, discarded", m_caller.device.id.toString(), base::toHex(m_hash));
            return refuse(problem::gone("What arrived does not have the hash that names it; start again."));
        }
        settle(204);
    }

    // Writes down, once, that the bytes are here and right; answers after that is committed.
    void settle(int status)
    {
        const auto settled = std::make_shared<Settled>(Settled{m_context, m_hash, *m_size});
        const auto response = std::make_shared<Response>(stateAnswer(status, *m_size, "verified"));
        m_context.sequencer.submit(1, [settled](Store& writer) { return settled->store(writer); }, [response, reply = m_reply](const Result<>& stored) {
            reply(stored ? std::move(*response) : problemResponse(problem::fromStore(stored.error())));
        });
    }

    struct Settled {
        const ApiContext& context;
        Hash256 hash;
        std::int64_t size;

        [[nodiscard]] Result<> store(Store& writer) const
        {
            EVENHAND_ASSIGN(const auto known, writer.blobs().find(hash));
            if (known)
                return {};
            const auto now = context.clock.now();
            auto statement = context.keys.sign({{"kind", "blob_verified"},
                                                {"dataset_id", context.dataset.toString()},
                                                {"sha256", base::toBase64Url(hash)},
                                                {"size", size},
                                                {"verified_at", now.toRfc3339Utc()}});
            EVENHAND_TRY(writer.blobs().insert({hash, size, now, std::move(statement)}));
            EVENHAND_ASSIGN(const auto references, writer.blobs().references(hash));
            EVENHAND_ASSIGN(const auto seq, writer.nextSeq());
            for (const auto& reference : references)
                EVENHAND_TRY(tell(writer, reference, seq, now));
            return {};
        }

        // Unless something weightier was said of the event already.
        [[nodiscard]] Result<> tell(Store& writer, const BlobReference& reference, std::int64_t seq, base::Instant now) const
        {
            EVENHAND_ASSIGN(const auto said, writer.rows().find(domain::kind::kAnnotation, reference.eventId.uuid()));
            if (said)
                return {};
            const domain::Annotation annotation{reference.eventId, "blob_verified", {}, std::nullopt, std::nullopt, now};
            EVENHAND_TRY(writer.rows().put({domain::kind::kAnnotation, reference.eventId.uuid(), reference.caseId, seq,
                                            base::canonical(domain::toJson(annotation))}));
            return writer.viewLog().announce(reference.caseId, seq);
        }
    };

    [[nodiscard]] bool checksumMatches() const
    {
        constexpr std::string_view kAlgorithm = "sha256 ";
        const auto given = headerText(m_request, "upload-checksum");
        if (!given.starts_with(kAlgorithm))
            return false;
        const auto expected = base::fromBase64(std::string_view(given).substr(kAlgorithm.size()));
        return expected && base::equalInConstantTime(*expected, m_request.upload->finish());
    }

    void remove()
    {
        if (!m_size || m_verified || !m_files.partSize(m_hash))
            return refuse(problem::notFound());
        if (const auto discarded = m_files.discard(m_hash); !discarded)
            return refuse(discarded.error());
        m_reply(answer(204));
    }

    void receipt()
    {
        if (!m_size)
            return refuse(problem::notFound());
        if (!m_verified)
            return refuse(problem::notVerified());
        auto response = okResponse({{"receipt", base::toBase64Url(base::asBytes(m_verified->receipt.statement))},
                                    {"receipt_sig", base::toBase64Url(m_verified->receipt.signature)}});
        response.headers.emplace_back("Tus-Resumable", "1.0.0");
        m_reply(std::move(response));
    }

    void download()
    {
        if (!m_caller.session.mayPull || m_caller.user.isDisabled)
            return refuse(problem::forbidden("scope_missing", "This session may only hand in; sign in with the password."));
        const auto visible = m_store.blobs().isVisible(m_caller.user, m_hash);
        if (!visible)
            return refuse(visible.error());
        if (!*visible || !m_verified || !m_files.isWhole(m_hash))
            return refuse(problem::notFound());
        const auto mayHear = callerMayHear();
        if (!mayHear)
            return refuse(mayHear.error());
        if (!*mayHear)
            return refuse(problem::forbidden("playback_forbidden", "Recordings of others are for supervisors, quality assurance and audit."));
        const auto total = m_verified->size;
        auto response = answer(200);
        response.contentType = "application/octet-stream";
        response.file = FilePart{m_files.path(m_hash), 0, total};
        response.headers.emplace_back("Accept-Ranges", "bytes");
        if (const auto range = readRange(headerText(m_request, "range"), total)) {
            response.status = 206;
            response.file->offset = range->first;
            response.file->size = range->second - range->first + 1;
            response.headers.emplace_back("Content-Range", "bytes " + std::to_string(range->first) + "-" + std::to_string(range->second) + "/" + std::to_string(total));
        }
        m_reply(std::move(response));
    }

    // A recording of a voice: whoever made it, and those whose work it is to listen to others. A photo goes with its case.
    [[nodiscard]] Result<bool> callerMayHear() const
    {
        if (m_caller.user.role != domain::UserRole::Agent && m_caller.user.role != domain::UserRole::Field)
            return true;
        EVENHAND_ASSIGN(const auto references, m_store.blobs().references(m_hash));
        for (const auto& reference : references) {
            EVENHAND_ASSIGN(const auto event, m_store.events().find(reference.eventId));
            if (event && (event->actorId == m_caller.user.id || !isVoice(*event)))
                return true;
        }
        return false;
    }

    [[nodiscard]] static bool isVoice(const EventRecord& event)
    {
        if (event.type != domain::eventtype::kAttachment || !event.payload)
            return false;
        const auto json = base::parseJson(*event.payload);
        const auto purpose = json && json->is_object() ? json->value("purpose", std::string()) : std::string();
        return purpose == "call" || purpose == "memo" || purpose == "visit";
    }

    // "bytes=A-B" and "bytes=A-"; anything else is answered with the whole, as RFC 9110 allows.
    [[nodiscard]] static std::optional<std::pair<std::int64_t, std::int64_t>> readRange(std::string_view text, std::int64_t total)
    {
        constexpr std::string_view kUnit = "bytes=";
        if (!text.starts_with(kUnit))
            return std::nullopt;
        text.remove_prefix(kUnit.size());
        std::int64_t first = 0;
        std::int64_t last = total - 1;
        const auto dash = std::from_chars(text.data(), text.data() + text.size(), first);
        if (dash.ec != std::errc() || dash.ptr == text.data() + text.size() || *dash.ptr != '-' || first < 0)
            return std::nullopt;
        const auto* rest = dash.ptr + 1;
        if (rest != text.data() + text.size()) {
            const auto end = std::from_chars(rest, text.data() + text.size(), last);
            if (end.ec != std::errc() || end.ptr != text.data() + text.size())
                return std::nullopt;
        }
        last = std::min(last, total - 1);
        return first <= last ? std::optional(std::pair(first, last)) : std::nullopt;
    }

    Store& m_store;
    const ApiContext& m_context;
    BlobFiles& m_files;
    const Request& m_request;
    const Caller& m_caller;
    Reply m_reply;
    Hash256 m_hash{};
    std::optional<std::int64_t> m_size{};
    std::optional<VerifiedBlob> m_verified{};
};

} // namespace

void handleBlob(Store& store, const ApiContext& context, const Request& request, const Reply& reply)
{
    const auto caller = authenticate(store, context, request);
    if (!caller)
        return reply(problemResponse(caller.error()));
    if (!context.blobs)
        return reply(problemResponse(problem::notFound()));
    BlobRequest(store, context, request, *caller, reply).handle();
}

} // namespace evenhand::server
