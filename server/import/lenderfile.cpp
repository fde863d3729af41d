// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/lenderfile.h"

#include <algorithm>
#include <unordered_map>

#include "server/import/csvseparator.h"

namespace evenhand::server {

using base::Result;

namespace {

// Puts rows together to cases as they come.
class CaseCollector {
public:
    CaseCollector(RepeatedCase repeated, LenderCases& into) : m_repeated(repeated), m_into(into) {}

    void add(LenderCase&& next)
    {
        const auto [known, isNew] = m_places.emplace(next.head.businessNo, m_into.cases.size());
        if (isNew) {
            m_into.cases.push_back(std::move(next));
            return;
        }
        auto& first = m_into.cases[known->second];
        if (m_repeated == RepeatedCase::FurtherAccounts) {
            const auto row = next.rows.front();
            const auto before = m_into.problems.size();
            mergeInto(first, std::move(next), m_into.problems);
            if (m_into.problems.size() == before)
                return;
            first.rows.push_back(row);
        } else {
            m_into.problems.push_back({next.rows.front(), "", "the same case number as in row " + std::to_string(first.rows.front()) +
                                                                  "; the mapping says `repeated: further_accounts` where that is meant"});
            first.rows.push_back(next.rows.front());
        }
        m_spoiled.push_back(known->second);
    }

    // A debtor of whom one row is bad is not imported by half.
    void spoilCaseOf(const std::string& businessNo, std::int64_t row)
    {
        if (!businessNo.empty())
            m_badRowsOf[businessNo].push_back(row);
    }

    void finish()
    {
        for (std::size_t i = 0; i < m_into.cases.size(); ++i) {
            const auto before = m_into.problems.size();
            computeTotals(m_into.cases[i], m_into.problems);
            if (m_into.problems.size() > before)
                m_spoiled.push_back(i);
        }
        for (const auto& [businessNo, rows] : m_badRowsOf)
            if (const auto known = m_places.find(businessNo); known != m_places.end())
                m_spoiled.push_back(known->second);
        dropSpoiled();
    }

private:
    void dropSpoiled()
    {
        const std::set<std::size_t> spoiled(m_spoiled.begin(), m_spoiled.end());
        if (spoiled.empty())
            return;
        for (const auto& problem : m_into.problems)
            m_namedRows.insert(problem.row);
        std::vector<LenderCase> good;
        for (std::size_t i = 0; i < m_into.cases.size(); ++i) {
            if (!spoiled.contains(i)) {
                good.push_back(std::move(m_into.cases[i]));
                continue;
            }
            for (const auto row : m_into.cases[i].rows)
                noteBad(row);
        }
        m_into.cases = std::move(good);
    }

    void noteBad(std::int64_t row)
    {
        if (m_namedRows.insert(row).second)
            m_into.problems.push_back({row, "", "belongs to a case of which another row is rejected"});
        m_into.badRows.insert(row);
    }

