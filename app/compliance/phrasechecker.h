// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <QStringView>

#include "app/base/result.h"
#include "app/compliance/phraseset.h"
#include "app/compliance/phrasetypes.h"

namespace evenhand::compliance {

/// A phrase that stands in a text, whatever its surroundings make of it. PhraseLiveText keeps them while a text is typed.
struct PhraseSighting {
    PhraseSpan span;
    enum class Negated : std::uint8_t { Unknown, No, Yes } negated = Negated::Unknown;   ///< kept as long as the words around it stand
};

/// Finds banned phrases, also disguised ones, in what a person wrote. Immutable after build; copies share the compiled
/// form; every function may be called from any thread at any time.
///
/// Hits never cross a line break, and, where separators are skipped, never a sentence end. So a text may be checked line by line: the hits of
/// the lines, moved to their place, are the hits of the text (required phrases apart: they concern the whole text).
class PhraseChecker {
public:
    /// Compiles the rules. Invalid when a phrase cannot be understood; the detail names the place.
    [[nodiscard]] static base::Result<PhraseChecker> build(const PhraseSet& set);

    /// All hits, by start and then by length (longest first). Within one category and severity hits do not overlap
    /// (leftmost, then longest); a hit inside a more severe one of its category is left out.
    [[nodiscard]] std::vector<PhraseHit> check(QStringView text, const PhraseContext& context = {}) const;

    /// As check, without required phrases and without texts: for bulk work.
    [[nodiscard]] std::vector<PhraseSpan> scan(QStringView text, const PhraseContext& context = {}) const;
    void scan(QStringView text, const PhraseContext& context, std::vector<PhraseSpan>& out) const;   ///< appends to `out`

    /// Required phrases of the context's text kind that are not there.
    [[nodiscard]] std::vector<PhraseHit> missing(QStringView text, const PhraseContext& context) const;

    /// For a text that changes: the sightings in one line (`line` has no line break), offsets into it, in no order.
    void sight(QStringView line, std::vector<PhraseSighting>& out) const;
    /// The line was edited at `edit` (what was inserted, in the new line; `removed` units went). `sightings` are those of the old line and become
    /// those of the new one. Only what the edit can have changed is looked at again.
    void sightAgain(QStringView line, TextRange edit, qsizetype removed, std::vector<PhraseSighting>& sightings) const;
    /// What scan finds in the line, made of its sightings; `offset` is where the line begins in the text that `context` speaks of.
    void settle(QStringView line, qsizetype offset, const PhraseContext& context, std::vector<PhraseSighting>& sightings, std::vector<PhraseSpan>& out) const;
    /// As missing(), made of the sightings of the whole text.
    [[nodiscard]] std::vector<PhraseHit> missing(const std::vector<PhraseSighting>& sightings, const PhraseContext& context) const;

    [[nodiscard]] PhraseHit describe(const PhraseSpan& span) const;
    [[nodiscard]] const PhraseRule& rule(const PhraseSpan& span) const;
    [[nodiscard]] QString phrase(const PhraseSpan& span) const;   ///< as its author wrote it
    [[nodiscard]] const PhraseStats& stats() const;

private:
    struct Compiled;
    explicit PhraseChecker(std::shared_ptr<const Compiled> compiled) : m_compiled(std::move(compiled)) {}
    std::shared_ptr<const Compiled> m_compiled;
};

} // namespace evenhand::compliance
