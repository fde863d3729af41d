// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guidance/scriptplay.h"

#include <algorithm>

#include "app/guidance/scriptrunner.h"

namespace evenhand::guidance {

namespace {

using base::ErrorCode;
using base::fail;
using base::Json;
using base::JsonReader;
using base::Result;

// Time passes only when an event says so.
class PlayClock final : public base::Clock {
public:
    [[nodiscard]] base::Instant now() const override { return base::Instant::fromMilliseconds(m_ms); }
    [[nodiscard]] std::int64_t monotonicMs() const override { return m_ms; }
    [[nodiscard]] std::string bootId() const override { return "play"; }
    void advance(std::int64_t ms) { m_ms += ms; }

private:
    std::int64_t m_ms = 0;
};

Result<Facts> readFacts(const Json& object)
{
    Facts facts;
    for (const auto& [name, value] : object.items()) {
        const auto fact = factFromJson(value);
        if (!fact)
            return fail(ErrorCode::Invalid, "/facts/" + name + ": expected true, false, a whole number or a text");
        facts.emplace(name, *fact);
    }
    return facts;
}

Result<MergeValue> readValue(const MergeField& field, const Json& value)
{
    const auto where = "/data/" + std::string(field.name);
    if (field.kind == MergeKind::Number && value.is_number_integer())
        return MergeValue(value.get<std::int64_t>());
    if (!value.is_string())
        return fail(ErrorCode::Invalid, where + ": expected a text");
    const auto text = value.get<std::string>();
    if (field.kind == MergeKind::Money) {
        auto money = base::Money::parse(text, *base::Currency::tryFromCode("CNY"));
        return money ? Result<MergeValue>(*money) : fail(ErrorCode::Invalid, where + ": " + money.error().detail);
    }
    if (field.kind == MergeKind::Date) {
        const auto date = base::Date::tryFromIso(text);
        return date ? Result<MergeValue>(*date) : fail(ErrorCode::Invalid, where + ": expected a day like 2026-04-05");
    }
    return MergeValue(text);
}

Result<MergeData> readData(const Json& object)
{
    auto data = sampleMergeData();
    for (const auto& [name, value] : object.items()) {
        const auto* field = findMergeField(name);
        if (!field)
            return fail(ErrorCode::Invalid, "/data/" + name + ": there is no such merge field");
        data.erase(name);
        if (value.is_null())
            continue;
        EVENHAND_ASSIGN(auto merged, readValue(*field, value));
        data.emplace(name, std::move(merged));
    }
    return data;
}

std::vector<ScriptEvent> ticks(const Json& wanted, const Prompt& prompt)
{
    std::vector<ScriptEvent> events;
    for (const auto& item : prompt.items)
        if (wanted == "all" || (wanted.is_array() && std::find(wanted.begin(), wanted.end(), Json(item.id)) != wanted.end()))
            events.push_back(Ticked{item.id, true});
    events.push_back(Continued{});
    return events;
}

Filled formValues(const Json& values)
{
    Filled filled;
    for (const auto& [name, value] : values.items())
        filled.values.emplace(name, value.is_string() ? value.get<std::string>() : value.dump());
    return filled;
}

Result<std::vector<ScriptEvent>> actionEvent(const std::string& action, JsonReader& in, const Json& event)
{
    if (action == "continue")
        return std::vector<ScriptEvent>{Continued{}};
    if (action == "skip")
        return std::vector<ScriptEvent>{Skipped{}};
    if (action == "back")
        return std::vector<ScriptEvent>{WentBack{}};
    if (action == "hang_up")
        return std::vector<ScriptEvent>{DebtorHungUp{}};
    if (action == "language")
        return std::vector<ScriptEvent>{LanguageChosen{in.text("language")}};
    const auto value = event.contains("value") ? factFromJson(event["value"]) : std::nullopt;
    if (action == "fact" && value)
        return std::vector<ScriptEvent>{FactLearned{in.text("fact"), *value}};
    return fail(ErrorCode::Invalid, in.pathOf("action") + ": expected continue, skip, back, hang_up, language or fact (with fact and value)");
}

Result<std::vector<ScriptEvent>> readEvent(const Json& event, JsonReader& in, const Prompt& prompt)
{
    if (in.has("action"))
        return actionEvent(in.text("action"), in, event);
    if (in.has("objection"))
        return std::vector<ScriptEvent>{ObjectionRaised{in.text("objection")}};
    if (in.has("ticked"))
        return ticks(event["ticked"], prompt);
    if (in.has("values"))
        return std::vector<ScriptEvent>{formValues(in.object("values"))};
    const auto answer = in.textOr("answer", {});
    if (!prompt.answers.empty() || prompt.kind == StepKind::Form)
        return std::vector<ScriptEvent>{Answered{answer}};
    if (!answer.empty() && answer != "continued" && answer != "continue")
        return fail(ErrorCode::Invalid, in.pathOf("answer") + ": step \"" + prompt.stepId + "\" takes no answer \"" + answer + "\"");
    return std::vector<ScriptEvent>{Continued{}};
}

void noteGaps(PlayResult& result, const Prompt& prompt)
{
    for (const auto& gap : prompt.gaps)
        if (std::find(result.gaps.begin(), result.gaps.end(), gap) == result.gaps.end())
            result.gaps.push_back(gap);
}

// A step that is locked, or required and to be skipped, is a finding of the play, not a mistake in its file.
bool isRefusal(const ScriptEvent& event, const Prompt& prompt)
{
    return prompt.locked || (std::holds_alternative<Skipped>(event) && prompt.required);
}

Result<> playEvent(ScriptRunner& runner, PlayClock& clock, const Json& event, std::size_t index, PlayResult& result)
{
    const auto path = "/events/" + std::to_string(index);
    if (!event.is_object())
        return fail(ErrorCode::Invalid, path + ": expected an object");
    JsonReader in(event, path);
    const auto before = runner.prompt();
    const auto step = in.textOr("step", before.stepId);
    clock.advance(std::max<std::int64_t>(in.integerOr("after_ms", 0), 0));
    if (in.ok() && step != before.stepId)
        return fail(ErrorCode::Invalid, path + "/step: the conversation is at \"" + before.stepId + "\", not at \"" + step + "\"");
    EVENHAND_ASSIGN(const auto events, readEvent(event, in, before));
    if (!in.ok())
        return fail(in.error());
    for (const auto& one : events) {
        const auto prompt = runner.handle(one);
        if (!prompt && isRefusal(one, before)) {
            result.refusal = PlayRefusal{index, prompt.error().detail};
            return {};
        }
        if (!prompt)
            return fail(ErrorCode::Invalid, path + ": " + prompt.error().detail);
        noteGaps(result, *prompt);
    }
    return {};
}

} // namespace

Result<PlayResult> playScript(const Script& script, const Json& answers)
{
    if (!answers.is_object())
        return fail(ErrorCode::Invalid, "/: expected an object with `events`");
    JsonReader in(answers, "");
    const auto language = in.textOr("language", script.languages.front());
    const auto& events = in.array("events");
    EVENHAND_ASSIGN(auto facts, readFacts(in.object("facts")));
    EVENHAND_ASSIGN(auto data, readData(in.object("data")));
    if (!in.ok())
        return fail(in.error());

    PlayClock clock;
    ScriptRunner runner(std::make_shared<const Script>(script), std::move(facts), std::move(data), language, clock);
    PlayResult result;
    noteGaps(result, runner.prompt());
    for (std::size_t i = 0; i < events.size() && !result.refusal; ++i)
        EVENHAND_TRY(playEvent(runner, clock, events[i], i, result));
    const auto last = runner.prompt();
    result.trace = runner.trace();
    result.finished = runner.finished();
    result.outcome = last.suggestedOutcome;
    result.missing = runner.missingDuties();
    result.flags = last.raisedFlags;
    return result;
}

Json toJson(const PlayResult& result)
{
    auto json = toJson(result.trace);
    json["finished"] = result.finished;
    json["outcome"] = result.outcome.empty() ? Json() : Json(result.outcome);
    json["missing_required"] = result.missing;
    json["flags"] = result.flags;
    json["gaps"] = result.gaps;
    if (result.refusal)
        json["refused"] = {{"event", result.refusal->event}, {"message", result.refusal->message}};
    return json;
}

} // namespace evenhand::guidance
