// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <type_traits>

#include "app/base/bytes.h"

/// Little-endian numbers in byte strings, for the files of this layer.
namespace evenhand::media {

template <class T>
void putNumber(base::Bytes& out, T value)
{
    auto rest = static_cast<std::make_unsigned_t<T>>(value);
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        out.push_back(static_cast<std::uint8_t>(rest & 0xFFU));
        rest = static_cast<std::make_unsigned_t<T>>(static_cast<std::uint64_t>(rest) >> 8U);
    }
}

inline void putBytes(base::Bytes& out, base::ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

/// Reads on from the front. Past the end everything is zero and ok() is false.
class ByteReader {
public:
    explicit ByteReader(base::ByteView bytes) : m_bytes(bytes) {}

    template <class T>
    [[nodiscard]] T number()
    {
        const auto view = take(sizeof(T));
        std::uint64_t value = 0;
        for (std::size_t i = view.size(); i > 0; --i)
            value = value << 8U | view[i - 1];
        return static_cast<T>(value);
    }
    [[nodiscard]] base::ByteView take(std::size_t count)
    {
        if (count > m_bytes.size()) {
            m_ok = false;
            m_bytes = {};
            return {};
        }
        const auto view = m_bytes.first(count);
        m_bytes = m_bytes.subspan(count);
        return view;
    }
    [[nodiscard]] base::ByteView rest() const { return m_bytes; }
    [[nodiscard]] bool ok() const { return m_ok; }

private:
    base::ByteView m_bytes;
    bool m_ok = true;
};

} // namespace evenhand::media
