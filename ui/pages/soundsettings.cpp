// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/soundsettings.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>

#include "app/services/recordingservice.h"
#include "ui/preferences.h"
#include "ui/text/soundtext.h"
#include "ui/text/strings.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

SoundSettings::SoundSettings(const Services& services, QWidget* parent)
    : QFrame(parent), m_services(services), m_heading(makeLabel(this, QStringLiteral("heading"))), m_labels{makeLabel(this), makeLabel(this), makeLabel(this)}, m_mode(new QComboBox(this)), m_agent(new QComboBox(this)),
      m_farEnd(new QComboBox(this)), m_test(makeButton(this, QStringLiteral("testSound"))), m_result(makeLabel(this))
{
    setProperty("look", QStringLiteral("card"));
    setMaximumWidth(760);
    nameInput(m_mode, QStringLiteral("settingRecordCalls"));
    nameInput(m_agent, QStringLiteral("settingAgentInput"));
    nameInput(m_farEnd, QStringLiteral("settingFarEndInput"));
    m_result->setObjectName(QStringLiteral("soundResult"));
    m_result->setWordWrap(true);
    auto* inside = column(this, 16, 12);
    inside->addWidget(m_heading);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    grid->setColumnMinimumWidth(0, 260);
    grid->setColumnStretch(1, 1);
    QComboBox* const boxes[] = {m_mode, m_agent, m_farEnd};
    for (int line = 0; line < 3; ++line) {
        grid->addWidget(m_labels[line], line, 0);
        grid->addWidget(boxes[line], line, 1);
    }
    grid->addWidget(m_test, 3, 0, Qt::AlignTop | Qt::AlignLeft);
    grid->addWidget(m_result, 3, 1);
    inside->addLayout(grid);
    for (int mode = 0; mode < 4; ++mode)
        m_mode->addItem(QString());
    fillInputs();
    m_texts.add([this] {
        m_heading->setText(tr("Recording"));
        const QString names[] = {tr("Calls are recorded"), tr("Your microphone"), tr("The other side")};
        QComboBox* const named[] = {m_mode, m_agent, m_farEnd};
        for (int at = 0; at < 3; ++at) {
            m_labels[at]->setText(names[at]);
            named[at]->setAccessibleName(names[at]);
        }
        const QString modes[] = {tr("here, when there is a microphone"), tr("here, always: no call without"), tr("by the telephone system"), tr("not at all, where the rules leave it open")};
        for (int mode = 0; mode < 4; ++mode)
            m_mode->setItemText(mode, modes[mode]);
        m_agent->setItemText(0, tr("As the system"));
        m_farEnd->setItemText(0, tr("is not recorded separately"));
        m_test->setText(tr("Test the sound"));
    });
    show();
    for (QComboBox* box : boxes)
        connect(box, &QComboBox::activated, this, &SoundSettings::take);
    connect(&services.preferences, &Preferences::changed, this, &SoundSettings::show);
    connect(m_test, &QPushButton::clicked, this, [this] {
        m_test->setEnabled(false);
        m_result->setText(tr("Speak now: one second is recorded, then played …"));
        m_services.recording.testSound();
    });
    connect(&services.recording, &services::RecordingService::testFinished, this, [this](const services::SoundTestResult& result) {
        m_test->setEnabled(true);
        m_result->setText(SoundText::test(result));
    });
}

void SoundSettings::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
}

void SoundSettings::showEvent(QShowEvent* event)
{
    QFrame::showEvent(event);
    fillInputs();                                        // something may have been plugged in
    show();
}

void SoundSettings::fillInputs()
{
    const auto inputs = services::RecordingService::inputs();
    for (QComboBox* box : {m_agent, m_farEnd}) {
        while (box->count() > 1)
            box->removeItem(1);
        if (box->count() == 0)
            box->addItem(box == m_agent ? tr("As the system") : tr("is not recorded separately"), QString());
        for (const auto& input : inputs)
            box->addItem(q(input.name), q(input.id));
    }
}

void SoundSettings::show()
{
    const services::Settings& settings = m_services.preferences.settings();
    m_mode->setCurrentIndex(int(settings.recordCalls));
    const std::pair<QComboBox*, const std::string&> chosen[] = {{m_agent, settings.agentInput}, {m_farEnd, settings.farEndInput}};
    for (const auto& [box, id] : chosen) {
        if (box->findData(q(id)) < 0)
            box->addItem(tr("(not plugged in)"), q(id));
        box->setCurrentIndex(box->findData(q(id)));
    }
}

void SoundSettings::take()
{
    services::Settings settings = m_services.preferences.settings();
    settings.recordCalls = services::RecordCalls(std::max(m_mode->currentIndex(), 0));
    settings.agentInput = u8(m_agent->currentData().toString());
    settings.farEndInput = u8(m_farEnd->currentData().toString());
    m_services.preferences.change(std::move(settings));
}

} // namespace evenhand::ui
