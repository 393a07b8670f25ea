# SPDX-License-Identifier: GPL-3.0-or-later
"""What kutip-tool convert reads of the inputs that are named: each article once, and nothing that has to be waited
for."""

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import zipfile

from tap import run_cases, tests_of
from test_convert import Corpus

TOOL = os.environ["KUTIP_TOOL"]
TEXT = "Putin berkata kepada BBC."
ANN = "T1\tSource 21 24\tBBC\n"


class Folder:
    """A folder that goes away: an article of brat's and one of Kutip's own, each alone and once more below."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="kutip-inputs-")
        for place in ("", "sub/", ".hidden/"):
            self.write(f"brat/{place}a.txt", TEXT)
            self.write(f"brat/{place}a.ann", ANN)
        self.run("--to", "kutip", "-o", "kutip", "brat")
        self.run("--to", "jsonl", "-o", "lines/a.jsonl", "brat/a.ann")
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def at(self, name):
        return os.path.join(self.path, name)

    def write(self, name, content):
        os.makedirs(os.path.dirname(self.at(name)), exist_ok=True)
        with open(self.at(name), "w", encoding="utf-8", newline="") as file:
            file.write(content)

    def run(self, *arguments, status=0):
        os.makedirs(self.at("lines"), exist_ok=True)
        result = subprocess.run([TOOL, "convert", *arguments], capture_output=True, timeout=120, cwd=self.path)
        assert result.returncode == status, (arguments, result.returncode, result.stderr.decode())
        return result.stdout.decode(), result.stderr.decode()

    def places(self, *arguments):
        lines = self.run("--to", "jsonl", *arguments)[0].splitlines()
        return [json.loads(line)["path"] for line in lines]


ALL = ["a.txt", "sub/a.txt"]
TOGETHER = [
    (("brat", "brat/a.ann"), ALL, "annotations, and the folder before them"),
    (("brat/a.ann", "brat"), ALL, "annotations, and the folder behind them"),
    (("brat", "brat/a.txt"), ALL, "a text that stands for its annotations"),
    (("brat", "brat/sub"), ALL, "a folder, and one below it"),
    (("brat/sub", "brat"), ALL, "the other way round"),
    (("brat", "brat/"), ALL, "a folder by two names"),
    (("brat/sub", "brat/a.ann"), ["a.txt", "a.txt"], "a file that is in another folder"),
    (("brat", "brat/.hidden/a.ann"), [*ALL, "a.txt"], "a hidden one, which comes with no folder"),
    (("kutip", "kutip/a.txt"), ALL, "an article"),
    (("kutip/a.txt.annotations.json", "kutip"), ALL, "a sidecar"),
    (("kutip", "brat/a.ann"), [*ALL, "a.txt"], "a file in another folder, and another format"),
    (("lines", "lines/a.jsonl"), ["a.txt"], "lines, which are read as they come"),
    (("--from", "kutip", "kutip", "kutip/sub/a.txt"), ALL, "a format that was said"),
]


ROWS = {
    "conll": ("x.conll", "{0} B-Source\n", "x.txt"),
    "conllu": ("x.conllu", "1\t{0}" + "\t_" * 8 + "\n", "x-1.txt"),
    "doccano": ("all.jsonl", '{{"id": 7, "text": "{0}", "label": [[0, 5, "Source"]], "Comments": []}}\n', "7.txt"),
    "prodigy": ("x.jsonl", '{{"text": "{0}", "spans": [], "answer": "accept"}}\n', "x-1.txt"),
    "label-studio": ("x.json", '[{{"id": 7, "data": {{"text": "{0}"}}}}]', "x-7.txt"),
    "citron": ("x.json", '{{"text": "{0}", "quotes": []}}', "x.txt"),
}


def test_folders_are_kept():
    """Files of one name in two folders, whose articles have none of their own: each is in its folder again."""
    for name, (file, content, expected) in ROWS.items():
        with Folder() as folder:
            folder.write(f"in/deep/one/{file}", content.format("Putin"))
            folder.write(f"in/two.d/{file}", content.format("Kompas"))
            for options in ((), ("--from", name)):
                assert folder.places(*options, "in") == [f"deep/one/{expected}", f"two.d/{expected}"], name
            assert folder.places(f"in/two.d/{file}") in ([expected], ["all-7.txt"]), name
            assert folder.places("--below", "in", "in/two.d") == [f"two.d/{expected}"], name
            folder.run("--to", "kutip", "-o", "out", "in")
            with open(folder.at(f"out/two.d/{expected}"), encoding="utf-8") as text:
                assert text.read().strip() == "Kompas", name


def test_together():
    """A folder and something in it, named together: its articles come once, with the folder."""
    with Folder() as folder:
        for inputs, expected, reason in TOGETHER:
            for jobs in ("1", "2"):
                assert folder.places("--jobs", jobs, *inputs) == expected, (reason, jobs)


def test_other_format():
    """A table in a folder of articles is none of them, and is read."""
    with Folder() as folder:
        folder.run("--to", "csv", "-o", "kutip/all.csv", "kutip")
        assert folder.places("--from", "csv", "kutip", "kutip/all.csv") == ALL
        assert folder.places("kutip/all.csv", "kutip/a.txt", "kutip/sub/a.txt", "kutip/a.txt") == ALL


def make_pipe(path):
    os.mkfifo(path)


def make_socket(path):
    bound = socket.socket(socket.AF_UNIX)
    bound.bind(path)
    bound.close()


WAITING = [
    ("kutip/b.txt", make_pipe, "kutip", "an article"),
    ("kutip/b.txt", make_socket, "kutip", "an article that is a socket"),
    ("kutip/a.txt.budi.annotations.json", make_pipe, "kutip", "a sidecar"),
    ("brat/b.ann", make_pipe, "brat", "annotations"),
    ("brat/a_budi.ann", make_pipe, "brat", "annotations beside a text"),
    ("lines/b.jsonl", make_pipe, "jsonl", "lines"),
]


def test_waiting():
    """Where nobody may ever write, nobody waits: what is no plain file is named, and passed over on request."""
    for name, make, format_name, reason in WAITING:
        with Folder() as folder:
            if os.path.exists(folder.at(name)):
                os.remove(folder.at(name))
            make(folder.at(name))
            for source in ((), ("--from", format_name)):
                inputs = (*source, "--to", "jsonl", os.path.dirname(name))
                _, told = folder.run(*inputs, status=1)
                assert name in told and "not a plain file" in told, (reason, told)
                out, told = folder.run("--keep-going", *inputs, status=1)
                assert "not a plain file" in told, (reason, told)
                if os.path.basename(name).startswith("b"):
                    assert out == folder.run("--to", "jsonl", *source, *folder_without(folder, name))[0], reason


def folder_without(folder, name):
    """The same folder once @name is gone from it."""
    copy = tempfile.mkdtemp(dir=folder.path)
    shutil.copytree(folder.at(os.path.dirname(name)), copy, dirs_exist_ok=True,
                    ignore=shutil.ignore_patterns(os.path.basename(name)))
    return (copy,)


APART = [
    ({"attributions/a_ayu.ann", "attributions/a_budi.ann"}, {"text/a.txt", "text/a.txt.ayu.annotations.json",
                                                             "text/a.txt.budi.annotations.json"}, "PolNeAR's folders"),
    ({"attributions/a.ann", "coreference/a.ann"},
     {f"{place}/a.txt{end}" for place in ("attributions", "coreference") for end in ("", ".annotations.json")},
     "two sets of annotations of one text"),
    ({"attributions/a.ann", "text/a.ann"},
     {f"{place}/a.txt{end}" for place in ("attributions", "text") for end in ("", ".annotations.json")},
     "annotations beside the text, and in another folder"),
]


def list_files(top):
    return {os.path.relpath(os.path.join(at, name), top) for at, _, names in os.walk(top) for name in names}


def test_annotations_in_a_sibling_folder():
    """An article is written where its text is, unless two of them would come to one place; in brat's format, too."""
    for annotations, written, why in APART:
        with Folder() as folder:
            folder.write("apart/text/a.txt", TEXT)
            folder.write("apart/text/alone.txt", TEXT)
            for j, name in enumerate(sorted(annotations)):
                folder.write(f"apart/{name}", ANN.replace("Source", f"Source{j}"))
            for jobs in ("1", "3"):
                for to in ("kutip", "brat"):
                    folder.run("--jobs", jobs, "--to", to, "-o", f"{to}-{jobs}", "apart")
                assert list_files(folder.at(f"kutip-{jobs}")) == written | {"tagset.json"}, why
            texts = {name for name in written if name.endswith(".txt")}
            assert {name for name in list_files(folder.at("brat-1")) if name.endswith(".txt")} == texts, why
            lines = folder.run("--to", "jsonl", "brat-1")[0]
            assert all(f'"Source{j}"' in lines for j in range(len(annotations))), (why, lines)


