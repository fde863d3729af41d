// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guidance/mergefields.h"

#include <algorithm>
#include <array>

#include "app/guidance/codepoints.h"

namespace evenhand::guidance {

namespace {

constexpr std::size_t kLongestValue = 200;

constexpr std::array<MergeField, 33> kFields{{
    {"account.balance", MergeKind::Money, true, "欠款余额", "balance"},
    {"account.days_past_due", MergeKind::Number, true, "逾期天数", "days past due"},
    {"account.due_date", MergeKind::Date, true, "应还日", "due date"},
    {"account.last4", MergeKind::Text, true, "账户尾号", "last four digits"},
    {"account.minimum", MergeKind::Money, true, "最低还款额", "minimum payment"},
    {"account.overdue", MergeKind::Money, true, "逾期金额", "overdue amount"},
    {"account.product", MergeKind::Text, true, "产品名称", "product"},
    {"agent.name", MergeKind::Text, false, "坐席姓名", "agent's name"},
    {"agent.staff_no", MergeKind::Text, false, "工号", "staff number"},
    {"callback.number", MergeKind::Text, false, "回电号码", "call-back number"},
    {"case.number", MergeKind::Text, true, "案件编号", "case number"},
    {"colleague.staff_no", MergeKind::Text, false, "同行人员工号", "second visitor's staff number"},
    {"complaint.number", MergeKind::Text, false, "投诉电话", "complaints number"},
    {"debtor.id_last4", MergeKind::Text, false, "证件尾号", "last four of the ID"},
    {"debtor.name", MergeKind::Text, false, "债务人姓名", "debtor's name"},
    {"institution.name", MergeKind::Text, false, "机构名称", "institution"},
    {"institution.neutral_name", MergeKind::Text, false, "机构中性名称", "name that reveals nothing"},
    {"lender.name", MergeKind::Text, true, "贷款机构", "lender"},
    {"payment.channel", MergeKind::Text, true, "官方还款渠道", "official payment channel"},
    {"plan.first_due", MergeKind::Date, true, "首期还款日", "first instalment date"},
    {"plan.instalment", MergeKind::Money, true, "每期金额", "instalment"},
    {"plan.months", MergeKind::Number, true, "期数", "number of instalments"},
    {"plan.next_amount", MergeKind::Money, true, "下期金额", "next instalment"},
    {"plan.next_due", MergeKind::Date, true, "下期还款日", "day of the next instalment"},
    {"plan.number", MergeKind::Text, true, "协议编号", "agreement number"},
    {"plan.total", MergeKind::Money, true, "应还总额", "total of the plan"},
    {"plan.waived_fees", MergeKind::Money, true, "减免费用", "waived fees"},
    {"plan.waived_interest", MergeKind::Money, true, "减免利息", "waived interest"},
    {"promise.amount", MergeKind::Money, true, "承诺金额", "promised amount"},
    {"promise.date", MergeKind::Date, true, "承诺日期", "promised date"},
    {"promise.last_amount", MergeKind::Money, true, "上次承诺金额", "earlier promised amount"},
    {"promise.last_date", MergeKind::Date, true, "上次承诺日期", "earlier promised date"},
    {"today", MergeKind::Date, false, "今天日期", "today's date"},
}};

bool isChinese(std::string_view language) { return language.substr(0, 2) == "zh"; }

bool isDirectionMark(char32_t c)
{
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0x061C || c == 0xFEFF;
}

// Values come from imported files: a name may hold anything, and must not break out of the sentence it stands in.
std::string cleaned(std::string_view value)
{
    std::string clean;
    std::size_t length = 0;
    for (const auto c : codePoints(value)) {
        const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
        if (control || isDirectionMark(c))
            continue;
        if (++length > kLongestValue) {
            clean += "…";
            break;
        }
        appendUtf8(clean, c);
    }
    return clean;
}

bool fits(MergeKind kind, const MergeValue& value)
{
    switch (kind) {
    case MergeKind::Text:
        return std::holds_alternative<std::string>(value);
    case MergeKind::Money:
        return std::holds_alternative<base::Money>(value);
    case MergeKind::Date:
        return std::holds_alternative<base::Date>(value);
    case MergeKind::Number:
        return std::holds_alternative<std::int64_t>(value);
    }
    return false;
}

std::string formatted(const MergeValue& value, std::string_view language)
{
    if (const auto* text = std::get_if<std::string>(&value))
        return cleaned(*text);
    if (const auto* money = std::get_if<base::Money>(&value))
        return formatMoney(*money, language);
    if (const auto* date = std::get_if<base::Date>(&value))
        return formatDate(*date, language);
    return std::to_string(std::get<std::int64_t>(value));
}

TextRun gap(std::string name, std::string_view language, const char* zhReason, const char* enReason)
{
    const auto* field = findMergeField(name);
    const std::string label(field ? (isChinese(language) ? field->zhLabel : field->enLabel) : std::string_view(name));
    const auto text = isChinese(language) ? "【" + label + "：" + zhReason + "】" : "[" + label + ": " + enReason + "]";
    return {TextRun::Kind::Gap, text, std::move(name)};
}

TextRun runFor(const std::string& name, const MergeData& data, std::string_view language)
{
    const auto* field = findMergeField(name);
    if (!field)
        return gap(name, language, "没有这个字段", "no such field");
    const auto found = data.find(name);
    if (found == data.end())
        return gap(name, language, "未提供", "not known");
    if (!fits(field->kind, found->second))
        return gap(name, language, "数据类型不对", "wrong kind of value");
    auto text = formatted(found->second, language);
    if (text.empty())
        return gap(name, language, "内容为空", "empty");
    return {TextRun::Kind::Value, std::move(text), name};
}

struct Piece {
    bool isField;
    std::string text;
    std::size_t at;
};

// Splits at braces; "{{" and "}}" are braces themselves.
std::vector<Piece> pieces(std::string_view text)
{
    std::vector<Piece> all;
    std::string words;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool doubled = at + 1 < text.size() && text[at + 1] == text[at];
        if ((text[at] == '{' || text[at] == '}') && doubled) {
            words += text[at++];
        } else if (text[at] == '{') {
            const auto end = text.find_first_of("{}", at + 1);
            const bool closed = end != std::string_view::npos && text[end] == '}';
            if (!words.empty())
                all.push_back({false, std::exchange(words, {}), at});
            all.push_back({true, closed ? std::string(text.substr(at + 1, end - at - 1)) : std::string(), at});
            at = closed ? end : at;
        } else if (text[at] == '}') {
            all.push_back({true, std::string(), at});
        } else {
            words += text[at];
        }
    }
    if (!words.empty())
        all.push_back({false, words, text.size()});
    return all;
}

std::string withThousands(std::string plain)
{
    const auto point = std::min(plain.find('.'), plain.size());
    const std::size_t first = plain.front() == '-' ? 1 : 0;
    for (auto at = point; at > first + 3;) {
        at -= 3;
        plain.insert(at, 1, ',');
    }
    return plain;
}

} // namespace

