// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/phrasetextedit.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QInputMethodEvent>
#include <QKeyEvent>
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

int codePoints(const QString& text, qsizetype end)
{
    int count = 0;
    for (qsizetype at = 0; at < end && at < text.size(); ++at)
        count += text.at(at).isLowSurrogate() ? 0 : 1;
    return count;
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

void PhraseTextEdit::lookAgain()
{
    if (!m_live)
        return;
    compliance::PhraseContext context = m_live->context();
    context.trueFacts = m_facts;
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
    // An "ignore here" ends when the words it was said about are no longer there.
    std::erase_if(m_ignored, [](const Marked& mark) { return mark.range.selectedText() != mark.text; });
    std::vector<compliance::PhraseHit> open;
    for (const compliance::PhraseHit& hit : m_live->hits())
        if (!isIgnored(hit))
            open.push_back(hit);
    if (open == m_open)
        return;
    m_open = std::move(open);
    underline();
    describeToScreenReader();
    m_gutter->update();
    Q_EMIT hitsChanged();
}

bool PhraseTextEdit::isIgnored(const compliance::PhraseHit& hit) const
{
    return std::any_of(m_ignored.begin(), m_ignored.end(), [&](const Marked& mark) {
        return mark.rule == hit.ruleId && mark.range.selectionStart() == int(hit.start) && mark.range.selectionEnd() == int(hit.end);
    });
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
    return std::any_of(m_open.begin(), m_open.end(), [](const compliance::PhraseHit& hit) { return hit.severity == compliance::Severity::Block && !hit.missing; });
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
    m_done.push_back({rule, wording, cursorOver(start, start + wording.size()), QStringLiteral("replaced")});
    setTextCursor(cursor);
}

void PhraseTextEdit::quoteHit(const compliance::PhraseHit& hit)
{
    if (!m_live)
        return;
    const QTextCursor own = textCursor();
    compliance::TextRange range = sentenceAround(m_live->text(), hit.start, hit.end);
    if (own.hasSelection() && own.selectionStart() <= hit.start && hit.end <= own.selectionEnd())
        range = {own.selectionStart(), own.selectionEnd()};
    m_done.push_back({hit.ruleId, cursorOver(hit.start, hit.end).selectedText(), cursorOver(hit.start, hit.end), QStringLiteral("quoted")});
    compliance::PhraseContext context = m_live->context();
    context.quotations.push_back(range);
    m_live->setContext(std::move(context));
    publish();
}

void PhraseTextEdit::ignoreHit(const compliance::PhraseHit& hit)
{
    const QTextCursor range = cursorOver(hit.start, hit.end);
    m_ignored.push_back({hit.ruleId, range.selectedText(), range, QStringLiteral("ignored")});
    publish();
}

void PhraseTextEdit::forgetIgnored()
{
    m_ignored.clear();
    if (m_live)
        publish();
}

void PhraseTextEdit::goToNextHit()
{
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
    for (const Marked& mark : m_ignored)
        add(mark.rule, mark.range.selectionStart(), mark.range.selectionEnd(), "ignored");
    for (const Marked& mark : m_done)
        if (mark.range.selectedText() == mark.text)   // not if the agent undid or changed it
            add(mark.rule, mark.range.selectionStart(), mark.range.selectionEnd(), mark.action == QStringLiteral("quoted") ? "quoted" : "replaced");
    return found;
}

void PhraseTextEdit::startAfresh(const QString& text)
{
    m_ignored.clear();
    m_done.clear();
    if (m_live) {
        compliance::PhraseContext context;
        context.trueFacts = m_facts;
        m_live->setContext(std::move(context));
    }
    setPlainText(text);
    document()->clearUndoRedoStacks();
    if (m_live)
        publish();
}

void PhraseTextEdit::inputMethodEvent(QInputMethodEvent* event)
{
    m_composing = !event->preeditString().isEmpty();
    QPlainTextEdit::inputMethodEvent(event);
    if (!m_composing && m_missedChange) {
        m_missedChange = false;
        lookAtText();
    }
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
