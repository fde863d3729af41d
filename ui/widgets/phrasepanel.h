// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/widgets/phrasetextedit.h"

class QVBoxLayout;

namespace evenhand::ui {

/// The list beside a text box: each hit with its reason, its clause and what can be done about it. Hidden while there is nothing to say.
class PhrasePanel : public QWidget {
    Q_OBJECT

public:
    explicit PhrasePanel(PhraseTextEdit& edit, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void addHit(const compliance::PhraseHit& hit, int index);
    void addIgnoredLine();

    PhraseTextEdit& m_edit;
    QVBoxLayout* m_list;
};

} // namespace evenhand::ui
