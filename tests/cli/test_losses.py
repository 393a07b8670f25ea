# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing is dropped silently: ids and tag sets that a format has no place for, and articles that stand in a file twice;
and the format that a name stands for."""

import hashlib
import json
import os
import shutil
import sys

from tap import run_cases, tests_of
from test_convert import TEXT, Corpus, run


def read_losses(corpus, to, *inputs, out="lost", options=()):
    result = run("convert", "--to", to, "--losses", "l.json", "-o", out, *options, *inputs, cwd=corpus.path)
    assert result.returncode == 0, (to, result.stderr)
    losses = json.loads(corpus.read("l.json"))["losses"]
    os.remove(corpus.at("l.json"))
    path = corpus.at(out)
    shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
    return [(entry["kind"], entry["path"], entry.get("id"), entry.get("detail")) for entry in losses["list"]]


def test_ids():
    """Ids that a format does not keep are told of, once for an article; but for those that Kutip makes by counting."""
    lost = {"webanno-tsv": "T3", "conll": "T3", "doccano": "T3", "refi-qda": "T3", "html": "T3", "conllu": "R1",
            "brat": None, "csv": None, "jsonl": None, "spacy-doc": None}
    with Corpus() as corpus:
        for to, first in lost.items():
            ids = [(path, i) for kind, path, i, _ in read_losses(corpus, to, "in") if kind == "ids"]
            assert ids == ([("a.txt", first), ("sub/b.txt", first)] if first else []), (to, ids)
        counted = json.loads(corpus.convert("jsonl", inputs=("in/a.ann",)).replace('"T', '"s').replace('"R', '"r'))
        corpus.write("counted/a.txt", TEXT)
        corpus.write("counted/a.txt.annotations.json", json.dumps(counted["layers"][0]))
        for to in lost:
            assert "ids" not in {loss[0] for loss in read_losses(corpus, to, "counted")}, to
        for wrong in ("s", "s1a", "1", "T1", "sr1", "r-1"):
            other = json.dumps(counted["layers"][0]).replace('"s3"', f'"{wrong}"')
            corpus.write("counted/a.txt.annotations.json", other)
            ids = [loss for loss in read_losses(corpus, "doccano", "counted") if loss[0] == "ids"]
            assert ids == [("ids", "a.txt", wrong, None)], (wrong, ids)


def test_tag_set_is_lost():
    """The tag set of a folder is told of where the new format has no place for it."""
    with Corpus() as corpus:
        corpus.convert("kutip", "-o", "ours")
        os.remove(corpus.at("ours/tagset.json"))
        for to in ("csv", "jsonl", "brat"):
            assert "tagset" not in {loss[0] for loss in read_losses(corpus, to, "ours")}, to
        corpus.write("ours/tagset.json", json.dumps({"format": 1, "name": "Study", "version": "1", "spans": []}))
        for to, is_lost in (("csv", True), ("jsonl", True), ("prodigy", True), ("brat", False), ("kutip", False)):
            found = [loss for loss in read_losses(corpus, to, "ours") if loss[0] == "tagset"]
            assert found == ([("tagset", "a.txt", None, "Study")] if is_lost else []), (to, found)
        refused = run("convert", "--strict", "--to", "csv", "-o", "no.csv", "ours", cwd=corpus.path)
        assert refused.returncode == 1 and b"tagset" in refused.stderr and not os.path.exists(corpus.at("no.csv"))
        # A dataset has it beside its rows.
        exported = run("export", "--to", "csv", "-o", "data", "ours", cwd=corpus.path)
        assert exported.returncode == 0 and b"tagset" not in exported.stderr, exported.stderr
        assert os.path.exists(corpus.at("data/tagset.json"))


def test_articles_that_nobody_annotated():
    """They have no layer that could be counted, or lost in a table; one that somebody has begun is told of."""
    with Corpus() as corpus:
        corpus.convert("kutip", "-o", "ours")
        os.remove(corpus.at("ours/tagset.json"))
        layers = json.loads(run("stats", "--json", "ours", cwd=corpus.path).stdout)["layers"]
        corpus.write("ours/new.txt", "Nobody.")
        for to in ("csv", "jsonl", "brat", "kutip"):
            said = run("convert", "--json", "--to", to, "-o", "out", "ours", cwd=corpus.path)
            assert json.loads(said.stdout)["layers"] == layers, (to, said.stdout)
            shutil.rmtree(corpus.at("out")) if os.path.isdir(corpus.at("out")) else os.remove(corpus.at("out"))
        assert "empty-layers" not in {loss[0] for loss in read_losses(corpus, "csv", "ours")}
        corpus.write("begun/new.txt", "Nobody.")
        begun = {"format": 1, "article": {"file": "new.txt", "length": 7, "sha256": hashlib.sha256(b"Nobody.").hexdigest()},
                 "tagset": {"name": "T", "version": "1"}, "spans": [], "relations": [],
                 "annotator": "amy", "offsets": "unicode code points"}
        corpus.write("begun/new.txt.amy.annotations.json", json.dumps(begun))
        found = [loss[:2] for loss in read_losses(corpus, "csv", "begun")]
        assert ("empty-layers", "new.txt") in found, found


def go_round(corpus, name, row):
    """The layer, and the row that it is again."""
    corpus.write("row.jsonl", json.dumps(row) + "\n")
    layers = json.loads(corpus.convert("jsonl", "--from", name, inputs=("row.jsonl",)))["layers"]
    corpus.convert("kutip", "--from", name, "-o", "row", inputs=("row.jsonl",))
    back = json.loads(corpus.convert(name, inputs=("row",)))
    shutil.rmtree(corpus.at("row"))
    return layers[0], back


def test_rows_of_doccano():
    """What else stands in a row comes back to doccano, and is told of on the way to others."""
    row = {"path": "x.txt", "id": 7, "text": "ab cd", "source": "BBC", "meta": {"k": ["v"]}, "score": 3,
           "entities": [{"id": 1, "label": "X", "start_offset": 0, "end_offset": 2, "by": {"model": "m"}}],
           "relations": [{"id": 4, "from_id": 1, "to_id": 1, "type": "r", "seen": True}], "cats": ["cat", "dog"]}
    with Corpus() as corpus:
        layer, back = go_round(corpus, "doccano", row)
        assert layer["attributes"] == {"cats": ["cat", "dog"]}, layer
        assert {name: back.get(name) for name in row if name not in ("entities", "relations")} == {
            name: value for name, value in row.items() if name not in ("entities", "relations")}, back
        assert back["entities"][0]["by"] == {"model": "m"} and back["relations"][0]["seen"] is True, back
        lost = read_losses(corpus, "brat", "row.jsonl", options=("--from", "doccano"))
        assert ("unknown-members", "x.txt", None, "doccano") in lost and "article-attributes" in {l[0] for l in lost}, lost
        for label in (["cat"], "cat"):
            layer, back = go_round(corpus, "doccano", {"text": "ab cd", "label": label})
            assert layer["attributes"] == {"cats": ["cat"]} and back["cats"] == ["cat"], (layer, back)
        # Scores of labels are no labels.
        layer, back = go_round(corpus, "doccano", {"text": "ab cd", "label": [], "cats": {"cat": 0.5}})
        assert "attributes" not in layer and back["cats"] == {"cat": 0.5}, (layer, back)
        # Of a label there is no more than three.
        corpus.write("row.jsonl", json.dumps({"text": "ab cd", "label": [[0, 2, "X", "more"]]}) + "\n")
        done = run("convert", "--from", "doccano", "--strict", "--to", "jsonl", "-o", "no", "row.jsonl", cwd=corpus.path)
        assert done.returncode == 1 and b"unknown-member" in done.stderr and not os.path.exists(corpus.at("no")), done


def test_rows_of_huggingface():
    """Columns of others are attributes, of the article and of spans; lists are told of."""
    row = {"topic": "pol", "id": "x.txt", "attributes": [{"name": "form", "type": "string", "values": ["news"]}],
           "text": "ab cd", "n": 4, "seen": True, "none": None, "empty": "",
           "spans": [{"id": "s1", "start": 0, "end": 2, "label": "X", "zz": 1, "sure": "yes", "denied": True}],
           "relations": [{"id": "r1", "label": "r", "from": "s1", "to": "s1", "weight": 0.5}]}
    with Corpus() as corpus:
        layer, back = go_round(corpus, "huggingface", row)
        assert layer["attributes"] == {"topic": "pol", "form": "news", "n": "4", "seen": True}, layer
        assert layer["spans"][0]["attributes"] == {"zz": "1", "sure": "yes", "denied": True}, layer
        assert layer["relations"][0]["attributes"] == {"weight": "0.5"}, layer
        assert {a["name"]: a["values"] for a in back["attributes"]} == {
            "topic": ["pol"], "form": ["news"], "n": ["4"], "seen": []}, back
        for member, where in (("tokens", row), ("meta", row["spans"][0])):
            where[member] = ["ab", "cd"]
            corpus.write("row.jsonl", json.dumps(row) + "\n")
            done = run("convert", "--from", "huggingface", "--strict", "--to", "jsonl", "-o", "no", "row.jsonl", cwd=corpus.path)
            assert done.returncode == 1 and f"unknown-member: {member}" in done.stderr.decode(), done
            assert not os.path.exists(corpus.at("no"))
            del where[member]



def test_unknown_members_wherever_they_are():
    """Each member that nobody knows is told of once in a layer, whether the file, the article, a span or a link has it."""
    sidecar = {
        "format": 1, "mine": 1, "offsets": "unicode code points", "spans": [
            {"id": "s1", "label": "Q", "ranges": [[0, 2]], "text": ["ab"], "of_span": 1},
            {"id": "s2", "label": "Q", "ranges": [[3, 5]], "text": ["cd"], "of_span": 2, "of_another": 1}],
        "relations": [{"id": "r1", "label": "to", "from": "s1", "to": "s2", "of_link": 1, "mine": 2}]}
    with Corpus() as corpus:
        corpus.write("x.txt", "ab cd")
        digest = hashlib.sha256(b"ab cd").hexdigest()
        sidecar["article"] = {"file": "x.txt", "sha256": digest, "length": 5, "of_article": 1}
        corpus.write("x.txt.annotations.json", json.dumps(sidecar))
        for to in ("brat", "webanno-tsv", "csv", "doccano"):
            lost = [loss for loss in read_losses(corpus, to, "x.txt") if loss[0] == "unknown-members"]
            assert sorted((detail, at) for _, _, at, detail in lost) == [
                ("mine", None), ("of_another", "s2"), ("of_article", None), ("of_link", "r1"), ("of_span", "s1")], (to, lost)

def test_columns_of_conll():
    """Columns between the token and its label are told of, but those that say nothing."""
    with Corpus() as corpus:
        for row, is_lost in (("EU NNP B-NP B-ORG", True), ("EU NNP _ B-ORG", True), ("EU _ O B-ORG", False), ("EU -X- - B-ORG", False),
                             ("EU B-ORG", False)):
            corpus.write("x.conll", f"{row}\n\n")
            done = run("convert", "--strict", "--to", "jsonl", "-o", "no", "x.conll", cwd=corpus.path)
            assert (done.returncode == 1) == is_lost == (b"warning: columns" in done.stderr), (row, done)
            if not is_lost:
                os.remove(corpus.at("no"))


def test_page_notes_of_hypothesis():
    """A note on a whole page becomes the article's, and its tags are the article's, too."""
    row = {"id": "n1", "uri": "https://e.x/a", "text": "Why", "target": [{"source": "https://e.x/a"}]}
    with Corpus() as corpus:
        corpus.write("h.json", json.dumps({"total": 2, "rows": [row | {"tags": ["one", "two"]}, row | {"id": "n2", "tags": ["x"]}]}))
        corpus.write("a.txt", TEXT)
        line = json.loads(corpus.convert("jsonl", "--from", "hypothesis", inputs=("h.json", "a.txt")))
        assert line["layers"][0]["attributes"] == {"tags": ["one", "two", "x"]} and line["layers"][0]["note"] == "Why\nWhy", line


def test_names_of_texts():
    """The only text that is named gives the article its name, whatever the page or the file is called; of several none does."""
    row = {"id": "n1", "uri": "https://e.x/sub/a", "tags": ["x"], "text": "", "document": {"title": ["My page"]},
           "target": [{"selector": [{"type": "TextPositionSelector", "start": 0, "end": 5}]}]}
    with Corpus() as corpus:
        corpus.write("a.json", json.dumps({"total": 1, "rows": [row]}))
        corpus.write("r.json", json.dumps([{"id": "s1", "bodies": [], "target": {"selector": [{"start": 0, "end": 5}]}}]))
        for name, file, texts, wanted in (("hypothesis", "a.json", ("a.txt",), "a.txt"), ("hypothesis", "a.json", ("b.txt",), "b.txt"),
                                          ("hypothesis", "a.json", ("My page.txt",), "My page.txt"),
                                          ("hypothesis", "a.json", ("My page.txt", "b.txt"), "My page"),
                                          ("recogito", "r.json", ("r.txt",), "r.txt"), ("recogito", "r.json", ("b.txt",), "b.txt")):
            for text in texts:
                corpus.write(text, TEXT)
            line = json.loads(corpus.convert("jsonl", "--from", name, inputs=(file, *texts)))
            assert line["path"] == wanted, (name, texts, line["path"])


def test_roles_of_citron():
    """What else is said of a source or a cue is kept; what is said of one otherwise a second time, and of a content, is told."""
    def make(other, **of_content):
        source = {"start": 0, "end": 2, "text": "ab"}
        return {"text": "ab cd ef.", "quotes": [
            {"cue": {"start": 3, "end": 5, "text": "cd", "tense": "past"}, "sources": [source | {"extra": {"a": 1}}],
             "contents": [{"start": 6, "end": 7, "text": "e", **of_content}]},
            {"sources": [source | other], "contents": [{"start": 7, "end": 8, "text": "f"}]}]}

    with Corpus() as corpus:
        for content, is_lost in ((make({"extra": {"a": 1}}), False), (make({}), False), (make({"extra": 2}), True),
                                 (make({}, sure=True), True)):
            corpus.write("c/a.json", json.dumps(content))
            shutil.rmtree(corpus.at("k"), ignore_errors=True)
            done = run("convert", "--from", "citron", "--strict", "--to", "kutip", "-o", "k", "c/a.json", cwd=corpus.path)
            assert (done.returncode == 1) == is_lost == (b"unknown-member" in done.stderr), (content, done)
            if is_lost:
                continue
            shutil.rmtree(corpus.at("back"), ignore_errors=True)
            corpus.convert("citron", "-o", "back", inputs=("k",))
            quotes = json.loads(corpus.read("back/a.json"))["quotes"]
            assert quotes[0]["cue"]["tense"] == "past", quotes
            assert [quote["sources"][0]["extra"] for quote in quotes] == [{"a": 1}] * 2, quotes


def test_tag_set_that_is_only_named():
    """A sidecar names its tag set, which is nowhere: the name is told of for each annotator where it is not kept."""
    kept = {"kutip", "jsonl", "uima-xmi", "uima-json"}
    with Corpus() as corpus:
        line = json.loads(corpus.convert("jsonl", inputs=("in/a.ann",)))
        corpus.write("named/a.txt", TEXT)
        for annotator in ("", "ayu"):
            end = f".{annotator}" if annotator else ""
            sidecar = {**line["layers"][0], "annotator": annotator, "tagset": {"name": "Study", "version": "2"}}
            corpus.write(f"named/a.txt{end}.annotations.json", json.dumps(sidecar))
        listed = json.loads(run("formats", "--json").stdout)["formats"]
        for to in (found["name"] for found in listed if found["writes"]):
            names = [loss for loss in read_losses(corpus, to, "named") if loss[0] == "tagset-name"]
            assert names == [("tagset-name", "a.txt", None, "Study")] * (0 if to in kept else 2), (to, names)
        # The tag set is told of itself; a dataset says its name.
        corpus.write("named/tagset.json", json.dumps({"format": 1, "name": "Study", "version": "2", "spans": []}))
        assert {loss[0] for loss in read_losses(corpus, "csv", "named")} & {"tagset", "tagset-name"} == {"tagset"}
        exported = run("export", "--to", "csv", "-o", "data", "named", cwd=corpus.path)
        assert exported.returncode == 0 and b"tagset" not in exported.stderr, exported.stderr


def test_whose():
    """Of several annotators of an article it is told whose annotation or layer lost something; none without a name."""
    with Corpus() as corpus:
        line = json.loads(corpus.convert("jsonl", inputs=("in/a.ann",)))
        corpus.write("two/a.txt", TEXT)
        for annotator, status in (("", "in-progress"), ("ayu", "done"), ("budi", "in-progress")):
            end = f".{annotator}" if annotator else ""
            layer = {**line["layers"][0], "annotator": annotator, "status": status}
            corpus.write(f"two/a.txt{end}.annotations.json", json.dumps(layer))
        result = run("convert", "--to", "conll", "--losses", "l.json", "-o", "x", "two", cwd=corpus.path)
        told = result.stderr.decode().splitlines()
        assert [one for one in told if "lost: status" in one] == ["a.txt (ayu): lost: status"], told
        assert [one for one in told if ": lost: notes" in one] == \
            [f"a.txt{whose}: lost: notes: T1" for whose in ("", " (ayu)", " (budi)")], told
        losses = json.loads(corpus.read("l.json"))["losses"]["list"]
        assert [loss.get("annotator") for loss in losses if loss["kind"] == "notes"] == [None, "ayu", "budi"]
        # What only the writer knows, too.
        for end in ("", ".ayu"):
            layer = json.loads(corpus.read(f"two/a.txt{end}.annotations.json"))
            layer["spans"][0]["note"] = "of two\nlines"
            corpus.write(f"two/a.txt{end}.annotations.json", json.dumps(layer))
        result = run("convert", "--to", "brat", "-o", "b", "two", cwd=corpus.path)
        first = line["layers"][0]["spans"][0]["id"]
        assert [one for one in result.stderr.decode().splitlines() if "note-lines" in one] == \
            [f"a.txt{whose}: lost: note-lines: {first}" for whose in ("", " (ayu)")], result.stderr


def test_how_many_more():
    """The first ten of a kind are listed; the rest is counted, and it is said where to find it."""
    with Corpus() as corpus:
        for n in (10, 11, 25):
            spans = "".join(f"T{i}\tA {i} {i + 1}\t{TEXT[i]}\n#{i}\tAnnotatorNotes T{i}\tx\n" for i in range(n))
            corpus.write("many/a.txt", TEXT)
            corpus.write("many/a.ann", spans)
            for options in ((), ("--losses", "l.json")):
                told = run("convert", "--to", "conllu", *options, "many/a.ann", cwd=corpus.path).stderr.decode().splitlines()
                assert len([one for one in told if ": lost: notes: " in one]) == 10, told
                assert [one for one in told if one.endswith("more: notes")] == \
                    ([f"… and {n - 10} more: notes"] if n > 10 else []), told
                assert any("--losses FILE" in one for one in told) == (n > 10 and not options), told
            assert json.loads(corpus.read("l.json"))["losses"]["by_kind"]["notes"] == n


NAMED = [("x.jsonl", b'"layers"'), ("x.spacy.jsonl", b'"ents"'), ("x.csv", b"path,"), ("x.conllu", b"# "), ("x.conll", b"# "),
         ("x.tsv", b"path\t")]


# A host of two links that has no words, with links to what is not there.
SLOTS = """#FORMAT=WebAnno TSV 3.3
#T_SP=x.Word|
#T_SP=x.Host|ROLE_x.Host:links_x.Link|x.Word


