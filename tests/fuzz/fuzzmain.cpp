// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string_view>

#include "app/base/crypto.h"
#include "tests/fuzz/fuzztargets.h"

// One program for all targets: $EVENHAND_FUZZ_TARGET names the one to run. With $EVENHAND_FUZZ_SEEDS it first writes the seeds into that folder.
using namespace evenhand;

namespace {
const fuzz::Target* chosen = nullptr;
}

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/)
{
    base::initialiseCrypto();
    const char* name = std::getenv("EVENHAND_FUZZ_TARGET");
    const auto& all = fuzz::targets();
    const auto found = std::ranges::find_if(all, [&](const auto& target) { return name && std::string_view(target.name) == name; });
    if (found == all.end()) {
        for (const auto& target : all)
            std::printf("%s\n", target.name);
        std::exit(name ? 2 : 0);
    }
    chosen = &*found;
    if (const char* folder = std::getenv("EVENHAND_FUZZ_SEEDS")) {
        int number = 0;
        for (const auto& seed : chosen->seeds())
            std::ofstream(std::string(folder) + "/seed" + std::to_string(++number), std::ios::binary) << seed;
    }
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    chosen->run({data, size});
    return 0;
}
