// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/exportdialog.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QLineEdit>
#include <QStandardPaths>

#include "ui/text/soundtext.h"
#include "ui/text/strings.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

ExportDialog::ExportDialog(const QString& suggestedName, QWidget* parent)
    : QDialog(parent), m_reason(new QComboBox(this)), m_words(new QLineEdit(this)), m_format(new QComboBox(this)), m_path(new QLineEdit(this)),
      m_go(makeButton(this, QStringLiteral("exportGo"), QStringLiteral("primary")))
{
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export the recording"));
    setMinimumWidth(560);
    nameInput(m_reason, QStringLiteral("exportReason"));
    nameInput(m_words, QStringLiteral("exportWords"));
    nameInput(m_format, QStringLiteral("exportFormat"));
    nameInput(m_path, QStringLiteral("exportPath"));
    m_reason->addItem(tr("Choose a reason"), QString());
    for (const char* code : {"complaint", "court", "regulator", "training", "other"})
        m_reason->addItem(SoundText::exportReason(code), QString::fromLatin1(code));
    m_format->addItem(tr("WAV, plays everywhere"), QStringLiteral("wav"));
    m_format->addItem(tr("Ogg Opus, as it was recorded"), QStringLiteral("ogg"));
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    m_path->setText(QDir(folder).filePath(suggestedName + QStringLiteral(".wav")));
    auto* down = column(this, 20, 12);
    auto* note = makeLabel(this);
    note->setWordWrap(true);
    note->setText(tr("The copy is not encrypted. It carries the case number and the hash of the recording; who exported it, and why, is on record."));
    down->addWidget(note);
    auto* form = new QFormLayout;
    form->addRow(tr("Reason"), m_reason);
    form->addRow(tr("In words"), m_words);
    form->addRow(tr("Format"), m_format);
    auto* file = row(8);
    file->addWidget(m_path, 1);
    auto* browseButton = makeButton(this, QStringLiteral("exportBrowse"));
    browseButton->setText(tr("Choose …"));
    file->addWidget(browseButton);
    form->addRow(tr("File"), file);
    down->addLayout(form);
    auto* buttons = row(8);
    buttons->addStretch(1);
    auto* cancel = makeButton(this, QStringLiteral("exportCancel"));
    cancel->setText(tr("Cancel"));
    m_go->setText(tr("Export"));
    m_go->setDefault(true);
    buttons->addWidget(cancel);
    buttons->addWidget(m_go);
    down->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &ExportDialog::accept);
    connect(browseButton, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(m_reason, &QComboBox::currentIndexChanged, this, &ExportDialog::check);
    connect(m_words, &QLineEdit::textChanged, this, &ExportDialog::check);
    connect(m_path, &QLineEdit::textChanged, this, &ExportDialog::check);
    connect(m_format, &QComboBox::currentIndexChanged, this, [this] {
        QString path = m_path->text();
        if (const auto dot = path.lastIndexOf(u'.'); dot > path.lastIndexOf(u'/'))
            path.truncate(dot);
        m_path->setText(path + u'.' + m_format->currentData().toString());
    });
    check();
}

void ExportDialog::browse()
{
    auto* dialog = new QFileDialog(this, tr("Export the recording"), m_path->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(m_format->currentData().toString());
    connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    dialog->open();
}

services::ExportRequest ExportDialog::request() const
{
    return {u8(m_path->text().trimmed()), m_format->currentData().toString() == QStringLiteral("ogg"), u8(m_reason->currentData().toString()), u8(m_words->text().trimmed())};
}

void ExportDialog::check()
{
    const services::ExportRequest now = request();
    m_go->setEnabled(!now.path.empty() && !now.reason.empty() && (now.reason != "other" || !now.words.empty()));
}

void ExportDialog::accept()
{
    check();
    if (!m_go->isEnabled())
        return;
    Q_EMIT exportRequested(request());
    QDialog::accept();
}

} // namespace evenhand::ui
