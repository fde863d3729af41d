// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <QFile>
#include <QString>
#include <QStringList>

#include "app/compliance/phrasechecker.h"
#include "app/compliance/phraseset.h"

namespace evenhand::test {

/// A sentence of tests/data/phrases. Offsets are UTF-16 units; for harmless sentences start = end = 0.
struct PhraseSample {
    QString kind;        ///< evasion class, or plain, or why the sentence is a hard negative
    QString category;    ///< CN-01 …; empty for harmless sentences
    QString text;        ///< without the square brackets
    qsizetype start = 0;   ///< of the offending words
    qsizetype end = 0;
};

/// Reads e.g. "zh_plain"; empty when the file cannot be read.
inline std::vector<PhraseSample> readPhraseSamples(const QString& name)
{
    std::vector<PhraseSample> samples;
    QFile file(QStringLiteral(EVENHAND_SOURCE_DIR "/tests/data/phrases/") + name + QStringLiteral(".tsv"));
    if (!file.open(QIODevice::ReadOnly))
        return samples;
    const bool isPlain = name.endsWith(QStringLiteral("plain"));
    const bool isEvasion = name.endsWith(QStringLiteral("evasion"));
    for (const auto& line : QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)) {
        if (line.startsWith(QStringLiteral("# ")))
            continue;
        const auto fields = line.split(u'\t');
        PhraseSample sample;
        sample.kind = isPlain ? QStringLiteral("plain") : fields.value(0);
        sample.category = isPlain ? fields.value(0) : isEvasion ? fields.value(1) : QString();
        sample.text = fields.last();
        if (isPlain || isEvasion) {
            sample.start = sample.text.indexOf(u'[');
            sample.text.remove(sample.start, 1);
            sample.end = sample.text.lastIndexOf(u']');
            sample.text.remove(sample.end, 1);
        }
        samples.push_back(std::move(sample));
    }
    return samples;
}

/// True when a blocking hit touches the offending words.
inline bool isCaught(const compliance::PhraseChecker& checker, const PhraseSample& sample)
{
    for (const auto& span : checker.scan(sample.text)) {
        if (checker.rule(span).severity == compliance::Severity::Block && span.start < sample.end && sample.start < span.end)
            return true;
    }
    return false;
}

inline bool isBlocked(const compliance::PhraseChecker& checker, const QString& text)
{
    for (const auto& span : checker.scan(text)) {
        if (checker.rule(span).severity == compliance::Severity::Block)
            return true;
    }
    return false;
}

/// The phrase rules of a shipped pack.
inline base::Result<compliance::PhraseSet> shippedPhrases(const QString& pack)
{
    QFile file(QStringLiteral(EVENHAND_SOURCE_DIR "/resources/packs/") + pack + QStringLiteral("/phrases.yaml"));
    if (!file.open(QIODevice::ReadOnly))
        return base::fail(base::ErrorCode::NotFound, "the shipped pack has no phrases.yaml");
    return compliance::PhraseSet::parse(file.readAll().toStdString(), file.fileName().toStdString());
}

} // namespace evenhand::test
