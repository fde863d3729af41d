// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/casewriter.h"

#include "server/import/rowencoder.h"

namespace evenhand::server {

using base::Json;
using base::Result;

namespace {

base::Hash256 hashOf(const EncodedCase& one)
{
    base::Sha256Stream hash;
    const auto add = [&](std::string_view text) {
        hash.add(base::asBytes(text));
        hash.add(base::asBytes(std::string_view("\0", 1)));
    };
    add(one.region);
    for (const auto& row : one.rows) {
        add(row.kind);
        hash.add(row.id.bytes());
        add(row.body);
    }
    return hash.finish();
}

Json keepOurs(const domain::CaseRow& old, domain::CaseRow lender, bool statusGiven)
{
    lender.flags = old.flags;
    lender.consents = old.consents;
    lender.assignedTo = old.assignedTo;
    lender.nextActionAt = old.nextActionAt;
    if (!statusGiven)
        lender.status = old.status;
    if (!lender.hotNote)
        lender.hotNote = old.hotNote;
    return toJson(lender);
}

// A number that somebody here corrected or found dead is not put back by the lender's old list.
Json keepOurs(domain::ContactPointRow old, const domain::ContactPointRow& lender)
{
    old.label = lender.label;
    old.timeZone = lender.timeZone;
    return toJson(old);
}

} // namespace

EncodedCase encodeCase(const LenderCase& lenderCase)
{
    const auto& head = lenderCase.head;
    EncodedCase one{head.businessNo, head.id, {}, head.status, head.balance.minor(), head.daysPastDue, lenderCase.region, {},
                    static_cast<std::int64_t>(lenderCase.rows.size()), static_cast<std::int64_t>(lenderCase.accounts.size())};
    one.rows.reserve(1 + lenderCase.parties.size() + lenderCase.accounts.size() + lenderCase.contactPoints.size());
    one.rows.push_back({domain::kind::kCase, head.id.uuid(), canonicalRow(head)});
    for (const auto& party : lenderCase.parties)
        one.rows.push_back({domain::kind::kParty, party.id.uuid(), canonicalRow(party)});
    for (const auto& account : lenderCase.accounts)
        one.rows.push_back({domain::kind::kAccount, account.id.uuid(), canonicalRow(account)});
    for (const auto& contact : lenderCase.contactPoints)
        one.rows.push_back({contact.rowKind(), contact.id.uuid(), canonicalRow(contact)});
    one.contentHash = hashOf(one);
    return one;
}

Result<CaseWriter> CaseWriter::forPortfolio(Store& store, const std::string& portfolio, UpdateRules rules, bool write, base::Instant now)
{
    CaseWriter writer(store, rules, write);
    EVENHAND_ASSIGN(writer.m_portfolio, store.cases().findPortfolio(portfolio));
    if (writer.m_portfolio) {
        EVENHAND_ASSIGN(const auto index, store.cases().importIndex(*writer.m_portfolio));
        writer.m_known.reserve(index.size());
        for (const auto& known : index)
            writer.m_known.emplace(known.businessNo, known.contentHash);
    } else if (write) {
        EVENHAND_ASSIGN(const auto id, store.cases().ensurePortfolio(portfolio, now));
        writer.m_portfolio = id;
    }
    return writer;
}

Result<std::int64_t> CaseWriter::seq()
{
    if (!m_seq) {
        EVENHAND_ASSIGN(const auto next, m_store.nextSeq());
        m_seq = next;
    }
    return *m_seq;
}

CaseRecord CaseWriter::recordOf(const EncodedCase& next) const
{
    return {next.id, *m_portfolio, next.businessNo, next.contentHash, next.status, next.balanceMinor, next.daysPastDue, next.region, std::nullopt, {}};
}

Result<WriteOutcome> CaseWriter::put(const EncodedCase& next)
{
    const auto known = m_known.find(next.businessNo);
    const bool isNew = known == m_known.end();
    if (!isNew && known->second == next.contentHash)
        return WriteOutcome::Unchanged;
    if (m_write)
        EVENHAND_TRY(isNew ? create(next) : update(next));
    return isNew ? WriteOutcome::Created : WriteOutcome::Updated;
}

// Nobody has a new case yet, so there is nobody to announce it to.
Result<> CaseWriter::create(const EncodedCase& next)
{
    EVENHAND_ASSIGN(const auto version, seq());
    EVENHAND_TRY(m_store.cases().insert(recordOf(next)));
    ProjectionRow stored{"", next.id.uuid(), next.id, version, std::string()};
    for (const auto& row : next.rows) {
        stored.kind = row.kind;
        stored.id = row.id;
        stored.body = row.body;
        EVENHAND_TRY(m_store.rows().insert(stored));
    }
    return {};
}

Result<std::optional<std::string>> CaseWriter::changedBody(const EncodedCase& next, const EncodedCase::Row& row, CaseRecord& record)
{
    EVENHAND_ASSIGN(const auto old, m_store.rows().find(row.kind, row.id));
    if (!old || !old->body)
        return std::optional(row.body);
    EVENHAND_ASSIGN(const auto oldJson, base::parseJson(*old->body));
    EVENHAND_ASSIGN(const auto newJson, base::parseJson(row.body));
    const std::string_view kind = row.kind;
    Json merged = newJson;
    if (kind == domain::kind::kCase) {
        EVENHAND_ASSIGN(const auto ours, domain::caseFromJson(next.id, oldJson));
        EVENHAND_ASSIGN(auto lender, domain::caseFromJson(next.id, newJson));
        if (!m_rules.statusGiven)
            record.status = ours.status;
        merged = keepOurs(ours, std::move(lender), m_rules.statusGiven);
    } else if (kind == domain::kind::kParty) {
        merged["opted_out"] = oldJson.value("opted_out", Json(nullptr));
    } else if (kind == domain::kind::kPhone || kind == domain::kind::kAddress) {
        EVENHAND_ASSIGN(auto ours, domain::contactPointFromJson(domain::ContactPointId(row.id), next.id, oldJson));
        EVENHAND_ASSIGN(const auto lender, domain::contactPointFromJson(domain::ContactPointId(row.id), next.id, newJson));
        merged = keepOurs(std::move(ours), lender);
    }
    auto body = base::canonical(merged);
    return body == *old->body ? std::nullopt : std::optional(std::move(body));
}

Result<> CaseWriter::update(const EncodedCase& next)
{
    EVENHAND_ASSIGN(const auto version, seq());
    auto record = recordOf(next);
    for (const auto& row : next.rows) {
        EVENHAND_ASSIGN(auto body, changedBody(next, row, record));
        if (body)
            EVENHAND_TRY(m_store.rows().put({row.kind, row.id, next.id, version, *std::move(body)}));
    }
    EVENHAND_TRY(m_store.cases().update(record));
    return m_store.viewLog().announce(next.id, version);
}

} // namespace evenhand::server
