# SPDX-License-Identifier: GPL-3.0-or-later
"""kutip-tool convert and formats as scripts use them; and files that independent readers agree on."""

import csv
import io
import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from tap import run_cases, tests_of

TOOL = os.environ["KUTIP_TOOL"]
SHARED = os.path.join(os.environ["KUTIP_SOURCE_DIR"], "..", "shared")
TEXT = "Putin berkata: “Kami sahabat 🤝” kata BBC.\r\nBaris kedua, \"kutipan\"."
ANN = (
    "T1\tQuote 15 31\t“Kami sahabat 🤝”\n"
    "A1\tCertainty T1 high\n"
    "#1\tAnnotatorNotes T1\tkutipan, \"langsung\"\n"
    "T2\tSource 37 40\tBBC\n"
    "T3\tClaim 0 5;43 48\tPutin Baris\n"
    "R1\tsaid_by Arg1:T1 Arg2:T2\t\n"
)
SPANS = {("Quote", "“Kami sahabat 🤝”"), ("Source", "BBC"), ("Claim", "Putin"), ("Claim", "Baris")}


def run(*arguments, stdin=b"", cwd=None):
    return subprocess.run([TOOL, *arguments], capture_output=True, input=stdin, timeout=120, cwd=cwd)


class Corpus:
    """A folder that goes away, with two articles in brat's format."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="kutip-convert-")
        for name in ("a", "sub/b"):
            self.write(f"in/{name}.txt", TEXT)
            self.write(f"in/{name}.ann", ANN)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def at(self, name):
        return os.path.join(self.path, name)

    def write(self, name, content):
        os.makedirs(os.path.dirname(self.at(name)), exist_ok=True)
        with open(self.at(name), "w", encoding="utf-8", newline="") as file:
            file.write(content)

    def read(self, name):
        with open(self.at(name), encoding="utf-8", newline="") as file:
            return file.read()

    def convert(self, to, *options, status=0, inputs=("in",)):
        result = run("convert", "--to", to, *options, *inputs, cwd=self.path)
        assert result.returncode == status, (result.returncode, result.stderr.decode())
        return result.stdout.decode()


USAGE = [
    (("convert",), 2, "no input"),
    (("convert", "x"), 2, "no format to write"),
    (("convert", "--to", "frob", "x"), 2, "an unknown format"),
    (("convert", "--from", "frob", "--to", "csv", "x"), 2, "an unknown format to read"),
    (("convert", "--to", "brat", "x"), 2, "files to standard output"),
    (("convert", "--to", "csv", "--json", "x"), 2, "two things to standard output"),
    (("convert", "--to", "jsonl", "--spreadsheet", "x"), 2, "tables' option for another format"),
    (("convert", "--to", "csv", "--bioes", "x"), 2, "an option of CoNLL for another format"),
    (("convert", "--to", "conllu", "--column-per-label", "x"), 2, "an option of CoNLL for CoNLL-U"),
    (("convert", "--to", "brat", "-o", "y", "--annotator-files", "x"), 2, "doccano's option for another format"),
    (("export", "--to", "jsonl", "-o", "y", "--bioes", "x"), 2, "an option of CoNLL for another dataset"),
    (("convert", "--to", "csv", "--jobs", "-1", "x"), 2, "less than no jobs"),
    (("convert", "--to", "csv", "--offset-unit", "words", "x"), 2, "an unknown unit"),
    (("convert", "--to", "csv", "/nowhere/x.ann"), 1, "an input that is not there"),
    (("convert", "--to", "csv", "--map", "/nowhere.json", "x"), 1, "a map that is not there"),
    (("convert", "--to", "csv", "--tagset", "/nowhere.json", "x"), 1, "a tag set that is not there"),
    (("formats",), 0, "formats"),
    (("formats", "brat"), 2, "more than is wanted"),
    (("convert", "--help"), 0, "help"),
]


def test_usage():
    for arguments, status, why in USAGE:
        result = run(*arguments)
        assert result.returncode == status, (why, result.returncode, result.stderr)
        if status:
            assert result.stderr.startswith(b"kutip-tool: ") and not result.stdout, why


ATTACHED = [
    (["-t", "conll", "-j", "1"], ["-tconll", "-j1"], "values behind their letters"),
    (["-t", "conll", "-q", "-j", "1"], ["-qj1", "--to=conll"], "letters and a value in one word"),
    (["-t", "conll", "-f", "brat"], ["--to", "conll", "-fbrat"], "behind a long option and its value"),
    (["-t", "-j2", "--", "in"], ["--to", "-j2", "in"], "a value that looks like an option"),
    (["-t", "conll", "--", "-j1"], ["-tconll", "--", "-j1"], "an input that looks like one"),
    (["-t", "conll", "-j", "x"], ["-tconll", "-jx"], "no number"),
    (["-t", "conll", "-x"], ["-tconll", "-x"], "an unknown letter"),
]


def test_attached_values():
    """A letter's value may follow it at once, as everywhere else."""
    with Corpus() as corpus:
        for apart, together, why in ATTACHED:
            one, other = (run("convert", *words, "in", cwd=corpus.path) for words in (apart, together))
            assert one.returncode == other.returncode, (why, one.stderr, other.stderr)
            assert one.stdout == other.stdout and (one.returncode or one.stdout), why
        result = run("convert", "-tconll", "-ox.conll", "in", cwd=corpus.path)
        assert result.returncode == 0 and os.path.getsize(os.path.join(corpus.path, "x.conll")), result.stderr
        assert run("stats", "-qj1", corpus.path).returncode == 0


