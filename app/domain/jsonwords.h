// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "app/base/json.h"

// What the readers of events and of rows share; not for other layers.
namespace evenhand::domain {

/// Reads a word of a closed vocabulary; an unknown one is an error of `in`, never a silent default.
template <class Parse>
auto readWord(base::JsonReader& in, const char* name, Parse parse)
{
    const auto text = in.text(name);
    const auto value = parse(text);
    if (!value)
        in.complain(name, "unknown word \"" + text + "\"");
    return value.value_or(typename decltype(parse(text))::value_type{});
}

template <class IdType>
std::optional<IdType> optionalId(base::JsonReader& in, const char* name)
{
    const auto uuid = in.optionalUuid(name);
    return uuid ? std::optional(IdType(*uuid)) : std::nullopt;
}

} // namespace evenhand::domain
