// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "app/base/clock.h"
#include "app/base/crypto.h"
#include "app/base/result.h"

namespace evenhand::server {

/// A request body on its way to disk, hashed as it comes. Its file goes with the object.
class IncomingChunk {
public:
    IncomingChunk(std::string path, int file) : m_path(std::move(path)), m_file(file) {}
    IncomingChunk(const IncomingChunk&) = delete;
    IncomingChunk& operator=(const IncomingChunk&) = delete;
    ~IncomingChunk();
    [[nodiscard]] base::Result<> write(base::ByteView bytes);
    [[nodiscard]] base::Hash256 finish() { return m_hash.finish(); }   ///< once, after the last write()
    [[nodiscard]] std::int64_t size() const { return m_size; }
    [[nodiscard]] const std::string& path() const { return m_path; }

private:
    std::string m_path;
    int m_file;
    std::int64_t m_size = 0;
    base::Sha256Stream m_hash;
};

/// Recordings and photos on disk, named by the SHA-256 of their bytes and never held in memory:
///   ab/<64 hex>        whole: its bytes were read back and have that hash
///   ab/<64 hex>.part   grows by appended chunks; each is on the disk before append() returns
///   incoming/*         request bodies that still arrive; emptied at start
/// Thread-safe. Errors: Storage, DiskFull, Conflict (another offset than the file has), NotFound.
class BlobFiles {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<BlobFiles>> open(const std::string& root);

    [[nodiscard]] bool isWhole(const base::Hash256& hash) const;
    [[nodiscard]] std::optional<std::int64_t> partSize(const base::Hash256& hash) const;   ///< empty: there is no part
    [[nodiscard]] base::Instant lastByteAt(const base::Hash256& hash) const;               ///< of the part; the epoch when there is none
    [[nodiscard]] std::string path(const base::Hash256& hash) const;                       ///< of the whole file

    [[nodiscard]] base::Result<> create(const base::Hash256& hash);                        ///< an empty part, unless there is one
    [[nodiscard]] base::Result<std::shared_ptr<IncomingChunk>> newChunk() const;
    /// Appends the chunk at `offset`; the new size. A failure leaves the part as it was or with a beginning of the chunk.
    [[nodiscard]] base::Result<std::int64_t> append(const base::Hash256& hash, const IncomingChunk& chunk, std::int64_t offset);
    /// Reads the part back. True: it has its hash and is whole from now on. False: it had not, and is gone.
    [[nodiscard]] base::Result<bool> verify(const base::Hash256& hash);
    [[nodiscard]] base::Result<> discard(const base::Hash256& hash);                       ///< the part, if there is one
    /// Removes parts that got no byte since `before`; how many.
    [[nodiscard]] base::Result<int> removeOlderParts(base::Instant before);

private:
    explicit BlobFiles(std::string root) : m_root(std::move(root)) {}
    [[nodiscard]] std::string partPath(const base::Hash256& hash) const { return path(hash) + ".part"; }
    [[nodiscard]] std::mutex& lockOf(const base::Hash256& hash) { return m_locks[hash[0] % m_locks.size()]; }

    std::string m_root;
    std::array<std::mutex, 64> m_locks;                  // one change of a blob at a time
};

} // namespace evenhand::server