    RepeatedCase m_repeated;
    LenderCases& m_into;
    std::unordered_map<std::string, std::size_t> m_places;   // case number → index into cases
    std::unordered_map<std::string, std::vector<std::int64_t>> m_badRowsOf;
    std::vector<std::size_t> m_spoiled;
    std::set<std::int64_t> m_namedRows;            // rows that have a problem of their own
};

} // namespace

Result<LenderFile> LenderFile::open(const std::string& path, const Mapping& mapping)
{
    EVENHAND_ASSIGN(auto source, openByteSource(path));
    LenderFile file(path, std::move(source), mapping);
    EVENHAND_TRY(base::withContext(file.findEncoding(), path.c_str()));
    EVENHAND_TRY(base::withContext(file.findSeparator(), path.c_str()));
    return file;
}

Result<LenderFile> LenderFile::fromBytes(std::string bytes, const Mapping& mapping)
{
    LenderFile file("(memory)", byteSourceOf(std::move(bytes)), mapping);
    EVENHAND_TRY(file.findEncoding());
    EVENHAND_TRY(file.findSeparator());
    return file;
}

Result<> LenderFile::findEncoding()
{
    if (m_mapping->encoding) {
        m_encoding = *m_mapping->encoding;
        return {};
    }
    EVENHAND_ASSIGN(m_encoding, detectEncoding(*m_source));
    return {};
}

Result<> LenderFile::findSeparator()
{
    if (m_mapping->separator) {
        m_separator = *m_mapping->separator;
        return {};
    }
    EVENHAND_TRY(m_source->rewind());
    DecodedText text(*m_source, m_encoding);
    std::string sample;
    const auto more = text.next(sample);
    if (!more)
        return {};                                 // read() will say what and where
    std::vector<std::string> wanted;
    for (const auto& column : m_mapping->columns)
        wanted.push_back(column.name);
    m_separator = guessSeparator(sample, m_mapping->headerRow, wanted);
    return {};
}

Result<> LenderFile::forEachRow(const std::function<void(const CsvRow&)>& visit)
{
    EVENHAND_TRY(m_source->rewind());
    DecodedText text(*m_source, m_encoding);
    CsvReader reader(text, m_separator);
    CsvRow row;
    for (;;) {
        EVENHAND_ASSIGN(const bool more, base::withContext(reader.next(row), m_name.c_str()));
        if (!more)
            return {};
        visit(row);
    }
}

Result<> LenderFile::mapRows(const ImportContext& context, const RowVisit& visit)
{
    std::optional<Result<RowMapper>> mapper;
    EVENHAND_TRY(forEachRow([&](const CsvRow& row) {
        if (row.number < m_mapping->headerRow || (mapper && !*mapper))
            return;
        if (!mapper)
            mapper = row.problem ? base::fail(base::ErrorCode::Invalid, m_name + ": the headings in row " + std::to_string(row.number) + " " + *row.problem)
                                 : RowMapper::bind(*m_mapping, row, context);
        else if (!row.isBlank())
            visit(**mapper, row);
    }));
    if (!mapper)
        return base::fail(base::ErrorCode::Invalid, m_name + ": has no row " + std::to_string(m_mapping->headerRow) + " with headings");
    if (!*mapper)
        return base::fail(mapper->error());
    m_unused = (*mapper)->unusedColumns();
    return {};
}

Result<LenderCases> LenderFile::read(const ImportContext& context)
{
    LenderCases result;
    CaseCollector collector(m_mapping->repeated, result);
    EVENHAND_TRY(mapRows(context, [&](RowMapper& mapper, const CsvRow& row) {
        ++result.rows;
        const auto before = result.problems.size();
        auto next = mapper.read(row, result.rows, result.problems);
        if (next)
            collector.add(std::move(*next));
        else
            collector.spoilCaseOf(mapper.businessNoOf(row, result.rows), row.number);
        if (result.problems.size() > before)
            result.badRows.insert(row.number);
    }));
    collector.finish();
    return result;
}

Result<LenderPayments> LenderFile::readPayments(const ImportContext& context)
{
    LenderPayments result;
    std::unordered_map<std::string, std::size_t> places;   // payment number → index
    EVENHAND_TRY(mapRows(context, [&](RowMapper& mapper, const CsvRow& row) {
        ++result.rows;
        const auto before = result.problems.size();
        auto next = mapper.readPayment(row, result.rows, result.problems);
        if (next) {
            const auto [known, isNew] = places.emplace(next->paymentNo, result.payments.size());
            const auto isSame = [&next](const LenderPayment& first) {
                return first.businessNo == next->businessNo && first.amount == next->amount && first.paidOn == next->paidOn && first.reverses == next->reverses;
            };
            if (isNew || isSame(result.payments[known->second]))
                result.payments.push_back(*std::move(next));
            else
                result.problems.push_back({row.number, "", "the payment number stands in row " + std::to_string(result.payments[known->second].row) +
                                                               " with another content"});
        }
        if (result.problems.size() > before)
            result.badRows.insert(row.number);
    }));
    return result;
}

} // namespace evenhand::server