def test_annotations_in_folders_like_those_of_the_texts():
    """The text of attributions/sub/x_alice.ann is text/sub/x.txt, however deep and whatever folder is named."""
    for below in ("sub", "sub/deep"):
        for texts in ("text", "txt"):
            with Folder() as folder:
                for name in ("x", "x_y"):
                    folder.write(f"apart/{texts}/{below}/{name}.txt", TEXT)
                    for annotator in ("alice", "bob"):
                        folder.write(f"apart/attributions/{below}/{name}_{annotator}.ann", ANN)
                for named in ("apart", "apart/attributions", f"apart/attributions/{below}",
                              f"apart/attributions/{below}/x_alice.ann"):
                    folder.run("--to", "kutip", "-o", "out", named)
                    names = {os.path.basename(name) for name in list_files(folder.at("out"))} - {"tagset.json"}
                    shutil.rmtree(folder.at("out"))
                    wanted = {f"{name}.txt{end}" for name in ("x", "x_y")
                              for end in ("", ".alice.annotations.json", ".bob.annotations.json")}
                    if named.endswith(".ann"):
                        wanted = {"x.txt", "x.txt.alice.annotations.json"}
                    assert names == wanted, (below, texts, named, names)


SPAN = {"id": "#1", "type": "Annotation", "target": {"source": "https://e.x/of/a", "selector": {
    "type": "TextPositionSelector", "start": 21, "end": 24}}, "body": {"type": "TextualBody", "purpose": "tagging",
                                                                     "value": "Source"}}
