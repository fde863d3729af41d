// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include <QObject>
#include <QTest>

#include "server/store/store.h"
#include "tests/support/desk.h"
#include "tests/support/faultproxy.h"
#include "tests/support/serverprocess.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::test;

namespace {

constexpr const char* kAgent = "li.na";
constexpr const char* kSupervisor = "chen.jing";
constexpr const char* kOtherTeam = "zhao.min";

struct Reached {
    services::CaseView view;
    services::PartyView debtor;
    services::ContactPointView phone;
};

/// The first case from `first` on whose debtor may be called now.
std::optional<Reached> findReachable(Desk& desk, const std::vector<services::QueueRow>& rows, std::size_t& index)
{
    for (; index < rows.size(); ++index) {
        const auto view = Desk::wait(desk.cases.openCase(rows[index].caseId));
        if (!view)
            continue;
        for (const auto& party : view->parties) {
            for (const auto& point : party.contactPoints) {
                const bool isOpen = point.light.known && (point.light.level == compliance::Verdict::Allow || point.light.level == compliance::Verdict::Warn);
                if (party.role == domain::PartyRole::Debtor && point.kind == domain::ContactPointKind::Mobile && isOpen)
                    return Reached{*view, party, point};
            }
        }
    }
    return std::nullopt;
}

services::CallDraft draftFor(const Reached& reached, const services::GateAnswer& gate, base::Instant at, const std::string& note)
{
    services::CallDraft draft{reached.view.id, reached.view.version, domain::CallPayload{reached.debtor.id}};
    draft.call.contactPointId = reached.phone.id;
    draft.call.startedAt = at;
    draft.call.durationS = 95;
    draft.call.outcome = "promise";
    draft.call.result = domain::ContactResult::Conversation;
    draft.call.rightParty = true;
    draft.call.note = base::SensitiveText(note);
    draft.call.dial = "copy";
    draft.call.gate = gate.json;
    draft.promise = services::PromiseDraft{*base::Money::tryFromMinor(50'000, reached.view.balance.currency()), services::localDay(at).plusDays(3), "app"};
    return draft;
}

} // namespace

/// Issue of the main job: a case is worked from the queue to the server, and the network goes away in the middle.
class TestMainJob : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        base::initialiseCrypto();
        const auto demo = m_server.run({QStringLiteral("demo")});
        QVERIFY2(demo.exitCode == 0, demo.errors.c_str());
        QVERIFY2(m_server.serve(), m_server.errors().c_str());
        m_wire = std::make_unique<FaultProxy>(m_server.port());
        m_agent = std::make_unique<Desk>(m_clock);
    }

    void aFirstSignInFillsTheQueue()
    {
        QVERIFY_RESULT(Desk::wait(m_agent->packs.load()));
        const auto who = m_agent->signIn(m_wire->port(), kAgent);
        QVERIFY_RESULT(who);
        QVERIFY(who->enrolledNow);
        QVERIFY(who->role == domain::UserRole::Agent);
        QVERIFY(m_agent->waitForView());
        const auto today = Desk::wait(m_agent->queue.today());
        QVERIFY_RESULT(today);
        QVERIFY(today->cases > 0);
        QVERIFY(!today->first.empty());
        std::int64_t inBuckets = 0;
        for (const auto& bucket : today->buckets)
            inBuckets += bucket.count;
        QCOMPARE(inBuckets, today->cases);
        m_rows = today->first;
    }

    void aCallIsWorkedAndReachesTheServer()
    {
        m_first = work("谈妥，下周一前还五百元。", true);
        QVERIFY(m_first);
        QVERIFY(m_agent->waitUntilSent());
        QVERIFY(onServer(*m_first));
    }

