// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sync/blobtransfer.h"

#include <algorithm>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include "app/base/log.h"
#include "app/sync/enrolment.h"
#include "app/sync/retrydelay.h"

namespace evenhand::sync {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFinished = ".evb";

/// A rename is on disk only when its folder is.
base::Result<> syncFolder(const std::string& folder)
{
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0)
        ::close(descriptor);
    return synced ? base::Result<>() : base::Result<>(base::fail(base::ErrorCode::Storage, "the folder of recordings could not be synced"));
}

CallFailure localFailure(std::string what)
{
    return {{base::ErrorCode::Storage, std::move(what)}, "file_unreadable", 0, {}, {}};
}

} // namespace

/// The blob on its way.
struct BlobTransfer::Upload {
    explicit Upload(db::OwnBlob own) : blob(std::move(own)) {}
    db::OwnBlob blob;
    QFile file;
    std::int64_t offset = 0;
    std::int64_t pieceSize = 0;
    std::int64_t pieceSentMs = 0;
    int restarts = 0;                                ///< how often the server threw away what it had
};

BlobTransfer::BlobTransfer(BlobProtocol& protocol, db::Journal& journal, std::string folder, domain::DatasetId dataset,
                           std::vector<domain::wire::ServerKey> keys, const base::Clock& clock, AlarmMaker& alarms, BlobSurroundings surroundings,
                           BlobTiming timing)
    : m_protocol(protocol), m_journal(journal), m_folder(std::move(folder)), m_dataset(dataset), m_keys(std::move(keys)), m_clock(clock),
      m_surroundings(std::move(surroundings)), m_timing(timing), m_retry(alarms.make()), m_piece(timing.firstPiece)
{
    std::error_code ignored;
    fs::create_directories(m_folder, ignored);
    fs::permissions(m_folder, fs::perms::owner_all, ignored);
}

BlobTransfer::~BlobTransfer() = default;

std::string BlobTransfer::pathOf(const base::Hash256& sha256) const
{
    return m_folder + "/" + base::toHex(sha256) + kFinished;
}

bool BlobTransfer::isHere(const base::Hash256& sha256) const
{
    std::error_code ignored;
    return fs::exists(pathOf(sha256), ignored);
}

base::Result<> BlobTransfer::adopt(const std::string& partPath, const domain::BlobRef& blob) const
{
    const auto target = pathOf(blob.sha256);
    std::error_code failed;
    const bool isDone = !fs::exists(partPath, failed) && fs::exists(target, failed);
    const auto size = fs::file_size(isDone ? target : partPath, failed);
    if (failed)
        return base::fail(base::ErrorCode::Storage, "a finished recording cannot be read: " + failed.message());
    if (static_cast<std::int64_t>(size) != blob.size)
        return base::fail(base::ErrorCode::Invalid, "a finished recording has another size than its reference says");
    if (!isDone)
        fs::rename(partPath, target, failed);
    if (failed)
        return base::fail(base::ErrorCode::Storage, "a finished recording cannot get its name: " + failed.message());
    return syncFolder(m_folder);
}

base::Result<std::vector<std::string>> BlobTransfer::orphans() const
{
    std::vector<std::string> found;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(m_folder, failed)) {
        if (entry.path().extension() != kFinished)
            continue;
        const auto bytes = base::fromHex(entry.path().stem().string());
        base::Hash256 hash{};
        if (!bytes || bytes->size() != hash.size())
            continue;
        std::ranges::copy(*bytes, hash.begin());
        EVENHAND_ASSIGN(const auto known, m_journal.findBlob(hash));
        if (!known)
            found.push_back(entry.path().string());
    }
    return found;
}

void BlobTransfer::kick()
{
    if (!m_upload && !m_isPaused)
        sendNext();
}

void BlobTransfer::setPaused(bool paused)
{
    m_isPaused = paused;
    if (!paused)
        return kick();
    m_upload.reset();
    m_retry->clear();
    m_protocol.cancelAll();
    tell();
}

std::optional<db::OwnBlob> BlobTransfer::chooseNext()
{
    const auto unsent = m_journal.unsentBlobs();
    if (!unsent) {
        base::log::of(base::log::Area::Sync).error("recordings to send: {}", unsent.error().detail);
        arm(m_timing.firstRetryMs);
        return std::nullopt;
    }
    m_progress.waiting = std::ssize(*unsent);
    m_progress.bytesWaiting = 0;
    std::optional<db::OwnBlob> next;
    for (const auto& blob : *unsent) {
        m_progress.bytesWaiting += blob.size;
        if (!next && blob.eventDelivered && std::ranges::find(m_setAside, blob.sha256) == m_setAside.end())
            next = blob;
    }
    return next;
}

