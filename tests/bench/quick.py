# SPDX-License-Identifier: GPL-3.0-or-later
"""quick.py BUILD: measures small articles once, without thresholds: each key is measured, all tables are printed, and the
manual's page can be made of them. Runs inside tests/xrun."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import page
from results import ARTICLES, KEYS, SMALL, Results

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent.parent / "data/help/performance.md"


def pretend_whole(log):
    """As if the small articles were all that a whole run has; the numbers mean nothing."""
    some = log["articles"]["100 KB"]
    articles = {name: dict(log["articles"].get(name, some), spans=spans) for name, _, spans, _ in ARTICLES}
    return dict(log, articles=articles)


def outside(text):
    return page.PART.sub(r"\2", text)


def main(build):
    with tempfile.TemporaryDirectory(prefix="kutip-bench-") as folder:
        log = Path(folder) / "log"
        subprocess.run([sys.executable, HERE / "measure.py", "--quick", build, log], check=True)
        table = subprocess.run([sys.executable, HERE / "table.py", log], check=True, text=True, capture_output=True)
        print(table.stdout)
        results = Results(log)
        # One press may find nothing to paint at its place; in both articles together each key is there.
        missing = [key for key in KEYS
                   if not any(key in article.keys.series for article in results.articles.values())]
        assert not missing, f"not measured: {missing}"
        assert results.articles[SMALL].bare.get("open"), "no floor"
        log.write_text(json.dumps(pretend_whole(json.loads(log.read_text(encoding="utf-8")))), encoding="utf-8")
        Results(log).list_misses()
        before = PAGE.read_text(encoding="utf-8")
        after = page.fill(before, Results(log))
        assert outside(after) == outside(before), "what is written by hand has changed"
        for match in page.PART.finditer(after):
            assert len(match[0].splitlines()) > 3, f"“{match[2]}” is empty"


if __name__ == "__main__":
    main(sys.argv[1])
