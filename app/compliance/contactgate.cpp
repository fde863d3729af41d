// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/contactgate.h"

#include <algorithm>
#include <array>

#include "app/compliance/missingfacts.h"
#include "app/compliance/ruleevaluation.h"

namespace evenhand::compliance {

using base::Instant;

namespace {

constexpr std::int64_t kHorizonS = 400LL * 86400;   // longer waits are not an answer anybody can use
constexpr std::int64_t kClockToleranceS = 300;      // clocks of well-kept computers differ by seconds, not by minutes

void replaceAll(std::string& text, std::string_view what, const std::string& with)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

LocalisedText filledIn(const LocalisedText& templates, const Rule& rule, std::size_t count)
{
    auto texts = templates;
    for (auto& [language, text] : texts) {
        replaceAll(text, "{count}", std::to_string(count));
        replaceAll(text, "{limit}", std::to_string(rule.limit));
        replaceAll(text, "{days}", std::to_string(rule.days));
    }
    return texts;
}

/// One question on its way through the rules.
class Deliberation {
public:
    Deliberation(const RuleSet& rules, const ContactIntent& intent, const ContactFacts& facts, Instant now)
        : m_rules(rules), m_inquiry(intent, facts), m_now(now)
    {
    }

    Decision run()
    {
        checkClock();
        for (const auto& rule : m_rules.rules())
            if (isInScope(rule, m_inquiry))
                judge(rule);
        auto& reasons = m_decision.reasons;
        std::stable_sort(reasons.begin(), reasons.end(), [](const Reason& a, const Reason& b) { return a.verdict > b.verdict; });
        m_decision.verdict = reasons.empty() ? Verdict::Allow : reasons.front().verdict;
        m_decision.nextAllowedAt = findNext();
        m_decision.validUntil = findChange();
        m_decision.packs = m_rules.identities();
        if (!m_inquiry.zones().empty())
            m_decision.timeZone = m_inquiry.zones().front().zone().name();
        return std::move(m_decision);
    }

    std::vector<RuleOpinion> explain()
    {
        std::vector<RuleOpinion> opinions;
        for (const auto& rule : m_rules.rules()) {
            if (!isInScope(rule, m_inquiry))
                continue;
            const auto finding = evaluate(rule, m_inquiry, m_now, m_rules);
            opinions.push_back({rule.id, finding.passes ? Verdict::Allow : finding.missing.empty() ? rule.verdict : Verdict::Block, rule.clause, rule.confidence,
                                finding.missing.empty() ? filledIn(rule.text, rule, countOf(rule, finding)) : textForMissing(finding.missing),
                                std::string(finding.missing)});
        }
        return opinions;
    }

private:
    /// How many contacts count, also where they are too few to object.
    std::size_t countOf(const Rule& rule, const Finding& finding)
    {
        if (rule.kind != RuleKind::Cap || !finding.passes)
            return finding.counted.size();
        auto probe = rule;
        probe.limit = 1;
        return evaluate(probe, m_inquiry, m_now, m_rules).counted.size();
    }

    void checkClock()
    {
        const auto latest = m_now.plusSeconds(kClockToleranceS);
        const bool isBehind = !m_inquiry.past().empty() && m_inquiry.past().back()->at > latest;
        if (m_inquiry.facts.isClockDoubtful || isBehind)
            addMissing("clock", nullptr);
    }

    void addMissing(std::string_view fact, const Rule* rule)
    {
        auto name = "missing." + std::string(fact);
        const bool isListed = std::any_of(m_decision.reasons.begin(), m_decision.reasons.end(), [&](const Reason& r) { return r.rule == name; });
        if (isListed)
            return;
        Reason reason;
        reason.rule = std::move(name);
        reason.verdict = Verdict::Block;
        reason.clause = rule == nullptr ? std::string() : rule->clause;
        reason.confidence = rule == nullptr ? Confidence::K : rule->confidence;
        reason.text = textForMissing(fact);
        m_decision.reasons.push_back(std::move(reason));
    }

    void judge(const Rule& rule)
    {
        const auto finding = evaluate(rule, m_inquiry, m_now, m_rules);
        if (finding.passes)
            return;
        if (!finding.missing.empty())
            return addMissing(finding.missing, &rule);
        Reason reason{rule.id, rule.verdict, rule.clause, rule.confidence, filledIn(rule.text, rule, finding.counted.size()), {}, {}, {}};
        for (const auto* contact : finding.counted)
            reason.counted.push_back(contact->id);
        reason.nextAllowedAt = earliestFor(rule, m_now);
        if (rule.verdict == Verdict::Warn)
            reason.overrideRoles = m_rules.overrides().warn;
        if (rule.verdict == Verdict::Hold)
            reason.overrideRoles = m_rules.overrides().hold;
        m_decision.reasons.push_back(std::move(reason));
    }

