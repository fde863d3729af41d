// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/documents/letterdialog.h"

#include <algorithm>

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QGuiApplication>
#include <QPushButton>

#include "app/services/packservice.h"
#include "ui/documents/lettertext.h"
#include "ui/models/queuemodel.h"
#include "ui/text/errortext.h"
#include "ui/text/format.h"
#include "ui/text/language.h"
#include "ui/text/strings.h"
#include "ui/text/words.h"
#include "ui/widgets/elements.h"
#include "ui/widgets/phrasebox.h"

namespace evenhand::ui {

namespace {

constexpr const char* kSentOutcome = "delivered";

QString localised(const guidance::LocalText& text, const std::string& language)
{
    const auto found = text.find(language);
    return q(found != text.end() ? found->second : text.empty() ? std::string() : text.begin()->second);
}

bool fits(domain::Channel channel, domain::ContactPointKind kind)
{
    switch (channel) {
    case domain::Channel::Message: return kind == domain::ContactPointKind::Mobile;
    case domain::Channel::Im: return kind == domain::ContactPointKind::Im || kind == domain::ContactPointKind::Mobile;
    case domain::Channel::Email: return kind == domain::ContactPointKind::Email;
    case domain::Channel::Letter: return kind == domain::ContactPointKind::Address;
    case domain::Channel::Call:
    case domain::Channel::Visit: break;
    }
    return false;
}

} // namespace

LetterDialog::LetterDialog(const Services& services, services::CaseView view, std::optional<domain::PlanRow> plan, QWidget* parent)
    : QDialog(parent), m_services(services), m_view(std::move(view)), m_plan(std::move(plan)), m_template(new QComboBox(this)), m_language(new QComboBox(this)),
      m_channel(new QComboBox(this)), m_to(new QComboBox(this)), m_text(new PhraseBox(PhraseUse::Outgoing, services.packs, this)), m_banner(new Banner(this)),
      m_missing(new Banner(this)), m_copy(makeButton(this, QStringLiteral("letterCopy"))), m_pdf(makeButton(this, QStringLiteral("letterPdf"))),
      m_record(makeButton(this, QStringLiteral("letterRecord"), QStringLiteral("primary")))
{
    setObjectName(QStringLiteral("letterDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Message or letter"));
    resize(780, 640);
    layOut();
    connectParts();
    offerTemplates();
    if (!m_view.parties.empty())
        whenReady(m_services.calls.prepare(m_view.id, m_view.parties.front().id), this, [this](const base::Result<services::CallPreparation>& prepared) {
            if (!prepared) {
                m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(prepared.error()));
                return;
            }
            m_data = prepared->data;
            fill();
        });
}

void LetterDialog::layOut()
{
    const std::pair<QComboBox*, std::pair<const char*, QString>> fields[] = {{m_template, {"letterTemplate", tr("Template")}}, {m_language, {"letterLanguage", tr("Language")}},
                                                                             {m_channel, {"letterChannel", tr("Sent by")}}, {m_to, {"letterTo", tr("To")}}};
    auto* down = column(this, 16, 10);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const auto& [field, names] : fields) {
        nameInput(field, QString::fromLatin1(names.first));
        field->setAccessibleName(names.second);
        form->addRow(names.second, field);
    }
    down->addLayout(form);
    down->addWidget(m_banner);
    down->addWidget(m_missing);
    nameInput(m_text->edit(), QStringLiteral("letterText"));
    m_text->edit()->setAccessibleName(tr("Text"));
    down->addWidget(m_text, 1);
    auto* buttons = row(8);
    QPushButton* close = makeButton(this, QStringLiteral("letterClose"), QStringLiteral("flat"));
    close->setText(tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    m_copy->setText(tr("Copy text"));
    m_pdf->setText(tr("Save as PDF…"));
    m_record->setText(tr("Record as sent"));
    for (QPushButton* button : {close, m_copy, m_pdf, m_record})
        button->setAutoDefault(false);
    buttons->addWidget(close);
    buttons->addStretch(1);
    buttons->addWidget(m_copy);
    buttons->addWidget(m_pdf);
    buttons->addWidget(m_record);
    down->addLayout(buttons);
    for (const char* code : {"zh_CN", "en"})
        m_language->addItem(QString::fromLatin1(code) == QStringLiteral("en") ? QStringLiteral("English") : QStringLiteral("简体中文"), QString::fromLatin1(code));
    m_language->setCurrentIndex(std::max(0, m_language->findData(m_services.language.code())));
}