def test_formats():
    table = json.loads(run("formats", "--json").stdout)["formats"]
    lines = run("formats").stdout.decode()
    assert {"kutip", "brat", "jsonl", "csv", "tsv", "conll", "doccano"} <= {f["name"] for f in table}
    for entry in table:
        assert entry["name"] in lines and entry["suffix"].startswith(".")
        assert entry["reads"] or entry["writes"]


    assert max(map(len, lines.splitlines())) <= 80
    # Each word of what is lost is whole, and in the part of its format.
    parts = dict(re.findall(r"^(\S+) .*\n((?: +.*\n)*)", lines, re.MULTILINE))
    every = max((set(entry["keeps"]) for entry in table), key=len)
    for entry in table:
        lost = {word.strip(",") for word in parts[entry["name"]].split()} - {"loses:"}
        assert lost == every - set(entry["keeps"]), (entry["name"], lost)


def run_on_terminal(*arguments, cwd):
    """With standard output and standard error on one terminal: the status, and what stands there."""
    master, slave = pty.openpty()
    with subprocess.Popen([TOOL, *arguments], stdin=subprocess.DEVNULL, stdout=slave, stderr=slave, cwd=cwd) as process:
        os.close(slave)
        said = b""
        try:
            while chunk := os.read(master, 65536):
                said += chunk
        except OSError:  # how a terminal says that nobody writes any more
            pass
        os.close(master)
    return process.returncode, said.decode().replace("\r\n", "\n")


def test_terminal():
    """Archives are not shown there, and no progress between the lines of what is."""
    with Corpus() as corpus:
        status, said = run_on_terminal("convert", "--to", "refi-qda", "in", cwd=corpus.path)
        assert status == 2 and said.startswith("kutip-tool: ") and "-o" in said and said.count("\n") == 1, said
        status, said = run_on_terminal("convert", "--to", "jsonl", "in", cwd=corpus.path)
        assert status == 0 and said == corpus.convert("jsonl"), said
        status, said = run_on_terminal("convert", "--to", "jsonl", "-o", "x.jsonl", "in", cwd=corpus.path)
        assert status == 0 and "MB" in said and corpus.read("x.jsonl") == corpus.convert("jsonl"), said


def test_hostile_words():
    """Nothing of a file commands the terminal, or fills it."""
    with Corpus() as corpus:
        corpus.write("in/a.ann", ANN + "X\x1b]0;title\x07\x9b31m\x7f\r" + "9" * 100_000 + "\n")
        result = run("convert", "--to", "jsonl", "-o", "x.jsonl", "in/a.ann", cwd=corpus.path)
        told = result.stderr.decode()
        assert result.returncode == 0 and "unknown-line" in told and "…" in told and len(told) < 1000, told[:300]
        assert not re.search(r"[\0-\x08\x0b-\x1f\x7f-\x9f]", told), told


