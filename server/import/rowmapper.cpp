// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/rowmapper.h"

#include <algorithm>

#include "app/base/yamlfields.h"
#include "server/import/csvseparator.h"
#include "server/import/rowvalues.h"

namespace evenhand::server {

using base::Currency;
using base::ErrorCode;
using base::Money;
using base::Result;
using base::SensitiveText;
using domain::ContactPointKind;
using domain::PartyRole;

namespace {

constexpr int kLargestDpd = 36500;

// Builds one case out of the evaluated values of one row.
class CaseBuilder {
public:
    CaseBuilder(const Mapping& mapping, const ImportContext& context, RowValues& values)
        : m_mapping(mapping), m_context(context), m_values(values)
    {
    }

    LenderCase build()
    {
        const auto businessNo = m_values.requiredIdentifier(m_mapping.businessNo, "the case number");
        auto result = head(businessNo, currency());
        for (const auto& person : m_mapping.persons)
            addPerson(result, person);
        for (const auto& account : m_mapping.accounts)
            addAccount(result, account);
        for (const auto& contact : m_mapping.contacts)
            addContact(result, contact);
        if (result.accounts.empty() && m_values.ok())
            m_values.complainAboutRow("none of the accounts has a number");
        return result;
    }

private:
    Currency currency()
    {
        const auto code = m_values.required(m_mapping.currency, "the currency");
        const auto known = Currency::tryFromCode(code);
        if (!known && !code.empty())
            m_values.complain(*m_mapping.currency, "is not an ISO 4217 code such as CNY");
        return known.value_or(*Currency::tryFromCode("CNY"));
    }

    LenderCase head(const std::string& businessNo, Currency currency)
    {
        const auto zero = *Money::tryFromMinor(0, currency);
        const auto priority = m_values.number(m_mapping.priority, 0, 1'000'000);
        domain::CaseRow row{caseIdOf(m_context.portfolio, businessNo),
                            businessNo,
                            m_context.portfolio,
                            std::string(m_values.text(m_mapping.creditor)),
                            m_values.word(m_mapping.status, domain::caseStatusFromWord, domain::CaseStatus::Open),
                            zero,
                            zero,
                            0,
                            {},
                            static_cast<int>(priority.value_or(0)),
                            SensitiveText(m_values.required(m_mapping.persons.front().name, "the debtor's name")),
                            m_values.optional(m_mapping.hotNote),
                            {},
                            {},
                            std::nullopt,
                            std::nullopt};
        return {std::move(row), {}, {}, {}, std::string(m_values.text(m_mapping.region)), priority.has_value(), {m_values.rowNumber()}};
    }

    std::string personKey(const PersonMapping& person, const std::string& idNumber)
    {
        const auto own = m_values.identifier(person.personKey);
        if (!own.empty())
            return base::Uuid::fromName("evenhand.person", m_context.portfolio + '\n' + own).toString();
        return idNumber.empty() ? std::string() : base::Uuid::fromName("evenhand.person.id", idNumber).toString();
    }

    // Always remembers a place for the person, so that contact points find theirs by index.
    void addPerson(LenderCase& into, const PersonMapping& person)
    {
        m_people.push_back(std::nullopt);
        const bool isDebtor = m_people.size() == 1;
        const std::string name = isDebtor ? into.head.debtorName.reveal() : std::string(m_values.text(person.name));
        if (name.empty())
            return;
        const auto role = isDebtor ? PartyRole::Debtor : m_values.word(person.role, domain::partyRoleFromWord, PartyRole::UnrelatedThird);
        const auto id = partyIdOf(into.head.id, role, name);
        auto idNumber = m_values.identifier(person.idNumber);
        auto key = personKey(person, idNumber);
        m_people.back() = id;
        if (std::any_of(into.parties.begin(), into.parties.end(), [&](const auto& known) { return known.id == id; }))
            return;
        into.parties.push_back({id, into.head.id, role, SensitiveText(name), SensitiveText(std::move(idNumber)), timeZone(person.timeZone),
                                gender(person.gender), m_values.optional(person.relation), m_values.optional(person.employer), std::nullopt,
                                std::move(key)});
    }

    std::string timeZone(const std::optional<ValueSpec>& spec)
    {
        auto name = std::string(m_values.text(spec));
        if (!name.empty() && name != m_knownZone && !base::TimeZone::tryFromName(name))
            m_values.complain(*spec, "is not a name of the IANA time zone database such as Asia/Shanghai");
        m_knownZone = name;
        return name;
    }

    std::optional<std::string> gender(const std::optional<ValueSpec>& spec)
    {
        auto word = m_values.optional(spec);
        if (word && *word != "female" && *word != "male")
            m_values.complain(*spec, "is neither female nor male; add it to the `map` of the mapping");
        return word;
    }

