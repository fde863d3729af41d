// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "app/base/uuid.h"

namespace evenhand::server::demo {

/// Random numbers that are the same on every computer for the same seed and purpose (the standard's distributions are not).
/// Each case has a stream of its own, so that a change to one does not move all others.
class Random {
public:
    Random(std::uint64_t seed, std::string_view purpose);
    [[nodiscard]] std::uint64_t next();
    [[nodiscard]] int between(int least, int most);            ///< both included
    [[nodiscard]] bool chance(int percent) { return between(1, 100) <= percent; }
    [[nodiscard]] std::string_view pick(std::span<const std::string_view> words);

private:
    std::uint64_t m_state;
};

/// Numbers that belong to nobody. Mobile: 164 and 169 are in no range of the Chinese numbering plan that has been handed out (the tables
/// of prefixes that tests compare with have none), so such a number cannot be dialled even by accident. Landline: the part behind the area
/// code begins with 0, which no subscriber number does.
[[nodiscard]] std::string mobileNumber(Random& random);
[[nodiscard]] std::string landlineNumber(Random& random, std::string_view areaCode);

/// Looks like an ID number and cannot be one: region 990000 does not exist, and the check digit is wrong on purpose.
[[nodiscard]] std::string idNumber(Random& random, bool female);

} // namespace evenhand::server::demo
