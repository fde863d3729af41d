// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// recordingwriter FOLDER COUNT flush|noflush: COUNT recordings at once, in real time, until it is killed. Prints how far they are.
#include <chrono>
#include <cstdio>
#include <thread>

#include "app/base/clock.h"
#include "app/media/recordercore.h"
#include "tests/media/speech.h"

using namespace evenhand;

int main(int count, char** words)
{
    if (count != 4)
        return 2;
    base::initialiseCrypto();
    const base::SecretKey blobKey(base::Bytes(32, 7));
    const base::SystemClock clock;
    const auto left = test::babble(1, 30);
    const auto right = test::babble(2, 30);
    std::vector<std::unique_ptr<media::RecorderCore>> recordings;
    for (int i = 0; i < std::atoi(words[2]); ++i) {
        media::RecordingConfig config{.folder = words[1], .eventId = domain::EventId::random(), .about = {.startedAt = clock.now()}};
        config.flush = std::string_view(words[3]) == "noflush" ? media::Flush::Never : media::Flush::EachFrame;
        auto core = media::RecorderCore::start(std::move(config), blobKey, {[](const base::Error& error) { std::fprintf(stderr, "%s\n", error.detail.c_str()); }, {}},
                                               clock.monotonicMs());
        if (!core)
            return 1;
        recordings.push_back(*std::move(core));
    }
    std::size_t at = 0;
    const auto begin = std::chrono::steady_clock::now();
    while (at + media::kBlockSamples <= left.size()) {
        for (auto& core : recordings) {
            core->feed(0, std::span(left).subspan(at, media::kBlockSamples), clock.monotonicMs());
            core->feed(1, std::span(right).subspan(at, media::kBlockSamples), clock.monotonicMs());
            core->tick(clock.monotonicMs());
        }
        at += media::kBlockSamples;
        std::printf("%lld\n", static_cast<long long>(recordings.front()->positionMs()));
        std::fflush(stdout);
        std::this_thread::sleep_until(begin + std::chrono::milliseconds(at * 1000 / media::kSampleRate));
    }
    return 0;
}
