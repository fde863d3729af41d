// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include <QTest>

#include "tests/server/sitedevices.h"
#include "tests/support/faultproxy.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using base::Json;
using test::FaultProxy;
using test::WireClient;

namespace {

bool isTorture() { return qEnvironmentVariableIsSet("EVENHAND_TORTURE"); }

std::string pushBytes(const test::SignedIn& from, const std::vector<domain::EventEnvelope>& events)
{
    return WireClient::requestBytes("/v1/events", domain::wire::encode(domain::wire::EventsRequest{from.device.epoch, events}).dump(), from.token);
}

domain::EventEnvelope note(test::Device& device)
{
    return device.event({}, domain::NotePayload{base::SensitiveText("work"), {}}, base::SystemClock().now());
}

} // namespace

/// Promise P5: exactly once, whatever byte the wire is cut at. 50 devices through a proxy that ends the connection after the n-th byte of the
/// request or of the reply. Here every 17th byte; EVENHAND_TORTURE=1: every byte. The control (without the unique index) is in tst_ingest.
class TestCuts : public QObject {
    Q_OBJECT

public:
    static void initMain()
    {
        if (isTorture())
            qputenv("QTEST_FUNCTION_TIMEOUT", "3600000");
    }

private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void everyEventArrivesOnceWhereverTheWireIsCut();
};

void TestCuts::everyEventArrivesOnceWhereverTheWireIsCut()
{
    constexpr int kDevices = 50;
    const std::int64_t step = isTorture() ? 1 : 17;
    test::Site site;
    auto devices = test::devicesWithTokens(site, kDevices);
    FaultProxy proxy(site.server.port());
    std::map<std::string, std::string> sent;      // header bytes by event
    std::map<std::string, std::string> receipts;  // as first acknowledged
    std::size_t turn = 0;
    int cuts = 0;
    const auto deliver = [&](FaultProxy::Limits limits) {
        auto& from = devices[turn++ % kDevices];
        const std::vector events{note(from.device), note(from.device)};
        for (const auto& event : events)
            sent[event.eventId.toString()] = event.header;
        const auto bytes = pushBytes(from, events);
        proxy.limitNext(limits);
        (void)WireClient(proxy.port()).exchange(bytes, 5000);
        proxy.limitNext({});
        WireClient::Answer answer;
        for (int tries = 0; tries < 10 && answer.status != 200; ++tries)
            answer = WireClient(proxy.port()).exchange(bytes);
        QCOMPARE(answer.status, 200);
        const auto response = domain::wire::decodeEventsResponse(Json::parse(answer.body));
        QVERIFY_RESULT(response);
        QCOMPARE(response->ackedUpto, from.device.headSeq());
        QVERIFY(response->missing.empty());
        for (const auto& result : response->results) {
            QVERIFY(result.verdict == "accepted" || result.verdict == "duplicate");
            receipts.emplace(result.eventId.toString(), result.receipt.statement);
        }
        ++cuts;
    };
    auto probe = test::devicesWithTokens(site, 1);
    const auto request = pushBytes(probe[0], {note(probe[0].device), note(probe[0].device)});
    const auto reply = WireClient(site.server.port()).exchange(request);
    QCOMPARE(reply.status, 200);
    const auto replySize = static_cast<std::int64_t>(reply.body.size()) + 500;   // and its header
    for (std::int64_t at = 0; at <= static_cast<std::int64_t>(request.size()); at += step)
        deliver({.request = at});
    for (std::int64_t at = 0; at <= replySize; at += step)
        deliver({.reply = at});
    qInfo("%d cuts, %zu events", cuts, sent.size());
    const base::SystemClock clock;
    auto store = *server::Store::open(*server::DatabaseUrl::parse(site.server.url()), server::StoreMode::ReadOnly, clock);
    for (const auto& [id, header] : sent) {
        const auto stored = store.events().find(*domain::EventId::tryFromString(id));
        QVERIFY(stored && *stored);
        QCOMPARE((*stored)->header, header);                              // byte for byte
        QCOMPARE((*stored)->receipt.statement, receipts.at(id));          // and its receipt is the one that was sent
    }
    const auto counted = server::Query(store.connection(), "SELECT COUNT(*) FROM events").optionalRow([](const server::SqlRow& row) { return row.integer(0); });
    QCOMPARE(counted->value(), static_cast<std::int64_t>(sent.size()) + 2);   // the probe's two
}

QTEST_GUILESS_MAIN(TestCuts)
#include "tst_cuts.moc"
