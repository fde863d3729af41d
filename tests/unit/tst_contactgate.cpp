// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <random>

#include <QRegularExpression>
#include <QTest>
#include <rapidcheck.h>

#include "app/compliance/contactgate.h"
#include "app/compliance/gatejson.h"
#include "app/compliance/packtest.h"
#include "app/compliance/ruleset.h"

using namespace evenhand;
using namespace evenhand::compliance;
using base::Instant;

namespace {

const char* const kPacks[] = {"cn-consumer-2026", "us-reg-f", "uk-conc", "in-rbi"};

std::shared_ptr<const RuleSet> loadShipped(const std::string& id)
{
    auto rules = RuleSet::load({std::string(EVENHAND_SOURCE_DIR "/resources/packs/") + id});
    if (!rules)
        qFatal("%s", rules.error().detail.c_str());
    return *rules;
}

Instant at(const char* text) { return *Instant::tryFromRfc3339(text); }

/// The debtor p1 on their mobile, with nothing known against it.
GateQuestion plainQuestion(const std::string& zone = "Asia/Shanghai")
{
    GateQuestion question;
    question.now = at("2026-03-02T12:00:00+08:00");
    question.intent.partyId = "p1";
    question.intent.contactPointId = "n1";
    question.intent.accountIds = {"a1"};
    question.intent.initiatedBy = domain::InitiatedBy::Human;
    question.intent.recording = true;
    question.intent.place = Place::Home;
    question.facts.parties = {{"p1", domain::PartyRole::Debtor, zone, false}};
    question.facts.contactPoints = {{"n1", "p1", domain::ContactPointKind::Mobile, domain::ContactSource::Contract, domain::ContactStatus::Active, {}}};
    question.facts.history.emplace();
    question.facts.flags.emplace();
    return question;
}

PastContact call(int number, Instant when, domain::ContactResult result)
{
    PastContact contact;
    contact.id = "e" + std::to_string(number);
    contact.at = when;
    contact.direction = domain::Direction::Outbound;
    contact.partyId = "p1";
    contact.contactPointId = "n1";
    contact.accountIds = {"a1"};
    contact.result = result;
    contact.rightParty = true;
    contact.durationS = 60;
    return contact;
}

PastContact anyContact(int number, Instant now)
{
    using domain::ContactResult;
    const auto ago = *rc::gen::inRange<std::int64_t>(0, 9 * 86400);
    auto contact = call(number, now.plusSeconds(-ago),
                        *rc::gen::element(ContactResult::Conversation, ContactResult::NoAnswer, ContactResult::Busy, ContactResult::Voicemail));
    contact.direction = *rc::gen::element(domain::Direction::Outbound, domain::Direction::Outbound, domain::Direction::Inbound);
    contact.contactPointId = *rc::gen::element<std::string>("n1", "n2", "");
    contact.accountIds = *rc::gen::element(std::vector<std::string>{"a1"}, std::vector<std::string>{"a2"}, std::vector<std::string>{});
    contact.durationS = *rc::gen::inRange<std::int64_t>(0, 90);
    if (*rc::gen::inRange(0, 8) == 0)
        contact.result.reset();
    return contact;
}

struct Case {
    GateQuestion question;
    std::shared_ptr<const RuleSet> rules;
};

Case anyCase()
{
    static const auto cn = loadShipped("cn-consumer-2026");
    static const auto us = loadShipped("us-reg-f");
    const bool isUs = *rc::gen::inRange(0, 2) == 1;
    Case c{plainQuestion(isUs ? "America/New_York" : "Asia/Shanghai"), isUs ? us : cn};
    // Around both clock changes of 2026 in New York, so that days of 23 and 25 hours occur.
    const auto first = isUs && *rc::gen::inRange(0, 2) == 1 ? at("2026-10-29T00:00:00Z") : at("2026-03-05T00:00:00Z");
    c.question.now = first.plusSeconds(*rc::gen::inRange<std::int64_t>(0, 6 * 86400));
    if (*rc::gen::inRange(0, 4) == 0)
        c.question.facts.contactPoints[0].timeZone = isUs ? "America/Los_Angeles" : "Asia/Tokyo";
    const int count = *rc::gen::inRange(0, 14);
    for (int i = 0; i < count; ++i)
        c.question.facts.history->push_back(anyContact(i, c.question.now));
    if (*rc::gen::inRange(0, 3) == 0)
        c.question.facts.consents.push_back({"p1", *rc::gen::element(ConsentKind::ExtraCalls, ConsentKind::OutsideHours),
                                             c.question.now.plusSeconds(-*rc::gen::inRange<std::int64_t>(-86400, 5 * 86400)), {}, {}, {}});
    if (*rc::gen::inRange(0, 5) == 0)
        c.question.facts.flags->push_back({domain::FlagKind::Dispute, c.question.now.plusSeconds(-100),
                                           c.question.now.plusSeconds(*rc::gen::inRange<std::int64_t>(1, 9 * 86400)), {}, {}, {}});
    return c;
}

Decision decide(const Case& c) { return ContactGate(c.rules).decide(c.question.intent, c.question.facts, c.question.now); }

bool mayPass(const Decision& decision) { return decision.verdict == Verdict::Allow; }

} // namespace

