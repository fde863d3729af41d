// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>

#include "app/compliance/phrasechecker.h"

namespace evenhand::compliance {

/// The hits of a text that is being typed. After an edit only the touched lines (parts between line breaks) are looked at
/// again; everything else is moved. Not thread-safe; belongs to the editor it serves.
///
/// A QSyntaxHighlighter may instead call PhraseChecker::check for each block: a block is a line.
class PhraseLiveText {
public:
    explicit PhraseLiveText(PhraseChecker checker) : m_checker(std::move(checker)) {}

    void setContext(PhraseContext context);   ///< checks everything again; quotations are offsets into the present text
    void setText(const QString& text);

    /// Replaces `removed` UTF-16 units at `position` by `inserted`, as QTextDocument::contentsChange reports it. Gives the
    /// range of the new text that was looked at again. Quotations of the context move along.
    TextRange edit(qsizetype position, qsizetype removed, QStringView inserted);

    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] const std::vector<PhraseHit>& hits() const { return m_hits; }   ///< sorted by start
    [[nodiscard]] const PhraseContext& context() const { return m_context; }

private:
    void recheck(TextRange range);
    PhraseChecker m_checker;
    PhraseContext m_context;
    QString m_text;
    std::vector<PhraseHit> m_hits;
};

} // namespace evenhand::compliance
