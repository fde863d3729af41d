// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/journal.h"

#include <filesystem>

#include "db/identityjson.h"
#include "db/journalstate.h"
#include "db/migrator.h"
#include "journal_queries.h"

namespace evenhand::db {

using base::ErrorCode;
using base::fail;
using base::Result;
using sqlite::Transaction;

Journal::Journal(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;
Journal::~Journal() = default;

sqlite::Connection& Journal::connection() { return m_state->db; }

Result<sqlite::Connection> Journal::State::connect(const JournalConfig& config)
{
    return sqlite::Connection::open({.path = config.path,
                                     .rawKey = config.key.bytes(),
                                     .applicationId = kJournalApplicationId,
                                     .journalMode = config.journalMode,
                                     .synchronous = config.synchronous,
                                     .secureDelete = true});
}

Result<Journal> Journal::open(JournalConfig config, const base::Clock& clock)
{
    const auto lockPath = (std::filesystem::path(config.path).parent_path() / "journal.lock").string();   // not profile.lock: the program that holds that one opens us
    EVENHAND_ASSIGN(auto lock, FileLock::take(lockPath));
    EVENHAND_ASSIGN(auto db, base::withContext(State::connect(config), "open journal"));
    auto state = std::unique_ptr<State>(
        new State{std::move(config), clock, std::move(lock), std::move(db), base::UuidV7Generator(clock)});
    EVENHAND_TRY(base::withContext(state->migrate(), "open journal"));
    EVENHAND_TRY(base::withContext(state->load(), "open journal"));
    return Journal(std::move(state));
}

Result<> Journal::State::migrate()
{
    const auto backup = config.path + ".before-upgrade";
    const MigrationPlan plan{.migrations = journalMigrations(),
                             .programVersion = config.programVersion,
                             .backupPath = backup,
                             .verify = [](sqlite::Connection& changed) -> Result<> {
                                 EVENHAND_ASSIGN(const auto report, verifyChainOf(changed));
                                 return report.ok ? Result<>() : Result<>(fail(ErrorCode::Damaged, "the upgrade would break the event chain"));
                             }};
    EVENHAND_ASSIGN(const auto outcome, Migrator(db, clock).run(plan));
    std::error_code ignored;
    if (outcome == SchemaState::Current)
        std::filesystem::remove(backup, ignored);   // the first good start after an upgrade
    return {};
}

Result<> Journal::State::load()
{
    EVENHAND_ASSIGN(auto interrupt, prepare(sql::journal::kAttemptInterrupt));
    EVENHAND_TRY(interrupt.run());
    EVENHAND_ASSIGN(const auto device, meta("device_public_key"));
    const auto ours = base::toBase64Url(config.deviceKey.publicKey());
    if (!device)
        EVENHAND_TRY(setMeta("device_public_key", ours));
    else if (*device != ours)
        return fail(ErrorCode::WrongKey, "the journal was signed by another device key");
    EVENHAND_ASSIGN(const auto stored, meta("identity"));
    if (stored) {
        EVENHAND_ASSIGN(identity, identityFromJson(*stored));
    }
    EVENHAND_ASSIGN(auto last, prepare(sql::journal::kEventLast));
    EVENHAND_ASSIGN(const auto lastId, last.optionalRow([](sqlite::Row row) { return row.text(1); }));
    if (lastId) {
        EVENHAND_ASSIGN(const auto id, readId<domain::EventId>(*lastId));
        ids.continueAfter(id.uuid());
    }
    return {};
}

Result<> Journal::State::ready()
{
    if (!db.needsReopen())
        return {};
    // The old handle must let go of the file first: POSIX locks belong to the process, not to the handle.
    EVENHAND_ASSIGN(auto placeholder, sqlite::Connection::open({.path = ":memory:"}));
    db = std::move(placeholder);
    auto fresh = connect(config);
    if (!fresh)
        return fail(ErrorCode::Storage, "the journal could not be opened again after a disk error: " + fresh.error().detail);
    db = *std::move(fresh);
    return load();
}

Result<> Journal::State::setMeta(const char* key, const std::string& value)
{
    EVENHAND_ASSIGN(auto statement, prepare(sql::journal::kMetaSet));
    return statement.bind(":key", std::string_view(key)).bind(":value", value).run();
}

Result<std::optional<std::string>> Journal::State::meta(const char* key) const
{
    EVENHAND_ASSIGN(auto statement, prepare(sql::journal::kMetaFind));
    return statement.bind(":key", std::string_view(key)).optionalRow([](sqlite::Row row) { return row.text(0); });
}

Result<> Journal::State::storeIdentity(const JournalIdentity& value) { return setMeta("identity", identityToJson(value)); }

Result<std::optional<JournalIdentity>> Journal::identity() const { return m_state->identity; }

Result<> Journal::setIdentity(const JournalIdentity& identity)
{
    EVENHAND_TRY(m_state->ready());
    const auto& known = m_state->identity;
    if (known && (known->dataset != identity.dataset || known->device != identity.device || known->user != identity.user))
        return fail(ErrorCode::Conflict, "this journal belongs to another server, device or user");
    if (known && known->epoch != identity.epoch)
        return fail(ErrorCode::Conflict, "a new epoch is begun with startEpoch, not by replacing the identity");
    EVENHAND_ASSIGN(auto transaction, Transaction::begin(m_state->db));
    EVENHAND_TRY(m_state->storeIdentity(identity));
    if (!known) {
        const NewEvent first{domain::EpochStartedPayload{.reason = "enrolment", .previousEpoch = {}}};
        EVENHAND_TRY(m_state->insertAll(identity, std::span(&first, 1), 0));
    }
    EVENHAND_TRY(transaction.commit());
    m_state->identity = identity;
    return {};
}

Result<domain::EpochId> Journal::startEpoch(const std::string& reason)
{
    EVENHAND_TRY(m_state->ready());
    if (!m_state->identity)
        return fail(ErrorCode::Invalid, "the journal has no identity yet");
    auto identity = *m_state->identity;
    EVENHAND_ASSIGN(const auto old, m_state->headOf(identity.epoch));
    identity.epoch = domain::EpochId::random();
    EVENHAND_ASSIGN(auto transaction, Transaction::begin(m_state->db));
    EVENHAND_TRY(m_state->storeIdentity(identity));
    const NewEvent first{domain::EpochStartedPayload{reason, old.epoch, old.seq, old.hash}};
    EVENHAND_TRY(m_state->insertAll(identity, std::span(&first, 1), 0));
    EVENHAND_TRY(transaction.commit());
    m_state->identity = identity;
    return identity.epoch;
}

Result<JournalHead> Journal::head() const
{
    EVENHAND_TRY(m_state->ready());
    if (!m_state->identity)
        return fail(ErrorCode::Invalid, "the journal has no identity yet");
    return m_state->headOf(m_state->identity->epoch);
}

Result<domain::EventId> Journal::newEventId()
{
    EVENHAND_TRY(m_state->ready());
    return domain::EventId(m_state->ids.next());
}

Result<std::vector<domain::EventEnvelope>> Journal::append(std::span<const NewEvent> events, int utcOffsetMinutes,
                                                           std::optional<domain::DraftId> finishedDraft)
{
    EVENHAND_TRY(m_state->ready());
    if (!m_state->identity)
        return fail(ErrorCode::Invalid, "the journal has no identity yet");
    EVENHAND_ASSIGN(auto transaction, Transaction::begin(m_state->db));
    EVENHAND_ASSIGN(auto saved, m_state->insertAll(*m_state->identity, events, utcOffsetMinutes));
    if (finishedDraft)
        EVENHAND_TRY(discardDraft(*finishedDraft));
    EVENHAND_TRY(transaction.commit());
    return saved;
}

} // namespace evenhand::db
