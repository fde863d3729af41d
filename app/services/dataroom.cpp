// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/dataroom.h"

#include "app/base/log.h"
#include "app/compliance/ruleset.h"
#include "app/services/localday.h"
#include "app/services/statusview.h"
#include "app/sync/enrolment.h"
#include "app/sync/httpblobprotocol.h"

namespace evenhand::services {

using base::ErrorCode;

/// A first sign-in under way. Keys and folder become the profile only when the server agreed.
struct DataRoom::Enrolment {
    SignInRequest request;
    sync::ServerAddress address;
    std::string folder;
    std::string stage;
    ProfileLock lock;
    db::ProfileKeys keys;
    std::unique_ptr<sync::SyncProtocol> protocol;
    std::function<void(base::Result<SignedIn>)> done;
};

namespace {

void wipe(std::string& text)
{
    volatile char* bytes = text.data();   // volatile: the compiler must not drop writes nobody reads
    for (std::size_t i = 0; i < text.size(); ++i)
        bytes[i] = 0;
    text.clear();
}

std::string normalised(const sync::ServerAddress& address)
{
    return address.url.toString(QUrl::RemovePath).toStdString();
}

} // namespace

DataRoom::DataRoom(const ServiceOptions& options, const base::Clock& clock, Listener listener)
    : m_options(options), m_clock(clock), m_listener(std::move(listener)), m_store(options.dataFolder), m_onlineAllowed(!options.offline)
{
    base::initialiseCrypto();
}

DataRoom::~DataRoom() = default;

base::Result<OpenProfile*> DataRoom::profile() const
{
    if (!m_profile)
        return base::fail(ErrorCode::Unauthorized, "nobody is signed in");
    return m_profile.get();
}

std::unique_ptr<sync::SyncProtocol> DataRoom::makeProtocol(const sync::ServerAddress& address) const
{
    return std::make_unique<sync::HttpSyncProtocol>(address, m_options.clientVersion);
}

void DataRoom::signIn(SignInRequest request, std::function<void(base::Result<SignedIn>)> done)
{
    close();
    const auto address = sync::ServerAddress::parse(request.serverUrl, request.caFile);
    if (!address)
        return done(base::fail(address.error()));
    if (request.userName.empty() || request.password.empty())
        return done(base::fail(ErrorCode::Unauthorized, "user name and password are needed"));
    request.serverUrl = normalised(*address);
    const auto folder = m_store.folderFor(request.serverUrl, request.userName);
    if (!db::KeyFile(folder).exists())
        return enrol(std::move(request), *address, folder, std::move(done));
    auto result = openKnown(request, *address, folder);
    if (!result)
        base::log::of(base::log::Area::App).warn("sign-in failed: {}", result.error().detail);
    wipe(request.password);
    done(std::move(result));
}

base::Result<std::unique_ptr<OpenProfile>> DataRoom::openProfile(const std::string& folder, ProfileLock lock, db::ProfileKeys keys)
{
    OpenProfile::Surroundings surroundings{m_clock, m_alarms, m_listener.changed, [this] { tellStatus(); }, [this] { return m_packs; },
                                           [this] { rulesChanged(); }};
    return OpenProfile::open({folder, std::move(lock), std::move(keys), m_options.clientVersion}, std::move(surroundings));
}

base::Result<SignedIn> DataRoom::openKnown(const SignInRequest& request, const sync::ServerAddress& address, const std::string& folder)
{
    EVENHAND_ASSIGN(auto lock, ProfileLock::take(folder));
    auto keys = db::KeyFile(folder).unlock(request.password);
    if (!keys && keys.error().code == ErrorCode::WrongKey)
        return base::fail(ErrorCode::Unauthorized, "the password does not open this profile");
    if (!keys)
        return base::fail(keys.error());
    EVENHAND_ASSIGN(auto profile, openProfile(folder, std::move(lock), *std::move(keys)));
    if (!profile->isEnrolled())
        return base::fail(ErrorCode::Damaged, "the profile does not say whose it is");
    return begin(std::move(profile), request, address);
}

void DataRoom::enrol(SignInRequest request, const sync::ServerAddress& address, const std::string& folder,
                     std::function<void(base::Result<SignedIn>)> done)
{
    if (!m_onlineAllowed)
        return done(base::fail(ErrorCode::Network, "the first sign-in needs the server, and this program was told to stay off-line"));
    const auto cost = m_options.passphraseCost ? *m_options.passphraseCost : base::calibrateArgon2();
    auto stage = m_store.freshStage(folder);
    auto lock = stage ? ProfileLock::take(*stage) : base::Result<ProfileLock>(base::fail(stage.error()));
    auto keys = lock ? db::KeyFile(*stage).create(request.password, cost) : base::Result<db::ProfileKeys>(base::fail(lock.error()));
    if (!keys)
        return done(base::fail(keys.error()));
    m_enrolment = std::make_unique<Enrolment>(
        Enrolment{std::move(request), address, folder, *stage, *std::move(lock), *std::move(keys), makeProtocol(address), std::move(done)});
    const sync::EnrolmentOrder order{m_enrolment->request.userName, m_enrolment->request.password, m_options.deviceLabel, m_options.clientVersion};
    sync::enrolDevice(*m_enrolment->protocol, order, m_enrolment->keys.device, m_clock, [this](sync::Reply<domain::wire::EnrolResponse> answer) {
        const auto enrolment = std::exchange(m_enrolment, nullptr);
        auto result = answer ? enrolled(*enrolment, *answer) : base::Result<SignedIn>(base::fail(answer.error().error));
        if (!result)
            base::log::of(base::log::Area::App).warn("first sign-in failed: {}", result.error().detail);
        wipe(enrolment->request.password);
        m_spentProtocol = std::move(enrolment->protocol);   // we stand in its callback
        enrolment->done(std::move(result));
    });
}

/// Writes who we are into the new journal while it still stands aside: a profile in its place is always a complete one.
base::Result<> DataRoom::adopt(const Enrolment& enrolment, const db::JournalIdentity& identity) const
{
    db::JournalConfig config{enrolment.stage + "/journal.db", enrolment.keys.journal.duplicate(),
                             base::SigningKey::fromSeed(enrolment.keys.device.seed()), m_options.clientVersion};
    EVENHAND_ASSIGN(auto journal, base::withContext(db::Journal::open(std::move(config), m_clock), "make journal"));
    return journal.setIdentity(identity);
}

base::Result<SignedIn> DataRoom::enrolled(Enrolment& enrolment, const domain::wire::EnrolResponse& answer)
{
    const auto role = domain::userRoleFromWord(answer.role);
    if (!role)
        return base::fail(ErrorCode::Protocol, "the server gave a role this program does not know");
    const db::JournalIdentity identity{answer.datasetId, answer.deviceId, answer.userId, domain::EpochId::random(), enrolment.request.serverUrl,
                                       *role, enrolment.request.userName, {}, answer.serverKeys};
    EVENHAND_TRY(adopt(enrolment, identity));
    EVENHAND_TRY(m_store.promote(enrolment.stage, enrolment.folder));
    EVENHAND_ASSIGN(auto profile, openProfile(enrolment.folder, std::move(enrolment.lock), std::move(enrolment.keys)));
    auto who = begin(std::move(profile), enrolment.request, enrolment.address);
    who.enrolledNow = true;
    who.idleLockSeconds = static_cast<int>(answer.policy.idleLockS);
    return who;
}

SignedIn DataRoom::begin(std::unique_ptr<OpenProfile> profile, const SignInRequest& request, const sync::ServerAddress& address)
{
    m_profile = std::move(profile);
    const auto& identity = m_profile->identity();
    const auto folder = m_store.folderFor(request.serverUrl, request.userName);
    if (auto noted = m_store.remember(folder, {request.serverUrl, request.userName, m_clock.now()}); !noted)
        base::log::of(base::log::Area::App).warn("the list of profiles was not updated: {}", noted.error().detail);
    SignedIn who{identity.user, identity.device, identity.userName, identity.displayName.empty() ? identity.userName : identity.displayName,
                 identity.role, {}, request.serverUrl, false, static_cast<int>(m_profile->sessionNote().idleLockSeconds)};
    if (const auto me = m_profile->me(); me && *me) {
        who.displayName = (*me)->displayName.empty() ? who.userName : (*me)->displayName;
        who.team = (*me)->team;
    }
    if (m_packs)
        rulesChanged();   // they were loaded before it was known whose rules are in force
    m_profile->startSync({makeProtocol(address), std::make_unique<sync::HttpBlobProtocol>(address, m_options.clientVersion, identity.dataset)},
                         request.password, !m_onlineAllowed);
    tellStatus();
    return who;
}

void DataRoom::close()
{
    if (const auto enrolment = std::exchange(m_enrolment, nullptr)) {
        enrolment->done(base::fail(ErrorCode::Cancelled, "sign-in was given up"));
        enrolment->protocol.reset();
    }
    m_profile.reset();
    m_listener.status({});
}

void DataRoom::setOnlineAllowed(bool allowed)
{
    m_onlineAllowed = allowed;
    if (m_profile && m_profile->engine() != nullptr)
        m_profile->setPaused(!allowed);
}

void DataRoom::tellStatus()
{
    if (!m_profile || m_profile->engine() == nullptr)
        return;
    if (const auto status = statusOf(*m_profile))
        m_listener.status(*status);
    else
        base::log::of(base::log::Area::App).error("sync status: {}", status.error().detail);
}

base::Result<std::shared_ptr<const ActivePacks>> DataRoom::loadPacks()
{
    if (!m_packs) {
        EVENHAND_ASSIGN(auto rules, rulesInForce());
        EVENHAND_ASSIGN(m_packs, ActivePacks::of(std::move(rules), earlierVersions()));
        if (m_profile)
            m_profile->packsChanged();
    }
    return m_packs;
}

/// What the server published, as far as it is in force today; what was shipped with the program for the rest.
base::Result<std::shared_ptr<const compliance::RuleSet>> DataRoom::rulesInForce() const
{
    const auto* archive = m_profile ? m_profile->packArchive() : nullptr;
    if (archive == nullptr || archive->list().empty())
        return compliance::RuleSet::load(m_options.packs);
    return archive->rulesOn(localDay(m_clock.now()), m_options.packs);
}

/// What agents had before, for single scripts that cannot be used: older versions from the archive, at last the shipped one.
EarlierVersions DataRoom::earlierVersions() const
{
    return [this](const std::string& packId) {
        std::vector<std::map<std::string, std::string>> versions;
        if (const auto* archive = m_profile ? m_profile->packArchive() : nullptr)
            for (const auto* bundle : archive->earlier(packId, localDay(m_clock.now())))
                versions.push_back(bundle->directory.files());
        const auto folder = compliance::locatePack(packId);
        if (folder)
            if (const auto shipped = compliance::PackDirectory::read(*folder))
                versions.push_back(shipped->files());
        return versions;
    };
}

/// New rules replace the old ones only when they can be used as a whole.
void DataRoom::rulesChanged()
{
    auto rules = rulesInForce();
    if (rules && m_packs && m_packs->identities == (*rules)->identities())
        return;
    auto packs = rules ? ActivePacks::of(*std::move(rules), earlierVersions()) : base::Result<std::shared_ptr<const ActivePacks>>(base::fail(rules.error()));
    if (!packs) {
        base::log::of(base::log::Area::App).error("the new rule packs cannot be used, the old ones stay in force: {}", packs.error().detail);
        return;
    }
    m_packs = *std::move(packs);
    if (m_profile)
        m_profile->packsChanged();
}

} // namespace evenhand::services
