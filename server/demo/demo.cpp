// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/demo/demo.h"

#include <algorithm>

#include "app/domain/projection.h"
#include "server/demo/democases.h"
#include "server/import/casewriter.h"
#include "server/projection/agreementrules.h"
#include "server/projection/caseagreements.h"
#include "server/sequencer/ingest.h"

namespace evenhand::server::demo {

using base::Result;
using domain::UserRole;

namespace {

constexpr std::int64_t kDayMs = 86'400'000;

// A workstation that recorded the past: its events are signed and chained like any others, and its key is thrown away afterwards.
struct PastDevice {
    UserRecord user;
    DeviceRecord device;
    base::SigningKey key;
    domain::EpochId epoch;
    std::int64_t seq = 0;
    base::Hash256 head{};
    std::optional<domain::Hlc> hlc{};
};

domain::UserId userId(const DemoUser& user) { return domain::UserId(base::Uuid::fromName("evenhand.demo.user", user.userName)); }

class DemoWriter {
public:
    DemoWriter(Store& store, const ServerKeys& keys, const DemoOptions& options, const base::Clock& clock)
        : m_store(store), m_keys(keys), m_options(options), m_clock(clock)
    {
    }

    Result<DemoSummary> run()
    {
        EVENHAND_ASSIGN(auto cases, prepared());
        EVENHAND_ASSIGN(const auto users, hashedUsers());
        EVENHAND_ASSIGN(auto transaction, m_store.begin());
        EVENHAND_TRY(refuseUnlessEmpty());
        EVENHAND_TRY(writeUsers(users));
        EVENHAND_TRY(writeCases(cases));
        EVENHAND_TRY(assignCases(cases));
        EVENHAND_TRY(refreshAgreementRules(m_store, m_keys.publicKey(), kUsualPack, m_clock.now()));
        EVENHAND_TRY(writeHistories(cases));
        EVENHAND_TRY(settle(cases));
        EVENHAND_TRY(transaction.commit());
        return m_summary;
    }

private:
    Result<std::vector<DemoCase>> prepared() { return makeCases(m_options.seed, m_options.today); }

    // Argon2 takes a second for all of them: before the transaction, not inside.
    Result<std::vector<UserRecord>> hashedUsers()
    {
        std::vector<UserRecord> users;
        for (const auto& user : demoUsers()) {
            EVENHAND_ASSIGN(auto hash, base::hashPassword(kDemoPassphrase, m_options.passwordCost));
            users.push_back({userId(user), user.userName, user.displayName, user.role, user.team, std::move(hash), false, m_clock.now(), user.staffNo});
        }
        return users;
    }

    Result<> refuseUnlessEmpty()
    {
        EVENHAND_ASSIGN(const auto users, m_store.users().list());
        bool hasCases = false;
        EVENHAND_TRY(m_store.cases().forEach(std::nullopt, [&](const CaseRecord&) {
            hasCases = true;
            return Result<>();
        }));
        if (!users.empty() || hasCases)
            return base::fail(base::ErrorCode::Conflict, "the database is not empty; the demo is for a new one, give another file to --db");
        return {};
    }

    Result<> writeUsers(const std::vector<UserRecord>& users)
    {
        EVENHAND_ASSIGN(const auto seq, m_store.nextSeq());
        for (const auto& user : users)
            EVENHAND_TRY(m_store.users().insert(user, seq));
        EVENHAND_TRY(m_store.office().write({"持平示范服务中心", "持平示范", "400-000-0001", "400-000-0002", "示范银行官方App"}));
        for (std::size_t i = 0; i < kAgents; ++i) {
            const DeviceRecord device{domain::DeviceId(base::Uuid::fromName("evenhand.demo.device", users[i].userName)), users[i].id, {}, "demo",
                                      m_clock.now()};
            m_devices.push_back({users[i], device, base::SigningKey::generate(),
                                 domain::EpochId(base::Uuid::fromName("evenhand.demo.epoch", users[i].userName))});
            m_devices.back().device.publicKey = m_devices.back().key.publicKey();
            EVENHAND_TRY(m_store.devices().insert(m_devices.back().device));
        }
        return {};
    }

    Result<> writeCases(const std::vector<DemoCase>& cases)
    {
        for (const auto* portfolio : kPortfolios) {
            EVENHAND_ASSIGN(auto writer, CaseWriter::forPortfolio(m_store, portfolio, {}, true, m_clock.now()));
            for (const auto& one : cases)
                if (one.content.head.portfolio == portfolio)
                    EVENHAND_TRY(writer.put(encodeCase(one.content)));
        }
        m_summary.cases = static_cast<std::int64_t>(cases.size());
        return {};
    }

    Result<> assignCases(const std::vector<DemoCase>& cases)
    {
        EVENHAND_ASSIGN(const auto seq, m_store.nextSeq());
        auto assignments = m_store.assignments(m_keys);
        for (std::size_t agent = 0; agent < kAgents; ++agent) {
            std::vector<domain::CaseId> ids;
            for (const auto& one : cases)
                if (one.agent == agent)
                    ids.push_back(one.content.head.id);
            EVENHAND_ASSIGN(const auto moved, assignments.assign(ids, m_devices[agent].user, seq));
            m_summary.assigned += moved;
        }
        return {};
    }

