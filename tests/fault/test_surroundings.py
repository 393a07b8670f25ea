#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kutip-tool where its surroundings are not what a program may count on: home folders that are missing, no folder for
temporary files, a disk on which "A.txt" and "a.txt" are one name, names in two forms of one letter."""

import itertools
import json
import os
import subprocess
import sys
import unicodedata

from folder import Folder, tree
from tap import run_cases, tests_of

TOOL = os.environ["KUTIP_TOOL"]
SHIM = os.environ["KUTIP_FOLD_SHIM"]
SAMPLES = os.environ["KUTIP_SAMPLES_DIR"]
NOWHERE = "/proc/nowhere"
HOMES = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
COMMANDS = [
    ("stats", SAMPLES),
    ("validate", SAMPLES),
    ("search", "e", SAMPLES),
    ("convert", "--to", "jsonl", SAMPLES),
    ("convert", "--to", "brat", "-o", "out", SAMPLES),
    ("export", "--to", "csv", "-o", "out", SAMPLES),
]


def preload():
    """A program with the address sanitizer wants its own library first."""
    linked = subprocess.run(["ldd", TOOL], capture_output=True, text=True, check=True).stdout
    return " ".join([*(line.split()[2] for line in linked.splitlines() if "libasan" in line), SHIM])


PRELOAD = preload()


class Place(Folder):
    def add(self, name, text, **layer):
        """An article, and its annotations if there are any."""
        path = self.at(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        if layer:
            content = {"format": 1, "offsets": "unicode code points", "relations": [],
                       "article": {"file": os.path.basename(path), "sha256": "0" * 64, "length": len(text)}, **layer}
            with open(path + ".annotations.json", "w", encoding="utf-8") as file:
                json.dump(content, file)

    def run(self, *arguments, **environment):
        """In a folder where "disk" makes no difference between capitals and small letters."""
        settings = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="en", LD_PRELOAD=PRELOAD, KUTIP_FOLD=self.at("disk"))
        for name, value in environment.items():
            settings.pop(name, None)
            if value is not None:
                settings[name] = value
        return subprocess.run([TOOL, *arguments], cwd=self.path, env=settings, timeout=120, stdin=subprocess.DEVNULL,
                              capture_output=True)


def outcome(arguments, **environment):
    with Place() as place:
        done = place.run(*arguments, **environment)
        return done.returncode, done.stdout, done.stderr, tree(place.path)


def test_without_home_folders():
    for arguments in COMMANDS:
        usual = outcome(arguments)
        assert usual[0] in (0, 1) and (usual[1] or usual[3]), usual
        for value in (None, "", NOWHERE, "/dev/null"):
            assert outcome(arguments, **{name: value for name in HOMES}) == usual, (arguments, value)


def test_without_a_folder_for_temporary_files():
    """What fits into the memory needs none; what does not is told (fault/spill), with the folder's name."""
    for arguments in COMMANDS:
        status, stdout, stderr, files = outcome(arguments, TMPDIR=NOWHERE)
        usual = outcome(arguments)
        if (status, stdout, stderr, files) != usual:
            assert status == 1 and NOWHERE in stderr.decode() and not files, (arguments, status, stderr)


SPAN = {"id": "s1", "label": "claim", "ranges": [[0, 3]], "text": ["Ana"]}


def make_pair(place, is_same):
    """Two articles whose names are one where capitals do not count; they may even say the same."""
    place.add("in/Ana.txt", "Ana said so.\n", spans=[SPAN])
    place.add("in/ana.txt", "Ana said so.\n" if is_same else "Ana denies it.\n", spans=[SPAN])
    os.mkdir(place.at("disk"))


def test_two_names_that_are_one_on_the_disk():
    """Not one of them over the other: it is told, and the output is as it was."""
    for form in ("kutip", "brat"):
        for existing, is_same in itertools.product((False, True), repeat=2):
            with Place() as place:
                make_pair(place, is_same)
                if existing:
                    place.add("disk/out/mine.txt", "mine")
                before = tree(place.at("disk"))
                done = place.run("convert", "--force", "--to", form, "-o", "disk/out", "in")
                assert done.returncode == 1 and b"ana" in done.stderr.lower(), (form, done)
                assert tree(place.at("disk")) == before, (form, sorted(tree(place.at("disk"))))


def test_another_case_than_before():
    """What is written anew under a name in other letters takes the old one's place."""
    with Place() as place:
        place.add("in/Ana.txt", "Ana said so.\n", spans=[SPAN])
        os.mkdir(place.at("disk"))
        for name in ("Ana.txt", "ana.txt", "ANA.txt"):
            for suffix in ("", ".annotations.json"):
                (old,) = [n for n in os.listdir(place.at("in")) if n.lower() == "ana.txt" + suffix]
                os.rename(place.at(f"in/{old}"), place.at(f"in/{name}{suffix}"))
            done = place.run("convert", "--to", "brat", "--force", "-o", "disk/out", "in")
            assert done.returncode == 0, (name, done)
            found = tree(place.at("disk/out"))
            assert found["ana.txt"] == b"Ana said so.\n" and b"Ana" in found["ana.ann"], (name, found)


def test_names_in_two_forms():
    """A letter with its accent, and a letter followed by its accent: two articles, each with its annotations, and as
    two they go through every form that has names."""
    names = [unicodedata.normalize(form, "é.txt") for form in ("NFC", "NFD")]
    assert names[0] != names[1]
    with Place() as place:
        for i, name in enumerate(names):
            place.add("in/" + name, "Ana said so.\n", spans=[dict(SPAN, id=f"s{i + 1}-{j}", ranges=[[0, 3 + j]],
                                                                 text=["Ana said so."[:3 + j]]) for j in range(i + 1)])
        for form in ("kutip", "jsonl", "brat"):
            out = "out-" + form
            done = place.run("convert", "--to", form, "-o", out, "in")
            assert done.returncode == 0, done
            done = place.run("convert", "--from", form, "--to", "kutip", "-o", "back-" + form, out)
            assert done.returncode == 0, done
            for i, name in enumerate(names):
                with open(place.at(f"back-{form}/{name}.annotations.json"), encoding="utf-8") as file:
                    assert len(json.load(file)["spans"]) == i + 1, (form, name)


def test_annotations_whose_article_has_the_other_form():
    """They are not taken for those of the article; that there is none for them is told."""
    article, other = [unicodedata.normalize(form, "é.txt") for form in ("NFC", "NFD")]
    with Place() as place:
        place.add("in/" + other, "Ana said so.\n", spans=[SPAN])
        os.rename(place.at("in/" + other), place.at("in/" + article))
        before = tree(place.path)
        done = place.run("validate", "in")
        assert done.returncode == 1 and unicodedata.normalize("NFD", "é.txt").encode() in done.stdout + done.stderr, done
        assert tree(place.path) == before


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