# Name, text where that is apart, what is written, what is told: the line, or the charset that was guessed.
TABLE = "path,label,start,end,text,attr:sure\nx.txt,Q,3,7,café,sure\n"
ENCODED = [
    ("x.ann", TEXT, b"\xef\xbb\xbf" + ANN.encode(), None, "a byte order mark before the first annotation"),
    ("x.ann", TEXT, ANN.encode().replace(b"langsung", b"l\xffngsung"), "in line 3", "a byte in the third line"),
    ("x.ann", TEXT, ANN.encode().replace(b"BBC", b"B\0C"), "in line 4", "a NUL in the fourth"),
    ("x.conllu", None, b"# a\n" + b"1\tcaf\xe9" + b"\t_" * 8 + b"\n\n", "in line 2", "CoNLL-U is UTF-8"),
    ("x.conll", None, b"-DOCSTART- -X- O O\n\na O\n\n-DOCSTART- -X- O O\n\nB\0C B-A\n", "in line 7", "behind the first article"),
    ("x.conll", None, b"caf\xe9 O\n", "charset: ", "an article that was written with its annotations"),
    ("x.csv", "Le café est là.", b"path,label,start,end,text\nx,Q,3,7,caf\xe9\n", "in line 2", "a spreadsheet of old"),
    ("x.tsv", "Le café.", b"path\tlabel\tstart\tend\ttext\nx\tQ\t3\t7\tcaf\xc3\n", "in line 2", "half a character"),
    ("x.csv", "Le café.", b"path,label,start,end,text\n" + b"x,Q,3,7,caf\xc3\xa9\n" * 60_000 + b"x,Q,3,7,caf\xe9\n",
     "in line 60002", "a large table"),
]
# The same table, and whether it is read.
TABLES = [
    (b"\xef\xbb\xbf" + TABLE.encode(), True, "UTF-8 with its mark"),
    (TABLE.encode("utf-16"), True, "UTF-16 with its mark"),
    (TABLE.encode("utf-16-le"), False, "UTF-16 without"),
    (TABLE.encode("windows-1252"), False, "another charset"),
    (TABLE.replace("sure", "\x1b$B\x1b(B").encode(), True, "escapes that another charset has"),
]


def test_tables():
    """A table is in UTF-8, or says what it is in; its article may be in any charset."""
    for content, is_read, why in TABLES:
        with Corpus() as corpus:
            for name, written in (("x.csv", content), ("x.txt", "Le café est là, déjà.".encode("latin-1"))):
                with open(corpus.at(name), "wb") as file:
                    file.write(written)
            result = run("convert", "--to", "jsonl", "x.csv", "x.txt", cwd=corpus.path)
            assert result.returncode == (0 if is_read else 1), (why, result.stderr)
            assert is_read or result.stderr.startswith(b"kutip-tool: x.csv: "), (why, result.stderr)
            if is_read:
                assert json.loads(result.stdout)["layers"][0]["spans"][0]["text"] == ["café"], (why, result.stdout)
            else:
                assert result.stdout == b"" and b"line" in result.stderr, (why, result.stderr)


def test_encodings():
    for name, text, content, told, why in ENCODED:
        with Corpus() as corpus:
            shutil.rmtree(corpus.at("in"))
            if text:
                corpus.write("x.txt", text)
            with open(corpus.at(name), "wb") as file:
                file.write(content)
            texts = ["x.txt"] if name in ("x.csv", "x.tsv") else []
            result = run("convert", "--to", "jsonl", name, *texts, cwd=corpus.path)
            said = result.stderr.decode()
            is_refused = told is not None and told.startswith("in line")
            assert result.returncode == is_refused and (told or "") in said, (why, said)
            assert not is_refused or said.startswith(f"kutip-tool: {name}: "), (why, said)
            if told is None:
                spans = json.loads(result.stdout)["layers"][0]["spans"]
                assert not said and {span["label"] for span in spans} == {"Quote", "Source", "Claim"}, (why, said)


