# SPDX-License-Identifier: GPL-3.0-or-later
"""What the loss report says is so: each thing that an annotation can have, alone, in each format. What is told comes back
otherwise, or not at all; what is not told comes back as it was."""

import copy
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile

from tap import run_cases, tests_of
from test_convert import Corpus

TOOL = os.environ["KUTIP_TOOL"]
TEXT = "Putin berkata: “Kami sahabat 🤝” kata BBC.\nBaris kedua."
FORMATS = ["kutip", "brat", "webanno-tsv", "uima-xmi", "uima-json", "doccano", "prodigy", "label-studio", "web-annotation",
           "citron", "conll", "conllu", "csv", "tsv", "refi-qda", "huggingface", "jsonl"]
FOLDERS = {"kutip", "brat", "webanno-tsv", "uima-xmi", "uima-json", "citron"}
APART = {"web-annotation", "csv", "tsv"}


def make_span(name, label, *ranges):
    return {"id": name, "label": label, "ranges": [list(pair) for pair in ranges], "text": [TEXT[a:b] for a, b in ranges]}


def make_sidecar():
    return {
        "format": 1, "article": {"file": "a.txt", "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "length": len(TEXT)},
        "offsets": "unicode code points", "status": "in-progress",
        "spans": [make_span("s1", "quote", (15, 31)), make_span("s2", "source", (37, 40)), make_span("s3", "cue", (32, 36))],
        "relations": [{"id": "r1", "label": "attributed-to", "from": "s1", "to": "s2"},
                      {"id": "r2", "label": "introduced-by", "from": "s1", "to": "s3"}]}


def place(*ranges):
    return {name: make_span("s1", "quote", *ranges)[name] for name in ("ranges", "text")}


MEMBERS = {
    "attribute": {"attributes": {"form": "direct"}}, "empty": {"attributes": {"form": ""}}, "flag": {"attributes": {"denied": True}},
    "list": {"attributes": {"form": ["a", "b"]}}, "list of one": {"attributes": {"form": ["a"]}},
    "attributes": {"attributes": {"form": "direct", "zeal": 'x, "y"'}}, "note": {"note": "why"},
    "note of two lines": {"note": "why\nnot"}, "unsure": {"unsure": True}, "origin": {"origin": {"by": "rule:quotes"}},
    "origin of others": {"origin": {"by": "m", "x_other": 1}}, "score": {"origin": {"by": "rule:quotes", "score": 0.5}}, "created": {"created": "2026-11-22T09:30:00Z"},
    "modified": {"modified": "2026-11-22T09:30:00Z"}, "unknown": {"x_other": {"a": [1]}}}
OF_SPANS = {
    "link": {"links": [{"base": "wikidata", "id": "Q1"}]}, "titled link": {"links": [{"base": "x", "id": "Q1", "title": "A | b"}]},
    "links": {"links": [{"base": "wikidata", "id": "Q1"}, {"base": "viaf", "id": "2"}]}, "label": {"label": "odd Label é"},
    "pieces": place((15, 20), (21, 28)), "part of a word": place((16, 19)), "overlap": place((15, 36)), "lines": place((15, 48)),
    "was": {"was": ["Someone said"]}, "link of others": {"links": [{"base": "wikidata", "id": "Q1", "x_other": 1}]},
    "same place": place((37, 40)), "same twice": {**place((37, 40)), "label": "source"}, "review": {"review": "moved"}}
OF_RELATIONS = {"label": {"label": "odd rel é"}, "to itself": {"to": "s1"}, "back": {"from": "s2", "to": "s1"}}
OF_LAYER = {
    "done": {"status": "done"}, "new": {"status": "new"}, "attribute": {"attributes": {"topic": "x"}},
    "flag": {"attributes": {"topic": True}}, "list": {"attributes": {"topic": ["x", "y"]}}, "note": {"note": "of all"},
    "note of two lines": {"note": "of all\nof it"}, "annotator": {"annotator": "ayu"}, "tag set": {"tagset": {"name": "Study"}},
    "version": {"tagset": {"name": "Study", "version": "2"}}, "nothing": {"spans": [], "relations": []},
    "unknown": {"x_other": {"a": [1]}}, "unknown of tag set": {"tagset": {"x_other": 1}}}
OF_ARTICLE = {name: {name: value} for name, value in (("title", "T"), ("author", "A"), ("date", "2023-05-06"), ("publisher", "P"),
                                                      ("url", "https://e.x/"), ("language", "id"), ("x_other", 1))}


def list_things():
    """Each with its name, and the sidecar that has it."""
    for where, things, find in (("span", {**MEMBERS, **OF_SPANS}, lambda sidecar: sidecar["spans"][0]),
                                ("relation", {**MEMBERS, **OF_RELATIONS}, lambda sidecar: sidecar["relations"][0]),
                                ("layer", OF_LAYER, lambda sidecar: sidecar), ("article", OF_ARTICLE, lambda it: it["article"])):
        for name, members in things.items():
            sidecar = make_sidecar()
            find(sidecar).update(copy.deepcopy(members))
            yield f"{where}: {name}", sidecar
    event = make_sidecar()
    for relation in event["relations"]:
        relation["event"] = "e1"
    yield "event", event
    orphan = make_sidecar()
    orphan["spans"].append({**make_span("s4", "claim", (0, 5)), "text": ["Trump"], "review": "orphan"})
    yield "orphan", orphan
    twice = make_sidecar()
    twice["relations"].append({**twice["relations"][0], "id": "r3"})
    yield "relation twice", twice


def describe(sidecar):
    """All that it says but for ids, and for what follows from the rest; events by what is in them."""
    spans = {span["id"]: [span["label"], span["ranges"], span["text"]] for span in sidecar["spans"]}
    events = {}
    for relation in sidecar.get("relations", []):
        ends = [relation["label"], spans[relation["from"]], spans[relation["to"]]]
        relation["ends"] = ends
        events.setdefault(relation.get("event"), []).append(json.dumps(ends))
    told = []
    for member, found in [("span", span) for span in sidecar["spans"]] + [("rel", rel) for rel in sidecar.get("relations", [])]:
        skipped = {"id", "from", "to", "event", "prefix", "suffix", "refi"}
        rest = {name: value for name, value in found.items() if name not in skipped}
        if "event" in found:
            rest["event"] = sorted(events[found["event"]])
        told.append(json.dumps([member, rest], sort_keys=True))
    whole = {name: value for name, value in sidecar.items() if name not in ("spans", "relations", "article", "last_id", "refi")}
    article = {name: value for name, value in sidecar["article"].items() if name not in ("sha256", "file")}
    return [sorted(told), whole, article]


class There:
    """A folder that goes away, where articles go there and back."""

    def __init__(self, to):
        self.to = to

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="kutip-kept-")
        self.write("in/a.txt", TEXT)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def write(self, name, content):
        os.makedirs(os.path.dirname(os.path.join(self.path, name)), exist_ok=True)
        with open(os.path.join(self.path, name), "w", encoding="utf-8", newline="") as file:
            file.write(content)

    def run(self, *arguments):
        result = subprocess.run([TOOL, "convert", *arguments], capture_output=True, timeout=120, cwd=self.path)
        assert result.returncode == 0, (arguments, result.stderr.decode())

    def go(self, sidecars):
        """Of each, on an article of its own: the words of what was lost, and the sidecar that came back, or None."""
        os.remove(os.path.join(self.path, "in/a.txt"))
        for i, sidecar in enumerate(sidecars):
            self.write(f"in/{i}/a.txt", TEXT)
            self.write(f"in/{i}/a.txt.annotations.json", json.dumps(sidecar))
        os.mkdir(os.path.join(self.path, "out"))
        output = "out/files" if self.to in FOLDERS else "out/one"
        self.run("--to", self.to, "--losses", "lost.json", "-o", output, "in")
        with open(os.path.join(self.path, "lost.json"), encoding="utf-8") as file:
            losses = json.load(file)["losses"]["list"]
        self.run("--from", self.to, "--to", "kutip", "-o", "back", output, *(["in"] if self.to in APART else []))
        found = [os.path.join(folder, name) for folder, _, names in os.walk(os.path.join(self.path, "back"))
                 for name in names if name.endswith(".annotations.json")]
        back = [None for _ in sidecars]
        for path in found:
            i = int(os.path.relpath(path, os.path.join(self.path, "back")).partition(os.sep)[0])
            assert back[i] is None, found
            with open(path, encoding="utf-8") as file:
                back[i] = json.load(file)
        lost = [[loss["kind"] for loss in losses if loss["path"].partition("/")[0] == str(i)] for i in range(len(sidecars))]
        assert sum(map(len, lost)) == len(losses), losses
        return list(zip(lost, back))


