# SPDX-License-Identifier: GPL-3.0-or-later
"""The same hostile things said in each format that says them: a place outside the text, inside a character, backwards,
no number; ids that are unknown, twice, in a circle; broken bytes. Each is refused with file, place and reason, leaves
the output folder as it was and the other inputs converted, or is read with the warning that stands here."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

TOOL = os.environ["KUTIP_TOOL"]
TEXT = "Putin berkata: “Kami sahabat 🤝” kata BBC."
EMOJI = TEXT.index("🤝")
KATA = TEXT.index("kata", EMOJI)
HUGE = "9" * 1_000_000
DEEP = 100_000
GUID = "{}-1111-1111-1111-{:012d}"
MOST_SECONDS = 120

# Spans are (number, start, end), relations (number, from, to).


def as_json(value):
    return json.dumps(value, ensure_ascii=False).replace(f'"{HUGE}"', HUGE)


def sidecar(spans, relations):
    return {"format": 1, "article": {"file": "x.txt", "sha256": "0" * 64, "length": len(TEXT)},
            "offsets": "unicode code points",
            "spans": [{"id": f"s{i}", "label": "Q", "ranges": [[a, b]], "text": ["x"]} for i, a, b in spans],
            "relations": [{"id": f"r{i}", "label": "r", "from": f"s{a}", "to": f"s{b}"} for i, a, b in relations]}


def kutip(spans, relations):
    return {"x.txt.annotations.json": as_json(sidecar(spans, relations)), "x.txt": TEXT}


def jsonl(spans, relations):
    return {"x.jsonl": as_json({"path": "x.txt", "text": TEXT, "layers": [sidecar(spans, relations)]}) + "\n"}


def brat(spans, relations):
    lines = [f"T{i}\tQ {a} {b}\tPutin\n" for i, a, b in spans]
    lines += [f"R{i}\tr Arg1:T{a} Arg2:T{b}\n" for i, a, b in relations]
    return {"x.ann": "".join(lines), "x.txt": TEXT}


def prodigy(spans, relations):
    return {"x.jsonl": as_json({
        "text": TEXT, "spans": [{"id": f"s{i}", "start": a, "end": b, "label": "Q"} for i, a, b in spans],
        "relations": [{"id": f"r{i}", "from": f"s{a}", "to": f"s{b}", "label": "r"} for i, a, b in relations]}) + "\n"}


def doccano(spans, relations):
    return {"x.jsonl": as_json({
        "id": 1, "text": TEXT,
        "entities": [{"id": i, "label": "Q", "start_offset": a, "end_offset": b} for i, a, b in spans],
        "relations": [{"id": i, "from_id": a, "to_id": b, "type": "r"} for i, a, b in relations]}) + "\n"}


def label_studio(spans, relations):
    results = [{"id": f"s{i}", "from_name": "l", "to_name": "t", "type": "labels",
                "value": {"start": a, "end": b, "labels": ["Q"]}} for i, a, b in spans]
    results += [{"type": "relation", "from_id": f"s{a}", "to_id": f"s{b}", "labels": ["r"]} for _, a, b in relations]
    return {"x.json": as_json([{"id": 1, "data": {"text": TEXT}, "annotations": [{"id": 1, "result": results}]}])}


def place(start, end):
    return {"type": "TextPositionSelector", "start": start, "end": end}


def tag(value):
    return {"type": "TextualBody", "purpose": "tagging", "value": value}


def web_annotation(spans, relations):
    items = [{"id": f"urn:s{i}", "type": "Annotation", "body": [tag("Q")],
              "target": {"source": "x.txt", "selector": place(a, b)}} for i, a, b in spans]
    items += [{"id": f"urn:r{i}", "type": "Annotation", "motivation": "linking", "target": f"urn:s{a}",
               "body": [tag("r"), {"type": "SpecificResource", "purpose": "linking", "source": f"urn:s{b}"}]}
              for i, a, b in relations]
    return {"x.jsonld": as_json({"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage",
                                 "items": items}), "x.txt": TEXT}


def hypothesis(spans, _):
    return {"x.json": as_json({"total": len(spans), "rows": [
        {"id": f"s{i}", "uri": "x.txt", "text": "", "tags": ["Q"],
         "target": [{"source": "x.txt", "selector": [place(a, b)]}]} for i, a, b in spans]}), "x.txt": TEXT}


def recogito(spans, _):
    return {"x.json": as_json([{"id": f"s{i}", "type": "Annotation", "body": [tag("Q")],
                                "target": {"selector": [place(a, b)]}} for i, a, b in spans]), "x.txt": TEXT}


def huggingface(spans, relations):
    return {"x.jsonl": as_json({
        "id": "x", "text": TEXT, "spans": [{"id": f"s{i}", "label": "Q", "start": a, "end": b} for i, a, b in spans],
        "relations": [{"id": f"r{i}", "label": "r", "from": f"s{a}", "to": f"s{b}"} for i, a, b in relations]}) + "\n"}


def table(suffix, separator):
    def write(spans, relations):
        rows = [("path", "kind", "id", "label", "start", "end", "from", "to")]
        rows += [("x.txt", "span", f"s{i}", "Q", a, b, "", "") for i, a, b in spans]
        rows += [("x.txt", "relation", f"r{i}", "r", "", "", f"s{a}", f"s{b}") for i, a, b in relations]
        return {"x" + suffix: "".join(separator.join(map(str, row)) + "\n" for row in rows), "x.txt": TEXT}
    return write


def uima_xmi(spans, relations):
    lines = ['<?xml version="1.0" encoding="UTF-8"?>\n<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
             'xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0">']
    lines += [f'<custom:Span xmi:id="1{i}" sofa="1" begin="{a}" end="{b}" label="Q"/>' for i, a, b in spans]
    lines += [f'<custom:Relation xmi:id="2{i}" sofa="1" begin="0" end="5" Governor="1{a}" Dependent="1{b}"/>'
              for i, a, b in relations]
    lines += [f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="{TEXT}"/>',
              f'<cas:View sofa="1" members="{" ".join(f"1{i}" for i, _, _ in spans)}"/>', "</xmi:XMI>"]
    return {"x.xmi": "\n".join(lines)}


def uima_json(spans, relations):
    ends = {name: {"%NAME": name, "%RANGE": "custom.Span"} for name in ("Governor", "Dependent")}
    return {"x.json": as_json({
        "%TYPES": {"custom.Span": {"%NAME": "custom.Span", "%SUPER_TYPE": "uima.tcas.Annotation"},
                   "custom.Relation": {"%NAME": "custom.Relation", "%SUPER_TYPE": "uima.tcas.Annotation", **ends}},
        "%FEATURE_STRUCTURES":
            [{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": TEXT}] +
            [{"%ID": 10 + i, "%TYPE": "custom.Span", "@sofa": 1, "begin": a, "end": b} for i, a, b in spans] +
            [{"%ID": 20 + i, "%TYPE": "custom.Relation", "@sofa": 1, "begin": 0, "end": 5, "@Governor": 10 + a,
              "@Dependent": 10 + b} for i, a, b in relations],
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [10 + i for i, _, _ in spans]}}})}


def refi_qda(spans, relations):
    code = GUID.format("c" * 8, 1)
    marked = "".join(
        f'<PlainTextSelection guid="{GUID.format("b" * 8, i)}" startPosition="{a}" endPosition="{b}">'
        f'<Coding guid="{GUID.format("d" * 8, n)}"><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>\n'
        for n, (i, a, b) in enumerate(spans))
    links = "".join(f'<Link guid="{GUID.format("e" * 8, i)}" name="r" originGUID="{GUID.format("b" * 8, a)}" '
                    f'targetGUID="{GUID.format("b" * 8, b)}"/>' for i, a, b in relations)
    project = ('<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" name="x"><CodeBook>'
               f'<Codes><Code guid="{code}" name="Q" isCodable="true"/></Codes></CodeBook><Sources><TextSource '
               f'guid="{GUID.format("a" * 8, 1)}" name="x"><PlainTextContent>{TEXT}</PlainTextContent>\n{marked}'
               f'</TextSource></Sources><Links>{links}</Links></Project>')
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", project)
    return {"x.qdpx": data.getvalue()}


FORMATS = {
    "kutip": kutip, "jsonl": jsonl, "brat": brat, "prodigy": prodigy, "doccano": doccano, "label-studio": label_studio,
    "web-annotation": web_annotation, "hypothesis": hypothesis, "recogito": recogito, "huggingface": huggingface,
    "csv": table(".csv", ","), "tsv": table(".tsv", "\t"), "uima-xmi": uima_xmi, "uima-json": uima_json,
    "refi-qda": refi_qda,
}
# What says its places by its words, or with as many lines as the text has; broken bytes it can have, too.
OTHERS = {
    "conll": {"x.conll": "Putin B-Q\nberkata B-Q\n"},
    "conllu": {"x.conllu": "".join(f"{i}\t{word}" + "\t_" * 7 + "\tSpan=B-Q\n"
                                   for i, word in enumerate(("Putin", "berkata"), 1)) + "\n"},
    "citron": {"x.json": as_json({"text": TEXT, "quotes": [
        {"id": "s1", "contents": [{"start": 0, "end": 5, "text": "Putin"}], "sources": [], "cues": []}]})},
    "webanno-tsv": {"x.tsv": "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|label\n\n\n#Text=Putin berkata\n"
                             "1-1\t0-5\tPutin\tQ\t\n1-2\t6-13\tberkata\tQ\t\n"},
}
NO_RELATIONS = {"hypothesis", "recogito"}
# Others count no units that could end inside a character, or find the one that all ends fit.
IN_UTF16 = {"hypothesis", "recogito", "uima-xmi", "uima-json"}
TWO = [(1, 0, 5), (2, 6, 13)]

REFUSED = r"kutip-tool: in/x\.[^:]+: .*(line \d|project\.qde)"
# kind, spans, relations, a word of the reason, and the warning of those that are read all the same: "" is none.
KINDS = [
    ("a place outside the text", [(1, 3, 9999)], [], "9999",
     {"kutip": "other-text", "jsonl": "other-text", "brat": "no-place"}),
    ("a start outside the text", [(1, 9999, 10000)], [], "9999",
     {"kutip": "other-text", "jsonl": "other-text", "brat": "no-place"}),
    ("an end before its start", [(1, 5, 2)], [], "place|end", {"brat": "unknown-line"}),
    ("nothing at all", [(1, 5, 5)], [], "place|end",
     {"brat": "no-place", "uima-xmi": "empty-span", "uima-json": "empty-span", "refi-qda": "empty-span"}),
    ("a negative number", [(1, -3, 2)], [], "number|place|offsets", {"brat": "unknown-line"}),
    ("a number beyond 32 bits", [(1, 0, 2 ** 32 + 5)], [], "number|place|offsets", {"brat": "unknown-line"}),
    ("a number beyond 64 bits", [(1, 0, 2 ** 64 + 5)], [], "number|place|offsets", {"brat": "unknown-line"}),
    ("a number of a megabyte", [(1, 0, HUGE)], [], "number|place|offsets", {"brat": "unknown-line"}),
    ("an unknown id", [(1, 0, 5)], [(1, 1, 9)], "s9|“9”|19|29",
     {"brat": "no-target", "refi-qda": "other-link"}),
    ("relations in a circle", TWO, [(1, 1, 2), (2, 2, 1)], None,
     # What annotators did in Kutip is told of where it came from.
     {name: "" if name in ("kutip", "jsonl") else "circle" for name in FORMATS}),
    ("relations in a chain", TWO, [(1, 1, 2), (2, 1, 1), (3, 2, 2)], None, {name: "" for name in FORMATS}),
    ("an id twice", [(1, 0, 5), (1, 6, 13)], [], "twice", {"brat": "unknown-line"}),
    ("the id of a relation twice", TWO, [(1, 1, 2), (1, 2, 2)], "twice",
     # Whose relations have no ids.
     {"brat": "unknown-line", "label-studio": ""}),
]
TSV = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|label\n\n\n#Text=Kami 🤝 kata\n1-1\t0-4\tKami\t_\t\n"
CHAIN = TSV.replace("T_SP=webanno.custom.Span|label", "T_CH=custom.CorefLink|referenceRelation|referenceType").replace(
    "_\t\n", "a->1-1\tt\t\n")
EVENTS = "T1\tA 0 5\tPutin\nT2\tB 6 13\tberkata\nE1\tA:T1 x:%s\nE2\tB:T2 y:%s\n"
CONLL = "-DOCSTART- -X- O O\n\nPutin _ B-Q\n\n"
# What only one of them can say: format, kind, the file, and the place and the reason of the refusal.
OWN = [
    ("webanno-tsv", "a token that begins inside a character", {"x.tsv": TSV + "1-2\t6-7\t🤝\t_\t\n"},
     "line 7: “6-7” is no place"),
    ("webanno-tsv", "a token that ends inside a character", {"x.tsv": TSV + "1-2\t5-6\t🤝\t_\t\n"},
     "line 7: “5-6” is no place"),
    ("webanno-tsv", "a span inside a character", {"x.tsv": TSV + "1-2\t5-7\t🤝\t_\t\n1-2.1\t5-6\t🤝\tQ\t\n"},
     "line 8: “5-6” is no place"),
    ("webanno-tsv", "a token outside the text", {"x.tsv": TSV + "1-2\t50-57\t🤝\t_\t\n"}, "line 7: “50-57” is no place"),
    ("webanno-tsv", "a row twice", {"x.tsv": TSV + "1-1\t5-7\t🤝\tQ\t\n"}, "line 7: “1-1” is there twice"),
    ("webanno-tsv", "an id twice", {"x.tsv": TSV + "1-2\t5-7\t🤝\tQ[1]\t\n1-3\t8-12\tkata\tS[1]\t\n"},
     "line 8: the id 1 is there twice"),
    ("webanno-tsv", "a link of a chain twice", {"x.tsv": CHAIN + "1-2\t5-7\t🤝\tb->1-1\tt\t\n"},
     "line 7: “b->1-1” is there twice"),
    ("brat", "events that are arguments of one another", {"x.ann": EVENTS % ("E2", "E1"), "x.txt": TEXT},
     "x.ann: line 3: the event “E1” has itself as an argument, by “E2”"),
    ("brat", "an event that is an argument of itself", {"x.ann": EVENTS % ("T2", "E2"), "x.txt": TEXT},
     "x.ann: line 4: the event “E2” has itself"),
    ("csv", "an unknown unit", {"x.csv": "path,label,start,end,unit\nx.txt,Q,0,5,furlong\n", "x.txt": TEXT},
     "“furlong” is no unit"),
    ("conll", "fewer columns than in the document before", {"x.conll": CONLL + CONLL + CONLL.replace(" _", "")},
     "line 11: there are 2 columns where others have 3"),
    ("conll", "more columns than in the document before", {"x.conll": CONLL + CONLL.replace(" _", " _ _")},
     "line 7: there are 4 columns where others have 3"),
]
DTD = '<!DOCTYPE a [<!ENTITY s SYSTEM "file:///etc/hostname">]>'
XML = '<?xml version="1.0"?>\n<!-- ü -->'
PROJECT = ('<?xml version="1.0"?>\n<Project xmlns="urn:QDA-XML:project:1.0" name="x"><Sources>\n<TextSource '
           f'guid="{GUID.format("a" * 8, 1)}" plainTextPath="internal://../../../etc/passwd"/></Sources></Project>')
DECLARED = "line 2, column 11: it has a document type declaration"


def pack(*members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


# In an archive the place is a file in it.
OWN += [
    ("uima-xmi", "a document type", {"x.xmi": XML + DTD + "<a>&s;</a>"}, DECLARED),
    ("uima-xmi", "a document type in an archive", {"x.zip": pack(("x.xmi", XML + DTD + "<a/>"))}, "x.xmi: " + DECLARED),
    ("uima-xmi", "an unknown entity", {"x.xmi": XML + "\n<a>\n&s;</a>"}, "line 3"),
    ("uima-xmi", "no XML", {"x.xmi": XML + "\nPutin"}, "line 3, column 1: it is no XML"),
    ("uima-xmi", "a name that leads out", {"x.zip": pack(("../../x.xmi", XML + "<a/>"))}, "“../../x.xmi” is no name"),
    ("uima-xmi", "an archive cut short", {"x.zip": pack(("x.xmi", XML + "<a/>"))[:-30]}, "its end is missing"),
    ("refi-qda", "a document type", {"x.qdpx": pack(("project.qde", XML + DTD + "<a/>"))}, "project.qde: " + DECLARED),
    ("refi-qda", "a text outside the archive", {"x.qdpx": pack(("project.qde", PROJECT))},
     "project.qde: line 3: there is no text “internal://../../../etc/passwd”"),
    ("refi-qda", "a name that leads out", {"x.qdpx": pack(("project.qde", PROJECT), ("../../x", "x"))},
     "“../../x” is no name"),
    ("refi-qda", "an archive cut short", {"x.qdpx": pack(("project.qde", PROJECT))[:-30]}, "its end is missing"),
    ("refi-qda", "a code in itself", {"x.qdpx": pack(("project.qde", '<?xml version="1.0"?>\n<Project xmlns="urn:QDA-XML:'
     'project:1.0" name="x"><CodeBook><Codes>' + f'\n<Code guid="{GUID.format("c" * 8, 1)}" name="a" isCodable="true">' * 2 +
     "</Code></Code></Codes></CodeBook></Project>"))}, "project.qde: line 4"),
]


def change_project(archive, change):
    """What is in the archive, packed again."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(data, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content) if member == "project.qde" else content)
    return data.getvalue()


