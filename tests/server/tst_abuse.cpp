// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <fstream>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QTest>

#include "tests/server/sitedevices.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using test::WireClient;

namespace {

bool isTorture() { return qEnvironmentVariableIsSet("EVENHAND_TORTURE"); }

constexpr int kPerAddress = 180;   // clients that share one address of 127.0.0.0/8: below the server's limit

/// A socket of the system; Qt's cost too much for ten thousand.
class Plug {
public:
    Plug(quint16 port, int number)
    {
        m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in from{};
        from.sin_family = AF_INET;
        from.sin_addr.s_addr = htonl((127U << 24U) | (1U << 16U) | static_cast<unsigned>(number / kPerAddress + 2));
        sockaddr_in to = from;
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        to.sin_port = htons(port);
        const auto address = [](const sockaddr_in& one) { return reinterpret_cast<const sockaddr*>(&one); };
        if (::bind(m_socket, address(from), sizeof from) != 0 || ::connect(m_socket, address(to), sizeof to) != 0)
            close();
    }
    Plug(Plug&& other) noexcept : m_socket(std::exchange(other.m_socket, -1)) {}
    Plug& operator=(Plug&&) = delete;
    ~Plug() { close(); }
    [[nodiscard]] bool isOpen() const { return m_socket >= 0; }
    bool send(std::string_view bytes) const { return ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT) == std::ssize(bytes); }
    /// What has come; waits until there is something or the time is over. "" also when the other side closed.
    [[nodiscard]] std::string receive(int timeoutMs) const
    {
        pollfd one{m_socket, POLLIN, 0};
        std::array<char, 4096> buffer{};
        if (::poll(&one, 1, timeoutMs) <= 0)
            return {};
        const auto count = ::recv(m_socket, buffer.data(), buffer.size(), 0);
        return count > 0 ? std::string(buffer.data(), static_cast<std::size_t>(count)) : std::string();
    }
    [[nodiscard]] bool wasClosed() const
    {
        char byte = 0;
        const auto count = ::recv(m_socket, &byte, 1, MSG_DONTWAIT | MSG_PEEK);
        return count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
    }

private:
    void close()
    {
        if (m_socket >= 0)
            ::close(m_socket);
        m_socket = -1;
    }
    int m_socket = -1;
};

double residentMiB(qint64 process)
{
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:"))
            return std::stod(line.substr(6)) / 1024.0;
    }
    return -1;
}

std::string park(const std::string& token)
{
    return "GET /v1/stream?after=1000000 HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + token + "\r\n\r\n";
}

} // namespace

