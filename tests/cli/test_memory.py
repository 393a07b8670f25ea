# SPDX-License-Identifier: GPL-3.0-or-later
"""The memory that kutip-tool takes does not grow with the corpus: three times as many articles, read and written in each
format, may take no more than a few bytes an article in addition, and with two jobs no more than what waits between
them. What is counted is what the program holds at most of what it has allocated (heap.c)."""

import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile

from tap import run_cases

TOOL = os.environ["KUTIP_TOOL"]
# Articles of 3 KB, which come to some 9 KB each as JSON Lines, and to more as objects.
FEW, MANY = 150, 450
# Kilobytes that may be held of each article to the end: names of what was written, what was odd.
ROOM = 0.4
# Formats whose files tell behind all articles, in any order, what belongs to each: links, notes, ids are held, or where
# annotations stand, and nothing else. A dataset lists its articles.
HELD_WHEN_READ = {"refi-qda": 9, "hypothesis": 1}
HELD_BY_COMMAND = {"export": 1.2}
# Places found in eight articles may wait for their turn to be printed, if the other thread is that far ahead.
WAITING_BEFORE_PRINT = {"search": 300}
# So much of all that is read and written may wait for its turn with two jobs: 128 of 450 articles, in buffers that
# grow by doubling.
WAITING = 0.6
SPANS = 30
LABELS = ("claim", "quote", "source")

WRITTEN = ["kutip", "brat", "conll", "conllu", "csv", "tsv", "doccano", "prodigy", "spacy-doc", "label-studio",
           "web-annotation", "citron", "huggingface", "html", "webanno-tsv", "uima-xmi", "uima-json", "refi-qda", "jsonl"]
NOT_READ = {"spacy-doc", "html"}
APART = {"csv", "tsv", "web-annotation"}
SUFFIX = {"refi-qda": ".qdpx"}


