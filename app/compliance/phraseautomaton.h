// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace evenhand::compliance {

/// Finds all occurrences of many token sequences at once: Aho–Corasick over a double array. Immutable after build, any
/// thread. docs/decisions/phrase-matcher.md says why this and not a library.
class PhraseAutomaton {
public:
    using Literal = std::vector<std::uint32_t>;   ///< tokens, not empty

    /// Literals are numbered as they lie in `literals`; duplicates are not allowed.
    explicit PhraseAutomaton(std::span<const Literal> literals);

    /// Calls onMatch(literal, end) for every occurrence, by end and then longest first; `end` is the index behind its last token.
    template <class OnMatch>
    void scan(std::span<const std::uint32_t> tokens, OnMatch&& onMatch) const;

    [[nodiscard]] std::size_t states() const { return m_stateCount; }
    [[nodiscard]] std::size_t memoryBytes() const;

private:
    struct State {
        std::int32_t base = 0;
        std::int32_t check = kFree;    // the parent
        std::int32_t fail = 0;
        std::int32_t output = kNone;   // into m_outputs
    };
    struct Output {
        std::uint32_t literal;
        std::int32_t next;   // a shorter literal that ends here too
    };
    static constexpr std::int32_t kFree = -1;
    static constexpr std::int32_t kNone = -1;
    struct Builder;

    [[nodiscard]] std::uint32_t classOf(std::uint32_t token) const;
    [[nodiscard]] std::int32_t step(std::int32_t state, std::uint32_t label) const;

    std::vector<std::uint16_t> m_classes;                          // of tokens below 0x10000; 0: in no literal
    std::unordered_map<std::uint32_t, std::uint16_t> m_rareClasses;
    std::vector<std::int32_t> m_fromRoot;                          // by class
    std::vector<State> m_states;
    std::vector<Output> m_outputs;
    std::size_t m_stateCount = 1;
};

inline std::uint32_t PhraseAutomaton::classOf(std::uint32_t token) const
{
    if (token < 0x10000) [[likely]]
        return m_classes[token];
    const auto found = m_rareClasses.find(token);
    return found == m_rareClasses.end() ? 0 : found->second;
}

inline std::int32_t PhraseAutomaton::step(std::int32_t state, std::uint32_t label) const
{
    while (state != 0) {
        const auto target = m_states[static_cast<std::size_t>(state)].base + static_cast<std::int32_t>(label);
        if (m_states[static_cast<std::size_t>(target)].check == state)
            return target;
        state = m_states[static_cast<std::size_t>(state)].fail;
    }
    return m_fromRoot[label];
}

template <class OnMatch>
void PhraseAutomaton::scan(std::span<const std::uint32_t> tokens, OnMatch&& onMatch) const
{
    std::int32_t state = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const auto label = classOf(tokens[i]);
        state = label == 0 ? 0 : step(state, label);
        for (auto output = m_states[static_cast<std::size_t>(state)].output; output != kNone; output = m_outputs[static_cast<std::size_t>(output)].next)
            onMatch(m_outputs[static_cast<std::size_t>(output)].literal, i + 1);
    }
}

} // namespace evenhand::compliance
