# SPDX-License-Identifier: GPL-3.0-or-later
"""lint.py CHECK SOURCE BUILD: runs one of the checks; ends with 1 and a line for each finding."""

import importlib
import sys

from tree import Tree

CHECKS = (
    "layers",
    "sources",
    "layout",
    "translations",
    "interface",
    "markup",
    "shipped",
    "scripts",
    "manual",
)


def main(name, source, build):
    findings = sorted(importlib.import_module(name).check(Tree(source, build)))
    for finding in findings:
        print(finding)
    if findings:
        print(f"{len(findings)} found by {name}")
    return 1 if findings else 0


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in CHECKS:
        sys.exit(f"usage: lint.py {{{'|'.join(CHECKS)}}} SOURCE BUILD")
    sys.exit(main(*sys.argv[1:]))