    int daysPastDue(const AccountMapping& account)
    {
        if (account.overdueSince) {
            const auto since = m_values.date(account.overdueSince);
            return since ? std::clamp(m_context.asOf.dayNumber() - since->dayNumber(), 0, kLargestDpd) : 0;
        }
        return static_cast<int>(m_values.number(account.dpd, 0, kLargestDpd).value_or(0));
    }

    void addAccount(LenderCase& into, const AccountMapping& account)
    {
        if (account.optional && m_values.text(account.accountNo).empty())
            return;
        const auto currency = into.head.balance.currency();
        auto accountNo = m_values.requiredIdentifier(account.accountNo, "the account number");
        const auto id = accountIdOf(into.head.id, accountNo);
        if (std::any_of(into.accounts.begin(), into.accounts.end(), [&](const auto& known) { return known.id == id; }))
            m_values.complain(*account.accountNo, "the same account number stands twice in this row");
        const auto principal = m_values.requiredMoney(account.principal, currency, "the principal");
        const auto interest = m_values.money(account.interest, currency);
        const auto fees = m_values.money(account.fees, currency);
        const auto overdue = m_values.money(account.overdue, currency);
        domain::AccountRow row{id,       into.head.id, std::move(accountNo), std::string(m_values.text(account.product)),
                               principal, interest,    fees,                 overdue,
                               daysPastDue(account),   m_values.date(account.openedOn), m_values.date(account.dueOn), {}};
        for (const auto& [name, spec] : account.facts)
            if (const auto text = m_values.text(spec); !text.empty())
                row.facts.emplace_back(name, text);
        into.accounts.push_back(std::move(row));
    }

    void addContact(LenderCase& into, const ContactMapping& contact)
    {
        auto written = m_values.text(contact.value);
        const auto& person = m_people[contact.person];
        if (written.empty())
            return;
        if (!person) {
            if (contact.person > 0)   // the debtor's missing name is already reported
                m_values.complain(*contact.value, "belongs to a party whose name is empty");
            return;
        }
        while (!written.empty()) {
            const auto end = contact.split.empty() ? std::string_view::npos : written.find_first_of(contact.split);
            addOneContact(into, contact, *person, trimmed(written.substr(0, end)));
            written = end == std::string_view::npos ? std::string_view() : written.substr(end + 1);
        }
    }

    void addOneContact(LenderCase& into, const ContactMapping& contact, const domain::PartyId& person, std::string_view written)
    {
        if (written.empty())
            return;
        std::string value(written);
        auto kind = ContactPointKind::Address;
        if (!contact.isAddress) {
            const auto given = m_values.text(contact.kind);
            kind = given.empty() ? ContactPointKind::Landline
                                 : m_values.word(contact.kind, domain::contactPointKindFromWord, ContactPointKind::Landline);
            if (kind == ContactPointKind::Mobile || kind == ContactPointKind::Landline) {
                auto number = parsePhone(written);
                if (!number) {
                    m_values.complain(*contact.value, number.error().detail);
                    return;
                }
                value = *std::move(number);
                if (given.empty() && isChineseMobile(value))
                    kind = ContactPointKind::Mobile;
            }
        }
        const auto id = contactPointIdOf(person, kind, value);
        if (std::any_of(into.contactPoints.begin(), into.contactPoints.end(), [&](const auto& known) { return known.id == id; }))
            return;
        into.contactPoints.push_back({id, into.head.id, person, kind, SensitiveText(std::move(value)),
                                      m_values.word(contact.source, domain::contactSourceFromWord, domain::ContactSource::Unknown),
                                      m_values.word(contact.status, domain::contactStatusFromWord, domain::ContactStatus::Active),
                                      m_values.optional(contact.label), timeZone(contact.timeZone)});
    }

