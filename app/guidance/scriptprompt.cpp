// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a page shows of the runner's state; nothing here changes it.
#include <algorithm>

#include "app/guidance/scriptrunner.h"

namespace evenhand::guidance {

Prompt ScriptRunner::prompt() const
{
    const auto& step = current();
    Prompt prompt;
    prompt.stepId = step.id;
    prompt.kind = step.kind;
    prompt.language = m_language;
    prompt.title = textIn(step.title, m_language);
    prompt.hint = textIn(step.hint, m_language);
    prompt.tone = step.tone;
    prompt.required = step.required;
    prompt.mandated = !step.mandated.empty();
    prompt.clause = step.clause;
    prompt.disclosing = step.disclosing;
    prompt.locked = locked(step);
    prompt.inObjection = !m_state.returns.empty();
    prompt.atEnd = step.kind == StepKind::End;
    prompt.continuesWith = prompt.atEnd ? step.continuesWith : std::string();
    prompt.suggestedOutcome = m_state.outcome;
    prompt.raisedFlags = m_state.flags;
    describe(prompt, step);
    describeProgress(prompt);
    return prompt;
}

void ScriptRunner::describe(Prompt& prompt, const Step& step) const
{
    const bool open = !prompt.locked && !m_state.hungUp;
    prompt.canGoBack = !m_history.empty() && !m_state.hungUp;
    prompt.canSkip = !m_state.hungUp && !step.required && (step.kind == StepKind::Say || step.kind == StepKind::Check);
    if (!prompt.locked) {
        prompt.text = fillIn(textIn(step.text, m_language), m_state.data, m_language);
        prompt.minReadingMs = step.minReadingMs.value_or(step.text.empty() ? 0 : minimumReadingMs(joined(prompt.text)));
        for (const auto& run : prompt.text)
            if (run.kind == TextRun::Kind::Gap)
                prompt.gaps.push_back(run.field);
        describeChoices(prompt, step);
    }
    const bool allTicked = std::all_of(prompt.items.begin(), prompt.items.end(), [](const PromptItem& item) { return item.ticked || !item.required; });
    prompt.canContinue = open && (step.kind == StepKind::Say || (step.kind == StepKind::Check && allTicked));
    if (m_state.hungUp || prompt.atEnd || m_state.returns.size() >= kDeepestObjection)
        return;
    const auto known = facts();
    for (const auto& objection : m_script->objections)
        if (objection.when.holds(known))
            prompt.objections.push_back({objection.id, objection.key, textIn(objection.label, m_language), objection.cues});
}

void ScriptRunner::describeChoices(Prompt& prompt, const Step& step) const
{
    const auto undone = m_undone.find(step.id);
    for (const auto& answer : step.answers)
        prompt.answers.push_back({answer.id, answer.key, textIn(answer.label, m_language), answer.outcome,
                                  undone != m_undone.end() && undone->second == answer.id});
    for (const auto& item : step.items)
        prompt.items.push_back({item.id, textIn(item.label, m_language), item.required, m_state.ticked.contains(step.id + "/" + item.id)});
    for (const auto& field : step.fields) {
        PromptField shown{field.id, textIn(field.label, m_language), field.kind, field.required, {}, {}};
        if (const auto typed = m_state.typed.find(step.id + "/" + field.id); typed != m_state.typed.end())
            shown.value = typed->second;
        for (const auto& [value, label] : field.choices)
            shown.choices.emplace_back(value, textIn(label, m_language));
        prompt.fields.push_back(std::move(shown));
    }
}

void ScriptRunner::describeProgress(Prompt& prompt) const
{
    for (const auto& duty : dutiesOf(*m_script))
        prompt.progress.push_back({duty.id, textIn(duty.label, m_language), m_state.duties.contains(duty.id)});
    prompt.missing = missingDuties();
}

} // namespace evenhand::guidance
