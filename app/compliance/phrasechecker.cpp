// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/phrasechecker.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include <QList>
#include <QString>

#include "app/compliance/phraseprofile.h"
#include "app/compliance/phrasesurroundings.h"

namespace evenhand::compliance {

namespace {

/// Sound folds ask for the letters of pinyin, leet changes letters: they cannot share one reading of Latin text.
FoldSet withoutSound(FoldSet folds) { return folds.without(FoldStep::Pinyin).without(FoldStep::Homophone); }

int hanCharacters(const std::u16string& text)
{
    return static_cast<int>(std::count_if(text.begin(), text.end(), [](char16_t c) { return FoldTables::builtIn().kind(c) == CharKind::Han; }));
}

struct HanCount {
    int least = 0;
    int most = 0;
};

HanCount hanCount(const std::vector<std::u16string>& alternatives)
{
    HanCount count{1000, 0};
    for (const auto& text : alternatives)
        count = {std::min(count.least, hanCharacters(text)), std::max(count.most, hanCharacters(text))};
    return count;
}

/// The part of a phrase that may be looked for by its sound: every way to say it has at least `least` Han characters, because
/// shorter ones sound like harmless words. Nothing when no way is long enough.
std::optional<PhrasePattern> longEnoughForSound(PhrasePattern pattern, int least)
{
    for (;;) {
        int total = 0;
        std::size_t widest = pattern.parts.size();
        for (std::size_t i = 0; i < pattern.parts.size(); ++i) {
            const auto count = hanCount(pattern.parts[i]);
            total += count.least;
            if (count.most > count.least && (widest == pattern.parts.size() || count.most > hanCount(pattern.parts[widest]).most))
                widest = i;
        }
        if (total >= std::max(1, least))
            return pattern;
        if (widest == pattern.parts.size())
            return std::nullopt;
        const auto shortest = hanCount(pattern.parts[widest]).least;
        std::erase_if(pattern.parts[widest], [&](const std::u16string& text) { return hanCharacters(text) == shortest; });
    }
}

bool overlaps(const PhraseSpan& a, const PhraseSpan& b) { return a.start < b.end && b.start < a.end; }

} // namespace

struct PhraseChecker::Compiled {
    std::vector<PhraseRule> rules;
    std::deque<PhraseProfile> profiles;
    std::vector<std::uint32_t> groups;   // of each rule: one category at one severity
    PhraseStats stats;
    bool oneRule = false;
    bool hasDebtorRules = false;

    PhraseProfile& profileFor(FoldSet folds)
    {
        for (auto& profile : profiles) {
            if (profile.folds() == folds)
                return profile;
        }
        return profiles.emplace_back(folds);
    }

