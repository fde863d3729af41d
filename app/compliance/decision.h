// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/clock.h"

/// The answer of the contact gate, complete enough to be stored with an event and replayed years later.
namespace evenhand::compliance {

enum class Verdict { Allow, Warn, Hold, Block };   ///< in order: the strictest reason decides

/// How sure we are of a citation (reference, §0.1): seen in the text, second-hand, domain knowledge, not verified.
enum class Confidence { T, S, K, X };

using LocalisedText = std::map<std::string, std::string>;   ///< "en", "zh_CN" → sentence

/// Which exact rules judged. `hash` is "sha256:<hex>" over the content of the pack.
struct PackIdentity {
    std::string id;
    std::string version;
    std::string hash;
    friend bool operator==(const PackIdentity&, const PackIdentity&) = default;
};

/// One rule that does not let the contact pass as it is.
struct Reason {
    std::string rule;                             ///< "cn.hours", or "missing.<fact>"
    Verdict verdict = Verdict::Block;
    std::string clause;
    Confidence confidence = Confidence::K;
    LocalisedText text;
    std::vector<std::string> counted;             ///< ids of the past contacts that led here, in order of time
    std::optional<base::Instant> nextAllowedAt;   ///< when this rule alone lets it pass; absent: not by waiting
    std::vector<std::string> overrideRoles;       ///< user roles that may go on with a written reason; empty: nobody
};

struct Decision {
    Verdict verdict = Verdict::Allow;
    std::vector<Reason> reasons;                  ///< strictest first, then as the packs list them
    /// The first instant from which every rule lets the contact pass that waiting can satisfy, given that nothing else happens.
    /// Absent when allowed now, or when something stands in the way that does not pass with time.
    std::optional<base::Instant> nextAllowedAt;
    /// Until when this answer cannot change by the passing of time alone (exclusive); absent: not within the horizon looked at.
    /// What a queue needs to know when to ask again.
    std::optional<base::Instant> validUntil;
    std::vector<PackIdentity> packs;
    std::string timeZone;                         ///< zone in which times are shown (IANA); empty: UTC
};

/// Whether a user of this role ("supervisor") may go on in spite of every reason, with a written reason of their own. Nobody overrides
/// a block, and where nothing objects there is nothing to override.
[[nodiscard]] bool mayOverride(const Decision& decision, std::string_view userRole);

/// What one rule says about a contact, whether it objects or not: the long answer to "why was this allowed?".
struct RuleOpinion {
    std::string rule;
    Verdict verdict = Verdict::Allow;             ///< Allow: it lets the contact pass
    std::string clause;
    Confidence confidence = Confidence::K;
    LocalisedText text;                           ///< what the rule demands, with the numbers of this contact filled in, or which fact it lacks
    std::string missing;                          ///< the fact it lacked; empty: none
};

[[nodiscard]] std::string_view toWord(Verdict value);
[[nodiscard]] std::string_view toWord(Confidence value);
[[nodiscard]] std::optional<Verdict> verdictFromWord(std::string_view word);
[[nodiscard]] std::optional<Confidence> confidenceFromWord(std::string_view word);

} // namespace evenhand::compliance
