// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/mapping.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "app/domain/words.h"
#include "server/import/csvseparator.h"
#include "server/import/textdecoder.h"
#include "server/import/valuespecreader.h"

namespace evenhand::server {

using base::ErrorCode;
using base::Result;
using base::SourceProblems;
using base::YamlFields;
using base::YamlNode;

namespace {

constexpr const char* kRoles = "guarantor, joint_obligor, related_third, unrelated_third";
constexpr const char* kContactKinds = "mobile, landline, email, im";
constexpr const char* kSources = "contract, reserved, authorised, public, told_by_contact, bureau, unknown";
constexpr const char* kStatuses = "active, invalid, lost, unknown";
constexpr const char* kCaseStatuses = "open, paid, closed, withdrawn";

// One class for one walk over the file, so that the readers need not pass five things to each other.
class MappingReader {
public:
    MappingReader(const YamlNode& root, Mapping& mapping) : m_root(root), m_mapping(mapping), m_values(mapping, m_problems) {}

    Result<> read()
    {
        YamlFields in(m_root, m_problems, "a mapping");
        readVersion(in);
        m_mapping.portfolio = in.textOr("portfolio", "");
        static_cast<void>(in.textOr("description", ""));
        readFile(in);
        readFormats(in);
        if (const auto payment = in.child("payment")) {
            readPayment(*payment);
        } else {
            readCase(in);
            readPersons(in);
            readAccounts(in);
            readContacts(in, "phones", false);
            readContacts(in, "addresses", true);
        }
        in.refuseOthers();
        if (m_problems.empty())
            return {};
        std::stable_sort(m_problems.begin(), m_problems.end(), [](const auto& a, const auto& b) {
            return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
        });
        return base::fail(ErrorCode::Invalid, base::toLines(m_problems));
    }

private:
    void readVersion(YamlFields& in)
    {
        if (in.requiredChild("version"))
            static_cast<void>(in.integerOr("version", 1, 1, 1));
    }

    void readFile(YamlFields& top)
    {
        const auto node = top.child("file");
        if (!node)
            return;
        YamlFields in(*node, m_problems, "`file`");
        if (in.textOr("encoding", "auto") != "auto")
            m_mapping.encoding = in.word<TextEncoding>("encoding", textEncodingFromWord, kKnownEncodings);
        if (in.textOr("separator", "auto") != "auto")
            m_mapping.separator = in.word<char>("separator", separatorFromWord, kKnownSeparators);
        m_mapping.headerRow = static_cast<int>(in.integerOr("header_row", 1, 1, 1000));
        // `NULL` without quotes is nothing at all in YAML; here it can only mean the word.
        for (const auto& item : in.items("nulls")) {
            if (item.isNull())
                m_mapping.nulls.insert(m_mapping.nulls.end(), {"NULL", "null", "~"});
            else if (item.isScalar())
                m_mapping.nulls.push_back(item.scalar());
            else
                item.complain(m_problems, "`nulls` must hold texts only");
        }
        const auto ragged = in.word<RaggedRows>("ragged", [](std::string_view word) {
            return word == "reject" ? std::optional(RaggedRows::Reject) : word == "pad" ? std::optional(RaggedRows::Pad) : std::nullopt;
        }, "reject, pad");
        m_mapping.ragged = ragged.value_or(RaggedRows::Reject);
        in.refuseOthers();
    }

