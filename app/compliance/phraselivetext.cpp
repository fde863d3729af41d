// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/phraselivetext.h"

#include <algorithm>
#include <tuple>

namespace evenhand::compliance {

namespace {

/// The offset after an edit of something that stood at `offset` before it.
qsizetype moved(qsizetype offset, qsizetype position, qsizetype removed, qsizetype inserted)
{
    if (offset <= position)
        return offset;
    return std::max(offset, position + removed) - removed + inserted;
}

} // namespace

void PhraseLiveText::setContext(PhraseContext context)
{
    m_context = std::move(context);
    m_hits = m_checker.missing(m_sightings, m_context);
    settleLines({0, m_text.size()});
}

void PhraseLiveText::setText(const QString& text)
{
    m_text = text;
    m_sightings.clear();
    sightLines({0, m_text.size()});
    m_hits = m_checker.missing(m_sightings, m_context);
    settleLines({0, m_text.size()});
}

TextRange PhraseLiveText::edit(qsizetype position, qsizetype removed, QStringView inserted)
{
    position = std::clamp<qsizetype>(position, 0, m_text.size());
    removed = std::clamp<qsizetype>(removed, 0, m_text.size() - position);
    const bool isOneLine = !inserted.contains(u'\n') && !QStringView(m_text).mid(position, removed).contains(u'\n');
    m_text.replace(position, removed, inserted.data(), inserted.size());
    for (auto& range : m_context.quotations)
        // What is typed right before a quotation does not belong to it, nor does what is typed right behind it.
        range = {range.start == position && removed == 0 ? range.start + inserted.size() : moved(range.start, position, removed, inserted.size()),
                 moved(range.end, position, removed, inserted.size())};

    TextRange lines{position, position + inserted.size()};
    lines.start = position == 0 ? 0 : m_text.lastIndexOf(u'\n', position - 1) + 1;
    lines.end = m_text.indexOf(u'\n', lines.end);
    lines.end = lines.end < 0 ? m_text.size() : lines.end;
    const auto shift = inserted.size() - removed;
    const auto oldEnd = lines.end - shift;

    std::vector<PhraseSighting> touched;   // of the lines edited, offsets into them
    std::erase_if(m_sightings, [&](PhraseSighting seen) {
        if (seen.span.start < lines.start || seen.span.end > oldEnd)
            return false;
        seen.span.start -= lines.start;
        seen.span.end -= lines.start;
        touched.push_back(seen);
        return true;
    });
    for (auto& seen : m_sightings) {
        const auto by = seen.span.start > oldEnd ? shift : 0;
        seen.span.start += by;
        seen.span.end += by;
    }
    std::erase_if(m_hits, [&](const PhraseHit& hit) { return hit.missing || (hit.start >= lines.start && hit.end <= oldEnd); });
    for (auto& hit : m_hits) {
        const auto by = hit.start > oldEnd ? shift : 0;
        hit.start += by;
        hit.end += by;
    }
    if (isOneLine) {
        const auto line = QStringView(m_text).mid(lines.start, lines.end - lines.start);
        m_checker.sightAgain(line, {position - lines.start, position - lines.start + inserted.size()}, removed, touched);
        for (auto& seen : touched) {
            seen.span.start += lines.start;
            seen.span.end += lines.start;
            m_sightings.push_back(seen);
        }
    } else {
        sightLines(lines);
    }
    auto missing = m_checker.missing(m_sightings, m_context);
    m_hits.insert(m_hits.end(), std::make_move_iterator(missing.begin()), std::make_move_iterator(missing.end()));
    settleLines(lines);
    return lines;
}

/// Adds the sightings of these lines.
void PhraseLiveText::sightLines(TextRange lines)
{
    for (qsizetype begin = lines.start; begin <= lines.end;) {
        auto end = m_text.indexOf(u'\n', begin);
        end = end < 0 || end > lines.end ? lines.end : end;
        const auto first = m_sightings.size();
        m_checker.sight(QStringView(m_text).mid(begin, end - begin), m_sightings);
        for (auto seen = m_sightings.begin() + static_cast<std::ptrdiff_t>(first); seen != m_sightings.end(); ++seen) {
            seen->span.start += begin;
            seen->span.end += begin;
        }
        begin = end + 1;
    }
}

/// Adds the hits that the sightings of these lines make.
void PhraseLiveText::settleLines(TextRange lines)
{
    std::vector<PhraseSpan> spans;
    std::vector<PhraseSighting> own;
    std::vector<std::size_t> places;
    for (qsizetype begin = lines.start; begin <= lines.end && !m_sightings.empty();) {
        auto end = m_text.indexOf(u'\n', begin);
        end = end < 0 || end > lines.end ? lines.end : end;
        own.clear();
        places.clear();
        for (std::size_t i = 0; i < m_sightings.size(); ++i) {
            if (m_sightings[i].span.start < begin || m_sightings[i].span.end > end)
                continue;
            own.push_back(m_sightings[i]);
            own.back().span.start -= begin;
            own.back().span.end -= begin;
            places.push_back(i);
        }
        if (!own.empty())
            m_checker.settle(QStringView(m_text).mid(begin, end - begin), begin, m_context, own, spans);
        for (std::size_t i = 0; i < own.size(); ++i)
            m_sightings[places[i]].negated = own[i].negated;
        begin = end + 1;
    }
    for (const auto& span : spans)
        m_hits.push_back(m_checker.describe(span));
    sortHits();
}

void PhraseLiveText::sortHits()
{
    std::stable_sort(m_hits.begin(), m_hits.end(), [](const PhraseHit& a, const PhraseHit& b) {
        return std::tuple(!a.missing, a.start, -a.end) < std::tuple(!b.missing, b.start, -b.end);
    });
}

} // namespace evenhand::compliance
