# SPDX-License-Identifier: GPL-3.0-or-later
"""coverage.py SOURCE BUILD RESULT: what the tests reached of app/, by folder, from a build with
-Db_coverage=true; a line for RESULT as "meson test" writes them; ends with 1 where it is too little."""

import json
import os
import subprocess
import sys

# Per cent of lines; the core is all that has no window.
CORE = ("text", "model", "format", "store", "corpus", "cli")
WANTED = {"core": 90.0, "ui": 75.0}
WORST = 12


def count(source, build):
    """{path below app/: (lines, lines reached, branches, branches taken)}"""
    result = os.path.join(build, "meson-logs", "coverage-summary.json")
    command = ["gcovr", "--root", source, "--object-directory", build, "--filter", os.path.join(source, "app/")]
    # What a call of a cleaned-up variable does is no choice of ours.
    command += ["--exclude-unreachable-branches", "-j", str(os.cpu_count() or 1)]
    command += ["--json-summary", result, os.path.join(build, "app")]
    subprocess.run(command, check=True, cwd=build)
    with open(result, encoding="utf-8") as file:
        files = json.load(file)["files"]
    return {
        part["filename"].partition("app/")[2]: tuple(
            part[name] for name in ("line_total", "line_covered", "branch_total", "branch_covered")
        )
        for part in files
    }


def add(rows):
    return tuple(map(sum, zip(*rows))) if rows else (0, 0, 0, 0)


def share(reached, total):
    return 100.0 * reached / total if total else 100.0


def print_row(name, row):
    lines, reached, branches, taken = row
    print(
        f"{name:44} {reached:6} of {lines:6} lines {share(reached, lines):5.1f} %"
        f" {taken:6} of {branches:6} branches {share(taken, branches):5.1f} %"
    )


def main(source, build, result):
    files = {name: row for name, row in count(source, build).items() if name.endswith((".c", ".h"))}
    folders = {
        folder: add([row for name, row in files.items() if name.startswith(folder + "/")])
        for folder in (*CORE, "ui")
    }
    print("\nReached by the tests:")
    for folder, row in folders.items():
        print_row(f"app/{folder}", row)
    whole = {"core": add([folders[name] for name in CORE]), "ui": folders["ui"]}
    for name, row in whole.items():
        print_row(f"{name}, at least {WANTED[name]:.0f} %", row)
    print("\nMost lines not reached:")
    for name, row in sorted(files.items(), key=lambda item: item[1][1] - item[1][0])[:WORST]:
        print_row(f"app/{name}", row)
    print()
    missed = [
        f"{name}: {share(row[1], row[0]):.1f} % of the lines are reached, {WANTED[name]:.0f} % is the least"
        for name, row in whole.items()
        if share(row[1], row[0]) < WANTED[name]
    ]
    with open(result, "w", encoding="utf-8") as file:
        outcome = {"name": "coverage", "result": "FAIL" if missed else "OK", "stdout": "\n".join(missed)}
        file.write(json.dumps(outcome) + "\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