void LetterDialog::connectParts()
{
    connect(m_template, &QComboBox::currentIndexChanged, this, &LetterDialog::templateChosen);
    connect(m_language, &QComboBox::currentIndexChanged, this, &LetterDialog::fill);
    connect(m_channel, &QComboBox::currentIndexChanged, this, [this] {
        m_to->clear();
        for (const auto& party : m_view.parties) {
            if (party.role != domain::PartyRole::Debtor)
                continue;
            for (const auto& point : party.contactPoints)
                if (fits(channel(), point.kind) && point.status != domain::ContactStatus::Invalid)
                    m_to->addItem(QStringLiteral("%1 · %2").arg(q(party.name), q(point.value)), q(point.id.toString()));
        }
        askGate();
    });
    connect(m_to, &QComboBox::activated, this, &LetterDialog::askGate);
    connect(m_text->edit(), &PhraseTextEdit::hitsChanged, this, &LetterDialog::sayState);
    connect(m_text->edit(), &QPlainTextEdit::textChanged, this, &LetterDialog::sayState);
    connect(m_copy, &QPushButton::clicked, this, &LetterDialog::copyText);
    connect(m_pdf, &QPushButton::clicked, this, &LetterDialog::savePdf);
    connect(m_record, &QPushButton::clicked, this, &LetterDialog::record);
}

std::string LetterDialog::language() const { return u8(m_language->currentData().toString()); }
domain::Channel LetterDialog::channel() const { return domain::channelFromWord(u8(m_channel->currentData().toString())).value_or(domain::Channel::Letter); }
std::optional<domain::ContactPointId> LetterDialog::contactPoint() const { return domain::ContactPointId::tryFromString(u8(m_to->currentData().toString())); }

const guidance::Letter* LetterDialog::chosen() const
{
    const auto packs = m_services.packs.active();
    return packs ? packs->letters.find(u8(m_template->currentData().toString())) : nullptr;
}

std::optional<domain::PlanRow> LetterDialog::planFor(const guidance::Letter& letter) const
{
    if (m_plan)
        return m_plan;
    for (const auto& plan : m_view.plans)
        if (plan.row.state == domain::PlanState::InForce || (letter.isAgreement && plan.row.state == domain::PlanState::Approved))
            return plan.row;
    return std::nullopt;
}

void LetterDialog::offerTemplates()
{
    const auto packs = m_services.packs.active();
    if (!packs)
        return;
    for (const auto& letter : packs->letters.all())
        if (!letter.isAgreement || planFor(letter))
            m_template->addItem(localised(letter.label, packLanguage()), q(letter.code));
    for (int at = 0; m_plan && at < m_template->count(); ++at)
        if (packs->letters.find(u8(m_template->itemData(at).toString()))->isAgreement)
            m_template->setCurrentIndex(at);
    templateChosen();
}

void LetterDialog::templateChosen()
{
    m_channel->clear();
    if (const auto* letter = chosen()) {
        for (const auto one : letter->channels)
            m_channel->addItem(Words::of(one), q(std::string(domain::toWord(one))));
        m_text->edit()->setTextKind(letter->textKind);
    }
    fill();
}

void LetterDialog::fill()
{
    const auto* letter = chosen();
    if (!letter || m_data.empty())
        return;
    auto values = m_data;
    const auto plan = planFor(*letter);
    if (plan)
        addPlan(values, *plan);
    const auto filled = guidance::fillLetter(*letter, values, language());
    m_gaps = filled.gaps;
    m_raw = q(filled.text).trimmed();
    m_text->startAfresh(withSchedule(m_raw, plan, language()));
    sayState();
}

services::GateRequest LetterDialog::request() const
{
    const auto* letter = chosen();
    services::GateRequest request{m_view.id, m_view.parties.front().id, contactPoint(), channel()};
    request.purpose = letter && letter->isReminder ? compliance::Purpose::PaymentReminder : compliance::Purpose::Collection;
    return request;
}

