// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/agreementtable.h"

#include "server_queries.h"

namespace evenhand::server {

using base::Json;
using base::Result;

namespace {
constexpr const char* kRules = "agreements.rules";
}

Result<std::vector<domain::AgreementRules>> AgreementTable::rules() const
{
    EVENHAND_ASSIGN(const auto text, Query(m_connection, sql::kMetaSetting).bind(":name", kRules).optionalRow([](const SqlRow& row) { return row.text(0); }));
    std::vector<domain::AgreementRules> rules;
    if (!text)
        return rules;
    EVENHAND_ASSIGN(const auto json, base::parseJson(*text));
    if (!json.is_array())
        return base::fail(base::ErrorCode::Damaged, std::string("setting ") + kRules + " is not a list");
    for (const auto& item : json) {
        EVENHAND_ASSIGN(auto one, domain::agreementRulesFromJson(item));
        rules.push_back(std::move(one));
    }
    return rules;
}

Result<bool> AgreementTable::writeRules(const std::vector<domain::AgreementRules>& rules)
{
    auto list = Json::array();
    for (const auto& one : rules)
        list.push_back(domain::toJson(one));
    const auto text = base::canonical(list);
    EVENHAND_ASSIGN(const auto before, Query(m_connection, sql::kMetaSetting).bind(":name", kRules).optionalRow([](const SqlRow& row) { return row.text(0); }));
    if (before && *before == text)
        return false;
    EVENHAND_TRY(Query(m_connection, sql::kMetaSettingPut).bind(":name", kRules).bind(":value", text).run());
    return true;
}

Result<> AgreementTable::setDueAt(const domain::CaseId& id, std::optional<base::Instant> at)
{
    if (!at)
        return Query(m_connection, sql::kAgreementForget).bind(":case_id", id).run();
    return Query(m_connection, sql::kAgreementPut).bind(":case_id", id).bind(":due_at", *at).run();
}

Result<> AgreementTable::setAllDue(base::Instant at)
{
    return Query(m_connection, sql::kAgreementAllDue).bind(":at", at).run();
}

Result<std::vector<domain::CaseId>> AgreementTable::dueBy(base::Instant at, std::int64_t limit) const
{
    Query query(m_connection, sql::kAgreementDue);
    query.bind(":at", at).bind(":limit", limit);
    return query.allRows([](const SqlRow& row) { return domain::CaseId(row.uuid(0)); });
}

} // namespace evenhand::server
