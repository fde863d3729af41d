// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/notecomposer.h"

#include <QEvent>

#include "ui/async.h"
#include "ui/text/errortext.h"
#include "ui/text/strings.h"
#include "ui/widgets/elements.h"
#include "ui/widgets/phrasepanel.h"
#include "ui/widgets/phrasetextedit.h"

namespace evenhand::ui {

namespace {
constexpr int kDraftMs = 2000;
}

NoteComposer::NoteComposer(services::CallService& calls, QWidget* parent)
    : QFrame(parent), m_calls(calls), m_head(makeLabel(this, QStringLiteral("section"))), m_state(makeLabel(this, QStringLiteral("small"))), m_text(new PhraseTextEdit(this)),
      m_phrases(new PhrasePanel(*m_text, this)), m_banner(new Banner(this)), m_save(makeButton(this, QStringLiteral("noteSave")))
{
    setProperty("look", QStringLiteral("card"));
    nameInput(m_text, QStringLiteral("noteText"));
    m_text->setFixedHeight(76);
    auto* down = column(this, 12, 8);
    down->addWidget(m_head);
    down->addWidget(m_text);
    down->addWidget(m_phrases);
    down->addWidget(m_banner);
    auto* foot = row(8);
    foot->addWidget(m_state, 1);
    foot->addWidget(m_save);
    down->addLayout(foot);
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(kDraftMs);
    connect(&m_draftTimer, &QTimer::timeout, this, &NoteComposer::keepDraft);
    connect(m_text, &QPlainTextEdit::textChanged, this, &NoteComposer::edited);
    connect(m_save, &QPushButton::clicked, this, [this] { save(false); });
    m_texts.add([this] {
        m_head->setText(tr("New note"));
        m_text->setAccessibleName(tr("New note"));
        m_text->setPlaceholderText(tr("Facts, no opinions. A saved note is never changed."));
        m_save->setText(tr("Save note"));
    });
    edited();
}

void NoteComposer::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
}

bool NoteComposer::isEmpty() const
{
    return m_text->toPlainText().trimmed().isEmpty();
}

void NoteComposer::setCase(const domain::CaseId& id, std::int64_t version)
{
    m_version = version;
    if (m_case && *m_case == id)
        return;
    keepDraft();
    m_case = id;
    m_draft.reset();
    m_filling = true;
    m_text->startAfresh();
    m_filling = false;
    m_banner->clear();
    showSaved({});
    loadDraft();
}

void NoteComposer::setChecker(const compliance::PhraseChecker& checker)
{
    m_text->setChecker(checker);
}

void NoteComposer::loadDraft()
{
    whenReady(m_calls.loadDrafts(*m_case), this, [this, asked = *m_case](const base::Result<std::vector<services::Draft>>& drafts) {
        if (!drafts || !(m_case == asked) || !isEmpty())
            return;
        for (const services::Draft& draft : *drafts)
            if (draft.form == "note") {
                m_draft = draft.id;
                m_filling = true;
                m_text->startAfresh(q(draft.body.reveal()));
                m_filling = false;
                showSaved(tr("Draft from before, not saved as a note yet."));
                return;
            }
    });
}

void NoteComposer::edited()
{
    m_save->setEnabled(!isEmpty() && !m_saving);
    if (m_filling || !m_case)
        return;
    showSaved(isEmpty() ? QString() : tr("Not saved yet"));
    if (!m_draftTimer.isActive())
        m_draftTimer.start();
}

void NoteComposer::keepDraft()
{
    m_draftTimer.stop();
    if (!m_case || m_saving)
        return;
    if (isEmpty()) {
        if (m_draft)
            whenReady(m_calls.discardDraft(*m_draft), this, [](const base::Result<>&) {});
        m_draft.reset();
        return;
    }
    if (!m_draft)
        m_draft = services::CallService::newDraftId();
    services::Draft draft{.id = *m_draft, .caseId = m_case, .form = "note", .body = base::SensitiveText(u8(m_text->toPlainText()))};
    whenReady(m_calls.saveDraft(std::move(draft)), this, [this](const base::Result<>& kept) {
        if (!kept)
            m_banner->say(QStringLiteral("warn"), QStringLiteral("light-warn"), tr("The draft could not be kept. %1").arg(ErrorText::of(kept.error())));
    });
}

void NoteComposer::save(bool thenNext)
{
    if (!m_case || isEmpty() || m_saving)
        return;
    if (const QString why = m_text->whyNot(); !why.isEmpty()) {
        m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), why);
        m_text->setFocus();
        return;
    }
    m_draftTimer.stop();
    m_saving = true;
    m_text->setReadOnly(true);
    m_save->setEnabled(false);
    services::NoteDraft note{.caseId = *m_case, .contextVersion = m_version, .note = {base::SensitiveText(u8(m_text->toPlainText())), m_text->findings()}, .draftId = m_draft};
    whenReady(m_calls.addNote(std::move(note)), this, [this, thenNext](const base::Result<services::Saved>& result) {
        m_saving = false;
        m_text->setReadOnly(false);
        if (!result) {
            m_save->setEnabled(true);
            m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::notSaved(result.error()));
            return;
        }
        m_draft.reset();
        m_banner->clear();
        m_filling = true;
        m_text->startAfresh();
        m_filling = false;
        showSaved(tr("Note saved on this computer."));
        Q_EMIT saved(thenNext);
    });
}

void NoteComposer::showSaved(const QString& text)
{
    m_state->setText(text);
}

} // namespace evenhand::ui