    /// The first instant from `from` on at which this rule passes; absent: not within the horizon.
    std::optional<Instant> earliestFor(const Rule& rule, Instant from)
    {
        const auto horizon = m_now.plusSeconds(kHorizonS);
        for (auto at = from; at <= horizon;) {
            const auto finding = evaluate(rule, m_inquiry, at, m_rules);
            if (finding.passes)
                return at;
            if (!finding.missing.empty() || !finding.retryAt || *finding.retryAt <= at)
                return std::nullopt;
            at = *finding.retryAt;
        }
        return std::nullopt;
    }

    /// The first instant at which all rules pass together. Each rule in turn moves the time to where it passes; when a whole round
    /// moves nothing, that is the earliest common instant, because no step ever went past one.
    std::optional<Instant> findNext()
    {
        const auto& reasons = m_decision.reasons;
        const bool doesWaitingHelp = std::any_of(reasons.begin(), reasons.end(), [](const Reason& r) { return r.nextAllowedAt.has_value(); });
        const bool isStuck = std::any_of(reasons.begin(), reasons.end(), [](const Reason& r) { return r.verdict >= Verdict::Hold && !r.nextAllowedAt; });
        if (!doesWaitingHelp || isStuck)
            return std::nullopt;
        auto at = m_now;
        for (bool hasMoved = true; hasMoved;) {
            hasMoved = false;
            for (const auto& rule : m_rules.rules()) {
                if (!isInScope(rule, m_inquiry))
                    continue;
                const auto passes = earliestFor(rule, at);
                if (!passes && rule.verdict >= Verdict::Hold)
                    return std::nullopt;
                if (passes && *passes > at) {
                    at = *passes;
                    hasMoved = true;
                }
            }
        }
        return at;
    }

    void keepChange(std::optional<Instant>& kept, std::optional<Instant> at) const
    {
        if (at && *at > m_now && (!kept || *at < *kept))
            kept = at;
    }

    /// No later than the first instant at which time alone could change the answer.
    std::optional<Instant> findChange()
    {
        std::optional<Instant> change;
        for (auto& days : m_inquiry.zones()) {
            keepChange(change, days.startOfNextDay(m_now));
            const auto today = days.dayOf(m_now);
            for (const auto& rule : m_rules.rules())
                if (rule.kind == RuleKind::Hours && isInScope(rule, m_inquiry))
                    for (const auto& window : rule.allowed) {
                        keepChange(change, days.instantOf(today, window.from));
                        keepChange(change, window.until < 86400 ? std::optional(days.instantOf(today, window.until)) : std::nullopt);
                    }
        }
        for (const auto& consent : m_inquiry.facts.consents)
            for (const auto& at : {std::optional(consent.grantedAt), consent.expiresAt, consent.revokedAt})
                keepChange(change, at);
        if (m_inquiry.facts.flags)
            for (const auto& flag : *m_inquiry.facts.flags)
                for (const auto& at : {std::optional(flag.setAt), flag.clearedAt})
                    keepChange(change, at);
        return change;
    }

    const RuleSet& m_rules;
    Inquiry m_inquiry;
    Instant m_now;
    Decision m_decision;
};

} // namespace

ContactGate::ContactGate(std::shared_ptr<const RuleSet> rules) : m_rules(std::move(rules)) {}

Decision ContactGate::decide(const ContactIntent& intent, const ContactFacts& facts, Instant now) const
{
    return Deliberation(*m_rules, intent, facts, now).run();
}

std::vector<RuleOpinion> ContactGate::explain(const ContactIntent& intent, const ContactFacts& facts, Instant now) const
{
    return Deliberation(*m_rules, intent, facts, now).explain();
}

bool mayOverride(const Decision& decision, std::string_view userRole)
{
    return !decision.reasons.empty() && std::all_of(decision.reasons.begin(), decision.reasons.end(), [&](const Reason& reason) {
        return std::find(reason.overrideRoles.begin(), reason.overrideRoles.end(), userRole) != reason.overrideRoles.end();
    });
}

} // namespace evenhand::compliance
