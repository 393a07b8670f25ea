# SPDX-License-Identifier: GPL-3.0-or-later
"""merge.py LOG FROM…: writes to LOG what the logs of several runs of measure.py have measured. Where two of them have
the same step, the later named counts, unless it was ended there before it was in the other."""

import json
import sys
from pathlib import Path

from results import choose


def merge(logs):
    merged = {**logs[0], "steps": {}, "runs": []}
    for log in logs:
        if log["machine"] != merged["machine"] or log["presses"] != merged["presses"]:
            raise ValueError("these are not runs of one machine, with as many presses each")
        for name, step in log["steps"].items():
            merged["steps"][name] = choose(merged["steps"].get(name), step)
        merged["runs"] += [run for run in log["runs"] if run not in merged["runs"]]
    return merged


def main(path, *paths):
    logs = [json.loads(Path(one).read_text(encoding="utf-8")) for one in paths]
    part = Path(path + ".part")
    part.write_text(json.dumps(merge(logs), ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
