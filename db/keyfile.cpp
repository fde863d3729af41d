// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/keyfile.h"

#include <filesystem>

#include "app/base/json.h"
#include "db/atomicfile.h"

namespace evenhand::db {

using base::asBytes;
using base::Bytes;
using base::ErrorCode;
using base::fail;
using base::Json;
using base::Result;
using base::SecretKey;

namespace {

constexpr std::string_view kPrimary = "keys.hdr";
constexpr std::string_view kCopy = "keys.hdr.bak";
constexpr std::size_t kFileLimit = 64 * 1024;
constexpr std::string_view kSlotContext = "evenhand.keys.slot.v1";
constexpr std::string_view kDeviceContext = "evenhand.keys.device.v1";

} // namespace

/// keys.hdr is {"body": b64url(canonical JSON), "checksum": b64url(SHA-256 of body), "mac": b64url(HMAC of body)}. The checksum
/// tells a good copy from a rotten one before anybody typed a passphrase; the MAC tells whether somebody changed it.
struct KeyFile::Content {
    std::string body;
    Bytes mac;
    Bytes salt;
    base::Argon2Cost cost;
    Bytes wrappedMaster;
    Bytes wrappedDevice;
    base::PublicKey devicePublic{};
    std::string file;   ///< the bytes it was read from
};

namespace {

SecretKey macKey(const SecretKey& master) { return base::deriveKey(master, "evenhand.keys.mac.v1"); }

std::string encodeBody(base::ByteView salt, base::Argon2Cost cost, base::ByteView wrappedMaster, base::ByteView wrappedDevice,
                       const base::PublicKey& devicePublic)
{
    const Json slot{{"kind", "passphrase"},
                    {"kdf", "argon2id13"},
                    {"salt", base::toBase64Url(salt)},
                    {"passes", cost.passes},
                    {"memory_bytes", cost.memoryBytes},
                    {"wrapped", base::toBase64Url(wrappedMaster)}};
    return base::canonical({{"v", 1},
                            {"slots", Json::array({slot})},
                            {"device_key", base::toBase64Url(wrappedDevice)},
                            {"device_public_key", base::toBase64Url(devicePublic)}});
}

std::string encodeFile(const std::string& body, const SecretKey& master)
{
    return base::canonical({{"body", base::toBase64Url(asBytes(body))},
                            {"checksum", base::toBase64Url(base::sha256(asBytes(body)))},
                            {"mac", base::toBase64Url(base::hmacSha256(macKey(master).bytes(), asBytes(body)))}});
}

/// Wraps the master key under a new passphrase; the device key stays as it is wrapped.
Result<std::string> sealFile(const SecretKey& master, std::string_view passphrase, base::Argon2Cost cost, base::ByteView wrappedDevice,
                             const base::PublicKey& devicePublic)
{
    Bytes salt(16);
    base::fillRandom(salt);
    EVENHAND_ASSIGN(const auto slotKey, base::keyFromPassphrase(passphrase, salt, cost));
    const auto wrapped = base::seal(slotKey, master.bytes(), kSlotContext);
    return encodeFile(encodeBody(salt, cost, wrapped, wrappedDevice, devicePublic), master);
}

Result<ProfileKeys> keysFrom(const SecretKey& master, base::ByteView wrappedDevice)
{
    EVENHAND_ASSIGN(auto seed, base::open(base::deriveKey(master, kDeviceContext), wrappedDevice, kDeviceContext));
    const SecretKey guarded{base::ByteView(seed)};
    std::fill(seed.begin(), seed.end(), std::uint8_t{0});
    return ProfileKeys{base::deriveKey(master, "evenhand.journal.v1"), base::deriveKey(master, "evenhand.cache.v1"),
                       base::deriveKey(master, "evenhand.blob.v1"), base::SigningKey::fromSeed(guarded.bytes())};
}

} // namespace

std::string KeyFile::path(std::string_view name) const { return (std::filesystem::path(m_folder) / name).string(); }

bool KeyFile::exists() const
{
    std::error_code ignored;
    return std::filesystem::exists(path(kPrimary), ignored) || std::filesystem::exists(path(kCopy), ignored);
}

Result<ProfileKeys> KeyFile::create(std::string_view passphrase, base::Argon2Cost cost)
{
    if (exists())
        return fail(ErrorCode::Conflict, "this folder has a key file already");
    if (passphrase.empty())
        return fail(ErrorCode::Invalid, "the passphrase is empty");
    EVENHAND_TRY(makePrivateFolder(m_folder));
    const auto master = SecretKey::random(32);
    const auto device = base::SigningKey::generate();
    const auto wrappedDevice = base::seal(base::deriveKey(master, kDeviceContext), device.seed(), kDeviceContext);
    EVENHAND_ASSIGN(const auto file, sealFile(master, passphrase, cost, wrappedDevice, device.publicKey()));
    EVENHAND_TRY(base::withContext(writeBoth(file), "write key file"));
    return keysFrom(master, wrappedDevice);
}

Result<> KeyFile::writeBoth(const std::string& bytes) const
{
    EVENHAND_TRY(writeFileAtomically(path(kPrimary), bytes));
    return writeFileAtomically(path(kCopy), bytes);
}

namespace {

struct Envelope {
    std::string body;
    Bytes mac;
};

Result<Envelope> openEnvelope(const std::string& file)
{
    EVENHAND_ASSIGN(const auto json, base::parseJson(file));
    base::JsonReader in(json, "");
    Envelope envelope{std::string(base::asText(in.base64Url("body"))), in.base64Url("mac")};
    const auto checksum = in.base64Url("checksum");
    if (!in.ok() || !base::equalInConstantTime(checksum, base::sha256(asBytes(envelope.body))))
        return fail(ErrorCode::Damaged, "the key file is damaged");
    return envelope;
}

} // namespace

namespace {

bool readSlot(const Json& slot, Bytes& salt, base::Argon2Cost& cost, Bytes& wrapped)
{
    base::JsonReader in(slot, "/slots");
    if (in.text("kind") != "passphrase" || in.text("kdf") != "argon2id13")
        return false;
    salt = in.base64Url("salt");
    cost.passes = static_cast<std::uint64_t>(in.integer("passes"));
    cost.memoryBytes = static_cast<std::uint64_t>(in.integer("memory_bytes"));
    wrapped = in.base64Url("wrapped");
    // A forged file must not make us ask for terabytes; the real bound is what calibration ever picks.
    return in.ok() && cost.passes >= 1 && cost.passes <= 1000 && cost.memoryBytes <= (4ULL << 30);
}

} // namespace

Result<KeyFile::Content> KeyFile::readBest() const
{
    tl::unexpected<base::Error> lastError = fail(ErrorCode::NotFound, "there is no key file");
    for (const auto name : {kPrimary, kCopy}) {
        auto file = readSmallFile(path(name), kFileLimit);
        if (!file) {
            if (file.error().code != ErrorCode::NotFound)
                lastError = fail(file.error());
            continue;
        }
        const auto damaged = fail(ErrorCode::Damaged, "the key file is damaged, and so is its copy");
        auto envelope = openEnvelope(*file);
        auto json = envelope ? base::parseCanonicalJson(envelope->body) : Result<Json>(damaged);
        if (!json) {
            lastError = damaged;
            continue;
        }
        base::JsonReader in(*json, "");
        Content content{envelope->body, envelope->mac, {}, {}, {}, in.base64Url("device_key"), {}, *file};
        const auto publicKey = in.base64Url("device_public_key");
        bool slotFound = false;
        for (const auto& slot : in.array("slots"))
            slotFound = slotFound || readSlot(slot, content.salt, content.cost, content.wrappedMaster);
        if (!in.ok() || publicKey.size() != content.devicePublic.size() || !slotFound) {
            lastError = damaged;
            continue;
        }
        std::copy(publicKey.begin(), publicKey.end(), content.devicePublic.begin());
        return content;
    }
    return lastError;
}

Result<SecretKey> KeyFile::openSlot(const Content& content, std::string_view passphrase)
{
    EVENHAND_ASSIGN(const auto slotKey, base::keyFromPassphrase(passphrase, content.salt, content.cost));
    auto master = base::open(slotKey, content.wrappedMaster, kSlotContext);
    if (!master)
        return fail(ErrorCode::WrongKey, "the passphrase is wrong");
    SecretKey key{base::ByteView(*master)};
    std::fill(master->begin(), master->end(), std::uint8_t{0});
    if (!base::equalInConstantTime(base::hmacSha256(macKey(key).bytes(), asBytes(content.body)), content.mac))
        return fail(ErrorCode::Damaged, "the key file was changed by another program");
    return key;
}

Result<ProfileKeys> KeyFile::unlock(std::string_view passphrase, Heal heal)
{
    EVENHAND_ASSIGN(const auto content, readBest());
    EVENHAND_ASSIGN(const auto master, openSlot(content, passphrase));
    if (heal == Heal::Yes)
        healCopies(content.file);
    return keysFrom(master, content.wrappedDevice);
}

void KeyFile::healCopies(const std::string& good) const
{
    // Failing to write must not keep the agent out: it is tried again at the next start.
    for (const auto name : {kPrimary, kCopy})
        if (const auto now = readSmallFile(path(name), kFileLimit); !now || *now != good)
            (void)writeFileAtomically(path(name), good);
}

Result<> KeyFile::changePassphrase(std::string_view oldPassphrase, std::string_view newPassphrase, base::Argon2Cost cost)
{
    if (newPassphrase.empty())
        return fail(ErrorCode::Invalid, "the passphrase is empty");
    EVENHAND_ASSIGN(const auto content, readBest());
    EVENHAND_ASSIGN(const auto master, openSlot(content, oldPassphrase));
    EVENHAND_ASSIGN(const auto file, sealFile(master, newPassphrase, cost, content.wrappedDevice, content.devicePublic));
    return base::withContext(writeBoth(file), "write key file");
}

Result<base::PublicKey> KeyFile::devicePublicKey() const
{
    EVENHAND_ASSIGN(const auto content, readBest());
    return content.devicePublic;
}

} // namespace evenhand::db
