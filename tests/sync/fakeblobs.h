// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "app/sync/blobprotocol.h"
#include "tests/sync/virtualtime.h"

namespace evenhand::test {

/// Where blobs end: in memory, by the rules of tus. Survives a kill with what was confirmed.
struct FakeBlobStore {
    struct Blob {
        std::int64_t size = 0;
        QByteArray bytes{};
        bool isVerified = false;
    };
    std::map<base::Hash256, Blob> blobs{};
    base::SigningKey key = base::SigningKey::generate();
    bool knowsTheEvent = true;
    bool forgetsBeforeVerifying = false;             ///< once: it dies between the last piece and reading the whole back
    std::int64_t bytesReceived = 0;                  ///< over the wire, also of pieces that were not kept
    int requests = 0;
};

/// The wire to it; every request may be cut, before it arrives or before its answer does.
class FakeBlobWire final : public sync::BlobProtocol {
public:
    enum class Cut { None, BeforeRequest, BeforeReply };

    FakeBlobWire(FakeBlobStore& store, VirtualTime& time, domain::DatasetId dataset) : m_store(store), m_time(time), m_dataset(dataset) {}
    std::function<Cut(int request)> cut = [](int) { return Cut::None; };
    std::int64_t bytesPerSecond = 1 << 20;

    void head(const std::string&, const base::Hash256& blob, Done<sync::BlobStanding> done) override
    {
        carry<sync::BlobStanding>(0, [this, blob] { return standing(blob); }, std::move(done));
    }
    void create(const std::string&, const base::Hash256& blob, std::int64_t size, Done<sync::BlobStanding> done) override
    {
        carry<sync::BlobStanding>(0, [this, blob, size]() -> sync::Reply<sync::BlobStanding> {
            if (!m_store.knowsTheEvent)
                return refuse(409, "blob_unreferenced");
            m_store.blobs.try_emplace(blob, FakeBlobStore::Blob{size});
            return standing(blob);
        }, std::move(done));
    }
    void append(const std::string&, const base::Hash256& blob, std::int64_t offset, QByteArray piece, Done<sync::BlobStanding> done) override
    {
        const auto size = piece.size();
        carry<sync::BlobStanding>(size, [this, blob, offset, piece = std::move(piece)]() -> sync::Reply<sync::BlobStanding> {
            m_store.bytesReceived += piece.size();
            const auto found = m_store.blobs.find(blob);
            if (found == m_store.blobs.end())
                return refuse(404, "not_found");
            if (found->second.bytes.size() != offset)
                return refuse(409, "offset_mismatch");
            found->second.bytes += piece;
            return verify(blob, found->second);
        }, std::move(done));
    }
    void receipt(const std::string&, const base::Hash256& blob, Done<domain::SignedStatement> done) override
    {
        carry<domain::SignedStatement>(0, [this, blob]() -> sync::Reply<domain::SignedStatement> {
            const auto found = m_store.blobs.find(blob);
            if (found == m_store.blobs.end() || !found->second.isVerified)
                return refuse(404, "not_verified");
            return domain::signStatement(m_store.key, {{"v", 1}, {"kind", "blob_verified"}, {"key_id", "sig-1"}, {"dataset_id", m_dataset.toString()},
                                                       {"sha256", base::toBase64Url(blob)}, {"size", found->second.size},
                                                       {"verified_at", "2026-03-02T02:00:00.000Z"}});
        }, std::move(done));
    }
    void read(const std::string&, const base::Hash256& blob, std::int64_t first, std::int64_t count, Done<sync::BlobPart> done) override
    {
        carry<sync::BlobPart>(0, [this, blob, first, count]() -> sync::Reply<sync::BlobPart> {
            const auto found = m_store.blobs.find(blob);
            if (found == m_store.blobs.end() || !found->second.isVerified)
                return refuse(404, "not_found");
            const auto bytes = found->second.bytes.mid(first, count);
            return sync::BlobPart{first, found->second.size, base::Bytes(bytes.begin(), bytes.end())};
        }, std::move(done));
    }
    void cancelAll() override {}

private:
    static tl::unexpected<sync::CallFailure> refuse(int status, const char* problem)
    {
        return tl::unexpected(sync::CallFailure{{base::ErrorCode::Conflict, problem}, problem, status, "req", {}});
    }
    [[nodiscard]] sync::Reply<sync::BlobStanding> standing(const base::Hash256& blob) const
    {
        const auto found = m_store.blobs.find(blob);
        if (found == m_store.blobs.end())
            return refuse(404, "not_found");
        return sync::BlobStanding{found->second.bytes.size(), found->second.isVerified};
    }
    [[nodiscard]] sync::Reply<sync::BlobStanding> verify(const base::Hash256& hash, FakeBlobStore::Blob& blob)
    {
        if (blob.bytes.size() < blob.size)
            return standing(hash);
        const base::ByteView bytes(reinterpret_cast<const std::uint8_t*>(blob.bytes.constData()), static_cast<std::size_t>(blob.bytes.size()));
        if (std::exchange(m_store.forgetsBeforeVerifying, false) || base::sha256(bytes) != hash) {
            m_store.blobs.erase(hash);
            return refuse(410, "gone");
        }
        blob.isVerified = true;
        return standing(hash);
    }
    template <class T>
    void carry(qint64 bytes, std::function<sync::Reply<T>()> call, Done<T> done)
    {
        const auto after = 20 + bytes * 1000 / bytesPerSecond;
        const auto gone = [] { return tl::unexpected(sync::CallFailure{{base::ErrorCode::Network, "no answer"}, {}, 0, "req", {}}); };
        const auto fate = cut(m_store.requests++);
        sync::Reply<T> reply = fate == Cut::BeforeRequest ? sync::Reply<T>(gone()) : call();
        if (fate == Cut::BeforeReply)
            reply = gone();
        m_time.after(after, [done = std::move(done), reply = std::move(reply)] { done(reply); });
    }

    FakeBlobStore& m_store;
    VirtualTime& m_time;
    domain::DatasetId m_dataset;
};

} // namespace evenhand::test
