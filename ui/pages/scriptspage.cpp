// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/scriptspage.h"

#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QTabWidget>
#include <QTextBlock>

#include "app/services/callservice.h"
#include "ui/call/scriptcard.h"
#include "ui/prompt/userprompt.h"
#include "ui/scripts/scriptmap.h"
#include "ui/text/errortext.h"
#include "ui/text/language.h"
#include "ui/text/strings.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {

constexpr int kJudgeMs = 400;
constexpr int kDraftMs = 2000;
constexpr const char* kLanguages[] = {"zh_CN", "en"};

} // namespace

ScriptsPage::ScriptsPage(const Services& services, QWidget* parent)
    : QWidget(parent), m_services(services), m_title(makeLabel(this, QStringLiteral("title"))), m_version(makeLabel(this, QStringLiteral("muted"))),
      m_banner(new Banner(this)), m_files(new QListWidget(this)), m_tabs(new QTabWidget(this)), m_steps(new QComboBox(this)), m_next(new QComboBox(this)),
      m_text(new QPlainTextEdit(this)), m_map(new ScriptMap), m_card(new ScriptCard(this)), m_findingsHead(makeLabel(this, QStringLiteral("section"))),
      m_findings(new QListWidget(this)), m_restore(makeButton(this, QStringLiteral("scriptRestore"), QStringLiteral("flat"))),
      m_publish(makeButton(this, QStringLiteral("scriptPublish"), QStringLiteral("primary")))
{
    setObjectName(QStringLiteral("scriptsPage"));
    layOut();
    connectParts();
    m_texts.add([this] {
        m_title->setText(tr("Scripts"));
        m_files->setAccessibleName(tr("Scripts and shared parts"));
        m_tabs->setTabText(0, tr("Form"));
        m_tabs->setTabText(1, tr("Text"));
        m_tabs->setTabText(2, tr("Map"));
        const QString names[] = {tr("Step"), tr("Title"), tr("Words"), tr("Hint, never spoken"), tr("Goes on to")};
        for (int at = 0; at < 5; ++at)
            m_labels[at]->setText(names[at]);
        m_steps->setAccessibleName(names[0]);
        m_next->setAccessibleName(names[4]);
        const QString languages[] = {QStringLiteral("中文"), QStringLiteral("English")};
        for (int at = 0; at < 2; ++at) {
            m_titles[at]->setAccessibleName(names[1] + u' ' + languages[at]);
            m_words[at]->setAccessibleName(names[2] + u' ' + languages[at]);
            m_hints[at]->setAccessibleName(names[3] + u' ' + languages[at]);
            m_titles[at]->setPlaceholderText(languages[at]);
            m_words[at]->setPlaceholderText(languages[at]);
            m_hints[at]->setPlaceholderText(languages[at]);
        }
        m_text->setAccessibleName(tr("Text of the script"));
        m_map->setAccessibleName(tr("Map of the script"));
        m_findingsHead->setText(tr("What the check says"));
        m_findings->setAccessibleName(m_findingsHead->text());
        m_restore->setText(tr("Undo all changes"));
        m_publish->setText(tr("Publish for everybody"));
        judge();
    });
    usePacks();
}

QWidget* ScriptsPage::makeForm()
{
    auto* body = new QWidget(m_tabs);
    auto* form = new QFormLayout(body);
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    for (QLabel*& label : m_labels)
        label = makeLabel(body, QStringLiteral("small"));
    nameInput(m_steps, QStringLiteral("scriptStep"));
    nameInput(m_next, QStringLiteral("scriptNext"));
    form->addRow(m_labels[0], m_steps);
    auto* titles = row(8);
    auto* words = row(8);
    auto* hints = row(8);
    for (int at = 0; at < 2; ++at) {
        m_titles[at] = new QLineEdit(body);
        m_words[at] = new QPlainTextEdit(body);
        m_hints[at] = new QLineEdit(body);
        m_words[at]->setFixedHeight(92);
        m_words[at]->setTabChangesFocus(true);
        nameInput(m_titles[at], QStringLiteral("scriptTitle_") + QString::fromLatin1(kLanguages[at]));
        nameInput(m_words[at], QStringLiteral("scriptWords_") + QString::fromLatin1(kLanguages[at]));
        nameInput(m_hints[at], QStringLiteral("scriptHint_") + QString::fromLatin1(kLanguages[at]));
        titles->addWidget(m_titles[at]);
        words->addWidget(m_words[at]);
        hints->addWidget(m_hints[at]);
    }
    form->addRow(m_labels[1], titles);
    form->addRow(m_labels[2], words);
    form->addRow(m_labels[3], hints);
    form->addRow(m_labels[4], m_next);
    return body;
}

