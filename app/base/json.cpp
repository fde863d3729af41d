// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/json.h"

#include <algorithm>

namespace evenhand::base {

JsonReader::JsonReader(const Json& object, std::string path) : m_object(&object), m_path(std::move(path))
{
    if (!object.is_object())
        m_error = (m_path.empty() ? std::string("/") : m_path) + ": expected an object";
}

const Json* JsonReader::find(const char* name) const
{
    if (!m_object->is_object())
        return nullptr;
    const auto it = m_object->find(name);
    return it == m_object->end() || it->is_null() ? nullptr : &*it;
}

const Json* JsonReader::require(const char* name)
{
    const auto* value = find(name);
    if (value == nullptr)
        complain(name, "is missing");
    return value;
}

void JsonReader::complain(const char* name, const std::string& problem)
{
    if (m_error.empty())
        m_error = pathOf(name) + ": " + problem;
}

bool JsonReader::has(const char* name) const { return find(name) != nullptr; }

std::string JsonReader::text(const char* name)
{
    const auto* value = require(name);
    if (value != nullptr && !value->is_string())
        complain(name, "expected a string");
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

std::string JsonReader::textOr(const char* name, std::string fallback) { return has(name) ? text(name) : std::move(fallback); }

std::optional<std::string> JsonReader::optionalText(const char* name)
{
    return has(name) ? std::optional(text(name)) : std::nullopt;
}

std::int64_t JsonReader::integer(const char* name)
{
    const auto* value = require(name);
    if (value == nullptr)
        return 0;
    const bool tooLarge = value->is_number_unsigned() && value->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX);
    if (!value->is_number_integer() || tooLarge) {
        complain(name, "expected an integer");
        return 0;
    }
    return value->get<std::int64_t>();
}

std::int64_t JsonReader::integerOr(const char* name, std::int64_t fallback) { return has(name) ? integer(name) : fallback; }

std::optional<std::int64_t> JsonReader::optionalInteger(const char* name)
{
    return has(name) ? std::optional(integer(name)) : std::nullopt;
}

bool JsonReader::boolean(const char* name)
{
    const auto* value = require(name);
    if (value != nullptr && !value->is_boolean())
        complain(name, "expected true or false");
    return value != nullptr && value->is_boolean() && value->get<bool>();
}

bool JsonReader::booleanOr(const char* name, bool fallback) { return has(name) ? boolean(name) : fallback; }

std::optional<bool> JsonReader::optionalBoolean(const char* name)
{
    return has(name) ? std::optional(boolean(name)) : std::nullopt;
}

Uuid JsonReader::uuid(const char* name)
{
    const auto value = Uuid::tryFromString(text(name));
    if (!value)
        complain(name, "expected a UUID");
    return value.value_or(Uuid(std::array<std::uint8_t, 16>{}));
}

std::optional<Uuid> JsonReader::optionalUuid(const char* name) { return has(name) ? std::optional(uuid(name)) : std::nullopt; }

Instant JsonReader::instant(const char* name)
{
    const auto value = Instant::tryFromRfc3339(text(name));
    if (!value)
        complain(name, "expected a time like 2026-03-02T21:59:59+08:00");
    return value.value_or(Instant());
}

std::optional<Instant> JsonReader::optionalInstant(const char* name)
{
    return has(name) ? std::optional(instant(name)) : std::nullopt;
}

Date JsonReader::date(const char* name)
{
    const auto value = Date::tryFromIso(text(name));
    if (!value)
        complain(name, "expected a date like 2026-04-05");
    return value.value_or(Date::fromDayNumber(0));
}

std::optional<Date> JsonReader::optionalDate(const char* name) { return has(name) ? std::optional(date(name)) : std::nullopt; }

Bytes JsonReader::base64Url(const char* name)
{
    auto value = fromBase64Url(text(name));
    if (!value)
        complain(name, "expected base64url without padding");
    return std::move(value).value_or(Bytes());
}

std::optional<Bytes> JsonReader::optionalBase64Url(const char* name)
{
    return has(name) ? std::optional(base64Url(name)) : std::nullopt;
}

std::vector<std::string> JsonReader::texts(const char* name)
{
    std::vector<std::string> all;
    for (const auto& value : array(name)) {
        if (!value.is_string()) {
            complain(name, "expected an array of strings");
            return {};
        }
        all.push_back(value.get<std::string>());
    }
    return all;
}

const Json& JsonReader::array(const char* name)
{
    static const Json empty = Json::array();
    const auto* value = find(name);
    if (value != nullptr && !value->is_array())
        complain(name, "expected an array");
    return value != nullptr && value->is_array() ? *value : empty;
}

const Json& JsonReader::object(const char* name)
{
    static const Json empty = Json::object();
    const auto* value = find(name);
    if (value != nullptr && !value->is_object())
        complain(name, "expected an object");
    return value != nullptr && value->is_object() ? *value : empty;
}

} // namespace evenhand::base