    void withoutNetworkNothingChangesForTheAgent()
    {
        m_wire->set(FaultProxy::Wire::Cut);
        m_second = work("第二通：客户答应三天内还款。", false);
        QVERIFY(m_second);
        const auto& status = m_agent->sync.status();
        const auto saysWhy = [&status] {
            return status.connection == services::Connection::Offline && status.unsent > 0 && status.oldestUnsentAt && status.nextAttemptAt
                   && status.lastFailure;
        };
        QVERIFY(QTest::qWaitFor(saysWhy, Desk::kPatienceMs));
        QVERIFY(!onServer(*m_second));   // negative control: the wire is really cut
        const auto ledger = Desk::wait(m_agent->sync.ledger(services::SyncService::LedgerFilter::Unsent, std::nullopt, 50));
        QVERIFY_RESULT(ledger);
        QVERIFY(std::ranges::any_of(ledger->rows, [&](const services::LedgerRow& row) { return row.eventId == *m_second; }));
    }

    void aReplyThatIsLostDoesNoHarm()
    {
        m_wire->set(FaultProxy::Wire::LoseReplies);
        QVERIFY_RESULT(Desk::wait(m_agent->sync.sendNow()));
        QVERIFY(QTest::qWaitFor([&] { return m_wire->lostReplies() > 0; }, Desk::kPatienceMs));
        QVERIFY(m_agent->sync.status().unsent > 0);
    }

    void whenItComesBackTheServerHoldsBothOnceAndByteForByte()
    {
        m_wire->set(FaultProxy::Wire::Whole);
        QVERIFY(m_agent->waitUntilSent());   // nobody pressed anything
        for (const auto& id : {*m_first, *m_second}) {
            const auto own = m_agent->ownEvent(id);
            QVERIFY_RESULT(own);
            const auto stored = onServer(id);
            QVERIFY(stored);
            QCOMPARE(stored->header, own->header);
            QCOMPARE(stored->payload, own->payload);
            QVERIFY(stored->signature == own->signature);
            QCOMPARE(stored->verdict, std::string("accepted"));
            QCOMPARE(timesOnServer(own->seq, stored->deviceId), 1);
        }
    }

