// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace evenhand::compliance {

/// Finds all occurrences of many token sequences at once: from each place of the text a walk down a trie (a double array), but only where a
/// small table of beginnings says that some sequence may start. Places do not depend on each other, so the processor looks at several
/// at a time; docs/decisions/phrase-matcher.md says why this and neither Aho–Corasick nor a library. Immutable after build, any thread.
class PhraseTrie {
public:
    using Literal = std::span<const std::uint32_t>;   ///< tokens, not empty

    PhraseTrie() = default;
    /// Literals are numbered as they lie in `literals`: in rising order, each different from the one before it.
    explicit PhraseTrie(std::span<const Literal> literals);

    /// Calls onMatch(literal, begin, end) for every occurrence, by begin and then shortest first; `end` is the index behind its last token.
    template <class OnMatch>
    void scan(std::span<const std::uint32_t> tokens, OnMatch&& onMatch) const;

    /// As scan, but goes on behind the longest occurrence at each place for which `accepts(literal, begin, end)` is true; calls
    /// onMatch for those only: leftmost, longest, no overlap.
    template <class Accepts, class OnMatch>
    void scanLongest(std::span<const std::uint32_t> tokens, Accepts&& accepts, OnMatch&& onMatch) const;

    [[nodiscard]] std::size_t states() const { return m_stateCount; }
    [[nodiscard]] std::size_t memoryBytes() const;

private:
    struct State {
        std::int32_t base = 0;
        std::int32_t check = kFree;     // the parent
        std::int32_t literal = kNone;   // that ends here
    };
    /// A set of token groups that may say yes in error.
    struct Beginnings {
        std::vector<std::uint64_t> bits;
        unsigned shift = 32;
        void reserve(std::size_t count);
        void insert(std::uint32_t hash);
        [[nodiscard]] bool mayHold(std::uint32_t hash) const
        {
            const auto bit = (hash * 0x9E3779B1U) >> shift;
            return ((bits[bit >> 6] >> (bit & 63)) & 1U) != 0;
        }
    };
    static constexpr std::int32_t kFree = -1;
    static constexpr std::int32_t kNone = -1;
    static constexpr std::size_t kLong = 4;   // from this length on a literal is told by its first four tokens
    struct Builder;

    [[nodiscard]] std::uint32_t classOf(std::uint32_t token) const;
    [[nodiscard]] static std::uint32_t pairOf(std::uint32_t a, std::uint32_t b) { return (a << 16) ^ b; }
    [[nodiscard]] static std::uint32_t fourOf(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d)
    {
        return pairOf(a, b) * 0x85EBCA6BU + pairOf(c, d);
    }
    [[nodiscard]] bool mayBegin(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) const
    {
        return m_hasSingle[a] != 0 || (m_hasShort && m_pairs.mayHold(pairOf(a, b))) || (m_hasLong && m_fours.mayHold(fourOf(a, b, c, d)));
    }
    template <class OnMatch>
    void walk(std::span<const std::uint32_t> tokens, std::size_t begin, OnMatch&& onMatch) const;

    std::vector<std::uint16_t> m_classes;                          // of tokens below 0x10000; 0: in no literal
    std::unordered_map<std::uint32_t, std::uint16_t> m_rareClasses;
    std::vector<std::int32_t> m_fromRoot;                          // by class; 0: no literal begins so
    std::vector<std::uint8_t> m_hasSingle;                         // by class: it is a literal by itself
    Beginnings m_pairs;                                            // of literals of two or three tokens
    Beginnings m_fours;                                            // of longer ones
    bool m_hasShort = false;
    bool m_hasLong = false;
    std::vector<State> m_states;
    std::size_t m_stateCount = 0;
};

inline std::uint32_t PhraseTrie::classOf(std::uint32_t token) const
{
    if (token < 0x10000) [[likely]]
        return m_classes[token];
    const auto found = m_rareClasses.find(token);
    return found == m_rareClasses.end() ? 0 : found->second;
}

template <class OnMatch>
void PhraseTrie::walk(std::span<const std::uint32_t> tokens, std::size_t begin, OnMatch&& onMatch) const
{
    auto state = m_fromRoot[classOf(tokens[begin])];
    for (std::size_t at = begin + 1; state != 0; ++at) {
        const State& here = m_states[static_cast<std::size_t>(state)];
        if (here.literal != kNone)
            onMatch(static_cast<std::uint32_t>(here.literal), begin, at);
        if (at == tokens.size())
            return;
        const auto label = classOf(tokens[at]);
        const auto target = here.base + static_cast<std::int32_t>(label);
        state = label != 0 && m_states[static_cast<std::size_t>(target)].check == state ? target : 0;
    }
}

template <class OnMatch>
void PhraseTrie::scan(std::span<const std::uint32_t> tokens, OnMatch&& onMatch) const
{
    if (m_stateCount == 0)
        return;
    const auto classAt = [&](std::size_t at) { return at < tokens.size() ? classOf(tokens[at]) : 0U; };
    std::uint32_t a = classAt(0);
    std::uint32_t b = classAt(1);
    std::uint32_t c = classAt(2);
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        const auto d = classAt(at + 3);
        if (mayBegin(a, b, c, d))
            walk(tokens, at, onMatch);
        a = b;
        b = c;
        c = d;
    }
}

template <class Accepts, class OnMatch>
void PhraseTrie::scanLongest(std::span<const std::uint32_t> tokens, Accepts&& accepts, OnMatch&& onMatch) const
{
    if (m_stateCount == 0)
        return;
    const auto classAt = [&](std::size_t at) { return at < tokens.size() ? classOf(tokens[at]) : 0U; };
    std::uint32_t a = classAt(0);
    std::uint32_t b = classAt(1);
    std::uint32_t c = classAt(2);
    for (std::size_t at = 0; at < tokens.size();) {
        const auto d = classAt(at + 3);
        std::size_t bestEnd = 0;
        std::uint32_t best = 0;
        if (mayBegin(a, b, c, d))
            walk(tokens, at, [&](std::uint32_t literal, std::size_t begin, std::size_t end) {
                if (accepts(literal, begin, end)) {
                    best = literal;
                    bestEnd = end;
                }
            });
        if (bestEnd == 0) {
            ++at;
            a = b;
            b = c;
            c = d;
            continue;
        }
        onMatch(best, at, bestEnd);
        at = bestEnd;
        a = classAt(at);
        b = classAt(at + 1);
        c = classAt(at + 2);
    }
}

} // namespace evenhand::compliance
