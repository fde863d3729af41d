// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/flagdialog.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>

#include "ui/call/flagbox.h"
#include "ui/text/errortext.h"
#include "ui/text/strings.h"
#include "ui/text/words.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {

constexpr int kLongestReason = 500;
constexpr domain::FlagKind kKinds[] = {domain::FlagKind::Dispute, domain::FlagKind::Hardship, domain::FlagKind::Complaint, domain::FlagKind::Cease,
                                       domain::FlagKind::MediumOptOut, domain::FlagKind::Vulnerable, domain::FlagKind::WorkplaceBarred,
                                       domain::FlagKind::ThirdPartyOptOut, domain::FlagKind::Attorney, domain::FlagKind::Bankruptcy, domain::FlagKind::Deceased};
constexpr const char* kLift = "lift";

bool isSupervising(domain::UserRole role)
{
    return role == domain::UserRole::Supervisor || role == domain::UserRole::Admin;
}

} // namespace

FlagDialog::FlagDialog(services::CallService& calls, const services::CaseView& view, domain::UserRole role, QWidget* window)
    : QDialog(window), m_calls(calls), m_view(view), m_mayLift(isSupervising(role)), m_kind(new QComboBox(this)), m_scope(new QComboBox(this)),
      m_reason(new QLineEdit(this)), m_consequence(makeLabel(this)), m_banner(new Banner(this)),
      m_save(makeButton(this, QStringLiteral("flagSave"), QStringLiteral("primary")))
{
    setObjectName(QStringLiteral("flagDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Dispute, hardship, complaint, stop"));
    resize(560, 0);
    layOut();
    connect(m_kind, &QComboBox::currentIndexChanged, this, &FlagDialog::choiceChanged);
    connect(m_scope, &QComboBox::currentIndexChanged, this, &FlagDialog::choiceChanged);
    connect(m_save, &QPushButton::clicked, this, &FlagDialog::save);
    choiceChanged();
    m_kind->setFocus();
}

void FlagDialog::layOut()
{
    for (const domain::FlagKind kind : kKinds)
        m_kind->addItem(Words::of(kind), int(kind));
    if (m_mayLift)
        for (const domain::Flag& known : m_view.flags) {
            //: %1 is a flag such as "Disputed"
            m_kind->addItem(tr("Lift: %1").arg(Words::of(known.kind)), int(known.kind));
            m_kind->setItemData(m_kind->count() - 1, QString::fromLatin1(kLift), Qt::UserRole + 1);
        }
    m_scope->addItem(tr("The whole case"));
    for (const services::PartyView& party : m_view.parties)
        m_scope->addItem(Words::of(party.role) + u' ' + q(party.name));
    m_reason->setMaxLength(kLongestReason);
    m_reason->setPlaceholderText(tr("In their words, facts only"));
    const std::tuple<QWidget*, const char*, QString> fields[] = {{m_kind, "flagKind", tr("What")}, {m_scope, "flagScope", tr("For whom")}, {m_reason, "flagReason", tr("Why")}};
    auto* down = column(this, 20, 12);
    auto* form = new QFormLayout;
    for (const auto& [input, name, label] : fields) {
        nameInput(input, QString::fromLatin1(name));
        input->setAccessibleName(label);
        form->addRow(label, input);
    }
    down->addLayout(form);
    QLabel* head = makeLabel(this, QStringLiteral("section"));
    head->setText(tr("What it causes"));
    down->addWidget(head);
    m_consequence->setObjectName(QStringLiteral("flagConsequence"));
    m_consequence->setWordWrap(true);
    m_consequence->setMinimumHeight(m_consequence->fontMetrics().lineSpacing() * 3);
    m_consequence->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    down->addWidget(m_consequence);
    down->addWidget(m_banner);
    auto* foot = row(8);
    foot->addStretch(1);
    QPushButton* cancel = makeButton(this, QStringLiteral("flagCancel"), QStringLiteral("flat"));
    cancel->setText(tr("Cancel"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_save->setDefault(true);
    foot->addWidget(cancel);
    foot->addWidget(m_save);
    down->addLayout(foot);
}

domain::FlagPayload FlagDialog::flag() const
{
    const auto kind = domain::FlagKind(m_kind->currentData().toInt());
    const int scope = m_scope->currentIndex();
    const bool lifts = m_kind->currentData(Qt::UserRole + 1).toString() == QString::fromLatin1(kLift);
    return {.kind = kind, .set = !lifts, .partyId = scope > 0 ? std::optional(m_view.parties[std::size_t(scope - 1)].id) : std::nullopt,
            .channel = kind == domain::FlagKind::MediumOptOut ? std::optional(domain::Channel::Call) : std::nullopt, .reason = u8(m_reason->text().trimmed())};
}

void FlagDialog::choiceChanged()
{
    const domain::FlagPayload wanted = flag();
    m_save->setText(wanted.set ? tr("Record it") : tr("Lift it"));
    if (!wanted.set) {
        m_latest.dropAll();
        m_consequence->setText(tr("Contact becomes possible again as far as no other rule stands against it. Say why."));
        return;
    }
    m_consequence->setText(tr("being judged …"));
    whenLatest(m_calls.previewFlag(m_view.id, wanted), this, m_latest, [this](const base::Result<std::vector<services::FlagConsequence>>& consequences) {
        m_consequence->setText(consequences ? consequenceText(*consequences) : ErrorText::of(consequences.error()));
    });
}

void FlagDialog::save()
{
    const domain::FlagPayload wanted = flag();
    if (!wanted.set && wanted.reason.empty()) {
        m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), tr("Say why it is lifted."));
        m_reason->setFocus();
        return;
    }
    m_save->setEnabled(false);
    whenReady(m_calls.saveFacts({.caseId = m_view.id, .contextVersion = m_view.version, .flags = {wanted}}), this,
              [this](const base::Result<services::Saved>& saved) {
                  m_save->setEnabled(true);
                  if (saved)
                      accept();
                  else
                      m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::notSaved(saved.error()));
              });
}

void showFlagDialog(services::CallService& calls, const services::CaseView& view, domain::UserRole role, QWidget* window)
{
    (new FlagDialog(calls, view, role, window))->open();
}

} // namespace evenhand::ui
