// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/base/json.h"

namespace evenhand::guidance {

/// One step as it was shown. Holds no text and no personal data: the words follow from script hash, step and language.
struct TraceEntry {
    std::string step;
    std::int64_t shownAtMs = 0;              ///< since the conversation began
    std::int64_t leftAtMs = -1;              ///< -1: still on it
    std::string answer;                      ///< answer id; "continued", "skipped", "filled", "objection:ID", "back", "hung_up"; empty: none yet
    std::string language;
    bool locked = false;
    bool tooFast = false;                    ///< passed before it could have been read
    bool undone = false;                     ///< taken back later by going back
};

/// What the runner noted beside the steps.
struct TraceRemark {
    std::int64_t atMs = 0;
    std::string kind;                        ///< phrase_blocked, locked_refused, required_skip_refused
    std::string detail;                      ///< rule or step id
};

/// The evidence of one conversation.
struct ScriptTrace {
    std::string scriptId;
    std::string scriptVersion;
    std::string scriptHash;
    std::vector<TraceEntry> steps;
    std::vector<TraceRemark> remarks;
};

/// `{"id","version","hash","steps":[…],"remarks":[…]}` in the canonical profile (integers, snake_case).
[[nodiscard]] base::Json toJson(const ScriptTrace& trace);

} // namespace evenhand::guidance
