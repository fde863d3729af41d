// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/valuespecreader.h"

#include <algorithm>

namespace evenhand::server {

using base::YamlFields;
using base::YamlNode;

void ValueSpecReader::setDefaults(std::vector<DateFormat> dates, MoneyFormat money)
{
    m_dates = std::move(dates);
    m_money = money;
}

std::vector<DateFormat> ValueSpecReader::dateFormats(YamlFields& in, std::string_view key, std::vector<DateFormat> fallback)
{
    const auto node = in.child(key);
    std::vector<DateFormat> formats;
    for (const auto& pattern : in.texts(key)) {
        auto format = DateFormat::parse(pattern);
        if (format)
            formats.push_back(*std::move(format));
        else
            node->complain(m_problems, format.error().detail);
    }
    return formats.empty() ? std::move(fallback) : std::move(formats);
}

MoneyFormat ValueSpecReader::moneyFormat(YamlFields& in, MoneyFormat fallback)
{
    const auto sign = [&](const char* key, char now, std::string_view known) {
        const auto node = in.child(key);
        if (!node)
            return now;
        const auto text = node->scalar();
        if (text == "none" && known.find('n') != std::string_view::npos)
            return '\0';
        if (text.size() == 1 && known.find(text.front()) != std::string_view::npos)
            return text.front();
        node->complain(m_problems, std::string("`") + key + "` must be one of \".\", \",\"" +
                                       (known.size() > 2 ? ", \" \", \"'\" or none" : ""));
        return now;
    };
    const bool decimalGiven = in.has("decimal");
    fallback.decimal = sign("decimal", fallback.decimal, ".,");
    // A decimal comma alone must not leave the comma as thousands mark too.
    if (decimalGiven && fallback.decimal == ',' && fallback.thousands == ',')
        fallback.thousands = '.';
    fallback.thousands = sign("thousands", fallback.thousands, "., 'n");
    fallback.minorUnits = in.booleanOr("minor_units", fallback.minorUnits);
    fallback.round = in.booleanOr("round", fallback.round);
    using Negative = MoneyFormat::Negative;
    const auto negative = in.word<Negative>("negative", [](std::string_view word) -> std::optional<Negative> {
        if (word == "reject") return Negative::Refuse;
        if (word == "zero") return Negative::Zero;
        if (word == "keep") return Negative::Keep;
        return std::nullopt;
    }, "reject, zero, keep");
    fallback.negative = negative.value_or(fallback.negative);
    if (fallback.thousands == fallback.decimal)
        in.node().complain(m_problems, "`decimal` and `thousands` must differ");
    return fallback;
}

int ValueSpecReader::columnIndex(const std::string& name, const YamlNode& node)
{
    for (std::size_t i = 0; i < m_mapping.columns.size(); ++i)
        if (m_mapping.columns[i].name == name)
            return static_cast<int>(i);
    m_mapping.columns.push_back({name, node.place()});
    return static_cast<int>(m_mapping.columns.size()) - 1;
}

Template ValueSpecReader::templateAt(const YamlNode& node)
{
    Template result;
    if (!node.isScalar() && !node.isNull()) {
        node.complain(m_problems, "must be a text such as \"{COLUMN}\"");
        return result;
    }
    const std::string text = node.scalar();
    std::string literal;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if ((text[at] == '{' || text[at] == '}') && at + 1 < text.size() && text[at + 1] == text[at]) {
            literal.push_back(text[at++]);
            continue;
        }
        if (text[at] != '{') {
            literal.push_back(text[at]);
            continue;
        }
        const auto end = text.find('}', at);
        const auto name = end == std::string::npos ? std::string() : text.substr(at + 1, end - at - 1);
        if (name.empty()) {
            node.complain(m_problems, "a column is written {NAME}, a brace as {{");
            return result;
        }
        if (!literal.empty())
            result.pieces.push_back({Template::kText, std::exchange(literal, {})});
        result.pieces.push_back({name == "@row" ? Template::kRowNumber : columnIndex(name, node), {}});
        at = end;
    }
    if (!literal.empty())
        result.pieces.push_back({Template::kText, literal});
    return result;
}

