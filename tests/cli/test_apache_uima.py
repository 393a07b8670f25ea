# SPDX-License-Identifier: GPL-3.0-or-later
"""Apache UIMA itself, in Java, loads each XMI that kutip-tool writes, strictly; what UIMA writes of it, comes back. CAS
JSON, for which no reader is packaged, is first read by its specification and told to UIMA as XMI (cas_json.py)."""

import json
import os
import random
import subprocess
import sys
import tempfile
import zipfile

import cas_json
import test_uima
from tap import run_cases, tests_of
from test_uima import SHARED, SPANS, TEXTS, Folder, run

JAR = "/usr/share/java/uimaj-core.jar"
SEED = 20221122
LETTERS = "ab \n\t\r<&>\"'“é🤝م市้"
# Among them what UIMA, INCEpTION and Kutip call features of their own, and what no feature can be called.
NAMES = ["form", "a-b", "a b", "é", "1x", "x", "begin", "end", "sofa", "id", "label", "note", "kutip", "Governor"]


def compile_reader(folder):
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "uima", "Reread.java")
    options = ("-11", "-proc:none", "-nowarn", "-cp", JAR, "-d", folder)
    subprocess.run(["ecj", *options, source], check=True, timeout=300)


CLASSES = tempfile.TemporaryDirectory(prefix="kutip-uima-classes-")


def reread(folder, output="out"):
    """What UIMA says of each document; beside it a .zip of what it writes of that, in a folder called "again"."""
    if not os.listdir(CLASSES.name):
        compile_reader(CLASSES.name)
    names = []
    for top, _, files in os.walk(folder.at(output)):
        for file in (file for file in files if file.endswith(".zip")):
            name = os.path.join(top, file)
            with zipfile.ZipFile(name) as archive:
                archive.extractall(name[:-4])
            names.append(name[:-4])
    java = ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", f"{CLASSES.name}:{JAR}", "Reread"]
    result = subprocess.run([*java, *sorted(names)], capture_output=True, timeout=300)
    assert result.returncode == 0, result.stderr.decode()[-2000:]
    said = {}
    for line in result.stdout.decode().splitlines():
        document = json.loads(line)
        stem = os.path.relpath(document["folder"], folder.at(output))
        said[stem] = document
        again = folder.at("again", stem + ".zip")
        os.makedirs(os.path.dirname(again), exist_ok=True)
        with zipfile.ZipFile(again, "w") as archive:
            archive.write(os.path.join(document["folder"], "again.xmi"), os.path.basename(stem) + ".xmi")
            archive.write(os.path.join(document["folder"], "TypeSystem.xml"), "TypeSystem.xml")
    assert len(said) == len(names) > 0
    return said


def of_type(document, name):
    return [one for one in document["annotations"] if one["type"] == "webanno.custom." + name]


def test_corpus():
    with Folder() as folder:
        folder.convert("uima-xmi", "out")
        for stem, document in reread(folder).items():
            path = stem + ".txt"
            assert document["text"] == TEXTS[path].replace("\f", " "), path
            spans = sorted((one["label"], one["covered"]) for one in of_type(document, "Span"))
            assert spans == sorted(SPANS[path]), (path, spans)
            (relation,) = of_type(document, "Relation")
            assert relation["label"] == "attributed-to" and relation["note"] == "?"
            assert (relation["Governor"], relation["Dependent"]) == (SPANS[path][1][1], SPANS[path][0][1])
            for quote in (one for one in of_type(document, "Span") if one["label"] == "quote"):
                assert (quote["form"], quote["note"]) == ("direct", "Catatan\n<1>")
        compare_again(folder)


def describe(record):
    """All that an article's layers hold, in an order that does not depend on ids."""
    layers = []
    for layer in record["layers"]:
        spans = {s["id"]: (s["label"], str(s["ranges"]), *s["text"]) for s in layer["spans"]}
        more = sorted((*spans[s["id"]], s.get("note", ""), str(s.get("attributes"))) for s in layer["spans"])
        relations = sorted((r["label"], *spans[r["from"]], *spans[r["to"]], r.get("note", "")) for r in layer["relations"])
        layers.append((layer.get("annotator", ""), more, relations))
    return record["text"], layers


