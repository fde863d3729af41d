// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/projection/agreementrules.h"

#include <algorithm>

#include "app/compliance/packbundle.h"
#include "server/store/packshelf.h"

namespace evenhand::server {

using base::Result;

namespace {

constexpr const char* kPlansFile = "plans.yaml";

struct PlansOfPack {
    std::string packId;
    domain::AgreementRules rules;
};

Result<std::optional<domain::AgreementRules>> plansIn(const compliance::PackDirectory& directory)
{
    const auto* text = directory.find(kPlansFile);
    if (!text)
        return std::optional<domain::AgreementRules>();
    base::SourceProblems problems;
    auto rules = domain::AgreementRules::parse(*text, directory.pathOf(kPlansFile), problems);
    if (!rules)
        return base::fail(base::ErrorCode::Invalid, problems.empty() ? directory.pathOf(kPlansFile) : problems.front().toString());
    return rules;
}

void take(std::vector<PlansOfPack>& all, const std::string& packId, std::optional<domain::AgreementRules> rules)
{
    const auto known = std::ranges::find(all, packId, &PlansOfPack::packId);
    if (known != all.end() && rules)
        known->rules = *std::move(rules);
    else if (rules)
        all.push_back({packId, *std::move(rules)});
}

} // namespace

Result<bool> refreshAgreementRules(Store& store, const base::PublicKey& key, const std::string& usual, base::Instant now)
{
    std::vector<PlansOfPack> all;
    if (const auto folder = compliance::locatePack(usual)) {
        EVENHAND_ASSIGN(const auto directory, compliance::PackDirectory::read(*folder));
        EVENHAND_ASSIGN(auto rules, plansIn(directory));
        take(all, usual, std::move(rules));
    }
    const auto today = base::TimeZone::tryFromName("Asia/Shanghai")->dateAt(now).toIso();
    const PackShelf shelf(store.connection());
    EVENHAND_ASSIGN(const auto notices, shelf.list());
    for (const auto& notice : notices) {
        if (notice.effectiveFrom > today)
            continue;
        EVENHAND_ASSIGN(const auto text, shelf.bundle(notice.hash));
        EVENHAND_ASSIGN(const auto bundle, compliance::openBundle(text.value_or(""), {key}));
        EVENHAND_ASSIGN(auto rules, plansIn(bundle.directory));
        take(all, notice.id, std::move(rules));
    }
    std::vector<domain::AgreementRules> rules;
    for (auto& one : all)
        rules.push_back(std::move(one.rules));
    if (rules.empty())
        return false;
    EVENHAND_ASSIGN(const bool changed, store.agreements().writeRules(rules));
    if (changed)
        EVENHAND_TRY(store.agreements().setAllDue(now));
    return changed;
}

} // namespace evenhand::server