def check(to):
    things = list(list_things())
    with There(to) as there:
        (always, plain), *others = there.go([make_sidecar(), *(sidecar for _, sidecar in things)])
    # What this format never keeps of any of them is no news of the thing.
    usual = describe(plain) == describe(make_sidecar())
    assert usual == (not always), (to, always, plain)
    for (name, sidecar), (lost, back) in zip(things, others):
        news = [word for word in lost if word not in always]
        if usual:
            kept = back is not None and describe(back) == describe(sidecar)
            assert kept == (not lost), (to, name, lost, back)
        elif not news:
            assert (back is None) == (plain is None), (to, name, lost, back)


def test_what_is_told():
    for to in FORMATS:
        check(to)


def test_tasks_of_label_studio():
    """What else is said of a task comes back, whichever of its annotators it is kept with."""
    regions = [{"id": "a", "from_name": "label", "to_name": "text", "type": "labels",
                "value": {"start": 0, "end": 2, "text": "ab", "labels": ["X"]}}]
    task = {"id": 77, "data": {"text": "ab cd", "source": "BBC", "topic": {"k": 1}}, "meta": {"a": 1}, "inner_id": 5,
            "file_upload": "x.json", "project": 9}
    with Corpus() as corpus:
        for people in (("zoe", "amy"), ("amy", "zoe"), ("zoe",), ("zoe", "budi", "amy")):
            for predictions in ([], [{"model_version": "m", "result": regions}]):
                annotations = [{"id": i, "completed_by": {"email": who}, "result": regions} for i, who in enumerate(people, 1)]
                corpus.write("t.json", json.dumps([task | {"annotations": annotations, "predictions": predictions}]))
                shutil.rmtree(corpus.at("k"), ignore_errors=True)
                corpus.convert("kutip", "--strict", "--from", "label-studio", "-o", "k", inputs=("t.json",))
                back = json.loads(corpus.convert("label-studio", inputs=("k",)))[0]
                assert {name: back.get(name) for name in task if name != "data"} == {
                    name: value for name, value in task.items() if name != "data"}, (people, back)
                assert {name: back["data"].get(name) for name in task["data"]} == task["data"], (people, back)
                assert sorted(by["completed_by"]["email"] for by in back["annotations"]) == sorted(people), (people, back)


