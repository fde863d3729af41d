// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/call/outcomegrid.h"

#include <QGridLayout>
#include <QPushButton>

#include "app/guidance/script.h"
#include "ui/text/language.h"
#include "ui/text/strings.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

OutcomeGrid::OutcomeGrid(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(6);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, 1);
}

void OutcomeGrid::offer(const std::vector<const guidance::Outcome*>& outcomes)
{
    if (outcomes == m_offered) {
        writeLabels();
        return;
    }
    m_offered = outcomes;
    clearLayout(m_grid);
    m_entries.clear();
    int at = 0;
    bool stillOffered = false;
    for (const guidance::Outcome* outcome : outcomes) {
        auto* button = new ElidedButton(this, QStringLiteral("outcome_") + q(outcome->code), QStringLiteral("choice"));
        button->setCheckable(true);
        connect(button, &QPushButton::clicked, this, [this, code = outcome->code] { choose(code); });
        m_grid->addWidget(button, at / 2, at % 2);
        m_entries.push_back({outcome->code, outcome->hotKey, button});
        stillOffered = stillOffered || outcome->code == m_chosen;
        ++at;
    }
    writeLabels();
    if (!stillOffered && !m_chosen.empty())
        choose({});
    for (const Entry& entry : m_entries)
        entry.button->setChecked(entry.code == m_chosen);
}

void OutcomeGrid::writeLabels()
{
    for (std::size_t at = 0; at < m_entries.size(); ++at) {
        const Entry& entry = m_entries[at];
        const QString label = q(guidance::textIn(m_offered[at]->label, packLanguage()));
        const QString key = entry.hotKey > 0 ? QString::number(entry.hotKey) : QStringLiteral(" ");
        const QString star = entry.code == m_suggested && entry.code != m_chosen ? QStringLiteral(" ★") : QString();
        entry.button->setWhole(QStringLiteral("%1  %2%3").arg(key, label, star), entry.hotKey > 0 ? QStringLiteral("%1 (Alt+%2)").arg(label).arg(entry.hotKey) : label);
        entry.button->setAccessibleName(label);
    }
}

void OutcomeGrid::choose(const std::string& code)
{
    for (const Entry& entry : m_entries)
        entry.button->setChecked(entry.code == code);
    if (code == m_chosen)
        return;
    m_chosen = code;
    writeLabels();
    Q_EMIT chosenChanged(m_chosen);
}

void OutcomeGrid::chooseByHotKey(int hotKey)
{
    for (const Entry& entry : m_entries)
        if (entry.hotKey == hotKey) {
            choose(entry.code);
            return;
        }
}

void OutcomeGrid::suggest(const std::string& code)
{
    m_suggested = code;
    writeLabels();
}

} // namespace evenhand::ui
