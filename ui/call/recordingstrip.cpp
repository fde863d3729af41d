// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/call/recordingstrip.h"

#include <QEvent>
#include <QMenu>

#include "app/services/recordingservice.h"
#include "ui/text/format.h"
#include "ui/text/soundtext.h"
#include "ui/text/strings.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/widgets/elements.h"
#include "ui/widgets/levelmeter.h"
#include "ui/widgets/phrasetextedit.h"

namespace evenhand::ui {

namespace {
constexpr const char* kReasons[] = {"payment_data", "id_number", "bystander", "other"};
constexpr std::int64_t kBehindMs = 8'000;                // sound that is not on the disk for so long is worth a word
} // namespace

RecordingStrip::RecordingStrip(services::RecordingService& recording, CallPresenter& presenter, QWidget* parent)
    : QFrame(parent), m_recording(recording), m_presenter(presenter), m_icon(new QLabel(this)), m_state(makeLabel(this)), m_names{makeLabel(this, QStringLiteral("muted")), makeLabel(this, QStringLiteral("muted"))},
      m_meters{new LevelMeter(this), new LevelMeter(this)}, m_trouble(makeLabel(this)), m_mute(makeButton(this, QStringLiteral("muteRecording"))), m_reasons(new QMenu(this))
{
    setObjectName(QStringLiteral("recordingStrip"));
    setProperty("look", QStringLiteral("card"));
    layOut();
    connect(m_mute, &QPushButton::clicked, this, &RecordingStrip::toggleMute);
    connect(&presenter, &CallPresenter::stageChanged, this, &RecordingStrip::follow);
    connect(&presenter, &CallPresenter::promptChanged, this, &RecordingStrip::markStep);
    connect(&recording, &services::RecordingService::changed, this, &RecordingStrip::show);
    m_texts.add([this] {
        m_names[0]->setText(tr("You"));
        m_names[1]->setText(tr("Other side"));
        m_meters[0]->setAccessibleName(tr("Level of your microphone"));
        m_meters[1]->setAccessibleName(tr("Level of the other side"));
        fillMenu();
        show();
    });
}

void RecordingStrip::layOut()
{
    auto* across = new QHBoxLayout(this);
    across->setContentsMargins(16, 6, 12, 6);
    across->setSpacing(10);
    across->addWidget(m_icon);
    across->addWidget(m_state);
    for (int side = 0; side < 2; ++side) {
        across->addSpacing(8);
        across->addWidget(m_names[side]);
        across->addWidget(m_meters[side], 0, Qt::AlignVCenter);
    }
    across->addSpacing(8);
    m_trouble->setWordWrap(true);
    m_trouble->setObjectName(QStringLiteral("recordingTrouble"));
    m_state->setObjectName(QStringLiteral("recordingState"));
    across->addWidget(m_trouble, 1);
    across->addWidget(m_mute);
}

void RecordingStrip::fillMenu()
{
    m_reasons->clear();
    for (const char* reason : kReasons)
        m_reasons->addAction(SoundText::muteReason(reason), this, [this, reason] { m_recording.mute(reason); });
}

void RecordingStrip::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
    if (event->type() == QEvent::PaletteChange)
        show();
}

void RecordingStrip::follow(CallStage stage)
{
    const bool isTalking = stage == CallStage::Talking;
    if (isTalking && !m_isOnCall && m_case) {
        m_step.clear();
        m_found.clear();
        m_noteBegun = false;
        static_cast<void>(m_recording.takeRecordings());   // those of the call before
        m_recording.begin("call", *m_case);
    }
    if (!isTalking && m_isOnCall)
        m_recording.end();
    m_isOnCall = isTalking;
    show();
}

void RecordingStrip::markStep()
{
    const auto prompt = m_presenter.prompt();
    if (!prompt || prompt->stepId == m_step)
        return;
    m_step = prompt->stepId;
    m_recording.mark(domain::markkind::kStep, m_step);
}

void RecordingStrip::watchNote(const PhraseTextEdit& note)
{
    connect(&note, &QPlainTextEdit::textChanged, this, [this, &note] {
        if (m_isOnCall && !m_noteBegun && !note.toPlainText().isEmpty()) {
            m_noteBegun = true;
            m_recording.mark(domain::markkind::kNote, {});
        }
    });
    connect(&note, &PhraseTextEdit::hitsChanged, this, [this, &note] {
        for (const compliance::PhraseHit& hit : note.openHits())
            if (m_isOnCall && !hit.missing && m_found.insert(hit.ruleId).second)
                m_recording.mark(domain::markkind::kPhrase, hit.ruleId);
    });
}

void RecordingStrip::toggleMute()
{
    const services::RecordingView& view = m_recording.view();
    if (view.phase != services::RecordingPhase::Recording)
        return;
    if (!view.muteReason.empty()) {
        m_recording.unmute();
        return;
    }
    m_reasons->popup(m_mute->mapToGlobal(QPoint(0, m_mute->height())));
    m_reasons->setActiveAction(m_reasons->actions().first());
}

void RecordingStrip::show()
{
    const services::RecordingView& view = m_recording.view();
    const bool isOn = view.phase != services::RecordingPhase::Off;
    const bool isMuted = !view.muteReason.empty();
    setVisible(m_presenter.isOnCall() && (isOn || view.problem || m_isOnCall));
    const Colours& c = Colours::of(palette());
    const bool isWell = isOn && !isMuted;
    m_icon->setPixmap(linePixmap(isWell ? QStringLiteral("mic") : QStringLiteral("mic-off"), isWell ? c.block : c.muted, 20, devicePixelRatioF()));
    switch (view.phase) {
    case services::RecordingPhase::Off: m_state->setText(view.problem ? tr("Not recording") : m_isOnCall ? tr("Not recorded here") : tr("Recording saved")); break;
    case services::RecordingPhase::Starting: m_state->setText(tr("Recording starts …")); break;
    case services::RecordingPhase::Saving: m_state->setText(tr("Saving the recording …")); break;
    case services::RecordingPhase::Recording:
        //: %1 is a length such as 3:05
        m_state->setText(isMuted ? tr("Left out: %1").arg(SoundText::muteReason(view.muteReason)) : tr("Recording  %1").arg(Format::duration(view.positionMs / 1000)));
        break;
    }
    for (int side = 0; side < 2; ++side) {
        const bool isShown = view.phase == services::RecordingPhase::Recording && side < view.sides;
        m_names[side]->setVisible(isShown);
        m_meters[side]->setVisible(isShown);
        m_meters[side]->setLevel(view.side[std::size_t(side)].level);
    }
    QStringList troubles;
    if (view.problem)
        troubles << SoundText::problem(*view.problem);
    if (view.phase == services::RecordingPhase::Recording) {
        for (int side = 0; side < view.sides; ++side)
            if (const QString text = SoundText::sideTrouble(view.side[std::size_t(side)], side); !text.isEmpty())
                troubles << text;
        if (view.positionMs - view.savedMs > kBehindMs)
            troubles << tr("The disk is slow; %1 are not written yet.").arg(Format::duration((view.positionMs - view.savedMs) / 1000));
        if (view.isSpaceLow)
            troubles << tr("The disk is nearly full.");
    }
    m_trouble->setText(troubles.join(u' '));
    m_mute->setVisible(view.phase == services::RecordingPhase::Recording);
    m_mute->setText(isMuted ? tr("Record again  Alt+M") : tr("Leave out …  Alt+M"));
}

} // namespace evenhand::ui
