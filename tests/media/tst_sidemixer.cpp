// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <rapidcheck.h>

#include "app/media/sidemixer.h"
#include "tests/media/speech.h"

using namespace evenhand;
using media::SideMixer;

namespace {

/// Two inputs and a clock, in steps of 20 ms.
struct Scene {
    SideMixer mixer{2};
    test::Samples sources[2] = {test::babble(1, 60), test::babble(2, 60)};
    std::size_t at[2] = {0, 0};
    std::int64_t nowMs = 10'000;
    std::vector<std::int16_t> out;
    std::vector<domain::RecordingMark> marks;

    Scene() { mixer.begin(nowMs); }
    void advance()
    {
        mixer.advance(nowMs, [this](std::span<const std::int16_t> block) { out.insert(out.end(), block.begin(), block.end()); });
        for (auto& mark : mixer.takeMarks())
            domain::putMark(marks, std::move(mark));
    }
    /// `sides`: bit 0 agent, bit 1 far end.
    void run(int ms, int sides = 3)
    {
        for (int passed = 0; passed < ms; passed += media::kBlockMs) {
            nowMs += media::kBlockMs;
            for (int side = 0; side < 2; ++side) {
                if ((sides & (1 << side)) != 0)
                    mixer.feed(side, std::span(sources[side]).subspan(at[side], media::kBlockSamples), nowMs);
                at[side] += media::kBlockSamples;   // what is not taken is gone
            }
            advance();
        }
    }
    void finish()
    {
        mixer.finish([this](std::span<const std::int16_t> block) { out.insert(out.end(), block.begin(), block.end()); });
        for (auto& mark : mixer.takeMarks())
            domain::putMark(marks, std::move(mark));
    }
    test::Samples side(int which) const { return test::sideOf(out, 2, which); }
    const domain::RecordingMark* find(const char* kind) const
    {
        const auto found = std::ranges::find(marks, kind, &domain::RecordingMark::kind);
        return found == marks.end() ? nullptr : &*found;
    }
};

} // namespace

