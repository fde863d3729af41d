// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>

#include <QMetaType>

#include "app/domain/ids.h"

namespace evenhand::services {

/// What may look different now. Sent after the change is on disk; whoever shows an affected thing fetches it again. Being told
/// too much is harmless, being told too little is a bug.
struct ChangeSet {
    std::set<domain::CaseId> cases{};    ///< rows or timeline of these
    bool allCases = false;               ///< too many to list (first pull, rebuilt cache, packs changed)
    bool queue = false;                  ///< order, buckets or lights of Today
    bool unsent = false;                 ///< what is saved here and what is on the server
    bool callLog = false;
    bool drafts = false;

    [[nodiscard]] bool touches(const domain::CaseId& id) const { return allCases || cases.count(id) > 0; }
    [[nodiscard]] bool isEmpty() const { return cases.empty() && !allCases && !queue && !unsent && !callLog && !drafts; }
    void add(const ChangeSet& other);
};

} // namespace evenhand::services

Q_DECLARE_METATYPE(evenhand::services::ChangeSet)
