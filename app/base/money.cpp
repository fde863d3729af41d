// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/money.h"

#include <array>
#include <cstdlib>

namespace evenhand::base {

namespace {

constexpr std::array<std::string_view, 16> kNoDecimals{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                                       "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::array<std::string_view, 7> kThreeDecimals{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};

bool contains(auto& list, std::string_view code)
{
    for (const auto entry : list)
        if (entry == code)
            return true;
    return false;
}

// Full-width digits and marks, as an input method types them, become ASCII; currency signs and blanks around go.
std::string normalised(std::string_view text)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kForms{{{"，", ","}, {"．", "."}, {"。", "."},
        {"　", " "}, {"¥", ""}, {"￥", ""}, {"元", ""}, {"－", "-"}}};
    std::string plain(text);
    for (const auto& [form, ascii] : kForms)
        for (auto at = plain.find(form); at != std::string::npos; at = plain.find(form, at))
            plain.replace(at, form.size(), ascii);
    for (char digit = 0; digit < 10; ++digit) {
        const std::string wide{'\xEF', '\xBC', static_cast<char>('\x90' + digit)};
        for (auto at = plain.find(wide); at != std::string::npos; at = plain.find(wide, at))
            plain.replace(at, wide.size(), 1, static_cast<char>('0' + digit));
    }
    const auto first = plain.find_first_not_of(" \t");
    const auto last = plain.find_last_not_of(" \t");
    return first == std::string::npos ? std::string() : plain.substr(first, last - first + 1);
}

// "1,234,567" only: groups of three, so that "1,000.5" is read and "1,0" is not guessed at.
bool separatorsWellPlaced(std::string_view whole)
{
    const auto firstComma = whole.find(',');
    if (firstComma == std::string_view::npos)
        return true;
    if (firstComma == 0 || firstComma > 3)
        return false;
    for (std::size_t at = firstComma; at < whole.size(); at += 4)
        if (whole[at] != ',' || at + 4 > whole.size() || whole.substr(at + 1, 3).find(',') != std::string_view::npos)
            return false;
    return true;
}

std::int64_t powerOfTen(int exponent)
{
    std::int64_t value = 1;
    while (exponent-- > 0)
        value *= 10;
    return value;
}

} // namespace

std::optional<Currency> Currency::tryFromCode(std::string_view code)
{
    if (code.size() != 3)
        return std::nullopt;
    Currency currency;
    for (std::size_t i = 0; i < 3; ++i) {
        if (code[i] < 'A' || code[i] > 'Z')
            return std::nullopt;
        currency.m_code[i] = code[i];
    }
    return currency;
}

int Currency::decimals() const
{
    const std::string_view code(m_code, 3);
    return contains(kNoDecimals, code) ? 0 : (contains(kThreeDecimals, code) ? 3 : 2);
}

std::optional<Money> Money::tryFromMinor(std::int64_t minor, Currency currency)
{
    if (minor > kLargestMinor || minor < -kLargestMinor)
        return std::nullopt;
    return Money(minor, currency);
}

Result<Money> Money::parse(std::string_view text, Currency currency)
{
    const auto plain = normalised(text);
    if (plain.empty())
        return fail(ErrorCode::Invalid, "the amount is empty");
    if (plain.front() == '-')
        return fail(ErrorCode::Invalid, "the amount is negative");
    const auto point = plain.find('.');
    const std::string_view whole = std::string_view(plain).substr(0, point);
    const std::string_view fraction = point == std::string::npos ? std::string_view() : std::string_view(plain).substr(point + 1);
    if (whole.empty() || !separatorsWellPlaced(whole) || (point != std::string::npos && fraction.empty()))
        return fail(ErrorCode::Invalid, "the amount is not a number like 1234.50");
    if (static_cast<int>(fraction.size()) > currency.decimals())
        return fail(ErrorCode::Invalid, "the amount has more decimals than " + currency.code() + " has");
    std::int64_t minor = 0;
    for (const auto part : {whole, fraction})
        for (const char c : part) {
            if (c == ',' && part.data() == whole.data())
                continue;
            if (c < '0' || c > '9')
                return fail(ErrorCode::Invalid, "the amount is not a number like 1234.50");
            minor = minor * 10 + (c - '0');
            if (minor > kLargestMinor)
                return fail(ErrorCode::Invalid, "the amount is too large");
        }
    minor *= powerOfTen(currency.decimals() - static_cast<int>(fraction.size()));
    if (minor > kLargestMinor)
        return fail(ErrorCode::Invalid, "the amount is too large");
    return Money(minor, currency);
}

Result<Money> Money::plus(const Money& other) const
{
    if (!(m_currency == other.m_currency))
        return fail(ErrorCode::Invalid, "amounts of different currencies");
    const auto sum = tryFromMinor(m_minor + other.m_minor, m_currency);
    if (!sum)
        return fail(ErrorCode::Invalid, "the amount is too large");
    return *sum;
}

Result<Money> Money::minus(const Money& other) const
{
    return plus(Money(-other.m_minor, other.m_currency));
}

std::string Money::toPlainString() const
{
    const int decimals = m_currency.decimals();
    std::string digits = std::to_string(std::llabs(m_minor));
    if (decimals > 0) {
        if (static_cast<int>(digits.size()) <= decimals)
            digits.insert(0, static_cast<std::size_t>(decimals) + 1 - digits.size(), '0');
        digits.insert(digits.size() - static_cast<std::size_t>(decimals), 1, '.');
    }
    return m_minor < 0 ? "-" + digits : digits;
}

} // namespace evenhand::base
