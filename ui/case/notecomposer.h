// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QFrame>
#include <QTimer>

#include "app/services/callservice.h"
#include "ui/text/retranslator.h"

class QLabel;
class QPushButton;

namespace evenhand::compliance {
class PhraseChecker;
}

namespace evenhand::ui {

class Banner;
class PhraseTextEdit;

/// A note outside a call. What is typed is on disk within two seconds as a draft; "saved" is said when the journal has it.
class NoteComposer : public QFrame {
    Q_OBJECT

public:
    explicit NoteComposer(services::CallService& calls, QWidget* parent = nullptr);

    void setCase(const domain::CaseId& id, std::int64_t version);   ///< another case: the old text is kept as its draft
    void setVersion(std::int64_t version) { m_version = version; }
    void setChecker(const compliance::PhraseChecker& checker);
    void save(bool thenNext);
    void keepDraft();
    [[nodiscard]] bool isEmpty() const;

Q_SIGNALS:
    void saved(bool thenNext);

protected:
    void changeEvent(QEvent* event) override;

private:
    void edited();
    void loadDraft();
    void showSaved(const QString& text);

    services::CallService& m_calls;
    Retranslator m_texts;
    QTimer m_draftTimer;
    std::optional<domain::CaseId> m_case;
    std::int64_t m_version = 0;
    std::optional<domain::DraftId> m_draft;
    bool m_saving = false;
    bool m_filling = false;
    QLabel* m_head;
    QLabel* m_state;
    PhraseTextEdit* m_text;
    QWidget* m_phrases;
    Banner* m_banner;
    QPushButton* m_save;
};

} // namespace evenhand::ui
