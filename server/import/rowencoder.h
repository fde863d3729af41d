// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/domain/projection.h"

/// The canonical JSON of the rows an import writes, put down directly. base::canonical(toJson(row)) gives the same bytes (a test holds
/// the two together) but builds a tree of small objects for each row, which was most of the time of an import. Texts must be UTF-8.
namespace evenhand::server {

[[nodiscard]] std::string canonicalRow(const domain::CaseRow& row);
[[nodiscard]] std::string canonicalRow(const domain::PartyRow& row);
[[nodiscard]] std::string canonicalRow(const domain::AccountRow& row);
[[nodiscard]] std::string canonicalRow(const domain::ContactPointRow& row);

} // namespace evenhand::server
