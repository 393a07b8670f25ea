# SPDX-License-Identifier: GPL-3.0-or-later
"""What every source file keeps to: its licence, its length, and no marks of unfinished work."""

import re

from tree import Finding

MAX_FILE_LINES = 700
LONG_FUNCTION = 60
MAX_FUNCTION_LINES = 120

SOURCES = (".c", ".h", ".py", ".sh", ".ui", ".css", ".xml", ".in", ".svg", "meson.build")
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"

# Spelt in parts, so that this file does not find itself.
MARKS = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
SKIPS = re.compile(r"g_test_" r"skip|unittest\.sk" r"ip|pytest\.sk" r"ip|should_fa" r"il")
MACHINE = re.compile(r"(?<![\w.~$}*-])/(?:work|farm|root|home|tmp)/[A-Za-z]")
MACHINE_IN_TESTS = re.compile(r"(?<![\w.~$}*-])/(?:work|farm|root)/[A-Za-z]")

FUNCTION_NAME = re.compile(r"^([a-z_]\w*) \(")


def is_text(name):
    """Not the data that tests and samples are made of, which may hold anything."""
    return not name.startswith(("tests/data/", "data/samples/")) and not re.search(
        r"\.(png|mo|gz|zip|qdpx|bin|txt|json|ann|tsv|csv|conll|jsonl|xmi)$", name
    )


def functions(lines):
    """(name, first line, number of lines) of each function, by the layout that clang-format keeps:
    its name, its opening and its closing brace stand in the first column."""
    name, first, opened = None, 0, False
    for number, line in enumerate(lines, 1):
        match = FUNCTION_NAME.match(line)
        if match and not opened:
            name, first = match.group(1), number
        elif line.startswith("{") and name:
            opened = True
        elif line.startswith("}"):
            if opened:
                yield name, first, number - first + 1
            name, opened = None, False
        elif line.endswith(";") and not line.startswith((" ", "\t")) and not opened:
            name = None


def check_licence(tree):
    names = set(tree.files(*SOURCES)) | {name for name, _ in tree.scripts()}
    for name in sorted(names):
        if not is_text(name):
            continue
        if not any(SPDX in line for line in tree.lines(name)[:3]):
            yield Finding(name, 1, f'no line "{SPDX}" at the top')


def check_length(tree):
    for name in tree.files(".c", ".h", ".py", ".sh", ".ui", ".css"):
        if is_text(name):
            count = len(tree.lines(name))
            if count > MAX_FILE_LINES:
                yield Finding(name, 0, f"{count} lines; more than {MAX_FILE_LINES} is two ideas")


def check_functions(tree):
    for name in tree.files(".c"):
        for function, first, count in functions(tree.lines(name)):
            if count > MAX_FUNCTION_LINES:
                yield Finding(
                    name, first, f"{function} has {count} lines; {MAX_FUNCTION_LINES} are the most"
                )
            elif count > LONG_FUNCTION:
                print(f"note: {name}:{first}: {function} has {count} lines: look at it again")


def check_marks(tree):
    for name in tree.files():
        if not is_text(name):
            continue
        machine = MACHINE_IN_TESTS if name.startswith("tests/") else MACHINE
        for number, line in enumerate(tree.lines(name), 1):
            if MARKS.search(line):
                yield Finding(name, number, "a mark of unfinished work")
            if name.startswith("tests/") and SKIPS.search(line):
                yield Finding(name, number, "a test that is left out or may fail")
            if machine.search(line):
                yield Finding(name, number, "an absolute path of somebody's machine")
            if line.rstrip("\r\n \t") != line:
                yield Finding(name, number, "white space at the end of the line")


def check(tree):
    for part in (check_licence, check_length, check_functions, check_marks):
        yield from part(tree)