FILES = [
    ("x.json", json.dumps([{**SPAN, "bodies": [{"purpose": "tagging", "value": "Source"}], "target": {
        "annotation": "#1", "selector": [{"type": "TextPositionSelector", "start": 21, "end": 24}]}}]), "recogito"),
    ("x.jsonld", json.dumps({"@context": "http://www.w3.org/ns/anno.jsonld", **SPAN}), "web-annotation"),
    ("x.csv", "label,start,end\nSource,21,24\n", "csv"),
    ("x.csv", "id,document,tag,content\n1,of-a,Source,BBC\n", "csv"),
    ("x.tsv", "label\tstart\tend\nSource\t21\t24\n", "tsv"),
    ("x.json", json.dumps([{"uri": "https://e.x/of/a", "user": "acct:a@e.x", "tags": ["Source"], "target": [
        {"source": "https://e.x/of/a", "selector": SPAN["target"]["selector"]}], "document": {"title": ["Of a"]}, "id": "1"}]),
     "hypothesis"),
]


def test_annotators_of_names_that_begin_alike():
    """Annotations are of the longest name that is a text's, once."""
    with Folder() as folder:
        for stem in ("a", "a_b"):
            folder.write(f"alike/{stem}.txt", TEXT)
        for name in ("a", "a_ayu", "a_b", "a_b_dora", "a_c_d"):
            folder.write(f"alike/{name}.ann", ANN)
        lines = [json.loads(line) for line in folder.run("--to", "jsonl", "alike")[0].splitlines()]
        assert {line["path"]: [layer.get("annotator", "") for layer in line["layers"]] for line in lines} == \
            {"a.txt": ["", "ayu", "c_d"], "a_b.txt": ["", "dora"]}, lines


