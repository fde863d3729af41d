// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/yamlfields.h"
#include "server/import/mapping.h"

namespace evenhand::server {

enum class ValueKind { Text, Number, Money, Date, Word };

/// Reads the values of a mapping file and collects the columns they name. Used by Mapping::parseText only.
class ValueSpecReader {
public:
    ValueSpecReader(Mapping& mapping, base::SourceProblems& problems) : m_mapping(mapping), m_problems(problems) {}

    void setDefaults(std::vector<DateFormat> dates, MoneyFormat money);
    [[nodiscard]] std::vector<DateFormat> dateFormats(base::YamlFields& in, std::string_view key, std::vector<DateFormat> fallback);
    [[nodiscard]] MoneyFormat moneyFormat(base::YamlFields& in, MoneyFormat fallback);

    /// A scalar is a template; a map has column, template, constant or sum, and options.
    [[nodiscard]] std::optional<ValueSpec> value(base::YamlFields& in, std::string_view key, ValueKind kind);
    [[nodiscard]] std::optional<ValueSpec> requiredValue(base::YamlFields& in, std::string_view key, ValueKind kind);
    [[nodiscard]] ValueSpec valueAt(const base::YamlNode& node, std::string_view key, ValueKind kind);

    /// As value(), for a word of a closed vocabulary: what the mapping itself writes is checked here, cells later.
    template <class FromWord>
    [[nodiscard]] std::optional<ValueSpec> word(base::YamlFields& in, std::string_view key, FromWord fromWord, std::string_view known)
    {
        auto spec = value(in, key, ValueKind::Word);
        if (spec)
            for (const auto& text : constantsOf(*spec))
                if (!fromWord(text))
                    m_problems.push_back({spec->place, "unknown " + std::string(key) + " \"" + text + "\"; known: " + std::string(known)});
        return spec;
    }

private:
    [[nodiscard]] Template templateAt(const base::YamlNode& node);
    [[nodiscard]] Template columnAt(const base::YamlNode& node);
    [[nodiscard]] int columnIndex(const std::string& name, const base::YamlNode& node);
    void readSource(base::YamlFields& in, ValueSpec& spec, ValueKind kind);
    void readMap(base::YamlFields& in, ValueSpec& spec);
    [[nodiscard]] std::string nameOfFirstColumn(const ValueSpec& spec) const;
    [[nodiscard]] static std::vector<std::string> constantsOf(const ValueSpec& spec);

    Mapping& m_mapping;
    base::SourceProblems& m_problems;
    std::vector<DateFormat> m_dates;
    MoneyFormat m_money;
};

} // namespace evenhand::server
