// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <QCoreApplication>
#include <QString>

#include "app/compliance/decision.h"
#include "app/domain/words.h"

namespace evenhand::ui {

/// The closed vocabularies of the trade in the language of the window.
class Words {
    Q_DECLARE_TR_FUNCTIONS(evenhand::ui::Words)

public:
    [[nodiscard]] static QString of(domain::PartyRole value);
    [[nodiscard]] static QString of(domain::ContactPointKind value);
    [[nodiscard]] static QString of(domain::ContactSource value);
    [[nodiscard]] static QString of(domain::ContactStatus value);
    [[nodiscard]] static QString of(domain::Channel value);
    [[nodiscard]] static QString of(domain::Direction value);
    [[nodiscard]] static QString of(domain::ContactResult value);
    [[nodiscard]] static QString of(domain::FlagKind value);
    [[nodiscard]] static QString of(domain::CaseStatus value);
    [[nodiscard]] static QString of(domain::UserRole value);
    [[nodiscard]] static QString of(domain::PromiseState value);
    [[nodiscard]] static QString of(compliance::Verdict value);

    [[nodiscard]] static QString payMethod(const std::string& code);       ///< app, bank_transfer …; an unknown code as it is
    [[nodiscard]] static QString relation(const std::string& code);        ///< spouse, colleague …; unknown as it is
    [[nodiscard]] static QString overdueReason(const std::string& code);   ///< cannot, forgot …; "" not said; unknown as it is
    [[nodiscard]] static QString numberFinding(const std::string& code);   ///< dead, wrong_person …; "" nothing new; unknown as it is
    [[nodiscard]] static QString overrideReason(const std::string& code);  ///< asked_for_it, agreed …; unknown as it is
    [[nodiscard]] static QString annotation(const std::string& status);    ///< what the server made of an event
};

/// The icon of a verdict, and its look for chips and banners ("allow", "warn", "hold", "block").
[[nodiscard]] QString lightIconName(compliance::Verdict verdict);
[[nodiscard]] QString lookOf(compliance::Verdict verdict);
[[nodiscard]] QString iconName(domain::Channel channel);
[[nodiscard]] QString iconName(domain::ContactPointKind kind);

} // namespace evenhand::ui
