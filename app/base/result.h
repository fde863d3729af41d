// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace evenhand::base {

/// Each code means a different reaction of the caller; what went wrong in detail is in Error::detail.
enum class ErrorCode {
    NotFound,      ///< the thing asked for does not exist (or may not be seen)
    Conflict,      ///< somebody else holds it, or it changed meanwhile
    Invalid,       ///< the input is wrong; sending the same again is pointless
    Storage,       ///< reading or writing the disk failed; nothing was changed
    DiskFull,      ///< as Storage, and the remedy is to free space
    WrongKey,      ///< the file is not a database under this key (wrong passphrase, or damaged)
    Damaged,       ///< the file is a database but its content is broken
    SchemaTooNew,  ///< written by a newer program
    SchemaTooOld,  ///< written by a program older than the oldest one we can migrate from
    Network,       ///< no answer, or an answer that is not from our server
    Untrusted,     ///< the server's certificate is not trusted
    Unauthorized,  ///< credentials missing, wrong or expired
    Forbidden,     ///< known user, not allowed
    Protocol,      ///< our server, but an answer we cannot understand
    Cancelled
};

[[nodiscard]] const char* toString(ErrorCode code);

/// What went wrong. `detail` is English, for logs and command lines, and carries no personal data.
/// Text for people is made from `code` in ui/errortext.
struct Error {
    ErrorCode code;
    std::string detail;
};

template <class T = void>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string detail)
{
    return tl::unexpected<Error>(Error{code, std::move(detail)});
}

[[nodiscard]] inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

/// Says what the caller was trying to do: "open journal: migrate: disk I/O error".
template <class T>
[[nodiscard]] Result<T> withContext(Result<T> result, const char* what)
{
    if (!result)
        result.error().detail = std::string(what) + ": " + result.error().detail;
    return result;
}

} // namespace evenhand::base

/// Returns from the calling function with the error of `expression` if it failed.
#define EVENHAND_TRY(expression)                                                \
    do {                                                                        \
        if (auto evenhandTried = (expression); !evenhandTried)                  \
            return ::evenhand::base::fail(std::move(evenhandTried).error());    \
    } while (false)

#define EVENHAND_CONCAT_INNER(a, b) a##b
#define EVENHAND_CONCAT(a, b) EVENHAND_CONCAT_INNER(a, b)

/// `EVENHAND_ASSIGN(auto rows, list());` declares `rows`, or returns the error.
#define EVENHAND_ASSIGN(declaration, expression)                                                \
    auto EVENHAND_CONCAT(evenhandResult, __LINE__) = (expression);                              \
    if (!EVENHAND_CONCAT(evenhandResult, __LINE__))                                             \
        return ::evenhand::base::fail(std::move(EVENHAND_CONCAT(evenhandResult, __LINE__)).error()); \
    declaration = *std::move(EVENHAND_CONCAT(evenhandResult, __LINE__))
