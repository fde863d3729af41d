// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QTemporaryDir>

#include "app/sync/enrolment.h"
#include "app/sync/syncengine.h"
#include "tests/support/testprofile.h"
#include "tests/sync/fakeserver.h"

namespace evenhand::test {

inline constexpr std::int64_t kFiveMinutes = 300'000;
inline constexpr std::int64_t kHour = 3'600'000;
inline constexpr std::int64_t kDay = 24 * kHour;

/// Journal, cache and engine of one person at one computer, on virtual time.
class Workstation {
public:
    Workstation(FakeServer& server, FakeClock& clock, VirtualTime& time, int number = 1)
        : wire(server, time), m_server(server), m_clock(clock), m_time(time), m_key(base::SigningKey::generate()), m_user(idNo<domain::UserId>(500 + number))
    {
        m_device.emplace(server.addDevice(m_key.publicKey(), m_user));
    }

    [[nodiscard]] base::Result<> open()
    {
        const auto folder = folderPath();
        auto config = journalConfig(folder);
        config.deviceKey = base::SigningKey::fromSeed(m_key.seed());
        EVENHAND_ASSIGN(auto opened, db::Journal::open(std::move(config), m_clock));
        journal.emplace(std::move(opened));
        auto who = identity();
        who.device = *m_device;
        who.user = m_user;
        who.serverKeys = m_server.keys();
        EVENHAND_ASSIGN(const auto known, journal->identity());
        if (!known)
            EVENHAND_TRY(journal->setIdentity(who));
        EVENHAND_ASSIGN(auto casecache, db::CaseCache::open(cacheConfig(folder), m_clock));
        cache.emplace(std::move(casecache));
        startEngine(m_refreshToken ? std::optional<std::string>() : "right");
        return {};
    }
    void startEngine(std::optional<std::string> password)
    {
        engine.reset();
        sync::EngineListener listener;
        listener.applied = [this](const db::ApplyOutcome&) { ++applied; };
        listener.sessionOpened = [this](const domain::wire::SessionResponse& session) {
            if (session.refreshToken)
                m_refreshToken = session.refreshToken;
        };
        engine = std::make_unique<sync::SyncEngine>(wire, *journal, *cache,
                                                    sync::EngineIdentity{m_server.dataset, *m_device, m_user, trustedKeys ? *trustedKeys : m_server.keys(), "0"},
                                                    sync::Credentials{base::SigningKey::fromSeed(m_key.seed()), std::move(password), m_refreshToken}, m_clock,
                                                    m_time, std::move(listener), timing);
    }
    /// As after a kill: files are opened again, whatever was under way.
    [[nodiscard]] base::Result<> restart()
    {
        close();
        return open();
    }
    void close()
    {
        engine.reset();
        cache.reset();
        journal.reset();
    }
    [[nodiscard]] std::string folderPath() const { return m_dir.path().toStdString(); }
    [[nodiscard]] base::Result<> logCall(int caseNumber)
    {
        const auto events = aSavedCall(idNo<domain::CaseId>(caseNumber));
        EVENHAND_ASSIGN(const auto saved, journal->append(events, 480));
        for (const auto& event : saved)
            savedIds.push_back(event.eventId.toString());
        return {};
    }
    void failDatabaseAfter(bool inJournal, int accesses)
    {
        (inJournal ? journal->connection() : cache->connection()).failAfter(accesses);
    }
    [[nodiscard]] bool faultFired(bool inJournal) { return (inJournal ? journal->connection() : cache->connection()).faultFired(); }
    [[nodiscard]] std::int64_t pending() const
    {
        const auto counts = journal->counts();
        return counts ? counts->pending : -1;
    }
    /// A round from now until it ended, well or badly.
    bool oneRound()
    {
        engine->kick();
        return m_time.runUntil([this] { return engine->status().phase == sync::Phase::Idle; }, kHour);
    }
    /// Time passes until everything is sent and a pull ran through; nobody touches anything.
    bool settle(std::int64_t withinMs = kHour)
    {
        const int before = applied;
        return m_time.runUntil([&] { return pending() == 0 && applied > before && engine->status().phase == sync::Phase::Idle; }, withinMs);
    }
    [[nodiscard]] std::string visibleState(int cases) const
    {
        std::map<std::string, std::string> lines;
        std::string state;
        for (int i = 1; i <= cases; ++i) {
            const auto detail = cache->caseDetail(idNo<domain::CaseId>(i));
            if (!detail || !*detail)
                continue;
            state += "case " + (*detail)->row.id.toString() + " " + (*detail)->row.businessNo + "\n";
            for (const auto& echo : (*detail)->events)
                lines[echo.id.toString()] = "event " + echo.id.toString() + " " + base::toHex(domain::eventHash(echo.header)) + "\n";
        }
        for (const auto& [id, line] : lines)
            state += line;
        return state;
    }
    [[nodiscard]] const domain::UserId& user() const { return m_user; }

    FakeWire wire;
    std::optional<db::Journal> journal;
    std::optional<db::CaseCache> cache;
    std::unique_ptr<sync::SyncEngine> engine;
    std::optional<std::vector<domain::wire::ServerKey>> trustedKeys;
    int applied = 0;
    std::vector<std::string> savedIds;               ///< of everything this person was told is saved
    sync::EngineTiming timing{};

private:
    QTemporaryDir m_dir;
    FakeServer& m_server;
    FakeClock& m_clock;
    VirtualTime& m_time;
    base::SigningKey m_key;
    domain::UserId m_user;
    std::optional<domain::DeviceId> m_device;
    std::optional<std::string> m_refreshToken{};
};

struct World {
    FakeClock clock;
    VirtualTime time{clock};
    FakeServer server;
    World()
    {
        server.putCase(aCase(1));
        server.putCase(aCase(2));
        server.putCase(aCase(3));
        server.putCase(aCase(4));
    }
};

} // namespace evenhand::test
