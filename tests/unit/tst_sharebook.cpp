// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include "app/services/sharebook.h"
#include "tests/support/fakeclock.h"

using namespace evenhand;
using namespace evenhand::test;

namespace {

constexpr compliance::AttemptPolicy kPolicy{3, 1};

/// The server's side of one call, with the real division behind it.
struct ShareServer {
    FakeClock& clock;
    std::map<std::string, compliance::AttemptPool> pools{};
    int calls = 0;
    bool losesAnswers = false;

    [[nodiscard]] sync::RoundCall from(const std::string& device)
    {
        return [this, device](const std::string&, const base::Json& body, const std::function<void(sync::Reply<base::Json>)>& answered) {
            ++calls;
            auto grants = base::Json::array();
            for (const auto& wish : body["cases"]) {
                compliance::AttemptRequest request{device, std::nullopt, wish.value("leaving", false), 0, std::nullopt};
                if (wish.contains("holds") && !wish["holds"].is_null())
                    request.holds = wish["holds"].get<std::int64_t>();
                const auto grant = pools[wish["case_id"].get<std::string>()].renew(request, clock.now(), clock.now().plusSeconds(7 * 86'400), kPolicy);
                if (!request.isLeaving)
                    grants.push_back({{"case_id", wish["case_id"]}, {"version", grant.version}, {"units", grant.units}, {"until", grant.until.toRfc3339Utc()}});
            }
            if (losesAnswers)
                return answered(tl::unexpected(sync::CallFailure{{base::ErrorCode::Network, "cut"}, {}, 0, {}, {}}));
            answered(base::Json{{"grants", std::move(grants)}});
        };
    }
};

struct Workstation {
    QTemporaryDir folder{};
    base::SecretKey key = base::SecretKey::random(32);
    FakeClock& clock;
    services::ShareBook book{folder.path().toStdString(), key, clock};

    explicit Workstation(FakeClock& c) : clock(c) {}
    bool renew(ShareServer& server, const std::string& name, const std::vector<domain::CaseId>& mine)
    {
        bool isDone = false;
        book.renew(server.from(name), mine, kPolicy, [&](bool) { isDone = true; });
        return isDone;
    }
};

std::optional<int> unitsOf(const services::ShareBook& book, const domain::CaseId& id, const FakeClock& clock, bool isOnline = false)
{
    const auto share = book.shareOf(id, clock.now(), isOnline);
    return share ? std::optional(share->units.value_or(-1)) : std::nullopt;   // −1: limited, and no share
}

} // namespace

class TestShareBook : public QObject {
    Q_OBJECT

private:
    domain::CaseId m_case = domain::CaseId::random();

private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }

    void aServerWithoutSharesLimitsNobody()
    {
        FakeClock clock;
        Workstation desk(clock);
        bool isDone = false;
        desk.book.renew([](const std::string&, const base::Json&, const std::function<void(sync::Reply<base::Json>)>& answered) {
            answered(tl::unexpected(sync::CallFailure{{base::ErrorCode::NotFound, "no such call"}, {}, 404, {}, {}}));
        }, {m_case}, kPolicy, [&](bool changed) { isDone = !changed; });
        QVERIFY(isDone);
        QVERIFY(!desk.book.shareOf(m_case, clock.now(), false));
    }

    void aloneADeviceHasEverythingAlsoOffLineAndAfterARestart()
    {
        FakeClock clock;
        ShareServer server{clock};
        Workstation desk(clock);
        QVERIFY(desk.renew(server, "desk", {m_case}));
        QCOMPARE(unitsOf(desk.book, m_case, clock), std::optional(compliance::kAttemptUnits));
        const services::ShareBook again(desk.folder.path().toStdString(), desk.key, clock);
        QCOMPARE(unitsOf(again, m_case, clock), std::optional(compliance::kAttemptUnits));
        clock.advance(8 * 86'400'000LL);
        QCOMPARE(unitsOf(again, m_case, clock), std::optional(-1));                      // run out: off-line nothing is free
        QCOMPARE(unitsOf(again, m_case, clock, true), std::optional<int>());             // on-line the facts are current
        QCOMPARE(unitsOf(again, domain::CaseId::random(), clock), std::optional(-1));    // never asked for
    }

