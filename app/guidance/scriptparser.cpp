// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "app/base/crypto.h"
#include "app/base/yamlfields.h"
#include "app/guidance/codepoints.h"
#include "app/guidance/localtextfields.h"
#include "app/guidance/script.h"
#include "app/guidance/yamlwords.h"

namespace evenhand::guidance {

namespace {

using base::SourceProblems;
using base::YamlFields;
using base::YamlNode;

constexpr std::size_t kLargestScript = 1 << 20;
constexpr const char* kStepKinds = "say, ask, check, form, offer, branch, end";

template <class Enum>
std::optional<Enum> fromWord(std::string_view word, std::initializer_list<Enum> all)
{
    for (const auto value : all)
        if (toWord(value) == word)
            return value;
    return std::nullopt;
}

std::optional<StepKind> stepKindFromWord(std::string_view word)
{
    return fromWord(word, {StepKind::Say, StepKind::Ask, StepKind::Check, StepKind::Form, StepKind::Offer, StepKind::Branch, StepKind::End});
}

std::optional<Tone> toneFromWord(std::string_view word)
{
    return fromWord(word, {Tone::Plain, Tone::Listen, Tone::Empathise, Tone::Guide});
}

std::optional<FieldKind> fieldKindFromWord(std::string_view word)
{
    return fromWord(word, {FieldKind::Text, FieldKind::Amount, FieldKind::Date, FieldKind::Number, FieldKind::Choice});
}

bool isIdentifier(std::string_view text)
{
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    });
}

std::string readId(YamlFields& in, std::string_view key, SourceProblems& problems)
{
    const auto id = in.text(key);
    if (!id.empty() && !isIdentifier(id))
        in.child(key)->complain(problems, "\"" + id + "\" must be 1 to 64 lower-case letters, digits, `_` or `.`");
    return id;
}

std::string readKey(YamlFields& in, SourceProblems& problems)
{
    const auto key = in.textOr("key", {});
    if (!key.empty() && codePoints(key).size() != 1)
        in.child("key")->complain(problems, "a key is one character, not \"" + key + "\"");
    return key;
}

Target readTarget(YamlFields& in, std::string_view key)
{
    const auto node = in.child(key);
    return node ? Target{node->scalar(), node->place()} : Target{};
}

LocalText readLabel(YamlFields& in, SourceProblems& problems)
{
    const auto node = in.requiredChild("label");
    return node ? readLocalText(*node, problems) : LocalText();
}

Answer readAnswer(const YamlNode& node, SourceProblems& problems)
{
    YamlFields in(node, problems, "an answer");
    Answer answer;
    answer.place = node.place();
    answer.id = readId(in, "id", problems);
    answer.key = readKey(in, problems);
    answer.label = readLabel(in, problems);
    answer.sets = readFacts(in, "set", problems);
    answer.target = readTarget(in, "goto");
    answer.outcome = in.textOr("outcome", {});
    answer.flag = in.textOr("flag", {});
    in.refuseOthers();
    return answer;
}

CheckItem readItem(const YamlNode& node, SourceProblems& problems)
{
    YamlFields in(node, problems, "a check item");
    CheckItem item{readId(in, "id", problems), readLabel(in, problems), in.booleanOr("required", true)};
    in.refuseOthers();
    return item;
}

FormField readField(const YamlNode& node, SourceProblems& problems)
{
    YamlFields in(node, problems, "a form field");
    FormField field;
    field.id = readId(in, "id", problems);
    field.label = readLabel(in, problems);
    field.kind = in.word<FieldKind>("type", fieldKindFromWord, "text, amount, date, number, choice").value_or(FieldKind::Text);
    field.required = in.booleanOr("required", true);
    field.fills = in.textOr("fills", {});
    field.sets = in.textOr("set", {});
    for (const auto& choiceNode : in.items("choices")) {
        YamlFields choice(choiceNode, problems, "a choice");
        auto value = readId(choice, "value", problems);
        field.choices.emplace_back(std::move(value), readLabel(choice, problems));
        choice.refuseOthers();
    }
    if ((field.kind == FieldKind::Choice) == field.choices.empty())
        node.complain(problems, "a field of type choice needs `choices`, and only such a field");
    in.refuseOthers();
    return field;
}

BranchCase readCase(const YamlNode& node, SourceProblems& problems)
{
    YamlFields in(node, problems, "a case");
    BranchCase branch{readCondition(in, "when", problems), readTarget(in, "goto")};
    if (branch.when.isAlways() || branch.target.isMissing())
        node.complain(problems, "a case needs `when` and `goto`");
    in.refuseOthers();
    return branch;
}

