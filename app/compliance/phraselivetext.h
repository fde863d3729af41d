// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>

#include "app/compliance/phrasechecker.h"

namespace evenhand::compliance {

/// The hits of a text that is being typed. After an edit only the words around it are looked at again, however long the line is;
/// everything else is moved, and the context (negation, reported speech) of the line's sightings is judged anew. Always equal to
/// PhraseChecker::check of the whole text. Not thread-safe; belongs to the editor it serves.
class PhraseLiveText {
public:
    explicit PhraseLiveText(PhraseChecker checker) : m_checker(std::move(checker)) {}

    void setContext(PhraseContext context);   ///< judges everything again; quotations are offsets into the present text
    void setText(const QString& text);

    /// Replaces `removed` UTF-16 units at `position` by `inserted`, as QTextDocument::contentsChange reports it. Gives the
    /// lines of the new text whose hits may have changed. Quotations of the context move along.
    TextRange edit(qsizetype position, qsizetype removed, QStringView inserted);

    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] const std::vector<PhraseHit>& hits() const { return m_hits; }   ///< sorted by start
    [[nodiscard]] const PhraseContext& context() const { return m_context; }

private:
    void sightLines(TextRange lines);
    void settleLines(TextRange lines);
    void sortHits();

    PhraseChecker m_checker;
    PhraseContext m_context;
    QString m_text;
    std::vector<PhraseSighting> m_sightings;   ///< offsets into the whole text
    std::vector<PhraseHit> m_hits;
};

} // namespace evenhand::compliance
