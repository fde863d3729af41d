// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/cacheapply.h"

#include <algorithm>

#include "cache_queries.h"
#include "db/cacheextract.h"
#include "db/cachesums.h"
#include "db/searchkeys.h"

namespace evenhand::db {

using base::ErrorCode;
using base::Result;
using domain::CaseId;
using domain::wire::PullOp;
using sqlite::Row;

namespace {

bool changesSearch(std::string_view kind)
{
    return kind == domain::kind::kCase || kind == domain::kind::kParty || kind == domain::kind::kPhone;
}

Result<std::vector<std::string>> textsOf(const sqlite::Connection& db, std::string_view query, const CaseId& id)
{
    EVENHAND_ASSIGN(auto statement, db.prepare(query));
    return statement.bind(":case_id", idBytes(id)).rows([](Row row) { return row.text(0); });
}

void addUnlessThere(std::vector<std::string>& texts, std::string text)
{
    if (!text.empty() && std::ranges::find(texts, text) == texts.end())
        texts.push_back(std::move(text));
}

} // namespace

Result<> CheckpointApplier::apply(const PullOp& op)
{
    ++m_outcome.ops;
    if (op.op == "put")
        return put(op, op.kind);
    if (op.op == "annotate")
        return put(op, domain::kind::kAnnotation);
    if (op.op == "del")
        return remove(op);
    if (op.op == "lease")
        return lease(op);
    if (op.op == "revoke" && op.caseId)
        return revoke(op);
    if (op.op == "bucket_digest" && op.bucket >= 0 && op.bucket < domain::kBuckets && op.digest)
        m_outcome.expected.push_back({static_cast<int>(op.bucket), {op.count, domain::RowDigest::fromBytes(*op.digest)}});
    ++m_outcome.skipped;   // what later servers may add
    return {};
}

Result<> CheckpointApplier::revoke(const PullOp& op)
{
    if (op.revokeId && std::ranges::find(m_refused, *op.revokeId) != m_refused.end()) {
        PullOp closed = op;   // nobody proved that it must go; until that is cleared up, nobody reads it either
        closed.leaseUntil = base::Instant::fromMilliseconds(0);
        return lease(closed);
    }
    m_revoked[*op.caseId] = true;
    return forgetCase(*op.caseId);
}

Result<std::optional<domain::RowDigest>> CheckpointApplier::digestOf(const std::string& kind, const base::Uuid& id, const std::optional<CaseId>& caseId) const
{
    EVENHAND_ASSIGN(auto find, m_db.prepare(sql::cache::kRowFind));
    return find.bind(":case_id", idBytesOrNone(caseId)).bind(":kind", kind).bind(":id", idBytes(id)).optionalRow([&](Row row) {
        return domain::RowDigest::ofRow(kind, id, row.integer(0), base::asText(row.blobView(1)));
    });
}

domain::DigestSum& CheckpointApplier::changeOf(const std::optional<CaseId>& caseId)
{
    return m_sums[caseId ? domain::bucketOfCase(*caseId) : domain::kCaselessBucket];
}

Result<> CheckpointApplier::flushSums()
{
    EVENHAND_ASSIGN(auto sums, readSums(m_db));
    for (const auto& [bucket, change] : m_sums) {
        auto& sum = sums[static_cast<std::size_t>(bucket)];
        sum.add(change);
        EVENHAND_TRY(writeSum(m_db, bucket, sum));
    }
    m_sums.clear();
    return {};
}

Result<> CheckpointApplier::takeOut(const std::string& kind, const base::Uuid& id, const std::optional<CaseId>& caseId)
{
    EVENHAND_ASSIGN(const auto digest, digestOf(kind, id, caseId));
    EVENHAND_ASSIGN(auto statement, m_db.prepare(sql::cache::kRowRemove));
    EVENHAND_TRY(statement.bind(":case_id", idBytesOrNone(caseId)).bind(":kind", kind).bind(":id", idBytes(id)).run());
    if (!digest)
        return {};
    changeOf(caseId).remove(*digest);
    touch(caseId, 0, kind);
    return removeExtract(m_db, kind, id);
}

Result<> CheckpointApplier::put(const PullOp& op, const std::string& kind)
{
    if (!op.id) {
        ++m_outcome.unreadable;
        return {};
    }
    const auto caseId = kind == domain::kind::kCase ? std::optional(CaseId(*op.id)) : op.caseId;
    EVENHAND_ASSIGN(const auto before, digestOf(kind, *op.id, caseId));
    EVENHAND_ASSIGN(auto statement, m_db.prepare(sql::cache::kRowPut));
    statement.bind(":case_id", idBytesOrNone(caseId))
        .bind(":kind", kind)
        .bind(":id", idBytes(*op.id))
        .bind(":version", op.seq)
        .bind(":body", base::asBytes(op.body));
    EVENHAND_TRY(statement.run());
    if (m_db.changes() == 0) {
        ++m_outcome.skipped;
        return {};
    }
    ++m_outcome.put;
    auto& sum = changeOf(caseId);
    if (before)
        sum.remove(*before);
    sum.add(domain::RowDigest::ofRow(kind, *op.id, op.seq, op.body));
    touch(caseId, op.seq, kind);
    auto extracted = extractRow(m_db, kind, *op.id, caseId, op.seq, op.body);
    if (!extracted && (extracted.error().code == ErrorCode::Invalid || extracted.error().code == ErrorCode::Protocol)) {
        ++m_outcome.unreadable;   // kept verbatim; a later program will read it
        return {};
    }
    return extracted;
}

Result<> CheckpointApplier::remove(const PullOp& op)
{
    if (!op.id) {
        ++m_outcome.unreadable;
        return {};
    }
    const bool wholeCase = op.kind == domain::kind::kCase;
    const auto caseId = wholeCase ? std::optional(CaseId(*op.id)) : op.caseId;
    EVENHAND_ASSIGN(const auto before, digestOf(op.kind, *op.id, caseId));
    EVENHAND_ASSIGN(auto statement, m_db.prepare(sql::cache::kRowDelete));
    statement.bind(":case_id", idBytesOrNone(caseId)).bind(":kind", op.kind).bind(":id", idBytes(*op.id)).bind(":version", op.seq);
    EVENHAND_TRY(statement.run());
    if (m_db.changes() == 0) {
        ++m_outcome.skipped;
        return {};
    }
    ++m_outcome.deleted;
    if (before)
        changeOf(caseId).remove(*before);
    if (wholeCase) {
        EVENHAND_TRY(forgetCase(CaseId(*op.id)));
        m_touched[CaseId(*op.id)] = {};   // changed, though nothing of it is left
        return {};
    }
    touch(caseId, op.seq, op.kind);
    return removeExtract(m_db, op.kind, *op.id);
}

Result<> CheckpointApplier::lease(const PullOp& op)
{
    if (!op.leaseUntil)
        return {};
    EVENHAND_ASSIGN(auto statement, m_db.prepare(sql::cache::kLeasePut));
    return statement.bind(":case_id", idBytesOrNone(op.caseId)).bind(":lease_until", op.leaseUntil->milliseconds()).run();
}

Result<> CheckpointApplier::forgetCase(const CaseId& id)
{
    m_touched.erase(id);
    EVENHAND_ASSIGN(auto find, m_db.prepare(sql::cache::kCaseRef));
    EVENHAND_ASSIGN(const auto ref, find.bind(":id", idBytes(id)).optionalRow([](Row row) { return row.integer(0); }));
    if (ref)
        EVENHAND_TRY(m_search.remove(m_db, *ref));
    EVENHAND_ASSIGN(auto list, m_db.prepare(sql::cache::kRowListCase));
    EVENHAND_ASSIGN(const auto digests, list.bind(":case_id", idBytes(id)).rows([](Row row) -> Result<domain::RowDigest> {
        EVENHAND_ASSIGN(const auto rowId, idFrom<base::Uuid>(row.blobView(1)));
        return domain::RowDigest::ofRow(row.textView(0), rowId, row.integer(2), base::asText(row.blobView(3)));
    }));
    for (const auto& digest : digests)
        changeOf(id).remove(digest);
    m_outcome.forgotten[id] += std::ssize(digests);
    for (const auto statement : {sql::cache::kForgetRow, sql::cache::kForgetLease, sql::cache::kForgetParties, sql::cache::kForgetContactPoints,
                                 sql::cache::kForgetPromises, sql::cache::kForgetRequests, sql::cache::kForgetEvents, sql::cache::kForgetCases}) {
        EVENHAND_ASSIGN(auto forget, m_db.prepare(statement));
        EVENHAND_TRY(forget.bind(":case_id", idBytes(id)).run());
    }
    return {};
}

void CheckpointApplier::touch(const std::optional<CaseId>& id, std::int64_t seq, std::string_view kind)
{
    if (!id)
        return;
    m_revoked.erase(*id);   // it came back in the same checkpoint
    auto& touched = m_touched[*id];
    touched.version = std::max(touched.version, seq);
    touched.promises = touched.promises || kind == domain::kind::kPromise || kind == domain::kind::kCase;
    touched.searchTexts = touched.searchTexts || changesSearch(kind);
}

Result<> CheckpointApplier::refresh(const CaseId& id, const Touched& touched)
{
    EVENHAND_ASSIGN(auto find, m_db.prepare(sql::cache::kCaseRef));
    find.bind(":id", idBytes(id));
    EVENHAND_ASSIGN(const bool present, find.step());
    if (!present)
        return {};   // rows of a case whose own row has not come, or is unreadable
    const auto ref = find.row().integer(0);
    SearchIndex::Document document{{foldForSearch(find.row().textView(2))}, {plainNumber(find.row().textView(1))}};
    find.reset();
    EVENHAND_ASSIGN(auto raise, m_db.prepare(sql::cache::kCaseRaiseVersion));
    EVENHAND_TRY(raise.bind(":id", idBytes(id)).bind(":version", touched.version).run());
    if (touched.promises) {
        EVENHAND_ASSIGN(auto promises, m_db.prepare(sql::cache::kCaseRefreshPromises));
        EVENHAND_TRY(promises.bind(":id", idBytes(id)).run());
    }
    if (!touched.searchTexts)
        return {};
    EVENHAND_ASSIGN(const auto names, textsOf(m_db, sql::cache::kPartyNames, id));
    for (const auto& name : names)
        addUnlessThere(document.names, foldForSearch(name));
    EVENHAND_ASSIGN(const auto numbers, textsOf(m_db, sql::cache::kContactPointNumbers, id));
    for (const auto& number : numbers)
        addUnlessThere(document.numbers, plainNumber(number));
    return m_search.put(m_db, ref, document);
}

Result<ApplyOutcome> CheckpointApplier::finish()
{
    for (const auto& [id, touched] : m_touched) {
        EVENHAND_TRY(refresh(id, touched));
        m_outcome.changedCases.push_back(id);
    }
    for (const auto& [id, revoked] : m_revoked)
        m_outcome.revokedCases.push_back(id);
    EVENHAND_TRY(m_search.flush(m_db));
    EVENHAND_TRY(flushSums());
    return std::move(m_outcome);
}

} // namespace evenhand::db
