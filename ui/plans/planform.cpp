// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plans/planform.h"

#include <algorithm>

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QSpinBox>

#include "app/domain/plansettle.h"
#include "app/services/packservice.h"
#include "ui/plans/scheduletable.h"
#include "ui/text/format.h"
#include "ui/text/planwords.h"
#include "ui/text/strings.h"
#include "ui/widgets/dateedit.h"
#include "ui/widgets/elements.h"
#include "ui/widgets/moneyedit.h"
#include "ui/widgets/phrasebox.h"

namespace evenhand::ui {

namespace {

constexpr int kMostMonths = 120;
constexpr int kUsualMonths[] = {3, 6, 12};

const domain::PlanKind kKinds[] = {domain::PlanKind::Instalments, domain::PlanKind::LumpSum, domain::PlanKind::Deferral};

QSpinBox* makeSpin(QWidget* parent, const QString& name, int least, int most)
{
    auto* spin = new QSpinBox(parent);
    nameInput(spin, name);
    spin->setRange(least, most);
    return spin;
}

} // namespace

PlanForm::PlanForm(services::PackService& packs, QWidget* parent)
    : QWidget(parent), m_packs(packs), m_terms{{domain::PlanKind::Instalments, 1, base::Date::fromDayNumber(0), 0, 0}, {}, *base::Currency::tryFromCode("CNY")}, m_fields(new QFormLayout), m_kind(new QComboBox(this)), m_monthsRow(new QWidget(this)),
      m_months(makeSpin(this, QStringLiteral("planMonths"), 1, kMostMonths)), m_firstDue(new DateEdit(this)), m_dayNote(makeLabel(this, QStringLiteral("small"))),
      m_interest(makeSpin(this, QStringLiteral("planInterest"), 0, 100)), m_fees(makeSpin(this, QStringLiteral("planFees"), 0, 100)), m_income(new MoneyEdit(this)),
      m_expense(new MoneyEdit(this)), m_dependants(makeSpin(this, QStringLiteral("planDependants"), 0, 20)), m_left(makeLabel(this, QStringLiteral("small"))),
      m_suggest(makeButton(this, QStringLiteral("planSuggest"), QStringLiteral("flat"))), m_agreed(new QCheckBox(this)), m_reasonLabel(makeLabel(this)),
      m_reason(new PhraseBox(PhraseUse::Internal, packs, this)), m_total(makeLabel(this, QStringLiteral("heading"))), m_remainder(makeLabel(this, QStringLiteral("small"))),
      m_table(new ScheduleTable(this)), m_banner(new Banner(this))
{
    nameInput(m_kind, QStringLiteral("planKind"));
    nameInput(m_firstDue, QStringLiteral("planFirstDue"));
    nameInput(m_income, QStringLiteral("planIncome"));
    nameInput(m_expense, QStringLiteral("planExpense"));
    nameInput(m_agreed, QStringLiteral("planAgreed"));
    nameInput(m_reason->edit(), QStringLiteral("planReason"));
    for (const auto kind : kKinds)
        m_kind->addItem(QString(), int(kind));
    layOut();
    connectParts();
    m_texts.add([this] { write(); });
}

void PlanForm::layOut()
{
    auto* across = row(16);
    across->setContentsMargins(0, 0, 0, 0);
    setLayout(across);
    auto* months = row(6);
    months->addWidget(m_months);
    for (const int usual : kUsualMonths) {
        QPushButton* button = makeButton(this, QStringLiteral("planMonths%1").arg(usual), QStringLiteral("choice"));
        button->setText(QString::number(usual));
        connect(button, &QPushButton::clicked, this, [this, usual] { m_months->setValue(usual); });
        months->addWidget(button);
        m_usual.push_back(button);
    }
    months->addStretch(1);
    m_monthsRow->setLayout(months);
    for (QSpinBox* percent : {m_interest, m_fees})
        percent->setSuffix(QStringLiteral(" %"));
    auto* left = column(nullptr, 0, 8);
    m_fields->setLabelAlignment(Qt::AlignLeft);
    m_fields->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const std::pair<const char*, QWidget*> rows[] = {{"kind", m_kind}, {"months", m_monthsRow}, {"due", m_firstDue}, {"note", m_dayNote}, {"interest", m_interest},
                                                     {"fees", m_fees}, {"income", m_income}, {"expense", m_expense}, {"dependants", m_dependants}};
    for (const auto& [name, field] : rows)
        m_fields->addRow(makeLabel(this), field);
    left->addLayout(m_fields);
    left->addWidget(m_left);
    left->addWidget(m_suggest);
    left->addWidget(m_reasonLabel);
    m_reason->edit()->setMinimumHeight(56);
    m_reason->edit()->setMaximumHeight(110);
    left->addWidget(m_reason);
    left->addStretch(1);
    m_left->setWordWrap(true);
    m_dayNote->setWordWrap(true);
    auto* right = column(nullptr, 0, 8);
    m_remainder->setWordWrap(true);
    right->addWidget(m_total);
    right->addWidget(m_table, 1);
    right->addWidget(m_remainder);
    right->addWidget(m_banner);
    right->addWidget(m_agreed);
    across->addLayout(left, 2);
    across->addLayout(right, 3);
    m_table->setMinimumSize(520, 220);
}

void PlanForm::connectParts()
{
    connect(m_kind, &QComboBox::currentIndexChanged, this, &PlanForm::calculate);
    for (QSpinBox* spin : {m_months, m_interest, m_fees, m_dependants})
        connect(spin, &QSpinBox::valueChanged, this, &PlanForm::calculate);
    for (QLineEdit* edit : {static_cast<QLineEdit*>(m_firstDue), static_cast<QLineEdit*>(m_income), static_cast<QLineEdit*>(m_expense)})
        connect(edit, &QLineEdit::textChanged, this, &PlanForm::calculate);
    connect(m_suggest, &QPushButton::clicked, this, [this] {
        m_kind->setCurrentIndex(0);
        m_months->setValue(m_suggestedMonths);
    });
    connect(m_agreed, &QCheckBox::toggled, this, &PlanForm::changed);
    connect(&m_packs, &services::PackService::activeChanged, this, &PlanForm::calculate);
}

void PlanForm::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
}

