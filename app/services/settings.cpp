// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/settings.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

#include "app/base/json.h"

namespace evenhand::services {

namespace {

constexpr const char* kFileName = "settings.json";
constexpr int kSmallestFont = 80;
constexpr int kLargestFont = 200;

template <class T>
struct Word {
    T value;
    const char* word;
};

constexpr Word<Theme> kThemes[] = {{Theme::System, "system"}, {Theme::Light, "light"}, {Theme::Dark, "dark"}};
constexpr Word<DialMethod> kDialMethods[] = {{DialMethod::Copy, "copy"}, {DialMethod::Tel, "tel"}, {DialMethod::Command, "command"}};

constexpr Word<RecordCalls> kRecordCalls[] = {
    {RecordCalls::Auto, "auto"}, {RecordCalls::Always, "always"}, {RecordCalls::Elsewhere, "elsewhere"}, {RecordCalls::Never, "never"}};

template <class T, std::size_t N>
std::string wordOf(const Word<T> (&words)[N], T value)
{
    for (const auto& entry : words) {
        if (entry.value == value)
            return entry.word;
    }
    return {};
}

template <class T, std::size_t N>
T valueOf(const Word<T> (&words)[N], base::JsonReader& in, const char* name)
{
    const auto text = in.textOr(name, words[0].word);
    for (const auto& entry : words) {
        if (text == entry.word)
            return entry.value;
    }
    in.complain(name, "unknown word");
    return words[0].value;
}

QString pathIn(const std::string& folder)
{
    return QDir(QString::fromStdString(folder)).filePath(QString::fromLatin1(kFileName));
}

} // namespace

std::string settingsFolder()
{
    const auto given = qEnvironmentVariable("EVENHAND_CONFIG_DIR");
    if (!given.isEmpty())
        return given.toStdString();
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation).toStdString() + "/evenhand";
}

base::Result<Settings> loadSettings(const std::string& folder)
{
    QFile file(pathIn(folder));
    if (!file.exists())
        return Settings{};
    if (!file.open(QIODevice::ReadOnly))
        return base::fail(base::ErrorCode::Storage, "settings: cannot be read");
    const auto bytes = file.read(1 << 20);
    EVENHAND_ASSIGN(const auto json, base::withContext(base::parseJson({bytes.constData(), static_cast<std::size_t>(bytes.size())}), "settings"));
    base::JsonReader in(json, "settings:");
    Settings settings;
    settings.language = in.textOr("language", {});
    settings.theme = valueOf(kThemes, in, "theme");
    settings.serverUrl = in.textOr("server_url", {});
    settings.userName = in.textOr("user_name", {});
    settings.caFile = in.textOr("ca_file", {});
    settings.dialMethod = valueOf(kDialMethods, in, "dial_method");
    settings.dialCommand = in.textOr("dial_command", {});
    settings.recordCalls = valueOf(kRecordCalls, in, "record_calls");
    settings.agentInput = in.textOr("agent_input", {});
    settings.farEndInput = in.textOr("far_end_input", {});
    const auto percent = in.integerOr("font_percent", settings.fontPercent);
    if (percent < kSmallestFont || percent > kLargestFont)
        in.complain("font_percent", "expected 80 to 200");
    else
        settings.fontPercent = static_cast<int>(percent);
    if (!in.ok())
        return base::fail(in.error());
    return settings;
}

base::Result<> saveSettings(const std::string& folder, const Settings& settings)
{
    const base::Json json{{"language", settings.language},     {"theme", wordOf(kThemes, settings.theme)},
                          {"server_url", settings.serverUrl},  {"user_name", settings.userName},
                          {"ca_file", settings.caFile},        {"dial_method", wordOf(kDialMethods, settings.dialMethod)},
                          {"dial_command", settings.dialCommand}, {"font_percent", settings.fontPercent},
                          {"record_calls", wordOf(kRecordCalls, settings.recordCalls)},
                          {"agent_input", settings.agentInput}, {"far_end_input", settings.farEndInput}};
    if (!QDir().mkpath(QString::fromStdString(folder)))
        return base::fail(base::ErrorCode::Storage, "settings: the folder cannot be made");
    QSaveFile file(pathIn(folder));
    const auto text = QByteArray::fromStdString(json.dump(2) + "\n");
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return base::fail(base::ErrorCode::Storage, "settings: cannot be written");
    return {};
}

} // namespace evenhand::services
