// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/phrasedecisions.h"

#include <algorithm>

#include "ui/text/strings.h"

namespace evenhand::ui {

namespace {

const char* wordOf(PhraseAction action)
{
    switch (action) {
    case PhraseAction::Replaced: return "replaced";
    case PhraseAction::Quoted: return "quoted";
    case PhraseAction::Ignored: return "ignored";
    case PhraseAction::Appealed: return "appealed";
    }
    return "kept";
}

bool keepsHit(PhraseAction action) { return action == PhraseAction::Ignored || action == PhraseAction::Appealed; }

} // namespace

int codePoints(const QString& text, qsizetype end)
{
    int count = 0;
    for (qsizetype at = 0; at < end && at < text.size(); ++at)
        count += text.at(at).isLowSurrogate() ? 0 : 1;
    return count;
}

void PhraseDecisions::dropStale()
{
    std::erase_if(m_all, [](const PhraseDecision& decision) {
        return (keepsHit(decision.action) && !decision.stands()) || (decision.action == PhraseAction::Quoted && !decision.quotation.hasSelection());
    });
}

bool PhraseDecisions::settles(const compliance::PhraseHit& hit) const
{
    return std::any_of(m_all.begin(), m_all.end(), [&](const PhraseDecision& decision) {
        return keepsHit(decision.action) && decision.rule == hit.ruleId && decision.range.selectionStart() == int(hit.start)
            && decision.range.selectionEnd() == int(hit.end);
    });
}

std::vector<PhraseDecision> PhraseDecisions::revocable() const
{
    std::vector<PhraseDecision> some;
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(some), [](const PhraseDecision& decision) { return decision.action != PhraseAction::Replaced; });
    return some;
}

void PhraseDecisions::revoke(std::size_t index)
{
    std::size_t seen = 0;
    for (auto decision = m_all.begin(); decision != m_all.end(); ++decision)
        if (decision->action != PhraseAction::Replaced && seen++ == index) {
            m_all.erase(decision);
            return;
        }
}

std::vector<compliance::TextRange> PhraseDecisions::quotations() const
{
    std::vector<compliance::TextRange> ranges;
    for (const PhraseDecision& decision : m_all)
        if (decision.action == PhraseAction::Quoted)
            ranges.push_back({decision.quotation.selectionStart(), decision.quotation.selectionEnd()});
    return ranges;
}

void PhraseDecisions::appendFindings(const QString& text, std::vector<domain::PhraseFinding>& findings) const
{
    for (const PhraseDecision& decision : m_all)
        if (decision.stands())   // not if the writer undid or changed it
            findings.push_back({decision.rule, codePoints(text, decision.range.selectionStart()), codePoints(text, decision.range.selectionEnd()),
                                wordOf(decision.action), base::SensitiveText(u8(decision.reason))});
}

} // namespace evenhand::ui
