// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/changeset.h"

namespace evenhand::services {

void ChangeSet::add(const ChangeSet& other)
{
    cases.insert(other.cases.begin(), other.cases.end());
    allCases |= other.allCases;
    queue |= other.queue;
    unsent |= other.unsent;
    callLog |= other.callLog;
    drafts |= other.drafts;
}

} // namespace evenhand::services
