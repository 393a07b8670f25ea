# SPDX-License-Identifier: GPL-3.0-or-later
"""What came from another program goes back to it as it was, by itself and by way of Kutip's own files."""

import hashlib
import json
import os
import shutil
import sys

from tap import run_cases, tests_of
from test_configurations import missing
from test_convert import Corpus, run

TEXT = "Budi said it in Jakarta.\nThey left.\n"


def article(name):
    return {"format": 1, "article": {"file": name, "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "length": len(TEXT)}, "offsets": "unicode code points", "spans": [
        {"id": "s1", "label": "quote", "ranges": [[10, 12]], "text": ["it"]},
        {"id": "s2", "label": "source", "ranges": [[0, 4]], "text": ["Budi"]}],
        "relations": [{"id": "r1", "label": "attributed-to", "from": "s1", "to": "s2"}]}


def write_articles(corpus, *names):
    for name in names:
        corpus.write(f"in/{name}.txt", TEXT)
        corpus.write(f"in/{name}.txt.annotations.json", json.dumps(article(os.path.basename(name) + ".txt")))


def test_made_up_tag_sets():
    """A tag set that was made up from annotations says nothing beyond them; one that somebody has changed does."""
    for to in ("doccano", "prodigy", "conllu", "uima-xmi", "uima-json", "huggingface"):
        with Corpus() as corpus:
            shutil.rmtree(corpus.at("in"))
            write_articles(corpus, "a", "sub/b")
            corpus.convert(to, "-o", "out")
            corpus.convert("kutip", "--from", to, "-o", "k", inputs=("out",))
            tagset = json.loads(corpus.read("k/tagset.json"))
            assert tagset["name"] == "Converted", tagset
            corpus.convert(to, "--strict", "-o", "back", inputs=("k",))
            # Its other labels come from nowhere else.
            found = [os.path.join(folder, name) for folder, _, names in os.walk(corpus.at("k"))
                     for name in names if name.endswith(".annotations.json")]
            for changed in ({**tagset, "labels": tagset["labels"] + [{"name": "claim"}]},
                            {**tagset, "labels": [{**label, "description": "x"} for label in tagset["labels"]]}):
                corpus.write("k/tagset.json", json.dumps(changed))
                corpus.convert(to, "-o", "back2", "--force", "--losses", "l.json", inputs=("k",))
                told = [loss for loss in json.loads(corpus.read("l.json"))["losses"]["list"] if loss["kind"] == "tagset"]
                assert len(told) == 1 and len(found) == 2, (to, told, found)
                corpus.convert(to, "--strict", "-o", "back3", status=1, inputs=("k",))
                assert not os.path.exists(corpus.at("back3")), to


def lost_of(corpus, *arguments):
    """The kinds and details of warnings, and whether --strict writes it."""
    corpus.convert("kutip", "--losses", "l.json", "-o", "k", "--force", *arguments[:-1], inputs=arguments[-1:])
    told = json.loads(corpus.read("l.json"))["warnings"]["list"]
    strict = run("convert", "--strict", "--to", "kutip", "-o", "strict", "--force", *arguments, cwd=corpus.path).returncode == 0
    return [(entry["kind"], entry.get("detail")) for entry in told], strict


def test_members_of_rows():
    """What stands in a row of a Hugging Face dataset, in its depths too, is told of where there is no room for it."""
    span = {"id": "s1", "label": "X", "start": 0, "end": 4, "ranges": [{"start": 0, "end": 4}],
            "links": [{"base": "wikidata", "id": "Q1", "title": ""}],
            "attributes": [{"name": "a", "type": "string", "values": ["b"]}]}
    with Corpus() as corpus:
        for depth in (None, "ranges", "links", "attributes"):
            for value, told in ((1, True), ({"a": 1}, True), (None, False)):
                row = {"id": "1.txt", "annotator": "", "text": TEXT, "spans": [json.loads(json.dumps(span))], "relations": []}
                if depth is not None:
                    row["spans"][0][depth][0]["other"] = value
                corpus.write("r.jsonl", json.dumps(row) + "\n")
                expected = [("unknown-member", "other")] if depth is not None and told else []
                assert lost_of(corpus, "--from", "huggingface", "r.jsonl") == (expected, not expected), (depth, value)


