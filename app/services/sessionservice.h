// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QFuture>
#include <QObject>

#include "app/base/result.h"
#include "app/domain/projection.h"

namespace evenhand::services {

class DataThread;

enum class SessionState { SignedOut, Busy, SignedIn, Locked };

/// Who works here.
struct SignedIn {
    domain::UserId userId;
    domain::DeviceId deviceId;
    std::string userName;
    std::string displayName;                         ///< the user name until the first pull brought the full one
    domain::UserRole role;
    std::string team;                                ///< "" until the first pull
    std::string serverUrl;
    bool enrolledNow = false;                        ///< this sign-in made the profile
    int idleLockSeconds = 240;
};

/// A profile that exists on this computer.
struct KnownProfile {
    std::string serverUrl;
    std::string userName;
    base::Instant lastUsedAt{};
};

struct SignInRequest {
    std::string serverUrl;                           ///< "https://host[:port]"; plain http only for loopback
    std::string userName;
    std::string password;                            ///< wiped here after use
    std::string caFile{};                            ///< further authority in PEM; "" for the system's only
};

/// Sign-in, lock and who is there. The first sign-in of a user on a computer needs the server; afterwards the password opens the
/// local files whether or not there is a network. UI thread.
///
/// Errors of signIn, each with its own remedy: Unauthorized (user name or password wrong), Network (first time: server not reachable, or
/// what answers is not an Evenhand server), Untrusted (certificate), Invalid (address cannot be used), Conflict (the profile is open in another
/// program), SchemaTooNew / SchemaTooOld, WrongKey, Damaged, Storage, DiskFull (local files), Forbidden (device or user is switched off),
/// Protocol.
class SessionService : public QObject {
    Q_OBJECT

public:
    explicit SessionService(DataThread& data);

    [[nodiscard]] SessionState state() const { return m_state; }
    [[nodiscard]] const std::optional<SignedIn>& who() const { return m_who; }   ///< also while locked
    /// Newest first.
    [[nodiscard]] QFuture<base::Result<std::vector<KnownProfile>>> profiles();
    [[nodiscard]] QFuture<base::Result<SignedIn>> signIn(SignInRequest request);
    /// Closes everything. What is unsent stays in the profile and goes out after the next sign-in.
    [[nodiscard]] QFuture<base::Result<>> signOut();
    /// Closes files and forgets keys. Save drafts first (CallService::saveDraft); work goes in order, so no waiting is needed.
    [[nodiscard]] QFuture<base::Result<>> lock();
    [[nodiscard]] QFuture<base::Result<>> unlock(std::string password);

    Q_SIGNAL void stateChanged(evenhand::services::SessionState state);

private:
    void enter(SessionState state);

    DataThread& m_data;
    SessionState m_state = SessionState::SignedOut;
    std::optional<SignedIn> m_who;
    std::optional<SignInRequest> m_last;             ///< address and name for unlock; never the password
};

} // namespace evenhand::services
