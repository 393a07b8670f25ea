# SPDX-License-Identifier: GPL-3.0-or-later
"""WebAnno TSV, UIMA's XMI and CAS JSON, and REFI-QDA, as readers that we did not write see what kutip-tool writes."""

import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
from xml.etree import ElementTree

from tap import run_cases, tests_of

TOOL = os.environ["KUTIP_TOOL"]
SOURCE = os.environ["KUTIP_SOURCE_DIR"]
SHARED = os.path.join(SOURCE, "..", "shared")
DATA = os.path.join(SOURCE, "tests/data/formats")
# For people who change a format on purpose: writes what is to be looked at and committed.
RENEW = os.environ.get("KUTIP_RENEW_GOLDEN")

# Emoji, right to left, no spaces, marks, line ends, white space at the beginning, what XML cannot hold.
TEXTS = {
    "id.txt": "Putin berkata: “Kami sahabat 🤝” kata BBC.\r\n\r\nIa diam.",
    "ar.txt": "قالت هدى: «لن نغلق المكتبة».\nثم غادرت.",
    "zh.txt": "市长说：“桥会修好的。”记者不信。",
    "th/th.txt": "เธอพูดว่า “ไม่จริง” แล้วเดินออกไป\n",
    "en.txt": "\n\t“I — e\u0301 <b>& 'co'”,\f he said; “no”.",
}
SPANS = {
    "id.txt": [("quote", "“Kami sahabat 🤝”"), ("source", "BBC"), ("part", "hab"), ("quote", "sahabat 🤝” kata")],
    "ar.txt": [("source", "هدى"), ("quote", "«لن نغلق المكتبة»"), ("long", "المكتبة».\nثم")],
    "zh.txt": [("source", "市长"), ("quote", "“桥会修好的。”"), ("part", "会")],
    "th/th.txt": [("source", "เธอ"), ("quote", "“ไม่จริง”")],
    "en.txt": [("source", "he"), ("quote", "“I — e\u0301 <b>& 'co'”")],
}
FORMATS = [("webanno-tsv", "out"), ("uima-xmi", "out"), ("uima-json", "out"), ("refi-qda", "out.qdpx")]


def run(*arguments, cwd=None):
    return subprocess.run([TOOL, *arguments], capture_output=True, timeout=120, cwd=cwd)


def make_layer(path, annotator):
    text, spans = TEXTS[path], []
    for number, (label, words) in enumerate(SPANS[path], 1):
        start = text.index(words)
        span = {"id": f"s{number}", "label": label, "ranges": [[start, start + len(words)]], "text": [words]}
        if label == "quote":
            span |= {"attributes": {"form": "direct", "mode|of; it": "a_b[1]"}, "note": "Catatan\n<1>"}
        spans.append(span)
    relations = [{"id": "r1", "label": "attributed-to", "from": "s2", "to": "s1", "note": "?"}]
    header = {"format": 1, "article": {"file": os.path.basename(path), "title": "Judul & “x”"}, "status": "in-progress"}
    header["article"] |= {"sha256": "0" * 64, "length": len(text)}
    if annotator:
        header["annotator"] = annotator
    return header | {"offsets": "unicode code points", "spans": spans, "relations": relations}


def make_corpus(annotators):
    lines = []
    for path, text in TEXTS.items():
        layers = [make_layer(path, name) for name in (annotators if path == "ar.txt" else [None])]
        lines.append(json.dumps({"path": path, "text": text, "layers": layers}, ensure_ascii=False))
    return "\n".join(lines) + "\n"


