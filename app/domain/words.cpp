// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/words.h"

#include <array>
#include <utility>

namespace evenhand::domain {

namespace {

template <class Enum, std::size_t N>
using Table = std::array<std::pair<Enum, std::string_view>, N>;

template <class Enum, std::size_t N>
std::string_view wordOf(const Table<Enum, N>& table, Enum value)
{
    for (const auto& [entry, word] : table)
        if (entry == value)
            return word;
    return {};
}

template <class Enum, std::size_t N>
std::optional<Enum> valueOf(const Table<Enum, N>& table, std::string_view word)
{
    for (const auto& [entry, text] : table)
        if (text == word)
            return entry;
    return std::nullopt;
}

constexpr Table<PartyRole, 5> kPartyRole{{
    {PartyRole::Debtor, "debtor"},
    {PartyRole::Guarantor, "guarantor"},
    {PartyRole::JointObligor, "joint_obligor"},
    {PartyRole::RelatedThird, "related_third"},
    {PartyRole::UnrelatedThird, "unrelated_third"}}};

constexpr Table<ContactPointKind, 5> kContactPointKind{{
    {ContactPointKind::Mobile, "mobile"},
    {ContactPointKind::Landline, "landline"},
    {ContactPointKind::Address, "address"},
    {ContactPointKind::Email, "email"},
    {ContactPointKind::Im, "im"}}};

constexpr Table<ContactSource, 7> kContactSource{{
    {ContactSource::Contract, "contract"},
    {ContactSource::Reserved, "reserved"},
    {ContactSource::Authorised, "authorised"},
    {ContactSource::Public, "public"},
    {ContactSource::ToldByContact, "told_by_contact"},
    {ContactSource::Bureau, "bureau"},
    {ContactSource::Unknown, "unknown"}}};

constexpr Table<ContactStatus, 4> kContactStatus{{
    {ContactStatus::Active, "active"},
    {ContactStatus::Invalid, "invalid"},
    {ContactStatus::Lost, "lost"},
    {ContactStatus::Unknown, "unknown"}}};

constexpr Table<Channel, 6> kChannel{{
    {Channel::Call, "call"},
    {Channel::Message, "message"},
    {Channel::Im, "im"},
    {Channel::Email, "email"},
    {Channel::Letter, "letter"},
    {Channel::Visit, "visit"}}};

constexpr Table<Direction, 2> kDirection{{
    {Direction::Outbound, "outbound"},
    {Direction::Inbound, "inbound"}}};

constexpr Table<InitiatedBy, 2> kInitiatedBy{{
    {InitiatedBy::Human, "human"},
    {InitiatedBy::Ai, "ai"}}};

constexpr Table<ContactResult, 12> kContactResult{{
    {ContactResult::Conversation, "conversation"},
    {ContactResult::Voicemail, "voicemail"},
    {ContactResult::NoAnswer, "no_answer"},
    {ContactResult::Rejected, "rejected"},
    {ContactResult::Busy, "busy"},
    {ContactResult::OutOfService, "out_of_service"},
    {ContactResult::InvalidNumber, "invalid_number"},
    {ContactResult::WrongParty, "wrong_party"},
    {ContactResult::Delivered, "delivered"},
    {ContactResult::Undelivered, "undelivered"},
    {ContactResult::Met, "met"},
    {ContactResult::NotMet, "not_met"}}};

constexpr Table<FlagKind, 15> kFlagKind{{
    {FlagKind::Cease, "cease"},
    {FlagKind::Dispute, "dispute"},
    {FlagKind::Attorney, "attorney"},
    {FlagKind::Bankruptcy, "bankruptcy"},
    {FlagKind::PlanInForce, "plan_in_force"},
    {FlagKind::Hardship, "hardship"},
    {FlagKind::Complaint, "complaint"},
    {FlagKind::Vulnerable, "vulnerable"},
    {FlagKind::Deceased, "deceased"},
    {FlagKind::WorkplaceBarred, "workplace_barred"},
    {FlagKind::MediumOptOut, "medium_opt_out"},
    {FlagKind::ThirdPartyOptOut, "third_party_opt_out"},
    {FlagKind::TimeBarred, "time_barred"},
    {FlagKind::ValidationPeriod, "validation_period"},
    {FlagKind::LostContact, "lost_contact"}}};

constexpr Table<CaseStatus, 4> kCaseStatus{{
    {CaseStatus::Open, "open"},
    {CaseStatus::Paid, "paid"},
    {CaseStatus::Closed, "closed"},
    {CaseStatus::Withdrawn, "withdrawn"}}};

constexpr Table<UserRole, 6> kUserRole{{
    {UserRole::Agent, "agent"},
    {UserRole::Field, "field"},
    {UserRole::Supervisor, "supervisor"},
    {UserRole::Qa, "qa"},
    {UserRole::Admin, "admin"},
    {UserRole::Auditor, "auditor"}}};

constexpr Table<PromiseState, 7> kPromiseState{{
    {PromiseState::Open, "open"},
    {PromiseState::Kept, "kept"},
    {PromiseState::PartlyKept, "partly_kept"},
    {PromiseState::Broken, "broken"},
    {PromiseState::Cancelled, "cancelled"},
    {PromiseState::Requested, "requested"},
    {PromiseState::Rejected, "rejected"}}};

} // namespace

std::string_view toWord(PartyRole value) { return wordOf(kPartyRole, value); }
std::optional<PartyRole> partyRoleFromWord(std::string_view word) { return valueOf(kPartyRole, word); }

std::string_view toWord(ContactPointKind value) { return wordOf(kContactPointKind, value); }
std::optional<ContactPointKind> contactPointKindFromWord(std::string_view word) { return valueOf(kContactPointKind, word); }

std::string_view toWord(ContactSource value) { return wordOf(kContactSource, value); }
std::optional<ContactSource> contactSourceFromWord(std::string_view word) { return valueOf(kContactSource, word); }

std::string_view toWord(ContactStatus value) { return wordOf(kContactStatus, value); }
std::optional<ContactStatus> contactStatusFromWord(std::string_view word) { return valueOf(kContactStatus, word); }

std::string_view toWord(Channel value) { return wordOf(kChannel, value); }
std::optional<Channel> channelFromWord(std::string_view word) { return valueOf(kChannel, word); }

std::string_view toWord(Direction value) { return wordOf(kDirection, value); }
std::optional<Direction> directionFromWord(std::string_view word) { return valueOf(kDirection, word); }

std::string_view toWord(InitiatedBy value) { return wordOf(kInitiatedBy, value); }
std::optional<InitiatedBy> initiatedByFromWord(std::string_view word) { return valueOf(kInitiatedBy, word); }

std::string_view toWord(ContactResult value) { return wordOf(kContactResult, value); }
std::optional<ContactResult> contactResultFromWord(std::string_view word) { return valueOf(kContactResult, word); }

std::string_view toWord(FlagKind value) { return wordOf(kFlagKind, value); }
std::optional<FlagKind> flagKindFromWord(std::string_view word) { return valueOf(kFlagKind, word); }

std::string_view toWord(CaseStatus value) { return wordOf(kCaseStatus, value); }
std::optional<CaseStatus> caseStatusFromWord(std::string_view word) { return valueOf(kCaseStatus, word); }

std::string_view toWord(UserRole value) { return wordOf(kUserRole, value); }
std::optional<UserRole> userRoleFromWord(std::string_view word) { return valueOf(kUserRole, word); }

std::string_view toWord(PromiseState value) { return wordOf(kPromiseState, value); }
std::optional<PromiseState> promiseStateFromWord(std::string_view word) { return valueOf(kPromiseState, word); }

} // namespace evenhand::domain
