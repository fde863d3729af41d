// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/navigator.h"

#include <QShortcut>

#include "app/services/queueservice.h"
#include "app/services/recordingservice.h"
#include "app/services/settings.h"
#include "app/services/syncservice.h"
#include "ui/frame/commandpalette.h"
#include "ui/frame/mainwindow.h"
#include "ui/frame/statusstrip.h"
#include "ui/pages/approvalspage.h"
#include "ui/pages/calllogpage.h"
#include "ui/pages/casepage.h"
#include "ui/pages/casespage.h"
#include "ui/pages/leavedialog.h"
#include "ui/pages/lockpage.h"
#include "ui/pages/settingspage.h"
#include "ui/pages/signinpage.h"
#include "ui/pages/syncpage.h"
#include "ui/pages/todaypage.h"
#include "ui/preferences.h"
#include "ui/prompt/userprompt.h"
#include "ui/text/language.h"
#include "ui/text/soundtext.h"
#include "ui/theme/theme.h"

namespace evenhand::ui {

Navigator::Navigator(MainWindow& window, const Services& services, QObject* parent) : QObject(parent), m_window(window), m_services(services)
{
    connectPages();
    addShortcuts();
    connect(&services.session, &services::SessionService::stateChanged, this, &Navigator::sessionChanged);
    connect(&m_idle, &IdleWatch::idle, this, &Navigator::lock);
    connect(&services.recording, &services::RecordingService::recovered, this, [this](const services::RecoveredRecordings& what) {
        m_services.prompt.ask({tr("Recordings"), SoundText::recovered(what), {tr("Good")}}, this, [](std::optional<int>) {});
    });
}

void Navigator::connectPages()
{
    const Pages& pages = m_window.pages();
    connect(&m_window.rail(), &Rail::pageRequested, this, &Navigator::go);
    connect(&m_window.strip(), &StatusStrip::lockRequested, this, &Navigator::lock);
    connect(&m_window.strip(), &StatusStrip::signOutRequested, this, &Navigator::signOut);
    connect(&m_window.strip(), &StatusStrip::syncPageRequested, this, [this] { go(PageId::Sync); });
    connect(&m_window, &MainWindow::closing, pages.caseView, &CasePage::keepDrafts);
    connect(pages.lock, &LockPage::signOutRequested, this, &Navigator::signOut);
    connect(pages.today, &TodayPage::openCaseRequested, this, &Navigator::openCase);
    connect(pages.today, &TodayPage::searchRequested, this, [this, cases = pages.cases](const QString& text) {
        go(PageId::Cases);
        cases->searchFor(text);
    });
    connect(pages.cases, &CasesPage::openCaseRequested, this, &Navigator::openCase);
    connect(pages.approvals, &ApprovalsPage::openCaseRequested, this, &Navigator::openCase);
    connect(pages.callLog, &CallLogPage::openCaseRequested, this, &Navigator::openCase);
    connect(pages.caseView, &CasePage::caseRequested, this, &Navigator::openCase);
    connect(pages.caseView, &CasePage::backRequested, this, &Navigator::back);
    connect(pages.caseView, &CasePage::nextRequested, this, &Navigator::nextCase);
    connect(&m_window.commandPalette(), &CommandPalette::caseRequested, this, &Navigator::openCase);
}

void Navigator::addShortcuts()
{
    const auto on = [this](const QKeySequence& keys, auto action) {
        auto* shortcut = new QShortcut(keys, &m_window);
        connect(shortcut, &QShortcut::activated, this, [this, action] {
            if (isWorking())
                action();
        });
    };
    on(Qt::CTRL | Qt::Key_K, [this] { openPalette(); });
    on(Qt::CTRL | Qt::Key_L, [this] { lock(); });
    on(Qt::CTRL | Qt::Key_F, [this] {
        go(PageId::Cases);
        m_window.pages().cases->searchFor({});
    });
    const PageId pages[] = {PageId::Today, PageId::Cases, PageId::Approvals, PageId::CallLog, PageId::Sync, PageId::Settings};
    for (int at = 0; at < 6; ++at)
        on(QKeyCombination(Qt::CTRL | Qt::SHIFT, Qt::Key(Qt::Key_1 + at)), [this, page = pages[at]] { go(page); });
}

bool Navigator::isWorking() const
{
    return m_services.session.state() == services::SessionState::SignedIn;
}

void Navigator::start()
{
    const services::Settings& settings = m_services.preferences.settings();
    m_window.pages().signIn->offer(QString::fromStdString(settings.serverUrl), QString::fromStdString(settings.userName));
    m_window.showSignIn();
}

void Navigator::sessionChanged(services::SessionState state)
{
    const Pages& pages = m_window.pages();
    switch (state) {
    case services::SessionState::SignedIn: {
        const services::SignedIn& who = *m_services.session.who();
        m_window.rail().setRole(who.role);
        m_window.showWork();
        m_idle.start(who.idleLockSeconds);
        if (m_user && *m_user == who.userId) {
            pages.today->refresh();   // unlocked: where they were, with a call still open if there was one
            return;
        }
        m_user = who.userId;
        pages.today->refresh();
        go(mayOpen(PageId::CallLog, who.role) ? PageId::CallLog : PageId::Today);
        return;
    }
    case services::SessionState::Locked:
        m_idle.stop();
        m_window.showLock();
        return;
    case services::SessionState::SignedOut:
        m_idle.stop();
        m_user.reset();
        pages.caseView->forget();
        m_window.showSignIn();
        return;
    case services::SessionState::Busy: return;
    }
}

QWidget* Navigator::widgetOf(PageId page) const
{
    const Pages& pages = m_window.pages();
    switch (page) {
    case PageId::Today: return pages.today;
    case PageId::Cases: return pages.cases;
    case PageId::Approvals: return pages.approvals;
    case PageId::CallLog: return pages.callLog;
    case PageId::Sync: return pages.sync;
    case PageId::Settings: return pages.settings;
    }
    return pages.today;
}

void Navigator::go(PageId page)
{
    const auto& who = m_services.session.who();
    if (who && !mayOpen(page, who->role))
        return;
    m_page = page;
    m_window.pages().caseView->keepDrafts();
    m_window.rail().choose(page);
    m_window.showPage(widgetOf(page));
}

void Navigator::openCase(const domain::CaseId& id)
{
    CasePage* page = m_window.pages().caseView;
    if (!page->isOnCall())   // a call is finished before another case opens
        page->open(id);
    m_window.showPage(page);
    page->setFocus();
}

void Navigator::nextCase()
{
    whenLatest(m_services.queue.next(m_window.pages().caseView->currentCase()), this, m_latest, [this](const base::Result<std::optional<domain::CaseId>>& next) {
        if (next && *next)
            openCase(**next);
        else
            go(PageId::Today);
    });
}

void Navigator::back()
{
    go(m_page);
}

void Navigator::lock()
{
    if (!isWorking())
        return;
    m_window.pages().caseView->keepDrafts();   // work goes in order: the drafts are written before the files close
    whenReady(m_services.session.lock(), this, [](const base::Result<>&) {});
}

void Navigator::signOut()
{
    m_window.pages().caseView->keepDrafts();
    const auto leave = [this] { whenReady(m_services.session.signOut(), this, [](const base::Result<>&) {}); };
    whenReady(m_services.sync.leaveCheck(), this, [this, leave](const base::Result<services::LeaveCheck>& check) {
        if (!check || check->isSafe())   // locked, or nothing would be lost
            return leave();
        showLeaveCheck(&m_window, *check, [this] { whenReady(m_services.sync.sendNow(), this, [](const base::Result<>&) {}); }, leave);
    });
}

void Navigator::openPalette()
{
    std::vector<Command> commands;
    const auto& who = m_services.session.who();
    const PageId pages[] = {PageId::Today, PageId::Cases, PageId::Approvals, PageId::CallLog, PageId::Sync, PageId::Settings};
    for (int at = 0; at < 6; ++at)
        if (who && mayOpen(pages[at], who->role))
            //: %1 is a page
            commands.push_back({tr("Go to %1").arg(pageTitle(pages[at])), QStringLiteral("Ctrl+Shift+%1").arg(at + 1), [this, page = pages[at]] { go(page); }});
    commands.push_back({tr("Next case"), QStringLiteral("Alt+N"), [this] { nextCase(); }});
    commands.push_back({tr("Send now"), {}, [this] { whenReady(m_services.sync.sendNow(), this, [](const base::Result<>&) {}); }});
    commands.push_back({tr("Lock"), QStringLiteral("Ctrl+L"), [this] { lock(); }});
    commands.push_back({tr("Sign out"), {}, [this] { signOut(); }});
    const auto change = [this](auto edit) {
        services::Settings settings = m_services.preferences.settings();
        edit(settings);
        m_services.preferences.change(std::move(settings));
    };
    const bool dark = m_services.theme.kind() == ThemeKind::Dark;
    commands.push_back({dark ? tr("Light theme") : tr("Dark theme"), {}, [change, dark] {
                            change([dark](services::Settings& s) { s.theme = dark ? services::Theme::Light : services::Theme::Dark; });
                        }});
    const bool chinese = m_services.language.code() == QStringLiteral("zh_CN");
    commands.push_back({chinese ? QStringLiteral("English") : QStringLiteral("简体中文"), {}, [change, chinese] {
                            change([chinese](services::Settings& s) { s.language = chinese ? "en" : "zh_CN"; });
                        }});
    m_window.commandPalette().open(std::move(commands));
}

} // namespace evenhand::ui
