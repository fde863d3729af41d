// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QTimer>

#include "app/workstation/application.h"
#include "app/workstation/options.h"
#include "app/workstation/process.h"
#include "app/workstation/soundselftest.h"

int main(int argc, char** argv)
{
    using namespace evenhand::workstation;
    prepareProcess();
    QApplication qt(argc, argv);
    const Options options = Options::parse(qt.arguments());
    prepareLog();
    if (options.selfTestAudio)
        return runSoundSelfTest(qt, options);
    const evenhand::base::SystemClock clock;
    Application application(qt, options, clock);
    application.start();
    if (options.exitAfterStartup)
        QTimer::singleShot(0, &qt, &QApplication::quit);
    return qt.exec();
}
