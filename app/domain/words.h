// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

/// The closed vocabularies of the trade (DESIGN §6) and their stored form. Every enum has one toWord/…FromWord pair; the
/// words are what JSON, YAML and the databases hold.
namespace evenhand::domain {

enum class PartyRole { Debtor, Guarantor, JointObligor, RelatedThird, UnrelatedThird };
enum class ContactPointKind { Mobile, Landline, Address, Email, Im };
enum class ContactSource { Contract, Reserved, Authorised, Public, ToldByContact, Bureau, Unknown };
enum class ContactStatus { Active, Invalid, Lost, Unknown };
enum class Channel { Call, Message, Im, Email, Letter, Visit };
enum class Direction { Outbound, Inbound };
enum class InitiatedBy { Human, Ai };
enum class ContactResult {
    Conversation, Voicemail, NoAnswer, Rejected, Busy, OutOfService, InvalidNumber, WrongParty, Delivered, Undelivered, Met, NotMet
};
enum class FlagKind {
    Cease, Dispute, Attorney, Bankruptcy, PlanInForce, Hardship, Complaint, Vulnerable, Deceased, WorkplaceBarred, MediumOptOut,
    ThirdPartyOptOut, TimeBarred, ValidationPeriod, LostContact
};
enum class CaseStatus { Open, Paid, Closed, Withdrawn };
enum class UserRole { Agent, Field, Supervisor, Qa, Admin, Auditor };
/// Requested and Rejected: of promises above the limits, before and after somebody decided.
enum class PromiseState { Open, Kept, PartlyKept, Broken, Cancelled, Requested, Rejected };

[[nodiscard]] std::string_view toWord(PartyRole value);
[[nodiscard]] std::string_view toWord(ContactPointKind value);
[[nodiscard]] std::string_view toWord(ContactSource value);
[[nodiscard]] std::string_view toWord(ContactStatus value);
[[nodiscard]] std::string_view toWord(Channel value);
[[nodiscard]] std::string_view toWord(Direction value);
[[nodiscard]] std::string_view toWord(InitiatedBy value);
[[nodiscard]] std::string_view toWord(ContactResult value);
[[nodiscard]] std::string_view toWord(FlagKind value);
[[nodiscard]] std::string_view toWord(CaseStatus value);
[[nodiscard]] std::string_view toWord(UserRole value);
[[nodiscard]] std::string_view toWord(PromiseState value);

[[nodiscard]] std::optional<PartyRole> partyRoleFromWord(std::string_view word);
[[nodiscard]] std::optional<ContactPointKind> contactPointKindFromWord(std::string_view word);
[[nodiscard]] std::optional<ContactSource> contactSourceFromWord(std::string_view word);
[[nodiscard]] std::optional<ContactStatus> contactStatusFromWord(std::string_view word);
[[nodiscard]] std::optional<Channel> channelFromWord(std::string_view word);
[[nodiscard]] std::optional<Direction> directionFromWord(std::string_view word);
[[nodiscard]] std::optional<InitiatedBy> initiatedByFromWord(std::string_view word);
[[nodiscard]] std::optional<ContactResult> contactResultFromWord(std::string_view word);
[[nodiscard]] std::optional<FlagKind> flagKindFromWord(std::string_view word);
[[nodiscard]] std::optional<CaseStatus> caseStatusFromWord(std::string_view word);
[[nodiscard]] std::optional<UserRole> userRoleFromWord(std::string_view word);
[[nodiscard]] std::optional<PromiseState> promiseStateFromWord(std::string_view word);

} // namespace evenhand::domain
