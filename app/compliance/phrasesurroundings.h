// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QStringView>

#include "app/compliance/phrasetypes.h"

namespace evenhand::compliance {

/// True when the words around [start, end) of the line turn a banned phrase into its opposite ("我们绝不会…", "严禁…", "…是违规的",
/// "we will never …"), and nothing turns it back ("不会…才怪", "别以为不会…").
[[nodiscard]] bool isNegated(QStringView line, qsizetype start, qsizetype end);

/// The parts of a line that report what the debtor said: 客户说：“…”, the consumer said that ….
[[nodiscard]] std::vector<TextRange> reportedSpeech(QStringView line);

} // namespace evenhand::compliance