def name_selections(*names):
    """Each of the first word, called so."""
    left = iter(names)
    return change_project(refi_qda([(i, 0, 5) for i in range(1, len(names) + 1)], [])["x.qdpx"], lambda whole: re.sub(
        b"<PlainTextSelection", lambda _: b'<PlainTextSelection name="%s"' % next(left), whole))


# What looks like one of them and is none: format, reason, files, the warning of it, and how many spans it has.
SOUND = [
    ("csv", "a row for each tag of a highlight",
     {"x.csv": "id,document,tag,content\n1,x,Q,Putin\n1,x,S,Putin\n", "x.txt": TEXT}, "id-twice", 2),
    ("csv", "a row without an id before one that has what is made for it",
     {"x.csv": "path,id,label,start,end\nx.txt,,Q,0,5\nx.txt,s1,Q,6,13\n", "x.txt": TEXT}, "", 2),
    ("huggingface", "a span without an id before one that has what is made for it",
     {"x.jsonl": as_json({"id": "x", "text": TEXT, "spans": [
         {"label": "Q", "start": 0, "end": 5}, {"id": "s1", "label": "Q", "start": 6, "end": 13}], "relations": [
             {"label": "r", "from": "s1", "to": "s1"}, {"id": "r1", "label": "r", "from": "s1", "to": "s1"}]}) + "\n"},
     "", 2),
    ("label-studio", "a result for each control of a region",
     {"x.json": as_json([{"id": 1, "data": {"text": TEXT}, "annotations": [{"id": 1, "result": [
         {"id": "a", "from_name": name, "to_name": "t", "type": kind,
          "value": {"start": 0, "end": 5, kind: [name]}} for name, kind in (("l", "labels"), ("c", "choices"))]}]}])},
     "", 1),
    ("web-annotation", "a place in code points that other units have, too",
     {"x.jsonld": as_json({"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": [
         {"id": "urn:a", "type": "Annotation", "body": [tag("Q")], "target": {
             "source": "x.txt", "selector": place(KATA + 1, KATA + 5)}}]}), "x.txt": TEXT}, "", 1),
    ("label-studio", "a line end and what a browser writes for it",
     {"x.json": as_json([{"id": 1, "data": {"text": 'Kata\n"C:\\new" ini'}, "annotations": [{"id": 1, "result": [
         {"id": "a", "from_name": "l", "to_name": "t", "type": "labels",
          "value": {"start": 0, "end": 13, "text": 'Kata\\n"C:\\new"', "labels": ["Q"]}}]}]}])}, "", 1),
    ("doccano", "places that are as good in both units",
     {"x.jsonl": as_json({"text": "🤝🤝 日本語日本語", "label": [[6, 8, "Q"], [5, 7, "Q"]]}) + "\n"}, "offset-unit", 2),
    ("doccano", "a span and a relation of one number",
     doccano(TWO, [(1, 1, 2)]), "", 2),
    ("refi-qda", "selections that are called by other words, and by the beginning of theirs",
     {"x.qdpx": name_selections(b"Putik", "Putin…".encode(), b"Pu...")}, "other-text: bbbbbbbb", 3),
    ("refi-qda", "selections that are called by their words or otherwise",
     {"x.qdpx": name_selections(b"Putin", b"A name")}, "", 2),
    ("brat", "a reference without a title", {"x.ann": "T1\tQ 0 5\tPutin\nN1\tReference T1 Wikipedia:1\n", "x.txt": TEXT},
     "", 1),
    ("brat", "an event whose argument is the trigger of another",
     {"x.ann": EVENTS % ("T2", "E1"), "x.txt": TEXT}, "", 2),
    ("webanno-tsv", "a row for each token of a span",
     {"x.tsv": TSV + "1-2\t5-7\t🤝\tQ[1]\t\n1-3\t8-12\tkata\tQ[1]\t\n"}, "", 1),
    ("conll", "documents that name their columns",
     {"x.conll": "".join(f'-DOCSTART- -X- O O\n# doc = "{n}"\n# columns = {as_json(["Q"] * n)}\n\nPutin'
                         f'{" B-Q" * n}\n\n' for n in (1, 2))}, "", 3),
    ("huggingface", "an article in the rows of two annotators",
     {"x.jsonl": "".join(as_json({"id": "x", "annotator": name, "text": TEXT, "spans": [
         {"id": "s1", "label": "Q", "start": 0, "end": 5}]}) + "\n" for name in "ab")}, "", 2),
]