/// Promises P25 and P26. 300 parked event streams, 20 clients that drip bytes and 20 that send too much, while one device pushes single
/// events; then the server stops. EVENHAND_TORTURE=1: 9,000 parked (the hard limit of descriptors here is 20,000 for both ends), 100, 100.
class TestAbuse : public QObject {
    Q_OBJECT

public:
    static void initMain()
    {
        if (isTorture())
            qputenv("QTEST_FUNCTION_TIMEOUT", "3600000");
    }

private Q_SLOTS:
    void initTestCase()
    {
        base::initialiseCrypto();
        rlimit limit{};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
    void othersAreServedWhileThousandsWaitAndSomeMisbehave();
};

void TestAbuse::othersAreServedWhileThousandsWaitAndSomeMisbehave()
{
    const int parked = isTorture() ? 9'000 : 300;
    const int bad = isTorture() ? 100 : 20;
    const int pushes = isTorture() ? 1'000 : 90;
    test::Site site;
    auto devices = test::devicesWithTokens(site, parked + 1 + pushes / 80);
    const auto port = site.server.port();
    const auto idleMiB = residentMiB(site.server.processId());
    std::vector<Plug> streams;
    for (int i = 0; i < parked; ++i) {
        streams.emplace_back(port, i);
        QVERIFY(streams.back().isOpen() && streams.back().send(park(devices[static_cast<std::size_t>(i)].token)));
        if (i >= 64)   // their first tokens cost a look into the database each: not more than a few at once
            QVERIFY2(streams[static_cast<std::size_t>(i - 64)].receive(20'000).starts_with("HTTP/1.1 200"), std::to_string(i - 64).c_str());
    }
    std::vector<Plug> drips;
    std::vector<Plug> floods;
    for (int i = 0; i < bad; ++i) {
        drips.emplace_back(port, parked + kPerAddress + i);
        QVERIFY(drips.back().send("POST /v1/events HTTP/1.1\r\n"));
        floods.emplace_back(port, parked + 3 * kPerAddress + i);
        QVERIFY(floods.back().send("POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/vnd.evenhand.v1+json\r\nTransfer-Encoding: chunked\r\n\r\n"));
    }
    std::vector<double> times;
    const std::string chunk = "8000\r\n" + std::string(0x8000, 'x') + "\r\n";
    QElapsedTimer total;
    total.start();
    double mostMiB = 0;
    for (int i = 0; i < pushes || total.elapsed() < 13'000; ++i) {
        if (i % 10 == 0) {
            for (const auto& drip : drips)
                (void)drip.send("x");
            for (const auto& flood : floods)
                (void)flood.send(chunk);
        }
        auto& from = devices[static_cast<std::size_t>(parked + i % (1 + pushes / 80))];
        const auto event = from.device.event({}, domain::NotePayload{base::SensitiveText("work"), {}}, base::SystemClock().now());
        const auto bytes = WireClient::requestBytes("/v1/events", domain::wire::encode(domain::wire::EventsRequest{from.device.epoch, {event}}).dump(), from.token);
        QElapsedTimer one;
        one.start();
        QCOMPARE(WireClient(port).exchange(bytes).status, 200);
        times.push_back(static_cast<double>(one.nsecsElapsed()) / 1e6);
        mostMiB = std::max(mostMiB, residentMiB(site.server.processId()));
        if (i >= pushes)
            QTest::qWait(60);   // beyond the figures: only until the drips must have been cut
        else if (isTorture())
            QTest::qWait(5);
    }
    std::ranges::sort(times);
    const auto p99 = times[times.size() * 99 / 100];
    const auto stillDripping = std::ranges::count_if(drips, [](const Plug& drip) { return !drip.wasClosed(); });
    const auto stillParked = std::ranges::count_if(streams, [](const Plug& stream) { return !stream.wasClosed(); });
    qInfo("%d parked, %d drip, %d flood: push p50 %.1f ms, p99 %.1f ms of %zu; server %.0f MiB (idle %.0f)", parked, bad, bad, times[times.size() / 2], p99, times.size(),
          mostMiB, idleMiB);
    QCOMPARE(stillDripping, 0);
    QCOMPARE(stillParked, parked);
    QVERIFY2(p99 < 200, "a normal push waits");
    QVERIFY2(mostMiB < 200, "the server's memory grows");

    // A planned stop sends everybody away for a time of their own.
    QCOMPARE(site.server.stopped(), 0);
    std::vector<int> seconds(60);
    int byes = 0;
    for (const auto& stream : streams) {
        std::string all;
        for (auto piece = stream.receive(2'000); !piece.empty(); piece = stream.receive(500))
            all += piece;
        const auto at = all.find("event: bye\ndata: {\"retry_after_s\":");
        if (at == std::string::npos)
            continue;
        ++byes;
        const auto after = std::stoi(all.substr(at + 34));
        QVERIFY(after >= 0 && after < 60);
        ++seconds[static_cast<std::size_t>(after)];
    }
    QCOMPARE(byes, parked);
    const auto busiest = *std::ranges::max_element(seconds);
    qInfo("the busiest second would see %d of %d clients return", busiest, parked);
    QVERIFY2(busiest < parked / 6, "a stampede");
}

QTEST_GUILESS_MAIN(TestAbuse)
#include "tst_abuse.moc"