    base::Result<> addRule(std::uint32_t number);
    base::Result<> addPhrase(std::uint32_t number, std::uint32_t phrase, std::vector<FoldSet>& used);
    base::Result<> addReading(std::uint32_t number, std::uint32_t phrase, const PhrasePattern& pattern, FoldSet folds, std::vector<FoldSet>& used);
    void group();
    void sight(QStringView line, PhraseProfile::Scratch& scratch, std::vector<PhraseSighting>& out) const;
    void scanOneRule(QStringView line, qsizetype offset, const PhraseContext& context, PhraseProfile::Scratch& scratch,
                     std::vector<PhraseCandidate>& candidates, std::vector<PhraseSpan>& out) const;
    void settle(QStringView line, qsizetype offset, const PhraseContext& context, std::vector<PhraseSighting>& sightings, std::vector<PhraseSpan>& out) const;
    [[nodiscard]] bool counts(PhraseSighting& seen, QStringView line, qsizetype offset, const PhraseContext& context,
                              std::optional<std::vector<TextRange>>& reported) const;
    [[nodiscard]] bool mayHit(const PhraseContext& context) const { return !rules.empty() && (context.speaker != Speaker::Debtor || hasDebtorRules); }
    void dropCovered(std::vector<PhraseSpan>& kept) const;
    void select(std::vector<PhraseSpan>& spans) const;
};

base::Result<> PhraseChecker::Compiled::addPhrase(std::uint32_t number, std::uint32_t phrase, std::vector<FoldSet>& used)
{
    const auto& rule = rules[number];
    const auto text = QString::fromStdString(rule.phrases[phrase]).toStdU16String();
    auto pattern = rule.patterns ? parsePattern(text) : parseLiteral(text);
    if (!pattern)
        return base::fail(base::ErrorCode::Invalid, (rule.place.line > 0 ? rule.place.toString() + ": rule " : "rule ") + rule.id + ": phrase \""
                                                        + rule.phrases[phrase] + "\": " + pattern.error().detail);
    const bool bySound = rule.folds.has(FoldStep::Pinyin) || rule.folds.has(FoldStep::Homophone);
    const auto heard = bySound ? longEnoughForSound(*pattern, rule.soundMinimum) : std::nullopt;
    if (heard)
        EVENHAND_TRY(addReading(number, phrase, *heard, rule.folds.without(FoldStep::Leet), used));
    if (!heard)
        return addReading(number, phrase, *pattern, withoutSound(rule.folds), used);
    // What the sound reading leaves out is looked for as it is written: cut so that no way to say it is compiled twice.
    auto rest = *heard;
    for (std::size_t i = pattern->parts.size(); i-- > 0;) {
        auto kept = std::exchange(rest.parts[i], pattern->parts[i]);
        std::erase_if(rest.parts[i], [&](const std::u16string& way) { return std::binary_search(kept.begin(), kept.end(), way); });
        if (!rest.parts[i].empty())
            EVENHAND_TRY(addReading(number, phrase, rest, withoutSound(rule.folds), used));
        rest.parts[i] = pattern->parts[i];
    }
    return {};
}

base::Result<> PhraseChecker::Compiled::addReading(std::uint32_t number, std::uint32_t phrase, const PhrasePattern& pattern, FoldSet folds,
                                                   std::vector<FoldSet>& used)
{
    const auto& rule = rules[number];
    if (!profileFor(folds).add(number, phrase, pattern, rule.edges, PhraseProfile::Role::Phrase)) {
        folds = folds.without(FoldStep::Symbols).without(FoldStep::Letters);   // the phrase is made of signs: look for the signs
        if (!profileFor(folds).add(number, phrase, pattern, WordEdges::Free, PhraseProfile::Role::Phrase))
            return base::fail(base::ErrorCode::Invalid, "rule " + rule.id + ": phrase " + std::to_string(phrase + 1) + " is empty");
    }
    if (std::find(used.begin(), used.end(), folds) == used.end())
        used.push_back(folds);
    return {};
}

base::Result<> PhraseChecker::Compiled::addRule(std::uint32_t number)
{
    const auto& rule = rules[number];
    std::vector<FoldSet> used;
    for (std::uint32_t phrase = 0; phrase < rule.phrases.size(); ++phrase)
        EVENHAND_TRY(addPhrase(number, phrase, used));
    for (const auto& exception : rule.exceptions) {
        const auto text = QString::fromStdString(exception).toStdU16String();
        const auto pattern = rule.patterns ? parsePattern(text) : parseLiteral(text);
        if (!pattern)
            return base::fail(base::ErrorCode::Invalid, "rule " + rule.id + ": exception \"" + exception + "\": " + pattern.error().detail);
        for (const auto folds : used)
            static_cast<void>(profileFor(folds).add(number, 0, *pattern, WordEdges::Free, PhraseProfile::Role::Exception));
    }
    stats.phrases += rule.phrases.size();
    hasDebtorRules |= rule.speaker == Speaker::Debtor;
    return {};
}

void PhraseChecker::Compiled::group()
{
    std::map<std::pair<std::string, Severity>, std::uint32_t> numbers;
    for (const auto& rule : rules)
        groups.push_back(numbers.emplace(std::pair(rule.category, rule.severity), static_cast<std::uint32_t>(numbers.size())).first->second);
    oneRule = rules.size() == 1 && !rules[0].negation && !rules[0].quotation && rules[0].trueWhen.empty();
}

base::Result<PhraseChecker> PhraseChecker::build(const PhraseSet& set)
{
    const auto began = std::chrono::steady_clock::now();
    auto compiled = std::make_shared<Compiled>();
    compiled->rules = set.rules();
    std::string problems;   // all of them: an author mends a file in one go
    for (std::uint32_t number = 0; number < compiled->rules.size(); ++number) {
        if (const auto added = compiled->addRule(number); !added)
            problems += (problems.empty() ? "" : "\n") + added.error().detail;
    }
    if (!problems.empty())
        return base::fail(base::ErrorCode::Invalid, std::move(problems));
    auto& stats = compiled->stats;
    stats.rules = compiled->rules.size();
    for (auto& profile : compiled->profiles) {
        profile.compile();
        stats.literals += profile.literals();
        stats.states += profile.states();
        stats.memoryBytes += profile.memoryBytes();
    }
    compiled->group();
    stats.buildSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return PhraseChecker(std::move(compiled));
}

bool PhraseChecker::Compiled::counts(PhraseSighting& seen, QStringView line, qsizetype offset, const PhraseContext& context,
                                     std::optional<std::vector<TextRange>>& reported) const
{
    const auto& span = seen.span;   // into the line
    const auto& found = rules[span.rule];
    if (found.speaker != context.speaker || !found.requiredIn.empty())
        return false;
    if (std::any_of(found.trueWhen.begin(), found.trueWhen.end(), [&](const auto& fact) { return context.trueFacts.contains(fact); }))
        return false;
    const auto inside = [&](const TextRange& range, qsizetype shift) { return range.start <= span.start + shift && range.end >= span.end + shift; };
    if (std::any_of(context.quotations.begin(), context.quotations.end(), [&](const TextRange& range) { return inside(range, offset); }))
        return false;
    if (found.quotation) {
        if (!reported)
            reported = reportedSpeech(line);
        if (std::any_of(reported->begin(), reported->end(), [&](const TextRange& range) { return inside(range, 0); }))
            return false;
    }
    if (!found.negation)
        return true;
    using Negated = PhraseSighting::Negated;
    if (seen.negated == Negated::Unknown)
        seen.negated = isNegated(line, span.start, span.end) ? Negated::Yes : Negated::No;
    return seen.negated == Negated::No;
}

/// Takes off what lies inside a more severe hit of its category. `kept` lies in groups, each without overlap and by rising start.
void PhraseChecker::Compiled::dropCovered(std::vector<PhraseSpan>& kept) const
{
    std::vector<std::span<const PhraseSpan>> parts;   // one per group
    for (std::size_t first = 0; first < kept.size();) {
        auto last = first;
        while (last < kept.size() && groups[kept[last].rule] == groups[kept[first].rule])
            ++last;
        parts.push_back(std::span<const PhraseSpan>(kept).subspan(first, last - first));
        first = last;
    }
    if (parts.size() < 2)
        return;
    const auto covers = [](std::span<const PhraseSpan> strong, const PhraseSpan& weak) {
        const auto next = std::upper_bound(strong.begin(), strong.end(), weak.start, [](qsizetype start, const PhraseSpan& span) { return start < span.start; });
        return next != strong.begin() && (next - 1)->end >= weak.end;
    };
    std::vector<PhraseSpan> rest;
    for (const auto& span : kept) {
        const auto isStronger = [&](std::span<const PhraseSpan> part) {
            const auto& rule = rules[part.front().rule];
            return rule.severity > rules[span.rule].severity && rule.category == rules[span.rule].category;
        };
        if (std::none_of(parts.begin(), parts.end(), [&](const auto& part) { return isStronger(part) && covers(part, span); }))
            rest.push_back(span);
    }
    kept.swap(rest);
}

/// Leftmost-longest within a group; then what lies inside a more severe hit of its category goes.
void PhraseChecker::Compiled::select(std::vector<PhraseSpan>& spans) const
{
    std::sort(spans.begin(), spans.end(), [&](const PhraseSpan& a, const PhraseSpan& b) {
        return std::tuple(groups[a.rule], a.start, -a.end, a.rule, a.phrase) < std::tuple(groups[b.rule], b.start, -b.end, b.rule, b.phrase);
    });
    std::vector<PhraseSpan> kept;
    for (const auto& span : spans) {
        if (kept.empty() || groups[kept.back().rule] != groups[span.rule] || !overlaps(kept.back(), span))
            kept.push_back(span);
    }
    dropCovered(kept);
    std::sort(kept.begin(), kept.end(), [](const PhraseSpan& a, const PhraseSpan& b) {
        return std::tuple(a.start, -a.end, a.rule) < std::tuple(b.start, -b.end, b.rule);
    });
    spans.swap(kept);
}

void PhraseChecker::Compiled::sight(QStringView line, PhraseProfile::Scratch& scratch, std::vector<PhraseSighting>& out) const
{
    std::vector<PhraseCandidate> candidates;
    for (const auto& profile : profiles)
        profile.scan(line, {0, line.size()}, false, scratch, candidates);
    for (const auto& found : candidates)
        out.push_back({{found.rule, found.phrase, found.start, found.end}});
}

/// One rule without context: what the profiles say, each leftmost and longest. Where what they say, or what two readings say (split
/// characters, pinyin), overlaps, the line is settled in the general way: one profile's choice may have hidden what is left when it falls.
void PhraseChecker::Compiled::scanOneRule(QStringView line, qsizetype offset, const PhraseContext& context, PhraseProfile::Scratch& scratch,
                                          std::vector<PhraseCandidate>& candidates, std::vector<PhraseSpan>& out) const
{
    candidates.clear();
    for (const auto& profile : profiles)
        profile.scan(line, {0, line.size()}, true, scratch, candidates);
    const auto byPlace = [](const PhraseCandidate& a, const PhraseCandidate& b) { return std::tie(a.start, a.end) < std::tie(b.start, b.end); };
    if (!std::is_sorted(candidates.begin(), candidates.end(), byPlace))
        std::sort(candidates.begin(), candidates.end(), byPlace);
    const auto first = out.size();
    for (const auto& found : candidates) {
        const PhraseSpan span{found.rule, found.phrase, offset + found.start, offset + found.end};
        if (out.size() == first || span.start >= out.back().end) {
            out.push_back(span);
        } else if (span.start != out.back().start || span.end != out.back().end) {
            out.resize(first);
            std::vector<PhraseSighting> sightings;
            sight(line, scratch, sightings);
            return settle(line, offset, context, sightings, out);
        }
    }
}

void PhraseChecker::Compiled::settle(QStringView line, qsizetype offset, const PhraseContext& context, std::vector<PhraseSighting>& sightings,
                                     std::vector<PhraseSpan>& out) const
{
    std::vector<PhraseSpan> spans;
    std::optional<std::vector<TextRange>> reported;
    for (auto& seen : sightings) {
        if (counts(seen, line, offset, context, reported))
            spans.push_back({seen.span.rule, seen.span.phrase, offset + seen.span.start, offset + seen.span.end});
    }
    if (spans.size() > 1)
        select(spans);
    out.insert(out.end(), spans.begin(), spans.end());
}

void PhraseChecker::scan(QStringView text, const PhraseContext& context, std::vector<PhraseSpan>& out) const
{
    if (!m_compiled->mayHit(context))
        return;
    const bool simple = m_compiled->oneRule && context.speaker == m_compiled->rules[0].speaker && context.quotations.empty();
    PhraseProfile::Scratch scratch;
    std::vector<PhraseCandidate> candidates;
    std::vector<PhraseSighting> sightings;
    for (qsizetype begin = 0; begin < text.size();) {
        auto end = text.indexOf(u'\n', begin);
        end = end < 0 ? text.size() : end;
        const auto line = text.mid(begin, end - begin);
        if (simple) {
            m_compiled->scanOneRule(line, begin, context, scratch, candidates, out);
        } else {
            sightings.clear();
            m_compiled->sight(line, scratch, sightings);
            m_compiled->settle(line, begin, context, sightings, out);
        }
        begin = end + 1;
    }
}

void PhraseChecker::sight(QStringView line, std::vector<PhraseSighting>& out) const
{
    PhraseProfile::Scratch scratch;
    m_compiled->sight(line, scratch, out);
}

void PhraseChecker::sightAgain(QStringView line, TextRange edit, qsizetype removed, std::vector<PhraseSighting>& sightings) const
{
    constexpr qsizetype context = 64;   // more than isNegated looks at on either side
    const auto shift = edit.end - edit.start - removed;
    TextRange zone = edit;
    for (const auto& profile : m_compiled->profiles) {
        const auto touched = profile.touchedBy(line, edit);
        zone = {std::min(zone.start, touched.start), std::max(zone.end, touched.end)};
    }
    std::erase_if(sightings, [&](const PhraseSighting& seen) { return seen.span.start < zone.end - shift && seen.span.end > zone.start; });
    for (auto& seen : sightings) {
        if (seen.span.start >= zone.end - shift) {
            seen.span.start += shift;
            seen.span.end += shift;
        }
        if (seen.span.start - context < edit.end && seen.span.end + context > edit.start)
            seen.negated = PhraseSighting::Negated::Unknown;
    }
    PhraseProfile::Scratch scratch;
    std::vector<PhraseCandidate> candidates;
    for (const auto& profile : m_compiled->profiles)
        profile.scan(line, profile.windowAround(line, zone), false, scratch, candidates);
    for (const auto& found : candidates) {
        if (found.start < zone.end && found.end > zone.start)
            sightings.push_back({{found.rule, found.phrase, found.start, found.end}});
    }
}

void PhraseChecker::settle(QStringView line, qsizetype offset, const PhraseContext& context, std::vector<PhraseSighting>& sightings,
                           std::vector<PhraseSpan>& out) const
{
    if (m_compiled->mayHit(context))
        m_compiled->settle(line, offset, context, sightings, out);
}

std::vector<PhraseSpan> PhraseChecker::scan(QStringView text, const PhraseContext& context) const
{
    std::vector<PhraseSpan> spans;
    scan(text, context, spans);
    return spans;
}

std::vector<PhraseHit> PhraseChecker::check(QStringView text, const PhraseContext& context) const
{
    std::vector<PhraseHit> hits = missing(text, context);
    for (const auto& span : scan(text, context))
        hits.push_back(describe(span));
    return hits;
}

std::vector<PhraseHit> PhraseChecker::missing(QStringView text, const PhraseContext& context) const
{
    if (context.textKind.empty() || context.speaker == Speaker::Debtor)
        return {};
    std::vector<PhraseSighting> sightings;
    PhraseProfile::Scratch scratch;
    for (const auto line : text.split(u'\n'))
        m_compiled->sight(line, scratch, sightings);
    return missing(sightings, context);
}

std::vector<PhraseHit> PhraseChecker::missing(const std::vector<PhraseSighting>& sightings, const PhraseContext& context) const
{
    std::vector<PhraseHit> hits;
    if (context.textKind.empty() || context.speaker == Speaker::Debtor)
        return hits;
    for (std::uint32_t number = 0; number < m_compiled->rules.size(); ++number) {
        const bool isThere = std::any_of(sightings.begin(), sightings.end(), [&](const auto& seen) { return seen.span.rule == number; });
        if (m_compiled->rules[number].requiredIn != context.textKind || isThere)
            continue;
        hits.push_back(describe({number, 0, 0, 0}));
        hits.back().missing = true;
    }
    return hits;
}

PhraseHit PhraseChecker::describe(const PhraseSpan& span) const
{
    const auto& found = rule(span);
    PhraseHit hit{found.id, found.category, found.severity, span.start, span.end, phrase(span), found.clause, found.message, {}, false};
    for (const auto& suggestion : found.suggestions)
        hit.suggestions.push_back(QString::fromStdString(suggestion));
    return hit;
}

const PhraseRule& PhraseChecker::rule(const PhraseSpan& span) const { return m_compiled->rules[span.rule]; }
QString PhraseChecker::phrase(const PhraseSpan& span) const { return QString::fromStdString(rule(span).phrases[span.phrase]); }
const PhraseStats& PhraseChecker::stats() const { return m_compiled->stats; }

} // namespace evenhand::compliance
