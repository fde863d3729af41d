// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/phrasepattern.h"

#include <algorithm>
#include <array>
#include <optional>

namespace evenhand::compliance {

namespace {

constexpr std::size_t kMostAlternatives = 4096;
constexpr int kWidestGap = 40;

using Texts = std::vector<std::u16string>;

bool isLetter(char16_t c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); }

/// `<m,n>` at `at`; nothing if it is something else.
std::optional<PhrasePattern::Gap> gapAt(std::u16string_view text, std::size_t at, std::size_t& end)
{
    PhrasePattern::Gap gap;
    int* number = &gap.least;
    bool hasDigit = false;
    for (std::size_t i = at + 1; i < text.size() && i < at + 8; ++i) {
        if (text[i] >= u'0' && text[i] <= u'9') {
            *number = *number * 10 + (text[i] - u'0');
            hasDigit = true;
        } else if (text[i] == u',' && number == &gap.least && hasDigit) {
            number = &gap.most;
            hasDigit = false;
        } else if (text[i] == u'>' && number == &gap.most && hasDigit) {
            end = i + 1;
            return gap;
        } else {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

class Parser {
public:
    Parser(std::u16string_view text, bool withSyntax) : m_text(text), m_withSyntax(withSyntax) {}

    base::Result<PhrasePattern> run()
    {
        PhrasePattern pattern;
        Texts part = {std::u16string()};
        while (m_at < m_text.size() && m_problem.empty()) {
            std::size_t end = 0;
            const auto gap = m_text[m_at] == u'<' ? gapAt(m_text, m_at, end) : std::nullopt;
            if (!gap) {
                item(part);
                continue;
            }
            if (gap->least > gap->most || gap->most > kWidestGap)
                m_problem = "a gap must be <m,n> with m ≤ n ≤ " + std::to_string(kWidestGap);
            pattern.parts.push_back(std::move(part));
            pattern.gaps.push_back(*gap);
            part = {std::u16string()};
            m_at = end;
        }
        pattern.parts.push_back(std::move(part));
        for (auto& alternatives : pattern.parts)
            finish(alternatives);
        if (!m_problem.empty())
            return base::fail(base::ErrorCode::Invalid, m_problem + " (at character " + std::to_string(m_at + 1) + " of the phrase)");
        return pattern;
    }

private:
    void append(Texts& texts, const Texts& tails)
    {
        if (texts.size() * tails.size() > kMostAlternatives) {
            m_problem = "more than " + std::to_string(kMostAlternatives) + " alternatives: write several phrases";
            return;
        }
        Texts all;
        for (const auto& head : texts) {
            for (const auto& tail : tails)
                all.push_back(head + tail);
        }
        texts = std::move(all);
    }

    void item(Texts& texts)
    {
        const char16_t c = m_text[m_at];
        if (m_withSyntax && c == u'(')
            return group(texts);
        if (m_withSyntax && c == u'~') {
            ++m_at;
            return inflect(texts);
        }
        if (m_withSyntax && c == u'\\' && m_at + 1 < m_text.size())
            ++m_at;
        append(texts, {std::u16string(1, m_text[m_at++])});
    }

    void group(Texts& texts)
    {
        ++m_at;
        Texts choices;
        Texts choice = {std::u16string()};
        while (m_at < m_text.size() && m_text[m_at] != u')' && m_problem.empty()) {
            if (m_text[m_at] != u'|') {
                item(choice);
                continue;
            }
            choices.insert(choices.end(), choice.begin(), choice.end());
            choice = {std::u16string()};
            ++m_at;
        }
        if (m_at >= m_text.size() && m_problem.empty())
            m_problem = "an opening bracket is not closed";
        ++m_at;
        choices.insert(choices.end(), choice.begin(), choice.end());
        append(texts, choices);
    }

    void inflect(Texts& texts)
    {
        Texts all;
        for (const auto& text : texts) {
            auto start = text.size();
            while (start > 0 && isLetter(text[start - 1]))
                --start;
            for (const auto& form : inflections(text.substr(start)))
                all.push_back(text.substr(0, start) + form);
        }
        texts = std::move(all);
    }

    void finish(Texts& alternatives)
    {
        std::sort(alternatives.begin(), alternatives.end());
        alternatives.erase(std::unique(alternatives.begin(), alternatives.end()), alternatives.end());
        const auto blank = [](const std::u16string& text) { return text.find_first_not_of(u' ') == std::u16string::npos; };
        if (std::any_of(alternatives.begin(), alternatives.end(), blank) && m_problem.empty())
            m_problem = "the phrase, or a part of it beside a gap, can be empty";
    }

    std::u16string_view m_text;
    bool m_withSyntax;
    std::size_t m_at = 0;
    std::string m_problem;
};

bool isVowel(char16_t c) { return std::u16string_view(u"aeiou").find(c) != std::u16string_view::npos; }

struct Irregular {
    std::u16string_view base;
    std::u16string_view past;
    std::u16string_view participle;
};
constexpr std::array<Irregular, 24> kIrregular{{{u"take", u"took", u"taken"}, {u"send", u"sent", u"sent"}, {u"tell", u"told", u"told"},
    {u"get", u"got", u"gotten"}, {u"go", u"went", u"gone"}, {u"come", u"came", u"come"}, {u"find", u"found", u"found"}, {u"lose", u"lost", u"lost"},
    {u"steal", u"stole", u"stolen"}, {u"beat", u"beat", u"beaten"}, {u"hit", u"hit", u"hit"}, {u"break", u"broke", u"broken"},
    {u"throw", u"threw", u"thrown"}, {u"lie", u"lied", u"lied"}, {u"sell", u"sold", u"sold"}, {u"put", u"put", u"put"}, {u"let", u"let", u"let"},
    {u"bring", u"brought", u"brought"}, {u"make", u"made", u"made"}, {u"hurt", u"hurt", u"hurt"}, {u"write", u"wrote", u"written"},
    {u"speak", u"spoke", u"spoken"}, {u"see", u"saw", u"seen"}, {u"have", u"had", u"had"}}};

} // namespace

base::Result<PhrasePattern> parsePattern(std::u16string_view phrase) { return Parser(phrase, true).run(); }
base::Result<PhrasePattern> parseLiteral(std::u16string_view phrase) { return Parser(phrase, false).run(); }

std::vector<std::u16string> inflections(const std::u16string& word)
{
    if (word.size() < 2)
        return {word};
    const char16_t last = word.back();
    const char16_t before = word[word.size() - 2];
    const auto stem = word.substr(0, word.size() - 1);
    const bool endsInConsonantY = last == u'y' && !isVowel(before);
    const bool hisses = last == u's' || last == u'x' || last == u'z' || (last == u'h' && (before == u's' || before == u'c')) || last == u'o';
    const bool doubles = word.size() == 3 && !isVowel(last) && isVowel(before) && !isVowel(word[0]) && last != u'w' && last != u'x' && last != u'y';
    std::vector<std::u16string> forms = {word};
    forms.push_back(endsInConsonantY ? stem + u"ies" : hisses ? word + u"es" : word + u"s");
    const auto* irregular = std::find_if(kIrregular.begin(), kIrregular.end(), [&](const Irregular& entry) { return entry.base == word; });
    if (irregular != kIrregular.end()) {
        forms.emplace_back(irregular->past);
        forms.emplace_back(irregular->participle);
    } else {
        forms.push_back(endsInConsonantY ? stem + u"ied" : last == u'e' ? word + u"d" : doubles ? word + last + u"ed" : word + u"ed");
    }
    if (word == u"lie")
        forms.emplace_back(u"lying");
    else if (last == u'e' && before != u'e')
        forms.push_back(stem + u"ing");
    else
        forms.push_back(doubles || word == u"get" || word == u"put" || word == u"let" || word == u"hit" ? word + last + u"ing" : word + u"ing");
    return forms;
}

} // namespace evenhand::compliance
