# SPDX-License-Identifier: GPL-3.0-or-later
"""The memory that kutip-tool takes does not grow with the corpus: ten times as many articles, read and written in each
format, with one job and with two, may take no more than a few bytes an article in addition."""

import functools
import os
import shutil
import subprocess
import sys
import tempfile

from tap import run_cases

TOOL = os.environ["KUTIP_TOOL"]
# Articles of 3 KB, which come to some 9 KB each as JSON Lines.
FEW, MANY = 150, 1500
# Megabytes that the peak may differ by: of what is held of the corpus at a time, jobs that are ahead of the writing, and
# room that the allocator keeps. 1,350 articles more are over 12 MB in the smallest of the formats, and much more where
# they are held as objects.
ROOM = 6
# Formats whose files tell behind all articles, in any order, what belongs to each: links, notes, ids are held, and nothing
# else. How much of the file itself, 29 MB of web annotations, is in the memory at a time is the system's affair.
HELD_WHEN_READ = {"refi-qda": 22, "web-annotation": 40}
SPANS = 30

WRITTEN = ["kutip", "brat", "conll", "conllu", "csv", "tsv", "doccano", "prodigy", "spacy-doc", "label-studio",
           "web-annotation", "citron", "huggingface", "html", "webanno-tsv", "uima-xmi", "uima-json", "refi-qda", "jsonl"]
NOT_READ = {"spacy-doc", "html"}
APART = {"csv", "tsv", "web-annotation"}
SUFFIX = {"refi-qda": ".qdpx"}


def make_article(i):
    words = [f"kata{(i % 10) * 7 + j * 13 % 101}" for j in range(3000 // 7)]
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    text, lines = " ".join(words), []
    for n in range(SPANS):
        start, last = starts[n * 14], n * 14 + 6
        end = starts[last] + len(words[last])
        lines.append(f"T{n}\t{('claim', 'quote', 'source')[n % 3]} {start} {end}\t{text[start:end]}")
        lines.append(f"#{n}\tAnnotatorNotes T{n}\tcatatan")
        if n % 3 == 1:
            lines.append(f"R{n}\tsaid_by Arg1:T{n} Arg2:T{n - 1}\t")
    return f"part-{i % 7}/article-{i}", text, "\n".join(lines) + "\n"


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

    def peak(self, *arguments):
        """In megabytes."""
        process = subprocess.Popen([TOOL, *arguments], cwd=self.path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        told = process.stderr.read()
        process.stderr.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, (arguments, told.decode()[:2000])
        return usage.ru_maxrss / 1024

    def compare(self, room, make):
        """@make: the arguments for a corpus of n articles."""
        for jobs in ("1", "2"):
            few, many = (self.peak(*make(n), "--jobs", jobs) for n in (FEW, MANY))
            assert many <= few + room, f"with --jobs {jobs}, {few:.1f} MB became {many:.1f}"


def check_format(corpora, name):
    def output(n):
        return f"{n}-{name}{SUFFIX.get(name, '')}"

    def write(n):
        shutil.rmtree(corpora.at(output(n)), ignore_errors=True)
        return ("convert", "--quiet", "--from", "jsonl", "--to", name, "-o", output(n), f"{n}.jsonl")

    def read(n):
        texts = (f"{n}",) if name in APART else ()
        return ("convert", "--quiet", "--from", name, "--to", "jsonl", "-o", f"{n}.back", output(n), *texts)

    corpora.compare(ROOM, write)
    if name not in NOT_READ:
        corpora.compare(HELD_WHEN_READ.get(name, ROOM), read)


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
    corpora.compare(ROOM, lambda n: [word.replace("OUT", f"{n}-out") for word in command] + [f"{n}-own"])


def make_cases(corpora):
    found = []
    for check, subject in [*((check_format, name) for name in WRITTEN), *((check_command, one) for one in COMMANDS)]:
        case = functools.partial(check, corpora, subject)
        case.__name__ = subject if isinstance(subject, str) else f"command {subject[0]}"
        found.append(case)
    return found


if __name__ == "__main__":
    with Corpora() as made:
        wanted = sys.argv[1:]
        status = run_cases([case for case in make_cases(made) if not wanted or case.__name__ in wanted])
    sys.exit(status)
