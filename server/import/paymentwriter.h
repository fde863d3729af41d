// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "server/import/lenderfile.h"
#include "server/store/store.h"

namespace evenhand::server {

/// Brings a lender's payments to their cases and lets promises and plans follow. A payment is known by portfolio and payment number: the same
/// again changes nothing, another amount or day corrects it, and what was reversed stays reversed though an older file comes again.
/// One transaction of the caller's; a server_seq is taken by write() only.
class PaymentWriter {
public:
    struct Work {
        std::map<domain::CaseId, std::vector<domain::PaymentRow>> cases;   ///< rows to write
        std::int64_t created = 0;                  ///< rows of the file
        std::int64_t updated = 0;
        std::int64_t unchanged = 0;
    };

    PaymentWriter(Store& store, std::string portfolio, base::Instant now) : m_store(store), m_portfolio(std::move(portfolio)), m_now(now) {}
    /// Compares with what is stored. Rows without a case, or that take back what is not there, go to the problems of `content`.
    [[nodiscard]] base::Result<Work> prepare(LenderPayments& content);
    [[nodiscard]] base::Result<> write(const Work& work);

private:
    struct Known {
        domain::PaymentRow row;
        bool isStored = false;
        bool isChanged = false;
    };
    [[nodiscard]] base::Result<std::string> take(const LenderPayment& payment, Work& work);
    [[nodiscard]] base::Result<std::string> takeBack(const LenderPayment& reversal, Work& work);
    [[nodiscard]] base::Result<Known*> find(const base::Uuid& id);
    [[nodiscard]] base::Result<bool> hasCase(const domain::CaseId& id);
    void count(const Known& before, bool changed, Work& work) const;

    Store& m_store;
    std::string m_portfolio;
    base::Instant m_now;
    std::map<base::Uuid, Known> m_known;
    std::map<domain::CaseId, bool> m_cases;
};

} // namespace evenhand::server