class TestSideMixer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void steadyInputsPassUnchanged()
    {
        Scene scene;
        scene.run(10'000);
        scene.finish();
        QCOMPARE(scene.mixer.positionMs(), 10'000);
        QVERIFY(scene.marks.empty());
        QVERIFY(std::ranges::equal(scene.side(0), std::span(scene.sources[0]).first(160'000)));
        QVERIFY(std::ranges::equal(scene.side(1), std::span(scene.sources[1]).first(160'000)));
    }

    void aSideThatStopsIsAGapAndTheOtherGoesOn()
    {
        Scene scene;
        scene.run(4'000);
        scene.mixer.setTrouble(1, "device_lost");
        scene.run(3'000, 1);
        scene.mixer.setTrouble(1, {});
        scene.run(4'000);
        scene.finish();
        const auto* gap = scene.find("gap");
        QVERIFY(gap);
        QCOMPARE(gap->side, 1);
        QCOMPARE(gap->ref, std::string("device_lost"));
        QVERIFY(std::abs(gap->atMs - 4'000) <= 20);
        QVERIFY2(std::abs(gap->durationMs - 3'000) <= 40, qPrintable(QString::number(gap->durationMs)));
        QVERIFY(std::ranges::equal(scene.side(0), std::span(scene.sources[0]).first(scene.side(0).size())));
        // After the gap the side stands where it belongs: within 20 ms of its own time.
        const auto heard = test::findIn(scene.sources[1], scene.side(1), 1'600);
        QVERIFY2(std::abs(heard.offset) <= 320, qPrintable(QString::number(heard.offset)));
    }

    void nothingFromAnywhereIsTimedByTheClock()
    {
        Scene scene;
        scene.run(2'000);
        scene.run(3'000, 0);
        scene.run(2'000);
        scene.finish();
        QVERIFY2(std::abs(scene.mixer.positionMs() - 7'000) <= SideMixer::kPatienceMs, qPrintable(QString::number(scene.mixer.positionMs())));
        QVERIFY(scene.find("gap"));
        QVERIFY(scene.mixer.lostMs() >= 2 * (3'000 - 2 * SideMixer::kPatienceMs));
    }

    void aSideThatStartsLateIsPutInItsPlace()
    {
        Scene scene;
        scene.run(240, 1);
        scene.run(8'000);
        scene.finish();
        const auto heard = test::findIn(scene.sources[1], scene.side(1), 8'000);
        QVERIFY2(std::abs(heard.offset) <= 320, qPrintable(QString::number(heard.offset)));
    }

    void sleepIsOneSecondAndSaysHowLong()
    {
        Scene scene;
        scene.run(2'000);
        scene.nowMs += 3'600'000;
        scene.advance();
        scene.run(2'000);
        scene.finish();
        const auto* gap = scene.find("gap");
        QVERIFY(gap);
        QCOMPARE(gap->ref, std::string("asleep"));
        QVERIFY(gap->durationMs >= 3'600'000);
        QVERIFY2(scene.mixer.positionMs() < 6'000, qPrintable(QString::number(scene.mixer.positionMs())));
    }

    void aMuteIsAudibleAndHoldsNothing()
    {
        Scene scene;
        scene.run(2'000);
        scene.mixer.mute("payment_data");
        scene.run(3'000);
        scene.mixer.unmute();
        scene.run(2'000);
        scene.finish();
        const auto* mute = scene.find("mute");
        QVERIFY(mute);
        QCOMPARE(mute->ref, std::string("payment_data"));
        QVERIFY(std::abs(mute->atMs - 2'000) <= 20 && std::abs(mute->durationMs - 3'000) <= 20);
        const auto side = scene.side(0);
        const auto muted = std::span(side).subspan(std::size_t(mute->atMs * 16), std::size_t(mute->durationMs * 16));
        QVERIFY(test::levelDb(muted.first(3'000)) > -30);                                   // the sign
        QVERIFY(test::levelDb(muted.subspan(4'000, 16'000)) < -90);                         // nothing between two signs
        QVERIFY(std::abs(test::findIn(std::span(scene.sources[0]).subspan(32'000, 48'000), muted, 0).likeness) < 0.5);
    }

    /// A card that runs 0.1 % fast for a minute: 60 ms too much; the sides stay within 400 ms and nothing loud is cut.
    void cardsOfDifferentPaceStayTogether()
    {
        Scene scene;
        for (int second = 0; second < 50; ++second) {
            scene.run(1'000);
            for (int more = 0; more < 20; ++more)   // 2 %: a minute stands for many
                scene.mixer.feed(0, std::vector<std::int16_t>(16, 0), scene.nowMs);
        }
        scene.finish();
        QVERIFY2(scene.mixer.positionMs() < 50'000 + 500, qPrintable(QString::number(scene.mixer.positionMs())));
        QVERIFY(!scene.find("gap"));
    }

    /// Whatever the inputs do, time does not run backwards, blocks are whole, and gaps end.
    void anyPatternOfInputsGivesAWholeRecording()
    {
        const bool ok = rc::check("any pattern of inputs gives a whole recording", [] {
            Scene scene;
            const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 12));
            for (const int step : steps) {
                if (step < 4)
                    scene.run(200, step);
                else if (step < 6)
                    scene.mixer.setTrouble(step - 4, "device_lost");
                else if (step < 8)
                    scene.mixer.setTrouble(step - 6, {});
                else if (step == 8)
                    scene.mixer.mute("other");
                else if (step == 9)
                    scene.mixer.unmute();
                else
                    scene.nowMs += step == 10 ? 700 : 8'000;
            }
            scene.finish();
            RC_ASSERT(scene.out.size() == std::size_t(scene.mixer.positionMs() * 16 * 2));
            for (const auto& mark : scene.marks) {
                RC_ASSERT(mark.durationMs >= 0);
                RC_ASSERT(mark.atMs >= 0 && mark.atMs <= scene.mixer.positionMs());
            }
        });
        QVERIFY(ok);
    }
};

QTEST_GUILESS_MAIN(TestSideMixer)
#include "tst_sidemixer.moc"
