// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/call/callrecord.h"

#include <algorithm>

#include "app/domain/words.h"
#include "ui/text/strings.h"

namespace evenhand::ui {

namespace {

/// Flags that speak about the whole debt, whoever said it.
bool coversWholeCase(domain::FlagKind kind)
{
    switch (kind) {
    case domain::FlagKind::Dispute:
    case domain::FlagKind::Complaint:
    case domain::FlagKind::Vulnerable:
    case domain::FlagKind::Deceased:
    case domain::FlagKind::Attorney:
    case domain::FlagKind::Bankruptcy: return true;
    default: return false;
    }
}

template <class T>
std::optional<T> knownAs(const guidance::Facts& known, const char* fact)
{
    const auto found = known.find(fact);
    const T* value = found == known.end() ? nullptr : std::get_if<T>(&found->second);
    return value ? std::optional(*value) : std::nullopt;
}

bool isTalk(domain::ContactResult result)
{
    return result == domain::ContactResult::Conversation || result == domain::ContactResult::WrongParty;
}

domain::CallPayload payloadOf(const CallRecord& call, const CallForm& form, const guidance::Outcome* outcome, const services::CaseView& view,
                              const guidance::Facts& known)
{
    domain::CallPayload payload{.partyId = call.party};
    payload.contactPointId = call.contactPoint;
    for (const domain::AccountRow& account : view.accounts)
        payload.accountIds.push_back(account.id);
    payload.direction = directionOf(call.origin);
    payload.startedAt = form.startedAt.value_or(call.startedAt);
    const bool proven = knownAs<bool>(known, guidance::kRightParty).value_or(false);
    if (outcome) {
        payload.outcome = outcome->code;
        payload.result = outcome->result;
        payload.rightParty = outcome->rightParty == guidance::RightParty::Yes || (outcome->rightParty == guidance::RightParty::Ask && proven);
    } else {
        payload.result = proven ? domain::ContactResult::Conversation : domain::ContactResult::NoAnswer;
        payload.rightParty = proven;
    }
    if (isTalk(payload.result))
        payload.durationS = form.durationS.value_or(call.talkedS.value_or(0));
    payload.note = base::SensitiveText(u8(form.note));
    payload.phraseFindings = form.findings;
    payload.dial = call.dialledBy;
    payload.gate = call.gate;
    // What the form says is newer than what was answered on the way.
    payload.overdueReason = form.overdueReason.empty() ? knownAs<std::string>(known, "reason_overdue").value_or("") : form.overdueReason;
    payload.willing = form.willing ? form.willing : knownAs<bool>(known, "willing");
    return payload;
}

std::optional<domain::ContactPointChangePayload> numberChange(const CallRecord& call, const CallForm& form, const guidance::Outcome* outcome,
                                                              const services::CaseView& view)
{
    auto finding = numberFinding(form.numberStatus);
    if (!finding && outcome && outcome->numberStatus)
        finding = NumberFinding{*outcome->numberStatus, outcome->code};
    if (!finding || !call.contactPoint)
        return std::nullopt;
    for (const services::PartyView& party : view.parties)
        for (const services::ContactPointView& point : party.contactPoints)
            if (point.id == *call.contactPoint && point.status != finding->status)
                return domain::ContactPointChangePayload{.contactPointId = point.id, .partyId = point.partyId, .added = false, .kind = point.kind,
                                                         .value = {}, .status = finding->status, .source = point.source, .reason = finding->reason};
    return std::nullopt;
}

} // namespace

domain::Direction directionOf(CallOrigin origin)
{
    return origin == CallOrigin::Inbound ? domain::Direction::Inbound : domain::Direction::Outbound;
}

base::Json scriptJson(const CallRecord& call, const guidance::ScriptRunner* runner)
{
    if (!runner && call.earlierScripts.empty())
        return call.resumedScript;
    auto traces = call.earlierScripts;
    if (runner)
        traces.push_back(guidance::toJson(runner->trace()));
    base::Json json = traces.front();
    if (traces.size() > 1) {
        json["then"] = base::Json::array();
        for (std::size_t at = 1; at < traces.size(); ++at)
            json["then"].push_back(traces[at]);
    }
    return json;
}

std::vector<domain::FlagPayload> flagsAskedFor(const guidance::Outcome* outcome, const std::vector<std::string>& raised, const domain::PartyId& party)
{
    std::vector<domain::FlagPayload> flags;
    const auto add = [&flags, &party](domain::FlagKind kind, bool wholeCase, const std::string& reason) {
        if (std::ranges::any_of(flags, [kind](const domain::FlagPayload& known) { return known.kind == kind; }))
            return;
        const bool isMedium = kind == domain::FlagKind::MediumOptOut;
        flags.push_back({.kind = kind, .set = true, .partyId = wholeCase ? std::nullopt : std::optional(party),
                         .channel = isMedium ? std::optional(domain::Channel::Call) : std::nullopt, .reason = reason});
    };
    if (outcome && outcome->flag)
        add(*outcome->flag, outcome->flagWholeCase, outcome->code);
    for (const std::string& word : raised)
        if (const auto kind = domain::flagKindFromWord(word))
            add(*kind, coversWholeCase(*kind), "script");
    return flags;
}

services::CallDraft draftOf(const CallRecord& call, const CallForm& form, const guidance::Outcome* outcome, const services::CaseView& view,
                            const guidance::Facts& known, const base::Json& script)
{
    services::CallDraft draft{.caseId = view.id, .contextVersion = view.version, .call = payloadOf(call, form, outcome, view, known), .draftId = call.draftId};
    draft.call.script = script;
    if (outcome && outcome->promise != guidance::Need::No && form.amount && form.dueOn)
        draft.promise = services::PromiseDraft{*form.amount, *form.dueOn, form.method};
    if (form.callbackAt)
        draft.reminder = domain::ReminderPayload{*form.callbackAt, "callback"};
    if (auto change = numberChange(call, form, outcome, view))
        draft.contactPointChanges.push_back(*std::move(change));
    return draft;
}

QJsonObject toJson(const CallRecord& call, const CallForm& form, const base::Json& script)
{
    static const char* const kOrigins[] = {"dialled", "inbound", "elsewhere"};
    QJsonObject body{{QStringLiteral("v"), 2}, {QStringLiteral("form"), toJson(form)}};
    body[QStringLiteral("origin")] = QString::fromLatin1(kOrigins[int(call.origin)]);
    body[QStringLiteral("party")] = q(call.party.toString());
    if (call.contactPoint)
        body[QStringLiteral("point")] = q(call.contactPoint->toString());
    body[QStringLiteral("started_at")] = q(call.startedAt.toRfc3339Utc());
    body[QStringLiteral("talked_s")] = qint64(call.talkedS.value_or(0));
    body[QStringLiteral("dial")] = q(call.dialledBy);
    body[QStringLiteral("gate")] = q(call.gate.dump());
    body[QStringLiteral("script")] = q(script.dump());
    return body;
}

std::optional<CallRecord> callRecordFromJson(const QJsonObject& body, const domain::DraftId& draftId)
{
    const auto party = domain::PartyId::tryFromString(u8(body[QStringLiteral("party")].toString()));
    const auto startedAt = base::Instant::tryFromRfc3339(u8(body[QStringLiteral("started_at")].toString()));
    if (!party || !startedAt)
        return std::nullopt;
    CallRecord call{.party = *party, .draftId = draftId};
    const QString origin = body[QStringLiteral("origin")].toString();
    call.origin = origin == QStringLiteral("inbound") ? CallOrigin::Inbound : origin == QStringLiteral("elsewhere") ? CallOrigin::Elsewhere : CallOrigin::Dialled;
    call.contactPoint = domain::ContactPointId::tryFromString(u8(body[QStringLiteral("point")].toString()));
    call.startedAt = *startedAt;
    call.talkedS = body[QStringLiteral("talked_s")].toInteger();
    call.dialledBy = u8(body[QStringLiteral("dial")].toString());
    call.gate = base::parseJson(u8(body[QStringLiteral("gate")].toString())).value_or(base::Json());
    call.resumedScript = base::parseJson(u8(body[QStringLiteral("script")].toString())).value_or(base::Json());
    return call;
}

} // namespace evenhand::ui
