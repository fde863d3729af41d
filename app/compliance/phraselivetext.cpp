// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/phraselivetext.h"

#include <algorithm>

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
    setText(QString(m_text));
}

void PhraseLiveText::setText(const QString& text)
{
    m_text = text;
    m_hits = m_checker.check(m_text, m_context);
}

TextRange PhraseLiveText::edit(qsizetype position, qsizetype removed, QStringView inserted)
{
    position = std::clamp<qsizetype>(position, 0, m_text.size());
    removed = std::clamp<qsizetype>(removed, 0, m_text.size() - position);
    m_text.replace(position, removed, inserted.data(), inserted.size());
    for (auto& range : m_context.quotations)
        // What is typed right before a quotation does not belong to it, nor does what is typed right behind it.
        range = {range.start == position && removed == 0 ? range.start + inserted.size() : moved(range.start, position, removed, inserted.size()),
                 moved(range.end, position, removed, inserted.size())};

    TextRange range{position, position + inserted.size()};
    range.start = position == 0 ? 0 : m_text.lastIndexOf(u'\n', position - 1) + 1;
    range.end = m_text.indexOf(u'\n', range.end);
    range.end = range.end < 0 ? m_text.size() : range.end;
    const auto oldEnd = range.end - inserted.size() + removed;
    std::erase_if(m_hits, [&](const PhraseHit& hit) { return hit.missing || (hit.start >= range.start && hit.start <= oldEnd && hit.end <= oldEnd); });
    for (auto& hit : m_hits) {
        const auto shift = hit.start > oldEnd ? inserted.size() - removed : 0;
        hit.start += shift;
        hit.end += shift;
    }
    recheck(range);
    return range;
}

void PhraseLiveText::recheck(TextRange range)
{
    PhraseContext context = m_context;
    for (auto& quotation : context.quotations)
        quotation = {quotation.start - range.start, quotation.end - range.start};
    std::vector<PhraseHit> fresh = m_checker.missing(m_text, m_context);
    for (const auto& span : m_checker.scan(QStringView(m_text).mid(range.start, range.end - range.start), context)) {
        fresh.push_back(m_checker.describe(span));
        fresh.back().start += range.start;
        fresh.back().end += range.start;
    }
    m_hits.insert(m_hits.end(), std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
    std::stable_sort(m_hits.begin(), m_hits.end(), [](const PhraseHit& a, const PhraseHit& b) {
        return std::tuple(!a.missing, a.start, -a.end) < std::tuple(!b.missing, b.start, -b.end);
    });
}

} // namespace evenhand::compliance
