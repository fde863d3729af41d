// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/report.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace evenhand::ctl {

int reportError(std::string_view message)
{
    while (!message.empty() && message.back() == '\n')
        message.remove_suffix(1);
    for (std::size_t begin = 0; begin <= message.size();) {
        const auto end = std::min(message.find('\n', begin), message.size());
        std::cerr << "evenhandctl: " << message.substr(begin, end - begin) << '\n';
        begin = end + 1;
    }
    return kExitError;
}

int reportError(const base::Error& error) { return reportError(error.detail); }

base::Result<std::string> readInput(const std::string& path)
{
    if (path == "-")
        return std::string(std::istreambuf_iterator<char>(std::cin), {});
    if (std::filesystem::is_directory(path))
        return base::fail(base::ErrorCode::NotFound, path + ": is a folder, not a file");
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return base::fail(base::ErrorCode::NotFound, path + ": cannot be read");
    return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string inputName(const std::string& path) { return path == "-" ? "(standard input)" : path; }

} // namespace evenhand::ctl