Template ValueSpecReader::columnAt(const YamlNode& node)
{
    if (!node.isScalar() || node.scalar().empty()) {
        node.complain(m_problems, "must be the name of a column");
        return {};
    }
    return {{{columnIndex(node.scalar(), node), {}}}};
}

void ValueSpecReader::readSource(YamlFields& in, ValueSpec& spec, ValueKind kind)
{
    const auto column = in.child("column");
    const auto text = in.child("template");
    const auto constant = in.child("constant");
    const auto sum = kind == ValueKind::Money ? in.child("sum") : std::nullopt;
    const int given = column.has_value() + text.has_value() + constant.has_value() + sum.has_value();
    if (given != 1)
        in.node().complain(m_problems, kind == ValueKind::Money ? "exactly one of `column`, `template`, `constant`, `sum` is needed"
                                                                : "exactly one of `column`, `template`, `constant` is needed");
    if (column)
        spec.addends.push_back(columnAt(*column));
    else if (text)
        spec.addends.push_back(templateAt(*text));
    else if (constant)
        spec.addends.push_back({{{Template::kText, constant->scalar()}}});
    else if (sum)
        for (const auto& item : sum->items())
            spec.addends.push_back(columnAt(item));
    if (spec.addends.empty())
        spec.addends.emplace_back();
}

void ValueSpecReader::readMap(YamlFields& in, ValueSpec& spec)
{
    if (const auto map = in.child("map")) {
        spec.hasMap = true;
        if (!map->isMap())
            map->complain(m_problems, "`map` must be lines of `what the file says: what is meant`");
        for (const auto& [key, meaning] : map->members())
            if (!spec.map.emplace(key.scalar(), templateAt(meaning)).second)
                key.complain(m_problems, "\"" + key.scalar() + "\" stands twice in the map");
    }
    if (const auto otherwise = in.child("otherwise")) {
        spec.otherwise = templateAt(*otherwise);
        if (!spec.hasMap)
            otherwise->complain(m_problems, "`otherwise` needs a `map`; for empty cells there is `default`");
    }
    if (const auto fallback = in.child("default"))
        spec.fallback = templateAt(*fallback);
}

std::string ValueSpecReader::nameOfFirstColumn(const ValueSpec& spec) const
{
    for (const auto& addend : spec.addends)
        for (const auto& piece : addend.pieces)
            if (piece.column >= 0)
                return m_mapping.columns[static_cast<std::size_t>(piece.column)].name;
    return {};
}

std::vector<std::string> ValueSpecReader::constantsOf(const ValueSpec& spec)
{
    std::vector<std::string> all;
    const auto add = [&](const Template& one) {
        if (one.isConstant() && !one.pieces.empty())
            all.push_back(one.pieces.front().text);
    };
    if (!spec.hasMap)
        for (const auto& addend : spec.addends)
            add(addend);
    for (const auto& [from, to] : spec.map)
        add(to);
    if (spec.otherwise)
        add(*spec.otherwise);
    if (spec.fallback)
        add(*spec.fallback);
    std::sort(all.begin(), all.end());
    return all;
}

ValueSpec ValueSpecReader::valueAt(const YamlNode& node, std::string_view key, ValueKind kind)
{
    ValueSpec spec;
    spec.place = node.place();
    spec.dates = m_dates;
    spec.money = m_money;
    if (node.isScalar()) {
        spec.addends.push_back(templateAt(node));
    } else {
        YamlFields in(node, m_problems, "`" + std::string(key) + "`");
        readSource(in, spec, kind);
        readMap(in, spec);
        if (kind == ValueKind::Date)
            spec.dates = dateFormats(in, "formats", m_dates);
        if (kind == ValueKind::Money)
            spec.money = moneyFormat(in, m_money);
        in.refuseOthers();
    }
    spec.columnName = nameOfFirstColumn(spec);
    return spec;
}

std::optional<ValueSpec> ValueSpecReader::value(YamlFields& in, std::string_view key, ValueKind kind)
{
    const auto node = in.child(key);
    return node ? std::optional(valueAt(*node, key, kind)) : std::nullopt;
}

std::optional<ValueSpec> ValueSpecReader::requiredValue(YamlFields& in, std::string_view key, ValueKind kind)
{
    const auto node = in.requiredChild(key);
    return node ? std::optional(valueAt(*node, key, kind)) : std::nullopt;
}

} // namespace evenhand::server
