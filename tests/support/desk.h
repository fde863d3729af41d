// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <QTest>

#include "app/services/agreementservice.h"
#include "app/services/calllogservice.h"
#include "app/services/callservice.h"
#include "app/services/caseservice.h"
#include "app/services/dataroom.h"
#include "app/services/datathread.h"
#include "app/services/localday.h"
#include "app/services/packservice.h"
#include "app/services/queueservice.h"
#include "app/services/sessionservice.h"
#include "app/services/syncservice.h"

namespace evenhand::test {

/// The clock of this computer, moved within the day so that it is half past ten in the morning when the test begins: whether people may be
/// called must not depend on when the tests run.
class MorningClock final : public base::Clock {
public:
    MorningClock()
    {
        const auto real = m_system.now();
        m_shiftMs = services::startOfLocalDay(real).milliseconds() + (10 * 60 + 30) * 60'000 - real.milliseconds();
    }
    [[nodiscard]] base::Instant now() const override { return m_system.now().plusMilliseconds(m_shiftMs); }
    [[nodiscard]] std::int64_t monotonicMs() const override { return m_system.monotonicMs(); }
    [[nodiscard]] std::string bootId() const override { return m_system.bootId(); }

private:
    base::SystemClock m_system;
    std::int64_t m_shiftMs = 0;
};

/// One person's workstation without its window: the real services on their own data thread and their own folder.
class Desk {
public:
    static constexpr int kPatienceMs = 60'000;

    explicit Desk(const base::Clock& clock, const QString& folder = {}) : m_options(optionsFor(folder.isEmpty() ? m_dir.path() : folder)), data(m_options, clock) {}

    /// What the future brings; a clear error when it does not come.
    template <class T>
    [[nodiscard]] static base::Result<T> wait(QFuture<base::Result<T>> future)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, kPatienceMs) || !future.isValid() || future.resultCount() == 0)
            return base::fail(base::ErrorCode::Cancelled, "no answer from the data thread");
        return future.result();
    }
    [[nodiscard]] base::Result<services::SignedIn> signIn(std::uint16_t port, const char* user, const char* password = "evenhand-demo")
    {
        return wait(session.signIn({"http://127.0.0.1:" + std::to_string(port), user, password}));
    }
    /// True once a pull ran to its end after `since`.
    [[nodiscard]] bool waitForView(std::optional<base::Instant> since = std::nullopt)
    {
        return QTest::qWaitFor([&] { return sync.status().viewCompleteAt && (!since || *sync.status().viewCompleteAt > *since); }, kPatienceMs);
    }
    [[nodiscard]] bool waitUntilSent()
    {
        return QTest::qWaitFor([&] { return sync.status().savedHere > 0 && sync.status().unsent == 0; }, kPatienceMs);
    }
    [[nodiscard]] base::Result<domain::EventEnvelope> ownEvent(domain::EventId id)
    {
        return wait(data.run<domain::EventEnvelope>([id](services::DataRoom& room) -> base::Result<domain::EventEnvelope> {
            EVENHAND_ASSIGN(auto* profile, room.profile());
            EVENHAND_ASSIGN(const auto found, profile->journal().findEvent(id));
            if (!found)
                return base::fail(base::ErrorCode::NotFound, "not in the journal");
            return found->envelope;
        }));
    }

private:
    static services::ServiceOptions optionsFor(const QString& folder)
    {
        services::ServiceOptions options;
        options.dataFolder = folder.toStdString();
        options.passphraseCost = base::Argon2Cost{3, 64ULL << 20};
        return options;
    }
    QTemporaryDir m_dir;
    services::ServiceOptions m_options;

public:
    services::DataThread data;
    services::PackService packs{data};
    services::SessionService session{data};
    services::SyncService sync{data};
    services::QueueService queue{data};
    services::CaseService cases{data};
    services::CallService calls{data};
    services::CallLogService callLog{data};
    services::AgreementService agreements{data};
};

} // namespace evenhand::test
