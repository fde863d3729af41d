// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QObject>

#include "app/domain/ids.h"
#include "app/services/sessionservice.h"
#include "ui/async.h"
#include "ui/frame/idlewatch.h"
#include "ui/frame/rail.h"
#include "ui/services.h"

namespace evenhand::ui {

class MainWindow;

/// Who leads where: connects what pages wish for with the window, follows the session, owns the global keys.
class Navigator : public QObject {
    Q_OBJECT

public:
    Navigator(MainWindow& window, const Services& services, QObject* parent = nullptr);

    void start();                                        ///< shows sign-in
    void go(PageId page);
    void openCase(const domain::CaseId& id);

private:
    void connectPages();
    void addShortcuts();
    void sessionChanged(services::SessionState state);
    void openUnfinished();
    void nextCase();
    void back();
    void lock();
    void signOut();
    void openPalette();
    [[nodiscard]] QWidget* widgetOf(PageId page) const;
    [[nodiscard]] bool isWorking() const;

    MainWindow& m_window;
    Services m_services;
    IdleWatch m_idle;
    Latest m_latest;
    PageId m_page = PageId::Today;
    std::optional<domain::UserId> m_user;
};

} // namespace evenhand::ui
