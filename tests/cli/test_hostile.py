# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile input of every format, through the command line: each is refused with file and reason, or read with a
warning; never a crash, a hang, a swollen process or half an output. With --keep-going the others are converted."""

import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile

TOOL = os.environ["KUTIP_TOOL"]
TEXT = "Putin berkata: “Kami sahabat 🤝” kata BBC."
DEEP = 100_000
MOST_MEMORY = 1 << 30
# Far more than any takes, however busy the machine: it tells a hang from work.
MOST_SECONDS = 120
# An allocator that checks memory needs room for its shadow.
IS_CHECKED = "ASAN_OPTIONS" in os.environ


def limit():
    if not IS_CHECKED:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def run(*arguments, cwd):
    return subprocess.run([TOOL, *arguments], capture_output=True, timeout=MOST_SECONDS, cwd=cwd, preexec_fn=limit)


def sidecar(**changes):
    whole = {"format": 1, "article": {"file": "x.txt", "sha256": "0" * 64, "length": len(TEXT)},
             "offsets": "unicode code points", "spans": []}
    return json.dumps({**whole, **changes})


def span(start, end, text="x", **changes):
    return {"id": "s1", "label": "quote", "ranges": [[start, end]], "text": [text], **changes}


def kutip(content):
    return {"x.txt": TEXT, "x.txt.annotations.json": content}


def brat(content, text=TEXT):
    return {"x.txt": text, "x.ann": content}


def qdpx(project, *more):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", project)
        for name, content in more:
            archive.writestr(name, content)
    return data.getvalue()


def xmi_zip(*members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "aaaaaaaaaa">' + "".join(
    f'<!ENTITY a{i} "' + f"&a{i - 1};" * 10 + '">' for i in range(1, 12)) + "]><a>&a11;</a>"
SECRET = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY s SYSTEM "file:///etc/hostname">]><a>&s;</a>'
DEEP_XML = "<?xml version='1.0'?>" + "<a>" * DEEP + "</a>" * DEEP
XMI = ('<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
       'xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0">%s'
       f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{TEXT}"/>'
       '<cas:View sofa="1" members="2"/></xmi:XMI>')
TSV = ("#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|label\n\n\n"
       "#Text=Putin kata\n%s\n")
ANNOTATION = {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x", "type": "Annotation",
              "body": [{"type": "TextualBody", "purpose": "tagging", "value": "Quote"}],
              "target": {"source": "x.txt", "selector": [
                  {"type": "TextPositionSelector", "start": 10_000, "end": 20_000},
                  {"type": "TextQuoteSelector", "exact": "nowhere"}]}}
HUGE = "9" * 1_000_000

# format, name, files, whether it must be refused (None: read or refused, as the format has it)
CASES = [
    ("kutip", "truncated", kutip(sidecar()[:-3]), True),
    ("kutip", "not JSON", kutip("{'format': 1}"), True),
    ("kutip", "nothing", kutip(""), True),
    ("kutip", "end before start", kutip(sidecar(spans=[span(5, 2)])), True),
    ("kutip", "outside the text", kutip(sidecar(spans=[span(5, 4_000_000_000)])), True),
    ("kutip", "an id twice", kutip(sidecar(spans=[span(0, 1, "P"), span(1, 2, "u")])), True),
    ("kutip", "an unknown id", kutip(sidecar(spans=[span(0, 5, "Putin")], relations=[
        {"id": "r1", "label": "x", "from": "s1", "to": "s9"}])), True),
    ("kutip", "a relation to itself", kutip(sidecar(spans=[span(0, 5, "Putin")], relations=[
        {"id": "r1", "label": "x", "from": "s1", "to": "s1"}])), None),
    ("kutip", "deep nesting", kutip('{"format": ' + "[" * DEEP), True),
    ("kutip", "a number of a megabyte", kutip('{"format": ' + HUGE + "}"), True),
    ("kutip", "a newer format", kutip(sidecar(format=99)), True),
    ("kutip", "invalid UTF-8", kutip(b'{"format": 1, "\xff": 2}'), True),
    ("kutip", "NUL in a text", kutip(sidecar(spans=[span(0, 5, "Pu\0in")])), True),
    ("kutip", "half a surrogate pair", kutip('{"format": 1, "note": "\\ud83e"}'), True),
    ("kutip", "the article is no text", {"x.txt": b"\0\1\2\3" * 100}, True),
    ("brat", "no text", {"x.ann": "T1\tQuote 0 5\tPutin\n"}, True),
    ("brat", "invalid UTF-8", brat(b"T1\tQuote 0 5\tPu\xff\xfein\n"), True),
    ("brat", "a text of invalid UTF-8", brat("T1\tQuote 0 1\tP\n", b"Pu\xff\xfein"), True),
    ("brat", "NUL", brat(b"T1\tQuote 0 5\tPu\0in\n"), True),
    ("brat", "outside the text", brat("T1\tQuote 10000 20000\tPutin\n"), False),
    ("brat", "end before start", brat("T1\tQuote 5 0\tPutin\n"), False),
    ("brat", "a huge number", brat(f"T1\tQuote 0 {HUGE}\tPutin\n"), False),
    ("brat", "unknown ids", brat("T1\tQuote 0 5\tPutin\nR1\tx Arg1:T1 Arg2:T9\nA1\tNegation T8\n"), False),
    ("brat", "a cycle", brat("T1\tA 0 5\tPutin\nT2\tA 6 13\tberkata\nR1\tx Arg1:T1 Arg2:T2\nR2\tx Arg1:T2 Arg2:T1\n"),
     False),
    ("brat", "events that hold one another", brat("T1\tA 0 5\tPutin\nE1\tA:T1 x:E2\nE2\tA:T1 x:E1\n"), True),
    ("brat", "an id twice", brat("T1\tA 0 5\tPutin\nT1\tA 6 13\tberkata\n"), False),
    ("brat", "lines of nothing known", brat("garbage\nX\t\n\t\t\nT\nT1\nR1\tx\nE1\t\n*\t\n"), False),
    ("brat", "CR LF", brat("T1\tQuote 0 5\tPutin\r\n"), False),
    ("brat", "a byte order mark", brat("\ufeffT1\tQuote 0 5\tPutin\n"), False),
    ("conll", "a row without a token", {"x.conll": "-DOCSTART- -X- O O\n\n B-A\n"}, True),
    ("conll", "a token that is not in the text", {"x.conll": '# doc = "x"\n# text = "abc"\nxyz B-A\n'}, True),
    ("conll", "fewer columns than named", {"x.conll": '# columns = ["a", "b"]\nx B-a\n'}, True),
    ("conll", "invalid UTF-8", {"x.conll": b"-DOCSTART- -X- O O\n\nPu\xff\xfe\0\0 B-A\n"}, True),
    ("conll", "a line of a megabyte", {"x.conll": "a" * 1_000_000 + " B-A\n"}, None),
    ("conllu", "numbers out of order", {"x.conllu": "3\tPutin" + "\t_" * 8 + "\n1\tkata" + "\t_" * 8 + "\n\n"}, None),
    ("conllu", "too few columns", {"x.conllu": "1\tPutin\n\n"}, True),
    ("conllu", "a range backwards", {"x.conllu": "5-2\tPutin" + "\t_" * 8 + "\n\n"}, None),
    ("csv", "no label", {"x.csv": "a,b\n1,2\n", "x.txt": TEXT}, True),
    ("csv", "outside the text", {"x.csv": "path,label,start,end,text\nx,Q,1,99999,u\n", "x.txt": TEXT}, None),
    ("csv", "end before start", {"x.csv": "path,label,start,end\nx,Q,9,1\n", "x.txt": TEXT}, None),
    ("csv", "a quote that does not end", {"x.csv": 'path,label,start,end,text\nx,Q,0,5,"Putin\n', "x.txt": TEXT}, True),
    ("csv", "no text beside it", {"x.csv": "path,label,start,end,text\nnowhere,Q,0,5,Putin\n"}, True),
    ("csv", "a path that leads out", {"x.csv": "path,label,start,end,text\n../../etc/passwd,Q,0,1,r\n"}, True),
    ("csv", "a huge number", {"x.csv": f"path,label,start,end\nx,Q,0,{HUGE}\n", "x.txt": TEXT}, None),
    ("tsv", "invalid UTF-8", {"x.tsv": b"path\tlabel\tstart\tend\nx\t\xff\xfe\t0\t5\n", "x.txt": TEXT}, None),
    ("doccano", "truncated", {"x.jsonl": '{"id": 1, "text": "Putin", "entities": [{"id": 1, '}, True),
    ("doccano", "outside the text", {"x.jsonl": '{"id": 1, "text": "Putin", "label": [[0, 99, "Q"]]}\n'}, None),
    ("doccano", "inside a surrogate pair",
     {"x.jsonl": '{"id": 1, "text": "a🤝b", "label": [[0, 2, "Q"], [3, 4, "Q"]]}\n'}, None),
    ("doccano", "unknown ids", {"x.jsonl": '{"id": 1, "text": "Putin", "entities": [{"id": 1, "label": "Q", '
                                           '"start_offset": 0, "end_offset": 5}], "relations": '
                                           '[{"id": 1, "from_id": 1, "to_id": 9, "type": "x"}]}\n'}, None),
    ("doccano", "deep nesting", {"x.jsonl": '{"id": 1, "text": ' + "[" * DEEP + "\n"}, True),
    ("jsonl", "a newer format", {"x.jsonl": json.dumps({"path": "x.txt", "text": TEXT,
                                                        "layers": [json.loads(sidecar(format=99))]}) + "\n"}, True),
    ("prodigy", "truncated", {"x.jsonl": '{"text": "Putin", "spans": [{"start": 0'}, True),
    ("prodigy", "end before start", {"x.jsonl": '{"text": "Putin", "spans": [{"start": 4, "end": 1, "label": "Q"}]}\n'},
     None),
    ("prodigy", "an unknown token", {"x.jsonl": '{"text": "Putin", "tokens": [], "spans": [], "relations": '
                                                '[{"head": 7, "child": 9, "label": "x"}]}\n'}, None),
    ("prodigy", "deep nesting", {"x.jsonl": '{"text": "Putin", "spans": ' + "[" * DEEP + "\n"}, True),
    ("label-studio", "truncated", {"x.json": '[{"id": 1, "data": {"text": "Putin"}, "annotations": ['}, True),
    ("label-studio", "outside the text", {"x.json": json.dumps([{"id": 1, "data": {"text": "Putin"}, "annotations": [
        {"id": 1, "result": [{"id": "a", "from_name": "l", "to_name": "t", "type": "labels",
                              "value": {"start": 3, "end": 900, "labels": ["Q"]}}]}]}])}, None),
    ("label-studio", "deep nesting", {"x.json": "[" * DEEP}, True),
    ("web-annotation", "a quote that is nowhere", {"x.jsonld": json.dumps(ANNOTATION), "x.txt": TEXT}, None),
    ("web-annotation", "truncated", {"x.jsonld": json.dumps(ANNOTATION)[:-5], "x.txt": TEXT}, True),
    ("web-annotation", "no text beside it", {"x.jsonld": json.dumps(ANNOTATION)}, True),
    ("web-annotation", "deep nesting", {"x.jsonld": '{"a": ' * DEEP, "x.txt": TEXT}, True),
    ("hypothesis", "truncated", {"x.json": '{"annotations": [{"id": "a"', "x.txt": TEXT}, True),
    ("hypothesis", "deep nesting", {"x.json": '{"annotations": ' + "[" * DEEP, "x.txt": TEXT}, True),
    ("recogito", "truncated", {"x.json": '[{"id": "a", "target": {', "x.txt": TEXT}, True),
    ("citron", "truncated", {"x.json": '{"quotes": [{"content"'}, True),
    ("citron", "deep nesting", {"x.json": '{"quotes": ' + "[" * DEEP}, True),
    ("webanno-tsv", "another version", {"x.tsv": "#id=1\n1\tPutin\tO\n"}, None),
    ("webanno-tsv", "truncated", {"x.tsv": TSV[:30]}, True),
    ("webanno-tsv", "offsets of no sense", {"x.tsv": TSV % "1-1\t9-2\tPutin\tQ\t"}, True),
    ("webanno-tsv", "a huge number", {"x.tsv": TSV % f"1-1\t0-{HUGE}\tPutin\tQ\t"}, True),
    ("webanno-tsv", "too few columns", {"x.tsv": TSV % "1-1\t0-5\tPutin"}, True),
    ("uima-xmi", "truncated", {"x.xmi": (XMI % "")[:-20]}, True),
    ("uima-xmi", "entities that expand", {"x.xmi": BOMB}, True),
    ("uima-xmi", "an external entity", {"x.xmi": SECRET}, True),
    ("uima-xmi", "deep nesting", {"x.xmi": DEEP_XML}, True),
    ("uima-xmi", "offsets outside the text", {"x.xmi": XMI % '<custom:Span xmi:id="2" sofa="1" begin="5" end="9999"/>'},
     None),
    ("uima-xmi", "inside a surrogate pair", {"x.xmi": XMI % '<custom:Span xmi:id="2" sofa="1" begin="30" end="32"/>'},
     None),
    ("uima-xmi", "a zip of zeros", {"x.zip": xmi_zip(("x.xmi", b"\0" * 50_000_000))}, True),
    ("uima-xmi", "a zip cut short", {"x.zip": xmi_zip(("x.xmi", XMI % ""))[:-30]}, True),
    ("uima-xmi", "a zip whose names lead out", {"x.zip": xmi_zip(("../../x.xmi", XMI % ""))}, None),
    ("uima-json", "truncated", {"x.json": '{"%TYPES": {}, "%FEATURE_STRUCTURES": ['}, True),
    ("uima-json", "deep nesting", {"x.json": '{"%FEATURE_STRUCTURES": ' + "[" * DEEP}, True),
    ("refi-qda", "no project", {"x.qdpx": b"PK\5\6" + b"\0" * 18}, True),
    ("refi-qda", "not a zip", {"x.qdpx": b"nothing of the kind"}, True),
    ("refi-qda", "entities that expand", {"x.qdpx": qdpx(BOMB)}, True),
    ("refi-qda", "an external entity", {"x.qdpx": qdpx(SECRET)}, True),
    ("refi-qda", "names that lead out", {"x.qdpx": qdpx(
        '<?xml version="1.0"?><Project xmlns="urn:QDA-XML:project:1.0" name="x"><Sources><TextSource guid="'
        '11111111-1111-1111-1111-111111111111" plainTextPath="internal://../../../etc/passwd"/></Sources></Project>',
        ("../../evil.txt", "x"))}, True),
    ("refi-qda", "a bomb", {"x.qdpx": qdpx("<a>" + " " * 200_000_000)}, True),
    ("refi-qda", "deep nesting", {"x.qdpx": qdpx(DEEP_XML)}, True),
    ("refi-qda", "NUL", {"x.qdpx": qdpx("<Project name='x'>\0" + "x" * 100_000 + "</Project>")}, True),
    ("refi-qda", "NUL inside a character", {"x.qdpx": qdpx(b"<Project name='\xe2\0" + b"x" * 1000 + b"'/>")}, True),
    ("refi-qda", "invalid UTF-8", {"x.qdpx": qdpx(b"<Project name='\xff\xfe'/>")}, True),
    ("uima-xmi", "NUL", {"x.xmi": XMI % "<custom:Span label='\0' x='abcdefghi'/>"}, True),
    ("uima-xmi", "NUL in a zip", {"x.zip": xmi_zip(("x.xmi", XMI % "<custom:Span label='\0' x='abcdefghi'/>"))}, True),
    ("uima-xmi", "invalid UTF-8", {"x.xmi": (XMI % "<custom:Span label='@'/>").encode().replace(b"@", b"\xff\xfe")}, True),
    ("huggingface", "truncated", {"x.jsonl": '{"id": "x", "annotator": "", "text": "Putin", "spans": [{'}, True),
    ("huggingface", "spans before the text", {"x.jsonl": '{"id": "x", "spans": [], "text": "Putin"}\n'}, True),
    ("huggingface", "outside the text", {"x.jsonl": '{"id": "x", "text": "Putin", "spans": '
                                                    '[{"label": "Q", "start": 0, "end": 99}]}\n'}, True),
    ("huggingface", "end before start", {"x.jsonl": '{"id": "x", "text": "Putin", "spans": '
                                                    '[{"label": "Q", "start": 4, "end": 1}]}\n'}, True),
    ("huggingface", "unknown ids", {"x.jsonl": '{"id": "x", "text": "Putin", "spans": [], "relations": '
                                               '[{"label": "Q", "from": "a", "to": "b"}]}\n'}, True),
    ("huggingface", "deep nesting", {"x.jsonl": '{"id": "x", "text": "Putin", "spans": ' + "[" * DEEP + "\n"}, True),
    ("huggingface", "a huge number", {"x.jsonl": '{"id": "x", "text": "Putin", "spans": [{"label": "Q", "start": 0, '
                                                 f'"end": {HUGE}' + "}]}\n"}, True),
    ("jsonl", "truncated", {"x.jsonl": '{"path": "x.txt", "text": "Pu'}, True),
    ("jsonl", "no text", {"x.jsonl": '{"path": "x.txt"}\n'}, True),
    ("jsonl", "a path that leads out", {"x.jsonl": '{"path": "../../x.txt", "text": "Putin"}\n'}, True),
    ("jsonl", "deep nesting", {"x.jsonl": '{"path": "x.txt", "text": "P", "layers": ' + "[" * DEEP + "\n"}, True),
    ("jsonl", "NUL", {"x.jsonl": b'{"path": "x.txt", "text": "Pu\0in"}\n'}, True),
    ("jsonl", "names twice", {"x.jsonl": '{"path": "x.txt", "text": "a", "text": "b"}\n'}, True),
]
GOOD = '{"path": "good.txt", "text": "Putin kata ini."}\n'
# What is read at once may have this many bytes. These are read as a whole; of the others, an article at a time.
LARGEST = 1 << 30
WHOLE = [("kutip", "x.txt"), ("kutip", "x.txt.annotations.json"), ("brat", "x.ann"), ("citron", "x.json"),
         ("csv", "x.csv"), ("hypothesis", "x.json"), ("recogito", "x.json"), ("refi-qda", "x.qdpx"), ("tsv", "x.tsv"),
         ("uima-json", "x.json"), ("uima-xmi", "x.xmi"), ("web-annotation", "x.jsonld"), ("webanno-tsv", "x.tsv")]


class Folder:
    """The hostile files in "in", a good one, and an output folder that has something in it."""

    def __init__(self, files):
        self.files = files

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="kutip-hostile-")
        for name, content in {**{f"in/{n}": c for n, c in self.files.items()}, "good.jsonl": GOOD,
                              "out/mine.txt": "x"}.items():
            path = os.path.join(self.path, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content if isinstance(content, bytes) else content.encode())
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def list(self, name="."):
        root = os.path.join(self.path, name)
        return sorted(os.path.relpath(os.path.join(at, n), root) for at, _, names in os.walk(root) for n in names)


def known_formats():
    table = json.loads(subprocess.run([TOOL, "formats", "--json"], capture_output=True, check=True).stdout)
    return {entry["name"]: entry for entry in table["formats"]}


def check_refused(folder, result, why):
    message = result.stderr.decode()
    assert result.returncode == 1, (why, result.returncode, message[:300])
    assert "x." in message and message.startswith("kutip-tool: "), (why, message[:300])
    assert len(message) < 2000, (why, len(message))
    assert folder.list("out") == ["mine.txt"], (why, folder.list("out"))
    assert not [name for name in os.listdir(folder.path) if name.startswith(".")], why
    assert not [name for name in os.listdir(os.path.join(folder.path, "out")) if name.startswith(".")], why


def check_case(name, why, files, must_fail):
    with Folder(files) as folder:
        inputs = [os.path.join("in", file) for file in files]
        result = run("convert", "--from", name, "--to", "kutip", "-o", "out", "in", cwd=folder.path)
        assert result.returncode in (0, 1), (why, result.returncode, result.stderr[-400:])
        if must_fail is not None:
            assert (result.returncode == 1) == must_fail, (why, result.returncode, result.stderr[:300])
        assert b"root:" not in result.stderr and folder.list("in") == sorted(files), why
        if result.returncode == 1:
            check_refused(folder, result, why)
        shutil.rmtree(os.path.join(folder.path, "out"))
        others = run("convert", "--to", "jsonl", "--keep-going", "-o", "all.jsonl", "good.jsonl",
                     *[path for path in inputs if not path.endswith(".txt") or len(inputs) == 1],
                     *[path for path in inputs if path.endswith(".txt") and len(inputs) > 1], cwd=folder.path)
        assert others.returncode in (0, 1), (why, others.returncode, others.stderr[-400:])
        with open(os.path.join(folder.path, "all.jsonl"), encoding="utf-8") as file:
            assert "Putin kata ini." in file.read(), why


def check_largest(name, large):
    """A byte too many: refused by its length, before it is read."""
    with Folder({"x.txt": TEXT, large: b""}) as folder:
        os.truncate(os.path.join(folder.path, "in", large), LARGEST + 1)
        result = run("convert", "--from", name, "--to", "kutip", "-o", "out", "in", cwd=folder.path)
        check_refused(folder, result, large)
        assert b"one gigabyte" in result.stderr or b"1.1 GB" in result.stderr, result.stderr


def main():
    formats = known_formats()
    cases = [(f"{case[0]}: {case[1]}", check_case, case) for case in CASES if case[0] in formats]
    cases += [(f"{name}: {large} of more than a gigabyte", check_largest, (name, large)) for name, large in WHOLE]
    missing = sorted(name for name, entry in formats.items() if entry["reads"] and name not in {c[0] for c in CASES})
    print(f"1..{len(cases) + 1}")
    failed = 0
    for number, (title, check, arguments) in enumerate(cases, 1):
        try:
            check(*arguments)
            print(f"ok {number} {title}", flush=True)
        except Exception as error:
            failed += 1
            print(f"not ok {number} {title}\n# {type(error).__name__}: {str(error)[:600]!r}", flush=True)
    print(f"{'not ok' if missing else 'ok'} {len(cases) + 1} each format that is read is attacked: {missing}")
    return 1 if failed or missing else 0


if __name__ == "__main__":
    sys.exit(main())
