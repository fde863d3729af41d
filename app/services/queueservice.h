// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QFuture>
#include <QObject>

#include "app/base/result.h"
#include "app/domain/projection.h"
#include "app/services/changeset.h"
#include "app/services/contactlight.h"

namespace evenhand::services {

class DataThread;

/// Working order of Today. A case is in the first bucket that fits. `Worked` and `HeldOut` take it out of the others.
enum class BucketKind { CallbackDue, PromiseBroken, PromiseDue, Priority, HeldOut, Worked };

struct PromiseBrief {
    base::Money amount;
    base::Date dueOn;
    domain::PromiseState state;
};

struct QueueRow {
    domain::CaseId caseId;
    BucketKind bucket;
    std::string businessNo;
    std::string debtor;                              ///< masked
    std::string portfolio;
    std::string creditor;
    base::Money balance;
    base::Money overdue;
    int daysPastDue = 0;
    std::string stage;                               ///< M1 … M6+
    int priority = 0;
    ContactLight light{};                            ///< of the debtor's best number
    std::optional<base::Instant> dueAt{};            ///< call-back or follow-up
    std::optional<PromiseBrief> promise{};           ///< the one that put it into its bucket
    std::optional<base::Instant> lastContactAt{};
    std::string lastOutcome{};                         ///< code; "" when there was none
    bool hasUnsent = false;                          ///< something about it is only on this computer
    std::vector<domain::FlagKind> holds{};
    std::string hotNote{};
};

struct QueueBucket {
    BucketKind kind;
    std::int64_t count = 0;                          ///< still to do (HeldOut: waiting; Worked: done today)
    std::int64_t worked = 0;                         ///< done today that came from this bucket
    std::vector<base::Money> balance{};              ///< one sum per currency
    std::optional<base::Instant> nextReturnAt{};     ///< HeldOut: when the first one comes back
};

struct TodayView {
    base::Instant at{};
    std::vector<QueueBucket> buckets;                ///< in working order, all kinds, also empty ones
    std::int64_t cases = 0;                          ///< all open cases of this user
    bool lightsComplete = false;                     ///< false: some cases are not judged yet; `changed` follows
    std::vector<QueueRow> first;                     ///< the first rows in working order over all buckets, at most 50
};

struct QueuePage {
    std::vector<QueueRow> rows;
    std::int64_t total = 0;
};

/// The working order. UI thread.
class QueueService : public QObject {
    Q_OBJECT

public:
    explicit QueueService(DataThread& data);

    [[nodiscard]] QFuture<base::Result<TodayView>> today();
    [[nodiscard]] QFuture<base::Result<QueuePage>> rows(BucketKind bucket, std::int64_t offset, std::int64_t limit);
    /// The case to work after this one, skipping what is held out or done; nullopt when nothing is left.
    [[nodiscard]] QFuture<base::Result<std::optional<domain::CaseId>>> next(std::optional<domain::CaseId> after);

    Q_SIGNAL void changed(const evenhand::services::ChangeSet& what);

private:
    DataThread& m_data;
};

} // namespace evenhand::services
