// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/leavedialog.h"

#include <QCoreApplication>
#include <QDialog>
#include <QListWidget>
#include <QLocale>

#include "ui/models/ledgermodel.h"
#include "ui/text/format.h"
#include "ui/text/strings.h"
#include "ui/text/synctext.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {

class LeaveText {
    Q_DECLARE_TR_FUNCTIONS(evenhand::ui::LeaveDialog)
};

QString lineOf(const services::AtRisk& item)
{
    QString what;
    switch (item.kind) {
    case services::AtRisk::Kind::Entry: what = eventTypeText(item.type); break;
    //: %1 is the kind of form: Call, Note …
    case services::AtRisk::Kind::Draft: what = LeaveText::tr("Draft: %1").arg(eventTypeText(item.type)); break;
    case services::AtRisk::Kind::Recording:
        //: %1 is an amount of data such as 14 MB
        what = LeaveText::tr("Recording, %1").arg(QLocale().formattedDataSize(item.bytes, 1, QLocale::DataSizeTraditionalFormat));
        break;
    }
    QStringList parts{what};
    if (!item.caseNo.empty())
        parts << q(item.caseNo);
    parts << Format::dateTime(item.since);
    return parts.join(QStringLiteral("  ·  "));
}

} // namespace

void showLeaveCheck(QWidget* window, const services::LeaveCheck& check, const std::function<void()>& sendNow, std::function<void()> leave)
{
    auto* dialog = new QDialog(window);
    dialog->setObjectName(QStringLiteral("leaveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(LeaveText::tr("Safe to leave?"));
    dialog->setMinimumSize(560, check.isSafe() ? 120 : 380);
    auto* down = column(dialog, 20, 12);
    auto* banner = new Banner(dialog);
    const QString what = SyncText::atRisk(check.entries, check.drafts, check.recordings, check.recordingBytes);
    if (check.isSafe())
        banner->say(QStringLiteral("allow"), QStringLiteral("light-allow"), LeaveText::tr("Nothing would be lost: everything recorded here is on the server."));
    else
        //: %1 is a list such as "3 entries, 1 draft"
        banner->say(QStringLiteral("block"), QStringLiteral("light-block"), LeaveText::tr("If this computer broke or were stolen now, this would be lost: %1.").arg(what),
                    LeaveText::tr("Signing out keeps it on this computer. It goes to the server after the next sign-in here."));
    down->addWidget(banner);
    if (!check.isSafe()) {
        auto* list = new QListWidget(dialog);
        list->setObjectName(QStringLiteral("leaveList"));
        list->setAccessibleName(LeaveText::tr("What only this computer has"));
        for (const auto& item : check.items)
            list->addItem(lineOf(item));
        list->setCurrentRow(0);
        down->addWidget(list, 1);
    }
    auto* buttons = row(8);
    buttons->addStretch(1);
    const auto add = [&](const char* name, const char* look, const QString& text, std::function<void()> action) {
        QPushButton* button = makeButton(dialog, QLatin1String(name), QLatin1String(look));
        button->setText(text);
        button->setAccessibleName(text);
        QObject::connect(button, &QPushButton::clicked, dialog, [dialog, action = std::move(action)] {
            dialog->close();
            if (action)
                action();
        });
        buttons->addWidget(button);
        return button;
    };
    if (leave)
        add("leaveAnyway", "danger", LeaveText::tr("Sign out all the same"), std::move(leave));
    QPushButton* first = check.isSafe() ? add("leaveClose", "primary", LeaveText::tr("Close"), {})
                                        : add("leaveSend", "primary", LeaveText::tr("Stay, and send now"), sendNow);
    first->setDefault(true);
    first->setFocus();
    down->addLayout(buttons);
    dialog->open();
}

} // namespace evenhand::ui