def compare_again(folder):
    """What UIMA has written holds what it was given."""
    first = {r["path"]: describe(r) for r in folder.read_back("--from", "uima-xmi", "out")}
    again = {r["path"]: describe(r) for r in folder.read_back("--from", "uima-xmi", "again")}
    assert first == again, [path for path in first if first[path] != again.get(path)][:3]


def make_random(chance, number):
    text = "".join(chance.choices(LETTERS, k=chance.randint(2, 80)))
    spans = []
    for i in range(1, chance.randint(1, 12)):
        start, end = sorted(chance.sample(range(len(text) + 1), 2))
        span = {"id": f"s{i}", "label": chance.choice(["quote", "a b", "قول"]), "ranges": [[start, end]]}
        span |= {"text": [text[start:end]]}
        if chance.random() < 0.3:
            span["note"] = "".join(chance.choices(LETTERS, k=5))
        if chance.random() < 0.3:
            span["attributes"] = {name: chance.choice(LETTERS) for name in chance.sample(NAMES, 3)}
        spans.append(span)
    ids = [span["id"] for span in spans]
    relations = [
        {"id": f"r{i}", "label": "attributed-to", "from": chance.choice(ids), "to": chance.choice(ids)}
        for i in range(chance.randint(0, 3) if ids else 0)
    ]
    path = f"{number}.txt"
    article = {"file": path, "sha256": "0" * 64, "length": len(text)}
    layer = {"format": 1, "article": article, "offsets": "unicode code points"}
    return {"path": path, "text": text, "layers": [layer | {"spans": spans, "relations": relations}]}


def test_random():
    print(f"# seed {SEED}")
    chance = random.Random(SEED)
    records = {record["path"]: record for record in (make_random(chance, i) for i in range(100))}
    with Folder() as folder:
        folder.put("corpus.kutip.jsonl", "".join(json.dumps(record) + "\n" for record in records.values()))
        folder.convert("uima-xmi", "out")
        for stem, document in reread(folder).items():
            record = records[stem + ".txt"]
            assert document["text"] == record["text"], stem
            wanted = sorted((s["label"], *s["text"], s.get("note") or "") for s in record["layers"][0]["spans"])
            found = sorted((s["label"], s["covered"], s.get("note") or "") for s in of_type(document, "Span"))
            assert wanted == found, (stem, wanted, found)
            assert len(of_type(document, "Relation")) == len(record["layers"][0]["relations"]), stem
        compare_again(folder)


def tell_as_xmi(folder, name, out):
    """The .json files of a folder, as zips of XMI and type system in another one; how many there are."""
    n = 0
    for top, _, files in os.walk(folder.at(name)):
        for file in files:
            with open(os.path.join(top, file), encoding="utf-8") as stream:
                cas = json.load(stream)
            archive = folder.at(out, os.path.relpath(os.path.join(top, file[:-5] + ".zip"), folder.at(name)))
            os.makedirs(os.path.dirname(archive), exist_ok=True)
            with zipfile.ZipFile(archive, "w") as written:
                written.writestr(os.path.basename(file)[:-5] + ".xmi", cas_json.to_xmi(cas))
                written.writestr("TypeSystem.xml", cas_json.to_type_system(cas))
            n += 1
    return n


def test_cas_json():
    """UIMA says of each CAS JSON what it says of the XMI of the same article, and Kutip reads the same of it."""
    chance = random.Random(SEED)
    records = {record["path"]: record for record in (make_random(chance, i) for i in range(100))}
    with Folder() as folder:
        folder.put("corpus.kutip.jsonl", "".join(json.dumps(record) + "\n" for record in records.values()))
        folder.convert("uima-json", "json")
        folder.convert("uima-xmi", "xmi")
        assert tell_as_xmi(folder, "json", "out") == len(records)
        by_json, by_xmi = reread(folder), reread(folder, "xmi")
        assert by_json.keys() == by_xmi.keys()
        for stem in by_json:
            one, other = ({**said, "folder": ""} for said in (by_json[stem], by_xmi[stem]))
            assert one == other, (stem, one, other)
        read_json = {r["path"]: describe(r) for r in folder.read_back("--from", "uima-json", "json")}
        read_xmi = {r["path"]: describe(r) for r in folder.read_back("--from", "uima-xmi", "out")}
        assert read_json == read_xmi


