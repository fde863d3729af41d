// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "app/base/bytes.h"
#include "app/domain/ids.h"

/// How workstation and server find out that they hold the same rows (docs/sync.md, sanity check). The digest of a bucket is the sum of
/// the digests of its rows modulo 2^128, so that a row can be taken out or put in without looking at the others. Everything is pure.
namespace evenhand::domain {

inline constexpr int kBuckets = 65;                ///< 0…63 by case; 64 for the rows without a case
inline constexpr int kCaselessBucket = 64;

[[nodiscard]] int bucketOfCase(const CaseId& caseId);   ///< the first six bits of SHA-256 over its 16 bytes

/// The digest of one row, or a sum of such digests: a number of 128 bits, big-endian.
class RowDigest {
public:
    RowDigest() = default;                         ///< of nothing
    /// The last 16 bytes of SHA-256(kind ‖ 0 ‖ id ‖ version as 8 bytes big-endian ‖ SHA-256(body)). `body` as it is stored.
    [[nodiscard]] static RowDigest ofRow(std::string_view kind, const base::Uuid& id, std::int64_t version, std::string_view body);
    /// 16 bytes as they were stored or sent; anything else counts as nothing.
    [[nodiscard]] static RowDigest fromBytes(base::ByteView bytes);

    RowDigest& operator+=(const RowDigest& other);
    RowDigest& operator-=(const RowDigest& other);
    [[nodiscard]] base::ByteView bytes() const { return m_bytes; }
    friend bool operator==(const RowDigest&, const RowDigest&) = default;

private:
    std::array<std::uint8_t, 16> m_bytes{};
};

/// Rows that were added up.
struct DigestSum {
    std::int64_t count = 0;
    RowDigest digest{};
    void add(const RowDigest& row);
    void remove(const RowDigest& row);
    void add(const DigestSum& other);
    friend bool operator==(const DigestSum&, const DigestSum&) = default;
};

} // namespace evenhand::domain
