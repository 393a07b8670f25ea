# SPDX-License-Identifier: GPL-3.0-or-later
"""kutip-tool as scripts use it: what it prints, what it ends with, and that its counts are those that
a few lines of Python come to."""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

from tap import run_cases

TOOL = os.environ["KUTIP_TOOL"]
SAMPLES = os.environ["KUTIP_SAMPLES_DIR"]
SEED = 20261122

TEXT = "Menurut BBC, Putin mengatakan bahwa langkah itu baik 🙂 bagi kedua negara.\n" * 4
LABELS = {"claim": {}, "quote": {"form": "direct"}, "source": {"kind": "person"}, "cue": {}}


def run(*arguments, **options):
    return subprocess.run(
        [TOOL, *arguments],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **options},
        timeout=120,
    )


def tool_json(*arguments, status=0):
    result = run(*arguments, "--json")
    assert result.returncode == status, (result.returncode, result.stderr.decode())
    return json.loads(result.stdout)


def span(number, label, *ranges, text=TEXT, **members):
    return {
        "id": f"s{number}",
        "label": label,
        "ranges": [list(r) for r in ranges],
        "text": [text[a:b] for a, b in ranges],
        **members,
    }


def sidecar(name, spans=(), relations=(), text=TEXT, **members):
    return {
        "format": 1,
        "article": {
            "file": name,
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "length": len(text),
        },
        "offsets": "unicode code points",
        "tagset": {"name": "News attribution", "version": "1"},
        **members,
        "spans": list(spans),
        "relations": list(relations),
    }


