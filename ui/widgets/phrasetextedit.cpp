// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/phrasetextedit.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>

#include "ui/text/clausetranslator.h"
#include "ui/text/language.h"
#include "ui/text/strings.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"

namespace evenhand::ui {

/// The strip left of the text with an icon on each line that has a hit.
class PhraseGutter : public QWidget {
public:
    explicit PhraseGutter(PhraseTextEdit* edit) : QWidget(edit), m_edit(edit) { setAccessibleName(QStringLiteral("gutter")); }

protected:
    void paintEvent(QPaintEvent* event) override { m_edit->paintGutter(event); }

private:
    PhraseTextEdit* m_edit;
};

QString messageOf(const compliance::PhraseHit& hit)
{
    const auto wanted = hit.message.find(packLanguage());
    if (wanted != hit.message.end())
        return q(wanted->second);
    return hit.message.empty() ? q(hit.ruleId) : q(hit.message.begin()->second);
}

QString severityIcon(compliance::Severity severity)
{
    switch (severity) {
    case compliance::Severity::Block: return QStringLiteral("light-block");
    case compliance::Severity::Warn: return QStringLiteral("light-warn");
    case compliance::Severity::Hint: return QStringLiteral("info");
    }
    return {};
}

QColor severityColour(compliance::Severity severity, const QPalette& palette)
{
    const Colours& c = Colours::of(palette);
    switch (severity) {
    case compliance::Severity::Block: return c.block;
    case compliance::Severity::Warn: return c.warn;
    case compliance::Severity::Hint: return c.accent;
    }
    return c.muted;
}

namespace {

QTextCharFormat::UnderlineStyle underlineOf(compliance::Severity severity)
{
    switch (severity) {
    case compliance::Severity::Block: return QTextCharFormat::WaveUnderline;
    case compliance::Severity::Warn: return QTextCharFormat::DashUnderline;
    case compliance::Severity::Hint: return QTextCharFormat::DotLine;
    }
    return QTextCharFormat::NoUnderline;
}

/// Where the sentence around [start, end) begins and ends: what "the debtor said" covers.
compliance::TextRange sentenceAround(const QString& text, qsizetype start, qsizetype end)
{
    static const QString kEnds = QStringLiteral("。！？!?\n;；");
    while (start > 0 && !kEnds.contains(text.at(start - 1)))
        --start;
    while (end < text.size() && !kEnds.contains(text.at(end)))
        ++end;
    return {start, end};
}

} // namespace

PhraseTextEdit::PhraseTextEdit(QWidget* parent) : QPlainTextEdit(parent), m_gutter(new PhraseGutter(this))
{
    setTabChangesFocus(true);
    setViewportMargins(gutterWidth(), 0, 0, 0);
    connect(document(), &QTextDocument::contentsChanged, this, &PhraseTextEdit::lookAtText);
    connect(this, &QPlainTextEdit::updateRequest, m_gutter, qOverload<>(&QWidget::update));
}

PhraseTextEdit::~PhraseTextEdit()
{
    disconnect(document(), nullptr, this, nullptr);
}

void PhraseTextEdit::setChecker(const compliance::PhraseChecker& checker)
{
    m_live = std::make_unique<compliance::PhraseLiveText>(checker);
    m_live->setText(toPlainText());
    lookAgain();
}

void PhraseTextEdit::setFacts(std::set<std::string> trueFacts)
{
    m_facts = std::move(trueFacts);
    lookAgain();
}

void PhraseTextEdit::setUse(PhraseUse use)
{
    m_use = use;
    Q_EMIT hitsChanged();   // other actions are on offer now
}

void PhraseTextEdit::setTextKind(std::string kind)
{
    m_textKind = std::move(kind);
    lookAgain();
}

void PhraseTextEdit::lookAgain()
{
    if (!m_live)
        return;
    compliance::PhraseContext context;
    context.trueFacts = m_facts;
    context.textKind = m_textKind;
    context.quotations = m_decisions.quotations();
    m_live->setContext(std::move(context));
    publish();
}

void PhraseTextEdit::lookAtText()
{
    if (m_composing) {
        m_missedChange = true;
        return;
    }
    if (!m_live)
        return;
    // What QTextDocument reports may cover more than what changed; the common ends of both texts are exact.
    const QString now = toPlainText();
    const QString& before = m_live->text();
    const qsizetype shorter = std::min(now.size(), before.size());
    qsizetype head = 0;
    while (head < shorter && now.at(head) == before.at(head))
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && now.at(now.size() - 1 - tail) == before.at(before.size() - 1 - tail))
        ++tail;
    if (head == now.size() && now.size() == before.size())
        return;
    m_live->edit(head, before.size() - head - tail, QStringView(now).mid(head, now.size() - head - tail));
    publish();
}

