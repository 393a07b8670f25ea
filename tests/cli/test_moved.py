# SPDX-License-Identifier: GPL-3.0-or-later
"""Formats that quote words beside their places: where the two differ, somebody is told, whatever becomes of the span."""

import glob
import hashlib
import json
import os
import subprocess
import sys
import tempfile

from tap import run_cases, tests_of

TOOL = os.environ["KUTIP_TOOL"]

TEXT = "alpha beta gamma. delta beta omega.\n"
# Where the file says that “omega” stands, and where it does.
SAID, STANDS = [2, 7], [29, 34]


def make_sidecar(ranges, words, **members):
    article = {"file": "a.txt", "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "length": len(TEXT)}
    span = {"id": "s1", "label": "x", "ranges": ranges, "text": words} | members
    return {"format": 1, "article": article, "offsets": "unicode code points", "spans": [span], "relations": []}


def make_jsonl(said, word):
    return json.dumps({"path": "a.txt", "text": TEXT, "layers": [make_sidecar([said], [word])]}) + "\n"


def make_web(said, word):
    selectors = [
        {"type": "TextQuoteSelector", "exact": word},
        {"type": "TextPositionSelector", "start": said[0], "end": said[1]},
    ]
    body = [{"type": "TextualBody", "purpose": "tagging", "value": "x"}]
    target = {"source": "a.txt", "selector": selectors}
    context = "http://www.w3.org/ns/anno.jsonld"
    return json.dumps({"@context": context, "id": "urn:s1", "type": "Annotation", "body": body, "target": target})


def make_hypothesis(said, word):
    selectors = [
        {"type": "TextPositionSelector", "start": said[0], "end": said[1]},
        {"type": "TextQuoteSelector", "exact": word, "prefix": "", "suffix": ""},
    ]
    row = {"id": "s1", "uri": "https://e.org/a", "tags": ["x"], "text": "", "created": "2026-01-02T03:04:05+00:00"}
    return json.dumps({"total": 1, "rows": [row | {"target": [{"source": row["uri"], "selector": selectors}]}]})


def make_recogito(said, word):
    selector = [{"start": said[0], "end": said[1], "quote": word}]
    bodies = [{"id": "b", "annotation": "s1", "purpose": "tagging", "value": "x"}]
    return json.dumps([{"id": "s1", "bodies": bodies, "target": {"annotation": "s1", "selector": selector}}])


def make_table(separator):
    def make(said, word):
        rows = [["path", "kind", "id", "label", "start", "end", "text"]]
        rows.append(["a.txt", "span", "s1", "x", str(said[0]), str(said[1]), word])
        return "".join(separator.join(row) + "\n" for row in rows)

    return make


def make_label_studio(said, word):
    value = {"start": said[0], "end": said[1], "text": word, "labels": ["x"]}
    region = {"id": "s1", "from_name": "label", "to_name": "text", "type": "labels", "value": value}
    return json.dumps([{"annotations": [{"result": [region]}], "data": {"text": TEXT}}])


def make_huggingface(said, word):
    span = {"id": "s1", "label": "x", "start": said[0], "end": said[1], "text": word}
    return json.dumps({"id": "a.txt", "text": TEXT, "spans": [span], "relations": []}) + "\n"


def make_huggingface_pieces(said, word):
    ranges = [{"start": said[0], "end": said[0] + 1}, {"start": said[0] + 3, "end": said[1]}]
    span = {"id": "s1", "label": "x", "start": said[0], "end": said[1], "ranges": ranges, "text": word}
    return json.dumps({"id": "a.txt", "text": TEXT, "spans": [span], "relations": []}) + "\n"


def make_prodigy(said, word):
    span = {"start": said[0], "end": said[1], "label": "x", "id": "s1", "text": word}
    return json.dumps({"text": TEXT, "_task_hash": 1, "spans": [span]}) + "\n"


def make_citron(said, word):
    source = {"start": said[0], "end": said[1], "text": word}
    content = {"start": 0, "end": 5, "text": "alpha"}
    return json.dumps({"quotes": [{"id": 1, "sources": [source], "contents": [content]}], "text": TEXT})


def make_webanno(said, word):
    head = f"#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|label\n\n\n#Text={TEXT.rstrip()}\n"
    return f"{head}1-1\t0-1\ta\t_\t\n1-2\t{said[0]}-{said[1]}\t{word}\tx\t\n"


def make_brat(said, word):
    return f"T1\tx {said[0]} {said[1]}\t{word}\n"


# Format, file, how it is made, whether the text is beside it, whether the words are looked for.
FORMATS = [
    ("jsonl", "a.jsonl", make_jsonl, False, True),
    ("kutip", "a.txt.annotations.json", lambda s, w: json.dumps(make_sidecar([s], [w])), True, True),
    ("web-annotation", "a.jsonld", make_web, True, True),
    ("hypothesis", "a.json", make_hypothesis, True, True),
    ("recogito", "a.json", make_recogito, True, True),
    ("csv", "a.csv", make_table(","), True, True),
    ("tsv", "a.tsv", make_table("\t"), True, True),
    ("label-studio", "a.json", make_label_studio, False, True),
    ("citron", "a.json", make_citron, False, True),
    ("huggingface", "a.jsonl", make_huggingface, False, False),
    ("huggingface", "a.jsonl", make_huggingface_pieces, False, False),
    ("prodigy", "a.jsonl", make_prodigy, False, False),
    ("webanno-tsv", "a.tsv", make_webanno, False, False),
    ("brat", "a.ann", make_brat, True, False),
]


def convert(row, said, word):
    """What is told, and the spans of the label x."""
    name, file, make, has_text, _ = row
    with tempfile.TemporaryDirectory(prefix="kutip-moved-") as folder:
        inputs = [file]
        with open(os.path.join(folder, file), "w", encoding="utf-8") as out:
            out.write(make(said, word))
        if has_text:
            with open(os.path.join(folder, "a.txt"), "w", encoding="utf-8") as out:
                out.write(TEXT)
            if name not in ("brat", "kutip"):
                inputs.append("a.txt")
        command = [TOOL, "convert", "--from", name, "--to", "kutip", "-o", "out", *inputs]
        result = subprocess.run(command, capture_output=True, cwd=folder, timeout=120)
        told = result.stderr.decode()
        assert result.returncode == 0, (name, make.__name__, told)
        spans = []
        for path in glob.glob(os.path.join(folder, "out", "**", "*.annotations.json"), recursive=True):
            with open(path, encoding="utf-8") as layer:
                spans += json.load(layer)["spans"]
        return told, [span for span in spans if span["text"] != ["alpha"]]


def test_elsewhere():
    """The words stand elsewhere: they are found there and to be looked at, or stay where they are said to be; told."""
    for row in FORMATS:
        told, spans = convert(row, SAID, "omega")
        where = (row[0], row[2].__name__, told, spans)
        assert "warning: other-text" in told and row[1] in told, where
        assert len(spans) == 1, where
        if row[4]:
            assert spans[0]["ranges"] == [STANDS] and spans[0]["review"] == "moved", where
        else:
            assert spans[0]["ranges"][0][0] == SAID[0] and spans[0]["ranges"][-1][1] == SAID[1], where


def test_outside():
    """The place lies outside the text, and the words are in it."""
    for row in FORMATS:
        # A table's or task's place must be one.
        if not row[4] or row[0] in ("csv", "tsv", "label-studio"):
            continue
        told, spans = convert(row, [1000, 1005], "omega")
        where = (row[0], told, spans)
        assert "warning: other-text" in told, where
        assert spans[0]["ranges"] == [STANDS] and spans[0]["review"] == "moved", where


def test_nowhere():
    """Nothing like the words is in the text: the span is lost, and that is told."""
    for row in FORMATS:
        if not row[4]:
            continue
        told, spans = convert(row, SAID, "pqrstuvwxyz!")
        where = (row[0], told, spans)
        assert "warning: not-found" in told and "pqrstuvwxyz!" in told, where
        assert spans[0]["review"] == "orphan" and spans[0]["text"] == ["pqrstuvwxyz!"], where


def test_alike():
    """Only something like the words is there."""
    around = {"prefix": "alpha beta gamma. ", "suffix": ".\n"}
    sidecar = make_sidecar([[18, 34]], ["delta beta omego"], **around)
    row = ("kutip", "a.txt.annotations.json", lambda *_: json.dumps(sidecar), True, True)
    told, spans = convert(row, SAID, "")
    assert "warning: approximate: s1: delta beta omego" in told, told
    assert spans[0]["review"] == "approximate" and spans[0]["text"] == ["delta beta omega"], spans


def test_in_place():
    """Where all is right, nothing is told."""
    for row in FORMATS:
        if row[2] is make_huggingface_pieces:
            continue
        told, spans = convert(row, STANDS, "omega")
        assert spans, (row[0], row[2].__name__, told)
        assert "other-text" not in told and "not-found" not in told, (row[0], told)
        assert spans[0]["ranges"] == [STANDS] and "review" not in spans[0], (row[0], spans)


def test_unordered():
    """Rows that jump about cannot be checked in one walk over the text: told, once, and not for ever."""
    words = [f"w{number:05}" for number in range(4000)]
    rows = []
    for number in range(len(words)):
        nth = number // 2 if number % 2 == 0 else len(words) - 1 - number // 2
        rows.append(f"1-{number + 1}\t{7 * nth}-{7 * nth + 6}\t{words[nth]}\t_\t\n")
    content = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|label\n\n\n#Text=" + " ".join(words) + "\n"
    told, _ = convert(("webanno-tsv", "a.tsv", lambda *_: content + "".join(rows), False, False), SAID, "")
    assert told.count("unordered-rows") == 1 and "other-text" not in told, told


def test_short_context():
    """Words around a quotation without a place may be few: the only place that has all of them is it."""
    words = "He said it and she said no and they said it."
    for around, wanted in (({"prefix": "she "}, [19, 23]), ({"suffix": " no"}, [19, 23]),
                           ({"prefix": " they ", "suffix": " it"}, [36, 40]), ({"prefix": "He "}, [3, 7])):
        selector = {"type": "TextQuoteSelector", "exact": "said", **around}
        row = {"id": "s1", "uri": "https://e.org/a", "tags": ["x"], "text": ""}
        targets = {"hypothesis": {"total": 1, "rows": [row | {"target": [{"source": row["uri"], "selector": [selector]}]}]},
                   "web-annotation": {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:s1", "type": "Annotation",
                                      "target": {"source": "a.txt", "selector": selector},
                                      "body": {"type": "TextualBody", "purpose": "tagging", "value": "x"}}}
        for name, content in targets.items():
            with tempfile.TemporaryDirectory(prefix="kutip-moved-") as folder:
                for file, whole in (("a.json", json.dumps(content)), ("a.txt", words)):
                    with open(os.path.join(folder, file), "w", encoding="utf-8") as stream:
                        stream.write(whole)
                done = subprocess.run([TOOL, "convert", "--from", name, "--to", "jsonl", "a.json", "a.txt"], cwd=folder,
                                      capture_output=True, timeout=60, check=True)
            span = json.loads(done.stdout)["layers"][0]["spans"][0]
            assert span["ranges"] == [wanted] and "review" not in span, (name, around, span, done.stderr)
            assert b"not-found" not in done.stderr, done.stderr


def test_units_of_label_studio():
    """Label Studio counts code points, or UTF-16 units, which only what is quoted can tell; never bytes."""
    text = "🤝 Budi said."
    for start, end, word, wanted in ((5, 9, None, [5, 9]), (2, 6, None, [2, 6]), (3, 7, None, [3, 7]), (2, 6, "Budi", [2, 6]),
                                     (3, 7, "Budi", [2, 6])):
        value = {"start": start, "end": end, "labels": ["x"]} | ({"text": word} if word else {})
        result = {"id": "s1", "from_name": "label", "to_name": "text", "type": "labels", "value": value}
        task = json.dumps([{"id": 1, "data": {"text": text}, "annotations": [{"id": 1, "result": [result]}]}])
        done = subprocess.run([TOOL, "convert", "--from", "label-studio", "--to", "jsonl", "-"], input=task.encode(),
                              capture_output=True, timeout=60, check=True)
        span = json.loads(done.stdout)["layers"][0]["spans"][0]
        assert span["ranges"] == [wanted], (start, word, span, done.stderr)


def test_known():
    """One that was known to be lost is not told again."""
    sidecar = make_sidecar([SAID], ["pqrstuvwxyz!"], review="orphan")
    row = ("kutip", "a.txt.annotations.json", lambda *_: json.dumps(sidecar), True, True)
    told, spans = convert(row, SAID, "")
    assert "warning" not in told and spans[0]["review"] == "orphan", (told, spans)


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
