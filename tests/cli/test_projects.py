# SPDX-License-Identifier: GPL-3.0-or-later
"""All that the schema of REFI-QDA has room for comes back, by itself and by way of Kutip, or is told of, place by place."""

import json
import os
import re
import sys
import zipfile
from xml.etree import ElementTree

from tap import run_cases, tests_of
from test_convert import Corpus, run

SPACE = "urn:QDA-XML:project:1.0"
TEXT = "Budi said it in Jakarta. They left."


class Making:
    """A project in which nothing that can be another value says the same twice."""

    def __init__(self):
        self.n = 0

    def word(self):
        self.n += 1
        return f"zq{self.n:04d}"

    def guid(self):
        self.n += 1
        return f"{self.n:08x}-aaaa-4aaa-8aaa-aaaaaaaaaaaa"

    def time(self):
        self.n += 1
        return f"2024-01-02T{self.n // 3600:02d}:{self.n // 60 % 60:02d}:{self.n % 60:02d}Z"

    def by(self, user):
        return f' creatingUser="{user}" creationDateTime="{self.time()}" modifyingUser="{user}" modifiedDateTime="{self.time()}"'

    def note(self, notes, user):
        guid = self.guid()
        notes.append(f'<Note guid="{guid}" name="{self.word()}"{self.by(user)}><Description>{self.word()}</Description>'
                     f'<PlainTextContent>{self.word()}</PlainTextContent></Note>')
        return f'<NoteRef targetGUID="{guid}"/>'

    def coding(self, code, user, notes):
        return (f'<Coding guid="{self.guid()}" creatingUser="{user}" creationDateTime="{self.time()}"><CodeRef targetGUID="{code}"/>'
                f'{self.note(notes, user)}</Coding>')

    def place(self):
        return "".join(f' {name}="{i}"' for i, name in enumerate(("firstX", "firstY", "secondX", "secondY")))

    def make(self):
        user, other, code, inner, attribute, value, variable, number = (self.guid() for _ in range(8))
        first, second, source, picture, vertex = (self.guid() for _ in range(5))
        notes = []

        def text(name, more, guid):
            return (f'<{name} guid="{guid}" name="{self.word()}" richTextPath="internal://{self.word()}.docx"{self.by(user)}>'
                    f'<Description>{self.word()}</Description><PlainTextContent>{TEXT}</PlainTextContent>{more}'
                    f'{self.coding(code, user, notes)}{self.note(notes, user)}'
                    f'<VariableValue><VariableRef targetGUID="{variable}"/><TextValue>{self.word()}</TextValue></VariableValue>'
                    f'</{name}>')

        def selection(guid, start, end, codes, note):
            return (f'<PlainTextSelection guid="{guid}" name="{self.word()}" startPosition="{start}" endPosition="{end}"{self.by(user)}>'
                    f'<Description>{self.word()}</Description>{"".join(self.coding(one, user, notes) for one in codes)}'
                    f'{self.note(notes, user) if note else ""}</PlainTextSelection>')

        def other_source(name, more):
            return (f'<{name} guid="{picture if name == "PictureSource" else self.guid()}" name="{self.word()}" path="internal://{self.word()}" '
                    f'currentPath="{self.word()}"{self.by(user)}><Description>{self.word()}</Description>{more}'
                    f'{self.coding(code, user, notes)}{self.note(notes, user)}</{name}>')

        def mark(name, places):
            return (f'<{name} guid="{self.guid()}" name="{self.word()}"{places}{self.by(user)}><Description>{self.word()}</Description>'
                    f'{self.coding(code, user, notes)}</{name}>')

        transcript = (f'<Transcript guid="{self.guid()}" name="{self.word()}"><PlainTextContent>{self.word()}</PlainTextContent>'
                      f'<SyncPoint guid="{self.guid()}" timeStamp="1" position="2"/></Transcript>')
        times = ' begin="1" end="2"'
        sources = (text("TextSource", selection(first, 0, 4, (code, value), True) + selection(second, 16, 23, (inner,), False), source)
                   + other_source("PictureSource", text("TextDescription", "", self.guid()) + mark("PictureSelection", self.place()))
                   + other_source("PDFSource", mark("PDFSelection", ' page="1"' + self.place())
                                  + text("Representation", selection(self.guid(), 5, 9, (code,), False), self.guid()))
                   + other_source("AudioSource", transcript + mark("AudioSelection", times))
                   + other_source("VideoSource", transcript.replace("aaaa-4aaa", "bbbb-4bbb") + mark("VideoSelection", times)))
        links = (f'<Link guid="{self.guid()}" name="{self.word()}" direction="Bidirectional" color="#a1b2c3" originGUID="{first}" '
                 f'targetGUID="{second}">{self.note(notes, user)}</Link>'
                 f'<Link guid="{self.guid()}" direction="Associative" originGUID="{second}" targetGUID="{first}"/>'
                 f'<Link guid="{self.guid()}" name="{self.word()}" originGUID="{source}" targetGUID="{code}">{self.note(notes, user)}</Link>')
        users = f'<User guid="{user}" name="{self.word()}" id="{self.word()}"/><User guid="{other}" name="{self.word()}"/>'
        codes = (f'<Code guid="{code}" name="{self.word()}" isCodable="true" color="#123456"><Description>{self.word()}</Description>'
                 f'{self.note(notes, user)}<Code guid="{inner}" name="{self.word()}" isCodable="true"/></Code>'
                 f'<Code guid="{attribute}" name="{self.word()}" isCodable="false"><Description>{self.word()}</Description>'
                 f'<Code guid="{value}" name="{self.word()}" isCodable="true"/></Code>')
        variables = (f'<Variable guid="{variable}" name="{self.word()}" typeOfVariable="Text"><Description>{self.word()}</Description></Variable>'
                     f'<Variable guid="{number}" name="{self.word()}" typeOfVariable="Integer"/>')
        cases = (f'<Case guid="{self.guid()}" name="{self.word()}"><Description>{self.word()}</Description><CodeRef targetGUID="{code}"/>'
                 f'<SourceRef targetGUID="{source}"/><SelectionRef targetGUID="{first}"/></Case>')
        sets = f'<Set guid="{self.guid()}" name="{self.word()}"><Description>{self.word()}</Description><MemberCode targetGUID="{code}"/></Set>'
        graphs = (f'<Graph guid="{self.guid()}" name="{self.word()}"><Vertex guid="{vertex}" representedGUID="{code}" name="{self.word()}"'
                  f'{self.place()} shape="Star"/><Edge guid="{self.guid()}" sourceVertex="{vertex}" targetVertex="{vertex}" '
                  f'lineStyle="dotted"/></Graph>')
        of_project = self.note(notes, user)
        return (f'<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="{SPACE}" name="{self.word()}" origin="Other" creatingUserGUID="{user}" '
                f'creationDateTime="{self.time()}" modifyingUserGUID="{user}" modifiedDateTime="{self.time()}" basePath="{self.word()}">'
                f'<Users>{users}</Users><CodeBook><Codes>{codes}</Codes></CodeBook><Variables>{variables}</Variables><Cases>{cases}</Cases>'
                f'<Sources>{sources}</Sources><Notes>{"".join(notes)}</Notes><Links>{links}</Links><Sets>{sets}</Sets><Graphs>{graphs}</Graphs>'
                f'<Description>{self.word()}</Description>{of_project}</Project>')


