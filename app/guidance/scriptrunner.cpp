// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guidance/scriptrunner.h"

#include <algorithm>
#include <charconv>

#include "app/guidance/codepoints.h"

namespace evenhand::guidance {

namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

constexpr int kMostSilentSteps = 1000;   // branches and hidden steps in a row; more is a loop that lint would have refused

void addOnce(std::vector<std::string>& list, const std::string& value)
{
    if (!value.empty() && std::find(list.begin(), list.end(), value) == list.end())
        list.push_back(value);
}

std::string nested(const std::string& step, const std::string& part) { return step + "/" + part; }

} // namespace

std::int64_t minimumReadingMs(std::string_view text)
{
    // About twice the pace of somebody who speaks fast: whoever is quicker has not even read it silently.
    const auto spoken = countSpoken(text);
    const auto estimate = static_cast<std::int64_t>(spoken.ideographs * 90 + spoken.words * 170);
    return std::clamp<std::int64_t>(estimate, 800, 15000);
}

ScriptRunner::ScriptRunner(std::shared_ptr<const Script> script, Facts facts, MergeData data, std::string language, const base::Clock& clock)
    : m_script(std::move(script)), m_clock(clock), m_startedMs(clock.monotonicMs()), m_language(m_script->languageOr(language)),
      m_known(std::move(facts))
{
    m_trace.scriptId = m_script->id;
    m_trace.scriptVersion = m_script->version;
    m_trace.scriptHash = m_script->hash;
    m_state.data = std::move(data);
    m_state.step = m_script->start;
    auto first = m_state;
    if (arrive(first, {m_state.step, {}}))
        m_state = std::move(first);
    beginEntry();
}

Result<Prompt> ScriptRunner::handle(const ScriptEvent& event)
{
    EVENHAND_TRY(std::visit([this](const auto& one) { return on(one); }, event));
    return prompt();
}

Facts ScriptRunner::facts() const
{
    Facts all = m_state.set;
    all.insert(m_known.begin(), m_known.end());   // does not overwrite: what was answered wins
    return all;
}

bool ScriptRunner::finished() const { return current().kind == StepKind::End && !m_state.hungUp; }

std::vector<std::string> ScriptRunner::missingDuties() const
{
    std::vector<std::string> missing;
    const auto& step = current();
    for (const auto& duty : dutiesOf(*m_script)) {
        const bool excused = finished() && excuses(step, duty.id);
        if (!m_state.duties.contains(duty.id) && !excused)
            missing.push_back(duty.id);
    }
    return missing;
}

const Step& ScriptRunner::current() const { return *m_script->findStep(m_state.step); }

bool ScriptRunner::locked(const Step& step) const
{
    if (!step.disclosing)
        return false;
    const auto known = facts();
    const auto proven = known.find(kRightParty);
    return proven == known.end() || proven->second != FactValue(true);
}

std::int64_t ScriptRunner::elapsedMs() const { return m_clock.monotonicMs() - m_startedMs; }

Result<> ScriptRunner::requireOpen(std::initializer_list<StepKind> kinds, const char* what) const
{
    const auto& step = current();
    if (m_state.hungUp)
        return fail(ErrorCode::Invalid, "the conversation is over");
    if (std::find(kinds.begin(), kinds.end(), step.kind) == kinds.end())
        return fail(ErrorCode::Invalid, "step \"" + step.id + "\" is a " + std::string(toWord(step.kind)) + " step and takes no " + what);
    if (locked(step))
        return fail(ErrorCode::Invalid, "step \"" + step.id + "\" is locked until the right party is confirmed");
    return {};
}

Result<> ScriptRunner::on(const Continued&)
{
    EVENHAND_TRY(requireOpen({StepKind::Say, StepKind::Check}, "plain continue"));
    const auto& step = current();
    for (const auto& item : step.items)
        if (item.required && !m_state.ticked.contains(nested(step.id, item.id)))
            return fail(ErrorCode::Invalid, "step \"" + step.id + "\": \"" + item.id + "\" is not ticked");
    return leave(m_state, step.next, "continued", true);
}

