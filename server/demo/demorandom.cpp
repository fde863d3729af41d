// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/demo/demorandom.h"

#include <array>

#include "app/base/crypto.h"

namespace evenhand::server::demo {

Random::Random(std::uint64_t seed, std::string_view purpose) : m_state(seed)
{
    const auto hash = base::sha256(base::asBytes(std::to_string(seed) + '\n' + std::string(purpose)));
    for (std::size_t i = 0; i < 8; ++i)
        m_state = (m_state << 8) ^ hash[i];
}

// splitmix64
std::uint64_t Random::next()
{
    m_state += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

int Random::between(int least, int most)
{
    return least + static_cast<int>(next() % static_cast<std::uint64_t>(most - least + 1));
}

std::string_view Random::pick(std::span<const std::string_view> words)
{
    return words[static_cast<std::size_t>(next() % words.size())];
}

namespace {

std::string digits(Random& random, int count)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text.push_back(static_cast<char>('0' + random.between(0, 9)));
    return text;
}

// ISO 7064 MOD 11-2, as GB 11643 uses it.
char checkDigit(std::string_view first17)
{
    constexpr std::array<int, 17> kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    constexpr std::string_view kDigits = "10X98765432";
    int sum = 0;
    for (std::size_t i = 0; i < kWeights.size(); ++i)
        sum += (first17[i] - '0') * kWeights[i];
    return kDigits[static_cast<std::size_t>(sum % 11)];
}

std::string twoDigits(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

} // namespace

std::string mobileNumber(Random& random)
{
    return (random.chance(50) ? "164" : "169") + digits(random, 8);
}

std::string landlineNumber(Random& random, std::string_view areaCode)
{
    return std::string(areaCode) + "0" + digits(random, areaCode.size() == 3 ? 7 : 6);
}

std::string idNumber(Random& random, bool female)
{
    const auto born = std::to_string(random.between(1962, 2003)) + twoDigits(random.between(1, 12)) + twoDigits(random.between(1, 28));
    const int serial = random.between(0, 499) * 2 + (female ? 0 : 1);
    auto number = "990000" + born + (serial < 100 ? "0" : "") + (serial < 10 ? "0" : "") + std::to_string(serial);
    const char right = checkDigit(number);
    number.push_back(right == '7' ? '3' : '7');
    return number;
}

} // namespace evenhand::server::demo