#Text=Ana is here .
1-1\t0-3\tAna\t_\t_\t_\t
1-1.1\t0-0\t\t_\tp1;p2\t1-2[1];1-2[2]\t
1-2\t4-6\tis\t*[1]|*[2]\t_\t_\t
1-3\t7-11\there\t_\t_\t_\t
1-4\t12-13\t.\t_\t_\t_\t
"""


def test_left_out():
    """What a reader leaves out is lost, too, to those who ask that nothing be."""
    row = '{"path": "a.txt", "text": "ab", "layers": []%s}\n'
    words = "# newdoc id = a.txt\n# sent_id = 1\n1\tab\t_\t%s\t_\t_\t_\t_\t_\t_\n\n"
    page = json.dumps({"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": [
        {"type": "Annotation", "id": "urn:x:1", "body": {"type": "TextualBody", "value": "X", "purpose": "tagging"},
         "target": {"source": "a.txt", "selector": {"type": "TextPositionSelector", "start": 0, "end": 2}}}]})
    rows = [
        ("jsonl", "x.jsonl", row % ', "more": 1', row % "", b"unknown-member"),
        ("conllu", "x.conllu", words % "NOUN", words % "_", b"columns"),
        ("web-annotation", "x.jsonld", page[:-1] + ', "next": "urn:x:2"}', page, b"next-page"),
    ]
    with Corpus() as corpus:
        corpus.write("a.txt", "ab")
        for name, file, leaves_out, whole, word in rows:
            for number, content in enumerate((leaves_out, whole)):
                corpus.write(file, content)
                for options, status in ((("--strict",), 1 - number), ((), 0)):
                    out = f"{name}{number}{len(options)}"
                    found = run("convert", "--from", name, "--to", "jsonl", *options, "-o", out, file, cwd=corpus.path)
                    assert found.returncode == status, (name, content, found)
                    assert os.path.exists(corpus.at(out)) == (status == 0), out
                    assert (word in found.stderr) == (number == 0), (name, found.stderr)
        corpus.write("slots.tsv", SLOTS)
        refused = run("convert", "--strict", "--to", "kutip", "-o", "out", "slots.tsv", cwd=corpus.path)
        assert refused.returncode == 1 and b"3 things" in refused.stderr, refused
        refused = run("export", "--strict", "--to", "jsonl", "-o", "out", "slots.tsv", cwd=corpus.path)
        assert refused.returncode == 1 and not os.path.exists(corpus.at("out")), refused


def test_left_out_of_tokens():
    """Tags, items of MISC and comments that are not read are told of: a tag each time, the others once for a document."""
    head = "# newdoc id = a b.txt\n# sent_id = a_b.txt-1\n"
    tail = "\t_\t_\t_\t_\t_\t_\t_\t%s\n"
    word = "1\tab" + tail + "2\tcd" + tail + "\n"
    tsv = "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.Y|value\n\n\n%s#Text=ab\n1-1\t0-2\tab\tX\t\n\n%s#Text=cd\n2-1\t3-5\tcd\t_\t\n"
    rows = [
        ("conll", "Ani\tPER\nsaid\tO\nBBC\tORG\n\n", {"unknown-tag": ["PER", "ORG"]}),
        ("conll", "Ani\tB-PER\nsaid\tB-\nso\tFOO\n\n", {"unknown-tag": ["B-", "FOO"]}),
        ("conll", "Ani\tB-PER\nsaid\t_\nso\t-\nit\tI-X\nwas\t-X-\n\n", {}),
        ("conll", "# id = 7\nAni\tB-PER\n\n# id = 8\nBBC\tB-ORG\n\n", {"unknown-line": ["# id = 7"]}),
        ("conll", '# doc = "a.txt"\n# text = "Ani BBC"\n# annotator = ""\n# columns = ["x"]\nAni\tB-PER\nBBC\tB-ORG\n\n', {}),
        ("conll", '# columns = ["x"]\tmore\nAni\tB-PER\n\n', {"unknown-line": ['# columns = ["x"]\tmore']}),
        ("conll", "-DOCSTART- -X- -X- O\n\nAni NNP B-NP B-PER\n\n", {"columns": [None]}),
        ("conll", "-DOCSTART- -X- O\n\nAni O B-PER\n\n", {}),
        ("conll", "-DOCSTART- (7 BBC)\n\nAni B-PER\n\n", {"unknown-line": ["-DOCSTART- (7 BBC)"]}),
        ("conll", "# text = Ani BBC\nAni\tB-PER\nBBC\tB-ORG\n\n", {}),
        ("webanno-tsv", tsv % ("#Sentence.id=s7\n", "#Sentence.id=s8\n"), {"unknown-line": ["#Sentence.id=s7"]}),
        ("webanno-tsv", tsv % ("", "##\n# said by hand\n"), {"unknown-line": ["# said by hand"]}),
        ("webanno-tsv", tsv % ("", "# \n"), {}),
        ("conllu", head + word % ("Span=B-X|Id=q", "SpaceAfter=No"), {}),
        ("conllu", head + word % ("start_char=0|end_char=2|ner=O", "ner=S-PER"), {}),
        ("conllu", head + word % ("Span=PER", "Gloss=x"), {"unknown-member": ["Span=PER"]}),
        ("conllu", head + word % ("Id=q", "_"), {"unknown-member": ["Id=q"]}),
        ("conllu", head.replace("-1", "-1\tmore") + word % ("_", "_"), {"unknown-line": ["# sent_id = a_b.txt-1\tmore"]}),
        ("conllu", head.replace("# sent", "# annotator = amy\n# sent").replace("-1", "-amy-1") + word % ("_", "_"), {}),
        ("conllu", head.replace("a_b", "w-b") + word % ("_", "_"), {"unknown-line": ["# sent_id = w-b.txt-1"]}),
        ("conllu", "# global.columns = ID\n# newpar id = 1\n# speaker = x\n# sent_id = 7\n" + word % ("_", "_"),
         {"unknown-line": ["# speaker = x"]}),
        ("conllu", "1-2\tabcd" + tail % "_" + word % ("Span=B-X", "_"), {"unknown-tag": ["Span=B-X"], "columns": [None]}),
        ("conllu", "1\tab" + tail % "_" + "1.1\tx" + tail % "Foo=1" + "\n", {"unknown-member": ["Foo=1"], "columns": [None]}),
    ]
    with Corpus() as corpus:
        for name, content, wanted in rows:
            corpus.write(f"x.{name}", content)
            corpus.convert("jsonl", "--from", name, "--losses", "l.json", "-o", "out", "--force", inputs=(f"x.{name}",))
            told = {}
            for entry in json.loads(corpus.read("l.json"))["warnings"]["list"]:
                told.setdefault(entry["kind"], []).append(entry.get("detail"))
            assert told == wanted, (content, told)
            strict = run("convert", "--from", name, "--strict", "--to", "jsonl", "-o", "no", f"x.{name}", cwd=corpus.path)
            assert strict.returncode == (1 if wanted else 0) and os.path.exists(corpus.at("no")) == (not wanted), strict
            if not wanted:
                os.remove(corpus.at("no"))


def test_columns_of_brat():
    """What stands behind the last column of a line is told of, but for the tab that brat writes there."""
    ann = "T1\tA 0 2\tab\nT2\tB 3 5\tcd\n"
    with Corpus() as corpus:
        corpus.write("x/a.txt", "ab cd")
        for line in ("R1\tr Arg1:T1 Arg2:T2", "E1\tA:T1 Role:T2", "*\tAlias T1 T2", "A1\tSure T1", "M1\tSure T1 yes"):
            for more, status in (("", 0), ("\t", 0), ("\tmore", 1)):
                corpus.write("x/a.ann", ann + line + more + "\n")
                done = run("convert", "--strict", "--from", "brat", "--to", "jsonl", "-o", "o.jsonl", "--force", "x", cwd=corpus.path)
                assert done.returncode == status and (b": more" in done.stderr) == (status == 1), (line, more, done)


def test_cells_of_tables():
    """A column that means nothing is an attribute; what is in a row that has no place for it is told of."""
    spans = "path,kind,id,label,start,end,from,to,text\na.txt,span,s1,X,0,2,,,\na.txt,span,s2,X,3,5,,,\n"
    rows = [
        ("path,label,start,end,score\na.txt,X,0,2,0.5\n", {"score": "0.5"}, []),
        ("path,label,start,end,from,to,event\na.txt,X,0,2,here,there,e\n", {"from": "here", "to": "there", "event": "e"}, []),
        ("path,label,start,end,target\na.txt,X,0,2,t\n", {"target": "t"}, []),
        ("path,label,start,end,score,origin\na.txt,X,0,2,0.5,rule:q\n", {}, []),
        ("path,label,start,end,score,origin\na.txt,X,0,2,low,rule:q\n", {}, ["score: low"]),
        ("path,label,start,end,score,origin\na.txt,X,0,2,0.5,\n", {}, ["score: 0.5"]),
        ("path,label,start,end,unsure\na.txt,X,0,2,maybe\n", {}, ["unsure: maybe"]),
        ("path,label,start,end,unsure\na.txt,X,0,2,No\n", {}, []),
        ("path,kind,label,start,end\na.txt,person,X,0,2\n", {}, ["kind: person"]),
        ("path,label,start,end\na.txt,X,0,2,more,,still\n", {}, ["more", "still"]),
        ("path,label,start,end,\na.txt,X,0,2,more\n", {}, ["more"]),
        ("path,id,label,start,end,relation,target\na.txt,s1,X,0,2,r,\n", {}, ["relation: r"]),
        (spans, {}, []),
        (spans + "a.txt,relation,r1,r,,,s1,s2,\n", {}, []),
        (spans + "a.txt,relation,r1,r,0,2,s1,s2,so\n", {}, ["start: 0", "end: 2", "text: so"]),
        (spans.replace("5,,,", "5,s1,,"), {}, ["from: s1"]),
        (spans.replace("text", "text,unit") + "a.txt,relation,r1,r,,,s1,s2,,words\n", {}, ["unit: words"]),
        (spans.replace("text", "text,unit") + "a.txt,relation,r1,r,,,s1,s2,,utf-16\n", {}, []),
        ("path,label,start,end,mood\na.txt,X,0,2,\n", {}, ["mood"]),
    ]
    with Corpus() as corpus:
        corpus.write("a.txt", "ab cd")
        for content, attributes, wanted in rows:
            for name, table in (("csv", content), ("tsv", content.replace(",", "\t"))):
                corpus.write(f"t.{name}", table)
                corpus.convert("jsonl", "--from", name, "--losses", "l.json", "-o", "out", "--force", inputs=(f"t.{name}", "a.txt"))
                told = [entry["detail"] for entry in json.loads(corpus.read("l.json"))["warnings"]["list"]]
                assert told == wanted, (table, told)
                span = json.loads(corpus.read("out"))["layers"][0]["spans"][0]
                assert span.get("attributes", {}) == attributes, (table, span)
                strict = run("convert", "--strict", "--from", name, "--to", "jsonl", "-o", "no", f"t.{name}", "a.txt", cwd=corpus.path)
                # Of a column where no row says anything the name alone is lost.
                good = wanted in ([], ["mood"])
                assert strict.returncode == (0 if good else 1) and os.path.exists(corpus.at("no")) == good, strict
                if good:
                    os.remove(corpus.at("no"))


def test_format_of_the_name():
    with Corpus() as corpus:
        for name, content in NAMED:
            result = run("convert", "-o", name, "in", cwd=corpus.path)
            assert result.returncode == 0, (name, result.stderr)
            with open(corpus.at(name), "rb") as file:
                assert content in file.read(), name
        assert json.loads(corpus.read("x.jsonl").splitlines()[0])["path"] == "a.txt"


def test_annotators_apart():
    """An article whose annotators come apart is one in a folder; in one file it is told of."""
    with Corpus() as corpus:
        line = json.loads(corpus.convert("jsonl", inputs=("in/a.ann",)))
        for annotator in ("ayu", "budi"):
            line["layers"][0]["annotator"] = annotator
            corpus.write(f"two/{annotator}.jsonl", json.dumps({**line, "path": "a.txt"}) + "\n" +
                         json.dumps({**line, "path": f"{annotator}.txt"}) + "\n")
        for jobs in ("1", "3"):
            result = run("convert", "--jobs", jobs, "--to", "jsonl", "two", cwd=corpus.path)
            assert result.returncode == 0 and len(result.stdout.splitlines()) == 4, result
            told = [told for told in result.stderr.decode().splitlines() if "path-twice" in told]
            assert len(told) == 1 and "a.txt" in told[0] and "--to kutip" in told[0], result.stderr
        exported = run("export", "--to", "jsonl", "-o", "data", "--split", "5/5", "two", cwd=corpus.path)
        assert exported.returncode == 0 and b"path-twice" in exported.stderr, exported.stderr
        rows = json.loads(corpus.read("data/manifest.json"))["articles"]
        assert len({row["split"] for row in rows if row["path"] == "a.txt"}) == 1, rows
        result = run("convert", "--to", "kutip", "-o", "one", "two", cwd=corpus.path)
        assert result.returncode == 0 and b"path-twice" not in result.stderr, result.stderr
        result = run("convert", "--to", "jsonl", "one", cwd=corpus.path)
        assert b"path-twice" not in result.stderr and len(result.stdout.splitlines()) == 3, result


def test_names_in_refi_qda():
    """Articles that come back with another name are told of."""
    names = {"plain.txt": "plain.txt", "new\nline.txt": "new_line.txt", "back\\slash.txt": "back_slash.txt", "a.md": "a.md.txt"}
    with Corpus() as corpus:
        for name in names:
            corpus.write(f"odd/{name}", TEXT)
        told = {path for kind, path, _, _ in read_losses(corpus, "refi-qda", "odd", out="x.qdpx") if kind == "file-name"}
        assert told == {name for name, back in names.items() if back != name}, told
        corpus.convert("refi-qda", "-o", "x.qdpx", inputs=("odd",))
        corpus.convert("kutip", "-o", "back", inputs=("x.qdpx",))
        found = {name for name in os.listdir(corpus.at("back")) if name not in ("tagset.json",) and "annotations" not in name}
        assert found == set(names.values()), found


FAILED = [
    (("convert", "--to", "jsonl", "-o", "x", "nowhere"), "an input that is not there"),
    (("convert", "--to", "jsonl", "-o", "x", "--tagset", "/nowhere.json", "in"), "a tag set that is not there"),
    (("convert", "--to", "jsonl", "-o", "x", "--map", "/nowhere.json", "in"), "a map that is not there"),
    (("convert", "--to", "kutip", "-o", "in", "in"), "a folder with files in it"),
    (("convert", "--to", "conll", "--strict", "-o", "x", "in"), "what would be lost"),
    (("export", "--to", "jsonl", "-o", "x", "nowhere"), "a dataset of what is not there"),
    (("export", "--to", "jsonl", "-o", "x", "--tagset", "/nowhere.json", "in"), "a dataset with a tag set that is not there"),
    (("export", "--to", "jsonl", "-o", "in", "in"), "a dataset in a folder with files in it"),
    (("export", "--to", "conll", "--strict", "-o", "x", "in"), "a dataset that would lose something"),
]


def test_failure_as_json():
    """What fails as a whole says so in the document that --json prints, too."""
    for arguments, why in FAILED:
        with Corpus() as corpus:
            result = run(*arguments, "--json", cwd=corpus.path)
            assert result.returncode == 1 and not os.path.exists(corpus.at("x")), (why, result)
            assert result.stdout, why
            failures = json.loads(result.stdout)["failures"]
            assert failures and all(f"kutip-tool: {failure}" in result.stderr.decode() for failure in failures), (why, result)


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
