// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/base/crypto.h"
#include "app/base/result.h"
#include "app/domain/wire/wire.h"
#include "app/services/sessionservice.h"

namespace evenhand::services {

/// The lock of the operating system on one profile: it goes with the process, however that ends.
class ProfileLock {
public:
    /// Conflict when another program (or another room of this one) holds it.
    [[nodiscard]] static base::Result<ProfileLock> take(const std::string& folder);
    ProfileLock(ProfileLock&& other) noexcept;
    ProfileLock& operator=(ProfileLock&& other) noexcept;
    ~ProfileLock();

private:
    explicit ProfileLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor;
};

/// The profiles below one data folder: one folder per server and user, named by a hash so that no name is in a path.
class ProfileStore {
public:
    explicit ProfileStore(std::string dataFolder) : m_root(std::move(dataFolder)) {}

    [[nodiscard]] std::string folderFor(const std::string& serverUrl, const std::string& userName) const;
    /// Where a profile is made until the server said yes; whatever an interrupted sign-in left there is removed first.
    [[nodiscard]] base::Result<std::string> freshStage(const std::string& folder) const;
    [[nodiscard]] base::Result<> promote(const std::string& stage, const std::string& folder) const;
    /// Newest first; a profile whose note cannot be read is left out.
    [[nodiscard]] std::vector<KnownProfile> list() const;
    [[nodiscard]] base::Result<> remember(const std::string& folder, const KnownProfile& profile) const;

private:
    std::string m_root;
};

/// What a session leaves behind for the next one, sealed under a key of the profile. Losing the file costs one password.
struct SessionNote {
    std::optional<std::string> refreshToken{};
    std::int64_t idleLockSeconds = 240;
    domain::wire::OfficeNames office{};
};

class SessionFile {
public:
    SessionFile(const std::string& folder, const base::SecretKey& profileKey);
    /// Empty when there is none, or none that can be opened.
    [[nodiscard]] SessionNote read() const;
    [[nodiscard]] base::Result<> write(const SessionNote& note) const;

private:
    std::string m_path;
    base::SecretKey m_key;
};

} // namespace evenhand::services
