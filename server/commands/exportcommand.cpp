// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/exportcommand.h"

#include <fstream>
#include <iostream>
#include <memory>
#include <unordered_map>

#include <CLI/CLI.hpp>

#include "app/domain/eventpayloads.h"
#include "app/domain/projection.h"
#include "server/import/csvwriter.h"
#include "server/store/store.h"

namespace evenhand::server {

using base::ErrorCode;
using base::Result;
using Record = nlohmann::ordered_json;   // one line of the export; the order of its members is the order of the columns

namespace {

struct ExportArguments {
    std::string db;
    std::string what;
    std::string from;
    std::string to;
    std::string format = "csv";
    std::string out;
};

struct Period {
    base::Instant from;
    base::Instant to;
};

const base::TimeZone& zone()
{
    static const auto china = *base::TimeZone::tryFromName("Asia/Shanghai");
    return china;
}

Result<Period> periodOf(const ExportArguments& options)
{
    const auto from = base::Date::tryFromIso(options.from);
    const auto to = base::Date::tryFromIso(options.to);
    if (!from || !to)
        return base::fail(ErrorCode::Invalid, "export " + options.what + " needs --from and --to as days such as 2026-03-02");
    if (*to < *from)
        return base::fail(ErrorCode::Invalid, "--to is before --from");
    return Period{zone().instantOf(*from, 0), zone().instantOf(to->plusDays(1), 0)};
}

std::string localTime(base::Instant at) { return at.toRfc3339(zone().utcOffsetMinutes(at)); }

std::string textOf(const Record& value)
{
    if (value.is_null())
        return {};
    return value.is_string() ? value.get<std::string>() : value.dump();
}

// Writes records as they come; the first one gives the columns.
class RecordWriter {
public:
    RecordWriter(std::ostream& out, bool csv) : m_out(out), m_csv(csv) {}

    void begin(const std::vector<std::string>& columns)
    {
        if (!m_csv)
            return;
        m_out << kUtf8Mark;
        write(columns);
    }

    void add(const Record& record)
    {
        if (!m_csv) {
            m_out << record.dump() << '\n';
            return;
        }
        std::vector<std::string> cells;
        for (const auto& [name, value] : record.items())
            cells.push_back(textOf(value));
        write(cells);
    }

private:
    void write(const std::vector<std::string>& cells)
    {
        std::string line;
        appendCsvRow(line, cells, ',', CellSafety::NoFormulas);
        m_out << line;
    }

