// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/date.h"
#include "app/base/money.h"
#include "app/base/result.h"

/// Reading single cells. An error says what was expected and the shape of what was there ("99.99.9999"), never the text itself:
/// a shifted column puts names and numbers of people anywhere, and reports are passed around.
namespace evenhand::server {

/// What a text looks like without saying it: digits become 9, letters a, other characters above ASCII 文; at most 24 characters.
[[nodiscard]] std::string shapeOf(std::string_view text);

struct MoneyFormat {
    char decimal = '.';
    char thousands = ',';            ///< '\0': none
    bool minorUnits = false;         ///< 12345 means 123.45
    bool round = false;              ///< more decimals than the currency has are rounded half up; else refused
    enum class Negative { Refuse, Zero, Keep } negative = Negative::Refuse;
    friend bool operator==(const MoneyFormat&, const MoneyFormat&) = default;
};

/// Currency signs, blanks and full-width digits are understood; "(12.50)" is negative. Scientific notation is refused.
[[nodiscard]] base::Result<base::Money> parseMoney(std::string_view text, base::Currency currency, const MoneyFormat& format);

/// A pattern of yyyy, yy, MMM (English), MM, M, dd, d, HH, mm, ss (a time of day is read and dropped) and any other characters
/// as they are; or the words `excel` and `excel1904` for the day numbers of spreadsheets.
class DateFormat {
public:
    /// Invalid when the pattern has no year, month or an unknown letter. A pattern without a day means the first of the month.
    [[nodiscard]] static base::Result<DateFormat> parse(std::string_view pattern);
    [[nodiscard]] std::optional<base::Date> read(std::string_view text) const;
    [[nodiscard]] const std::string& pattern() const { return m_pattern; }

private:
    enum class Kind { Literal, Year4, Year2, MonthName, Month2, Month, Day2, Day, Clock2, Excel1900, Excel1904 };
    struct Piece {
        Kind kind;
        std::string literal;
    };
    [[nodiscard]] static bool readPiece(const Piece& piece, std::string_view& text, int& year, int& month, int& day);
    [[nodiscard]] std::optional<base::Date> readSerial(std::string_view text, bool from1904) const;

    std::string m_pattern;
    std::vector<Piece> m_pieces;
};

/// The first format that fits; the error lists the formats.
[[nodiscard]] base::Result<base::Date> parseDate(std::string_view text, const std::vector<DateFormat>& formats);

/// A whole number between the bounds; "30.0" is read as 30, because spreadsheets write it so.
[[nodiscard]] base::Result<std::int64_t> parseInteger(std::string_view text, std::int64_t least, std::int64_t most);

/// A case, account, card or ID number as text. Undoes the guards of spreadsheets (="00123", '00123) and refuses what a
/// spreadsheet has ruined (1.38E+10: the last digits are gone).
[[nodiscard]] base::Result<std::string> parseIdentifier(std::string_view text);

/// Digits with an optional leading +, 3 to 20 of them; blanks, dashes, dots and brackets go, and so does +86 before a
/// Chinese number. Refuses scientific notation and anything else.
[[nodiscard]] base::Result<std::string> parsePhone(std::string_view text);
[[nodiscard]] bool isChineseMobile(std::string_view number);   ///< eleven digits that begin with 1

} // namespace evenhand::server
