// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/cacheops.h"

#include <bit>
#include <cstring>

namespace evenhand::db {

using base::Bytes;
using base::ByteView;
using domain::wire::PullOp;

namespace {

constexpr std::uint8_t kFormat = 2;   // 1: without digests; a page staged by an older program may still lie here

class Writer {
public:
    void byte(std::uint8_t value) { m_bytes.push_back(value); }
    void number(std::int64_t value)
    {
        std::uint8_t raw[sizeof value];
        std::memcpy(raw, &value, sizeof value);   // stays on this machine, so byte order does not matter
        m_bytes.insert(m_bytes.end(), std::begin(raw), std::end(raw));
    }
    void bytes(ByteView value)
    {
        number(static_cast<std::int64_t>(value.size()));
        m_bytes.insert(m_bytes.end(), value.begin(), value.end());
    }
    void text(std::string_view value) { bytes(base::asBytes(value)); }
    void uuid(const std::optional<base::Uuid>& value) { value ? bytes(value->bytes()) : bytes({}); }
    [[nodiscard]] Bytes take() { return std::move(m_bytes); }

private:
    Bytes m_bytes;
};

class Reader {
public:
    explicit Reader(ByteView bytes) : m_bytes(bytes) {}
    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] bool atEnd() const { return m_bytes.empty(); }
    std::uint8_t byte()
    {
        const auto piece = take(1);
        return piece.empty() ? std::uint8_t{0} : piece[0];
    }
    std::int64_t number()
    {
        std::int64_t value = 0;
        if (const auto piece = take(sizeof value); !piece.empty())
            std::memcpy(&value, piece.data(), sizeof value);
        return value;
    }
    ByteView bytes() { return take(static_cast<std::size_t>(number())); }
    std::string text() { return std::string(base::asText(bytes())); }
    std::optional<base::Uuid> uuid() { return base::Uuid::tryFromBytes(bytes()); }

private:
    ByteView take(std::size_t size)
    {
        if (size > m_bytes.size()) {
            m_ok = false;
            m_bytes = {};
            return {};
        }
        const auto piece = m_bytes.first(size);
        m_bytes = m_bytes.subspan(size);
        return piece;
    }
    ByteView m_bytes;
    bool m_ok = true;
};

void write(Writer& out, const PullOp& op)
{
    out.text(op.op);
    out.number(op.seq);
    out.text(op.kind);
    out.uuid(op.id);
    out.uuid(op.caseId ? std::optional(op.caseId->uuid()) : std::nullopt);
    out.text(op.body);
    out.uuid(op.revokeId);
    out.text(op.statement ? op.statement->statement : std::string());
    out.bytes(op.statement ? ByteView(op.statement->signature) : ByteView());
    out.number(op.leaseUntil ? op.leaseUntil->milliseconds() : INT64_MIN);
    out.number(op.bucket);
    out.number(op.count);
    out.bytes(op.digest ? ByteView(*op.digest) : ByteView());
}

PullOp read(Reader& in, std::uint8_t format)
{
    PullOp op;
    op.op = in.text();
    op.seq = in.number();
    op.kind = in.text();
    op.id = in.uuid();
    if (const auto caseId = in.uuid())
        op.caseId = domain::CaseId(*caseId);
    op.body = in.text();
    op.revokeId = in.uuid();
    domain::SignedStatement statement{in.text(), {}};
    const auto signature = in.bytes();
    if (signature.size() == statement.signature.size()) {
        std::copy(signature.begin(), signature.end(), statement.signature.begin());
        op.statement = std::move(statement);
    }
    if (const auto lease = in.number(); lease != INT64_MIN)
        op.leaseUntil = base::Instant::fromMilliseconds(lease);
    if (format < 2)
        return op;
    op.bucket = in.number();
    op.count = in.number();
    if (const auto digest = in.bytes(); !digest.empty())
        op.digest = Bytes(digest.begin(), digest.end());
    return op;
}

} // namespace

Bytes encodeOps(const std::vector<PullOp>& ops)
{
    Writer out;
    out.byte(kFormat);
    for (const auto& op : ops)
        write(out, op);
    return out.take();
}

base::Result<std::vector<PullOp>> decodeOps(ByteView bytes)
{
    Reader in(bytes);
    std::vector<PullOp> ops;
    if (const auto format = in.byte(); format >= 1 && format <= kFormat) {
        while (in.ok() && !in.atEnd())
            ops.push_back(read(in, format));
        if (in.ok())
            return ops;
    }
    return base::fail(base::ErrorCode::Damaged, "a staged page is unreadable");
}

} // namespace evenhand::db
