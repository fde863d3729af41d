// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/yaml.h"
#include "app/domain/words.h"
#include "app/guidance/facts.h"
#include "app/guidance/mergefields.h"

/// A guided conversation as its author wrote it (docs/scripts.md). Values; immutable once parsed.
namespace evenhand::guidance {

enum class StepKind { Say, Ask, Check, Form, Offer, Branch, End };
/// 倾听–共情–引导: which part of answering an objection a step is.
enum class Tone { Plain, Listen, Empathise, Guide };
enum class FieldKind { Text, Amount, Date, Number, Choice };

[[nodiscard]] std::string_view toWord(StepKind kind);
[[nodiscard]] std::string_view toWord(Tone tone);
[[nodiscard]] std::string_view toWord(FieldKind kind);

/// Where a step leads. "return" goes back to where an objection was raised.
struct Target {
    std::string step;
    base::SourcePlace place;
    [[nodiscard]] bool isReturn() const { return step == "return"; }
    [[nodiscard]] bool isMissing() const { return step.empty(); }
};

struct Answer {
    std::string id;
    std::string key;                              ///< one character, typed to choose it
    LocalText label;
    Facts sets;
    Target target;                                ///< missing: the step's own `next`
    std::string outcome;                          ///< suggested disposition code; empty: none
    std::string flag;                             ///< flag to raise, such as dispute; empty: none
    base::SourcePlace place;
};

struct CheckItem {
    std::string id;
    LocalText label;
    bool required = true;
};

struct FormField {
    std::string id;
    LocalText label;
    FieldKind kind = FieldKind::Text;
    bool required = true;
    std::string fills;                            ///< merge field that takes the value; empty: none
    std::string sets;                             ///< fact that takes the value; empty: none
    std::vector<std::pair<std::string, LocalText>> choices;
};

struct BranchCase {
    Condition when;
    Target target;
};

struct Step {
    std::string id;
    StepKind kind = StepKind::Say;
    LocalText title;                              ///< for progress and the map; may be empty
    LocalText text;                               ///< spoken words
    LocalText hint;                               ///< advice to the agent, never spoken
    Tone tone = Tone::Plain;
    std::string duty;                             ///< which duty of the script passing it fulfils; empty: none
    bool required = false;                        ///< cannot be skipped, and every end needs its duty
    std::string mandated;                         ///< id of wording that must be shown unchanged; empty: not mandated
    std::string clause;                           ///< source of the mandated wording
    bool disclosing = false;                      ///< locked until `right_party` is true
    Condition when;                               ///< not shown when it does not hold
    std::optional<std::int64_t> minReadingMs;     ///< overrides the estimate
    Target next;
    std::vector<Answer> answers;                  ///< ask and offer
    std::vector<CheckItem> items;                 ///< check
    std::vector<FormField> fields;                ///< form
    std::vector<BranchCase> cases;                ///< branch; `next` is its else
    std::string outcome;                          ///< end: suggested disposition code
    std::string flag;                             ///< raised when the step is passed or the end is reached
    std::string continuesWith;                    ///< end: id of the script to go on with; empty: none
    std::vector<std::string> excuses;             ///< end: duties that cannot be done on the way here; "all" in ends of objections
    std::map<std::string, base::SourcePlace> textPlaces;   ///< where each language's words stand
    base::SourcePlace place;
};

struct Objection {
    std::string id;
    std::string key;
    LocalText label;
    std::vector<std::string> cues;                ///< words of the debtor that point to it
    Condition when;                               ///< offered only while it holds
    Target target;
    base::SourcePlace place;
};

struct Duty {
    std::string id;
    LocalText label;
};

/// For which contact a script is meant. An empty list means any.
struct ScriptUse {
    std::vector<domain::Channel> channels;
    std::vector<domain::Direction> directions;
    std::vector<domain::PartyRole> roles;
    Condition when;
    std::int64_t priority = 0;                    ///< the larger wins when several scripts fit
    bool manual = false;                          ///< only chosen by hand or by another script's outcome
};

/// The text of another file of the same pack, by path; nullopt: there is none.
using FileReader = std::function<std::optional<std::string>(const std::string& path)>;
/// Reads from the disk.
[[nodiscard]] FileReader diskReader();

struct Script {
    std::string id;
    std::string version;
    std::string hash;                             ///< "sha256:…" over the bytes of the file and of the parts it uses
    LocalText title;
    ScriptUse use;
    std::vector<std::string> languages;           ///< the first is the default
    std::vector<Duty> duties;
    std::string start;                            ///< the step it begins with; the first one unless the file says otherwise
    std::vector<Step> steps;
    std::vector<Objection> objections;
    std::string hangUpOutcome;                    ///< suggested when the line drops before an end
    base::SourcePlace place;

    /// All problems of the text; nullopt if there is any. Each problem names file, line and column. Parts named under `use:` are
    /// read as "<folder of fileName>/common/<part>.yaml".
    [[nodiscard]] static std::optional<Script> parse(std::string_view text, const std::string& fileName, base::SourceProblems& problems,
                                                     const FileReader& reader = diskReader());
    /// The same with one error that holds a line per problem.
    [[nodiscard]] static base::Result<Script> parse(std::string_view text, const std::string& fileName, const FileReader& reader = diskReader());
    [[nodiscard]] static base::Result<Script> load(const std::string& path);

    [[nodiscard]] const Step* findStep(std::string_view stepId) const;
    [[nodiscard]] const Objection* findObjection(std::string_view idOrKey) const;
    [[nodiscard]] std::string languageOr(std::string_view wanted) const;   ///< `wanted` if the script speaks it, else the default
};

/// Whether an end excuses a duty.
[[nodiscard]] bool excuses(const Step& end, std::string_view duty);
/// Which duty passing a step fulfils: its `duty`, or the step's own id when it is required without one; empty otherwise.
[[nodiscard]] std::string dutyOf(const Step& step);
/// Every duty an end needs unless it excuses it: the script's own and those of its required steps, in order.
[[nodiscard]] std::vector<Duty> dutiesOf(const Script& script);

/// `text` in `language`, or in any language when that one is missing.
[[nodiscard]] const std::string& textIn(const LocalText& text, std::string_view language);

} // namespace evenhand::guidance
