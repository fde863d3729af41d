// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>

#include "tests/server/password.h"
#include "tests/support/postgrescluster.h"
#include "tests/support/serverprocess.h"

namespace evenhand::test {

/// A running evenhandd with one account.
struct Site {
    ServerProcess server;
    Site()
    {
        if (qEnvironmentVariable("EVENHAND_TEST_DRIVER") == QLatin1String("postgresql")) {
            auto* cluster = sharedPostgres();
            if (!cluster)
                qFatal("%s", PostgresCluster::problem().c_str());
            server.useDatabase(cluster->createDatabase());
            server.setEnvironment(QStringLiteral("EVENHAND_KEYS"), server.folder() + QStringLiteral("/server.keys"));
        }
        QFile file(passwordFile());
        if (!file.open(QIODevice::WriteOnly) || file.write(kPassword) < 0)
            qFatal("cannot write the password file");
        file.close();
        const auto added = server.run({QStringLiteral("user"), QStringLiteral("add"), QStringLiteral("agent"), QStringLiteral("--role"), QStringLiteral("agent"),
                                       QStringLiteral("--team"), QStringLiteral("north"), QStringLiteral("--password-file"), passwordFile()});
        if (added.exitCode != 0 || !server.serve())
            qFatal("the server does not start: %s %s", added.errors.c_str(), server.errors().c_str());
    }
    [[nodiscard]] QString passwordFile() const { return server.folder() + QStringLiteral("/password"); }
};

} // namespace evenhand::test
