// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <QTranslator>

#include "app/compliance/clausewords.h"

namespace evenhand::ui {

/// Makes the clauses of the packs in force speak the language of the window, wherever clauseText() is asked. UI thread.
class ClauseTranslator : public QTranslator {
    Q_OBJECT

public:
    using QTranslator::QTranslator;

    void setWords(compliance::ClauseWords words);
    [[nodiscard]] QString translate(const char* context, const char* source, const char* disambiguation, int n) const override;
    [[nodiscard]] bool isEmpty() const override { return false; }   // else it would not be installed before packs are there

private:
    compliance::ClauseWords m_words;
};

/// A clause as the packs cite it, in the language of the window when they say it there, else as it is cited.
[[nodiscard]] QString clauseText(const std::string& clause);

} // namespace evenhand::ui
