// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/base/yamlfields.h"
#include "app/guidance/facts.h"
#include "app/guidance/mergefields.h"

/// Readers for the shapes that scripts and outcomes share.
namespace evenhand::guidance {

/// `{zh_CN: …, en: …}`. Complains about anything but a map of language to text.
[[nodiscard]] LocalText readLocalText(const base::YamlNode& node, base::SourceProblems& problems);
/// The same for a member; empty when it is absent.
[[nodiscard]] LocalText readLocalText(base::YamlFields& in, std::string_view key, base::SourceProblems& problems);
/// `{fact: value, …}`
[[nodiscard]] Facts readFacts(base::YamlFields& in, std::string_view key, base::SourceProblems& problems);
[[nodiscard]] Condition readCondition(base::YamlFields& in, std::string_view key, base::SourceProblems& problems);

} // namespace evenhand::guidance
