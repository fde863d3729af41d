// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTimeZone>
#include <QCheckBox>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

#include "app/workstation/guideddemo/democlock.h"
#include "tests/ui/windowdriver.h"
#include "ui/call/callreminder.h"
#include "ui/call/scriptcard.h"
#include "ui/case/flagdialog.h"

using namespace evenhand;
using test::WindowDriver;

/// Whole calls by keyboard, from F9 to what stands in the record afterwards.
class TestCallStories : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        base::initialiseCrypto();
        QVERIFY2(m_data.isValid(), "no temporary folder");
        qputenv("EVENHAND_DATA_DIR", m_data.path().toUtf8());
        qputenv("EVENHAND_CONFIG_DIR", m_data.path().toUtf8());
        const auto demo = m_server.run({QStringLiteral("demo")});
        QVERIFY2(demo.exitCode == 0, demo.errors.c_str());
        QVERIFY2(m_server.serve(), m_server.errors().c_str());
        m_window = std::make_unique<WindowDriver>(m_server.port(), "li.na", m_clock);
        QVERIFY(m_window->signIn());
        QVERIFY(m_window->waitForQueue());
        m_window->openFirst();
    }
    void cleanupTestCase() { m_window.reset(); }

    void rightPartyWithAPromiseHeardInTheScript()
    {
        QVERIFY(m_window->reachCall());
        const auto id = *m_window->page()->currentCase();
        useFirstContact();
        sayTwice();                                              // institution, recording
        m_window->key(Qt::Key_1);                                // it is them
        m_window->key(Qt::Key_1);                                // identity matches
        QVERIFY(!m_window->find<QLabel>(QStringLiteral("caseOverdue"))->text().contains(u'•'));
        sayTwice();                                              // purpose, overdue; whichever script was chosen
        answerUntil(QStringLiteral("field_amount"));
        QVERIFY(m_window->page()->findChild<QLineEdit*>(QStringLiteral("field_amount")));
        auto* amount = m_window->find<QLineEdit>(QStringLiteral("field_amount"));
        amount->setFocus();
        m_window->type(QStringLiteral("100"));
        m_window->key(Qt::Key_Tab);
        m_window->type(QStringLiteral("+3"));
        m_window->key(Qt::Key_Return);
        QCOMPARE(m_window->find<QLineEdit>(QStringLiteral("promiseAmount"))->text(), QStringLiteral("100.00"));   // not typed twice
        m_window->key(Qt::Key_1, Qt::ControlModifier);           // confirmed
        m_window->key(Qt::Key_0, Qt::AltModifier);               // what the script suggests
        m_window->key(Qt::Key_S, Qt::ControlModifier);
        QVERIFY(m_window->waitUntilSaved());
        const auto call = m_window->lastCallOf(id);
        QVERIFY(call);
        QCOMPARE(call->outcome, std::string("promise"));
        QVERIFY(call->rightParty);
        QVERIFY(!call->overdueReason.empty());                   // a structured answer, from the script
        QVERIFY(call->willing == true);
        const auto view = m_window->viewOf(id);
        QVERIFY(std::ranges::any_of(view->promises, [](const services::PromiseView& promise) { return promise.amount.minor() == 10'000; }));
        m_window->key(Qt::Key_N, Qt::AltModifier);
        QTest::qWait(500);
    }

    void somebodyElseAnswersAndHearsNoAmount()
    {
        QVERIFY(m_window->reachCall());
        const auto id = *m_window->page()->currentCase();
        useFirstContact();
        sayTwice();
        m_window->key(Qt::Key_2);                                // somebody else
        m_window->key(Qt::Key_1);                                // will pass it on
        m_window->key(Qt::Key_Return);
        QVERIFY(m_window->find<QLabel>(QStringLiteral("caseOverdue"))->text().contains(u'•'));
        QTRY_VERIFY(!m_window->page()->findChild<QPushButton*>(QStringLiteral("outcome_promise")));   // makes no sense here
        m_window->key(Qt::Key_0, Qt::AltModifier);
        m_window->key(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(m_window->waitUntilSaved());
        const auto call = m_window->lastCallOf(id);
        QVERIFY(call);
        QCOMPARE(call->outcome, std::string("message_left"));
        QVERIFY(!call->rightParty);
        QTest::qWait(500);
    }

    void aStopRequestIsFoundByTheirWordsAndStopsContact()
    {
        QVERIFY(m_window->reachCall());
        const auto id = *m_window->page()->currentCase();
        useFirstContact();
        m_window->key(Qt::Key_J, Qt::ControlModifier);
        m_window->type(QStringLiteral("你们别再打了"));
        m_window->key(Qt::Key_Return);
        m_window->find<ui::ScriptCard>(QStringLiteral("scriptCard"))->setFocus();
        m_window->key(Qt::Key_Return);                           // listened
        m_window->key(Qt::Key_1);                                // no contact at all
        m_window->key(Qt::Key_Return);
        m_window->key(Qt::Key_0, Qt::AltModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->page()->findChild<QCheckBox*>(QStringLiteral("callFlag_cease")), 5000);
        auto* flag = m_window->find<QCheckBox>(QStringLiteral("callFlag_cease"));
        QVERIFY(flag->isChecked());
        QTRY_VERIFY_WITH_TIMEOUT(!flag->accessibleDescription().isEmpty(), 5000);   // what it causes is shown before it is saved
        m_window->key(Qt::Key_S, Qt::ControlModifier);
        QVERIFY(m_window->page()->isOnCall());                   // a note is asked for
        m_window->find<QPlainTextEdit>(QStringLiteral("callNote"))->setPlainText(QStringLiteral("要求停止一切联系"));
        m_window->key(Qt::Key_S, Qt::ControlModifier);
        QVERIFY(m_window->waitUntilSaved());
        const auto view = m_window->viewOf(id);
        QVERIFY(view);
        QVERIFY(std::ranges::any_of(view->flags, [](const domain::Flag& one) { return one.kind == domain::FlagKind::Cease; }));
        m_window->key(Qt::Key_F9);
        QTest::qWait(800);
        QVERIFY(!m_window->page()->isOnCall());                  // and the gate obeys at once
        m_window->key(Qt::Key_N, Qt::AltModifier);
        QTest::qWait(500);
    }

    void aDialledCallCannotBeDiscardedOrLeftWithoutAnOutcome()
    {
        QVERIFY(m_window->reachCall());
        m_open = *m_window->page()->currentCase();
        QVERIFY(m_window->find<QPushButton>(QStringLiteral("callAbandon"))->isHidden());
        m_window->key(Qt::Key_F10);
        m_window->key(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(m_window->page()->isOnCall());
        m_window->key(Qt::Key_N, Qt::AltModifier);
        QTest::qWait(300);
        QVERIFY(m_window->page()->isOnCall());
        QVERIFY(m_window->page()->currentCase() == m_open);
    }

    void aForbiddenHourIsRefusedForTheCallBack()
    {
        QVERIFY(m_window->page()->isOnCall());
        m_window->key(Qt::Key_2, Qt::AltModifier);
        auto* day = m_window->find<QLineEdit>(QStringLiteral("callbackDay"));
        day->setFocus();
        m_window->type(QStringLiteral("+1"));
        m_window->find<QLineEdit>(QStringLiteral("callbackTime"))->setFocus();
        m_window->type(nightOfYesterday().time().toString(QStringLiteral("HHmm")));
        m_window->key(Qt::Key_S, Qt::ControlModifier);
        QTest::qWait(500);
        QVERIFY(m_window->page()->isOnCall());
        QVERIFY(m_window->isSaid(QStringLiteral("届时不能拨打")));
        m_window->find<QPushButton>(QStringLiteral("callbackTomorrow"))->click();
        QTest::qWait(600);                                       // the gate's advice
        m_window->key(Qt::Key_S, Qt::ControlModifier);
        QVERIFY(m_window->waitUntilSaved());
        const auto view = m_window->viewOf(m_open);
        QVERIFY(view && view->nextActionAt);
        m_window->key(Qt::Key_N, Qt::AltModifier);
        QTest::qWait(500);
    }

    void theyCallUs()
    {
        const auto id = *m_window->page()->currentCase();
        m_window->key(Qt::Key_F9, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->page()->isOnCall(), 5000);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->find<QLabel>(QStringLiteral("scriptText"))->text().isEmpty(), 5000);
        QVERIFY(m_window->isSaid(QStringLiteral("对方来电")));
        QVERIFY(!m_window->page()->findChild<QPushButton*>(QStringLiteral("outcome_no_answer")));
        m_window->key(Qt::Key_4, Qt::AltModifier);
        m_window->find<QPlainTextEdit>(QStringLiteral("callNote"))->setPlainText(QStringLiteral("来电询问还款渠道"));
        m_window->key(Qt::Key_S, Qt::ControlModifier);
        QVERIFY(m_window->waitUntilSaved());
        const auto call = m_window->lastCallOf(id);
        QVERIFY(call);
        QVERIFY(call->direction == domain::Direction::Inbound);
        QVERIFY(!call->gateVerdict);                             // the gate is not asked when they call
    }

    void aCallMadeElsewhereIsWrittenDownAndJudged()
    {
        const auto id = *m_window->page()->currentCase();
        m_window->key(Qt::Key_F9, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->page()->isOnCall(), 5000);
        auto* when = m_window->find<QLineEdit>(QStringLiteral("callWhen"));
        when->setText(QStringLiteral("25:99"));
        m_window->key(Qt::Key_2, Qt::AltModifier);
        m_window->key(Qt::Key_S, Qt::ControlModifier);
        QTest::qWait(200);
        QVERIFY(m_window->page()->isOnCall());                   // there is no such time
        when->setText(nightOfYesterday().toString(QStringLiteral("yyyy-M-d HH:mm")));
        m_window->key(Qt::Key_S, Qt::ControlModifier);
        QVERIFY(m_window->waitUntilSaved());
        const auto view = m_window->viewOf(id);
        QVERIFY(view);
        const auto night = std::ranges::find_if(view->timeline, [](const services::TimelineItem& item) {
            return item.kind == services::TimelineKind::Call && item.isOwn && item.gateVerdict == compliance::Verdict::Block;
        });
        QVERIFY(night != view->timeline.end());                  // always recordable, and marked
        m_window->key(Qt::Key_N, Qt::AltModifier);
        QTest::qWait(500);
    }

    void flagsSayWhatTheyCauseBeforeTheyAreRecorded()
    {
        const auto id = *m_window->page()->currentCase();
        m_window->key(Qt::Key_F7);
        QTRY_VERIFY_WITH_TIMEOUT(QApplication::activeModalWidget(), 5000);
        auto* consequence = m_window->find<QLabel>(QStringLiteral("flagConsequence"));
        QTRY_VERIFY_WITH_TIMEOUT(consequence->text().contains(u'：') || consequence->text().contains(u':'), 5000);
        m_window->key(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!QApplication::activeModalWidget(), 5000);
        const auto view = m_window->viewOf(id);
        QVERIFY(view && std::ranges::any_of(view->flags, [](const domain::Flag& one) { return one.kind == domain::FlagKind::Dispute; }));
    }

    void aNewNumberIsKeptWithItsSource()
    {
        const auto id = *m_window->page()->currentCase();
        const auto before = countPoints(id);
        m_window->key(Qt::Key_F4);
        QTRY_VERIFY_WITH_TIMEOUT(QApplication::activeModalWidget(), 5000);
        m_window->find<QComboBox>(QStringLiteral("contactPointWhich"))->setCurrentIndex(0);
        m_window->find<QLineEdit>(QStringLiteral("contactPointValue"))->setFocus();
        m_window->type(QStringLiteral("12"));
        m_window->key(Qt::Key_Return);
        QTest::qWait(100);
        QVERIFY(QApplication::activeModalWidget());              // no telephone number
        m_window->type(QStringLiteral("９００００００００"));
        m_window->key(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!QApplication::activeModalWidget(), 5000);
        QTRY_COMPARE_WITH_TIMEOUT(countPoints(id), before + 1, 5000);
        m_window->key(Qt::Key_N, Qt::AltModifier);
        QTest::qWait(500);
    }

    void aReminderNeverTakesTheFocus()
    {
        const auto id = *m_window->page()->currentCase();
        const auto view = m_window->viewOf(id);
        services::CallDraft draft{view->id, view->version, domain::CallPayload{view->parties.front().id}};
        draft.call.startedAt = m_clock.now();
        draft.call.outcome = "no_answer";
        draft.reminder = domain::ReminderPayload{m_clock.now().plusMilliseconds(800), "callback"};
        const auto saved = m_window->services().calls.saveCall(draft);
        QTRY_VERIFY_WITH_TIMEOUT(saved.isFinished(), 5000);
        m_window->find<QPlainTextEdit>(QStringLiteral("noteText"))->setFocus();
        m_window->type(QStringLiteral("正在"));
        QTest::qWait(1500);
        auto& reminder = m_window->app().window().reminder();
        reminder.begin();
        QTRY_VERIFY_WITH_TIMEOUT(reminder.isVisible() || reminder.dueCount() == 0, 5000);
        QTest::qWait(500);
        QVERIFY(reminder.isVisible());
        m_window->type(QStringLiteral("输入"));
        QCOMPARE(m_window->find<QPlainTextEdit>(QStringLiteral("noteText"))->toPlainText(), QStringLiteral("正在输入"));
        reminder.later();
        QVERIFY(!reminder.isVisible());
        m_window->find<QPlainTextEdit>(QStringLiteral("noteText"))->clear();
        m_window->key(Qt::Key_N, Qt::AltModifier);
        QTest::qWait(500);
    }

    void aCaseWithdrawnDuringTheCallIsFinishedThenCloses()
    {
        QVERIFY(m_window->reachCall());
        const auto id = *m_window->page()->currentCase();
        const auto& status = m_window->services().sync.status();
        const auto portfolio = m_window->viewOf(id)->portfolio;
        const auto taken = m_server.run({QStringLiteral("unassign"), QStringLiteral("--portfolio"), QString::fromStdString(portfolio),
                                         QStringLiteral("--from"), QStringLiteral("li.na")});
        QVERIFY2(taken.exitCode == 0, taken.errors.c_str());
        ui::whenReady(m_window->services().sync.sendNow(), &m_window->app().window(), [](const base::Result<>&) {});
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isSaid(QStringLiteral("已被调走")), WindowDriver::kPatienceMs);
        QVERIFY(m_window->page()->isOnCall());
        m_window->find<QPlainTextEdit>(QStringLiteral("callNote"))->setPlainText(QStringLiteral("通话中案件被收回"));
        QTest::qWait(2500);                                      // the draft is kept although the case is gone
        m_window->key(Qt::Key_2, Qt::AltModifier);
        const auto before = status.savedHere;
        m_window->key(Qt::Key_S, Qt::ControlModifier);
        QVERIFY(m_window->waitUntilSaved());
        QTRY_VERIFY_WITH_TIMEOUT(status.savedHere > before, WindowDriver::kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->page()->isVisible(), 5000);   // then it closes
        QVERIFY(!m_window->viewOf(id));
    }

    void afterACrashTheCallIsOfferedAgain()
    {
        m_window->app().navigator().go(ui::PageId::Today);
        if (!QTest::qWaitFor([this] { return m_window->find<QTableView>(QStringLiteral("queueTable"))->model()->rowCount() > 0; }, 20'000))
            QSKIP("no case is left to call");
        m_window->openFirst();
        QVERIFY(m_window->reachCall());
        const auto id = *m_window->page()->currentCase();
        m_window->find<QPlainTextEdit>(QStringLiteral("callNote"))->setPlainText(QStringLiteral("说到一半"));
        QTest::qWait(3000);                                      // the draft timer
        m_window->close();                                       // without a word: nothing is handed over
        m_window = std::make_unique<WindowDriver>(m_server.port(), "li.na", m_clock);
        QVERIFY(m_window->signIn());
        QTRY_VERIFY_WITH_TIMEOUT(QApplication::activeModalWidget(), WindowDriver::kPatienceMs);
        m_window->key(Qt::Key_Return);                           // complete it
        QTRY_VERIFY_WITH_TIMEOUT(m_window->page()->isOnCall(), 5000);
        QVERIFY(m_window->page()->currentCase() == id);
        QCOMPARE(m_window->find<QPlainTextEdit>(QStringLiteral("callNote"))->toPlainText(), QStringLiteral("说到一半"));
        m_window->key(Qt::Key_2, Qt::AltModifier);
        m_window->key(Qt::Key_S, Qt::ControlModifier);
        QVERIFY(m_window->waitUntilSaved());
        QCOMPARE(m_window->lastCallOf(id)->text, std::string("说到一半"));
    }

private:
    /// Whatever script the case called for: these stories are told of the first contact.
    void useFirstContact()
    {
        auto* card = m_window->find<ui::ScriptCard>(QStringLiteral("scriptCard"));
        Q_EMIT card->scriptWanted("cn.first_contact");
        card->setFocus();
    }
    void sayTwice()
    {
        m_window->find<ui::ScriptCard>(QStringLiteral("scriptCard"))->setFocus();
        m_window->key(Qt::Key_Return);
        m_window->key(Qt::Key_Return);
    }
    /// First answers until a field is on the card.
    void answerUntil(const QString& field)
    {
        auto* card = m_window->find<ui::ScriptCard>(QStringLiteral("scriptCard"));
        for (int step = 0; step < 12 && !card->findChild<QLineEdit*>(field); ++step) {
            const auto* answer = card->findChild<QPushButton*>(QStringLiteral("answer1"));
            if (answer && answer->isVisible())
                m_window->key(Qt::Key_1, Qt::ControlModifier);
            else
                m_window->key(Qt::Key_Right, Qt::AltModifier);
            QTest::qWait(20);
        }
    }
    [[nodiscard]] int countPoints(const domain::CaseId& id)
    {
        int points = 0;
        if (const auto view = m_window->viewOf(id))
            for (const services::PartyView& party : view->parties)
                points += int(party.contactPoints.size());
        return points;
    }
    /// Half past two in the morning where the debtors live, as this computer's clock shows it, a day ago.
    static QDateTime nightOfYesterday()
    {
        return QDateTime(QDate::currentDate().addDays(-1), QTime(2, 30), QTimeZone("Asia/Shanghai")).toLocalTime();
    }

    QTemporaryDir m_data;
    test::ServerProcess m_server;
    workstation::DemoClock m_clock;
    std::unique_ptr<WindowDriver> m_window;
    domain::CaseId m_open = domain::CaseId::random();
};

QTEST_MAIN(TestCallStories)
#include "tst_callstories.moc"
