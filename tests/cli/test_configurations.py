# SPDX-License-Identifier: GPL-3.0-or-later
"""The configurations that other programs need beside the annotations define all that these name."""

import hashlib
import json
import sys
import xml.etree.ElementTree as ElementTree

from tap import run_cases, tests_of
from test_convert import Corpus, run

TEXT = "Budi said so.\nAni did not.\n"
LONG = "a word or two " * 8


def article(name):
    return {"file": name, "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "length": len(TEXT)}


def write_article(corpus, folder, number, values, tagset=None):
    """Two spans and a relation, with attributes that are chosen, typed and both, of a span and of the article."""
    name = f"{folder}/{number}.txt"
    corpus.write(name, TEXT)
    header = {"tagset": tagset} if tagset else {}
    corpus.write(f"{name}.annotations.json", json.dumps({
        "format": 1, "offsets": "unicode code points", "article": {**article(f"{number}.txt"), "attributes": values}, **header,
        "spans": [{"id": "s1", "label": "odd label", "ranges": [[5, 9]], "text": ["said"], "attributes": values},
                  {"id": "s2", "label": "source", "ranges": [[0, 4]], "text": ["Budi"]}],
        "relations": [{"id": "r1", "label": "odd rel", "from": "s1", "to": "s2"}]}))


VALUES = [
    {"topic": "crime", "free text": "short", "n": True, "list": ["a", "b"], "form": "direct"},
    {"topic": "tab\there", "free text": LONG, "n": "7", "list": ["c"], "date": "2022-08", "form": "none of its own"},
    {"free text": "two\nlines", "label": "x", "text": "y\tz", "topic": ["one", "t\x02wo"]},
]


def missing(tasks, config):
    """What results of @tasks name and @config does not define."""
    root = ElementTree.fromstring(config)
    controls = {found.get("name"): found for found in root.iter() if found.get("name")}
    assert len(controls) == sum(found.get("name") is not None for found in root.iter()), config
    found = set()
    for result in (result for task in tasks for layer in task["annotations"] + task["predictions"]
                   for result in layer["result"]):
        if result["type"] == "relation":
            known = {relation.get("value") for relation in root.iter("Relation")}
            found |= {("relation", label) for label in result["labels"] if label not in known}
            continue
        control = controls.get(result["from_name"])
        if control is None or result["to_name"] not in controls or control.tag.lower() != result["type"]:
            found.add((result["type"], result["from_name"]))
            continue
        if result["type"] != "labels" and (control.get("perRegion") == "true") != ("start" in result["value"]):
            found.add(("region", result["from_name"]))
        chosen = result["value"].get("choices", []) + result["value"].get("labels", [])
        values = {child.get("value") for child in control}
        found |= {(result["from_name"], value) for value in chosen if value not in values}
        if len(result["value"].get("choices", [])) > 1 and control.get("choice") != "multiple":
            found.add(("multiple", result["from_name"]))
    return found


NAMED = [
    ("no tag set", None, ()),
    ("the shipped one", {"name": "News attribution", "version": "1"}, ()),
    ("one that is nowhere", {"name": "Study", "version": "2"}, ()),
    ("another's, given", None, ("--tagset", "parc")),
    ("one in the folder", {"name": "Study", "version": "2"}, ("own",)),
]


def write_named(corpus, folder, tagset, options):
    for number, values in enumerate(VALUES):
        write_article(corpus, folder, number, values, tagset)
    if options == ("own",):
        corpus.write(f"{folder}/tagset.json", json.dumps({
            "format": 1, "name": "Study", "version": "2", "labels": [{"name": "odd label", "attributes": ["topic", "form"]}],
            "attributes": [{"name": "topic", "values": ["crime", "other"]}, {"name": "form", "type": "text"}],
            "article_attributes": ["form"]}))
        return ()
    return options


def test_label_studio():
    """Tasks name no control, label, choice or relation that the labelling configuration lacks."""
    for why, tagset, options in NAMED:
        with Corpus() as corpus:
            given = write_named(corpus, "study", tagset, options)
            tasks = json.loads(corpus.convert("label-studio", "-o", "t.json", *given, inputs=("study",)) or corpus.read("t.json"))
            config = corpus.read("t.config.xml")
            assert not missing(tasks, config), (why, missing(tasks, config), config)
            exported = run("export", "--to", "label-studio", "-o", "data", *given, "study", cwd=corpus.path)
            assert exported.returncode == 0, exported.stderr
            rows = json.loads(corpus.read("data/train.json"))
            assert len(rows) == 3 and not missing(rows, corpus.read("data/train.config.xml")), why


def test_given_tag_set_for_brat():
    """annotation.conf defines labels and relations that a given tag set lacks, as brat shows those as errors."""
    with Corpus() as corpus:
        write_article(corpus, "study", 0, VALUES[0])
        corpus.convert("brat", "-o", "out", "--tagset", "parc", inputs=("study",))
        exported = run("export", "--to", "brat", "-o", "data", "--tagset", "parc", "study", cwd=corpus.path)
        assert exported.returncode == 0, exported.stderr
        for name in ("out", "data/train"):
            lines = corpus.read(f"{name}/annotation.conf").split("\n")
            assert {"odd_label", "content"} <= set(lines), lines
            assert "odd_rel\tArg1:odd_label, Arg2:source" in lines, lines
            assert any(line.startswith("topic\tArg:odd_label") for line in lines), lines


BRAT = ("T1\tOrg 0 4\tBudi\nT2\tBank 5 9\tsaid\nT3\tOrg 14 17\tAni\nR1\tIn From:T1 To:T2\t\n*\tEquiv T1 T3 T2\n")
CONF = "[entities]\nOrg\n\tBank\n[relations]\nIn\tFrom:Org, To:Bank\nEquiv\tArg1:Org|Bank, Arg2:Org|Bank, <REL-TYPE>:symmetric-transitive\n"


def test_brat_again():
    """Arguments are called in annotation.conf as they are in the annotations, equivalences are what brat wants there."""
    for conf in (CONF, None):
        with Corpus() as corpus:
            corpus.write("study/a.txt", TEXT)
            corpus.write("study/a.ann", BRAT)
            if conf:
                corpus.write("study/annotation.conf", conf)
            corpus.convert("kutip", "-o", "ours", inputs=("study",))
            corpus.convert("brat", "-o", "out", inputs=("ours",))
            lines = corpus.read("out/annotation.conf").split("\n")
            assert "In\tFrom:Org, To:Bank" in lines, lines
            assert "Equiv\tArg1:Org|Bank, Arg2:Org|Bank, <REL-TYPE>:symmetric-transitive" in lines, lines
            assert ("\tBank" if conf else "Bank") in lines, lines
            assert corpus.read("out/a.ann") == BRAT
            # A relation that is new has the arguments of its type.
            if conf:
                name = "ours/a.txt.annotations.json"
                sidecar = json.loads(corpus.read(name))
                sidecar["relations"].append({"id": "R2", "label": "In", "from": "T3", "to": "T2"})
                corpus.write(name, json.dumps(sidecar))
                corpus.convert("brat", "-o", "new", inputs=("ours",))
                assert "R2\tIn From:T3 To:T2\t\n" in corpus.read("new/a.ann"), corpus.read("new/a.ann")


def test_no_tag_set():
    """Sidecars that name no tag set have the built-in one, as everywhere: their copy and a dataset of them have it, too."""
    with Corpus() as corpus:
        corpus.write("plain/a.txt", TEXT)
        corpus.write("plain/a.txt.annotations.json", json.dumps({
            "format": 1, "offsets": "unicode code points", "article": article("a.txt"),
            "spans": [{"id": "s1", "label": "quote", "ranges": [[0, 4]], "text": ["Budi"]}], "relations": []}))
        corpus.convert("kutip", "-o", "copy", inputs=("plain",))
        exported = run("export", "--to", "kutip", "-o", "data", "plain", cwd=corpus.path)
        assert exported.returncode == 0, exported.stderr
        told = [run("validate", "--json", ".", cwd=corpus.at(folder)) for folder in ("plain", "copy", "data/train")]
        assert b"attributed-to" in told[0].stdout and len({result.stdout for result in told}) == 1, told
        for name in ("copy/tagset.json", "data/tagset.json"):
            assert json.loads(corpus.read(name))["name"] == "News attribution", name
        # Others are not Kutip's own, and have the tag set that they make up.
        corpus.convert("kutip", "-o", "made")
        assert json.loads(corpus.read("made/tagset.json"))["name"] == "Converted"


def test_controls_of_a_split():
    """A tag set's own controls are there once, as they were, whether or not they are used."""
    with Corpus() as corpus:
        corpus.write("plain/a.txt", TEXT)
        corpus.write("plain/a.txt.annotations.json", json.dumps({
            "format": 1, "offsets": "unicode code points", "article": article("a.txt"), "spans": [{"id": "s1", "label": "quote", "ranges": [[0, 4]], "text": ["Budi"]}]}))
        corpus.convert("label-studio", "-o", "t.json", "--tagset", "news-attribution", inputs=("plain",))
        names = [found.get("name") for found in ElementTree.fromstring(corpus.read("t.config.xml")).iter() if found.get("name")]
        assert "form" in names and len(names) == len(set(names)), names
        assert not any(name.endswith((" (article)", " (text)")) for name in names if name not in ("note (text)",)), names


WHOLE = """# -*- Mode: Text -*-
[entities]
!Thing
\t!Living
\t\tPerson\t<NORM>:Wiki, <NORM>:Other
\tOrg
Loc\tfree
!Empty\t<NORM>:Wiki
# for people
-----

[relations]
!Group
\tRel\tArg1:Person, Arg2:Org
\tBelow\tArg1:Person, Arg2:Org, Arg3:Loc
Odd\tArg1:Person, Arg2:Org, <REL-TYPE>:asymmetric-reflexive, <X>:y
!None
<OVERLAP>\tArg1:Person, Arg2:Org, <OVL-TYPE>:contain

[events]
!Acts
\tSay\tWho:Person, <OTHER>:x
\t\tTell\tWhom?:Org

[attributes]
!Tense
\tPast\tArg:Person|Org
Sure\tArg:Loc, Value:L1|L2, DEFAULT:L1
# for attributes

[drawing]
Person\tbgColor:red

[more]
Bar"""


def test_brat_configuration_again():
    """All that an annotation.conf says is in the one that is written of it, at once or by way of Kutip's tag set; only what
    two lines say of one type is one line."""
    twice = "[entities]\nA\nB\n[attributes]\nSure\tArg:A\nSure\tArg:B, Value:x\nSure\tArg:A, Value:y|x\n"
    with Corpus() as corpus:
        for conf, wanted in ((WHOLE, WHOLE.split("\n")), (twice, None)):
            for number in "12":
                corpus.write(f"conf/{number}.txt", TEXT)
                corpus.write(f"conf/{number}.ann", "T1\tPerson 0 4\tBudi\n" if wanted else "T1\tA 0 4\tBudi\n")
            corpus.write("conf/annotation.conf", conf)
            for folder, source in (("brat", "conf"), ("kutip", "conf"), ("back", "kutip"), ("again", "brat")):
                corpus.convert(folder if folder == "kutip" else "brat", "--force", "-o", folder, inputs=(source,))
            written = corpus.read("brat/annotation.conf")
            assert corpus.read("back/annotation.conf") == corpus.read("again/annotation.conf") == written, written
            lines = [line for line in written.split("\n") if line]
            if wanted:
                assert lines == [line for line in wanted if line], lines
            else:
                assert "Sure\tArg:A|B, Value:x|y" in lines, lines
        # What means nothing in a list of types is told of.
        for section, line, told in (
                ("attributes", "Sure\tArg:A|nobody", [("Sure", "nobody")]),
                ("attributes", "Sure\tArg:<RELATION>", [(None, "<RELATION>")]),
                ("attributes", "Sure\tArg:<ANY>|A", []),
                ("relations", "By\tArg1:A|nobody, Arg2:none", [("By", "nobody"), ("By", "none")]),
                ("events", "Say\tWho:A|nobody", [("Who", "nobody")])):
            corpus.write("conf/annotation.conf", f"[entities]\nA\n[{section}]\n{line}\n")
            corpus.convert("brat", "--force", "--losses", "l.json", "-o", "brat", inputs=("conf",))
            warnings = json.loads(corpus.read("l.json"))["warnings"]["list"]
            assert [(entry.get("id"), entry["detail"]) for entry in warnings] == told, (line, warnings)
            strict = run("convert", "--strict", "--to", "brat", "-o", "strict", "--force", "conf", cwd=corpus.path)
            assert strict.returncode == (1 if told else 0), strict
        # What Kutip writes by itself is nothing to be kept.
        with open(corpus.at("kutip/tagset.json"), encoding="utf-8") as file:
            assert "brat_conf" not in json.load(file)


VISUAL = """# of the project
[labels]
Person | Human being | Human | H
Rel | Related to | rel
Nobody | No one
Org | Group
[drawing]
SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken
Person\tbgColor:#7FA2FF, borderColor:#010203
Org\tbgColor:#abc
Rel\tcolor:#ff00aa, dashArray:3-3
[more]
lines\tfor others
"""
SHORTCUTS = "# by hand\nP\tPerson\nX Rel\nN\tNobody\n"


def read_lines(corpus, path):
    return sorted("\t".join(line.split()) for line in corpus.read(path).split("\n") if line)


def test_look_of_brat():
    """Titles, colours and keys are in two files of brat's: they are a tag set's, and what else stands there comes back."""
    with Corpus() as corpus:
        corpus.write("conf/1.txt", TEXT)
        corpus.write("conf/1.ann", "T1\tPerson 0 4\tBudi\n")
        corpus.write("conf/annotation.conf", "[entities]\nPerson\nOrg\nLoc\n[relations]\nRel\tArg1:Person, Arg2:Org\n")
        corpus.write("conf/visual.conf", VISUAL)
        corpus.write("conf/kb_shortcuts.conf", SHORTCUTS)
        for folder, source in (("brat", "conf"), ("kutip", "conf"), ("back", "kutip"), ("again", "back")):
            corpus.convert(folder if folder == "kutip" else "brat", "--strict", "-o", folder, inputs=(source,))
        for folder in ("brat", "back", "again"):
            for name in ("visual.conf", "kb_shortcuts.conf"):
                wanted = read_lines(corpus, f"conf/{name}")
                found = read_lines(corpus, f"{folder}/{name}")
                # A short colour is written as a long one, too.
                assert found == wanted, (folder, found, wanted)
        tagset = json.loads(corpus.read("kutip/tagset.json"))
        labels = {label["name"]: [label.get(part) for part in ("title", "color", "key")] for label in tagset["labels"]}
        assert labels == {"Person": ["Human being", "#7fa2ff", "p"], "Org": ["Group", "#aabbcc", None], "Loc": [None] * 3}, labels
        assert [tagset["relations"][0][part] for part in ("title", "key")] == ["Related to", "x"], tagset
        # What is said anew in Kutip is in the lines that there are, and so the other way round.
        tagset["labels"][0] |= {"title": "Man", "color": "#000001", "key": "m"}
        tagset["labels"][2] |= {"title": "Place | Site", "color": "#fffffe", "key": "#"}
        corpus.write("kutip/tagset.json", json.dumps(tagset))
        corpus.convert("brat", "--strict", "-o", "new", inputs=("kutip",))
        visual = corpus.read("new/visual.conf").split("\n")
        assert {"Person | Man", "Person\tbgColor:#000001, borderColor:#010203", "Loc\tbgColor:#fffffe", "Nobody | No one"} <= set(visual), visual
        assert corpus.read("new/kb_shortcuts.conf").split("\n")[:2] == ["M\tPerson", "X\tRel"]
        corpus.convert("kutip", "--strict", "-o", "twice", inputs=("new",))
        assert json.loads(corpus.read("twice/tagset.json"))["labels"] == tagset["labels"]
        corpus.write("new/visual.conf", corpus.read("new/visual.conf").replace("Man", "Woman").replace("#fffffe", "#102030"))
        corpus.write("new/kb_shortcuts.conf", "W\tPerson\n")
        corpus.convert("kutip", "--strict", "-o", "thrice", inputs=("new",))
        labels = {label["name"]: label for label in json.loads(corpus.read("thrice/tagset.json"))["labels"]}
        assert labels["Person"] == {**tagset["labels"][0], "title": "Woman", "key": "w"}, labels
        assert labels["Loc"] == {**tagset["labels"][2], "color": "#102030"}, labels
        # brat knows nothing of the note; what Kutip writes by itself is nothing to be kept; words on dark colours are white.
        plain = {"format": 1, "name": "P", "labels": [{"name": "odd one", "title": "Odd", "color": "#000080", "key": "o"}]}
        corpus.write("plain/a.txt", TEXT)
        corpus.write("plain/tagset.json", json.dumps(plain))
        corpus.convert("brat", "--strict", "-o", "p", inputs=("plain",))
        assert corpus.read("p/visual.conf") == "[labels]\nodd_one | Odd\n\n[drawing]\nodd_one\tbgColor:#000080, fgColor:white\n"
        corpus.write("p/annotation.conf", "[entities]\nodd_one\n")
        corpus.write("p/a.ann", "T1\todd_one 0 4\tBudi\n")
        corpus.convert("kutip", "--strict", "-o", "q", inputs=("p",))
        read = json.loads(corpus.read("q/tagset.json"))
        assert read["labels"] == [{**plain["labels"][0], "name": "odd_one"}] and not [key for key in read if key.startswith("brat")], read
        # What is no text is told of, and the rest holds.
        for name in ("visual.conf", "kb_shortcuts.conf"):
            with open(corpus.at(f"conf/{name}"), "wb") as file:
                file.write(b"\xff\xfe")
            told = run("convert", "--to", "kutip", "-o", f"odd-{name}", "conf", cwd=corpus.path)
            assert told.returncode == 0 and f"conf/{name}: warning: tagset".encode() in told.stderr, told
            strict = run("convert", "--strict", "--to", "kutip", "-o", "no", "conf", cwd=corpus.path)
            assert strict.returncode == 1, strict


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
