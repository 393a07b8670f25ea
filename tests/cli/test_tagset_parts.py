# SPDX-License-Identifier: GPL-3.0-or-later
"""No part of a tag set is lost without a word: in each format it is there again when that is read, or it is told of."""

import copy
import hashlib
import json
import os
import shutil
import sys

from tap import run_cases, tests_of
from test_convert import Corpus, run

# Every part has a value that nothing else has.
TAGSET = {
    "format": 1, "name": "Press -- study", "version": "4.2", "guidelines": "rules.md", "owner": {"by": "desk -- two"},
    "labels": [
        {"name": "claim", "title": "A claim", "color": "#112233", "key": "c", "description": "What can be checked\nby all.",
         "guidelines": "Mark *all* --> of it.", "attributes": ["form", "sure"], "requires": ["form"], "by": 1},
        {"name": "source", "title": "Who says it", "color": "#445566", "key": "s", "attributes": ["since", "remark"]},
        {"name": "said here", "attributes": ["form"]}],
    "attributes": [
        {"name": "form", "title": "Its form", "description": "How it is put", "values": ["in direct", "free|mixed", "own"],
         "multiple": True, "default": "own"},
        {"name": "sure", "title": "Is it sure", "type": "flag", "default": True},
        {"name": "since", "type": "date", "default": "2022-08"},
        {"name": "remark", "description": "Anything", "default": "none", "since": [2]},
        {"name": "desk", "values": ["home", "abroad"]}],
    "relations": [
        {"name": "from", "title": "Comes from", "key": "f", "description": "Who said it", "from": ["claim"], "to": ["source"],
         "attributes": ["sure"], "max": 2},
        {"name": "alike", "symmetric": True, "seen": None}],
    "article_attributes": ["desk"]}
KEEP = {"kutip": "t", "brat": "t", "label-studio": "t.json", "refi-qda": "t.qdpx"}
TEXT = "BBC says rain will fall."


