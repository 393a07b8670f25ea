# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a Python program's cases as TAP, each of them whatever became of the one before."""

import traceback


def run_cases(cases):
    """Those are functions; 1 when one has failed, else 0: the program's exit status."""
    failed = 0
    print(f"1..{len(cases)}")
    for number, case in enumerate(cases, 1):
        name = case.__name__.removeprefix("test_").replace("_", " ")
        try:
            case()
            print(f"ok {number} - {name}", flush=True)
        except Exception as error:
            failed += 1
            line = traceback.extract_tb(error.__traceback__)[1].lineno
            text = f"{type(error).__name__}: {error}"[:3000].replace("\n", "\n# ")
            print(f"not ok {number} - {name}\n# line {line}: {text}", flush=True)
    return 1 if failed else 0


def tests_of(functions):
    """Of a program's globals() those that are called so, by name."""
    return [test for name, test in sorted(functions.items()) if name.startswith("test_") and callable(test)]
