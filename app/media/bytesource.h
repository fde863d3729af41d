// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "app/media/posixfile.h"

namespace evenhand::media {

/// Where the bytes of a sealed file come from: the disk, or a server that is asked for them. One thread.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    [[nodiscard]] virtual std::int64_t size() const = 0;
    /// Whether read() would succeed at once.
    [[nodiscard]] virtual bool has(std::int64_t offset, std::int64_t count) const = 0;
    /// Asks for them if they are not here; `has` becomes true some time later.
    virtual void want(std::int64_t offset, std::int64_t count) = 0;
    /// NotFound when they are not here yet.
    [[nodiscard]] virtual base::Result<base::Bytes> read(std::int64_t offset, std::int64_t count) = 0;
};

/// A file of this computer.
class FileSource final : public ByteSource {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<FileSource>> open(const std::string& path);
    [[nodiscard]] std::int64_t size() const override { return m_size; }
    [[nodiscard]] bool has(std::int64_t offset, std::int64_t count) const override { return offset >= 0 && offset + count <= m_size; }
    void want(std::int64_t, std::int64_t) override {}
    [[nodiscard]] base::Result<base::Bytes> read(std::int64_t offset, std::int64_t count) override;

private:
    FileSource(PosixFile file, std::int64_t size) : m_file(std::move(file)), m_size(size) {}
    PosixFile m_file;
    std::int64_t m_size;
};

} // namespace evenhand::media
