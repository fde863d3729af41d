// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/sessionservice.h"

#include "app/services/dataroom.h"
#include "app/services/datathread.h"

namespace evenhand::services {

SessionService::SessionService(DataThread& data) : m_data(data) {}

void SessionService::enter(SessionState state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

QFuture<base::Result<std::vector<KnownProfile>>> SessionService::profiles()
{
    return m_data.run<std::vector<KnownProfile>>([](DataRoom& room) -> base::Result<std::vector<KnownProfile>> { return room.profiles(); });
}

QFuture<base::Result<SignedIn>> SessionService::signIn(SignInRequest request)
{
    const auto before = m_state == SessionState::Locked ? SessionState::Locked : SessionState::SignedOut;
    enter(SessionState::Busy);
    SignInRequest known = request;
    known.password.clear();
    return m_data
        .start<SignedIn>([request = std::move(request)](DataRoom& room, const std::function<void(base::Result<SignedIn>)>& done) {
            room.signIn(request, done);
        })
        .then(this, [this, before, known](const base::Result<SignedIn>& result) {
            if (result) {
                m_who = *result;
                m_last = known;
            }
            enter(result ? SessionState::SignedIn : before);
            return result;
        });
}

QFuture<base::Result<>> SessionService::signOut()
{
    m_who.reset();
    m_last.reset();
    enter(SessionState::SignedOut);
    return m_data.run<void>([](DataRoom& room) -> base::Result<> {
        room.close();
        return {};
    });
}

QFuture<base::Result<>> SessionService::lock()
{
    if (m_state == SessionState::SignedIn)
        enter(SessionState::Locked);
    return m_data.run<void>([](DataRoom& room) -> base::Result<> {
        room.close();
        return {};
    });
}

QFuture<base::Result<>> SessionService::unlock(std::string password)
{
    if (m_state != SessionState::Locked || !m_last)
        return QtFuture::makeReadyFuture<base::Result<>>(base::fail(base::ErrorCode::Invalid, "not locked"));
    SignInRequest request = *m_last;
    request.password = std::move(password);
    return signIn(std::move(request)).then(this, [](const base::Result<SignedIn>& result) -> base::Result<> {
        if (!result)
            return base::fail(result.error());
        return {};
    });
}

} // namespace evenhand::services
