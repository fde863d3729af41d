// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "app/domain/plansettle.h"
#include "app/domain/projection.h"
#include "server/store/store.h"

namespace evenhand::server {

/// The promises, plans and payments of one case, and what follows from them on a day. Read, change rows through put…(), then settle(): it
/// works out every state again from the terms and the payments, so that the order in which things arrive does not matter. Writing joins
/// the caller's transaction with one server_seq; announcing is the caller's. Belongs to the connection's thread.
class CaseAgreements {
public:
    [[nodiscard]] static base::Result<CaseAgreements> load(Store& store, const domain::CaseId& id, std::int64_t seq);

    [[nodiscard]] const std::optional<domain::CaseRow>& caseRow() const { return m_case; }
    [[nodiscard]] const std::vector<domain::PromiseRow>& promises() const { return m_promises; }
    [[nodiscard]] const std::vector<domain::PlanRow>& plans() const { return m_plans; }
    [[nodiscard]] const std::vector<domain::PaymentRow>& payments() const { return m_payments; }
    [[nodiscard]] const std::vector<domain::AgreementRules>& rules() const { return m_rules; }
    [[nodiscard]] domain::PromiseRow* findPromise(const domain::EventId& id);
    [[nodiscard]] domain::PlanRow* findPlan(const domain::EventId& id);
    /// The day at the debtor's place; in China when that is not known.
    [[nodiscard]] base::Date dayAt(base::Instant at) const { return m_zone.dateAt(at); }

    /// Adds or replaces a row here and in the database.
    [[nodiscard]] base::Result<> put(domain::PromiseRow row);
    [[nodiscard]] base::Result<> put(domain::PlanRow row);
    [[nodiscard]] base::Result<> put(domain::PaymentRow row);

    /// States of promises and plans as of this moment, the hold of a plan in force, and when to look again. True if a row was written,
    /// by this or by put().
    [[nodiscard]] base::Result<bool> settle(base::Instant at);

private:
    CaseAgreements(Store& store, const domain::CaseId& id, std::int64_t seq) : m_store(store), m_id(id), m_seq(seq) {}
    [[nodiscard]] base::Result<> readRow(const ProjectionRow& row);
    [[nodiscard]] base::Result<> settlePromises(base::Date today, const domain::PromiseRules& rules);
    [[nodiscard]] base::Result<> settlePlans(base::Date today, const domain::PlanPatience& patience);
    [[nodiscard]] base::Result<> setHold(base::Instant at);
    [[nodiscard]] base::Result<> write(const char* kind, const base::Uuid& id, const base::Json& body);
    void waitFor(std::optional<base::Date> day);

    Store& m_store;
    domain::CaseId m_id;
    std::int64_t m_seq;
    base::TimeZone m_zone = *base::TimeZone::tryFromName("Asia/Shanghai");
    std::vector<domain::AgreementRules> m_rules;
    std::optional<domain::CaseRow> m_case;
    std::vector<domain::PromiseRow> m_promises;    ///< in the order they were made
    std::vector<domain::PlanRow> m_plans;
    std::vector<domain::PaymentRow> m_payments;
    bool m_hadPlanInForce = false;                 ///< when it was read
    bool m_wrote = false;
    std::optional<base::Date> m_nextDay;
};

/// The patience of the rules in force: the widest of all packs.
[[nodiscard]] domain::PlanPatience patienceOf(const std::vector<domain::AgreementRules>& rules);

} // namespace evenhand::server
