// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include <QString>

#include "app/compliance/phrasechecker.h"

namespace evenhand::compliance {

/// A hit that only one of two packs gives, with a little text around it.
struct ImpactSample {
    std::string source;   ///< whose text: "FILE:LINE" or an event id
    QString before;       ///< up to 20 characters
    QString text;         ///< the words hit
    QString after;        ///< up to 20 characters
};

struct RuleImpact {
    std::size_t newHits = 0;
    std::size_t lostHits = 0;
    std::vector<ImpactSample> newSamples;
    std::vector<ImpactSample> lostSamples;
};

/// What publishing one pack in place of another would change on texts that were really written. Samples hold words of those
/// texts: show them to who may read the texts, and log none.
class PhraseImpact {
public:
    /// At most `samples` of each kind are kept per rule.
    PhraseImpact(PhraseChecker from, PhraseChecker to, std::size_t samples = 3);

    void add(const QString& text, const std::string& source, const PhraseContext& context = {});

    [[nodiscard]] std::size_t texts() const { return m_texts; }
    [[nodiscard]] std::size_t changedTexts() const { return m_changed; }
    [[nodiscard]] std::size_t unchangedHits() const { return m_unchanged; }
    [[nodiscard]] const std::map<std::string, RuleImpact>& rules() const { return m_rules; }   ///< by rule id, changed ones only

private:
    PhraseChecker m_from;
    PhraseChecker m_to;
    std::size_t m_samples;
    std::size_t m_texts = 0;
    std::size_t m_changed = 0;
    std::size_t m_unchanged = 0;
    std::map<std::string, RuleImpact> m_rules;
};

} // namespace evenhand::compliance
