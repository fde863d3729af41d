// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/playerpanel.h"

#include <algorithm>

#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QShortcut>

#include "app/services/packservice.h"
#include "ui/models/queuemodel.h"
#include "ui/review/exportdialog.h"
#include "ui/text/errortext.h"
#include "ui/text/format.h"
#include "ui/text/soundtext.h"
#include "ui/text/strings.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {

constexpr double kSpeeds[] = {0.5, 0.75, 1.0, 1.25, 1.5, 2.0};
constexpr int kPlainSpeed = 2;
constexpr std::int64_t kNearMs = 400;                    // a mark this close behind the position is the one one stands at

QString timeText(std::int64_t ms) { return Format::duration(ms / 1000); }

} // namespace

PlayerPanel::PlayerPanel(const Services& services, QWidget* keysFor, QWidget* parent)
    : QFrame(parent), m_services(services), m_banner(new Banner(this)), m_which(new QComboBox(this)), m_play(makeButton(this, QStringLiteral("playRecording"), QStringLiteral("primary"))),
      m_time(makeLabel(this, QStringLiteral("figure"))), m_speed(new QComboBox(this)), m_skip(makeButton(this, QStringLiteral("skipSilence"))), m_loop(makeButton(this, QStringLiteral("loopRange"))),
      m_comment(makeButton(this, QStringLiteral("commentRecording"))), m_export(makeButton(this, QStringLiteral("exportRecording"))), m_facts(makeLabel(this, QStringLiteral("muted"))), m_wave(new Waveform(this)),
      m_list(new QListWidget(this)), m_commentText(new QLineEdit(this)), m_keys(makeLabel(this, QStringLiteral("small")))
{
    setObjectName(QStringLiteral("playerPanel"));
    setProperty("look", QStringLiteral("card"));
    nameInput(m_which, QStringLiteral("whichRecording"));
    nameInput(m_speed, QStringLiteral("playSpeed"));
    nameInput(m_commentText, QStringLiteral("commentText"));
    m_list->setObjectName(QStringLiteral("recordingMarks"));
    for (const double speed : kSpeeds)
        m_speed->addItem(QStringLiteral("%1×").arg(speed), speed);
    m_speed->setCurrentIndex(kPlainSpeed);
    m_skip->setCheckable(true);
    m_loop->setCheckable(true);
    layOut();
    connectParts();
    addShortcuts(keysFor);
    m_texts.add([this] {
        m_which->setAccessibleName(tr("Recording"));
        m_speed->setAccessibleName(tr("Speed"));
        m_wave->setAccessibleName(tr("Levels of the recording"));
        m_list->setAccessibleName(tr("Marks of the recording"));
        m_skip->setText(tr("Skip silence  S"));
        m_loop->setText(tr("Repeat  L"));
        m_comment->setText(tr("Comment  C"));
        m_export->setText(tr("Export …  E"));
        m_commentText->setAccessibleName(tr("Comment"));
        m_keys->setText(tr("Space plays  ·  ← → 5 s, with Shift 1 s, with Ctrl 30 s  ·  0 … 9 tenths  ·  N P marks  ·  + − speed  ·  Z X zoom"));
        fillMarks();
        showState();
    });
    clear();
}

void PlayerPanel::layOut()
{
    auto* down = column(this, 12, 8);
    down->addWidget(m_banner);
    auto* bar = row(8);
    bar->addWidget(m_play);
    bar->addWidget(m_time);
    bar->addWidget(m_which);
    bar->addWidget(m_facts, 1);
    bar->addWidget(m_speed);
    for (QPushButton* button : {m_skip, m_loop, m_comment, m_export})
        bar->addWidget(button);
    down->addLayout(bar);
    auto* across = row(12);
    auto* left = column(nullptr, 0, 6);
    left->addWidget(m_wave);
    m_commentText->hide();
    left->addWidget(m_commentText);
    left->addWidget(m_keys);
    left->addStretch(1);
    across->addLayout(left, 7);
    m_list->setMinimumWidth(280);
    m_list->setMaximumHeight(160);
    m_list->setFrameShape(QFrame::NoFrame);
    across->addWidget(m_list, 3);
    down->addLayout(across);
}

