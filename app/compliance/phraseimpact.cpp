// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/phraseimpact.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace evenhand::compliance {

namespace {

constexpr qsizetype kSampleEdge = 20;

using RuleHit = std::tuple<std::string, qsizetype, qsizetype>;   // rule id, start, end

std::set<RuleHit> ruleHits(const PhraseChecker& checker, const QString& text, const PhraseContext& context)
{
    std::set<RuleHit> hits;
    for (const auto& hit : checker.check(text, context))
        hits.emplace(hit.ruleId, hit.start, hit.end);
    return hits;
}

ImpactSample sampleOf(const QString& text, const std::string& source, const RuleHit& hit)
{
    const auto& [rule, start, end] = hit;
    const auto from = std::max<qsizetype>(0, start - kSampleEdge);
    return {source, text.mid(from, start - from), text.mid(start, end - start), text.mid(end, kSampleEdge)};
}

} // namespace

PhraseImpact::PhraseImpact(PhraseChecker from, PhraseChecker to, std::size_t samples)
    : m_from(std::move(from)), m_to(std::move(to)), m_samples(samples)
{
}

void PhraseImpact::add(const QString& text, const std::string& source, const PhraseContext& context)
{
    const auto before = ruleHits(m_from, text, context);
    const auto after = ruleHits(m_to, text, context);
    ++m_texts;
    m_changed += before == after ? 0 : 1;
    for (const auto& hit : after) {
        if (before.contains(hit)) {
            ++m_unchanged;
            continue;
        }
        auto& rule = m_rules[std::get<0>(hit)];
        ++rule.newHits;
        if (rule.newSamples.size() < m_samples)
            rule.newSamples.push_back(sampleOf(text, source, hit));
    }
    for (const auto& hit : before) {
        if (after.contains(hit))
            continue;
        auto& rule = m_rules[std::get<0>(hit)];
        ++rule.lostHits;
        if (rule.lostSamples.size() < m_samples)
            rule.lostSamples.push_back(sampleOf(text, source, hit));
    }
}

} // namespace evenhand::compliance
