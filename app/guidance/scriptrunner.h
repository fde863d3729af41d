// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "app/base/clock.h"
#include "app/guidance/script.h"
#include "app/guidance/scripttrace.h"

namespace evenhand::guidance {

/// What the agent or the line did.
struct Continued {};                                                    ///< said it; or: all ticked
struct Answered { std::string answer; };                                ///< id or key of an answer of an ask or offer
struct Ticked { std::string item; bool on = true; };                    ///< an item of a check
struct Filled { std::map<std::string, std::string> values; };           ///< what was typed into a form, by field id
struct Skipped {};                                                      ///< only steps that are not required
struct WentBack {};                                                     ///< undoes the last step; its answer is offered again
struct ObjectionRaised { std::string objection; };                      ///< id or key
struct FactLearned { std::string fact; FactValue value; };              ///< from outside the script; going back keeps it
struct LanguageChosen { std::string language; };
struct PhraseBlocked { std::string rule; };                             ///< noted in the trace, moves nothing
struct DebtorHungUp {};                                                 ///< the line dropped before an end

using ScriptEvent = std::variant<Continued, Answered, Ticked, Filled, Skipped, WentBack, ObjectionRaised, FactLearned, LanguageChosen,
                                 PhraseBlocked, DebtorHungUp>;

struct PromptAnswer {
    std::string id;
    std::string key;
    std::string label;
    std::string outcome;                          ///< what it would suggest; empty: nothing
    bool chosenBefore = false;                    ///< the answer that going back undid
};

struct PromptItem {
    std::string id;
    std::string label;
    bool required = true;
    bool ticked = false;
};

struct PromptField {
    std::string id;
    std::string label;
    FieldKind kind = FieldKind::Text;
    bool required = true;
    std::string value;                            ///< what was typed before, when one came back
    std::vector<std::pair<std::string, std::string>> choices;   ///< value and label
};

struct PromptObjection {
    std::string id;
    std::string key;
    std::string label;
    std::vector<std::string> cues;
};

struct DutyProgress {
    std::string id;
    std::string label;
    bool done = false;
};

/// Everything a page needs to draw the current step; no other state. Texts are in `language` and hold personal data.
struct Prompt {
    std::string stepId;
    StepKind kind = StepKind::Say;
    std::string language;
    std::string title;
    std::vector<TextRun> text;                    ///< empty while locked
    std::string hint;                             ///< to the agent, not to be spoken
    Tone tone = Tone::Plain;
    bool required = false;
    bool mandated = false;                        ///< say it word by word
    std::string clause;
    bool disclosing = false;
    bool locked = false;                          ///< identity not proven: nothing may be disclosed; only back, objection, hang up
    std::vector<PromptAnswer> answers;
    std::vector<PromptItem> items;
    std::vector<PromptField> fields;
    std::vector<PromptObjection> objections;      ///< what may be raised here
    bool inObjection = false;                     ///< `return` leads back to where one was
    bool canContinue = false;
    bool canSkip = false;
    bool canGoBack = false;
    bool atEnd = false;
    std::string continuesWith;                    ///< at an end: id of the script to go on with; empty: none
    std::int64_t minReadingMs = 0;                ///< faster than this is marked in the trace
    std::vector<DutyProgress> progress;           ///< all duties of the script, in order
    std::vector<std::string> missing;             ///< duties still missing for a complete conversation
    std::string suggestedOutcome;                 ///< disposition code; empty: none yet
    std::vector<std::string> raisedFlags;         ///< flags that answers asked for, in order, without doubles
    std::vector<std::string> gaps;                ///< merge fields without a value in this text
};

/// Leads one conversation through one script. Pure: the same script, data, events and times give the same prompts. It keeps
/// the script it began with, whatever is installed meanwhile. UI thread (or any single one). Times come from `clock`'s
/// monotonic side, so that a change of the wall clock does not matter.
class ScriptRunner {
public:
    /// `facts` is what is known before the call; `data` fills the texts. `clock` must outlive the runner.
    ScriptRunner(std::shared_ptr<const Script> script, Facts facts, MergeData data, std::string language, const base::Clock& clock);

    /// The next thing to show. Invalid when the event does not fit (a locked or required step, an unknown answer, a form value
    /// that cannot be read); then nothing changed, except that the trace may say so.
    [[nodiscard]] base::Result<Prompt> handle(const ScriptEvent& event);
    [[nodiscard]] Prompt prompt() const;

    [[nodiscard]] const Script& script() const { return *m_script; }
    [[nodiscard]] const ScriptTrace& trace() const { return m_trace; }   ///< evidence: step, answer, time
    [[nodiscard]] Facts facts() const;                                   ///< known before, learned and answered
    [[nodiscard]] const MergeData& data() const { return m_state.data; } ///< with what forms filled in
    [[nodiscard]] bool finished() const;                                 ///< an end was reached
    [[nodiscard]] std::vector<std::string> missingDuties() const;        ///< without those that the reached end excuses

private:
    static constexpr std::size_t kDeepestObjection = 8;   ///< objections within objections

    struct State {
        std::string step;
        Facts set;
        MergeData data;
        std::set<std::string> duties;
        std::vector<std::string> returns;
        std::map<std::string, std::string> typed;        ///< form values by "step/field"
        std::set<std::string> ticked;                    ///< "step/item"
        std::string outcome;
        std::vector<std::string> flags;
        bool hungUp = false;
    };
    struct Past {
        State state;
        std::size_t traceSize;
    };

    [[nodiscard]] base::Result<> on(const Continued& event);
    [[nodiscard]] base::Result<> on(const Answered& event);
    [[nodiscard]] base::Result<> on(const Ticked& event);
    [[nodiscard]] base::Result<> on(const Filled& event);
    [[nodiscard]] base::Result<> on(const Skipped& event);
    [[nodiscard]] base::Result<> on(const WentBack& event);
    [[nodiscard]] base::Result<> on(const ObjectionRaised& event);
    [[nodiscard]] base::Result<> on(const FactLearned& event);
    [[nodiscard]] base::Result<> on(const LanguageChosen& event);
    [[nodiscard]] base::Result<> on(const PhraseBlocked& event);
    [[nodiscard]] base::Result<> on(const DebtorHungUp& event);

    [[nodiscard]] const Step& current() const;
    [[nodiscard]] bool locked(const Step& step) const;
    [[nodiscard]] base::Result<> requireOpen(std::initializer_list<StepKind> kinds, const char* what) const;
    [[nodiscard]] base::Result<> fill(const FormField& field, const std::string& value, State& next) const;
    [[nodiscard]] base::Result<> leave(State next, const Target& target, const std::string& answer, bool passed);
    [[nodiscard]] base::Result<> arrive(State& next, const Target& target) const;
    void beginEntry();
    [[nodiscard]] std::int64_t elapsedMs() const;
    void describe(Prompt& prompt, const Step& step) const;
    void describeChoices(Prompt& prompt, const Step& step) const;
    void describeProgress(Prompt& prompt) const;

    std::shared_ptr<const Script> m_script;
    const base::Clock& m_clock;
    std::int64_t m_startedMs;
    std::string m_language;
    Facts m_known;                                       ///< from outside; script answers win
    State m_state;
    std::vector<Past> m_history;
    std::map<std::string, std::string> m_undone;         ///< answer by step, offered again after going back
    ScriptTrace m_trace;
};

/// The least time in which a text can be read: by characters for Chinese, by words otherwise, between 0.8 s and 15 s.
[[nodiscard]] std::int64_t minimumReadingMs(std::string_view text);

} // namespace evenhand::guidance
