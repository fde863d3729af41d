// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/phraseautomaton.h"

#include <algorithm>
#include <numeric>

namespace evenhand::compliance {

namespace {

constexpr std::size_t kTries = 64;   // free places looked at for a state with several children before the array grows

} // namespace

/// Places the trie of the sorted literals level by level. A level's failure links need only the levels above.
struct PhraseAutomaton::Builder {
    struct Node {
        std::int32_t state;
        std::size_t first, last;   // sorted literals that begin with this node's path
        std::size_t depth;
        bool ends = false;         // a literal ends here: the one at `first`
    };

    PhraseAutomaton& automaton;
    std::span<const Literal> literals;
    std::vector<std::uint32_t> sorted;
    std::vector<std::int32_t> nextFree;       // list of free places, in rising order
    std::vector<std::int32_t> previousFree;
    std::vector<Node> queue;
    std::size_t firstToTry = 1;
    std::int32_t highestTaken = 0;            // no place behind it is taken

    void run()
    {
        assignClasses();
        sorted.resize(literals.size());
        std::iota(sorted.begin(), sorted.end(), 0U);
        std::sort(sorted.begin(), sorted.end(), [&](std::uint32_t a, std::uint32_t b) { return literals[a] < literals[b]; });
        grow(2 * automaton.m_fromRoot.size() + 1024);
        automaton.m_states[0].check = -2;
        // Places below the highest class stay unused, so that no base is ever negative and no place is tried in vain.
        const auto lowestPlace = automaton.m_fromRoot.size();
        nextFree[0] = static_cast<std::int32_t>(lowestPlace);
        highestTaken = static_cast<std::int32_t>(lowestPlace) - 1;
        previousFree[lowestPlace] = 0;
        queue.push_back({0, 0, sorted.size(), 0});
        for (std::size_t i = 0; i < queue.size(); ++i)
            expand(i);
        linkOutputs();
        automaton.m_stateCount = queue.size();
        trim();
    }

    /// Frequent tokens get low numbers: the children of a state then lie close together and the array stays dense.
    void assignClasses()
    {
        std::unordered_map<std::uint32_t, std::uint32_t> counts;
        for (const auto& literal : literals) {
            for (const auto token : literal)
                ++counts[token];
        }
        std::vector<std::pair<std::uint32_t, std::uint32_t>> ordered(counts.begin(), counts.end());
        std::sort(ordered.begin(), ordered.end(), [](const auto& x, const auto& y) { return std::pair(y.second, x.first) < std::pair(x.second, y.first); });
        auto& classes = automaton.m_classes;
        classes.assign(0x10000, 0);
        std::uint16_t next = 1;
        for (const auto& [token, count] : ordered) {
            if (token < 0x10000)
                classes[token] = next++;
            else
                automaton.m_rareClasses.emplace(token, next++);
        }
        automaton.m_fromRoot.assign(next, 0);
    }

    void grow(std::size_t size)
    {
        auto& states = automaton.m_states;
        const auto from = static_cast<std::int32_t>(states.size());
        states.resize(size);
        nextFree.resize(size + 1);
        previousFree.resize(size + 1);
        for (auto i = from; i < static_cast<std::int32_t>(size); ++i) {
            nextFree[static_cast<std::size_t>(i)] = i + 1;
            previousFree[static_cast<std::size_t>(i) + 1] = i;
        }
        if (from > 0)   // the sentinel of the old end becomes an ordinary place; its predecessor already points to it
            states[static_cast<std::size_t>(from)].check = kFree;
    }

    void take(std::int32_t place, std::int32_t parent)
    {
        highestTaken = std::max(highestTaken, place);
        automaton.m_states[static_cast<std::size_t>(place)].check = parent;
        const auto next = nextFree[static_cast<std::size_t>(place)];
        const auto previous = previousFree[static_cast<std::size_t>(place)];
        nextFree[static_cast<std::size_t>(previous)] = next;
        previousFree[static_cast<std::size_t>(next)] = previous;
    }

    [[nodiscard]] bool fits(std::int32_t base, const std::vector<std::uint32_t>& labels) const
    {
        return std::all_of(labels.begin(), labels.end(), [&](std::uint32_t label) {
            return automaton.m_states[static_cast<std::size_t>(base) + label].check == kFree;
        });
    }