def test_splits_of_others():
    """Each split of a dataset numbers its rows anew; those of Kutip's own have the paths of their articles."""
    with Corpus() as corpus:
        for split in ("train", "test"):
            corpus.write(f"data/{split}.jsonl", "".join(json.dumps({
                "id": str(i), "text": f"{split} {TEXT}", "spans": [{"start": 0, "end": 4, "label": "X"}]}) + "\n" for i in (1, 2)))
        corpus.convert("kutip", "--from", "huggingface", "-o", "k", inputs=("data",))
        for split in ("train", "test"):
            for i in (1, 2):
                assert corpus.read(f"k/{split}/{i}.txt") == f"{split} {TEXT}"
        # A file that is named by itself is all there is.
        corpus.convert("kutip", "--from", "huggingface", "-o", "one", inputs=("data/train.jsonl",))
        assert sorted(name for name in os.listdir(corpus.at("one")) if name.endswith(".txt")) == ["1.txt", "2.txt"]
        shutil.rmtree(corpus.at("in"))
        write_articles(corpus, "a", "sub/b", "c")
        exported = run("export", "--to", "huggingface", "-o", "ours", "--split", "1/1/1", "in", cwd=corpus.path)
        assert exported.returncode == 0, exported.stderr
        corpus.convert("kutip", "-o", "again", inputs=("ours/data",))
        for name in ("a.txt", "sub/b.txt", "c.txt"):
            assert corpus.read(f"again/{name}") == TEXT


def test_lines_of_doccano():
    """What one line says twice, and not alike, is told of; null says nothing."""
    plain = {"text": TEXT, "entities": [{"id": 1, "label": "X", "start_offset": 0, "end_offset": 4}]}
    for more, told in (
            ({}, []), ({"label": [[0, 4, "X"]]}, []), ({"label": [[0, 4, "X"], [10, 12, "Y"]]}, ["label"]),
            ({"label": [[10, 12, "Y"], [0, 4, "X"]]}, ["label"]), ({"label": [[0, 4, "Z"]], "labels": [[0, 4, "Z"]]}, ["label", "label"]),
            ({"path": "a.txt", "filename": "b.txt"}, ["filename"]), ({"path": "a.txt", "filename": "a.txt"}, []),
            ({"username": "amy", "annotator": "zoe"}, ["annotator"]), ({"offset_unit": "furlong"}, ["offset_unit"]),
            ({"offset_unit": "utf-16", "Comments": None, "relations": None, "label": None, "cats": None}, [])):
        with Corpus() as corpus:
            corpus.write("d.jsonl", json.dumps({**plain, **more}) + "\n")
            expected = [("unknown-member", member) for member in told]
            assert lost_of(corpus, "--from", "doccano", "d.jsonl") == (expected, not expected), more
    with Corpus() as corpus:
        corpus.write("d.jsonl", json.dumps({**plain, "data": {"k": 1}}) + "\n")
        corpus.convert("kutip", "--strict", "-o", "k", inputs=("d.jsonl",))
        assert json.loads(corpus.convert("doccano", "--strict", inputs=("k",)))["data"] == {"k": 1}


def go_back(corpus, to, name):
    """What is in the file after a way to itself, and after one by way of Kutip; neither may lose anything."""
    corpus.convert(to, "--strict", "--from", to, "-o", "self.json", "--force", inputs=(name,))
    shutil.rmtree(corpus.at("k"), ignore_errors=True)
    corpus.convert("kutip", "--strict", "--from", to, "-o", "k", inputs=(name,))
    corpus.convert(to, "--strict", "-o", "back.json", "--force", inputs=("k",))
    return corpus.read("self.json"), corpus.read("back.json")


def test_tasks_of_prodigy():
    """A task's view and session stay; what its spans, relations, tokens and meta say otherwise than Kutip does is told of."""
    def make(**more):
        task = {"text": TEXT, "_view_id": "ner_manual", "_annotator_id": "amy", "_session_id": "set-amy", "answer": "accept",
                "tokens": [{"text": TEXT[:23], "start": 0, "end": 23, "id": 0, "ws": False},
                           {"text": TEXT[23:], "start": 23, "end": len(TEXT), "id": 1, "ws": False}], "meta": {"title": "T"},
                "spans": [{"start": 0, "end": 4, "token_start": 0, "token_end": 0, "label": "X"}],
                "relations": [{"head": 0, "child": 0, "label": "same"}]}
        task.update({name: value for name, value in more.items() if not isinstance(value, dict) or name == "meta"})
        for name, value in more.items():
            if isinstance(value, dict) and name != "meta":
                task[name][0].update(value)
        return json.dumps(task) + "\n"

    with Corpus() as corpus:
        corpus.write("t.jsonl", make())
        for back in go_back(corpus, "prodigy", "t.jsonl"):
            task = json.loads(back)
            assert (task["_view_id"], task["_annotator_id"], task["_session_id"]) == ("ner_manual", "amy", "set-amy"), task
        # Two annotators of one article are still one.
        corpus.write("two.jsonl", "".join(back.replace('"amy"', f'"{who}"') for who in ("amy", "zoe")))
        corpus.convert("kutip", "--strict", "-o", "two", inputs=("two.jsonl",))
        assert len([name for name in os.listdir(corpus.at("two")) if name.endswith(".annotations.json")]) == 2, os.listdir(corpus.at("two"))
        for more, told in (
                ({"meta": "x"}, "meta"), ({"tokens": {"disabled": True}}, "disabled"), ({"spans": {"note": ["x"]}}, "note"),
                ({"spans": {"links": [{"base": "b", "id": "1", "x": 2}]}}, "links"), ({"spans": {"links": ["Q1"]}}, "links"),
                ({"spans": {"origin": "model"}}, "origin"), ({"spans": {"origin": {"by": "m", "x": 1}}}, "origin"),
                ({"spans": {"unsure": 3}}, "unsure"), ({"spans": {"group": [1]}}, "group"), ({"relations": {"event": {"a": 1}}}, "event"),
                ({"relations": {"attributes": [1]}}, "attributes"), ({"spans": {"unsure": False, "note": None, "colour": "red"}}, None),
                ({"spans": {"origin": {"by": "m", "score": 0.5}, "links": [{"base": "b", "id": "1", "title": "t"}]}}, None)):
            corpus.write("t.jsonl", make(**more))
            expected = [] if told is None else [("unknown-member", told)]
            assert lost_of(corpus, "--from", "prodigy", "t.jsonl") == (expected, not expected), more


