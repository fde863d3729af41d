// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QFile>

#include "app/base/clock.h"
#include "app/sync/alarm.h"
#include "app/sync/blobprotocol.h"
#include "db/journal.h"

namespace evenhand::sync {

/// What is still owed, for the Sync page.
struct BlobProgress {
    std::int64_t waiting = 0;                        ///< blobs without a verified receipt
    std::int64_t bytesWaiting = 0;                   ///< of those, what the server is not known to have
    std::optional<base::Hash256> current{};          ///< on its way now
    std::int64_t currentSent = 0;                    ///< bytes of it that the server has
    std::int64_t currentSize = 0;
    std::optional<base::Instant> nextAttemptAt{};
    std::optional<CallFailure> lastFailure{};        ///< cleared by the next step that works
};

struct BlobSurroundings {
    std::function<std::string()> token;              ///< of the session; "" while there is none
    std::function<void()> renewSession;              ///< the server did not take the token, or does not know the event yet
    /// Whether the file of a blob that the server verified may go now: the retention of the rule pack. Absent: it stays.
    std::function<bool(const db::OwnBlob&)> mayRemove{};
    std::function<void(const BlobProgress&)> progress{};
};

struct BlobTiming {
    std::int64_t firstPiece = 1 << 20;               ///< bytes
    std::int64_t largestPiece = 8 << 20;
    std::int64_t pieceMs = 20'000;                   ///< pieces grow towards what takes so long
    std::int64_t firstRetryMs = 2'000;
    std::int64_t longestRetryMs = 300'000;
};

/// The recordings and photos of one profile: takes finished files in, sends them one after the other, resumes where the server stands, and
/// removes a file only when the server's verified receipt is in the journal and `mayRemove` agrees. Also fetches pieces of blobs of others.
/// Data thread only; never blocks on the network.
///
/// To hand in a recording: write it as `*.part` in folder(), sync it, take its SHA-256; call adopt(); then record the attachment event
/// with the same reference in `NewEvent::blobRefs` (Journal::append registers it for upload in the event's own transaction); then kick().
/// Killed in between, the file lies in the folder without an event: orphans() names it.
class BlobTransfer {
public:
    BlobTransfer(BlobProtocol& protocol, db::Journal& journal, std::string folder, domain::DatasetId dataset, std::vector<domain::wire::ServerKey> keys,
                 const base::Clock& clock, AlarmMaker& alarms, BlobSurroundings surroundings, BlobTiming timing = {});
    ~BlobTransfer();
    BlobTransfer(const BlobTransfer&) = delete;
    BlobTransfer& operator=(const BlobTransfer&) = delete;

    /// `<profile>/blobs`: there, mode 0700. Growing files belong here, so that a rename finishes them.
    [[nodiscard]] const std::string& folder() const { return m_folder; }
    /// Where the file of a blob is, or would be.
    [[nodiscard]] std::string pathOf(const base::Hash256& sha256) const;
    [[nodiscard]] bool isHere(const base::Hash256& sha256) const;
    /// Gives a finished file its final name and syncs the folder. `blob` is what the caller computed while writing; Invalid when the size differs.
    /// Repeatable: a file that already has its name is fine.
    [[nodiscard]] base::Result<> adopt(const std::string& partPath, const domain::BlobRef& blob) const;
    /// Finished files that no event refers to: the program died between adopt() and the event.
    [[nodiscard]] base::Result<std::vector<std::string>> orphans() const;

    /// Something may be waiting: after an event was delivered, a session opened, the network came back.
    void kick();
    void setPaused(bool paused);                     ///< metered network, working off-line
    /// Removes what may go: verified on the server and, by `mayRemove` or because its case was taken away, not needed here any more.
    [[nodiscard]] base::Result<> tidy();
    [[nodiscard]] const BlobProgress& progress() const { return m_progress; }

    /// `count` bytes from `first` of a blob: from the file here, else from the server (NotFound when the user may not have it).
    void fetch(const base::Hash256& blob, std::int64_t first, std::int64_t count, std::function<void(Reply<BlobPart>)> done);

private:
    struct Upload;
    void sendNext();
    [[nodiscard]] std::optional<db::OwnBlob> chooseNext();
    void ask();
    void create();
    void stands(const BlobStanding& standing);
    void sendPiece();
    void sent(const BlobStanding& standing);
    void fetchReceipt();
    void settle(const domain::SignedStatement& receipt);
    [[nodiscard]] base::Result<> checkReceipt(const domain::SignedStatement& receipt) const;
    void failed(CallFailure failure);
    void giveUpFor(std::int64_t ms);
    void setAside(const char* why);
    void arm(std::int64_t ms);
    void tell();
    [[nodiscard]] base::Result<> remove(const db::OwnBlob& blob);
    [[nodiscard]] Reply<BlobPart> readHere(const base::Hash256& blob, std::int64_t first, std::int64_t count) const;
    template <class T>
    std::function<void(Reply<T>)> forCurrent(std::function<void(T)> next);

    BlobProtocol& m_protocol;
    db::Journal& m_journal;
    std::string m_folder;
    domain::DatasetId m_dataset;
    std::vector<domain::wire::ServerKey> m_keys;
    const base::Clock& m_clock;
    BlobSurroundings m_surroundings;
    BlobTiming m_timing;
    std::unique_ptr<Alarm> m_retry;
    std::shared_ptr<Upload> m_upload;                ///< a callback holds it weakly: another upload, no call
    std::vector<base::Hash256> m_setAside;           ///< not tried again before the next start: the file here is wrong or missing
    bool m_isPaused = false;
    int m_failures = 0;
    std::int64_t m_piece;
    BlobProgress m_progress;
};

} // namespace evenhand::sync
