// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/phrasetrie.h"

#include <algorithm>
#include <bit>

namespace evenhand::compliance {

namespace {

constexpr std::size_t kTries = 64;             // free places looked at for a state with several children before the array grows
constexpr std::size_t kBitsPerEntry = 16;      // one in sixteen wrong answers at most
constexpr std::size_t kFewestBits = 1U << 12;
constexpr std::size_t kMostBits = 1U << 20;    // 128 KiB stay in the processor's second cache

} // namespace

void PhraseTrie::Beginnings::reserve(std::size_t count)
{
    const auto size = std::bit_ceil(std::clamp(count * kBitsPerEntry, kFewestBits, kMostBits));
    bits.assign(size / 64, 0);
    shift = 32U - static_cast<unsigned>(std::countr_zero(size));
}

void PhraseTrie::Beginnings::insert(std::uint32_t hash)
{
    const auto bit = (hash * 0x9E3779B1U) >> shift;
    bits[bit >> 6] |= std::uint64_t(1) << (bit & 63);
}

/// Places the trie of the literals level by level.
struct PhraseTrie::Builder {
    struct Node {
        std::int32_t state;
        std::uint32_t first, last;   // literals that begin with this node's path
        std::uint32_t depth;
    };

    PhraseTrie& trie;
    std::span<const Literal> literals;
    std::vector<std::int32_t> nextFree{};       // list of free places, in rising order
    std::vector<std::int32_t> previousFree{};
    std::vector<Node> queue{};
    std::vector<std::uint32_t> labels{};        // of the node being placed, in literal order
    std::vector<std::uint32_t> ordered{};       // the same by number
    std::vector<std::uint32_t> begins{};
    std::int32_t highestTaken = 0;              // no place behind it is taken

    void run()
    {
        assignClasses();
        noteBeginnings();
        grow(2 * trie.m_fromRoot.size() + 1024);
        trie.m_states[0].check = -2;
        // Places below the highest class stay unused, so that no base is ever negative and no place is tried in vain.
        const auto lowestPlace = trie.m_fromRoot.size();
        nextFree[0] = static_cast<std::int32_t>(lowestPlace);
        highestTaken = static_cast<std::int32_t>(lowestPlace) - 1;
        previousFree[lowestPlace] = 0;
        queue.push_back({0, 0, static_cast<std::uint32_t>(literals.size()), 0});
        for (std::size_t i = 0; i < queue.size(); ++i)
            expand(queue[i]);
        trie.m_stateCount = queue.size();
        trim();
    }

    /// Frequent tokens get low numbers: the children of a state then lie close together and the array stays dense.
    void assignClasses()
    {
        std::vector<std::uint32_t> counts(0x10000);
        std::unordered_map<std::uint32_t, std::uint32_t> rare;
        for (const auto& literal : literals) {
            for (const auto token : literal)
                ++(token < 0x10000 ? counts[token] : rare[token]);
        }
        std::vector<std::pair<std::uint32_t, std::uint32_t>> byCount(rare.begin(), rare.end());
        for (std::uint32_t token = 0; token < 0x10000; ++token) {
            if (counts[token] > 0)
                byCount.emplace_back(token, counts[token]);
        }
        std::sort(byCount.begin(), byCount.end(), [](const auto& x, const auto& y) { return std::pair(y.second, x.first) < std::pair(x.second, y.first); });
        trie.m_classes.assign(0x10000, 0);
        std::uint16_t next = 1;
        for (const auto& [token, count] : byCount) {
            if (token < 0x10000)
                trie.m_classes[token] = next++;
            else
                trie.m_rareClasses.emplace(token, next++);
        }
        trie.m_fromRoot.assign(next, 0);
        trie.m_hasSingle.assign(next, 0);
    }

    void noteBeginnings()
    {
        const auto isLong = [](const Literal& literal) { return literal.size() >= kLong; };
        const auto longOnes = static_cast<std::size_t>(std::count_if(literals.begin(), literals.end(), isLong));
        trie.m_pairs.reserve(literals.size() - longOnes);
        trie.m_fours.reserve(longOnes);
        for (const auto& literal : literals) {
            const auto label = [&](std::size_t at) { return trie.classOf(literal[at]); };
            if (literal.size() == 1) {
                trie.m_hasSingle[label(0)] = 1;
            } else if (!isLong(literal)) {
                trie.m_pairs.insert(pairOf(label(0), label(1)));
                trie.m_hasShort = true;
            } else {
                trie.m_fours.insert(fourOf(label(0), label(1), label(2), label(3)));
                trie.m_hasLong = true;
            }
        }
    }

