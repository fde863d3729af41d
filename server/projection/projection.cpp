// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/projection/projection.h"

#include <algorithm>

#include "server/projection/caserules.h"

namespace evenhand::server {

using base::Result;

Projection::Projection(Store& store, const EventRecord& event) : m_store(store), m_event(event), m_case(*event.caseId) {}

bool Projection::isStale() const { return std::ranges::find(m_event.flags, "stale_context") != m_event.flags.end(); }

Result<> Projection::apply(const domain::EventHeader& header, const domain::EventPayload& payload)
{
    m_contextVersion = header.contextVersion;
    EVENHAND_TRY(putEcho());
    // The case was closed or paid meanwhile: the fact is kept and shown, and nothing is set in motion by it.
    if (!isStale())
        EVENHAND_TRY(std::visit([this](const auto& one) { return on(one); }, payload));
    if (header.supersedes) {
        EVENHAND_ASSIGN(const auto corrected, m_store.events().find(*header.supersedes));
        if (corrected && corrected->caseId == m_event.caseId)
            EVENHAND_TRY(annotate({*header.supersedes, "superseded", {}, std::nullopt, m_event.eventId, m_event.receivedAt}));
    }
    auto remarks = m_event.flags;
    remarks.insert(remarks.end(), m_remarks.begin(), m_remarks.end());
    if (m_status != "accepted" || !remarks.empty())
        EVENHAND_TRY(annotate({m_event.eventId, m_status, std::move(remarks), std::nullopt, std::nullopt, m_event.receivedAt}));
    return m_store.viewLog().announce(m_case, m_event.serverSeq);
}

Result<> Projection::put(const char* kind, const base::Uuid& id, const base::Json& body)
{
    return m_store.rows().put({kind, id, m_case, m_event.serverSeq, base::canonical(body)});
}

Result<> Projection::annotate(const domain::Annotation& annotation)
{
    return put(domain::kind::kAnnotation, annotation.eventId.uuid(), domain::toJson(annotation));
}

Result<> Projection::putEcho()
{
    return m_store.rows().putNew({domain::kind::kEvent, m_event.eventId.uuid(), m_case, m_event.serverSeq, echoBody(m_event)});
}

Result<std::optional<domain::CaseRow>> Projection::loadCase() const
{
    EVENHAND_ASSIGN(const auto row, m_store.rows().find(domain::kind::kCase, m_case.uuid()));
    if (!row)
        return std::optional<domain::CaseRow>();
    EVENHAND_ASSIGN(const auto json, base::parseJson(*row->body));
    EVENHAND_ASSIGN(auto content, domain::caseFromJson(m_case, json));
    return std::optional(std::move(content));
}

Result<> Projection::on(const domain::CallPayload& call)
{
    if (isOutsideRules(call))
        m_status = "outside_rules";
    EVENHAND_ASSIGN(const auto stored, m_store.rows().find(domain::kind::kCase, m_case.uuid()));
    if (!stored || !mayHaveNextAction(*stored->body))
        return {};   // nothing waits: the row need not be read, which is most of what a call costs
    EVENHAND_ASSIGN(auto row, loadCase());
    if (!row || !fulfilsNextAction(*row, call))
        return {};
    row->nextActionAt.reset();
    return put(domain::kind::kCase, m_case.uuid(), domain::toJson(*row));
}

Result<> Projection::on(const domain::ReminderPayload& reminder)
{
    EVENHAND_ASSIGN(auto row, loadCase());
    if (!row)
        return {};
    row->nextActionAt = reminder.dueAt;
    return put(domain::kind::kCase, m_case.uuid(), domain::toJson(*row));
}

Result<> Projection::on(const domain::FlagPayload& flag)
{
    EVENHAND_ASSIGN(auto row, loadCase());
    if (!row)
        return {};
    applyFlag(row->flags, flag, m_event.occurredAt);
    return put(domain::kind::kCase, m_case.uuid(), domain::toJson(*row));
}

Result<> Projection::on(const domain::ContactPointChangePayload& change)
{
    const char* kind = change.kind == domain::ContactPointKind::Address ? domain::kind::kAddress : domain::kind::kPhone;
    EVENHAND_ASSIGN(const auto existing, m_store.rows().find(kind, change.contactPointId.uuid()));
    std::optional<domain::ContactPointRow> before;
    if (existing && existing->caseId == m_case) {
        EVENHAND_ASSIGN(const auto json, base::parseJson(*existing->body));
        EVENHAND_ASSIGN(before, domain::contactPointFromJson(change.contactPointId, m_case, json));
    }
    const auto after = changedContactPoint(before, change, m_case);
    if (!after || (existing && !before)) {   // nothing to change, or an id of another case
        m_status = "rejected";
        return {};
    }
    return put(kind, after->id.uuid(), domain::toJson(*after));
}

} // namespace evenhand::server
