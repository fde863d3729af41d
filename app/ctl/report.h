// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "app/base/result.h"

/// What all commands share: one way to read a file argument and one way to fail.
namespace evenhand::ctl {

/// Status for wrong input and anything else that kept a command from answering.
inline constexpr int kExitError = 2;

/// Writes `evenhandctl: message` to standard error, one line per line of the message, and returns kExitError.
/// Callers have written nothing to standard output by then.
int reportError(std::string_view message);
int reportError(const base::Error& error);

/// The whole content of a file; "-" is standard input. The error names the file.
[[nodiscard]] base::Result<std::string> readInput(const std::string& path);

/// How messages name this input: the path, or "(standard input)" for "-".
[[nodiscard]] std::string inputName(const std::string& path);

} // namespace evenhand::ctl