void BlobTransfer::sendNext()
{
    m_retry->clear();
    m_progress.nextAttemptAt.reset();
    const auto next = chooseNext();
    if (!next || m_surroundings.token().empty()) {
        m_progress.current.reset();
        return tell();
    }
    m_upload = std::make_shared<Upload>(*next);
    m_upload->file.setFileName(QString::fromStdString(pathOf(next->sha256)));
    if (!m_upload->file.open(QIODevice::ReadOnly))
        return setAside("the file is missing or cannot be read");
    if (m_upload->file.size() != next->size)
        return setAside("the file has another size than its event says");
    m_progress.current = next->sha256;
    m_progress.currentSent = 0;
    m_progress.currentSize = next->size;
    tell();
    ask();
}

/// A file that cannot be sent must not hold up the others. It stays owed, and is shown.
void BlobTransfer::setAside(const char* why)
{
    base::log::of(base::log::Area::Sync).error("recording of event {} is not sent: {}", m_upload->blob.eventId.toString(), why);
    m_setAside.push_back(m_upload->blob.sha256);
    m_progress.lastFailure = localFailure(why);
    m_upload.reset();
    sendNext();
}

template <class T>
std::function<void(Reply<T>)> BlobTransfer::forCurrent(std::function<void(T)> next)
{
    return [this, upload = std::weak_ptr<Upload>(m_upload), next = std::move(next)](Reply<T> reply) {
        if (upload.expired())
            return;
        if (reply)
            next(*std::move(reply));
        else
            failed(std::move(reply.error()));
    };
}

void BlobTransfer::ask()
{
    m_protocol.head(m_surroundings.token(), m_upload->blob.sha256, forCurrent<BlobStanding>([this](const BlobStanding& standing) { stands(standing); }));
}

void BlobTransfer::create()
{
    m_protocol.create(m_surroundings.token(), m_upload->blob.sha256, m_upload->blob.size,
                      forCurrent<BlobStanding>([this](const BlobStanding& standing) { stands(standing); }));
}

void BlobTransfer::stands(const BlobStanding& standing)
{
    m_progress.lastFailure.reset();
    m_upload->offset = std::clamp<std::int64_t>(standing.offset, 0, m_upload->blob.size);
    m_progress.currentSent = m_upload->offset;
    tell();
    if (standing.isComplete)
        return fetchReceipt();
    if (m_upload->offset >= m_upload->blob.size && m_upload->blob.size > 0)   // all is there, and it is being read back: HEAD tells when that is done
        return failed({{base::ErrorCode::Network, "the server still reads it back"}, "not_verified", 200, {}, {}});
    sendPiece();
}

void BlobTransfer::sendPiece()
{
    auto& upload = *m_upload;
    if (!upload.file.seek(upload.offset))
        return setAside("the file cannot be read");
    QByteArray piece = upload.file.read(std::min(m_piece, upload.blob.size - upload.offset));
    if (piece.isEmpty() && upload.blob.size > 0)
        return setAside("the file cannot be read");
    upload.pieceSize = piece.size();
    upload.pieceSentMs = m_clock.monotonicMs();
    m_protocol.append(m_surroundings.token(), upload.blob.sha256, upload.offset, std::move(piece),
                      forCurrent<BlobStanding>([this](const BlobStanding& standing) { sent(standing); }));
}

void BlobTransfer::sent(const BlobStanding& standing)
{
    m_failures = 0;
    const auto took = std::max<std::int64_t>(1, m_clock.monotonicMs() - m_upload->pieceSentMs);
    const auto fitting = static_cast<std::int64_t>(static_cast<double>(m_upload->pieceSize) * static_cast<double>(m_timing.pieceMs) / static_cast<double>(took));
    m_piece = std::clamp(std::min(fitting, m_piece * 2), m_timing.firstPiece, m_timing.largestPiece);
    stands(standing);
}

void BlobTransfer::fetchReceipt()
{
    m_protocol.receipt(m_surroundings.token(), m_upload->blob.sha256,
                       forCurrent<domain::SignedStatement>([this](const domain::SignedStatement& receipt) { settle(receipt); }));
}

