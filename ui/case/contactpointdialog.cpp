// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/contactpointdialog.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>

#include "ui/async.h"
#include "ui/text/errortext.h"
#include "ui/text/strings.h"
#include "ui/text/words.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {

constexpr int kLongestValue = 500;
constexpr domain::ContactPointKind kKinds[] = {domain::ContactPointKind::Mobile, domain::ContactPointKind::Landline, domain::ContactPointKind::Address,
                                               domain::ContactPointKind::Email, domain::ContactPointKind::Im};
constexpr domain::ContactSource kSources[] = {domain::ContactSource::ToldByContact, domain::ContactSource::Reserved, domain::ContactSource::Authorised,
                                              domain::ContactSource::Contract, domain::ContactSource::Bureau, domain::ContactSource::Public};
constexpr domain::ContactStatus kStatuses[] = {domain::ContactStatus::Active, domain::ContactStatus::Invalid, domain::ContactStatus::Lost, domain::ContactStatus::Unknown};

template <class T, std::size_t N>
void fillWith(QComboBox* box, const T (&values)[N])
{
    for (const T value : values)
        box->addItem(Words::of(value), int(value));
}

template <class T>
T valueOf(const QComboBox* box)
{
    return T(box->currentData().toInt());
}

} // namespace

ContactPointDialog::ContactPointDialog(services::CallService& calls, const services::CaseView& view, const services::ContactPointView* point, QWidget* window)
    : QDialog(window), m_calls(calls), m_view(view), m_which(new QComboBox(this)), m_party(new QComboBox(this)), m_kind(new QComboBox(this)),
      m_value(new QLineEdit(this)), m_source(new QComboBox(this)), m_status(new QComboBox(this)), m_banner(new Banner(this)),
      m_save(makeButton(this, QStringLiteral("contactPointSave"), QStringLiteral("primary")))
{
    setObjectName(QStringLiteral("contactPointDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Numbers and addresses"));
    resize(520, 0);
    layOut(point);
    connect(m_which, &QComboBox::currentIndexChanged, this, &ContactPointDialog::pointChosen);
    connect(m_save, &QPushButton::clicked, this, &ContactPointDialog::save);
    pointChosen();
    (chosen() ? static_cast<QWidget*>(m_status) : m_value)->setFocus();
}

