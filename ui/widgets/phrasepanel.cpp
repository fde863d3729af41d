// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/phrasepanel.h"

#include <QEvent>

#include "ui/text/clausetranslator.h"
#include "ui/text/strings.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {
constexpr int kShownSuggestions = 3;
constexpr int kShownHits = 4;
}

PhrasePanel::PhrasePanel(PhraseTextEdit& edit, QWidget* parent) : QWidget(parent), m_edit(edit), m_list(column(this, 0, 8))
{
    setObjectName(QStringLiteral("phrasePanel"));
    connect(&edit, &PhraseTextEdit::hitsChanged, this, &PhrasePanel::rebuild);
    rebuild();
}

void PhrasePanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        rebuild();
}

void PhrasePanel::rebuild()
{
    clearLayout(m_list);
    int index = 0;
    for (const compliance::PhraseHit& hit : m_edit.openHits()) {
        if (index == kShownHits) {
            QLabel* more = makeLabel(this, QStringLiteral("small"));
            more->setText(tr("%n more", nullptr, int(m_edit.openHits().size()) - kShownHits));
            m_list->addWidget(more);
            break;
        }
        addHit(hit, index++);
    }
    if (m_edit.ignoredCount() > 0)
        addIgnoredLine();
    setVisible(!m_edit.openHits().empty() || m_edit.ignoredCount() > 0);
}

void PhrasePanel::addHit(const compliance::PhraseHit& hit, int index)
{
    auto* box = new QFrame(this);
    const bool block = hit.severity == compliance::Severity::Block;
    box->setProperty("look", block ? QStringLiteral("banner-block") : QStringLiteral("banner-warn"));
    auto* down = column(box, 10, 6);
    auto* head = row(8);
    auto* icon = new QLabel(box);
    icon->setPixmap(linePixmap(severityIcon(hit.severity), severityColour(hit.severity, palette()), 18, devicePixelRatioF()));
    head->addWidget(icon, 0, Qt::AlignTop);
    QLabel* reason = makeLabel(box);
    reason->setWordWrap(true);
    //: %1 is the phrase found, %2 the reason
    reason->setText(tr("“%1”: %2").arg(m_edit.wordsOf(hit), messageOf(hit)));
    head->addWidget(reason, 1);
    down->addLayout(head);
    QLabel* clause = makeLabel(box, QStringLiteral("small"));
    clause->setText(clauseText(hit.clause));
    clause->setWordWrap(true);
    down->addWidget(clause);

    for (int at = 0; at < std::min(kShownSuggestions, int(hit.suggestions.size())); ++at) {
        const QString wording = hit.suggestions[std::size_t(at)];
        auto* replace = new ElidedButton(box, at == 0 ? QStringLiteral("phraseReplace%1").arg(index) : QStringLiteral("phraseReplace%1_%2").arg(index).arg(at),
                                         QStringLiteral("choice"));
        //: %1 is the safer wording
        replace->setWhole(tr("Replace by “%1”").arg(wording), wording);
        replace->setAccessibleName(tr("Replace by “%1”").arg(wording));
        connect(replace, &QPushButton::clicked, this, [this, hit, wording] { m_edit.replaceHit(hit, wording); m_edit.setFocus(); });
        down->addWidget(replace);
    }
    auto* actions = row(4);
    if (!hit.missing) {
        QPushButton* quote = makeButton(box, QStringLiteral("phraseQuote%1").arg(index), QStringLiteral("flat"));
        quote->setText(tr("The debtor said it"));
        connect(quote, &QPushButton::clicked, this, [this, hit] { m_edit.quoteHit(hit); m_edit.setFocus(); });
        actions->addWidget(quote);
        QPushButton* ignore = makeButton(box, QStringLiteral("phraseIgnore%1").arg(index), QStringLiteral("flat"));
        ignore->setText(tr("Ignore here"));
        connect(ignore, &QPushButton::clicked, this, [this, hit] { m_edit.ignoreHit(hit); m_edit.setFocus(); });
        actions->addWidget(ignore);
    }
    actions->addStretch(1);
    down->addLayout(actions);
    m_list->addWidget(box);
}

void PhrasePanel::addIgnoredLine()
{
    auto* line = new QWidget(this);
    auto* across = new QHBoxLayout(line);
    across->setContentsMargins(0, 0, 0, 0);
    QLabel* said = makeLabel(line, QStringLiteral("small"));
    said->setText(tr("%n hit(s) ignored here", nullptr, m_edit.ignoredCount()));
    QPushButton* undo = makeButton(line, QStringLiteral("phraseUndoIgnore"), QStringLiteral("flat"));
    undo->setText(tr("Undo"));
    connect(undo, &QPushButton::clicked, this, [this] { m_edit.forgetIgnored(); m_edit.setFocus(); });
    across->addWidget(said);
    across->addWidget(undo);
    across->addStretch(1);
    m_list->addWidget(line);
}

} // namespace evenhand::ui