def list_leaves(value, where=""):
    """All that a JSON value says, each with the names of the members above it."""
    if isinstance(value, (dict, list)) and value:
        for name, child in value.items() if isinstance(value, dict) else (("", child) for child in value):
            yield from list_leaves(child, f"{where}.{name}")
    else:
        yield f"{where}={json.dumps(value, ensure_ascii=False)}"


def find_gone(before, after):
    """What @before says and @after does not, as often as it does."""
    left = list(list_leaves(after))
    gone = []
    for leaf in list_leaves(before):
        if leaf in left:
            left.remove(leaf)
        else:
            gone.append(leaf)
    return gone


def studio(kind, value, at=None, **more):
    """A result of a region of another's project, or of the article."""
    place = {} if at is None else {"start": at[0], "end": at[1], **({} if kind == "textarea" else {"text": TEXT[at[0]:at[1]]})}
    return {"id": "R1" if at else f"id of {kind}", "from_name": f"my {kind}", "to_name": "body", "type": kind, "origin": "manual",
            "value": {**place, "text" if kind == "textarea" else kind: value}, **more}


REGION = studio("labels", ["PER"], (0, 4))
SECOND = {**studio("labels", ["LOC"], (16, 23)), "id": "R2"}
VALUES_OF = [("choices", ["a"]), ("choices", ["a", "b"]), ("choices", ["very " * 20]), ("textarea", ["free"]), ("textarea", ["x", "y"]),
             ("textarea", "alone"), ("rating", 4), ("number", 1.5), ("datetime", "2024-01-31")]
STUDIO = [("regions", [REGION, SECOND], {}), ("nothing", [], {})]
STUDIO += [(f"{kind} {value}", [REGION, studio(kind, value, (0, 4))], {}) for kind, value in VALUES_OF]
STUDIO += [(f"{kind} {value} of the article", [REGION, studio(kind, value)], {}) for kind, value in VALUES_OF]
STUDIO += [
    ("only of the article", [studio("choices", ["a"]), studio("rating", 3)], {}),
    ("two controls of regions", [REGION, {**SECOND, "from_name": "places"}], {}),
    ("two texts", [REGION, {**SECOND, "from_name": "places", "to_name": "other"}], {}),
    ("several labels", [{**REGION, "from_name": "kind"}, {**SECOND, "value": {**SECOND["value"], "labels": ["LOC"]}, "score": 0.5}], {}),
    ("offsets told twice", [{**REGION, "value": {**REGION["value"], "globalOffsets": {"start": 0, "end": 4}}}], {}),
    ("members of regions", [{**REGION, "origin": "prediction-changed", "score": 0.7, "readonly": True, "parentID": "R9",
                             "meta": {"text": ["one", "two"], "lead": {"a": 1}}, "value": {**REGION["value"], "score": 0.3}}], {}),
    ("a note", [{**REGION, "meta": {"text": ["one"]}}], {}),
    ("members of attributes", [REGION, studio("choices", ["a"], (0, 4), origin="prediction", readonly=True, score=0.2),
                               studio("number", 3, item_index=1, meta={"k": [1]})], {}),
    ("a person", [REGION], {"completed_by": {"id": 5, "email": "zoe", "first_name": "Zoe", "avatar": None}}),
    ("a person’s number", [REGION], {"completed_by": 7}), ("a person’s name", [REGION], {"completed_by": "zoe"}),
    ("members of annotations", [REGION], {"lead_time": 1.5, "ground_truth": True, "was_cancelled": False, "prediction": {"id": 3}})]