    // A device records in order of time, whatever the case.
    Result<> writeHistories(const std::vector<DemoCase>& cases)
    {
        for (std::size_t agent = 0; agent < kAgents; ++agent) {
            std::vector<std::pair<const DemoCase*, const PastEvent*>> events;
            for (const auto& one : cases)
                if (one.agent == agent)
                    for (const auto& event : one.history)
                        events.emplace_back(&one, &event);
            std::stable_sort(events.begin(), events.end(), [](const auto& a, const auto& b) {
                return std::pair(a.second->at, a.second->id) < std::pair(b.second->at, b.second->id);
            });
            EVENHAND_TRY(beginEpoch(m_devices[agent]));
            for (const auto& [one, event] : events)
                EVENHAND_TRY(writeEvent(m_devices[agent], *one, *event));
            EVENHAND_TRY(m_store.events().advanceEpoch(m_devices[agent].device.id, m_devices[agent].epoch));
        }
        return {};
    }

    Result<> beginEpoch(PastDevice& device)
    {
        const auto at = demoZone().instantOf(m_options.today.plusDays(-60), 9 * 3600);
        const auto id = domain::EventId(base::Uuid::fromName("evenhand.demo.epoch_started", device.user.userName));
        return send(device, id, at, std::nullopt, domain::EpochStartedPayload{"enrolment", std::nullopt, 0, {}});
    }

    Result<> send(PastDevice& device, const domain::EventId& id, base::Instant at, std::optional<domain::CaseId> caseId,
                  const domain::EventPayload& payload)
    {
        device.hlc = domain::Hlc::after(device.hlc, at);
        domain::EventHeader header{.datasetId = m_store.dataset(), .eventId = id, .deviceId = device.device.id, .epoch = device.epoch,
                                   .seq = ++device.seq, .type = domain::typeOf(payload), .typeVersion = 1, .caseId = caseId,
                                   .actorId = device.user.id, .occurredAt = at, .utcOffsetMinutes = demoZone().utcOffsetMinutes(at),
                                   .monoMs = at.milliseconds() % (30 * kDayMs), .bootId = base::Uuid::fromName("evenhand.demo.boot", device.user.userName),
                                   .hlc = device.hlc->toString(), .contextVersion = std::nullopt, .supersedes = std::nullopt, .blobRefs = {},
                                   .payloadCommit = {}, .prevHash = device.head};
        const auto salt = base::sha256(base::asBytes("evenhand.demo.salt" + id.toString()));
        EVENHAND_ASSIGN(const auto envelope, domain::buildEnvelope(std::move(header), domain::encodePayload(payload), salt, device.key));
        device.head = envelope.hash;
        EVENHAND_ASSIGN(const auto stored, Ingest(m_store, m_keys, device.user)
                                               .store(checkEvent(envelope, device.device, m_store.dataset(), at.plusSeconds(2))));
        if (stored.verdict != "accepted")
            return base::fail(base::ErrorCode::Damaged, "the demo's own event was not accepted: " + stored.reason.value_or(stored.verdict));
        ++m_summary.events;
        return {};
    }

    Result<> writeEvent(PastDevice& device, const DemoCase& one, const PastEvent& event)
    {
        EVENHAND_TRY(send(device, event.id, event.at, one.content.head.id, event.payload));
        if (const auto* reminder = std::get_if<domain::ReminderPayload>(&event.payload))
            m_summary.callBacksToday += demoZone().dateAt(reminder->dueAt) == m_options.today ? 1 : 0;
        const auto* promise = std::get_if<domain::PromisePayload>(&event.payload);
        if (!promise)
            return {};
        m_summary.promisesDueToday += promise->dueOn == m_options.today ? 1 : 0;
        return {};
    }

    // What the lender's payment file and the calendar made of promises and plans by today.
    Result<> settle(const std::vector<DemoCase>& cases)
    {
        EVENHAND_ASSIGN(const auto seq, m_store.nextSeq());
        for (const auto& one : cases) {
            if (one.history.empty())
                continue;
            const auto& caseId = one.content.head.id;
            EVENHAND_ASSIGN(auto agreements, CaseAgreements::load(m_store, caseId, seq));
            for (const auto& event : one.history) {
                if (!event.paid)
                    continue;
                const auto id = base::Uuid::fromName("evenhand.demo.payment", event.id.toString());
                EVENHAND_TRY(agreements.put(domain::PaymentRow{id, caseId, one.content.accounts.front().id, *event.paid, *event.paidOn, "app", false,
                                                               "DEMO" + id.toString().substr(0, 8)}));
            }
            EVENHAND_ASSIGN(const bool wrote, agreements.settle(demoZone().instantOf(m_options.today, 8 * 3600)));
            if (wrote)
                EVENHAND_TRY(m_store.viewLog().announce(caseId, seq));
        }
        return {};
    }

    Store& m_store;
    const ServerKeys& m_keys;
    const DemoOptions& m_options;
    const base::Clock& m_clock;
    std::vector<PastDevice> m_devices;
    DemoSummary m_summary;
};

} // namespace

const std::vector<DemoUser>& demoUsers()
{
    static const std::vector<DemoUser> users{{"li.na", "李娜", UserRole::Agent, "一组", "0817"},
                                             {"wang.wei", "王伟", UserRole::Agent, "一组", "0822"},
                                             {"zhao.min", "赵敏", UserRole::Field, "二组", "0903"},
                                             {"chen.jing", "陈静", UserRole::Supervisor, "一组", "0105"},
                                             {"admin", "管理员", UserRole::Admin, "", ""}};
    return users;
}

Result<DemoSummary> createDemo(Store& store, const ServerKeys& keys, const DemoOptions& options, const base::Clock& clock)
{
    return DemoWriter(store, keys, options, clock).run();
}

} // namespace evenhand::server::demo
