// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/dialogprompt.h"

#include <QDialog>
#include <QShortcut>

#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {

/// The number of the button is its key; the index is told through QDialog::done as index + 1, so that 0 stays "rejected".
void addChoices(QDialog* dialog, QVBoxLayout* down, const Question& question)
{
    int number = 0;
    for (const QString& choice : question.choices) {
        QPushButton* button = makeButton(dialog, QStringLiteral("choice%1").arg(number), QStringLiteral("choice"));
        button->setText(QStringLiteral("%1   %2").arg(number + 1).arg(choice));
        button->setAccessibleName(choice);
        if (number == 0) {
            button->setDefault(true);
            if (question.danger)
                setLook(button, QStringLiteral("danger"));
        }
        const int result = number + 1;
        QObject::connect(button, &QPushButton::clicked, dialog, [dialog, result] { dialog->done(result); });
        auto* key = new QShortcut(QKeySequence(Qt::Key_1 + number), dialog);
        QObject::connect(key, &QShortcut::activated, dialog, [dialog, result] { dialog->done(result); });
        down->addWidget(button);
        if (number == 0)
            button->setFocus();
        ++number;
    }
}

} // namespace

void DialogPrompt::ask(const Question& question, QObject* context, std::function<void(std::optional<int>)> answered)
{
    auto* dialog = new QDialog(m_window);
    dialog->setObjectName(QStringLiteral("question"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(question.title);
    dialog->setMinimumWidth(380);
    auto* down = column(dialog, 20, 12);
    QLabel* title = makeLabel(dialog, QStringLiteral("heading"));
    title->setText(question.title);
    down->addWidget(title);
    if (!question.text.isEmpty()) {
        QLabel* text = makeLabel(dialog, QStringLiteral("muted"));
        text->setText(question.text);
        text->setWordWrap(true);
        down->addWidget(text);
    }
    addChoices(dialog, down, question);
    QObject::connect(dialog, &QDialog::finished, context, [answered = std::move(answered)](int result) {
        answered(result > 0 ? std::optional(result - 1) : std::nullopt);
    });
    dialog->open();
}

} // namespace evenhand::ui