Result<> ScriptRunner::on(const Answered& event)
{
    EVENHAND_TRY(requireOpen({StepKind::Ask, StepKind::Offer}, "answer"));
    const auto& step = current();
    const auto chosen = std::find_if(step.answers.begin(), step.answers.end(), [&event](const Answer& answer) { return answer.id == event.answer; });
    const auto byKey = std::find_if(step.answers.begin(), step.answers.end(), [&event](const Answer& answer) { return !answer.key.empty() && answer.key == event.answer; });
    const auto answer = chosen != step.answers.end() ? chosen : byKey;
    if (answer == step.answers.end())
        return fail(ErrorCode::Invalid, "step \"" + step.id + "\" has no answer \"" + event.answer + "\"");
    auto next = m_state;
    for (const auto& [fact, value] : answer->sets)
        next.set.insert_or_assign(fact, value);
    if (!answer->outcome.empty())
        next.outcome = answer->outcome;
    addOnce(next.flags, answer->flag);
    return leave(std::move(next), answer->target.isMissing() ? step.next : answer->target, answer->id, true);
}

Result<> ScriptRunner::on(const Ticked& event)
{
    EVENHAND_TRY(requireOpen({StepKind::Check}, "tick"));
    const auto& items = current().items;
    if (std::none_of(items.begin(), items.end(), [&event](const CheckItem& item) { return item.id == event.item; }))
        return fail(ErrorCode::Invalid, "step \"" + current().id + "\" has no item \"" + event.item + "\"");
    const auto name = nested(current().id, event.item);
    if (event.on)
        m_state.ticked.insert(name);
    else
        m_state.ticked.erase(name);
    return {};
}

Result<> ScriptRunner::on(const Filled& event)
{
    EVENHAND_TRY(requireOpen({StepKind::Form}, "form"));
    const auto& step = current();
    auto next = m_state;
    for (const auto& field : step.fields) {
        const auto found = event.values.find(field.id);
        if (found != event.values.end() && !found->second.empty()) {
            EVENHAND_TRY(fill(field, found->second, next));
        } else if (field.required) {
            return fail(ErrorCode::Invalid, "step \"" + step.id + "\": \"" + field.id + "\" is empty");
        }
    }
    return leave(std::move(next), step.next, "filled", true);
}

Result<> ScriptRunner::on(const Skipped&)
{
    if (current().required) {
        m_trace.remarks.push_back({elapsedMs(), "required_skip_refused", current().id});
        return fail(ErrorCode::Invalid, "step \"" + current().id + "\" is required and cannot be skipped");
    }
    if (m_state.hungUp || (current().kind != StepKind::Say && current().kind != StepKind::Check))
        return fail(ErrorCode::Invalid, "step \"" + current().id + "\" needs an answer and cannot be skipped");
    return leave(m_state, current().next, "skipped", false);
}

Result<> ScriptRunner::on(const WentBack&)
{
    if (m_history.empty() || m_state.hungUp)
        return fail(ErrorCode::Invalid, "there is no step to go back to");
    m_trace.steps.back().answer = "back";
    m_trace.steps.back().leftAtMs = elapsedMs();
    auto past = std::move(m_history.back());
    m_history.pop_back();
    for (auto i = past.traceSize - 1; i < m_trace.steps.size(); ++i)
        m_trace.steps[i].undone = true;
    m_undone.insert_or_assign(past.state.step, m_trace.steps[past.traceSize - 1].answer);
    for (const auto& [name, value] : m_state.typed)
        past.state.typed.insert_or_assign(name, value);   // what was typed is offered again
    m_state = std::move(past.state);
    beginEntry();
    return {};
}

Result<> ScriptRunner::on(const ObjectionRaised& event)
{
    const auto* objection = m_script->findObjection(event.objection);
    if (!objection || !objection->when.holds(facts()))
        return fail(ErrorCode::Invalid, "no objection \"" + event.objection + "\" can be raised here");
    if (m_state.hungUp || current().kind == StepKind::End || m_state.returns.size() >= kDeepestObjection)
        return fail(ErrorCode::Invalid, "no further objection can be raised here");
    auto next = m_state;
    next.returns.push_back(m_state.step);
    return leave(std::move(next), objection->target, "objection:" + objection->id, false);
}

Result<> ScriptRunner::on(const FactLearned& event)
{
    m_known.insert_or_assign(event.fact, event.value);
    m_state.set.erase(event.fact);   // what is learned now is newer than what was answered
    return {};
}

Result<> ScriptRunner::on(const LanguageChosen& event)
{
    if (m_script->languageOr(event.language) != event.language)
        return fail(ErrorCode::Invalid, "this script does not speak \"" + event.language + "\"");
    m_language = event.language;
    return {};
}

Result<> ScriptRunner::on(const PhraseBlocked& event)
{
    m_trace.remarks.push_back({elapsedMs(), "phrase_blocked", event.rule});
    return {};
}

