// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#include <optional>
#include <string>

#include <QTest>

#include "app/base/result.h"

/// Fails the test with the error's text when `expression`, a Result, has no value.
#define QVERIFY_RESULT(expression)                                                              \
    do {                                                                                        \
        const auto& evenhandChecked = (expression);                                             \
        QVERIFY2(evenhandChecked.has_value(),                                                   \
                 evenhandChecked.has_value() ? "" : qPrintable(QString::fromStdString(evenhandChecked.error().detail))); \
    } while (false)

/// Fails unless `expression`, a Result, failed with this code.
#define QVERIFY_FAILS(expression, expectedCode)                                                 \
    do {                                                                                        \
        const auto& evenhandChecked = (expression);                                             \
        QVERIFY2(!evenhandChecked.has_value(), "succeeded, but should have failed");            \
        QCOMPARE(static_cast<int>(evenhandChecked.error().code), static_cast<int>(expectedCode)); \
    } while (false)

namespace evenhand::test {

/// The folder of real data for tests: $EVENHAND_SHARED_DATA, else ../shared/data beside the repository; nullopt when absent.
inline std::optional<std::string> sharedData(const std::string& folder)
{
    const char* fromEnvironment = std::getenv("EVENHAND_SHARED_DATA");
    const std::string root = fromEnvironment != nullptr ? fromEnvironment : std::string(EVENHAND_SOURCE_DIR) + "/../shared/data";
    const auto path = root + "/" + folder;
    return QFileInfo::exists(QString::fromStdString(path)) ? std::optional(path) : std::nullopt;
}

} // namespace evenhand::test

/// Skips the test with a message that names the folder when the shared data is not there.
#define REQUIRE_SHARED_DATA(variable, folder)                                                              \
    const auto evenhandShared##variable = evenhand::test::sharedData(folder);                              \
    if (!evenhandShared##variable)                                                                         \
        QSKIP("shared data folder '" folder "' is absent; set EVENHAND_SHARED_DATA to run this test");     \
    const QString variable = QString::fromStdString(*evenhandShared##variable)
