// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guidance/localtextfields.h"

namespace evenhand::guidance {

LocalText readLocalText(const base::YamlNode& node, base::SourceProblems& problems)
{
    LocalText text;
    if (!node.isMap())
        node.complain(problems, "a text is written once per language, such as `zh_CN: …` and `en: …`");
    for (const auto& [language, words] : node.members()) {
        if (!words.isScalar())
            words.complain(problems, "the text in `" + language.scalar() + "` must be words");
        text.emplace(language.scalar(), words.scalar());
    }
    return text;
}

LocalText readLocalText(base::YamlFields& in, std::string_view key, base::SourceProblems& problems)
{
    const auto node = in.child(key);
    return node ? readLocalText(*node, problems) : LocalText();
}

Facts readFacts(base::YamlFields& in, std::string_view key, base::SourceProblems& problems)
{
    Facts facts;
    const auto node = in.child(key);
    if (!node)
        return facts;
    if (!node->isMap())
        node->complain(problems, "`" + std::string(key) + "` must be a map of fact to value");
    for (const auto& [name, value] : node->members()) {
        if (!value.isScalar())
            value.complain(problems, "the value of `" + name.scalar() + "` must be true, false, a number or a word");
        facts.emplace(name.scalar(), factFromScalar(value.scalar()));
    }
    return facts;
}

Condition readCondition(base::YamlFields& in, std::string_view key, base::SourceProblems& problems)
{
    const auto node = in.child(key);
    return node ? Condition::parse(*node, problems) : Condition();
}

} // namespace evenhand::guidance