def test_projects_of_label_studio():
    """What another’s project calls its controls and text, and all that it says of results, comes back, and is in the configuration."""
    with Corpus() as corpus:
        for why, results, of_annotation in STUDIO:
            for key in ("text", "story") if why == "regions" else ("text",):
                task = {"id": 3, "data": {key: TEXT, "status": "open"}, "annotations": [{"result": results, **of_annotation}]}
                corpus.write("t.json", json.dumps([task]))
                for name in ("self.json", "back.json"):
                    if os.path.exists(corpus.at(name)):
                        os.remove(corpus.at(name))
                for nth, back in enumerate(go_back(corpus, "label-studio", "t.json")):
                    gone = find_gone([task], json.loads(back))
                    assert not gone, (why, key, nth, gone, back)
                    config = corpus.read(("self", "back")[nth] + ".config.xml")
                    assert not missing(json.loads(back), config), (why, missing(json.loads(back), config), config)
                    assert f'value="${key}"' in config and config.count("<Text ") == (2 if why == "two texts" else 1), (why, config)


def test_new_in_projects_of_label_studio():
    """What is marked in Kutip gets the project's own control, and results that cannot be written again are kept as they are."""
    with Corpus() as corpus:
        odd = [studio("choices", ["a"], (5, 9)), studio("taxonomy", [["a", "b"]], (0, 4)), studio("choices", ["b"], (0, 4))]
        task = {"id": 3, "data": {"text": TEXT}, "annotations": [{"completed_by": {"id": 5, "email": "zoe"}, "result": [
            REGION, studio("choices", ["a"], (0, 4)), *odd]}]}
        corpus.write("t.json", json.dumps([task]))
        corpus.convert("kutip", "-o", "k", inputs=("t.json",))
        name = "k/t-3.txt.zoe.annotations.json"
        sidecar = json.loads(corpus.read(name))
        sidecar["spans"].append({"id": "s9", "label": "LOC", "ranges": [[16, 23]], "text": ["Jakarta"], "attributes": {"my choices": "c"}})
        sidecar["annotator"] = "amy"
        corpus.write("k/t-3.txt.amy.annotations.json", json.dumps(sidecar))
        os.remove(corpus.at(name))
        corpus.convert("label-studio", "-o", "back.json", inputs=("k",))
        layer = json.loads(corpus.read("back.json"))[0]["annotations"][0]
        new = [result for result in layer["result"] if result.get("id") == "s9"]
        assert [(result["from_name"], result["to_name"], result["type"]) for result in new] == [
            ("my labels", "body", "labels"), ("my choices", "body", "choices")], new
        assert all(result in layer["result"] for result in odd), layer
        # Another person than the one who is kept.
        assert layer["completed_by"] == {"email": "amy"}, layer


def test_bodies_of_recogito():
    """What bodies and links say beyond their tags and comments is kept with the span or relation."""
    def span(name, *bodies):
        return {"id": name, "bodies": list(bodies), "target": {"selector": [{"start": 0, "end": 4, "quote": "Budi"}]}}

    tag = {"id": "b1", "annotation": "a1", "purpose": "tagging", "value": "X"}
    link = {"id": "l1", "motivation": "linking", "target": "a1", "body": "a2"}
    with Corpus() as corpus:
        corpus.write("a.txt", TEXT)
        for bodies, of_link, kept, kept_of_link in (
                ([{"purpose": "tagging", "value": "X"}], {}, False, False), ([{**tag, "creator": {"id": "amy"}}], {}, True, False),
                ([tag], {"created": "2024"}, True, True), ([{"purpose": "tagging", "value": "X"}, {"purpose": "commenting", "value": "n"}], {}, False, False),
                ([tag], {"bodies": [{"purpose": "tagging", "value": "by"}]}, True, False),
                ([tag], {"bodies": [{"purpose": "tagging", "value": "by"}, {"purpose": "tagging", "value": "of"}]}, True, True)):
            corpus.write("r.json", json.dumps([span("a1", *bodies), span("a2", tag), {**link, **of_link}]))
            shutil.rmtree(corpus.at("k"), ignore_errors=True)
            corpus.convert("kutip", "--from", "recogito", "-o", "k", inputs=("r.json", "a.txt"))
            sidecar = json.loads(corpus.read("k/a.txt.annotations.json"))
            first = next(span for span in sidecar["spans"] if span["id"] == "a1")
            assert first.get("recogito", {}).get("bodies") == (bodies if kept else None), first
            relation = sidecar["relations"][0]
            assert relation.get("recogito") == (of_link if kept_of_link else None), relation


