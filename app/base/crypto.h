// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "app/base/bytes.h"
#include "app/base/result.h"

/// Thin, typed access to libsodium. Everything here is thread-safe.
namespace evenhand::base {

using Hash256 = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;
using PublicKey = std::array<std::uint8_t, 32>;

/// Must run once before anything else here; ends the program if the random source of the system does not work.
void initialiseCrypto();

void fillRandom(std::span<std::uint8_t> out);
[[nodiscard]] Hash256 sha256(ByteView data);
[[nodiscard]] Hash256 hmacSha256(ByteView key, ByteView data);
[[nodiscard]] bool equalInConstantTime(ByteView a, ByteView b);

/// SHA-256 of data that arrives in pieces.
class Sha256Stream {
public:
    Sha256Stream();
    void add(ByteView data);
    [[nodiscard]] Hash256 finish();

private:
    alignas(64) std::array<std::uint8_t, 128> m_state{};
};

/// A key in memory. Wiped when it goes, not copyable, kept out of swap where the system allows.
class SecretKey {
public:
    explicit SecretKey(ByteView bytes);
    [[nodiscard]] static SecretKey random(std::size_t size);
    SecretKey(SecretKey&& other) noexcept;
    SecretKey& operator=(SecretKey&& other) noexcept;
    SecretKey(const SecretKey&) = delete;
    SecretKey& operator=(const SecretKey&) = delete;
    ~SecretKey();
    [[nodiscard]] ByteView bytes() const { return m_bytes; }
    [[nodiscard]] SecretKey duplicate() const { return SecretKey(m_bytes); }

private:
    explicit SecretKey(std::size_t size);
    void wipe() noexcept;
    Bytes m_bytes;
};

/// A key for one purpose, derived from another one (HKDF-SHA-256 with `purpose` as info).
[[nodiscard]] SecretKey deriveKey(const SecretKey& master, std::string_view purpose);

/// Cost of a passphrase hash. Below 64 MiB and three passes nothing is accepted outside tests.
struct Argon2Cost {
    std::uint64_t passes = 3;
    std::uint64_t memoryBytes = 64ULL << 20;
};

/// The cost that takes between 0.5 and 1 s on this computer, at least the default.
[[nodiscard]] Argon2Cost calibrateArgon2();
[[nodiscard]] Result<SecretKey> keyFromPassphrase(std::string_view passphrase, ByteView salt16, Argon2Cost cost);
/// A PHC string ("$argon2id$…") for a password store.
[[nodiscard]] Result<std::string> hashPassword(std::string_view password, Argon2Cost cost);
[[nodiscard]] bool verifyPassword(std::string_view password, const std::string& phcHash);

/// XChaCha20-Poly1305 with a random nonce in front of the ciphertext.
[[nodiscard]] Bytes seal(const SecretKey& key32, ByteView plain, std::string_view context);
[[nodiscard]] Result<Bytes> open(const SecretKey& key32, ByteView sealed, std::string_view context);

/// An Ed25519 pair.
class SigningKey {
public:
    [[nodiscard]] static SigningKey generate();
    [[nodiscard]] static SigningKey fromSeed(ByteView seed32);
    [[nodiscard]] Signature sign(ByteView message) const;
    [[nodiscard]] const PublicKey& publicKey() const { return m_public; }
    [[nodiscard]] ByteView seed() const { return m_seed.bytes(); }

private:
    SigningKey(PublicKey publicKey, SecretKey seed, SecretKey secret);
    PublicKey m_public;
    SecretKey m_seed;
    SecretKey m_secret;
};

[[nodiscard]] bool verifySignature(const PublicKey& key, ByteView message, ByteView signature);

} // namespace evenhand::base
