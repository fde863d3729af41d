#!/usr/bin/env bash
# SPDX-FileCopyrightText: Evenhand contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing through the system's package manager; does nothing when nothing is missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
sqlcipher_needed=4.6

say() { printf 'setup: %s\n' "$*"; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
installed() { dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }
sqlcipher_ok() {
    local version
    version=$(dpkg-query -W -f='${Version}' libsqlcipher-dev 2>/dev/null) || return 1
    dpkg --compare-versions "$version" ge "$sqlcipher_needed"
}

if ! command -v apt-get >/dev/null; then
    say "this script knows Debian and its derivatives only; install what tools/packages.txt lists with your own package manager"
    exit 0
fi

# The backports suite lies at the same place as the main one: take that source as it stands and change the suite.
add_backports() {
    local target=/etc/apt/sources.list.d/evenhand-backports.sources source
    [ -e "$target" ] && return 0
    grep -rqsE "^(Suites:.*|deb .*)${codename}-backports" /etc/apt/sources.list /etc/apt/sources.list.d && return 0
    source=$(grep -lsE "^Suites:(.* )?${codename}( |$)" /etc/apt/sources.list.d/*.sources 2>/dev/null | head -1 || true)
    if [ -n "$source" ]; then
        awk -v suite="$codename" 'BEGIN { RS = ""; ORS = "\n\n" } $0 ~ ("\nSuites:[^\n]*" suite "( |\n)") && !done {
            gsub(/\nSuites:[^\n]*/, "\nSuites: " suite "-backports"); gsub(/\nComponents:[^\n]*/, "\nComponents: main"); print; done = 1 }' \
            "$source" | as_root tee "$target" >/dev/null
    else
        target=/etc/apt/sources.list.d/evenhand-backports.list
        [ -e "$target" ] && return 0
        awk -v suite="$codename" '$1 == "deb" { for (i = 2; i <= NF; i++) if ($i == suite && !done) {
            $i = suite "-backports"; line = ""; for (j = 1; j <= i; j++) line = line $j " "; print line "main"; done = 1 } }' \
            /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | as_root tee "$target" >/dev/null
    fi
    [ -s "$target" ] || { say "no package source for $codename found to derive the backports suite from"; exit 1; }
    say "added the backports suite beside the existing package source"
}

missing=()
for package in $(sed 's/#.*//' "$here/packages.txt"); do
    installed "$package" || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ] && sqlcipher_ok; then
    exit 0
fi

export DEBIAN_FRONTEND=noninteractive
sqlcipher_ok || [ "$codename" != bookworm ] || add_backports
as_root apt-get update -qq
if [ ${#missing[@]} -gt 0 ]; then
    say "installing ${missing[*]}"
    as_root apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi
if ! sqlcipher_ok; then
    say "installing libsqlcipher-dev"
    if [ "$codename" = bookworm ]; then
        as_root apt-get install -y -qq --no-install-recommends -t "$codename-backports" libsqlcipher-dev
    else
        as_root apt-get install -y -qq --no-install-recommends libsqlcipher-dev
    fi
    sqlcipher_ok || { say "SQLCipher $sqlcipher_needed or later is needed, and this system offers only an older one"; exit 1; }
fi
