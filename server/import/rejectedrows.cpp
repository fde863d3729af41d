// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/rejectedrows.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <sys/stat.h>
#include <unistd.h>

#include "server/import/csvseparator.h"
#include "server/import/csvwriter.h"

namespace evenhand::server {

using base::Result;

namespace {

constexpr std::string_view kReason = "reason";

std::map<std::int64_t, std::string> reasonsByRow(const std::vector<CellProblem>& problems)
{
    std::map<std::int64_t, std::string> reasons;
    for (const auto& problem : problems) {
        auto& text = reasons[problem.row];
        text += (text.empty() ? "" : "; ") + (problem.column.empty() ? "" : problem.column + ": ") + problem.message;
    }
    return reasons;
}

Result<> replaceFile(const std::string& path, const std::string& text)
{
    const auto part = path + ".part";
    const auto failed = [&](const char* what) {
        const std::string reason = std::strerror(errno);
        ::unlink(part.c_str());
        return base::fail(errno == ENOSPC ? base::ErrorCode::DiskFull : base::ErrorCode::Storage, path + ": " + what + ": " + reason);
    };
    ::unlink(part.c_str());
    const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        return failed("cannot be written");
    std::size_t done = 0;
    while (done < text.size()) {
        const auto wrote = ::write(file, text.data() + done, text.size() - done);
        if (wrote < 0) {
            ::close(file);
            return failed("cannot be written");
        }
        done += static_cast<std::size_t>(wrote);
    }
    const bool synced = ::fsync(file) == 0;
    if (::close(file) != 0 || !synced || ::rename(part.c_str(), path.c_str()) != 0)
        return failed("cannot be written");
    return {};
}

} // namespace

Result<> writeRejectedRows(LenderFile& file, const Mapping& mapping, const std::vector<CellProblem>& problems, const std::string& path)
{
    const auto reasons = reasonsByRow(problems);
    std::string text(kUtf8Mark);
    std::size_t columns = 0;
    // A rejected file that comes back has a column of reasons already.
    EVENHAND_TRY(file.forEachRow([&](const CsvRow& row) {
        const bool isHeading = row.number == mapping.headerRow;
        const auto reason = reasons.find(row.number);
        if (row.number > mapping.headerRow && reason == reasons.end())
            return;
        auto cells = row.cells;
        if (isHeading)
            columns = cells.size() - (!cells.empty() && trimmed(cells.back()) == kReason ? 1 : 0);
        if (row.number >= mapping.headerRow) {
            if (isHeading || cells.size() == columns + 1)
                cells.resize(columns);
            cells.push_back(isHeading ? kReason : std::string_view(reason->second));
        }
        appendCsvRow(text, cells, file.separator(), CellSafety::Verbatim);
    }));
    return replaceFile(path, text);
}

} // namespace evenhand::server
