// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The contact gate. Figures to reach: one decision with 1,000 past contacts in 100 µs; the lights of a queue of 24,000 cases with
// real histories in 1 s; after that a new event costs one decision and a moment that passes costs those of the cases it concerns.
// Exit status 1 when a figure is missed, 2 when it could not be measured.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include <zlib.h>

#include "app/compliance/contactgate.h"
#include "app/compliance/ruleset.h"

using namespace evenhand;
using namespace evenhand::compliance;
using base::Instant;

namespace {

constexpr int kCases = 24'000;
constexpr double kDecisionUs = 100;
constexpr double kLightsS = 1;

struct Question {
    ContactIntent intent;
    ContactFacts facts;
};

[[noreturn]] void stop(const std::string& reason)
{
    std::fprintf(stderr, "bench_gate: %s\n", reason.c_str());
    std::exit(2);
}

double secondsOf(const std::function<void()>& work)
{
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

ContactGate gateOf(const std::string& pack)
{
    auto rules = RuleSet::load({EVENHAND_SOURCE_DIR "/resources/packs/" + pack});
    if (!rules)
        stop(rules.error().detail);
    return ContactGate(*std::move(rules));
}

Instant at(const char* text) { return *Instant::tryFromRfc3339(text); }

Question plainQuestion(const std::string& zone)
{
    Question q;
    q.intent.partyId = "p1";
    q.intent.contactPointId = "n1";
    q.intent.accountIds = {"a1"};
    q.intent.recording = true;
    q.intent.place = Place::Home;
    q.facts.parties = {{"p1", domain::PartyRole::Debtor, zone, false}};
    q.facts.contactPoints = {{"n1", "p1", domain::ContactPointKind::Mobile, domain::ContactSource::Contract, domain::ContactStatus::Active, {}}};
    q.facts.flags.emplace();
    q.facts.history.emplace();
    return q;
}

PastContact dial(int number, Instant when, bool hasTalked, std::int64_t durationS)
{
    PastContact contact;
    contact.id = "event-" + std::to_string(number);
    contact.at = when;
    contact.direction = domain::Direction::Outbound;
    contact.partyId = "p1";
    contact.contactPointId = number % 2 == 0 ? "n1" : "n2";
    contact.accountIds = {"a1"};
    contact.initiatedBy = domain::InitiatedBy::Human;
    contact.result = hasTalked ? domain::ContactResult::Conversation : domain::ContactResult::NoAnswer;
    contact.rightParty = hasTalked;
    contact.durationS = durationS;
    return contact;
}

// ---- one decision ---------------------------------------------------------------------------------------------------------------

struct Scene {
    const char* name;
    const char* pack;
    const char* zone;
    const char* now;
    std::int64_t secondsApart;
    Verdict expected;
};

constexpr Scene kScenes[] = {
    {"cn, 1,000 events, allowed", "cn-consumer-2026", "Asia/Shanghai", "2026-03-02T12:00:00+08:00", 86400, Verdict::Allow},
    {"cn, 1,000 events, at night", "cn-consumer-2026", "Asia/Shanghai", "2026-03-02T23:00:00+08:00", 86400, Verdict::Block},
    {"cn, 1,000 events in a week", "cn-consumer-2026", "Asia/Shanghai", "2026-03-02T23:00:00+08:00", 600, Verdict::Block},
    {"us, 1,000 events, allowed", "us-reg-f", "America/New_York", "2026-04-03T12:00:00-04:00", 40 * 86400, Verdict::Allow},
    {"us, 1,000 events, cap reached", "us-reg-f", "America/New_York", "2026-04-03T12:00:00-04:00", 7200, Verdict::Block},
};

/// The median of many, in microseconds: one number that a busy computer does not spoil.
double decisionTime(const Scene& scene)
{
    const auto gate = gateOf(scene.pack);
    auto q = plainQuestion(scene.zone);
    const auto now = at(scene.now);
    for (int i = 0; i < 1000; ++i)
        q.facts.history->push_back(dial(i, now.plusSeconds(-scene.secondsApart * (i + 1)), i % 5 == 0, 90));
    std::vector<double> times;
    for (int round = 0; round < 400; ++round)
        times.push_back(1e6 * secondsOf([&] {
            if (gate.decide(q.intent, q.facts, now).verdict != scene.expected)
                stop(std::string(scene.name) + ": is judged differently than meant");
        }));
    std::nth_element(times.begin(), times.begin() + 200, times.end());
    return times[200];
}

// ---- a queue --------------------------------------------------------------------------------------------------------------------

/// What a bank's call log says of one person: how often they were dialled and how long the last talk was.
struct RealHistory {
    int calls;
    std::int64_t lastDurationS;
};

std::vector<RealHistory> readHistories(const std::string& path)
{
    auto* file = gzopen(path.c_str(), "rb");
    if (file == nullptr)
        stop(path + ": cannot be read; set EVENHAND_SHARED_DATA");
    std::vector<RealHistory> all;
    char line[4096];
    gzgets(file, line, sizeof line);   // column names
    while (gzgets(file, line, sizeof line) != nullptr) {
        std::vector<std::string> cells;
        std::istringstream in(line);
        for (std::string cell; std::getline(in, cell, ',');)
            cells.push_back(cell);
        if (cells.size() > 11)
            all.push_back({std::atoi(cells[11].c_str()), std::atoll(cells[10].c_str())});
    }
    gzclose(file);
    return all;
}

/// The real numbers of calls and durations, spread over the working hours of the days before `now` from a fixed seed.
std::vector<Question> queueOf(const std::vector<RealHistory>& histories, Instant now)
{
    std::vector<Question> queue;
    std::uint32_t seed = 1;
    const auto next = [&seed](std::uint32_t below) { return (seed = seed * 1664525U + 1013904223U) % below; };
    for (int i = 0; i < kCases; ++i) {
        const auto& real = histories[static_cast<std::size_t>(i) % histories.size()];
        auto q = plainQuestion("Asia/Shanghai");
        for (int call = 0; call < real.calls; ++call) {
            const auto ago = 86400LL * next(3) + next(4 * 3600);
            q.facts.history->push_back(dial(call, now.plusSeconds(-ago), call == 0 && real.lastDurationS > 0, call == 0 ? real.lastDurationS : 0));
        }
        queue.push_back(std::move(q));
    }
    return queue;
}

std::string dataFolder()
{
    const auto* set = std::getenv("EVENHAND_SHARED_DATA");
    return set != nullptr ? set : EVENHAND_SOURCE_DIR "/../shared/data";
}

bool measureQueue()
{
    const auto gate = gateOf("cn-consumer-2026");
    const auto now = at("2026-03-02T12:00:00+08:00");
    auto queue = queueOf(readHistories(dataFolder() + "/bank_marketing_calls/bank_additional.csv.gz"), now);
    std::vector<Decision> lights(queue.size());
    const auto all = secondsOf([&] {
        for (std::size_t i = 0; i < queue.size(); ++i)
            lights[i] = gate.decide(queue[i].intent, queue[i].facts, now);
    });
    const auto shut = std::count_if(lights.begin(), lights.end(), [](const Decision& d) { return d.verdict != Verdict::Allow; });
    std::printf("lights of %d cases: %.0f ms (figure: %.0f ms), %td of them not green\n", kCases, 1e3 * all, 1e3 * kLightsS, shut);

    queue[7].facts.history->push_back(dial(1000, now, true, 300));
    std::printf("one new event: %.1f µs\n", 1e6 * secondsOf([&] { lights[7] = gate.decide(queue[7].intent, queue[7].facts, now); }));

    for (const auto minutes : {30, 9 * 60, 10 * 60 + 1}) {
        const auto later = now.plusSeconds(60LL * minutes);
        int asked = 0;
        const auto took = secondsOf([&] {
            for (std::size_t i = 0; i < queue.size(); ++i)
                if (lights[i].validUntil && *lights[i].validUntil <= later) {
                    lights[i] = gate.decide(queue[i].intent, queue[i].facts, later);
                    ++asked;
                }
        });
        std::printf("%d minutes later: %d cases asked again, %.1f ms\n", minutes, asked, 1e3 * took);
    }
    return all <= kLightsS;
}

} // namespace

int main()
{
    bool isFastEnough = true;
    for (const auto& scene : kScenes) {
        const auto us = decisionTime(scene);
        std::printf("%-32s %7.1f µs (figure: %.0f µs)\n", scene.name, us, kDecisionUs);
        isFastEnough &= us <= kDecisionUs;
    }
    isFastEnough &= measureQueue();
    return isFastEnough ? 0 : 1;
}
