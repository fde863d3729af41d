// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/base/json.h"
#include "app/base/result.h"
#include "app/compliance/decision.h"
#include "app/compliance/phrasechecker.h"

namespace evenhand::ctl {

/// What the command line of `evenhandctl phrases` says.
struct PhrasesOptions {
    std::vector<std::string> packs;
    std::vector<std::string> files = {};
    std::string facts;
    std::string speaker = "agent";
    std::string textKind;
    std::string deny;
    std::string allow;
    std::string fold = "width,case,traditional";
    bool words = false;
    bool isBatch = false;
    bool withStats = false;
};

/// An ad-hoc list, from files or from a line of a batch.
struct AdHocList {
    std::vector<std::string> deny;
    std::vector<std::string> allow;
    compliance::FoldSet folds;
    compliance::WordEdges edges = compliance::WordEdges::Free;
    friend bool operator==(const AdHocList&, const AdHocList&) = default;
};

/// The rules to check with, and the packs they come from.
struct PhraseSource {
    compliance::PhraseSet set;
    std::vector<compliance::PackIdentity> packs;
};

[[nodiscard]] base::Result<PhraseSource> loadPackPhrases(const std::vector<std::string>& packs);
[[nodiscard]] base::Result<AdHocList> readAdHocList(const PhrasesOptions& options);
/// Members of a batch line replace those of `defaults`; `place` begins error messages.
[[nodiscard]] base::Result<AdHocList> adHocListOf(const base::Json& line, const AdHocList& defaults, const std::string& place);
/// Facts as {"facts": ["suit_filed"]}, {"facts": {"suit_filed": true}} or {"suit_filed": true}.
[[nodiscard]] base::Result<compliance::PhraseContext> readPhraseContext(const PhrasesOptions& options);

/// Counts of code points for UTF-16 offsets that only rise.
class CodePointCounter {
public:
    explicit CodePointCounter(QStringView text) : m_text(text) {}
    [[nodiscard]] qsizetype at(qsizetype unit);   ///< may go back; that costs a fresh count

private:
    QStringView m_text;
    qsizetype m_unit = 0;
    qsizetype m_codePoint = 0;
};

} // namespace evenhand::ctl