base::Result<> BlobTransfer::checkReceipt(const domain::SignedStatement& receipt) const
{
    EVENHAND_ASSIGN(const auto key, signingKeyOf(receipt.statement, m_keys));
    EVENHAND_ASSIGN(const auto json, domain::verifyStatement(key, "blob_verified", receipt.statement, receipt.signature));
    base::JsonReader in(json, "receipt:");
    const auto hash = in.base64Url("sha256");
    const auto dataset = in.uuid("dataset_id");
    const auto size = in.integer("size");
    if (!in.ok())
        return base::fail(in.error());
    if (!std::ranges::equal(hash, m_upload->blob.sha256) || dataset != m_dataset.uuid() || size != m_upload->blob.size)
        return base::fail(base::ErrorCode::Unauthorized, "receipt for something else");
    return {};
}

void BlobTransfer::settle(const domain::SignedStatement& receipt)
{
    if (auto proven = checkReceipt(receipt); !proven)
        return failed({proven.error(), "bad_receipts", 200, {}, {}});
    if (auto stored = m_journal.recordBlobReceipt(m_upload->blob.sha256, receipt); !stored)
        return failed({stored.error(), {}, 0, {}, {}});
    m_failures = 0;
    m_upload.reset();
    if (auto tidied = tidy(); !tidied)
        base::log::of(base::log::Area::Sync).warn("recordings that may go stay for now: {}", tidied.error().detail);
    sendNext();
}

void BlobTransfer::failed(CallFailure failure)
{
    const auto& problem = failure.problem;
    const bool isUnknown = failure.status == 404 && problem == "not_found";
    if (isUnknown || failure.status == 410) {
        m_upload->offset = 0;
        if (++m_upload->restarts <= 2)
            return create();
    } else if (problem == "offset_mismatch" && ++m_upload->restarts <= 2) {
        return ask();
    }
    if (failure.status == 401 || problem == "session_superseded" || problem == "blob_unreferenced")
        m_surroundings.renewSession();
    base::log::of(base::log::Area::Sync).info("sending a recording ended: {} ({})", failure.error.detail, problem);
    m_piece = m_timing.firstPiece;
    const auto asked = failure.retryAfterS.value_or(0) * 1000;
    m_progress.lastFailure = std::move(failure);
    giveUpFor(std::max(asked, retryWaitMs(m_timing.firstRetryMs, m_timing.longestRetryMs, ++m_failures, random01())));
}

void BlobTransfer::giveUpFor(std::int64_t ms)
{
    m_upload.reset();
    m_progress.current.reset();
    arm(ms);
    tell();
}

void BlobTransfer::arm(std::int64_t ms)
{
    m_progress.nextAttemptAt = m_clock.now().plusMilliseconds(ms);
    m_retry->set(ms, [this] { kick(); });
}

void BlobTransfer::tell()
{
    if (m_surroundings.progress)
        m_surroundings.progress(m_progress);
}

base::Result<> BlobTransfer::tidy()
{
    EVENHAND_ASSIGN(const auto kept, m_journal.keptBlobs());
    for (const auto& blob : kept) {
        bool isTaken = false;
        if (blob.caseId) {
            EVENHAND_ASSIGN(isTaken, m_journal.isRevoked(*blob.caseId));
        }
        if (isTaken || (m_surroundings.mayRemove && m_surroundings.mayRemove(blob)))
            EVENHAND_TRY(remove(blob));
    }
    return {};
}

base::Result<> BlobTransfer::remove(const db::OwnBlob& blob)
{
    std::error_code failed;
    fs::remove(pathOf(blob.sha256), failed);
    if (failed)
        return base::fail(base::ErrorCode::Storage, "a recording that may go cannot be removed: " + failed.message());
    return m_journal.recordBlobRemoved(blob.sha256);
}

Reply<BlobPart> BlobTransfer::readHere(const base::Hash256& blob, std::int64_t first, std::int64_t count) const
{
    QFile file(QString::fromStdString(pathOf(blob)));
    if (!file.open(QIODevice::ReadOnly) || !file.seek(first))
        return tl::unexpected(localFailure("a recording here cannot be read"));
    const auto bytes = file.read(count);
    return BlobPart{first, file.size(), base::Bytes(bytes.begin(), bytes.end())};
}

void BlobTransfer::fetch(const base::Hash256& blob, std::int64_t first, std::int64_t count, std::function<void(Reply<BlobPart>)> done)
{
    if (isHere(blob))
        return done(readHere(blob, first, count));
    const auto token = m_surroundings.token();
    if (token.empty()) {
        m_surroundings.renewSession();
        return done(tl::unexpected(CallFailure{{base::ErrorCode::Network, "there is no session with the server"}, {}, 0, {}, {}}));
    }
    m_protocol.read(token, blob, first, count, std::move(done));
}

} // namespace evenhand::sync
