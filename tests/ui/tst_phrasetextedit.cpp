// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>

#include "app/compliance/phraseset.h"
#include "ui/widgets/phrasepanel.h"
#include "ui/widgets/phrasetextedit.h"

using namespace evenhand;
using namespace evenhand::ui;

namespace {

compliance::PhraseRule rule(const char* id, compliance::Severity severity, const char* phrase)
{
    compliance::PhraseRule rule;
    rule.id = id;
    rule.category = rule.id.substr(0, 4);
    rule.severity = severity;
    rule.clause = "test clause";
    rule.message = {{"en", "A threat."}, {"zh_CN", "威胁。"}};
    rule.suggestions = {"请尽快联系我们", "我们约个时间"};
    rule.phrases = {phrase};
    return rule;
}

compliance::PhraseChecker checker()
{
    compliance::PhraseSet set;
    set.addRule(rule("T-01.visit", compliance::Severity::Block, "派人上门"));
    set.addRule(rule("T-02.suit", compliance::Severity::Warn, "律师函"));
    auto identity = rule("T-03.identity", compliance::Severity::Block, "本函由我司发出");
    identity.requiredIn = "letter";
    set.addRule(identity);
    auto built = compliance::PhraseChecker::build(set);
    if (!built)
        qFatal("%s", built.error().detail.c_str());
    return *built;
}

void compose(QWidget& edit, const QString& preedit)
{
    QInputMethodEvent event(preedit, {});
    QApplication::sendEvent(&edit, &event);
}

void commit(QWidget& edit, const QString& text)
{
    QInputMethodEvent event;
    event.setCommitString(text);
    QApplication::sendEvent(&edit, &event);
}

} // namespace

