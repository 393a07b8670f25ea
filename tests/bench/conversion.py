# SPDX-License-Identifier: GPL-3.0-or-later
"""Converts 10,000 articles of 3 KB with 30 spans each from brat to JSON Lines and to CoNLL, with kutip-tool and with a
plain script of Python's standard library, beside the floor: cat of the same files, and one file written of as many
bytes as the output."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

N_ARTICLES, N_BYTES, N_SPANS, PER_FOLDER = 10_000, 3_000, 30, 1_000
AIMS = {"jsonl": 2.0, "conll": 4.0}
MAX_MB = 64
# Seconds after which one of them hangs.
LIMIT = 180
SYLLABLES = "ba ka ra men di ter lu san to pe nya gi an wa ku si mo tan re le é ñ".split()
LABELS = ["Claim", "Quote", "Source", "Cue"]


def make_article(chance):
    """A text, and the lines of its .ann."""
    words, n = [], 0
    while n < N_BYTES:
        word = "".join(chance.choices(SYLLABLES, k=chance.randint(1, 4)))
        word += chance.choice(["", "", "", "", "", ",", ".", ".\n"])
        words.append(word)
        n += len(word) + 1
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    text = " ".join(words)
    lines, step = [], len(words) // N_SPANS
    for i in range(N_SPANS):
        first = i * step
        last = first + chance.randint(0, step - 2)
        # Within one line: a span over a line break is another thing in brat.
        last = next((j for j in range(first, last) if words[j].endswith("\n")), last)
        start, end = starts[first], starts[last] + len(words[last].rstrip(",.\n"))
        lines.append(f"T{i + 1}\t{chance.choice(LABELS)} {start} {end}\t{text[start:end]}\n")
        if i % 3 == 0:
            lines.append(f"A{i + 1}\tCertainty T{i + 1} high\n")
        if i % 3 == 1:
            lines.append(f"R{i + 1}\tsaid_by Arg1:T{i + 1} Arg2:T{i}\t\n")
    return text, "".join(lines)


def make_corpus(folder, n_articles):
    chance = random.Random(4)
    total = 0
    for i in range(n_articles):
        at = folder / f"part-{i // PER_FOLDER}"
        at.mkdir(parents=True, exist_ok=True)
        text, ann = make_article(chance)
        for suffix, content in ((".txt", text), (".ann", ann)):
            data = content.encode()
            (at / f"article-{i}{suffix}").write_bytes(data)
            total += len(data)
    return total


# --- a plain script, as one would write it for the day; run as a process of its own ---

def read_brat(folder):
    for path in sorted(Path(folder).rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        spans, relations, attributes = [], [], []
        with open(path.with_suffix(".ann"), encoding="utf-8") as file:
            for line in file:
                fields = line.rstrip("\n").split("\t")
                if fields[0][0] == "T":
                    label, start, end = fields[1].split(" ")
                    start, end = int(start), int(end)
                    assert text[start:end] == fields[2]
                    spans.append({"id": fields[0], "label": label, "start": start, "end": end, "text": fields[2]})
                elif fields[0][0] == "R":
                    label, arg1, arg2 = fields[1].split(" ")
                    relations.append({"id": fields[0], "label": label, "from": arg1[5:], "to": arg2[5:]})
                elif fields[0][0] == "A":
                    attributes.append(fields[1].split(" "))
        yield path, text, spans, relations, attributes


def plain_jsonl(folder, out):
    for path, text, spans, relations, attributes in read_brat(folder):
        row = {"path": str(path), "text": text, "spans": spans, "relations": relations, "attributes": attributes}
        out.write(json.dumps(row, ensure_ascii=False) + "\n")


def plain_conll(folder, out):
    token = re.compile(r"\w+|[^\w\s]")
    for path, text, spans, _, _ in read_brat(folder):
        out.write(f"-DOCSTART- -X- O O\n\n# doc = {path}\n")
        spans.sort(key=lambda span: span["start"])
        for line in re.finditer(r".+", text):
            for found in token.finditer(text, line.start(), line.end()):
                tag = "O"
                for span in spans:
                    if span["start"] <= found.start() and found.end() <= span["end"]:
                        tag = ("B-" if span["start"] == found.start() else "I-") + span["label"]
                        break
                out.write(f"{found.group()} {tag}\n")
            out.write("\n")


def run_plain(to, folder, path):
    with open(path, "w", encoding="utf-8") as out:
        (plain_jsonl if to == "jsonl" else plain_conll)(folder, out)


# --- measuring ---

class Measure:
    def __init__(self, wall, cpu, mb):
        self.wall, self.cpu, self.mb = wall, cpu, mb


def watch_memory(pid, found):
    """Megabytes, until it ends. What wait4 tells begins with what the parent has."""
    while True:
        try:
            status = Path(f"/proc/{pid}/status").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return
        peak = re.search(r"VmHWM:\s+(\d+)", status)
        if not peak:
            return
        found.append(int(peak[1]) / 1024)
        time.sleep(0.005)


def measure(words, repeats, out):
    """The best of some runs: what the machine's other work adds is left out. Each writes @out anew: a file that is
    replaced is on the disk before, which is the disk's time."""
    runs = []
    for _ in range(repeats):
        out.unlink(missing_ok=True)
        start = time.perf_counter()
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        memory = []
        watcher = threading.Thread(target=watch_memory, args=(process.pid, memory))
        watcher.start()
        hanging = threading.Timer(LIMIT, process.kill)
        hanging.start()
        _, status, usage = os.wait4(process.pid, 0)
        end = time.perf_counter()
        process.returncode = os.waitstatus_to_exitcode(status)
        hanging.cancel()
        watcher.join()
        if process.returncode != 0:
            raise RuntimeError(f"{' '.join(words[:6])} … ended with {process.returncode}")
        runs.append(Measure(end - start, usage.ru_utime + usage.ru_stime, max(memory, default=0)))
    return min(runs, key=lambda run: run.wall)