def read(name, files):
    """The exit status, what was told, and what is in the output; a good input goes along a second time."""
    folder = tempfile.mkdtemp(prefix="kutip-kinds-")
    try:
        os.makedirs(os.path.join(folder, "in"))
        os.makedirs(os.path.join(folder, "out"))
        for file, content in {"out/mine": "x", "good.jsonl": '{"path": "good.txt", "text": "Putin kata."}\n',
                              **{f"in/{file}": content for file, content in files.items()}}.items():
            with open(os.path.join(folder, file), "wb") as stream:
                stream.write(content if isinstance(content, bytes) else content.encode())
        one = subprocess.run([TOOL, "convert", "--from", name, "--to", "kutip", "-o", "out", "in"], cwd=folder,
                             capture_output=True, timeout=MOST_SECONDS)
        made = sorted(os.listdir(os.path.join(folder, "out")))
        assert sorted(os.listdir(folder)) == ["good.jsonl", "in", "out"], os.listdir(folder)
        # The first of the files is the format's; a text that belongs to it comes behind.
        going = subprocess.run([TOOL, "convert", "--to", "jsonl", "--keep-going", "-o", "-",
                                *[f"in/{file}" for file in files], "good.jsonl"], cwd=folder, capture_output=True,
                               timeout=MOST_SECONDS)
        assert b"Putin kata." in going.stdout, (going.returncode, going.stderr[:300])
        return one.returncode, one.stderr.decode(), made
    finally:
        shutil.rmtree(folder)


