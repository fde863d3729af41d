// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/demo/democases.h"

#include <algorithm>

#include "server/demo/demorandom.h"
#include "server/demo/demowords.h"

namespace evenhand::server::demo {

using base::Date;
using base::Money;
using base::SensitiveText;
using domain::ContactPointKind;
using domain::ContactSource;
using domain::PartyRole;

namespace {

Money yuan(std::int64_t fen) { return *Money::tryFromMinor(fen, *base::Currency::tryFromCode("CNY")); }

struct Person {
    std::string name;
    std::string idNumber;
    std::string mobile;
    bool female;
};

Person makePerson(Random& random)
{
    const bool female = random.chance(50);
    const auto surname = random.pick(kSurnames);
    const auto given = female ? random.pick(kFemaleNames) : random.pick(kMaleNames);
    return {std::string(surname) + std::string(given), idNumber(random, female), mobileNumber(random), female};
}

// Builds one case step by step; the steps share the random stream, so their order is part of the result.
class Maker {
public:
    Maker(std::uint64_t seed, int number, const Date& today)
        : m_number(number), m_today(today), m_random(seed, "case " + std::to_string(number)), m_person(personOf(seed, number)),
          m_place(kPlaces[static_cast<std::size_t>(m_random.between(0, static_cast<int>(kPlaces.size()) - 1))]), m_case(head())
    {
    }

    LenderCase make()
    {
        addDebtor();
        addAccounts();
        addDebtorContacts();
        addOthers();
        std::vector<CellProblem> none;
        computeTotals(m_case, none);
        return std::move(m_case);
    }

private:
    // Every thirtieth debtor of the second portfolio also owes to the first: the same person.
    static Person personOf(std::uint64_t seed, int number)
    {
        const bool isShared = number % 2 == 1 && number % 30 == 1 && number > 30;
        Random random(seed, "person " + std::to_string(isShared ? number - 1 : number));
        return makePerson(random);
    }

    LenderCase head()
    {
        const std::string portfolio = kPortfolios[m_number % 2];
        const auto businessNo = (m_number % 2 == 0 ? "XYK2026" : "XFD2026") + std::to_string(100000 + m_number);
        const auto id = caseIdOf(portfolio, businessNo);
        domain::CaseRow row{id,
                            businessNo,
                            portfolio,
                            m_number % 2 == 0 ? "示范银行" : "示范消费金融公司",
                            domain::CaseStatus::Open,
                            yuan(0),
                            yuan(0),
                            0,
                            {},
                            0,
                            SensitiveText(m_person.name),
                            m_random.chance(8) ? std::optional<std::string>(m_random.pick(kHotNotes)) : std::nullopt,
                            {},
                            {},
                            std::nullopt,
                            std::nullopt};
        return {std::move(row), {}, {}, {}, std::string(m_place.province), false, {m_number}};
    }

    domain::PartyId addParty(PartyRole role, const Person& person, std::optional<std::string> relation, std::optional<std::string> employer)
    {
        const auto id = partyIdOf(m_case.head.id, role, person.name);
        m_case.parties.push_back({id, m_case.head.id, role, SensitiveText(person.name), SensitiveText(person.idNumber), demoZone().name(),
                                  person.female ? "female" : "male", std::move(relation), std::move(employer), std::nullopt,
                                  base::Uuid::fromName("evenhand.person.id", person.idNumber).toString()});
        return id;
    }

    void addContact(const domain::PartyId& party, ContactPointKind kind, std::string value, ContactSource source, const char* label,
                    domain::ContactStatus status = domain::ContactStatus::Active)
    {
        const auto id = contactPointIdOf(party, kind, value);
        m_case.contactPoints.push_back({id, m_case.head.id, party, kind, SensitiveText(std::move(value)), source, status, std::string(label),
                                        std::string()});
    }

    void addDebtor()
    {
        const bool employed = m_random.chance(80);
        m_debtor = addParty(PartyRole::Debtor, m_person, std::nullopt,
                            employed ? std::optional<std::string>(m_random.pick(kEmployers)) : std::nullopt);
    }