def test_names_of_articles():
    """An article that gets another name as its own would be taken for something else is told of, and it alone."""
    with Corpus() as corpus:
        rows = [{"path": path, "text": TEXT, "layers": []} for path in ("a", "sub/b.html", "c.json", "d.md", "e.txt", "f.TXT")]
        corpus.write("x.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
        corpus.convert("kutip", "--losses", "l.json", "-o", "k", inputs=("x.jsonl",))
        told = {loss["path"] for loss in json.loads(corpus.read("l.json"))["losses"]["list"] if loss["kind"] == "file-name"}
        there = {row["path"] for row in rows if os.path.exists(corpus.at(f"k/{row['path']}"))}
        assert told == {row["path"] for row in rows} - there and {"a", "sub/b.html"} <= told and "d.md" in there, (told, there)
        for path in told:
            assert corpus.read(f"k/{path}.txt") == TEXT, path


def test_names_that_come_back():
    """Of each format: an article that comes back under another name is told of, and it alone."""
    paths = ["a", "sub/b.html", "c.json", "d.md", "e.txt", "f.TXT", "g.ann", "h.tar.gz", "i.txt.txt", "k.tsv"]
    for to in FORMATS:
        with There(to) as there:
            sidecar = make_sidecar()
            os.remove(os.path.join(there.path, "in/a.txt"))
            for path in paths:
                sidecar["article"]["file"] = os.path.basename(path)
                there.write(f"in/{path}", TEXT)
                there.write(f"in/{path}.annotations.json", json.dumps(sidecar))
            os.mkdir(os.path.join(there.path, "out"))
            output = "out/files" if to in FOLDERS else "out/one"
            there.run("--from", "kutip", "--to", to, "--losses", "lost.json", "-o", output, "in")
            with open(os.path.join(there.path, "lost.json"), encoding="utf-8") as file:
                told = [loss["path"] for loss in json.load(file)["losses"]["list"] if loss["kind"] == "file-name"]
            there.run("--from", to, "--to", "jsonl", "-o", "back", output, *(["in"] if to in APART else []))
            with open(os.path.join(there.path, "back"), encoding="utf-8") as file:
                back = [json.loads(line)["path"] for line in file]
            assert len(back) == len(paths) and sorted(told) == sorted(set(paths) - set(back)), (to, told, back)


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