    static std::optional<char> separatorFromWord(std::string_view word)
    {
        static constexpr std::array<std::pair<std::string_view, char>, 8> kWords{{{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'},
            {"pipe", '|'}, {",", ','}, {";", ';'}, {"\t", '\t'}, {"|", '|'}}};
        for (const auto& [known, separator] : kWords)
            if (known == word)
                return separator;
        return std::nullopt;
    }

    void readFormats(YamlFields& top)
    {
        std::vector<DateFormat> dates;
        for (const auto* pattern : {"yyyy-MM-dd", "yyyy/M/d", "yyyyMMdd", "yyyy年M月d日"})
            dates.push_back(*DateFormat::parse(pattern));
        MoneyFormat money;
        if (const auto node = top.child("formats")) {
            YamlFields in(*node, m_problems, "`formats`");
            dates = m_values.dateFormats(in, "dates", dates);
            if (const auto moneyNode = in.child("money")) {
                YamlFields moneyIn(*moneyNode, m_problems, "`money`");
                money = m_values.moneyFormat(moneyIn, money);
                moneyIn.refuseOthers();
            }
            in.refuseOthers();
        }
        m_values.setDefaults(std::move(dates), money);
    }

    void readCase(YamlFields& top)
    {
        const auto node = top.requiredChild("case");
        if (!node)
            return;
        YamlFields in(*node, m_problems, "`case`");
        m_mapping.businessNo = m_values.requiredValue(in, "business_no", ValueKind::Text);
        m_mapping.currency = m_values.requiredValue(in, "currency", ValueKind::Text);
        m_mapping.creditor = m_values.value(in, "creditor", ValueKind::Text);
        m_mapping.status = m_values.word(in, "status", domain::caseStatusFromWord, kCaseStatuses);
        m_mapping.hotNote = m_values.value(in, "hot_note", ValueKind::Text);
        m_mapping.priority = m_values.value(in, "priority", ValueKind::Number);
        m_mapping.region = m_values.value(in, "region", ValueKind::Text);
        const auto repeated = in.word<RepeatedCase>("repeated", [](std::string_view word) {
            return word == "reject"             ? std::optional(RepeatedCase::Reject)
                   : word == "further_accounts" ? std::optional(RepeatedCase::FurtherAccounts)
                                                : std::nullopt;
        }, "reject, further_accounts");
        m_mapping.repeated = repeated.value_or(RepeatedCase::Reject);
        in.refuseOthers();
        refuseUnknownCurrency(m_mapping.currency);
    }

    void readPayment(const YamlNode& node)
    {
        YamlFields in(node, m_problems, "`payment`");
        PaymentMapping payment;
        payment.paymentNo = m_values.requiredValue(in, "payment_no", ValueKind::Text);
        payment.businessNo = m_values.requiredValue(in, "business_no", ValueKind::Text);
        payment.accountNo = m_values.value(in, "account_no", ValueKind::Text);
        payment.currency = m_values.requiredValue(in, "currency", ValueKind::Text);
        payment.amount = m_values.requiredValue(in, "amount", ValueKind::Money);
        payment.paidOn = m_values.requiredValue(in, "paid_on", ValueKind::Date);
        payment.method = m_values.value(in, "method", ValueKind::Text);
        payment.reversedOn = m_values.value(in, "reversed_on", ValueKind::Date);
        payment.reverses = m_values.value(in, "reverses", ValueKind::Text);
        in.refuseOthers();
        refuseUnknownCurrency(payment.currency);
        m_mapping.payment = std::move(payment);
    }

    void refuseUnknownCurrency(const std::optional<ValueSpec>& spec)
    {
        if (!spec || spec->addends.size() != 1 || !spec->addends.front().isConstant() || spec->addends.front().pieces.empty())
            return;
        const auto& code = spec->addends.front().pieces.front().text;
        if (!base::Currency::tryFromCode(code))
            m_problems.push_back({spec->place, "\"" + code + "\" is not an ISO 4217 code such as CNY"});
    }

    void readPerson(YamlFields& in, PersonMapping& person)
    {
        person.name = m_values.requiredValue(in, "name", ValueKind::Text);
        person.idNumber = m_values.value(in, "id_number", ValueKind::Text);
        person.gender = m_values.word(in, "gender", [](std::string_view word) {
            return word == "female" || word == "male" ? std::optional(true) : std::nullopt;
        }, "female, male");
        person.employer = m_values.value(in, "employer", ValueKind::Text);
        person.timeZone = m_values.word(in, "time_zone", [](std::string_view word) { return base::TimeZone::tryFromName(word); },
                                        "names of the IANA time zone database such as Asia/Shanghai");
        person.personKey = m_values.value(in, "person_key", ValueKind::Text);
        in.refuseOthers();
    }

    void readPersons(YamlFields& top)
    {
        m_mapping.persons.emplace_back().key = "debtor";
        if (const auto node = top.requiredChild("debtor")) {
            YamlFields in(*node, m_problems, "`debtor`");
            readPerson(in, m_mapping.persons.front());
        }
        for (const auto& node : top.items("parties")) {
            YamlFields in(node, m_problems, "a party");
            PersonMapping person{};
            person.key = in.text("key");
            if (personIndex(person.key))
                node.complain(m_problems, "the key \"" + person.key + "\" is taken");
            person.role = m_values.word(in, "role", [](std::string_view word) {
                const auto role = domain::partyRoleFromWord(word);
                return role == domain::PartyRole::Debtor ? std::nullopt : role;
            }, kRoles);
            if (!person.role)
                node.complain(m_problems, std::string("a party needs `role`; known: ") + kRoles);
            person.relation = m_values.value(in, "relation", ValueKind::Text);
            readPerson(in, person);
            m_mapping.persons.push_back(std::move(person));
        }
    }

    [[nodiscard]] std::optional<std::size_t> personIndex(const std::string& key) const
    {
        for (std::size_t i = 0; i < m_mapping.persons.size(); ++i)
            if (m_mapping.persons[i].key == key)
                return i;
        return std::nullopt;
    }

    void readAccounts(YamlFields& top)
    {
        if (!top.requiredChild("accounts"))
            return;
        for (const auto& node : top.items("accounts"))
            readAccount(node);
        if (m_mapping.accounts.empty())
            m_root.complain(m_problems, "`accounts` needs at least one account");
    }

    void readAccount(const YamlNode& node)
    {
        YamlFields in(node, m_problems, "an account");
        AccountMapping account;
        account.accountNo = m_values.requiredValue(in, "account_no", ValueKind::Text);
        account.product = m_values.value(in, "product", ValueKind::Text);
        account.principal = m_values.requiredValue(in, "principal", ValueKind::Money);
        account.interest = m_values.value(in, "interest", ValueKind::Money);
        account.fees = m_values.value(in, "fees", ValueKind::Money);
        account.overdue = m_values.value(in, "overdue", ValueKind::Money);
        account.dpd = m_values.value(in, "dpd", ValueKind::Number);
        account.overdueSince = m_values.value(in, "overdue_since", ValueKind::Date);
        account.openedOn = m_values.value(in, "opened_on", ValueKind::Date);
        account.dueOn = m_values.value(in, "due_on", ValueKind::Date);
        account.optional = in.booleanOr("optional", false);
        if (account.dpd && account.overdueSince)
            node.complain(m_problems, "`dpd` and `overdue_since` say the same thing; give one of them");
        if (const auto facts = in.child("facts")) {
            if (!facts->isMap())
                facts->complain(m_problems, "`facts` must be lines of `name: \"{COLUMN}\"`");
            for (const auto& [name, value] : facts->members())
                account.facts.emplace_back(name.scalar(), m_values.valueAt(value, name.scalar(), ValueKind::Text));
        }
        in.refuseOthers();
        m_mapping.accounts.push_back(std::move(account));
    }

    void readContacts(YamlFields& top, std::string_view key, bool isAddress)
    {
        for (const auto& node : top.items(key)) {
            YamlFields in(node, m_problems, isAddress ? "an address" : "a phone");
            ContactMapping contact;
            contact.isAddress = isAddress;
            const auto of = in.textOr("of", "debtor");
            const auto person = personIndex(of);
            if (!person)
                (in.child("of") ? *in.child("of") : node).complain(m_problems, "no party has the key \"" + of + "\"; known: " + knownKeys());
            contact.person = person.value_or(0);
            contact.value = m_values.requiredValue(in, isAddress ? "text" : "number", ValueKind::Text);
            if (!isAddress) {
                contact.kind = m_values.word(in, "kind", [](std::string_view word) {
                    const auto kind = domain::contactPointKindFromWord(word);
                    return kind == domain::ContactPointKind::Address ? std::nullopt : kind;
                }, kContactKinds);
                contact.split = in.textOr("split", "");
            }
            contact.source = m_values.word(in, "source", domain::contactSourceFromWord, kSources);
            contact.status = m_values.word(in, "status", domain::contactStatusFromWord, kStatuses);
            contact.label = m_values.value(in, "label", ValueKind::Text);
            contact.timeZone = m_values.word(in, "time_zone", [](std::string_view word) { return base::TimeZone::tryFromName(word); },
                                             "names of the IANA time zone database such as Asia/Shanghai");
            in.refuseOthers();
            m_mapping.contacts.push_back(std::move(contact));
        }
    }

    [[nodiscard]] std::string knownKeys() const
    {
        std::string keys;
        for (const auto& person : m_mapping.persons)
            keys += (keys.empty() ? "" : ", ") + person.key;
        return keys;
    }

    YamlNode m_root;
    Mapping& m_mapping;
    SourceProblems m_problems;
    ValueSpecReader m_values;
};

} // namespace

bool Template::isConstant() const
{
    return std::all_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return piece.column == kText; });
}

Result<Mapping> Mapping::parseText(std::string_view text, const std::string& fileName)
{
    // Its texts end up in rows; and a mapping that an editor saved as GBK would match no column.
    std::string ignored;
    if (!TextDecoder(TextEncoding::Utf8).decode(base::asBytes(text), true, ignored))
        return base::fail(ErrorCode::Invalid, fileName + ": is not UTF-8; save the mapping as UTF-8");
    EVENHAND_ASSIGN(const auto root, YamlNode::parseText(text, fileName));
    Mapping mapping;
    mapping.file = fileName;
    EVENHAND_TRY(MappingReader(root, mapping).read());
    return mapping;
}

Result<Mapping> Mapping::parseFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return base::fail(ErrorCode::NotFound, path + ": cannot be read");
    std::ostringstream text;
    text << file.rdbuf();
    return parseText(text.str(), path);
}

} // namespace evenhand::server
