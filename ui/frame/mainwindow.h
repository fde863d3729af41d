// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

#include "ui/call/callpresenter.h"
#include "ui/frame/rail.h"
#include "ui/services.h"

class QStackedWidget;

namespace evenhand::ui {

class ApprovalsPage;
class CallLogPage;
class CasePage;
class CasesPage;
class CommandPalette;
class LockPage;
class SettingsPage;
class SignInPage;
class StatusStrip;
class SyncPage;
class TodayPage;

/// The pages, owned by the window.
struct Pages {
    SignInPage* signIn;
    LockPage* lock;
    TodayPage* today;
    CasesPage* cases;
    CasePage* caseView;
    ApprovalsPage* approvals;
    CallLogPage* callLog;
    SyncPage* sync;
    SettingsPage* settings;
};

/// Rail, stack of pages, status strip; sign-in and lock cover all of it. Nothing of the trade: the Navigator moves between pages.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(const Services& services, Dialler dialler);
    ~MainWindow() override;

    [[nodiscard]] const Pages& pages() const { return m_pages; }
    [[nodiscard]] Rail& rail() { return *m_rail; }
    [[nodiscard]] StatusStrip& strip() { return *m_strip; }
    [[nodiscard]] CommandPalette& commandPalette() { return *m_palette; }
    void showSignIn();
    void showLock();
    void showWork();
    void showPage(QWidget* page);
    [[nodiscard]] QWidget* currentPage() const;

Q_SIGNALS:
    void closing();                                      ///< drafts are to be handed over now

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    Pages m_pages;
    Rail* m_rail;
    StatusStrip* m_strip;
    QStackedWidget* m_cover;
    QStackedWidget* m_stack;
    CommandPalette* m_palette;
};

} // namespace evenhand::ui