    void addAccounts()
    {
        const int count = m_random.chance(70) ? 1 : m_random.between(2, 3);
        const int worst = m_random.chance(55) ? m_random.between(3, 60) : m_random.between(61, 210);
        for (int i = 0; i < count; ++i) {
            const int dpd = i == 0 ? worst : m_random.between(1, worst);
            const auto principal = m_random.between(800, 60'000) * 100LL + m_random.between(0, 99);
            const auto interest = principal * dpd / 2400;
            const auto fees = m_random.chance(40) ? m_random.between(10, 200) * 100LL : 0;
            const auto due = std::min(principal + interest + fees, principal * std::min(dpd / 30 + 1, 12) / 12 + interest + fees);
            const auto accountNo = (m_number % 2 == 0 ? "ZH" : "JJ") + std::to_string(2026'000'000 + m_number * 10 + i);
            m_case.accounts.push_back({accountIdOf(m_case.head.id, accountNo), m_case.head.id, accountNo,
                                       std::string(m_number % 2 == 0 ? m_random.pick(kCardProducts) : m_random.pick(kLoanProducts)), yuan(principal),
                                       yuan(interest), yuan(fees), yuan(due), dpd, m_today.plusDays(-dpd - m_random.between(200, 1200)),
                                       m_today.plusDays(-dpd), facts(principal)});
        }
    }

    std::vector<std::pair<std::string, std::string>> facts(std::int64_t principal)
    {
        std::vector<std::pair<std::string, std::string>> facts{{"账单日", "每月 " + std::to_string(m_random.between(1, 28)) + " 日"}};
        if (m_number % 2 == 0)
            facts.emplace_back("信用额度", std::to_string((principal / 100 / 5000 + 1) * 5000));
        return facts;
    }

    void addDebtorContacts()
    {
        addContact(*m_debtor, ContactPointKind::Mobile, m_person.mobile, ContactSource::Contract, "本人手机");
        if (m_random.chance(25))
            addContact(*m_debtor, ContactPointKind::Mobile, mobileNumber(m_random), ContactSource::Reserved, "备用手机");
        if (m_random.chance(35))
            addContact(*m_debtor, ContactPointKind::Landline, landlineNumber(m_random, m_place.areaCode), ContactSource::Contract, "单位电话");
        addContact(*m_debtor, ContactPointKind::Address, address(), ContactSource::Contract, "家庭住址");
    }

    std::string address()
    {
        const std::string city = m_place.province == m_place.city ? std::string() : std::string(m_place.city);
        return std::string(m_place.province) + city + std::string(m_place.district) + std::string(m_random.pick(kStreets)) +
               std::to_string(m_random.between(1, 300)) + "号" + std::to_string(m_random.between(1, 30)) + "幢" +
               std::to_string(m_random.between(101, 2608)) + "室";
    }

    void addOthers()
    {
        if (m_random.chance(15))
            addOther(PartyRole::Guarantor, "保证人", ContactSource::Contract);
        if (m_random.chance(8))
            addOther(PartyRole::JointObligor, "配偶", ContactSource::Contract);
        if (m_random.chance(30))
            addOther(PartyRole::RelatedThird, m_random.chance(50) ? "父亲" : "母亲", ContactSource::Reserved);
        if (m_random.chance(45))
            addOther(PartyRole::UnrelatedThird, std::string(m_random.pick(kRelations)), ContactSource::Reserved);
    }

    void addOther(PartyRole role, std::string relation, ContactSource source)
    {
        auto person = makePerson(m_random);
        if (role == PartyRole::RelatedThird || role == PartyRole::UnrelatedThird)
            person.idNumber.clear();
        const auto party = addParty(role, person, std::move(relation), std::nullopt);
        if (person.idNumber.empty())
            m_case.parties.back().personKey.clear();
        addContact(party, ContactPointKind::Mobile, person.mobile, source, "手机");
    }

    int m_number;
    Date m_today;
    Random m_random;
    Person m_person;
    const Place& m_place;
    LenderCase m_case;
    std::optional<domain::PartyId> m_debtor;
};

// A tenth is left for the administrator to hand out.
std::optional<std::size_t> agentOf(int number)
{
    if (number % 10 == 9)
        return std::nullopt;
    return static_cast<std::size_t>(number / 2) % kAgents;
}

} // namespace

const base::TimeZone& demoZone()
{
    static const auto zone = *base::TimeZone::tryFromName("Asia/Shanghai");
    return zone;
}

std::vector<DemoCase> makeCases(std::uint64_t seed, const Date& today)
{
    std::vector<DemoCase> cases;
    cases.reserve(kCases);
    for (int number = 0; number < kCases; ++number) {
        DemoCase one{Maker(seed, number, today).make(), agentOf(number), {}};
        if (one.agent)
            addHistory(one, number, seed, today);
        cases.push_back(std::move(one));
    }
    return cases;
}

} // namespace evenhand::server::demo
