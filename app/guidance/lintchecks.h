// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/guidance/scriptlinter.h"

/// The groups of checks behind lintScript(). Internal to guidance.
namespace evenhand::guidance {

class LintReport {
public:
    explicit LintReport(std::vector<LintFinding>& findings) : m_findings(findings) {}
    void error(const base::SourcePlace& place, const char* check, std::string message)
    {
        m_findings.push_back({place, LintLevel::Error, check, std::move(message)});
    }
    void warning(const base::SourcePlace& place, const char* check, std::string message)
    {
        m_findings.push_back({place, LintLevel::Warning, check, std::move(message)});
    }

private:
    std::vector<LintFinding>& m_findings;
};

void lintStructure(const Script& script, const LintOptions& options, LintReport& report);   ///< targets, duties, keys, codes
void lintFlow(const Script& script, LintReport& report);                                    ///< every path; needs sound targets
void lintWords(const Script& script, const LintOptions& options, LintReport& report);       ///< texts in each language

} // namespace evenhand::guidance
