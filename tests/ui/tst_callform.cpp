// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "ui/call/callform.h"

using namespace evenhand;
using namespace evenhand::ui;

namespace {

base::Money yuan(std::int64_t amount)
{
    return *base::Money::tryFromMinor(amount * 100, *base::Currency::tryFromCode("CNY"));
}

CallForm goodPromise()
{
    CallForm form;
    form.outcome = "promise";
    form.note = QStringLiteral("pays on Friday");
    form.amountText = QStringLiteral("500");
    form.amount = yuan(500);
    form.dueText = QStringLiteral("+3");
    form.dueOn = *base::Date::tryFromIso("2026-11-27");
    form.method = "app";
    return form;
}

} // namespace

class TestCallForm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_promise.code = "promise";
        m_promise.result = domain::ContactResult::Conversation;
        m_promise.promise = guidance::Need::Required;
        m_callback.code = "callback";
        m_callback.result = domain::ContactResult::Conversation;
        m_callback.callback = guidance::Need::Required;
        m_callback.note = guidance::Need::Required;
    }
    void completePromisePasses() { QVERIFY(check(goodPromise(), &m_promise).empty()); }
    void namesWhatIsMissing_data()
    {
        QTest::addColumn<int>("change");
        QTest::addColumn<int>("field");
        QTest::newRow("no outcome") << 0 << int(FormField::Outcome);
        QTest::newRow("no amount") << 1 << int(FormField::Amount);
        QTest::newRow("more than the balance") << 2 << int(FormField::Amount);
        QTest::newRow("another currency") << 3 << int(FormField::Amount);
        QTest::newRow("no day") << 4 << int(FormField::DueOn);
        QTest::newRow("yesterday") << 5 << int(FormField::DueOn);
        QTest::newRow("more than 60 days ahead") << 6 << int(FormField::DueOn);
        QTest::newRow("no method") << 7 << int(FormField::Method);
        QTest::newRow("a blocked phrase in the note") << 8 << int(FormField::Note);
        QTest::newRow("a call-back in the past") << 9 << int(FormField::Callback);
    }
    void namesWhatIsMissing()
    {
        QFETCH(int, change);
        QFETCH(int, field);
        CallForm form = goodPromise();
        switch (change) {
        case 1: form.amount.reset(); break;
        case 2: form.amount = yuan(1001); break;
        case 3: form.amount = base::Money::tryFromMinor(100, *base::Currency::tryFromCode("USD")); break;
        case 4: form.dueOn.reset(); break;
        case 5: form.dueOn = *base::Date::tryFromIso("2026-11-23"); break;
        case 6: form.dueOn = *base::Date::tryFromIso("2027-01-24"); break;
        case 7: form.method.clear(); break;
        case 8: form.hasBlockingPhrase = true; break;
        case 9: form.callbackAt = m_limits.now; break;
        default: break;
        }
        const auto problems = check(form, change == 0 ? nullptr : &m_promise);
        QCOMPARE(int(problems.size()), 1);
        QCOMPARE(int(problems.front().field), field);
        QVERIFY(!problems.front().text.isEmpty());
    }
    void callbackOutcomeNeedsTimeAndNote()
    {
        CallForm form;
        form.outcome = "callback";
        QCOMPARE(int(check(form, &m_callback).size()), 2);
        form.note = QStringLiteral("asks for Monday");
        form.callbackAt = m_limits.now.plusSeconds(3600);
        QVERIFY(check(form, &m_callback).empty());
    }
    void draftBringsBackWhatWasTyped()
    {
        CallForm form = goodPromise();
        form.callbackAt = m_limits.now.plusSeconds(60);
        form.confirmedFlags = {domain::FlagKind::Dispute};
        const CallForm back = callFormFromJson(toJson(form));
        QCOMPARE(back.outcome, form.outcome);
        QCOMPARE(back.note, form.note);
        QCOMPARE(back.amountText, form.amountText);
        QCOMPARE(back.dueText, form.dueText);
        QCOMPARE(back.method, form.method);
        QVERIFY(back.callbackAt == form.callbackAt);
        QVERIFY(back.confirmedFlags == form.confirmedFlags);
    }

private:
    [[nodiscard]] std::vector<FormProblem> check(const CallForm& form, const guidance::Outcome* outcome) const { return problemsOf(form, outcome, true, m_limits); }

    guidance::Outcome m_promise{};
    guidance::Outcome m_callback{};
    FormLimits m_limits{.today = *base::Date::tryFromIso("2026-11-24"), .now = *base::Instant::tryFromRfc3339("2026-11-24T10:30:00+08:00"), .balance = yuan(1000)};
};

QTEST_MAIN(TestCallForm)
#include "tst_callform.moc"
