// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/rowencoder.h"

#include <charconv>

namespace evenhand::server {

namespace {

void appendQuoted(std::string& out, std::string_view text)
{
    constexpr std::string_view kHex = "0123456789abcdef";
    out.push_back('"');
    std::size_t copied = 0;   // plain runs go in at once: nearly every text is one
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\')
            continue;
        out.append(text, copied, i - copied);
        copied = i + 1;
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            out += "\\u00";
            out.push_back(kHex[static_cast<std::size_t>(c) >> 4]);
            out.push_back(kHex[static_cast<std::size_t>(c) & 0xF]);
        }
    }
    out.append(text, copied);
    out.push_back('"');
}

// Members must be added in the order of their names.
class ObjectWriter {
public:
    explicit ObjectWriter(std::string& out) : m_out(out) { m_out.push_back('{'); }
    void close() { m_out.push_back('}'); }

    void text(std::string_view name, std::string_view value)
    {
        begin(name);
        appendQuoted(m_out, value);
    }
    void number(std::string_view name, std::int64_t value)
    {
        begin(name);
        char digits[24];
        const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
        m_out.append(digits, end);
    }
    void boolean(std::string_view name, const std::optional<bool>& value)
    {
        begin(name);
        m_out += !value ? "null" : *value ? "true" : "false";
    }
    void optional(std::string_view name, const std::optional<std::string>& value)
    {
        begin(name);
        if (value)
            appendQuoted(m_out, *value);
        else
            m_out += "null";
    }
    void day(std::string_view name, const std::optional<base::Date>& value)
    {
        optional(name, value ? std::optional(value->toIso()) : std::nullopt);
    }
    void json(std::string_view name, std::string_view written)
    {
        begin(name);
        m_out += written;
    }

private:
    void begin(std::string_view name)
    {
        if (m_out.back() != '{')
            m_out.push_back(',');
        m_out.push_back('"');
        m_out += name;
        m_out += "\":";
    }
    std::string& m_out;
};

std::string factsOf(const domain::AccountRow& row)
{
    std::string out = "[";
    for (const auto& [name, text] : row.facts) {
        if (out.size() > 1)
            out.push_back(',');
        ObjectWriter fact(out);
        fact.text("name", name);
        fact.text("text", text);
        fact.close();
    }
    out.push_back(']');
    return out;
}

} // namespace

std::string canonicalRow(const domain::CaseRow& row)
{
    // What an import never writes itself has no writer here.
    if (!row.flags.empty() || !row.consents.empty())
        return base::canonical(domain::toJson(row));
    std::string out;
    out.reserve(512);
    ObjectWriter json(out);
    json.optional("assigned_to", row.assignedTo ? std::optional(row.assignedTo->toString()) : std::nullopt);
    json.number("balance_minor", row.balance.minor());
    json.text("bucket", row.bucket);
    json.text("business_no", row.businessNo);
    json.json("consents", "[]");
    json.text("creditor", row.creditor);
    json.text("currency", row.balance.currency().code());
    json.text("debtor_name", row.debtorName.reveal());
    json.number("dpd", row.daysPastDue);
    json.json("flags", "[]");
    json.optional("hot_note", row.hotNote);
    json.optional("next_action_at", row.nextActionAt ? std::optional(row.nextActionAt->toRfc3339Utc()) : std::nullopt);
    json.number("overdue_minor", row.overdue.minor());
    json.text("portfolio", row.portfolio);
    json.number("priority", row.priority);
    json.text("status", toWord(row.status));
    json.close();
    return out;
}

std::string canonicalRow(const domain::PartyRow& row)
{
    std::string out;
    out.reserve(384);
    ObjectWriter json(out);
    json.optional("employer", row.employer);
    json.optional("gender", row.gender);
    json.text("id_number", row.idNumber.reveal());
    json.text("name", row.name.reveal());
    json.boolean("opted_out", row.optedOut);
    json.text("person_key", row.personKey);
    json.optional("relation", row.relation);
    json.text("role", toWord(row.role));
    json.text("time_zone", row.timeZone);
    json.close();
    return out;
}

std::string canonicalRow(const domain::AccountRow& row)
{
    std::string out;
    out.reserve(768);
    ObjectWriter json(out);
    json.text("account_no", row.accountNo);
    json.text("currency", row.principal.currency().code());
    json.number("dpd", row.daysPastDue);
    json.day("due_on", row.dueOn);
    json.json("facts", factsOf(row));
    json.number("fees_minor", row.fees.minor());
    json.number("interest_minor", row.interest.minor());
    json.day("opened_on", row.openedOn);
    json.number("overdue_minor", row.overdue.minor());
    json.number("principal_minor", row.principal.minor());
    json.text("product", row.product);
    json.close();
    return out;
}

std::string canonicalRow(const domain::ContactPointRow& row)
{
    std::string out;
    out.reserve(256);
    ObjectWriter json(out);
    json.text("kind", toWord(row.kind));
    json.optional("label", row.label);
    json.text("party_id", row.partyId.toString());
    json.text("source", toWord(row.source));
    json.text("status", toWord(row.status));
    json.text("time_zone", row.timeZone);
    json.text("value", row.value.reveal());
    json.close();
    return out;
}

} // namespace evenhand::server
