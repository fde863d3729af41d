// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/yamlfields.h"

// What the parsers of scripts and of outcomes share; not for other layers.
namespace evenhand::guidance {

/// Reads a list of words of a closed vocabulary; each unknown one becomes a problem with its place.
template <class T>
std::vector<T> readWords(base::YamlFields& in, const char* key, std::optional<T> (*fromWord)(std::string_view),
                         base::SourceProblems& problems)
{
    std::vector<T> all;
    for (const auto& word : in.texts(key)) {
        if (const auto value = fromWord(word))
            all.push_back(*value);
        else
            in.child(key)->complain(problems, "unknown " + std::string(key) + " \"" + word + "\"");
    }
    return all;
}

} // namespace evenhand::guidance