class TestContactGate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        if (!qEnvironmentVariableIsSet("RC_PARAMS"))
            qputenv("RC_PARAMS", "max_success=500");
    }

    void shippedExamplesPass_data()
    {
        QTest::addColumn<QString>("pack");
        for (const auto* pack : kPacks)
            QTest::newRow(pack) << QString::fromLatin1(pack);
    }
    void shippedExamplesPass()
    {
        QFETCH(QString, pack);
        const auto rules = loadShipped(pack.toStdString());
        PackTestReport report;
        testGateExamples(*rules, report);
        for (const auto& failure : report.failures)
            qInfo("%s", failure.toString().c_str());
        QCOMPARE(report.failed, 0);
        QVERIFY(report.passed >= static_cast<int>(rules->rules().size()));
    }

    void everyLimitIsHeldByAnExample_data() { shippedExamplesPass_data(); }
    void everyLimitIsHeldByAnExample()
    {
        QFETCH(QString, pack);
        const auto unnoticed = unnoticedMutations(*loadShipped(pack.toStdString()));
        for (const auto& mutation : unnoticed)
            qInfo("%s", mutation.toString().c_str());
        QVERIFY(unnoticed.empty());
    }

    void everyShippedRuleCitesAndUnverifiedLimitsAreOff_data() { shippedExamplesPass_data(); }
    void everyShippedRuleCitesAndUnverifiedLimitsAreOff()
    {
        QFETCH(QString, pack);
        const auto rules = loadShipped(pack.toStdString());
        for (const auto& rule : rules->rules()) {
            QVERIFY2(!rule.clause.empty() && rule.text.count("en") == 1 && rule.text.count("zh_CN") == 1, rule.id.c_str());
            QVERIFY2(rule.confidence != Confidence::X || !rule.isEnabled, rule.id.c_str());
            const auto& examples = rules->packs().back()->examples();
            QVERIFY2(std::any_of(examples.begin(), examples.end(), [&](const GateExample& e) { return e.rule == rule.id; }), rule.id.c_str());
        }
    }

    void missingFactsBlock_data()
    {
        QTest::addColumn<QString>("fact");
        for (const auto* fact : {"time_zone", "role", "history", "flags", "party", "contact_point", "source", "clock", "attempt_share"})
            QTest::newRow(fact) << QString::fromLatin1(fact);
    }
    void missingFactsBlock()
    {
        QFETCH(QString, fact);
        auto question = plainQuestion();
        auto& facts = question.facts;
        if (fact == QLatin1String("time_zone")) facts.parties[0].timeZone = "Nowhere/Nowhere";
        if (fact == QLatin1String("role")) facts.parties[0].role.reset();
        if (fact == QLatin1String("history")) facts.history.reset();
        if (fact == QLatin1String("flags")) facts.flags.reset();
        if (fact == QLatin1String("party")) facts.parties.clear();
        if (fact == QLatin1String("contact_point")) facts.contactPoints.clear();
        if (fact == QLatin1String("source")) facts.contactPoints[0].source = domain::ContactSource::Unknown;
        if (fact == QLatin1String("clock")) facts.isClockDoubtful = true;
        if (fact == QLatin1String("attempt_share")) facts.offline = OfflineShare{};
        const auto decision = ContactGate(loadShipped("cn-consumer-2026")).decide(question.intent, facts, question.now);
        QCOMPARE(decision.verdict, Verdict::Block);
        QVERIFY(!decision.nextAllowedAt);
        QVERIFY(std::any_of(decision.reasons.begin(), decision.reasons.end(),
                            [&](const Reason& r) { return r.rule == "missing." + fact.toStdString() && !r.text.at("zh_CN").empty(); }));
        // The negative control: with the fact the same contact is allowed.
        const auto plain = plainQuestion();
        QCOMPARE(ContactGate(loadShipped("cn-consumer-2026")).decide(plain.intent, plain.facts, plain.now).verdict, Verdict::Allow);
    }

    void nextAllowedAtIsExact()
    {
        int answered = 0;
        QVERIFY(rc::check("the next allowed time passes and a second earlier does not", [&] {
            auto c = anyCase();
            const auto decision = decide(c);
            if (!decision.nextAllowedAt)
                return;
            ++answered;
            c.question.now = *decision.nextAllowedAt;
            RC_ASSERT(mayPass(decide(c)));
            c.question.now = decision.nextAllowedAt->plusSeconds(-1);
            RC_ASSERT(!mayPass(decide(c)));
        }));
        QVERIFY2(answered > 10, "the generator must reach cases that wait");
    }

    void nothingEarlierIsAllowed()
    {
        QVERIFY(rc::check("no instant before the next allowed time passes", [] {
            auto c = anyCase();
            const auto decision = decide(c);
            if (!decision.nextAllowedAt)
                return;
            const auto gap = (decision.nextAllowedAt->milliseconds() - c.question.now.milliseconds()) / 1000;
            RC_PRE(gap > 0);
            c.question.now = c.question.now.plusSeconds(*rc::gen::inRange<std::int64_t>(0, gap));
            RC_ASSERT(!mayPass(decide(c)));
        }));
    }

    void anotherContactNeverHelps()
    {
        QVERIFY(rc::check("adding a past contact with a person never makes the next one with them more allowed", [] {
            auto c = anyCase();
            const auto before = decide(c);
            c.question.facts.history->push_back(anyContact(100, c.question.now));
            const auto after = decide(c);
            RC_ASSERT(after.verdict >= before.verdict);
            if (before.nextAllowedAt && after.nextAllowedAt)
                RC_ASSERT(*after.nextAllowedAt >= *before.nextAllowedAt);
        }));
    }

    void orderOfHistoryDoesNotMatter()
    {
        QVERIFY(rc::check("shuffling the history changes nothing", [] {
            auto c = anyCase();
            const auto before = toJson(decide(c));
            std::mt19937 random(*rc::gen::arbitrary<unsigned>());
            std::shuffle(c.question.facts.history->begin(), c.question.facts.history->end(), random);
            RC_ASSERT(toJson(decide(c)) == before);
        }));
    }

    void zoneOfTheMachineDoesNotMatter()
    {
        const auto old = qgetenv("TZ");
        for (const auto* pack : kPacks) {
            const auto rules = loadShipped(pack);
            for (const auto* zone : {"UTC", "America/New_York", "Pacific/Kiritimati"}) {
                qputenv("TZ", zone);
                tzset();
                PackTestReport report;
                testGateExamples(*rules, report);
                QCOMPARE(report.failed, 0);
            }
        }
        qputenv("TZ", old);
        tzset();
    }

    void theAnswerHoldsUntilItSays()
    {
        QVERIFY(rc::check("the verdict does not change before validUntil", [] {
            auto c = anyCase();
            const auto decision = decide(c);
            RC_PRE(decision.validUntil.has_value());
            const auto span = (decision.validUntil->milliseconds() - c.question.now.milliseconds()) / 1000;
            RC_PRE(span > 1);
            c.question.now = c.question.now.plusSeconds(*rc::gen::inRange<std::int64_t>(0, span));
            RC_ASSERT(decide(c).verdict == decision.verdict);
        }));
    }

    void jsonComesBackAsItWent()
    {
        QVERIFY(rc::check("questions and decisions survive JSON", [] {
            const auto c = anyCase();
            const auto json = toJson(c.question);
            const auto again = questionFromJson(json);
            RC_ASSERT(again.has_value());
            RC_ASSERT(toJson(*again) == json);
            const auto decision = decide(c);
            const auto replayed = ContactGate(c.rules).decide(again->intent, again->facts, again->now);
            RC_ASSERT(toJson(replayed) == toJson(decision));
            const auto stored = decisionFromJson(toJson(decision));
            RC_ASSERT(stored.has_value());
            RC_ASSERT(toJson(*stored) == toJson(decision));
        }));
    }

    void wrongInputIsRefusedWithItsPlace_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("message");
        QTest::newRow("no intent") << R"({"now":"2026-03-02T12:00:00Z"})" << "/intent: is missing";
        QTest::newRow("unknown channel") << R"({"now":"2026-03-02T12:00:00Z","intent":{"channel":"fax","party_id":"p"}})"
                                         << "/intent/channel: unknown word \"fax\"";
        QTest::newRow("a time without a zone") << R"({"now":"2026-03-02T12:00:00","intent":{"channel":"call","party_id":"p"}})" << "/now: expected a time";
        QTest::newRow("a wrong type deep inside")
            << R"({"now":"2026-03-02T12:00:00Z","intent":{"channel":"call","party_id":"p"},"history":[{"id":1}]})" << "/history/0/id: expected a string";
    }
    void wrongInputIsRefusedWithItsPlace()
    {
        QFETCH(QString, json);
        QFETCH(QString, message);
        const auto question = questionFromJson(*base::parseJson(json.toStdString()));
        QVERIFY(!question);
        QVERIFY2(question.error().detail.find(message.toStdString()) == 0, question.error().detail.c_str());
    }
};

QTEST_GUILESS_MAIN(TestContactGate)
#include "tst_contactgate.moc"