// What only one kind of step has. The others have no such member, so that a misplaced one is an error and not ignored.
void readKindMembers(YamlFields& in, Step& step, SourceProblems& problems)
{
    const auto all = [&in, &problems](const char* key, auto read, auto& into) {
        for (const auto& node : in.items(key))
            into.push_back(read(node, problems));
        if (into.empty())
            in.node().complain(problems, "this step needs `" + std::string(key) + "`");
    };
    switch (step.kind) {
    case StepKind::Say:
        step.next = readTarget(in, "next");
        break;
    case StepKind::Ask:
    case StepKind::Offer:
        all("answers", readAnswer, step.answers);
        step.next = readTarget(in, "next");
        break;
    case StepKind::Check:
        all("items", readItem, step.items);
        step.next = readTarget(in, "next");
        break;
    case StepKind::Form:
        all("fields", readField, step.fields);
        step.next = readTarget(in, "next");
        break;
    case StepKind::Branch:
        all("cases", readCase, step.cases);
        step.next = readTarget(in, "else");
        break;
    case StepKind::End:
        step.outcome = in.textOr("outcome", {});
        step.continuesWith = in.textOr("continue_with", {});
        step.excuses = in.texts("excuses");
        break;
    }
}

void readSpokenMembers(YamlFields& in, Step& step, SourceProblems& problems)
{
    step.text = readLocalText(in, "text", problems);
    if (const auto text = in.child("text"))
        for (const auto& [language, words] : text->members())
            step.textPlaces.emplace(language.scalar(), words.place());
    step.hint = readLocalText(in, "hint", problems);
    step.tone = in.word<Tone>("tone", toneFromWord, "plain, listen, empathise, guide").value_or(Tone::Plain);
    step.duty = in.textOr("duty", {});
    step.required = in.booleanOr("required", false);
    step.mandated = in.textOr("mandated", {});
    step.clause = in.textOr("clause", {});
    step.disclosing = in.booleanOr("disclosing", false);
    step.flag = in.textOr("flag", {});
    if (in.has("min_ms"))
        step.minReadingMs = in.integerOr("min_ms", 0, 0, 600000);
    if (!step.mandated.empty() && step.clause.empty())
        in.node().complain(problems, "mandated wording needs `clause`: who demands it, and how sure that is");
    const bool mayBeSilent = step.kind == StepKind::End || step.kind == StepKind::Check || step.kind == StepKind::Form;
    if (step.text.empty() && !mayBeSilent)
        in.node().complain(problems, "this step needs `text`");
}

Step readStep(const YamlNode& node, SourceProblems& problems)
{
    YamlFields in(node, problems, "a step");
    Step step;
    step.place = node.place();
    step.id = readId(in, "id", problems);
    if (step.id == "return")
        node.complain(problems, "`return` is not a name for a step: it leads back from an objection");
    const auto kind = in.requiredChild("kind") ? in.word<StepKind>("kind", stepKindFromWord, kStepKinds) : std::nullopt;
    if (!kind)
        return step;
    step.kind = *kind;
    step.title = readLocalText(in, "title", problems);
    if (step.kind != StepKind::Branch) {
        step.when = readCondition(in, "when", problems);
        readSpokenMembers(in, step, problems);
    }
    readKindMembers(in, step, problems);
    if (step.kind == StepKind::End && !step.when.isAlways())
        node.complain(problems, "an end is always shown: it has no `when`");
    in.refuseOthers();
    return step;
}

Objection readObjection(const YamlNode& node, SourceProblems& problems)
{
    YamlFields in(node, problems, "an objection");
    Objection objection;
    objection.place = node.place();
    objection.id = readId(in, "id", problems);
    objection.key = readKey(in, problems);
    objection.label = readLabel(in, problems);
    objection.cues = in.texts("cues");
    objection.when = readCondition(in, "when", problems);
    objection.target = readTarget(in, "goto");
    if (objection.target.isMissing())
        node.complain(problems, "an objection needs `goto`");
    in.refuseOthers();
    return objection;
}

ScriptUse readUse(const YamlNode& node, SourceProblems& problems)
{
    YamlFields in(node, problems, "`for`");
    ScriptUse use;
    use.channels = readWords<domain::Channel>(in, "channel", domain::channelFromWord, problems);
    use.directions = readWords<domain::Direction>(in, "direction", domain::directionFromWord, problems);
    use.roles = readWords<domain::PartyRole>(in, "role", domain::partyRoleFromWord, problems);
    use.when = readCondition(in, "when", problems);
    use.priority = in.integerOr("priority", 0, -1000, 1000);
    use.manual = in.booleanOr("manual", false);
    in.refuseOthers();
    return use;
}

