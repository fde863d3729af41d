// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/words.h"

#include "ui/text/strings.h"

namespace evenhand::ui {

QString Words::of(domain::PartyRole value)
{
    switch (value) {
    case domain::PartyRole::Debtor: return tr("Debtor");
    case domain::PartyRole::Guarantor: return tr("Guarantor");
    case domain::PartyRole::JointObligor: return tr("Joint obligor");
    case domain::PartyRole::RelatedThird: return tr("Related person");
    case domain::PartyRole::UnrelatedThird: return tr("Contact person");
    }
    return {};
}

QString Words::of(domain::ContactPointKind value)
{
    switch (value) {
    case domain::ContactPointKind::Mobile: return tr("Mobile");
    case domain::ContactPointKind::Landline: return tr("Landline");
    case domain::ContactPointKind::Address: return tr("Address");
    case domain::ContactPointKind::Email: return tr("E-mail");
    case domain::ContactPointKind::Im: return tr("Messenger");
    }
    return {};
}

QString Words::of(domain::ContactSource value)
{
    switch (value) {
    case domain::ContactSource::Contract: return tr("from the contract");
    case domain::ContactSource::Reserved: return tr("left by the debtor");
    case domain::ContactSource::Authorised: return tr("authorised");
    case domain::ContactSource::Public: return tr("public source");
    case domain::ContactSource::ToldByContact: return tr("told by a contact");
    case domain::ContactSource::Bureau: return tr("from a bureau");
    case domain::ContactSource::Unknown: return tr("source unknown");
    }
    return {};
}

QString Words::of(domain::ContactStatus value)
{
    switch (value) {
    case domain::ContactStatus::Active: return tr("in use");
    case domain::ContactStatus::Invalid: return tr("dead number");
    case domain::ContactStatus::Lost: return tr("belongs to someone else");
    case domain::ContactStatus::Unknown: return tr("not tried yet");
    }
    return {};
}

QString Words::of(domain::Channel value)
{
    switch (value) {
    case domain::Channel::Call: return tr("Call");
    case domain::Channel::Message: return tr("Text message");
    case domain::Channel::Im: return tr("Messenger");
    case domain::Channel::Email: return tr("E-mail");
    case domain::Channel::Letter: return tr("Letter");
    case domain::Channel::Visit: return tr("Visit");
    }
    return {};
}

QString Words::of(domain::Direction value)
{
    switch (value) {
    case domain::Direction::Outbound: return tr("outgoing");
    case domain::Direction::Inbound: return tr("incoming");
    }
    return {};
}

QString Words::of(domain::ContactResult value)
{
    switch (value) {
    case domain::ContactResult::Conversation: return tr("Conversation");
    case domain::ContactResult::Voicemail: return tr("Voicemail");
    case domain::ContactResult::NoAnswer: return tr("No answer");
    case domain::ContactResult::Rejected: return tr("Rejected");
    case domain::ContactResult::Busy: return tr("Busy");
    case domain::ContactResult::OutOfService: return tr("Out of service");
    case domain::ContactResult::InvalidNumber: return tr("Number does not exist");
    case domain::ContactResult::WrongParty: return tr("Wrong person");
    case domain::ContactResult::Delivered: return tr("Delivered");
    case domain::ContactResult::Undelivered: return tr("Not delivered");
    case domain::ContactResult::Met: return tr("Met in person");
    case domain::ContactResult::NotMet: return tr("Nobody met");
    }
    return {};
}

QString Words::of(domain::FlagKind value)
{
    switch (value) {
    case domain::FlagKind::Cease: return tr("Asked us to stop");
    case domain::FlagKind::Dispute: return tr("Disputed");
    case domain::FlagKind::Attorney: return tr("Represented by a lawyer");
    case domain::FlagKind::Bankruptcy: return tr("Bankruptcy");
    case domain::FlagKind::PlanInForce: return tr("Plan in force");
    case domain::FlagKind::Hardship: return tr("Hardship");
    case domain::FlagKind::Complaint: return tr("Complaint");
    case domain::FlagKind::Vulnerable: return tr("Vulnerable");
    case domain::FlagKind::Deceased: return tr("Deceased");
    case domain::FlagKind::WorkplaceBarred: return tr("Not at work");
    case domain::FlagKind::MediumOptOut: return tr("Channel refused");
    case domain::FlagKind::ThirdPartyOptOut: return tr("Third person refused");
    case domain::FlagKind::TimeBarred: return tr("Time-barred");
    case domain::FlagKind::ValidationPeriod: return tr("Validation period");
    case domain::FlagKind::LostContact: return tr("Contact lost");
    }
    return {};
}

QString Words::of(domain::CaseStatus value)
{
    switch (value) {
    case domain::CaseStatus::Open: return tr("Open");
    case domain::CaseStatus::Paid: return tr("Paid");
    case domain::CaseStatus::Closed: return tr("Closed");
    case domain::CaseStatus::Withdrawn: return tr("Withdrawn");
    }
    return {};
}

QString Words::of(domain::UserRole value)
{
    switch (value) {
    case domain::UserRole::Agent: return tr("Agent");
    case domain::UserRole::Field: return tr("Field collector");
    case domain::UserRole::Supervisor: return tr("Supervisor");
    case domain::UserRole::Qa: return tr("Quality assurance");
    case domain::UserRole::Admin: return tr("Administrator");
    case domain::UserRole::Auditor: return tr("Auditor");
    }
    return {};
}

QString Words::of(domain::PromiseState value)
{
    switch (value) {
    case domain::PromiseState::Open: return tr("open");
    case domain::PromiseState::Kept: return tr("kept");
    case domain::PromiseState::PartlyKept: return tr("partly kept");
    case domain::PromiseState::Broken: return tr("broken");
    case domain::PromiseState::Cancelled: return tr("cancelled");
    case domain::PromiseState::Requested: return tr("waits for approval");
    case domain::PromiseState::Rejected: return tr("not approved");
    }
    return {};
}

QString Words::of(compliance::Verdict value)
{
    switch (value) {
    case compliance::Verdict::Allow: return tr("May be contacted");
    case compliance::Verdict::Warn: return tr("With care");
    case compliance::Verdict::Hold: return tr("On hold");
    case compliance::Verdict::Block: return tr("Blocked");
    }
    return {};
}

QString Words::payMethod(const std::string& code)
{
    if (code == "app") return tr("Lender's app");
    if (code == "bank_transfer") return tr("Bank transfer");
    if (code == "counter") return tr("Bank counter");
    if (code == "auto_debit") return tr("Direct debit");
    if (code == "alipay") return tr("Alipay");
    if (code == "wechat") return tr("WeChat Pay");
    if (code == "other") return tr("Another way");
    return q(code);
}

QString Words::relation(const std::string& code)
{
    if (code == "self") return tr("self");
    if (code == "spouse") return tr("spouse");
    if (code == "parent") return tr("parent");
    if (code == "child") return tr("child");
    if (code == "sibling") return tr("sibling");
    if (code == "friend") return tr("friend");
    if (code == "colleague") return tr("colleague");
    if (code == "relative") return tr("relative");
    if (code == "employer") return tr("employer");
    if (code == "other") return tr("other");
    return q(code);
}

QString Words::overrideReason(const std::string& code)
{
    if (code == "asked_for_it") return tr("the person asked for it");
    if (code == "agreed") return tr("it was agreed with the person");
    if (code == "helps_them") return tr("it keeps harm from the person");
    if (code == "record_wrong") return tr("what the rule goes by is recorded wrongly");
    if (code == "instructed") return tr("told to by a supervisor");
    return q(code);
}

QString Words::annotation(const std::string& status)
{
    if (status == "accepted") return tr("Accepted");
    if (status == "needs_approval") return tr("Needs approval");
    if (status == "outside_rules") return tr("Outside the rules");
    if (status == "superseded") return tr("Superseded");
    if (status == "rejected") return tr("Not approved");
    if (status == "withdrawn") return tr("Request withdrawn");
    if (status == "cancelled") return tr("Ended");
    return q(status);
}

QString lightIconName(compliance::Verdict verdict)
{
    return QStringLiteral("light-") + lookOf(verdict);
}

QString lookOf(compliance::Verdict verdict)
{
    switch (verdict) {
    case compliance::Verdict::Allow: return QStringLiteral("allow");
    case compliance::Verdict::Warn: return QStringLiteral("warn");
    case compliance::Verdict::Hold: return QStringLiteral("hold");
    case compliance::Verdict::Block: return QStringLiteral("block");
    }
    return {};
}

QString iconName(domain::Channel channel)
{
    switch (channel) {
    case domain::Channel::Call: return QStringLiteral("phone");
    case domain::Channel::Message:
    case domain::Channel::Im: return QStringLiteral("message");
    case domain::Channel::Email:
    case domain::Channel::Letter: return QStringLiteral("mail");
    case domain::Channel::Visit: return QStringLiteral("visit");
    }
    return {};
}

QString iconName(domain::ContactPointKind kind)
{
    switch (kind) {
    case domain::ContactPointKind::Mobile:
    case domain::ContactPointKind::Landline: return QStringLiteral("phone");
    case domain::ContactPointKind::Address: return QStringLiteral("visit");
    case domain::ContactPointKind::Email: return QStringLiteral("mail");
    case domain::ContactPointKind::Im: return QStringLiteral("message");
    }
    return {};
}

} // namespace evenhand::ui
