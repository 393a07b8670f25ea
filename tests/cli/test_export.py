# SPDX-License-Identifier: GPL-3.0-or-later
"""kutip-tool export as researchers use it: splits that do not leak, the same bytes everywhere, and what others read."""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict

from tap import run_cases, tests_of

TOOL = os.environ["KUTIP_TOOL"]
LABELS = ["claim", "quote", "source"]
PUBLISHERS = ["Kompas", "Tempo", "Antara", "Jawa Pos", "Republika"]


def run(*arguments, cwd=None, env=None):
    return subprocess.run([TOOL, *arguments], capture_output=True, timeout=120, cwd=cwd,
                          env={**os.environ, **(env or {})})


def make_layer(text, chance, i, annotator=None, status="done"):
    spans, relations, at = [], [], 0
    for number, sentence in enumerate(text.split("\n")):
        label = chance.choice(LABELS) if i % 7 else "rare"
        end = at + chance.randint(3, len(sentence))
        spans.append({"id": f"s{number + 1}", "label": label, "ranges": [[at, end]], "text": [text[at:end]]})
        if number:
            relations.append({"id": f"r{number + 100}", "label": "attributed-to", "from": f"s{number + 1}",
                              "to": f"s{number}"})
        at += len(sentence) + 1
    article = {"file": f"a{i}.txt", "sha256": hashlib.sha256(text.encode()).hexdigest(), "length": len(text),
               "language": "id", "date": f"2023-{1 + i % 12:02}-15", "publisher": PUBLISHERS[i % len(PUBLISHERS)]}
    layer = {"format": 1, "article": article, "offsets": "unicode code points"}
    if annotator:
        layer["annotator"] = annotator
    return {**layer, "status": status, "spans": spans, "relations": relations}


