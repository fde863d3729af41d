// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/mainwindow.h"

#include <QCloseEvent>
#include <QStackedWidget>

#include "ui/frame/commandpalette.h"
#include "ui/frame/statusstrip.h"
#include "ui/pages/approvalspage.h"
#include "ui/pages/calllogpage.h"
#include "ui/pages/casepage.h"
#include "ui/pages/casespage.h"
#include "ui/pages/lockpage.h"
#include "ui/pages/settingspage.h"
#include "ui/pages/signinpage.h"
#include "ui/pages/syncpage.h"
#include "ui/pages/todaypage.h"
#include "ui/theme/icons.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

MainWindow::MainWindow(const Services& services, Dialler dialler)
    : m_pages{new SignInPage(services), new LockPage(services),      new TodayPage(services), new CasesPage(services),
              new CasePage(services, std::move(dialler)), new ApprovalsPage(services), new CallLogPage(services), new SyncPage(services), new SettingsPage(services)},
      m_rail(new Rail), m_strip(new StatusStrip(services)), m_cover(new QStackedWidget), m_stack(new QStackedWidget), m_palette(new CommandPalette(services, m_cover))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(applicationIcon());
    setWindowTitle(tr("Evenhand"));
    resize(1366, 768);
    setMinimumSize(1024, 640);
    for (QWidget* page : std::initializer_list<QWidget*>{m_pages.today, m_pages.cases, m_pages.caseView, m_pages.approvals, m_pages.callLog, m_pages.sync, m_pages.settings})
        m_stack->addWidget(page);
    auto* work = new QWidget;
    auto* down = column(work, 0, 0);
    auto* across = row(0);
    across->addWidget(m_rail);
    across->addWidget(m_stack, 1);
    down->addLayout(across, 1);
    down->addWidget(m_strip);
    m_cover->addWidget(m_pages.signIn);
    m_cover->addWidget(m_pages.lock);
    m_cover->addWidget(work);
    setCentralWidget(m_cover);
}

MainWindow::~MainWindow() = default;

void MainWindow::showSignIn()
{
    m_palette->hide();
    m_cover->setCurrentIndex(0);
    m_pages.signIn->begin();
}

void MainWindow::showLock()
{
    m_palette->hide();
    m_cover->setCurrentIndex(1);
    m_pages.lock->begin();
}

void MainWindow::showWork()
{
    m_cover->setCurrentIndex(2);
}

void MainWindow::showPage(QWidget* page)
{
    m_stack->setCurrentWidget(page);
}

QWidget* MainWindow::currentPage() const
{
    return m_stack->currentWidget();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    Q_EMIT closing();
    event->accept();
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        setWindowTitle(tr("Evenhand"));
}

} // namespace evenhand::ui
