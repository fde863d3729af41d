// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <QFuture>
#include <QObject>

#include "app/base/result.h"
#include "app/services/caseview.h"
#include "app/services/changeset.h"
#include "app/services/gatereplay.h"

namespace evenhand::services {

class DataThread;

enum class RevealField { Phone, IdNumber, Address, Name };
enum class RevealReason { Dial, Verify, Correct, Other };

/// Reading cases. UI thread.
class CaseService : public QObject {
    Q_OBJECT

public:
    explicit CaseService(DataThread& data);

    /// NotFound for a case that is not here (any more).
    [[nodiscard]] QFuture<base::Result<CaseView>> openCase(domain::CaseId id);
    /// Names, pinyin and initials, numbers and case numbers, best first. An empty text gives cases by priority.
    [[nodiscard]] QFuture<base::Result<std::vector<SearchHit>>> search(std::string text, int limit);
    /// The clear value, after the event that says so is on disk. `rowId` is a contact point or a party. Offer it only for a
    /// moment and never write it anywhere.
    [[nodiscard]] QFuture<base::Result<std::string>> reveal(domain::CaseId caseId, base::Uuid rowId, RevealField field, RevealReason reason);

    /// Why a contact that was made was allowed, asked again of the same facts and rules.
    [[nodiscard]] QFuture<base::Result<GateReplay>> replayGate(domain::CaseId caseId, domain::EventId contact);

    Q_SIGNAL void changed(const evenhand::services::ChangeSet& what);

private:
    DataThread& m_data;
};

} // namespace evenhand::services
