// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include <spdlog/spdlog.h>

/// Loggers, one per area. A line carries ids, codes, counts and durations; never personal data (see Sensitive).
/// All functions are thread-safe.
namespace evenhand::base::log {

enum class Area { App, Db, Sync, Server, Http, Call, Media, Ui, Qt };

/// Where lines go: standard error, and a rotating file when `filePath` is not empty. Call once from main().
void configure(const std::string& filePath, spdlog::level::level_enum level);
[[nodiscard]] spdlog::logger& of(Area area);

} // namespace evenhand::base::log
