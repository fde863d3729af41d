// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "app/workstation/application.h"
#include "app/workstation/guideddemo/player.h"

namespace evenhand::workstation {

struct StoryOptions {
    QString user;
    QString supervisor;                              ///< "" leaves the call log out
    QString password;
    std::function<void(bool up)> network{};          ///< cuts and restores the way to the server; empty: not shown
};

/// The main job, played through the real window: queue, gate, call, phrase check, promise, save, next; network gone and back; the
/// supervisor's call log.
class Story {
public:
    Story(Application& application, Player& player, StoryOptions options);
    void play();

private:
    void signIn(const QString& user);
    void signOut();
    void openFirstCase();
    [[nodiscard]] bool dial();
    void followScript();
    bool followStep();
    void writeNote();
    void promiseAndSave();
    [[nodiscard]] bool noAnswer();
    void networkGone();
    void waitUntilSent();
    void otherContacts();
    void callLog();
    void scripts();
    void looks();
    void look(const char* language, services::Theme theme, int width, int height);
    void go(ui::PageId page);
    template <class T>
    [[nodiscard]] T* find(const char* name) const
    {
        // The page in front first: another page may show a card of the same kind.
        const QWidget* page = m_app.window().currentPage();
        T* found = page ? page->findChild<T*>(QString::fromLatin1(name)) : nullptr;
        return found ? found : m_app.window().findChild<T*>(QString::fromLatin1(name));
    }
    [[nodiscard]] bool isOnCall() const;

    Application& m_app;
    Player& m_player;
    StoryOptions m_options;
};

} // namespace evenhand::workstation
