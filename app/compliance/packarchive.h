// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/compliance/packbundle.h"
#include "app/compliance/ruleset.h"

namespace evenhand::compliance {

/// All rule packs a workstation ever received, in one folder, one file per content hash. Nothing is removed: a ruling of three
/// years ago is asked again with the rules of that day. Reads the folder once; one thread at a time.
class PackArchive {
public:
    /// Opens or makes the folder. A file that is no good bundle is left out and named in `problems`; it is never deleted.
    [[nodiscard]] static base::Result<PackArchive> open(const std::string& folder, std::vector<base::PublicKey> trusted, std::vector<std::string>& problems);

    /// Checks and keeps a bundle, on disk before this returns. A bundle that is there already changes nothing.
    [[nodiscard]] base::Result<PackIdentity> put(const std::string& text);
    /// The version of a pack in force on a day: the latest that takes effect no later; of two with the same day the later published.
    [[nodiscard]] const PackBundle* inForce(const std::string& id, const base::Date& day) const;
    /// The versions of a pack that were in force before that one, the latest first.
    [[nodiscard]] std::vector<const PackBundle*> earlier(const std::string& id, const base::Date& day) const;
    [[nodiscard]] const PackBundle* find(const std::string& hash) const;
    /// When the set of packs in force changes next after this day.
    [[nodiscard]] std::optional<base::Date> nextChange(const base::Date& after) const;
    [[nodiscard]] std::vector<PackIdentity> list() const;
    /// The files of a bundle laid out in a folder of their own, for readers that want files; written anew each time, so that what lies there
    /// is what was signed.
    [[nodiscard]] base::Result<PackDirectory> unpacked(const PackBundle& bundle) const;

    /// Packs layered as on that day, lowest first. An id the archive does not know is looked for among the shipped packs, and an overlay
    /// brings its base with it, as RuleSet::load does.
    [[nodiscard]] base::Result<std::shared_ptr<const RuleSet>> rulesOn(const base::Date& day, const std::vector<std::string>& names) const;
    /// Exactly these packs by hash, from the archive or from the shipped ones. NotFound names those that are neither.
    [[nodiscard]] base::Result<std::shared_ptr<const RuleSet>> rulesOf(const std::vector<PackIdentity>& identities) const;

private:
    PackArchive(std::string folder, std::vector<base::PublicKey> trusted) : m_folder(std::move(folder)), m_trusted(std::move(trusted)) {}
    std::string m_folder;
    std::vector<base::PublicKey> m_trusted;
    std::vector<PackBundle> m_bundles;
};

} // namespace evenhand::compliance
