// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/base/result.h"

namespace evenhand::base {

/// An ISO 4217 code such as "CNY", with the number of its decimals.
class Currency {
public:
    [[nodiscard]] static std::optional<Currency> tryFromCode(std::string_view code);   ///< three upper-case letters
    [[nodiscard]] std::string code() const { return {m_code, 3}; }
    [[nodiscard]] int decimals() const;                                                ///< 0 for JPY, KRW …; 3 for KWD …; else 2
    friend bool operator==(const Currency& a, const Currency& b) { return std::string_view(a.m_code, 3) == std::string_view(b.m_code, 3); }

private:
    Currency() = default;
    char m_code[3] = {'C', 'N', 'Y'};
};

/// An exact amount: an integer of minor units (fen, cents) and its currency. |minor| ≤ 2^53−1, so that it survives JSON.
class Money {
public:
    static constexpr std::int64_t kLargestMinor = 9007199254740991;
    [[nodiscard]] static std::optional<Money> tryFromMinor(std::int64_t minor, Currency currency);
    /// "1234.5", "1,234.50", "１２３４", "¥1,234": what people type. Refuses negatives, more decimals than the currency has,
    /// misplaced thousands separators and anything else, with the reason in the error.
    [[nodiscard]] static Result<Money> parse(std::string_view text, Currency currency);

    [[nodiscard]] std::int64_t minor() const { return m_minor; }
    [[nodiscard]] Currency currency() const { return m_currency; }
    [[nodiscard]] bool isZero() const { return m_minor == 0; }
    [[nodiscard]] bool isNegative() const { return m_minor < 0; }
    [[nodiscard]] Result<Money> plus(const Money& other) const;    ///< Invalid for another currency or when it overflows
    [[nodiscard]] Result<Money> minus(const Money& other) const;
    [[nodiscard]] std::string toPlainString() const;               ///< "1234.50": no separators, no currency
    friend bool operator==(const Money& a, const Money& b) = default;

private:
    Money(std::int64_t minor, Currency currency) : m_minor(minor), m_currency(currency) {}
    std::int64_t m_minor;
    Currency m_currency;
};

} // namespace evenhand::base
