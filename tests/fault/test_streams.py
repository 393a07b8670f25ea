#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kutip-tool with standard streams that are full, closed or not there: it says so, ends with 1, and what
else it does is whole."""

import os
import subprocess
import sys

from folder import Folder, tree
from tap import run_cases

TOOL = os.environ["KUTIP_TOOL"]
SAMPLES = os.environ["KUTIP_SAMPLES_DIR"]
ENGLISH = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="en")

# What writes to standard output, each in its own way: lines, JSON, records as they come and at the end.
WRITERS = [
    ("--help",),
    ("--version",),
    ("formats",),
    ("formats", "--json"),
    ("stats", SAMPLES),
    ("stats", "--json", SAMPLES),
    ("search", "e", SAMPLES),
    ("search", "--json", "e", SAMPLES),
    ("validate", "--json", SAMPLES),
    ("convert", "-q", "--to", "jsonl", SAMPLES),
    ("convert", "-q", "-j", "1", "--to", "csv", SAMPLES),
    ("convert", "-q", "--to", "kutip", "-o", "out", "--json", SAMPLES),
    ("export", "-q", "--to", "jsonl", "-o", "out", "--json", SAMPLES),
]


class Place(Folder):
    def run(self, *arguments, **streams):
        return subprocess.run([TOOL, *arguments], cwd=self.path, env=ENGLISH, timeout=60,
                              **{"stdin": subprocess.DEVNULL, "stderr": subprocess.PIPE, **streams})

    def shell(self, line, *arguments):
        """Only a shell can start a program with a stream closed."""
        return subprocess.run(["/bin/sh", "-c", f'exec "$@" {line}', "sh", TOOL, *arguments], cwd=self.path,
                              env=ENGLISH, timeout=60, stdin=subprocess.DEVNULL, capture_output=True)

    def only_whole(self, reason):
        """What the conversion made is what it makes anyway, and nothing half-done lies about."""
        assert set(os.listdir(self.path)) <= {"out"}, (reason, os.listdir(self.path))
        if os.path.exists(os.path.join(self.path, "out")):
            assert tree(os.path.join(self.path, "out")) == WHOLE[reason], reason


def make_whole(arguments):
    with Place() as place:
        result = place.run(*arguments, stdout=subprocess.PIPE)
        assert result.returncode in (0, 1) and result.stdout, result
        out = os.path.join(place.path, "out")
        return tree(out) if os.path.exists(out) else {}


def unread_pipe():
    reading, writing = os.pipe()
    os.close(reading)
    return writing


def told(result, reason, arguments):
    assert result.returncode == 1, (arguments, result)
    assert reason in result.stderr.decode(), (arguments, result)


def full_output():
    for arguments in WRITERS:
        with Place() as place, open("/dev/full", "wb") as full:
            told(place.run(*arguments, stdout=full), "No space left on device", arguments)
            place.only_whole(arguments)


def output_that_nobody_reads():
    for arguments in WRITERS:
        with Place() as place:
            pipe = unread_pipe()
            told(place.run(*arguments, stdout=pipe), "Broken pipe", arguments)
            os.close(pipe)
            place.only_whole(arguments)


def no_output():
    for arguments in WRITERS:
        with Place() as place:
            told(place.shell(">&-", *arguments), "Bad file descriptor", arguments)
            place.only_whole(arguments)


def no_streams_at_all():
    """Then a file that is opened must not become standard error, and have messages written into it."""
    for arguments in WRITERS:
        with Place() as place:
            assert place.shell("<&- >&- 2>&-", *arguments).returncode == 1, arguments
            place.only_whole(arguments)


def messages_that_nobody_reads():
    """A conversion that tells of losses is not ended by them."""
    with Place() as place:
        pipe = unread_pipe()
        result = place.run("convert", "--to", "conll", "-o", "out", SAMPLES, stderr=pipe)
        os.close(pipe)
        assert result.returncode in (0, 1), result
        expected = place.run("convert", "--to", "conll", "-o", "again", SAMPLES)
        assert expected.returncode == result.returncode and b"lost" in expected.stderr, expected
        names = sorted(os.listdir(place.path))
        assert names == ["again", "out"], names
        for name in names:
            names[names.index(name)] = tree(place.path)[name]
        assert names[0] == names[1]


def input_that_is_not_there():
    with Place() as place:
        result = place.shell("<&-", "convert", "--from", "jsonl", "--to", "csv", "-o", "out", "-")
        told(result, "Bad file descriptor", "no input")
        assert os.listdir(place.path) == []


def input_that_ends_in_the_middle():
    """A torn line is an error, not a short article."""
    line = b'{"path": "a.txt", "text": "Ana said so.", "spans": ['
    with Place() as place:
        result = place.run("convert", "--from", "jsonl", "--to", "csv", "-o", "out", "-", stdin=None, input=line)
        told(result, "line 1", "torn input")
        assert os.listdir(place.path) == []


CASES = [
    full_output,
    output_that_nobody_reads,
    no_output,
    no_streams_at_all,
    messages_that_nobody_reads,
    input_that_is_not_there,
    input_that_ends_in_the_middle,
]

WHOLE = {arguments: make_whole(arguments) for arguments in WRITERS}


if __name__ == "__main__":
    sys.exit(run_cases(CASES))