def list_values(element, above=()):
    """What an element says, each with where: the names of what is around it, and whose id is the nearest."""
    name = element.tag.partition("}")[2]
    path = (*above, name)
    for attribute, value in element.attrib.items():
        yield (*path, attribute), value
    if (element.text or "").strip() and name != "PlainTextContent" or re.match("zq", element.text or ""):
        yield path, element.text
    for child in element:
        yield from list_values(child, path)


def list_told(corpus, file):
    return [(entry["kind"], entry.get("id"), entry.get("detail")) for kind in ("losses", "warnings") for entry in json.loads(corpus.read(file))[kind]["list"]]


# Parts and sources that are told of by their names, all of them.
WHOLE = {"Cases", "Sets", "Graphs", "PictureSource", "AudioSource", "VideoSource"}
# What is said by saying that something else is there.
SAID = {"targetGUID", "origin", "startPosition", "endPosition", "isCodable", "typeOfVariable"}
# Of elements whose ids are made anew from their names.
MADE_ANEW = {("Note", "guid"), ("Variable", "guid"), ("Code", "guid"), ("User", "guid"), ("Coding", "guid")}


def is_told(path, told):
    details = {detail for _, _, detail in told}
    if any(part in WHOLE for part in path):
        return "other-part" in {kind for kind, _, _ in told} and "other-source" in {kind for kind, _, _ in told}
    path = tuple("TextSource" if part == "Representation" and nth > 2 else part for nth, part in enumerate(path))
    return any(f"{one}/{other}" in details for one, other in zip(path, path[1:])) or (
        path[:2] == ("Project", "Description") and "Description" in details) or (path[:3] == ("Project", "Notes", "Note") and "Notes/Note" in details) or (
        path[:3] == ("Project", "Links", "Link") and "other-link" in {kind for kind, _, _ in told})


