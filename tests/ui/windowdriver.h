// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <memory>

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QTest>

#include "app/workstation/application.h"
#include "tests/support/serverprocess.h"
#include "ui/pages/casepage.h"

namespace evenhand::test {

/// The real window over the real services against a server of this build, driven by key events as a person would.
class WindowDriver {
public:
    static constexpr int kPatienceMs = 60'000;

    WindowDriver(std::uint16_t port, const char* user, const base::Clock& clock)
    {
        workstation::Options options;
        options.serverUrl = "http://127.0.0.1:" + std::to_string(port);
        options.userName = user;
        options.language = "zh_CN";
        options.theme = "light";
        m_app = std::make_unique<workstation::Application>(*qApp, options, clock);
        m_app->start();
        QApplication::setActiveWindow(&m_app->window());
    }

    [[nodiscard]] workstation::Application& app() { return *m_app; }
    [[nodiscard]] const ui::Services& services() const { return m_app->services(); }
    [[nodiscard]] ui::CasePage* page() const { return m_app->window().pages().caseView; }
    template <class T>
    [[nodiscard]] T* find(const QString& name) const
    {
        // The page in front first: another page may show a card of the same kind.
        T* found = m_app->window().currentPage()->findChild<T*>(name);
        if (!found)
            found = m_app->window().findChild<T*>(name);
        if (!found)
            qFatal("no widget named %s", qPrintable(name));
        return found;
    }
    /// Whether some visible label holds these words.
    [[nodiscard]] bool isSaid(const QString& words) const
    {
        for (const QWidget* window : QApplication::topLevelWidgets())
            for (const QLabel* label : window->findChildren<QLabel*>())
                if (label->isVisible() && label->text().contains(words))
                    return true;
        return false;
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget* modal = QApplication::activeModalWidget();
        QWidget* window = modal ? modal : &m_app->window();
        QApplication::setActiveWindow(window);
        QWidget* target = QApplication::focusWidget();
        QTest::keyClick(target ? target : window, key, modifiers);
        ++m_keys;
    }
    int type(const QString& text)
    {
        for (const QChar c : text) {
            QTest::sendKeyEvent(QTest::Click, QApplication::focusWidget(), Qt::Key_unknown, QString(c), Qt::NoModifier);
            ++m_keys;
        }
        return int(text.size());
    }
    [[nodiscard]] bool signIn()
    {
        find<QLineEdit>(QStringLiteral("signInPassword"))->setFocus();
        type(QStringLiteral("evenhand-demo"));
        key(Qt::Key_Return);
        return QTest::qWaitFor([this] { return services().session.state() == services::SessionState::SignedIn; }, kPatienceMs);
    }
    [[nodiscard]] bool waitForQueue()
    {
        auto* table = find<QTableView>(QStringLiteral("queueTable"));
        return QTest::qWaitFor([table] { return table->model()->rowCount() > 0; }, kPatienceMs);
    }
    void openFirst()
    {
        QTest::qWait(800);
        find<QTableView>(QStringLiteral("queueTable"))->setFocus();
        key(Qt::Key_Return);
        QTest::qWait(500);
    }
    /// F9 on case after case until the gate lets one pass and its script is on the screen.
    [[nodiscard]] bool reachCall()
    {
        for (int tried = 0; tried < 15; ++tried) {
            key(Qt::Key_F9);
            if (QTest::qWaitFor([this] { return page()->isOnCall(); }, 1500))
                return QTest::qWaitFor([this] { return !find<QLabel>(QStringLiteral("scriptText"))->text().isEmpty(); }, 5000);
            key(Qt::Key_N, Qt::AltModifier);
            QTest::qWait(500);
        }
        return false;
    }
    [[nodiscard]] bool waitUntilSaved()
    {
        return QTest::qWaitFor([this] { return !page()->isOnCall(); }, kPatienceMs);
    }
    /// The newest entry of the open case's timeline that is a call, read from the services.
    [[nodiscard]] std::optional<services::TimelineItem> lastCallOf(const domain::CaseId& id)
    {
        const auto view = viewOf(id);
        if (!view)
            return std::nullopt;
        std::optional<services::TimelineItem> last;
        for (const services::TimelineItem& item : view->timeline)
            if (item.kind == services::TimelineKind::Call && item.isOwn && (!last || item.at > last->at))
                last = item;
        return last;
    }
    [[nodiscard]] std::optional<services::CaseView> viewOf(const domain::CaseId& id)
    {
        const auto future = services().cases.openCase(id);
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, kPatienceMs) || !future.result())
            return std::nullopt;
        return *future.result();
    }
    [[nodiscard]] int keys() const { return m_keys; }
    void countFromHere() { m_keys = 0; }
    void close() { m_app.reset(); }

private:
    std::unique_ptr<workstation::Application> m_app;
    int m_keys = 0;
};

} // namespace evenhand::test
