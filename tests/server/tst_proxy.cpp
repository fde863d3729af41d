// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSslSocket>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTest>

#include "tests/server/sitedevices.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using base::Json;

namespace {

QString findProgram(const QString& name) { return QStandardPaths::findExecutable(name, {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin")}); }

quint16 freePort()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : quint16{0};
}

/// nginx with packaging/nginx-evenhand.conf as it is, but for ports and the certificate, before a running evenhandd.
class Proxy {
public:
    explicit Proxy(quint16 server)
    {
        const auto openssl = run(findProgram(QStringLiteral("openssl")),
                                 {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-keyout"),
                                  path("key.pem"), QStringLiteral("-out"), path("chain.pem"), QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"), QStringLiteral("/CN=evenhand.example")});
        QFile shipped(QStringLiteral(EVENHAND_SOURCE_DIR "/packaging/nginx-evenhand.conf"));
        if (!openssl || !shipped.open(QIODevice::ReadOnly))
            qFatal("no certificate or no configuration");
        m_port = freePort();
        auto text = QString::fromUtf8(shipped.readAll());
        replace(text, QStringLiteral("server 127.0.0.1:8443;"), QStringLiteral("server 127.0.0.1:%1;").arg(server));
        replace(text, QStringLiteral("listen 443 ssl http2;"), QStringLiteral("listen 127.0.0.1:%1 ssl http2;").arg(m_port));
        replace(text, QStringLiteral("/etc/evenhand/"), m_folder.path() + QLatin1Char('/'));
        QString temporary;
        for (const auto* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
            temporary += QStringLiteral("    %1_temp_path %2;\n").arg(QLatin1String(kind), path(kind));
        QFile config(path("nginx.conf"));
        if (!config.open(QIODevice::WriteOnly)
            || config.write((QStringLiteral("daemon off; pid %1; error_log %2;\nevents {}\nhttp {\n    access_log off;\n").arg(path("pid"), path("errors")) + temporary + text + QStringLiteral("}\n")).toUtf8()) < 0)
            qFatal("the configuration cannot be written");
        config.close();
        // Under root nginx would work as another user, who may not enter the folder of the test.
        m_nginx.start(findProgram(QStringLiteral("nginx")), {QStringLiteral("-p"), m_folder.path(), QStringLiteral("-c"), path("nginx.conf"), QStringLiteral("-g"), QStringLiteral("master_process off;")});
        if (!m_nginx.waitForStarted())
            qFatal("nginx does not start");
    }
    ~Proxy()
    {
        m_nginx.terminate();
        if (!m_nginx.waitForFinished(5000))
            m_nginx.kill();
        m_nginx.waitForFinished();
    }
    [[nodiscard]] std::unique_ptr<QSslSocket> connected() const
    {
        auto socket = std::make_unique<QSslSocket>();
        socket->setPeerVerifyMode(QSslSocket::VerifyNone);   // the certificate is the test's own
        socket->connectToHostEncrypted(QStringLiteral("127.0.0.1"), m_port);
        return socket->waitForEncrypted(5000) ? std::move(socket) : nullptr;
    }
    [[nodiscard]] QString problem()
    {
        QFile errors(path("errors"));
        return (errors.open(QIODevice::ReadOnly) ? QString::fromUtf8(errors.readAll()) : QString()) + QString::fromUtf8(m_nginx.readAllStandardError());
    }
    /// One request and the whole answer.
    [[nodiscard]] QByteArray exchange(const std::string& request) const
    {
        const auto socket = connected();
        if (!socket)
            return {};
        socket->write(request.data(), std::ssize(request));
        QByteArray all;
        static const QRegularExpression length(QStringLiteral("content-length: (\\d+)"), QRegularExpression::CaseInsensitiveOption);
        while (socket->bytesAvailable() > 0 || socket->waitForReadyRead(10'000)) {
            all += socket->readAll();
            const auto head = all.indexOf("\r\n\r\n");
            const auto match = length.match(QString::fromUtf8(all.left(std::max<qsizetype>(head, 0))));
            if (head >= 0 && (all.startsWith("HTTP/1.1 204") || (match.hasMatch() && all.size() >= head + 4 + match.captured(1).toLongLong())))
                break;
        }
        return all;
    }

private:
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    static void replace(QString& text, const QString& from, const QString& to)
    {
        if (!text.contains(from))
            qFatal("the shipped configuration has no \"%s\"", qPrintable(from));
        text.replace(from, to);
    }
    static bool run(const QString& program, const QStringList& arguments)
    {
        QProcess process;
        process.start(program, arguments);
        return process.waitForFinished() && process.exitCode() == 0;
    }
    QTemporaryDir m_folder;
    quint16 m_port = 0;
    QProcess m_nginx;
};

} // namespace

/// The shipped configuration of the proxy, run by nginx: requests, an upload and the event stream through TLS. Skipped where nginx is not installed.
class TestProxy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        base::initialiseCrypto();
        if (findProgram(QStringLiteral("nginx")).isEmpty())
            QSKIP("nginx is not installed; run ./dev setup");
        m_site = std::make_unique<test::Site>();
        m_site->server.stop();
        QVERIFY(m_site->server.serve({QStringLiteral("--behind-proxy")}));
        m_devices = test::devicesWithTokens(*m_site, 1);
        m_proxy = std::make_unique<Proxy>(m_site->server.port());
        QTRY_VERIFY2_WITH_TIMEOUT(m_proxy->connected(), qPrintable(m_proxy->problem()), 10'000);
    }
    void cleanupTestCase()
    {
        m_proxy.reset();
        m_site.reset();
    }
    void requestsAndProblemsComeThrough();
    void aRecordingIsUploaded();
    void pokesAreNotHeldBack();
    void wrongPasswordsCountForTheirAddress();

private:
    test::SignedIn& from() { return m_devices[0]; }
    std::unique_ptr<test::Site> m_site;
    std::vector<test::SignedIn> m_devices;
    std::unique_ptr<Proxy> m_proxy;
};

void TestProxy::requestsAndProblemsComeThrough()
{
    const auto hello = m_proxy->exchange("GET /v1/hello HTTP/1.1\r\nHost: evenhand.example\r\n\r\n");
    QVERIFY2(hello.startsWith("HTTP/1.1 200") && hello.contains("Evenhand-Dataset:"), hello.constData());
    const auto refused = m_proxy->exchange("POST /v1/pull HTTP/1.1\r\nHost: evenhand.example\r\nContent-Type: application/vnd.evenhand.v1+json\r\nContent-Length: 2\r\n\r\n{}");
    QVERIFY2(refused.startsWith("HTTP/1.1 401") && refused.contains("application/problem+json"), refused.constData());
    QVERIFY(m_proxy->exchange("GET /elsewhere HTTP/1.1\r\nHost: evenhand.example\r\n\r\n").startsWith("HTTP/1.1 404"));
}

void TestProxy::aRecordingIsUploaded()
{
    const std::string bytes(3'000'000, 'r');
    const auto hash = base::sha256(base::asBytes(bytes));
    const auto now = base::SystemClock().now();
    const auto event = from().device.event({}, domain::NotePayload{base::SensitiveText("recorded"), {}}, now, [&](domain::EventHeader& header) {
        header.blobRefs = {{hash, std::ssize(bytes)}};
    });
    const auto pushed = m_proxy->exchange(test::WireClient::requestBytes("/v1/events", domain::wire::encode(domain::wire::EventsRequest{from().device.epoch, {event}}).dump(), from().token));
    QVERIFY2(pushed.startsWith("HTTP/1.1 200"), pushed.constData());
    const auto blob = [&](const std::string& method, const std::string& headers, const std::string& body) {
        return m_proxy->exchange(method + " /v1/blobs/" + base::toBase64Url(hash) + " HTTP/1.1\r\nHost: evenhand.example\r\nTus-Resumable: 1.0.0\r\nAuthorization: Bearer " + from().token + "\r\n"
                                 + headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    };
    QVERIFY(blob("POST", "Upload-Length: 3000000\r\n", {}).startsWith("HTTP/1.1 201"));
    const auto patched = blob("PATCH", "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\nUpload-Checksum: sha256 " + base::toBase64(hash) + "\r\n", bytes);
    QVERIFY2(patched.startsWith("HTTP/1.1 204") && patched.contains("Evenhand-Blob-State: verified"), patched.constData());
}

void TestProxy::pokesAreNotHeldBack()
{
    const auto stream = m_proxy->connected();
    QVERIFY(stream);
    stream->write(("GET /v1/stream?after=0 HTTP/1.1\r\nHost: evenhand.example\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + from().token + "\r\n\r\n").c_str());
    QByteArray received;
    while (!received.contains("event: poke") && stream->waitForReadyRead(3000))
        received += stream->readAll();
    QVERIFY2(received.contains("event: poke"), received.constData());
    received.clear();
    const auto added = m_site->server.run({QStringLiteral("user"), QStringLiteral("add"), QStringLiteral("colleague"), QStringLiteral("--role"), QStringLiteral("agent"),
                                           QStringLiteral("--team"), QStringLiteral("north"), QStringLiteral("--password-file"), m_site->passwordFile()});
    QCOMPARE(added.exitCode, 0);
    while (!received.contains("event: poke") && stream->waitForReadyRead(5000))
        received += stream->readAll();
    QVERIFY2(received.contains("event: poke"), "a change comes through at once, not when a buffer is full");
}

// Behind a proxy every connection is the proxy's: what is limited per address must look at whom it speaks for.
void TestProxy::wrongPasswordsCountForTheirAddress()
{
    const auto wrong = [&](const std::string& address, const std::string& user) {
        test::WireClient direct(m_site->server.port());   // as a proxy would, for two different clients
        const auto challenge = Json::parse(direct.get("/v1/hello").body)["challenge"].get<std::string>();
        const Json statement{{"v", 1}, {"kind", "enrol"}, {"device_public_key", base::toBase64Url(from().device.key.publicKey())}, {"device_label", "x"}, {"challenge", challenge},
                             {"client_version", "test"}, {"at", base::SystemClock().now().toRfc3339Utc()}};
        const auto body = domain::wire::encode(domain::wire::EnrolRequest{user, "wrong", domain::signStatement(from().device.key, statement)}).dump();
        auto bytes = test::WireClient::requestBytes("/v1/enrol", body, {});
        bytes.insert(bytes.find("\r\n") + 2, "X-Forwarded-For: 10.9.9.9, " + address + "\r\n");
        return direct.exchange(bytes).status;
    };
    for (int i = 0; i < 5; ++i)
        QCOMPARE(wrong("10.0.0.1", "nobody" + std::to_string(i)), 401);
    QCOMPARE(wrong("10.0.0.1", "nobody5"), 429);
    QCOMPARE(wrong("10.0.0.2", "nobody6"), 401);
}

QTEST_GUILESS_MAIN(TestProxy)
#include "tst_proxy.moc"
