// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes foldtables.inc from ICU and OpenCC while the program is built. Asking them at run time would cost 0.4 s at every start
// (most of it the Han-Latin transliterator), and two computers with different library versions would judge one text differently.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <opencc/opencc.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

namespace {

constexpr UChar32 kLast = 0x323AF;
constexpr std::u16string_view kHanDigits = u"〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖";
constexpr char kHanDigitValues[] = "00123456789123456789";
// Simplified radicals have no compatibility mapping in Unicode, though they look like the character.
constexpr std::u16string_view kRadicals = u"⺅亻⺘扌⺟母⺠民⺡氵⺩王⺫目⺮竹⺶羊⺷羊⺾艹⻁虎⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食"
                                          u"⻟食⻢马⻤鬼⻥鱼⻦鸟⻩黄⻬齐⻮齿⻰龙⻳龟";

bool isHan(UChar32 c) { return u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) && u_charType(c) == U_OTHER_LETTER; }
bool isRadicalBlock(UChar32 c) { return c >= 0x2E80 && c <= 0x2FDF; }
bool isAsciiLetter(UChar32 c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isWideForm(UChar32 c) { return c >= 0xFF00 && c <= 0xFFEF; }

/// A digit style: anything with a numeric value that is not an ordinary or a full-width digit.
icu::UnicodeString digitsOf(UChar32 c)
{
    if (const auto at = kHanDigits.find(static_cast<char16_t>(c)); c < 0x10000 && at != std::u16string_view::npos)
        return icu::UnicodeString(static_cast<UChar32>(kHanDigitValues[at]));
    const auto type = u_charType(c);
    const bool styled = (type == U_OTHER_NUMBER || type == U_LETTER_NUMBER || (type == U_DECIMAL_DIGIT_NUMBER && c > 0x7f)) && !isWideForm(c) && !isHan(c);
    const double value = u_getNumericValue(c);
    if (!styled || value < 0 || value > 99 || value != static_cast<int>(value))
        return {};
    const bool isIdeographTen = value == 10 && ((c >= 0x3220 && c <= 0x3229) || (c >= 0x3280 && c <= 0x3289));
    return isIdeographTen ? icu::UnicodeString(u"十") : icu::UnicodeString::fromUTF8(std::to_string(static_cast<int>(value)));
}

class Generator {
public:
    Generator()
    {
        UErrorCode status = U_ZERO_ERROR;
        m_nfkc = icu::Normalizer2::getNFKCInstance(status);
        m_nfd = icu::Normalizer2::getNFDInstance(status);
        m_nfkd = icu::Normalizer2::getNFKDInstance(status);
        m_simplify.reset(icu::Transliterator::createInstance("Hant-Hans", UTRANS_FORWARD, status));
        m_pinyin.reset(icu::Transliterator::createInstance("Han-Latin", UTRANS_FORWARD, status));
        m_spoof = uspoof_open(&status);
        if (U_FAILURE(status))
            throw std::runtime_error(u_errorName(status));
    }

    icu::UnicodeString letter(UChar32 c)
    {
        if (c < 0x80 || isHan(c) || isWideForm(c))
            return {};
        UErrorCode status = U_ZERO_ERROR;
        auto plain = m_nfkd->normalize(icu::UnicodeString(c), status);
        plain.findAndReplace(u"(", u"").findAndReplace(u")", u"");
        icu::UnicodeString kept;
        for (int i = 0; i < plain.length(); i = plain.moveIndex32(i, 1)) {
            if (u_charType(plain.char32At(i)) != U_NON_SPACING_MARK)
                kept.append(plain.char32At(i));
        }
        if (kept.length() == 1 && isAsciiLetter(kept[0]))
            return kept;
        return lookAlike(c, kept);
    }

    icu::UnicodeString width(UChar32 c)
    {
        if (c == 0x2026 || c == 0x2025 || c == 0x2024)   // an ellipsis is hesitation, three full stops would end a sentence
            return {};
        for (std::size_t i = 0; i < kRadicals.size() && isRadicalBlock(c); i += 2) {
            if (kRadicals[i] == c)
                return icu::UnicodeString(kRadicals[i + 1]);
        }
        UErrorCode status = U_ZERO_ERROR;
        const icu::UnicodeString source(c);
        auto folded = m_nfkc->normalize(source, status);
        const bool spacingAccent = folded.length() > 1 && folded[0] == u' ';
        return folded == source || spacingAccent || folded.length() > 3 ? icu::UnicodeString() : folded;
    }

    icu::UnicodeString simplified(UChar32 c)
    {
        if (!isHan(c))
            return {};
        std::string utf8;
        icu::UnicodeString source(c);
        source.toUTF8String(utf8);
        auto folded = icu::UnicodeString::fromUTF8(m_opencc.Convert(utf8));
        if (folded == source)
            m_simplify->transliterate(folded);
        return folded == source ? icu::UnicodeString() : folded;
    }

    /// The toneless syllable with v for ü, empty if there is none.
    std::string syllable(UChar32 c)
    {
        icu::UnicodeString text(c);
        m_pinyin->transliterate(text);
        UErrorCode status = U_ZERO_ERROR;
        const auto plain = m_nfd->normalize(text, status);
        std::string out;
        for (int i = 0; i < plain.length(); ++i) {
            const char16_t unit = plain[i];
            if (unit == 0x308 && !out.empty() && out.back() == 'u')
                out.back() = 'v';
            else if (unit < 0x80 && isAsciiLetter(unit))
                out += static_cast<char>(u_tolower(unit));
            else if (unit < 0x300 || unit > 0x36f)
                return {};
        }
        return out.find_first_of("aeiouv") == std::string::npos ? std::string() : out;
    }

private:
    icu::UnicodeString lookAlike(UChar32 c, const icu::UnicodeString& plain)
    {
        const auto type = u_charType(c);
        const bool isLetter = type == U_UPPERCASE_LETTER || type == U_LOWERCASE_LETTER || type == U_OTHER_LETTER || type == U_MODIFIER_LETTER;
        UErrorCode status = U_ZERO_ERROR;
        const auto script = u_getIntPropertyValue(c, UCHAR_SCRIPT);
        const bool resembling = script == USCRIPT_CYRILLIC || script == USCRIPT_GREEK || script == USCRIPT_LATIN || script == USCRIPT_ARMENIAN
            || script == USCRIPT_CHEROKEE || script == USCRIPT_COPTIC || script == USCRIPT_LISU;
        if (!isLetter || !resembling)
            return {};
        icu::UnicodeString skeleton;
        uspoof_getSkeletonUnicodeString(m_spoof, 0, plain, skeleton, &status);
        return U_SUCCESS(status) && skeleton.length() == 1 && isAsciiLetter(skeleton[0]) ? skeleton : icu::UnicodeString();
    }

    const icu::Normalizer2* m_nfkc = nullptr;
    const icu::Normalizer2* m_nfd = nullptr;
    const icu::Normalizer2* m_nfkd = nullptr;
    std::unique_ptr<icu::Transliterator> m_simplify;
    std::unique_ptr<icu::Transliterator> m_pinyin;
    USpoofChecker* m_spoof = nullptr;
    opencc::SimpleConverter m_opencc{"t2s.json"};
};

enum class Kind { Other, Letter, Digit, Han, Separator, Ignorable, Stop, Dot };

bool isIgnorable(UChar32 c)
{
    const auto type = u_charType(c);
    return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)
        || (type == U_CONTROL_CHAR && c != '\t' && c != '\n' && c != '\r' && c != 0x0b && c != 0x0c && c != 0x85) || c == 0x2800;
}

