#!/usr/bin/env python3
# SPDX-FileCopyrightText: Evenhand contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the includes of every source file and fails on one that its layer must not see (docs/architecture.md)."""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')

# folder -> prefixes of our own headers it may include (itself is always allowed)
OWN = {
    "app/base": [],
    "app/domain": ["app/base"],
    "app/compliance": ["app/base", "app/domain"],
    "app/guidance": ["app/base", "app/domain"],
    "app/media": ["app/base", "app/domain"],
    "db/sqlite": ["app/base"],
    "db": ["app/base", "app/domain", "app/compliance", "app/guidance"],
    "app/sync": ["app/base", "app/domain", "db"],
    "app/services": ["app/base", "app/domain", "app/compliance", "app/guidance", "db", "app/sync", "app/media"],
    "ui": ["app/base", "app/domain", "app/compliance", "app/guidance", "app/services"],
    "app/workstation": ["app/base", "app/domain", "app/compliance", "app/guidance", "app/media", "app/services", "ui"],
    "app/ctl": ["app/base", "app/domain", "app/compliance", "app/guidance", "app/media", "db", "app/sync", "app/services"],
    "server": ["app/base", "app/domain", "app/compliance", "db/sqlite"],
}
OWN_PREFIXES = ("app/", "db/", "ui/", "server/", "tests/")

WIDGETS = re.compile(r"^(QtWidgets/|QApplication|QWidget|QDialog|QMainWindow|QMessageBox|QPushButton|QLabel|QTableView|QPlainTextEdit)")
GUI = re.compile(r"^(QtGui/|QColor|QPixmap|QImage|QPainter|QIcon|QGuiApplication|QFont)")
NETWORK = re.compile(r"^(QtNetwork/|QNetwork|QTcp|QSsl|QHttp)")
QTSQL = re.compile(r"^(QtSql/|QSql)")
SQLITE = re.compile(r"^(sqlite3\.h|sqlcipher/)")
LIBPQ = re.compile(r"^libpq")
BEAST = re.compile(r"^boost/(beast|asio)")
FOREIGN = {                      # pattern -> folders that may include it
    "Widgets": (WIDGETS, ["ui", "app/workstation"]),
    "Gui": (GUI, ["ui", "app/workstation"]),
    "Qt Network": (NETWORK, ["app/sync", "app/services"]),
    "Qt SQL": (QTSQL, []),
    "sqlite3": (SQLITE, ["db/sqlite"]),
    "libpq": (LIBPQ, ["server/store"]),
    "Beast or Asio": (BEAST, ["server/http"]),
}


def layer_of(path):
    matches = [folder for folder in OWN if path.startswith(folder + "/")]
    return max(matches, key=len) if matches else None


def within(path, folders):
    return any(path == folder or path.startswith(folder + "/") for folder in folders)


def problems_of(path):
    layer = layer_of(path)
    with open(os.path.join(ROOT, path), encoding="utf-8") as handle:
        for number, line in enumerate(handle, 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            header = match.group(1)
            for name, (pattern, allowed) in FOREIGN.items():
                if pattern.match(header) and not within(path, allowed):
                    yield f"{path}:{number}: {layer} must not include {name} ({header})"
            if header.startswith(OWN_PREFIXES) and not within(header, OWN[layer] + [layer]):
                yield f"{path}:{number}: {layer} must not see {header}"
            if header.startswith("db/") and layer in ("app/compliance", "app/guidance"):
                yield f"{path}:{number}: {layer} must not see {header}"
        if path.startswith("app/services/") and path.endswith(".h"):
            yield from header_rules(path)


def header_rules(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as handle:
        for number, line in enumerate(handle, 1):
            match = INCLUDE.match(line)
            if match and (NETWORK.match(match.group(1)) or match.group(1).startswith("db/sqlite")):
                yield f"{path}:{number}: headers of services hide sockets and SQL ({match.group(1)})"


def main():
    found = []
    for folder in ("app", "db", "ui", "server"):
        for parent, _, names in os.walk(os.path.join(ROOT, folder)):
            for name in sorted(names):
                path = os.path.relpath(os.path.join(parent, name), ROOT)
                if name.endswith((".h", ".cpp")) and layer_of(path):
                    found += list(problems_of(path))
    print("\n".join(found) if found else "layers: every include is allowed")
    return 1 if found else 0


sys.exit(main())
