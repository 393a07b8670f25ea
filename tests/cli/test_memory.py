# SPDX-License-Identifier: GPL-3.0-or-later
"""The memory that kutip-tool takes does not grow with the corpus: four times as many articles, read and written in each
format, may take no more than a few bytes an article in addition, and with two jobs no more than what waits between
them. What is counted is what the program holds at most of what it has allocated (heap.c)."""

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
# Articles of 3 KB, which come to some 9 KB each as JSON Lines, and to more as objects.
FEW, MANY = 50, 200
# Where buffers that go to the disk when they are full, and lists of losses that then hold no more, take longer to fill.
MORE = {"refi-qda": (600, 1200), "csv": (150, 600), "tsv": (150, 600), "citron": (100, 400), "losses": (300, 1200),
        "hypothesis": (150, 600), "annotations": (150, 600), "conllu": (200, 800), "doccano": (200, 800)}
# Kilobytes that may be held of each article to the end: names of what was written, what was odd.
ROOM = 0.4
# Those of the articles of one file that tells behind all of them what belongs to each.
ROOM_WHEN_READ = {"refi-qda": 0.15, "hypothesis": 0.15, "annotations": 0.15}
# Places found in eight articles may wait for their turn to be printed, if the other thread is that far ahead.
WAITING_BEFORE_PRINT = {"search": 300}
# What waits between two jobs is the same for all formats: of two in one file, one in several. So much of
# all that is read and written may: 128 of 450 articles, in buffers that grow by doubling.
BY_TWO = ("jsonl", "kutip", "conll")
MANY_BY_TWO = 450
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


def make_path(i):
    return f"part-{i % 7}/article-{i}"


def make_article(i):
    text, places = place_spans(i)
    lines = []
    for n, (start, end) in enumerate(places):
        lines.append(f"T{n}\t{LABELS[n % 3]} {start} {end}\t{text[start:end]}")
        lines.append(f"#{n}\tAnnotatorNotes T{n}\tcatatan")
        if n % 3 == 1:
            lines.append(f"R{n}\tsaid_by Arg1:T{n} Arg2:T{n - 1}\t")
    return make_path(i), text, "\n".join(lines) + "\n"


def list_by_turns(n):
    """What two users say of n articles: the first of each, then the second of each …"""
    articles = [(make_path(i), *place_spans(i)) for i in range(n)]
    for nth in range(SPANS):
        for path, text, places in articles:
            start, end = places[nth]
            yield nth, path, text[start:end], {"type": "TextPositionSelector", "start": start, "end": end}


def list_hypothesis(n):
    for nth, path, quote, position in list_by_turns(n):
        yield {"id": f"{path}-{nth}", "user": f"acct:{'ab'[nth % 2]}@example.org", "tags": [LABELS[nth % 3]],
               "text": "catatan", "uri": f"https://example.org/{path}", "document": {"title": [f"{path}.txt"]},
               "target": [{"selector": [position, {"type": "TextQuoteSelector", "exact": quote}]}]}


def list_annotations(n):
    """Of another program, with links that stand before what they link."""
    for i in range(n):
        for nth in range(2, SPANS, 3):
            yield {"id": f"urn:link:{i}-{nth}", "type": "Annotation", "motivation": "linking",
                   "target": f"urn:{make_path(i)}-{nth}", "body": f"urn:{make_path(i)}-{nth - 2}"}
    for nth, path, _, position in list_by_turns(n):
        yield {"id": f"urn:{path}-{nth}", "type": "Annotation", "creator": {"name": "ab"[nth % 2]},
               "body": {"type": "TextualBody", "purpose": "tagging", "value": LABELS[nth % 3]},
               "target": {"source": f"{path}.txt", "selector": position}}


# What all corpora together take is a part of it.
ENOUGH = 1 << 30


def find_fast_folder():
    """A place where no disk makes one wait, if there is one with room; else None, for the usual one."""
    place = "/dev/shm"
    try:
        room = os.statvfs(place)
    except OSError:
        return None
    return place if os.access(place, os.W_OK) and room.f_bavail * room.f_frsize > ENOUGH else None


