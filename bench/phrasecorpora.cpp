// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/phrasecorpora.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include <QStringList>

#include "tests/support/gzip.h"

namespace evenhand::bench {

namespace {

std::string shared(const char* file)
{
    const char* fromEnvironment = std::getenv("EVENHAND_SHARED_DATA");
    return (fromEnvironment != nullptr ? std::string(fromEnvironment) : std::string(EVENHAND_SOURCE_DIR) + "/../shared/data") + "/" + file;
}

} // namespace

std::vector<std::vector<std::string>> readCsv(const char* file)
{
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> row(1);
    bool quoted = false;
    const auto text = test::readGzip(shared(file));
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' && quoted && i + 1 < text.size() && text[i + 1] == '"')
            row.back() += text[++i];
        else if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            row.emplace_back();
        else if (c == '\n' && !quoted)
            rows.push_back(std::exchange(row, std::vector<std::string>(1)));
        else if (c != '\r')
            row.back() += c;
    }
    return rows;
}

int columnOf(const char* file, const char* title)
{
    const auto rows = readCsv(file);
    return rows.empty() ? 0 : static_cast<int>(std::find(rows[0].begin(), rows[0].end(), title) - rows[0].begin());
}

QString wordThatChanged(const QString& plain, const QString& disguised)
{
    qsizetype front = 0;
    while (front < plain.size() && front < disguised.size() && plain[front] == disguised[front])
        ++front;
    qsizetype back = 0;
    while (back < plain.size() - front && back < disguised.size() - front && plain[plain.size() - 1 - back] == disguised[disguised.size() - 1 - back])
        ++back;
    auto end = plain.size() - back;
    const auto isLatin = [&](qsizetype at) { return at >= 0 && at < plain.size() && plain[at].unicode() < 0x250 && plain[at].isLetter(); };
    while (isLatin(front - 1))
        --front;
    while (isLatin(end))
        ++end;
    return plain.mid(front, end - front).trimmed();
}

std::vector<std::string> chinesePhrases()
{
    std::vector<std::string> phrases;
    const auto text = test::readGzip(shared("opencc_zh/dictionary/STPhrases.txt.gz"));
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto tab = text.find('\t', at);
        if (tab < end)
            phrases.push_back(text.substr(at, tab - at));
        at = end + 1;
    }
    return phrases;
}

QString chineseText() { return QString::fromStdString(test::readGzip(shared("opencc_zh/zuozhuan.txt.gz"))); }

QString englishText()
{
    QString text;
    for (const auto& row : readCsv("cfpb_debt_narratives/cfpb_debt_collection_narratives.csv.gz"))
        text += QString::fromStdString(row.back()) + u'\n';
    return text;
}

std::vector<std::string> englishPhrases()
{
    std::set<std::string> phrases;
    const auto words = englishText().toLower().split(u' ', Qt::SkipEmptyParts);
    for (qsizetype i = 0; i + 2 < words.size(); ++i) {
        const QString pair = words[i] + u' ' + words[i + 1] + (i % 2 == 0 ? QString() : QString(u' ' + words[i + 2]));
        const auto phrase = pair.trimmed();
        if (phrase.size() > 8 && std::all_of(phrase.begin(), phrase.end(), [](QChar c) { return c == u' ' || (c.unicode() < 128 && c.isLetter()); }))
            phrases.insert(phrase.toStdString());
    }
    return {phrases.begin(), phrases.end()};
}

std::vector<std::string> some(const std::vector<std::string>& all, std::size_t count)
{
    std::set<std::string> chosen;
    const auto step = std::max<std::size_t>(1, all.size() / count);
    for (std::size_t i = 0; i < all.size() && chosen.size() < count; i += step)
        chosen.insert(all[i]);
    for (std::size_t i = 1; i < all.size() && chosen.size() < count; ++i)
        chosen.insert(all[i]);
    for (std::size_t i = 1; i < all.size() && chosen.size() < count; ++i)
        chosen.insert(all[i - 1] + all[i]);
    return {chosen.begin(), chosen.end()};
}

} // namespace evenhand::bench
