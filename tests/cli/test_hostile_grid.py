# SPDX-License-Identifier: GPL-3.0-or-later
"""Each format that is read, with each kind of damage that it can have: refused with file and place, the output folder
as it was and the others converted all the same; or read, with a word about it where something was wrong. The same two
spans and one relation, which every maker below writes by itself."""

import hashlib
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
# In code points: the hand at 6, "kata" from 8 to 12, "BBC" from 13 to 16. In UTF-16 units each one more behind the hand.
TEXT = "Putin 🤝 kata BBC."
TOKENS = [("Putin", 0), ("🤝", 6), ("kata", 8), ("BBC", 13), (".", 16)]
HUGE = "9" * 1_000_000
DEEP = 100_000
SPANS = [("t1", 0, 5), ("t2", 13, 16)]
RELATIONS = [("r1", "t1", "t2")]
GUID = "00000000-0000-0000-0000-%012d"
# What a GUID or a number stands for that nobody has.
NOBODY = 999


def dump(value):
    return json.dumps(value, ensure_ascii=False).replace('"HUGE"', HUGE)


def quote(start, end):
    return (TEXT[start:end] if isinstance(end, int) else "") or "nowhere"


class Inside(int):
    """Counts UTF-16 units already: between the two of the hand."""


def in_utf16(offset):
    return offset + 1 if type(offset) is int and offset > 6 else offset


