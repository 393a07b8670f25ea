# SPDX-License-Identifier: GPL-3.0-or-later
"""What came from another program goes back to it as it was, by itself and by way of Kutip's own files."""

import hashlib
import json
import os
import shutil
import sys

from tap import run_cases, tests_of
from test_convert import Corpus, run

TEXT = "Budi said it in Jakarta.\nThey left.\n"


def article(name):
    return {"format": 1, "article": {"file": name, "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "length": len(TEXT)}, "offsets": "unicode code points", "spans": [
        {"id": "s1", "label": "quote", "ranges": [[10, 12]], "text": ["it"]},
        {"id": "s2", "label": "source", "ranges": [[0, 4]], "text": ["Budi"]}],
        "relations": [{"id": "r1", "label": "attributed-to", "from": "s1", "to": "s2"}]}


def write_articles(corpus, *names):
    for name in names:
        corpus.write(f"in/{name}.txt", TEXT)
        corpus.write(f"in/{name}.txt.annotations.json", json.dumps(article(os.path.basename(name) + ".txt")))


def test_made_up_tag_sets():
    """A tag set that was made up from annotations says nothing beyond them; one that somebody has changed does."""
    for to in ("doccano", "prodigy", "conllu", "uima-xmi", "uima-json", "huggingface"):
        with Corpus() as corpus:
            shutil.rmtree(corpus.at("in"))
            write_articles(corpus, "a", "sub/b")
            corpus.convert(to, "-o", "out")
            corpus.convert("kutip", "--from", to, "-o", "k", inputs=("out",))
            tagset = json.loads(corpus.read("k/tagset.json"))
            assert tagset["name"] == "Converted", tagset
            corpus.convert(to, "--strict", "-o", "back", inputs=("k",))
            # Its other labels come from nowhere else.
            found = [os.path.join(folder, name) for folder, _, names in os.walk(corpus.at("k"))
                     for name in names if name.endswith(".annotations.json")]
            for changed in ({**tagset, "labels": tagset["labels"] + [{"name": "claim"}]},
                            {**tagset, "labels": [{**label, "description": "x"} for label in tagset["labels"]]}):
                corpus.write("k/tagset.json", json.dumps(changed))
                corpus.convert(to, "-o", "back2", "--force", "--losses", "l.json", inputs=("k",))
                told = [loss for loss in json.loads(corpus.read("l.json"))["losses"]["list"] if loss["kind"] == "tagset"]
                assert len(told) == len(found) == 2, (to, told, found)
                corpus.convert(to, "--strict", "-o", "back3", status=1, inputs=("k",))
                assert not os.path.exists(corpus.at("back3")), to


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
