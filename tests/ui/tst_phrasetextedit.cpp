// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QInputMethodEvent>
#include <QTest>

#include "app/compliance/phraseset.h"
#include "ui/widgets/phrasetextedit.h"

using namespace evenhand;
using namespace evenhand::ui;

namespace {

compliance::PhraseChecker checker()
{
    compliance::PhraseRule rule;
    rule.id = "T-01.visit";
    rule.category = "T-01";
    rule.severity = compliance::Severity::Block;
    rule.clause = "test clause";
    rule.message = {{"en", "A threat."}, {"zh_CN", "威胁。"}};
    rule.suggestions = {"请尽快联系我们"};
    rule.phrases = {"派人上门"};
    compliance::PhraseSet set;
    set.addRule(rule);
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
        commit(*m_edit, QStringLiteral("派人上门"));
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
        m_edit->forgetIgnored();
        QCOMPARE(int(m_edit->openHits().size()), 1);
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
        commit(*m_edit, QStringLiteral("派人上门"));
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
