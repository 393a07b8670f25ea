# SPDX-License-Identifier: GPL-3.0-or-later
"""Sums up a run of "meson test" from its testlog.json: what failed, and as the last line how many
cases passed and failed. A program that speaks TAP counts with each of its cases, any other as one."""

import json
import re
import sys

CASE = re.compile(r"^(not )?ok\b(?:[^#]*)(#\s*skip)?", re.IGNORECASE)


def count_cases(result):
    """(passed, failed, skipped) of one test program."""
    passed = failed = skipped = 0
    for line in result.get("stdout", "").splitlines():
        case = CASE.match(line)
        if not case:
            continue
        if case.group(2):
            skipped += 1
        elif case.group(1):
            failed += 1
        else:
            passed += 1
    outcome = result["result"]
    if outcome == "SKIP":
        return 0, 0, max(skipped, 1)
    if outcome in ("OK", "EXPECTEDFAIL"):
        return (passed or (0 if skipped else 1)), 0, skipped
    # It may have died before, between or after its cases: that is a failure too.
    return passed, max(failed, 1), skipped


def print_failure(result):
    """The program's last words, indented: what a long log is searched for."""
    print(f"FAILED  {result['name']}: {result['result'].lower()}")
    said = [line for line in result.get("stdout", "").splitlines() if not line.startswith("ok ")]
    said = said[-8:] + result.get("stderr", "").splitlines()[:12]
    for line in said:
        print("    " + line[:200])


def main(path):
    passed = failed = skipped = 0
    with open(path, encoding="utf-8") as log:
        results = [json.loads(line) for line in log if line.strip()]
    for result in results:
        counts = count_cases(result)
        passed, failed, skipped = (a + b for a, b in zip((passed, failed, skipped), counts))
        if counts[1]:
            print_failure(result)
        elif result["result"] == "SKIP":
            print(f"skipped {result['name']}: this system lacks what it needs")
    if skipped:
        print(f"{skipped} skipped")
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