std::vector<Duty> readDuties(YamlFields& in, SourceProblems& problems)
{
    std::vector<Duty> duties;
    const auto node = in.child("duties");
    if (!node)
        return duties;
    if (!node->isMap())
        node->complain(problems, "`duties` is a map of name to label");
    for (const auto& [id, label] : node->members())
        duties.push_back({id.scalar(), readLocalText(label, problems)});
    return duties;
}

template <class T>
void refuseDoubles(const std::vector<T>& all, const char* what, SourceProblems& problems)
{
    std::set<std::string_view> seen;
    for (const auto& one : all)
        if (!one.id.empty() && !seen.insert(one.id).second)
            problems.push_back({one.place, std::string("there are two ") + what + " called \"" + one.id + "\""});
}

void readStepsAndObjections(YamlFields& in, Script& script, SourceProblems& problems)
{
    for (const auto& node : in.items("steps"))
        script.steps.push_back(readStep(node, problems));
    for (const auto& node : in.items("objections"))
        script.objections.push_back(readObjection(node, problems));
}

// A part that several scripts share, such as the answers to objections. Its text goes into the hash of each of them.
void readPart(const YamlNode& nameNode, const std::string& folder, const FileReader& reader, Script& script, std::string& hashed, SourceProblems& problems)
{
    const auto name = nameNode.scalar();
    const auto path = (folder.empty() ? "" : folder + "/") + "common/" + name + ".yaml";
    const auto text = isIdentifier(name) ? reader(path) : std::nullopt;
    if (!text) {
        nameNode.complain(problems, "there is no part \"" + name + "\" (" + path + ")");
        return;
    }
    hashed += "\n" + name + "\n" + *text;
    const auto root = YamlNode::parseText(*text, path, problems);
    if (!root)
        return;
    YamlFields in(*root, problems, "a part of scripts");
    readStepsAndObjections(in, script, problems);
    in.refuseOthers();
}

Script readScript(const YamlNode& root, const std::string& folder, const FileReader& reader, std::string& hashed, SourceProblems& problems)
{
    YamlFields in(root, problems, "a script");
    Script script;
    script.place = root.place();
    script.id = readId(in, "id", problems);
    script.version = in.text("version");
    script.title = readLocalText(in, "title", problems);
    if (const auto use = in.child("for"))
        script.use = readUse(*use, problems);
    script.languages = in.texts("languages");
    script.duties = readDuties(in, problems);
    script.hangUpOutcome = in.textOr("hang_up_outcome", {});
    readStepsAndObjections(in, script, problems);
    for (const auto& name : in.items("use"))
        readPart(name, folder, reader, script, hashed, problems);
    script.start = in.textOr("start", script.steps.empty() ? std::string() : script.steps.front().id);
    if (const auto node = in.child("start"); node && !script.findStep(script.start))
        node->complain(problems, "there is no step \"" + script.start + "\" to start with");
    if (root.isMap() && (script.languages.empty() || script.steps.empty()))
        root.complain(problems, "a script needs `languages` and `steps`");
    in.refuseOthers();
    refuseDoubles(script.steps, "steps", problems);
    refuseDoubles(script.objections, "objections", problems);
    return script;
}

} // namespace

FileReader diskReader()
{
    return [](const std::string& path) -> std::optional<std::string> {
        std::ifstream file(path, std::ios::binary);
        if (!file)
            return std::nullopt;
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
}

std::optional<Script> Script::parse(std::string_view text, const std::string& fileName, SourceProblems& problems, const FileReader& reader)
{
    if (text.size() > kLargestScript) {
        problems.push_back({{fileName, 1, 1}, "a script may have at most 1 MiB"});
        return std::nullopt;
    }
    const auto root = YamlNode::parseText(text, fileName, problems);
    if (!root)
        return std::nullopt;
    const auto before = problems.size();
    std::string hashed(text);
    auto script = readScript(*root, std::filesystem::path(fileName).parent_path().string(), reader, hashed, problems);
    script.hash = "sha256:" + base::toHex(base::sha256(base::asBytes(hashed)));
    return problems.size() == before ? std::optional(std::move(script)) : std::nullopt;
}

base::Result<Script> Script::parse(std::string_view text, const std::string& fileName, const FileReader& reader)
{
    SourceProblems problems;
    auto script = parse(text, fileName, problems, reader);
    if (!script)
        return base::fail(base::ErrorCode::Invalid, base::toLines(problems));
    return *std::move(script);
}

base::Result<Script> Script::load(const std::string& path)
{
    const auto text = diskReader()(path);
    if (!text)
        return base::fail(base::ErrorCode::NotFound, path + ": cannot be read");
    return parse(*text, path);
}

} // namespace evenhand::guidance