    const Mapping& m_mapping;
    const ImportContext& m_context;
    RowValues& m_values;
    std::vector<std::optional<domain::PartyId>> m_people;   // by index into Mapping::persons
    std::string m_knownZone;
};

std::string listOf(const std::vector<std::string>& names)
{
    std::string list;
    for (const auto& name : names)
        list += (list.empty() ? "" : ", ") + name;
    return list.size() > 2000 ? list.substr(0, list.find(", ", 1900)) + " …" : list;
}

} // namespace

Result<RowMapper> RowMapper::bind(const Mapping& mapping, const CsvRow& headings, ImportContext context)
{
    RowMapper mapper(mapping, std::move(context));
    for (const auto cell : headings.cells)
        mapper.m_headings.emplace_back(trimmed(cell));
    base::SourceProblems problems;
    for (const auto& column : mapping.columns) {
        const auto count = std::count(mapper.m_headings.begin(), mapper.m_headings.end(), column.name);
        if (count == 0)
            problems.push_back({column.place, "the file has no column \"" + column.name + "\"; its columns: " + listOf(mapper.m_headings)});
        else if (count > 1)
            problems.push_back({column.place, "the file has the column \"" + column.name + "\" " + std::to_string(count) + " times"});
        const auto at = std::find(mapper.m_headings.begin(), mapper.m_headings.end(), column.name);
        mapper.m_columnOf.push_back(static_cast<std::size_t>(at - mapper.m_headings.begin()));
    }
    if (!problems.empty())
        return base::fail(ErrorCode::Invalid, base::toLines(problems));
    mapper.m_cells.resize(mapping.columns.size());
    return mapper;
}

std::vector<std::string> RowMapper::unusedColumns() const
{
    std::vector<std::string> unused;
    for (std::size_t i = 0; i < m_headings.size(); ++i)
        if (std::find(m_columnOf.begin(), m_columnOf.end(), i) == m_columnOf.end())
            unused.push_back(m_headings[i]);
    return unused;
}

bool RowMapper::takeCells(const CsvRow& row, std::vector<CellProblem>& problems)
{
    if (row.problem) {
        const bool named = row.problemColumn > 0 && row.problemColumn <= m_headings.size();
        problems.push_back({row.number, named ? m_headings[row.problemColumn - 1] : std::to_string(row.problemColumn), *row.problem});
        return false;
    }
    const bool tooShort = row.cells.size() < m_headings.size() && m_mapping->ragged == RaggedRows::Reject;
    // Separators behind the last cell are common and harmless; text behind it is a shifted row.
    const bool tooLong = row.cells.size() > m_headings.size() &&
                         std::any_of(row.cells.begin() + static_cast<std::ptrdiff_t>(m_headings.size()), row.cells.end(),
                                     [](std::string_view cell) { return !trimmed(cell).empty(); });
    if (tooShort || tooLong) {
        problems.push_back({row.number, "", "has " + std::to_string(row.cells.size()) + " cells, the headings have " +
                                                std::to_string(m_headings.size())});
        return false;
    }
    for (std::size_t i = 0; i < m_columnOf.size(); ++i) {
        auto cell = m_columnOf[i] < row.cells.size() ? trimmed(row.cells[m_columnOf[i]]) : std::string_view();
        for (const auto& null : m_mapping->nulls)
            if (cell == null)
                cell = {};
        m_cells[i] = cell;
    }
    return true;
}

std::optional<LenderCase> RowMapper::read(const CsvRow& row, std::int64_t dataRow, std::vector<CellProblem>& problems)
{
    if (!takeCells(row, problems))
        return std::nullopt;
    RowValues values(*m_mapping, m_cells, row.number, dataRow, problems);
    auto result = CaseBuilder(*m_mapping, m_context, values).build();
    return values.ok() ? std::optional(std::move(result)) : std::nullopt;
}

std::optional<LenderPayment> RowMapper::readPayment(const CsvRow& row, std::int64_t dataRow, std::vector<CellProblem>& problems)
{
    if (!takeCells(row, problems))
        return std::nullopt;
    RowValues values(*m_mapping, m_cells, row.number, dataRow, problems);
    const auto& mapping = *m_mapping->payment;
    const auto code = values.required(mapping.currency, "the currency");
    const auto currency = Currency::tryFromCode(code);
    if (!currency && !code.empty())
        values.complain(*mapping.currency, "is not an ISO 4217 code such as CNY");
    auto reverses = values.identifier(mapping.reverses);
    auto amount = values.requiredMoney(mapping.amount, currency.value_or(*Currency::tryFromCode("CNY")), "the amount");
    // Lenders write what they take back with a minus, or without one.
    if (!reverses.empty() && amount.isNegative())
        amount = *Money::tryFromMinor(-amount.minor(), amount.currency());
    if (values.ok() && amount.minor() <= 0)
        values.complain(*mapping.amount, "must be more than zero");
    const auto paidOn = values.date(mapping.paidOn);
    if (!paidOn && values.ok())
        values.complain(*mapping.paidOn, "the day of the payment is empty");
    const auto reversedOn = values.date(mapping.reversedOn);
    if (paidOn && *paidOn > m_context.asOf)
        values.complain(*mapping.paidOn, "lies in the future");
    if (paidOn && reversedOn && *reversedOn < *paidOn)
        values.complain(*mapping.reversedOn, "lies before the payment");
    LenderPayment payment{values.requiredIdentifier(mapping.paymentNo, "the payment number"),
                          values.requiredIdentifier(mapping.businessNo, "the case number"),
                          values.identifier(mapping.accountNo),
                          amount,
                          paidOn.value_or(m_context.asOf),
                          std::string(values.text(mapping.method)),
                          reversedOn,
                          std::move(reverses),
                          row.number};
    return values.ok() ? std::optional(std::move(payment)) : std::nullopt;
}

std::string RowMapper::businessNoOf(const CsvRow& row, std::int64_t dataRow)
{
    std::vector<CellProblem> ignored;
    if (!takeCells(row, ignored))
        return {};
    RowValues values(*m_mapping, m_cells, row.number, dataRow, ignored);
    auto businessNo = values.identifier(m_mapping->businessNo);
    return values.ok() ? businessNo : std::string();
}

} // namespace evenhand::server
