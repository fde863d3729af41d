// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include "app/services/playbackservice.h"
#include "app/services/recordingservice.h"

namespace evenhand::ui {

/// What people read about sound: recordings, their marks, what is wrong with a microphone and what to do.
class SoundText {
    Q_DECLARE_TR_FUNCTIONS(evenhand::ui::SoundText)

public:
    [[nodiscard]] static QString muteReason(const std::string& code);        ///< payment_data …; unknown as it is
    [[nodiscard]] static QString exportReason(const std::string& code);
    [[nodiscard]] static QString gapReason(const std::string& code);
    [[nodiscard]] static QString ended(const std::string& code);             ///< "" for stopped
    [[nodiscard]] static QString sideTrouble(const services::RecordingSide& side, int which);   ///< "" when all is well
    /// What is wrong and what to do, a sentence per fault; one sentence when all is well.
    [[nodiscard]] static QString test(const services::SoundTestResult& result);
    [[nodiscard]] static QString fault(const std::string& code);
    [[nodiscard]] static QString recovered(const services::RecoveredRecordings& what);
    [[nodiscard]] static QString problem(const base::Error& error);          ///< of a recording that ended early or never began
    [[nodiscard]] static QString playing(const base::Error& error);          ///< of a recording that cannot be heard
};

} // namespace evenhand::ui
