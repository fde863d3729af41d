// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/phrasebox.h"

#include "app/services/packservice.h"
#include "ui/widgets/elements.h"
#include "ui/widgets/phrasepanel.h"

namespace evenhand::ui {

PhraseBox::PhraseBox(PhraseUse use, services::PackService& packs, QWidget* parent)
    : QWidget(parent), m_edit(new PhraseTextEdit(this)), m_banner(new Banner(this))
{
    auto* down = column(this, 0, 8);
    down->addWidget(m_banner);
    down->addWidget(m_edit, 1);
    down->addWidget(new PhrasePanel(*m_edit, this));
    setFocusProxy(m_edit);
    m_edit->setUse(use);
    const auto usePacks = [this, &packs] {
        if (const auto active = packs.active())
            m_edit->setChecker(active->phrases);
    };
    connect(&packs, &services::PackService::activeChanged, this, usePacks);
    connect(m_edit, &PhraseTextEdit::hitsChanged, m_banner, [this] {
        if (m_edit->whyNot().isEmpty())
            m_banner->clear();
    });
    usePacks();
}

void PhraseBox::startAfresh(const QString& text)
{
    m_banner->clear();
    m_edit->startAfresh(text);
}

bool PhraseBox::mayPass()
{
    const QString why = m_edit->whyNot();
    if (why.isEmpty()) {
        m_banner->clear();
        return true;
    }
    m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), why);
    m_edit->setFocus();
    m_edit->goToNextHit();
    return false;
}

} // namespace evenhand::ui