    std::int32_t findBase(const std::vector<std::uint32_t>& labels)
    {
        const auto lowest = static_cast<std::int32_t>(labels.front());
        const auto reach = automaton.m_fromRoot.size() + 1;
        std::size_t tries = 0;
        for (auto place = nextFree[0]; static_cast<std::size_t>(place) + reach < automaton.m_states.size(); place = nextFree[static_cast<std::size_t>(place)]) {
            if (fits(place - lowest, labels))
                return place - lowest;
            if (labels.size() > 1 && ++tries >= kTries)
                break;
        }
        // Behind the highest place taken everything is free. The array grows only when that runs over its end: growing for each
        // set that found no hole would multiply its size without end.
        const auto base = highestTaken + 1 - lowest;
        if (const auto needed = static_cast<std::size_t>(base) + reach + 1; needed >= automaton.m_states.size())
            grow(std::max(needed + reach, automaton.m_states.size() + automaton.m_states.size() / 4));
        return base;
    }

    void expand(std::size_t position)
    {
        auto& current = queue[position];
        auto first = current.first;
        if (first < current.last && literals[sorted[first]].size() == current.depth) {
            current.ends = true;
            ++first;
        }
        const Node node = current;   // the queue grows below
        std::vector<std::uint32_t> labels;
        std::vector<std::size_t> begins;
        for (auto i = first; i < node.last; ++i) {
            const auto label = automaton.classOf(literals[sorted[i]][node.depth]);
            if (labels.empty() || literals[sorted[i]][node.depth] != literals[sorted[i - 1]][node.depth]) {
                labels.push_back(label);
                begins.push_back(i);
            }
        }
        if (!labels.empty())
            placeChildren(node, labels, begins);
    }

    void placeChildren(const Node& node, const std::vector<std::uint32_t>& labels, std::vector<std::size_t>& begins)
    {
        auto ordered = labels;
        std::sort(ordered.begin(), ordered.end());
        const auto base = findBase(ordered);
        automaton.m_states[static_cast<std::size_t>(node.state)].base = base;
        begins.push_back(node.last);
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const auto child = base + static_cast<std::int32_t>(labels[i]);
            take(child, node.state);
            queue.push_back({child, begins[i], begins[i + 1], node.depth + 1});
            if (node.state == 0) {
                automaton.m_fromRoot[labels[i]] = child;
                continue;
            }
            const auto fail = automaton.step(automaton.m_states[static_cast<std::size_t>(node.state)].fail, labels[i]);
            automaton.m_states[static_cast<std::size_t>(child)].fail = fail;
        }
    }

    /// Only when every level stands: the failure link of a state may lead to the level just above, which is not done yet
    /// while the state is placed.
    void linkOutputs()
    {
        for (const auto& node : queue) {
            auto& state = automaton.m_states[static_cast<std::size_t>(node.state)];
            state.output = node.state == 0 ? kNone : automaton.m_states[static_cast<std::size_t>(state.fail)].output;
            if (!node.ends)
                continue;
            automaton.m_outputs.push_back({sorted[node.first], state.output});
            state.output = static_cast<std::int32_t>(automaton.m_outputs.size()) - 1;
        }
    }

    /// Cuts the unused end off, but keeps it so long that base + any class stays inside.
    void trim()
    {
        auto& states = automaton.m_states;
        std::int32_t highest = 0;
        for (const auto& state : states)
            highest = state.check == kFree ? highest : std::max(highest, state.base);
        states.resize(std::min(states.size(), static_cast<std::size_t>(highest) + automaton.m_fromRoot.size() + 1));
        states.shrink_to_fit();
        automaton.m_outputs.shrink_to_fit();
    }
};

PhraseAutomaton::PhraseAutomaton(std::span<const Literal> literals)
{
    Builder{*this, literals, {}, {}, {}, {}}.run();
}

std::size_t PhraseAutomaton::memoryBytes() const
{
    return m_classes.capacity() * sizeof(std::uint16_t) + m_rareClasses.size() * 32 + m_fromRoot.capacity() * sizeof(std::int32_t)
        + m_states.capacity() * sizeof(State) + m_outputs.capacity() * sizeof(Output);
}

} // namespace evenhand::compliance