def check_refused(status, told, made, reason):
    assert status == 1, (status, told[:300])
    assert made == ["mine"], made
    assert len(told) < 1000 and re.match(REFUSED, told), told[:300]
    assert re.search(reason, told.split(": ", 2)[2]), told


def check_kind(name, spans, relations, reason, read_by):
    status, told, made = read(name, FORMATS[name](spans, relations))
    if name not in read_by:
        check_refused(status, told, made, reason)
        return
    assert status == 0 and len(made) > 1, (status, told[:300])
    assert read_by[name] in told and (": warning: " in told or read_by[name] == ""), told[:300]
    assert ("circle" in told) == (read_by[name] == "circle"), told


def check_circle(files, status, options=()):
    """With --strict it is an error, but for a type that is the same in both directions."""
    folder = tempfile.mkdtemp(prefix="kutip-kinds-")
    try:
        for file, content in {"out/mine": "x", **files}.items():
            os.makedirs(os.path.dirname(os.path.join(folder, "in", file)), exist_ok=True)
            with open(os.path.join(folder, "in", file), "w", encoding="utf-8") as stream:
                stream.write(content)
        command = [TOOL, "convert", "--to", "kutip", "-o", "out", "--losses", "l.json", *options, "in"]
        one = subprocess.run(command, cwd=folder, capture_output=True, timeout=MOST_SECONDS)
        assert one.returncode == status, (one.returncode, one.stderr)
        assert os.path.exists(os.path.join(folder, "out")) == (status == 0), one.stderr
        assert status == 0 or b"in 1 circle; nothing was written" in one.stderr, one.stderr
        if status == 0:
            with open(os.path.join(folder, "l.json"), encoding="utf-8") as stream:
                warnings = json.load(stream)["warnings"]
            told = [{**entry} for entry in warnings["list"] if entry["kind"] == "circle"]
            assert told == ([] if "annotation.conf" in files or "E1\t" in files["x.ann"] else [
                {"kind": "circle", "path": "x.ann", "id": "R1", "detail": "x.txt: r: R1, R2"}]), warnings
    finally:
        shutil.rmtree(folder)


