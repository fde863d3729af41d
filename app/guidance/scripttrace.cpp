// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guidance/scripttrace.h"

namespace evenhand::guidance {

base::Json toJson(const ScriptTrace& trace)
{
    auto steps = base::Json::array();
    for (const auto& entry : trace.steps)
        steps.push_back({{"step", entry.step},
                         {"shown_at_ms", entry.shownAtMs},
                         {"left_at_ms", entry.leftAtMs < 0 ? base::Json() : base::Json(entry.leftAtMs)},
                         {"answer", entry.answer.empty() ? base::Json() : base::Json(entry.answer)},
                         {"language", entry.language},
                         {"locked", entry.locked},
                         {"too_fast", entry.tooFast},
                         {"undone", entry.undone}});
    auto remarks = base::Json::array();
    for (const auto& remark : trace.remarks)
        remarks.push_back({{"at_ms", remark.atMs}, {"kind", remark.kind}, {"detail", remark.detail}});
    return {{"id", trace.scriptId}, {"version", trace.scriptVersion}, {"hash", trace.scriptHash}, {"steps", steps}, {"remarks", remarks}};
}

} // namespace evenhand::guidance