def test_names():
    """A name that is no UTF-8 goes into every format as something that is, which is told."""
    with Corpus() as corpus:
        run("convert", "--to", "kutip", "-o", corpus.at("own"), corpus.at("in"))
        for suffix in (b"", b".annotations.json"):
            os.rename(os.fsencode(corpus.at("own/a.txt")) + suffix, os.fsencode(corpus.at("own/a")) + b"\xff.txt" + suffix)
        for name in json.loads(run("formats", "--json").stdout)["formats"]:
            if not name["writes"]:
                continue
            result = run("convert", "--to", name["name"], "-o", corpus.at("out"), corpus.at("own"))
            assert result.returncode == 0 and b"file-name" in result.stderr, (name, result.stderr)
            files = [corpus.at("out")] if os.path.isfile(corpus.at("out")) else [
                os.path.join(folder, file) for folder, _, files in os.walk(corpus.at("out")) for file in files]
            for file in files:
                file.encode("utf-8")
                if not file.endswith(".zip") and name["name"] != "refi-qda":
                    with open(file, encoding="utf-8") as stream:
                        stream.read()
            os.unlink(corpus.at("out")) if os.path.isfile(corpus.at("out")) else shutil.rmtree(corpus.at("out"))


def test_never_changes_what_it_reads():
    """An output that is among the input is refused, also with --keep-going; beside it, it may stand, again and again."""
    with Corpus() as corpus:
        run("convert", "--to", "kutip", "-o", corpus.at("own"), corpus.at("in"))
        run("convert", "--to", "jsonl", "-o", corpus.at("lines/a.jsonl"), corpus.at("in"))
        os.makedirs(corpus.at("lines"), exist_ok=True)
        run("convert", "--to", "jsonl", "-o", corpus.at("lines/a.jsonl"), corpus.at("in"))
        for out, *inputs in (
            ("own/a.txt", "own"), ("own/sub/b.txt", "own"), ("own/a.txt.annotations.json", "own"), ("own/a.txt", "own/a.txt"),
            ("in/a.txt", "in"), ("in/a.ann", "in"), ("in/sub/b.txt", "in"), ("lines/a.jsonl", "lines"),
            ("lines/a.jsonl", "lines/a.jsonl"), ("own/../own/a.txt", "own"),
        ):
            before = corpus.read(out)
            for more in ((), ("--keep-going",), ("--jobs", "2")):
                result = run("convert", "--to", "csv", *more, "-o", corpus.at(out), *map(corpus.at, inputs))
                assert result.returncode == 1 and b"among what is read" in result.stderr, (out, result)
                assert corpus.read(out) == before, out
        for _ in range(2):
            result = run("convert", "--to", "jsonl", "-o", corpus.at("own/out.jsonl"), corpus.at("own"))
            assert result.returncode == 0, result.stderr


def test_list_of_losses():
    """It is written over nothing else, whatever it is, nor over the output; and when it cannot be written where it
    shall be, nothing is."""
    with Corpus() as corpus:
        corpus.write("lines/a.jsonl", corpus.convert("jsonl"))
        corpus.write("old.csv", corpus.convert("csv"))
        corpus.write("empty.json", "")
        for losses, out in (
            ("in/a.txt", "x.csv"), ("in/a.ann", "x.csv"), ("lines/a.jsonl", "x.csv"), ("in", "x.csv"), ("x.csv", "x.csv"),
            ("old.csv", "old.csv"), ("./sub/../x.csv", "x.csv"), ("nowhere/l.json", "x.csv"), ("old.csv/l.json", "x.csv"),
            ("x", "x/y.csv"),
        ):
            inputs = ("lines/a.jsonl",) if losses.startswith("lines") else ("in",)
            before = {name: corpus.read(name) for name in ("in/a.txt", "in/a.ann", "lines/a.jsonl", "old.csv")}
            result = run("convert", "--to", "csv", "--losses", losses, "-o", out, *inputs, cwd=corpus.path)
            reason = b"no folder" if losses.endswith("l.json") else b"--losses"
            assert result.returncode == 2 and result.stderr.count(b"\n") == 1 and reason in result.stderr, (losses, result)
            assert {name: corpus.read(name) for name in before} == before, losses
            assert sorted(os.listdir(corpus.path)) == ["empty.json", "in", "lines", "old.csv"], losses
        # An earlier list, and in a folder that the conversion makes.
        for losses, out in (("empty.json", "x.csv"), ("empty.json", "y.csv"), ("k/l.json", "k")):
            to = "kutip" if out == "k" else "csv"
            result = run("convert", "--to", to, "--losses", losses, "-o", out, "in", cwd=corpus.path)
            assert result.returncode == 0, (losses, result.stderr)
            assert set(json.loads(corpus.read(losses))) == {"losses", "warnings"}