std::span<const MergeField> mergeFields() { return kFields; }

const MergeField* findMergeField(std::string_view name)
{
    const auto found = std::find_if(kFields.begin(), kFields.end(), [name](const MergeField& field) { return field.name == name; });
    return found == kFields.end() ? nullptr : &*found;
}

std::vector<MergeUse> mergeUses(std::string_view text)
{
    std::vector<MergeUse> uses;
    for (auto& piece : pieces(text))
        if (piece.isField)
            uses.push_back({std::move(piece.text), piece.at});
    return uses;
}

std::vector<TextRun> fillIn(std::string_view text, const MergeData& data, std::string_view language)
{
    std::vector<TextRun> runs;
    for (auto& piece : pieces(text))
        runs.push_back(piece.isField ? runFor(piece.text, data, language) : TextRun{TextRun::Kind::Words, std::move(piece.text), {}});
    return runs;
}

std::string joined(const std::vector<TextRun>& runs)
{
    std::string text;
    for (const auto& run : runs)
        text += run.text;
    return text;
}

std::string formatMoney(const base::Money& money, std::string_view language)
{
    const auto amount = withThousands(money.toPlainString());
    if (!isChinese(language))
        return money.currency().code() + " " + amount;
    return money.currency().code() == "CNY" ? amount + "元" : amount + money.currency().code();
}

std::string formatDate(const base::Date& date, std::string_view language)
{
    static constexpr std::array<const char*, 12> kMonths{"January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December"};
    if (isChinese(language))
        return std::to_string(date.year()) + "年" + std::to_string(date.month()) + "月" + std::to_string(date.day()) + "日";
    return std::to_string(date.day()) + " " + kMonths[static_cast<std::size_t>(date.month() - 1)] + " " + std::to_string(date.year());
}

MergeData sampleMergeData()
{
    const auto cny = *base::Currency::tryFromCode("CNY");
    const auto money = [cny](std::int64_t minor) { return *base::Money::tryFromMinor(minor, cny); };
    const auto day = [](const char* iso) { return *base::Date::tryFromIso(iso); };
    return {{"account.balance", money(1234567)}, {"account.days_past_due", std::int64_t{35}}, {"account.due_date", day("2026-02-05")},
        {"account.last4", "0000"}, {"account.minimum", money(50000)}, {"account.overdue", money(123450)}, {"account.product", "消费贷款"},
        {"agent.name", "王晓"}, {"agent.staff_no", "A0001"}, {"callback.number", "400-000-0000"}, {"case.number", "T-0001"},
        {"colleague.staff_no", "A0002"}, {"complaint.number", "400-000-0001"}, {"debtor.id_last4", "000X"}, {"debtor.name", "李明"},
        {"institution.name", "持平服务"}, {"institution.neutral_name", "持平服务"}, {"lender.name", "示例银行"}, {"payment.channel", "示例银行官方App"},
        {"plan.first_due", day("2026-04-05")}, {"plan.instalment", money(20575)}, {"plan.months", std::int64_t{6}}, {"promise.amount", money(100000)},
        {"promise.date", day("2026-03-10")}, {"promise.last_amount", money(80000)}, {"promise.last_date", day("2026-02-28")},
        {"today", day("2026-03-02")}};
}

} // namespace evenhand::guidance
