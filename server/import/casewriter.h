// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/import/lendercase.h"
#include "server/store/store.h"

namespace evenhand::server {

/// A case ready for the database: the rows as they are stored, and the hash that tells whether the lender changed anything.
struct EncodedCase {
    struct Row {
        const char* kind;
        base::Uuid id;
        std::string body;
    };
    std::string businessNo;
    domain::CaseId id;
    base::Hash256 contentHash;
    domain::CaseStatus status;
    std::int64_t balanceMinor;
    int daysPastDue;
    std::string region;
    std::vector<Row> rows;                         ///< the case row first
    std::int64_t fileRows;
    std::int64_t accounts;
};

[[nodiscard]] EncodedCase encodeCase(const LenderCase& lenderCase);   ///< pure and thread-safe

/// What the lender's word does not touch when a case comes again.
struct UpdateRules {
    bool statusGiven = false;                      ///< the mapping sets the status; else what happened here stays
};

enum class WriteOutcome { Created, Updated, Unchanged };

/// Writes cases of one portfolio inside the caller's transaction. Flags, consents, assignment, call-backs, opt-outs and what
/// agents found out about numbers stay as they are; rows that a file no longer has stay too.
class CaseWriter {
public:
    /// Without `write`, says what would happen.
    [[nodiscard]] static base::Result<CaseWriter> forPortfolio(Store& store, const std::string& portfolio, UpdateRules rules, bool write, base::Instant now);
    [[nodiscard]] base::Result<WriteOutcome> put(const EncodedCase& next);
    [[nodiscard]] bool wrote() const { return m_seq.has_value(); }

private:
    CaseWriter(Store& store, UpdateRules rules, bool write) : m_store(store), m_rules(rules), m_write(write) {}
    [[nodiscard]] base::Result<std::int64_t> seq();
    [[nodiscard]] CaseRecord recordOf(const EncodedCase& next) const;
    [[nodiscard]] base::Result<> create(const EncodedCase& next);
    [[nodiscard]] base::Result<> update(const EncodedCase& next);
    [[nodiscard]] base::Result<std::optional<std::string>> changedBody(const EncodedCase& next, const EncodedCase::Row& row, CaseRecord& record);

    Store& m_store;
    UpdateRules m_rules;
    bool m_write;
    std::optional<PortfolioId> m_portfolio;
    std::unordered_map<std::string, base::Hash256> m_known;
    std::optional<std::int64_t> m_seq;             // taken when the first row is written
};

} // namespace evenhand::server
