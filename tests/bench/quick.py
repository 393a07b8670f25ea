# SPDX-License-Identifier: GPL-3.0-or-later
"""quick.py BUILD: measures small articles once, without thresholds: each key is measured, all tables are printed, and
the manual's page can be made of them, also of what a run that was ended has left. Runs inside tests/xrun."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import merge
import page
from aims import list_aims
from results import ARTICLES, KEYS, SMALL, Results

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent.parent / "data/help/performance.md"


def pretend_whole(log):
    """As if the small articles were all that a whole run has; the numbers mean nothing."""
    steps = dict(log["steps"])
    for name, *_ in ARTICLES[2:]:
        steps.update({step.replace("100 KB", name): found for step, found in log["steps"].items() if "100 KB" in step})
    return dict(log, steps=steps)


def outside(text):
    return page.PART.sub(r"\2", text)


def check_page(log, path):
    """All parts are filled, and what is written by hand stays."""
    path.write_text(json.dumps(log), encoding="utf-8")
    before = PAGE.read_text(encoding="utf-8")
    after = page.fill(before, Results(path))
    assert outside(after) == outside(before), "what is written by hand has changed"
    for match in page.PART.finditer(after):
        assert len(match[0].splitlines()) > 3, f"“{match[2]}” is empty"


def check_merging(log, folder):
    """Two runs, each of which was ended, are one: what was ended in one of them is whole in the other."""
    names = list(log["steps"])
    half = len(names) // 2
    ended = {"failed": "was ended", "result": None, "seconds": 1}
    for name, mine, lost in (("first", names[:half], names[half]), ("second", names[half:], names[0])):
        steps = {**{step: log["steps"][step] for step in mine}, lost: ended}
        (folder / name).write_text(json.dumps(dict(log, steps=steps)), encoding="utf-8")
    for order in (("first", "second"), ("second", "first")):
        merge.main(str(folder / "merged"), *(folder / name for name in order))
        merged = json.loads((folder / "merged").read_text(encoding="utf-8"))
        assert merged["steps"] == log["steps"], f"{order}: other steps"
        assert merged["runs"] == log["runs"], f"{order}: other runs"


def main(build):
    with tempfile.TemporaryDirectory(prefix="kutip-bench-") as folder:
        path = Path(folder) / "log"
        subprocess.run([sys.executable, HERE / "measure.py", "--quick", build, path], check=True)
        print(subprocess.run([sys.executable, HERE / "page.py", path], check=True, text=True,
                             capture_output=True).stdout)
        results = Results(path)
        assert not results.failed, results.failed
        # One press may find nothing to paint at its place; in both articles together each key is there.
        missing = [key for key in KEYS if not any(key in found.keys.series for found in results.articles.values())]
        assert not missing, f"not measured: {missing}"
        assert results.article(SMALL).bare.get("open"), "no floor"
        check_merging(json.loads(path.read_text(encoding="utf-8")), Path(folder))
        log = pretend_whole(json.loads(path.read_text(encoding="utf-8")))
        check_page(log, path)
        missing = [aim.what for aim in list_aims(Results(path)) if aim.found == "–"]
        assert not missing, f"nothing found of {missing}"
        # One step failed, and no more were taken.
        first = list(log["steps"])[0]
        check_page(dict(log, steps={first: {"failed": "hangs", "result": None, "seconds": 1}}), path)
        check_page(dict(log, steps={name: found for name, found in log["steps"].items() if "keys" not in name}), path)


if __name__ == "__main__":
    main(sys.argv[1])
