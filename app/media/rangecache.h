// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/media/bytesource.h"

namespace evenhand::media {

/// Recordings of others, piece by piece as they are listened to, kept in a folder of at most `limitBytes`. What is kept is what the server has: sealed frames,
/// without their key.
struct RangeCacheConfig {
    std::string folder;                                  ///< made when missing, mode 0700
    std::int64_t limitBytes = 256LL << 20;
};

/// Removes the pieces heard longest ago until the folder is within its limit. Any thread.
void trimRangeCache(const RangeCacheConfig& config);

/// A sealed file that is on the server. One thread; `fetch` is called there and its `done` must be, too.
class RangedSource final : public ByteSource {
public:
    using Done = std::function<void(base::Result<base::Bytes>)>;
    using Fetch = std::function<void(std::int64_t first, std::int64_t count, Done done)>;
    struct Listener {
        std::function<void()> arrived;                   ///< has() may say something else now
        std::function<void(const base::Error&)> failed;  ///< a fetch failed; want() tries again
    };
    static constexpr std::int64_t kPiece = 64 << 10;

    [[nodiscard]] static base::Result<std::unique_ptr<RangedSource>> open(const RangeCacheConfig& config, const base::Hash256& sha256, std::int64_t size, Fetch fetch,
                                                                          Listener listener);
    ~RangedSource() override;
    [[nodiscard]] std::int64_t size() const override { return m_size; }
    [[nodiscard]] bool has(std::int64_t offset, std::int64_t count) const override;
    void want(std::int64_t offset, std::int64_t count) override;
    [[nodiscard]] base::Result<base::Bytes> read(std::int64_t offset, std::int64_t count) override;
    [[nodiscard]] std::int64_t fetchedBytes() const { return m_fetched; }   ///< from the server, since open()

private:
    RangedSource(std::string path, PosixFile data, std::int64_t size, Fetch fetch, Listener listener);
    void readMap();
    void writeMap() const;
    void arrived(std::size_t firstPiece, std::size_t pieces, base::Result<base::Bytes> bytes);

    std::string m_path;
    PosixFile m_data;
    std::int64_t m_size;
    Fetch m_fetch;
    Listener m_listener;
    std::vector<bool> m_have;
    std::set<std::size_t> m_asked;
    std::int64_t m_fetched = 0;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);   ///< an answer holds it weakly: gone source, no call
};

} // namespace evenhand::media
