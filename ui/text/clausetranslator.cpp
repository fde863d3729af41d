// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/clausetranslator.h"

#include <cstring>

#include <QCoreApplication>

#include "ui/text/language.h"
#include "ui/text/strings.h"

namespace evenhand::ui {

namespace {
constexpr const char* kContext = "evenhand-clause";
}

void ClauseTranslator::setWords(compliance::ClauseWords words)
{
    m_words = std::move(words);
}

QString ClauseTranslator::translate(const char* context, const char* source, const char*, int) const
{
    if (std::strcmp(context, kContext) != 0)
        return {};
    const auto words = m_words.in(packLanguage(), source);
    return words.empty() ? QString() : q(words);   // an empty text would count as a translation
}

QString clauseText(const std::string& clause)
{
    return clause.empty() ? QString() : QCoreApplication::translate(kContext, clause.c_str());
}

} // namespace evenhand::ui
