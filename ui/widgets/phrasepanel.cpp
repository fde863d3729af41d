// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/phrasepanel.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>

#include "ui/text/clausetranslator.h"
#include "ui/text/strings.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {
constexpr int kShownSuggestions = 3;
constexpr int kShownHits = 4;
constexpr int kLongestReason = 500;
}

PhrasePanel::PhrasePanel(PhraseTextEdit& edit, QWidget* parent) : QWidget(parent), m_edit(edit), m_list(column(this, 0, 8))
{
    setObjectName(QStringLiteral("phrasePanel"));
    connect(&edit, &PhraseTextEdit::hitsChanged, this, &PhrasePanel::rebuild);
    connect(&edit, &PhraseTextEdit::appealWanted, this, &PhrasePanel::askForReason);
    rebuild();
}

void PhrasePanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        rebuild();
}

void PhrasePanel::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Down: focusNextPrevChild(true); break;
    case Qt::Key_Up: focusNextPrevChild(false); break;
    case Qt::Key_Escape:
        m_edit.setFocus();
        if (m_appealing) {
            m_appealing.reset();
            rebuild();
        }
        break;
    default: QWidget::keyPressEvent(event);
    }
}

void PhrasePanel::rebuild()
{
    clearLayout(m_list);
    if (m_appealing && std::find(m_edit.openHits().begin(), m_edit.openHits().end(), *m_appealing) == m_edit.openHits().end())
        m_appealing.reset();
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
    const auto decisions = m_edit.decisions();
    for (std::size_t at = 0; at < decisions.size(); ++at)
        addDecision(decisions[at], at);
    setVisible(!m_edit.openHits().empty() || !decisions.empty());
}

void PhrasePanel::addHit(const compliance::PhraseHit& hit, int index)
{
    auto* box = new QFrame(this);
    box->setProperty("look", hit.severity == compliance::Severity::Block ? QStringLiteral("banner-block") : QStringLiteral("banner-warn"));
    box->setAccessibleName(tr("“%1”: %2").arg(m_edit.wordsOf(hit), messageOf(hit)));
    auto* down = column(box, 10, 6);
    addReason(box, down, hit);
    addReplacements(box, down, hit, index);
    addActions(box, down, hit, index);
    if (m_appealing == hit)
        addAppeal(box, down, hit);
    m_list->addWidget(box);
}

void PhrasePanel::addReason(QWidget* box, QBoxLayout* down, const compliance::PhraseHit& hit)
{
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
}

void PhrasePanel::addReplacements(QWidget* box, QBoxLayout* down, const compliance::PhraseHit& hit, int index)
{
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
}

void PhrasePanel::addActions(QWidget* box, QBoxLayout* down, const compliance::PhraseHit& hit, int index)
{
    auto* actions = row(4);
    const auto add = [&](const char* name, const QString& text, auto act) {
        QPushButton* button = makeButton(box, QStringLiteral("%1%2").arg(QLatin1String(name)).arg(index), QStringLiteral("flat"));
        button->setText(text);
        connect(button, &QPushButton::clicked, this, act);
        actions->addWidget(button);
    };
    if (m_edit.mayQuote(hit))
        add("phraseQuote", tr("The debtor said it"), [this, hit] { m_edit.quoteHit(hit); m_edit.setFocus(); });
    if (m_edit.mayIgnore(hit))
        add("phraseIgnore", tr("Ignore here"), [this, hit] { m_edit.ignoreHit(hit); m_edit.setFocus(); });
    if (m_edit.mayAppeal(hit))
        add("phraseAppeal", tr("Keep and appeal…"), [this, hit] { askForReason(hit); });
    actions->addStretch(1);
    down->addLayout(actions);
}

void PhrasePanel::addAppeal(QWidget* box, QBoxLayout* down, const compliance::PhraseHit& hit)
{
    auto* across = row(4);
    auto* reason = new QLineEdit(box);
    nameInput(reason, QStringLiteral("phraseReason"));
    reason->setMaxLength(kLongestReason);
    reason->setAccessibleName(tr("Why the phrase is right here"));
    reason->setPlaceholderText(tr("Why it is right here. The author of the rule reads this."));
    QPushButton* keep = makeButton(box, QStringLiteral("phraseKeep"));
    keep->setText(tr("Keep"));
    keep->setEnabled(false);
    connect(reason, &QLineEdit::textChanged, keep, [keep](const QString& text) { keep->setEnabled(!text.trimmed().isEmpty()); });
    const auto done = [this, hit, reason] {
        if (reason->text().trimmed().isEmpty())
            return;
        m_edit.setFocus();
        m_edit.appealHit(hit, reason->text());
    };
    connect(keep, &QPushButton::clicked, this, done);
    connect(reason, &QLineEdit::returnPressed, this, done);
    across->addWidget(reason, 1);
    across->addWidget(keep);
    down->addLayout(across);
}

void PhrasePanel::askForReason(const compliance::PhraseHit& hit)
{
    m_appealing = hit;
    rebuild();
    if (auto* reason = findChild<QLineEdit*>(QStringLiteral("phraseReason")))
        reason->setFocus();
}

void PhrasePanel::addDecision(const PhraseDecision& decision, std::size_t index)
{
    auto* line = new QWidget(this);
    auto* across = new QHBoxLayout(line);
    across->setContentsMargins(0, 0, 0, 0);
    QLabel* said = makeLabel(line, QStringLiteral("small"));
    said->setWordWrap(true);
    //: %1 is the phrase; what the writer decided about it
    const QString text = decision.action == PhraseAction::Quoted ? tr("“%1”: the debtor's words")
        : decision.action == PhraseAction::Appealed              ? tr("“%1”: kept, with an appeal")
                                                                 : tr("“%1”: ignored here");
    said->setText(text.arg(decision.words));
    QPushButton* undo = makeButton(line, QStringLiteral("phraseUndo%1").arg(index), QStringLiteral("flat"));
    undo->setText(tr("Undo"));
    undo->setAccessibleName(tr("Undo: %1").arg(said->text()));
    connect(undo, &QPushButton::clicked, this, [this, index] { m_edit.revokeDecision(index); m_edit.setFocus(); });
    across->addWidget(said, 1);
    across->addWidget(undo);
    m_list->addWidget(line);
}

} // namespace evenhand::ui