def test_name_of_the_only_text():
    """The article is called as the text that is named with its annotations, whatever these call it."""
    with Folder() as folder:
        folder.write("given/sample.txt", TEXT)
        for name, content, form in FILES:
            folder.write(name, content)
            for options, path in (((), "sample.txt"), (("--below", "."), "sample.txt"),
                                  (("--below", folder.path), "given/sample.txt")):
                text = folder.at("given/sample.txt") if path.startswith("given") else "given/sample.txt"
                assert folder.places("--from", form, *options, name, text) == [path], (form, options)
            # Two files with one text are two articles.
            folder.write(f"y{name[1:]}", content)
            lines = folder.run("--from", form, "--to", "jsonl", name, f"y{name[1:]}", "given/sample.txt")[0].splitlines()
            assert "sample.txt" not in {json.loads(line)["path"] for line in lines} and len(lines) == 2, (form, lines)


def test_named_pipe():
    """A pipe that is named itself is read, as a shell gives one for a command's output."""
    with Folder() as folder:
        os.mkfifo(folder.at("pipe"))
        with open(folder.at("lines/a.jsonl"), "rb") as file:
            line = file.read()
        process = subprocess.Popen([TOOL, "convert", "--to", "jsonl", "pipe"], cwd=folder.path, stdout=subprocess.PIPE)
        with open(folder.at("pipe"), "wb") as pipe:
            pipe.write(line)
        assert process.communicate(timeout=120)[0] == line


def test_units_of_tables():
    """A row that says how its offsets are counted is read so, whatever is said of rows that do not."""
    content = "🤝 Budi said. Budi ran."
    places = {"code-points": (2, 6), "utf-16": (3, 7), "bytes": (5, 9)}
    with Corpus() as corpus:
        corpus.write("u.txt", content)
        corpus.write("u.jsonl", json.dumps({"path": "u.txt", "text": content, "label": [[3, 7, "X"]]}) + "\n")
        for to in ("csv", "tsv"):
            written = corpus.convert(to, "--from", "doccano", "--offset-unit", "utf-16", inputs=("u.jsonl",))
            assert ",2,6,code-points" in written.replace("\t", ","), written
        for given, nothing_said in places.items():
            for unit, (start, end) in {**places, "": nothing_said}.items():
                corpus.write("u.csv", f"path,label,start,end,unit\nu.txt,X,{start},{end},{unit}\n")
                line = json.loads(corpus.convert("jsonl", "--from", "csv", "--offset-unit", given, inputs=("u.csv", "u.txt")))
                assert line["layers"][0]["spans"][0]["ranges"] == [[2, 6]], (given, unit, line)