class Corpora:
    """A folder with corpora of some sizes, as brat has them and as JSON Lines."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="kutip-memory-", dir=find_fast_folder())
        return self

    def make(self, n):
        """If it is not there yet."""
        if os.path.exists(self.at(f"{n}.jsonl")):
            return
        for i in range(n):
            place, text, annotations = make_article(i)
            os.makedirs(os.path.dirname(self.at(f"{n}/{place}")), exist_ok=True)
            for suffix, content in ((".txt", text), (".ann", annotations)):
                with open(self.at(f"{n}/{place}{suffix}"), "w", encoding="utf-8") as file:
                    file.write(content)
        self.peak("convert", "--quiet", "--from", "brat", "--to", "jsonl", "-o", f"{n}.jsonl", f"{n}")

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

    def compare(self, room, make, waiting=0, sizes=(FEW, MANY)):
        """@make: the arguments for a corpus of n articles; @room: of each; @waiting: of all together."""
        few, many = (self.peak(*make(n), "--jobs", "1") for n in sizes)
        most = few + room * (sizes[1] - sizes[0]) + waiting
        assert many <= most, f"{few:.0f} KB became {many:.0f}, of which {most:.0f} may be"

    def compare_by_two(self, source, target, make):
        one, two = (self.peak(*make(MANY_BY_TWO), "--jobs", jobs) for jobs in "12")
        most = one + WAITING * (self.size(source) + self.size(target))
        assert two <= most, f"{one:.0f} KB became {two:.0f} with two jobs, of which {most:.0f} may be"


def name_output(n, name):
    return f"{n}-{name}{SUFFIX.get(name, '')}"


def write_format(corpora, name, n):
    corpora.make(n)
    shutil.rmtree(corpora.at(name_output(n, name)), ignore_errors=True)
    return ("convert", "--quiet", "--from", "jsonl", "--to", name, "-o", name_output(n, name), f"{n}.jsonl")


def read_format(name, n):
    texts = (f"{n}",) if name in APART else ()
    return ("convert", "--quiet", "--from", name, "--to", "jsonl", "-o", f"{n}.back", name_output(n, name), *texts)


def check_format(corpora, name):
    sizes = MORE.get(name, (FEW, MANY))
    corpora.compare(ROOM, functools.partial(write_format, corpora, name), sizes=sizes)
    if name not in NOT_READ:
        corpora.compare(ROOM_WHEN_READ.get(name, ROOM), functools.partial(read_format, name), sizes=sizes)


def check_by_two(corpora, name):
    n = MANY_BY_TWO
    corpora.compare_by_two(f"{n}.jsonl", name_output(n, name), functools.partial(write_format, corpora, name))
    corpora.compare_by_two(name_output(n, name), f"{n}.back", functools.partial(read_format, name))


# Of another program than Kutip, in any order: what is one file, and its format.
BY_TURNS = {"hypothesis": (list_hypothesis, "hypothesis"), "annotations": (list_annotations, "web-annotation")}


def check_by_turns(corpora, name):
    make_list, form = BY_TURNS[name]
    for n in MORE[name]:
        said = list(make_list(n))
        with open(corpora.at(f"{n}-{name}"), "w", encoding="utf-8") as file:
            json.dump({"annotations": said} if name == "hypothesis" else said, file)

    def read(n):
        corpora.make(n)
        return ("convert", "--quiet", "--from", form, "--to", "jsonl", "-o", f"{n}.back", f"{n}-{name}", f"{n}")

    corpora.compare(ROOM_WHEN_READ[name], read, sizes=MORE[name])


def check_losses(corpora):
    """Each article loses 70 things on the way."""
    def write(n):
        corpora.make(n)
        return ("convert", "--quiet", "--from", "jsonl", "--to", "conll", "-o", f"{n}-lost", "--losses",
                f"{n}-losses.json", f"{n}.jsonl")

    corpora.compare(ROOM, write, sizes=MORE["losses"])


COMMANDS = [
    ("stats",),
    ("validate", "--json"),
    ("search", "kata1"),
    ("convert", "--quiet", "--force", "--map", "kutip-to-polnear", "--to", "brat", "-o", "OUT"),
]


def check_command(corpora, command):
    """On a folder of Kutip's own articles."""
    for n in (FEW, MANY):
        if not os.path.exists(corpora.at(f"{n}-own")):
            corpora.make(n)
            corpora.peak("convert", "--quiet", "--from", "jsonl", "--to", "kutip", "-o", f"{n}-own", f"{n}.jsonl")

    def make(n):
        shutil.rmtree(corpora.at(f"{n}-out"), ignore_errors=True)
        return [*(word.replace("OUT", f"{n}-out") for word in command), f"{n}-own"]

    corpora.compare(ROOM, make, WAITING_BEFORE_PRINT.get(command[0], 0))