def sidecar(spans, relations):
    return {"format": 1, "offsets": "unicode code points",
            "article": {"file": "x.txt", "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "length": len(TEXT)},
            "spans": [{"id": i, "label": "A", "ranges": [[a, b]], "text": [quote(a, b)]} for i, a, b in spans],
            "relations": [{"id": i, "label": "by", "from": a, "to": b} for i, a, b in relations]}


def kutip(spans, relations):
    return {"x.txt.annotations.json": dump(sidecar(spans, relations)), "x.txt": TEXT}


def jsonl(spans, relations):
    return {"x.jsonl": dump({"path": "x.txt", "text": TEXT, "layers": [sidecar(spans, relations)]}) + "\n"}


def brat(spans, relations):
    lines = [f"{i.upper()}\tA {a} {b}\t{quote(a, b)}\n" for i, a, b in spans]
    lines += [f"{i.upper()}\tby Arg1:{a.upper()} Arg2:{b.upper()}\n" for i, a, b in relations]
    return {"x.ann": "".join(lines).replace("HUGE", HUGE), "x.txt": TEXT}


def conll(spans, relations):
    begun = {a for _, a, _ in spans}
    return {"x.conll": "".join(f"{word} {'B-A' if at in begun else 'O'}\n" for word, at in TOKENS[:4])}


def conllu(spans, relations):
    lines = [f"# newdoc id = x\n# text = {TEXT}\n"]
    for number, (word, at) in enumerate(TOKENS, 1):
        items = [f"Rel={99 if b == 'nobody' else 4}:by" for _, a, b in relations if number == 1]
        items += ["Span=B-A"] if at in {a for _, a, _ in spans} else []
        items += ["SpaceAfter=No"] if word == "BBC" else []
        lines.append("\t".join([str(number), word] + ["_"] * 7 + ["|".join(items) or "_"]) + "\n")
    return {"x.conllu": "".join(lines) + "\n"}


def table(delimiter):
    def make(spans, relations):
        rows = [["path", "kind", "id", "label", "start", "end", "unit", "text", "from", "to"]]
        rows += [["x.txt", "span", i, "A", str(a), str(b), "code-points", quote(a, b), "", ""] for i, a, b in spans]
        rows += [["x.txt", "relation", i, "by", "", "", "", "", a, b] for i, a, b in relations]
        content = "".join(delimiter.join(row) + "\r\n" for row in rows).replace("HUGE", HUGE)
        return {"x.csv" if delimiter == "," else "x.tsv": content, "x.txt": TEXT}
    return make


def doccano(spans, relations):
    return {"x.jsonl": dump({
        "id": 1, "text": TEXT, "Comments": [],
        "entities": [{"id": i, "label": "A", "start_offset": in_utf16(a), "end_offset": in_utf16(b)} for i, a, b in spans],
        "relations": [{"id": i, "from_id": a, "to_id": b, "type": "by"} for i, a, b in relations]}) + "\n"}


def prodigy(spans, relations):
    starts = [at for _, at in TOKENS]
    return {"x.jsonl": dump({
        "text": TEXT, "answer": "accept",
        "tokens": [{"text": w, "start": at, "end": at + len(w), "id": i} for i, (w, at) in enumerate(TOKENS)],
        "spans": [{"id": i, "start": a, "end": b, "label": "A", "token_start": starts.index(a),
                   "token_end": starts.index(a)} for i, a, b in spans],
        "relations": [{"head": 0 if a == "t1" else 3, "child": {"t1": 0, "t2": 3}.get(b, NOBODY), "label": "by"}
                      for _, a, b in relations]}) + "\n"}


def label_studio(spans, relations):
    result = [{"id": i, "from_name": "label", "to_name": "text", "type": "labels",
               "value": {"start": a, "end": b, "text": quote(a, b), "labels": ["A"]}} for i, a, b in spans]
    result += [{"type": "relation", "from_id": a, "to_id": b, "direction": "right", "labels": ["by"]}
               for _, a, b in relations]
    return {"x.json": dump([{"id": 1, "data": {"text": TEXT}, "annotations": [{"id": 1, "result": result}]}])}


def web_annotation(spans, relations):
    items = [{"@context": "http://www.w3.org/ns/anno.jsonld", "id": f"urn:{i}", "type": "Annotation",
              "body": [{"type": "TextualBody", "purpose": "tagging", "value": "A"}],
              "target": {"source": "x.txt", "selector": [
                  {"type": "TextPositionSelector", "start": a, "end": b},
                  {"type": "TextQuoteSelector", "exact": quote(a, b)}]}} for i, a, b in spans]
    items += [{"id": f"urn:{i}", "type": "Annotation", "motivation": "linking", "body": f"urn:{b}", "target": f"urn:{a}"}
              for i, a, b in relations]
    return {"x.jsonld": dump(items), "x.txt": TEXT}


def hypothesis(spans, relations):
    annotations = [{"id": i, "user": "acct:a@b", "uri": "http://b/x.txt", "text": "", "tags": ["A"],
                    "target": [{"source": "http://b/x.txt", "selector": [
                        {"type": "TextPositionSelector", "start": in_utf16(a), "end": in_utf16(b)},
                        {"type": "TextQuoteSelector", "exact": quote(a, b)}]}]} for i, a, b in spans]
    return {"x.json": dump({"export_date": "2023", "export_userid": "acct:a@b", "annotations": annotations}), "x.txt": TEXT}


def recogito(spans, relations):
    return {"x.json": dump([{"id": i, "bodies": [{"purpose": "tagging", "value": "A"}],
                             "target": {"selector": [{"quote": quote(a, b), "start": in_utf16(a), "end": in_utf16(b)}]}}
                            for i, a, b in spans]), "x.txt": TEXT}


def citron(spans, relations):
    return {"x.json": dump({"text": TEXT, "quotes": [
        {"id": i, "contents": [{"start": a, "end": b, "text": quote(a, b)}], "sources": [], "cues": []}
        for i, a, b in spans]})}


def huggingface(spans, relations):
    return {"x.jsonl": dump({
        "id": "x.txt", "annotator": "", "text": TEXT,
        "spans": [{"id": i, "label": "A", "start": a, "end": b, "text": quote(a, b)} for i, a, b in spans],
        "relations": [{"id": i, "label": "by", "from": a, "to": b} for i, a, b in relations]}) + "\n"}


def number_spans(spans):
    """An id for each; the same for those that are called alike."""
    return {i: 10 + [name for name, *_ in spans].index(i) for i, *_ in spans}


def uima_xmi(spans, relations):
    ids = number_spans(spans)
    inner = "".join(f'<custom:Span xmi:id="{ids[i]}" sofa="1" begin="{in_utf16(a)}" end="{in_utf16(b)}" label="A"/>\n'
                    for i, a, b in spans)
    inner += "".join(f'<custom:Relation xmi:id="{100 + n}" sofa="1" begin="0" end="1" Governor="{ids[a]}" '
                     f'Dependent="{ids.get(b, NOBODY)}" value="by"/>\n' for n, (_, a, b) in enumerate(relations))
    members = " ".join(map(str, [*ids.values(), *(100 + n for n in range(len(relations)))]))
    return {"x.xmi": '<?xml version="1.0" encoding="UTF-8"?>\n<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
                     'xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0">\n'
                     f'{inner}<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{TEXT}"/>'
                     f'\n<cas:View sofa="1" members="{members}"/></xmi:XMI>'.replace("HUGE", HUGE)}


def uima_json(spans, relations):
    ids = number_spans(spans)
    structures = [{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text",
                   "sofaString": TEXT}]
    structures += [{"%ID": ids[i], "%TYPE": "webanno.custom.Span", "@sofa": 1, "begin": in_utf16(a), "end": in_utf16(b),
                    "label": "A"} for i, a, b in spans]
    structures += [{"%ID": 100 + n, "%TYPE": "webanno.custom.Relation", "@sofa": 1, "begin": 0, "end": 1,
                    "@Governor": ids[a], "@Dependent": ids.get(b, NOBODY), "value": "by"}
                   for n, (_, a, b) in enumerate(relations)]
    return {"x.json": dump({"%TYPES": {}, "%FEATURE_STRUCTURES": structures, "%VIEWS": {"_InitialView": {
        "%SOFA": 1, "%MEMBERS": [s["%ID"] for s in structures[1:]]}}})}


def webanno_tsv(spans, relations):
    lines = ["#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|label\n"
             f"#T_RL=webanno.custom.Relation|value|BT_webanno.custom.Span\n\n\n#Text={TEXT}\n"]
    ends = {a: b for _, a, b in spans}
    for number, (word, at) in enumerate(TOKENS[:4], 1):
        end = ends.get(at, at + len(word))
        related = [f"by\t1-{9 if b == 'nobody' else 1}" for _, _, b in relations if at == 13][:1]
        lines.append("\t".join([f"1-{number}", f"{in_utf16(at)}-{in_utf16(end)}", word, "A" if at in ends else "_",
                                *(related or ["_\t_"]), "\n"]))
    return {"x.tsv": "".join(lines).replace("HUGE", HUGE)}


def refi_qda(spans, relations):
    ids = number_spans(spans)
    selections = "".join(
        f'<PlainTextSelection guid="{GUID % ids[i]}" startPosition="{a}" endPosition="{b}" name="A">'
        f'<Coding guid="{GUID % (200 + n)}"><CodeRef targetGUID="{GUID % 1}"/></Coding></PlainTextSelection>\n'
        for n, (i, a, b) in enumerate(spans))
    links = "".join(f'<Link guid="{GUID % (300 + n)}" name="by" direction="OneWay" originGUID="{GUID % ids[a]}" '
                    f'targetGUID="{GUID % ids.get(b, NOBODY)}"/>\n' for n, (_, a, b) in enumerate(relations))
    project = ('<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" name="x"><CodeBook>'
               f'<Codes><Code guid="{GUID % 1}" name="A" isCodable="true"/></Codes></CodeBook><Sources><TextSource '
               f'guid="{GUID % 2}" name="x" plainTextPath="internal://{GUID % 2}.txt">\n{selections}</TextSource></Sources>'
               f'{f"<Links>{links}</Links>" if links else ""}</Project>')
    return {"x.qdpx": project.replace("HUGE", HUGE), f"sources/{GUID % 2}.txt": TEXT}


MAKERS = {
    "kutip": kutip, "brat": brat, "conll": conll, "conllu": conllu, "csv": table(","), "tsv": table("\t"),
    "doccano": doccano, "prodigy": prodigy, "label-studio": label_studio, "web-annotation": web_annotation,
    "hypothesis": hypothesis, "recogito": recogito, "citron": citron, "huggingface": huggingface,
    "webanno-tsv": webanno_tsv, "uima-xmi": uima_xmi, "uima-json": uima_json, "refi-qda": refi_qda, "jsonl": jsonl,
}
WITHOUT_OFFSETS = {"conll", "conllu"}
WITHOUT_RELATIONS = {"conll", "hypothesis", "recogito", "citron"}
IN_UTF16 = {"hypothesis", "recogito", "uima-xmi", "uima-json", "webanno-tsv"}
XML = {"uima-xmi", "refi-qda"}
LINES = {"brat", "conll", "conllu", "csv", "tsv", "webanno-tsv"}


def damage(change):
    """Makes both spans, with something done to the bytes of the file that has them."""
    def make(maker):
        files = maker(SPANS, [])
        name = next(iter(files))
        return {**files, name: change(files[name].encode())}
    return make


def put_into_label(insert):
    """Behind the label of the last span: "A" or the code of that name."""
    def change(content):
        at = max(content.rfind(b'"A"') + 1, content.rfind(b"\tA"), content.rfind(b",A,"), content.rfind(b"-A"),
                 content.rfind(b"Putin")) + 2
        return content[:at] + insert + content[at:]
    return change


def nest(content):
    opened = b"<a>" * DEEP if content.startswith(b"<?xml") else (b'"z": ' if content[:1] == b"{" else b"") + b"[" * DEEP
    at = content.index(b"?>") + 2 if content.startswith(b"<?xml") else 1
    return content[:at] + opened + content[at:]


# What is done, whether it must be refused (None: refused, or read with a warning), and the formats that it is not for.
KINDS = {
    "nothing": (lambda maker: maker(SPANS, RELATIONS), False, set()),
    "outside the text": (lambda maker: maker([SPANS[0], ("t2", 13, 999)], []), None, WITHOUT_OFFSETS),
    "end before start": (lambda maker: maker([SPANS[0], ("t2", 13, 8)], []), None, WITHOUT_OFFSETS),
    "inside a surrogate pair": (lambda maker: maker([SPANS[0], ("t2", 6, Inside(7))], []), None, set(MAKERS) - IN_UTF16),
    "an unknown id": (lambda maker: maker(SPANS, [("r1", "t1", "nobody")]), None, WITHOUT_RELATIONS),
    "a cycle": (lambda maker: maker(SPANS, [("r1", "t1", "t2"), ("r2", "t2", "t1")]), False,
                WITHOUT_RELATIONS | {"conllu", "webanno-tsv"}),
    # Regions of one id are one region with several results for Label Studio; rows of one id, one with several codes.
    "an id twice": (lambda maker: maker([SPANS[0], ("t1", 13, 16)], []), None,
                    WITHOUT_OFFSETS | {"webanno-tsv", "prodigy", "label-studio"}),
    "a number of a megabyte": (lambda maker: maker([("t1", 0, "HUGE")], []), None, WITHOUT_OFFSETS),
    "deep nesting": (damage(nest), True, LINES | {"uima-json"}),
    "the end is missing": (damage(lambda content: content[:len(content) * 2 // 3]), True, LINES),
    "invalid UTF-8": (damage(put_into_label(b"\xff\xfe")), None, set()),
    "NUL": (damage(put_into_label(b"\0")), True, set()),
    "line ends of two characters": (damage(lambda c: c.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")), False, set()),
    "a byte order mark": (damage(lambda content: b"\xef\xbb\xbf" + content), False, set()),
}
GOOD = '{"path": "good.txt", "text": "G", "layers": []}\n'


def pack(files):
    """A project is an archive."""
    if "x.qdpx" not in files:
        return files
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr("project.qde" if name == "x.qdpx" else name, content)
    return {"x.qdpx": data.getvalue()}


def run(*arguments, cwd):
    return subprocess.run([TOOL, "convert", *arguments], capture_output=True, timeout=120, cwd=cwd)


def count_spans(folder):
    counts = []
    for name in os.listdir(folder):
        if name.endswith(".annotations.json"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                counts.append(len(json.load(file)["spans"]))
    return sum(counts)


def check_refused(path, name, files, result):
    message = result.stderr.decode()
    last = message.strip().splitlines()[-1]
    assert re.match(r"kutip-tool: in/x\.[a-z.]+:", last), last
    assert re.search(r":\d+: |line \d+|column \d+|byte \d+", last) and len(last) < 1000, last
    assert os.listdir(os.path.join(path, "out")) == ["mine"], os.listdir(os.path.join(path, "out"))
    main, *texts = [os.path.join("in", file) for file in files]
    more = texts if name not in ("kutip", "brat") else []
    others = run("--keep-going", "--to", "jsonl", "good.jsonl", main, *more, cwd=path)
    assert others.returncode == 1 and b'"good.txt"' in others.stdout, (others.returncode, others.stderr[-300:])


def check(name, kind):
    make, must_fail, _ = KINDS[kind]
    files = pack(make(MAKERS[name]))
    path = tempfile.mkdtemp(prefix="kutip-grid-")
    try:
        for file, content in {**{f"in/{n}": c for n, c in files.items()}, "out/mine": "x", "good.jsonl": GOOD}.items():
            os.makedirs(os.path.dirname(os.path.join(path, file)), exist_ok=True)
            with open(os.path.join(path, file), "wb") as opened:
                opened.write(content if isinstance(content, bytes) else content.encode())
        result = run("--from", name, "--to", "kutip", "-o", "out", "in", cwd=path)
        message = result.stderr.decode()
        assert result.returncode == (1 if must_fail else 0) or (must_fail is None and result.returncode == 1), \
            (result.returncode, message[:300])
        if result.returncode == 1:
            check_refused(path, name, files, result)
        elif must_fail is None:
            assert "warning: " in message and re.search(r"^x[^ ]*: ", message, re.MULTILINE), message[:300]
        else:
            assert count_spans(os.path.join(path, "out")) == 2 and "warning: " not in message, message[:300]
    finally:
        shutil.rmtree(path)


def main():
    entries = json.loads(subprocess.run([TOOL, "formats", "--json"], capture_output=True, check=True).stdout)["formats"]
    missing = sorted({entry["name"] for entry in entries if entry["reads"]} ^ set(MAKERS))
    cases = [(name, kind) for name in MAKERS for kind in KINDS if name not in KINDS[kind][2]]
    print(f"1..{len(cases) + 1}")
    failed = 0
    for number, (name, kind) in enumerate(cases, 1):
        try:
            check(name, kind)
            print(f"ok {number} {name}: {kind}", flush=True)
        except Exception as error:
            failed += 1
            print(f"not ok {number} {name}: {kind}\n# {type(error).__name__}: {str(error)[:500]!r}", flush=True)
    print(f"{'not ok' if missing else 'ok'} {len(cases) + 1} all formats that are read are in the grid: {missing}")
    return 1 if failed or missing else 0


if __name__ == "__main__":
    sys.exit(main())