def test_standard_output():
    """One thing at a time can go there: the result, the list of losses, or what was done."""
    with Corpus() as corpus:
        result = run("convert", "--to", "conll", "--losses", "-", "-o", "x.conll", "in", cwd=corpus.path)
        listed = json.loads(result.stdout)["losses"]
        assert result.returncode == 0 and listed["count"] == len(listed["list"]) > 0, result
        result = run("export", "--to", "conll", "--losses", "-", "-o", "data", "in", cwd=corpus.path)
        assert result.returncode == 0 and json.loads(result.stdout)["losses"]["count"] > 0, result
        for words in (
            ("--losses", "-"), ("--losses", "-", "-o", "-"), ("--losses", "-", "--json", "-o", "y.conll"), ("--json",),
            ("--json", "-o", "-"),
        ):
            result = run("convert", "--to", "conll", *words, "in", cwd=corpus.path)
            assert result.returncode == 2 and b"standard output" in result.stderr and not result.stdout, (words, result)
        result = run("export", "--to", "conll", "--losses", "-", "--json", "-o", "z", "in", cwd=corpus.path)
        assert result.returncode == 2 and b"standard output" in result.stderr and not result.stdout, result
        assert sorted(os.listdir(corpus.path)) == ["data", "in", "x.conll"], os.listdir(corpus.path)


def test_named_twice():
    """It is one thing all the same, however it is spelled."""
    with Corpus() as corpus:
        once = corpus.convert("jsonl")
        assert corpus.convert("jsonl", inputs=("in", "./in", "in/", "in/../in")) == once
        assert corpus.convert("jsonl", inputs=("in/a.ann", "in/a.ann")) == corpus.convert("jsonl", inputs=("in/a.ann",))
        corpus.convert("kutip", "-o", "own")
        counts = [json.loads(run("stats", "--json", *paths, cwd=corpus.path).stdout)
                  for paths in (("own",), ("own", "own/"), ("own/a.txt",), ("own/a.txt", "./own/a.txt"))]
        assert counts[0] == counts[1] and counts[2] == counts[3] and counts[0]["articles"] == 2, counts


def test_nothing():
    """A folder without a file has no format to guess; as one of a given format it is a corpus of no articles."""
    with Corpus() as corpus:
        os.mkdir(corpus.at("empty"))
        result = run("convert", "--to", "jsonl", corpus.at("empty"))
        assert result.returncode == 1 and b"nothing in it" in result.stderr, result
        result = run("convert", "--from", "kutip", "--to", "jsonl", corpus.at("empty"))
        assert result.returncode == 0 and result.stdout == b"" and result.stderr == b"", result


def test_many_names():
    """Ten thousand files by name, as a shell makes them of a pattern: what grows with their square outlasts patience."""
    names = [f"{number}.txt" for number in range(10_000)]
    with Corpus() as corpus:
        for name in names:
            corpus.write(f"many/{name}", "Putin kata.")
        folder = corpus.at("many")
        assert run("convert", "--to", "jsonl", *names, cwd=folder).stdout.count(b"\n") == len(names)
        assert json.loads(run("stats", "--json", *names, cwd=folder).stdout)["articles"] == len(names)
        assert run("validate", *names, cwd=folder).stdout.startswith(b"10000 articles, ")
        assert run("search", "Putin", *names, cwd=folder).stdout.count(b"\n") == len(names)


def test_no_folder():
    """What is missing is named, not only what cannot be made."""
    with Corpus() as corpus:
        for to, output in (("jsonl", "no/where.jsonl"), ("brat", "no/where"), ("brat", "no/where/")):
            result = run("convert", "--to", to, "-o", output, "in", cwd=corpus.path)
            assert result.returncode == 1 and "there is no folder “no”" in result.stderr.decode(), result.stderr
            assert os.listdir(corpus.path) == ["in"]


def test_jsonl():
    """Offsets are those of Python's strings."""
    with Corpus() as corpus:
        lines = corpus.convert("jsonl").splitlines()
        assert [json.loads(line)["path"] for line in lines] == ["a.txt", "sub/b.txt"]
        for line in lines:
            record = json.loads(line)
            assert record["text"] == TEXT
            found = {
                (span["label"], TEXT[a:b])
                for span in record["layers"][0]["spans"]
                for a, b in span["ranges"]
            }
            assert found == SPANS, found


