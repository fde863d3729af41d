// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/base/json.h"
#include "app/compliance/attemptshare.h"

namespace evenhand::compliance {

class RuleSet;

/// The two numbers of a set of rules that decide when attempts may change hands.
struct AttemptPolicy {
    int smallestLimit = 1;   ///< of all caps that stop a contact and look at a number of days
    int longestDays = 1;     ///< over how many local days such a cap looks at most
};
[[nodiscard]] AttemptPolicy attemptPolicyOf(const RuleSet& rules);

/// A device asks for its part of one case's attempts, or for the same part longer.
struct AttemptRequest {
    std::string device;
    /// Version of the grant the device acts on now. Saying so is a promise: every contact it recorded before it took that grant is on the server.
    std::optional<std::int64_t> holds{};
    bool isLeaving = false;                    ///< it acts on no grant any more, and all its contacts are on the server
    int contacts = 0;                          ///< its contacts within this case that the server knows of, of the last AttemptPolicy::longestDays days
    std::optional<base::Instant> lastContact{};
};

/// Divides the attempts of one case between the devices that may make them, so that together they never exceed a cap, whoever is
/// off-line and for how long. Server side; one per case, kept as JSON. docs/attempt-shares.md has the argument why it holds.
///
/// Units that a device may still act on are given to nobody else: not before it confirmed a smaller grant, or its grant ran out and
/// the contacts it may have made under it have left the longest window.
class AttemptPool {
public:
    [[nodiscard]] static base::Result<AttemptPool> fromJson(const base::Json& json);
    [[nodiscard]] base::Json toJson() const;

    /// `until`: when the grant shall end at the latest. A grant of 0 units means: not now, ask again.
    AttemptGrant renew(const AttemptRequest& request, base::Instant now, base::Instant until, const AttemptPolicy& policy);
    /// Units that a device acts on, may act on, or has used up.
    [[nodiscard]] int occupiedBy(const std::string& device, base::Instant now, const AttemptPolicy& policy) const;

private:
    /// What a device has used: these units stay with it until its contacts have left the longest window.
    struct Residue {
        int units = 0;
        base::Instant until{};
    };
    struct Holder {
        std::string device;
        std::vector<AttemptGrant> open{};      ///< it may act on any of these; ascending versions
        Residue residue{};
    };

    Holder& holderOf(const std::string& device);
    static int occupied(const Holder& holder, base::Instant now, const AttemptPolicy& policy);
    static void settle(Holder& holder, const AttemptRequest& request, const AttemptPolicy& policy);
    [[nodiscard]] int fairUnits(const std::string& device, base::Instant now) const;
    AttemptGrant offer(Holder& holder, int units, base::Instant until);
    void forgetIdle(base::Instant now, const AttemptPolicy& policy);

    std::vector<Holder> m_holders;             ///< who asked first stands first and keeps what cannot be divided
    std::int64_t m_lastVersion = 0;
};

} // namespace evenhand::compliance
