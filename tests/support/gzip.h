// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <zlib.h>

namespace evenhand::test {

/// The content of a .gz file; empty when it cannot be read. Link ZLIB::ZLIB.
inline std::string readGzip(const std::string& path)
{
    std::string text;
    if (gzFile file = gzopen(path.c_str(), "rb")) {
        char buffer[65536];
        for (int got = gzread(file, buffer, sizeof buffer); got > 0; got = gzread(file, buffer, sizeof buffer))
            text.append(buffer, static_cast<std::size_t>(got));
        gzclose(file);
    }
    return text;
}

} // namespace evenhand::test