class Folder:
    def __init__(self, annotators=(None,)):
        self.annotators = annotators

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="kutip-uima-")
        self.put("corpus.kutip.jsonl", make_corpus(self.annotators))
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def at(self, *names):
        return os.path.join(self.path, *names)

    def put(self, name, content):
        with open(self.at(name), "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        return self.at(name)

    def read(self, *names):
        with open(self.at(*names), "rb") as file:
            return file.read()

    def convert(self, to, output, *options):
        result = run("convert", "--to", to, "-o", output, *options, "corpus.kutip.jsonl", cwd=self.path)
        assert result.returncode == 0, result.stderr.decode()
        return result.stderr.decode()

    def read_back(self, *arguments):
        result = run("convert", "--to", "jsonl", *arguments, cwd=self.path)
        assert result.returncode == 0, result.stderr.decode()
        return [json.loads(line) for line in result.stdout.decode().splitlines()]


def units(text, start, end):
    """What stands there by UTF-16."""
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le")


def unzip(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return archive.read(name).decode()


GOLDEN = [
    ("webanno-tsv", "out", [("out/id.tsv", None), ("out/en.tsv", None), ("out/zh.tsv", None)]),
    ("uima-xmi", "out", [("out/id.zip", "id.xmi"), ("out/id.zip", "TypeSystem.xml"), ("out/ar_ayu.zip", "ar_ayu.xmi")]),
    ("uima-json", "out", [("out/id.json", None), ("out/en.json", None)]),
    ("refi-qda", "out.qdpx", [("out.qdpx", "project.qde"), ("out.qdc", None)]),
]


def test_golden():
    for to, output, files in GOLDEN:
        with Folder(("ayu", "budi")) as folder:
            folder.convert(to, output)
            for name, entry in files:
                data = folder.read(name)
                content = data.decode() if entry is None else unzip(data, entry)
                golden = os.path.join(DATA, f"{to}-{os.path.basename(entry or name)}")
                if RENEW:
                    with open(golden, "w", encoding="utf-8", newline="") as file:
                        file.write(content)
                with open(golden, encoding="utf-8", newline="") as file:
                    assert content == file.read(), golden


def test_same_bytes():
    """Whatever the number of threads."""
    for to, output in FORMATS:
        with Folder() as one, Folder() as other:
            one.convert(to, output, "--jobs", "1")
            other.convert(to, output, "--jobs", "4")
            for folder, _, names in os.walk(one.path):
                for name in names:
                    path = os.path.relpath(os.path.join(folder, name), one.path)
                    assert one.read(path) == other.read(path), path


def test_back():
    """What comes back is what went out."""
    for to, output in FORMATS:
        with Folder() as folder:
            folder.convert(to, output)
            records = folder.read_back("--from", to, output)
            assert {r["path"]: r["text"] for r in records} == TEXTS, to
            for record in records:
                (layer,) = record["layers"]
                found = sorted((s["label"], *s["text"]) for s in layer["spans"])
                assert found == sorted(SPANS[record["path"]]), (to, found)
                assert [r["label"] for r in layer["relations"]] == ["attributed-to"], to
                assert layer["relations"][0]["note"] == "?", to
                quotes = [s for s in layer["spans"] if s["label"] == "quote"]
                assert {s["note"] for s in quotes} == {"Catatan\n<1>"}, to
                for span in quotes:
                    assert span["attributes"]["form"] == "direct", to
                    assert "a_b[1]" in span["attributes"].values(), to
                if to != "webanno-tsv":
                    assert layer["article"]["title"] == "Judul & “x”", to


def test_annotators():
    with Folder(("ayu", "budi")) as folder:
        for to, output in FORMATS[1:]:
            folder.convert(to, output, "--force")
            records = {r["path"]: r for r in folder.read_back("--from", to, output)}
            assert [layer["annotator"] for layer in records["ar.txt"]["layers"]] == ["ayu", "budi"], to


XMI = "{http://www.omg.org/XMI}"


def test_xmi_by_expat():
    """Another XML parser, and offsets counted by Python."""
    with Folder() as folder:
        folder.convert("uima-xmi", "out")
        for path, text in TEXTS.items():
            stem = path[:-4]
            data = folder.read("out", stem + ".zip")
            root = ElementTree.fromstring(unzip(data, os.path.basename(stem) + ".xmi"))
            sofa = root.find("{http:///uima/cas.ecore}Sofa")
            assert sofa.get("sofaString") == text.replace("\f", " ")
            by_id = {e.get(XMI + "id"): e for e in root if e.get(XMI + "id")}
            spans = root.findall("{http:///webanno/custom.ecore}Span")
            said = [(e.get("label"), units(text, int(e.get("begin")), int(e.get("end")))) for e in spans]
            assert sorted(said) == sorted(SPANS[path]), said
            (relation,) = root.findall("{http:///webanno/custom.ecore}Relation")
            assert by_id[relation.get("Governor")].get("label") == SPANS[path][1][0]
            members = root.find("{http:///uima/cas.ecore}View").get("members").split()
            assert set(members) <= set(by_id)
            tokens = [e for e in root if e.tag.endswith("}Token")]
            assert all(units(text, int(e.get("begin")), int(e.get("end"))).strip() for e in tokens)
            types = ElementTree.fromstring(unzip(data, "TypeSystem.xml"))
            names = {e.text for e in types.iter("{http://uima.apache.org/resourceSpecifier}name")}
            assert {"webanno.custom.Span", "webanno.custom.Relation", "label", "Governor", "form"} <= names


def test_cas_json():
    with Folder() as folder:
        folder.convert("uima-json", "out")
        for path, text in TEXTS.items():
            cas = json.loads(folder.read("out", path[:-4] + ".json"))
            structures = {s["%ID"]: s for s in cas["%FEATURE_STRUCTURES"]}
            assert len(structures) == len(cas["%FEATURE_STRUCTURES"])
            sofa = structures[cas["%VIEWS"]["_InitialView"]["%SOFA"]]
            assert sofa["sofaString"] == text
            spans = [s for s in structures.values() if s["%TYPE"] == "webanno.custom.Span"]
            assert sorted((s["label"], units(text, s["begin"], s["end"])) for s in spans) == sorted(SPANS[path])
            for structure in structures.values():
                declared = cas["%TYPES"].get(structure["%TYPE"])
                for name, value in structure.items():
                    if name.startswith("@"):
                        assert value in structures, name
                    if declared and name[0] not in "@%" and name not in ("begin", "end", "language"):
                        assert name in declared, name


def read_rows(table):
    """Places and values of a table's rows, by its header; sentences' texts."""
    lines = table.split("\n")
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3"
    columns = []
    for line in lines:
        if line.startswith(("#T_SP=", "#T_RL=")):
            layer, *features = line[6:].split("|")
            columns += [(layer, feature) for feature in features]
    rows = [line.split("\t") for line in lines if re.match(r"\d+-\d+", line)]
    return columns, rows


def test_tsv():
    """Rows by a reader of a few lines: tokens, values over several rows, parts of tokens."""
    with Folder() as folder:
        folder.convert("webanno-tsv", "out")
        for path, text in TEXTS.items():
            columns, rows = read_rows(folder.read("out", path[:-4] + ".tsv").decode())
            label = 3 + columns.index(("webanno.custom.Span", "label"))
            found = {}
            for row in rows:
                start, end = map(int, row[1].split("-"))
                covered = units(text, start, end)
                assert row[2] == re.sub(r"[\0-\x1f]", " ", covered), row
                assert len(row) == 3 + len(columns) + 1 and row[-1] == "", row
                for number, item in enumerate(row[label].split("|")):
                    if item == "_":
                        continue
                    name, id = re.fullmatch(r"(.*?)(?:\[(\d+)\])?", item).groups()
                    first, _ = found.get(id or (row[0], number), ((start, end), name))
                    found[id or (row[0], number)] = ((min(first[0], start), max(first[1], end)), name)
            said = sorted((name, units(text, *place)) for place, name in found.values())
            assert said == sorted(SPANS[path]), said
            assert sum(row[3 + len(columns) - 1] != "_" for row in rows) == 1


def validate(folder, name, content):
    """By the schema, where it is at hand."""
    schema = os.path.join(SHARED, "real/refi-qda", name)
    path = folder.put("checked.xml", content)
    arguments = ["xmllint", "--noout", "--nonet", path]
    if os.path.exists(schema):
        arguments[1:1] = ["--schema", schema]
    result = subprocess.run(arguments, capture_output=True, timeout=60)
    assert result.returncode == 0, result.stderr.decode()


REFI = "{urn:QDA-XML:project:1.0}"


def test_refi():
    with Folder(("ayu", "budi & co")) as folder:
        folder.convert("refi-qda", "study.qdpx")
        data = folder.read("study.qdpx")
        project = unzip(data, "project.qde")
        validate(folder, "Project.xsd", project)
        validate(folder, "Codebook.xsd", folder.read("study.qdc").decode())
        root = ElementTree.fromstring(project)
        codes = {c.get("guid"): c.get("name") for c in root.iter(REFI + "Code")}
        assert {"quote", "source", "form", "direct"} <= set(codes.values())
        assert [u.get("name") for u in root.iter(REFI + "User")] == ["ayu", "budi & co"]
        for source in root.iter(REFI + "TextSource"):
            path = source.get("plainTextPath").replace("internal://", "sources/")
            text = unzip(data, path)
            assert text == TEXTS[source.get("name")]
            for selection in source.iter(REFI + "PlainTextSelection"):
                words = text[int(selection.get("startPosition")) : int(selection.get("endPosition"))]
                labels = [codes[c.get("targetGUID")] for c in selection.iter(REFI + "CodeRef")]
                assert (labels[0], words) in SPANS[source.get("name")]
        guids = re.findall(r' guid="([^"]*)"', project)
        assert len(guids) == len(set(guids))


def make_long(number):
    """An article with as many selections as fill what is kept in memory, with a few others."""
    text = f"{number:03d} " + "kata " * 200
    spans = [
        {"id": f"s{i}", "label": "quote", "ranges": [[4 + 5 * i, 8 + 5 * i]], "text": ["kata"], "note": f"n{i}"}
        for i in range(200)
    ]
    relations = [{"id": f"r{i}", "label": "states", "from": f"s{i}", "to": f"s{i + 1}"} for i in range(199)]
    header = {"format": 1, "article": {"file": f"{number}.txt", "sha256": "0" * 64, "length": len(text)}}
    layer = header | {"offsets": "unicode code points", "spans": spans, "relations": relations}
    return json.dumps({"path": f"{number}.txt", "text": text, "layers": [layer]})


def test_large_project():
    """A project whose parts go out of the memory before its end is written holds all of them."""
    with Folder() as folder:
        folder.put("corpus.kutip.jsonl", "\n".join(make_long(i) for i in range(40)) + "\n")
        folder.convert("refi-qda", "study.qdpx")
        project = unzip(folder.read("study.qdpx"), "project.qde")
        assert len(project) > 1 << 20
        validate(folder, "Project.xsd", project)
        records = folder.read_back("study.qdpx")
        assert [record["path"] for record in records] == [f"{i}.txt" for i in range(40)]
        for record in records:
            (layer,) = record["layers"]
            assert [span["note"] for span in layer["spans"]] == [f"n{i}" for i in range(200)]
            assert len(layer["relations"]) == 199


def test_codebook_as_tagset():
    with Folder() as folder:
        folder.convert("refi-qda", "study.qdpx")
        folder.convert("brat", "brat", "--tagset", "study.qdc")
        conf = folder.read("brat", "annotation.conf").decode()
        assert "quote" in conf and "form" in conf
        result = run("convert", "--to", "jsonl", "study.qdc", cwd=folder.path)
        assert result.returncode == 1 and b"tag set" in result.stderr


# --- what others make ---


def make_archive(entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


SAMPLE = "Putin berkata: “Kami sahabat 🤝” kata BBC."
SAMPLE_XMI = f"""<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"
 xmlns:x="http:///webanno/custom.ecore" xmi:version="2.0"><x:Span xmi:id="10" sofa="1" begin="15" end="32" label="Quote"
 certainty="high" note="n"/><x:Span xmi:id="11" sofa="1" begin="38" end="41" label="Source"/>
<x:Rel xmi:id="12" sofa="1" begin="38" end="41" Governor="10" Dependent="11" value="said_by"/>
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="{SAMPLE}"/></xmi:XMI>"""
SAMPLE_TYPES = """<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types><typeDescription>
<name>webanno.custom.Rel</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>Governor</name><rangeTypeName>uima.tcas.Annotation</rangeTypeName></featureDescription>
</features></typeDescription></types></typeSystemDescription>"""
SAMPLE_TSV = """#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.Span|certainty|label
#T_RL=webanno.custom.Rel|value|BT_webanno.custom.Span


#Text=Putin berkata: “Kami sahabat 🤝” kata BBC.
1-1\t0-5\tPutin\t_\t_\t_\t_\t
1-4\t15-16\t“\thigh[1]\tQuote[1]\t_\t_\t
1-8\t31-32\t”\thigh[1]\tQuote[1]\t_\t_\t
1-10\t38-41\tBBC\t*\tSource\tsaid\\_by\t1-4[1_0]\t
"""


def test_variants():
    """The same little document, as different programs and systems keep it."""
    java = SAMPLE_TSV.replace("TSV 3.3", "TSV 3.0").replace("🤝", "\\uD83E\\uDD1D", 1).replace("“", "\\u201c", 1)
    variants = [
        ("a.xmi", SAMPLE_XMI),
        ("b.xmi", "\ufeff" + SAMPLE_XMI),
        ("c.xmi", ('<?xml version="1.0" encoding="UTF-16"?>' + SAMPLE_XMI).encode("utf-16")),
        ("d.zip", make_archive([("doc.xmi", SAMPLE_XMI)])),
        ("e.zip", make_archive([("TypeSystem.xml", SAMPLE_TYPES), ("doc.txt.xmi", SAMPLE_XMI)])),
        ("f.tsv", SAMPLE_TSV),
        ("g.tsv", "\ufeff" + SAMPLE_TSV.replace("\n", "\r\n")),
        ("h.tsv", java),
        ("i.tsv", SAMPLE_TSV.replace("TSV 3.3", "TSV 3.2").replace("#Text", "#Sentence.id=1\n#Text")),
    ]
    with Folder() as folder:
        for name, content in variants:
            folder.put(name, content)
            (record,) = folder.read_back(name)
            spans = [(s["label"], s["ranges"], s["text"]) for s in record["layers"][0]["spans"]]
            assert record["text"] == SAMPLE, name
            assert spans == [("Quote", [[15, 31]], ["“Kami sahabat 🤝”"]), ("Source", [[37, 40]], ["BBC"])], (name, spans)
            assert [r["label"] for r in record["layers"][0]["relations"]] == ["said_by"], name


def make_bomb():
    return make_archive([("doc.xmi", b" " * (64 << 20)), ("project.qde", b" " * (64 << 20))])


def make_link():
    link = zipfile.ZipInfo("project.qde")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return make_archive([(link, "/etc/passwd")])


def make_lie():
    """An entry that claims a gigabyte where there are some bytes."""
    data = bytearray(make_archive([("project.qde", b"<a/>" * 100)]))
    at = data.rindex(b"PK\1\2")
    data[at + 24 : at + 28] = (900 << 20).to_bytes(4, "little")
    return bytes(data)


def make_encrypted():
    data = bytearray(make_archive([("project.qde", b"<a/>")]))
    data[data.rindex(b"PK\1\2") + 8] |= 1
    return bytes(data)


ATTACKS = [
    ("a name that leads out", make_archive([("../project.qde", "<a/>")])),
    ("an absolute name", make_archive([("/project.qde", "<a/>")])),
    ("a name of Windows that leads out", make_archive([("a\\..\\..\\project.qde", "<a/>")])),
    ("a symbolic link", make_link()),
    ("a size that cannot be", make_lie()),
    ("an encrypted entry", make_encrypted()),
    ("nothing in it", make_archive([])),
    ("nothing that is known", make_archive([("a.txt", "x")])),
    ("a name twice in another case", make_archive([("project.qde", "<a/>"), ("PROJECT.qde", "<a/>")])),
    ("cut off", make_archive([("project.qde", "<a/>")])[:-10]),
    ("a comment that ends elsewhere", make_archive([("project.qde", "<a/>")]) + b"more"),
    ("a bomb", make_bomb()),
]


def test_attacks():
    """Refused with the file's name; the output folder as it was; the others are converted when that is asked for."""
    with Folder() as folder:
        folder.put("good.xmi", SAMPLE_XMI)
        os.mkdir(folder.at("out"))
        for why, data in ATTACKS:
            for form, name in (("uima-xmi", "bad.zip"), ("refi-qda", "bad.qdpx")):
                folder.put(name, data)
                result = run("convert", "--from", form, "--to", "kutip", "-o", "out", name, cwd=folder.path)
                told = result.stderr.decode()
                assert result.returncode == 1 and name in told, (why, form, told)
                assert os.listdir(folder.at("out")) == [], (why, form)
        result = run("convert", "-k", "--to", "kutip", "-o", "out", "bad.zip", "good.xmi", cwd=folder.path)
        assert result.returncode == 1 and os.path.exists(folder.at("out/good.txt.annotations.json"))


# Others' own files, where they are. An id stands twice in this one; those without a text are refused for that.
ID_TWICE = "cas_with_multiple_references_allowed_string_array.xmi"


def test_real():
    """All that others ship for testing is read, or refused for the reason that it is there for; nothing is lost on the
    way back that is read."""
    for top, _, names in os.walk(os.path.join(SHARED, "real")):
        for name in sorted(names):
            path = os.path.join(top, name)
            part = os.path.relpath(path, os.path.join(SHARED, "real"))
            form = {".xmi": "uima-xmi", ".tsv": "webanno-tsv", ".json": "uima-json"}.get(os.path.splitext(name)[1])
            if form is None or not part.startswith(("uima", "webanno-tsv")):
                continue
            result = run("convert", "--from", form, "--to", "jsonl", path)
            told = result.stderr.decode()
            with open(path, "rb") as file:
                has_text = form == "webanno-tsv" or b"sofaString" in file.read()
            if not has_text or name == ID_TWICE:
                assert result.returncode == 1 and ("no text" in told or "twice" in told), (part, told)
                continue
            assert result.returncode == 0, (part, told)
            first = json.loads(result.stdout)
            with Folder() as folder:
                for to, output in FORMATS[:3]:
                    result = run("convert", "--from", form, "--to", to, "-o", output, "--force", path, cwd=folder.path)
                    assert result.returncode == 0, (part, to, result.stderr.decode())
                    (again,) = folder.read_back("--from", to, output)
                    assert again["text"] == first["text"], part
                    assert len(again["layers"][0]["spans"]) == len(first["layers"][0]["spans"]), (part, to)
                    assert len(again["layers"][0]["relations"]) == len(first["layers"][0]["relations"]), (part, to)
                    shutil.rmtree(folder.at(output))


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
