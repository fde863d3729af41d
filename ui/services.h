// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace evenhand::services {
class SessionService;
class QueueService;
class CaseService;
class CallService;
class SyncService;
class CallLogService;
class PackService;
class AgreementService;
class RecordingService;
class PlaybackService;
} // namespace evenhand::services

namespace evenhand::base {
class Clock;
}

namespace evenhand::ui {

class Language;
class Preferences;
class Theme;
class UserPrompt;

/// Everything the window works on. All of it outlives the window; pages take the parts they need.
struct Services {
    services::SessionService& session;
    services::QueueService& queue;
    services::CaseService& cases;
    services::CallService& calls;
    services::SyncService& sync;
    services::CallLogService& callLog;
    services::AgreementService& agreements;
    services::PackService& packs;
    services::RecordingService& recording;
    services::PlaybackService& playback;
    const base::Clock& clock;
    Language& language;
    Theme& theme;
    Preferences& preferences;
    UserPrompt& prompt;
};

} // namespace evenhand::ui
