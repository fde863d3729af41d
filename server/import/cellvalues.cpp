// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/cellvalues.h"

#include <algorithm>
#include <charconv>

#include "server/import/csvseparator.h"

namespace evenhand::server {

using base::ErrorCode;
using base::Result;

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// 1.38E+10, 6,23E15: how a spreadsheet shows long numbers.
bool looksScientific(std::string_view text)
{
    const auto e = text.find_first_of("eE");
    if (e == std::string_view::npos || e == 0 || e + 1 == text.size())
        return false;
    const auto mantissa = text.substr(0, e);
    auto exponent = text.substr(e + 1);
    const bool hasSign = exponent.front() == '+' || exponent.front() == '-';
    if (hasSign)
        exponent.remove_prefix(1);
    const bool numeric = mantissa.find_first_not_of("0123456789.,") == std::string_view::npos && !exponent.empty() &&
                         std::all_of(exponent.begin(), exponent.end(), isDigit);
    // Without sign and point it may be a real identifier such as 12E4.
    return numeric && (hasSign || mantissa.find_first_of(".,") != std::string_view::npos);
}

constexpr const char* kScientific = "is in scientific notation, so its last digits are lost; format the column as text in the "
                                    "spreadsheet and export the file again";

} // namespace

std::string shapeOf(std::string_view text)
{
    std::string shape;
    int length = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 && byte < 0xC0)
            continue;
        if (++length > 24)
            return shape + "…";
        if (isDigit(c))
            shape += '9';
        else if (isLetter(c))
            shape += 'a';
        else if (byte >= 0x80)
            shape += "文";
        else
            shape += byte < 0x20 ? '?' : c;
    }
    return shape;
}

Result<std::int64_t> parseInteger(std::string_view text, std::int64_t least, std::int64_t most)
{
    auto digits = text;
    if (const auto point = digits.find('.'); point != std::string_view::npos && digits.find_first_not_of('0', point + 1) == std::string_view::npos)
        digits = digits.substr(0, point);
    if (digits.size() > 1 && digits.front() == '+')
        digits.remove_prefix(1);
    std::int64_t value = 0;
    const auto* const end = digits.data() + digits.size();
    const auto [stopped, problem] = std::from_chars(digits.data(), end, value);
    if (digits.empty() || problem != std::errc() || stopped != end)
        return base::fail(ErrorCode::Invalid, "expected a whole number, found the shape \"" + shapeOf(text) + "\"");
    if (value < least || value > most)
        return base::fail(ErrorCode::Invalid, "expected a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return value;
}

Result<std::string> parseIdentifier(std::string_view text)
{
    if (text.size() >= 3 && text.starts_with("=\"") && text.ends_with('"'))
        text = text.substr(2, text.size() - 3);
    else if (text.size() > 1 && text.front() == '\'')
        text.remove_prefix(1);
    text = trimmed(text);
    if (looksScientific(text))
        return base::fail(ErrorCode::Invalid, kScientific);
    if (text.size() > 128)
        return base::fail(ErrorCode::Invalid, "is longer than 128 bytes; is the right column mapped?");
    return std::string(text);
}

Result<std::string> parsePhone(std::string_view text)
{
    EVENHAND_ASSIGN(const std::string plain, parseIdentifier(text));
    std::string number;
    for (const char c : plain) {
        if (isDigit(c) || (c == '+' && number.empty()))
            number.push_back(c);
        else if (std::string_view(" -.()\t/").find(c) == std::string_view::npos)
            return base::fail(ErrorCode::Invalid, "expected a phone number, found the shape \"" + shapeOf(text) + "\"");
    }
    if (number.starts_with("+86"))
        number.erase(0, 3);
    else if (number.starts_with("0086"))
        number.erase(0, 4);
    else if (number.size() == 13 && number.starts_with("861"))
        number.erase(0, 2);
    const auto digits = number.size() - (number.starts_with('+') ? 1 : 0);
    if (digits < 3 || digits > 20)
        return base::fail(ErrorCode::Invalid, "expected a phone number of 3 to 20 digits, found " + std::to_string(digits));
    return number;
}

bool isChineseMobile(std::string_view number)
{
    return number.size() == 11 && number.front() == '1' && std::all_of(number.begin(), number.end(), isDigit);
}

} // namespace evenhand::server
