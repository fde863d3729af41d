// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/base/bytes.h"
#include "app/base/clock.h"
#include "app/base/date.h"
#include "app/base/result.h"
#include "app/base/uuid.h"

namespace evenhand::base {

using Json = nlohmann::json;

/// Parses ordinary JSON text (UTF-8, no NaN, nesting ≤ maxDepth, no duplicate members). Errors are Invalid and name line and column.
[[nodiscard]] Result<Json> parseJson(std::string_view text, int maxDepth = 32);

/// RFC 8785 bytes of a value of our narrower profile: no floats, |integer| ≤ 2^53−1, member names `[a-z][a-z0-9_]*`,
/// valid UTF-8, depth ≤ 16. Anything else is Invalid.
[[nodiscard]] Result<std::string> toCanonicalJson(const Json& value);

/// As above for values this program built itself; a value outside the profile is a programming error and ends the program.
[[nodiscard]] std::string canonical(const Json& value);

/// Parses and accepts only bytes that already are canonical under the profile.
[[nodiscard]] Result<Json> parseCanonicalJson(std::string_view bytes);

/// Reads members of one JSON object with errors that name the place ("/intent/channel: expected a string").
/// The first error is kept; the readers then give neutral values, so a caller reads everything and asks once at the end:
///
///     JsonReader in(json, "/intent");
///     Intent intent{in.text("channel"), in.uuid("party_id")};
///     if (!in.ok()) return fail(in.error());
class JsonReader {
public:
    JsonReader(const Json& object, std::string path);

    [[nodiscard]] bool has(const char* name) const;                                  ///< present and not null
    [[nodiscard]] std::string text(const char* name);
    [[nodiscard]] std::string textOr(const char* name, std::string fallback);
    [[nodiscard]] std::optional<std::string> optionalText(const char* name);
    [[nodiscard]] std::int64_t integer(const char* name);
    [[nodiscard]] std::int64_t integerOr(const char* name, std::int64_t fallback);
    [[nodiscard]] std::optional<std::int64_t> optionalInteger(const char* name);
    [[nodiscard]] bool boolean(const char* name);
    [[nodiscard]] bool booleanOr(const char* name, bool fallback);
    [[nodiscard]] std::optional<bool> optionalBoolean(const char* name);
    [[nodiscard]] Uuid uuid(const char* name);                                       ///< all zero after an error
    [[nodiscard]] std::optional<Uuid> optionalUuid(const char* name);
    [[nodiscard]] Instant instant(const char* name);
    [[nodiscard]] std::optional<Instant> optionalInstant(const char* name);
    [[nodiscard]] Date date(const char* name);
    [[nodiscard]] std::optional<Date> optionalDate(const char* name);
    [[nodiscard]] Bytes base64Url(const char* name);
    [[nodiscard]] std::optional<Bytes> optionalBase64Url(const char* name);
    [[nodiscard]] std::vector<std::string> texts(const char* name);                  ///< empty when absent
    [[nodiscard]] const Json& array(const char* name);                               ///< an empty array when absent
    [[nodiscard]] const Json& object(const char* name);                              ///< an empty object when absent
    [[nodiscard]] std::string pathOf(const char* name) const { return m_path + "/" + name; }

    void complain(const char* name, const std::string& problem);                     ///< for checks of the caller's own
    [[nodiscard]] bool ok() const { return m_error.empty(); }
    [[nodiscard]] Error error() const { return {ErrorCode::Invalid, m_error}; }

private:
    [[nodiscard]] const Json* find(const char* name) const;
    [[nodiscard]] const Json* require(const char* name);
    const Json* m_object;
    std::string m_path;
    std::string m_error;
};

} // namespace evenhand::base