void LetterDialog::askGate()
{
    m_gate.reset();
    sayState();
    if (m_view.parties.empty() || m_channel->count() == 0 || !contactPoint())
        return;
    whenLatest(m_services.calls.askGate(request()), this, m_latest, [this](const base::Result<services::GateAnswer>& answer) {
        if (answer)
            m_gate = *answer;
        else
            m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(answer.error()));
        sayState();
    });
}

bool LetterDialog::isOpen() const
{
    const bool isAllowed = m_gate && (m_gate->decision.verdict == compliance::Verdict::Allow || m_gate->decision.verdict == compliance::Verdict::Warn);
    return isAllowed && m_gaps.empty() && m_text->edit()->whyNot().isEmpty() && !m_text->text().trimmed().isEmpty();
}

void LetterDialog::sayState()
{
    if (!contactPoint())
        m_banner->say(QStringLiteral("warn"), QStringLiteral("light-warn"), tr("The debtor has no address for this channel."));
    else if (m_gate)
        m_banner->say(lookOf(m_gate->decision.verdict), lightIconName(m_gate->decision.verdict),
                      m_gate->decision.verdict == compliance::Verdict::Allow ? Words::of(m_gate->decision.verdict) : reasonOf(m_gate->light));
    QStringList gaps;
    for (const auto& gap : m_gaps) {
        const auto* field = guidance::findMergeField(gap);
        gaps << q(field ? std::string(packLanguage() == "zh_CN" ? field->zhLabel : field->enLabel) : gap);
    }
    //: %1 is a list of facts
    m_missing->say(QStringLiteral("block"), QStringLiteral("light-block"), gaps.isEmpty() ? QString() : tr("Not known, so this cannot go out: %1").arg(gaps.join(tr(", "))));
    for (QPushButton* button : {m_copy, m_pdf, m_record})
        button->setEnabled(isOpen());
}

void LetterDialog::copyText()
{
    if (m_text->mayPass())
        QGuiApplication::clipboard()->setText(m_text->text());
}

void LetterDialog::savePdf()
{
    const auto* letter = chosen();
    if (!letter || !m_text->mayPass())
        return;
    // The table belongs to the text as the template has it; a text that was rewritten is printed as it stands.
    const auto plan = planFor(*letter);
    const QString text = m_text->text() == withSchedule(m_raw, plan, language()) ? m_raw : m_text->text();
    const QString html = letterHtml(text, plan, language());
    const QString title = localised(letter->label, language());
    auto* dialog = new QFileDialog(this, tr("Save as PDF"), QString(), tr("PDF files (*.pdf)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("letterFile"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    dialog->selectFile(q(letter->code) + u'-' + QDate::currentDate().toString(Qt::ISODate) + QStringLiteral(".pdf"));   // no name, no number
    connect(dialog, &QFileDialog::fileSelected, this, [this, html, title](const QString& path) {
        whenReady(writePdf(html, title, path), this, [this](const base::Result<>& written) {
            if (written)
                m_banner->say(QStringLiteral("allow"), QStringLiteral("check"), tr("The PDF is saved. Record the letter when it has gone out."));
            else
                m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), tr("The PDF could not be saved."), q(written.error().detail));
        });
    });
    dialog->open();
}

void LetterDialog::record()
{
    const auto* letter = chosen();
    if (!letter || !m_gate || !m_text->mayPass())
        return;
    services::CallDraft draft{m_view.id, m_view.version, domain::CallPayload{m_view.parties.front().id}};
    draft.call.contactPointId = contactPoint();
    draft.call.channel = channel();
    draft.call.startedAt = m_services.clock.now();
    draft.call.outcome = kSentOutcome;
    draft.call.result = domain::ContactResult::Delivered;
    draft.call.phraseFindings = m_text->findings();
    draft.call.gate = m_gate->json;
    draft.call.content = base::SensitiveText(u8(m_text->text()));
    base::Json packs = base::Json::array();
    for (const auto& pack : m_services.packs.active()->identities)
        packs.push_back({{"id", pack.id}, {"version", pack.version}, {"hash", pack.hash}});
    draft.call.document = {{"template", letter->code}, {"language", language()}, {"packs", packs}};
    m_record->setEnabled(false);
    whenReady(m_services.calls.saveCall(std::move(draft)), this, [this](const base::Result<services::Saved>& saved) {
        if (saved)
            accept();
        else
            m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(saved.error()));
        m_record->setEnabled(!saved);
    });
}

} // namespace evenhand::ui
