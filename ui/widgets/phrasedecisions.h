// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>
#include <QTextCursor>

#include "app/compliance/phrasetypes.h"
#include "app/domain/eventpayloads.h"

namespace evenhand::ui {

/// What the writer did about a hit. A decision holds as long as the words it was made about stand in the text.
enum class PhraseAction { Replaced, Quoted, Ignored, Appealed };

struct PhraseDecision {
    std::string rule;
    QString words;              ///< as they stood when it was decided; for Replaced: the safer wording
    QTextCursor range;          ///< moves with the text
    PhraseAction action = PhraseAction::Ignored;
    QString reason{};           ///< of an appeal
    QTextCursor quotation{};    ///< of Quoted: all that the debtor said

    [[nodiscard]] bool stands() const { return range.selectedText() == words; }
};

/// The decisions about one text, in the order they were made. UI thread.
class PhraseDecisions {
public:
    void add(PhraseDecision decision) { m_all.push_back(std::move(decision)); }
    void clear() { m_all.clear(); }
    /// Forgets "ignore here" and appeals whose words were changed, and quotations of which nothing is left.
    void dropStale();
    /// True when the hit is ignored or appealed against. Quotations are the checker's business.
    [[nodiscard]] bool settles(const compliance::PhraseHit& hit) const;

    /// Those that can be taken back one by one (a replacement is undone with Ctrl+Z).
    [[nodiscard]] std::vector<PhraseDecision> revocable() const;
    void revoke(std::size_t index);   ///< into revocable()

    [[nodiscard]] std::vector<compliance::TextRange> quotations() const;
    /// For the event; offsets are code points of `text`, the document's present text.
    void appendFindings(const QString& text, std::vector<domain::PhraseFinding>& findings) const;

private:
    std::vector<PhraseDecision> m_all;
};

/// Code points in the first `end` UTF-16 units.
[[nodiscard]] int codePoints(const QString& text, qsizetype end);

} // namespace evenhand::ui
