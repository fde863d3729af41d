// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/base/bytes.h"

/// The decoders of everything that crosses the network or comes from a file, as fuzz targets. Each takes any bytes; it ends the program when a
/// decoder breaks its word (what it accepts, it writes again the same). `./dev fuzz` runs them under libFuzzer, tst_fuzzseeds with the seeds.
namespace evenhand::fuzz {

struct Target {
    const char* name;
    void (*run)(base::ByteView bytes);
    std::vector<std::string> (*seeds)();
};

[[nodiscard]] const std::vector<Target>& targets();

} // namespace evenhand::fuzz
