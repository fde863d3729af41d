// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <cstdlib>

#include <benchmark/benchmark.h>

#include "app/compliance/contactgate.h"
#include "app/compliance/ruleset.h"

// One decision with 1,000 past contacts; the promise is 100 µs (allowed), measured also where it waits and searches.
namespace {

using namespace evenhand;
using namespace evenhand::compliance;

struct Scene {
    std::shared_ptr<const RuleSet> rules;
    ContactIntent intent;
    ContactFacts facts;
    base::Instant now;
};

Scene scene(const std::string& pack, const std::string& zone, const char* now, std::int64_t secondsApart)
{
    auto rules = RuleSet::load({EVENHAND_SOURCE_DIR "/resources/packs/" + pack});
    if (!rules) {
        std::fprintf(stderr, "%s\n", rules.error().detail.c_str());
        std::exit(1);
    }
    Scene s{*rules, {}, {}, *base::Instant::tryFromRfc3339(now)};
    s.intent.partyId = "p1";
    s.intent.contactPointId = "n1";
    s.intent.accountIds = {"a1"};
    s.intent.recording = true;
    s.intent.place = Place::Home;
    s.facts.parties = {{"p1", domain::PartyRole::Debtor, zone, false}};
    s.facts.contactPoints = {{"n1", "p1", domain::ContactPointKind::Mobile, domain::ContactSource::Contract, domain::ContactStatus::Active, {}}};
    s.facts.flags.emplace();
    auto& history = s.facts.history.emplace();
    for (int i = 0; i < 1000; ++i) {
        PastContact contact;
        contact.id = "event-" + std::to_string(i);
        contact.at = s.now.plusSeconds(-secondsApart * (i + 1));
        contact.direction = domain::Direction::Outbound;
        contact.partyId = "p1";
        contact.contactPointId = i % 2 == 0 ? "n1" : "n2";
        contact.accountIds = {"a1"};
        contact.result = i % 5 == 0 ? domain::ContactResult::Conversation : domain::ContactResult::NoAnswer;
        contact.rightParty = true;
        contact.durationS = 90;
        history.push_back(std::move(contact));
    }
    return s;
}

void decide(benchmark::State& state, const Scene& s, Verdict expected)
{
    const ContactGate gate(s.rules);
    for (auto _ : state) {
        const auto decision = gate.decide(s.intent, s.facts, s.now);
        if (decision.verdict != expected)
            return state.SkipWithError("the scene is judged differently than meant");
        benchmark::DoNotOptimize(decision);
    }
}

} // namespace

int main(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    benchmark::RegisterBenchmark("gate/cn/1000 events/allowed", decide, scene("cn-consumer-2026", "Asia/Shanghai", "2026-03-02T12:00:00+08:00", 86400),
                                 Verdict::Allow)->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark("gate/cn/1000 events/at night", decide, scene("cn-consumer-2026", "Asia/Shanghai", "2026-03-02T23:00:00+08:00", 86400),
                                 Verdict::Block)->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark("gate/us/1000 events/cap reached", decide, scene("us-reg-f", "America/New_York", "2026-04-03T12:00:00-04:00", 7200),
                                 Verdict::Block)->Unit(benchmark::kMicrosecond);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
