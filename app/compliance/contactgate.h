// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "app/base/clock.h"
#include "app/compliance/contactfacts.h"
#include "app/compliance/decision.h"

namespace evenhand::compliance {

class RuleSet;

/// May this contact be made now? Pure: the same intent, facts, rules and time give the same decision, on every computer and in
/// every time zone. Asked by the workstation before each contact and by the server when an event arrives. Thread-safe.
class ContactGate {
public:
    explicit ContactGate(std::shared_ptr<const RuleSet> rules);
    [[nodiscard]] Decision decide(const ContactIntent& intent, const ContactFacts& facts, base::Instant now) const;
    /// What each rule that speaks about this contact says of it, in the order of the packs.
    [[nodiscard]] std::vector<RuleOpinion> explain(const ContactIntent& intent, const ContactFacts& facts, base::Instant now) const;
    [[nodiscard]] const RuleSet& rules() const { return *m_rules; }

private:
    std::shared_ptr<const RuleSet> m_rules;
};

} // namespace evenhand::compliance
