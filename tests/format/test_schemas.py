# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON Schemas in data/schemas, by a validator that is not ours: what Kutip writes satisfies
them, what they refuse Kutip refuses, and the other way round but for what no schema can say.

usage: test_schemas.py TOP HELPER"""

import copy
import glob
import json
import os
import random
import subprocess
import sys
import tempfile

import jsonschema

TOP, HELPER = sys.argv[1:]

# What the readers refuse and a schema cannot: ids, references, order, and two lists of one length.
BEYOND_SIDECAR = (
    "is used twice",
    "there is no span",
    "ranges must be in order",
    "must be behind its start",
    "as many texts as ranges",
    "but the text ends at",
)
BEYOND_TAGSET = (
    "there is another one with the name",
    "is already that of",
    "does not define",
    "requires",
    "is not one of its values",
    "is not one of the dates",
    "twice",
    "is no visible character",
    "cannot have several values",
)

SPAN = {"id": "s1", "label": "quote", "ranges": [[0, 3], [5, 9]], "text": ["abc", "defg"]}
FULL_SPAN = {
    **SPAN,
    "id": "s2",
    "prefix": "p",
    "suffix": "s",
    "attributes": {"form": "direct", "sure": True, "roles": ["a", "b"]},
    "links": [{"base": "wikidata", "id": "Q7747", "title": "Vladimir Putin"}],
    "note": "n",
    "unsure": True,
    "origin": {"by": "rule:quotes", "score": 0.93},
    "created": "2026-11-22T09:30:00Z",
    "modified": "2026-11-22T09:30:00Z",
}
RELATION = {
    "id": "r1",
    "label": "attributed-to",
    "from": "s1",
    "to": "s2",
    "event": "e",
    "attributes": {"x": "y"},
    "note": "n",
    "unsure": False,
    "origin": {"by": "brat"},
    "created": "",
    "modified": "",
}
SIDECAR = {
    "format": 1,
    "article": {
        "file": "a.txt",
        "sha256": "0123456789abcdef" * 4,
        "length": 100,
        "language": "id",
        "title": "t",
        "author": "a",
        "date": "2022-08-15",
        "publisher": "p",
        "url": "u",
        "encoding": "WINDOWS-1252",
    },
    "offsets": "unicode code points",
    "tagset": {"name": "n", "version": "1"},
    "annotator": "alice",
    "status": "done",
    "attributes": {"topic": "politics"},
    "note": "",
    "last_id": 12,
    "spans": [SPAN, FULL_SPAN],
    "relations": [RELATION],
}
TAGSET = {
    "format": 1,
    "name": "n",
    "version": "1",
    "guidelines": "guidelines.md",
    "labels": [
        {
            "name": "quote",
            "title": "Quote",
            "color": "#0072b2",
            "key": "2",
            "description": "d",
            "guidelines": "*always*",
            "attributes": ["form"],
            "requires": ["attributed-to"],
        },
        {"name": "source"},
    ],
    "attributes": [
        {"name": "form", "title": "F", "description": "d", "values": ["a", "b"], "default": "a"},
        {"name": "free", "type": "text", "multiple": True},
        {"name": "sure", "type": "flag", "default": True},
        {"name": "choice", "type": "choice", "values": ["x"]},
        {"name": "day", "type": "date"},
    ],
    "relations": [
        {
            "name": "attributed-to",
            "title": "A",
            "key": "a",
            "description": "d",
            "from": ["quote"],
            "to": ["source"],
            "attributes": ["free"],
            "max": 1,
            "symmetric": False,
        }
    ],
    "article_attributes": ["free"],
}

# (path, value): the value is put there, or the member removed when it is ...; each is refused.
BAD_SIDECARS = [
    ((), []),
    (("format",), ...),
    (("format",), 0),
    (("format",), "1"),
    (("format",), 1.5),
    (("article",), ...),
    (("article",), "a.txt"),
    (("article", "file"), ...),
    (("article", "file"), ""),
    (("article", "file"), "folder/a.txt"),
    (("article", "sha256"), ...),
    (("article", "sha256"), "0123456789ABCDEF" * 4),
    (("article", "sha256"), "00"),
    (("article", "length"), ...),
    (("article", "length"), -1),
    (("article", "length"), 2**31),
    (("article", "title"), None),
    (("article", "encoding"), 1),
    (("offsets",), ...),
    (("offsets",), "utf-16"),
    (("tagset",), "News"),
    (("tagset", "version"), 1),
    (("annotator",), None),
    (("status",), "ready"),
    (("status",), None),
    (("attributes",), []),
    (("attributes", "topic"), False),
    (("attributes", "topic"), 1),
    (("attributes", "topic"), ["a", 1]),
    (("note",), None),
    (("last_id",), -1),
    (("last_id",), 10**9),
    (("spans",), ...),
    (("spans",), {}),
    (("relations",), {}),
    (("spans", 0), "s1"),
    (("spans", 0, "id"), ...),
    (("spans", 0, "id"), ""),
    (("spans", 0, "id"), 1),
    (("spans", 0, "label"), ...),
    (("spans", 0, "label"), ""),
    (("spans", 0, "ranges"), ...),
    (("spans", 0, "ranges"), []),
    (("spans", 0, "ranges"), [0, 3]),
    (("spans", 0, "ranges", 0), [0]),
    (("spans", 0, "ranges", 0), [0, 1, 2]),
    (("spans", 0, "ranges", 0, 0), -1),
    (("spans", 0, "ranges", 0, 0), 0.5),
    (("spans", 0, "ranges", 1, 1), 2**31),
    (("spans", 0, "text"), ...),
    (("spans", 0, "text"), "abc"),
    (("spans", 0, "text", 0), None),
    (("spans", 1, "prefix"), 1),
    (("spans", 1, "suffix"), []),
    (("spans", 1, "attributes", "form"), {}),
    (("spans", 1, "links"), {}),
    (("spans", 1, "links", 0, "base"), ...),
    (("spans", 1, "links", 0, "id"), ...),
    (("spans", 1, "links", 0, "id"), 7747),
    (("spans", 1, "note"), []),
    (("spans", 1, "unsure"), "yes"),
    (("spans", 1, "origin"), "rule"),
    (("spans", 1, "origin", "by"), ...),
    (("spans", 1, "origin", "by"), ""),
    (("spans", 1, "origin", "score"), "high"),
    (("spans", 1, "created"), 1669109400),
    (("relations", 0, "from"), ...),
    (("relations", 0, "to"), ...),
    (("relations", 0, "to"), ["s2"]),
    (("relations", 0, "label"), ""),
    (("relations", 0, "event"), 1),
]
BAD_TAGSETS = [
    ((), []),
    (("format",), ...),
    (("format",), 2),
    (("name",), ...),
    (("name",), ""),
    (("version",), 1),
    (("guidelines",), None),
    (("labels",), {}),
    (("labels", 0), "quote"),
    (("labels", 0, "name"), ...),
    (("labels", 0, "title"), 1),
    (("labels", 0, "color"), "blue"),
    (("labels", 0, "color"), "#00f"),
    (("labels", 0, "key"), ""),
    (("labels", 0, "key"), "12"),
    (("labels", 0, "key"), 2),
    (("labels", 0, "attributes"), "form"),
    (("labels", 0, "requires"), [1]),
    (("attributes", 0, "values"), ["a", "a"]),
    (("attributes", 0, "values"), ["a", ""]),
    (("attributes", 0, "default"), 1),
    (("attributes", 0, "default"), False),
    (("attributes", 1, "type"), "number"),
    (("attributes", 1, "values"), ["a"]),
    (("attributes", 1, "multiple"), "yes"),
    (("attributes", 3, "values"), ...),
    (("attributes", 3, "values"), []),
    (("relations", 0, "name"), ...),
    (("relations", 0, "from"), "quote"),
    (("relations", 0, "symmetric"), 1),
    (("article_attributes",), "free"),
]

VALUES = [..., None, True, False, 0, 1, -1, 2.5, 2**40, "", "a", "s1", [], ["a"], [[0, 1]], {}, {"a": 1}]


def load(name):
    with open(os.path.join(TOP, "data", name), encoding="utf-8") as file:
        return json.load(file)


def is_number(checker, value):
    """Whole numbers are written without a point: 1.0 is not one of ours."""
    return isinstance(value, int) and not isinstance(value, bool)


def validator(name):
    schema = load(f"schemas/{name}.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    types = jsonschema.Draft202012Validator.TYPE_CHECKER.redefine("integer", is_number)
    return jsonschema.validators.extend(jsonschema.Draft202012Validator, type_checker=types)(schema)


def ask_kutip(kind, documents):
    """What our reader says of each: "ok" or why not."""
    lines = "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents)
    result = subprocess.run([HELPER, kind], input=lines.encode(), capture_output=True, check=True)
    answers = result.stdout.decode().split("\n")[:-1]
    assert len(answers) == len(documents), answers
    return answers


def changed(document, path, value):
    document = copy.deepcopy(document)
    if not path:
        return value
    place = document
    for step in path[:-1]:
        place = place[step]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return document


def paths(document, at=()):
    """The path of every value within."""
    items = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in items:
        yield (*at, key)
        if isinstance(value, (dict, list)):
            yield from paths(value, (*at, key))


def every_change(document):
    for path in paths(document):
        for value in VALUES:
            yield changed(document, path, value)


def random_changes(document, count):
    chance = random.Random(20261122)
    every = list(paths(document))
    for _ in range(count):
        result = document
        for _ in range(2):
            try:
                result = changed(result, chance.choice(every), chance.choice(VALUES))
            except (KeyError, IndexError, TypeError):
                pass
        yield result


def check_written():
    """Files of random layers."""
    schema = validator("sidecar")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([HELPER, "write", folder], check=True)
        files = glob.glob(os.path.join(folder, "*.json"))
        assert len(files) == 60, files
        for name in files:
            with open(name, encoding="utf-8") as file:
                schema.validate(json.load(file))


def check_shipped():
    schema = validator("tagset")
    names = ["news-attribution", "parc", "fact-checking", "empty"]
    for name in names:
        schema.validate(load(f"tagsets/{name}.json"))


def check_good():
    """A file with every member, and one with none that may be absent."""
    least = {key: SIDECAR[key] for key in ("format", "article", "offsets")} | {"spans": []}
    unknown = {**SIDECAR, "x": None, "spans": [{**SPAN, "y": {}}, FULL_SPAN]}
    sidecars = [SIDECAR, least, unknown]
    tagsets = [TAGSET, {"format": 1, "name": "n"}, {**TAGSET, "x": 1}]
    for kind, documents in (("sidecar", sidecars), ("tagset", tagsets)):
        schema = validator(kind)
        for document, answer in zip(documents, ask_kutip(kind, documents)):
            schema.validate(document)
            assert answer == "ok", answer


def check_bad():
    for kind, whole, rows in (("sidecar", SIDECAR, BAD_SIDECARS), ("tagset", TAGSET, BAD_TAGSETS)):
        schema = validator(kind)
        documents = [changed(whole, path, value) for path, value in rows]
        for row, document, answer in zip(rows, documents, ask_kutip(kind, documents)):
            assert not schema.is_valid(document), f"{kind} {row}: the schema accepts it"
            assert answer != "ok", f"{kind} {row}: Kutip accepts it"


def check_agreement():
    """A thousand and more damaged files: schema and reader say the same, but for what only the
    reader can know."""
    for kind, whole, beyond in (
        ("sidecar", SIDECAR, BEYOND_SIDECAR),
        ("tagset", TAGSET, BEYOND_TAGSET),
    ):
        schema = validator(kind)
        documents = [*every_change(whole), *random_changes(whole, 1000)]
        # A newer format is read as far as it can be understood, which is more lenient.
        documents = [d for d in documents if kind == "tagset" or d.get("format") in (1, 0, ..., "")]
        accepted = 0
        for document, answer in zip(documents, ask_kutip(kind, documents)):
            valid = schema.is_valid(document)
            if answer == "ok":
                accepted += 1
                assert valid, f"only Kutip accepts {json.dumps(document)}"
            elif valid:
                assert any(reason in answer for reason in beyond), (answer, document)
        assert accepted > 50, accepted


CHECKS = [check_written, check_shipped, check_good, check_bad, check_agreement]

print(f"1..{len(CHECKS)}")
failed = False
for number, check in enumerate(CHECKS, 1):
    try:
        check()
        print(f"ok {number} {check.__name__}", flush=True)
    except (AssertionError, jsonschema.ValidationError, subprocess.CalledProcessError) as error:
        failed = True
        print(f"not ok {number} {check.__name__}")
        print("# " + str(error).replace("\n", "\n# "), flush=True)
sys.exit(failed)
