// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/services/datathread.h"
#include "app/services/openprofile.h"
#include "app/services/profilestore.h"
#include "app/services/sessionservice.h"

namespace evenhand::services {

/// What lives on the data thread: the packs, the open profile if somebody is signed in, and the way in.
class DataRoom {
public:
    struct Listener {
        std::function<void(const ChangeSet&)> changed;
        std::function<void(const SyncStatus&)> status;
    };
    using MakeProtocol = std::function<std::unique_ptr<sync::SyncProtocol>(const sync::ServerAddress&)>;

    DataRoom(const ServiceOptions& options, const base::Clock& clock, Listener listener);
    ~DataRoom();

    /// Calls `done` once, after the network answered when the profile is new, else at once.
    void signIn(SignInRequest request, std::function<void(base::Result<SignedIn>)> done);
    void close();
    [[nodiscard]] std::vector<KnownProfile> profiles() const { return m_store.list(); }
    /// Unauthorized when nobody is signed in.
    [[nodiscard]] base::Result<OpenProfile*> profile() const;
    [[nodiscard]] base::Result<std::shared_ptr<const ActivePacks>> loadPacks();
    void rulesChanged();
    void setOnlineAllowed(bool allowed);
    void tellStatus();

private:
    [[nodiscard]] base::Result<std::shared_ptr<const compliance::RuleSet>> rulesInForce() const;
    [[nodiscard]] EarlierVersions earlierVersions() const;
    struct Enrolment;
    [[nodiscard]] base::Result<SignedIn> openKnown(const SignInRequest& request, const sync::ServerAddress& address, const std::string& folder);
    void enrol(SignInRequest request, const sync::ServerAddress& address, const std::string& folder, std::function<void(base::Result<SignedIn>)> done);
    [[nodiscard]] base::Result<> adopt(const Enrolment& enrolment, const db::JournalIdentity& identity) const;
    [[nodiscard]] base::Result<SignedIn> enrolled(Enrolment& enrolment, const domain::wire::EnrolResponse& answer);
    [[nodiscard]] base::Result<std::unique_ptr<OpenProfile>> openProfile(const std::string& folder, ProfileLock lock, db::ProfileKeys keys);
    [[nodiscard]] SignedIn begin(std::unique_ptr<OpenProfile> profile, const SignInRequest& request, const sync::ServerAddress& address);
    [[nodiscard]] std::unique_ptr<sync::SyncProtocol> makeProtocol(const sync::ServerAddress& address) const;

    const ServiceOptions& m_options;
    const base::Clock& m_clock;
    Listener m_listener;
    ProfileStore m_store;
    sync::TimerAlarms m_alarms;
    bool m_onlineAllowed;
    std::shared_ptr<const ActivePacks> m_packs;
    std::unique_ptr<Enrolment> m_enrolment;          ///< while a first sign-in waits for the server
    std::unique_ptr<sync::SyncProtocol> m_spentProtocol;
    std::unique_ptr<OpenProfile> m_profile;
};

} // namespace evenhand::services
