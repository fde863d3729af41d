// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/paymentwriter.h"

#include "server/projection/caseagreements.h"

namespace evenhand::server {

using base::Result;

namespace {

bool isSame(const domain::PaymentRow& a, const domain::PaymentRow& b)
{
    return a.amount == b.amount && a.paidOn == b.paidOn && a.method == b.method && a.accountId == b.accountId && a.reversed == b.reversed
        && a.reversedOn == b.reversedOn;
}

} // namespace

Result<bool> PaymentWriter::hasCase(const domain::CaseId& id)
{
    const auto known = m_cases.find(id);
    if (known != m_cases.end())
        return known->second;
    EVENHAND_ASSIGN(const auto found, m_store.cases().find(id));
    m_cases.emplace(id, found.has_value());
    return found.has_value();
}

// Of this file, else of the database; null when neither knows it.
Result<PaymentWriter::Known*> PaymentWriter::find(const base::Uuid& id)
{
    const auto known = m_known.find(id);
    if (known != m_known.end())
        return &known->second;
    EVENHAND_ASSIGN(const auto stored, m_store.rows().find(domain::kind::kPayment, id));
    if (!stored || !stored->body || !stored->caseId)
        return nullptr;
    EVENHAND_ASSIGN(const auto json, base::parseJson(*stored->body));
    EVENHAND_ASSIGN(auto row, domain::paymentFromJson(id, *stored->caseId, json));
    return &m_known.emplace(id, Known{std::move(row), true, false}).first->second;
}

void PaymentWriter::count(const Known& before, bool changed, Work& work) const
{
    if (!changed)
        ++work.unchanged;
    else if (before.isStored)
        ++work.updated;
    else
        ++work.created;
}

// The empty text, or what is wrong with the row.
Result<std::string> PaymentWriter::take(const LenderPayment& payment, Work& work)
{
    const auto caseId = caseIdOf(m_portfolio, payment.businessNo);
    EVENHAND_ASSIGN(const bool exists, hasCase(caseId));
    if (!exists)
        return std::string("the portfolio has no case with this number");
    const auto id = paymentIdOf(m_portfolio, payment.paymentNo);
    domain::PaymentRow row{id, caseId, std::nullopt, payment.amount, payment.paidOn, payment.method, payment.reversedOn.has_value(), payment.paymentNo,
                           payment.reversedOn};
    if (!payment.accountNo.empty())
        row.accountId = accountIdOf(caseId, payment.accountNo);
    EVENHAND_ASSIGN(auto* before, find(id));
    if (!before) {
        auto& fresh = m_known.emplace(id, Known{std::move(row), false, true}).first->second;
        count(fresh, true, work);
        return std::string();
    }
    if (!(before->row.caseId == caseId))
        return std::string("the payment number belongs to another case");
    if (before->row.reversed && !row.reversed) {   // a file of before the reversal
        row.reversed = true;
        row.reversedOn = before->row.reversedOn;
    }
    const bool changed = !isSame(before->row, row);
    count(*before, changed, work);
    if (changed) {
        before->row = std::move(row);
        before->isChanged = true;
    }
    return std::string();
}

Result<std::string> PaymentWriter::takeBack(const LenderPayment& reversal, Work& work)
{
    EVENHAND_ASSIGN(auto* payment, find(paymentIdOf(m_portfolio, reversal.reverses)));
    if (!payment || !(payment->row.caseId == caseIdOf(m_portfolio, reversal.businessNo)))
        return std::string("takes back a payment that the case does not have");
    if (!(payment->row.amount == reversal.amount))
        return std::string("takes back another amount than was paid; give the corrected payment instead");
    const bool changed = !payment->row.reversed;
    if (changed)
        ++work.updated;
    else
        ++work.unchanged;
    if (changed) {
        payment->row.reversed = true;
        payment->row.reversedOn = reversal.paidOn;
        payment->isChanged = true;
    }
    return std::string();
}

Result<PaymentWriter::Work> PaymentWriter::prepare(LenderPayments& content)
{
    Work work;
    const auto note = [&content](const LenderPayment& payment, std::string problem) {
        if (problem.empty())
            return;
        content.problems.push_back({payment.row, "", std::move(problem)});
        content.badRows.insert(payment.row);
    };
    for (const auto& payment : content.payments) {
        if (payment.reverses.empty()) {
            EVENHAND_ASSIGN(auto problem, take(payment, work));
            note(payment, std::move(problem));
        }
    }
    // Reversals after all payments: they may stand above what they take back.
    for (const auto& payment : content.payments) {
        if (!payment.reverses.empty()) {
            EVENHAND_ASSIGN(auto problem, takeBack(payment, work));
            note(payment, std::move(problem));
        }
    }
    for (const auto& [id, known] : m_known)
        if (known.isChanged)
            work.cases[known.row.caseId].push_back(known.row);
    return work;
}

Result<> PaymentWriter::write(const Work& work)
{
    EVENHAND_ASSIGN(const auto seq, m_store.nextSeq());
    for (const auto& [caseId, rows] : work.cases) {
        EVENHAND_ASSIGN(auto agreements, CaseAgreements::load(m_store, caseId, seq));
        for (const auto& row : rows)
            EVENHAND_TRY(agreements.put(row));
        EVENHAND_TRY(agreements.settle(m_now));
        EVENHAND_TRY(m_store.viewLog().announce(caseId, seq));
    }
    return {};
}

} // namespace evenhand::server
