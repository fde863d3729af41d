// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/searchkeys.h"

#include <algorithm>
#include <utility>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace evenhand::db {

namespace {

/// Longer names (of minorities, transcribed ones) are found by whole pinyin and by initials only, not by every mixture.
constexpr std::size_t kMixedSyllables = 4;
/// The rest of a number that still counts as a fragment.
constexpr std::size_t kShortestFragment = 3;
constexpr std::size_t kLongestText = 200;

icu::UnicodeString folded(std::string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
    const auto raw = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(std::min(text.size(), kLongestText * 4))));
    return U_SUCCESS(status) ? normalizer->normalize(raw, status) : raw;
}

std::u32string codePoints(const icu::UnicodeString& text)
{
    std::u32string out;
    for (int32_t i = 0; i < text.length() && out.size() < kLongestText; i = text.moveIndex32(i, 1))
        out += static_cast<char32_t>(text.char32At(i));
    return out;
}

std::string toUtf8(std::u32string_view text)
{
    std::string out;
    for (const char32_t c : text)
        icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(out);
    return out;
}

bool isSpace(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0; }
bool isWordCharacter(char32_t c) { return u_isalnum(static_cast<UChar32>(c)) != 0; }

/// The ways people shorten a syllable that is not the last one typed.
std::vector<std::string> shortForms(const std::string& syllable)
{
    std::vector<std::string> forms{syllable, syllable.substr(0, 1)};
    if (syllable.size() > 2 && syllable[1] == 'h')
        forms.push_back(syllable.substr(0, 2));
    return forms;
}

using Readings = std::vector<std::vector<std::string>>;   // per character

void addMixed(const Readings& syllables, std::size_t at, const std::string& soFar, std::vector<std::string>& keys)
{
    for (const auto& reading : syllables[at]) {
        if (at + 1 == syllables.size()) {
            keys.push_back(soFar + reading);
            continue;
        }
        for (const auto& form : shortForms(reading))
            addMixed(syllables, at + 1, soFar + form, keys);
    }
}

void addLong(const Readings& syllables, std::size_t from, std::vector<std::string>& keys)
{
    std::string whole;
    std::string initials;
    for (std::size_t i = from; i < syllables.size(); ++i) {
        whole += syllables[i].front();
        initials += syllables[i].front().front();
    }
    keys.push_back(std::move(whole));
    keys.push_back(std::move(initials));
}

void addHanKeys(std::u32string_view run, Pinyin& pinyin, std::vector<std::string>& keys)
{
    Readings syllables;
    for (const char32_t c : run)
        if (const auto& readings = pinyin.readings(c); !readings.empty())
            syllables.push_back(readings);
    for (std::size_t from = 0; from < run.size(); ++from)
        keys.push_back(toUtf8(run.substr(from)));
    for (std::size_t from = 0; from < syllables.size(); ++from) {
        const Readings rest(syllables.begin() + static_cast<std::ptrdiff_t>(from), syllables.end());
        if (rest.size() <= kMixedSyllables)
            addMixed(rest, 0, {}, keys);
        else
            addLong(syllables, from, keys);
    }
}

void addLetterKeys(const std::vector<std::u32string>& words, std::vector<std::string>& keys)
{
    for (std::size_t from = 0; from < words.size(); ++from) {
        std::u32string joined;
        for (std::size_t i = from; i < words.size(); ++i)
            joined += words[i];
        keys.push_back(toUtf8(joined));
    }
    if (words.size() > 1) {
        std::u32string initials;
        for (const auto& word : words)
            initials += word.front();
        keys.push_back(toUtf8(initials));
    }
}

void sortUnique(std::vector<std::string>& keys)
{
    std::erase_if(keys, [](const std::string& key) { return key.empty(); });
    std::ranges::sort(keys);
    const auto rest = std::ranges::unique(keys);
    keys.erase(rest.begin(), rest.end());
}

} // namespace

std::string foldForSearch(std::string_view text)
{
    std::string out;
    folded(text).toUTF8String(out);
    return out;
}

std::vector<std::string> nameKeys(std::string_view name, Pinyin& pinyin)
{
    std::vector<std::string> keys;
    std::u32string han;
    std::vector<std::u32string> words;
    std::u32string word;
    for (const char32_t c : codePoints(folded(name))) {
        if (isHan(c))
            han += c;   // a point or blank inside a Chinese name ("阿依古丽·买买提") does not end it
        else if (isWordCharacter(c))
            word += c;
        if ((isHan(c) || !isWordCharacter(c)) && !word.empty())
            words.push_back(std::exchange(word, {}));
    }
    if (!word.empty())
        words.push_back(word);
    addHanKeys(han, pinyin, keys);
    addLetterKeys(words, keys);
    sortUnique(keys);
    return keys;
}

std::vector<std::string> numberKeys(std::string_view number)
{
    std::vector<std::string> keys;
    const auto text = codePoints(folded(number));
    std::u32string plain;
    std::vector<std::size_t> starts;   // of groups, and of every digit
    bool inGroup = false;
    for (const char32_t c : text) {
        if (!isWordCharacter(c)) {
            inGroup = false;
            continue;
        }
        if (!inGroup || (c >= U'0' && c <= U'9'))
            starts.push_back(plain.size());
        inGroup = true;
        plain += c;
    }
    for (const auto start : starts)
        if (start == 0 || plain.size() - start >= kShortestFragment)
            keys.push_back(toUtf8(std::u32string_view(plain).substr(start)));
    sortUnique(keys);
    return keys;
}

std::string plainNumber(std::string_view number)
{
    std::u32string plain;
    for (const char32_t c : codePoints(folded(number)))
        if (isWordCharacter(c))
            plain += c;
    return toUtf8(plain);
}

std::vector<std::string> searchWords(std::string_view text)
{
    std::vector<std::string> words;
    std::u32string word;
    for (const char32_t c : codePoints(folded(text))) {
        if (isWordCharacter(c))
            word += c;
        if (isSpace(c) && !word.empty())
            words.push_back(toUtf8(std::exchange(word, {})));
    }
    if (!word.empty())
        words.push_back(toUtf8(word));
    return words;
}

} // namespace evenhand::db