void ScriptsPage::layOut()
{
    auto* down = column(this, 16, 12);
    auto* head = row(12);
    head->addWidget(m_title);
    head->addWidget(m_version, 1);
    head->addWidget(m_restore);
    head->addWidget(m_publish);
    down->addLayout(head);
    down->addWidget(m_banner);
    m_banner->setObjectName(QStringLiteral("scriptsBanner"));
    nameInput(m_files, QStringLiteral("scriptFiles"));
    nameInput(m_text, QStringLiteral("scriptSource"));
    nameInput(m_findings, QStringLiteral("scriptFindings"));
    m_tabs->setObjectName(QStringLiteral("scriptTabs"));
    m_files->setFixedWidth(196);
    QFont fixed = m_text->font();
    fixed.setFamilies({QStringLiteral("monospace"), QStringLiteral("Noto Sans CJK SC")});
    m_text->setFont(fixed);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_tabs->addTab(makeForm(), QString());
    m_tabs->addTab(m_text, QString());
    auto* scroll = new QScrollArea(m_tabs);
    scroll->setWidget(m_map);
    m_tabs->addTab(scroll, QString());
    auto* side = column(nullptr, 0, 8);
    side->addWidget(m_card, 3);
    side->addWidget(m_findingsHead);
    side->addWidget(m_findings, 1);
    m_findings->setWordWrap(true);
    auto* across = row(12);
    across->addWidget(m_files);
    across->addWidget(m_tabs, 5);
    across->addLayout(side, 4);
    down->addLayout(across, 1);
    m_judgeTimer.setSingleShot(true);
    m_judgeTimer.setInterval(kJudgeMs);
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(kDraftMs);
}

void ScriptsPage::connectParts()
{
    connect(&m_judgeTimer, &QTimer::timeout, this, &ScriptsPage::judge);
    connect(&m_draftTimer, &QTimer::timeout, this, &ScriptsPage::keepDraft);
    connect(m_files, &QListWidget::currentItemChanged, this, &ScriptsPage::openFile);
    connect(m_text, &QPlainTextEdit::textChanged, this, &ScriptsPage::textEdited);
    connect(m_steps, &QComboBox::activated, this, [this] { openStep(u8(m_steps->currentData().toString())); });
    connect(m_map, &ScriptMap::stepChosen, this, &ScriptsPage::openStep);
    connect(m_next, &QComboBox::activated, this, &ScriptsPage::nextEdited);
    for (int at = 0; at < 2; ++at) {
        const std::string language = kLanguages[at];
        connect(m_titles[at], &QLineEdit::editingFinished, this, [this, language, at] { formEdited(guidance::StepMember::Title, language, m_titles[at]->text()); });
        connect(m_hints[at], &QLineEdit::editingFinished, this, [this, language, at] { formEdited(guidance::StepMember::Hint, language, m_hints[at]->text()); });
        connect(m_words[at], &QPlainTextEdit::textChanged, this, [this, language, at] { formEdited(guidance::StepMember::Text, language, m_words[at]->toPlainText()); });
    }
    connect(m_findings, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
        m_tabs->setCurrentIndex(1);
        const QTextBlock line = m_text->document()->findBlockByNumber(item->data(Qt::UserRole).toInt() - 1);
        m_text->setTextCursor(QTextCursor(line));
        m_text->setFocus();
    });
    connect(m_card, &ScriptCard::happened, this, &ScriptsPage::play);
    connect(m_restore, &QPushButton::clicked, this, [this] {
        m_desk.restore(m_path);
        openFile();
        keepDraft();
    });
    connect(m_publish, &QPushButton::clicked, this, &ScriptsPage::publish);
    connect(&m_services.packs, &services::PackService::activeChanged, this, &ScriptsPage::usePacks);
}

void ScriptsPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
}

void ScriptsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_draft)
        loadDraft();
    m_files->setFocus();
}

void ScriptsPage::usePacks()
{
    const auto packs = m_services.packs.active();
    if (!packs)
        return;
    m_desk.begin(packs);
    const QString problems = q(packs->problems.empty() ? std::string() : packs->problems.front());
    m_banner->say(QStringLiteral("warn"), QStringLiteral("light-warn"), problems.isEmpty() ? QString() : tr("A script of the pack is not used: %1").arg(problems));
    writeList();
    if (m_files->currentRow() < 0)
        m_files->setCurrentRow(0);
    else
        openFile();
}

void ScriptsPage::writeList()
{
    const std::string current = m_path;
    const QSignalBlocker silent(m_files);
    m_files->clear();
    for (const std::string& path : m_desk.paths()) {
        QString name = q(path).section(u'/', -1).chopped(5);
        if (isSharedPart(path))
            name = QStringLiteral("↳ ") + name;
        auto* item = new QListWidgetItem(m_desk.isChanged(path) ? name + QStringLiteral(" ●") : name, m_files);
        item->setData(Qt::UserRole, q(path));
        item->setToolTip(q(path));
        if (path == current)
            m_files->setCurrentItem(item);
    }
}

