// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/base/log.h"
#include "app/sync/enrolment.h"
#include "app/sync/inround.h"
#include "app/sync/syncengine.h"

/// SyncEngine: who is there, and may we.
namespace evenhand::sync {

namespace wire = domain::wire;

void SyncEngine::sayHello()
{
    enter(Phase::Hello);
    m_deviceGrantOnly = false;   // a refresh token that was refused once is tried again with each session
    m_protocol.hello(inRound<wire::Hello>([this](Reply<wire::Hello> hello) {
        if (!hello)
            return failRound(std::move(hello.error()));
        if (hello->datasetId != m_identity.dataset)
            return failRound(CallFailure{{base::ErrorCode::Conflict, "a server of another data set answers"}, "dataset_mismatch", 200, {}, {}});
        if (auto key = checkIdentity(*hello, m_identity.serverKeys); !key)
            return failRound(std::move(key.error()));
        noteContact();
        openSession(*hello);
    }));
}

const char* SyncEngine::grant() const
{
    if (m_credentials.password)
        return "password";
    return m_credentials.refreshToken && !m_deviceGrantOnly ? "refresh" : "device";
}

wire::SessionRequest SyncEngine::sessionRequest(const wire::Hello& hello, const db::JournalHead& head) const
{
    const base::Json statement{{"v", 1},
                               {"kind", "session"},
                               {"dataset_id", m_identity.dataset.toString()},
                               {"device_id", m_identity.device.toString()},
                               {"user_id", m_identity.user.toString()},
                               {"grant", grant()},
                               {"challenge", hello.challenge},
                               {"epoch", head.epoch.toString()},
                               {"head_seq", head.seq},
                               {"head_hash", base::toBase64Url(head.hash)},
                               {"log_id", nullptr},
                               {"checkpoint_size", nullptr},
                               {"scope_epoch", nullptr},
                               {"client_version", m_identity.clientVersion},
                               {"at", m_clock.now().toRfc3339Utc()}};
    wire::SessionRequest request{domain::signStatement(m_credentials.deviceKey, statement), m_credentials.password, std::nullopt};
    if (!m_credentials.password && !m_deviceGrantOnly)
        request.refreshToken = m_credentials.refreshToken;
    return request;
}

void SyncEngine::openSession(const wire::Hello& hello)
{
    enter(Phase::Session);
    const auto head = m_journal.head();
    if (!head)
        return failRound(head.error());
    m_batchLimit = static_cast<int>(std::clamp<std::int64_t>(hello.limits.batchEvents, 1, 200));
    m_batchBytes = std::clamp<std::int64_t>(hello.limits.batchBytes, 65'536, 1 << 20);
    m_protocol.openSession(sessionRequest(hello, *head), inRound<wire::SessionResponse>([this, hello](Reply<wire::SessionResponse> session) {
        if (session)
            sessionOpened(*session);
        else
            sessionRefused(hello, std::move(session.error()));
    }));
}

void SyncEngine::sessionRefused(const wire::Hello& hello, CallFailure failure)
{
    if (failure.error.code != base::ErrorCode::Unauthorized || failure.status == 0)
        return failRound(std::move(failure));
    // A wrong password or an expired token never keeps recorded work from being handed in: go down to the device's own grant.
    if (m_credentials.password) {
        m_credentials.password.reset();
        m_credentials.refreshToken.reset();   // a password that was just refused is not papered over with an older token
        m_deviceGrantOnly = true;
        return openSession(hello);
    }
    if (!m_deviceGrantOnly && m_credentials.refreshToken) {
        m_deviceGrantOnly = true;
        return openSession(hello);
    }
    failRound(std::move(failure));
}

void SyncEngine::sessionOpened(const wire::SessionResponse& session)
{
    noteContact();
    m_token = session.accessToken;
    m_tokenEndsMs = m_clock.monotonicMs() + session.expiresIn * 1000;
    m_pullAllowed = session.pullAllowed && std::ranges::find(session.scope, "pull") != session.scope.end();
    m_credentials.password.reset();
    if (session.refreshToken) {
        m_credentials.refreshToken = session.refreshToken;
        m_deviceGrantOnly = false;
    }
    if (m_listener.sessionOpened)
        m_listener.sessionOpened(session);
    for (const auto& epoch : session.epochs) {
        if (auto marked = m_journal.markMissing(epoch.epoch, epoch.missing); !marked)
            return failRound(marked.error());
    }
    if (session.mintNewEpoch) {
        base::log::of(base::log::Area::Sync).warn("the server asks for a new history line");
        if (auto epoch = m_journal.startEpoch("mint_new"); !epoch)
            return failRound(epoch.error());
    }
    if (auto raised = m_cache.raiseTimeFloor(session.serverTime); !raised)
        return failRound(raised.error());
    askFeatures();
}

/// What this server can do beyond the first version. A server that does not say can do nothing of it.
void SyncEngine::askFeatures()
{
    m_protocol.get(m_token, "/v1/hello", inRound<base::Json>([this](Reply<base::Json> hello) {
        m_features.clear();
        if (!hello && hello.error().error.code != base::ErrorCode::NotFound)
            return failRound(std::move(hello.error()));
        if (hello) {
            base::JsonReader in(*hello, "");
            const auto names = in.texts("features");
            m_features.insert(names.begin(), names.end());
        }
        push();
    }));
}

} // namespace evenhand::sync
