// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <string>

#include <unistd.h>

#include "app/base/crypto.h"
#include "tests/support/testprofile.h"

using namespace evenhand;

// The program that tst_killloop kills: saves calls for ever and prints the last number of each save once the journal says it
// is on disk. Arguments: folder, and "unsafe" for the negative control, which acknowledges before the commit.
int main(int argc, char** argv)
{
    base::initialiseCrypto();
    if (argc < 2)
        return 2;
    const base::SystemClock clock;
    const bool unsafe = argc > 2 && std::string(argv[2]) == "unsafe";
    auto config = test::journalConfig(argv[1]);
    if (unsafe)
        config.journalMode = sqlite::JournalMode::Off;
    auto journal = db::Journal::open(std::move(config), clock);
    if (!journal) {
        std::fprintf(stderr, "open: %s\n", journal.error().detail.c_str());
        return 1;
    }
    if (const auto known = journal->identity(); known && !*known)
        if (const auto set = journal->setIdentity(test::identity()); !set)
            return 1;
    for (int i = 0;; ++i) {
        // Growing and shrinking notes move pages about, so that a kill finds the file in every state.
        const auto events = test::aSavedCall(test::idNo<domain::CaseId>(20 + i % 50), std::string(static_cast<std::size_t>(i * 997 % 20000), 'n'));
        const domain::DraftId draft = test::idNo<domain::DraftId>(50);
        if (!journal->saveDraft({draft, {}, "call", base::SensitiveText(std::string(static_cast<std::size_t>(i * 331 % 9000), 'd'))}))
            return 1;
        const auto saved = journal->append(events, 480, draft);
        if (!saved) {
            std::fprintf(stderr, "append: %s\n", saved.error().detail.c_str());
            return 1;
        }
        const auto line = std::to_string(saved->back().seq) + " " + saved->back().eventId.toString() + "\n";
        if (::write(STDOUT_FILENO, line.data(), line.size()) < 0)
            return 1;
    }
}