def is_in(value, text):
    return (value if isinstance(value, str) else json.dumps(value)) in text


def test_exports_of_hypothesis_and_recogito():
    """All that is in exports of programs to which there is no way back is in the sidecars: nothing of it is told of as left out."""
    def mark(name, **more):
        return {"id": f"zq-{name}", "created": f"2024-{name}", "updated": f"2025-{name}", "user": "acct:amy@h", "uri": "https://e.x/a", "text": f"zq text {name}",
                "group": f"zq group {name}", "permissions": {"read": [f"zq read {name}"]}, "tags": [f"zq tag {name}", f"zq other {name}"], "flagged": True,
                "document": {"title": ["a"], "zq": f"zq document {name}"}, "target": [place(name)], **more}

    def place(name):
        return {"source": f"zq source {name}", "selector": [
            {"type": "RangeSelector", "startContainer": f"/zq[{name}]", "startOffset": 7001, "endContainer": "/zq", "endOffset": 7002},
            {"type": "TextPositionSelector", "start": 0, "end": 4}, {"type": "TextQuoteSelector", "exact": "Budi", "prefix": f"zq prefix {name}"}]}

    def person(name, **more):
        return {"id": f"zq-{name}", "bodies": [{"id": f"zq body {name}", "annotation": f"zq-{name}", "purpose": "tagging", "value": f"zq tag {name}"}],
                "target": {"annotation": f"zq-{name}", "selector": [{"id": f"zq place {name}", "start": 0, "end": 4, "quote": "Budi"}], "created": f"2024-{name}",
                           "creator": {"id": f"zq creator {name}", "name": "amy"}, "updatedBy": {"id": f"zq updater {name}"}, "updated": f"2025-{name}"}, **more}

    hypothesis = [mark("s"), mark("page", target=[{"source": "zq source page"}]), mark("answer", references=["zq-s"], target=[{"source": "zq source answer"}]),
                  mark("odd", tags=["zq tag odd", 7003, {"zq": "zq in tag"}], text={"zq": "zq in text"}, updated=7004, created=None),
                  mark("two", target=[place("one"), place("other")])]
    recogito = [person("s", properties={"zq": "zq property"}), person("t", bodies=[{"purpose": "zq purpose", "value": "zq remark"}, {"purpose": "tagging"}, {"value": 7005}]),
                person("u", bodies=[{"purpose": "commenting", "value": "zq remark u"}, {"purpose": "tagging", "value": "zq tag u"}]),
                {"id": "zq-l", "motivation": "linking", "target": "zq-s", "body": "zq-t", "bodies": [{"id": "zq body l", "value": "zq tag l"}], "zq": "zq of link"}]
    export = {"export_date": "zq date", "export_userid": "zq exporter", "client_version": "zq version", "annotations": hypothesis, "zq": ["zq other"]}
    for name, content in (("hypothesis", export), ("recogito", recogito)):
        with Corpus() as corpus:
            corpus.write("a.txt", TEXT)
            corpus.write("x.json", json.dumps(content))
            corpus.convert("kutip", "--strict", "--from", name, "-o", "k", inputs=("x.json", "a.txt"))
            said = "".join(file + corpus.read(f"k/{file}") for file in os.listdir(corpus.at("k")))
            gone = [leaf for leaf in list_leaves(content) if "zq" in leaf or ": 700" in leaf
                    if not is_in(json.loads(leaf.partition("=")[2]), said)]
            assert not gone, (name, gone)


def make_annotation(name="urn:a", **more):
    return {"@context": "http://www.w3.org/ns/anno.jsonld", "id": name, "type": "Annotation", "motivation": "highlighting",
            "target": {"source": "a.txt", "selector": [{"type": "TextQuoteSelector", "exact": "Budi"}]}, **more}


def go_back_beside(corpus, annotations, text="a.txt", options=("--strict",)):
    """What a web annotation's file says after a way to itself, and after one by way of Kutip."""
    corpus.write("w.jsonld", json.dumps(annotations))
    for folder in ("k", "t"):
        shutil.rmtree(corpus.at(folder), ignore_errors=True)
    corpus.convert("web-annotation", *options, "--force", "-o", "self.jsonld", inputs=("w.jsonld", text))
    corpus.convert("kutip", *options, "-o", "k", inputs=("w.jsonld", text))
    corpus.convert("web-annotation", *options, "--force", "-o", "back.jsonld", inputs=("k",))
    # What Kutip wrote is read as what others did.
    corpus.convert("kutip", *options, "-o", "t", inputs=("back.jsonld", text))
    for name in os.listdir(corpus.at("k")):
        assert corpus.read(f"t/{name}") == corpus.read(f"k/{name}"), name
    for name in ("self.jsonld", "back.jsonld"):
        yield {one["id"]: one for page in json.loads(corpus.read(name)) for one in page["items"]}


