// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "app/services/calllogservice.h"
#include "app/services/playbackservice.h"
#include "ui/async.h"
#include "ui/services.h"
#include "ui/text/retranslator.h"
#include "ui/widgets/waveform.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QShortcut;

namespace evenhand::ui {

class Banner;

/// The recording of one call: waveform, marks and their list, and what a reviewer does with it. Everything has a key (see addShortcuts).
class PlayerPanel : public QFrame {
    Q_OBJECT

public:
    /// `keysFor`: the widget in which the keys work, for instance the page.
    PlayerPanel(const Services& services, QWidget* keysFor, QWidget* parent = nullptr);
    void showCall(const services::CallLogRow& row);
    void clear();

protected:
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void connectParts();
    void addShortcuts(QWidget* keysFor);
    void load();
    void choose(int index);
    void fillMarks();
    void setPlayable(bool isPlayable);
    [[nodiscard]] QString textOf(const domain::RecordingMark& mark) const;
    void showState();
    void togglePlay();
    void jumpBy(std::int64_t ms);
    void jumpToMark(int direction);
    void changeSpeed(double factor);
    void toggleLoop();
    void beginComment();
    void saveComment();
    void beginExport();
    [[nodiscard]] const services::RecordingInfo* current() const;

    Services m_services;
    Retranslator m_texts;
    Latest m_latest;
    std::optional<services::CallLogRow> m_row;
    std::vector<services::RecordingInfo> m_recordings;
    int m_chosen = -1;
    std::vector<WaveMark> m_marks;
    std::optional<std::int64_t> m_loopFrom;
    std::vector<QShortcut*> m_shortcuts;                 ///< off while there is nothing to play: the keys belong to the page then
    Banner* m_banner;
    QComboBox* m_which;
    QPushButton* m_play;
    QLabel* m_time;
    QComboBox* m_speed;
    QPushButton* m_skip;
    QPushButton* m_loop;
    QPushButton* m_comment;
    QPushButton* m_export;
    QLabel* m_facts;
    Waveform* m_wave;
    QListWidget* m_list;
    QLineEdit* m_commentText;
    std::int64_t m_commentAtMs = 0;
    QLabel* m_keys;
};

} // namespace evenhand::ui