def test_folder_of_texts():
    """A folder beside a table that is named serves for texts: other tables in it are not read, one of tables alone is."""
    with Folder() as folder:
        for name in ("a", "b", "c"):
            folder.write(f"src/{name}.txt", f"{TEXT} Yes, {name}.")
            folder.write(f"src/{name}.ann", ANN)
        for to, end in (("csv", "csv"), ("tsv", "tsv"), ("web-annotation", "jsonld")):
            for context in ("article", "sentence"):
                command = [TOOL, "export", "--to", to, "--split", "1/1/1", "--seed", "1", "--context", context, "-o", "set", "src"]
                made = subprocess.run(command, capture_output=True, timeout=120, cwd=folder.path)
                assert made.returncode == 0, made
                splits = {split: folder.places("--from", to, f"set/{split}.{end}") for split in ("train", "validation", "test")}
                assert [len(found) for found in splits.values()] == [1, 1, 1] and len(set(sum(splits.values(), []))) == 3, splits
                for split, found in splits.items():
                    for options in ((), ("--from", to)):
                        for inputs in ((f"set/{split}.{end}", "set"), ("set", f"set/{split}.{end}")):
                            assert folder.places(*options, *inputs) == found, (to, options, inputs)
                together = [*splits["train"], *splits["test"]]
                assert folder.places(f"set/train.{end}", f"set/test.{end}", "set") == together, together
                os.makedirs(folder.at("tables"))
                for split in ("train", "test"):
                    shutil.copy(folder.at(f"set/{split}.{end}"), folder.at(f"tables/{split}.{end}"))
                assert sorted(folder.places("--from", to, "tables", f"set/validation.{end}", "set")) == sorted(
                    sum(splits.values(), [])), to
                shutil.rmtree(folder.at("tables"))
                shutil.rmtree(folder.at("set"))


def test_named_once():
    """A file that cannot be opened is named once, wherever it was met."""
    with Folder() as folder:
        for name in ("brat/b.ann", "lines/b.jsonl"):
            os.symlink("nowhere", folder.at(name))
            for given in (name, os.path.dirname(name)):
                said = folder.run("--from", "brat" if name.endswith(".ann") else "jsonl", "--to", "csv", given, status=1)[1]
                assert said.count(name) == 1 and said.count("\n") == 1, (given, said)


def make_target(source, start, end, exact=None):
    selectors = [{"type": "TextPositionSelector", "start": start, "end": end}]
    if exact is not None:
        selectors.append({"type": "TextQuoteSelector", "exact": exact})
    return ({"source": source} if source else {}) | {"selector": selectors}


def test_sources_of_an_annotation():
    """What is selected in two texts is a span in each, wherever else they are selected; pieces in one text are one span."""
    body = [{"type": "TextualBody", "value": "X", "purpose": "tagging"}]
    plain = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "motivation": "tagging", "body": body}
    texts = {"a.txt": "Budi said it.", "b.txt": "Then it all came down."}
    both = [make_target("a.txt", 5, 9), make_target("b.txt", 8, 11), make_target("a.txt", 10, 12)]
    link = {"@context": plain["@context"], "id": "urn:3", "type": "Annotation", "motivation": "linking", "target": "urn:1", "body": "urn:2"}
    in_a, in_b = ["said", "it"], ["all"]
    cases = (
        ([plain | {"id": "urn:1", "target": both}], {"a.txt": [in_a], "b.txt": [in_b]}),
        ([plain | {"id": "urn:1", "target": both[::-1]}], {"a.txt": [["it", "said"]], "b.txt": [in_b]}),
        ([plain | {"target": both}, plain | {"target": make_target("b.txt", 0, 4)}], {"a.txt": [in_a], "b.txt": [in_b, ["Then"]]}),
        ([plain | {"target": make_target("b.txt", 0, 4)}, plain | {"target": both}], {"a.txt": [in_a], "b.txt": [["Then"], in_b]}),
        ([plain | {"target": [make_target("a.txt", 5, 9), make_target(None, 10, 12)]}], {"a.txt": [in_a]}),
        ([plain | {"target": ["http://e.x/page", make_target("b.txt", 8, 11, "all")]}], {"b.txt": [in_b]}),
        ([plain | {"id": "urn:1", "target": both}, plain | {"id": "urn:2", "target": [make_target("a.txt", 0, 4)]}, link],
         {"a.txt": [in_a, ["Budi"]], "b.txt": [in_b]}))
    with Corpus() as corpus:
        for name, text in texts.items():
            corpus.write(name, text)
        for annotations, wanted in cases:
            for whole in (annotations, {"type": "AnnotationPage", "items": annotations}):
                corpus.write("w.jsonld", json.dumps(whole))
                out = corpus.convert("jsonl", "--strict", "--from", "web-annotation", inputs=("w.jsonld", *texts))
                lines = [json.loads(line) for line in out.splitlines()]
                found = {line["path"]: [span["text"] for layer in line["layers"] for span in layer["spans"]] for line in lines}
                found = {path: spans for path, spans in found.items() if spans}
                assert {path: sorted(map(sorted, spans)) for path, spans in found.items()} == {
                    path: sorted(map(sorted, spans)) for path, spans in wanted.items()}, (whole, found)
                relations = [relation for line in lines for layer in line["layers"] for relation in layer["relations"]]
                assert len(relations) == (link in annotations), (whole, relations)


