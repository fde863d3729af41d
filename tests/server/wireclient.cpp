// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/wireclient.h"

#include <algorithm>

#include "app/domain/wire/wire.h"

namespace evenhand::test {

using base::Json;

namespace {

WireClient::Answer parse(const QByteArray& bytes)
{
    WireClient::Answer answer;
    const auto headEnd = bytes.indexOf("\r\n\r\n");
    if (headEnd < 0 || !bytes.startsWith("HTTP/1.1 "))
        return answer;
    answer.status = bytes.mid(9, 3).toInt();
    const auto lines = bytes.left(headEnd).split('\n');
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const auto colon = lines[i].indexOf(':');
        answer.headers[lines[i].left(colon).toLower().toStdString()] = lines[i].mid(colon + 1).trimmed().toStdString();
    }
    answer.body = bytes.mid(headEnd + 4).toStdString();
    return answer;
}

bool isWhole(const QByteArray& bytes)
{
    const auto answer = parse(bytes);
    const auto length = answer.headers.find("content-length");
    if (answer.status == 204)
        return true;
    return answer.status != 0 && length != answer.headers.end() && answer.body.size() >= std::stoul(length->second);
}

} // namespace

std::string WireClient::requestBytes(const std::string& path, const std::string& body, const std::string& token)
{
    return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + domain::wire::kMediaType + "\r\nContent-Length: "
        + std::to_string(body.size()) + (token.empty() ? "" : "\r\nAuthorization: Bearer " + token) + "\r\n\r\n" + body;
}

WireClient::Answer WireClient::exchange(const std::string& bytes, int timeoutMs)
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
    if (!socket.waitForConnected(timeoutMs))
        return {};
    socket.write(bytes.data(), static_cast<qint64>(bytes.size()));
    QByteArray received;
    while (!isWhole(received) && (socket.bytesAvailable() > 0 || socket.waitForReadyRead(timeoutMs)))
        received += socket.readAll();
    received += socket.readAll();
    return parse(received);
}

void WireClient::sendAndHangUp(const std::string& bytes)
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
    if (!socket.waitForConnected(5000))
        return;
    socket.write(bytes.data(), static_cast<qint64>(bytes.size()));
    while (socket.bytesToWrite() > 0 && socket.waitForBytesWritten(5000)) {
    }
    socket.abort();
}

WireClient::Answer WireClient::get(const std::string& path, const std::string& token)
{
    return exchange("GET " + path + " HTTP/1.1\r\nHost: localhost" + (token.empty() ? "" : "\r\nAuthorization: Bearer " + token) + "\r\n\r\n");
}

WireClient::Answer WireClient::post(const std::string& path, const Json& body, const std::string& token)
{
    return exchange(requestBytes(path, body.dump(), token));
}

SignedIn enrolAndSignIn(quint16 port, const std::string& userName, const std::string& password)
{
    WireClient client(port);
    const auto hello = domain::wire::decodeHello(Json::parse(client.get("/v1/hello").body));
    if (!hello)
        qFatal("hello: %s", hello.error().detail.c_str());
    Device device(hello->datasetId, domain::DeviceId::random(), domain::UserId::random());
    const auto at = base::SystemClock().now().toRfc3339Utc();
    const Json enrolment{{"v", 1}, {"kind", "enrol"}, {"device_public_key", base::toBase64Url(device.key.publicKey())}, {"device_label", "test"},
                         {"challenge", hello->challenge}, {"client_version", "test"}, {"at", at}};
    const auto enrolled = client.post("/v1/enrol", domain::wire::encode(domain::wire::EnrolRequest{userName, password, domain::signStatement(device.key, enrolment)}));
    if (enrolled.status != 201)
        qFatal("enrol: %d %s", enrolled.status, enrolled.body.c_str());
    const auto answer = *domain::wire::decodeEnrolResponse(Json::parse(enrolled.body));
    device.id = answer.deviceId;
    device.user = answer.userId;
    const Json statement{{"v", 1}, {"kind", "session"}, {"dataset_id", hello->datasetId.toString()}, {"device_id", device.id.toString()},
                         {"user_id", device.user.toString()}, {"grant", "password"}, {"challenge", hello->challenge}, {"epoch", device.epoch.toString()},
                         {"head_seq", 0}, {"head_hash", base::toBase64Url(base::Hash256{})}, {"client_version", "test"}, {"at", at}};
    const auto opened = client.post("/v1/session", domain::wire::encode(domain::wire::SessionRequest{domain::signStatement(device.key, statement), password, std::nullopt}));
    if (opened.status != 200)
        qFatal("session: %d %s", opened.status, opened.body.c_str());
    SignedIn result{std::move(device), domain::wire::decodeSessionResponse(Json::parse(opened.body))->accessToken};
    std::copy_n(answer.serverKeys.at(0).publicKey.begin(), result.serverKey.size(), result.serverKey.begin());
    return result;
}

} // namespace evenhand::test