def check_circular_events():
    """Kutip has no such rule: brat's lines name a trigger where they would go in a circle, and say the same."""
    folder = tempfile.mkdtemp(prefix="kutip-kinds-")

    def convert(to, out, source):
        done = subprocess.run([TOOL, "convert", "--to", to, "-o", out, source], cwd=folder, capture_output=True,
                              timeout=MOST_SECONDS)
        assert done.returncode == 0, done.stderr
        with open(os.path.join(folder, out if to == "jsonl" else os.path.join(out, "x.ann")), encoding="utf-8") as file:
            return file.read()

    layer = sidecar([(1, 0, 5), (2, 6, 13), (3, 37, 40)], [(1, 1, 2), (2, 2, 1), (3, 3, 1)])
    for span, word in zip(layer["spans"], ("Putin", "berkata", "BBC")):
        span["text"] = [word]
    for number, relation in enumerate(layer["relations"], 1):
        relation["event"] = f"e{number}"
    try:
        with open(os.path.join(folder, "in.jsonl"), "w", encoding="utf-8") as file:
            file.write(as_json({"path": "x.txt", "text": TEXT, "layers": [layer]}) + "\n")
        written = convert("brat", "brat", "in.jsonl")
        assert re.findall(r"^E.*$", written, re.MULTILINE) == [
            "E1\tQ:T1 r:T2", "E2\tQ:T2 r:T1", "E3\tQ:T3 r:E1"], written
        back = json.loads(convert("jsonl", "back.jsonl", "brat"))["layers"][0]["relations"]
        assert sorted((r["from"], r["to"], r["event"]) for r in back) == [
            ("T1", "T2", "E1"), ("T2", "T1", "E2"), ("T3", "T1", "E3")], back
        assert convert("brat", "again", "brat") == written
    finally:
        shutil.rmtree(folder)


