// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include <QByteArray>

#include "app/base/crypto.h"
#include "app/domain/envelope.h"
#include "app/sync/syncprotocol.h"

namespace evenhand::sync {

/// How far the server has a blob. Codes of failures are those of the reference, §14: `not_found` (404), `gone` (410), `offset_mismatch` (409),
/// `blob_unreferenced` (409), `checksum_mismatch` (460), `not_verified` (404).
struct BlobStanding {
    std::int64_t offset = 0;                         ///< bytes that are safely there
    bool isComplete = false;                         ///< all bytes; with or without the hash having been checked
};

/// A piece of a blob that was fetched.
struct BlobPart {
    std::int64_t first = 0;                          ///< where the piece begins
    std::int64_t total = 0;                          ///< size of the whole blob
    base::Bytes bytes{};
};

/// The calls about recordings and photos (tus 1.0.0 with checksums). They use connections of their own, so that events never wait for them.
/// Each calls `done` exactly once, later and on the caller's thread, unless the object is gone.
class BlobProtocol {
public:
    template <class T>
    using Done = std::function<void(Reply<T>)>;

    virtual ~BlobProtocol() = default;
    virtual void head(const std::string& token, const base::Hash256& blob, Done<BlobStanding> done) = 0;
    virtual void create(const std::string& token, const base::Hash256& blob, std::int64_t size, Done<BlobStanding> done) = 0;
    virtual void append(const std::string& token, const base::Hash256& blob, std::int64_t offset, QByteArray piece, Done<BlobStanding> done) = 0;
    virtual void receipt(const std::string& token, const base::Hash256& blob, Done<domain::SignedStatement> done) = 0;
    /// `count` bytes from `first`, fewer at the end of the blob.
    virtual void read(const std::string& token, const base::Hash256& blob, std::int64_t first, std::int64_t count, Done<BlobPart> done) = 0;
    virtual void cancelAll() = 0;
};

} // namespace evenhand::sync
