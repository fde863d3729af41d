// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/log.h"

#include <array>
#include <vector>

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>

namespace evenhand::base::log {

namespace {

constexpr std::array<const char*, 9> kNames{"app", "db", "sync", "server", "http", "call", "media", "ui", "qt"};

std::array<std::shared_ptr<spdlog::logger>, 9> makeLoggers(const std::vector<spdlog::sink_ptr>& sinks)
{
    std::array<std::shared_ptr<spdlog::logger>, 9> loggers;
    for (std::size_t i = 0; i < loggers.size(); ++i) {
        loggers[i] = std::make_shared<spdlog::logger>(kNames[i], sinks.begin(), sinks.end());
        loggers[i]->flush_on(spdlog::level::warn);
    }
    return loggers;
}

std::array<std::shared_ptr<spdlog::logger>, 9>& loggers()
{
    static auto all = makeLoggers({std::make_shared<spdlog::sinks::stderr_color_sink_mt>()});
    return all;
}

} // namespace

void configure(const std::string& filePath, spdlog::level::level_enum level)
{
    std::vector<spdlog::sink_ptr> sinks{std::make_shared<spdlog::sinks::stderr_color_sink_mt>()};
    if (!filePath.empty())
        sinks.push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(filePath, 5U << 20, 3));
    loggers() = makeLoggers(sinks);
    for (const auto& logger : loggers())
        logger->set_level(level);
}

spdlog::logger& of(Area area) { return *loggers()[static_cast<std::size_t>(area)]; }

} // namespace evenhand::base::log