def check_own(name, files, reason):
    status, told, made = read(name, files)
    assert status == 1 and made == ["mine"], (status, made, told[:300])
    assert told.startswith("kutip-tool: in/x.") and reason in told and len(told) < 1000, told[:300]


def check_sound(name, files, warning, n_spans):
    status, told, made = read(name, files)
    assert status == 0 and len(made) > 1, (status, told[:300])
    assert warning in told and (": warning: " in told or warning == ""), told[:300]
    folder = tempfile.mkdtemp(prefix="kutip-kinds-")
    try:
        for file, content in files.items():
            with open(os.path.join(folder, file), "wb") as stream:
                stream.write(content if isinstance(content, bytes) else content.encode())
        told = subprocess.run([TOOL, "convert", "--from", name, "--to", "jsonl", "-q", "-o", "-", *files], cwd=folder,
                              capture_output=True, timeout=MOST_SECONDS)
        layers = [layer for line in told.stdout.splitlines() for layer in json.loads(line)["layers"]]
        assert sum(len(layer["spans"]) for layer in layers) == n_spans, (told.stdout, told.stderr)
        assert b"warning" not in told.stderr or warning != "", told.stderr
        wanted = {"web-annotation": [[KATA + 1, KATA + 5]], "label-studio": [[0, 13]]}.get(name)
        assert n_spans > 1 or wanted is None or layers[0]["spans"][0]["ranges"] in (wanted, [[0, 5]]), told.stdout
    finally:
        shutil.rmtree(folder)