class Corpus:
    """Sixty articles, some of them the same text, in two folders."""

    def __init__(self, n=60):
        self.n = n

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="kutip-export-")
        chance = random.Random(1)
        for i in range(self.n):
            # Every tenth is printed again under another name.
            words = random.Random(i - 1 if i % 10 == 9 else i)
            text = "\n".join(" ".join(words.choices("Putin kata dia bahwa “ini” 🤝 baik".split(), k=9)).capitalize() + "."
                             for _ in range(3))
            self.write(i, text, make_layer(text, chance, i, status="done" if i % 3 else "in-progress"))
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def at(self, *names):
        return os.path.join(self.path, *names)

    def write(self, i, text, layer, annotator=None):
        folder = self.at("in", f"f{i % 2}")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, f"a{i}.txt"), "w", encoding="utf-8", newline="") as file:
            file.write(text)
        name = f"a{i}.txt.{annotator}.annotations.json" if annotator else f"a{i}.txt.annotations.json"
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            json.dump(layer, file, ensure_ascii=False)

    def export(self, out, *options, to="huggingface", status=0, inputs=("in",), env=None):
        result = run("export", "--to", to, "-o", out, *options, *inputs, cwd=self.path, env=env)
        assert result.returncode == status, (result.returncode, result.stderr.decode())
        return result

    def manifest(self, out):
        with open(self.at(out, "manifest.json"), encoding="utf-8") as file:
            return json.load(file)

    def rows(self, out, split):
        with open(self.at(out, "data", f"{split}.jsonl"), encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def bytes(self, out):
        found = {}
        for folder, _, names in os.walk(self.at(out)):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    found[os.path.relpath(path, self.at(out))] = file.read()
        return found


USAGE = [
    (("export", "--to", "jsonl", "-o", "x"), 2, "no input"),
    (("export", "-o", "x", "."), 2, "no format"),
    (("export", "--to", "frob", "-o", "x", "."), 2, "an unknown format"),
    (("export", "--to", "jsonl", "."), 2, "no folder"),
    (("export", "--to", "jsonl", "-o", "-", "."), 2, "a folder is no stream"),
    (("export", "--to", "jsonl", "-o", "x", "--split", "80/20/10/1", "."), 2, "too many shares"),
    (("export", "--to", "jsonl", "-o", "x", "--split", "80/0/20", "."), 2, "a share of nothing"),
    (("export", "--to", "jsonl", "-o", "x", "--split", "0.8/0.2", "."), 2, "shares that are not whole"),
    (("export", "--to", "jsonl", "-o", "x", "--seed", "1", "."), 2, "a seed for nothing"),
    (("export", "--to", "jsonl", "-o", "x", "--split", "8/2", "--seed", "-1", "."), 2, "a seed below 0"),
    (("export", "--to", "jsonl", "-o", "x", "--split", "8/2", "--seed", "1e3", "."), 2, "a seed that is no number"),
    (("export", "--to", "jsonl", "-o", "x", "--group-by", "date", "."), 2, "groups for nothing"),
    (("export", "--to", "jsonl", "-o", "x", "--stratify-by", "label", "."), 2, "strata for nothing"),
    (("export", "--to", "jsonl", "-o", "x", "--split", "8/2", "--split-by-date", "2023", "."), 2, "both splits"),
    (("export", "--to", "jsonl", "-o", "x", "--split-by-date", "15/8/2022", "."), 2, "a date of another kind"),
    (("export", "--to", "jsonl", "-o", "x", "--split-by-date", "2023-02-30", "."), 2, "a day that is not"),
    (("export", "--to", "jsonl", "-o", "x", "--split-by-date", "2023-05,2023-04", "."), 2, "dates backwards"),
    (("export", "--to", "jsonl", "-o", "x", "--split-by-date", "2023,2024,2025", "."), 2, "three dates"),
    (("export", "--to", "jsonl", "-o", "x", "--context", "page", "."), 2, "an unknown unit"),
    (("export", "--to", "jsonl", "-o", "x", "/nowhere"), 1, "an input that is not there"),
    (("export", "--help"), 0, "help"),
]


def test_usage():
    with Corpus(0) as corpus:
        for arguments, status, why in USAGE:
            result = run(*arguments, cwd=corpus.path)
            assert result.returncode == status, (why, result.returncode, result.stderr)
            if status:
                assert result.stderr.startswith(b"kutip-tool: ") and not result.stdout, why
            assert os.listdir(corpus.path) == [], why


def test_splits():
    """The manifest tells the truth: sizes, counts, and the SHA-256 of every file."""
    with Corpus() as corpus:
        corpus.export("out", "--split", "80/10/10", "--seed", "7", "--license", "cc-by-4.0")
        manifest = corpus.manifest("out")
        files = corpus.bytes("out")
        assert {entry["path"] for entry in manifest["files"]} == set(files) - {"manifest.json"}
        for entry in manifest["files"]:
            data = files[entry["path"]]
            assert entry["bytes"] == len(data) and entry["sha256"] == hashlib.sha256(data).hexdigest(), entry
        assert manifest["tagset"]["sha256"] == hashlib.sha256(files["tagset.json"]).hexdigest()
        assert manifest["options"]["split"] == "80/10/10" and manifest["options"]["seed"] == 7
        version = run("--version").stdout.decode().split()[1]
        assert manifest["generator"] == f"Kutip {version}"
        assert [split["name"] for split in manifest["splits"]] == ["train", "validation", "test"]
        assert [split["articles"] for split in manifest["splits"]] == [48, 6, 6]
        for split in manifest["splits"]:
            rows = corpus.rows("out", split["name"])
            labels = Counter(span["label"] for row in rows for span in row["spans"])
            assert len(rows) == split["records"] == split["layers"]
            assert labels == split["spans_by_label"] and sum(labels.values()) == split["spans"]
            assert sum(len(row["relations"]) for row in rows) == split["relations"]
            placed = {entry["path"] for entry in manifest["articles"] if entry["split"] == split["name"]}
            assert placed == {row["id"] for row in rows}
            for row in rows:
                for span in row["spans"]:
                    assert row["text"][span["start"]:span["end"]] == span["text"]


def by_split(manifest, what):
    """value -> the splits that it occurs in."""
    places = defaultdict(set)
    for article in manifest["articles"]:
        places[what(article)].add(article["split"])
    return places


def number_of(article):
    return int(os.path.basename(article["path"])[1:-4])


def test_no_leaks():
    """No article, no text and no group is in two splits, whatever the seed."""
    with Corpus() as corpus:
        for seed in range(8):
            corpus.export(f"out{seed}", "--split", "70/15/15", "--seed", str(seed))
            manifest = corpus.manifest(f"out{seed}")
            assert len(manifest["articles"]) == 60
            for what in (lambda a: a["path"], lambda a: a["sha256"], lambda a: a["group"]):
                assert all(len(splits) == 1 for splits in by_split(manifest, what).values())
            assert len({a["sha256"] for a in manifest["articles"]}) == 54
            corpus.export(f"grouped{seed}", "--split", "60/20/20", "--seed", str(seed), "--group-by", "publisher",
                          "--stratify-by", "label")
            manifest = corpus.manifest(f"grouped{seed}")
            publishers = by_split(manifest, lambda a: PUBLISHERS[number_of(a) % len(PUBLISHERS)])
            assert all(len(splits) == 1 for splits in publishers.values()), publishers
        assert len({corpus.bytes(f"out{seed}")["data/test.jsonl"] for seed in range(8)}) == 8


def test_same_words():
    """The same text with a byte order mark, in another encoding or with other white space is the same article."""
    text = "Größe: “ini”\nkata 🤝.\n"
    plain = text.replace("🤝", "é").replace("“ini”", "ini")
    twins = [[text.encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16"),
              text.replace("\n", "\r\n").encode(), f"\n {text.strip()}".encode(), text.replace(" ", "  ").encode()],
             [plain.encode(), plain.encode("windows-1252")]]
    with Corpus(0) as corpus:
        os.mkdir(corpus.at("in"))
        names = [[], []]
        for kind, texts in enumerate(twins):
            for i, data in enumerate(texts):
                names[kind].append(f"{'ab'[kind]}{i}.txt")
                with open(corpus.at("in", names[kind][-1]), "wb") as file:
                    file.write(data)
        for i in range(12):
            with open(corpus.at("in", f"c{i}.txt"), "w", encoding="utf-8") as file:
                file.write(f"{text} {i}")
        for seed in range(4):
            corpus.export(f"out{seed}", "--split", "50/50", "--seed", str(seed), to="jsonl")
            articles = corpus.manifest(f"out{seed}")["articles"]
            for twin in names:
                assert len({a["group"] for a in articles if a["path"] in twin}) == 1, twin
            assert len({a["group"] for a in articles}) == 14


def test_not_annotated():
    """What nobody has annotated goes in with a word, but not as the layer without a name."""
    with Corpus(4) as corpus:
        with open(corpus.at("in", "f0", "plain.txt"), "w", encoding="utf-8") as file:
            file.write("Nobody.")
        result = corpus.export("out", to="jsonl")
        assert b"plain.txt: warning: not-annotated: " in result.stderr and b"a1.txt" not in result.stderr, result.stderr
        assert len(corpus.manifest("out")["articles"]) == 5
        # It is no layer in the counts, but a row of the tables.
        for to in ("jsonl", "huggingface", "csv", "kutip"):
            out = json.loads(corpus.export(f"of-{to}", "--json", to=to).stdout)
            assert out["layers"] == out["splits"][0]["layers"] == 4, (to, out)
            assert corpus.manifest(f"of-{to}")["splits"][0]["layers"] == 4 == out["splits"][0]["records"] - 1
        with open(corpus.at("of-huggingface", "README.md"), encoding="utf-8") as file:
            assert "num_examples: 5\n" in file.read()
        for options in (["--layer", ""], ["--done-only"]):
            result = corpus.export(f"out{options[0]}", *options, to="jsonl")
            assert b"not-annotated" not in result.stderr
            manifest = corpus.manifest(f"out{options[0]}")
            assert "f0/plain.txt" not in {article["path"] for article in manifest["articles"]}
            assert manifest["articles_left_out"] == 5 - len(manifest["articles"]) >= 1


def test_texts_beside():
    """Where annotations are apart from the text the texts of a dataset are in it, those of sentences too."""
    text = "Putin kata 🤝 ini.\r\nDia pulang. BBC kata “itu”."
    layer = make_layer("Putin kata.", random.Random(0), 1)
    layer["article"].update(sha256=hashlib.sha256(text.encode()).hexdigest(), length=len(text))
    layer["spans"] = [{"id": f"s{i}", "label": "quote", "ranges": [[text.index(word), text.index(word) + len(word)]],
                       "text": [word]} for i, word in enumerate(("🤝 ini", "BBC", "“itu”"), 1)]
    layer["relations"] = [{"id": "r1", "label": "attributed-to", "from": "s3", "to": "s2"}]
    sentences = {"f1/a1.0-17.txt": "Putin kata 🤝 ini.", "f1/a1.31-46.txt": "BBC kata “itu”."}
    with Corpus(0) as corpus:
        corpus.write(1, text, layer)
        for to, suffix in (("csv", "csv"), ("tsv", "tsv"), ("web-annotation", "jsonld")):
            for context, expected in (("sentence", sentences), ("article", {"f1/a1.txt": text})):
                out = f"{to}-{context}"
                corpus.export(out, "--context", context, to=to)
                files = corpus.bytes(out)
                assert {n: files[n].decode() for n in files if n.endswith(".txt")} == expected, (out, files.keys())
                assert set(files) == {f"train.{suffix}", "tagset.json", "manifest.json", *expected}, (out, files.keys())
                assert {file["path"] for file in corpus.manifest(out)["files"]} == set(files) - {"manifest.json"}
                back = run("convert", "--from", to, "--to", "jsonl", f"{out}/train.{suffix}", cwd=corpus.path)
                assert back.returncode == 0, (out, back)
                rows = [json.loads(row) for row in back.stdout.splitlines()]
                assert {row["path"]: row["text"] for row in rows} == expected, (out, rows)
                words = [s["text"] for row in rows for one in row["layers"] for s in one["spans"]]
                assert words == [["🤝 ini"], ["BBC"], ["“itu”"]], (out, words)
        # An article of which two files tell is there once; one that is called as the table is refused.
        rows = run("convert", "--to", "jsonl", "in", cwd=corpus.path).stdout
        for name, content, status in (("twice", rows + rows, 0), ("table", rows.replace(b"f1/a1.txt", b"train.csv"), 1),
                                      ("out", rows.replace(b"f1/a1.txt", b"../a1.txt"), 1)):
            with open(corpus.at(f"{name}.jsonl"), "wb") as file:
                file.write(content)
            corpus.export(f"{name}-out", to="csv", inputs=(f"{name}.jsonl",), status=status)
            assert os.path.exists(corpus.at(f"{name}-out")) == (status == 0), name
        assert sorted(os.listdir(corpus.at("twice-out"))) == ["f1", "manifest.json", "tagset.json", "train.csv"]


def test_groups_of_layers():
    """What any layer of an article says keeps it together with others that say so."""
    names = {81: [("alice", "CNN"), ("bob", "BBC")], 82: [("alice", "CNN")], 83: [("bob", "BBC")],
             84: [("alice", "DW")], 85: [("bob", "DW")], 86: [("carol", "RFI")], 87: [("dave", "NHK")]}
    fields = {"annotator": [{81, 82, 83, 84, 85}, {86}, {87}], "publisher": [{81, 82, 83}, {84, 85}, {86}, {87}],
              "topic": [{81, 82, 83, 84, 85}, {86}, {87}], "kept": [{81, 84}, {82, 83, 85, 86, 87}]}
    with Corpus(0) as corpus:
        for number, layers in names.items():
            for annotator, publisher in layers:
                layer = make_layer("Dia kata ini.", random.Random(2), number, annotator)
                layer["article"]["publisher"] = publisher
                layer["attributes"] = {"topic": [annotator, publisher if number > 85 else "all"],
                                       "kept": {81: ["q", "p"], 84: "p"}.get(number, ["q2", "r"])}
                text = f"Dia kata ini {number}."
                layer["article"].update(sha256=hashlib.sha256(text.encode()).hexdigest(), length=len(text))
                corpus.write(number, text, layer, annotator)
        for field, expected in fields.items():
            for seed in range(4):
                corpus.export(f"{field}{seed}", "--split", "2/1/1", "--seed", str(seed), "--group-by", field, to="jsonl")
                groups = defaultdict(set)
                for article in corpus.manifest(f"{field}{seed}")["articles"]:
                    groups[article["group"]].add(number_of(article))
                assert sorted(groups.values(), key=min) == expected, (field, groups)


def test_same_bytes():
    """Whatever the jobs, the order of files and arguments, the locale, and the machine's temporary names."""
    options = ("--split", "80/10/10", "--seed", "3", "--stratify-by", "label", "--group-by", "date")
    with Corpus() as corpus:
        for to in ("huggingface", "jsonl", "brat", "csv"):
            corpus.export("one", *options, to=to)
            expected = corpus.bytes("one")
            assert len(expected) > 4
            corpus.export("jobs", *options, "--jobs", "4", to=to)
            assert corpus.bytes("jobs") == expected, to
            corpus.export("locale", *options, to=to, env={"LC_ALL": "C", "LANGUAGE": "id"})
            assert corpus.bytes("locale") == expected, to
            moved = [name for name in ("one", "jobs", "locale") if shutil.rmtree(corpus.at(name)) is None]
            assert len(moved) == 3
        inputs = ("in/f0", "in/f1")
        corpus.export("forward", *options, inputs=inputs)
        corpus.export("backward", *options, inputs=inputs[::-1])
        assert corpus.bytes("forward") == corpus.bytes("backward")
        shutil.copytree(corpus.at("in"), corpus.at("elsewhere"))
        corpus.export("copied", *options, inputs=("elsewhere/f0", "elsewhere/f1"))
        assert corpus.bytes("copied") == corpus.bytes("forward")


def test_pinned():
    """Worked out in Python: groups by SHA-256 of seed and name, each to the split that lacks most."""
    with Corpus() as corpus:
        corpus.export("out", "--split", "80/10/10", "--seed", "42")
        manifest = corpus.manifest("out")
        groups = defaultdict(list)
        for article in sorted(manifest["articles"], key=lambda a: a["path"].encode()):
            groups[article["sha256"]].append(article["path"])
        order = sorted(groups.values(), key=lambda paths: hashlib.sha256(f"42\n{paths[0]}".encode()).hexdigest())
        lack, expected = [80 * 60, 10 * 60, 10 * 60], {}
        for paths in order:
            split = max(range(3), key=lambda i: (lack[i], -i))
            lack[split] -= 100 * len(paths)
            for path in paths:
                expected[path] = ["train", "validation", "test"][split]
        assert {a["path"]: a["split"] for a in manifest["articles"]} == expected


def test_stratified():
    """A label that few articles have is in each split, in its share."""
    with Corpus() as corpus:
        corpus.export("out", "--split", "70/15/15", "--stratify-by", "label", "--seed", "5")
        total = Counter()
        for split in corpus.manifest("out")["splits"]:
            total.update(split["spans_by_label"])
        for split, share in zip(corpus.manifest("out")["splits"], (0.7, 0.15, 0.15)):
            for label, n in total.items():
                assert abs(split["spans_by_label"].get(label, 0) - share * n) <= 6, (split["name"], label)
            assert split["spans_by_label"]["rare"] > 0


def test_by_date():
    with Corpus() as corpus:
        corpus.export("out", "--split-by-date", "2023-07,2023-10")
        months = defaultdict(set)
        reprints = {number_of(a) for a in corpus.manifest("out")["articles"] if number_of(a) % 10 == 9}
        for article in corpus.manifest("out")["articles"]:
            if number_of(article) not in reprints:
                months[article["split"]].add(1 + number_of(article) % 12)
        assert months == {"train": {1, 2, 3, 4, 5, 6}, "validation": {7, 8, 9}, "test": {10, 11, 12}}
        assert all(len(s) == 1 for s in by_split(corpus.manifest("out"), lambda a: a["sha256"]).values())
        layer = make_layer("Tanpa hari.", random.Random(0), 90)
        layer["article"]["date"] = "2023"
        corpus.write(90, "Tanpa hari.", layer)
        failed = corpus.export("vague", "--split-by-date", "2023-07-01", status=1)
        assert b"a90.txt" in failed.stderr and b"2023" in failed.stderr
        assert not os.path.exists(corpus.at("vague"))
        corpus.export("kept", "--split-by-date", "2023-07-01", "--keep-going", status=1)
        assert len(corpus.manifest("kept")["articles"]) == 60
        corpus.export("clear", "--split-by-date", "2024-01-01")


def test_layers():
    """--layer and --done-only leave out layers, and articles without any."""
    with Corpus() as corpus:
        text = "Dia kata ini."
        for annotator, status in (("alice", "done"), ("bob", "in-progress")):
            corpus.write(80, text, make_layer(text, random.Random(2), 80, annotator, status), annotator)
        rows = lambda out: corpus.rows(out, "train")
        corpus.export("all")
        assert sorted(row["annotator"] for row in rows("all") if row["id"] == "f0/a80.txt") == ["alice", "bob"]
        assert len(rows("all")) == 62 and corpus.manifest("all")["splits"][0]["articles"] == 61
        corpus.export("alice", "--layer", "alice")
        assert [row["id"] for row in rows("alice")] == ["f0/a80.txt"]
        assert corpus.manifest("alice")["articles_left_out"] == 60
        corpus.export("unnamed", "--layer", "")
        assert len(rows("unnamed")) == 60
        corpus.export("done", "--done-only")
        assert len(rows("done")) == 41 and {row["status"] for row in rows("done")} == {"done"}
        nothing = corpus.export("nothing", "--layer", "carol", status=1)
        assert b"no article" in nothing.stderr and not os.path.exists(corpus.at("nothing"))
        assert b"publisherr" in corpus.export("slip", "--split", "8/2", "--group-by", "publisherr", status=1).stderr


def test_context():
    """Sentences with a span become records; what crosses a border is cut, and told."""
    with Corpus(0) as corpus:
        text = "Putin kata ini. Dia pulang. BBC kata “itu”.\n\nSelesai sudah."
        layer = make_layer("Putin kata.", random.Random(0), 1)
        layer["article"].update(sha256=hashlib.sha256(text.encode()).hexdigest(), length=len(text))
        layer["spans"] = [
            {"id": "s1", "label": "quote", "ranges": [[11, 26]], "text": [text[11:26]]},
            {"id": "s2", "label": "source", "ranges": [[28, 31]], "text": ["BBC"]},
            {"id": "s3", "label": "quote", "ranges": [[37, 42]], "text": ["“itu”"]},
        ]
        layer["relations"] = [
            {"id": "r1", "label": "attributed-to", "from": "s3", "to": "s2"},
            {"id": "r2", "label": "attributed-to", "from": "s1", "to": "s2"},
        ]
        corpus.write(1, text, layer)
        corpus.export("out", "--context", "sentence", "--losses", corpus.at("losses.json"))
        rows = corpus.rows("out", "train")
        assert [(row["id"], row["text"]) for row in rows] == [
            ("f1/a1.0-15.txt", "Putin kata ini."),
            ("f1/a1.16-27.txt", "Dia pulang."),
            ("f1/a1.28-43.txt", "BBC kata “itu”."),
        ]
        assert [[(s["id"], s["text"]) for s in row["spans"]] for row in rows] == [
            [("s1", "ini.")], [("s1", "Dia pulang")], [("s2", "BBC"), ("s3", "“itu”")]]
        assert [[r["id"] for r in row["relations"]] for row in rows] == [[], [], ["r1"]]
        with open(corpus.at("losses.json"), encoding="utf-8") as file:
            losses = json.load(file)["losses"]
        assert losses["by_kind"] == {"context-relations": 1, "context-spans": 1}
        assert {entry["id"] for entry in losses["list"]} == {"s1", "r2"}
        assert corpus.manifest("out")["losses"] == {"context-relations": 1, "context-spans": 1}
        corpus.export("strict", "--context", "sentence", "--strict", status=1)
        assert not os.path.exists(corpus.at("strict"))
        corpus.export("paragraphs", "--context", "paragraph", "--strict")
        assert [row["text"] for row in corpus.rows("paragraphs", "train")] == [text.split("\n")[0]]
        corpus.export("conll", "--context", "sentence", to="conll")
        with open(corpus.at("conll", "train.conll"), encoding="utf-8") as file:
            assert file.read().count("-DOCSTART-") == 3
        # A span that begins in the white space before the first sentence is in that one.
        text = "\n\n BBC kata “itu”.\n"
        layer["article"].update(sha256=hashlib.sha256(text.encode()).hexdigest(), length=len(text))
        layer["spans"] = [
            {"id": "s1", "label": "quote", "ranges": [[1, 6]], "text": [text[1:6]]},
            {"id": "s2", "label": "source", "ranges": [[12, 17]], "text": [text[12:17]]},
        ]
        layer["relations"] = [{"id": "r1", "label": "attributed-to", "from": "s1", "to": "s2"}]
        corpus.write(1, text, layer)
        corpus.export("leading", "--context", "sentence")
        assert [len(row["relations"]) for row in corpus.rows("leading", "train")] == [1]
        assert corpus.manifest("leading")["losses"] == {"context-spans": 1}


SPLITS = ["train", "validation", "test"]
# What stands in a dataset for each split, but for formats that have a folder for each.
STREAMS = {
    "conll": ["conll"], "conllu": ["conllu"], "csv": ["csv"], "doccano": ["jsonl"], "huggingface": ["data/jsonl"],
    "jsonl": ["jsonl"], "label-studio": ["json", "config.xml"], "prodigy": ["jsonl"], "refi-qda": ["qdpx", "qdc"],
    "spacy-doc": ["spacy.jsonl"], "tsv": ["tsv"], "web-annotation": ["jsonld"],
}


def check_read_back(corpus, entry, split, name):
    """What a split holds is what the manifest says."""
    result = run("convert", "--from", entry["name"], "--to", "jsonl", name, cwd=corpus.path)
    assert result.returncode == 0, (name, result.stderr)
    layers = [layer for row in result.stdout.splitlines() for layer in json.loads(row)["layers"]]
    assert len(layers) == split["articles"], (name, len(layers))
    assert sum(len(layer["spans"]) for layer in layers) == split["spans"] > 0, name


def test_formats():
    """Every format that can be written makes a dataset, with files or folders for splits."""
    formats = [f for f in json.loads(run("formats", "--json").stdout)["formats"] if f["writes"]]
    with Corpus(12) as corpus:
        for entry in formats:
            corpus.export(entry["name"], "--split", "50/25/25", to=entry["name"])
            manifest = corpus.manifest(entry["name"])
            assert [split["articles"] for split in manifest["splits"]] == [6, 3, 3], entry["name"]
            names = set(corpus.bytes(entry["name"]))
            listed = [file["path"] for file in manifest["files"]]
            assert sorted([*listed, "manifest.json"]) == sorted(names), (entry["name"], names)
            streams = STREAMS.get(entry["name"])
            if streams is None:
                assert {"train", "validation", "test"} <= {name.split("/")[0] for name in names}, (entry["name"], names)
            else:
                expected = {os.path.join(folder, f"{split}.{ending}") for split in SPLITS
                            for folder, ending in map(os.path.split, streams)}
                if entry["text_apart"]:
                    expected |= {f"f{i % 2}/a{i}.txt" for i in range(12)}
                assert names - {"manifest.json", "tagset.json", "README.md"} == expected, (entry["name"], names)
            for split in manifest["splits"] if entry["reads"] else []:
                folder, ending = os.path.split(streams[0]) if streams else ("", "")
                name = f"{split['name']}.{ending}" if streams else split["name"]
                check_read_back(corpus, entry, split, os.path.join(entry["name"], folder, name))
        read_back = run("convert", "--to", "jsonl", "brat/train", "brat/validation", "brat/test", cwd=corpus.path)
        assert read_back.returncode == 0 and read_back.stdout.count(b"\n") == 12, read_back.stderr
        again = run("convert", "--to", "jsonl", "huggingface/data/train.jsonl", cwd=corpus.path)
        assert again.returncode == 0 and again.stdout.count(b"\n") == 6, again.stderr


def snapshot(path):
    return sorted(os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names)


def test_existing():
    """A folder is never written over without a word; --force replaces a dataset, and nothing else."""
    with Corpus(20) as corpus:
        corpus.export("out", "--split", "80/10/10")
        before = corpus.bytes("out")
        refused = corpus.export("out", "--split", "80/20", status=1)
        assert b"not empty" in refused.stderr and b"--force" in refused.stderr and corpus.bytes("out") == before
        corpus.export("out", "--split", "80/20", "--force")
        assert set(corpus.bytes("out")) == {"README.md", "manifest.json", "tagset.json", "data/train.jsonl",
                                            "data/test.jsonl"}
        corpus.export("out", "--force", to="brat")
        assert not os.path.exists(corpus.at("out", "data"))
        with open(corpus.at("out", "mine.txt"), "w", encoding="utf-8") as file:
            file.write("x")
        before = corpus.bytes("out")
        refused = corpus.export("out", "--force", status=1)
        assert b"mine.txt" in refused.stderr and corpus.bytes("out") == before
        os.makedirs(corpus.at("empty"))
        corpus.export("empty")
        with open(corpus.at("file"), "w", encoding="utf-8") as file:
            file.write("x")
        corpus.export("file", status=1)
        shutil.rmtree(corpus.at("in", "f1"))
        os.makedirs(corpus.at("other"))
        with open(corpus.at("other", "manifest.json"), "w", encoding="utf-8") as file:
            json.dump({"generator": "webpack", "files": []}, file)
        assert b"manifest.json" in corpus.export("other", "--force", status=1).stderr


def start(corpus, out, *more):
    """An export that waits for its input, once it has begun to write."""
    before = os.listdir(corpus.path)
    process = subprocess.Popen([TOOL, "export", "--to", "jsonl", "--from", "jsonl", "-o", out, *more, "-"],
                               cwd=corpus.path, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while not any(name.startswith(f".{out}.kutip-stage-") for name in set(os.listdir(corpus.path)) - set(before)):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return process


def hidden(corpus):
    return [name for name in os.listdir(corpus.path) if name.startswith(".")]


def test_interrupted():
    """Ctrl+C leaves nothing; what a killed run leaves, the next takes away, and only that."""
    with Corpus(5) as corpus:
        process = start(corpus, "out")
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == -signal.SIGINT
        process.stdin.close()
        assert os.listdir(corpus.path) == ["in"]

        killed = start(corpus, "out")
        (dead,) = hidden(corpus)
        killed.kill()
        killed.wait()
        killed.stdin.close()
        assert hidden(corpus) == [dead]
        alive = start(corpus, "out")
        assert dead not in hidden(corpus) and len(hidden(corpus)) == 1
        (working,) = hidden(corpus)
        for name in ("out.kutip-stage-abc", "out.kutip-stage-abcdefg", "other.kutip-stage-abcdef",
                     "out.kutip-stage-abc.ef", "out.kutip-backup"):
            os.makedirs(corpus.at("." + name))
        os.makedirs(corpus.at(".out.kutip-stage-theirs", "work"))
        os.symlink(corpus.at("in"), corpus.at(".out.kutip-stage-lllink"))
        kept = set(hidden(corpus))
        corpus.export("out")
        assert set(hidden(corpus)) == kept and os.path.isdir(corpus.at(working))
        assert len(snapshot(corpus.at("in"))) == 10
        alive.send_signal(signal.SIGTERM)
        assert alive.wait(30) == -signal.SIGTERM
        alive.stdin.close()


def front_matter(text):
    """The YAML between the lines of dashes, if there is anything here that can read it."""
    try:
        import yaml
    except ImportError:
        return None
    return yaml.safe_load(text.split("---\n")[1])


def check_value(value, feature, where):
    """As “datasets” casts: lists of structs, lists of values, values."""
    kinds = {"string": str, "int64": int, "bool": bool}
    if "list" in feature:
        assert isinstance(value, list), where
        inner = feature["list"]
        for element in value:
            if isinstance(inner, str):
                assert isinstance(element, kinds[inner]), where
            else:
                check_struct(element, inner, where)
    elif feature["dtype"] == "float64":
        assert value is None or isinstance(value, (int, float)), where
    else:
        assert type(value) is kinds[feature["dtype"]], (where, value)


def check_struct(row, features, where):
    assert list(row) == [feature["name"] for feature in features], where
    for feature in features:
        check_value(row[feature["name"]], feature, f"{where}.{feature['name']}")


def test_card():
    """The card names every column and type of every row, the splits and their sizes, and the licence."""
    with Corpus() as corpus:
        corpus.export("out", "--split", "80/10/10", "--license", "cc-by-4.0", "--title", "Kutipan: “berita”")
        with open(corpus.at("out", "README.md"), encoding="utf-8") as file:
            card = file.read()
        assert "cc-by-4.0" in card and "| rare |" in card and "| attributed-to |" in card
        about = front_matter(card)
        if about is None:
            return
        assert about["license"] == "cc-by-4.0" and about["pretty_name"] == "Kutipan: “berita”"
        assert about["language"] == ["id"] and about["size_categories"] == ["n<1K"]
        assert about["task_categories"] == ["token-classification"]
        (config,) = about["configs"]
        paths = {entry["split"]: entry["path"] for entry in config["data_files"]}
        assert list(paths) == ["train", "validation", "test"]
        for split in about["dataset_info"]["splits"]:
            rows = corpus.rows("out", split["name"])
            assert paths[split["name"]] == f"data/{split['name']}.jsonl"
            assert split["num_examples"] == len(rows)
            assert split["num_bytes"] == os.path.getsize(corpus.at("out", paths[split["name"]]))
            for row in rows:
                check_struct(row, about["dataset_info"]["features"], row["id"])


def test_options():
    """The manifest records what was asked for; a map renames labels before they are counted."""
    with Corpus(6) as corpus:
        with open(corpus.at("names.json"), "w", encoding="utf-8") as file:
            json.dump({"labels": {"claim": "statement"}}, file)
        corpus.export("out", "--map", corpus.at("names.json"), "--context", "paragraph", "--split", "4/1", "--bioes",
                      "--group-by", "folder", to="conll")
        manifest = corpus.manifest("out")
        asked = {"to": "conll", "split": "4/1", "seed": 0, "group_by": "folder", "context": "paragraph",
                 "map": "names.json", "bioes": True, "done_only": False, "verified": True}
        assert asked.items() <= manifest["options"].items(), manifest["options"]
        labels = {label for split in manifest["splits"] for label in split["spans_by_label"]}
        assert "statement" in labels and "claim" not in labels
        assert corpus.path not in json.dumps(manifest)


def test_summary():
    with Corpus(10) as corpus:
        summary = json.loads(corpus.export("json", "--split", "80/20", "--json").stdout)
        assert [split["articles"] for split in summary["splits"]] == [8, 2]
        assert summary["articles"] == 10 and summary["left_out"] == 0 and summary["failures"] == []
        quiet = corpus.export("quiet", "--quiet")
        assert not quiet.stdout and not quiet.stderr
        table = corpus.export("table", "--split", "80/20").stdout.decode()
        assert "train" in table and "test" in table


def test_hostile():
    """One bad article: nothing is written; with --keep-going the others are."""
    with Corpus(10) as corpus:
        path = corpus.at("in", "f0", "a2.txt.annotations.json")
        with open(path, "w", encoding="utf-8") as file:
            file.write('{"format": 1, "spans": [')
        failed = corpus.export("out", status=1)
        assert b"a2.txt" in failed.stderr and not os.path.exists(corpus.at("out"))
        corpus.export("out", "--keep-going", status=1)
        assert len(corpus.rows("out", "train")) == 9
        assert [name for name in os.listdir(corpus.path) if name.startswith(".")] == []


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
