// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/tokens.h"
#include "tests/server/site.h"
#include "tests/server/wireclient.h"

namespace evenhand::test {

/// Devices with open sessions, written into the database of a running site beside its server: enrolling each one would cost a password hash.
inline std::vector<SignedIn> devicesWithTokens(Site& site, int count)
{
    const base::SystemClock clock;
    const auto url = *server::DatabaseUrl::parse(site.server.url());
    auto store = *server::Store::open(url, server::StoreMode::ReadWrite, clock);
    auto transaction = *store.begin();
    const auto user = **store.users().findByName("agent");
    std::vector<SignedIn> devices;
    for (int i = 0; i < count; ++i) {
        Device device(store.dataset(), domain::DeviceId::random(), user.id);
        auto token = server::makeToken();
        const auto now = clock.now();
        const auto stored = store.devices().insert({device.id, user.id, device.key.publicKey(), "test", now});
        const auto opened = store.devices().openSession({base::Uuid::random(), device.id, user.id, true, now.plusSeconds(7200)}, server::tokenHash(token), now);
        if (!stored || !opened)
            qFatal("a device cannot be stored");
        devices.push_back({std::move(device), std::move(token)});
    }
    if (!transaction.commit())
        qFatal("the devices cannot be stored");
    return devices;
}

} // namespace evenhand::test
