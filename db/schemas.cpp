// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "cache_migrations.h"
#include "db/migrator.h"
#include "journal_migrations.h"

namespace evenhand::db {

// A shipped file is frozen; a change of schema is a new file and a new line here (docs/database.md).
std::span<const Migration> journalMigrations()
{
    static constexpr std::array kAll{Migration{1, "0001_initial", journalschema::k0001Initial}, Migration{2, "0002_delivery", journalschema::k0002Delivery}};
    return kAll;
}

std::span<const Migration> cacheMigrations()
{
    static constexpr std::array kAll{Migration{1, "0001_initial", cacheschema::k0001Initial}, Migration{2, "0002_staff_no", cacheschema::k0002StaffNo},
                                     Migration{3, "0003_sanity", cacheschema::k0003Sanity},
                                     Migration{4, "0004_requests", cacheschema::k0004Requests}};
    return kAll;
}

} // namespace evenhand::db
