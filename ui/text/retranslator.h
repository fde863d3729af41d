// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <utility>
#include <vector>

namespace evenhand::ui {

/// The texts of a widget as functions, so that one list serves building and every later change of language:
/// `m_texts.add([this] { m_title->setText(tr("Today")); });` and in changeEvent(LanguageChange): `m_texts.apply();`.
class Retranslator {
public:
    void add(std::function<void()> text)
    {
        text();
        m_texts.push_back(std::move(text));
    }
    void apply() const
    {
        for (const auto& text : m_texts)
            text();
    }

private:
    std::vector<std::function<void()>> m_texts;
};

} // namespace evenhand::ui
