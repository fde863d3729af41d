// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRandomGenerator>
#include <QTest>

#include "app/base/crypto.h"
#include "tests/fuzz/fuzztargets.h"

using namespace evenhand;

/// Every fuzz target with its seeds, and with seeds in which something was changed: what `./dev fuzz` does at length, without its compiler.
class TestFuzzSeeds : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void noDecoderBreaksItsWord_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(fuzz::targets().size()); ++i)
            QTest::newRow(fuzz::targets()[static_cast<std::size_t>(i)].name) << i;
    }
    void noDecoderBreaksItsWord()
    {
        QFETCH(int, index);
        const auto& target = fuzz::targets()[static_cast<std::size_t>(index)];
        QRandomGenerator random(20261201);
        for (const auto& seed : target.seeds()) {
            target.run(base::asBytes(seed));
            for (int i = 0; i < 2000; ++i) {
                auto changed = seed;
                for (int n = random.bounded(1, 4); n > 0 && !changed.empty(); --n) {
                    const auto at = static_cast<std::size_t>(random.bounded(static_cast<int>(changed.size())));
                    switch (random.bounded(4)) {
                    case 0: changed[at] = static_cast<char>(random.bounded(256)); break;
                    case 1: changed.erase(at, static_cast<std::size_t>(random.bounded(1, 9))); break;
                    case 2: changed.insert(at, changed.substr(0, static_cast<std::size_t>(random.bounded(20)))); break;
                    default: changed.resize(at);
                    }
                }
                if (changed != seed)
                    target.run(base::asBytes(changed));
            }
        }
        target.run({});
    }
};

QTEST_GUILESS_MAIN(TestFuzzSeeds)
#include "tst_fuzzseeds.moc"