def write_conf(corpus, folder, label):
    corpus.write(os.path.join(folder, "annotation.conf"), f"[entities]\nSource\n{label}\n[relations]\n[events]\n[attributes]\n")


def test_configurations_above():
    """annotation.conf is that of the nearest folder: up to the one that was named and the one that this is in, or of a file that
    was named all above it, as brat does. Each is read once and told of once, whatever --jobs."""
    cases = (
        ((), "in", None), (("in",), "in", "in"), (("in/1/2/3",), "in", "in/1/2/3"), (("in", "in/1/2"), "in", "in/1/2"),
        (("", "in/1"), "in/1/2", "in/1"), (("",), "in/1", None), (("",), "in", ""), (("", "in"), "in/1", "in"),
        (("",), "in/1/2/3/x.ann", ""), (("", "in/1"), "in/1/2/3/x.txt", "in/1"), (("in",), "./in/1/../1/2/3/x.ann", "in"))
    for folders, named, expected in cases:
        with Corpus() as corpus:
            shutil.rmtree(corpus.at("in"))
            for i in range(3):
                corpus.write(f"in/1/2/3/{'xyz'[i]}.txt", TEXT)
                corpus.write(f"in/1/2/3/{'xyz'[i]}.ann", ANN)
            for folder in folders:
                write_conf(corpus, folder, f"In-{folder.replace('/', '-')}")
            corpus.convert("kutip", "-o", "out", inputs=(named,))
            labels = [label["name"] for label in json.loads(corpus.read("out/tagset.json"))["labels"]]
            wanted = [] if expected is None else [f"In-{expected.replace('/', '-')}"]
            assert sorted(labels) == sorted(["Source", *wanted]), (folders, named, labels)
    with Corpus() as corpus:
        for folder in ("in/sub/c", "in/sub/c/sub"):
            corpus.write(f"{folder}/y.txt", TEXT)
            corpus.write(f"{folder}/y.ann", ANN)
        write_conf(corpus, "in", "Odd\n[relations]\nto Arg1:Gone, Arg2:Odd")
        corpus.write("in/sub/c/annotation.conf", "[entities]\nSource\n[others]\nwhat is this\n")
        os.mkdir(corpus.at("in/sub/c/sub/annotation.conf"))
        told = {jobs: subprocess.run([TOOL, "convert", "--to", "jsonl", "-o", f"{jobs}.jsonl", "--jobs", jobs, "in"],
                                     capture_output=True, cwd=corpus.path, check=True).stderr.decode() for jobs in "124"}
        assert told["1"] == told["2"] == told["4"], told
        lines = [line for line in told["1"].splitlines() if "annotation.conf" in line]
        assert [line.partition(": warning: ")[0] for line in sorted(lines)] == [
            "in/annotation.conf", "in/sub/c/annotation.conf:4", "in/sub/c/sub/annotation.conf"], told["1"]


