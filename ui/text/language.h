// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include <QObject>
#include <QString>

class QCoreApplication;
class QTranslator;

namespace evenhand::ui {

/// Which language the window speaks. Switching sends LanguageChange to every widget, which then writes its texts again.
class Language : public QObject {
    Q_OBJECT

public:
    explicit Language(QCoreApplication& application, QObject* parent = nullptr);
    ~Language() override;

    void choose(const QString& code);                        ///< "zh_CN" or "en"; anything else is read as "en"
    [[nodiscard]] const QString& code() const { return m_code; }
    [[nodiscard]] static QString systemCode();               ///< what the desktop asks for

Q_SIGNALS:
    void changed();

private:
    void load();

    QCoreApplication& m_application;
    QString m_code;
    std::unique_ptr<QTranslator> m_ours;
    std::unique_ptr<QTranslator> m_qts;
};

/// "zh_CN" or "en": the language of pack texts that belong beside the present UI.
[[nodiscard]] std::string packLanguage();

} // namespace evenhand::ui
