// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/usertable.h"

#include "app/domain/projection.h"
#include "server/store/rowtable.h"
#include "server/store/viewlog.h"
#include "server/store/visibility.h"
#include "server_queries.h"

namespace evenhand::server {

using base::ErrorCode;
using base::Result;
using domain::UserRole;

namespace {

UserRecord userFromRow(const SqlRow& row)
{
    return {domain::UserId(row.uuid(0)),
            row.text(1),
            row.text(2),
            domain::userRoleFromWord(row.text(3)).value_or(UserRole::Auditor),   // a word of a newer program: the role that sees nothing
            row.text(4),
            row.text(5),
            row.integer(6) != 0,
            row.instant(7),
            row.text(8)};
}

} // namespace

Result<> UserTable::insert(const UserRecord& user, std::int64_t seq)
{
    EVENHAND_ASSIGN(const auto taken, findByName(user.userName));
    if (taken)
        return base::fail(ErrorCode::Conflict, "the user name is taken");
    Query query(m_connection, sql::kUserInsert);
    query.bind(":user_id", user.id).bind(":user_name", user.userName).bind(":display_name", user.displayName);
    query.bind(":role", domain::toWord(user.role)).bind(":team", user.team).bind(":password_hash", user.passwordHash);
    EVENHAND_TRY(query.bind(":is_disabled", user.isDisabled).bind(":created_at", user.createdAt).bind(":staff_no", user.staffNo).run());

    const domain::UserRow body{user.id, user.userName, user.displayName, user.role, user.team, user.staffNo};
    EVENHAND_TRY(RowTable(m_connection).insert({domain::kind::kUser, user.id.uuid(), std::nullopt, seq, base::canonical(domain::toJson(body))}));
    ViewLog log(m_connection);
    EVENHAND_TRY(log.announceTeam(user.team, seq));
    EVENHAND_TRY(log.append(user.id, {seq, base::Uuid(std::array<std::uint8_t, 16>{}), FeedOp::Grant}));
    if (!seesTeam(user.role))
        return {};
    Query grant(m_connection, sql::kUserGrantTeamCases);   // a supervisor who joins sees what the team already has
    return grant.bind(":user_id", user.id).bind(":seq", seq).bind(":team", user.team).run();
}

Result<> UserTable::setDisabled(const domain::UserId& id, bool disabled)
{
    return Query(m_connection, sql::kUserSetDisabled).bind(":user_id", id).bind(":is_disabled", disabled).run();
}

Result<std::optional<UserRecord>> UserTable::find(const domain::UserId& id) const
{
    return Query(m_connection, sql::kUserFind).bind(":user_id", id).optionalRow(userFromRow);
}

Result<std::optional<UserRecord>> UserTable::findByName(const std::string& userName) const
{
    return Query(m_connection, sql::kUserFindByName).bind(":user_name", userName).optionalRow(userFromRow);
}

Result<std::vector<UserRecord>> UserTable::list() const { return Query(m_connection, sql::kUserList).allRows(userFromRow); }

} // namespace evenhand::server
