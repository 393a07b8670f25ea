# SPDX-License-Identifier: GPL-3.0-or-later
"""Sums up a run of "meson test" from its testlog.json: what failed, and as the last line how many
cases passed and failed. A program that speaks TAP counts with each of its cases, any other as one.

  summary.py LOG [LOG …]           what is in a later log was run a second time, or is a check of its own
  summary.py --again LOG [--all]   names those to run a second time: with real input, or all that failed
"""

import json
import re
import sys

# Their keys and clicks go through an X server: on a busy machine one gets lost now and then.
WITH_INPUT = ("ui/", "window/")
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


def read(path):
    with open(path, encoding="utf-8") as log:
        return {result["name"]: result for result in map(json.loads, filter(str.strip, log))}


def list_again(path, every=None):
    for name, result in read(path).items():
        short = name.rpartition(" / ")[2]
        if count_cases(result)[1] and (every or short.startswith(WITH_INPUT)):
            print(short)
    return 0


def main(path, *later):
    passed = failed = skipped = 0
    results, second = read(path), {}
    for log in later:
        second.update(read(log))
    for name, result in {**results, **second}.items():
        counts = count_cases(result)
        passed, failed, skipped = (a + b for a, b in zip((passed, failed, skipped), counts))
        if counts[1]:
            print_failure(result)
        elif name in second and name in results:
            print(f"passed only when it ran again: {name}")
        elif result["result"] == "SKIP":
            print(f"skipped {result['name']}: this system lacks what it needs")
    if skipped:
        print(f"{skipped} skipped")
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    if sys.argv[1] == "--again":
        sys.exit(list_again(*sys.argv[2:]))
    sys.exit(main(*sys.argv[1:]))
