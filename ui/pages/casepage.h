// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QStackedWidget>
#include <QTimer>
#include <QWidget>

#include "app/services/caseservice.h"
#include "ui/async.h"
#include "ui/call/callpresenter.h"
#include "ui/services.h"

namespace evenhand::services {
struct ChangeSet;
}

namespace evenhand::ui {

class Banner;
class CallPanel;
class RecordingStrip;
class CaseHeader;
class FactsPanel;
class NoteComposer;
class TimelineModel;

/// One case: facts on the left; beside them its history and a note, or, during a call, script and wrap-up.
class CasePage : public QWidget {
    Q_OBJECT

public:
    CasePage(const Services& services, Dialler dialler, QWidget* parent = nullptr);

    void open(const domain::CaseId& id);
    void keepDrafts();                                   ///< before lock, quit and leaving
    void forget();                                       ///< after sign-out
    [[nodiscard]] bool isOnCall() const { return m_presenter.isOnCall(); }
    [[nodiscard]] std::optional<domain::CaseId> currentCase() const { return m_id; }

Q_SIGNALS:
    void backRequested();
    void caseRequested(const evenhand::domain::CaseId& id);
    void nextRequested();
    void savedHere();                                    ///< something of this case reached the journal

protected:
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void connectParts();
    void addShortcuts();
    void reload();
    void show(const services::CaseView& view);
    void showBanners();
    void usePacks();
    void call();
    void stageChanged(CallStage stage);
    void sayGate(CallStage stage);
    void askOverride();
    void explain(const QString& eventId);
    void askReveal(const base::Uuid& row, services::RevealField field);
    void offerDraft(const services::Draft& draft);
    void goNext();
    void plan();
    void write(const std::optional<services::PlanView>& plan);
    void decide(const services::PlanView& plan, domain::DecisionKind kind);
    void sayRecorded(const base::Result<services::Saved>& saved, const QString& text);

    Services m_services;
    CallPresenter m_presenter;
    Latest m_latest;
    std::optional<domain::CaseId> m_id;
    std::optional<services::CaseView> m_view;
    CaseHeader* m_header;
    Banner* m_hotNote;
    Banner* m_holds;
    Banner* m_gate;
    FactsPanel* m_facts;
    QStackedWidget* m_side;
    NoteComposer* m_note;
    TimelineModel* m_timeline;
    CallPanel* m_call;
    RecordingStrip* m_recording;
};

} // namespace evenhand::ui
