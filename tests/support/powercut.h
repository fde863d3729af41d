// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QProcessEnvironment>
#include <QTemporaryDir>

namespace evenhand::test {

/// Power cuts for programs that keep files in one folder (see syncshadow.c). How to use it:
///
///     PowerCut power(folder);                  // what lies there now counts as on the disk
///     process.setProcessEnvironment(power.environment(env, PowerCut::Disk::Honest));
///     … run the program, kill it with SIGKILL …
///     power.cut();                             // the folder is now what the disk would have had
///
/// The test target needs EVENHAND_SYNCSHADOW, the path of the library.
class PowerCut {
public:
    enum class Disk { Honest, ForgetsFolders };        ///< ForgetsFolders: the negative control; removing a file never becomes durable

    explicit PowerCut(const QString& folder) : m_live(QDir(folder).canonicalPath()) { copy(m_live, m_shadow.path()); }

    [[nodiscard]] QProcessEnvironment environment(QProcessEnvironment from, Disk disk) const
    {
        from.insert(QStringLiteral("LD_PRELOAD"), QStringLiteral(EVENHAND_SYNCSHADOW));
        from.insert(QStringLiteral("EVENHAND_SHADOW_LIVE"), m_live);
        from.insert(QStringLiteral("EVENHAND_SHADOW"), QDir(m_shadow.path()).canonicalPath());
        if (disk == Disk::ForgetsFolders)
            from.insert(QStringLiteral("EVENHAND_SHADOW_NO_FOLDERS"), QStringLiteral("1"));
        return from;
    }
    /// After the program was killed.
    void cut() const
    {
        for (const auto& name : QDir(m_live).entryList(QDir::Files | QDir::Hidden))
            QFile::remove(m_live + QLatin1Char('/') + name);
        copy(m_shadow.path(), m_live);
    }

private:
    static void copy(const QString& from, const QString& to)
    {
        for (const auto& name : QDir(from).entryList(QDir::Files | QDir::Hidden)) {
            if (!name.endsWith(QStringLiteral(".draft~")) && !QFile::copy(from + QLatin1Char('/') + name, to + QLatin1Char('/') + name))
                qFatal("cannot copy a file of the shadow");
        }
    }
    QString m_live;
    QTemporaryDir m_shadow;
};

} // namespace evenhand::test