Result<> ScriptRunner::on(const DebtorHungUp&)
{
    if (current().kind == StepKind::End)
        return {};
    m_trace.steps.back().answer = "hung_up";
    m_trace.steps.back().leftAtMs = elapsedMs();
    m_state.hungUp = true;
    if (m_state.outcome.empty())
        m_state.outcome = m_script->hangUpOutcome;
    return {};
}

Result<> ScriptRunner::fill(const FormField& field, const std::string& value, State& next) const
{
    const auto name = "step \"" + current().id + "\": \"" + field.id + "\": ";
    MergeValue merged = value;
    FactValue fact = value;
    if (field.kind == FieldKind::Amount) {
        const auto balance = next.data.find("account.balance");
        const auto* money = balance == next.data.end() ? nullptr : std::get_if<base::Money>(&balance->second);
        auto amount = base::Money::parse(value, money ? money->currency() : *base::Currency::tryFromCode("CNY"));
        if (!amount)
            return fail(ErrorCode::Invalid, name + amount.error().detail);
        merged = *amount;
        fact = amount->minor();
    } else if (field.kind == FieldKind::Date) {
        const auto date = base::Date::tryFromIso(value);
        if (!date)
            return fail(ErrorCode::Invalid, name + "not a day of the calendar like 2026-04-05");
        merged = *date;
    } else if (field.kind == FieldKind::Number) {
        const auto number = factFromScalar(value);
        if (!std::holds_alternative<std::int64_t>(number))
            return fail(ErrorCode::Invalid, name + "not a whole number");
        merged = std::get<std::int64_t>(number);
        fact = number;
    } else if (field.kind == FieldKind::Choice) {
        if (std::none_of(field.choices.begin(), field.choices.end(), [&value](const auto& choice) { return choice.first == value; }))
            return fail(ErrorCode::Invalid, name + "no such choice");
    }
    next.typed.insert_or_assign(nested(current().id, field.id), value);
    if (!field.fills.empty())
        next.data.insert_or_assign(field.fills, std::move(merged));
    if (!field.sets.empty())
        next.set.insert_or_assign(field.sets, std::move(fact));
    return {};
}

// The only way forward: records the step that is left, keeps the state before it for going back, and finds the next one.
Result<> ScriptRunner::leave(State next, const Target& target, const std::string& answer, bool passed)
{
    const auto& step = current();
    if (passed && !dutyOf(step).empty())
        next.duties.insert(dutyOf(step));
    if (passed)
        addOnce(next.flags, step.flag);
    EVENHAND_TRY(arrive(next, target));
    auto& entry = m_trace.steps.back();
    entry.leftAtMs = elapsedMs();
    entry.answer = answer;
    entry.tooFast = passed && entry.leftAtMs - entry.shownAtMs < prompt().minReadingMs;
    m_history.push_back({std::exchange(m_state, std::move(next)), m_trace.steps.size()});
    beginEntry();
    return {};
}

// Follows branches and hidden steps until there is one to show.
Result<> ScriptRunner::arrive(State& next, const Target& target) const
{
    const auto* way = &target;
    Target resumed;
    for (int silent = 0; silent < kMostSilentSteps; ++silent) {
        Facts known = next.set;
        known.insert(m_known.begin(), m_known.end());
        if (way->isReturn() && !next.returns.empty()) {
            next.step = next.returns.back();
            next.returns.pop_back();
            return {};
        }
        const auto* step = m_script->findStep(way->step);
        if (!step)
            return fail(ErrorCode::Invalid, "step \"" + next.step + "\" leads nowhere (\"" + way->step + "\")");
        next.step = step->id;
        if (step->kind == StepKind::Branch) {
            const auto fits = std::find_if(step->cases.begin(), step->cases.end(), [&known](const BranchCase& one) { return one.when.holds(known); });
            way = fits == step->cases.end() ? &step->next : &fits->target;
        } else if (!step->when.holds(known)) {
            way = &step->next;
        } else {
            if (step->kind == StepKind::End) {
                next.returns.clear();
                next.outcome = step->outcome.empty() ? next.outcome : step->outcome;
                addOnce(next.flags, step->flag);
            }
            return {};
        }
    }
    return fail(ErrorCode::Invalid, "the script runs in a circle at step \"" + next.step + "\"");
}

void ScriptRunner::beginEntry()
{
    TraceEntry entry;
    entry.step = m_state.step;
    entry.shownAtMs = elapsedMs();
    entry.language = m_language;
    entry.locked = locked(current());
    m_trace.steps.push_back(std::move(entry));
}

} // namespace evenhand::guidance
