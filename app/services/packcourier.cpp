// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/packcourier.h"

#include <algorithm>

#include "app/base/log.h"
#include "app/services/localday.h"

namespace evenhand::services {

namespace {

constexpr std::int64_t kBetweenAsksS = 600;
constexpr int kMostPerRound = 50;

std::vector<base::PublicKey> signingKeys(const std::vector<domain::wire::ServerKey>& keys)
{
    std::vector<base::PublicKey> trusted;
    for (const auto& key : keys) {
        base::PublicKey bytes{};
        if (key.use != "sign" || key.publicKey.size() != bytes.size())
            continue;
        std::ranges::copy(key.publicKey, bytes.begin());
        trusted.push_back(bytes);
    }
    return trusted;
}

} // namespace

PackCourier::PackCourier(std::string folder, const std::vector<domain::wire::ServerKey>& serverKeys, const base::Clock& clock,
                         std::function<void()> rulesChanged)
    : m_clock(clock), m_rulesChanged(std::move(rulesChanged)), m_toldFor(localDay(clock.now()))
{
    std::vector<std::string> problems;
    auto archive = compliance::PackArchive::open(folder, signingKeys(serverKeys), problems);
    if (archive)
        m_archive = *std::move(archive);
    else
        problems.push_back(archive.error().detail);
    for (const auto& problem : problems)
        base::log::of(base::log::Area::App).warn("rule packs: {}", problem);
}

void PackCourier::publish(base::Json change, std::function<void(base::Result<base::Json>)> done)
{
    m_publications.push_back({std::move(change), std::move(done)});
}

void PackCourier::fetch(const sync::RoundCall& call, std::function<void()> done)
{
    if (!m_publications.empty()) {
        m_askedAt.reset();   // what was published is wanted here too
        // It waits in the list until it was answered: a round that breaks off calls nobody, and the next one tries again.
        call("/v1/packs/scripts", m_publications.front().change, [this, call, done = std::move(done)](const sync::Reply<base::Json>& answer) {
            const auto said = m_publications.front().done;
            m_publications.erase(m_publications.begin());
            said(answer ? base::Result<base::Json>(*answer) : base::Result<base::Json>(base::fail(answer.error().error)));
            fetch(call, done);
        });
        return;
    }
    const auto now = m_clock.now();
    const bool isTime = !m_askedAt || now < *m_askedAt || now >= m_askedAt->plusSeconds(kBetweenAsksS);
    if (!m_archive || !isTime) {
        tellIfChanged();
        return done();
    }
    m_askedAt = now;
    ask(call, std::move(done), kMostPerRound);
}

void PackCourier::ask(const sync::RoundCall& call, std::function<void()> done, int left)
{
    auto have = base::Json::array();
    for (const auto& pack : m_archive->list())
        have.push_back(pack.hash);
    call("/v1/packs", {{"have", std::move(have)}}, [this, call, done = std::move(done), left](const sync::Reply<base::Json>& answer) {
        if (answer && keep(*answer) && left > 0)
            return ask(call, done, left - 1);
        tellIfChanged();
        done();
    });
}

/// True when a bundle came and was kept, so that there may be another one.
bool PackCourier::keep(const base::Json& answer)
{
    base::JsonReader in(answer, "");
    const auto bundle = in.optionalText("bundle");
    if (!bundle)
        return false;
    const auto before = m_archive->list().size();
    const auto kept = m_archive->put(*bundle);
    if (!kept) {
        // What is in force stays in force; an administrator sees it in the log and in `missing` on the server.
        base::log::of(base::log::Area::App).error("a rule pack of the server was not taken: {}", kept.error().detail);
        return false;
    }
    m_hasNews |= m_archive->list().size() > before;
    return m_archive->list().size() > before;
}

void PackCourier::tellIfChanged()
{
    const auto today = localDay(m_clock.now());
    const auto next = m_archive && m_toldFor ? m_archive->nextChange(*m_toldFor) : std::nullopt;
    const bool hasComeIntoForce = next && *next <= today;
    if (!m_hasNews && !hasComeIntoForce)
        return;
    m_hasNews = false;
    m_toldFor = today;
    m_rulesChanged();
}

} // namespace evenhand::services
