// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <future>

#include <QTest>

#include "server/sequencer/sequencer.h"
#include "tests/server/office.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;
using base::ErrorCode;
using base::Result;

namespace {

Sequencer::Job addPortfolio(const std::string& name)
{
    return [name](Store& store) -> Result<> {
        EVENHAND_TRY(store.cases().ensurePortfolio(name, base::Instant()));
        return {};
    };
}

/// The job's answer, awaited.
Result<> await(Sequencer& sequencer, Sequencer::Job job)
{
    std::promise<Result<>> answered;
    auto future = answered.get_future();
    sequencer.submit(1, std::move(job), [&](Result<> result) { answered.set_value(std::move(result)); });
    return future.get();
}

/// Does another connection see the work at the moment it is answered? That is: was it committed?
bool isVisibleWhenAnswered(test::Office& office, Sequencer& sequencer)
{
    auto reader = *Store::open(office.url(), StoreMode::ReadOnly, office.clock);
    std::promise<bool> answered;
    auto future = answered.get_future();
    sequencer.submit(1, addPortfolio("P"), [&](const Result<>&) {
        const auto found = reader.cases().findPortfolio("P");
        answered.set_value(found && *found);
    });
    return future.get();
}

} // namespace

class TestSequencer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void theAnswerComesAfterTheCommit();
    void answeringEarlyWouldBeNoticed();
    void aFailingJobIsUndoneAlone();
    void anExceptionStaysInside();
    void whatPiledUpGoesTogether();
    void tooMuchIsRefused();
    void stoppingFinishesTheQueue();
    void aSecondProgramWaitsAndTakesOver();
};

void TestSequencer::theAnswerComesAfterTheCommit()
{
    test::Office office;
    const auto sequencer = *Sequencer::start(office.url(), office.clock);
    QVERIFY(isVisibleWhenAnswered(office, *sequencer));
}

void TestSequencer::answeringEarlyWouldBeNoticed()
{
    // The control of the test above: with the protection off it must fail.
    test::Office office;
    const auto sequencer = *Sequencer::start(office.url(), office.clock);
    sequencer->answerBeforeCommit();
    QVERIFY(!isVisibleWhenAnswered(office, *sequencer));
}

void TestSequencer::aFailingJobIsUndoneAlone()
{
    test::Office office;
    const auto sequencer = *Sequencer::start(office.url(), office.clock);
    const auto failed = await(*sequencer, [](Store& store) -> Result<> {
        EVENHAND_TRY(addPortfolio("half")(store));
        return base::fail(ErrorCode::Invalid, "no");
    });
    QVERIFY_FAILS(failed, ErrorCode::Invalid);
    QVERIFY_RESULT(await(*sequencer, addPortfolio("whole")));
    QVERIFY(!*office.store().cases().findPortfolio("half"));
    QVERIFY(*office.store().cases().findPortfolio("whole"));
}

void TestSequencer::anExceptionStaysInside()
{
    test::Office office;
    const auto sequencer = *Sequencer::start(office.url(), office.clock);
    QVERIFY(!await(*sequencer, [](Store&) -> Result<> { throw std::runtime_error("boom"); }));
    QVERIFY_RESULT(await(*sequencer, addPortfolio("after")));
}

void TestSequencer::whatPiledUpGoesTogether()
{
    test::Office office;
    const auto sequencer = *Sequencer::start(office.url(), office.clock);
    std::promise<void> gate;
    const auto opened = gate.get_future().share();
    std::vector<int> order;   // on the sequencer thread only, until the last answer
    std::promise<void> done;
    sequencer->submit(1, [opened](Store&) -> Result<> { opened.wait(); return {}; }, [](const Result<>&) {});
    for (int i = 0; i < 10; ++i) {
        sequencer->submit(1, [&order, i](Store&) -> Result<> { order.push_back(i); return {}; }, [&order, &done, i](const Result<>&) {
            order.push_back(100 + i);
            if (i == 9)
                done.set_value();
        });
    }
    gate.set_value();
    done.get_future().wait();
    // All ten ran before the first was answered: one transaction.
    const std::vector<int> expected{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109};
    QCOMPARE(order, expected);
}

void TestSequencer::tooMuchIsRefused()
{
    test::Office office;
    const auto sequencer = *Sequencer::start(office.url(), office.clock);
    std::promise<void> gate;
    const auto opened = gate.get_future().share();
    std::promise<void> running;
    sequencer->submit(1, [opened, &running](Store&) -> Result<> { running.set_value(); opened.wait(); return {}; }, [](const Result<>&) {});
    running.get_future().wait();
    sequencer->submit(Sequencer::kQueueWeight, [](Store&) -> Result<> { return {}; }, [](const Result<>&) {});
    Result<> refused;
    sequencer->submit(1, [](Store&) -> Result<> { return {}; }, [&](const Result<>& result) { refused = result; });
    gate.set_value();
    QVERIFY_FAILS(refused, ErrorCode::Conflict);
}

void TestSequencer::stoppingFinishesTheQueue()
{
    test::Office office;
    int answered = 0;
    {
        const auto sequencer = *Sequencer::start(office.url(), office.clock);
        for (int i = 0; i < 50; ++i)
            sequencer->submit(1, addPortfolio(std::to_string(i)), [&](const Result<>& result) { answered += result ? 1 : 0; });
    }
    QCOMPARE(answered, 50);
    QVERIFY(*office.store().cases().findPortfolio("49"));
}

void TestSequencer::aSecondProgramWaitsAndTakesOver()
{
    test::Office office;
    auto first = *Sequencer::start(office.url(), office.clock);
    QVERIFY_FAILS(Sequencer::start(office.url(), office.clock, std::chrono::milliseconds(300)), ErrorCode::Conflict);
    std::thread ends([&first] {
        std::this_thread::sleep_for(std::chrono::milliseconds(700));
        first.reset();
    });
    const auto second = Sequencer::start(office.url(), office.clock, std::chrono::seconds(10));
    ends.join();
    QVERIFY_RESULT(second);
    QVERIFY_RESULT(await(**second, addPortfolio("after the takeover")));
}

QTEST_GUILESS_MAIN(TestSequencer)
#include "tst_sequencer.moc"
