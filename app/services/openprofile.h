// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/services/casefacts.h"
#include "app/services/caseviewbuilder.h"
#include "app/services/leasebook.h"
#include "app/services/packcourier.h"
#include "app/services/packservice.h"
#include "app/services/profilestore.h"
#include "app/services/queuebook.h"
#include "app/services/sharebook.h"
#include "app/sync/blobtransfer.h"
#include "app/sync/httpsyncprotocol.h"
#include "app/sync/syncengine.h"
#include "db/casecache.h"
#include "db/journal.h"
#include "db/keyfile.h"

namespace evenhand::services {

/// One profile while it is unlocked: its files, its keys, its engine, and what was worked out from them. Data thread only.
class OpenProfile {
public:
    struct Parts {
        std::string folder;
        ProfileLock lock;
        db::ProfileKeys keys;
        std::string clientVersion;
    };
    struct Surroundings {
        const base::Clock& clock;
        sync::AlarmMaker& alarms;
        std::function<void(const ChangeSet&)> changed;
        std::function<void()> statusChanged;
        std::function<std::shared_ptr<const ActivePacks>()> packs;
        std::function<void()> rulesChanged{};            ///< a pack arrived, or the day of one came
    };

    /// The two ways to the server: events never wait for recordings.
    struct Wire {
        std::unique_ptr<sync::SyncProtocol> events;
        std::unique_ptr<sync::BlobProtocol> blobs;
    };

    [[nodiscard]] static base::Result<std::unique_ptr<OpenProfile>> open(Parts parts, Surroundings surroundings);
    ~OpenProfile();

    [[nodiscard]] bool isEnrolled() const { return m_identity.has_value(); }
    [[nodiscard]] const db::JournalIdentity& identity() const { return *m_identity; }
    [[nodiscard]] const base::SigningKey& deviceKey() const { return m_keys.device; }

    /// From here on the engine works. `password` opens the first session.
    void startSync(Wire wire, std::optional<std::string> password, bool paused);
    /// No network from now on until false; what was begun is cancelled, nothing is lost.
    void setPaused(bool paused);
    [[nodiscard]] sync::SyncEngine* engine() { return m_engine.get(); }

    /// Recordings and photos; null before startSync().
    [[nodiscard]] sync::BlobTransfer* blobs() { return m_blobs.get(); }

    [[nodiscard]] const base::SecretKey& blobKey() const { return m_keys.blob; }   ///< K_blob
    [[nodiscard]] const std::string& folder() const { return m_folder; }
    [[nodiscard]] db::Journal& journal() { return m_journal; }
    [[nodiscard]] db::CaseCache& cache() { return m_cache; }
    [[nodiscard]] QueueBook& queue();
    [[nodiscard]] base::Instant now() const { return m_surroundings.clock.now(); }
    [[nodiscard]] std::shared_ptr<const ActivePacks> packs() const { return m_surroundings.packs(); }
    [[nodiscard]] SessionNote sessionNote() const { return m_session.read(); }
    /// Display names of all users known here.
    [[nodiscard]] base::Result<DisplayNames> names() const;
    [[nodiscard]] base::Result<std::optional<domain::UserRow>> me() const;

    /// For reading: NotFound; Forbidden when its lease ended.
    [[nodiscard]] base::Result<CaseFacts> requireCase(const domain::CaseId& id) const;
    /// For recording: also when it cannot be read any more. No facts when it was taken away; NotFound when it never was here.
    [[nodiscard]] base::Result<std::optional<CaseFacts>> caseToRecordOn(const domain::CaseId& id) const;
    [[nodiscard]] const LeaseBook& leases() const { return m_leases; }
    void hideClosed(QueuePage& page) const;                  ///< blanks what says something about a person
    [[nodiscard]] base::Result<std::vector<CaseFacts>> peersOf(const CaseFacts& facts) const;
    [[nodiscard]] base::Result<CaseView> caseView(const domain::CaseId& id);
    /// What is known about a contact that is to be made now, as the gate wants it.
    [[nodiscard]] base::Result<compliance::GateQuestion> gateQuestionOf(const GateRequest& request) const;

    /// Saves, lets the engine know, and tells who shows it.
    [[nodiscard]] base::Result<std::vector<domain::EventEnvelope>> record(std::span<const db::NewEvent> events,
                                                                          std::optional<domain::DraftId> finishedDraft = std::nullopt);
    void packsChanged();
    /// Rule packs the server published; null before the profile is enrolled and when their folder cannot be used.
    [[nodiscard]] const compliance::PackArchive* packArchive() const { return m_courier ? m_courier->archive() : nullptr; }

private:
    OpenProfile(Parts parts, Surroundings surroundings, db::Journal journal, db::CaseCache cache);
    void makeQueue();
    void applied(const db::ApplyOutcome& outcome);
    void keepSession(const domain::wire::SessionResponse& session);
    [[nodiscard]] base::Result<std::optional<QueueJudgement>> judge(const domain::CaseId& id);
    void viewComplete(const sync::RoundCall& call, std::function<void()> done);
    [[nodiscard]] compliance::GateQuestion questionOf(const CaseFacts& facts, const std::vector<CaseFacts>& peers, const GateRequest& request,
                                                      base::Instant at) const;
    void heardServerTime(base::Instant serverTime);
    void keepTime();
    void lookAtLeases();
    void wipeLongUnread();
    [[nodiscard]] base::Result<CaseView> closedView(const domain::CaseId& id, base::Instant since) const;
    void judgeInBackground();
    void armQueueAlarm();
    void startBlobs();
    [[nodiscard]] bool mayRemove(const db::OwnBlob& blob) const;
    void settle();

    std::string m_folder;
    ProfileLock m_lock;
    db::ProfileKeys m_keys;
    std::string m_clientVersion;
    Surroundings m_surroundings;
    SessionFile m_session;
    db::Journal m_journal;
    db::CaseCache m_cache;
    std::optional<db::JournalIdentity> m_identity;
    sync::TrustedTime m_time;
    LeaseBook m_leases;
    int m_endedLeases = 0;
    std::unique_ptr<sync::Alarm> m_leaseAlarm;
    std::unique_ptr<QueueBook> m_queue;
    std::unique_ptr<sync::Alarm> m_background;
    std::unique_ptr<sync::Alarm> m_queueAlarm;
    std::unique_ptr<sync::Alarm> m_afterSave;
    ChangeSet m_unsettled;                           ///< saved, but queue, listeners and engine were not told yet
    int m_judgedSinceTold = 0;
    std::unique_ptr<PackCourier> m_courier;
    std::unique_ptr<ShareBook> m_shares;
    Wire m_wire;
    std::unique_ptr<sync::BlobTransfer> m_blobs;
    std::unique_ptr<sync::SyncEngine> m_engine;      ///< last: goes first
};

} // namespace evenhand::services