Kind kindOf(UChar32 c, Generator& generator)
{
    static const std::u16string_view stops = u"\n\r\v\f\u0085\u2028\u2029!?。！？｡‼⁇⁈⁉؟";
    if (c < 0x10000 && stops.find(static_cast<char16_t>(c)) != std::u16string_view::npos)
        return Kind::Stop;
    if (c == '.' || c == 0xFF0E)
        return Kind::Dot;
    if (isIgnorable(c))
        return Kind::Ignorable;
    if (isHan(c))
        return Kind::Han;
    if (const auto plain = generator.width(c); isRadicalBlock(c) && !plain.isEmpty() && isHan(plain.char32At(0)))
        return Kind::Han;   // ⼈ is a sign to Unicode, and a character to the reader
    if (u_isdigit(c) || !digitsOf(c).isEmpty())
        return Kind::Digit;
    if (u_getIntPropertyValue(c, UCHAR_SCRIPT) == USCRIPT_LATIN || !generator.letter(c).isEmpty())
        return Kind::Letter;
    return u_isalnum(c) || u_charType(c) == U_LETTER_NUMBER || u_charType(c) == U_COMBINING_SPACING_MARK ? Kind::Other : Kind::Separator;
}

void writeRow(std::ostream& out, UChar32 from, const icu::UnicodeString& to)
{
    out << '{' << from;
    for (int i = 0; i < 3; ++i)
        out << ',' << (i < to.length() ? static_cast<unsigned>(to[i]) : 0U);
    out << "},\n";
}