def test_capitals():
    """Files of systems that write suffixes in capitals are read, and never a text without its annotations."""
    for text, ann in ((".TXT", ".ANN"), (".txt", ".ANN"), (".TXT", ".ann")):
        with Corpus() as corpus:
            shutil.rmtree(corpus.at("in"))
            for name in ("a", "sub/b"):
                corpus.write(f"in/{name}{text}", TEXT)
                corpus.write(f"in/{name}{ann}", ANN)
            corpus.write(f"in/a_ayu{ann}", ANN)
            for inputs in (["in"], [f"in/a{text}", f"in/sub/b{text}"], [f"in/a{ann}", f"in/a_ayu{ann}", f"in/sub/b{ann}"],
                           ["--from", "brat", "in"]):
                out = corpus.convert("jsonl", inputs=inputs)
                found = {line["path"]: [layer["spans"][0]["text"] for layer in line["layers"]]
                         for line in map(json.loads, out.splitlines())}
                place = "" if len(inputs) > 1 and inputs[0] != "--from" else "sub/"
                assert found == {f"a{text}": [["BBC"], ["BBC"]], f"{place}b{text}": [["BBC"]]}, (inputs, found)
    with Corpus() as corpus:
        for to, suffix in (("csv", ".CSV"), ("jsonl", ".JSONL"), ("uima-json", ".JSON"), ("conllu", ".CONLLU"), ("web-annotation", ".JSONLD")):
            corpus.convert(to, "-o", f"{to}-out", inputs=("in/a.ann",))
            if os.path.isdir(corpus.at(f"{to}-out")):
                shutil.move(corpus.at(f"{to}-out/a.json"), corpus.at(f"{to}-out.json"))
                shutil.rmtree(corpus.at(f"{to}-out"))
                os.rename(corpus.at(f"{to}-out.json"), corpus.at(f"{to}-out"))
            os.mkdir(corpus.at(to))
            os.rename(corpus.at(f"{to}-out"), corpus.at(f"{to}/a{suffix}"))
            inputs = (f"{to}/a{suffix}", "in/a.txt") if to in ("csv", "web-annotation") else (to,)
            out = corpus.convert("jsonl", inputs=inputs)
            assert len(out.splitlines()) == 1 and json.loads(out)["layers"][0]["spans"], (to, out)


def test_backslashes_in_archives():
    """Old programs put them between folders; they lead out of an archive no more than others."""
    with Corpus() as corpus:
        corpus.convert("refi-qda", "-o", "good.qdpx")
        with zipfile.ZipFile(corpus.at("good.qdpx")) as good:
            parts = {name: good.read(name) for name in good.namelist()}
        for place, status in (("sources\\", 0), ("..\\sources\\", 1), ("\\sources\\", 1), ("sources\\..\\..\\", 1)):
            with zipfile.ZipFile(corpus.at("x.qdpx"), "w") as archive:
                for name, content in parts.items():
                    info = zipfile.ZipInfo()
                    info.filename = name.replace("sources/", place)
                    archive.writestr(info, content)
            out = corpus.convert("jsonl", "--no-verify", inputs=("x.qdpx",), status=status)
            texts = [json.loads(line)["text"] for line in out.splitlines()]
            assert texts == ([corpus.read("in/a.txt"), corpus.read("in/sub/b.txt")] if status == 0 else []), (place, texts)


def annotated(name, text):
    digest = hashlib.sha256(text.encode()).hexdigest()
    return json.dumps({"format": 1, "article": {"file": name, "sha256": digest, "length": len(text)},
                       "offsets": "unicode code points", "spans": [{"id": "s1", "label": "q", "ranges": [[0, 1]], "text": [text[0]]}],
                       "relations": []})


