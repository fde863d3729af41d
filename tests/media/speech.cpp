// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/speech.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace evenhand::test {

namespace {

constexpr int kRate = 16'000;
constexpr int kStep = 80;                             // 5 ms: the grain of the loudness curve

std::vector<double> curveOf(std::span<const std::int16_t> samples)
{
    std::vector<double> curve;
    for (std::size_t at = 0; at + kStep <= samples.size(); at += kStep) {
        double sum = 0;
        for (int i = 0; i < kStep; ++i)
            sum += double(samples[at + std::size_t(i)]) * samples[at + std::size_t(i)];
        curve.push_back(std::log10(1.0 + sum / kStep));
    }
    return curve;
}

double correlation(std::span<const double> a, std::span<const double> b)
{
    const auto n = double(a.size());
    double sumA = 0, sumB = 0, sumAA = 0, sumBB = 0, sumAB = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sumA += a[i];
        sumB += b[i];
        sumAA += a[i] * a[i];
        sumBB += b[i] * b[i];
        sumAB += a[i] * b[i];
    }
    const double varA = sumAA - sumA * sumA / n;
    const double varB = sumBB - sumB * sumB / n;
    return varA <= 0 || varB <= 0 ? 0 : (sumAB - sumA * sumB / n) / std::sqrt(varA * varB);
}

} // namespace

Samples speech(const QString& voice, const QString& sentence, double seconds)
{
    QTemporaryDir folder;
    const QString raw = folder.filePath(QStringLiteral("raw.wav"));
    const QString ready = folder.filePath(QStringLiteral("ready.wav"));
    if (QProcess::execute(QStringLiteral("espeak-ng"), {QStringLiteral("-v"), voice, QStringLiteral("-w"), raw, sentence}) != 0)
        return {};
    const QString rate = QString::number(kRate);
    if (QProcess::execute(QStringLiteral("sox"), {raw, QStringLiteral("-r"), rate, QStringLiteral("-c"), QStringLiteral("1"), QStringLiteral("-b"), QStringLiteral("16"), ready}) != 0)
        return {};
    const Samples once = readWav(ready);
    Samples all;
    while (!once.empty() && double(all.size()) < seconds * kRate) {
        all.insert(all.end(), once.begin(), once.end());
        all.resize(all.size() + kRate / 4, 0);
    }
    all.resize(std::min(all.size(), std::size_t(seconds * kRate)));
    return all;
}

Samples babble(unsigned seed, double seconds)
{
    std::mt19937 random(seed);
    Samples samples;
    samples.reserve(std::size_t(seconds * kRate));
    double low = 0;
    while (double(samples.size()) < seconds * kRate) {
        const int length = 1'000 + int(random() % 5'000);
        const double loud = random() % 4 == 0 ? 0.0 : 4'000.0 + double(random() % 6'000);
        for (int i = 0; i < length; ++i) {
            low = 0.8 * low + 0.2 * (double(random() % 2'000) - 1'000.0) / 1'000.0;
            samples.push_back(std::int16_t(std::clamp(low * loud * std::sin(3.14159 * i / length), -32'000.0, 32'000.0)));
        }
    }
    samples.resize(std::size_t(seconds * kRate));
    return samples;
}

void writeWav(const QString& path, std::span<const std::int16_t> samples)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write a test sound");
    const auto bytes = quint32(samples.size() * 2);
    const auto number = [&file](quint32 value, int size) { file.write(reinterpret_cast<const char*>(&value), size); };
    file.write("RIFF");
    number(36 + bytes, 4);
    file.write("WAVEfmt ");
    number(16, 4);
    number(1, 2);
    number(1, 2);
    number(kRate, 4);
    number(kRate * 2, 4);
    number(2, 2);
    number(16, 2);
    file.write("data");
    number(bytes, 4);
    file.write(reinterpret_cast<const char*>(samples.data()), qint64(bytes));
}

Samples readWav(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray all = file.readAll();
    const auto data = all.indexOf("data");
    if (data < 0)
        return {};
    const auto begin = data + 8;
    Samples samples(std::size_t(all.size() - begin) / 2);
    std::copy_n(all.constData() + begin, samples.size() * 2, reinterpret_cast<char*>(samples.data()));
    return samples;
}

Samples sideOf(std::span<const std::int16_t> interleaved, int sides, int side)
{
    Samples samples;
    samples.reserve(interleaved.size() / std::size_t(sides));
    for (std::size_t i = std::size_t(side); i < interleaved.size(); i += std::size_t(sides))
        samples.push_back(interleaved[i]);
    return samples;
}

double levelDb(std::span<const std::int16_t> samples)
{
    double sum = 0;
    for (const auto sample : samples)
        sum += double(sample) * sample;
    const double rms = samples.empty() ? 0 : std::sqrt(sum / double(samples.size())) / 32'768.0;
    return 20.0 * std::log10(std::max(rms, 1e-6));
}

Match findIn(std::span<const std::int16_t> source, std::span<const std::int16_t> heard, int reach)
{
    const auto from = curveOf(source);
    const auto into = curveOf(heard);
    Match best;
    best.likeness = -1;
    for (int shift = -reach / kStep; shift <= reach / kStep; ++shift) {
        const auto skipFrom = std::size_t(std::max(0, -shift));
        const auto skipInto = std::size_t(std::max(0, shift));
        if (skipFrom >= from.size() || skipInto >= into.size())
            continue;
        const auto count = std::min(from.size() - skipFrom, into.size() - skipInto);
        if (count < 200)
            continue;
        const double likeness = correlation(std::span(from).subspan(skipFrom, count), std::span(into).subspan(skipInto, count));
        if (likeness > best.likeness)
            best = {shift * kStep, likeness};
    }
    return best;
}

int longestDropoutMs(std::span<const std::int16_t> source, std::span<const std::int16_t> heard, int offset)
{
    const auto from = curveOf(source);
    const auto into = curveOf(heard);
    const int shift = offset / kStep;
    constexpr double kLoud = 5.0;                     // about −40 dBFS
    constexpr double kNothing = 1.0;                  // digital silence, or next to it
    int longest = 0;
    int running = 0;
    for (std::size_t i = 2; i + 2 < from.size(); ++i) {
        const auto at = std::int64_t(i) + shift;
        if (at < 0 || at >= std::int64_t(into.size()))
            continue;
        const bool isLoud = from[i - 2] > kLoud && from[i] > kLoud && from[i + 2] > kLoud;
        running = isLoud && into[std::size_t(at)] < kNothing ? running + 1 : 0;
        longest = std::max(longest, running * kStep * 1000 / kRate);
    }
    return longest;
}

} // namespace evenhand::test
