// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/importer.h"

#include <algorithm>
#include <array>
#include <thread>

#include "server/import/casewriter.h"
#include "server/import/rejectedrows.h"

namespace evenhand::server {

using base::ErrorCode;
using base::Result;

namespace {

std::string separatorWord(char separator)
{
    return separator == ';' ? "semicolon" : separator == '\t' ? "tab" : separator == '|' ? "pipe" : "comma";
}

// JSON and hashes of all cases, on as many threads as pay: the costly part of an import that needs no database.
std::vector<EncodedCase> encodeAll(const std::vector<LenderCase>& cases)
{
    constexpr std::size_t kPerThread = 2000;
    const auto threads = std::clamp<std::size_t>(cases.size() / kPerThread, 1, std::max(1U, std::min(8U, std::thread::hardware_concurrency())));
    std::vector<std::vector<EncodedCase>> parts(threads);
    {
        std::vector<std::jthread> workers;
        for (std::size_t t = 0; t < threads; ++t)
            workers.emplace_back([&, t] {
                const auto end = cases.size() * (t + 1) / threads;
                for (auto i = cases.size() * t / threads; i < end; ++i)
                    parts[t].push_back(encodeCase(cases[i]));
            });
    }
    std::vector<EncodedCase> all;
    all.reserve(cases.size());
    for (auto& part : parts)
        std::move(part.begin(), part.end(), std::back_inserter(all));
    return all;
}

base::Date todayInChina(const base::Clock& clock) { return base::TimeZone::tryFromName("Asia/Shanghai")->dateAt(clock.now()); }

void describe(ImportReport& report, const LenderFile& file, LenderCases& content)
{
    report.rows = content.rows;
    report.rejected = static_cast<std::int64_t>(content.badRows.size());
    report.cases = static_cast<std::int64_t>(content.cases.size());
    for (const auto& one : content.cases)
        report.accounts += static_cast<std::int64_t>(one.accounts.size());
    report.encoding = toWord(file.encoding());
    report.separator = separatorWord(file.separator());
    report.unusedColumns = file.unusedColumns();
    std::stable_sort(content.problems.begin(), content.problems.end(), [](const auto& a, const auto& b) { return a.row < b.row; });
    report.problems = std::move(content.problems);
}

} // namespace

Result<> Importer::store(const std::vector<LenderCase>& cases, const Mapping& mapping, const std::string& portfolio, bool write,
                         ImportReport& report)
{
    const auto encoded = encodeAll(cases);
    EVENHAND_ASSIGN(auto transaction, write ? m_store.begin() : m_store.beginRead());
    EVENHAND_ASSIGN(auto writer, CaseWriter::forPortfolio(m_store, portfolio, {.statusGiven = mapping.status.has_value()}, write, m_clock.now()));
    for (const auto& one : encoded) {
        EVENHAND_ASSIGN(const auto outcome, writer.put(one));
        switch (outcome) {
        case WriteOutcome::Created: report.created += one.fileRows; break;
        case WriteOutcome::Updated: report.updated += one.fileRows; break;
        case WriteOutcome::Unchanged: report.unchanged += one.fileRows; break;
        }
    }
    return writer.wrote() ? transaction.commit() : Result<>();
}

Result<ImportReport> Importer::run(const ImportOptions& options)
{
    EVENHAND_ASSIGN(const auto mapping, Mapping::parseFile(options.mappingFile));
    const auto portfolio = options.portfolio.empty() ? mapping.portfolio : options.portfolio;
    if (portfolio.empty())
        return base::fail(ErrorCode::Invalid, options.mappingFile + ": names no `portfolio`; add it, or give --portfolio NAME");
    std::string ignored;
    if (!TextDecoder(TextEncoding::Utf8).decode(base::asBytes(portfolio), true, ignored))
        return base::fail(ErrorCode::Invalid, "the name of the portfolio is not UTF-8");
    EVENHAND_ASSIGN(auto file, LenderFile::open(options.file, mapping));
    EVENHAND_ASSIGN(auto content, file.read({portfolio, options.asOf.value_or(todayInChina(m_clock))}));
    ImportReport report;
    report.dryRun = options.dryRun;
    describe(report, file, content);
    report.stopped = report.rejected > 0 && !options.keepGood;
    if (report.stopped && !options.dryRun)
        return report;
    if (options.keepGood && report.rejected > 0 && !options.dryRun) {
        report.rejectedFile = options.file + ".rejected.csv";
        EVENHAND_TRY(writeRejectedRows(file, mapping, report.problems, report.rejectedFile));
    }
    EVENHAND_TRY(store(content.cases, mapping, portfolio, !options.dryRun, report));
    return report;
}

} // namespace evenhand::server
