// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guidance/script.h"

#include <algorithm>

namespace evenhand::guidance {

std::string_view toWord(StepKind kind)
{
    switch (kind) {
    case StepKind::Say: return "say";
    case StepKind::Ask: return "ask";
    case StepKind::Check: return "check";
    case StepKind::Form: return "form";
    case StepKind::Offer: return "offer";
    case StepKind::Branch: return "branch";
    case StepKind::End: return "end";
    }
    return {};
}

std::string_view toWord(Tone tone)
{
    switch (tone) {
    case Tone::Plain: return "plain";
    case Tone::Listen: return "listen";
    case Tone::Empathise: return "empathise";
    case Tone::Guide: return "guide";
    }
    return {};
}

std::string_view toWord(FieldKind kind)
{
    switch (kind) {
    case FieldKind::Text: return "text";
    case FieldKind::Amount: return "amount";
    case FieldKind::Date: return "date";
    case FieldKind::Number: return "number";
    case FieldKind::Choice: return "choice";
    }
    return {};
}

const Step* Script::findStep(std::string_view stepId) const
{
    const auto found = std::find_if(steps.begin(), steps.end(), [stepId](const Step& step) { return step.id == stepId; });
    return found == steps.end() ? nullptr : &*found;
}

const Objection* Script::findObjection(std::string_view idOrKey) const
{
    const auto found = std::find_if(objections.begin(), objections.end(), [idOrKey](const Objection& objection) {
        return objection.id == idOrKey || (!objection.key.empty() && objection.key == idOrKey);
    });
    return found == objections.end() ? nullptr : &*found;
}

std::string Script::languageOr(std::string_view wanted) const
{
    const bool spoken = std::find(languages.begin(), languages.end(), wanted) != languages.end();
    return spoken || languages.empty() ? std::string(wanted) : languages.front();
}

bool excuses(const Step& end, std::string_view duty)
{
    return std::any_of(end.excuses.begin(), end.excuses.end(), [duty](const std::string& one) { return one == duty || one == "all"; });
}

std::string dutyOf(const Step& step)
{
    return step.duty.empty() && step.required ? step.id : step.duty;
}

std::vector<Duty> dutiesOf(const Script& script)
{
    auto all = script.duties;
    for (const auto& step : script.steps) {
        const auto id = dutyOf(step);
        const bool known = std::any_of(all.begin(), all.end(), [&id](const Duty& duty) { return duty.id == id; });
        if (step.required && !known)
            all.push_back({id, step.title});
    }
    return all;
}

const std::string& textIn(const LocalText& text, std::string_view language)
{
    static const std::string kNothing;
    if (const auto found = text.find(language); found != text.end())
        return found->second;
    return text.empty() ? kNothing : text.begin()->second;
}

} // namespace evenhand::guidance