template <class Fold>
void writeTable(std::ostream& out, const char* name, Fold fold)
{
    out << "inline constexpr FoldRow " << name << "[] = {\n";
    for (UChar32 c = 0x80; c <= kLast; ++c) {
        if (U_IS_SURROGATE(c) || !u_isdefined(c))
            continue;
        const icu::UnicodeString to = fold(c);
        if (!to.isEmpty() && to.length() <= 3)
            writeRow(out, c, to);
    }
    out << "};\n";
}

void writeKinds(std::ostream& out, Generator& generator)
{
    out << "inline constexpr KindRow kKinds[] = {\n";
    auto previous = Kind::Other;
    bool first = true;
    for (UChar32 c = 0; c <= kLast; ++c) {
        const auto kind = U_IS_SURROGATE(c) ? Kind::Other : kindOf(c, generator);
        if (first || kind != previous)
            out << '{' << c << ',' << static_cast<int>(kind) << "},\n";
        previous = kind;
        first = false;
    }
    out << "};\n";
}

void writeSyllables(std::ostream& out, Generator& generator)
{
    std::map<std::string, int> ids;
    std::vector<std::pair<UChar32, std::string>> readings;
    for (UChar32 c = 0x3400; c <= 0x9FFF; ++c) {
        if (auto reading = isHan(c) ? generator.syllable(c) : std::string(); !reading.empty()) {
            ids.emplace(reading, 0);
            readings.emplace_back(c, std::move(reading));
        }
    }
    out << "inline constexpr const char* kSyllables[] = {\n";
    int next = 0;
    for (auto& [name, id] : ids) {
        id = next++;
        out << '"' << name << "\",\n";
    }
    out << "};\ninline constexpr SoundRow kSounds[] = {\n";
    for (const auto& [c, reading] : readings)
        out << '{' << c << ',' << ids[reading] << "},\n";
    out << "};\n";
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "usage: foldtablegen OUTPUT\n";
        return 2;
    }
    std::ofstream out(argv[1]);
    Generator generator;
    out << "// Generated by foldtablegen from ICU " << U_ICU_VERSION << " and OpenCC.\n";
    writeTable(out, "kWidthRows", [&](UChar32 c) { return !digitsOf(c).isEmpty() || !generator.letter(c).isEmpty() ? icu::UnicodeString() : generator.width(c); });
    writeTable(out, "kLetterRows", [&](UChar32 c) { return digitsOf(c).isEmpty() ? generator.letter(c) : icu::UnicodeString(); });
    writeTable(out, "kDigitRows", [](UChar32 c) { return digitsOf(c); });
    writeTable(out, "kCaseRows", [](UChar32 c) {
        const auto folded = u_foldCase(c, U_FOLD_CASE_DEFAULT);
        return folded == c ? icu::UnicodeString() : icu::UnicodeString(folded);
    });
    writeTable(out, "kSimplifiedRows", [&](UChar32 c) { return generator.simplified(c); });
    writeKinds(out, generator);
    writeSyllables(out, generator);
    return out.good() ? 0 : 1;
}