def write_study(corpus, tagset=TAGSET, folder="study", name="a.txt"):
    corpus.write(f"{folder}/{name}", TEXT)
    corpus.write(f"{folder}/{name}.annotations.json", json.dumps({
        "format": 1, "article": {"file": name, "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "length": len(TEXT)}, "offsets": "unicode code points",
        "spans": [{"id": "s1", "label": "source", "ranges": [[0, 3]], "text": ["BBC"]},
                  {"id": "s2", "label": "claim", "ranges": [[9, 23]], "text": ["rain will fall"], "attributes": {"sure": True}}],
        "relations": [{"id": "r1", "label": "from", "from": "s2", "to": "s1"}]}))
    corpus.write(f"{folder}/tagset.json", json.dumps(tagset))


def convert(corpus, to, *inputs, out, options=()):
    shutil.rmtree(corpus.at(out)) if os.path.isdir(corpus.at(out)) else None
    done = run("convert", "--to", to, "--losses", "l.json", "--force", "-o", out, *options, *inputs, cwd=corpus.path)
    assert done.returncode == 0, (to, done.stderr)
    return [(loss["kind"], loss.get("id"), loss.get("path")) for loss in json.loads(corpus.read("l.json"))["losses"]["list"]
            if loss["kind"].startswith("tagset")]


def read_back(corpus, name, out):
    convert(corpus, "kutip", out, out="back", options=("--from", name))
    return json.loads(corpus.read("back/tagset.json"))


def of_name(tagset, part):
    return {term["name"]: term for term in tagset[part]}


def formats():
    listed = json.loads(run("formats", "--json").stdout)["formats"]
    return [format for format in listed if format["writes"]]


def test_every_format_keeps_it_or_tells():
    with Corpus() as corpus:
        write_study(corpus)
        for format in formats():
            name = format["name"]
            keeps = "tagset" in format["keeps"]
            assert keeps == (name in KEEP), name
            lost = convert(corpus, name, "study", out=KEEP.get(name, f"out-{name}"))
            assert lost == ([] if keeps else [("tagset", None, "a.txt")]), (name, lost)
            strict = run("convert", "--strict", "--to", name, "-o", f"strict-{name}", "study", cwd=corpus.path)
            assert (b"tagset: Press -- study" in strict.stderr) != keeps, (name, strict.stderr)
            assert keeps or strict.returncode == 1 and not os.path.exists(corpus.at(f"strict-{name}")), (name, strict)
            if keeps:
                back = read_back(corpus, name, KEEP[name])
                for part in ("labels", "attributes", "relations"):
                    ours, theirs = of_name(TAGSET, part), of_name(back, part)
                    assert all(theirs.get(term) == ours[term] for term in ours), (name, part, ours, theirs)
                rest = {member: back[member] for member in back if member not in ("labels", "attributes", "relations")}
                assert rest == {member: TAGSET[member] for member in rest} and len(rest) == 6, (name, rest)


def test_once_for_each_tag_set():
    """Not for each article; and of a second tag set what the first does not say."""
    with Corpus() as corpus:
        other = {"format": 1, "name": "Other", "labels": [
            {"name": "claim", "title": "Claimed", "attributes": ["tone"]}, {"name": "quote", "key": "q"}],
            "attributes": [{"name": "tone", "values": ["soft", "loud"], "default": "loud"}],
            "relations": [{"name": "alike", "from": ["claim"], "to": ["claim"]}], "article_attributes": ["tone"]}
        for name in ("a.txt", "b.txt", "c.txt"):
            write_study(corpus, folder="both/first", name=name)
            write_study(corpus, tagset=other, folder="both/second", name=name)
        assert convert(corpus, "csv", "both", out="out.csv") == [
            ("tagset", None, "first/a.txt"), ("tagset", None, "second/a.txt")]
        for to, out in KEEP.items():
            lost = convert(corpus, to, "both", out=out)
            assert {loss[:2] for loss in lost} == {
                ("tagset-names", None), ("tagset-titles", "claim"), ("tagset-label-attributes", "claim"),
                ("tagset-labels", "quote"), ("tagset-attributes", "tone"), ("tagset-ends", "alike"),
                ("tagset-article-attributes", None)}, (to, lost)
            assert {loss[2] for loss in lost} == {"second/a.txt"}, (to, lost)
            refused = run("convert", "--strict", "--to", to, "-o", "refused", "both", cwd=corpus.path)
            assert refused.returncode == 1 and b"tagset-titles" in refused.stderr, (to, refused.stderr)
            assert not os.path.exists(corpus.at("refused"))
        # A dataset has one tag set, too.
        done = run("export", "--to", "csv", "--losses", "l.json", "-o", "data", "both", cwd=corpus.path)
        kinds = {loss["kind"] for loss in json.loads(corpus.read("l.json"))["losses"]["list"]}
        assert done.returncode == 0 and "tagset-labels" in kinds and "tagset" not in kinds, (kinds, done.stderr)
        # One that the user gives stands for all.
        corpus.write("given.json", json.dumps(TAGSET))
        for to, out in KEEP.items():
            assert convert(corpus, to, "both", out=out, options=("--tagset", "given.json")) == [], to


def test_configuration_on_standard_output():
    """Label Studio's stands beside the tasks, where there is no place for it then."""
    with Corpus() as corpus:
        write_study(corpus)
        done = run("convert", "--to", "label-studio", "study", cwd=corpus.path)
        assert done.returncode == 0 and b"tagset: Press -- study" in done.stderr, done.stderr


def test_given_as_others_have_it():
    """The configuration of another program can be given as a tag set; what is odd in it is told of."""
    with Corpus() as corpus:
        write_study(corpus)
        for to, out in KEEP.items():
            convert(corpus, to, "study", out=out)
        given = [name for _, _, names in os.walk(corpus.path) for name in names if name.endswith((".qdc", ".xml", "annotation.conf"))]
        assert len(given) == 3, given
        os.remove(corpus.at("study/tagset.json"))
        for top, _, names in list(os.walk(corpus.path)):
            for name in set(names) & set(given):
                done = run("convert", "--to", "kutip", "--tagset", os.path.join(top, name), "-o", f"with-{name}", "study", cwd=corpus.path)
                assert done.returncode == 0 and not done.stderr, (name, done)
                back = json.loads(corpus.read(f"with-{name}/tagset.json"))
                assert of_name(back, "labels")["claim"] == TAGSET["labels"][0], (name, back)
        corpus.write("odd.conf", "[entities]\nclaim\n[attributes]\nsure\tArg:nobody\n# kutip: none\n")
        lost = run("convert", "--to", "kutip", "--tagset", "odd.conf", "-o", "odd", "study", cwd=corpus.path)
        assert lost.returncode == 0 and b"odd.conf" in lost.stderr, lost
        for name in ("wrong.xml", "wrong.qdc", "wrong.json"):
            corpus.write(name, "<")
            said = run("convert", "--to", "kutip", "--tagset", name, "-o", "no", "study", cwd=corpus.path)
            assert said.returncode == 1 and said.stderr.count(name.encode()) == 1, said


def change(corpus, path, *replacements):
    content = corpus.read(path)
    for old, new in replacements:
        assert old in content, (path, old, content)
        content = content.replace(old, new, 1)
    corpus.write(path, content)


def test_changed_configuration():
    """What others have changed in a configuration holds; what they have not means what it meant."""
    with Corpus() as corpus:
        write_study(corpus)
        convert(corpus, "brat", "study", out="t")
        change(corpus, "t/annotation.conf", ("source\n", "source\nplace\n"), ("\tArg1:claim", "\tArg1:claim|place"))
        back = read_back(corpus, "brat", "t")
        labels, relations = of_name(back, "labels"), of_name(back, "relations")
        assert labels["claim"] == TAGSET["labels"][0] and labels["place"] == {"name": "place", "attributes": ["desk"]}, labels
        assert relations["from"] == {**TAGSET["relations"][0], "from": ["claim", "place"]}, relations
        convert(corpus, "label-studio", "study", out="t.json")
        change(corpus, "t.config.xml", ("#112233", "#ABCDEF"), ('    <Relation value="alike"/>\n', ""),
               ('<Choice value="own"/>', '<Choice value="new"/>'))
        back = read_back(corpus, "label-studio", "t.json")
        assert of_name(back, "labels")["claim"] == {**TAGSET["labels"][0], "color": "#ABCDEF"}, back
        assert list(of_name(back, "relations")) == ["from"], back
        form = copy.deepcopy(TAGSET["attributes"][0])
        form["values"][2] = "new"
        del form["default"]
        assert of_name(back, "attributes")["form"] == form, back
        # A note that is none is told of, and the rest holds.
        convert(corpus, "brat", "study", out="t")
        change(corpus, "t/annotation.conf", ('# kutip: {', '# kutip: {{'))
        done = run("convert", "--from", "brat", "--to", "kutip", "-o", "broken", "t", cwd=corpus.path)
        assert done.returncode == 0 and b"tagset: " in done.stderr, done.stderr
        assert "claim" in of_name(json.loads(corpus.read("broken/tagset.json")), "labels")
        convert(corpus, "label-studio", "study", out="t.json")
        change(corpus, "t.config.xml", ("kutip: {", "kutip: {{"))
        done = run("convert", "--from", "label-studio", "--to", "kutip", "-o", "broken2", "t.json", cwd=corpus.path)
        assert done.returncode == 0 and b"t.config.xml: warning: tagset: line 1" in done.stderr, done.stderr
        assert of_name(json.loads(corpus.read("broken2/tagset.json")), "labels")["claim"]["key"] == "c"


def test_labelling_configuration():
    """One that people wrote for Label Studio is a tag set."""
    with Corpus() as corpus:
        corpus.write("tasks.json", json.dumps([{"id": 1, "data": {"text": TEXT}, "annotations": [{"result": [
            {"id": "x", "from_name": "l", "to_name": "t", "type": "labels",
             "value": {"start": 0, "end": 3, "text": "BBC", "labels": ["Who"]}}]}]}]))
        corpus.write("tasks.config.xml", """<View><Labels name="l" toName="t"><Label value="Who" background="#0A0B0C" hotkey="w"
            hint="A name"/><Label value="What" background="red" hotkey="ctrl+w"/></Labels><Text name="t" value="$text"/>
            <Relations><Relation value="says"/></Relations><Header value="Its tone"/>
            <Choices name="tone" toName="t" perRegion="true" choice="multiple"><Choice value="soft"/><Choice value="loud"/></Choices>
            <DateTime name="when" toName="t"/><Choices name="ok" toName="t" perRegion="true"><Choice value="ok"/></Choices></View>""")
        convert(corpus, "kutip", "tasks.json", out="o", options=("--from", "label-studio"))
        assert json.loads(corpus.read("o/tagset.json")) == {
            "format": 1, "name": "Label Studio", "version": "1",
            "labels": [{"name": "Who", "color": "#0A0B0C", "key": "w", "description": "A name", "attributes": ["tone", "ok"]},
                       {"name": "What", "attributes": ["tone", "ok"]}],
            "attributes": [{"name": "tone", "title": "Its tone", "values": ["soft", "loud"], "multiple": True},
                           {"name": "when", "type": "date"}, {"name": "ok", "type": "flag"}],
            "relations": [{"name": "says"}], "article_attributes": ["when"]}, corpus.read("o/tagset.json")
        corpus.write("tasks.config.xml", "<View><Labels")
        done = run("convert", "--from", "label-studio", "--to", "kutip", "-o", "p", "tasks.json", cwd=corpus.path)
        assert done.returncode == 0 and b"tasks.config.xml: warning: tagset: line 1" in done.stderr, done.stderr


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