void ScriptsPage::openFile()
{
    const QListWidgetItem* item = m_files->currentItem();
    if (!item)
        return;
    m_path = u8(item->data(Qt::UserRole).toString());
    m_step.clear();
    m_filling = true;
    m_text->setPlainText(q(m_desk.text(m_path)));
    m_filling = false;
    judge();
}

void ScriptsPage::textEdited()
{
    if (m_filling)
        return;
    m_desk.change(m_path, u8(m_text->toPlainText()));
    m_judgeTimer.start();
    if (!m_draftTimer.isActive())
        m_draftTimer.start();
}

void ScriptsPage::judge()
{
    if (m_path.empty())
        return;
    const auto findings = m_desk.lint(m_path);
    m_findings->clear();
    for (const guidance::LintFinding& finding : findings) {
        auto* item = new QListWidgetItem(q(finding.toString()), m_findings);
        item->setData(Qt::UserRole, finding.place.line);
    }
    if (findings.empty())
        new QListWidgetItem(tr("Nothing to complain about."), m_findings);
    const bool changed = m_desk.isChanged(m_path);
    m_restore->setEnabled(changed);
    m_publish->setEnabled(changed && !guidance::hasErrors(findings) && !m_publishing);
    //: %1 is a pack, %2 its version
    m_version->setText(tr("%1, version %2").arg(q(m_desk.packId()), q(m_desk.packVersion())));
    if (auto script = m_desk.script(m_path)) {
        m_script = std::move(script);
        m_map->show(*m_script);
        fillSteps();
    }
    writeList();
}

void ScriptsPage::fillSteps()
{
    const QSignalBlocker silent(m_steps);
    m_steps->clear();
    m_next->clear();
    std::string first;
    for (const guidance::Step& step : m_script->steps) {
        const std::string& title = guidance::textIn(step.title, packLanguage());
        const QString name = title.empty() ? q(step.id) : q(step.id) + QStringLiteral("  ·  ") + q(title);
        m_next->addItem(name, q(step.id));
        if (step.place.file != m_path)
            continue;   // of a shared part: it has a file of its own in the list
        m_steps->addItem(name, q(step.id));
        first = first.empty() ? step.id : first;
    }
    m_next->addItem(tr("back to where they were"), QStringLiteral("return"));
    const bool known = !m_step.empty() && m_steps->findData(q(m_step)) >= 0;
    openStep(known ? m_step : first);
}

void ScriptsPage::openStep(const std::string& step)
{
    m_step = step;
    m_map->choose(step);
    const QSignalBlocker silent(m_steps);
    m_steps->setCurrentIndex(m_steps->findData(q(step)));
    fillForm();
    preview();
}

void ScriptsPage::fillForm()
{
    const guidance::Step* step = m_script ? m_script->findStep(m_step) : nullptr;
    const bool editable = step && step->place.file == m_path;
    m_filling = true;
    const auto wordsIn = [](const guidance::LocalText& text, const char* language) {
        const auto found = text.find(language);
        return found == text.end() ? QString() : q(found->second);
    };
    for (int at = 0; at < 2; ++at) {
        const auto put = [](auto* edit, const QString& words, auto set) {
            if (!edit->hasFocus())
                set(words);
        };
        put(m_titles[at], step ? wordsIn(step->title, kLanguages[at]) : QString(), [&](const QString& words) { m_titles[at]->setText(words); });
        put(m_hints[at], step ? wordsIn(step->hint, kLanguages[at]) : QString(), [&](const QString& words) { m_hints[at]->setText(words); });
        put(m_words[at], step ? wordsIn(step->text, kLanguages[at]) : QString(), [&](const QString& words) { m_words[at]->setPlainText(words); });
        m_titles[at]->setEnabled(editable);
        m_hints[at]->setEnabled(editable);
        m_words[at]->setEnabled(editable && step->mandated.empty());   // mandated wording is changed in the text, where its clause stands beside it
    }
    m_next->setEnabled(editable && !step->next.isMissing());
    m_next->setCurrentIndex(step && !step->next.isMissing() ? m_next->findData(q(step->next.step)) : -1);
    m_filling = false;
}

void ScriptsPage::formEdited(guidance::StepMember member, const std::string& language, const QString& words)
{
    const guidance::Step* step = m_script ? m_script->findStep(m_step) : nullptr;
    if (m_filling || !step || step->place.file != m_path)
        return;
    const guidance::LocalText& before = member == guidance::StepMember::Title ? step->title : member == guidance::StepMember::Hint ? step->hint : step->text;
    const auto known = before.find(language);
    if (u8(words) == (known == before.end() ? std::string() : known->second))
        return;
    apply(guidance::withWords(m_desk.text(m_path), *m_script, m_path, m_step, member, language, u8(words)));
}