def test_everything():
    project = Making().make()
    values = list(list_values(ElementTree.fromstring(project)))
    assert len(values) > 200, len(values)
    with Corpus() as corpus:
        corpus.write("p.qde", project)
        corpus.convert("refi-qda", "--losses", "self.json", "-o", "self.qdpx", inputs=("p.qde",))
        corpus.convert("kutip", "--losses", "there.json", "-o", "k", inputs=("p.qde",))
        corpus.convert("refi-qda", "--losses", "back.json", "-o", "back.qdpx", inputs=("k",))
        assert run("convert", "--to", "refi-qda", "--strict", "-o", "strict.qdpx", "p.qde", cwd=corpus.path).returncode == 1
        for written, reports in (("self.qdpx", ("self.json",)), ("back.qdpx", ("there.json", "back.json"))):
            with zipfile.ZipFile(corpus.at(written)) as archive:
                said = archive.read("project.qde").decode()
            told = [entry for report in reports for entry in list_told(corpus, report)]
            silent = [(path, value) for path, value in values if value not in said and path[-1] not in SAID and path[-2:] not in MADE_ANEW
                      and not is_told(path, told)]
            assert not silent, (written, silent)


def write_two(corpus, first, second):
    head = {"format": 1, "offsets": "unicode code points", "spans": [{"id": "s1", "label": "X", "ranges": [[0, 4]], "text": ["Budi"]}]}
    article = {"file": "a.txt", "sha256": "0" * 64, "length": len(TEXT)}
    corpus.write("two.kutip.jsonl", json.dumps({"path": "a.txt", "text": TEXT, "layers": [
        {**head, "article": {**article, **more}, "annotator": who} for who, more in (("amy", first), ("zoe", second))]}) + "\n")


def test_what_two_say_of_an_article():
    """Of an article a project says once who wrote it: what another annotator says otherwise is told of as lost."""
    with Corpus() as corpus:
        for first, second, lost in (({"title": "A"}, {"title": "A"}, []), ({"title": "A"}, {}, []), ({}, {"title": "A"}, ["metadata"]),
                                    ({"title": "A"}, {"title": "B", "author": "C"}, ["metadata"]), ({}, {"publisher": "P"}, ["metadata"])):
            write_two(corpus, first, second)
            corpus.convert("refi-qda", "--force", "--losses", "l.json", "-o", "two.qdpx", inputs=("two.kutip.jsonl",))
            losses = json.loads(corpus.read("l.json"))["losses"]["list"]
            assert [loss["kind"] for loss in losses] == lost and all(loss["annotator"] == "zoe" for loss in losses), (first, second, losses)


def test_copies():
    """What goes back as it was has each id once, also when an article was copied, or marked anew."""
    with Corpus() as corpus:
        corpus.write("p.qde", Making().make())
        corpus.convert("kutip", "-o", "k", inputs=("p.qde",))
        names = os.listdir(corpus.at("k"))
        name = next(name for name in names if name.endswith(".annotations.json") and len(json.loads(corpus.read(f"k/{name}"))["spans"]) > 1)
        sidecar = json.loads(corpus.read(f"k/{name}"))
        moved, *rest = sidecar["spans"]
        sidecar["spans"] = [{**moved, "label": "other", "ranges": [[5, 9]], "text": ["said"]}, *rest, {**moved, "id": "s9"}]
        corpus.write(f"k/{name}", json.dumps(sidecar))
        corpus.convert("refi-qda", "-o", "x.qdpx", inputs=("k",))
        with zipfile.ZipFile(corpus.at("x.qdpx")) as archive:
            said = archive.read("project.qde").decode()
        guids = re.findall(r' guid="([^"]*)"', said)
        assert len(guids) == len(set(guids)), guids
        # It is called by its new words, and is no longer the code that it was.
        assert 'name="said" startPosition="5"' in said and f'name="{TEXT[:4]}"' not in said, said


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
