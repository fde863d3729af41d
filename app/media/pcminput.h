// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/base/result.h"

namespace evenhand::media {

/// A sound device as a person chooses it.
struct SoundDevice {
    std::string id;                                      ///< stable on this computer
    std::string name;                                    ///< as the system calls it; may hold a person's name, so it is for the screen only
    bool isDefault = false;
};

/// What is plugged in now. Any thread.
[[nodiscard]] std::vector<SoundDevice> soundInputs();
[[nodiscard]] std::vector<SoundDevice> soundOutputs();

/// One leg of a conversation: a microphone, a line, or a leg of a softphone. Lives on the recorder's thread, and calls back there.
class PcmInput {
public:
    struct Receiver {
        std::function<void(std::span<const std::int16_t> samples)> samples;   ///< mono at kSampleRate, as they come
        std::function<void(std::string why)> lost;                            ///< at most once; nothing comes any more
    };
    virtual ~PcmInput() = default;
    /// NotFound: no such device. Conflict: another program holds it, or this one may not use it. Invalid: it cannot give speech.
    [[nodiscard]] virtual base::Result<> start(Receiver receiver) = 0;
    [[nodiscard]] virtual const std::string& deviceId() const = 0;
    [[nodiscard]] virtual const std::string& deviceName() const = 0;
};

} // namespace evenhand::media
