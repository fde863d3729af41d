// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/widgets/phrasetextedit.h"

namespace evenhand::services {
class PackService;
}

namespace evenhand::ui {

class Banner;

/// A text box with its list of hits and a line that says why the text may not go out: what every form that takes free text is built with.
///
///     auto* body = new PhraseBox(PhraseUse::Outgoing, services.packs, this);
///     nameInput(body->edit(), "messageText");
///     …
///     if (!body->mayPass())        // says why, and puts the cursor on the first hit
///         return;
///     draft.text = body->text(); draft.findings = body->findings();
class PhraseBox : public QWidget {
    Q_OBJECT

public:
    /// Takes the rules in force from `packs`, now and whenever they change. `packs` outlives the box.
    PhraseBox(PhraseUse use, services::PackService& packs, QWidget* parent = nullptr);

    [[nodiscard]] PhraseTextEdit* edit() const { return m_edit; }
    [[nodiscard]] QString text() const { return m_edit->toPlainText(); }
    [[nodiscard]] std::vector<domain::PhraseFinding> findings() const { return m_edit->findings(); }
    void startAfresh(const QString& text = {});

    /// True when nothing in the text forbids saving or sending it. If something does, says so above the text and goes there.
    bool mayPass();

private:
    PhraseTextEdit* m_edit;
    Banner* m_banner;
};

} // namespace evenhand::ui
