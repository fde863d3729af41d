// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace evenhand::ui {

Language::Language(QCoreApplication& application, QObject* parent) : QObject(parent), m_application(application), m_code(QStringLiteral("en"))
{
    load();
}

Language::~Language() = default;

void Language::choose(const QString& code)
{
    const QString wanted = code == QStringLiteral("zh_CN") ? code : QStringLiteral("en");
    if (wanted == m_code)
        return;
    m_code = wanted;
    load();
    Q_EMIT changed();
}

void Language::load()
{
    m_ours.reset();   // a translator leaves the application when it is deleted
    m_qts.reset();
    const bool chinese = m_code == QStringLiteral("zh_CN");
    QLocale::setDefault(chinese ? QLocale(QLocale::Chinese, QLocale::China) : QLocale(QLocale::English, QLocale::UnitedKingdom));
    if (chinese) {
        m_qts = std::make_unique<QTranslator>();
        if (m_qts->load(QStringLiteral("qtbase_zh_CN"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
            m_application.installTranslator(m_qts.get());
    }
    // English needs a file for its plurals only: "1 day", "2 days".
    m_ours = std::make_unique<QTranslator>();
    if (m_ours->load(QStringLiteral(":/i18n/evenhand_") + m_code))
        m_application.installTranslator(m_ours.get());
}

QString Language::systemCode()
{
    return QLocale::system().language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
}

std::string packLanguage()
{
    return QLocale().language() == QLocale::Chinese ? "zh_CN" : "en";
}

} // namespace evenhand::ui