def test_pipe():
    with Corpus() as corpus:
        once = corpus.convert("jsonl")
        again = run("convert", "--to", "jsonl", "-", stdin=once.encode())
        assert again.returncode == 0 and again.stdout.decode() == once, again.stderr
        parts = b"".join(
            run("convert", "--from", "jsonl", "--to", "jsonl", "-", stdin=line.encode() + b"\n").stdout
            for line in once.splitlines()
        )
        assert parts.decode() == once


def test_beside():
    """What stands beside a file is what is told of, and nothing that was only needed to write it."""
    for to, written in (("refi-qda", ["x.qdc", "x.qdpx"]), ("label-studio", ["x.config.xml", "x.json"]),
                        ("web-annotation", ["x.jsonld"])):
        with Corpus() as corpus:
            os.mkdir(corpus.at("out"))
            corpus.convert(to, "-o", f"out/{written[-1]}")
            assert sorted(os.listdir(corpus.at("out"))) == written, os.listdir(corpus.at("out"))


def test_csv():
    """Python's csv module reads the same cells."""
    with Corpus() as corpus:
        for name, delimiter in (("csv", ","), ("tsv", "\t")):
            rows = list(csv.DictReader(io.StringIO(corpus.convert(name), newline=""), delimiter=delimiter))
            spans = [row for row in rows if row["kind"] == "span" and row["path"] == "a.txt"]
            assert len(rows) == 8 and len(spans) == 3
            for row in spans:
                ranges = row["ranges"] or f"{row['start']}-{row['end']}"
                pieces = [TEXT[slice(*map(int, piece.split("-")))] for piece in ranges.split(";")]
                assert " [...] ".join(pieces) == row["text"], row
            quote = next(row for row in spans if row["label"] == "Quote")
            assert json.loads(quote["attributes"]) == {"Certainty": "high"}
            assert quote["note"] == 'kutipan, "langsung"'


def test_csv_back():
    """Tables read with the texts named beside them give the same annotations."""
    with Corpus() as corpus:
        corpus.convert("csv", "-o", "x.csv")
        back = corpus.convert("brat", "-o", "back", inputs=("x.csv", "in"))
        assert back == ""
        assert sorted(corpus.read("back/a.ann").splitlines()) == sorted(ANN.splitlines())
        assert corpus.read("back/sub/b.txt") == TEXT


def test_conll():
    """A reader of a few lines: the tokens of a span, joined, are its text without blanks."""
    with Corpus() as corpus:
        out = corpus.convert("conll")
        spans, open_span = [], None
        for line in out.splitlines():
            if line.startswith("# ") or line.startswith("-DOCSTART-") or not line:
                continue
            token, _, chunk, tag = line.split(" ")
            assert chunk == "O"
            if tag[0] == "B":
                open_span = [tag[2:], token]
                spans.append(open_span)
            elif tag[0] == "I":
                assert open_span[0] == tag[2:]
                open_span[1] += token
        expected = {(label, text.replace(" ", "")) for label, text in SPANS}
        assert {tuple(span) for span in spans} == expected and len(spans) == 8


def test_doccano():
    """UTF-16 units, as a browser counts them; code points on request."""
    with Corpus() as corpus:
        utf16 = TEXT.encode("utf-16-le")
        for line in corpus.convert("doccano").splitlines():
            found = {(x, utf16[2 * a : 2 * b].decode("utf-16-le")) for a, b, x in json.loads(line)["label"]}
            assert found == SPANS
        for line in corpus.convert("doccano", "--offset-unit", "code-points").splitlines():
            assert {(x, TEXT[a:b]) for a, b, x in json.loads(line)["label"]} == SPANS


def test_losses():
    with Corpus() as corpus:
        result = run("convert", "--to", "conll", "--losses", "l.json", "-o", "x", "in", cwd=corpus.path)
        assert result.returncode == 0
        told = result.stderr.decode()
        assert "a.txt: lost: notes: T1" in told and "sub/b.txt: lost: pieces: T3" in told, told
        losses = json.loads(corpus.read("l.json"))["losses"]
        assert losses["by_kind"] == {"attributes": 2, "ids": 2, "notes": 2, "pieces": 2, "relations": 2}
        assert len(losses["list"]) == losses["count"] == 10
        corpus.convert("conll", "--strict", "-o", "y", status=1)
        assert not os.path.exists(corpus.at("y"))
        assert run("convert", "--strict", "--to", "conll", "in", cwd=corpus.path).stdout == b""


