// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/rowdigest.h"

#include <algorithm>

#include "app/base/crypto.h"

namespace evenhand::domain {

int bucketOfCase(const CaseId& caseId) { return base::sha256(caseId.uuid().bytes())[0] >> 2; }

RowDigest RowDigest::ofRow(std::string_view kind, const base::Uuid& id, std::int64_t version, std::string_view body)
{
    std::array<std::uint8_t, 8> versionBytes{};
    for (std::size_t i = 0; i < versionBytes.size(); ++i)
        versionBytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(version) >> (56 - 8 * i));
    base::Sha256Stream hash;
    hash.add(base::asBytes(kind));
    hash.add(base::asBytes(std::string_view("\0", 1)));
    hash.add(id.bytes());
    hash.add(versionBytes);
    hash.add(base::sha256(base::asBytes(body)));
    const auto whole = hash.finish();
    return fromBytes(base::ByteView(whole).subspan(16));
}

RowDigest RowDigest::fromBytes(base::ByteView bytes)
{
    RowDigest digest;
    if (bytes.size() == digest.m_bytes.size())
        std::ranges::copy(bytes, digest.m_bytes.begin());
    return digest;
}

RowDigest& RowDigest::operator+=(const RowDigest& other)
{
    unsigned carry = 0;
    for (std::size_t i = m_bytes.size(); i-- > 0;) {
        carry += static_cast<unsigned>(m_bytes[i]) + other.m_bytes[i];
        m_bytes[i] = static_cast<std::uint8_t>(carry & 0xFFU);
        carry >>= 8U;
    }
    return *this;
}

RowDigest& RowDigest::operator-=(const RowDigest& other)
{
    int borrow = 0;
    for (std::size_t i = m_bytes.size(); i-- > 0;) {
        const int difference = static_cast<int>(m_bytes[i]) - other.m_bytes[i] - borrow;
        m_bytes[i] = static_cast<std::uint8_t>(difference & 0xFF);
        borrow = difference < 0 ? 1 : 0;
    }
    return *this;
}

void DigestSum::add(const RowDigest& row)
{
    ++count;
    digest += row;
}

void DigestSum::remove(const RowDigest& row)
{
    --count;
    digest -= row;
}

void DigestSum::add(const DigestSum& other)
{
    count += other.count;
    digest += other.digest;
}

} // namespace evenhand::domain