void PlayerPanel::connectParts()
{
    services::PlaybackService& playback = m_services.playback;
    connect(m_play, &QPushButton::clicked, this, &PlayerPanel::togglePlay);
    connect(m_speed, &QComboBox::activated, this, [this] { m_services.playback.setSpeed(m_speed->currentData().toDouble()); });
    connect(m_skip, &QPushButton::toggled, this, [this](bool on) { m_services.playback.setSkipsSilence(on); });
    connect(m_loop, &QPushButton::clicked, this, &PlayerPanel::toggleLoop);
    connect(m_comment, &QPushButton::clicked, this, &PlayerPanel::beginComment);
    connect(m_export, &QPushButton::clicked, this, &PlayerPanel::beginExport);
    connect(m_which, &QComboBox::activated, this, &PlayerPanel::choose);
    connect(m_commentText, &QLineEdit::returnPressed, this, &PlayerPanel::saveComment);
    connect(m_wave, &Waveform::seekRequested, &playback, &services::PlaybackService::seek);
    connect(m_wave, &Waveform::rangeChosen, this, [this](std::int64_t from, std::int64_t to) {
        m_loopFrom.reset();
        m_services.playback.setLoop(std::pair(from, to));
        m_services.playback.seek(from);
    });
    connect(m_list, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) { m_services.playback.seek(item->data(Qt::UserRole).toLongLong()); });
    connect(m_list, &QListWidget::itemClicked, this, [this](const QListWidgetItem* item) { m_services.playback.seek(item->data(Qt::UserRole).toLongLong()); });
    connect(&playback, &services::PlaybackService::changed, this, &PlayerPanel::showState);
    connect(&playback, &services::PlaybackService::levelsReady, this, [this](const base::Bytes& levels, int sides) {
        if (const auto* recording = current()) {
            m_wave->setLevels(levels, sides, recording->durationMs);
            m_wave->setMarks(m_marks);
        }
    });
    connect(&playback, &services::PlaybackService::failed, this, [this](const base::Error& error) {
        m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), SoundText::playing(error));
    });
}

