// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/sensitive.h"

#include <vector>

namespace evenhand::base {

namespace {

// The characters of a UTF-8 text; stray bytes count as one character each.
std::vector<std::string> characters(const std::string& text)
{
    std::vector<std::string> all;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0) == 0x80 && !all.empty())
            all.back().push_back(text[i]);
        else
            all.emplace_back(1, text[i]);
    }
    return all;
}

std::string keepEnds(const std::string& text, std::size_t head, std::size_t tail)
{
    const auto all = characters(text);
    if (all.size() <= head + tail)
        head = tail = 0;
    std::string masked;
    for (std::size_t i = 0; i < all.size(); ++i)
        masked += i < head || i >= all.size() - tail ? all[i] : "*";
    return masked;
}

} // namespace

std::string maskName(const std::string& name)
{
    std::string masked;
    bool startsWord = true;
    for (const auto& character : characters(name)) {
        const bool blank = character == " ";
        masked += blank || startsWord ? character : "*";
        startsWord = blank;
    }
    return masked;
}

std::string maskPhone(const std::string& number)
{
    const auto size = characters(number).size();
    return size >= 10 ? keepEnds(number, 3, 4) : keepEnds(number, 0, size > 4 ? 2 : 0);
}

std::string maskIdNumber(const std::string& id) { return keepEnds(id, 3, 2); }
std::string maskAddress(const std::string& address) { return keepEnds(address, 6, 0); }

} // namespace evenhand::base
