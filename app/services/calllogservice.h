// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QFuture>
#include <QObject>

#include "app/base/date.h"
#include "app/base/result.h"
#include "app/compliance/decision.h"
#include "app/domain/eventpayloads.h"
#include "app/domain/projection.h"
#include "app/services/changeset.h"
#include "app/services/syncstatus.h"

namespace evenhand::services {

class DataThread;

/// Absent or empty members do not filter.
struct CallLogFilter {
    std::optional<base::Date> from{};                ///< first day, in the time zone of this computer
    std::optional<base::Date> to{};                  ///< last day, inclusive
    std::optional<domain::UserId> agent{};
    std::string outcome{};                           ///< code
    std::string text{};                              ///< part of the note, the case number or the debtor's name
};

struct CallLogRow {
    domain::EventId eventId;
    base::Instant at{};                              ///< when it began
    std::optional<base::Instant> receivedAt{};       ///< by the server; absent: only here
    std::optional<domain::UserId> agentId{};
    std::string agent;                               ///< display name; "" when unknown
    std::optional<domain::CaseId> caseId{};
    std::string caseNo;
    std::string debtor;                              ///< masked
    domain::Channel channel = domain::Channel::Call;
    domain::Direction direction = domain::Direction::Outbound;
    domain::ContactResult result = domain::ContactResult::NoAnswer;
    std::string outcome;
    std::int64_t durationS = 0;
    bool rightParty = false;
    std::string note;
    Delivery delivery = Delivery::OnServer;
};

struct CallLogPage {
    std::vector<CallLogRow> rows;                    ///< newest first
    std::int64_t total = 0;                          ///< on the server; own unsent calls come on top of the first page
};

/// Everything about one call.
struct CallDetail {
    CallLogRow row;
    std::optional<domain::PartyRole> partyRole{};
    std::string contactPoint;                        ///< masked
    std::optional<base::Money> promised{};           ///< the promise made in this call
    std::optional<base::Date> promiseDue{};
    std::string annotation;                          ///< the server's ruling: accepted, outside_rules …; "" none yet
    std::vector<std::string> ruleFlags{};            ///< of the server: late_after_unassign, clock_skew …
    std::optional<compliance::Decision> gate{};      ///< as it was answered then
    base::Json script;                               ///< {"id","version","hash","trace"}; null without a script
    std::vector<domain::PhraseFinding> phraseFindings{};
};

/// The call log: for a supervisor the team's, for an agent their own. UI thread.
class CallLogService : public QObject {
    Q_OBJECT

public:
    explicit CallLogService(DataThread& data);

    [[nodiscard]] QFuture<base::Result<CallLogPage>> list(CallLogFilter filter, std::int64_t offset, std::int64_t limit);
    [[nodiscard]] QFuture<base::Result<CallDetail>> detail(CallLogRow row);
    /// The people one can filter by (all users this device knows).
    [[nodiscard]] QFuture<base::Result<std::vector<domain::UserRow>>> agents();

    Q_SIGNAL void changed(const evenhand::services::ChangeSet& what);

private:
    DataThread& m_data;
};

} // namespace evenhand::services
