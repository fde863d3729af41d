// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/call/flagbox.h"

#include <algorithm>

#include <QCheckBox>
#include <QEvent>

#include "ui/models/queuemodel.h"
#include "ui/text/strings.h"
#include "ui/text/words.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

QString consequenceText(const std::vector<services::FlagConsequence>& consequences)
{
    QStringList stopped;
    QStringList reasons;
    for (const services::FlagConsequence& one : consequences) {
        if (!one.isNew)
            continue;
        //: %1 is a channel such as "Call", %2 a verdict such as "suspended"
        stopped << FlagBox::tr("%1: %2").arg(Words::of(one.channel), Words::of(one.light.level));
        if (const QString reason = reasonOf(one.light); !reasons.contains(reason))
            reasons << reason;
    }
    if (stopped.isEmpty())
        return FlagBox::tr("No way of contact changes by this; it is recorded and shown on the case.");
    return stopped.join(QStringLiteral(" · ")) + QStringLiteral("\n") + reasons.join(u' ');
}

FlagBox::FlagBox(QWidget* parent) : QWidget(parent)
{
    auto* down = column(this, 0, 2);
    Q_UNUSED(down)
    hide();
}

void FlagBox::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        write();
}

void FlagBox::startAfresh()
{
    m_takenBack.clear();
    m_consequences.clear();
    offer({});
}

void FlagBox::offer(const std::vector<domain::FlagPayload>& flags)
{
    const auto kinds = [](const std::vector<domain::FlagPayload>& all) {
        std::vector<domain::FlagKind> list;
        for (const domain::FlagPayload& flag : all)
            list.push_back(flag.kind);
        return list;
    };
    if (kinds(flags) == kinds(m_flags))
        return;
    m_flags = flags;
    m_lines.clear();
    clearLayout(layout());
    for (const domain::FlagPayload& flag : m_flags) {
        auto* box = new QCheckBox(this);
        nameInput(box, QStringLiteral("callFlag_") + q(domain::toWord(flag.kind)));
        box->setChecked(!m_takenBack.contains(flag.kind));   // the outcome or the script asks for it; the agent sees it and may take it back
        QLabel* consequence = makeLabel(this, QStringLiteral("small"));
        consequence->setWordWrap(true);
        consequence->setIndent(24);
        layout()->addWidget(box);
        layout()->addWidget(consequence);
        connect(box, &QCheckBox::toggled, this, [this, kind = flag.kind](bool on) {
            on ? void(m_takenBack.erase(kind)) : void(m_takenBack.insert(kind));
            Q_EMIT edited();
        });
        m_lines.emplace(flag.kind, Line{box, consequence});
    }
    setVisible(!m_flags.empty());
    write();
}

void FlagBox::showConsequences(domain::FlagKind kind, const std::vector<services::FlagConsequence>& consequences)
{
    m_consequences.insert_or_assign(kind, consequences);
    write();
}

void FlagBox::choose(const std::set<domain::FlagKind>& confirmed)
{
    m_takenBack.clear();
    for (const domain::FlagPayload& flag : m_flags)
        if (!confirmed.contains(flag.kind))
            m_takenBack.insert(flag.kind);
    for (const auto& [kind, line] : m_lines)
        line.box->setChecked(confirmed.contains(kind));
}

std::set<domain::FlagKind> FlagBox::confirmed() const
{
    std::set<domain::FlagKind> kinds;
    for (const auto& [kind, line] : m_lines)
        if (line.box->isChecked())
            kinds.insert(kind);
    return kinds;
}

void FlagBox::write()
{
    for (const auto& [kind, line] : m_lines) {
        //: %1 is a flag such as "Disputed"
        line.box->setText(tr("Record: %1").arg(Words::of(kind)));
        line.box->setAccessibleName(line.box->text());
        const auto known = m_consequences.find(kind);
        line.consequence->setText(known == m_consequences.end() ? QString() : consequenceText(known->second));
        line.consequence->setVisible(known != m_consequences.end());
        line.box->setAccessibleDescription(line.consequence->text());
    }
}

} // namespace evenhand::ui
