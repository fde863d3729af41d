// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QObject>
#include <QTest>

#include "tests/support/desk.h"
#include "tests/support/faultproxy.h"
#include "tests/support/serverprocess.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::test;
using base::ErrorCode;

/// Signing in against the real server, and what may go wrong with it.
class TestSignIn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        base::initialiseCrypto();
        const auto demo = m_server.run({QStringLiteral("demo")});
        QVERIFY2(demo.exitCode == 0, demo.errors.c_str());
        QVERIFY2(m_server.serve(), m_server.errors().c_str());
        m_wire = std::make_unique<FaultProxy>(m_server.port());
    }

    void aWrongPasswordMakesNoProfile()
    {
        Desk desk(m_clock);
        QVERIFY_FAILS(desk.signIn(m_wire->port(), "li.na", "not this one"), ErrorCode::Unauthorized);
        const auto profiles = Desk::wait(desk.session.profiles());
        QVERIFY_RESULT(profiles);
        QVERIFY(profiles->empty());
        QVERIFY(desk.session.state() == services::SessionState::SignedOut);
        QVERIFY_RESULT(desk.signIn(m_wire->port(), "li.na"));   // and the right one is not blocked by the try
    }

    void anUnreachableServerIsNotAWrongPassword()
    {
        m_wire->set(FaultProxy::Wire::Cut);
        Desk desk(m_clock);
        QVERIFY_FAILS(desk.signIn(m_wire->port(), "li.na"), ErrorCode::Network);
        m_wire->set(FaultProxy::Wire::Whole);
    }

    void anAddressThatCannotBeUsedIsSaidSo_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addRow("plain http to another computer") << QStringLiteral("http://collections.example");
        QTest::addRow("no scheme") << QStringLiteral("collections.example");
        QTest::addRow("a path") << QStringLiteral("https://collections.example/app");
        QTest::addRow("credentials inside") << QStringLiteral("https://a:b@collections.example");
        QTest::addRow("another scheme") << QStringLiteral("ftp://collections.example");
    }
    void anAddressThatCannotBeUsedIsSaidSo()
    {
        QFETCH(const QString, url);
        Desk desk(m_clock);
        QVERIFY_FAILS(Desk::wait(desk.session.signIn({url.toStdString(), "li.na", "x"})), ErrorCode::Invalid);
    }

    void laterThePasswordOpensTheFilesWithoutANetwork()
    {
        QTemporaryDir folder;
        {
            Desk desk(m_clock, folder.path());
            QVERIFY_RESULT(desk.signIn(m_wire->port(), "wang.wei"));
            QVERIFY(desk.waitForView());
        }
        m_wire->set(FaultProxy::Wire::Cut);
        Desk desk(m_clock, folder.path());
        QVERIFY_FAILS(desk.signIn(m_wire->port(), "wang.wei", "not this one"), ErrorCode::Unauthorized);
        const auto who = desk.signIn(m_wire->port(), "wang.wei");
        QVERIFY_RESULT(who);
        QVERIFY(!who->enrolledNow);
        QVERIFY(who->displayName != who->userName);   // it came with the first pull
        const auto today = Desk::wait(desk.queue.today());
        QVERIFY_RESULT(today);
        QVERIFY(today->cases > 0);
        QVERIFY_RESULT(Desk::wait(desk.session.lock()));
        QVERIFY_FAILS(Desk::wait(desk.queue.today()), ErrorCode::Unauthorized);
        QVERIFY_FAILS(Desk::wait(desk.session.unlock("not this one")), ErrorCode::Unauthorized);
        QVERIFY(desk.session.state() == services::SessionState::Locked);
        QVERIFY_RESULT(Desk::wait(desk.session.unlock("evenhand-demo")));
        QVERIFY_RESULT(Desk::wait(desk.queue.today()));
        m_wire->set(FaultProxy::Wire::Whole);
    }

    void oneProfileIsOpenOnce()
    {
        QTemporaryDir folder;
        Desk first(m_clock, folder.path());
        QVERIFY_RESULT(first.signIn(m_wire->port(), "li.na"));
        Desk second(m_clock, folder.path());
        QVERIFY_FAILS(second.signIn(m_wire->port(), "li.na"), ErrorCode::Conflict);
    }

    void damagedFilesAreNamedAndLeftAlone_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addRow("not a database") << QByteArray(8192, 'x');
        QTest::addRow("truncated") << QByteArray(100, '\0');
    }
    void damagedFilesAreNamedAndLeftAlone()
    {
        QFETCH(const QByteArray, content);
        QTemporaryDir folder;
        {
            Desk desk(m_clock, folder.path());
            QVERIFY_RESULT(desk.signIn(m_wire->port(), "li.na"));
        }
        const QDir profiles(folder.filePath(QStringLiteral("profiles")));
        QFile journal(profiles.filePath(profiles.entryList(QDir::Dirs | QDir::NoDotAndDotDot).value(0) + QStringLiteral("/journal.db")));
        QVERIFY(journal.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(journal.write(content), content.size());
        journal.close();
        Desk desk(m_clock, folder.path());
        const auto who = desk.signIn(m_wire->port(), "li.na");
        QVERIFY(!who);
        QVERIFY(who.error().code == ErrorCode::WrongKey || who.error().code == ErrorCode::Damaged || who.error().code == ErrorCode::Invalid);
        QVERIFY(journal.open(QIODevice::ReadOnly));
        QCOMPARE(journal.readAll(), content);   // never replaced by the program
    }

    void aCertificateNobodyVouchesForIsRefused()
    {
        const QString certificate = m_server.folder() + QStringLiteral("/tls.pem");
        const QString key = m_server.folder() + QStringLiteral("/tls.key");
        QProcess openssl;
        openssl.start(QStringLiteral("openssl"), {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ed25519"),
                                                  QStringLiteral("-nodes"), QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"),
                                                  QStringLiteral("/CN=localhost"), QStringLiteral("-addext"), QStringLiteral("subjectAltName=IP:127.0.0.1"),
                                                  QStringLiteral("-keyout"), key, QStringLiteral("-out"), certificate});
        if (!openssl.waitForFinished() || openssl.exitCode() != 0)
            QSKIP("the openssl command is needed to make a certificate");
        ServerProcess secure;
        QVERIFY(secure.run({QStringLiteral("demo")}).exitCode == 0);
        QVERIFY2(secure.serve({QStringLiteral("--tls-cert"), certificate, QStringLiteral("--tls-key"), key}), secure.errors().c_str());
        const auto url = "https://127.0.0.1:" + std::to_string(secure.port());
        Desk desk(m_clock);
        QVERIFY_FAILS(Desk::wait(desk.session.signIn({url, "li.na", "evenhand-demo"})), ErrorCode::Untrusted);
        QVERIFY_RESULT(Desk::wait(desk.session.signIn({url, "li.na", "evenhand-demo", certificate.toStdString()})));
        QVERIFY(desk.waitForView());
    }

private:
    MorningClock m_clock;
    ServerProcess m_server;
    std::unique_ptr<FaultProxy> m_wire;
};

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"