class TestPhraseTextEdit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_edit = std::make_unique<PhraseTextEdit>();
        m_edit->setChecker(checker());
        m_edit->show();
    }
    void hitIsUnderlinedWithAStyle()
    {
        commit(*m_edit, QStringLiteral("明天派人上门"));
        QCOMPARE(int(m_edit->openHits().size()), 1);
        QVERIFY(m_edit->hasBlockingHit());
        QCOMPARE(m_edit->extraSelections().size(), 1);
        QCOMPARE(m_edit->extraSelections().front().format.underlineStyle(), QTextCharFormat::WaveUnderline);
        QCOMPARE(m_edit->extraSelections().front().cursor.selectedText(), QStringLiteral("派人上门"));
    }
    void screenReaderGetsTheReason()
    {
        commit(*m_edit, QStringLiteral("派人上门"));
        QVERIFY(m_edit->accessibleDescription().contains(QStringLiteral("派人上门")));
    }
    void altEnterReplacesAndUndoBringsBack()
    {
        commit(*m_edit, QStringLiteral("明天派人上门"));
        QTest::keyClick(m_edit.get(), Qt::Key_Return, Qt::AltModifier);
        QCOMPARE(m_edit->toPlainText(), QStringLiteral("明天请尽快联系我们"));
        QVERIFY(m_edit->openHits().empty());
        QCOMPARE(m_edit->findings().size(), std::size_t(1));
        QCOMPARE(m_edit->findings().front().action, std::string("replaced"));
        m_edit->undo();
        QCOMPARE(m_edit->toPlainText(), QStringLiteral("明天派人上门"));
        QCOMPARE(int(m_edit->openHits().size()), 1);
        QCOMPARE(m_edit->findings().front().action, std::string("kept"));
    }
    void composingIsNeverTouched()
    {
        commit(*m_edit, QStringLiteral("派人上门"));
        compose(*m_edit, QStringLiteral("ni hao"));
        QVERIFY(m_edit->isComposing());
        const QString before = m_edit->toPlainText();
        m_edit->replaceHit(m_edit->openHits().front(), QStringLiteral("x"));
        QCOMPARE(m_edit->toPlainText(), before);
        commit(*m_edit, QStringLiteral("你好"));
        QVERIFY(!m_edit->isComposing());
        QCOMPARE(m_edit->toPlainText(), QStringLiteral("派人上门你好"));
        QCOMPARE(int(m_edit->openHits().size()), 1);
    }
    void ignoreHoldsUntilTheWordsChange()
    {
        commit(*m_edit, QStringLiteral("律师函"));
        m_edit->ignoreHit(m_edit->openHits().front());
        QVERIFY(m_edit->openHits().empty());
        QCOMPARE(m_edit->findings().front().action, std::string("ignored"));
        QTextCursor start(m_edit->document());
        start.insertText(QStringLiteral("今天"));   // moving it keeps it ignored
        QVERIFY(m_edit->openHits().empty());
        QTextCursor end(m_edit->document());
        end.movePosition(QTextCursor::End);
        end.insertText(QStringLiteral("，请您等着"));   // and so does writing on behind it
        QVERIFY(m_edit->openHits().empty());
        m_edit->revokeDecision(0);
        QCOMPARE(int(m_edit->openHits().size()), 1);
    }
    void aBlockingHitIsNotIgnoredButAppealedAgainst()
    {
        commit(*m_edit, QStringLiteral("派人上门"));
        m_edit->ignoreHit(m_edit->openHits().front());
        QVERIFY(m_edit->hasBlockingHit());
        m_edit->appealHit(m_edit->openHits().front(), QStringLiteral("  "));
        QVERIFY(!m_edit->whyNot().isEmpty());
        m_edit->appealHit(m_edit->openHits().front(), QStringLiteral("物业派人上门修水管"));
        QVERIFY(m_edit->whyNot().isEmpty());
        QCOMPARE(m_edit->findings().front().action, std::string("appealed"));
        QCOMPARE(m_edit->findings().front().reason.reveal(), std::string("物业派人上门修水管"));
        m_edit->revokeDecision(0);
        QVERIFY(m_edit->hasBlockingHit());
    }
    void nothingExcusesAHitThatGoesOut()
    {
        m_edit->setUse(PhraseUse::Outgoing);
        commit(*m_edit, QStringLiteral("派人上门"));
        const auto hit = m_edit->openHits().front();
        QVERIFY(!m_edit->mayQuote(hit) && !m_edit->mayIgnore(hit) && !m_edit->mayAppeal(hit));
        m_edit->quoteHit(hit);
        m_edit->appealHit(hit, QStringLiteral("reason"));
        QVERIFY(!m_edit->whyNot().isEmpty());
    }
    void whatIsRequiredKeepsAnOutgoingTextBack()
    {
        m_edit->setTextKind("letter");
        commit(*m_edit, QStringLiteral("您好"));
        QVERIFY(m_edit->whyNot().isEmpty());   // inside the office nothing is required
        m_edit->setUse(PhraseUse::Outgoing);
        QVERIFY(!m_edit->whyNot().isEmpty());
        commit(*m_edit, QStringLiteral("，本函由我司发出"));
        QVERIFY(m_edit->whyNot().isEmpty());
    }
    void arrowKeysChooseAmongTheWordings()
    {
        commit(*m_edit, QStringLiteral("明天派人上门"));
        QTest::keyClick(m_edit.get(), Qt::Key_Down, Qt::AltModifier);
        auto* menu = m_edit->findChild<QMenu*>(QStringLiteral("phraseChoices"));
        QVERIFY(menu);
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(m_edit->toPlainText(), QStringLiteral("明天我们约个时间"));
        QTest::keyClick(m_edit.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_edit->toPlainText(), QStringLiteral("明天派人上门"));
    }
    void aQuotationCanBeTakenBack()
    {
        commit(*m_edit, QStringLiteral("明天派人上门。"));
        m_edit->quoteHit(m_edit->openHits().front());
        QTextCursor start(m_edit->document());
        start.insertText(QStringLiteral("今天。"));
        QVERIFY(m_edit->openHits().empty());
        m_edit->revokeDecision(0);
        QCOMPARE(int(m_edit->openHits().size()), 1);
    }
    void panelAsksForTheReasonOfAnAppeal()
    {
        PhrasePanel panel(*m_edit);
        panel.show();
        commit(*m_edit, QStringLiteral("派人上门"));
        QVERIFY(!panel.findChild<QPushButton*>(QStringLiteral("phraseIgnore0")));
        auto* appeal = panel.findChild<QPushButton*>(QStringLiteral("phraseAppeal0"));
        QVERIFY(appeal);
        appeal->click();
        auto* reason = panel.findChild<QLineEdit*>(QStringLiteral("phraseReason"));
        QVERIFY(reason);
        QTest::keyClick(reason, Qt::Key_Return);   // without a reason nothing happens
        QVERIFY(m_edit->hasBlockingHit());
        reason->setText(QStringLiteral("水管工"));
        QTest::keyClick(reason, Qt::Key_Return);
        QVERIFY(!m_edit->hasBlockingHit());
        auto* undo = panel.findChild<QPushButton*>(QStringLiteral("phraseUndo0"));
        QVERIFY(undo);
        undo->click();
        QVERIFY(m_edit->hasBlockingHit());
    }
    void keysDoNothingWhileComposing()
    {
        commit(*m_edit, QStringLiteral("派人上门"));
        compose(*m_edit, QStringLiteral("ni hao"));
        const int cursor = m_edit->textCursor().position();
        for (const auto& [key, modifier] : {std::pair(Qt::Key_Return, Qt::AltModifier), std::pair(Qt::Key_Down, Qt::AltModifier), std::pair(Qt::Key_F7, Qt::NoModifier)})
            QTest::keyClick(m_edit.get(), key, modifier);
        m_edit->quoteHit(m_edit->openHits().front());
        QCOMPARE(m_edit->toPlainText(), QStringLiteral("派人上门"));
        QCOMPARE(m_edit->textCursor().position(), cursor);
        QVERIFY(!m_edit->findChild<QMenu*>(QStringLiteral("phraseChoices")));
        QVERIFY(!m_edit->whyNot().isEmpty());   // half a word is never sent
        compose(*m_edit, {});                   // given up: fcitx and ibus send an empty pre-edit
        QVERIFY(!m_edit->isComposing());
        QCOMPARE(int(m_edit->openHits().size()), 1);
    }
    void composingOverASelectionIsLookedAtWhenItIsDone()
    {
        commit(*m_edit, QStringLiteral("派人上门"));
        m_edit->selectAll();
        compose(*m_edit, QStringLiteral("n"));   // takes the selection away
        compose(*m_edit, QStringLiteral("ni"));
        commit(*m_edit, QStringLiteral("你"));
        QCOMPARE(m_edit->toPlainText(), QStringLiteral("你"));
        QVERIFY(m_edit->openHits().empty());
    }
    void writingOnBehindAPhraseDoesNotUnderlineMore()
    {
        commit(*m_edit, QStringLiteral("派人上门"));
        commit(*m_edit, QStringLiteral("。"));
        QCOMPARE(int(m_edit->extraSelections().size()), 1);
        QCOMPARE(m_edit->extraSelections().front().cursor.selectedText(), QStringLiteral("派人上门"));
    }
    void wordsOfTheDebtorAreAQuotation()
    {
        commit(*m_edit, QStringLiteral("明天派人上门。"));
        QVERIFY(!m_edit->openHits().empty());
        m_edit->quoteHit(m_edit->openHits().front());
        QVERIFY(m_edit->openHits().empty());
        QCOMPARE(m_edit->findings().front().action, std::string("quoted"));
    }
    void startingAfreshForgetsEverything()
    {
        commit(*m_edit, QStringLiteral("律师函"));
        m_edit->ignoreHit(m_edit->openHits().front());
        m_edit->startAfresh();
        QVERIFY(m_edit->findings().empty());
        QVERIFY(!m_edit->document()->isUndoAvailable());
    }
    void findingsCountCodePoints()
    {
        commit(*m_edit, QStringLiteral("😀派人上门"));
        QCOMPARE(m_edit->findings().front().start, 1);
        QCOMPARE(m_edit->findings().front().end, 5);
    }

private:
    std::unique_ptr<PhraseTextEdit> m_edit;
};

QTEST_MAIN(TestPhraseTextEdit)
#include "tst_phrasetextedit.moc"