def place_spans(i):
    words = [f"kata{(i % 10) * 7 + j * 13 % 101}" for j in range(3000 // 7)]
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    lasts = [n * 14 + 6 for n in range(SPANS)]
    return " ".join(words), [(starts[last - 6], starts[last] + len(words[last])) for last in lasts]


def make_article(i):
    text, places = place_spans(i)
    lines = []
    for n, (start, end) in enumerate(places):
        lines.append(f"T{n}\t{LABELS[n % 3]} {start} {end}\t{text[start:end]}")
        lines.append(f"#{n}\tAnnotatorNotes T{n}\tcatatan")
        if n % 3 == 1:
            lines.append(f"R{n}\tsaid_by Arg1:T{n} Arg2:T{n - 1}\t")
    return f"part-{i % 7}/article-{i}", text, "\n".join(lines) + "\n"


def list_hypothesis(n):
    """What two users say of n articles, by turns: the first of each, then the second of each …"""
    articles = [(make_article(i)[0], *place_spans(i)) for i in range(n)]
    for nth in range(SPANS):
        for path, text, places in articles:
            start, end = places[nth]
            yield {"id": f"{path}-{nth}", "user": f"acct:{'ab'[nth % 2]}@example.org", "tags": [LABELS[nth % 3]],
                   "text": "catatan", "uri": f"https://example.org/{path}", "document": {"title": [f"{path}.txt"]},
                   "target": [{"selector": [{"type": "TextPositionSelector", "start": start, "end": end},
                                            {"type": "TextQuoteSelector", "exact": text[start:end]}]}]}


class Corpora:
    """A folder with a small corpus and a large one, as brat has them and as JSON Lines."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="kutip-memory-")
        for n in (FEW, MANY):
            for i in range(n):
                place, text, annotations = make_article(i)
                os.makedirs(os.path.dirname(self.at(f"{n}/{place}")), exist_ok=True)
                for suffix, content in ((".txt", text), (".ann", annotations)):
                    with open(self.at(f"{n}/{place}{suffix}"), "w", encoding="utf-8") as file:
                        file.write(content)
            self.peak("convert", "--quiet", "--from", "brat", "--to", "jsonl", "-o", f"{n}.jsonl", f"{n}")
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def at(self, name):
        return os.path.join(self.path, name)

    def size(self, name):
        """In kilobytes."""
        path = self.at(name)
        files = [path] if os.path.isfile(path) else [
            os.path.join(above, file) for above, _, files in os.walk(path) for file in files]
        return sum(os.path.getsize(file) for file in files) / 1024

    def peak(self, *arguments, status=0):
        """In kilobytes."""
        counted = self.at("counted")
        environment = dict(os.environ, LD_PRELOAD=os.environ["KUTIP_HEAP_SHIM"], KUTIP_HEAP=counted)
        done = subprocess.run([TOOL, *arguments], cwd=self.path, env=environment, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, check=False)
        assert done.returncode == status, (arguments, done.stderr.decode()[:2000])
        with open(counted, encoding="utf-8") as file:
            most = int(file.read()) / 1024
        os.remove(counted)
        return most

    def compare(self, room, make, waiting=0):
        """@make: what is read, what is written, and the arguments for it, for a corpus of n articles; @room: of each;
        @waiting: of all together."""
        few = self.peak(*make(FEW)[2], "--jobs", "1")
        source, target, arguments = make(MANY)
        many = self.peak(*arguments, "--jobs", "1")
        most = few + room * (MANY - FEW) + waiting
        assert many <= most, f"{few:.0f} KB became {many:.0f}"
        by_two = self.peak(*make(MANY)[2], "--jobs", "2")
        most += WAITING * (self.size(source) + self.size(target))
        assert by_two <= most, f"{few:.0f} KB became {by_two:.0f} with two jobs"


def check_format(corpora, name):
    def output(n):
        return f"{n}-{name}{SUFFIX.get(name, '')}"

    def write(n):
        shutil.rmtree(corpora.at(output(n)), ignore_errors=True)
        return (f"{n}.jsonl", output(n),
                ("convert", "--quiet", "--from", "jsonl", "--to", name, "-o", output(n), f"{n}.jsonl"))

    def read(n):
        texts = (f"{n}",) if name in APART else ()
        return (output(n), f"{n}.back",
                ("convert", "--quiet", "--from", name, "--to", "jsonl", "-o", f"{n}.back", output(n), *texts))

    corpora.compare(ROOM, write)
    if name not in NOT_READ:
        corpora.compare(HELD_WHEN_READ.get(name, ROOM), read)


def check_hypothesis(corpora):
    for n in (FEW, MANY):
        with open(corpora.at(f"{n}-hypothesis"), "w", encoding="utf-8") as file:
            json.dump({"annotations": list(list_hypothesis(n))}, file)

    def read(n):
        return (f"{n}-hypothesis", f"{n}.back",
                ("convert", "--quiet", "--from", "hypothesis", "--to", "jsonl", "-o", f"{n}.back", f"{n}-hypothesis",
                 f"{n}"))

    corpora.compare(HELD_WHEN_READ["hypothesis"], read)


def check_losses(corpora):
    """Each article loses 70 things on the way."""
    def write(n):
        return (f"{n}.jsonl", f"{n}-losses.json",
                ("convert", "--quiet", "--from", "jsonl", "--to", "conll", "-o", f"{n}-lost", "--losses",
                 f"{n}-losses.json", f"{n}.jsonl"))

    corpora.compare(ROOM, write)


COMMANDS = [
    ("stats",),
    ("validate", "--json"),
    ("search", "kata1"),
    ("export", "--quiet", "--force", "--to", "huggingface", "--split", "80/10/10", "--seed", "1", "-o", "OUT"),
    ("convert", "--quiet", "--force", "--map", "kutip-to-polnear", "--to", "brat", "-o", "OUT"),
]


def check_command(corpora, command):
    """On a folder of Kutip's own articles."""
    for n in (FEW, MANY):
        if not os.path.exists(corpora.at(f"{n}-own")):
            corpora.peak("convert", "--quiet", "--from", "jsonl", "--to", "kutip", "-o", f"{n}-own", f"{n}.jsonl")

    def make(n):
        shutil.rmtree(corpora.at(f"{n}-out"), ignore_errors=True)
        return f"{n}-own", f"{n}-out", [*(word.replace("OUT", f"{n}-out") for word in command), f"{n}-own"]

    corpora.compare(HELD_BY_COMMAND.get(command[0], ROOM), make, WAITING_BEFORE_PRINT.get(command[0], 0))


# Kilobytes for each name of a folder, which are put in order; a search counts its articles first.
ROOM_FOR_NAMES = {"stats": 0.08, "validate": 0.08, "convert": 0.1, "search": 0.2}
FEW_NAMES, MANY_NAMES = 2000, 10000


def check_names(corpora):
    """In one folder, and nothing but names."""
    for n in (FEW_NAMES, MANY_NAMES):
        os.mkdir(corpora.at(f"{n}-names"))
        for i in range(n):
            with open(corpora.at(f"{n}-names/artikel-{i:07}.txt"), "wb"):
                pass
    for name, room in ROOM_FOR_NAMES.items():
        options = {"search": ("kata",), "convert": ("--quiet", "--to", "jsonl", "-o", "names.jsonl")}
        few, many = (corpora.peak(name, *options.get(name, ()), f"{n}-names", status=int(name == "search"))
                     for n in (FEW_NAMES, MANY_NAMES))
        assert many <= few + room * (MANY_NAMES - FEW_NAMES), f"{name}: {few:.0f} KB became {many:.0f}"


def make_cases(corpora):
    found = []
    for check, subject in [*((check_format, name) for name in WRITTEN), *((check_command, one) for one in COMMANDS)]:
        case = functools.partial(check, corpora, subject)
        case.__name__ = subject if isinstance(subject, str) else f"command {subject[0]}"
        found.append(case)
    for name, check in (("hypothesis", check_hypothesis), ("losses", check_losses), ("names", check_names)):
        case = functools.partial(check, corpora)
        case.__name__ = name
        found.append(case)
    return found


if __name__ == "__main__":
    with Corpora() as made:
        wanted = sys.argv[1:]
        status = run_cases([case for case in make_cases(made) if not wanted or case.__name__ in wanted])
    sys.exit(status)
