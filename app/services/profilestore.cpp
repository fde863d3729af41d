// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/profilestore.h"

#include <algorithm>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QSaveFile>

#include "app/base/json.h"

namespace evenhand::services {

namespace {

constexpr const char* kLockFile = "profile.lock";
constexpr const char* kNoteFile = "profile.json";
constexpr const char* kSessionFile = "session.sealed";
constexpr const char* kSealContext = "evenhand.session-note.v1";
constexpr qint64 kLargestNote = 65'536;

std::string inFolder(const std::string& folder, const char* name)
{
    return folder + "/" + name;
}

base::Result<> writeAtomically(const std::string& path, base::ByteView bytes)
{
    QSaveFile file(QString::fromStdString(path));
    const auto size = static_cast<qint64>(bytes.size());
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(reinterpret_cast<const char*>(bytes.data()), size) != size || !file.commit())
        return base::fail(base::ErrorCode::Storage, "profile: a file cannot be written");
    return {};
}

std::optional<QByteArray> readSmall(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.read(kLargestNote);
}

base::Result<> makePrivateFolder(const std::string& folder)
{
    if (!QDir().mkpath(QString::fromStdString(folder)) || chmod(folder.c_str(), 0700) != 0)
        return base::fail(base::ErrorCode::Storage, "profile: the folder cannot be made");
    return {};
}

} // namespace

base::Result<ProfileLock> ProfileLock::take(const std::string& folder)
{
    EVENHAND_TRY(makePrivateFolder(folder));
    const int descriptor = ::open(inFolder(folder, kLockFile).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return base::fail(base::ErrorCode::Storage, "profile: the lock file cannot be made");
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return base::fail(base::ErrorCode::Conflict, "profile: open in another window or program");
    }
    return ProfileLock(descriptor);
}

ProfileLock::ProfileLock(ProfileLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

ProfileLock& ProfileLock::operator=(ProfileLock&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

ProfileLock::~ProfileLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

std::string ProfileStore::folderFor(const std::string& serverUrl, const std::string& userName) const
{
    const auto hash = base::sha256(base::asBytes(serverUrl + "\n" + userName));
    return m_root + "/profiles/" + base::toHex(base::ByteView(hash).first(16));
}

base::Result<std::string> ProfileStore::freshStage(const std::string& folder) const
{
    const auto stage = folder + ".new";
    if (!QDir(QString::fromStdString(stage)).removeRecursively())
        return base::fail(base::ErrorCode::Storage, "profile: what an earlier sign-in left behind cannot be removed");
    EVENHAND_TRY(makePrivateFolder(stage));
    return stage;
}

base::Result<> ProfileStore::promote(const std::string& stage, const std::string& folder) const
{
    QDir target(QString::fromStdString(folder));
    target.remove(QString::fromLatin1(kLockFile));   // an empty folder that only held the lock; a filled one stops the rename
    target.rmdir(QStringLiteral("."));
    if (::rename(stage.c_str(), folder.c_str()) != 0)
        return base::fail(base::ErrorCode::Storage, "profile: the new folder cannot be put in place");
    if (const int parent = ::open((m_root + "/profiles").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); parent >= 0) {
        ::fsync(parent);
        ::close(parent);
    }
    return {};
}

std::vector<KnownProfile> ProfileStore::list() const
{
    std::vector<KnownProfile> all;
    const QDir root(QString::fromStdString(m_root + "/profiles"));
    for (const auto& name : root.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (name.endsWith(QLatin1String(".new")))
            continue;
        const auto bytes = readSmall(inFolder(root.filePath(name).toStdString(), kNoteFile));
        const auto json = bytes ? base::parseJson({bytes->constData(), static_cast<std::size_t>(bytes->size())})
                                : base::Result<base::Json>(base::fail(base::ErrorCode::NotFound, {}));
        if (!json)
            continue;
        base::JsonReader in(*json, "profile:");
        KnownProfile profile{in.text("server_url"), in.text("user_name"), in.instant("last_used_at")};
        if (in.ok())
            all.push_back(std::move(profile));
    }
    std::ranges::sort(all, std::greater<>{}, &KnownProfile::lastUsedAt);
    return all;
}

base::Result<> ProfileStore::remember(const std::string& folder, const KnownProfile& profile) const
{
    const base::Json json{{"server_url", profile.serverUrl}, {"user_name", profile.userName}, {"last_used_at", profile.lastUsedAt.toRfc3339Utc()}};
    return writeAtomically(inFolder(folder, kNoteFile), base::asBytes(json.dump()));
}

SessionFile::SessionFile(const std::string& folder, const base::SecretKey& profileKey)
    : m_path(inFolder(folder, kSessionFile)), m_key(base::deriveKey(profileKey, kSealContext))
{
}

SessionNote SessionFile::read() const
{
    const auto sealed = readSmall(m_path);
    if (!sealed)
        return {};
    const std::string bytes = sealed->toStdString();
    const auto plain = base::open(m_key, base::asBytes(bytes), kSealContext);
    const auto json = plain ? base::parseJson(base::asText(*plain)) : base::Result<base::Json>(base::fail(plain.error()));
    if (!json)
        return {};
    base::JsonReader in(*json, "session:");
    SessionNote note{in.optionalText("refresh_token"), in.integerOr("idle_lock_s", 240)};
    base::JsonReader office(in.object("office"), "session:/office");
    note.office = domain::wire::decodeOffice(office);
    return in.ok() ? note : SessionNote{};
}

base::Result<> SessionFile::write(const SessionNote& note) const
{
    const base::Json json{{"refresh_token", note.refreshToken ? base::Json(*note.refreshToken) : base::Json(nullptr)},
                          {"idle_lock_s", note.idleLockSeconds},
                          {"office", domain::wire::encode(note.office)}};
    return writeAtomically(m_path, base::seal(m_key, base::asBytes(json.dump()), kSealContext));
}

} // namespace evenhand::services