# Articles of which little else than the name is to be known, and kilobytes for each.
FEW_SMALL, MANY_SMALL = 2500, 10000
ROOM_FOR_SMALL = 0.03
# As files, of which the system makes a thousand in a second or two.
FEW_FILES, MANY_FILES = 500, 2000
EXPORTS = [
    ("--to", "huggingface"),
    ("--to", "jsonl", "--split", "80/10/10", "--seed", "1", "--group-by", "publisher", "--stratify-by", "label"),
    ("--to", "csv", "--split-by-date", "2023-07-01", "--context", "sentence"),
    ("--to", "html", "--split", "50/50"),
]


def list_small(n):
    for i in range(n):
        text = f"Kata {i}"
        article = {"file": f"artikel-{i}.txt", "sha256": hashlib.sha256(text.encode()).hexdigest(), "length": len(text),
                   "publisher": f"Koran {i % 50}", "date": f"2023-{i % 12 + 1:02}-01"}
        span = {"id": "s1", "label": LABELS[i % 3], "ranges": [[0, 4]], "text": ["Kata"]}
        layer = {"format": 1, "article": article, "offsets": "unicode code points", "spans": [span]}
        yield json.dumps({"path": f"koran/artikel-{i}.txt", "text": text, "layers": [layer]}) + "\n"


def make_small(corpora, n):
    if not os.path.exists(corpora.at(f"{n}.jsonl")):
        with open(corpora.at(f"{n}.jsonl"), "w", encoding="utf-8") as file:
            file.writelines(list_small(n))


def check_export(corpora, options):
    for n in (FEW_SMALL, MANY_SMALL):
        make_small(corpora, n)

    def make(n):
        shutil.rmtree(corpora.at(f"{n}-out"), ignore_errors=True)
        return ("export", "--quiet", "--no-verify", *options, "-o", f"{n}-out", f"{n}.jsonl")

    corpora.compare(ROOM_FOR_SMALL, make, sizes=(FEW_SMALL, MANY_SMALL))


# Some bytes for each name: of each kilobyte of them the first is known.
FEW_NAMES, MANY_NAMES = 7500, 30000
ROOM_FOR_NAMES = 0.003


def check_existing(corpora):
    """Into a folder in which all of it is already: a plan tells what goes where before anything is touched."""
    sizes = (FEW_FILES, MANY_FILES)
    for n in sizes:
        make_small(corpora, n)

    def make(n):
        shutil.rmtree(corpora.at(f"{n}-there"), ignore_errors=True)
        write = ("convert", "--quiet", "--no-verify", "--to", "kutip", "-o", f"{n}-there", f"{n}.jsonl")
        corpora.peak(*write)
        return (*write, "--force")

    corpora.compare(ROOM_FOR_SMALL, make, sizes=sizes)


def check_names(corpora, name):
    """In one folder, and nothing but names."""
    for n in (FEW_NAMES, MANY_NAMES):
        if os.path.exists(corpora.at(f"{n}-names")):
            continue
        os.mkdir(corpora.at(f"{n}-names"))
        for i in range(n):
            os.close(os.open(corpora.at(f"{n}-names/artikel-{i:07}.txt"), os.O_CREAT | os.O_WRONLY))
    options = {"search": ("--label", "klaim", "kata"), "convert": ("--quiet", "--to", "jsonl", "-o", "names.jsonl")}
    few, many = (corpora.peak(name, *options.get(name, ()), f"{n}-names", status=int(name == "search"))
                 for n in (FEW_NAMES, MANY_NAMES))
    most = few + ROOM_FOR_NAMES * (MANY_NAMES - FEW_NAMES)
    assert many <= most, f"{few:.0f} KB became {many:.0f}, of which {most:.0f} may be"


def make_cases(corpora):
    found = []
    for check, subject, name in [
            *((check_format, name, name) for name in WRITTEN),
            *((check_by_two, name, f"{name} by two") for name in BY_TWO),
            *((check_command, one, f"command {one[0]}") for one in COMMANDS),
            *((check_export, one, f"export {' '.join(one)}") for one in EXPORTS),
            *((check_names, name, f"names {name}") for name in ("stats", "search", "convert")),
            *((check_by_turns, name, name) for name in BY_TURNS)]:
        case = functools.partial(check, corpora, subject)
        case.__name__ = name
        found.append(case)
    for check, name in ((check_losses, "losses"), (check_existing, "existing")):
        case = functools.partial(check, corpora)
        case.__name__ = name
        found.append(case)
    return found


if __name__ == "__main__":
    with Corpora() as made:
        wanted = sys.argv[1:]
        status = run_cases([case for case in make_cases(made) if not wanted or case.__name__ in wanted])
    sys.exit(status)
