// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/base/result.h"
#include "app/base/yaml.h"
#include "server/import/cellvalues.h"
#include "server/import/textencoding.h"

/// A mapping says which column of a lender's file becomes which field. docs/import.md explains it to administrators.
namespace evenhand::server {

/// "客户 {ID}": text with columns in braces. `{@row}` is the number of the data row, from 1; `{{` is a brace.
struct Template {
    static constexpr int kText = -1;
    static constexpr int kRowNumber = -2;
    struct Piece {
        int column;                                ///< index into Mapping::columns, or one of the above
        std::string text;
    };
    std::vector<Piece> pieces;
    [[nodiscard]] bool isConstant() const;
};

/// Where one value comes from and how it is read.
struct ValueSpec {
    base::SourcePlace place;
    std::vector<Template> addends;                 ///< one; several for `sum:` of amounts
    std::unordered_map<std::string, Template> map; ///< what the lender writes → what is meant
    bool hasMap = false;
    std::optional<Template> otherwise;             ///< for cells the map does not list; without it they are errors
    std::optional<Template> fallback;              ///< `default:` for an empty cell
    std::vector<DateFormat> dates;
    MoneyFormat money;
    std::string columnName;                        ///< the first column it reads, for messages; empty for constants
};

struct PersonMapping {
    std::string key;                               ///< how phones and addresses refer to it; "debtor" for the debtor
    std::optional<ValueSpec> role, name, idNumber, gender, relation, employer, timeZone, personKey;
};

struct AccountMapping {
    std::optional<ValueSpec> accountNo, product, principal, interest, fees, overdue, dpd, overdueSince, openedOn, dueOn;
    std::vector<std::pair<std::string, ValueSpec>> facts;
    bool optional = false;                         ///< skipped when its number is empty: the row may hold fewer accounts
};

struct ContactMapping {
    std::size_t person = 0;                        ///< index into Mapping::persons
    bool isAddress = false;
    std::optional<ValueSpec> value, kind, source, status, label, timeZone;
    std::string split;                             ///< several numbers in one cell are cut at any of these characters
};

/// A file of payments instead of cases: one row is one payment, or the reversal of one.
struct PaymentMapping {
    std::optional<ValueSpec> paymentNo, businessNo, accountNo, currency, amount, paidOn, method, reversedOn, reverses;
};

enum class RaggedRows { Reject, Pad };
enum class RepeatedCase { Reject, FurtherAccounts };

struct Mapping {
    std::string file;                              ///< of the mapping itself
    std::string portfolio;
    std::optional<TextEncoding> encoding;          ///< nullopt: detect
    std::optional<char> separator;                 ///< nullopt: detect
    int headerRow = 1;
    RaggedRows ragged = RaggedRows::Reject;
    std::vector<std::string> nulls;                ///< cells that mean "nothing"

    struct Column {
        std::string name;
        base::SourcePlace place;                   ///< where the mapping first names it
    };
    std::vector<Column> columns;

    std::optional<ValueSpec> businessNo, creditor, currency, status, hotNote, priority, region;
    RepeatedCase repeated = RepeatedCase::Reject;
    std::vector<PersonMapping> persons;            ///< the debtor first
    std::vector<AccountMapping> accounts;
    std::vector<ContactMapping> contacts;
    std::optional<PaymentMapping> payment;         ///< set: the file holds payments, and none of the above is

    /// Invalid lists every problem, a line FILE:LINE:COL each.
    [[nodiscard]] static base::Result<Mapping> parseFile(const std::string& path);
    [[nodiscard]] static base::Result<Mapping> parseText(std::string_view text, const std::string& fileName);
};

} // namespace evenhand::server
