// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "server/import/cellvalues.h"
#include "server/import/csvseparator.h"

namespace evenhand::server {

using base::Currency;
using base::ErrorCode;
using base::Money;
using base::Result;

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kForms{{
    {"０", "0"}, {"１", "1"}, {"２", "2"}, {"３", "3"}, {"４", "4"}, {"５", "5"}, {"６", "6"}, {"７", "7"}, {"８", "8"},
    {"９", "9"}, {"．", "."}, {"，", ","}, {"－", "-"}, {"￥", ""},  {"¥", ""},  {"元", ""},  {"€", ""},  {"\xE2\x88\x92", "-"},
}};

std::string toAscii(std::string_view text)
{
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            plain.push_back(text[at++]);
            continue;
        }
        bool known = false;
        for (const auto& [form, ascii] : kForms) {
            if (text.substr(at).starts_with(form)) {
                plain += ascii;
                at += form.size();
                known = true;
                break;
            }
        }
        if (!known)
            plain.push_back(text[at++]);
    }
    return plain;
}

bool isPlain(std::string_view text)
{
    for (const char c : text)
        if (c < '0' || c > '9')
            return false;
    return !text.empty();
}

// Takes the sign and the currency sign away; "(12.50)" and "-12.50" are negative.
bool takeSign(std::string& text)
{
    bool negative = false;
    for (bool again = true; again && !text.empty();) {
        again = false;
        if (text.size() > 2 && text.front() == '(' && text.back() == ')') {
            text = text.substr(1, text.size() - 2);
            negative = again = true;
        }
        if (text.front() == '-' || text.front() == '+' || text.front() == '$' || text.front() == ' ') {
            negative = negative || text.front() == '-';
            text.erase(0, 1);
            again = true;
        }
    }
    if (text.size() > 1 && text.back() == '-') {   // SAP writes the sign behind
        text.pop_back();
        negative = true;
    }
    return negative;
}

// The digits before the decimal mark without their separators; nullopt when a separator stands in the wrong place.
std::optional<std::string> wholeDigits(std::string_view whole, char thousands)
{
    if (whole.empty() || thousands == '\0' || whole.find(thousands) == std::string_view::npos)
        return isPlain(whole) ? std::optional<std::string>(whole) : std::nullopt;
    std::string digits;
    std::size_t begin = 0;
    for (int group = 0; begin <= whole.size(); ++group) {
        const auto end = std::min(whole.find(thousands, begin), whole.size());
        const auto part = whole.substr(begin, end - begin);
        if (!isPlain(part) || (group == 0 ? part.size() > 3 : part.size() != 3))
            return std::nullopt;
        digits += part;
        begin = end + 1;
    }
    return digits;
}

std::optional<std::int64_t> toMinor(const std::string& whole, std::string fraction, int decimals, bool round)
{
    const auto keep = static_cast<std::size_t>(decimals);
    bool up = false;
    if (fraction.size() > keep) {
        const bool exact = fraction.find_first_not_of('0', keep) == std::string::npos;
        if (!exact && !round)
            return std::nullopt;
        up = fraction[keep] >= '5';
        fraction.resize(keep);
    }
    fraction.resize(keep, '0');
    std::int64_t minor = 0;
    for (const auto& part : {whole, fraction})
        for (const char c : part) {
            minor = minor * 10 + (c - '0');
            if (minor > Money::kLargestMinor)
                return std::nullopt;
        }
    return minor + (up ? 1 : 0);
}

Result<Money> withSign(std::int64_t minor, bool negative, Currency currency, const MoneyFormat& format)
{
    if (negative && minor != 0) {
        switch (format.negative) {
        case MoneyFormat::Negative::Refuse:
            return base::fail(ErrorCode::Invalid, "the amount is negative; the mapping says `negative: zero` or `keep` where that is meant");
        case MoneyFormat::Negative::Zero: minor = 0; break;
        case MoneyFormat::Negative::Keep: minor = -minor; break;
        }
    }
    const auto money = Money::tryFromMinor(minor, currency);
    if (!money)
        return base::fail(ErrorCode::Invalid, "the amount is too large");
    return *money;
}

} // namespace

Result<Money> parseMoney(std::string_view text, Currency currency, const MoneyFormat& format)
{
    std::string plain(trimmed(toAscii(text)));
    const bool negative = takeSign(plain);
    const auto mark = format.minorUnits ? std::string::npos : plain.find(format.decimal);
    const auto whole = wholeDigits(std::string_view(plain).substr(0, mark), format.thousands);
    const auto fraction = mark == std::string::npos ? std::string() : plain.substr(mark + 1);
    if (!whole || (mark != std::string::npos && !isPlain(fraction)))
        return base::fail(ErrorCode::Invalid, "expected an amount such as 1" + (format.thousands ? std::string(1, format.thousands) : "") +
                                                  "234" + (format.minorUnits ? "" : std::string(1, format.decimal) + "50") +
                                                  ", found the shape \"" + shapeOf(text) + "\"");
    const auto minor = toMinor(*whole, fraction, format.minorUnits ? 0 : currency.decimals(), format.round);
    if (!minor)
        return base::fail(ErrorCode::Invalid, "the amount is too large, or has more decimals than " + currency.code() +
                                                  " has (the mapping says `round: true` where that is meant)");
    return withSign(*minor, negative, currency, format);
}

} // namespace evenhand::server
