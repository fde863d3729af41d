// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>

#include "db/journalstate.h"
#include "db/migrator.h"
#include "db/saltsize.h"
#include "journal_queries.h"

// Reads a whole journal and says where its chain breaks first, if it does.
namespace evenhand::db {

using base::ErrorCode;
using base::fail;
using base::Result;
using sqlite::Row;

namespace {

/// One pass over the events in order of epoch and seq.
class ChainWalk {
public:
    explicit ChainWalk(const base::PublicKey& deviceKey) : m_deviceKey(deviceKey) {}

    void visit(const Row& row)
    {
        ++m_report.events;
        const auto epoch = row.text(1);
        if (epoch != m_epoch) {
            m_epoch = epoch;
            m_seq = 0;
            m_hash = {};
        }
        const auto problem = problemOf(row);
        if (!problem.empty() && m_report.ok) {
            m_report.ok = false;
            m_report.firstBad = ChainReport::Bad{epoch, row.integer(2), problem};
        }
        m_seq = row.integer(2);
        m_hash = domain::eventHash(base::asText(row.blobView(5)));
    }
    [[nodiscard]] const ChainReport& report() const { return m_report; }

private:
    [[nodiscard]] std::string problemOf(const Row& row) const
    {
        const auto bytes = base::asText(row.blobView(5));
        const auto header = domain::decodeHeader(bytes);
        if (row.integer(2) != m_seq + 1)
            return "gap";
        if (!header)
            return "bad_header";
        if (header->eventId.toString() != row.textView(0) || header->epoch.toString() != row.textView(1) || header->seq != row.integer(2)
            || header->type != row.textView(3) || (header->caseId ? header->caseId->toString() : "") != row.textView(4))
            return "envelope_mismatch";
        if (header->prevHash != m_hash)
            return "chain_break";
        const auto hash = domain::eventHash(bytes);
        if (!base::equalInConstantTime(hash, row.blobView(6)))
            return "hash_mismatch";
        if (!domain::verifyEventSignature(m_deviceKey, hash, row.blobView(7)))
            return "bad_signature";
        return payloadFits(row, *header) ? "" : "payload_mismatch";
    }

    [[nodiscard]] static bool payloadFits(const Row& row, const domain::EventHeader& header)
    {
        if (row.isNull(8))
            return true;   // erased by law; header, chain and signature still hold
        const auto local = row.blobView(8);
        return local.size() >= kSaltSize
            && domain::payloadCommitment(local.first(kSaltSize), base::asText(local.subspan(kSaltSize))) == header.payloadCommit;
    }

    const base::PublicKey& m_deviceKey;
    ChainReport m_report;
    std::string m_epoch;
    std::int64_t m_seq = 0;
    base::Hash256 m_hash{};
};

Result<base::PublicKey> storedDeviceKey(const sqlite::Connection& db)
{
    EVENHAND_ASSIGN(auto query, db.prepare(sql::journal::kMetaFind));
    EVENHAND_ASSIGN(const auto text,
                    query.bind(":key", std::string_view("device_public_key")).optionalRow([](Row row) { return row.text(0); }));
    const auto bytes = text ? base::fromBase64Url(*text) : std::nullopt;
    base::PublicKey key{};
    if (!bytes || bytes->size() != key.size())
        return fail(ErrorCode::Damaged, "the journal does not name its device key");
    std::copy(bytes->begin(), bytes->end(), key.begin());
    return key;
}

} // namespace

Result<ChainReport> verifyChainOf(const sqlite::Connection& db)
{
    EVENHAND_ASSIGN(const auto deviceKey, storedDeviceKey(db));
    EVENHAND_ASSIGN(auto query, db.prepare(sql::journal::kEventListChain));
    ChainWalk walk(deviceKey);
    for (;;) {
        EVENHAND_ASSIGN(const bool more, query.step());
        if (!more)
            return walk.report();
        walk.visit(query.row());
    }
}

Result<ChainReport> Journal::verifyChain() const
{
    EVENHAND_TRY(m_state->ready());
    return verifyChainOf(m_state->db);
}

Result<ChainReport> verifyJournalFile(const std::string& path, const base::SecretKey& key)
{
    constexpr int kPatienceMs = 2000;   // the workstation may be in the middle of a save
    auto opened = sqlite::Connection::open({.path = path,
                                            .rawKey = key.bytes(),
                                            .applicationId = kJournalApplicationId,
                                            .readOnly = true,
                                            .busyTimeoutMs = kPatienceMs});
    std::error_code ignored;
    if (!opened && opened.error().code == ErrorCode::Storage && std::filesystem::exists(path + "-journal", ignored))
        return fail(ErrorCode::Storage, "a save was interrupted and waits to be rolled back, which a reader may not do: start the workstation once");
    EVENHAND_ASSIGN(const auto db, std::move(opened));
    EVENHAND_ASSIGN(const auto version, db.integer("PRAGMA user_version"));
    if (version > static_cast<std::int64_t>(journalMigrations().size()))
        return fail(ErrorCode::SchemaTooNew, "the journal was written by a newer program");
    return verifyChainOf(db);
}

} // namespace evenhand::db
