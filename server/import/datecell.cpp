// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <charconv>
#include <algorithm>

#include "server/import/cellvalues.h"

namespace evenhand::server {

using base::Date;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

// Reads between `least` and `most` digits.
bool takeDigits(std::string_view& text, std::size_t least, std::size_t most, int& value)
{
    std::size_t length = 0;
    while (length < most && length < text.size() && text[length] >= '0' && text[length] <= '9')
        ++length;
    if (length < least)
        return false;
    std::from_chars(text.data(), text.data() + length, value);
    text.remove_prefix(length);
    return true;
}

bool takeMonthName(std::string_view& text, int& month)
{
    if (text.size() < 3)
        return false;
    std::string name(text.substr(0, 3));
    for (char& c : name)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (std::size_t i = 0; i < kMonths.size(); ++i)
        if (kMonths[i] == name) {
            month = static_cast<int>(i) + 1;
            text.remove_prefix(3);
            return true;
        }
    return false;
}

} // namespace

Result<DateFormat> DateFormat::parse(std::string_view pattern)
{
    static constexpr std::array<std::pair<std::string_view, Kind>, 10> kTokens{{{"yyyy", Kind::Year4}, {"yy", Kind::Year2},
        {"MMM", Kind::MonthName}, {"MM", Kind::Month2}, {"M", Kind::Month}, {"dd", Kind::Day2}, {"d", Kind::Day}, {"HH", Kind::Clock2},
        {"mm", Kind::Clock2}, {"ss", Kind::Clock2}}};
    DateFormat format;
    format.m_pattern = pattern;
    if (pattern == "excel" || pattern == "excel1904") {
        format.m_pieces.push_back({pattern == "excel" ? Kind::Excel1900 : Kind::Excel1904, {}});
        return format;
    }
    bool year = false;
    bool month = false;
    while (!pattern.empty()) {
        const auto* token = std::find_if(kTokens.begin(), kTokens.end(), [&](const auto& t) { return pattern.starts_with(t.first); });
        if (token != kTokens.end()) {
            format.m_pieces.push_back({token->second, {}});
            year = year || token->second == Kind::Year4 || token->second == Kind::Year2;
            month = month || token->second == Kind::Month || token->second == Kind::Month2 || token->second == Kind::MonthName;
            pattern.remove_prefix(token->first.size());
            continue;
        }
        if ((pattern.front() >= 'a' && pattern.front() <= 'z') || (pattern.front() >= 'A' && pattern.front() <= 'S'))
            return base::fail(ErrorCode::Invalid, "unknown letter in the date format; known: yyyy, yy, MMM, MM, M, dd, d, HH, mm, ss, excel, excel1904");
        format.m_pieces.push_back({Kind::Literal, std::string(1, pattern.front())});
        pattern.remove_prefix(1);
    }
    if (!year || !month)
        return base::fail(ErrorCode::Invalid, "a date format needs a year and a month, as in yyyy-MM-dd");
    return format;
}

bool DateFormat::readPiece(const Piece& piece, std::string_view& text, int& year, int& month, int& day)
{
    int ignored = 0;
    switch (piece.kind) {
    case Kind::Literal:
        if (!text.starts_with(piece.literal))
            return false;
        text.remove_prefix(piece.literal.size());
        return true;
    case Kind::Year4: return takeDigits(text, 4, 4, year);
    case Kind::Year2:
        if (!takeDigits(text, 2, 2, year))
            return false;
        year += year < 70 ? 2000 : 1900;
        return true;
    case Kind::MonthName: return takeMonthName(text, month);
    case Kind::Month2: return takeDigits(text, 2, 2, month);
    case Kind::Month: return takeDigits(text, 1, 2, month);
    case Kind::Day2: return takeDigits(text, 2, 2, day);
    case Kind::Day: return takeDigits(text, 1, 2, day);
    case Kind::Clock2: return takeDigits(text, 2, 2, ignored);
    case Kind::Excel1900:
    case Kind::Excel1904: return false;
    }
    return false;
}

// Spreadsheets count days from 1899-12-30 (the year 1900 has a 29 February there, so numbers below 61 are ambiguous and
// refused) or from 1904-01-01. The part behind the point is the time of day.
std::optional<Date> DateFormat::readSerial(std::string_view text, bool from1904) const
{
    const auto digits = text.substr(0, text.find('.'));
    int days = 0;
    const auto* const end = digits.data() + digits.size();
    const auto [stopped, problem] = std::from_chars(digits.data(), end, days);
    if (digits.empty() || problem != std::errc() || stopped != end || days < (from1904 ? 0 : 61) || days > 2958465)
        return std::nullopt;
    if (digits.size() < text.size() && text.find_first_not_of("0123456789", digits.size() + 1) != std::string_view::npos)
        return std::nullopt;
    return (from1904 ? *Date::tryFrom(1904, 1, 1) : *Date::tryFrom(1899, 12, 30)).plusDays(days);
}

std::optional<Date> DateFormat::read(std::string_view text) const
{
    if (m_pieces.front().kind == Kind::Excel1900 || m_pieces.front().kind == Kind::Excel1904)
        return readSerial(text, m_pieces.front().kind == Kind::Excel1904);
    int year = 0;
    int month = 0;
    int day = 1;
    for (const auto& piece : m_pieces)
        if (!readPiece(piece, text, year, month, day))
            return std::nullopt;
    return text.empty() ? Date::tryFrom(year, month, day) : std::nullopt;
}

Result<Date> parseDate(std::string_view text, const std::vector<DateFormat>& formats)
{
    std::string known;
    for (const auto& format : formats) {
        if (const auto date = format.read(text))
            return *date;
        known += (known.empty() ? "" : " or ") + format.pattern();
    }
    return base::fail(ErrorCode::Invalid, "expected a date like " + known + ", found the shape \"" + shapeOf(text) + "\"");
}

} // namespace evenhand::server
