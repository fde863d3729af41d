// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/rowvalues.h"

namespace evenhand::server {

using base::Currency;
using base::Money;

namespace {
constexpr std::size_t kLargestText = 4096;
}

void RowValues::complain(const ValueSpec& spec, const std::string& message)
{
    m_ok = false;
    // A constant has no cell: the mapping itself is to blame.
    m_problems.push_back({m_rowNumber, spec.columnName, spec.columnName.empty() ? spec.place.toString() + ": " + message : message});
}

void RowValues::complainAboutRow(const std::string& message)
{
    m_ok = false;
    m_problems.push_back({m_rowNumber, "", message});
}

std::string_view RowValues::evaluate(const Template& source)
{
    if (source.pieces.empty())
        return {};
    if (source.pieces.size() == 1) {
        const auto& piece = source.pieces.front();
        if (piece.column >= 0)
            return m_cells[static_cast<std::size_t>(piece.column)];
        if (piece.column == Template::kText)
            return piece.text;
    }
    std::string& composed = m_composed.emplace_back();
    for (const auto& piece : source.pieces) {
        if (piece.column >= 0)
            composed += m_cells[static_cast<std::size_t>(piece.column)];
        else if (piece.column == Template::kRowNumber)
            composed += std::to_string(m_dataRow);
        else
            composed += piece.text;
    }
    return composed;
}

std::string_view RowValues::text(const ValueSpec& spec)
{
    auto value = evaluate(spec.addends.front());
    if (value.empty() && spec.fallback)
        return evaluate(*spec.fallback);
    if (spec.hasMap && !value.empty()) {
        const auto meaning = spec.map.find(std::string(value));
        if (meaning != spec.map.end())
            return evaluate(meaning->second);
        if (spec.otherwise)
            return evaluate(*spec.otherwise);
        complain(spec, "the map of the mapping does not list this value (shape \"" + shapeOf(value) + "\"); add it, or `otherwise`");
        return {};
    }
    if (value.size() > kLargestText) {
        complain(spec, "is longer than " + std::to_string(kLargestText) + " bytes");
        return {};
    }
    return value;
}

std::string_view RowValues::text(const std::optional<ValueSpec>& spec)
{
    return spec ? text(*spec) : std::string_view();
}

std::string RowValues::required(const std::optional<ValueSpec>& spec, const char* what)
{
    const bool wasOk = std::exchange(m_ok, true);
    const auto value = text(*spec);
    if (value.empty() && m_ok)
        complain(*spec, std::string(what) + " is empty");
    m_ok = m_ok && wasOk;
    return std::string(value);
}

std::string RowValues::identifier(const std::optional<ValueSpec>& spec)
{
    const auto written = text(spec);
    if (written.empty())
        return {};
    auto value = parseIdentifier(written);
    if (!value)
        complain(*spec, value.error().detail);
    return value ? *std::move(value) : std::string();
}

std::string RowValues::requiredIdentifier(const std::optional<ValueSpec>& spec, const char* what)
{
    if (required(spec, what).empty())
        return {};
    return identifier(spec);
}

std::optional<std::string> RowValues::optional(const std::optional<ValueSpec>& spec)
{
    const auto value = text(spec);
    return value.empty() ? std::nullopt : std::optional<std::string>(value);
}

std::optional<Money> RowValues::sum(const ValueSpec& spec, Currency currency)
{
    std::optional<Money> total;
    for (const auto& addend : spec.addends) {
        const auto written = spec.addends.size() == 1 ? text(spec) : evaluate(addend);
        if (written.empty())
            continue;
        const auto amount = parseMoney(written, currency, spec.money);
        if (!amount) {
            complain(spec, amount.error().detail);
            return std::nullopt;
        }
        const auto both = total ? total->plus(*amount) : base::Result<Money>(*amount);
        if (!both) {
            complain(spec, both.error().detail);
            return std::nullopt;
        }
        total = *both;
    }
    return total;
}

Money RowValues::money(const std::optional<ValueSpec>& spec, Currency currency)
{
    const auto zero = *Money::tryFromMinor(0, currency);
    return spec ? sum(*spec, currency).value_or(zero) : zero;
}

Money RowValues::requiredMoney(const std::optional<ValueSpec>& spec, Currency currency, const char* what)
{
    const auto problemsBefore = m_problems.size();
    const auto amount = sum(*spec, currency);
    if (!amount && m_problems.size() == problemsBefore)
        complain(*spec, std::string(what) + " is empty");
    return amount.value_or(*Money::tryFromMinor(0, currency));
}

std::optional<base::Date> RowValues::date(const std::optional<ValueSpec>& spec)
{
    const auto written = text(spec);
    if (written.empty())
        return std::nullopt;
    const auto value = parseDate(written, spec->dates);
    if (!value)
        complain(*spec, value.error().detail);
    return value ? std::optional(*value) : std::nullopt;
}

std::optional<std::int64_t> RowValues::number(const std::optional<ValueSpec>& spec, std::int64_t least, std::int64_t most)
{
    const auto written = text(spec);
    if (written.empty())
        return std::nullopt;
    const auto value = parseInteger(written, least, most);
    if (!value)
        complain(*spec, value.error().detail);
    return value ? std::optional(*value) : std::nullopt;
}

} // namespace evenhand::server