void PlanForm::write()
{
    for (int at = 0; at < m_kind->count(); ++at)
        m_kind->setItemText(at, PlanWords::of(domain::PlanKind(m_kind->itemData(at).toInt())));
    const QString names[] = {tr("Kind"), tr("Instalments"), tr("First payment"), QString(), tr("Interest waived"), tr("Fees waived"),
                             tr("Income a month"), tr("Expenses a month"), tr("Dependants")};
    for (int at = 0; at < m_fields->rowCount(); ++at) {
        auto* label = qobject_cast<QLabel*>(m_fields->itemAt(at, QFormLayout::LabelRole)->widget());
        label->setText(names[at]);
        if (QWidget* field = m_fields->itemAt(at, QFormLayout::FieldRole)->widget(); !names[at].isEmpty())
            field->setAccessibleName(names[at]);
    }
    m_months->setAccessibleName(names[1]);
    m_firstDue->setPlaceholderText(tr("1130, 30, +3"));
    m_agreed->setText(tr("The debtor agreed to this schedule"));
    m_reasonLabel->setText(tr("Reason"));
    m_reason->edit()->setAccessibleName(tr("Reason for the plan"));
    m_reason->edit()->setPlaceholderText(tr("What happened, and why this schedule can be kept."));
    m_remainder->setText(tr("Instalments differ by at most one smallest unit, the larger ones first. A waived amount is rounded down, account by account."));
    calculate();
}

void PlanForm::begin(PlanContext context)
{
    m_context = std::move(context);
    m_terms.accounts.clear();
    for (const auto& account : m_context.accounts) {
        m_terms.currency = account.principal.currency();
        m_terms.accounts.push_back({account.id.toString(), account.principal.minor(), account.interest.minor(), account.fees.minor()});
    }
    for (MoneyEdit* edit : {m_income, m_expense}) {
        edit->setCurrency(m_terms.currency);
        edit->clear();
    }
    m_kind->setCurrentIndex(0);
    m_months->setValue(kUsualMonths[0]);
    m_firstDue->setToday(toQDate(m_context.today));
    m_firstDue->setDay(toQDate(m_context.today).addDays(30));
    m_interest->setValue(0);
    m_fees->setValue(0);
    m_dependants->setValue(0);
    m_agreed->setChecked(false);
    m_reason->startAfresh();
    calculate();
}

void PlanForm::setOffer(const domain::PlanOffer& offer)
{
    m_kind->setCurrentIndex(int(offer.kind));
    m_months->setValue(offer.months);
    m_firstDue->setDay(toQDate(offer.firstDue));
    m_interest->setValue(offer.interestPercent);
    m_fees->setValue(offer.feesPercent);
}

std::optional<domain::PlanOffer> PlanForm::offer()
{
    const auto day = m_firstDue->day();
    const auto firstDue = day ? fromQDate(*day) : std::nullopt;
    if (!firstDue)
        m_problem = m_firstDue->isBlank() ? tr("Enter the day of the first payment.") : tr("There is no such day. Write it like 1130 or +3.");
    else if (m_terms.accounts.empty())
        m_problem = tr("The case has no account to make a plan for.");
    if (!m_problem.isEmpty())
        return std::nullopt;
    const auto kind = domain::PlanKind(m_kind->currentData().toInt());
    return domain::PlanOffer{kind, kind == domain::PlanKind::LumpSum ? 1 : m_months->value(), *firstDue, m_interest->value(), m_fees->value()};
}

std::optional<domain::Means> PlanForm::means() const
{
    const auto income = m_income->money();
    const auto expense = m_expense->money();
    if (!income && !expense)
        return std::nullopt;
    return domain::Means{income ? income->minor() : 0, expense ? expense->minor() : 0, m_dependants->value()};
}