    std::ostream& m_out;
    bool m_csv;
};

struct CaseNames {
    std::string businessNo;
    std::string portfolio;
};

// The names behind the ids of events.
class Names {
public:
    static Result<Names> load(Store& store)
    {
        Names names;
        EVENHAND_TRY(store.rows().forEachOfKind(domain::kind::kCase, [&](const ProjectionRow& row) -> Result<> {
            EVENHAND_ASSIGN(const auto body, base::parseJson(row.body.value_or("{}")));
            names.m_cases[row.id] = {body.value("business_no", ""), body.value("portfolio", "")};
            return {};
        }));
        EVENHAND_ASSIGN(const auto users, store.users().list());
        for (const auto& user : users)
            names.m_users[user.id.uuid()] = user.userName;
        return names;
    }
    [[nodiscard]] CaseNames ofCase(const std::optional<domain::CaseId>& id) const
    {
        const auto found = id ? m_cases.find(id->uuid()) : m_cases.end();
        return found == m_cases.end() ? CaseNames{} : found->second;
    }
    [[nodiscard]] std::string ofUser(const std::optional<domain::UserId>& id) const
    {
        const auto found = id ? m_users.find(id->uuid()) : m_users.end();
        return found == m_users.end() ? std::string() : found->second;
    }

private:
    std::unordered_map<base::Uuid, CaseNames> m_cases;
    std::unordered_map<base::Uuid, std::string> m_users;
};

Result<> exportCalls(Store& store, const Names& names, const Period& period, RecordWriter& out)
{
    out.begin({"event_id", "at", "portfolio", "case_no", "agent", "direction", "channel", "outcome", "result", "right_party", "duration_s", "note",
               "flags", "server_seq", "overdue_reason", "willing"});
    return store.events().forEach(domain::eventtype::kCall, period.from, period.to, [&](const EventRecord& event) -> Result<> {
        if (!event.payload)
            return {};                             // erased by law
        EVENHAND_ASSIGN(const auto payload, domain::decodePayload(event.type, 1, *event.payload));
        const auto& call = std::get<domain::CallPayload>(payload);
        const auto of = names.ofCase(event.caseId);
        std::string flags;
        for (const auto& flag : event.flags)
            flags += (flags.empty() ? "" : " ") + flag;
        out.add({{"event_id", event.eventId.toString()}, {"at", localTime(call.startedAt)}, {"portfolio", of.portfolio}, {"case_no", of.businessNo},
                 {"agent", names.ofUser(event.actorId)}, {"direction", toWord(call.direction)}, {"channel", toWord(call.channel)},
                 {"outcome", call.outcome}, {"result", toWord(call.result)}, {"right_party", call.rightParty}, {"duration_s", call.durationS},
                 {"note", call.note.reveal()}, {"flags", flags}, {"server_seq", event.serverSeq}, {"overdue_reason", call.overdueReason},
                 {"willing", call.willing ? (*call.willing ? "yes" : "no") : ""}});
        return {};
    });
}

Result<> exportPromises(Store& store, const Names& names, const Period& period, RecordWriter& out)
{
    out.begin({"event_id", "at", "portfolio", "case_no", "agent", "amount", "currency", "due_on", "method", "state", "paid", "server_seq"});
    return store.events().forEach(domain::eventtype::kPromise, period.from, period.to, [&](const EventRecord& event) -> Result<> {
        if (!event.payload || !event.caseId)
            return {};
        EVENHAND_ASSIGN(const auto payload, domain::decodePayload(event.type, 1, *event.payload));
        const auto& promise = std::get<domain::PromisePayload>(payload);
        const auto of = names.ofCase(event.caseId);
        Record state = nullptr;
        Record paid = nullptr;
        EVENHAND_ASSIGN(const auto row, store.rows().find(domain::kind::kPromise, event.eventId.uuid()));
        if (row && row->body) {
            EVENHAND_ASSIGN(const auto body, base::parseJson(*row->body));
            EVENHAND_ASSIGN(const auto now, domain::promiseFromJson(event.eventId, *event.caseId, body));
            state = toWord(now.state);
            paid = now.paid.toPlainString();
        }
        out.add({{"event_id", event.eventId.toString()}, {"at", localTime(event.occurredAt)}, {"portfolio", of.portfolio}, {"case_no", of.businessNo},
                 {"agent", names.ofUser(event.actorId)}, {"amount", promise.amount.toPlainString()}, {"currency", promise.amount.currency().code()},
                 {"due_on", promise.dueOn.toIso()}, {"method", promise.method}, {"state", state}, {"paid", paid}, {"server_seq", event.serverSeq}});
        return {};
    });
}

Result<> exportCases(Store& store, const Names& names, RecordWriter& out)
{
    out.begin({"case_id", "portfolio", "case_no", "creditor", "debtor", "status", "balance", "overdue", "currency", "dpd", "bucket", "priority",
               "assigned_to", "holds"});
    return store.rows().forEachOfKind(domain::kind::kCase, [&](const ProjectionRow& row) -> Result<> {
        if (!row.body)
            return {};
        EVENHAND_ASSIGN(const auto body, base::parseJson(*row.body));
        EVENHAND_ASSIGN(const auto one, domain::caseFromJson(domain::CaseId(row.id), body));
        std::string holds;
        for (const auto& flag : one.flags)
            if (!flag.clearedAt)
                holds += (holds.empty() ? "" : " ") + std::string(toWord(flag.kind));
        out.add({{"case_id", one.id.toString()}, {"portfolio", one.portfolio}, {"case_no", one.businessNo}, {"creditor", one.creditor},
                 {"debtor", one.debtorName.reveal()}, {"status", toWord(one.status)}, {"balance", one.balance.toPlainString()},
                 {"overdue", one.overdue.toPlainString()}, {"currency", one.balance.currency().code()}, {"dpd", one.daysPastDue},
                 {"bucket", one.bucket}, {"priority", one.priority}, {"assigned_to", names.ofUser(one.assignedTo)}, {"holds", holds}});
        return {};
    });
}

Result<> writeAll(const ExportArguments& options, const base::Clock& clock, std::ostream& out)
{
    EVENHAND_ASSIGN(const auto url, DatabaseUrl::parse(options.db));
    EVENHAND_ASSIGN(const auto period, options.what == "cases" ? Result<Period>(Period{}) : periodOf(options));
    EVENHAND_ASSIGN(auto store, Store::open(url, StoreMode::ReadOnly, clock));
    EVENHAND_ASSIGN(const auto oneState, store.beginRead());
    EVENHAND_ASSIGN(const auto names, Names::load(store));
    RecordWriter writer(out, options.format == "csv");
    if (options.what == "calls")
        return exportCalls(store, names, period, writer);
    if (options.what == "promises")
        return exportPromises(store, names, period, writer);
    return exportCases(store, names, writer);
}

Result<int> runExport(const ExportArguments& options, const base::Clock& clock)
{
    if (options.out.empty()) {
        EVENHAND_TRY(writeAll(options, clock, std::cout));
        std::cout.flush();
        return std::cout ? Result<int>(0) : Result<int>(base::fail(ErrorCode::Storage, "standard output cannot be written"));
    }
    std::ofstream file(options.out, std::ios::binary | std::ios::trunc);
    if (!file)
        return base::fail(ErrorCode::Storage, options.out + ": cannot be written");
    EVENHAND_TRY(writeAll(options, clock, file));
    file.close();
    return file ? Result<int>(0) : Result<int>(base::fail(ErrorCode::Storage, options.out + ": cannot be written to its end"));
}

} // namespace

void addExportCommand(CLI::App& application, CommandLine& line)
{
    auto* command = application.add_subcommand("export", "Write calls, promises or cases as CSV or NDJSON");
    const auto options = std::make_shared<ExportArguments>();
    command->add_option("what", options->what, "calls, promises or cases")->required()->check(CLI::IsMember({"calls", "promises", "cases"}));
    command->add_option("--from", options->from, "first day (YYYY-MM-DD); cases are always exported as they stand now");
    command->add_option("--to", options->to, "last day, included");
    command->add_option("--format", options->format, "csv or ndjson")->check(CLI::IsMember({"csv", "ndjson"}));
    command->add_option("--out", options->out, "a file instead of standard output");
    command->add_option("--db", options->db, "sqlite:///path/file.db or postgresql://…")->required();
    command->callback([options, &line] { line.run = [options, &line] { return runExport(*options, line.clock); }; });
}

} // namespace evenhand::server