void ScriptsPage::nextEdited()
{
    if (!m_filling && m_script)
        apply(guidance::withNext(m_desk.text(m_path), *m_script, m_path, m_step, u8(m_next->currentData().toString())));
}

void ScriptsPage::apply(const base::Result<std::string>& changed)
{
    if (!changed) {
        m_banner->say(QStringLiteral("warn"), QStringLiteral("light-warn"), tr("This cannot be changed in the form; change it under Text."));
        return;
    }
    m_banner->clear();
    m_desk.change(m_path, *changed);
    m_filling = true;
    m_text->setPlainText(q(*changed));
    m_filling = false;
    // Places move with every change, so the form works on the script as it is now.
    if (auto script = m_desk.script(m_path))
        m_script = std::move(script);
    preview();
    m_judgeTimer.start();
    if (!m_draftTimer.isActive())
        m_draftTimer.start();
}

/// The chosen step as agents will see it, with invented values; from there it can be played.
void ScriptsPage::preview()
{
    if (!m_script || !m_script->findStep(m_step)) {
        m_card->showNothing(tr("This step cannot be shown yet."));
        return;
    }
    auto script = std::make_shared<guidance::Script>(*m_script);
    script->start = m_step;
    m_runner = std::make_unique<guidance::ScriptRunner>(std::move(script), guidance::Facts{{guidance::kRightParty, true}}, guidance::sampleMergeData(), packLanguage(),
                                                        m_services.clock);
    m_card->show(m_runner->prompt());
}

void ScriptsPage::play(const guidance::ScriptEvent& event)
{
    if (!m_runner)
        return;
    [[maybe_unused]] const auto moved = m_runner->handle(event);
    m_card->show(m_runner->prompt());
}

void ScriptsPage::publish()
{
    std::string text = m_desk.text(m_path);
    if (!isSharedPart(m_path))
        if (auto counted = guidance::withNextVersion(text))
            text = *std::move(counted);
    m_services.prompt.ask({tr("Publish this version?"), tr("Every workstation gets it at its next contact with the server. Calls that are on keep the version they began with."),
                           {tr("Publish"), tr("Not yet")}},
                          this, [this, text](std::optional<int> answer) {
        if (answer != 0)
            return;
        m_publishing = true;
        m_publish->setEnabled(false);
        m_banner->say(QStringLiteral("info"), QStringLiteral("send"), tr("Waiting for the server …"));
        whenReady(m_services.packs.publishScript(m_path, text), this, [this, path = m_path](const base::Result<compliance::PackIdentity>& published) {
            m_publishing = false;
            if (published) {
                m_desk.restore(path);
                keepDraft();
                //: %1 is a version
                m_banner->say(QStringLiteral("allow"), QStringLiteral("check"), tr("Published as version %1.").arg(q(published->version)));
            } else {
                m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(published.error()));
            }
            judge();
        });
    });
}

void ScriptsPage::loadDraft()
{
    whenReady(m_services.calls.loadDrafts(std::nullopt), this, [this](const base::Result<std::vector<services::Draft>>& drafts) {
        if (!drafts || m_draft)
            return;
        m_draft = services::CallService::newDraftId();
        for (const services::Draft& draft : *drafts) {
            if (draft.form != "scripts")
                continue;
            m_draft = draft.id;
            const QJsonObject files = QJsonDocument::fromJson(QByteArray::fromStdString(draft.body.reveal())).object();
            for (const QString& path : files.keys())
                m_desk.change(u8(path), u8(files[path].toString()));
            openFile();
            writeList();
            return;
        }
    });
}

void ScriptsPage::keepDraft()
{
    m_draftTimer.stop();
    if (!m_draft)
        return;
    if (m_desk.changes().empty()) {
        whenReady(m_services.calls.discardDraft(*m_draft), this, [](const base::Result<>&) {});
        return;
    }
    QJsonObject files;
    for (const auto& [path, text] : m_desk.changes())
        files[q(path)] = q(text);
    const QByteArray body = QJsonDocument(files).toJson(QJsonDocument::Compact);
    whenReady(m_services.calls.saveDraft({.id = *m_draft, .caseId = {}, .form = "scripts", .body = base::SensitiveText(body.toStdString())}), this, [this](const base::Result<>& kept) {
        if (!kept)
            m_banner->say(QStringLiteral("warn"), QStringLiteral("light-warn"), tr("The draft could not be kept. %1").arg(ErrorText::of(kept.error())));
    });
}

void ScriptsPage::forget()
{
    m_draft.reset();
    m_desk = ScriptDesk();
    usePacks();
}

} // namespace evenhand::ui
