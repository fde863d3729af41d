// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <vector>

#include <QWidget>

#include "app/services/callservice.h"

class QCheckBox;
class QLabel;

namespace evenhand::ui {

/// The flags that are about to be set, each with what the rules will make of it, to be confirmed or taken back.
class FlagBox : public QWidget {
    Q_OBJECT

public:
    explicit FlagBox(QWidget* parent = nullptr);

    void offer(const std::vector<domain::FlagPayload>& flags);          ///< a new one is confirmed until it is taken back
    void showConsequences(domain::FlagKind kind, const std::vector<services::FlagConsequence>& consequences);
    void choose(const std::set<domain::FlagKind>& confirmed);           ///< of a draft
    void startAfresh();
    [[nodiscard]] std::set<domain::FlagKind> confirmed() const;

Q_SIGNALS:
    void edited();

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Line {
        QCheckBox* box;
        QLabel* consequence;
    };
    void write();

    std::vector<domain::FlagPayload> m_flags;
    std::map<domain::FlagKind, Line> m_lines;
    std::map<domain::FlagKind, std::vector<services::FlagConsequence>> m_consequences;
    std::set<domain::FlagKind> m_takenBack;
};

/// "Calls and visits: held until …; letters: allowed": what a flag does, in one sentence.
[[nodiscard]] QString consequenceText(const std::vector<services::FlagConsequence>& consequences);

} // namespace evenhand::ui
