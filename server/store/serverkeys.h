// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/base/crypto.h"
#include "app/base/json.h"
#include "app/domain/envelope.h"

namespace evenhand::server {

/// The keys by which the server is known: what signs receipts and revocations, and what seals challenges and cursors.
/// Kept in a file of its own (mode 0600) outside the database and its backups. Immutable; share freely between threads.
class ServerKeys {
public:
    /// Reads the file, or makes one with fresh keys. Two programs doing this at once end with the same keys.
    [[nodiscard]] static base::Result<ServerKeys> loadOrCreate(const std::string& path, const base::Clock& clock);
    [[nodiscard]] const std::string& keyId() const { return m_keyId; }
    [[nodiscard]] const base::PublicKey& publicKey() const { return m_sign.publicKey(); }
    [[nodiscard]] base::Instant notBefore() const { return m_notBefore; }
    [[nodiscard]] domain::SignedStatement sign(base::Json statement) const;                 ///< adds v and key_id
    /// The same for bytes that are canonical already and carry v, kind and key_id.
    [[nodiscard]] domain::SignedStatement signBytes(std::string_view kind, std::string statement) const;
    [[nodiscard]] base::Hash256 mac(std::string_view purpose, std::string_view text) const; ///< purposes do not mix

private:
    ServerKeys(std::string keyId, base::Instant notBefore, base::SigningKey sign, base::SecretKey mac);
    std::string m_keyId;
    base::Instant m_notBefore;
    base::SigningKey m_sign;
    base::SecretKey m_mac;
};

} // namespace evenhand::server