def test_failures():
    with Corpus() as corpus:
        corpus.write("in/bad.ann", "T1\tX 0 1\tx\n")
        before = sorted(os.listdir(corpus.path))
        for to in ("jsonl", "kutip"):
            result = run("convert", "--to", to, "-o", "out", "in", cwd=corpus.path)
            assert result.returncode == 1 and b"in/bad.ann" in result.stderr
            assert sorted(os.listdir(corpus.path)) == before
        result = run("convert", "-k", "--to", "kutip", "-o", "out", "--json", "in", cwd=corpus.path)
        summary = json.loads(result.stdout)
        assert result.returncode == 1 and summary["articles"] == 2 and len(summary["failures"]) == 1
        assert os.path.exists(corpus.at("out/sub/b.txt.annotations.json"))
        # Where none of it could be read there is nothing, rather than an empty folder or file.
        before = sorted(os.listdir(corpus.path))
        for to in ("jsonl", "kutip", "web-annotation"):
            result = run("convert", "-k", "--to", to, "-o", "none", "in/bad.ann", cwd=corpus.path)
            assert result.returncode == 1 and b"bad.ann" in result.stderr and b"None of it" in result.stderr, result
            assert sorted(os.listdir(corpus.path)) == before


def test_without_article():
    """Annotations whose article is not there are not left out in silence; those whose name only looks so are read."""
    with Corpus() as corpus:
        corpus.convert("kutip", "-o", "ours")
        alone = "ours/gone.md.annotations.json"
        shutil.copy(corpus.at("ours/a.txt.annotations.json"), corpus.at(alone))
        result = run("convert", "--to", "jsonl", "-o", "x.jsonl", "ours", cwd=corpus.path)
        assert result.returncode == 1 and not os.path.exists(corpus.at("x.jsonl"))
        assert alone.encode() in result.stderr and "“gone.md”" in result.stderr.decode(), result.stderr
        result = run("convert", "--keep-going", "--to", "jsonl", "-o", "x.jsonl", "ours", cwd=corpus.path)
        assert result.returncode == 1 and len(corpus.read("x.jsonl").splitlines()) == 2
        os.remove(corpus.at(alone))
        # Another annotator, and a name that leaves no room for what a sidecar's ends with.
        shutil.copy(corpus.at("ours/a.txt.annotations.json"), corpus.at("ours/a.txt.bob.annotations.json"))
        corpus.write(f"long/{'n' * 251}.txt", TEXT)
        corpus.write(f"long/{'n' * 251}.ann", ANN)
        corpus.convert("kutip", "-o", "ours/long", inputs=("long",))
        assert len(corpus.convert("jsonl", inputs=("ours",)).splitlines()) == 3


def test_interrupt():
    """Ctrl+C in the middle leaves nothing, and the shell hears of it."""
    with Corpus() as corpus:
        process = subprocess.Popen(
            [TOOL, "convert", "--from", "jsonl", "--to", "kutip", "-o", "out", "-"],
            stdin=subprocess.PIPE,
            cwd=corpus.path,
        )
        process.stdin.write(b'{"path": "a.txt", "text": "b"}\n' * 1)
        process.stdin.flush()
        deadline = time.monotonic() + 30
        while not any(name.startswith(".out") for name in os.listdir(corpus.path)):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == -signal.SIGINT
        process.stdin.close()
        assert os.listdir(corpus.path) == ["in"]


def wait_for_line(stream):
    """What comes next, however long that takes; nothing may take half a minute."""
    ready, _, _ = select.select([stream], [], [], 30)
    assert ready, "nothing comes"
    return stream.readline()


