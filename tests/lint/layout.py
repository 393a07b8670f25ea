# SPDX-License-Identifier: GPL-3.0-or-later
"""C is laid out as clang-format 14 does it; other versions break lines elsewhere."""

import re
import shutil
import subprocess

from tree import Finding

WARNING = re.compile(r"^(?:\./)?(.+?):(\d+):\d+: (?:warning|error): code should be clang-formatted")


def find_program():
    for name in ("clang-format-14", "clang-format"):
        program = shutil.which(name)
        if program:
            said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
            if "version 14." in said:
                return program
    return None


def check(tree):
    program = find_program()
    if not program:
        print("clang-format 14 is not here")
        raise SystemExit(77)
    names = tree.files(".c", ".h", under="app/") + tree.files(".c", ".h", under="tests/")
    if not names:
        return
    result = subprocess.run(
        [program, "--style=file", "--dry-run", *names],
        cwd=tree.top,
        capture_output=True,
        text=True,
    )
    seen = set()
    for line in result.stderr.splitlines():
        match = WARNING.match(line)
        if match and match.group(1) not in seen:
            seen.add(match.group(1))
            yield Finding(match.group(1), int(match.group(2)), "not as clang-format lays it out")
    if result.returncode and not seen:
        yield Finding(".clang-format", 0, result.stderr.strip())
