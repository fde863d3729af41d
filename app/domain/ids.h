// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/uuid.h"

namespace evenhand::domain {

using CaseId = base::Id<struct CaseTag>;
using PartyId = base::Id<struct PartyTag>;
using AccountId = base::Id<struct AccountTag>;
using ContactPointId = base::Id<struct ContactPointTag>;
using EventId = base::Id<struct EventTag>;
using UserId = base::Id<struct UserTag>;
using DeviceId = base::Id<struct DeviceTag>;
using DatasetId = base::Id<struct DatasetTag>;
using EpochId = base::Id<struct EpochTag>;
using DraftId = base::Id<struct DraftTag>;

} // namespace evenhand::domain