    void theSupervisorSeesBoth()
    {
        Desk desk(m_clock);
        QVERIFY_RESULT(Desk::wait(desk.packs.load()));
        QVERIFY_RESULT(desk.signIn(m_server.port(), kSupervisor));
        QVERIFY(desk.waitForView());
        for (const auto& id : {*m_first, *m_second}) {
            const auto row = inCallLog(desk, id);
            QVERIFY(row);
            QCOMPARE(row->outcome, std::string("promise"));
            QVERIFY(!row->note.empty());
            QVERIFY(!row->agent.empty());
            const auto detail = Desk::wait(desk.callLog.detail(*row));
            QVERIFY_RESULT(detail);
            QVERIFY(detail->gate.has_value());
            QCOMPARE(detail->promised->minor(), 50'000);
        }
    }

    void anAgentOfAnotherTeamSeesNeither()
    {
        Desk desk(m_clock);
        QVERIFY_RESULT(desk.signIn(m_server.port(), kOtherTeam));
        QVERIFY(desk.waitForView());
        QVERIFY_RESULT(Desk::wait(desk.packs.load()));
        const auto today = Desk::wait(desk.queue.today());
        QVERIFY_RESULT(today);
        QVERIFY(today->cases > 0);   // they do have work of their own
        for (const auto& id : {*m_first, *m_second})
            QVERIFY(!inCallLog(desk, id));
        for (const auto& caseId : m_worked)
            QVERIFY_FAILS(Desk::wait(desk.cases.openCase(caseId)), base::ErrorCode::NotFound);
    }

    void cleanupTestCase()
    {
        m_agent.reset();
        m_wire.reset();
        m_server.stop();
    }

private:
    /// Opens the next case that may be called, asks the gate, reveals the number, calls, notes, takes a promise and saves.
    std::optional<domain::EventId> work(const std::string& note, bool onLine)
    {
        const auto reached = findReachable(*m_agent, m_rows, m_index);
        if (!reached)
            return std::nullopt;
        ++m_index;
        const auto gate = Desk::wait(m_agent->calls.askGate({reached->view.id, reached->debtor.id, reached->phone.id}));
        const auto number = Desk::wait(m_agent->cases.reveal(reached->view.id, reached->phone.id.uuid(), services::RevealField::Phone, services::RevealReason::Dial));
        if (!gate || !number || number->find('*') != std::string::npos)
            return std::nullopt;
        const services::Draft half{services::CallService::newDraftId(), reached->view.id, "call", base::SensitiveText("{\"note\":\"half\"}")};
        if (!Desk::wait(m_agent->calls.saveDraft(half)))
            return std::nullopt;
        auto draft = draftFor(*reached, *gate, m_clock.now(), note);
        draft.draftId = half.id;
        const auto saved = Desk::wait(m_agent->calls.saveCall(draft));
        const auto drafts = Desk::wait(m_agent->calls.loadDrafts(reached->view.id));
        const auto after = Desk::wait(m_agent->cases.openCase(reached->view.id));
        if (!saved || !drafts || !drafts->empty() || !after || !after->workedToday || !isShown(*after, saved->eventId, onLine))
            return std::nullopt;
        m_worked.push_back(reached->view.id);
        return saved->eventId;
    }

    /// The call stands in the timeline at once; without network it is marked as being only here.
    static bool isShown(const services::CaseView& view, const domain::EventId& id, bool onLine)
    {
        const auto item = std::ranges::find(view.timeline, id.toString(), &services::TimelineItem::id);
        const bool hasPromise = std::ranges::any_of(view.promises, [](const services::PromiseView& promise) { return promise.amount.minor() == 50'000; });
        return item != view.timeline.end() && hasPromise && item->kind == services::TimelineKind::Call
               && (onLine || item->delivery == services::Delivery::SavedHere || item->delivery == services::Delivery::Sending);
    }

    static std::optional<services::CallLogRow> inCallLog(Desk& desk, const domain::EventId& id)
    {
        const auto page = Desk::wait(desk.callLog.list({}, 0, 5'000));
        if (!page)
            return std::nullopt;
        const auto row = std::ranges::find(page->rows, id, &services::CallLogRow::eventId);
        return row == page->rows.end() ? std::nullopt : std::optional(*row);
    }

    [[nodiscard]] base::Result<server::Store> openStore() const
    {
        EVENHAND_ASSIGN(const auto url, server::DatabaseUrl::parse(m_server.url()));
        return server::Store::open(url, server::StoreMode::ReadOnly, m_clock);
    }
    [[nodiscard]] std::optional<server::EventRecord> onServer(const domain::EventId& id) const
    {
        auto store = openStore();
        const auto found = store ? store->events().find(id) : base::Result<std::optional<server::EventRecord>>(base::fail(store.error()));
        return found ? *found : std::nullopt;
    }
    [[nodiscard]] int timesOnServer(std::int64_t seq, const domain::DeviceId& device) const
    {
        auto store = openStore();
        int times = 0;
        if (!store || !store->events().forEach(domain::eventtype::kCall, base::Instant{}, m_clock.now().plusSeconds(86'400), [&](const server::EventRecord& event) {
                times += event.seq == seq && event.deviceId == device ? 1 : 0;
                return base::Result<>();
            }))
            return -1;
        return times;
    }

    MorningClock m_clock;
    ServerProcess m_server;
    std::unique_ptr<FaultProxy> m_wire;
    std::unique_ptr<Desk> m_agent;
    std::vector<services::QueueRow> m_rows;
    std::size_t m_index = 0;
    std::optional<domain::EventId> m_first;
    std::optional<domain::EventId> m_second;
    std::vector<domain::CaseId> m_worked;
};

QTEST_GUILESS_MAIN(TestMainJob)
#include "tst_mainjob.moc"