# What makes a document break the specification: the reader must see each.
DAMAGES = [
    lambda cas: cas["%FEATURE_STRUCTURES"][-1].update({"%ID": 1}),
    lambda cas: cas["%FEATURE_STRUCTURES"][-1].update({"%TYPE": "x.Unknown"}),
    lambda cas: cas["%FEATURE_STRUCTURES"][-1].update(unknown="x"),
    lambda cas: cas["%FEATURE_STRUCTURES"][-1].update(begin=1.5),
    lambda cas: cas["%FEATURE_STRUCTURES"][-1].update(end=10**6),
    lambda cas: cas["%FEATURE_STRUCTURES"][-1].update({"@sofa": 999}),
    lambda cas: cas["%FEATURE_STRUCTURES"].reverse(),
    lambda cas: cas["%VIEWS"]["_InitialView"]["%MEMBERS"].append(999),
    lambda cas: cas["%TYPES"]["webanno.custom.Span"].update({"%SUPER_TYPE": "webanno.custom.Span"}),
    lambda cas: cas["%TYPES"]["webanno.custom.Span"].update({"a-b": {"%NAME": "a-b", "%RANGE": "uima.cas.String"}}),
    lambda cas: cas["%TYPES"]["webanno.custom.Span"].update(begin={"%NAME": "begin", "%RANGE": "uima.cas.Integer"}),
]


def test_reader_is_strict():
    with Folder() as folder:
        folder.convert("uima-json", "out")
        text = folder.read("out", next(iter(TEXTS))[:-4] + ".json")
        cas_json.read(json.loads(text))
        for number, damage in enumerate(DAMAGES):
            cas = json.loads(text)
            damage(cas)
            try:
                cas_json.read(cas)
            except (AssertionError, KeyError):
                continue
            raise AssertionError(f"damage {number} was not seen")


def test_cas_json_of_others():
    """What others wrote, and Kutip again as CAS JSON."""
    with Folder() as folder:
        os.mkdir(folder.at("json"))
        inputs = [folder.put("foreign.xmi", FOREIGN)]
        for top, _, names in os.walk(os.path.join(SHARED, "real", "uima")):
            for name in (name for name in names if name.endswith((".xmi", ".json"))):
                path = os.path.join(top, name)
                with open(path, "rb") as file:
                    if b"sofaString" in file.read() and name != test_uima.ID_TWICE:
                        inputs.append(path)
        for number, path in enumerate(sorted(inputs)):
            result = run("convert", "--to", "uima-json", "-o", f"json/{number}", path, cwd=folder.path)
            assert result.returncode == 0, (path, result.stderr.decode())
        assert tell_as_xmi(folder, "json", "out") == len(inputs)
        reread(folder)


# Of its own, where those of others are not at hand: a type that is UIMA's, one of theirs, a link between two.
FOREIGN = """<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:t="http:///uima/tcas.ecore"
 xmlns:x="http:///org/example.ecore" xmi:version="2.0"><cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView"
 sofaString="Putin kata BBC"/><t:Annotation xmi:id="2" sofa="1" begin="0" end="5"/>
<x:Name xmi:id="3" sofa="1" begin="11" end="14" kind="media"/><x:Says xmi:id="4" sofa="1" begin="0" end="5" Governor="2"
 Dependent="3"/><cas:View sofa="1" members="2 3 4"/></xmi:XMI>"""


def test_others():
    """What INCEpTION and others wrote, and Kutip again, with types and names of their own."""
    with Folder() as folder:
        os.mkdir(folder.at("out"))
        inputs = [folder.put("foreign.xmi", FOREIGN)]
        for top, _, names in os.walk(os.path.join(SHARED, "real")):
            for name in (name for name in names if name.endswith((".xmi", ".json", ".tsv"))):
                path = os.path.join(top, name)
                with open(path, "rb") as file:
                    has_text = name.endswith(".tsv") or b"sofaString" in file.read()
                if has_text and name != test_uima.ID_TWICE and ("real/uima" in path or "real/webanno" in path):
                    inputs.append(path)
        for number, path in enumerate(sorted(inputs)):
            result = run("convert", "--to", "uima-xmi", "-o", f"out/{number}", path, cwd=folder.path)
            assert result.returncode == 0, (path, result.stderr.decode())
        print(f"# {len(inputs)} documents")
        reread(folder)
        compare_again(folder)


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