def make_two(name):
    return dict(OTHERS[name]) if name in OTHERS else FORMATS[name](TWO, [])


def check_bytes(name, change, reason):
    files = make_two(name)
    file = next(iter(files))
    files[file] = change_project(files[file], change) if name == "refi-qda" else change(files[file].encode())
    status, told, made = read(name, files)
    if reason is None:
        assert status == 0 and len(made) > 1, (status, told[:300])
    else:
        check_refused(status, told, made, reason)


def check_text(name, content, reason):
    """The text is another file than the one that is read: the message names it."""
    files = make_two(name)
    files["x.txt"] = content
    status, told, made = read(name, files)
    check_refused(status, told, made, reason)
    assert re.search(r"x\.txt|text for “x”", told) and "offset" in told, told


def break_at(whole, inserted):
    middle = whole.index(b"Putin") + 2 if b"Putin" in whole else whole.index(b"s1") + 1
    return whole[:middle] + inserted + whole[middle:]


def nest(whole):
    """Opens more than any reader goes into, behind all else that the first value or element has."""
    if whole.startswith(b"<"):
        end = whole.rindex(b"</")
        return whole[:end] + b"<a>" * DEEP + whole[end:]
    whole = whole.rstrip()
    return whole[:-1] + b", " + (b'"z": ' if whole[-1:] == b"}" else b"") + b"[" * DEEP + whole[-1:]