    void aSecondDeviceGetsItsPartOnceTheFirstConfirmed()
    {
        FakeClock clock;
        ShareServer server{clock};
        Workstation desk(clock), laptop(clock);
        const auto round = [&] {
            clock.advance(1'900'000);
            return desk.renew(server, "desk", {m_case}) && laptop.renew(server, "laptop", {m_case});
        };
        QVERIFY(desk.renew(server, "desk", {m_case}));
        QVERIFY(laptop.renew(server, "laptop", {m_case}));
        QCOMPARE(unitsOf(laptop.book, m_case, clock), std::optional(0));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(round());
            QVERIFY(*unitsOf(desk.book, m_case, clock) + *unitsOf(laptop.book, m_case, clock) <= compliance::kAttemptUnits);
        }
        QCOMPARE(unitsOf(desk.book, m_case, clock), std::optional(4));
        QCOMPARE(unitsOf(laptop.book, m_case, clock), std::optional(2));
    }

    void aLostAnswerCostsNothingButTime()
    {
        FakeClock clock;
        ShareServer server{clock};
        Workstation desk(clock);
        server.losesAnswers = true;
        QVERIFY(desk.renew(server, "desk", {m_case}));
        QVERIFY(!desk.book.shareOf(m_case, clock.now(), false));
        server.losesAnswers = false;
        QVERIFY(desk.renew(server, "desk", {m_case}));
        QCOMPARE(unitsOf(desk.book, m_case, clock), std::optional(compliance::kAttemptUnits));
    }

    void aCaseThatIsGoneIsGivenBack()
    {
        FakeClock clock;
        ShareServer server{clock};
        Workstation desk(clock), other(clock);
        QVERIFY(desk.renew(server, "desk", {m_case}));
        QVERIFY(desk.renew(server, "desk", {}));
        QCOMPARE(unitsOf(desk.book, m_case, clock), std::optional(-1));
        QVERIFY(other.renew(server, "other", {m_case}));
        QCOMPARE(unitsOf(other.book, m_case, clock), std::optional(compliance::kAttemptUnits));
    }

    void manyCasesGoInSeveralCallsAndNotEveryRound()
    {
        FakeClock clock;
        ShareServer server{clock};
        Workstation desk(clock);
        std::vector<domain::CaseId> cases;
        for (int i = 0; i < 450; ++i)
            cases.push_back(domain::CaseId::random());
        QVERIFY(desk.renew(server, "desk", cases));
        QCOMPARE(server.calls, 3);
        QVERIFY(desk.renew(server, "desk", cases));     // says which grants it acts on
        QCOMPARE(server.calls, 6);
        clock.advance(60'000);
        QVERIFY(desk.renew(server, "desk", cases));
        QCOMPARE(server.calls, 6);
        for (const auto& id : cases)
            QCOMPARE(unitsOf(desk.book, id, clock), std::optional(compliance::kAttemptUnits));
    }

    void aSpoiltFileMeansNoShare()
    {
        FakeClock clock;
        ShareServer server{clock};
        Workstation desk(clock);
        QVERIFY(desk.renew(server, "desk", {m_case}));
        QFile file(desk.folder.filePath(QStringLiteral("shares.sealed")));
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(30);
        file.write("x");
        file.close();
        const services::ShareBook again(desk.folder.path().toStdString(), desk.key, clock);
        QCOMPARE(unitsOf(again, m_case, clock), std::optional(-1));
    }
};

QTEST_GUILESS_MAIN(TestShareBook)
#include "tst_sharebook.moc"
