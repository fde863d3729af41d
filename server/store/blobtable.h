// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/records.h"
#include "server/store/sqlconnection.h"

namespace evenhand::server {

/// A recording or photo whose bytes were verified.
struct VerifiedBlob {
    base::Hash256 hash;
    std::int64_t size;
    base::Instant verifiedAt;
    domain::SignedStatement receipt;               ///< kind "blob_verified"
};

struct BlobReference {
    domain::EventId eventId;
    domain::CaseId caseId;
};

/// What is known about blobs; their bytes are in BlobFiles. Not thread-safe: belongs to its connection's thread. Writing joins the
/// caller's transaction.
class BlobTable {
public:
    explicit BlobTable(SqlConnection& connection) : m_connection(connection) {}
    [[nodiscard]] base::Result<> addReference(const EventRecord& event, const base::Hash256& hash, std::int64_t size);
    /// The size that an event of this device gave; empty: none of its events names the blob, so there is nothing to upload or to see.
    [[nodiscard]] base::Result<std::optional<std::int64_t>> sizeFor(const domain::DeviceId& device, const base::Hash256& hash) const;
    [[nodiscard]] base::Result<std::vector<BlobReference>> references(const base::Hash256& hash) const;   ///< those with a case
    /// Does a case that the user may see at this moment refer to it?
    [[nodiscard]] base::Result<bool> isVisible(const UserRecord& user, const base::Hash256& hash) const;
    [[nodiscard]] base::Result<std::optional<VerifiedBlob>> find(const base::Hash256& hash) const;
    [[nodiscard]] base::Result<> insert(const VerifiedBlob& blob);        ///< keeps the first receipt

private:
    SqlConnection& m_connection;
};

} // namespace evenhand::server