def list_cases():
    for kind, spans, relations, reason, read_by in KINDS:
        for name in FORMATS:
            if not (relations and name in NO_RELATIONS):
                yield f"{name}: {kind}", check_kind, (name, spans, relations, reason, read_by)
    circle = brat(TWO, [(1, 1, 2), (2, 2, 1)])
    conf = {"annotation.conf": "[entities]\nQ\n[relations]\nr Arg1:Q, Arg2:Q, <REL-TYPE>:symmetric\n[events]\n"
                               "[attributes]\n"}
    yield "brat: a circle in the list of losses", check_circle, (circle, 0)
    yield "brat: a circle with --strict", check_circle, (circle, 1, ["--strict"])
    yield "brat: a circle of a symmetric type", check_circle, ({**circle, **conf}, 0, ["--strict"])
    lines = circle["x.ann"][: circle["x.ann"].index("R1")]
    for first, options in (("T2", ["--strict"]), ("T1", ["--strict"])):
        events = {**circle, "x.ann": f"{lines}E1\tQ:T1 r:{first}\nE2\tQ:T2 r:E1\n"}
        yield f"brat: an event with the trigger of another, {first}", check_circle, (events, 0, options)
    yield "brat: events in a circle that Kutip writes", check_circular_events, ()
    for name, kind, files, reason in OWN:
        yield f"{name}: {kind}", check_own, (name, files, reason)
    for name, why, files, warning, n_spans in SOUND:
        yield f"{name}: {why}", check_sound, (name, files, warning, n_spans)
    for name in sorted(IN_UTF16):
        yield (f"{name}: a place inside a character", check_kind,
               (name, [(1, EMOJI, EMOJI + 1)], [], "place", {}))
    for name in [*FORMATS, *OTHERS]:
        yield f"{name}: CR LF", check_bytes, (name, lambda whole: whole.replace(b"\n", b"\r\n"), None)
        yield f"{name}: a byte order mark", check_bytes, (name, lambda whole: b"\xef\xbb\xbf" + whole, None)
        yield f"{name}: NUL", check_bytes, (name, lambda whole: break_at(whole, b"\0"), "NUL|control|UTF-8")
        if name != "conll":  # whose charset is guessed
            yield f"{name}: no UTF-8", check_bytes, (name, lambda whole: break_at(whole, b"\xff\xfe"), "UTF-8")
        if name not in ("brat", "csv", "tsv", "conll", "conllu", "webanno-tsv"):  # whose lines stand for themselves
            yield f"{name}: the end is missing", check_bytes, (name, lambda whole: whole[:len(whole) * 2 // 3], "")
            yield f"{name}: deep nesting", check_bytes, (name, nest, "deep|nest|no type")
        if "x.txt" in make_two(name):
            yield f"{name}: NUL in the text", check_text, (name, b"Pu\0tin", "NUL")
            yield f"{name}: a text of no UTF-8", check_text, (name, TEXT.encode() + b"\xff\xff", "UTF-8")


def main():
    cases = list(list_cases())
    failed = 0
    print(f"1..{len(cases)}")
    for number, (title, check, arguments) in enumerate(cases, 1):
        try:
            check(*arguments)
            print(f"ok {number} {title}", flush=True)
        except Exception as error:
            failed += 1
            print(f"not ok {number} {title}\n# {type(error).__name__}: {str(error)[:600]!r}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
