# SPDX-License-Identifier: GPL-3.0-or-later
"""Other names for what is annotated: nothing gets lost where two get one name, and the tag set goes along."""

import hashlib
import json
import sys

from tap import run_cases, tests_of
from test_convert import Corpus, run

TEXT = "Dia kata ini."
TAGSET = {
    "format": 1, "name": "Study", "version": "1",
    "labels": [
        {"name": "quote", "title": "Quote", "color": "#0072b2", "key": "2", "attributes": ["form", "mode"],
         "requires": ["attributed-to", "form"]},
        {"name": "claim", "title": "claim", "color": "#d55e00", "key": "1", "attributes": ["mode", "sure"]},
        {"name": "source", "title": "Source", "color": "#009e73", "key": "3", "attributes": ["kind"]}],
    "attributes": [
        {"name": "form", "title": "Form", "values": ["direct", "indirect"], "default": "direct"},
        {"name": "mode", "title": "Mode", "values": ["speech", "writing"]},
        {"name": "kind", "title": "Kind", "values": ["person", "group"]},
        {"name": "sure", "title": "Sure", "type": "flag"}],
    "relations": [
        {"name": "attributed-to", "title": "attributed to", "from": ["quote"], "to": ["source"], "max": 1},
        {"name": "states", "title": "states", "from": ["claim"], "to": ["quote"]}],
    "article_attributes": ["kind"],
}


