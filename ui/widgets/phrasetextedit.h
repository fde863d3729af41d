// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <QPlainTextEdit>

#include "app/compliance/phraselivetext.h"
#include "app/domain/eventpayloads.h"
#include "ui/widgets/phrasedecisions.h"

class QMenu;

namespace evenhand::ui {

class PhraseGutter;

/// What becomes of a text, and so what may be done about a hit in it.
enum class PhraseUse {
    Internal,   ///< note, visit report, review comment: a blocking hit is replaced, quoted or appealed against with a reason; others may be ignored
    Outgoing    ///< message, letter, script: what another person reads or hears. Blocking hits and missing required phrases keep it back
};

/// A text box that underlines banned phrases while one types: style, gutter icon and tool tip say what colour alone must not.
/// Alt+Enter takes the first safer wording for the hit at the cursor, Alt+Down offers all that can be done about it (arrow keys choose),
/// F7 goes to the next hit, Ctrl+Z undoes. While an input method composes nothing is looked at and nothing is changed; the look-up
/// happens when it is done. PhraseBox is this with its list of hits.
class PhraseTextEdit : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit PhraseTextEdit(QWidget* parent = nullptr);
    ~PhraseTextEdit() override;

    void setChecker(const compliance::PhraseChecker& checker);
    void setFacts(std::set<std::string> trueFacts);                             ///< what makes a statement true (a suit is filed …)
    void setUse(PhraseUse use);                                                 ///< Internal unless set
    void setTextKind(std::string kind);                                         ///< which phrases are required: first_notice, opening …; "" none
    [[nodiscard]] PhraseUse use() const { return m_use; }

    /// Hits still open, in order: neither ignored nor quoted.
    [[nodiscard]] const std::vector<compliance::PhraseHit>& openHits() const { return m_open; }
    [[nodiscard]] QString wordsOf(const compliance::PhraseHit& hit) const;   ///< what stands in the text; for a missing phrase, what is missing
    [[nodiscard]] bool hasBlockingHit() const;
    /// Why the text may not be saved or sent as it stands, for the person who wrote it; empty when it may.
    [[nodiscard]] QString whyNot() const;
    [[nodiscard]] bool isComposing() const { return m_composing; }
    [[nodiscard]] bool mayQuote(const compliance::PhraseHit& hit) const;
    [[nodiscard]] bool mayIgnore(const compliance::PhraseHit& hit) const;       ///< false where only an appeal will do, or nothing
    [[nodiscard]] bool mayAppeal(const compliance::PhraseHit& hit) const;
    [[nodiscard]] std::vector<PhraseDecision> decisions() const { return m_decisions.revocable(); }

    void replaceHit(const compliance::PhraseHit& hit, const QString& wording);
    void quoteHit(const compliance::PhraseHit& hit);                            ///< "this is what the debtor said"
    void ignoreHit(const compliance::PhraseHit& hit);                           ///< nothing happens where mayIgnore is false
    void appealHit(const compliance::PhraseHit& hit, const QString& reason);    ///< keeps it for the reason given; nothing happens without one
    void revokeDecision(std::size_t index);                                     ///< into decisions()
    void offerChoices();                                                        ///< the menu of Alt+Down for the hit at the cursor
    void goToNextHit();
    bool replaceAtCursor();                                                     ///< false when there is nothing to replace

    /// What was found and what was done about it, for the event. Offsets are code points of the present text.
    [[nodiscard]] std::vector<domain::PhraseFinding> findings() const;
    void startAfresh(const QString& text = {});                                 ///< new text, no history, nothing ignored

    [[nodiscard]] int gutterWidth() const;
    void paintGutter(QPaintEvent* event);

Q_SIGNALS:
    void hitsChanged();
    void appealWanted(const evenhand::compliance::PhraseHit& hit);              ///< somebody has to ask for the reason; PhrasePanel does

protected:
    void inputMethodEvent(QInputMethodEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void lookAtText();
    void lookAgain();                                                           ///< after a change of context
    void publish();
    void underline();
    void describeToScreenReader();
    void finishComposing();
    void addChoices(QMenu& menu, const compliance::PhraseHit& hit);
    [[nodiscard]] const compliance::PhraseHit* hitAt(int position) const;
    [[nodiscard]] QTextCursor cursorOver(qsizetype start, qsizetype end) const;
    [[nodiscard]] QString toolTipOf(const compliance::PhraseHit& hit) const;

    std::unique_ptr<compliance::PhraseLiveText> m_live;
    std::vector<compliance::PhraseHit> m_open;
    PhraseDecisions m_decisions;
    PhraseUse m_use = PhraseUse::Internal;
    std::set<std::string> m_facts;
    std::string m_textKind;
    PhraseGutter* m_gutter;
    bool m_composing = false;
    bool m_missedChange = false;
};

/// The message of a hit in the language of the window, or in English.
[[nodiscard]] QString messageOf(const compliance::PhraseHit& hit);
[[nodiscard]] QString severityIcon(compliance::Severity severity);
[[nodiscard]] QColor severityColour(compliance::Severity severity, const QPalette& palette);

} // namespace evenhand::ui
