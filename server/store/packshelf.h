// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/store/rowtable.h"

namespace evenhand::server {

/// What is said of a published rule pack; the bundle itself is fetched by hash.
struct PackNotice {
    std::string id;
    std::string version;
    std::string hash;                        ///< "sha256:<hex>"
    std::string effectiveFrom;               ///< "2026-03-01"; empty: at once
    std::string publishedAt;                 ///< RFC 3339
};

/// Every rule pack that was ever published, kept as rows without a case. Nothing is taken off: old contacts are judged by old rules.
class PackShelf {
public:
    explicit PackShelf(SqlConnection& connection) : m_rows(connection) {}
    /// Joins the caller's transaction. Putting the same bundle twice changes nothing.
    [[nodiscard]] base::Result<> put(const PackNotice& notice, const std::string& bundle, std::int64_t seq);
    [[nodiscard]] base::Result<std::vector<PackNotice>> list() const;                                      ///< as they were published
    [[nodiscard]] base::Result<std::optional<std::string>> bundle(const std::string& hash) const;

private:
    RowTable m_rows;
};

[[nodiscard]] base::Json toJson(const PackNotice& notice);

} // namespace evenhand::server