def measure_floor(corpus, out, n_bytes, repeats):
    """Neither cat nor dd waits for the disk; nor does kutip-tool, where it replaces nothing."""
    return measure(["sh", "-c", f"find '{corpus}' -type f -print0 | xargs -0 cat > /dev/null; "
                    f"dd if=/dev/zero of='{out}' bs=1M count={n_bytes} iflag=count_bytes status=none"], repeats, out)


def describe(name, found, aim=None, most_mb=None):
    return {"name": name, "s": found.wall, "cpu": found.cpu, "mb": found.mb, "aim": aim, "most_mb": most_mb}


def compare(build, folder, to, repeats):
    """[row, …], the floor first."""
    corpus, out = folder / "in", folder / f"out.{to}"
    tool = [str(build / "app/cli/kutip-tool"), "convert", "--from", "brat", "--to", to, "--quiet", "-o", str(out)]
    rows = [describe("kutip-tool convert " + " ".join(more), measure([*tool, *more, str(corpus)], repeats, out),
                     AIMS[to], MAX_MB)
            for more in (["--jobs", "2"], ["--jobs", "1", "--no-verify"], ["--jobs", "1"])]
    floor = measure_floor(corpus, out, out.stat().st_size, repeats)
    plain = measure([sys.executable, __file__, to, str(corpus), str(out)], 1, out)
    return [describe("floor: cat, and as many bytes written", floor), *rows,
            describe("a plain Python script", plain)]


def measure_all(build, quick):
    n_articles = 100 if quick else N_ARTICLES
    folder = Path(tempfile.mkdtemp(prefix="kutip-bench-"))
    try:
        n_bytes = make_corpus(folder / "in", n_articles)
        return [{"to": to, "articles": n_articles, "annotations": n_articles * N_SPANS, "bytes": n_bytes,
                 "rows": compare(build, folder, to, 1 if quick else 3)} for to in AIMS]
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    run_plain(*sys.argv[1:])
