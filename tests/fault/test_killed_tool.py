#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ends a conversion at every single call that changes something: with SIGKILL, SIGTERM and SIGINT. The output
is as it was, or whole; or, after SIGKILL, as it was once the next run has taken back what was begun."""

import concurrent.futures
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile

TOOL = os.environ["KUTIP_TOOL"]
SHIM = os.environ["KUTIP_FAULT_SHIM"]
TEXT = "Ana said that it rains. Budi denies it.\n"
LIMIT = 1000
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
# With a share of the cases only (rounds.h), each call is ended by one of them in turn.
SHARE = min(int(os.environ.get("KUTIP_TEST_SHARE", "1")), len(SIGNALS))


def annotations(name, label):
    return json.dumps({
        "format": 1,
        "article": {"file": name, "sha256": "0" * 64, "length": len(TEXT)},
        "offsets": "unicode code points",
        "tagset": {"name": "Study", "version": "1"},
        "spans": [{"id": "s1", "label": label, "ranges": [[0, 3]], "text": ["Ana"]}],
        "relations": [],
    })


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(content)


def add(folder, name, label):
    write(os.path.join(folder, name), TEXT)
    write(os.path.join(folder, name + ".annotations.json"), annotations(os.path.basename(name), label))


def tree(folder):
    found = {}
    for place, folders, files in os.walk(folder):
        for name in folders:
            found[os.path.relpath(os.path.join(place, name), folder) + "/"] = b""
        for name in files:
            with open(os.path.join(place, name), "rb") as file:
                found[os.path.relpath(os.path.join(place, name), folder)] = file.read()
    return found


def run(folder, *arguments, fault=None):
    environment = dict(os.environ)
    if fault:
        environment.update(KUTIP_FAULT=fault, KUTIP_FAULT_LOG=os.path.join(folder, "log"), LD_PRELOAD=PRELOAD)
    return subprocess.run([TOOL, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=120)


def preload():
    """A program with the address sanitizer wants its own library first."""
    linked = subprocess.run(["ldd", TOOL], capture_output=True, text=True, check=True).stdout
    first = [line.split()[2] for line in linked.splitlines() if "libasan" in line]
    return " ".join([*first, SHIM])


PRELOAD = preload()


class Case:
    """What is done to "faulty", in which "there" is an older output."""

    def __init__(self, name, command, old=None):
        self.name, self.command, self.old = name, command, old

    def make(self):
        folder = tempfile.mkdtemp(prefix="kutip-killed-")
        for name in ("a.txt", "deep/b.txt", "other/c.txt"):
            add(os.path.join(folder, "in"), name, "claim")
        for name in ("a.txt", "deep/b.txt"):
            add(os.path.join(folder, "old"), name, "quote")
        write(os.path.join(folder, "faulty", "mine.txt"), "mine")
        if self.old:
            result = run(folder, *self.old, "old")
            assert result.returncode == 0, result
        return folder

    def arguments(self):
        return [*self.command, "in"]


CASES = [
    Case("stream", ["convert", "-j", "1", "--to", "jsonl", "-o", "faulty/there.jsonl"],
         ["convert", "--to", "csv", "-o", "faulty/there.jsonl"]),
    Case("beside", ["convert", "-j", "1", "--to", "label-studio", "-o", "faulty/there.json"],
         ["convert", "--to", "label-studio", "-o", "faulty/there.json"]),
    Case("new folder", ["convert", "-j", "1", "--to", "brat", "-o", "faulty/new"]),
    Case("folder", ["convert", "-j", "1", "--force", "--to", "kutip", "-o", "faulty/there"],
         ["convert", "--to", "kutip", "-o", "faulty/there"]),
    Case("dataset", ["export", "-j", "1", "--force", "--to", "jsonl", "-o", "faulty/there"],
         ["export", "--to", "csv", "-o", "faulty/there"]),
]


def take_back(folder, case):
    """The next run, which itself comes to nothing."""
    result = run(folder, *case.command, "nowhere")
    assert result.returncode == 1, result


def filled(found):
    """Without folders in which nothing is: they are removed last, when all is in place."""
    return {name: content for name, content in found.items()
            if not name.endswith("/") or any(other != name and other.startswith(name) for other in found)}


class Ended:
    """All the ways in which one case is ended by one signal."""

    def __init__(self, case, number):
        self.case, self.number = case, number
        self.n_ended = self.n_before = self.n_whole = self.n_taken_back = 0

    def count(self, after, before, whole):
        self.n_before += after == before
        self.n_whole += after == whole
        return after in (before, whole)

    def check(self, folder, before, whole, result, where):
        inside = os.path.join(folder, "faulty")
        if self.number == signal.SIGKILL:
            assert result.returncode == -signal.SIGKILL, (where, result)
            if tree(inside) not in (before, whole) and filled(tree(inside)) != whole:
                self.n_taken_back += 1
                take_back(folder, self.case)
        else:
            # It may have been over before the signal was heard.
            assert result.returncode in (0, -self.number), (where, result)
        after = tree(inside)
        if filled(after) == whole:
            after = whole
        assert self.count(after, before, whole), (where, sorted(set(after) ^ set(before)))

    def run(self):
        pristine = self.case.make()
        before = tree(os.path.join(pristine, "faulty"))
        folder = pristine + "-run"
        whole = None
        for k in range(LIMIT):
            if k and (k + SIGNALS.index(self.number)) % SHARE:
                continue
            shutil.copytree(pristine, folder)
            where = f"{self.case.name}, {signal.Signals(self.number).name} at call {k}"
            fault = f"change,{k},{signal.Signals(self.number).name},signal,/faulty" if k else None
            result = run(folder, *self.case.arguments(), fault=fault)
            if k == 0:
                assert result.returncode == 0, result
                whole = tree(os.path.join(folder, "faulty"))
                assert whole != before
            elif not os.path.exists(os.path.join(folder, "log")):
                shutil.rmtree(folder)
                break
            else:
                self.n_ended += 1
                self.check(folder, before, whole, result, where)
            shutil.rmtree(folder)
        shutil.rmtree(pristine)
        assert 5 // SHARE < self.n_ended < LIMIT // SHARE - 1, self.n_ended
        return self


def main():
    failed = False
    ways = [Ended(case, number) for case in CASES for number in SIGNALS]
    print(f"1..{len(ways)}", flush=True)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for i, way in enumerate([pool.submit(way.run) for way in ways], 1):
            name = f"{ways[i - 1].case.name}, {ways[i - 1].number.name}"
            try:
                done = way.result()
                print(f"# ended {done.n_ended} times: {done.n_before} as it was, {done.n_whole} whole, "
                      f"{done.n_taken_back} taken back by the next run")
                print(f"ok {i} - {name}", flush=True)
            except Exception as error:  # pylint: disable=broad-except
                failed = True
                print(f"not ok {i} - {name}\n# {error!r}", flush=True)
    print(f"# {sum(way.n_ended for way in ways)} times ended")
    sys.exit(failed)


main()
