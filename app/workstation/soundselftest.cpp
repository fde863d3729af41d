// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/soundselftest.h"

#include <QApplication>
#include <QTextStream>
#include <QTimer>

#include "app/media/soundselftest.h"
#include "app/services/recordingservice.h"
#include "app/services/settings.h"
#include "app/workstation/options.h"
#include "ui/text/language.h"
#include "ui/text/soundtext.h"

namespace evenhand::workstation {

int runSoundSelfTest(QApplication& qt, const Options& options)
{
    const services::Settings settings = services::loadSettings(services::settingsFolder()).value_or(services::Settings{});
    ui::Language language(qt);
    const std::string code = options.language.value_or(settings.language);
    language.choose(code.empty() ? ui::Language::systemCode() : QString::fromStdString(code));
    media::SoundSelfTest test(settings.agentInput);
    QObject::connect(&test, &media::SoundSelfTest::finished, &qt, [&qt](const media::SelfTestResult& result) {
        const services::SoundTestResult told = services::toServices(result);
        QTextStream(stdout) << ui::SoundText::test(told) << "\n";
        qt.exit(told.faults.empty() ? 0 : 1);
    });
    QTimer::singleShot(0, &test, &media::SoundSelfTest::run);
    return qt.exec();
}

} // namespace evenhand::workstation
