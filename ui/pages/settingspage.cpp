// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settingspage.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLineEdit>
#include <QScrollArea>

#include "ui/pages/soundsettings.h"
#include "ui/preferences.h"
#include "ui/text/errortext.h"
#include "ui/text/strings.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

SettingsPage::SettingsPage(const Services& services, QWidget* parent)
    : QWidget(parent), m_services(services), m_title(makeLabel(this, QStringLiteral("title"))), m_banner(new Banner(this)), m_language(new QComboBox(this)), m_theme(new QComboBox(this)), m_textSize(new QComboBox(this)),
      m_server(new QLineEdit(this)), m_caFile(new QLineEdit(this)), m_dial(new QComboBox(this)), m_command(new QLineEdit(this)), m_commandNote(makeLabel(this, QStringLiteral("small")))
{
    setObjectName(QStringLiteral("settingsPage"));
    const std::pair<QWidget*, const char*> inputs[] = {{m_language, "settingLanguage"}, {m_theme, "settingTheme"}, {m_textSize, "settingTextSize"}, {m_server, "settingServer"},
                                                       {m_caFile, "settingCaFile"}, {m_dial, "settingDial"}, {m_command, "settingDialCommand"}};
    for (const auto& [input, name] : inputs)
        nameInput(input, QString::fromLatin1(name));
    layOut();
    m_texts.add([this] {
        m_title->setText(tr("Settings"));
        const QString sections[] = {tr("Appearance"), tr("Server"), tr("Telephone")};
        for (int at = 0; at < 3; ++at)
            m_sections[at]->setText(sections[at]);
        const QString names[] = {tr("Language"), tr("Theme"), tr("Text size"), tr("Server address"), tr("Further certificate authority (PEM file)"), tr("Numbers are"), tr("Command")};
        QWidget* const named[] = {m_language, m_theme, m_textSize, m_server, m_caFile, m_dial, m_command};
        for (int at = 0; at < 7; ++at) {
            m_labels[at]->setText(names[at]);
            named[at]->setAccessibleName(names[at]);
        }
        m_language->setItemText(0, tr("As the system"));
        const QString themes[] = {tr("As the system"), tr("Light"), tr("Dark")};
        const QString dials[] = {tr("copied, and shown"), tr("handed to the tel: program"), tr("handed to a command")};
        for (int at = 0; at < 3; ++at) {
            m_theme->setItemText(at, themes[at]);
            m_dial->setItemText(at, dials[at]);
        }
        m_command->setPlaceholderText(QStringLiteral("softphone --call {number}"));
        m_commandNote->setText(tr("{number} stands for the number. The program is started directly, never through a shell."));
    });
    show();
    connect(&services.preferences, &Preferences::writingFailed, this, [this](const base::Error& error) {
        m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), tr("The settings hold until you quit, but could not be written. %1").arg(ErrorText::of(error)));
    });
    connect(&services.preferences, &Preferences::changed, this, &SettingsPage::show);
    for (QComboBox* box : {m_language, m_theme, m_textSize, m_dial})
        connect(box, &QComboBox::currentIndexChanged, this, &SettingsPage::take);
    for (QLineEdit* line : {m_server, m_caFile, m_command})
        connect(line, &QLineEdit::editingFinished, this, &SettingsPage::take);
}

void SettingsPage::layOut()
{
    auto* down = column(this, 16, 12);
    down->addWidget(m_title);
    down->addWidget(m_banner);
    auto* scroll = new QScrollArea(this);                // a small screen, or large text: nothing is squeezed
    auto* content = new QWidget(scroll);
    auto* cards = column(content, 0, 12);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    down->addWidget(scroll, 1);
    m_language->addItem(QString(), QString());
    m_language->addItem(QStringLiteral("简体中文"), QStringLiteral("zh_CN"));
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    for (const int percent : {80, 90, 100, 115, 130, 150})
        m_textSize->addItem(QStringLiteral("%1 %").arg(percent), percent);
    for (int at = 0; at < 3; ++at) {
        m_theme->addItem(QString());
        m_dial->addItem(QString());
    }
    const std::vector<QWidget*> sections[] = {{m_language, m_theme, m_textSize}, {m_server, m_caFile}, {m_dial, m_command}};
    int at = 0;
    for (int section = 0; section < 3; ++section) {
        QFrame* card = makeCard(this);
        card->setMaximumWidth(760);
        auto* inside = column(card, 16, 12);
        m_sections[section] = makeLabel(card, QStringLiteral("heading"));
        inside->addWidget(m_sections[section]);
        auto* grid = new QGridLayout;
        grid->setHorizontalSpacing(16);
        grid->setVerticalSpacing(8);
        grid->setColumnMinimumWidth(0, 260);
        m_commandNote->setWordWrap(true);
        grid->setColumnStretch(1, 1);
        int line = 0;
        for (QWidget* input : sections[section]) {
            m_labels[at] = makeLabel(card);
            grid->addWidget(m_labels[at++], line, 0);
            grid->addWidget(input, line++, 1);
        }
        if (section == 2)
            grid->addWidget(m_commandNote, line, 1);
        inside->addLayout(grid);
        cards->addWidget(card);
    }
    cards->addWidget(new SoundSettings(m_services, this));
    cards->addStretch(1);
}

void SettingsPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
}

void SettingsPage::show()
{
    m_showing = true;
    const services::Settings& settings = m_services.preferences.settings();
    m_language->setCurrentIndex(std::max(0, m_language->findData(q(settings.language))));
    m_theme->setCurrentIndex(int(settings.theme));
    if (m_textSize->findData(settings.fontPercent) < 0)
        m_textSize->addItem(QStringLiteral("%1 %").arg(settings.fontPercent), settings.fontPercent);   // written into the file by hand
    m_textSize->setCurrentIndex(m_textSize->findData(settings.fontPercent));
    m_server->setText(q(settings.serverUrl));
    m_caFile->setText(q(settings.caFile));
    m_dial->setCurrentIndex(int(settings.dialMethod));
    m_command->setText(q(settings.dialCommand));
    m_command->setEnabled(settings.dialMethod == services::DialMethod::Command);
    m_showing = false;
}

void SettingsPage::take()
{
    if (m_showing)
        return;
    services::Settings settings = m_services.preferences.settings();
    settings.language = u8(m_language->currentData().toString());
    settings.theme = services::Theme(std::max(m_theme->currentIndex(), 0));
    settings.fontPercent = m_textSize->currentData().toInt();
    settings.serverUrl = u8(m_server->text().trimmed());
    settings.caFile = u8(m_caFile->text().trimmed());
    settings.dialMethod = services::DialMethod(std::max(m_dial->currentIndex(), 0));
    settings.dialCommand = u8(m_command->text().trimmed());
    m_banner->clear();
    if (settings.dialMethod == services::DialMethod::Command && !m_command->text().contains(QStringLiteral("{number}")))
        m_banner->say(QStringLiteral("warn"), QStringLiteral("light-warn"), tr("The command needs {number} where the number goes; until then numbers are copied."));
    m_services.preferences.change(std::move(settings));
}

} // namespace evenhand::ui
