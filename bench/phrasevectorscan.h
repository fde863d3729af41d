// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <QString>

namespace evenhand::bench {

/// The same phrases and the same text, as UTF-8 and without any folding: the bare engine. `withStarts` asks for the start of
/// each match too, which the checker needs.
double printVectorscan(const std::vector<std::string>& phrases, const QString& text, bool withStarts);

} // namespace evenhand::bench
