// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/crypto.h"

#include <chrono>
#include <cstdlib>
#include <cstring>

#include <sodium.h>

namespace evenhand::base {

void initialiseCrypto()
{
    if (sodium_init() < 0)
        std::abort();   // without a random source nothing that follows would be worth its name
}

void fillRandom(std::span<std::uint8_t> out) { randombytes_buf(out.data(), out.size()); }

Hash256 sha256(ByteView data)
{
    Hash256 hash{};
    crypto_hash_sha256(hash.data(), data.data(), data.size());
    return hash;
}

Hash256 hmacSha256(ByteView key, ByteView data)
{
    Hash256 mac{};
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key.data(), key.size());
    crypto_auth_hmacsha256_update(&state, data.data(), data.size());
    crypto_auth_hmacsha256_final(&state, mac.data());
    return mac;
}

bool equalInConstantTime(ByteView a, ByteView b)
{
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

static_assert(sizeof(crypto_hash_sha256_state) <= 128);

Sha256Stream::Sha256Stream() { crypto_hash_sha256_init(reinterpret_cast<crypto_hash_sha256_state*>(m_state.data())); }

void Sha256Stream::add(ByteView data)
{
    crypto_hash_sha256_update(reinterpret_cast<crypto_hash_sha256_state*>(m_state.data()), data.data(), data.size());
}

Hash256 Sha256Stream::finish()
{
    Hash256 hash{};
    crypto_hash_sha256_final(reinterpret_cast<crypto_hash_sha256_state*>(m_state.data()), hash.data());
    return hash;
}

SecretKey::SecretKey(std::size_t size) : m_bytes(size)
{
    // Locking may be refused by a limit; the key is then only wiped, not kept out of swap.
    (void)sodium_mlock(m_bytes.data(), m_bytes.size());
}

SecretKey::SecretKey(ByteView bytes) : SecretKey(bytes.size())
{
    if (!bytes.empty())
        std::memcpy(m_bytes.data(), bytes.data(), bytes.size());
}

SecretKey SecretKey::random(std::size_t size)
{
    SecretKey key(size);
    fillRandom(key.m_bytes);
    return key;
}

SecretKey::SecretKey(SecretKey&& other) noexcept : m_bytes(std::move(other.m_bytes)) { other.m_bytes.clear(); }

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept
{
    if (this != &other) {
        wipe();
        m_bytes = std::move(other.m_bytes);
        other.m_bytes.clear();
    }
    return *this;
}

SecretKey::~SecretKey() { wipe(); }

void SecretKey::wipe() noexcept
{
    if (!m_bytes.empty())
        sodium_munlock(m_bytes.data(), m_bytes.size());   // wipes too
    m_bytes.clear();
}

SecretKey deriveKey(const SecretKey& master, std::string_view purpose)
{
    // HKDF (RFC 5869) with an empty salt and one block of output.
    const Bytes zeros(32, 0);
    auto extracted = hmacSha256(zeros, master.bytes());
    Bytes info(asBytes(purpose).begin(), asBytes(purpose).end());
    info.push_back(1);
    auto expanded = hmacSha256(extracted, info);
    SecretKey key{ByteView(expanded)};
    sodium_memzero(extracted.data(), extracted.size());
    sodium_memzero(expanded.data(), expanded.size());
    return key;
}

Argon2Cost calibrateArgon2()
{
    using SteadyClock = std::chrono::steady_clock;
    Argon2Cost cost;
    const Bytes salt(16, 1);
    for (; cost.passes < 32; ++cost.passes) {
        const auto begin = SteadyClock::now();
        if (!keyFromPassphrase("calibration", salt, cost))
            break;
        const auto taken = std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - begin).count();
        if (taken >= 500)
            break;
        const auto perPass = std::max<std::int64_t>(1, taken / static_cast<std::int64_t>(cost.passes));
        cost.passes = std::min<std::uint64_t>(32, static_cast<std::uint64_t>(600 / perPass));
        break;
    }
    cost.passes = std::max<std::uint64_t>(3, cost.passes);
    return cost;
}

Result<SecretKey> keyFromPassphrase(std::string_view passphrase, ByteView salt16, Argon2Cost cost)
{
    if (salt16.size() != crypto_pwhash_SALTBYTES)
        return fail(ErrorCode::Invalid, "the salt of a passphrase must have 16 bytes");
    std::array<std::uint8_t, 32> out{};
    if (crypto_pwhash(out.data(), out.size(), passphrase.data(), passphrase.size(), salt16.data(), cost.passes,
                      static_cast<std::size_t>(cost.memoryBytes), crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(ErrorCode::Storage, "not enough memory to derive the key from the passphrase");
    SecretKey key{ByteView(out)};
    sodium_memzero(out.data(), out.size());
    return key;
}

Result<std::string> hashPassword(std::string_view password, Argon2Cost cost)
{
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost.passes,
                              static_cast<std::size_t>(cost.memoryBytes), crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(ErrorCode::Storage, "not enough memory to hash the password");
    return std::string(text.data());
}

bool verifyPassword(std::string_view password, const std::string& phcHash)
{
    return crypto_pwhash_str_verify(phcHash.c_str(), password.data(), password.size()) == 0;
}

namespace {

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

} // namespace

Bytes seal(const SecretKey& key32, ByteView plain, std::string_view context)
{
    Bytes out(kNonce + plain.size() + kTag);
    randombytes_buf(out.data(), kNonce);
    unsigned long long length = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + kNonce, &length, plain.data(), plain.size(), asBytes(context).data(),
                                               context.size(), nullptr, out.data(), key32.bytes().data());
    return out;
}

Result<Bytes> open(const SecretKey& key32, ByteView sealed, std::string_view context)
{
    if (sealed.size() < kNonce + kTag)
        return fail(ErrorCode::Damaged, "sealed data is too short");
    Bytes plain(sealed.size() - kNonce - kTag);
    unsigned long long length = 0;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), &length, nullptr, sealed.data() + kNonce, sealed.size() - kNonce,
                                                   asBytes(context).data(), context.size(), sealed.data(), key32.bytes().data()) != 0)
        return fail(ErrorCode::WrongKey, "sealed data does not open with this key");
    return plain;
}

SigningKey::SigningKey(PublicKey publicKey, SecretKey seed, SecretKey secret)
    : m_public(publicKey), m_seed(std::move(seed)), m_secret(std::move(secret))
{
}

SigningKey SigningKey::generate()
{
    const auto seed = SecretKey::random(crypto_sign_SEEDBYTES);
    return fromSeed(seed.bytes());
}

SigningKey SigningKey::fromSeed(ByteView seed32)
{
    PublicKey publicKey{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
    crypto_sign_seed_keypair(publicKey.data(), secret.data(), seed32.data());
    SigningKey key(publicKey, SecretKey(seed32), SecretKey(ByteView(secret)));
    sodium_memzero(secret.data(), secret.size());
    return key;
}

Signature SigningKey::sign(ByteView message) const
{
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), m_secret.bytes().data());
    return signature;
}

bool verifySignature(const PublicKey& key, ByteView message, ByteView signature)
{
    return signature.size() == crypto_sign_BYTES
        && crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.data()) == 0;
}

} // namespace evenhand::base
