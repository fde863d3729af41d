// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QApplication;

namespace evenhand::workstation {

struct Options;

/// `evenhand --self-test-audio`: records and plays a second with the microphone of the settings and prints, in the user's language, what is wrong and what to do.
/// Exit status: 0 all is well, 1 something is wrong.
[[nodiscard]] int runSoundSelfTest(QApplication& qt, const Options& options);

} // namespace evenhand::workstation