void ContactPointDialog::layOut(const services::ContactPointView* point)
{
    m_which->addItem(tr("A new one"), -1);
    int at = 0;
    for (const services::PartyView& party : m_view.parties) {
        m_party->addItem(Words::of(party.role) + u' ' + q(party.name), m_party->count());
        for (const services::ContactPointView& one : party.contactPoints) {
            m_which->addItem(Words::of(one.kind) + QStringLiteral("  ") + q(one.value) + QStringLiteral("  ·  ") + Words::of(party.role), at);
            if (point && one.id == point->id)
                m_which->setCurrentIndex(m_which->count() - 1);
            ++at;
        }
    }
    fillWith(m_kind, kKinds);
    fillWith(m_source, kSources);
    fillWith(m_status, kStatuses);
    m_value->setMaxLength(kLongestValue);
    const std::tuple<QWidget*, const char*, QString> fields[] = {{m_which, "contactPointWhich", tr("Which")}, {m_party, "contactPointParty", tr("Whose")},
                                                                 {m_kind, "contactPointKind", tr("Kind")}, {m_value, "contactPointValue", tr("Number or address")},
                                                                 {m_source, "contactPointSource", tr("Where from")}, {m_status, "contactPointStatus", tr("State")}};
    auto* down = column(this, 20, 12);
    auto* form = new QFormLayout;
    for (const auto& [input, name, label] : fields) {
        nameInput(input, QString::fromLatin1(name));
        input->setAccessibleName(label);
        form->addRow(label, input);
    }
    down->addLayout(form);
    QLabel* why = makeLabel(this, QStringLiteral("small"));
    why->setWordWrap(true);
    why->setText(tr("The source decides whether it may be used at all. What is saved here is a fact with your name; nothing is overwritten."));
    down->addWidget(why);
    down->addWidget(m_banner);
    auto* foot = row(8);
    foot->addStretch(1);
    QPushButton* cancel = makeButton(this, QStringLiteral("contactPointCancel"), QStringLiteral("flat"));
    cancel->setText(tr("Cancel"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_save->setText(tr("Save"));
    m_save->setDefault(true);
    foot->addWidget(cancel);
    foot->addWidget(m_save);
    down->addLayout(foot);
}

const services::ContactPointView* ContactPointDialog::chosen() const
{
    int left = m_which->currentData().toInt();
    if (left < 0)
        return nullptr;
    for (const services::PartyView& party : m_view.parties)
        for (const services::ContactPointView& one : party.contactPoints)
            if (left-- == 0)
                return &one;
    return nullptr;
}

void ContactPointDialog::pointChosen()
{
    const services::ContactPointView* point = chosen();
    m_party->setEnabled(!point);
    m_kind->setEnabled(!point);
    m_value->setPlaceholderText(point ? tr("unchanged: %1").arg(q(point->value)) : QString());
    if (!point)
        return;
    for (int at = 0; at < int(m_view.parties.size()); ++at)
        if (m_view.parties[std::size_t(at)].id == point->partyId)
            m_party->setCurrentIndex(at);
    m_kind->setCurrentIndex(std::max(0, m_kind->findData(int(point->kind))));
    m_source->setCurrentIndex(std::max(0, m_source->findData(int(point->source))));
    m_status->setCurrentIndex(std::max(0, m_status->findData(int(point->status))));
}

QString ContactPointDialog::problem() const
{
    const QString value = m_value->text().trimmed();
    if (value.isEmpty())
        return chosen() ? QString() : tr("Enter the number or the address.");
    const auto kind = valueOf<domain::ContactPointKind>(m_kind);
    const bool isPhone = kind == domain::ContactPointKind::Mobile || kind == domain::ContactPointKind::Landline;
    const auto digits = std::count_if(value.begin(), value.end(), [](QChar c) { return c.isDigit(); });
    if (isPhone && (digits < 5 || digits > 20))
        return tr("This is not a telephone number: it needs 5 to 20 digits.");
    if (kind == domain::ContactPointKind::Email && !value.contains(u'@'))
        return tr("This is not an e-mail address: there is no @ in it.");
    return {};
}

void ContactPointDialog::save()
{
    if (const QString wrong = problem(); !wrong.isEmpty()) {
        m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), wrong);
        m_value->setFocus();
        return;
    }
    const services::ContactPointView* point = chosen();
    const QString value = m_value->text().normalized(QString::NormalizationForm_KC).trimmed();
    domain::ContactPointChangePayload change{.contactPointId = point ? point->id : domain::ContactPointId::random(),
                                             .partyId = point ? point->partyId : m_view.parties[std::size_t(m_party->currentIndex())].id,
                                             .added = !point, .kind = valueOf<domain::ContactPointKind>(m_kind), .value = {},
                                             .status = valueOf<domain::ContactStatus>(m_status), .source = valueOf<domain::ContactSource>(m_source),
                                             .reason = point ? "corrected" : "told"};
    if (!value.isEmpty())
        change.value = base::SensitiveText(u8(value));
    m_save->setEnabled(false);
    whenReady(m_calls.saveFacts({.caseId = m_view.id, .contextVersion = m_view.version, .contactPointChanges = {std::move(change)}}), this,
              [this](const base::Result<services::Saved>& saved) {
                  m_save->setEnabled(true);
                  if (saved)
                      accept();
                  else
                      m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::notSaved(saved.error()));
              });
}

void showContactPointDialog(services::CallService& calls, const services::CaseView& view, const services::ContactPointView* point, QWidget* window)
{
    (new ContactPointDialog(calls, view, point, window))->open();
}

} // namespace evenhand::ui
