// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/csvseparator.h"

#include <algorithm>

#include "server/import/csvreader.h"

namespace evenhand::server {

namespace {

struct Score {
    int wanted = 0;
    int steadyColumns = 0;   // columns if the first rows agree on their number, else 0
    friend auto operator<=>(const Score&, const Score&) = default;
};

int countWanted(const CsvRow& row, std::span<const std::string> wanted)
{
    return static_cast<int>(std::count_if(wanted.begin(), wanted.end(), [&](const std::string& name) {
        return std::any_of(row.cells.begin(), row.cells.end(), [&](std::string_view cell) { return trimmed(cell) == name; });
    }));
}

Score scoreOf(std::string_view sample, char separator, int headerRow, std::span<const std::string> wanted)
{
    const auto source = byteSourceOf(std::string(sample));
    DecodedText text(*source, TextEncoding::Utf8);
    CsvReader reader(text, separator);
    CsvRow row;
    Score score;
    int seen = 0;
    for (int read = 1; read <= headerRow + 20; ++read) {
        const auto more = reader.next(row);
        if (!more || !*more)
            break;
        if (read < headerRow || row.isBlank())
            continue;
        if (read == headerRow)
            score.wanted = countWanted(row, wanted);
        const int columns = static_cast<int>(row.cells.size());
        if (++seen == 1)
            score.steadyColumns = columns > 1 ? columns : 0;
        else if (columns != score.steadyColumns)
            score.steadyColumns = 0;
    }
    return score;
}

} // namespace

char guessSeparator(std::string_view sample, int headerRow, std::span<const std::string> wantedColumns)
{
    // The last row of a sample is usually cut; it would spoil the count of cells.
    const auto lastLine = sample.find_last_of("\r\n");
    const auto whole = lastLine == std::string_view::npos ? sample : sample.substr(0, lastLine);
    char best = ',';
    Score bestScore;
    for (const char separator : kSeparators) {
        const auto score = scoreOf(whole, separator, headerRow, wantedColumns);
        if (score > bestScore) {
            best = separator;
            bestScore = score;
        }
    }
    return best;
}

std::string_view trimmed(std::string_view cell)
{
    constexpr std::string_view kBlanks[] = {" ", "\t", "\r", "\n", "\xC2\xA0", "\xE3\x80\x80"};
    // Most cells begin and end with a plain letter or digit.
    const auto isPlain = [](char c) { return c > ' ' && static_cast<unsigned char>(c) < 0x80; };
    for (bool again = true; again;) {
        again = false;
        if (cell.empty() || (isPlain(cell.front()) && isPlain(cell.back())))
            return cell;
        for (const auto blank : kBlanks) {
            if (cell.starts_with(blank)) {
                cell.remove_prefix(blank.size());
                again = true;
            }
            if (cell.ends_with(blank)) {
                cell.remove_suffix(blank.size());
                again = true;
            }
        }
    }
    return cell;
}

} // namespace evenhand::server