TAG = {"type": "TextualBody", "purpose": "tagging", "value": "X"}
ABOUT = {"type": "SpecificResource", "purpose": "identifying", "source": "https://e.x/1"}
QUOTE = {"type": "TextQuoteSelector", "exact": "Budi", "prefix": "", "suffix": " said"}
BODIES = [
    [TAG, {**TAG, "purpose": "commenting"}], [{**TAG, "creator": None}], "https://e.x/1", ABOUT, [TAG, {"id": "https://e.x/1"}],
    {**TAG, "purpose": "classifying", "label": "form"}, {**TAG, "creator": {"id": "amy"}}, [TAG, {**TAG, "x": 1}], {**TAG, "label": "form"},
    {**TAG, "value": ["X", "Y"]}, {**ABOUT, "selector": {}}, {**ABOUT, "id": "b"}, {**TAG, "value": {"a": 1}, "id": "urn:b"}, {**TAG, "value": 5},
    {"type": "TextualBody"}, [{**ABOUT, "purpose": "linking"}, TAG], [{**TAG, "purpose": "describing"}, TAG], [TAG, TAG],
    [{"type": "TextualBody", "value": "one", "format": "text/html", "language": "id"}, {"type": "TextualBody", "value": "two"}],
    {"type": "Choice", "items": [{"type": "TextualBody", "value": "a"}, {"type": "TextualBody", "value": "b"}]}, {**TAG, "type": "Text"}, []]