def make_study(corpus, attributes, article_attributes=None, tagset=TAGSET):
    """One article with a quote, a claim and a source."""
    def span(i, label, start, end, own):
        return {"id": i, "label": label, "ranges": [[start, end]], "text": [TEXT[start:end]], "attributes": own}

    corpus.write("study/a.txt", TEXT)
    corpus.write("study/tagset.json", json.dumps(tagset))
    corpus.write("study/a.txt.annotations.json", json.dumps({
        "format": 1, "offsets": "unicode code points", "status": "in-progress",
        "article": {"file": "a.txt", "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "length": len(TEXT)},
        "tagset": {"name": tagset["name"], "version": tagset["version"]},
        "attributes": article_attributes or {},
        "spans": [span("s1", "source", 0, 3, {"kind": "person"}), span("s2", "quote", 9, 12, attributes),
                  span("s3", "claim", 4, 12, {"sure": True})],
        "relations": [{"id": "r1", "label": "attributed-to", "from": "s2", "to": "s1"},
                      {"id": "r2", "label": "states", "from": "s3", "to": "s2"}],
    }))


def rename(corpus, names, *options, out="new", status=0):
    corpus.write("map.json", json.dumps(names))
    result = run("convert", "--map", "map.json", "--to", "kutip", "-o", out, "--losses", "losses.json", *options,
                 "study", cwd=corpus.path)
    assert result.returncode == status, (names, result.stderr.decode())
    if status:
        return None, None
    losses = json.loads(corpus.read("losses.json"))["losses"]["list"]
    return (json.loads(corpus.read(f"{out}/a.txt.annotations.json")),
            [(loss["kind"], loss.get("id"), loss.get("detail")) for loss in losses])


def test_two_of_one_name():
    """Both values are kept, in a list; a flag beside them is told of."""
    rows = [
        ({"form": "direct", "mode": "speech"}, {"form": "mode"}, {"mode": ["direct", "speech"]}, []),
        ({"mode": "speech", "form": "direct"}, {"form": "mode"}, {"mode": ["speech", "direct"]}, []),
        ({"form": "direct", "mode": "speech"}, {"form": "mode", "mode": "form"}, {"mode": "direct", "form": "speech"}, []),
        ({"form": "z", "mode": "z"}, {"form": "way", "mode": "way"}, {"way": "z"}, []),
        ({"form": ["a", "b"], "mode": "a"}, {"form": "mode"}, {"mode": ["a", "b"]}, []),
        ({"form": ["a"], "mode": ["a", "c"]}, {"form": "mode"}, {"mode": ["a", "c"]}, []),
        ({"form": True, "mode": True}, {"form": "mode"}, {"mode": True}, []),
        ({"form": True, "mode": "speech"}, {"form": "mode"}, {"mode": "speech"}, [("attributes", "s2", "mode")]),
        ({"form": "direct", "mode": True}, {"form": "mode"}, {"mode": "direct"}, [("attributes", "s2", "mode")]),
    ]
    with Corpus() as corpus:
        for number, (own, names, expected, lost) in enumerate(rows):
            make_study(corpus, own)
            layer, losses = rename(corpus, {"attributes": names}, out=f"new{number}")
            assert layer["spans"][2]["attributes"] == expected or layer["spans"][1]["attributes"] == expected, layer
            assert losses == lost, (own, losses)
            rename(corpus, {"attributes": names}, "--strict", out=f"strict{number}", status=1 if lost else 0)


def test_values_of_one_name():
    with Corpus() as corpus:
        make_study(corpus, {"form": ["direct", "indirect"]}, {"kind": "group"})
        layer, losses = rename(corpus, {"attributes": {"kind": "who"},
                                        "values": {"form": {"indirect": "direct"}, "who": {"group": "many"}}})
        assert next(s for s in layer["spans"] if s["id"] == "s2")["attributes"] == {"form": ["direct"]}
        assert layer["attributes"] == {"who": "many"} and not losses, (layer, losses)


MAPS = [
    {"labels": {"quote": "Zitat"}},
    {"labels": {"quote": "source", "source": "quote"}},
    {"labels": {"claim": "quote"}},
    {"attributes": {"form": "way"}, "values": {"way": {"direct": "D"}}},
    {"values": {"form": {"direct": "D", "indirect": "I"}}},
    {"attributes": {"form": "mode"}},
    {"attributes": {"form": "kind", "kind": "form"}},
    {"attributes": {"sure": "certain"}},
    {"relations": {"attributed-to": "said-by"}},
    {"relations": {"attributed-to": "link", "states": "link"}},
]


def test_tag_set_goes_along():
    """What fits its tag set before does so afterwards."""
    with Corpus() as corpus:
        make_study(corpus, {"form": "direct", "mode": "speech"}, {"kind": "group"})
        before = run("validate", "study", cwd=corpus.path)
        assert before.returncode == 0 and b"0 errors, 0 warnings" in before.stdout, before
        for number, names in enumerate(MAPS):
            rename(corpus, names, out=f"new{number}")
            after = run("validate", f"new{number}", cwd=corpus.path)
            # A claim that is a quote now lacks whom it is from.
            left = b"1 warning" if names == {"labels": {"claim": "quote"}} else b"0 warnings"
            assert after.returncode == 0 and b"0 errors, " + left in after.stdout, (names, after)
        first = json.loads(corpus.read("new0/tagset.json"))
        zitat = {**TAGSET["labels"][0], "name": "Zitat"}
        assert [label["name"] for label in first["labels"]] == ["Zitat", "claim", "source"]
        assert first["labels"][0] == zitat, first["labels"][0]
        assert [r["from"] + r["to"] for r in first["relations"]] == [["Zitat", "source"], ["claim", "Zitat"]]
        merged = json.loads(corpus.read("new2/tagset.json"))["labels"]
        assert [(label["name"], label["attributes"]) for label in merged] == [
            ("quote", ["form", "mode", "sure"]), ("source", ["kind"])], merged
        renamed = json.loads(corpus.read("new3/tagset.json"))
        assert renamed["attributes"][0] == {"name": "way", "title": "Form", "values": ["D", "indirect"], "default": "D"}
        assert renamed["labels"][0]["requires"] == ["attributed-to", "way"], renamed["labels"][0]
        listed = json.loads(corpus.read("new5/tagset.json"))["attributes"][0]
        assert listed["values"] == ["direct", "indirect", "speech", "writing"] and listed["multiple"] is True, listed
        relations = json.loads(corpus.read("new8/tagset.json"))
        assert relations["relations"][0]["name"] == "said-by" and relations["relations"][0]["max"] == 1, relations
        assert relations["labels"][0]["requires"] == ["said-by", "form"]
        titled = json.loads(corpus.read("new9/tagset.json"))["relations"]
        assert [(r["name"], r["from"], r["to"]) for r in titled] == [("link", ["quote", "claim"], ["source", "quote"])]


def test_tag_set_of_kutip():
    """One that layers only name is renamed as well; a map that says one, and --tagset, win."""
    with Corpus() as corpus:
        corpus.convert("kutip", "-o", "ours", "--tagset", "news-attribution")
        news = json.loads(corpus.read("ours/tagset.json"))
        make_study(corpus, {"form": "direct"}, tagset=news)
        run("convert", "--to", "jsonl", "-o", "study.jsonl", "study", cwd=corpus.path)
        corpus.write("map.json", json.dumps({"labels": {"quote": "Zitat"}}))
        renamed = run("convert", "--map", "map.json", "--to", "kutip", "-o", "new", "study.jsonl", cwd=corpus.path)
        assert renamed.returncode == 0, renamed
        labels = json.loads(corpus.read("new/tagset.json"))["labels"]
        assert "Zitat" in {l["name"] for l in labels} and "quote" not in {l["name"] for l in labels}, labels
        corpus.write("map.json", json.dumps({"labels": {"quote": "Zitat"}, "tagset": "news-attribution"}))
        run("convert", "--map", "map.json", "--to", "kutip", "-o", "said", "study", cwd=corpus.path)
        assert [l["name"] for l in json.loads(corpus.read("said/tagset.json"))["labels"]][:2] == ["claim", "quote"]
        # A format that has no place for it tells so, whatever its names are.
        lost = run("convert", "--map", "polnear-to-kutip", "--to", "csv", "-o", "x.csv", "study", cwd=corpus.path)
        assert lost.returncode == 0 and b"tagset" not in lost.stderr, lost
        corpus.write("map.json", json.dumps({"labels": {"quote": "Zitat"}}))
        lost = run("convert", "--map", "map.json", "--to", "csv", "-o", "y.csv", "study", cwd=corpus.path)
        assert b"lost: tagset: " in lost.stderr, lost


def test_triggers():
    """A trigger whose place no part of its event has is told of: nothing says it any more."""
    text = "She noted it was good, he said."
    ann = ("T1\tSource 0 3\tShe\nT2\tContent 10 21\tit was good\nT3\tAttribution 4 9\tnoted\n"
           "E1\tAttribution:T3 Source:T1 Content:T2\n"
           "T4\tSource 23 25\the\nT5\tCue 26 30\tsaid\nT6\tAttribution 26 30\tsaid\n"
           "E2\tAttribution:T6 Source:T4 Cue:T5 Content:T2\n")
    with Corpus() as corpus:
        corpus.write("events/a.txt", text)
        corpus.write("events/a.ann", ann)
        result = run("convert", "--from", "brat", "--map", "polnear-to-kutip", "--to", "kutip", "-o", "new", "events",
                     cwd=corpus.path)
        lines = [line for line in result.stderr.decode().splitlines() if "lost:" in line]
        assert result.returncode == 0 and lines == ["a.txt: lost: spans: T3"], result
        strict = run("convert", "--strict", "--from", "brat", "--map", "polnear-to-kutip", "--to", "kutip", "-o", "no",
                     "events", cwd=corpus.path)
        assert strict.returncode == 1, strict


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
