#!/usr/bin/env python3
# SPDX-FileCopyrightText: Evenhand contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Source rules that a grep can hold: licence lines, [[nodiscard]] on Result, tr() only in ui/, no blocking calls, no Qt SQL."""
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RESULT_DECLARATION = re.compile(r"^\s*(static |virtual |friend |inline )*(base::)?(QFuture<)?(base::|::evenhand::base::)?Result<[^;=]*>\s+\w+\(")
BLOCKING = re.compile(r"\b(QThread::(ms|s)?leep|processEvents|QEventLoop\b.*exec|waitForFinished|\bterminate\(\))")
TRANSLATION = re.compile(r"(?<![\w:])tr\(\"")
SINGLETON = re.compile(r"(?<!QCoreApplication::)\binstance\(\)")
SETTINGS = re.compile(r"\bQSettings\b")


def tracked():
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for path in out.splitlines() if os.path.isfile(os.path.join(ROOT, path))]


def check(path, lines):
    code = path.startswith(("app/", "db/", "ui/", "server/"))
    if not any("SPDX-License-Identifier" in line for line in lines[:5]):
        yield 1, "SPDX lines are missing"
    for number, line in enumerate(lines, 1):
        if "lint: allow" in line:
            continue
        if code and path.endswith(".h") and RESULT_DECLARATION.match(line) and "[[nodiscard]]" not in lines[max(0, number - 2)] + line:
            yield number, "a function that returns Result must be [[nodiscard]]"
        if code and BLOCKING.search(line):
            yield number, "blocking call or nested event loop"
        if code and not path.startswith("ui/") and TRANSLATION.search(line):
            yield number, "tr() belongs to ui/"
        if code and SINGLETON.search(line):
            yield number, "no singletons"
        if code and SETTINGS.search(line) and not path.startswith("app/workstation/"):
            yield number, "QSettings belongs to app/workstation"


def main():
    found = []
    for path in tracked():
        if path.endswith((".h", ".cpp")):
            with open(os.path.join(ROOT, path), encoding="utf-8") as handle:
                found += [f"{path}:{number}: {problem}" for number, problem in check(path, handle.read().splitlines())]
    print("\n".join(found) if found else "sources: all rules hold")
    return 1 if found else 0


sys.exit(main())
