// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/compliance/foldedtext.h"

namespace evenhand::compliance {

/// A part of a Latin run: a syllable, or a single letter that belongs to none (syllable -1).
struct PinyinPart {
    std::size_t start = 0;   ///< letters into the run
    std::size_t length = 1;
    int syllable = -1;
    friend bool operator==(const PinyinPart&, const PinyinPart&) = default;
};

/// Cuts lower-case letters into syllables with as few left-over letters as possible, then as few syllables as possible; among equals
/// the first syllable is as long as possible (or as short as possible, for the second reading of "fangan").
[[nodiscard]] std::vector<PinyinPart> cutPinyin(std::string_view letters, bool shortFirst, const FoldTables& tables);

/// Rewrites a FoldedText in place: Han characters and Latin runs become syllable tokens, repetitions are collapsed.
class SyllableWriter {
public:
    SyllableWriter(const FoldTables& tables, bool collapse, bool shortFirst, FoldedText& text);

    void character(std::size_t at);
    [[nodiscard]] std::size_t latinRun(std::size_t at);   ///< returns the token behind the run
    void finish();

private:
    void put(std::uint32_t token, std::uint32_t character, std::uint32_t start, std::uint32_t end, bool keepsRuns = false);

    const FoldTables& m_tables;
    bool m_collapse;
    bool m_shortFirst;
    FoldedText& m_text;
    std::size_t m_written = 0;
};

} // namespace evenhand::compliance