    void grow(std::size_t size)
    {
        auto& states = trie.m_states;
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
        trie.m_states[static_cast<std::size_t>(place)].check = parent;
        const auto next = nextFree[static_cast<std::size_t>(place)];
        const auto previous = previousFree[static_cast<std::size_t>(place)];
        nextFree[static_cast<std::size_t>(previous)] = next;
        previousFree[static_cast<std::size_t>(next)] = previous;
    }

    [[nodiscard]] bool fits(std::int32_t base) const
    {
        return std::all_of(ordered.begin(), ordered.end(),
                           [&](std::uint32_t label) { return trie.m_states[static_cast<std::size_t>(base) + label].check == kFree; });
    }

    std::int32_t findBase()
    {
        const auto lowest = static_cast<std::int32_t>(ordered.front());
        const auto reach = trie.m_fromRoot.size() + 1;
        std::size_t tries = 0;
        for (auto place = nextFree[0]; static_cast<std::size_t>(place) + reach < trie.m_states.size(); place = nextFree[static_cast<std::size_t>(place)]) {
            if (fits(place - lowest))
                return place - lowest;
            if (ordered.size() > 1 && ++tries >= kTries)
                break;
        }
        // Behind the highest place taken everything is free. The array grows only when that runs over its end: growing for each
        // set that found no hole would multiply its size without end.
        const auto base = highestTaken + 1 - lowest;
        if (const auto needed = static_cast<std::size_t>(base) + reach + 1; needed >= trie.m_states.size())
            grow(std::max(needed + reach, trie.m_states.size() + trie.m_states.size() / 4));
        return base;
    }

    void expand(Node node)   // a copy: the queue grows below
    {
        auto first = node.first;
        if (first < node.last && literals[first].size() == node.depth)
            trie.m_states[static_cast<std::size_t>(node.state)].literal = static_cast<std::int32_t>(first++);
        labels.clear();
        begins.clear();
        for (auto i = first; i < node.last; ++i) {
            if (labels.empty() || literals[i][node.depth] != literals[i - 1][node.depth]) {
                labels.push_back(trie.classOf(literals[i][node.depth]));
                begins.push_back(i);
            }
        }
        if (!labels.empty())
            placeChildren(node);
    }

    void placeChildren(const Node& node)
    {
        ordered = labels;
        std::sort(ordered.begin(), ordered.end());
        const auto base = findBase();
        trie.m_states[static_cast<std::size_t>(node.state)].base = base;
        begins.push_back(node.last);
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const auto child = base + static_cast<std::int32_t>(labels[i]);
            take(child, node.state);
            queue.push_back({child, begins[i], begins[i + 1], node.depth + 1});
            if (node.state == 0)
                trie.m_fromRoot[labels[i]] = child;
        }
    }

    /// Cuts the unused end off, but keeps it so long that base + any class stays inside.
    void trim()
    {
        auto& states = trie.m_states;
        std::int32_t highest = 0;
        for (const auto& state : states)
            highest = state.check == kFree ? highest : std::max(highest, state.base);
        states.resize(std::min(states.size(), static_cast<std::size_t>(highest) + trie.m_fromRoot.size() + 1));
        states.shrink_to_fit();
    }
};

PhraseTrie::PhraseTrie(std::span<const Literal> literals)
{
    if (!literals.empty())
        Builder{*this, literals}.run();
}

std::size_t PhraseTrie::memoryBytes() const
{
    return m_classes.capacity() * sizeof(std::uint16_t) + m_rareClasses.size() * 32 + m_fromRoot.capacity() * sizeof(std::int32_t) + m_hasSingle.capacity()
        + (m_pairs.bits.capacity() + m_fours.bits.capacity()) * sizeof(std::uint64_t) + m_states.capacity() * sizeof(State);
}

} // namespace evenhand::compliance
