# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing is dropped silently: ids and tag sets that a format has no place for, and articles that stand in a file twice;
and the format that a name stands for."""

import json
import os
import shutil
import sys

from tap import run_cases, tests_of
from test_convert import TEXT, Corpus, run


def read_losses(corpus, to, *inputs, out="lost", options=()):
    result = run("convert", "--to", to, "--losses", "l.json", "-o", out, *options, *inputs, cwd=corpus.path)
    assert result.returncode == 0, (to, result.stderr)
    losses = json.loads(corpus.read("l.json"))["losses"]
    os.remove(corpus.at("l.json"))
    path = corpus.at(out)
    shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
    return [(entry["kind"], entry["path"], entry.get("id"), entry.get("detail")) for entry in losses["list"]]


def test_ids():
    """Ids that a format does not keep are told of, once for an article; but for those that Kutip makes by counting."""
    lost = {"webanno-tsv": "T3", "conll": "T3", "doccano": "T3", "refi-qda": "T3", "html": "T3", "conllu": "R1",
            "brat": None, "csv": None, "jsonl": None, "spacy-doc": None}
    with Corpus() as corpus:
        for to, first in lost.items():
            ids = [(path, i) for kind, path, i, _ in read_losses(corpus, to, "in") if kind == "ids"]
            assert ids == ([("a.txt", first), ("sub/b.txt", first)] if first else []), (to, ids)
        counted = json.loads(corpus.convert("jsonl", inputs=("in/a.ann",)).replace('"T', '"s').replace('"R', '"r'))
        corpus.write("counted/a.txt", TEXT)
        corpus.write("counted/a.txt.annotations.json", json.dumps(counted["layers"][0]))
        for to in lost:
            assert "ids" not in {loss[0] for loss in read_losses(corpus, to, "counted")}, to
        for wrong in ("s", "s1a", "1", "T1", "sr1", "r-1"):
            other = json.dumps(counted["layers"][0]).replace('"s3"', f'"{wrong}"')
            corpus.write("counted/a.txt.annotations.json", other)
            ids = [loss for loss in read_losses(corpus, "doccano", "counted") if loss[0] == "ids"]
            assert ids == [("ids", "a.txt", wrong, None)], (wrong, ids)


def test_tag_set_is_lost():
    """The tag set of a folder is told of where the new format has no place for it."""
    with Corpus() as corpus:
        corpus.convert("kutip", "-o", "ours")
        os.remove(corpus.at("ours/tagset.json"))
        for to in ("csv", "jsonl", "brat"):
            assert "tagset" not in {loss[0] for loss in read_losses(corpus, to, "ours")}, to
        corpus.write("ours/tagset.json", json.dumps({"format": 1, "name": "Study", "version": "1", "spans": []}))
        for to, is_lost in (("csv", True), ("jsonl", True), ("prodigy", True), ("brat", False), ("kutip", False)):
            found = [loss for loss in read_losses(corpus, to, "ours") if loss[0] == "tagset"]
            assert found == [("tagset", path, None, "Study") for path in ("a.txt", "sub/b.txt") if is_lost], (to, found)
        refused = run("convert", "--strict", "--to", "csv", "-o", "no.csv", "ours", cwd=corpus.path)
        assert refused.returncode == 1 and b"tagset" in refused.stderr and not os.path.exists(corpus.at("no.csv"))
        # A dataset has it beside its rows.
        exported = run("export", "--to", "csv", "-o", "data", "ours", cwd=corpus.path)
        assert exported.returncode == 0 and b"tagset" not in exported.stderr, exported.stderr
        assert os.path.exists(corpus.at("data/tagset.json"))


NAMED = [("x.jsonl", b'"layers"'), ("x.spacy.jsonl", b'"ents"'), ("x.csv", b"path,"), ("x.conllu", b"# "), ("x.conll", b"# "),
         ("x.tsv", b"path\t")]


def test_format_of_the_name():
    with Corpus() as corpus:
        for name, content in NAMED:
            result = run("convert", "-o", name, "in", cwd=corpus.path)
            assert result.returncode == 0, (name, result.stderr)
            with open(corpus.at(name), "rb") as file:
                assert content in file.read(), name
        assert json.loads(corpus.read("x.jsonl").splitlines()[0])["path"] == "a.txt"


def test_annotators_apart():
    """An article whose annotators come apart is one in a folder; in one file it is told of."""
    with Corpus() as corpus:
        line = json.loads(corpus.convert("jsonl", inputs=("in/a.ann",)))
        for annotator in ("ayu", "budi"):
            line["layers"][0]["annotator"] = annotator
            corpus.write(f"two/{annotator}.jsonl", json.dumps({**line, "path": "a.txt"}) + "\n" +
                         json.dumps({**line, "path": f"{annotator}.txt"}) + "\n")
        for jobs in ("1", "3"):
            result = run("convert", "--jobs", jobs, "--to", "jsonl", "two", cwd=corpus.path)
            assert result.returncode == 0 and len(result.stdout.splitlines()) == 4, result
            told = [told for told in result.stderr.decode().splitlines() if "path-twice" in told]
            assert len(told) == 1 and "a.txt" in told[0] and "--to kutip" in told[0], result.stderr
        exported = run("export", "--to", "jsonl", "-o", "data", "--split", "5/5", "two", cwd=corpus.path)
        assert exported.returncode == 0 and b"path-twice" in exported.stderr, exported.stderr
        rows = json.loads(corpus.read("data/manifest.json"))["articles"]
        assert len({row["split"] for row in rows if row["path"] == "a.txt"}) == 1, rows
        result = run("convert", "--to", "kutip", "-o", "one", "two", cwd=corpus.path)
        assert result.returncode == 0 and b"path-twice" not in result.stderr, result.stderr
        result = run("convert", "--to", "jsonl", "one", cwd=corpus.path)
        assert b"path-twice" not in result.stderr and len(result.stdout.splitlines()) == 3, result


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
