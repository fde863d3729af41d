// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "app/domain/rowdigest.h"
#include "server/store/records.h"
#include "server/store/sqlconnection.h"

namespace evenhand::server {

/// What the sequencer knows of the cases that one transaction is about, so that two hundred events ask for them once and not two hundred
/// times. Lives no longer than the transaction, in which nobody else can write; off everywhere else. The tables ask it by themselves.
/// Not thread-safe: belongs to its connection's thread.
class WriteCache {
public:
    explicit WriteCache(SqlConnection& connection) : m_connection(connection) {}
    void begin();                                      ///< on, and empty; when a transaction has begun
    void end();                                        ///< off; what was not written is dropped
    void forget();                                     ///< after an undo: everything is asked again
    [[nodiscard]] bool isOn() const { return m_on; }

    /// Reads at once what a batch about these cases will ask for.
    [[nodiscard]] base::Result<> prefetch(std::span<const base::Uuid> cases);

    [[nodiscard]] base::Result<std::optional<CaseRecord>> caseOf(const domain::CaseId& id);
    /// Everybody who may see a case that is held like this one.
    [[nodiscard]] base::Result<std::vector<domain::UserId>> viewersOf(const CaseRecord& record);

    /// The row of kind `case`, if it was read or written in this transaction; outer nullopt: ask the database.
    [[nodiscard]] std::optional<std::optional<ProjectionRow>> caseRow(const base::Uuid& id) const;
    void keepCaseRow(const base::Uuid& id, std::optional<ProjectionRow> row);

    /// The stored sum of a case as it is now; nullopt: none was ever counted.
    [[nodiscard]] base::Result<std::optional<domain::DigestSum>> sumOf(const domain::CaseId& id);
    void setSum(const domain::CaseId& id, const domain::DigestSum& sum);
    [[nodiscard]] base::Result<> writeSums();          ///< those that were set since; at the end of a job

private:
    struct Sum {
        std::optional<domain::DigestSum> value;
        bool isChanged = false;
    };
    struct Holding {
        std::optional<domain::UserId> user;
        std::string team;
        std::vector<domain::UserId> viewers;
    };
    SqlConnection& m_connection;
    bool m_on = false;
    std::unordered_map<domain::CaseId, std::optional<CaseRecord>> m_cases;
    std::unordered_map<base::Uuid, std::optional<ProjectionRow>> m_caseRows;
    std::unordered_map<domain::CaseId, Sum> m_sums;
    std::vector<domain::CaseId> m_changed;             // whose sums are to be written, in the order in which they changed
    std::vector<Holding> m_holdings;                   // few: agents of the batch
};

} // namespace evenhand::server
