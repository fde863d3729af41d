// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>

namespace evenhand::base {

/// Personal data: a name, a number, an address, what somebody said. It has no formatter and no stream operator, so it cannot
/// reach a log by accident. `reveal()` is what a person who may see it gets; `masked()` is what everything else prints.
template <class T>
class Sensitive {
public:
    Sensitive() = default;
    explicit Sensitive(T value) : m_value(std::move(value)) {}
    [[nodiscard]] const T& reveal() const { return m_value; }
    [[nodiscard]] std::string masked() const { return "•••"; }
    friend bool operator==(const Sensitive& a, const Sensitive& b) { return a.m_value == b.m_value; }

private:
    T m_value{};
};

using SensitiveText = Sensitive<std::string>;

/// How the trade masks what an agent sees by default; all take and give UTF-8 and never fail.
[[nodiscard]] std::string maskName(const std::string& name);       ///< 张三丰 → 张**, John Smith → J*** S****
[[nodiscard]] std::string maskPhone(const std::string& number);    ///< 13812345678 → 138****5678
[[nodiscard]] std::string maskIdNumber(const std::string& id);     ///< first 3 and last 2 stay
[[nodiscard]] std::string maskAddress(const std::string& address); ///< the first 6 characters stay (province and city)

} // namespace evenhand::base
