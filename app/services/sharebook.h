// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/base/crypto.h"
#include "app/compliance/attemptpool.h"
#include "app/compliance/contactfacts.h"
#include "app/domain/ids.h"
#include "app/sync/syncengine.h"

namespace evenhand::services {

/// The parts of attempts that the server set aside for this device (docs/attempt-shares.md), sealed in a file of the profile. A grant is
/// on disk before it is acted on, and is confirmed only in a later round, when everything recorded before it has been sent. Data thread.
class ShareBook {
public:
    ShareBook(const std::string& folder, const base::SecretKey& profileKey, const base::Clock& clock);

    /// For EngineListener::viewComplete: asks for the cases that have no grant or were not asked about for half an hour, gives back the grants
    /// of cases that are not `mine` any more, and ends with `done(whether a share became smaller or larger)`.
    void renew(const sync::RoundCall& call, const std::vector<domain::CaseId>& mine, const compliance::AttemptPolicy& policy,
               std::function<void(bool changed)> done);

    /// What the gate is told. Absent: nothing limits this device beyond what is known, because the server hands out no shares, or because
    /// nobody asked for this case and the facts are current.
    [[nodiscard]] std::optional<compliance::OfflineShare> shareOf(const domain::CaseId& caseId, base::Instant now, bool isOnline) const;

private:
    struct Entry {
        compliance::AttemptGrant grant;
        bool isConfirmed = false;
        std::optional<base::Instant> askedAt{};
    };
    struct Renewal;
    void collect(Renewal& renewal, const std::vector<domain::CaseId>& mine);
    void askNext(std::shared_ptr<Renewal> renewal);
    [[nodiscard]] bool take(Renewal& renewal, const base::Json& answer);
    [[nodiscard]] base::Result<> write() const;
    void read();

    std::string m_path;
    base::SecretKey m_key;
    const base::Clock& m_clock;
    bool m_isKnown = false;                      ///< this server hands out shares
    std::map<domain::CaseId, Entry> m_entries;
};

} // namespace evenhand::services
