// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/commandpalette.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>

#include "app/services/caseservice.h"
#include "ui/text/format.h"
#include "ui/text/strings.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {

constexpr int kCases = 8;
enum Role { CommandRole = Qt::UserRole + 1, CaseRole };

} // namespace

CommandPalette::CommandPalette(const Services& services, QWidget* parent) : QFrame(parent), m_services(services), m_input(new QLineEdit(this)), m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setProperty("look", QStringLiteral("card"));
    setAutoFillBackground(true);
    nameInput(m_input, QStringLiteral("paletteInput"));
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMinimumHeight(300);
    auto* down = column(this, 12, 8);
    down->addWidget(m_input);
    down->addWidget(m_list);
    m_input->installEventFilter(this);
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
    hide();
}

void CommandPalette::open(std::vector<Command> commands)
{
    m_commands = std::move(commands);
    m_input->setPlaceholderText(tr("What do you want to do? A command, a name, a case number …"));
    m_input->setAccessibleName(tr("Command or case"));
    m_input->clear();
    search();
    const int width = std::min(640, parentWidget()->width() - 80);
    setGeometry((parentWidget()->width() - width) / 2, 72, width, 380);
    show();
    raise();
    m_input->setFocus();
}

void CommandPalette::search()
{
    const QString text = m_input->text().trimmed();
    m_list->clear();
    addCommands(text);
    m_latest.dropAll();
    if (text.isEmpty())
        return;
    whenLatest(m_services.cases.search(u8(text), kCases), this, m_latest, [this](const base::Result<std::vector<services::SearchHit>>& hits) {
        if (!hits)
            return;
        for (const services::SearchHit& hit : *hits) {
            auto* item = new QListWidgetItem(lineIcon(QStringLiteral("cases"), Colours::of(palette()).muted),
                                             QStringLiteral("%1   %2   %3").arg(q(hit.debtor), q(hit.businessNo), Format::money(hit.balance)), m_list);
            item->setData(CaseRole, q(hit.caseId.toString()));
        }
        if (m_list->currentRow() < 0)
            m_list->setCurrentRow(0);
    });
}

void CommandPalette::addCommands(const QString& text)
{
    for (std::size_t at = 0; at < m_commands.size(); ++at) {
        if (!m_commands[at].title.contains(text, Qt::CaseInsensitive))
            continue;
        const QString keys = m_commands[at].keys.isEmpty() ? QString() : QStringLiteral("     ") + m_commands[at].keys;
        auto* item = new QListWidgetItem(lineIcon(QStringLiteral("chevron-right"), Colours::of(palette()).accent), m_commands[at].title + keys, m_list);
        item->setData(CommandRole, int(at));
    }
    if (m_list->count() > 0)
        m_list->setCurrentRow(0);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut)
        hide();
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Escape) {
        hide();
        parentWidget()->setFocus();
        return true;
    }
    if (key == Qt::Key_Down || key == Qt::Key_Up) {
        const int at = m_list->currentRow() + (key == Qt::Key_Down ? 1 : -1);
        if (at >= 0 && at < m_list->count())
            m_list->setCurrentRow(at);
        return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        runCurrent();
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::runCurrent()
{
    const QListWidgetItem* item = m_list->currentItem();
    if (!item)
        return;
    const QVariant command = item->data(CommandRole);
    const auto id = domain::CaseId::tryFromString(u8(item->data(CaseRole).toString()));
    hide();
    if (command.isValid())
        m_commands[std::size_t(command.toInt())].run();
    else if (id)
        Q_EMIT caseRequested(*id);
}

} // namespace evenhand::ui