OTHERS = [
    {"motivation": ["tagging", "oa:other"]}, {"motivation": "classifying"}, {"bodyValue": "a comment"}, {"bodyValue": "T", "motivation": "tagging"},
    {"creator": "https://e.x/amy"}, {"creator": {"id": "https://e.x/amy", "type": "Organization", "name": "zoe", "email": "a@b.c"}},
    {"creator": ["https://e.x/amy", {"type": "Person", "name": "zoe"}]}, {"creator": {"type": "Person", "name": "zoe"}},
    {"generator": {"id": "https://e.x/g", "type": "Software", "name": "gen", "homepage": "https://e.x/h"}}, {"generator": "https://e.x/g"},
    {"audience": {"id": "https://e.x/a"}, "rights": "https://e.x/r", "canonical": "urn:c", "via": ["urn:v"], "stylesheet": {"value": ".a {}"}},
    {"target": {"id": "urn:t", "type": "SpecificResource", "source": {"id": "https://e.x/deep/a.txt", "type": "Text", "language": "id"},
                "selector": [QUOTE, {"type": "XPathSelector", "value": "/p"}], "state": {"type": "HttpRequestState"}, "styleClass": "red",
                "renderedVia": "urn:r", "scope": "urn:s"}},
    {"target": {"source": "a.txt", "selector": {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc5147", "value": "char=0,4"}}},
    {"target": {"source": "a.txt", "selector": {"type": "CssSelector", "value": "p", "refinedBy": QUOTE}}},
    {"target": [{"source": "a.txt", "selector": QUOTE, "x": 1}, {"source": "a.txt", "selector": {"type": "TextPositionSelector", "start": 16, "end": 23}}]},
    {"target": {"source": "a.txt", "selector": [QUOTE, {"type": "TextPositionSelector", "start": 0, "end": 4}]}}]


def test_members_of_web_annotations():
    """All that others' annotations say comes back as it stood, whatever Kutip understands of it."""
    with Corpus() as corpus:
        corpus.write("a.txt", TEXT)
        for more in [{"body": body} for body in BODIES] + OTHERS:
            annotation = make_annotation(**{"body": [TAG], **more} if "bodyValue" not in more else more)
            for found in go_back_beside(corpus, [annotation]):
                gone = find_gone({name: value for name, value in annotation.items() if name != "@context" and value}, found["urn:a"])
                gone = [leaf for leaf in gone if not leaf.endswith("=null")]
                assert not gone, (more, gone, found)
        # A link, and what it says beside where it leads.
        for body, target in ((["urn:b"], "urn:a"), ({"id": "urn:b", "x": 1}, "urn:a"), (["urn:b", {"id": "urn:a"}], "urn:a"), ([TAG, "urn:b"], {"id": "urn:a", "x": 2}),
                             ({"type": "SpecificResource", "purpose": "linking", "source": "urn:b"}, ["urn:a"])):
            link = make_annotation("urn:l", motivation="linking", body=body, target=target)
            for found in go_back_beside(corpus, [make_annotation(body=TAG), make_annotation("urn:b", body=TAG), link]):
                assert not find_gone({"body": body, "target": target}, found["urn:l"]), (body, found)


def test_pages_of_web_annotations():
    """What selects no text comes back, again and again; what others say of whole pages is told of, as are links from what is there twice."""
    picture = make_annotation("urn:p", body=[TAG], target={"source": "a.txt", "selector": {"type": "SvgSelector", "value": "<svg/>"}})
    link = make_annotation("urn:l", motivation="linking", body=["urn:b"], target="urn:a")
    with Corpus() as corpus:
        corpus.write("a.txt", TEXT)
        corpus.write("b.txt", TEXT)
        for found in go_back_beside(corpus, [make_annotation(body=[TAG]), picture]):
            assert list(found) == ["urn:a"], found
        assert '"annotations": [{' in corpus.read("back.jsonld") and '"<svg/>"' in corpus.read("back.jsonld")
        page = {"type": "AnnotationPage", "@context": "http://www.w3.org/ns/anno.jsonld", "startIndex": 0, "items": [make_annotation(body=[TAG])]}
        both = [make_annotation(body=[TAG], creator=who) for who in ("amy", "zoe")] + [make_annotation("urn:b", body=[TAG], creator=who) for who in ("amy", "zoe")]
        elsewhere = {"source": "b.txt", "selector": [{"type": "TextQuoteSelector", "exact": "Budi"}]}
        for content, told in (
                (page, []), ({**page, "id": "urn:page", "partOf": "urn:c"}, ["id", "partOf"]),
                ({"type": "AnnotationCollection", "@context": page["@context"], "total": 1, "label": "L", "first": page}, ["label"]),
                (both, []), ([*both, link], [None]), ([make_annotation(body=[TAG]), make_annotation(body=[TAG], target=elsewhere)], []),
                ([make_annotation(body=[TAG]), make_annotation("urn:b", body=[TAG], target=elsewhere), make_annotation(body=[TAG], target=elsewhere), link], [None])):
            corpus.write("w.jsonld", json.dumps(content))
            shutil.rmtree(corpus.at("k"), ignore_errors=True)
            strict = run("convert", "--to", "kutip", "--strict", "--losses", "l.json", "-o", "k", "w.jsonld", "a.txt", "b.txt", cwd=corpus.path)
            found = [warning.get("detail") for warning in json.loads(corpus.read("l.json"))["warnings"]["list"]
                     if warning["kind"] == "unknown-member" or (warning["kind"] == "id-twice" and told == [None])]
            assert (found if told != [None] else found[:1], strict.returncode) == (told, 1 if told else 0), (content, found, strict.stderr)


def test_changed_web_annotations():
    """What another program said of an annotation gives way to what Kutip's user made of it, and is told of."""
    with Corpus() as corpus:
        corpus.write("a.txt", TEXT)
        annotation = make_annotation(body=[{**TAG, "creator": {"id": "amy"}}], target={"source": "https://e.x/a.txt", "selector": QUOTE, "state": {"x": 1}})
        for change, kept in (({}, ("body", "target")), ({"label": "Y"}, ("target",)), ({"note": "n"}, ("target",)), ({"attributes": {"a": "b"}}, ("target",)),
                             ({"ranges": [[5, 9]], "text": ["said"]}, ("body",)), ({"unsure": True}, ("body", "target"))):
            list(go_back_beside(corpus, [annotation]))
            sidecar = json.loads(corpus.read("k/a.txt.annotations.json"))
            sidecar["spans"][0] |= change
            corpus.write("k/a.txt.annotations.json", json.dumps(sidecar))
            corpus.convert("web-annotation", "--force", "--losses", "l.json", "-o", "c.jsonld", inputs=("k",))
            (found,) = json.loads(corpus.read("c.jsonld"))[0]["items"]
            losses = json.loads(corpus.read("l.json"))["losses"]["list"]
            assert [name for name in ("body", "target") if found[name] == annotation[name]] == list(kept), (change, found)
            assert [loss["kind"] for loss in losses if loss["kind"] != "tagset"] == ["unknown-members"] * (len(kept) < 2), (change, losses)


def test_ends_of_prodigy():
    """What an end of a relation says beyond its place is told of: ends are made anew from the spans."""
    spans = [{"start": 0, "end": 4, "token_start": 0, "token_end": 0, "label": "X"},
             {"start": 10, "end": 12, "token_start": 3, "token_end": 3, "label": "Y"}]
    with Corpus() as corpus:
        for end in ("head_span", "child_span"):
            for more, told in (({}, None), ({"id": None}, None), ({"group": "g"}, "group"), ({"color": "red"}, "color"),
                               ({"label": {"a": 1}}, "label"), ({"label": "Z"}, "label"), ({"start": 1, "label": "Z"}, "start label"),
                               ({"end": 5}, "end"), ("X", end)):
                relation = {"head": 0, "child": 3, "label": "by", "head_span": spans[0], "child_span": spans[1]}
                relation[end] = relation[end] | more if isinstance(more, dict) else more
                corpus.write("p.jsonl", json.dumps({"text": TEXT, "spans": spans, "relations": [relation], "answer": "accept"}) + "\n")
                expected = [("unknown-member", member) for member in (told or "").split()]
                assert lost_of(corpus, "--from", "prodigy", "p.jsonl") == (expected, not expected), (end, more)


def test_numbers_of_prodigy():
    """Tokens are counted anew: numbers that say another token than the offsets beside them do are told of."""
    starts = [0, 5, 10, 13, 16]
    tokens = [{"text": TEXT[start:end], "start": start, "end": end, "id": i, "ws": TEXT[end:end + 1] == " "}
              for i, (start, end) in enumerate(zip(starts, [4, 9, 12, 15, 23]))]
    tokens.append({"text": TEXT[23:], "start": 23, "end": len(TEXT), "id": 5, "ws": False})

    def make(change):
        first, second = [{"start": 0, "end": 4, "token_start": 0, "token_end": 0, "label": "X", "id": "a"},
                         {"start": 10, "end": 15, "token_start": 2, "token_end": 3, "label": "Y", "id": "b"}]
        relation = {"head": 0, "child": 3, "label": "by", "head_span": dict(first), "child_span": dict(second)}
        for end in ("head_span", "child_span"):
            del relation[end]["id"]
        task = {"text": TEXT, "tokens": tokens, "spans": [first, second], "relations": [relation], "answer": "accept"}
        change(task, relation)
        return json.dumps(task) + "\n"

    with Corpus() as corpus:
        for change, told in ((lambda task, relation: None, ""), (lambda task, relation: task["spans"][1].update(token_start=1), "token_start"),
                             (lambda task, relation: task["spans"][1].update(token_end=77), "token_end"),
                             (lambda task, relation: task["spans"][1].update(token_end=None), ""),
                             (lambda task, relation: relation["child_span"].update(token_end=2), "token_end"),
                             (lambda task, relation: relation.update(child=2), "child"),
                             (lambda task, relation: relation.update({"to": "b", "from": "a", "head": 3}), "head"),
                             (lambda task, relation: relation.update({"to": "b", "from": "a"}), "")):
            corpus.write("p.jsonl", make(change))
            expected = [("unknown-member", member) for member in told.split()]
            assert lost_of(corpus, "--from", "prodigy", "p.jsonl") == (expected, not expected), corpus.read("p.jsonl")


def test_comments_of_doccano():
    """Who said what of a text, and in how many comments, comes back; unless the note was changed, which is told."""
    with Corpus() as corpus:
        for comments in (["one"], ["one", "two"], [{"id": 3, "comment": "hm", "user": "zoe", "created_at": "2024"}], [7], [None, "x"], [],
                         [{"id": 3, "comment": "a"}, {"id": 4, "comment": "b", "user": {"id": 1}}], [{"id": 9, "user": "nobody"}]):
            corpus.write("d.jsonl", json.dumps({"text": TEXT, "label": [[0, 4, "X"]], "Comments": comments}) + "\n")
            for back in go_back(corpus, "doccano", "d.jsonl"):
                assert json.loads(back)["Comments"] == comments, (comments, back)
        corpus.write("d.jsonl", json.dumps({"text": TEXT, "Comments": [{"id": 3, "comment": "a"}], "comments": ["b"]}) + "\n")
        assert lost_of(corpus, "--from", "doccano", "d.jsonl") == ([("unknown-member", "comments")], False)
        corpus.write("d.jsonl", json.dumps({"text": TEXT, "label": [[0, 4, "X"]], "Comments": [{"id": 3, "comment": "a"}]}) + "\n")
        shutil.rmtree(corpus.at("k"), ignore_errors=True)
        corpus.convert("kutip", "-o", "k", inputs=("d.jsonl",))
        name = next(name for name in os.listdir(corpus.at("k")) if name.endswith(".annotations.json"))
        corpus.write(f"k/{name}", json.dumps(json.loads(corpus.read(f"k/{name}")) | {"note": "mine"}))
        corpus.convert("doccano", "-o", "b.jsonl", "--losses", "l.json", inputs=("k",))
        assert json.loads(corpus.read("b.jsonl"))["Comments"] == ["mine"]
        assert [(loss["kind"], loss["detail"]) for loss in json.loads(corpus.read("l.json"))["losses"]["list"]] == [("unknown-members", "Comments")]


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
