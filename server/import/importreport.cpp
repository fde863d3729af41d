// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/importreport.h"

#include <algorithm>

namespace evenhand::server {

using base::Json;

namespace {
constexpr std::size_t kMostErrors = 10'000;
constexpr std::size_t kMostShown = 20;
} // namespace

Json toJson(const ImportReport& report)
{
    Json errors = Json::array();
    const auto listed = std::min(report.problems.size(), kMostErrors);
    for (std::size_t i = 0; i < listed; ++i) {
        const auto& problem = report.problems[i];
        errors.push_back({{"row", problem.row}, {"column", problem.column.empty() ? Json(nullptr) : Json(problem.column)}, {"message", problem.message}});
    }
    return {{"rows", report.rows},
            {"created", report.created},
            {"updated", report.updated},
            {"unchanged", report.unchanged},
            {"rejected", report.rejected},
            {"errors", errors},
            {"errors_omitted", report.problems.size() - listed},
            {"cases", report.cases},
            {"accounts", report.accounts},
            {"dry_run", report.dryRun},
            {"stored", !report.dryRun && !report.stopped},
            {"encoding", report.encoding},
            {"separator", report.separator},
            {"rejected_file", report.rejectedFile.empty() ? Json(nullptr) : Json(report.rejectedFile)},
            {"unused_columns", report.unusedColumns}};
}

std::string toText(const ImportReport& report)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(report.problems.size(), kMostShown); ++i) {
        const auto& problem = report.problems[i];
        text += "row " + std::to_string(problem.row) + (problem.column.empty() ? "" : ", column " + problem.column) + ": " + problem.message + "\n";
    }
    if (report.problems.size() > kMostShown)
        text += "… and " + std::to_string(report.problems.size() - kMostShown) + " more; --json lists them\n";
    text += std::to_string(report.rows) + " rows (" + report.encoding + ", " + report.separator + "): ";
    if (report.stopped)
        text += std::to_string(report.rejected) + " bad, nothing imported; correct them, or import the good ones with --keep-good\n";
    else
        text += std::to_string(report.created) + " new, " + std::to_string(report.updated) + " changed, " + std::to_string(report.unchanged) +
                " unchanged, " + std::to_string(report.rejected) + " rejected" + (report.dryRun ? " (dry run, nothing written)" : "") + "\n";
    if (!report.rejectedFile.empty())
        text += "rejected rows with reasons: " + report.rejectedFile + "\n";
    return text;
}

} // namespace evenhand::server
