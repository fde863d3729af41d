// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/gatereplaydialog.h"

#include <QCoreApplication>
#include <QDialog>
#include <QScrollArea>

#include "ui/models/queuemodel.h"
#include "ui/text/clausetranslator.h"
#include "ui/text/format.h"
#include "ui/text/language.h"
#include "ui/text/strings.h"
#include "ui/text/words.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {

struct GateReplayTexts {
    Q_DECLARE_TR_FUNCTIONS(evenhand::ui::GateReplayDialog)

public:
    static QString title(const services::GateReplay& replay)
    {
        //: %1 is a verdict such as "May be contacted", %2 a day and time
        return tr("%1, on %2").arg(Words::of(replay.stored.verdict), Format::dateTime(replay.askedAt));
    }
    static QString again(const services::GateReplay& replay)
    {
        if (replay.again)
            return replay.isSame ? tr("Asked again now, with the same facts and the same rules: the same answer.")
                                 : tr("Asked again now, with the same facts and the same rules, the answer is another one: \"%1\". Tell the administrator.")
                                       .arg(Words::of(replay.again->verdict));
        if (replay.whyNot == services::replayproblem::kOtherRules)
            return tr("The rules of that day are not on this computer, so they cannot be asked again here.");
        if (replay.whyNot == services::replayproblem::kLostHistory)
            return tr("Contacts that were counted then are not on this computer any more, so the rules cannot be asked again here.");
        return tr("The question was not kept with this contact, so the rules cannot be asked again.");
    }
    static QString rules(const services::GateReplay& replay)
    {
        QStringList packs;
        for (const auto& pack : replay.stored.packs)
            packs << q(pack.id + " " + pack.version + " (" + pack.hash.substr(0, 19) + "…)");
        //: %1 is a list of rule packs with versions
        return tr("Rules: %1").arg(packs.join(QStringLiteral(", ")));
    }
    static QString wentOn(const std::string& reason) { return tr("Somebody went on in spite of it: %1.").arg(Words::overrideReason(reason)); }
    static QString whatIsAsked() { return tr("What was asked"); }
    static QString close() { return tr("Close"); }
    static QString windowTitle() { return tr("Why was this allowed?"); }
};

QString sentenceOf(const compliance::LocalisedText& text)
{
    const auto found = text.find(packLanguage());
    return q(found != text.end() ? found->second : text.empty() ? std::string() : text.begin()->second);
}

void addRow(QVBoxLayout* down, QWidget* parent, compliance::Verdict verdict, const QString& text, const QString& clause)
{
    auto* across = row(10);
    auto* icon = new QLabel(parent);
    const Colours& c = Colours::of(parent->palette());
    const QColor colour = verdict == compliance::Verdict::Allow ? c.allow : verdict == compliance::Verdict::Warn ? c.warn : verdict == compliance::Verdict::Hold ? c.hold : c.block;
    icon->setPixmap(linePixmap(lightIconName(verdict), colour, 20, parent->devicePixelRatioF()));
    icon->setAccessibleName(Words::of(verdict));
    icon->setToolTip(Words::of(verdict));
    across->addWidget(icon, 0, Qt::AlignTop);
    auto* words = column(nullptr, 0, 1);
    QLabel* sentence = makeLabel(parent);
    sentence->setText(text);
    sentence->setWordWrap(true);
    QLabel* source = makeLabel(parent, QStringLiteral("small"));
    source->setText(clause);
    source->setWordWrap(true);
    words->addWidget(sentence);
    words->addWidget(source);
    across->addLayout(words, 1);
    down->addLayout(across);
}

void addOpinions(QVBoxLayout* down, QWidget* parent, const services::GateReplay& replay)
{
    const auto clauseOf = [](const std::string& clause, compliance::Confidence confidence) {
        return clause.empty() ? QString() : clauseText(clause + " (" + std::string(toWord(confidence)) + ")");
    };
    if (replay.opinions.empty())
        for (const compliance::Reason& reason : replay.stored.reasons)
            addRow(down, parent, reason.verdict, sentenceOf(reason.text), clauseOf(reason.clause, reason.confidence));
    for (const compliance::RuleOpinion& opinion : replay.opinions)
        addRow(down, parent, opinion.verdict, sentenceOf(opinion.text), clauseOf(opinion.clause, opinion.confidence));
}

QScrollArea* opinionList(QDialog* dialog, const services::GateReplay& replay)
{
    auto* body = new QWidget(dialog);
    auto* down = column(body, 0, 10);
    addOpinions(down, body, replay);
    down->addStretch(1);
    auto* scroll = new QScrollArea(dialog);
    scroll->setObjectName(QStringLiteral("gateOpinions"));
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(body);
    return scroll;
}

void addText(QDialog* dialog, QVBoxLayout* down, const QString& look, const QString& text)
{
    QLabel* label = makeLabel(dialog, look);
    label->setText(text);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    down->addWidget(label);
}

} // namespace

void showGateReplay(const services::GateReplay& replay, QWidget* window)
{
    auto* dialog = new QDialog(window);
    dialog->setObjectName(QStringLiteral("gateReplay"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(GateReplayTexts::windowTitle());
    dialog->resize(640, 560);
    auto* down = column(dialog, 20, 10);
    addText(dialog, down, QStringLiteral("heading"), GateReplayTexts::title(replay));
    if (!replay.overrideReason.empty())
        addText(dialog, down, QStringLiteral("chip-warn"), GateReplayTexts::wentOn(replay.overrideReason));
    addText(dialog, down, {}, GateReplayTexts::again(replay));
    addText(dialog, down, QStringLiteral("small"), GateReplayTexts::rules(replay));
    addText(dialog, down, QStringLiteral("section"), GateReplayTexts::whatIsAsked());
    down->addWidget(opinionList(dialog, replay), 1);
    QPushButton* close = makeButton(dialog, QStringLiteral("closeReplay"));
    close->setText(GateReplayTexts::close());
    close->setDefault(true);
    QObject::connect(close, &QPushButton::clicked, dialog, &QDialog::accept);
    down->addWidget(close, 0, Qt::AlignRight);
    dialog->open();
}

} // namespace evenhand::ui
