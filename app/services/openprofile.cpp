// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/openprofile.h"

#include <algorithm>

#include "app/base/log.h"
#include "app/compliance/recordingpolicy.h"
#include "app/services/gaterecord.h"
#include "app/services/localday.h"

namespace evenhand::services {

namespace {

constexpr int kJudgedAtOnce = 16;
constexpr std::int64_t kBetweenJudgingMs = 15;     // leaves the thread to whoever asks for something
constexpr int kTellAfterJudged = 1'600;
constexpr std::int64_t kLongestAlarmMs = 3'600'000;
constexpr std::size_t kCasesWorthListing = 200;
constexpr std::int64_t kStillOnlineS = 300;        // so long after the last word from the server its facts count as current

ContactLight bestLight(const std::vector<compliance::Decision>& decisions)
{
    const auto best = std::ranges::min_element(decisions, [](const compliance::Decision& a, const compliance::Decision& b) {
        if (a.verdict != b.verdict)
            return a.verdict < b.verdict;
        return a.nextAllowedAt && (!b.nextAllowedAt || *a.nextAllowedAt < *b.nextAllowedAt);
    });
    return best == decisions.end() ? ContactLight{} : lightOf(*best);
}

bool isUsablePhone(const domain::ContactPointRow& point)
{
    return usualChannel(point.kind) == domain::Channel::Call && point.status != domain::ContactStatus::Invalid;
}

} // namespace

base::Result<std::unique_ptr<OpenProfile>> OpenProfile::open(Parts parts, Surroundings surroundings)
{
    db::JournalConfig journalConfig{parts.folder + "/journal.db", parts.keys.journal.duplicate(), base::SigningKey::fromSeed(parts.keys.device.seed()),
                                    parts.clientVersion};
    EVENHAND_ASSIGN(auto journal, base::withContext(db::Journal::open(std::move(journalConfig), surroundings.clock), "open journal"));
    db::CacheConfig cacheConfig{parts.folder + "/cache.db", parts.keys.cache.duplicate(), parts.clientVersion};
    EVENHAND_ASSIGN(auto cache, base::withContext(db::CaseCache::open(std::move(cacheConfig), surroundings.clock), "open cache"));
    if (cache.wasRebuilt())
        base::log::of(base::log::Area::App).warn("the cache could not be used and is fetched again");
    std::unique_ptr<OpenProfile> profile(new OpenProfile(std::move(parts), std::move(surroundings), std::move(journal), std::move(cache)));
    EVENHAND_ASSIGN(profile->m_identity, profile->m_journal.identity());
    if (profile->m_identity) {
        profile->makeQueue();
        profile->lookAtLeases();
        profile->m_shares = std::make_unique<ShareBook>(profile->m_folder, profile->m_keys.blob, profile->m_surroundings.clock);
        profile->m_courier = std::make_unique<PackCourier>(profile->m_folder + "/packs", profile->m_identity->serverKeys, profile->m_surroundings.clock,
                                                           [self = profile.get()] {
                                                               if (self->m_surroundings.rulesChanged)
                                                                   self->m_surroundings.rulesChanged();
                                                           });
    }
    return profile;
}

OpenProfile::OpenProfile(Parts parts, Surroundings surroundings, db::Journal journal, db::CaseCache cache)
    : m_folder(std::move(parts.folder)), m_lock(std::move(parts.lock)), m_keys(std::move(parts.keys)), m_clientVersion(std::move(parts.clientVersion)),
      m_surroundings(std::move(surroundings)), m_session(m_folder, m_keys.blob), m_journal(std::move(journal)), m_cache(std::move(cache)),
      m_time(m_surroundings.clock, m_cache.timeAnchor().value_or(std::nullopt)), m_leases(m_cache, m_time), m_leaseAlarm(m_surroundings.alarms.make()),
      m_background(m_surroundings.alarms.make()), m_queueAlarm(m_surroundings.alarms.make()), m_afterSave(m_surroundings.alarms.make())
{
}

OpenProfile::~OpenProfile()
{
    if (m_identity)
        keepTime();
}

void OpenProfile::makeQueue()
{
    const bool works = m_identity->role == domain::UserRole::Agent || m_identity->role == domain::UserRole::Field;
    m_queue = std::make_unique<QueueBook>(m_journal, m_cache, works ? std::optional(m_identity->user) : std::nullopt, m_surroundings.clock,
                                          [this](const domain::CaseId& id) { return judge(id); });
    m_background->set(kBetweenJudgingMs, [this] { judgeInBackground(); });
}

void OpenProfile::startBlobs()
{
    sync::BlobSurroundings surroundings;
    surroundings.token = [this] { return m_engine ? m_engine->token() : std::string(); };
    surroundings.renewSession = [this] {
        if (m_engine)
            m_engine->kick();
    };
    surroundings.mayRemove = [this](const db::OwnBlob& blob) { return mayRemove(blob); };
    surroundings.progress = [this](const sync::BlobProgress&) { m_surroundings.statusChanged(); };
    m_blobs = std::make_unique<sync::BlobTransfer>(*m_wire.blobs, m_journal, m_folder + "/blobs", m_identity->dataset, m_identity->serverKeys,
                                                   m_surroundings.clock, m_surroundings.alarms, std::move(surroundings));
}

/// So long as the packs in force want it here, from when the server proved that it has it. Without packs nothing goes.
bool OpenProfile::mayRemove(const db::OwnBlob& blob) const
{
    const auto active = packs();
    if (!active || !blob.verifiedAt)
        return false;
    const auto policy = compliance::recordingPolicyOf(active->gate.rules(), domain::Channel::Call);
    return now() >= blob.verifiedAt->plusSeconds(std::int64_t{policy.keepHereDays} * 86'400);
}

void OpenProfile::startSync(Wire wire, std::optional<std::string> password, bool paused)
{
    m_engine.reset();
    m_blobs.reset();
    m_wire = std::move(wire);
    startBlobs();
    sync::Credentials credentials{base::SigningKey::fromSeed(m_keys.device.seed()), std::move(password), m_session.read().refreshToken};
    sync::EngineIdentity identity{m_identity->dataset, m_identity->device, m_identity->user, m_identity->serverKeys, m_clientVersion};
    sync::EngineListener listener;
    listener.status = [this](const sync::EngineStatus&) { m_surroundings.statusChanged(); };
    listener.applied = [this](const db::ApplyOutcome& outcome) { applied(outcome); };
    listener.delivered = [this] {
        m_surroundings.changed({.unsent = true});
        m_blobs->kick();
    };
    listener.sessionOpened = [this](const domain::wire::SessionResponse& session) {
        keepSession(session);
        heardServerTime(session.serverTime);
        m_blobs->kick();
    };
    listener.purged = [this] {
        if (auto tidied = m_blobs->tidy(); !tidied)
            base::log::of(base::log::Area::App).warn("recordings of cases that were taken away: {}", tidied.error().detail);
    };
    listener.viewComplete = [this](const sync::RoundCall& call, std::function<void()> done) { viewComplete(call, std::move(done)); };
    m_engine = std::make_unique<sync::SyncEngine>(*m_wire.events, m_journal, m_cache, std::move(identity), std::move(credentials), m_surroundings.clock,
                                                  m_surroundings.alarms, std::move(listener));
    setPaused(paused);
    m_engine->kick();
}

void OpenProfile::setPaused(bool paused)
{
    m_engine->setPaused(paused);
    m_blobs->setPaused(paused);
}

void OpenProfile::keepSession(const domain::wire::SessionResponse& session)
{
    auto note = m_session.read();
    if (session.refreshToken)
        note.refreshToken = session.refreshToken;
    note.idleLockSeconds = session.policy.idleLockS;
    note.office = session.policy.office;
    if (auto written = m_session.write(note); !written)
        base::log::of(base::log::Area::App).warn("the next start will ask for the password on line: {}", written.error().detail);
}

void OpenProfile::applied(const db::ApplyOutcome& outcome)
{
    lookAtLeases();
    ChangeSet what{.queue = true, .unsent = true, .callLog = true};
    if (outcome.put + outcome.deleted == 0 && outcome.revokedCases.empty())
        return;
    if (outcome.changedCases.size() > kCasesWorthListing || !outcome.revokedCases.empty()) {
        what.allCases = outcome.changedCases.size() > kCasesWorthListing;
        m_queue->forgetAll();
    }
    what.cases.insert(outcome.revokedCases.begin(), outcome.revokedCases.end());
    if (!what.allCases) {
        what.cases.insert(outcome.changedCases.begin(), outcome.changedCases.end());
        for (const auto& id : outcome.changedCases) {
            if (auto refreshed = m_queue->refresh(id); !refreshed)
                m_queue->forgetAll();
        }
    }
    m_background->set(kBetweenJudgingMs, [this] { judgeInBackground(); });
    m_surroundings.changed(what);
}

void OpenProfile::packsChanged()
{
    if (!m_queue)
        return;
    m_queue->forgetJudgements();
    m_background->set(kBetweenJudgingMs, [this] { judgeInBackground(); });
    m_surroundings.changed({.allCases = true, .queue = true});
}

/// A few cases at a time, so that whoever asks for something waits some milliseconds at most.
void OpenProfile::judgeInBackground()
{
    if (!m_surroundings.packs() || !m_queue->isLoaded()) {
        m_background->set(kBetweenJudgingMs * 10, [this] { judgeInBackground(); });
        return;
    }
    const auto more = m_queue->judgeSome(kJudgedAtOnce);
    m_judgedSinceTold += kJudgedAtOnce;
    const bool isDone = !more || !*more;
    if (isDone ? m_judgedSinceTold > kJudgedAtOnce : m_judgedSinceTold >= kTellAfterJudged) {
        m_judgedSinceTold = 0;
        m_surroundings.changed({.queue = true});
    }
    if (isDone)
        armQueueAlarm();
    else
        m_background->set(kBetweenJudgingMs, [this] { judgeInBackground(); });
}

/// Held-out cases come back by timer, without anybody asking.
void OpenProfile::armQueueAlarm()
{
    const auto change = m_queue->nextChangeAt();
    const auto wait = change ? std::clamp<std::int64_t>(change->milliseconds() - now().milliseconds() + 5, 100, kLongestAlarmMs) : kLongestAlarmMs;
    m_queueAlarm->set(wait, [this] {
        m_surroundings.changed({.queue = true});
        judgeInBackground();
    });
}

base::Result<DisplayNames> OpenProfile::names() const
{
    EVENHAND_ASSIGN(const auto users, m_cache.users());
    DisplayNames names;
    for (const auto& user : users)
        names.emplace(user.id, user.displayName.empty() ? user.userName : user.displayName);
    names.emplace(m_identity->user, m_identity->displayName.empty() ? m_identity->userName : m_identity->displayName);
    return names;
}

base::Result<std::optional<domain::UserRow>> OpenProfile::me() const
{
    EVENHAND_ASSIGN(const auto users, m_cache.users());
    const auto found = std::ranges::find(users, m_identity->user, &domain::UserRow::id);
    return found == users.end() ? std::optional<domain::UserRow>() : *found;
}

base::Result<std::vector<CaseFacts>> OpenProfile::peersOf(const CaseFacts& facts) const
{
    std::vector<CaseFacts> peers;
    for (const auto& party : facts.detail.parties) {
        if (party.personKey.empty())
            continue;
        EVENHAND_ASSIGN(const auto others, m_cache.casesOfPerson(party.personKey, facts.detail.row.id));
        for (const auto& other : others) {
            EVENHAND_ASSIGN(auto peer, readCase(m_journal, m_cache, other.id));
            if (peer)
                peers.push_back(*std::move(peer));
        }
    }
    return peers;
}

/// With what the server set aside for this device: others may act without our knowing.
compliance::GateQuestion OpenProfile::questionOf(const CaseFacts& facts, const std::vector<CaseFacts>& peers, const GateRequest& request,
                                                 base::Instant at) const
{
    auto question = gateQuestion(facts, peers, request, at);
    const auto contact = m_engine ? m_engine->status().lastContactAt : std::nullopt;
    const bool isOnline = contact && at < contact->plusSeconds(kStillOnlineS);
    if (m_shares)
        question.facts.offline = m_shares->shareOf(request.caseId, at, isOnline);
    return question;
}

/// After each complete view: new rule packs, then our parts of the attempts.
void OpenProfile::viewComplete(const sync::RoundCall& call, std::function<void()> done)
{
    m_courier->fetch(call, [this, call, done = std::move(done)] {
        const auto active = packs();
        const bool works = m_identity->role == domain::UserRole::Agent || m_identity->role == domain::UserRole::Field;
        if (!works || !active || !m_queue->isLoaded())
            return done();
        m_shares->renew(call, m_queue->caseIds(), compliance::attemptPolicyOf(active->gate.rules()), [this, done](bool hasChanged) {
            if (hasChanged) {
                m_queue->forgetJudgements();
                m_background->set(kBetweenJudgingMs, [this] { judgeInBackground(); });
            }
            done();
        });
    });
}

base::Result<compliance::GateQuestion> OpenProfile::gateQuestionOf(const GateRequest& request) const
{
    EVENHAND_ASSIGN(const auto facts, requireCase(request.caseId));
    EVENHAND_ASSIGN(const auto peers, peersOf(facts));
    return questionOf(facts, peers, request, now());
}

base::Result<CaseView> OpenProfile::caseView(const domain::CaseId& id)
{
    if (const auto since = m_leases.closedSince(id))
        return closedView(id, *since);
    EVENHAND_ASSIGN(const auto facts, requireCase(id));
    EVENHAND_ASSIGN(const auto peers, peersOf(facts));
    EVENHAND_ASSIGN(const auto displayNames, names());
    std::vector<db::CaseListRow> others;
    for (const auto& peer : peers) {
        EVENHAND_ASSIGN(auto row, m_cache.listRow(peer.detail.row.id));
        const bool isNew = row && !m_leases.isClosed(row->id) && std::ranges::find(others, row->id, &db::CaseListRow::id) == others.end();
        if (isNew)
            others.push_back(*std::move(row));
    }
    CaseViewInput input{facts, others, displayNames, m_identity->user, now(), {}};
    if (const auto active = packs()) {
        input.light = [&, active](const GateRequest& request) {
            const auto question = questionOf(facts, peers, request, input.now);
            return lightOf(active->gate.decide(question.intent, question.facts, question.now));
        };
    }
    auto view = buildCaseView(input);
    view.pressure = pressureOn(facts, peers, input.now);
    return view;
}

base::Result<std::optional<QueueJudgement>> OpenProfile::judge(const domain::CaseId& id)
{
    EVENHAND_ASSIGN(const auto facts, readCase(m_journal, m_cache, id));
    if (!facts)
        return std::optional<QueueJudgement>();
    const auto at = now();
    QueueJudgement judgement;
    const auto& row = facts->detail.row;
    judgement.nextActionAt = row.nextActionAt;
    judgement.creditor = row.creditor;
    judgement.hotNote = row.hotNote.value_or("");
    judgement.hasUnsent = facts->hasUnsent;
    for (const auto& promise : facts->detail.promises)
        judgement.promises.push_back({promise.amount, promise.dueOn, promise.state});
    for (const auto& flag : row.flags) {
        if (flag.setAt <= at && (!flag.clearedAt || *flag.clearedAt > at))
            judgement.holds.push_back(flag.kind);
    }
    for (const auto& event : facts->events) {
        if (const auto* call = event.payload ? std::get_if<domain::CallPayload>(&*event.payload) : nullptr) {
            judgement.lastContactAt = call->startedAt;
            judgement.lastOutcome = call->outcome;
        }
    }
    if (const auto* call = lastOwnCall(*facts, m_identity->user, startOfLocalDay(at)))
        judgement.ownCallAt = call->header.occurredAt;
    const auto active = packs();
    if (!active)
        return std::optional(judgement);
    EVENHAND_ASSIGN(const auto peers, peersOf(*facts));
    std::vector<compliance::Decision> decisions;
    for (const auto& party : facts->detail.parties) {
        if (party.role != domain::PartyRole::Debtor)
            continue;
        for (const auto& point : facts->detail.contactPoints) {
            if (point.partyId != party.id || !isUsablePhone(point))
                continue;
            const auto question = questionOf(*facts, peers, {row.id, party.id, point.id}, at);
            decisions.push_back(active->gate.decide(question.intent, question.facts, at));
        }
        if (decisions.empty()) {
            const auto question = questionOf(*facts, peers, {row.id, party.id}, at);
            decisions.push_back(active->gate.decide(question.intent, question.facts, at));
        }
    }
    judgement.light = bestLight(decisions);
    for (const auto& decision : decisions) {
        if (decision.validUntil && (!judgement.validUntil || *decision.validUntil < *judgement.validUntil))
            judgement.validUntil = decision.validUntil;
    }
    return std::optional(std::move(judgement));
}

base::Result<std::vector<domain::EventEnvelope>> OpenProfile::record(std::span<const db::NewEvent> events, std::optional<domain::DraftId> finishedDraft)
{
    EVENHAND_ASSIGN(auto saved, m_journal.append(events, localOffsetMinutes(now()), finishedDraft));
    ChangeSet what{.queue = true, .unsent = true, .callLog = true, .drafts = finishedDraft.has_value()};
    for (const auto& event : events) {
        if (event.caseId)
            what.cases.insert(*event.caseId);
    }
    m_unsettled.add(what);
    m_afterSave->set(0, [this] { settle(); });   // whoever saved is told first: it is on disk, the rest can wait a moment
    return saved;
}

void OpenProfile::settle()
{
    if (m_unsettled.isEmpty())
        return;
    const auto what = std::exchange(m_unsettled, {});
    for (const auto& id : what.cases) {
        if (auto refreshed = m_queue->refresh(id); !refreshed)
            m_queue->forgetAll();
    }
    m_surroundings.changed(what);
    if (m_engine)
        m_engine->kick();
    m_surroundings.statusChanged();
}

QueueBook& OpenProfile::queue()
{
    settle();
    return *m_queue;
}

} // namespace evenhand::services
