// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include "app/base/json.h"

namespace evenhand::base {

namespace {

constexpr std::int64_t kLargestInteger = 9007199254740991;   // 2^53 − 1: exact in every JSON reader
constexpr int kCanonicalDepth = 16;

/// Builds a value and refuses what nlohmann would accept silently: duplicate members and deep nesting.
class StrictBuilder final : public nlohmann::json_sax<Json> {
public:
    explicit StrictBuilder(int maxDepth) : m_maxDepth(maxDepth) {}
    Json take() { return std::move(m_root); }
    const std::string& problem() const { return m_problem; }

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, const string_t&) override { return put(value); }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return refuse("binary data"); }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override
    {
        if (m_open.back()->contains(name))
            return refuse("member \"" + name + "\" occurs twice");
        m_key = std::move(name);
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override
    {
        // "[json.exception.parse_error.101] parse error at line 1, column 2: …": the part after the bracket is for people
        const std::string what = error.what();
        const auto at = what.find("] ");
        return refuse(at == std::string::npos ? what : what.substr(at + 2));
    }

private:
    bool refuse(std::string problem)
    {
        if (m_problem.empty())
            m_problem = std::move(problem);
        return false;
    }
    bool put(Json value) { return place(std::move(value)) != nullptr; }
    Json* place(Json value)
    {
        if (m_open.empty()) {
            m_root = std::move(value);
            return &m_root;
        }
        auto& parent = *m_open.back();
        if (parent.is_array()) {
            parent.push_back(std::move(value));
            return &parent.back();
        }
        return &(parent[m_key] = std::move(value));
    }
    bool open(Json container)
    {
        if (static_cast<int>(m_open.size()) >= m_maxDepth)
            return refuse("nested deeper than " + std::to_string(m_maxDepth) + " levels");
        m_open.push_back(place(std::move(container)));
        return true;
    }
    bool close()
    {
        m_open.pop_back();
        return true;
    }

    int m_maxDepth;
    Json m_root;
    std::vector<Json*> m_open;
    std::string m_key;
    std::string m_problem;
};

bool validName(const std::string& name)
{
    if (name.empty() || name[0] < 'a' || name[0] > 'z')
        return false;
    return std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

Result<> checkProfile(const Json& value, int depth)
{
    if (value.is_number_float())
        return fail(ErrorCode::Invalid, "canonical JSON has no fractions; send amounts in minor units");
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(kLargestInteger))
        return fail(ErrorCode::Invalid, "integer beyond 2^53-1");
    if (value.is_number_integer() && !value.is_number_unsigned() && value.get<std::int64_t>() < -kLargestInteger)
        return fail(ErrorCode::Invalid, "integer beyond -(2^53-1)");
    if (!value.is_structured())
        return {};
    if (depth >= kCanonicalDepth)
        return fail(ErrorCode::Invalid, "nested deeper than 16 levels");
    for (const auto& [name, member] : value.items()) {
        if (value.is_object() && !validName(name))
            return fail(ErrorCode::Invalid, "member name \"" + name + "\" is not of the form [a-z][a-z0-9_]*");
        EVENHAND_TRY(checkProfile(member, depth + 1));
    }
    return {};
}

} // namespace

Result<Json> parseJson(std::string_view text, int maxDepth)
{
    StrictBuilder builder(maxDepth);
    if (!Json::sax_parse(text.begin(), text.end(), &builder))
        return fail(ErrorCode::Invalid, "JSON: " + builder.problem());
    return builder.take();
}

Result<std::string> toCanonicalJson(const Json& value)
{
    EVENHAND_TRY(checkProfile(value, 0));
    try {
        // Names are ASCII, so the map's byte order is the order of RFC 8785; escapes and integers agree with it too.
        return value.dump(-1, ' ', false, Json::error_handler_t::strict);
    } catch (const Json::exception&) {
        return fail(ErrorCode::Invalid, "text is not valid UTF-8");
    }
}

std::string canonical(const Json& value)
{
    auto bytes = toCanonicalJson(value);
    if (!bytes)
        std::abort();   // evidence must never be written in a form that cannot be verified
    return *std::move(bytes);
}

Result<Json> parseCanonicalJson(std::string_view bytes)
{
    EVENHAND_ASSIGN(auto value, parseJson(bytes, kCanonicalDepth));
    EVENHAND_ASSIGN(const auto again, toCanonicalJson(value));
    if (again != bytes)
        return fail(ErrorCode::Invalid, "JSON is not in canonical form");
    return value;
}

} // namespace evenhand::base
