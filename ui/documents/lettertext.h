// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include <QFuture>
#include <QString>

#include "app/base/result.h"
#include "app/guidance/letters.h"
#include "app/services/caseview.h"

namespace evenhand::ui {

/// Adds what a letter may say about a plan: number, total, instalments, waived amounts, the next payment.
void addPlan(guidance::MergeData& data, const domain::PlanRow& plan);

/// The text with the line [schedule] written out, one instalment a line: for messages and for reading over.
[[nodiscard]] QString withSchedule(const QString& text, const std::optional<domain::PlanRow>& plan, const std::string& language);

/// A page as HTML: the first line is the heading, [schedule] a table; for letters and agreements.
[[nodiscard]] QString letterHtml(const QString& text, const std::optional<domain::PlanRow>& plan, const std::string& language);

/// Writes A4 pages with page numbers, on a pool thread. The file appears whole or not at all. Storage, with the reason of the system.
[[nodiscard]] QFuture<base::Result<>> writePdf(QString html, QString title, QString path);

} // namespace evenhand::ui