void PhraseTextEdit::publish()
{
    m_decisions.dropStale();
    std::vector<compliance::PhraseHit> open;
    for (const compliance::PhraseHit& hit : m_live->hits())
        if (!m_decisions.settles(hit))
            open.push_back(hit);
    if (open == m_open)
        return;
    m_open = std::move(open);
    underline();
    describeToScreenReader();
    m_gutter->update();
    Q_EMIT hitsChanged();
}

void PhraseTextEdit::underline()
{
    QList<QTextEdit::ExtraSelection> marks;
    for (const compliance::PhraseHit& hit : m_open) {
        if (hit.missing)
            continue;
        QTextEdit::ExtraSelection mark;
        mark.cursor = cursorOver(hit.start, hit.end);
        mark.format.setUnderlineStyle(underlineOf(hit.severity));
        mark.format.setUnderlineColor(severityColour(hit.severity, palette()));
        QColor tint = severityColour(hit.severity, palette());
        tint.setAlpha(28);
        mark.format.setBackground(tint);
        marks << mark;
    }
    setExtraSelections(marks);
}

void PhraseTextEdit::describeToScreenReader()
{
    QStringList lines;
    for (const compliance::PhraseHit& hit : m_open)
        //: Read aloud: %1 is the phrase, %2 the reason
        lines << tr("Not allowed: “%1”. %2").arg(wordsOf(hit), messageOf(hit));
    setAccessibleDescription(lines.join(u' '));
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

QString PhraseTextEdit::wordsOf(const compliance::PhraseHit& hit) const
{
    return hit.missing ? hit.matched : cursorOver(hit.start, hit.end).selectedText();
}

bool PhraseTextEdit::hasBlockingHit() const
{
    return std::any_of(m_open.begin(), m_open.end(), [this](const compliance::PhraseHit& hit) {
        return hit.severity == compliance::Severity::Block && (!hit.missing || m_use == PhraseUse::Outgoing);
    });
}

QString PhraseTextEdit::whyNot() const
{
    if (m_composing)
        return tr("Finish the word you are composing first.");
    if (!m_live && m_use == PhraseUse::Outgoing)
        return tr("The rules are not loaded yet, so nothing can be sent.");
    if (!hasBlockingHit())
        return {};
    return m_use == PhraseUse::Outgoing ? tr("This cannot be sent: it has a phrase that is not allowed, or lacks one that is required. Change the wording.")
                                        : tr("There is a phrase that is not allowed: replace it, mark it as the debtor's words, or appeal with a reason.");
}

bool PhraseTextEdit::mayQuote(const compliance::PhraseHit& hit) const
{
    return m_use == PhraseUse::Internal && !hit.missing;
}

bool PhraseTextEdit::mayIgnore(const compliance::PhraseHit& hit) const
{
    return hit.severity != compliance::Severity::Block && !hit.missing;
}

bool PhraseTextEdit::mayAppeal(const compliance::PhraseHit& hit) const
{
    return m_use == PhraseUse::Internal && hit.severity == compliance::Severity::Block && !hit.missing;
}

QTextCursor PhraseTextEdit::cursorOver(qsizetype start, qsizetype end) const
{
    QTextCursor cursor(document());
    const int last = document()->characterCount() - 1;
    cursor.setPosition(std::min(int(start), last));
    cursor.setPosition(std::min(int(end), last), QTextCursor::KeepAnchor);
    cursor.setKeepPositionOnInsert(true);   // what is typed right behind a phrase is not part of it
    return cursor;
}

const compliance::PhraseHit* PhraseTextEdit::hitAt(int position) const
{
    for (const compliance::PhraseHit& hit : m_open)
        if (!hit.missing && hit.start <= position && position <= hit.end)
            return &hit;
    return nullptr;
}

void PhraseTextEdit::replaceHit(const compliance::PhraseHit& hit, const QString& wording)
{
    if (m_composing)
        return;
    const std::string rule = hit.ruleId;   // the insertion below renews m_open, and `hit` may live there
    QTextCursor cursor = cursorOver(hit.start, hit.end);
    const int start = cursor.selectionStart();
    cursor.insertText(wording);
    m_decisions.add({rule, wording, cursorOver(start, start + wording.size()), PhraseAction::Replaced});
    setTextCursor(cursor);
}

void PhraseTextEdit::quoteHit(const compliance::PhraseHit& hit)
{
    if (!m_live || m_composing || !mayQuote(hit))
        return;
    const QTextCursor own = textCursor();
    compliance::TextRange range = sentenceAround(m_live->text(), hit.start, hit.end);
    if (own.hasSelection() && own.selectionStart() <= hit.start && hit.end <= own.selectionEnd())
        range = {own.selectionStart(), own.selectionEnd()};
    const QTextCursor words = cursorOver(hit.start, hit.end);
    m_decisions.add({hit.ruleId, words.selectedText(), words, PhraseAction::Quoted, {}, cursorOver(range.start, range.end)});
    lookAgain();
}

void PhraseTextEdit::ignoreHit(const compliance::PhraseHit& hit)
{
    if (!m_live || !mayIgnore(hit))
        return;
    const QTextCursor range = cursorOver(hit.start, hit.end);
    m_decisions.add({hit.ruleId, range.selectedText(), range, PhraseAction::Ignored});
    publish();
}

void PhraseTextEdit::appealHit(const compliance::PhraseHit& hit, const QString& reason)
{
    if (!m_live || !mayAppeal(hit) || reason.trimmed().isEmpty())
        return;
    const QTextCursor range = cursorOver(hit.start, hit.end);
    m_decisions.add({hit.ruleId, range.selectedText(), range, PhraseAction::Appealed, reason.trimmed()});
    publish();
}

void PhraseTextEdit::revokeDecision(std::size_t index)
{
    m_decisions.revoke(index);
    const auto before = m_open;
    lookAgain();
    if (m_open == before)
        Q_EMIT hitsChanged();   // the list of decisions is shorter all the same
}

void PhraseTextEdit::goToNextHit()
{
    if (m_composing)
        return;   // moving the cursor would break the composition off
    const int from = textCursor().position();
    for (const bool wrapped : {false, true})
        for (const compliance::PhraseHit& hit : m_open)
            if (!hit.missing && (wrapped || hit.start > from)) {
                QTextCursor cursor(document());
                cursor.setPosition(int(hit.start));
                setTextCursor(cursor);
                return;
            }
}

bool PhraseTextEdit::replaceAtCursor()
{
    if (m_composing)
        return false;
    const compliance::PhraseHit* hit = hitAt(textCursor().position());
    if (!hit)
        for (const compliance::PhraseHit& any : m_open)
            if (!any.missing && !any.suggestions.empty()) {
                hit = &any;
                break;
            }
    if (!hit || hit->suggestions.empty())
        return false;
    const QString wording = hit->suggestions.front();
    replaceHit(*hit, wording);
    return true;
}

std::vector<domain::PhraseFinding> PhraseTextEdit::findings() const
{
    const QString text = toPlainText();
    std::vector<domain::PhraseFinding> found;
    const auto add = [&](const std::string& rule, qsizetype start, qsizetype end, const char* action) {
        found.push_back({rule, codePoints(text, start), codePoints(text, end), action});
    };
    for (const compliance::PhraseHit& hit : m_open)
        if (!hit.missing)
            add(hit.ruleId, hit.start, hit.end, "kept");
    m_decisions.appendFindings(text, found);
    return found;
}

void PhraseTextEdit::startAfresh(const QString& text)
{
    m_decisions.clear();
    setPlainText(text);
    document()->clearUndoRedoStacks();
    lookAgain();
}

void PhraseTextEdit::inputMethodEvent(QInputMethodEvent* event)
{
    m_composing = !event->preeditString().isEmpty();
    QPlainTextEdit::inputMethodEvent(event);
    if (!m_composing)
        finishComposing();
}

void PhraseTextEdit::finishComposing()
{
    m_composing = false;
    if (std::exchange(m_missedChange, false))
        lookAtText();
}

/// Some input methods drop what was being composed without a word when the focus goes.
void PhraseTextEdit::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (m_composing && textCursor().block().layout()->preeditAreaText().isEmpty())
        finishComposing();
}

