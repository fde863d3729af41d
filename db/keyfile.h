// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/base/crypto.h"
#include "app/base/result.h"

namespace evenhand::db {

/// What a passphrase opens: the keys of a profile. Lives only while the program is unlocked.
struct ProfileKeys {
    base::SecretKey journal;      ///< raw SQLCipher key of journal.db
    base::SecretKey cache;        ///< raw SQLCipher key of cache.db
    base::SecretKey blob;         ///< wraps the keys of recordings and photos
    base::SigningKey device;      ///< signs events, sessions and enrolment
};

/// The key file of a profile: `keys.hdr` and its copy `keys.hdr.bak` in the profile's folder (reference §3.1, §16.2).
///
/// A random master key is wrapped under a key made from the passphrase (Argon2id, slot 1). The file keys are derived from the
/// master key; the device's signing key is wrapped under it. The content is under a MAC, each copy under a checksum; a good
/// copy heals a damaged or missing one. Files are written to a temporary name, synced, renamed, and the folder is synced.
/// Free of state; callable from any thread, one call per folder at a time. create() and unlock() take about a second.
class KeyFile {
public:
    explicit KeyFile(std::string folder) : m_folder(std::move(folder)) {}

    [[nodiscard]] bool exists() const;   ///< either copy
    /// Makes the folder (mode 0700) and both copies. Conflict if there is a key file already.
    [[nodiscard]] base::Result<ProfileKeys> create(std::string_view passphrase, base::Argon2Cost cost);
    enum class Heal {
        Yes,   ///< a good copy replaces a damaged or missing one
        No     ///< nothing is written: for tools that only look
    };
    /// WrongKey: wrong passphrase. NotFound: no key file. Damaged: neither copy can be read.
    [[nodiscard]] base::Result<ProfileKeys> unlock(std::string_view passphrase, Heal heal = Heal::Yes);
    /// Errors as unlock(); after an error the old passphrase still works.
    [[nodiscard]] base::Result<> changePassphrase(std::string_view oldPassphrase, std::string_view newPassphrase, base::Argon2Cost cost);

    /// Readable without the passphrase: which device key this profile has (evenhandctl journal verify).
    [[nodiscard]] base::Result<base::PublicKey> devicePublicKey() const;

private:
    struct Content;
    [[nodiscard]] std::string path(std::string_view name) const;
    [[nodiscard]] base::Result<Content> readBest() const;
    [[nodiscard]] base::Result<> writeBoth(const std::string& bytes) const;
    void healCopies(const std::string& good) const;
    [[nodiscard]] static base::Result<base::SecretKey> openSlot(const Content& content, std::string_view passphrase);
    std::string m_folder;
};

} // namespace evenhand::db
