// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/base/date.h"
#include "app/base/money.h"

/// The names that may stand in braces in a text, such as {debtor.name}, and how they are put in.
namespace evenhand::guidance {

/// Texts by language: "zh_CN", "en".
using LocalText = std::map<std::string, std::string, std::less<>>;

enum class MergeKind { Text, Money, Date, Number };

struct MergeField {
    std::string_view name;
    MergeKind kind;
    bool discloses;                ///< tells that there is a debt: allowed only in disclosing steps
    std::string_view zhLabel;      ///< what a gap is called
    std::string_view enLabel;
};

/// Every field a script may use.
[[nodiscard]] std::span<const MergeField> mergeFields();
[[nodiscard]] const MergeField* findMergeField(std::string_view name);

using MergeValue = std::variant<std::string, base::Money, base::Date, std::int64_t>;

/// Values by field name. A field that is missing here becomes a visible gap.
using MergeData = std::map<std::string, MergeValue, std::less<>>;

/// A piece of a text as a page draws it.
struct TextRun {
    enum class Kind { Words, Value, Gap };
    Kind kind;
    std::string text;
    std::string field;             ///< for Value and Gap
};

/// A {field} in a text: its name and where the brace stands (bytes).
struct MergeUse {
    std::string name;
    std::size_t at;
};

/// All fields of a text, in order. `{{` and `}}` stand for braces. A brace without its partner gives an empty name.
[[nodiscard]] std::vector<MergeUse> mergeUses(std::string_view text);

/// Fills in a text. Money and dates are formatted for the language ("1,234.50元", "CNY 1,234.50"; "2026年4月5日", "5 April 2026").
/// Values lose control characters and direction marks and are cut at 200 characters. A missing value becomes a Gap such as
/// 【逾期金额：未提供】; a value of the wrong kind as well.
[[nodiscard]] std::vector<TextRun> fillIn(std::string_view text, const MergeData& data, std::string_view language);
[[nodiscard]] std::string joined(const std::vector<TextRun>& runs);

[[nodiscard]] std::string formatMoney(const base::Money& money, std::string_view language);
[[nodiscard]] std::string formatDate(const base::Date& date, std::string_view language);

/// Example values for previews, linting and the player; the names and numbers belong to nobody.
[[nodiscard]] MergeData sampleMergeData();

} // namespace evenhand::guidance
