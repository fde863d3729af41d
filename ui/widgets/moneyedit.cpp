// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/moneyedit.h"

#include <QStyle>

#include "ui/text/strings.h"

namespace evenhand::ui {

MoneyEdit::MoneyEdit(QWidget* parent) : QLineEdit(parent), m_currency(base::Currency::tryFromCode("CNY"))
{
    setAlignment(Qt::AlignRight);
    setMaxLength(32);
}

void MoneyEdit::setMoney(const base::Money& amount)
{
    m_currency = amount.currency();
    setText(q(amount.toPlainString()));
}

std::optional<base::Money> MoneyEdit::money() const
{
    if (text().trimmed().isEmpty() || !m_currency)
        return std::nullopt;
    const base::Result<base::Money> amount = base::Money::parse(u8(text().trimmed()), *m_currency);
    if (!amount || amount->isZero())
        return std::nullopt;
    return *amount;
}

QString MoneyEdit::problem() const
{
    if (money())
        return {};
    if (text().trimmed().isEmpty())
        return tr("Enter an amount.");
    const base::Result<base::Money> amount = base::Money::parse(u8(text().trimmed()), *m_currency);
    return amount ? tr("The amount must be more than zero.") : tr("This is not an amount. Write it like 1234.50.");
}

void MoneyEdit::showProblem(bool shown)
{
    setProperty("invalid", shown);
    style()->unpolish(this);
    style()->polish(this);
}

} // namespace evenhand::ui