void PhraseTextEdit::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers().testFlag(Qt::AltModifier)) {
        replaceAtCursor();
        event->accept();
        return;
    }
    if (enter && event->modifiers().testFlag(Qt::ControlModifier)) {
        event->ignore();   // save-and-next belongs to the page
        return;
    }
    if (event->key() == Qt::Key_Down && event->modifiers() == Qt::AltModifier) {
        offerChoices();
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_F7) {
        goToNextHit();
        event->accept();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

bool PhraseTextEdit::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const QPoint inViewport = viewport()->mapFrom(this, help->pos());
        if (const compliance::PhraseHit* hit = hitAt(cursorForPosition(inViewport).position()))
            QToolTip::showText(help->globalPos(), toolTipOf(*hit), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QPlainTextEdit::event(event);
}

void PhraseTextEdit::addChoices(QMenu& menu, const compliance::PhraseHit& hit)
{
    menu.addAction(linePixmap(severityIcon(hit.severity), severityColour(hit.severity, palette()), 16, devicePixelRatioF()), messageOf(hit))->setEnabled(false);
    menu.addAction(q(hit.clause))->setEnabled(false);
    menu.addSeparator();
    for (const QString& wording : hit.suggestions)
        //: %1 is the safer wording
        connect(menu.addAction(tr("Replace by “%1”").arg(wording)), &QAction::triggered, this, [this, hit, wording] { replaceHit(hit, wording); });
    if (mayQuote(hit))
        connect(menu.addAction(tr("This is what the debtor said")), &QAction::triggered, this, [this, hit] { quoteHit(hit); });
    if (mayIgnore(hit))
        connect(menu.addAction(tr("Ignore here")), &QAction::triggered, this, [this, hit] { ignoreHit(hit); });
    if (mayAppeal(hit))
        connect(menu.addAction(tr("Keep it and appeal…")), &QAction::triggered, this, [this, hit] { Q_EMIT appealWanted(hit); });
}

void PhraseTextEdit::offerChoices()
{
    const compliance::PhraseHit* hit = m_composing ? nullptr : hitAt(textCursor().position());
    if (!hit)
        return;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("phraseChoices"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addChoices(*menu, *hit);
    for (QAction* action : menu->actions())
        if (action->isEnabled() && !action->isSeparator()) {
            menu->setActiveAction(action);
            break;
        }
    menu->popup(viewport()->mapToGlobal(cursorRect().bottomLeft()));
}

void PhraseTextEdit::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = createStandardContextMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const compliance::PhraseHit* hit = m_composing ? nullptr : hitAt(cursorForPosition(event->pos()).position());
    if (hit) {
        QAction* first = menu->actions().isEmpty() ? nullptr : menu->actions().front();
        QMenu choices;
        addChoices(choices, *hit);
        const auto actions = choices.actions();
        for (QAction* action : actions) {
            action->setParent(menu);
            menu->insertAction(first, action);
        }
        menu->insertSeparator(first);
    }
    menu->popup(event->globalPos());
}

QString PhraseTextEdit::toolTipOf(const compliance::PhraseHit& hit) const
{
    QString text = messageOf(hit) + u'\n' + clauseText(hit.clause);
    if (!hit.suggestions.empty())
        //: %1 is the wording that would replace the phrase
        text += u'\n' + tr("Alt+Enter: “%1”").arg(hit.suggestions.front());
    return text;
}

void PhraseTextEdit::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    const QRect inside = contentsRect();
    m_gutter->setGeometry(inside.left(), inside.top(), gutterWidth(), inside.height());
}

void PhraseTextEdit::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        underline();
}

int PhraseTextEdit::gutterWidth() const
{
    return 22;
}

void PhraseTextEdit::paintGutter(QPaintEvent* event)
{
    QPainter painter(m_gutter);
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > event->rect().bottom())
            break;
        std::optional<compliance::Severity> worst;
        for (const compliance::PhraseHit& hit : m_open)
            if (!hit.missing && hit.start < block.position() + block.length() && hit.end > block.position())
                worst = worst ? std::max(*worst, hit.severity) : hit.severity;
        if (worst)
            painter.drawPixmap(QPointF(3, place.top() + 2 + viewport()->y() - m_gutter->y()),
                               linePixmap(severityIcon(*worst), severityColour(*worst, palette()), 16, devicePixelRatioF()));
    }
}

} // namespace evenhand::ui
