// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>

#include "db/casecache.h"
#include "db/searchkeys.h"
#include "tests/support/cachefixture.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testprofile.h"
#include "tests/support/testresult.h"

using namespace evenhand;

class TestSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        base::initialiseCrypto();
        m_cache = std::make_unique<db::CaseCache>(std::move(db::CaseCache::open(test::cacheConfig(m_folder.path().toStdString()), m_clock).value()));
        std::vector<domain::wire::PullOp> ops;
        const char* names[] = {"张三",   "单雄信", "仇英",   "曾国华", "解小明", "欧阳修文", "吕布",      "王重阳",
                               "刘小红", "John Smith", "阿依古丽·买买提江", "朱石生", "张三丰", "李 娜"};
        int number = 1;
        for (const char* name : names) {
            const auto more = test::caseOps({.number = number, .name = name, .phone = "1990000" + std::to_string(1000 + 7 * number)}, number * 10);
            ops.insert(ops.end(), more.begin(), more.end());
            ++number;
        }
        QVERIFY_RESULT(m_cache->stagePage(test::page(ops, 1000)));
        QVERIFY_RESULT(m_cache->applyStaged());
    }

    void findsWhatPeopleType_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("found");
        const auto row = [](const char* rule, const char* text, const char* name, bool found = true) {
            QTest::newRow(rule) << QString::fromUtf8(text) << QString::fromUtf8(name) << found;
        };
        row("the whole name", "张三", "张三");
        row("the first character", "张", "张三");
        row("the last character", "三", "张三");
        row("two characters inside a longer name", "小明", "解小明");
        row("initials with zh as two letters", "zhs", "张三");
        row("initials, one letter each", "zs", "张三");
        row("whole pinyin", "zhangsan", "张三");
        row("pinyin half typed", "zhangs", "张三");
        row("initial and whole", "zsan", "张三");
        row("the given name alone", "san", "张三");
        row("upper case", "ZHS", "张三");
        row("full width letters", "ｚｈｓ", "张三");
        row("other initials do not find", "zsf", "张三", false);
        row("three initials", "zsf", "张三丰");
        row("surname in full, the rest as initials", "liuxh", "刘小红");
        row("surname 单 is shan", "sxx", "单雄信");
        row("surname 单 read as dan", "danxx", "单雄信");
        row("surname 仇 is qiu", "qiuying", "仇英");
        row("surname 仇 read as chou", "chouying", "仇英");
        row("surname 曾 is zeng", "zenggh", "曾国华");
        row("surname 曾 read as ceng", "cgh", "曾国华");
        row("surname 解 is xie", "xiexm", "解小明");
        row("surname 解 read as jie", "jxm", "解小明");
        row("重 in a given name, chong", "wcy", "王重阳");
        row("重 in a given name, zhong", "wangzhongyang", "王重阳");
        row("surname of two characters", "ouyang", "欧阳修文");
        row("initials of four characters", "oyxw", "欧阳修文");
        row("ü typed as v", "lvbu", "吕布");
        row("ü typed as u", "lubu", "吕布");
        row("retroflex initials in the middle", "zhushsh", "朱石生");
        row("a long name by initials", "aygl", "阿依古丽·买买提江");
        row("a long name by characters", "买买提", "阿依古丽·买买提江");
        row("a name with a blank inside", "李娜", "李 娜");
        row("an English surname", "smith", "John Smith");
        row("English initials", "js", "John Smith");
        row("both words in any order", "smith john", "John Smith");
        row("a whole number", "19900001007", "张三");
        row("the end of a number", "1007", "张三");
        row("the middle of a number", "00100", "张三");
        row("three digits", "007", "张三");
        row("full width digits", "１００７", "张三");
        row("a number with separators", "1990-000-1007", "张三");
        row("a fragment of another number", "1014", "张三", false);
        row("a whole case number", "CN-2026-100001", "张三");
        row("a case number without separators", "cn2026100001", "张三");
        row("the end of a case number", "100001", "张三");
        row("name and number together", "zs 1007", "张三");
        row("name and another number", "zs 1014", "张三", false);
        row("characters and number together", "张 007", "张三");
        row("a wildcard is not a wildcard", "%", "张三", false);
        row("a quote does no harm", "' OR 1=1", "张三", false);
    }
    void findsWhatPeopleType()
    {
        QFETCH(QString, text);
        QFETCH(QString, name);
        QFETCH(bool, found);
        const auto rows = m_cache->search(text.toStdString(), 50);
        QVERIFY_RESULT(rows);
        QCOMPARE(std::ranges::any_of(*rows, [&](const auto& row) { return row.debtorName == name.toStdString(); }), found);
    }

    void blankTextFindsNothing()
    {
        QVERIFY(m_cache->search("", 10)->empty());
        QVERIFY(m_cache->search("  - ", 10)->empty());
    }
    void theExactNameComesFirst() { QCOMPARE(m_cache->search("张三", 10)->front().debtorName, std::string("张三")); }
    void theLimitHolds() { QCOMPARE(m_cache->search("1990000", 3)->size(), std::size_t{3}); }

    void aChangedNameIsFoundUnderTheNewOneOnly()
    {
        auto ops = test::caseOps({.number = 500, .name = "孙悟空"}, 5000);
        pull(ops);
        QCOMPARE(m_cache->search("swk", 5)->size(), std::size_t{1});
        ops = test::caseOps({.number = 500, .name = "猪八戒"}, 6000);
        pull(ops);
        QVERIFY(m_cache->search("swk", 5)->empty());
        QVERIFY(m_cache->search("悟空", 5)->empty());
        QCOMPARE(m_cache->search("zhbj", 5)->size(), std::size_t{1});
    }

    void veryLongTextDoesNoHarm() { QVERIFY_RESULT(m_cache->search(std::string(100000, 'z'), 5)); }

private:
    void pull(const std::vector<domain::wire::PullOp>& ops)
    {
        QVERIFY_RESULT(m_cache->stagePage(test::page(ops, 9000)));
        QVERIFY_RESULT(m_cache->applyStaged());
    }

    QTemporaryDir m_folder;
    test::FakeClock m_clock;
    std::unique_ptr<db::CaseCache> m_cache;
};

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"
