# SPDX-License-Identifier: GPL-3.0-or-later
"""Without --from, kutip-tool knows a format by name and content: what it writes itself, whatever the name, the length of
the text, and through a pipe."""

import json
import os
import shutil
import subprocess
import sys
import tempfile

from tap import run_cases, tests_of

TOOL = os.environ["KUTIP_TOOL"]
ANN = "T1\tQuote 15 31\t“Kami sahabat 🤝”\nT2\tSource 37 40\tBBC\nR1\tsaid_by Arg1:T1 Arg2:T2\n"
TEXT = "Putin berkata: “Kami sahabat 🤝” kata BBC.\n"
# Longer than what is looked at first, and full of the words that others are known by.
LONG = TEXT + 'Ada "label": [], "layers" dan "spans": [ di sini.\n' * 4000
# Formats of one file, and whether the text is a further input.
ONE_FILE = {
    "conll": False, "conllu": False, "csv": True, "tsv": True, "doccano": False, "prodigy": False,
    "label-studio": False, "web-annotation": True, "huggingface": False, "refi-qda": False, "jsonl": False,
}


def run(*arguments, stdin=b"", cwd=None):
    return subprocess.run([TOOL, *arguments], capture_output=True, input=stdin, timeout=120, cwd=cwd)


class Folder:
    """brat's files of one article, which go away."""

    def __init__(self, text):
        self.text = text

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="kutip-guess-")
        self.write("in/a.txt", self.text)
        self.write("in/a.ann", ANN)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def at(self, name):
        return os.path.join(self.path, name)

    def write(self, name, content):
        os.makedirs(os.path.dirname(self.at(name)), exist_ok=True)
        with open(self.at(name), "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())


def read_spans(result):
    """Article, label and words of all spans, and how many articles there are."""
    assert result.returncode == 0, result.stderr
    records = [json.loads(line) for line in result.stdout.decode().splitlines()]
    spans = [
        (record["path"], span["label"], "".join(record["text"][a:b] for a, b in span["ranges"]))
        for record in records for layer in record["layers"] for span in layer["spans"]
    ]
    return sorted(spans), len(records)


EXPECTED = ([("a.txt", "Quote", "“Kami sahabat 🤝”"), ("a.txt", "Source", "BBC")], 1)


def test_own():
    """A file without a telling name, the same behind a byte order mark, and what comes through a pipe."""
    for text in (TEXT, LONG):
        with Folder(text) as folder:
            for name, apart in ONE_FILE.items():
                out = run("convert", "--quiet", "--to", name, folder.at("in")).stdout
                more = [folder.at("in/a.txt")] if apart else []
                piped = run("convert", "--to", "jsonl", "-", *more, stdin=out)
                assert piped.returncode == 0, (name, len(text), piped.stderr)
                assert read_spans(piped) == EXPECTED, name
                folder.write("file", out)
                assert read_spans(run("convert", "--to", "jsonl", folder.at("file"), *more)) == EXPECTED, name
                if name != "refi-qda":
                    folder.write("file", b"\xef\xbb\xbf" + out)
                    assert read_spans(run("convert", "--to", "jsonl", folder.at("file"), *more)) == EXPECTED, name


def test_named_without_annotations():
    """The .txt of a brat article without a sidecar stands for what brat has of it."""
    with Folder(TEXT) as folder:
        assert read_spans(run("convert", "--to", "jsonl", folder.at("in/a.txt"))) == EXPECTED
        assert read_spans(run("convert", "--from", "brat", "--to", "jsonl", folder.at("in/a.txt"))) == EXPECTED
        both = run("convert", "--to", "jsonl", folder.at("in/a.txt"), folder.at("in/a.ann"))
        assert read_spans(both) == EXPECTED
        # A sidecar is Kutip's own, and goes first.
        run("convert", "--quiet", "--to", "kutip", "-o", folder.at("own"), folder.at("in"))
        folder.write("own/a.ann", b"T1\tOther 0 5\tPutin\n")
        assert read_spans(run("convert", "--to", "jsonl", folder.at("own/a.txt"))) == EXPECTED


def test_words_of_other_formats():
    """An article that speaks of what other tools' files begin with is an article, alone and in a folder."""
    words = 'Police found "bodies": near the "target": of http://www.w3.org/ns/anno.jsonld, "rows" "acct:".\n'
    with Folder(TEXT) as folder:
        folder.write("texts/a.txt", words)
        folder.write("texts/b.txt", TEXT)
        for name in ("texts", "texts/a.txt"):
            result = run("convert", "--to", "jsonl", folder.at(name))
            assert result.returncode == 0, result.stderr
            records = [json.loads(line) for line in result.stdout.decode().splitlines()]
            assert records[0]["text"] == words and len(records) == (2 if name == "texts" else 1), records


def test_folder_of_files_that_are_not_walked():
    """What is in a format, but not called so, does not make its folder one of that format; nor is it passed over in silence."""
    with Folder(TEXT) as folder:
        folder.write("texts/a.txt", TEXT)
        folder.write("texts/a.json", json.dumps({"text": "Putin", "label": [[0, 5, "x"]]}))
        assert read_spans(run("convert", "--to", "jsonl", folder.at("texts"))) == ([], 1)
        os.remove(folder.at("texts/a.txt"))
        for options in ((), ("--from", "doccano"), ("--from", "kutip")):
            result = run("convert", *options, "--to", "jsonl", folder.at("texts"))
            assert result.returncode == 1 and not result.stdout, (options, result)
            assert "texts”".encode() in result.stderr, (options, result.stderr)
        named = run("convert", "--to", "jsonl", folder.at("texts/a.json"))
        assert read_spans(named) == ([("a-1.txt", "x", "Putin")], 1)


def test_sidecars_beside_exports():
    """A table or a dataset among articles with sidecars, whatever sorts first: the articles are read, the file is told of."""
    with Folder(TEXT) as folder:
        own = run("convert", "--quiet", "--to", "kutip", "-o", folder.at("own"), folder.at("in"))
        assert own.returncode == 0, own
        for to, name in (("jsonl", "AAA.jsonl"), ("csv", "AAA.csv"), ("doccano", "AAA.jsonl"), ("jsonl", "zzz.jsonl")):
            shutil.copytree(folder.at("own"), folder.at("mixed"))
            written = run("convert", "--quiet", "--to", to, "-o", folder.at(f"mixed/{name}"), folder.at("in"))
            assert written.returncode == 0, written
            found = run("convert", "--to", "jsonl", folder.at("mixed"))
            assert found.returncode == 0 and f"{name}: warning: other-format".encode() in found.stderr, found
            assert [json.loads(row)["path"] for row in found.stdout.splitlines()] == ["a.txt"], (to, found)
            assert run("export", "--to", "jsonl", "-o", folder.at("set"), folder.at("mixed")).returncode == 0
            with open(folder.at("set/train.jsonl"), encoding="utf-8") as file:
                assert [json.loads(row)["path"] for row in file] == ["a.txt"], to
            shutil.rmtree(folder.at("set"))
            shutil.rmtree(folder.at("mixed"))
        # Without sidecars it is what lies there.
        folder.write("alone/b.jsonl", run("convert", "--to", "jsonl", folder.at("in")).stdout)
        assert read_spans(run("convert", "--to", "jsonl", folder.at("alone"))) == EXPECTED


def test_articles_by_their_sidecars():
    """What has a sidecar is an article, whatever it is called, as it is for stats and validate."""
    names = ["f.html", "f.rtf", "noext", "f.", "f.tex", "f.TXT", "f.md", "f.html.old"]
    with Folder(TEXT) as folder:
        run("convert", "--quiet", "--to", "kutip", "-o", folder.at("own"), folder.at("in"))
        with open(folder.at("own/a.txt.annotations.json"), encoding="utf-8") as file:
            sidecar = file.read()
        for name in names:
            folder.write(f"odd/{name}", TEXT)
            for annotator in ("", ".alice") if name != "f.html.old" else ("",):
                content = sidecar.replace('"file": "a.txt"', f'"file": "{name}"')
                folder.write(f"odd/{name}{annotator}.annotations.json", content)
        folder.write("odd/picture.png", b"\x89PNG\r\n\x1a\n\0")
        folder.write("odd/f.htm", TEXT)
        counted = json.loads(run("stats", "--json", folder.at("odd")).stdout)
        found = run("convert", "--to", "jsonl", folder.at("odd"))
        assert found.returncode == 0, found
        rows = {row["path"]: len(row["layers"]) for row in map(json.loads, found.stdout.splitlines())}
        assert rows == {name: 1 if name == "f.html.old" else 2 for name in names}, rows
        assert (counted["articles"], counted["layers"]) == (len(rows), sum(rows.values())), counted
        for name in names:
            alone = run("convert", "--to", "jsonl", folder.at(f"odd/{name}"))
            assert alone.returncode == 0 and len(json.loads(alone.stdout)["layers"]) == rows[name], (name, alone)
        unknown = run("convert", "--to", "jsonl", folder.at("odd/picture.png"))
        assert unknown.returncode == 1, unknown


def test_folder_of_several_formats():
    """One is read; the others are counted by name, once each, unless the format was asked for."""
    with Folder(TEXT) as folder:
        folder.write("mixed/a.conll", "Putin B-PER\nkata O\n")
        for name in ("mixed/b.ann", "mixed/deep/c.ann", "mixed/d.xmi", "mixed/e.md", "mixed/f.unknown"):
            folder.write(name, "")
        for jobs in "12":
            result = run("convert", "--jobs", jobs, "--to", "jsonl", "--losses", folder.at("losses"), folder.at("mixed"))
            assert read_spans(result) == ([("a.txt", "PER", "Putin")], 1), result.stderr
            told = result.stderr.decode()
            assert "2 files in “brat” are left alone" in told and "1 file in “uima-xmi”" in told, told
            with open(folder.at("losses"), encoding="utf-8") as file:
                warnings = json.load(file)["warnings"]
            assert warnings["by_kind"] == {"other-format": 2}, warnings
            assert [os.path.basename(entry["path"]) for entry in warnings["list"]] == ["b.ann", "d.xmi"], warnings
            os.remove(folder.at("losses"))
        asked = run("convert", "--from", "conll", "--to", "jsonl", folder.at("mixed"))
        assert read_spans(asked) == ([("a.txt", "PER", "Putin")], 1) and not asked.stderr, asked.stderr
        # What is left alone is left out, unless the format says what is meant.
        refused = run("convert", "--strict", "--to", "jsonl", folder.at("mixed"))
        assert refused.returncode == 1 and not refused.stdout and b"other-format" in refused.stderr, refused
        strict = run("convert", "--strict", "--from", "conll", "--to", "jsonl", folder.at("mixed"))
        assert read_spans(strict) == read_spans(asked), strict


def test_folder_of_names_that_say_little():
    """A table, lines or JSON of another format is told of by what is in it; what is in none is not."""
    row = json.dumps({"text": "Putin", "label": [[0, 5, "x"]]})
    tsv = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|label\n\n\n#Text=Putin\n1-1\t0-5\tPutin\tx\t\n"
    others = {"b.tsv": (tsv, "webanno-tsv"), "c.tsv": ("path\tlabel\tstart\tend\na\tx\t0\t5\n", "tsv"),
              "d.jsonl": (row, "doccano"), "e.json": (row, "doccano"), "f.csv": ("label,start,end\nx,0,5\n", "csv"),
              "g.json": ('{"keywords": ["Putin"]}', None), "h.csv": ("year,total\n2023,5\n", None), "i.tsv": ("", None)}
    with Folder(TEXT) as folder:
        folder.write("mixed/a.txt", "Putin")
        folder.write("mixed/a.ann", "T1\tPER 0 5\tPutin\n")
        for name, (content, _) in others.items():
            folder.write(f"mixed/{name}", content)
        os.mkfifo(folder.at("mixed/z.json"))
        for jobs in "12":
            result = run("convert", "--jobs", jobs, "--to", "jsonl", folder.at("mixed"))
            assert read_spans(result) == ([("a.txt", "PER", "Putin")], 1), result.stderr
            told = result.stderr.decode()
            for form in {form for _, form in others.values() if form is not None}:
                n = [other for _, other in others.values()].count(form)
                assert f"{n} file{'s' if n > 1 else ''} in “{form}”" in told, (form, told)
            assert len(told.splitlines()) == 4, told
        os.remove(folder.at("mixed/z.json"))
        for i in range(100):
            folder.write(f"mixed/more/{i:03}.json", row)
        told = run("convert", "--to", "jsonl", folder.at("mixed")).stderr.decode()
        assert "102 files in “doccano”" in told, told


def test_folder_of_columns():
    """Token columns have several names, in a folder as well."""
    for suffix in ("conll", "iob", "iob2", "bio"):
        with Folder(TEXT) as folder:
            folder.write(f"columns/a.{suffix}", "Putin B-PER\nkata O\n")
            for options in ((), ("--from", "conll")):
                result = run("convert", *options, "--to", "jsonl", folder.at("columns"))
                assert read_spans(result) == ([("a.txt", "PER", "Putin")], 1), (suffix, result.stderr)


def test_piped_names():
    """An article of a pipe that has no name is called after it, not "-": a file of that name is hard to get rid of."""
    row = json.dumps({"text": "abc", "label": [[0, 1, "x"]]}).encode()
    with Folder(TEXT) as folder:
        result = run("convert", "--to", "kutip", "-o", folder.at("out"), "-", stdin=row)
        assert result.returncode == 0, result.stderr
        assert sorted(os.listdir(folder.at("out"))) == ["stdin-1.txt", "stdin-1.txt.annotations.json", "tagset.json"]


def test_unknown_members():
    """What a line of articles has besides is told of, not dropped in silence."""
    row = json.dumps({"path": "a.txt", "text": "abc", "score": 1, "layers": []}).encode()
    result = run("convert", "--to", "jsonl", "-", stdin=row)
    assert result.returncode == 0 and b"unknown-member: score" in result.stderr, result.stderr


def test_only_written():
    """Of a format that cannot be read, that is said."""
    with Folder(TEXT) as folder:
        out = run("convert", "--quiet", "--to", "spacy-doc", folder.at("in")).stdout
        result = run("convert", "--to", "jsonl", "-", stdin=out)
        assert result.returncode == 1 and not result.stdout, result
        assert b"no format that is known" in result.stderr, result.stderr


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