def test_comes_as_it_goes():
    """An article that came through a pipe is on its way before the next one is there, whatever --jobs."""
    for jobs in ("1", "2", "4"):
        process = subprocess.Popen(
            [TOOL, "convert", "--from", "jsonl", "--to", "jsonl", "--jobs", jobs, "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        for i in range(3):
            line = json.dumps({"path": f"{i}.txt", "text": f"Berita {i}", "layers": []}) + "\n"
            process.stdin.write(line.encode())
            assert json.loads(wait_for_line(process.stdout))["path"] == f"{i}.txt", (jobs, i)
        process.stdin.close()
        assert process.wait(30) == 0
        process.stdout.close()


def test_interrupt_waiting():
    """Ctrl+C ends what waits for a pipe: standard input, a named one, one that nobody writes to yet."""
    line = b'{"path": "a.txt", "text": "b", "layers": []}\n'
    with Corpus() as corpus:
        os.mkfifo(corpus.at("pipe"))
        for jobs in ("1", "2"):
            command = [TOOL, "convert", "--from", "jsonl", "--to", "jsonl", "--jobs", jobs]
            for name in ("-", "pipe"):
                process = subprocess.Popen(
                    [*command, name],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    bufsize=0,
                    cwd=corpus.path,
                )
                with process.stdin if name == "-" else open(corpus.at(name), "wb", buffering=0) as pipe:
                    pipe.write(line)
                    wait_for_line(process.stdout)
                    process.send_signal(signal.SIGINT)
                    assert process.wait(30) == -signal.SIGINT, (jobs, name)
                process.stdin.close()
                process.stdout.close()
            process = subprocess.Popen([*command, "pipe"], cwd=corpus.path)
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == -signal.SIGINT, jobs


def test_below():
    """A folder that is mistyped would give other names without a word."""
    with Corpus() as corpus:
        for below in ("nowhere", "in/a.txt"):
            for words in (("convert",), ("export", "-o", "data")):
                result = run(*words, "--to", "jsonl", "--below", below, "in", cwd=corpus.path)
                assert result.returncode == 2 and below.encode() in result.stderr and not result.stdout, result
        assert os.listdir(corpus.path) == ["in"]


def test_in_parts():
    """Folders converted side by side and put behind one another are the whole."""
    with Corpus() as corpus:
        for name in ("part-1/a", "part-2/a", "part-2/b"):
            corpus.write(f"all/{name}.txt", TEXT)
            corpus.write(f"all/{name}.ann", ANN)
        whole = corpus.convert("jsonl", inputs=("all",))
        assert [json.loads(line)["path"] for line in whole.splitlines()] == [
            "part-1/a.txt", "part-2/a.txt", "part-2/b.txt"]
        parts = [corpus.convert("jsonl", "--below", "all/", inputs=(f"all/part-{i}",)) for i in (1, 2)]
        assert "".join(parts) == whole
        assert corpus.convert("jsonl", "--below", "all", inputs=("all/part-1/a.ann",)) == parts[0]
        for to in ("conll", "huggingface", "doccano"):
            lines = whole.encode().splitlines(keepends=True)
            piped = [run("convert", "--from", "jsonl", "--to", to, "-", stdin=line).stdout for line in lines]
            assert b"".join(piped).decode() == corpus.convert(to, inputs=("all",)), to


def test_validates():
    """What is written as Kutip's own passes its own check, but for what is left to do."""
    with Corpus() as corpus:
        corpus.convert("kutip", "-o", "out")
        result = run("validate", "--json", "out", cwd=corpus.path)
        assert json.loads(result.stdout)["errors"] == 0, result.stderr


SAMPLES = [
    ("brat", (), 2, 1),
    ("spans.csv", ("sample.txt",), 2, 1),
    ("spans.tsv", ("sample.txt",), 2, 1),
    ("taguette/highlights.csv", ("sample.txt",), 2, 0),
    ("conll2003.conll", (), 2, 0),
    ("doccano/utf16.sequence.jsonl", (), 2, 0),
    ("doccano/utf16.relations.jsonl", (), 2, 1),
    ("doccano/codepoints.relations.jsonl", (), 2, 1),
    ("huggingface/data/train.jsonl", (), 2, 1),
]


def test_samples():
    """The little text as others computed it, where it is at hand."""
    if not os.path.isdir(SHARED):
        return
    for name, further, n_spans, n_relations in SAMPLES:
        inputs = [os.path.join(SHARED, "samples", part) for part in (name, *further)]
        result = run("convert", "--to", "jsonl", *inputs)
        assert result.returncode == 0, (name, result.stderr)
        record = json.loads(result.stdout)
        layer = record["layers"][0]
        quotes = {record["text"][a:b].replace(" ", "") for s in layer["spans"] for a, b in s["ranges"]}
        assert quotes == {"“Kamisahabat🤝”", "BBC"}, (name, quotes)
        assert (len(layer["spans"]), len(layer["relations"])) == (n_spans, n_relations), name


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
