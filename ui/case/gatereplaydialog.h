// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services/gatereplay.h"

class QWidget;

namespace evenhand::ui {

/// "Why was this allowed?": what the rules said of a past contact, whether they say the same today, and every rule that was asked.
/// Returns at once; the window closes itself.
void showGateReplay(const services::GateReplay& replay, QWidget* window);

} // namespace evenhand::ui
