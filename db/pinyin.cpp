// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/pinyin.h"

#include <string_view>
#include <unordered_map>

#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/unistr.h>

namespace evenhand::db {

namespace {

struct Reading {
    char32_t character;
    std::string_view readings;   // separated by blanks
};

// Characters whose reading in names differs from the one in running text, or which people read in two ways. The reading as a
// surname comes first. Sources: GB/T 28039-2011 (spelling of Chinese names); Xiandai Hanyu Cidian, 7th edition.
constexpr Reading kSeveral[] = {
    {U'单', "shan dan chan"}, {U'單', "shan dan chan"}, {U'仇', "qiu chou"},     {U'曾', "zeng ceng"},   {U'解', "xie jie"},
    {U'区', "ou qu"},         {U'區', "ou qu"},         {U'任', "ren"},          {U'盖', "ge gai"},      {U'蓋', "ge gai"},
    {U'查', "zha cha"},       {U'尉', "wei yu"},        {U'朴', "piao pu po"},   {U'翟', "zhai di"},     {U'乐', "yue le"},
    {U'樂', "yue le"},        {U'缪', "miao mou"},      {U'繆', "miao mou"},     {U'冼', "xian"},        {U'折', "she zhe"},
    {U'召', "shao zhao"},     {U'员', "yun yuan"},      {U'員', "yun yuan"},     {U'种', "chong zhong"}, {U'秘', "bi mi"},
    {U'宓', "mi fu"},         {U'覃', "qin tan"},       {U'谌', "chen shen"},    {U'諶', "chen shen"},   {U'逄', "pang"},
    {U'万', "wan mo"},        {U'俟', "qi si"},         {U'繁', "po fan"},       {U'洗', "xian xi"},     {U'葛', "ge"},
    {U'盛', "sheng cheng"},   {U'哈', "ha"},            {U'阚', "kan"},          {U'郇', "xun huan"},    {U'隗', "wei kui"},
    {U'令', "ling"},          {U'干', "gan"},           {U'燕', "yan"},          {U'车', "che ju"},      {U'車', "che ju"},
    {U'长', "chang zhang"},   {U'長', "chang zhang"},   {U'行', "xing hang"},    {U'重', "chong zhong"}, {U'朝', "chao zhao"},
    {U'晟', "sheng cheng"},   {U'茜', "xi qian"},       {U'卜', "bu"},           {U'角', "jue jiao"},    {U'都', "du dou"},
    {U'大', "da dai"},        {U'少', "shao"},          {U'参', "shen can cen"}, {U'參', "shen can cen"}, {U'贾', "jia gu"},
    {U'賈', "jia gu"},        {U'佴', "nai er"},        {U'那', "na"},           {U'薄', "bo bao"},      {U'柏', "bai bo"},
    {U'沈', "shen chen"},     {U'石', "shi dan"},       {U'叶', "ye xie"},       {U'中', "zhong"},       {U'兴', "xing"},
    {U'尧', "yao"},           {U'冯', "feng ping"},     {U'馮', "feng ping"},    {U'宁', "ning"},        {U'甯', "ning"},
    {U'藏', "zang cang"},     {U'臧', "zang"},          {U'祭', "zhai ji"},      {U'费', "fei bi"},      {U'費', "fei bi"},
    {U'黑', "he hei"},        {U'撒', "sa"},            {U'适', "kuo shi"},      {U'句', "gou ju"},      {U'会', "gui hui"},
    {U'戏', "xi hu"},         {U'亓', "qi"},            {U'乜', "nie mie"},      {U'吁', "yu xu"},       {U'奇', "qi ji"},
    {U'蕃', "fan bo"},        {U'调', "diao tiao"},     {U'露', "lu lou"},       {U'娜', "na nuo"},      {U'莎', "sha suo"},
    {U'妮', "ni"},            {U'婷', "ting"},          {U'琪', "qi"},           {U'弹', "dan tan"},     {U'传', "chuan zhuan"},
    {U'乾', "qian gan"},      {U'校', "xiao jiao"},     {U'好', "hao"},          {U'浩', "hao"},         {U'晁', "chao"},
};

void addSplit(std::vector<std::string>& out, std::string_view readings)
{
    while (!readings.empty()) {
        const auto end = std::min(readings.find(' '), readings.size());
        out.emplace_back(readings.substr(0, end));
        readings.remove_prefix(std::min(end + 1, readings.size()));
    }
}

/// "lǚ" → "lv"; everything else loses its marks.
std::string withoutTones(const icu::UnicodeString& marked)
{
    std::string plain;
    for (int i = 0; i < marked.length(); ++i) {
        const char16_t unit = marked.charAt(i);
        if (u_charType(unit) == U_NON_SPACING_MARK) {
            if (unit == u'\u0308' && !plain.empty() && plain.back() == 'u')
                plain.back() = 'v';
        } else if (unit < 0x80) {
            plain += static_cast<char>(u_tolower(unit));
        }
    }
    return plain;
}

} // namespace

bool isHan(char32_t character)
{
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(static_cast<UChar32>(character), &status) == USCRIPT_HAN && U_SUCCESS(status);
}

struct Pinyin::State {
    std::unique_ptr<icu::Transliterator> toLatin;   // made on first use: it costs some milliseconds
    std::unordered_map<char32_t, std::vector<std::string>> known;
    std::vector<std::string> none;

    std::vector<std::string> fromIcu(char32_t character)
    {
        UErrorCode status = U_ZERO_ERROR;
        if (!toLatin)
            toLatin.reset(icu::Transliterator::createInstance("Han-Latin; NFD", UTRANS_FORWARD, status));
        if (U_FAILURE(status) || !toLatin)
            return {};
        icu::UnicodeString text(static_cast<UChar32>(character));
        toLatin->transliterate(text);
        const auto plain = withoutTones(text);
        if (plain.empty())
            return {};
        std::vector<std::string> all{plain};
        if (const auto v = plain.find('v'); v != std::string::npos) {
            all.push_back(plain);
            all.back()[v] = 'u';
        }
        return all;
    }
};

Pinyin::Pinyin() : m_state(std::make_unique<State>())
{
    for (const auto& entry : kSeveral)
        addSplit(m_state->known[entry.character], entry.readings);
}

Pinyin::~Pinyin() = default;

const std::vector<std::string>& Pinyin::readings(char32_t character)
{
    if (!isHan(character))
        return m_state->none;
    auto found = m_state->known.find(character);
    if (found == m_state->known.end())
        found = m_state->known.emplace(character, m_state->fromIcu(character)).first;
    return found->second;
}

} // namespace evenhand::db
