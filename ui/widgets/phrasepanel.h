// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QWidget>

#include "ui/widgets/phrasetextedit.h"

class QBoxLayout;
class QVBoxLayout;

namespace evenhand::ui {

/// The list beside a text box: each hit with its reason, its clause and what can be done about it; below, what was decided, each with its
/// undo. Up and Down go from one action to the next, Escape back into the text. Hidden while there is nothing to say.
class PhrasePanel : public QWidget {
    Q_OBJECT

public:
    explicit PhrasePanel(PhraseTextEdit& edit, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void rebuild();
    void addHit(const compliance::PhraseHit& hit, int index);
    void addReason(QWidget* box, QBoxLayout* down, const compliance::PhraseHit& hit);
    void addReplacements(QWidget* box, QBoxLayout* down, const compliance::PhraseHit& hit, int index);
    void addActions(QWidget* box, QBoxLayout* down, const compliance::PhraseHit& hit, int index);
    void addAppeal(QWidget* box, QBoxLayout* down, const compliance::PhraseHit& hit);
    void addDecision(const PhraseDecision& decision, std::size_t index);
    void askForReason(const compliance::PhraseHit& hit);

    PhraseTextEdit& m_edit;
    QVBoxLayout* m_list;
    std::optional<compliance::PhraseHit> m_appealing;   ///< the reason is being asked for
};

} // namespace evenhand::ui