class Corpus:
    """A folder that goes away."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="kutip-tool-")
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def write(self, name, content):
        path = os.path.join(os.fsencode(self.path), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        data = content if isinstance(content, (str, bytes)) else json.dumps(content)
        with open(path, "wb") as file:
            file.write(data.encode() if isinstance(data, str) else data)
        return path

    def add(self, name="a.txt", by=None, text=TEXT, **members):
        self.write(name, text)
        middle = f".{by}" if by else ""
        return self.write(
            f"{name}{middle}.annotations.json",
            sidecar(os.path.basename(name), text=text, **members),
        )


# --- usage

USAGE = [
    ((), 2, "no command"),
    (("frob",), 2, "an unknown command"),
    (("stats",), 2, "nothing to count"),
    (("validate",), 2, "nothing to check"),
    (("stats", "--frob", "x"), 2, "an unknown option"),
    (("--help",), 0, "help"),
    (("-h",), 0, "help, short"),
    (("stats", "--help"), 0, "help on a command"),
    (("validate", "--help"), 0, "help on a command"),
    (("--version",), 0, "version"),
    (("stats", "/nowhere/at/all"), 1, "a path that is not there"),
    (("validate", "/nowhere/at/all"), 1, "a path that is not there"),
    (("stats", "--", SAMPLES), 0, "-- ends the options"),
    (("stats", "--jobs", "-1", SAMPLES), 2, "less than no jobs"),
    (("validate", "--jobs", "1025", SAMPLES), 2, "too many jobs"),
]


def is_the_same_for_any_jobs():
    """The same output, whatever the number of jobs; progress on a terminal only."""
    with tempfile.TemporaryDirectory() as folder:
        for i in range(60):
            for name in os.listdir(SAMPLES):
                if name.startswith("id-turbin-air"):
                    shutil.copy(os.path.join(SAMPLES, name), os.path.join(folder, f"{i}-{name}"))
        with open(os.path.join(folder, "7-id-turbin-air.txt.annotations.json"), "a", encoding="utf-8") as file:
            file.write("}")
        for command in (("stats",), ("stats", "--json"), ("validate",), ("validate", "--json"),
                        ("search", "--json", "air")):
            one = run(*command, folder)
            for jobs in ("0", "2", "5"):
                more = run(*command, "--jobs", jobs, folder)
                assert (more.returncode, more.stdout, more.stderr) == (one.returncode, one.stdout, one.stderr), command
                assert b"\033" not in more.stderr, command



def usage():
    for arguments, status, reason in USAGE:
        result = run(*arguments)
        assert result.returncode == status, (reason, result)
        assert bool(result.stderr) == (status != 0), (reason, result)
        assert bool(result.stdout) == (status == 0) or status == 1, (reason, result)


def links_no_window_library():
    said = subprocess.run(["ldd", TOOL], capture_output=True, text=True, check=True).stdout
    for library in ("libgtk", "libadwaita", "libX11", "libwayland"):
        assert library not in said, library


def tells_when_its_output_is_lost():
    with open("/dev/full", "wb") as full:
        result = subprocess.run([TOOL, "stats", SAMPLES], stdout=full, stderr=subprocess.PIPE)
    assert result.returncode == 1 and result.stderr


def prints_the_same_everywhere():
    first = run("stats", "--json", SAMPLES, LANGUAGE="id").stdout
    assert first == run("stats", "--json", SAMPLES, LC_ALL="C").stdout
    assert first == run("stats", "--json", SAMPLES, TZ="Asia/Jakarta").stdout
    assert run("validate", "--json", SAMPLES, LC_ALL="C").returncode == 0


# --- stats


def inside(a, b):
    return all(any(x <= s and e <= y for x, y in b["ranges"]) for s, e in a["ranges"])


def overlap(a, b):
    return any(s < y and x < e for s, e in a["ranges"] for x, y in b["ranges"])


def count_by_hand(layers):
    """The plainest way to count, quadratic and all."""
    counts = dict.fromkeys(
        "spans relations pieces discontinuous_spans nested_spans coinciding_spans crossing_spans".split(), 0
    )
    labels, types = {}, {}
    for layer in layers:
        spans = layer["spans"]
        counts["spans"] += len(spans)
        counts["relations"] += len(layer["relations"])
        for one in layer["relations"]:
            types[one["label"]] = types.get(one["label"], 0) + 1
        for one in spans:
            labels[one["label"]] = labels.get(one["label"], 0) + 1
            counts["pieces"] += len(one["ranges"])
            counts["discontinuous_spans"] += len(one["ranges"]) > 1
            others = [o for o in spans if o is not one and overlap(one, o)]
            counts["nested_spans"] += any(inside(one, o) and not inside(o, one) for o in others)
            counts["coinciding_spans"] += any(one["ranges"] == o["ranges"] for o in others)
            counts["crossing_spans"] += any(
                not inside(one, o) and not inside(o, one) for o in others
            )
    return {**counts, "spans_by_label": labels, "relations_by_label": types}


def random_span(chance, number):
    borders = sorted(chance.sample(range(0, 60), chance.choice((2, 2, 2, 4, 6))))
    ranges = list(zip(borders[::2], borders[1::2]))
    label = chance.choice(list(LABELS))
    return span(number, label, *ranges, attributes=LABELS[label])


def random_layer(chance):
    spans = [random_span(chance, n) for n in range(1, chance.randint(1, 14))]
    quotes = [s["id"] for s in spans if s["label"] == "quote"]
    sources = [s["id"] for s in spans if s["label"] == "source"]
    relations = [
        {"id": f"r{n}", "label": "attributed-to", "from": one, "to": chance.choice(sources)}
        for n, one in enumerate(quotes)
        if sources and chance.random() < 0.7
    ]
    return spans, relations


def counts_as_python_does():
    print(f"# seed {SEED}")
    chance = random.Random(SEED)
    for _ in range(60):
        with Corpus() as corpus:
            layers = []
            for number in range(chance.randint(1, 4)):
                spans, relations = random_layer(chance)
                corpus.add(f"folder {number % 2}/{number}.txt", spans=spans, relations=relations)
                layers.append(sidecar("", spans, relations))
            said = tool_json("stats", corpus.path)
            wanted = count_by_hand(layers)
            assert {key: said[key] for key in wanted} == wanted
            assert said["articles"] == said["layers"] == len(layers)
            assert said["code_points"] == len(layers) * len(TEXT)
            quotes = wanted["spans_by_label"].get("quote", 0)
            sourced = wanted["relations_by_label"].get("attributed-to", 0)
            assert said["attributions"]["total"] == quotes
            assert said["attributions"]["with_source"] == sourced
            assert said["attributions"]["without_source"] == quotes - sourced


def counts_the_samples():
    said = tool_json("stats", SAMPLES)
    layers = []
    for name in os.listdir(SAMPLES):
        if name.endswith(".annotations.json"):
            with open(os.path.join(SAMPLES, name), encoding="utf-8") as file:
                layers.append(json.load(file))
    wanted = count_by_hand(layers)
    assert {key: said[key] for key in wanted} == wanted, (said, wanted)
    texts = [name for name in os.listdir(SAMPLES) if name.endswith(".txt")]
    assert said["articles"] == len(texts)
    assert said["articles_without_layers"] == len(texts) - len(layers)
    forms = {}
    for layer in layers:
        for span in layer["spans"]:
            form = span.get("attributes", {}).get("form")
            if span["label"] == "quote" and form:
                forms[form] = forms.get(form, 0) + 1
    assert said["attribute_values"]["quote"]["form"] == forms, forms
    statuses = [layer["status"] for layer in layers]
    assert said["by_status"] == {name: statuses.count(name) for name in ("new", "in-progress", "done")}


def counts_by_annotator():
    one = [span(1, "quote", (0, 3)), span(2, "source", (8, 11))]
    with Corpus() as corpus:
        corpus.add("a.txt", "alice", spans=one)
        corpus.add("a.txt", "bob", spans=one[:1])
        corpus.add("b.txt", spans=one, status="done")
        corpus.write("c.txt", "nobody")
        said = tool_json("stats", corpus.path)
        assert said["articles"] == 3 and said["layers"] == 3
        assert said["articles_without_layers"] == 1
        assert {name: value["spans"] for name, value in said["by_annotator"].items()} == {
            "": 2,
            "alice": 2,
            "bob": 1,
        }
        assert said["by_status"] == {"new": 0, "in-progress": 2, "done": 1}
        alone = tool_json("stats", os.path.join(corpus.path, "a.txt.bob.annotations.json"))
        assert (alone["articles"], alone["layers"], alone["spans"]) == (1, 1, 1)
        both = tool_json("stats", os.path.join(corpus.path, "a.txt"))
        assert (both["articles"], both["layers"], both["spans"]) == (1, 2, 3)


def goes_on_after_a_broken_file():
    with Corpus() as corpus:
        corpus.add("a.txt", spans=[span(1, "cue", (0, 3))])
        corpus.add("c.txt", spans=[span(1, "cue", (0, 3))])
        corpus.write("b.txt", TEXT)
        corpus.write("b.txt.annotations.json", '{"format": 1,\n  oops}')
        result = run("stats", "--json", corpus.path)
        assert result.returncode == 1
        assert b"b.txt.annotations.json" in result.stderr and b"2" in result.stderr
        assert json.loads(result.stdout)["spans"] == 2


def walks_any_folder():
    with Corpus() as corpus:
        corpus.add("deep/er/a.txt", spans=[span(1, "cue", (0, 3))])
        corpus.add("deep/with space & ünïcode.txt", spans=[span(1, "cue", (0, 3))])
        corpus.add("two\nlines.txt", spans=[span(1, "cue", (0, 3))])
        corpus.write(b"deep/invalid-\xff.txt", TEXT)
        corpus.write(".hidden/a.txt", TEXT)
        corpus.write("deep/.hidden.txt", TEXT)
        corpus.write("deep/picture.png", b"\x89PNG\r\n\x1a\n\0\0")
        os.symlink("..", os.path.join(corpus.path, "deep", "loop"))
        said = tool_json("stats", corpus.path)
        assert said["articles"] == 4 and said["layers"] == 3
        assert said == tool_json("stats", corpus.path + "/")


def works_in_the_present_folder():
    with Corpus() as corpus:
        corpus.add("a.txt", spans=[span(1, "cue", (0, 3))])
        for names in (["a.txt", "./a.txt"], ["."], ["a.txt.annotations.json"], ["a.txt", ".", "a.txt.annotations.json"]):
            result = subprocess.run(
                [TOOL, "validate", "--strict", *names],
                cwd=corpus.path,
                capture_output=True,
                text=True,
            )
            assert result.returncode == 0, result.stderr
            assert result.stdout == "1 article, 1 layer: 0 errors, 0 warnings\n", names


# --- validate

QUOTE = span(1, "quote", (36, 53), attributes={"form": "indirect", "mode": "speech"})
SOURCE = span(2, "source", (8, 11), attributes={"kind": "media", "naming": "named"})
LINK = {"id": "r1", "label": "attributed-to", "from": "s1", "to": "s2"}
GOOD = {"spans": [SOURCE, QUOTE], "relations": [LINK]}


def changed(of, **members):
    return {**of, **members}


# what is written, kind that is found ("" for none), severity, why
FINDINGS = [
    (GOOD, "", None, "all is well"),
    ({"spans": [SOURCE, QUOTE]}, "missing-relation", "warning", "a quote needs a source"),
    (
        {"spans": [changed(SOURCE, unsure=True)]},
        "unsure",
        "warning",
        "somebody wants to come back to it",
    ),
    (
        {"spans": [changed(SOURCE, text=["CNN"])]},
        "orphan",
        "error",
        "it quotes what does not stand there",
    ),
    (
        {"spans": [changed(SOURCE, ranges=[[9, 12]])]},
        "orphan",
        "error",
        "the place is off by one",
    ),
    (
        {"spans": [changed(SOURCE, review="approximate", was=["CNN"])]},
        "approximate",
        "warning",
        "the article has changed, and nobody has looked at it since",
    ),
    ({"spans": [changed(SOURCE, review="moved")]}, "", None, "the same words elsewhere are found"),
    (
        {"spans": [changed(SOURCE, review="orphan")]},
        "orphan",
        "error",
        "it was not found, whatever stands there",
    ),
    ({"spans": [changed(SOURCE, label="author")]}, "unknown-label", "error", "not in the tag set"),
    (
        {"spans": [changed(SOURCE, attributes={"kind": "robot"})]},
        "unknown-value",
        "error",
        "not among the values",
    ),
    (
        {"spans": [SOURCE, QUOTE], "relations": [LINK, changed(LINK, id="r2", **{"from": "s2", "to": "s1"})]},
        "forbidden-relation",
        "error",
        "a source is not attributed to a quote",
    ),
    (
        {**GOOD, "article": {"file": "a.txt", "sha256": "0" * 64, "length": len(TEXT)}},
        "text-changed",
        "error",
        "the digest is another",
    ),
    (
        {
            **GOOD,
            "article": {
                "file": "b.txt",
                "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
                "length": len(TEXT),
            },
        },
        "name-differs",
        "warning",
        "renamed by hand",
    ),
    (
        {
            **GOOD,
            "article": {
                "file": "a.txt",
                "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
                "length": len(TEXT) + 1,
            },
        },
        "wrong-length",
        "error",
        "counted in other units",
    ),
    (
        {"spans": [changed(SOURCE, attributes={"knid": "media"})]},
        "unknown-attribute",
        "warning",
        "a slip of the pen",
    ),
    (
        {"spans": [changed(SOURCE, attributes={"form": "direct"})]},
        "unknown-attribute",
        "warning",
        "an attribute of another label",
    ),
    (
        {**GOOD, "relations": [changed(LINK, attributes={"form": "direct"})]},
        "unknown-attribute",
        "warning",
        "relations have none",
    ),
    ({**GOOD, "attributes": {"topic": "war"}}, "unknown-attribute", "warning", "nor do articles"),
    ({**GOOD, "attributes": {"form": "direct"}}, "unknown-attribute", "warning", "not of an article"),
    (
        {
            **GOOD,
            "article": {
                "file": "a.txt",
                "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
                "length": len(TEXT),
                "date": "15/8/2022",
            },
        },
        "not-a-date",
        "warning",
        "days are written as ISO 8601 has them",
    ),
    (
        {**GOOD, "spans": [QUOTE, changed(SOURCE, created="2026-11-22T09:30:00Z", modified="2026-11-22T16:30:00+07:00")]},
        "",
        None,
        "the same moment, said in another zone",
    ),
    (
        {"spans": [changed(SOURCE, created="2026-11-22T09:30:00.5Z", modified="2026-11-22T09:30:00.25Z")]},
        "modified-before-created",
        "warning",
        "a clock that went back",
    ),
    ({"spans": [changed(SOURCE, created="22/11/2026")]}, "not-a-time", "warning", "a day as it is spoken"),
    ({"spans": [changed(SOURCE, modified="2026-11-22T09:30:00")]}, "not-a-time", "warning", "no zone"),
    ({"spans": [changed(SOURCE, created="2026-13-22T09:30:00Z")]}, "not-a-time", "warning", "no such month"),
    ({"spans": [changed(SOURCE, created="2026-W47-7T09:30:00Z")]}, "not-a-time", "warning", "days have no weeks"),
    ({"spans": [changed(SOURCE, created="2026-11-22T0930Z")]}, "not-a-time", "warning", "no seconds"),
    ({**GOOD, "relations": [changed(LINK, created="yesterday")]}, "not-a-time", "warning", "relations have times, too"),
    ({**GOOD, "tagset": {"name": "News", "version": "1"}}, "tagset-differs", "warning", "another tag set"),
    ({**GOOD, "tagset": {"name": "News attribution", "version": "0"}}, "tagset-differs", "warning", "an older one"),
    ({**GOOD, "tagset": {"name": "News attribution"}}, "", None, "of any version"),
    ({**GOOD, "annotator": "eve"}, "name-differs", "warning", "somebody else's file"),
    ({**GOOD, "format": 2}, "newer-format", "error", "from the future"),
    ({**GOOD, "spans": [SOURCE, SOURCE]}, "sidecar-unreadable", "error", "an id twice"),
    (
        {"spans": [SOURCE], "relations": [LINK]},
        "sidecar-unreadable",
        "error",
        "a relation from nothing",
    ),
    (
        {"spans": [changed(SOURCE, ranges=[[11, 8]])]},
        "sidecar-unreadable",
        "error",
        "the end before the start",
    ),
]


def finds_what_is_wrong():
    for members, kind, severity, reason in FINDINGS:
        with Corpus() as corpus:
            corpus.add(**members)
            status = 1 if severity == "error" else 0
            said = tool_json("validate", corpus.path, status=status)
            kinds = [found["kind"] for found in said["findings"]]
            assert kinds == ([kind] if kind else []), (reason, said)
            assert said["errors"] == (severity == "error"), reason
            assert said["warnings"] == (severity == "warning"), reason
            strict = run("validate", "--strict", corpus.path)
            assert strict.returncode == (1 if kind else 0), reason
            assert bool(strict.stderr) == bool(kind), reason


def counts_what_is_named_twice_once():
    with Corpus() as corpus:
        corpus.add("a.txt", spans=[SOURCE])
        os.makedirs(os.path.join(corpus.path, "below", ".hidden"))
        for name in ("below/b.txt", "below/.hidden/c.txt", "notes.log"):
            with open(os.path.join(corpus.path, name), "w", encoding="utf-8") as file:
                file.write("Nobody.")
        cases = [
            (["", "a.txt"], 2, 1), (["a.txt", ""], 2, 1), (["a.txt.annotations.json", ""], 2, 1),
            (["", "below", "below/b.txt", "below/../a.txt"], 2, 1), (["below", ""], 2, 1),
            (["", "below/.hidden"], 3, 1), (["", "below/.hidden/c.txt"], 3, 1), (["", "notes.log"], 3, 1),
            (["below", "a.txt"], 2, 1), (["below", "below/b.txt"], 1, 0),
        ]
        for names, articles, layers in cases:
            for command in ("stats", "validate"):
                said = tool_json(command, *(os.path.join(corpus.path, name) for name in names))
                assert (said["articles"], said["layers"]) == (articles, layers), (command, names, said)


def counts_an_article_and_its_sidecars_once():
    with Corpus() as corpus:
        corpus.add("a.txt", spans=[SOURCE])
        corpus.add("b.txt", spans=[SOURCE])
        bare, named = "a.txt.annotations.json", "a.txt.amy.annotations.json"
        shutil.copy(os.path.join(corpus.path, bare), os.path.join(corpus.path, named))
        cases = [
            (["a.txt", bare], 1, 2), ([bare, "a.txt"], 1, 2), (["a.txt", named, bare], 1, 2), ([named], 1, 1),
            ([bare, named], 1, 2), ([named, "b.txt", bare, "b.txt.annotations.json"], 2, 3), ([bare, "b.txt"], 2, 2),
        ]
        for names, articles, layers in cases:
            for command in ("stats", "validate"):
                said = tool_json(command, *(os.path.join(corpus.path, name) for name in names))
                assert (said["articles"], said["layers"]) == (articles, layers), (command, names, said)


def checks_values_of_articles():
    tagset = {"format": 1, "name": "T", "version": "1", "labels": [{"name": "source"}], "relations": [],
              "attributes": [{"name": "topic", "values": ["war", "trade"]}], "article_attributes": ["topic"]}
    for value, expected in (("war", []), ("sport", ["unknown-value"]), (["war", "trade"], ["unknown-value"])):
        with Corpus() as corpus:
            corpus.add(spans=[changed(SOURCE, attributes={})], attributes={"topic": value},
                       tagset={"name": "T", "version": "1"})
            with open(os.path.join(corpus.path, "tagset.json"), "w", encoding="utf-8") as file:
                json.dump(tagset, file)
            said = tool_json("validate", corpus.path, status=1 if expected else 0)
            assert [found["kind"] for found in said["findings"]] == expected, (value, said)


def names_file_id_and_place():
    with Corpus() as corpus:
        corpus.add(spans=[changed(SOURCE, label="author")])
        path = os.path.join(corpus.path, "a.txt.annotations.json")
        said = tool_json("validate", corpus.path, status=1)["findings"][0]
        assert (said["file"], said["id"], said["start"], said["end"]) == (path, "s2", 8, 11)
        plain = run("validate", corpus.path).stderr.decode()
        assert plain.startswith(f"{path}: error: s2 (8-11): ") and "author" in plain
    with Corpus() as corpus:
        corpus.add(spans=[changed(SOURCE, created="now", modified="then")], tagset={"name": "X", "version": "7"})
        path = os.path.join(corpus.path, "a.txt.annotations.json")
        lines = run("validate", corpus.path).stderr.decode().splitlines()
        assert [line.split(" is no ")[0] for line in lines[1:]] == [
            f"{path}: warning: s2 (8-11): “now”", f"{path}: warning: s2 (8-11): “then”"], lines
        assert lines[0].startswith(f"{path}: warning: ") and "“X”, version “7”" in lines[0], lines


def finds_lost_and_broken_files():
    cases = [
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\0", "article-unreadable", "a picture called .txt"),
        ("gone.txt.annotations.json", sidecar("gone.txt"), "article-missing", "no such article"),
        ("a.txt.annotations.json", "[" * 100000, "sidecar-unreadable", "nested too deep"),
        ("a.txt.annotations.json", b'{"format": 1, "x": "\xff"}', "sidecar-unreadable", "no UTF-8"),
        ("a.txt.annotations.json", "", "sidecar-unreadable", "empty"),
        ("tagset.json", "{", "tagset-unreadable", "a broken tag set"),
    ]
    for name, content, kind, reason in cases:
        with Corpus() as corpus:
            corpus.add(**GOOD)
            corpus.write(name, content)
            said = tool_json("validate", corpus.path, status=1)
            kinds = {found["kind"] for found in said["findings"]}
            assert kinds == {kind}, (reason, said)


def follows_the_nearest_tag_set():
    tagset = {
        "format": 1,
        "name": "Mine",
        "version": "1",
        "labels": [{"name": "author", "title": "Author"}],
        "attributes": [],
        "relations": [],
    }
    with Corpus() as corpus:
        corpus.add("in/deep/a.txt", spans=[changed(SOURCE, label="author", attributes={})],
                   tagset={"name": "Mine", "version": "1"})
        corpus.write("in/tagset.json", tagset)
        corpus.add("out/a.txt", spans=[changed(SOURCE, label="author", attributes={})])
        said = tool_json("validate", corpus.path, status=1)["findings"]
        assert [(found["kind"], "out" in found["file"]) for found in said] == [("unknown-label", True)]


def tells_of_conflicting_versions():
    with Corpus() as corpus:
        corpus.add(**GOOD)
        corpus.add("a.txt", "conflict-1", **GOOD)
        said = tool_json("validate", corpus.path)
        assert [found["kind"] for found in said["findings"]] == ["conflict"]


def changes_nothing():
    def state(folder):
        return {
            name: (os.stat(os.path.join(folder, name)).st_mtime_ns, os.path.getsize(os.path.join(folder, name)))
            for name in sorted(os.listdir(folder))
        }

    with Corpus() as corpus:
        corpus.add(spans=[changed(SOURCE, ranges=[[9, 12]])])
        home = tempfile.mkdtemp()
        before = state(corpus.path)
        for command in ("stats", "validate"):
            run(command, corpus.path, HOME=home, XDG_STATE_HOME=home, XDG_CACHE_HOME=home)
        assert state(corpus.path) == before and not os.listdir(home)
        shutil.rmtree(home)


def is_quiet_when_asked():
    with Corpus() as corpus:
        corpus.add(spans=[changed(SOURCE, label="author")])
        for command, status in (("validate", 1), ("stats", 0)):
            result = run(command, "--quiet", corpus.path)
            assert (result.returncode, result.stdout, result.stderr) == (status, b"", b"")


def takes_no_other_format_for_an_article():
    lines = json.dumps({"path": "a.txt", "text": TEXT, "layers": [sidecar("a.txt", [SOURCE])]}) + "\n"
    with Corpus() as corpus:
        corpus.add(spans=[SOURCE])
        others = [corpus.write("b.kutip.jsonl", lines), corpus.write("b.jsonl", lines)]
        others.append(corpus.write("a.ann", "T1\tsource 8 11\tBBC\n"))
        others.append(corpus.write("c.xmi", '<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI"/>'))
        article = corpus.write("notes", "Words that nobody has marked yet.\n")
        for command in ("stats", "validate", "search"):
            pattern = ("BBC",) if command == "search" else ()
            for other in others:
                result = run(command, *pattern, other, os.path.join(os.fsencode(corpus.path), b"a.txt"))
                name = os.path.basename(other)
                assert result.returncode == 1 and name in result.stderr, (command, result)
                assert b"convert --to kutip" in result.stderr, (command, result)
                assert result.stdout, "the other inputs are read all the same"
        assert tool_json("stats", article)["articles"] == 1
        assert tool_json("stats", article, others[0], status=1)["articles"] == 1


CASES = [
    usage,
    takes_no_other_format_for_an_article,
    links_no_window_library,
    tells_when_its_output_is_lost,
    prints_the_same_everywhere,
    counts_as_python_does,
    counts_the_samples,
    counts_by_annotator,
    goes_on_after_a_broken_file,
    walks_any_folder,
    works_in_the_present_folder,
    finds_what_is_wrong,
    names_file_id_and_place,
    checks_values_of_articles,
    counts_what_is_named_twice_once,
    counts_an_article_and_its_sidecars_once,
    finds_lost_and_broken_files,
    follows_the_nearest_tag_set,
    tells_of_conflicting_versions,
    changes_nothing,
    is_quiet_when_asked,
    is_the_same_for_any_jobs,
]


if __name__ == "__main__":
    sys.exit(run_cases(CASES))
