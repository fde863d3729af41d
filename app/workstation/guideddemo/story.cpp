// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/guideddemo/story.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>

#include "ui/call/scriptcard.h"
#include "ui/pages/casepage.h"
#include "ui/widgets/phrasetextedit.h"

namespace evenhand::workstation {

namespace {

constexpr int kMostSteps = 24;
constexpr int kMostCases = 12;

} // namespace

Story::Story(Application& application, Player& player, StoryOptions options) : m_app(application), m_player(player), m_options(std::move(options)) {}

void Story::play()
{
    m_player.resizeTo(1366, 768);
    m_player.picture(QStringLiteral("sign-in"), QStringLiteral("Sign-in"));
    signIn(m_options.user);
    if (m_player.failed())
        return;
    m_player.wait(QStringLiteral("cases in the queue"), [this] { return find<QTableView>("queueTable")->model()->rowCount() > 0; }, 90);
    m_player.settle(1500);
    m_player.picture(QStringLiteral("today"), QStringLiteral("Today: the queue in working order"));
    openFirstCase();
    if (m_player.failed())
        return;
    followScript();
    writeNote();
    promiseAndSave();
    if (m_player.failed())
        return;
    if (!noAnswer())
        return;
    otherContacts();
    waitUntilSent();
    go(ui::PageId::Sync);
    m_player.picture(QStringLiteral("sync"), QStringLiteral("Sync: what is saved here, what is on the server"));
    networkGone();
    looks();
    callLog();
}

void Story::signIn(const QString& user)
{
    find<QLineEdit>("signInUser")->setText(user);
    auto* password = find<QLineEdit>("signInPassword");
    password->setFocus();
    m_player.type(m_options.password);
    m_player.key(Qt::Key_Return);
    if (m_player.wait(QStringLiteral("sign-in of %1").arg(user), [this] { return m_app.services().session.state() == services::SessionState::SignedIn; }, 30))
        m_player.say(QStringLiteral("signed in as %1").arg(user));
}

void Story::signOut()
{
    find<QAbstractButton>("statusSignOut")->click();
    m_player.wait(QStringLiteral("sign-out"), [this] { return m_app.services().session.state() == services::SessionState::SignedOut; });
}

void Story::go(ui::PageId page)
{
    m_app.navigator().go(page);
    m_player.settle(600);
}

bool Story::isOnCall() const
{
    return m_app.window().pages().caseView->isOnCall();
}

bool Story::dial()
{
    auto* page = m_app.window().pages().caseView;
    const auto opened = [page] { return page->findChild<QLabel*>(QStringLiteral("caseDebtor"))->text().size() > 0; };
    if (!m_player.wait(QStringLiteral("the case on the screen"), opened))
        return false;
    m_player.settle(400);
    m_player.key(Qt::Key_F9);
    m_player.settle(1200);
    if (!isOnCall())
        m_player.key(Qt::Key_F9);   // a warning is read and confirmed; a block stays a block
    m_player.settle(1200);
    return isOnCall();
}

void Story::openFirstCase()
{
    find<QTableView>("queueTable")->setFocus();
    m_player.key(Qt::Key_Return);
    m_player.settle(1000);
    m_player.picture(QStringLiteral("case"), QStringLiteral("Case: facts, contact lights, history; personal data masked"));
    for (int tried = 0; tried < kMostCases; ++tried) {
        if (dial()) {
            m_player.say(QStringLiteral("F9 asked the gate and dialled (the demo only copies the number)"));
            m_player.wait(QStringLiteral("the script"), [this] { return !find<QLabel>("scriptText")->text().isEmpty(); }, 10);
            m_player.picture(QStringLiteral("call"), QStringLiteral("Call: facts, script, outcome; amounts masked until the right person is proven"));
            return;
        }
        m_player.say(QStringLiteral("the gate refused this contact; next case"));
        if (tried == 0)
            m_player.picture(QStringLiteral("refused"), QStringLiteral("The gate refuses and says why"));
        m_player.key(Qt::Key_N, Qt::AltModifier);
        m_player.settle(1200);
    }
    m_player.fail(QStringLiteral("no case could be called"));
}

bool Story::followStep()
{
    auto* card = find<ui::ScriptCard>("scriptCard");
    if (auto* answer = card->findChild<QPushButton*>(QStringLiteral("answer1")); answer && answer->isVisible()) {
        m_player.key(Qt::Key_1, Qt::ControlModifier);
        return true;
    }
    for (auto* box : card->findChildren<QCheckBox*>())
        if (box->isVisible() && !box->isChecked()) {
            box->setChecked(true);
            m_player.settle(50);
            return true;
        }
    auto* goOn = find<QPushButton>("scriptContinue");
    if (!goOn->isVisible() || !goOn->isEnabled())
        return false;
    for (auto* line : card->findChildren<QLineEdit*>())
        if (line->isVisible() && line->text().isEmpty())
            return false;   // forms are filled in wrap-up in this story
    m_player.key(Qt::Key_Right, Qt::AltModifier);
    return true;
}

void Story::followScript()
{
    bool unlocked = false;
    int steps = 0;
    const QString masked = find<QLabel>("caseOverdue")->text();
    for (; steps < kMostSteps && followStep(); ++steps) {
        m_player.settle(120);
        if (!unlocked && find<QLabel>("caseOverdue")->text() != masked) {
            unlocked = true;
            m_player.picture(QStringLiteral("right-party"), QStringLiteral("The right person is proven: amounts open up"));
        }
    }
    m_player.say(QStringLiteral("%1 script steps followed by keys; amounts %2").arg(steps).arg(unlocked ? QStringLiteral("opened after the identity step") : QStringLiteral("stayed masked")));
}

void Story::writeNote()
{
    auto* note = find<ui::PhraseTextEdit>("callNote");
    note->setFocus();
    m_player.type(QStringLiteral("告知不还就派人上门找你家人。"));
    m_player.settle(500);
    if (note->openHits().empty())
        m_player.fail(QStringLiteral("the banned phrase was not found"));
    else
        m_player.say(QStringLiteral("note checked while typing: %1 hit(s), rule %2").arg(note->openHits().size()).arg(QString::fromStdString(note->openHits().front().ruleId)));
    m_player.picture(QStringLiteral("phrase"), QStringLiteral("A banned phrase is underlined, with reason, clause and safer wording"));
    for (int round = 0; round < 6 && note->hasBlockingHit(); ++round) {
        m_player.key(Qt::Key_Return, Qt::AltModifier);
        m_player.settle(100);
        if (note->hasBlockingHit() && note->openHits().front().suggestions.empty())
            break;
    }
    if (note->hasBlockingHit()) {
        note->selectAll();
        m_player.type(QStringLiteral("已提醒还款日期，客户表示理解。"));
    }
    m_player.settle(200);
}

void Story::promiseAndSave()
{
    const int before = m_player.keysPressed();
    const QString caseNumber = find<QLabel>("caseNumber")->text();
    m_player.key(Qt::Key_1, Qt::AltModifier);
    m_player.type(QStringLiteral("500"));
    m_player.key(Qt::Key_Tab);
    m_player.type(QStringLiteral("+3"));
    m_player.picture(QStringLiteral("promise"), QStringLiteral("Outcome by hot-key, promise typed"));
    m_player.key(Qt::Key_Return, Qt::ControlModifier);
    if (!m_player.wait(QStringLiteral("the call to be saved"), [this] { return !isOnCall(); }, 15))
        m_player.picture(QStringLiteral("not-saved"), QStringLiteral("Not saved"));
    else
        m_player.say(QStringLiteral("promise saved with %1 keys, digits included; the next case opens").arg(m_player.keysPressed() - before));
    m_player.wait(QStringLiteral("the next case"), [&] { return find<QLabel>("caseNumber")->text() != caseNumber; });
    m_player.picture(QStringLiteral("next-case"), QStringLiteral("Saved here; the next case is open"));
}

bool Story::noAnswer()
{
    for (int tried = 0; tried < kMostCases; ++tried) {
        if (dial()) {
            const QString caseNumber = find<QLabel>("caseNumber")->text();
            m_player.key(Qt::Key_2, Qt::AltModifier);
            m_player.key(Qt::Key_Return, Qt::ControlModifier);
            if (!m_player.wait(QStringLiteral("the no-answer call to be saved"), [this] { return !isOnCall(); }, 15)) {
                m_player.picture(QStringLiteral("not-saved"), QStringLiteral("Not saved"));
                return false;
            }
            m_player.say(QStringLiteral("no answer: F9, Alt+2, Ctrl+Enter; saved"));
            m_player.settle(800);
            return true;
        }
        m_player.key(Qt::Key_N, Qt::AltModifier);
        m_player.settle(1000);
    }
    m_player.fail(QStringLiteral("no case could be called"));
    return false;
}

void Story::waitUntilSent()
{
    const auto& sync = m_app.services().sync;
    ui::whenReady(m_app.services().sync.sendNow(), &m_app.window(), [](const base::Result<>&) {});
    if (m_player.wait(QStringLiteral("everything to be on the server"), [&] { return sync.status().savedHere > 0 && sync.status().unsent == 0; }, 60))
        m_player.say(QStringLiteral("saved here %1, on the server %2").arg(sync.status().savedHere).arg(sync.status().onServer));
}

void Story::networkGone()
{
    if (!m_options.network)
        return;
    m_options.network(false);
    m_player.say(QStringLiteral("the network is gone"));
    go(ui::PageId::Today);
    find<QTableView>("queueTable")->setFocus();
    m_player.key(Qt::Key_Return);
    m_player.settle(1000);
    if (noAnswer()) {
        go(ui::PageId::Sync);
        m_player.picture(QStringLiteral("offline"), QStringLiteral("Without a network: saved here, waiting to be sent"));
        m_player.say(QStringLiteral("worked on without a network: %1 not sent").arg(m_app.services().sync.status().unsent));
    }
    m_options.network(true);
    m_player.say(QStringLiteral("the network is back"));
    waitUntilSent();
    m_player.picture(QStringLiteral("back-online"), QStringLiteral("The network is back: everything is on the server"));
}

void Story::look(const char* language, services::Theme theme, int width, int height)
{
    services::Settings settings = m_app.preferences().settings();
    settings.language = language;
    settings.theme = theme;
    m_app.preferences().change(settings);
    m_player.resizeTo(width, height);
    const QString suffix = QStringLiteral("-%1-%2-%3").arg(QString::fromLatin1(language), theme == services::Theme::Dark ? QStringLiteral("dark") : QStringLiteral("light")).arg(width);
    go(ui::PageId::Today);
    m_player.picture(QStringLiteral("today") + suffix, QStringLiteral("Today"));
    find<QTableView>("queueTable")->setFocus();
    m_player.key(Qt::Key_Return);
    m_player.settle(1000);
    m_player.picture(QStringLiteral("case") + suffix, QStringLiteral("Case"));
    if (dial()) {
        m_player.settle(800);
        m_player.key(Qt::Key_1, Qt::AltModifier);
        m_player.picture(QStringLiteral("call") + suffix, QStringLiteral("Call"));
        m_player.key(Qt::Key_2, Qt::AltModifier);
        m_player.key(Qt::Key_S, Qt::ControlModifier);
        m_player.wait(QStringLiteral("the call to be saved"), [this] { return !isOnCall(); }, 15);
    }
    go(ui::PageId::Settings);
    m_player.picture(QStringLiteral("settings") + suffix, QStringLiteral("Settings"));
}

void Story::looks()
{
    look("en", services::Theme::Light, 1366, 768);
    look("en", services::Theme::Dark, 1920, 1080);
    look("zh_CN", services::Theme::Dark, 1366, 768);
    look("zh_CN", services::Theme::Light, 1920, 1080);
}

void Story::callLog()
{
    if (m_options.supervisor.isEmpty())
        return;
    waitUntilSent();
    signOut();
    signIn(m_options.supervisor);
    go(ui::PageId::CallLog);
    m_player.wait(QStringLiteral("the agent's calls in the supervisor's log"), [this] { return find<QTableView>("callLogTable")->model()->rowCount() > 0; }, 90);
    m_player.settle(1000);
    m_player.picture(QStringLiteral("call-log"), QStringLiteral("The supervisor sees the calls"));
    scripts();
    m_player.say(QStringLiteral("the supervisor's call log shows %1 call(s)").arg(find<QTableView>("callLogTable")->model()->rowCount()));
}

void Story::scripts()
{
    const auto language = [this](const char* code, services::Theme theme) {
        services::Settings settings = m_app.preferences().settings();
        settings.language = code;
        settings.theme = theme;
        m_app.preferences().change(settings);
        m_player.resizeTo(1366, 768);
    };
    language("zh_CN", services::Theme::Light);
    go(ui::PageId::Scripts);
    m_player.settle(1200);
    m_player.picture(QStringLiteral("scripts"), QStringLiteral("Scripts: form, preview, what the check says"));
    find<QTabWidget>("scriptTabs")->setCurrentIndex(2);
    m_player.settle(400);
    m_player.picture(QStringLiteral("script-map"), QStringLiteral("Scripts: the map of the flow"));
    language("en", services::Theme::Dark);
    find<QTabWidget>("scriptTabs")->setCurrentIndex(0);
    m_player.settle(600);
    m_player.picture(QStringLiteral("scripts-en-dark"), QStringLiteral("Scripts"));
}

/// What is noted without a call, and calls that F9 did not make.
void Story::otherContacts()
{
    m_player.key(Qt::Key_F7);
    m_player.settle(900);
    m_player.picture(QStringLiteral("flag"), QStringLiteral("A flag, with what it causes"));
    m_player.key(Qt::Key_Escape);
    m_player.settle(300);
    m_player.key(Qt::Key_F4);
    m_player.settle(500);
    m_player.picture(QStringLiteral("contact-point"), QStringLiteral("A number with its source"));
    m_player.key(Qt::Key_Escape);
    m_player.settle(300);
    m_player.key(Qt::Key_F9, Qt::ShiftModifier);
    m_player.settle(800);
    m_player.picture(QStringLiteral("elsewhere"), QStringLiteral("A call made elsewhere is written down"));
    m_player.key(Qt::Key_2, Qt::AltModifier);
    m_player.key(Qt::Key_S, Qt::ControlModifier);
    m_player.wait(QStringLiteral("the call made elsewhere to be saved"), [this] { return !isOnCall(); }, 15);
    m_player.settle(500);
}

} // namespace evenhand::workstation
