// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/yaml.h"
#include "app/domain/words.h"
#include "app/guidance/facts.h"
#include "app/guidance/mergefields.h"

/// Disposition codes of a pack (outcomes.yaml): what may come of a contact, and what must be recorded with it.
namespace evenhand::guidance {

/// Whether the outcome itself says who was on the line.
enum class RightParty { Yes, No, Ask, Nobody };
enum class Need { No, Optional, Required };

struct Outcome {
    std::string code;
    LocalText label;
    int hotKey = 0;                                        ///< 1 … 9 for Alt+digit; 0: by list or script only
    domain::ContactResult result;
    RightParty rightParty = RightParty::Nobody;            ///< Nobody: not reached
    Need promise = Need::No;
    Need callback = Need::No;
    Need note = Need::No;
    Need plan = Need::No;
    std::vector<domain::Channel> channels;                 ///< empty: all
    std::vector<domain::Direction> directions;             ///< empty: both
    Condition when;                                        ///< over the facts of the conversation
    std::optional<domain::FlagKind> flag;                  ///< to be set, after the agent confirmed it
    bool flagWholeCase = false;                            ///< otherwise only this party
    std::optional<domain::ContactStatus> numberStatus;     ///< what the contact point becomes
    bool escalates = false;                                ///< goes to a supervisor at once
    base::SourcePlace place;
};

/// Where and with whom the contact stands, for choosing what makes sense.
struct OutcomeContext {
    domain::Channel channel = domain::Channel::Call;
    domain::Direction direction = domain::Direction::Outbound;
    Facts facts;                                           ///< e.g. right_party; unknown facts do not exclude an outcome
};

/// All outcomes of a pack, in file order. Immutable.
class OutcomeSet {
public:
    [[nodiscard]] static std::optional<OutcomeSet> parse(std::string_view text, const std::string& fileName, base::SourceProblems& problems);
    /// Reads `<packDirectory>/outcomes.yaml`; the error holds a line per problem.
    [[nodiscard]] static base::Result<OutcomeSet> load(const std::string& packDirectory);

    [[nodiscard]] const std::vector<Outcome>& all() const { return m_outcomes; }
    [[nodiscard]] const Outcome* find(std::string_view code) const;
    /// What makes sense here, in file order. Hot-keys are unique in each answer.
    [[nodiscard]] std::vector<const Outcome*> offered(const OutcomeContext& context) const;
    [[nodiscard]] const Outcome* byHotKey(const OutcomeContext& context, int hotKey) const;
    /// Whether wrap-up may end without an outcome.
    [[nodiscard]] bool required() const { return m_required; }

private:
    std::vector<Outcome> m_outcomes;
    bool m_required = true;
};

} // namespace evenhand::guidance
