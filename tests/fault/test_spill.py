#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is too much for the memory waits in the folder for temporary files. When that is full, or cannot be read again,
kutip-tool says so and ends with 1, the output stays as it was, and nothing is left behind."""

import functools
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile

from tap import run_cases

TOOL = os.environ["KUTIP_TOOL"]
SHIM = os.environ["KUTIP_FAULT_SHIM"]
N = 2500
N_PAGES = 50
FAULTS = [("write", "ENOSPC", "No space left on device"), ("read", "EIO", "Input/output error"),
          ("open", "EACCES", "Permission denied")]
NUMBERS = (1, 2, 5, 20)


def preload():
    """A program with the address sanitizer wants its own library first."""
    linked = subprocess.run(["ldd", TOOL], capture_output=True, text=True, check=True).stdout
    return " ".join([*(line.split()[2] for line in linked.splitlines() if "libasan" in line), SHIM])


PRELOAD = preload()


def list_project():
    yield '<Project xmlns="urn:QDA-XML:project:1.0"><Sources>'
    for i in range(N):
        yield f'<TextSource guid="t{i}" name="teks {i}"><PlainTextContent>satu dua</PlainTextContent>'
        for j in range(3):
            yield (f'<PlainTextSelection guid="00000000-0000-0000-0000-s{i}-{j}" startPosition="0" endPosition="{j + 1}">'
                   f'<NoteRef targetGUID="n{i}"/></PlainTextSelection>')
        yield "</TextSource>"
    yield "</Sources><Notes>"
    for i in range(N):
        yield f'<Note guid="n{i}"><PlainTextContent>catatan {i}</PlainTextContent></Note>'
    yield "</Notes></Project>"


def list_articles():
    for i in range(N):
        text = f"Kata {i}"
        article = {"file": f"artikel-{i}.txt", "sha256": hashlib.sha256(text.encode()).hexdigest(), "length": len(text)}
        layer = {"format": 1, "article": article, "offsets": "unicode code points",
                 "spans": [{"id": "s1", "label": "klaim", "ranges": [[0, 4]], "text": ["Kata"]}]}
        yield json.dumps({"path": f"koran/sebuah-artikel-{i}.txt", "text": text, "layers": [layer]}) + "\n"


def list_pages():
    yield '{"annotations": ['
    for i in range(3 * N):
        page = i % N_PAGES
        said = {"uri": f"https://example.org/halaman/{page}", "user": f"acct:u{i % 3}@example.org", "id": f"a{i}",
                "document": {"title": [f"halaman-{page}.txt"]},
                "target": [{"selector": [{"type": "TextPositionSelector", "start": 0, "end": 4}]}]}
        yield ("" if i == 0 else ",") + json.dumps(said)
    yield "]}"


def list_linked():
    yield "[" + json.dumps({"type": "AnnotationPage", "items": []})
    for i in range(N):
        yield "," + json.dumps({"id": f"urn:kaitan:{i}", "type": "Annotation", "motivation": "linking",
                                "target": f"urn:catatan:sebuah:{i}", "body": f"urn:catatan:sebuah:{i}"})
    for i in range(N):
        yield "," + json.dumps({"id": f"urn:catatan:sebuah:{i}", "type": "Annotation", "creator": f"u{i % 3}",
                                "target": {"source": f"halaman-{i % N_PAGES}.txt",
                                           "selector": {"type": "TextPositionSelector", "start": 0, "end": 4}}})
    yield "]"


# What is done, and whether it may go on without what cannot be put in order.
COMMANDS = {
    "project": (("convert", "--from", "refi-qda", "--to", "jsonl", "-o", "out/file", "project.qde"), False),
    "pages": (("convert", "--from", "hypothesis", "--to", "jsonl", "-o", "out/file", "pages.json", "texts"), False),
    "links": (("convert", "--from", "web-annotation", "--to", "jsonl", "-o", "out/file", "links.json", "texts"), False),
    "dataset": (("export", "--to", "jsonl", "--split", "4/1", "--stratify-by", "label", "--force", "-o", "out",
                 "articles.jsonl"), False),
    "folder": (("convert", "--to", "jsonl", "-o", "out/file", "names"), True),
    "search": (("search", "ada", "names"), False),
}


class Place:
    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="kutip-fault-")
        for name, content in (("project.qde", list_project()), ("articles.jsonl", list_articles()),
                              ("pages.json", list_pages()), ("links.json", list_linked())):
            with open(self.at(name), "w", encoding="utf-8") as file:
                file.writelines(content)
        for folder in ("spills", "names", "texts"):
            os.mkdir(self.at(folder))
        for i in range(N_PAGES):
            with open(self.at(f"texts/halaman-{i}.txt"), "w", encoding="utf-8") as file:
                file.write(f"Kata {i}")
        for i in range(5000):
            with open(self.at(f"names/artikel-{i:014}.txt"), "wb"):
                pass
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def at(self, name):
        return os.path.join(self.path, name)

    def run(self, command, fault=None):
        """The exit status, what is told, what is in the output, and whether anything failed."""
        shutil.rmtree(self.at("out"), ignore_errors=True)
        if command[0] != "export":
            os.mkdir(self.at("out"))
            with open(self.at("out/file"), "w", encoding="utf-8") as file:
                file.write("old")
        environment = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="en", TMPDIR=self.at("spills"))
        if fault:
            environment.update(KUTIP_FAULT=fault, KUTIP_FAULT_LOG=self.at("log"), LD_PRELOAD=PRELOAD)
        done = subprocess.run([TOOL, command[0], "--quiet", *command[1:]], cwd=self.path, env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
        failed = os.path.exists(self.at("log")) and os.path.getsize(self.at("log")) > 0
        if failed:
            os.remove(self.at("log"))
        assert os.listdir(self.at("spills")) == [], os.listdir(self.at("spills"))
        return done.returncode, done.stderr, self.tree(), failed

    def tree(self):
        found = {}
        for folder, _, names in os.walk(self.at("out")):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    found[os.path.relpath(os.path.join(folder, name), self.path)] = file.read()
        return found


def check(place, name):
    command, may_go_on = COMMANDS[name]
    whole = place.run(command)
    before = {} if command[0] == "export" else {"out/file": b"old"}
    assert whole[0] == (1 if name == "search" else 0), whole[:2]
    assert name == "search" or whole[2] != before
    for operation, code, reason in FAULTS:
        hit = False
        for number in NUMBERS:
            status, told, tree, failed = place.run(command, f"{operation},{number},{code},sticky,{place.at('spills')}")
            hit |= failed
            case = (operation, number, status, told[-300:])
            if not failed or (may_go_on and status == 0):
                assert (status, tree) == (whole[0], whole[2]), case
            else:
                assert status == 1 and reason in told and place.at("spills") in told, case
                assert tree == before, (case, list(tree))
        assert hit, operation


if __name__ == "__main__":
    with Place() as made:
        cases = []
        for each in COMMANDS:
            case = functools.partial(check, made, each)
            case.__name__ = each
            cases.append(case)
        status = run_cases(cases)
    sys.exit(status)