def test_names_that_come_together():
    """What gets .txt behind its name beside an article that is called so already gets a number, too, and it is told."""
    texts = {"b.html": "Satu", "b.html.txt": "Dua", "b.html-2.txt": "Tiga", "c.md": "Empat", "c.md.txt": "Lima", "d.json": "Enam"}
    # What the article and its annotations are called there; those that are told of.
    cases = (
        ("kutip", {"b.html": "b.html-3.txt", "d.json": "d.json.txt"}, ["b.html", "d.json"]),
        ("brat", {"b.html": "b.html-3.txt", "c.md": "c.md-2.txt", "d.json": "d.json.txt"}, ["b.html", "c.md", "d.json"]))
    with Corpus() as corpus:
        for name, text in texts.items():
            corpus.write(f"mine/{name}", text)
            corpus.write(f"mine/{name}.annotations.json", annotated(name, text))
        for to, names, lost in cases:
            for jobs in "12":
                result = subprocess.run([TOOL, "convert", "--to", to, "-o", f"{to}{jobs}", "--jobs", jobs, "mine"],
                                        capture_output=True, cwd=corpus.path, check=False)
                told = result.stderr.decode()
                assert result.returncode == 0, told
                for name, text in texts.items():
                    assert corpus.read(f"{to}{jobs}/{names.get(name, name)}") == text, (to, name)
                    assert (name in lost) == any(line.startswith(f"{name}: lost: file-name") for line in told.splitlines()), told
                assert f"b.html: lost: file-name: {names['b.html']}" in told, told
                look = {"visual.conf", "kb_shortcuts.conf"} if to == "brat" else set()
                assert len(set(list_files(corpus.at(f"{to}{jobs}"))) - look) == 2 * len(texts) + 1
        for to in ("citron", "webanno-tsv", "uima-xmi", "uima-json", "html"):
            corpus.convert(to, "-o", to, inputs=("mine",))
            assert len({name for name in list_files(corpus.at(to)) if "TypeSystem" not in name}) == len(texts), to
        # Alone it is called as before.
        corpus.convert("kutip", "-o", "alone", inputs=("mine/b.html",))
        assert os.path.exists(corpus.at("alone/b.html.txt"))
        corpus.convert("kutip", "-o", "both", inputs=("mine/b.html", "mine/b.html.txt"))
        assert corpus.read("both/b.html-3.txt") == "Satu" and corpus.read("both/b.html.txt") == "Dua"


def test_one_name_for_two():
    """Two articles of one name are an error; with --keep-going the first of them is kept, and the others."""
    lines = "".join(json.dumps({"path": path, "text": text, "layers": []}) + "\n" for path, text in (
        ("a.txt", "Satu"), ("b.html", "Dua"), ("b.html.txt", "Tiga"), ("../c.txt", "Empat"), ("d.txt", "Lima")))
    with Corpus() as corpus:
        corpus.write("x.jsonl", lines)
        corpus.convert("kutip", "-o", "out", status=1, inputs=("x.jsonl",))
        assert not os.path.exists(corpus.at("out"))
        for jobs in "12":
            said = json.loads(corpus.convert("kutip", "-o", jobs, "--json", "-k", "--jobs", jobs, status=1, inputs=("x.jsonl",)))
            assert said["articles"] == 3 and len(said["failures"]) == 2, said
            assert "b.html.txt" in said["failures"][0] and "c.txt" in said["failures"][1], said
            assert sorted(os.listdir(corpus.at(jobs))) == ["a.txt", "b.html.txt", "d.txt"]
            assert corpus.read(f"{jobs}/b.html.txt") == "Dua"


def test_stopped_while_reading():
    """Ctrl+C says that it was stopped, and nothing of the file that was read just then."""
    annotation = {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:1", "type": "Annotation",
                  "body": {"type": "TextualBody", "purpose": "tagging", "value": "Q"}, "target": make_target("a.txt", 0, 4)}
    with Corpus() as corpus:
        corpus.write("w.jsonld", json.dumps(annotation))
        os.mkdir(corpus.at("pipes"))
        os.mkfifo(corpus.at("pipes/a.txt"))
        for jobs in "12":
            process = subprocess.Popen([TOOL, "convert", "--from", "web-annotation", "--to", "jsonl", "--jobs", jobs, "w.jsonld",
                                        "pipes/a.txt"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=corpus.path)
            # It is there when somebody may write, and then nobody does.
            with open(corpus.at("pipes/a.txt"), "wb"):
                process.send_signal(signal.SIGINT)
                out, told = process.communicate(timeout=30)
            assert process.returncode == -signal.SIGINT and not out, (process.returncode, told)
            assert told == b"kutip-tool: Stopped\n", told


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