void PlanForm::calculate()
{
    m_problem.clear();
    m_schedule.reset();
    m_verdict = {};
    const auto kind = domain::PlanKind(m_kind->currentData().toInt());
    m_monthsRow->setEnabled(kind != domain::PlanKind::LumpSum);
    for (std::size_t at = 0; at < m_usual.size(); ++at)
        m_usual[at]->setVisible(kind != domain::PlanKind::Deferral);
    const auto wanted = offer();
    const auto packs = m_packs.active();
    if (wanted) {
        m_terms.offer = *wanted;
        const auto schedule = domain::makeSchedule(m_terms.accounts, *wanted);
        if (!schedule)
            m_problem = tr("These terms leave nothing to pay, or less than one smallest unit for each instalment.");
        else
            m_schedule = *schedule;
    }
    if (m_schedule && packs)
        m_verdict = domain::judgePlan(m_terms.offer, *m_schedule, packs->agreements, m_context.role, m_context.today);
    m_firstDue->showProblem(!wanted && !m_terms.accounts.empty());
    m_table->show(m_schedule ? domain::standingsOf(*m_schedule) : std::vector<domain::InstalmentStanding>(), m_terms.currency, false);
    const auto total = m_schedule ? base::Money::tryFromMinor(m_schedule->totalMinor, m_terms.currency) : std::nullopt;
    const auto waived = m_schedule ? base::Money::tryFromMinor(m_schedule->waivedInterestMinor + m_schedule->waivedFeesMinor, m_terms.currency) : std::nullopt;
    //: %1 and %2 are amounts
    m_total->setText(!total ? QString() : waived->isZero() ? tr("Total %1").arg(Format::money(*total)) : tr("Total %1, %2 waived").arg(Format::money(*total), Format::money(*waived)));
    const auto day = wanted ? std::optional(wanted->firstDue) : std::nullopt;
    m_dayNote->setText(day && packs && packs->daysOff.contains(*day) ? tr("%1 is a public holiday: banks may book later.").arg(Format::date(*day)) : QString());
    sayVerdict();
    sayMeans();
    Q_EMIT changed();
}

QString PlanForm::verdictText() const
{
    std::vector<std::string> rules;
    for (const auto& reason : m_verdict.reasons)
        rules.push_back(reason.rule);
    return PlanWords::rules(rules);
}

void PlanForm::sayVerdict()
{
    if (!m_problem.isEmpty())
        m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), m_problem);
    else if (!m_verdict.allowed)
        m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), tr("Nobody may agree to this."), verdictText());
    else if (m_verdict.needsApproval)
        //: %1 is who: "a supervisor"
        m_banner->say(QStringLiteral("warn"), QStringLiteral("light-warn"), tr("Needs the approval of %1.").arg(PlanWords::of(*m_verdict.needsApproval)), verdictText());
    else
        m_banner->say(QStringLiteral("allow"), QStringLiteral("light-allow"), tr("You may agree to this."));
}

void PlanForm::sayMeans()
{
    m_suggestedMonths = 0;
    const auto household = means();
    const auto left = household ? base::Money::tryFromMinor(household->leftMinor(), m_terms.currency) : std::nullopt;
    if (!left || !m_schedule) {
        m_left->clear();
        m_suggest->hide();
        return;
    }
    const auto largest = std::ranges::max_element(m_schedule->instalments, {}, &domain::Instalment::amountMinor)->amountMinor;
    if (largest <= left->minor()) {
        //: %1 is an amount
        m_left->setText(tr("%1 is left each month: this can be kept.").arg(Format::money(*left)));
    } else {
        m_left->setText(tr("%1 is left each month: this is more than that.").arg(Format::money(*left)));
        if (left->minor() > 0 && (m_schedule->totalMinor + left->minor() - 1) / left->minor() <= kMostMonths)
            m_suggestedMonths = int((m_schedule->totalMinor + left->minor() - 1) / left->minor());
    }
    setLook(m_left, largest <= left->minor() ? QStringLiteral("small") : QStringLiteral("error"));
    m_suggest->setVisible(m_suggestedMonths > 0);
    m_suggest->setText(tr("Use %n instalments", nullptr, m_suggestedMonths));
}

std::optional<services::PlanDraft> PlanForm::draft()
{
    calculate();
    if (!m_schedule || !m_verdict.allowed)
        return std::nullopt;
    if (m_verdict.needsApproval && m_reason->text().trimmed().isEmpty()) {
        m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), tr("Say why: whoever approves has to know."));
        m_reason->edit()->setFocus(Qt::OtherFocusReason);
        return std::nullopt;
    }
    if (!m_reason->mayPass())
        return std::nullopt;
    services::PlanDraft draft{m_terms, m_schedule->totalMinor, m_agreed->isChecked(), m_agreed->isChecked() ? "call" : "",
                              base::SensitiveText(u8(m_reason->text().trimmed())), means(), m_verdict.needsApproval.value_or(domain::ApprovalLevel::Self)};
    return draft;
}

} // namespace evenhand::ui
