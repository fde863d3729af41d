// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>
#include <memory>

#include <sys/resource.h>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTest>

#include "app/workstation/application.h"
#include "app/workstation/guideddemo/democlock.h"
#include "tests/support/serverprocess.h"
#include "ui/pages/casepage.h"
#include "ui/widgets/phrasetextedit.h"

using namespace evenhand;

namespace {

constexpr int kPatienceMs = 60'000;
constexpr int kMostCases = 15;
constexpr rlim_t kNoRoom = 4096;   // bytes a file may have: what is there stays readable, the next page of a database is refused

/// While it lives, writing beyond the first page of any file fails.
class FullDisk {
public:
    FullDisk()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit none{kNoRoom, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &none);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit m_before{};
};

}

/// Whole-window stories: the real window over the real services against a real server, driven by real key events.
class TestWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        base::initialiseCrypto();
        const auto demo = m_server.run({QStringLiteral("demo")});
        QVERIFY2(demo.exitCode == 0, demo.errors.c_str());
        QVERIFY2(m_server.serve(), m_server.errors().c_str());
        workstation::Options options;
        options.serverUrl = "http://127.0.0.1:" + std::to_string(m_server.port());
        options.userName = "li.na";
        options.language = "zh_CN";
        options.theme = "light";
        m_app = std::make_unique<workstation::Application>(*qApp, options, m_clock);
        m_app->start();
        QApplication::setActiveWindow(&m_app->window());
    }
    void cleanupTestCase() { m_app.reset(); }

    void wrongPasswordIsSaidAndNothingOpens()
    {
        typePassword(QStringLiteral("not-the-password"));
        auto* page = find<QWidget>("signInPage");
        QTRY_VERIFY_WITH_TIMEOUT(find<QLineEdit>("signInPassword")->isEnabled(), kPatienceMs);
        QVERIFY(page->isVisible());
        QVERIFY(find<QLineEdit>("signInPassword")->text().isEmpty());
        QVERIFY(m_app->services().session.state() == services::SessionState::SignedOut);
    }
    void rightPasswordLeadsToTheQueue()
    {
        typePassword(QStringLiteral("evenhand-demo"));
        QTRY_VERIFY_WITH_TIMEOUT(m_app->services().session.state() == services::SessionState::SignedIn, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(queue()->model()->rowCount() > 0, kPatienceMs);
        QVERIFY(find<QWidget>("todayPage")->isVisible());
    }
    void everyInputHasANameForTestsAndForScreenReaders()
    {
        QStringList nameless;
        for (QWidget* widget : m_app->window().findChildren<QWidget*>()) {
            const bool input = qobject_cast<QLineEdit*>(widget) || qobject_cast<QPlainTextEdit*>(widget) || qobject_cast<QComboBox*>(widget) ||
                               qobject_cast<QAbstractButton*>(widget) || qobject_cast<QTableView*>(widget);
            if (!input || widget->objectName().startsWith(QStringLiteral("qt_")) || widget->inherits("QLineEditIconButton"))
                continue;
            QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
            const QString name = widget->accessibleName().isEmpty() && spoken ? spoken->text(QAccessible::Name) : widget->accessibleName();
            if (widget->inherits("QTableCornerButton"))
                continue;
            if (widget->objectName().isEmpty() || (name.isEmpty() && widget->isVisible()))
                nameless << QStringLiteral("%1 \"%2\" in %3").arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName(), widget->parentWidget()->objectName());
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
    }
    void noAnswerCostsThreeKeys()
    {
        openFirst();
        QVERIFY(reachCallableCase());
        m_keys = 1;   // F9 was the key that dialled
        const auto savedBefore = m_app->services().sync.status().savedHere;
        key(Qt::Key_2, Qt::AltModifier);
        key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!casePage()->isOnCall(), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(m_app->services().sync.status().savedHere > savedBefore, kPatienceMs);
        QVERIFY2(m_keys <= 3, qPrintable(QString::number(m_keys)));
    }
    void amountsStayMaskedUntilTheRightPersonIsProven()
    {
        QTest::qWait(500);
        QVERIFY(reachCallableCase());
        QVERIFY(find<QLabel>("caseOverdue")->text().contains(u'•'));
        QVERIFY(find<QLabel>("caseBalance")->text().contains(u'•'));
    }
    void unacceptablePromiseIsRefusedAndTheTextStays()
    {
        QVERIFY(casePage()->isOnCall());
        auto* note = find<ui::PhraseTextEdit>("callNote");
        note->setPlainText(QStringLiteral("客户表示下周付款"));
        key(Qt::Key_1, Qt::AltModifier);
        type("999999999");
        key(Qt::Key_Tab);
        type("0230");
        key(Qt::Key_Return, Qt::ControlModifier);
        QTest::qWait(300);
        QVERIFY(casePage()->isOnCall());
        QCOMPARE(note->toPlainText(), QStringLiteral("客户表示下周付款"));
        QVERIFY(!find<QLineEdit>("promiseAmount")->accessibleDescription().isEmpty());
        QVERIFY(!find<QLineEdit>("promiseDay")->accessibleDescription().isEmpty());
    }
    /// The disk is full: no file of this process may grow, as the kernel enforces it.
    void aFullDiskSaysNotSavedAndLosesNothing()
    {
        QVERIFY(casePage()->isOnCall());
        find<QLineEdit>("promiseAmount")->setText(QStringLiteral("100"));
        find<QLineEdit>("promiseDay")->setText(QStringLiteral("+3"));
        const auto savedBefore = m_app->services().sync.status().savedHere;
        {
            const FullDisk full;
            key(Qt::Key_Return, Qt::ControlModifier);
            QTRY_VERIFY_WITH_TIMEOUT(isSaid(QStringLiteral("未保存")), kPatienceMs);
            QTest::qWait(2500);   // the draft cannot be kept either, and must not take the message's place
            QVERIFY(isSaid(QStringLiteral("未保存")));
        }
        QVERIFY(casePage()->isOnCall());
        QCOMPARE(find<ui::PhraseTextEdit>("callNote")->toPlainText(), QStringLiteral("客户表示下周付款"));
        QCOMPARE(m_app->services().sync.status().savedHere, savedBefore);
    }
    void promiseCostsAtMostTenKeysAndTheDigits()
    {
        QVERIFY(casePage()->isOnCall());
        find<QLineEdit>("promiseAmount")->clear();
        find<QLineEdit>("promiseDay")->clear();
        m_keys = 1;   // F9
        const auto savedBefore = m_app->services().sync.status().savedHere;
        key(Qt::Key_1, Qt::AltModifier);
        const int digits = type("100") ;
        key(Qt::Key_Tab);
        const int more = type("+3");
        key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!casePage()->isOnCall(), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(m_app->services().sync.status().savedHere >= savedBefore + 2, kPatienceMs);   // the call and its promise
        QVERIFY2(m_keys - digits - more <= 10, qPrintable(QString::number(m_keys - digits - more)));
    }
    void everythingReachesTheServer()
    {
        const services::SyncStatus& status = m_app->services().sync.status();
        QTRY_VERIFY_WITH_TIMEOUT(status.savedHere > 0 && status.unsent == 0, kPatienceMs);
    }
    void switchingTheLanguageRewritesTheWindow()
    {
        services::Settings settings = m_app->preferences().settings();
        settings.language = "en";
        m_app->preferences().change(settings);
        QTRY_COMPARE(find<QAbstractButton>("rail_today")->text(), QStringLiteral("Today"));
        settings.language = "zh_CN";
        m_app->preferences().change(settings);
        QTRY_COMPARE(find<QAbstractButton>("rail_today")->text(), QStringLiteral("今日"));
    }
    void lockAndUnlockComeBackToTheSamePlace()
    {
        key(Qt::Key_L, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_app->services().session.state() == services::SessionState::Locked, kPatienceMs);
        QVERIFY(find<QWidget>("lockPage")->isVisible());
        find<QLineEdit>("unlockPassword")->setFocus();
        type("evenhand-demo");
        key(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(m_app->services().session.state() == services::SessionState::SignedIn, kPatienceMs);
        QVERIFY(!find<QWidget>("lockPage")->isVisible());
    }

private:
    template <class T>
    [[nodiscard]] T* find(const char* name) const
    {
        T* found = m_app->window().findChild<T*>(QString::fromLatin1(name));
        if (!found)
            qFatal("no widget named %s", name);
        return found;
    }
    [[nodiscard]] bool isSaid(const QString& words) const
    {
        const auto labels = m_app->window().findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->isVisible() && label->text().contains(words); });
    }
    [[nodiscard]] QTableView* queue() const { return find<QTableView>("queueTable"); }
    [[nodiscard]] ui::CasePage* casePage() const { return m_app->window().pages().caseView; }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QApplication::setActiveWindow(&m_app->window());
        QWidget* target = QApplication::focusWidget();
        QTest::keyClick(target ? target : &m_app->window(), key, modifiers);
        ++m_keys;
    }
    int type(const char* text)
    {
        for (const char* c = text; *c; ++c) {
            QTest::keyClick(QApplication::focusWidget(), *c);
            ++m_keys;
        }
        return int(qstrlen(text));
    }
    void typePassword(const QString& password)
    {
        find<QLineEdit>("signInPassword")->setFocus();
        type(password.toLatin1().constData());
        key(Qt::Key_Return);
    }
    void openFirst()
    {
        QTest::qWait(1000);
        queue()->setFocus();
        key(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!find<QLabel>("caseDebtor")->text().isEmpty(), kPatienceMs);
    }
    /// F9 on case after case until the gate lets one pass; true when a call is on.
    bool reachCallableCase()
    {
        for (int tried = 0; tried < kMostCases; ++tried) {
            key(Qt::Key_F9);
            if (QTest::qWaitFor([this] { return casePage()->isOnCall(); }, 1500))
                return true;
            key(Qt::Key_F9);   // a warning was read
            if (QTest::qWaitFor([this] { return casePage()->isOnCall(); }, 1500))
                return true;
            key(Qt::Key_N, Qt::AltModifier);
            QTest::qWait(700);
        }
        return false;
    }

    test::ServerProcess m_server;
    workstation::DemoClock m_clock;
    std::unique_ptr<workstation::Application> m_app;
    int m_keys = 0;
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
