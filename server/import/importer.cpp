// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/importer.h"

#include <algorithm>
#include <deque>
#include <future>
#include <span>
#include <thread>

#include "server/import/casewriter.h"
#include "server/import/paymentwriter.h"
#include "server/import/rejectedrows.h"

namespace evenhand::server {

using base::ErrorCode;
using base::Result;

namespace {

std::string separatorWord(char separator)
{
    return separator == ';' ? "semicolon" : separator == '\t' ? "tab" : separator == '|' ? "pipe" : "comma";
}

// JSON and hashes of the cases, made on other threads while the first of them are written already. In the order of their ids, because the
// database's indexes grow at one end then instead of everywhere.
class CaseEncoder {
public:
    explicit CaseEncoder(const std::vector<LenderCase>& cases) : m_ahead(std::clamp(std::thread::hardware_concurrency(), 1U, 8U))
    {
        m_cases.reserve(cases.size());
        for (const auto& one : cases)
            m_cases.push_back(&one);
        std::ranges::sort(m_cases, {}, [](const LenderCase* one) { return one->head.id; });
    }

    /// The next cases; empty at the end.
    [[nodiscard]] std::vector<EncodedCase> next()
    {
        while (m_begun < m_cases.size() && m_running.size() < m_ahead) {
            const auto part = std::span(m_cases).subspan(m_begun, std::min(kPart, m_cases.size() - m_begun));
            m_running.push_back(std::async(std::launch::async, encodePart, part));
            m_begun += part.size();
        }
        if (m_running.empty())
            return {};
        auto part = m_running.front().get();
        m_running.pop_front();
        return part;
    }

private:
    static constexpr std::size_t kPart = 500;
    [[nodiscard]] static std::vector<EncodedCase> encodePart(std::span<const LenderCase* const> part)
    {
        std::vector<EncodedCase> encoded;
        encoded.reserve(part.size());
        for (const auto* one : part)
            encoded.push_back(encodeCase(*one));
        return encoded;
    }

    std::vector<const LenderCase*> m_cases;
    std::deque<std::future<std::vector<EncodedCase>>> m_running;   // their destructors wait: nothing outlives the cases
    std::size_t m_begun = 0;
    std::size_t m_ahead;
};

base::Date todayInChina(const base::Clock& clock) { return base::TimeZone::tryFromName("Asia/Shanghai")->dateAt(clock.now()); }

template <class Content>
void describe(ImportReport& report, const LenderFile& file, Content& content)
{
    report.rows = content.rows;
    report.rejected = static_cast<std::int64_t>(content.badRows.size());
    report.encoding = toWord(file.encoding());
    report.separator = separatorWord(file.separator());
    report.unusedColumns = file.unusedColumns();
    std::stable_sort(content.problems.begin(), content.problems.end(), [](const auto& a, const auto& b) { return a.row < b.row; });
    report.problems = std::move(content.problems);
}

// What to do with the bad rows; false when nothing is to be stored because of them.
Result<bool> sortOutBadRows(const ImportOptions& options, const Mapping& mapping, LenderFile& file, ImportReport& report)
{
    report.stopped = report.rejected > 0 && !options.keepGood;
    if (report.stopped && !options.dryRun)
        return false;
    if (options.keepGood && report.rejected > 0 && !options.dryRun) {
        report.rejectedFile = options.file + ".rejected.csv";
        EVENHAND_TRY(writeRejectedRows(file, mapping, report.problems, report.rejectedFile));
    }
    return true;
}

} // namespace

Result<> Importer::store(const std::vector<LenderCase>& cases, const Mapping& mapping, const std::string& portfolio, bool write,
                         ImportReport& report)
{
    CaseEncoder encoder(cases);
    EVENHAND_ASSIGN(auto transaction, write ? m_store.begin() : m_store.beginRead());
    EVENHAND_ASSIGN(auto writer, CaseWriter::forPortfolio(m_store, portfolio, {.statusGiven = mapping.status.has_value()}, write, m_clock.now()));
    for (auto part = encoder.next(); !part.empty(); part = encoder.next()) {
        for (const auto& one : part) {
            EVENHAND_ASSIGN(const auto outcome, writer.put(one));
            switch (outcome) {
            case WriteOutcome::Created: report.created += one.fileRows; break;
            case WriteOutcome::Updated: report.updated += one.fileRows; break;
            case WriteOutcome::Unchanged: report.unchanged += one.fileRows; break;
            }
        }
    }
    return writer.wrote() ? transaction.commit() : Result<>();
}

Result<> Importer::importCases(const ImportOptions& options, const Mapping& mapping, LenderFile& file, const std::string& portfolio,
                               ImportReport& report)
{
    EVENHAND_ASSIGN(auto content, file.read({portfolio, options.asOf.value_or(todayInChina(m_clock))}));
    report.cases = static_cast<std::int64_t>(content.cases.size());
    for (const auto& one : content.cases)
        report.accounts += static_cast<std::int64_t>(one.accounts.size());
    describe(report, file, content);
    EVENHAND_ASSIGN(const bool goesOn, sortOutBadRows(options, mapping, file, report));
    return goesOn ? store(content.cases, mapping, portfolio, !options.dryRun, report) : Result<>();
}

// Which case a payment belongs to is known to the database only, so its rows can still turn out bad when they are looked at there.
Result<> Importer::importPayments(const ImportOptions& options, const Mapping& mapping, LenderFile& file, const std::string& portfolio,
                                  ImportReport& report)
{
    EVENHAND_ASSIGN(auto content, file.readPayments({portfolio, options.asOf.value_or(todayInChina(m_clock))}));
    EVENHAND_ASSIGN(auto transaction, options.dryRun ? m_store.beginRead() : m_store.begin());
    PaymentWriter writer(m_store, portfolio, m_clock.now());
    EVENHAND_ASSIGN(const auto work, writer.prepare(content));
    report.cases = static_cast<std::int64_t>(work.cases.size());
    describe(report, file, content);
    EVENHAND_ASSIGN(const bool goesOn, sortOutBadRows(options, mapping, file, report));
    if (!goesOn)
        return {};
    report.created = work.created;
    report.updated = work.updated;
    report.unchanged = work.unchanged;
    if (options.dryRun || work.cases.empty())
        return {};
    EVENHAND_TRY(writer.write(work));
    return transaction.commit();
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
    ImportReport report;
    report.dryRun = options.dryRun;
    EVENHAND_TRY(mapping.payment ? importPayments(options, mapping, file, portfolio, report) : importCases(options, mapping, file, portfolio, report));
    return report;
}

} // namespace evenhand::server
