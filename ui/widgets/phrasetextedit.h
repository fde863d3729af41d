// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <QPlainTextEdit>

#include "app/compliance/phraselivetext.h"
#include "app/domain/eventpayloads.h"

namespace evenhand::ui {

class PhraseGutter;

/// A text box that underlines banned phrases while one types: style, gutter icon and tool tip say what colour alone must not.
/// Alt+Enter takes the first safer wording for the hit at the cursor, F7 goes to the next hit, Ctrl+Z undoes. While an input
/// method composes nothing is looked at and nothing is changed; the look-up happens when it is done.
class PhraseTextEdit : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit PhraseTextEdit(QWidget* parent = nullptr);
    ~PhraseTextEdit() override;

    void setChecker(const compliance::PhraseChecker& checker);
    void setFacts(std::set<std::string> trueFacts);                             ///< what makes a statement true (a suit is filed …)

    /// Hits still open, in order: neither ignored nor quoted.
    [[nodiscard]] const std::vector<compliance::PhraseHit>& openHits() const { return m_open; }
    [[nodiscard]] QString wordsOf(const compliance::PhraseHit& hit) const;   ///< what stands in the text; for a missing phrase, what is missing
    [[nodiscard]] bool hasBlockingHit() const;
    [[nodiscard]] bool isComposing() const { return m_composing; }
    [[nodiscard]] int ignoredCount() const { return int(m_ignored.size()); }

    void replaceHit(const compliance::PhraseHit& hit, const QString& wording);
    void quoteHit(const compliance::PhraseHit& hit);                            ///< "this is what the debtor said"
    void ignoreHit(const compliance::PhraseHit& hit);
    void forgetIgnored();                                                       ///< undo of every "ignore here"
    void goToNextHit();
    bool replaceAtCursor();                                                     ///< false when there is nothing to replace

    /// What was found and what was done about it, for the event. Offsets are code points of the present text.
    [[nodiscard]] std::vector<domain::PhraseFinding> findings() const;
    void startAfresh(const QString& text = {});                                 ///< new text, no history, nothing ignored

    [[nodiscard]] int gutterWidth() const;
    void paintGutter(QPaintEvent* event);

Q_SIGNALS:
    void hitsChanged();

protected:
    void inputMethodEvent(QInputMethodEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Marked {
        std::string rule;
        QString text;
        QTextCursor range;
        QString action;
    };

    void lookAtText();
    void lookAgain();                                                           ///< after a change of context
    void publish();
    void underline();
    void describeToScreenReader();
    [[nodiscard]] bool isIgnored(const compliance::PhraseHit& hit) const;
    [[nodiscard]] const compliance::PhraseHit* hitAt(int position) const;
    [[nodiscard]] QTextCursor cursorOver(qsizetype start, qsizetype end) const;
    [[nodiscard]] QString toolTipOf(const compliance::PhraseHit& hit) const;

    std::unique_ptr<compliance::PhraseLiveText> m_live;
    std::vector<compliance::PhraseHit> m_open;
    std::vector<Marked> m_ignored;
    std::vector<Marked> m_done;             ///< replaced and quoted, for the findings
    std::set<std::string> m_facts;
    PhraseGutter* m_gutter;
    bool m_composing = false;
    bool m_missedChange = false;
};

/// The message of a hit in the language of the window, or in English.
[[nodiscard]] QString messageOf(const compliance::PhraseHit& hit);
[[nodiscard]] QString severityIcon(compliance::Severity severity);
[[nodiscard]] QColor severityColour(compliance::Severity severity, const QPalette& palette);

} // namespace evenhand::ui
