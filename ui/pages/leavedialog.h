// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "app/services/syncstatus.h"

class QWidget;

namespace evenhand::ui {

/// Lists what would be lost if this computer died now. `leave` is null when it is only looked at; else the second button calls it.
/// The first button sends at once. Comes and goes without a nested loop.
void showLeaveCheck(QWidget* window, const services::LeaveCheck& check, const std::function<void()>& sendNow, std::function<void()> leave);

} // namespace evenhand::ui
