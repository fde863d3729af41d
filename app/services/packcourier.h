// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/compliance/packarchive.h"
#include "app/domain/wire/wire.h"
#include "app/sync/syncengine.h"

namespace evenhand::services {

/// Brings published rule packs from the server into the archive of one profile, whichever day they take effect, and says when the rules
/// in force may have changed: a new pack arrived, or the day of one came. Data thread.
class PackCourier {
public:
    PackCourier(std::string folder, const std::vector<domain::wire::ServerKey>& serverKeys, const base::Clock& clock, std::function<void()> rulesChanged);

    /// For EngineListener::viewComplete: asks at most every ten minutes.
    void fetch(const sync::RoundCall& call, std::function<void()> done);
    /// Publishes one changed script with the next round, and fetches what came of it. `done` is called once, when the server answered.
    void publish(base::Json change, std::function<void(base::Result<base::Json>)> done);
    /// Null when the folder cannot be used; then the shipped packs are in force.
    [[nodiscard]] const compliance::PackArchive* archive() const { return m_archive ? &*m_archive : nullptr; }

private:
    void ask(const sync::RoundCall& call, std::function<void()> done, int left);
    [[nodiscard]] bool keep(const base::Json& answer);
    void tellIfChanged();

    const base::Clock& m_clock;
    std::function<void()> m_rulesChanged;
    std::optional<compliance::PackArchive> m_archive;
    std::optional<base::Instant> m_askedAt;
    std::optional<base::Date> m_toldFor;            ///< the day for which the rules were last said to be what they are
    bool m_hasNews = false;
    struct Publication {
        base::Json change;
        std::function<void(base::Result<base::Json>)> done;
    };
    std::vector<Publication> m_publications;
};

} // namespace evenhand::services
