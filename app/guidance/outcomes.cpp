// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guidance/outcomes.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "app/base/yamlfields.h"
#include "app/guidance/localtextfields.h"
#include "app/guidance/yamlwords.h"

namespace evenhand::guidance {

namespace {

using base::SourceProblems;
using base::YamlFields;
using base::YamlNode;

std::optional<RightParty> rightPartyFromWord(std::string_view word)
{
    if (word == "yes" || word == "true")
        return RightParty::Yes;
    if (word == "no" || word == "false")
        return RightParty::No;
    if (word == "ask")
        return RightParty::Ask;
    return word == "nobody" ? std::optional(RightParty::Nobody) : std::nullopt;
}

std::optional<Need> needFromWord(std::string_view word)
{
    if (word == "no" || word == "false")
        return Need::No;
    if (word == "optional")
        return Need::Optional;
    return word == "required" || word == "true" ? std::optional(Need::Required) : std::nullopt;
}

Need readNeed(YamlFields& in, std::string_view key)
{
    return in.word<Need>(key, needFromWord, "no, optional, required").value_or(Need::No);
}

void readNeeds(const YamlNode& node, Outcome& outcome, SourceProblems& problems)
{
    YamlFields in(node, problems, "`needs`");
    outcome.promise = readNeed(in, "promise");
    outcome.callback = readNeed(in, "callback");
    outcome.note = readNeed(in, "note");
    outcome.plan = readNeed(in, "plan");
    in.refuseOthers();
}

void readOffer(const YamlNode& node, Outcome& outcome, SourceProblems& problems)
{
    YamlFields in(node, problems, "`offered`");
    outcome.channels = readWords<domain::Channel>(in, "channel", domain::channelFromWord, problems);
    outcome.directions = readWords<domain::Direction>(in, "direction", domain::directionFromWord, problems);
    outcome.when = readCondition(in, "when", problems);
    in.refuseOthers();
}

void readEffects(const YamlNode& node, Outcome& outcome, SourceProblems& problems)
{
    YamlFields in(node, problems, "`effects`");
    outcome.flag = in.word<domain::FlagKind>("flag", domain::flagKindFromWord, "cease, dispute, hardship, complaint, vulnerable, deceased, …");
    outcome.flagWholeCase = in.booleanOr("whole_case", false);
    outcome.numberStatus = in.word<domain::ContactStatus>("number", domain::contactStatusFromWord, "active, invalid, lost, unknown");
    outcome.escalates = in.booleanOr("escalate", false);
    in.refuseOthers();
}

std::optional<Outcome> readOutcome(const YamlNode& node, SourceProblems& problems)
{
    const auto before = problems.size();
    YamlFields in(node, problems, "an outcome");
    Outcome outcome;
    outcome.place = node.place();
    outcome.code = in.text("code");
    const auto label = in.requiredChild("label");
    outcome.label = label ? readLocalText(*label, problems) : LocalText();
    outcome.hotKey = static_cast<int>(in.integerOr("hot_key", 0, 1, 9));
    outcome.rightParty = in.requiredChild("right_party")
        ? in.word<RightParty>("right_party", rightPartyFromWord, "yes, no, ask, nobody").value_or(RightParty::Nobody)
        : RightParty::Nobody;
    const auto result = in.requiredChild("result")
        ? in.word<domain::ContactResult>("result", domain::contactResultFromWord, "conversation, voicemail, no_answer, rejected, busy, "
              "out_of_service, invalid_number, wrong_party, delivered, undelivered, met, not_met")
        : std::nullopt;
    if (const auto needs = in.child("needs"))
        readNeeds(*needs, outcome, problems);
    if (const auto offered = in.child("offered"))
        readOffer(*offered, outcome, problems);
    if (const auto effects = in.child("effects"))
        readEffects(*effects, outcome, problems);
    in.refuseOthers();
    if (problems.size() != before || !result)
        return std::nullopt;
    outcome.result = *result;
    return outcome;
}

bool overlap(const auto& a, const auto& b)
{
    return a.empty() || b.empty() || std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
}

// Two outcomes that may stand in one list may not share a digit, whatever is known: the hand learns the digit, not the list.
void refuseClashes(const std::vector<Outcome>& all, SourceProblems& problems)
{
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            if (all[i].code == all[j].code)
                problems.push_back({all[i].place, "there are two outcomes called \"" + all[i].code + "\""});
            const bool together = overlap(all[i].channels, all[j].channels) && overlap(all[i].directions, all[j].directions);
            if (together && all[i].hotKey != 0 && all[i].hotKey == all[j].hotKey)
                problems.push_back({all[i].place, "hot key " + std::to_string(all[i].hotKey) + " already belongs to \"" + all[j].code + "\""});
        }
}

// Something known that contradicts the outcome takes it off the list; what is not known does not.
bool fitsRightParty(const Outcome& outcome, const Facts& facts)
{
    const auto found = facts.find(kRightParty);
    if (found == facts.end() || !std::holds_alternative<bool>(found->second))
        return true;
    const bool right = std::get<bool>(found->second);
    return outcome.rightParty == RightParty::Ask || outcome.rightParty == (right ? RightParty::Yes : RightParty::No);
}

template <class T>
bool admits(const std::vector<T>& list, T value)
{
    return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

} // namespace

std::optional<OutcomeSet> OutcomeSet::parse(std::string_view text, const std::string& fileName, SourceProblems& problems)
{
    const auto before = problems.size();
    const auto root = YamlNode::parseText(text, fileName, problems);
    if (!root)
        return std::nullopt;
    YamlFields in(*root, problems, "the outcomes file");
    OutcomeSet set;
    set.m_required = in.booleanOr("outcome_required", true);
    for (const auto& node : in.items("outcomes"))
        if (auto outcome = readOutcome(node, problems))
            set.m_outcomes.push_back(std::move(*outcome));
    in.refuseOthers();
    refuseClashes(set.m_outcomes, problems);
    if (set.m_outcomes.empty() && problems.size() == before)
        root->complain(problems, "there are no `outcomes`");
    return problems.size() == before ? std::optional(std::move(set)) : std::nullopt;
}

base::Result<OutcomeSet> OutcomeSet::load(const std::string& packDirectory)
{
    const auto path = packDirectory + "/outcomes.yaml";
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return base::fail(base::ErrorCode::NotFound, path + ": cannot be read");
    std::ostringstream text;
    text << file.rdbuf();
    SourceProblems problems;
    auto set = parse(text.str(), path, problems);
    if (!set)
        return base::fail(base::ErrorCode::Invalid, base::toLines(problems));
    return *std::move(set);
}

const Outcome* OutcomeSet::find(std::string_view code) const
{
    const auto found = std::find_if(m_outcomes.begin(), m_outcomes.end(), [code](const Outcome& outcome) { return outcome.code == code; });
    return found == m_outcomes.end() ? nullptr : &*found;
}

std::vector<const Outcome*> OutcomeSet::offered(const OutcomeContext& context) const
{
    std::vector<const Outcome*> all;
    for (const auto& outcome : m_outcomes)
        if (admits(outcome.channels, context.channel) && admits(outcome.directions, context.direction) && outcome.when.holds(context.facts)
            && fitsRightParty(outcome, context.facts))
            all.push_back(&outcome);
    return all;
}

const Outcome* OutcomeSet::byHotKey(const OutcomeContext& context, int hotKey) const
{
    for (const auto* outcome : offered(context))
        if (outcome->hotKey == hotKey && hotKey != 0)
            return outcome;
    return nullptr;
}

} // namespace evenhand::guidance
