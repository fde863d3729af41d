#!/usr/bin/env python3
# SPDX-FileCopyrightText: Evenhand contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write text files into a C++ header as string_view constants. Used by cmake/EmbedFiles.cmake."""
import argparse
import os
import re
import sys


def constant_name(path, root):
    stem = os.path.splitext(os.path.relpath(path, root))[0]
    words = re.split(r"[^A-Za-z0-9]+", stem)
    return "k" + "".join(word[:1].upper() + word[1:] for word in words if word)


def literal(text):
    # GCC limits neither raw strings nor concatenation; pieces keep lines short enough for tools.
    delimiter = "EMBED"
    pieces = [text[i:i + 12000] for i in range(0, len(text), 12000)] or [""]
    return "\n".join(f'R"{delimiter}({piece}){delimiter}"' for piece in pieces)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--output", required=True)
    parser.add_argument("--namespace", required=True)
    parser.add_argument("--root", required=True)
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    lines = ["// Generated from the files named below; do not edit.", "#pragma once", "#include <string_view>",
             f"namespace {arguments.namespace} {{"]
    names = set()
    for path in arguments.files:
        with open(path, encoding="utf-8") as handle:
            text = handle.read()
        name = constant_name(os.path.abspath(path), arguments.root)
        if name in names:
            sys.exit(f"{path}: two files become {name}")
        names.add(name)
        lines += [f"// {os.path.relpath(path, arguments.root)}", f"inline constexpr std::string_view {name} =", literal(text) + ";"]
    lines.append("}")
    os.makedirs(os.path.dirname(arguments.output), exist_ok=True)
    with open(arguments.output, "w", encoding="utf-8") as handle:
        handle.write("\n".join(lines) + "\n")


main()
