// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/base/crypto.h"
#include "app/domain/ids.h"
#include "app/sync/syncprotocol.h"

namespace evenhand::sync {

/// The server's signing key that made `statement`, if it is one of `keys`; Unauthorized otherwise.
[[nodiscard]] base::Result<base::PublicKey> signingKeyOf(const std::string& statement, const std::vector<domain::wire::ServerKey>& keys);

/// Is what answered the server of this data set, and did it answer just now? Its identity statement must carry its own challenge and
/// be signed with a key we know. Without `known` keys (first contact) the key it presents is taken and returned.
[[nodiscard]] base::Result<base::PublicKey> checkIdentity(const domain::wire::Hello& hello, const std::vector<domain::wire::ServerKey>& known);

struct EnrolmentOrder {
    std::string userName;
    std::string password;
    std::string deviceLabel;
    std::string clientVersion;
};

/// First contact: hello, identity, enrol with the password. `done` gets the answer after it was checked that the keys it brings
/// contain the one that proved the identity. Nothing is kept here; doing it again with the same device key is harmless. Key, clock and
/// protocol must live until `done` was called.
void enrolDevice(SyncProtocol& protocol, const EnrolmentOrder& order, const base::SigningKey& deviceKey, const base::Clock& clock,
                 std::function<void(Reply<domain::wire::EnrolResponse>)> done);

} // namespace evenhand::sync
