// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/base/json.h"
#include "app/guidance/script.h"
#include "app/guidance/scripttrace.h"

/// Plays a script without a window: for `evenhandctl script run` and for the transcripts of a pack.
namespace evenhand::guidance {

/// An event that the runner did not allow, such as passing a locked step. The play stops there.
struct PlayRefusal {
    std::size_t event = 0;                 ///< index into `events`
    std::string message;
};

struct PlayResult {
    ScriptTrace trace;
    bool finished = false;
    std::string outcome;                   ///< suggested disposition code; empty: none
    std::vector<std::string> missing;      ///< duties not done (all of them when it did not finish)
    std::vector<std::string> flags;
    std::vector<std::string> gaps;         ///< merge fields that were shown as gaps, without doubles
    std::optional<PlayRefusal> refusal;
};

/// `answers` is
///
///     {"facts": {…}, "language": "zh_CN", "data": {"debtor.name": "…"}, "events": [{"step": "verify", "answer": "yes", "after_ms": 2500}, …]}
///
/// An event may instead carry "ticked" (list of items, or "all"), "values" (a form), "objection" (id), or "action": continue, skip,
/// back, hang_up, fact (with "fact" and "value"), language (with "language"). "data" replaces sample values; null leaves a gap.
/// Invalid names the member when an event does not belong to the step the conversation is at.
[[nodiscard]] base::Result<PlayResult> playScript(const Script& script, const base::Json& answers);

/// {"id","version","hash","steps":[{"step","shown_at_ms","answer","locked","too_fast",…}],"finished","outcome","missing_required","flags","gaps"}
[[nodiscard]] base::Json toJson(const PlayResult& result);

} // namespace evenhand::guidance