void PlayerPanel::addShortcuts(QWidget* keysFor)
{
    const auto on = [this, keysFor](const QKeySequence& keys, auto action) {
        auto* shortcut = new QShortcut(keys, keysFor, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, action);
        m_shortcuts.push_back(shortcut);
    };
    on(Qt::Key_Space, [this] { togglePlay(); });
    const std::pair<Qt::KeyboardModifier, std::int64_t> steps[] = {{Qt::NoModifier, 5'000}, {Qt::ShiftModifier, 1'000}, {Qt::ControlModifier, 30'000}};
    for (const auto& [modifier, ms] : steps) {
        on(QKeyCombination(modifier, Qt::Key_Left), [this, by = -ms] { jumpBy(by); });
        on(QKeyCombination(modifier, Qt::Key_Right), [this, by = ms] { jumpBy(by); });
    }
    for (int tenth = 0; tenth < 10; ++tenth)
        on(QKeySequence(Qt::Key(Qt::Key_0 + tenth)), [this, tenth] { m_services.playback.seek(m_services.playback.view().durationMs * tenth / 10); });
    on(Qt::Key_N, [this] { jumpToMark(1); });
    on(Qt::Key_P, [this] { jumpToMark(-1); });
    on(Qt::Key_Plus, [this] { changeSpeed(1); });
    on(Qt::Key_Equal, [this] { changeSpeed(1); });
    on(Qt::Key_Minus, [this] { changeSpeed(-1); });
    on(Qt::Key_S, [this] { m_skip->toggle(); });
    on(Qt::Key_L, [this] { toggleLoop(); });
    on(Qt::Key_C, [this] { beginComment(); });
    on(Qt::Key_E, [this] { beginExport(); });
    on(Qt::Key_Z, [this] { m_wave->zoom(2.0, m_services.playback.view().positionMs); });
    on(Qt::Key_X, [this] { m_wave->zoom(0.5, m_services.playback.view().positionMs); });
    auto* escape = new QShortcut(Qt::Key_Escape, m_commentText, nullptr, nullptr, Qt::WidgetShortcut);
    connect(escape, &QShortcut::activated, m_commentText, &QWidget::hide);
}

const services::RecordingInfo* PlayerPanel::current() const
{
    return m_chosen >= 0 && m_chosen < int(m_recordings.size()) ? &m_recordings[std::size_t(m_chosen)] : nullptr;
}

void PlayerPanel::clear()
{
    m_latest.dropAll();
    m_row.reset();
    m_recordings.clear();
    m_chosen = -1;
    setPlayable(false);
    m_services.playback.close();
    hide();
}

void PlayerPanel::setPlayable(bool isPlayable)
{
    for (QShortcut* shortcut : m_shortcuts)
        shortcut->setEnabled(isPlayable);
}

void PlayerPanel::showCall(const services::CallLogRow& row)
{
    if (m_row && m_row->eventId == row.eventId && !m_recordings.empty())
        return;                                          // a refresh of the list: nothing is torn out of the ears
    clear();
    if (!row.caseId)
        return;
    m_row = row;
    load();
}

void PlayerPanel::load()
{
    whenLatest(m_services.playback.ofCall(*m_row->caseId, m_row->eventId), this, m_latest, [this](const base::Result<std::vector<services::RecordingInfo>>& found) {
        if (!found || found->empty())
            return;
        const bool isFirst = m_recordings.empty();
        m_recordings = *found;
        if (!isFirst)
            return fillMarks();                          // a comment was added
        m_which->clear();
        for (const auto& recording : m_recordings)
            m_which->addItem(Format::dateTime(recording.startedAt) + QStringLiteral("  ") + timeText(recording.durationMs));
        m_which->setVisible(m_recordings.size() > 1);
        choose(0);
        show();
    });
}

void PlayerPanel::choose(int index)
{
    m_chosen = index;
    const auto* recording = current();
    if (!recording)
        return;
    m_banner->clear();
    m_loopFrom.reset();
    setPlayable(true);
    m_wave->clear();
    m_wave->setLevels(recording->overview, recording->sides, recording->durationMs);
    fillMarks();
    QStringList facts;
    if (const QString ended = SoundText::ended(recording->ended); !ended.isEmpty())
        facts << ended;
    if (recording->lostMs > 0)
        facts << tr("%1 missing").arg(timeText(std::max<std::int64_t>(1'000, recording->lostMs)));
    if (!recording->isHere)
        facts << tr("from the server");
    m_facts->setText(facts.join(QStringLiteral("  ·  ")));
    m_services.playback.open(*recording);
}

QString PlayerPanel::textOf(const domain::RecordingMark& mark) const
{
    namespace kind = domain::markkind;
    if (mark.kind == kind::kGap)
        //: %1 is "your side" …, %2 why
        return tr("Gap: %1").arg(SoundText::gapReason(mark.ref));
    if (mark.kind == kind::kMute)
        return tr("Left out: %1").arg(SoundText::muteReason(mark.ref));
    if (mark.kind == kind::kPhrase)
        return tr("Phrase: %1").arg(q(mark.ref));
    if (mark.kind == kind::kNote)
        return tr("Note");
    const auto packs = m_services.packs.active();
    if (mark.kind == kind::kOutcome)
        return tr("Outcome: %1").arg(outcomeLabel(packs ? &packs->outcomes : nullptr, mark.ref));
    return mark.kind == kind::kStep ? tr("Step: %1").arg(q(mark.ref)) : q(mark.kind);
}

void PlayerPanel::fillMarks()
{
    const auto* recording = current();
    m_marks.clear();
    m_list->clear();
    if (!recording)
        return;
    for (const auto& mark : recording->marks)
        m_marks.push_back({mark.atMs, mark.atMs + std::max<std::int64_t>(0, mark.durationMs), q(mark.kind), textOf(mark)});
    for (const auto& comment : recording->comments)
        m_marks.push_back({comment.fromMs, comment.toMs, QStringLiteral("comment"), q(comment.by) + QStringLiteral(": ") + q(comment.text)});
    for (const auto& [fromMs, lengthMs] : m_services.playback.view().damaged)
        m_marks.push_back({fromMs, fromMs + lengthMs, QStringLiteral("damage"), tr("Damaged: cannot be heard any more")});
    std::ranges::stable_sort(m_marks, {}, &WaveMark::fromMs);
    for (const WaveMark& mark : m_marks) {
        auto* item = new QListWidgetItem(timeText(mark.fromMs) + QStringLiteral("  ") + mark.text, m_list);
        item->setData(Qt::UserRole, qlonglong(mark.fromMs));
        item->setToolTip(mark.text);
    }
    m_wave->setMarks(m_marks);
}

void PlayerPanel::showState()
{
    const services::PlaybackView& view = m_services.playback.view();
    const bool isPlaying = view.phase == services::PlaybackPhase::Playing || view.phase == services::PlaybackPhase::Waiting;
    const Colours& c = Colours::of(palette());
    m_play->setIcon(lineIcon(isPlaying ? QStringLiteral("pause") : QStringLiteral("play"), c.onAccent));
    m_play->setText(isPlaying ? tr("Pause") : tr("Play"));
    const auto* recording = current();
    const std::int64_t durationMs = view.durationMs > 0 ? view.durationMs : recording ? recording->durationMs : 0;
    const QString waiting = view.phase == services::PlaybackPhase::Waiting || view.phase == services::PlaybackPhase::Opening ? tr("  fetching …") : QString();
    m_time->setText(timeText(view.positionMs) + QStringLiteral(" / ") + timeText(durationMs) + waiting);
    m_wave->setPosition(view.positionMs);
    m_wave->setRange(view.loop);
    m_loop->setChecked(view.loop.has_value() || m_loopFrom.has_value());
    const auto marked = std::ranges::count(m_marks, QStringLiteral("damage"), &WaveMark::look);
    if (std::size_t(marked) != view.damaged.size() && recording)
        fillMarks();
}

void PlayerPanel::togglePlay()
{
    const auto phase = m_services.playback.view().phase;
    if (phase == services::PlaybackPhase::Playing || phase == services::PlaybackPhase::Waiting)
        m_services.playback.pause();
    else
        m_services.playback.play();
}

void PlayerPanel::jumpBy(std::int64_t ms)
{
    m_services.playback.seek(std::max<std::int64_t>(0, m_services.playback.view().positionMs + ms));
}

void PlayerPanel::jumpToMark(int direction)
{
    const std::int64_t now = m_services.playback.view().positionMs;
    int target = -1;
    for (int i = 0; i < int(m_marks.size()); ++i) {
        const std::int64_t at = m_marks[std::size_t(i)].fromMs;
        if (direction > 0 && at > now + 50) {
            target = i;
            break;
        }
        if (direction < 0 && at < now - kNearMs)
            target = i;
    }
    if (target < 0)
        return;
    m_list->setCurrentRow(target);
    m_services.playback.seek(m_marks[std::size_t(target)].fromMs);
}

void PlayerPanel::changeSpeed(double direction)
{
    m_speed->setCurrentIndex(std::clamp(m_speed->currentIndex() + (direction > 0 ? 1 : -1), 0, m_speed->count() - 1));
    m_services.playback.setSpeed(m_speed->currentData().toDouble());
}

/// First press: from here. Second: to here, and round again. Third: no more.
void PlayerPanel::toggleLoop()
{
    const services::PlaybackView& view = m_services.playback.view();
    if (view.loop) {
        m_loopFrom.reset();
        m_services.playback.setLoop(std::nullopt);
    } else if (!m_loopFrom) {
        m_loopFrom = view.positionMs;
        m_loop->setText(tr("Repeat to here  L"));
    } else {
        m_services.playback.setLoop(std::pair(std::min(*m_loopFrom, view.positionMs), std::max(*m_loopFrom, view.positionMs)));
        m_loopFrom.reset();
    }
    if (!m_loopFrom)
        m_loop->setText(tr("Repeat  L"));
    showState();
}

void PlayerPanel::beginComment()
{
    m_commentAtMs = m_services.playback.view().positionMs;
    //: %1 is a time such as 3:05
    m_commentText->setPlaceholderText(tr("Comment at %1: Enter saves, Esc drops it").arg(timeText(m_commentAtMs)));
    m_commentText->show();
    m_commentText->setFocus();
}

void PlayerPanel::saveComment()
{
    const auto* recording = current();
    const QString text = m_commentText->text().trimmed();
    if (!recording || text.isEmpty())
        return;
    const auto range = m_services.playback.view().loop;
    const std::int64_t from = range ? range->first : m_commentAtMs;
    const std::int64_t to = range ? range->second : m_commentAtMs;
    whenReady(m_services.playback.comment(*recording, from, to, u8(text)), this, [this](const base::Result<>& saved) {
        if (!saved) {
            m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::notSaved(saved.error()));
            return;                                      // the text stays
        }
        m_commentText->clear();
        m_commentText->hide();
        m_wave->setFocus();
        if (m_row)
            load();
    });
}

void PlayerPanel::beginExport()
{
    const auto* recording = current();
    if (!recording)
        return;
    // No name and no number of a person in a file name: the case number and the time say which one it is.
    const QString name = q(recording->caseNo) + QDateTime::fromMSecsSinceEpoch(recording->startedAt.milliseconds()).toString(QStringLiteral("_yyyyMMdd_HHmmss"));
    auto* dialog = new ExportDialog(name, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ExportDialog::exportRequested, this, [this, chosen = *recording](const services::ExportRequest& request) {
        whenReady(m_services.playback.exportTo(chosen, request), this, [this, path = q(request.path)](const base::Result<>& done) {
            if (done)
                m_banner->say(QStringLiteral("allow"), QStringLiteral("check"), tr("Exported to %1").arg(path));
            else if (done.error().code == base::ErrorCode::NotFound)
                m_banner->say(QStringLiteral("warn"), QStringLiteral("light-warn"), tr("The recording is still being fetched, or the folder is not there. Try again in a moment."));
            else
                m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), tr("Not exported. %1").arg(ErrorText::of(done.error())));
        });
    });
    dialog->open();
}

void PlayerPanel::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
    if (event->type() == QEvent::PaletteChange)
        showState();
}

} // namespace evenhand::ui
