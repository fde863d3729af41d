// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <cctype>

#include "app/services/casefacts.h"

/// What the contact gate is told about a case.
namespace evenhand::services {

namespace {

constexpr std::size_t kMostIdsKept = 500;          // an event has 64 KiB, and a note wants room too
constexpr std::pair<const char*, const char*> kStoredLanguages[] = {{"zh_CN", "zh_cn"}, {"zh_TW", "zh_tw"}, {"zh_HK", "zh_hk"}};

compliance::Party partyOf(const domain::PartyRow& row)
{
    return {row.id.toString(), row.role, row.timeZone, row.optedOut};
}

compliance::ContactPoint pointOf(const domain::ContactPointRow& row)
{
    return {row.id.toString(), row.partyId.toString(), row.kind, row.source, row.status, row.timeZone};
}

compliance::Flag flagOf(const domain::Flag& row)
{
    compliance::Flag flag{row.kind, row.setAt, row.clearedAt, row.partyId ? row.partyId->toString() : std::string(), {}, row.channel};
    for (const auto& account : row.accountIds)
        flag.accountIds.push_back(account.toString());
    return flag;
}

std::optional<compliance::Consent> consentOf(const domain::Consent& row)
{
    const auto kind = compliance::consentKindFromWord(row.kind);
    if (!kind)
        return std::nullopt;   // a consent this program does not understand does not exist
    return compliance::Consent{row.partyId.toString(), *kind, row.grantedAt, row.expiresAt, row.revokedAt, std::nullopt};
}

std::optional<compliance::PastContact> contactOf(const KnownEvent& event)
{
    const auto* call = event.payload ? std::get_if<domain::CallPayload>(&*event.payload) : nullptr;
    if (call == nullptr)
        return std::nullopt;
    compliance::PastContact past{event.header.eventId.toString(), call->startedAt, call->channel, call->direction, call->partyId.toString(),
                                 call->contactPointId ? call->contactPointId->toString() : std::string(), {}, call->initiatedBy, call->result,
                                 call->rightParty, call->durationS};
    for (const auto& account : call->accountIds)
        past.accountIds.push_back(account.toString());
    past.isOwn = event.isOwn;
    return past;
}

void addHistory(std::vector<compliance::PastContact>& history, const CaseFacts& facts)
{
    for (const auto& event : facts.events) {
        if (auto past = contactOf(event))
            history.push_back(*std::move(past));
    }
}

const domain::PartyRow* findParty(const CaseFacts& facts, const domain::PartyId& id)
{
    const auto party = std::ranges::find(facts.detail.parties, id, &domain::PartyRow::id);
    return party == facts.detail.parties.end() ? nullptr : &*party;
}

/// Contacts with the same person in another case count here, under the name this person has here.
void addPeerHistory(std::vector<compliance::PastContact>& history, const CaseFacts& peer, const domain::PartyRow& person)
{
    for (const auto& party : peer.detail.parties) {
        if (party.personKey != person.personKey)
            continue;
        for (const auto& event : peer.events) {
            auto past = contactOf(event);
            if (!past || past->partyId != party.id.toString())
                continue;
            past->partyId = person.id.toString();
            history.push_back(*std::move(past));
        }
    }
}

/// All contacts of this case, and those with this person elsewhere.
std::vector<compliance::PastContact> allContacts(const CaseFacts& facts, const std::vector<CaseFacts>& peers, const domain::PartyId& party)
{
    std::vector<compliance::PastContact> history;
    addHistory(history, facts);
    if (const auto* person = findParty(facts, party); person != nullptr && !person->personKey.empty()) {
        for (const auto& peer : peers)
            addPeerHistory(history, peer, *person);
    }
    return history;
}

} // namespace

compliance::GateQuestion gateQuestion(const CaseFacts& facts, const std::vector<CaseFacts>& peers, const GateRequest& request, base::Instant now)
{
    compliance::GateQuestion question;
    question.now = now;
    question.intent.channel = request.channel;
    question.intent.partyId = request.partyId.toString();
    question.intent.contactPointId = request.contactPointId ? request.contactPointId->toString() : std::string();
    question.intent.initiatedBy = request.initiatedBy;
    question.intent.purpose = request.purpose;
    question.intent.recording = request.recording;
    for (const auto& account : facts.detail.accounts)
        question.intent.accountIds.push_back(account.id.toString());
    std::ranges::transform(facts.detail.parties, std::back_inserter(question.facts.parties), partyOf);
    std::ranges::transform(facts.detail.contactPoints, std::back_inserter(question.facts.contactPoints), pointOf);
    question.facts.flags.emplace();
    std::ranges::transform(facts.detail.row.flags, std::back_inserter(*question.facts.flags), flagOf);
    for (const auto& row : facts.detail.row.consents) {
        if (auto consent = consentOf(row))
            question.facts.consents.push_back(*std::move(consent));
    }
    question.facts.history = allContacts(facts, peers, request.partyId);
    return question;
}

std::vector<compliance::PastContact> contactsWith(const CaseFacts& facts, const std::vector<CaseFacts>& peers, const domain::PartyId& party)
{
    auto contacts = allContacts(facts, peers, party);
    std::erase_if(contacts, [name = party.toString()](const compliance::PastContact& contact) { return contact.partyId != name; });
    return contacts;
}

base::Json storedQuestion(const compliance::GateQuestion& question)
{
    auto json = compliance::toJson(question);
    json.erase("history");
    auto ids = base::Json::array();
    for (const auto& contact : *question.facts.history)
        ids.push_back(contact.id);
    json["history_count"] = static_cast<std::int64_t>(ids.size());
    if (ids.size() <= kMostIdsKept)
        json["history_ids"] = std::move(ids);
    return json;
}

base::Json storedDecision(const compliance::Decision& decision)
{
    auto json = compliance::toJson(decision);
    for (auto& reason : json["reasons"]) {
        base::Json text = base::Json::object();
        for (const auto& [language, sentence] : reason["text"].items()) {
            std::string name = language;
            std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            text[name] = sentence;
        }
        reason["text"] = std::move(text);
    }
    return json;
}

std::optional<compliance::Decision> decisionFromStored(const base::Json& json)
{
    if (!json.is_object())
        return std::nullopt;
    auto read = compliance::decisionFromJson(json);
    if (!read)
        return std::nullopt;
    for (auto& reason : read->reasons) {
        for (const auto& [language, stored] : kStoredLanguages) {
            if (auto found = reason.text.extract(stored); !found.empty()) {
                found.key() = language;
                reason.text.insert(std::move(found));
            }
        }
    }
    return *std::move(read);
}

} // namespace evenhand::services
