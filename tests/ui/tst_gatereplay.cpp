// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include "app/compliance/contactgate.h"
#include "app/compliance/ruleset.h"
#include "ui/case/gatereplaydialog.h"
#include "ui/case/pressuremeter.h"

using namespace evenhand;
using namespace evenhand::ui;
using namespace evenhand::compliance;

namespace {

/// Two talks today already; the third call is asked about.
services::GateReplay replayOfTheThirdCall()
{
    const auto rules = RuleSet::load({EVENHAND_SOURCE_DIR "/resources/packs/cn-consumer-2026"});
    if (!rules)
        qFatal("%s", rules.error().detail.c_str());
    const auto now = *base::Instant::tryFromRfc3339("2026-03-02T15:00:00+08:00");
    ContactIntent intent;
    intent.partyId = "p1";
    intent.contactPointId = "n1";
    intent.accountIds = {"a1"};
    ContactFacts facts;
    facts.parties = {{"p1", domain::PartyRole::Debtor, "Asia/Shanghai", false}};
    facts.contactPoints = {{"n1", "p1", domain::ContactPointKind::Mobile, domain::ContactSource::Contract, domain::ContactStatus::Active, {}}};
    facts.flags.emplace();
    facts.history.emplace();
    for (int i = 0; i < 2; ++i) {
        PastContact talk;
        talk.id = "e" + std::to_string(i);
        talk.at = now.plusSeconds(-3600 * (i + 1));
        talk.partyId = "p1";
        talk.contactPointId = "n1";
        talk.direction = domain::Direction::Outbound;
        talk.result = domain::ContactResult::Conversation;
        talk.rightParty = true;
        talk.durationS = 90;
        facts.history->push_back(talk);
    }
    const ContactGate gate(*rules);
    services::GateReplay replay{now, gate.decide(intent, facts, now)};
    replay.again = replay.stored;
    replay.isSame = true;
    replay.opinions = gate.explain(intent, facts, now);
    return replay;
}

/// Where pictures go when somebody wants to look: $EVENHAND_SHOTS.
void keepPicture(QWidget& widget, const QString& name)
{
    if (qEnvironmentVariableIsSet("EVENHAND_SHOTS"))
        widget.grab().save(qEnvironmentVariable("EVENHAND_SHOTS") + u'/' + name + QStringLiteral(".png"));
}

QString allTexts(const QWidget& dialog)
{
    QStringList texts;
    for (const auto* label : dialog.findChildren<QLabel*>())
        texts << label->text();
    return texts.join(QLatin1Char('\n'));
}

} // namespace

class TestGateReplay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRuleThatWasAskedIsShownWithItsCount()
    {
        QWidget window;
        const auto replay = replayOfTheThirdCall();
        QCOMPARE(replay.stored.verdict, Verdict::Allow);
        showGateReplay(replay, &window);
        auto* dialog = window.findChild<QDialog*>(QStringLiteral("gateReplay"));
        QVERIFY(dialog);
        const auto texts = allTexts(*dialog);
        QVERIFY2(texts.contains(QStringLiteral("the same answer")), qPrintable(texts));
        QVERIFY2(texts.contains(QStringLiteral("cn-consumer-2026")), qPrintable(texts));
        for (const auto& opinion : replay.opinions)
            QVERIFY2(texts.contains(QString::fromStdString(opinion.clause)), opinion.rule.c_str());
        const auto talks = std::find_if(replay.opinions.begin(), replay.opinions.end(), [](const RuleOpinion& o) { return o.rule == "cn.conversations_per_day"; });
        QVERIFY(talks != replay.opinions.end());
        QVERIFY2(talks->text.at("en").find('2') != std::string::npos, talks->text.at("en").c_str());
        keepPicture(*dialog, QStringLiteral("gate-replay"));
        QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("closeReplay")), Qt::LeftButton);
        QTRY_VERIFY(!window.findChild<QDialog*>(QStringLiteral("gateReplay")));
    }

    void whatCannotBeAskedAgainSaysWhy_data()
    {
        QTest::addColumn<QString>("why");
        QTest::addColumn<QString>("text");
        QTest::newRow("the rules are gone") << QString::fromLatin1(services::replayproblem::kOtherRules) << QStringLiteral("rules of that day");
        QTest::newRow("contacts are gone") << QString::fromLatin1(services::replayproblem::kLostHistory) << QStringLiteral("not on this computer any more");
        QTest::newRow("an older program") << QString::fromLatin1(services::replayproblem::kNotKept) << QStringLiteral("was not kept");
    }
    void whatCannotBeAskedAgainSaysWhy()
    {
        QFETCH(QString, why);
        QFETCH(QString, text);
        auto replay = replayOfTheThirdCall();
        replay.again.reset();
        replay.isSame = false;
        replay.opinions.clear();
        replay.whyNot = why.toStdString();
        replay.overrideReason = "agreed";
        QWidget window;
        showGateReplay(replay, &window);
        const auto texts = allTexts(*window.findChild<QDialog*>(QStringLiteral("gateReplay")));
        QVERIFY2(texts.contains(text), qPrintable(texts));
        QVERIFY2(texts.contains(QStringLiteral("it was agreed with the person")), qPrintable(texts));
        QVERIFY(!texts.contains(QStringLiteral("the same answer")));
    }

    void theMeterSaysItInWords()
    {
        services::PressureView pressure;
        pressure.last7Days = 4;
        pressure.last30Days = 9;
        pressure.cases = 2;
        pressure.byDay = {1, 0, 2, 1};
        PressureMeter meter(pressure, *base::Instant::tryFromRfc3339("2026-03-02T15:00:00+08:00"));
        QVERIFY2(meter.accessibleName().contains(QLatin1Char('4')) && meter.accessibleName().contains(QLatin1Char('9')), qPrintable(meter.accessibleName()));
        QVERIFY2(meter.accessibleDescription().contains(QLatin1Char('2')), qPrintable(meter.accessibleDescription()));
        meter.resize(340, meter.sizeHint().height());
        keepPicture(meter, QStringLiteral("pressure-meter"));
    }
};

QTEST_MAIN(TestGateReplay)
#include "tst_gatereplay.moc"
