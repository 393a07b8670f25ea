# SPDX-License-Identifier: GPL-3.0-or-later
"""measure.py [--quick] [--presses N] [--only ARTICLE]… BUILD LOG: measures Kutip beside a bare GtkTextView that shows
the same texts, beside other programs and other ways, and writes what came out to LOG, which results.py reads. Runs
inside tests/xrun.

Wall time says what a person waits; on a busy machine it says how busy that is as well, so for what is
done hundreds of times the time that the main thread worked is measured too."""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import conversion
from results import ARTICLES, LARGE, SMALL

# A bare GtkTextView draws a paragraph of that size for minutes, and draws garbage.
TOO_LONG_FOR_BARE = {"1 MB in one line"}
# It is open, and lays out for many minutes more, in which it answers no key.
TOO_LONG_FOR_KEYS = {"10 MB Arabic"}
BARE_PRESSES = 100

# Two windows at a time, each with a screen and a keyboard of its own, as most of the time of each goes by in waiting for
# frames: what is counted is the main thread's own time. Both halves take about as long.
ALL = ("asking,pointing,find,reading,scrolling,saving", "marking,moving,shaping,links,card,bulk,panes")
# In the articles between, what the text itself may make slow.
SOME = ("find,scrolling", "marking,reading,saving")

XRUN = str(Path(__file__).resolve().parent.parent / "xrun")


class Bench:
    def __init__(self, arguments):
        self.build, self.quick = Path(arguments.build), arguments.quick
        chosen = ARTICLES[:2] if self.quick else ARTICLES
        self.articles = [a for a in chosen if not arguments.only or a[0] in [SMALL, *arguments.only]]
        self.repeats = 1 if self.quick else 3
        self.presses = 1 if self.quick else arguments.presses
        self.folders = [] if arguments.only else [100, 300] if self.quick else [10_000, 100_000]
        self.folder = Path(tempfile.mkdtemp(prefix="kutip-bench-"))

    def program(self, name):
        return str(self.build / name)

    def run(self, *words):
        result = subprocess.run(words, capture_output=True, text=True, timeout=3600)
        if result.returncode != 0:
            sys.exit(f"{' '.join(words)} ended with {result.returncode}\n{result.stderr}")
        return result.stdout

    def make(self):
        maker = self.program("tests/bench/make-articles")
        (self.folder / "master").mkdir()
        for name, size, spans, kind in self.articles:
            self.run(maker, "article", str(self.master(name)), str(size), str(spans), kind, "1")
        # In other words: of what stands on the screen already, nothing would be painted.
        self.run(maker, "article", str(self.master("other")), "2000", "4", "latin", "3")
        for n in self.folders:
            self.run(maker, "folder", str(self.folder / f"corpus-{n}"), str(n))

    def master(self, name):
        return self.folder / "master" / f"{name.replace(' ', '-')}.txt"

    def copy(self, name):
        """A fresh copy of an article and its sidecar, since measuring changes it."""
        place = Path(tempfile.mkdtemp(dir=self.folder))
        for file in self.master(name).parent.glob(self.master(name).name + "*"):
            shutil.copy(file, place)
        return str(place / self.master(name).name)

    def time_until(self, words, line):
        """Milliseconds from starting a program to that line on its standard error; then it is ended."""
        start = time.monotonic()
        process = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                   text=True, env=dict(os.environ, KUTIP_TRACE="1"))
        found = next((time.monotonic() - start for said in process.stderr if line in said), None)
        process.kill()
        process.stderr.close()
        process.wait()
        if found is None:
            sys.exit(f"{' '.join(words)} ended before “{line}”")
        return found * 1000

    def time_start(self, name):
        """Program start to painted text: (bare, Kutip)."""
        bare, kutip = [], []
        for _ in range(self.repeats):
            path = self.copy(name)
            if name not in TOO_LONG_FOR_BARE:
                bare.append(self.time_until([self.program("tests/bench/bare-view"), "start", path], "first frame"))
            kutip.append(self.time_until([self.program("app/ui/kutip"), path], "kutip: shows " + os.path.basename(path)))
        return statistics.median(bare) if bare else None, statistics.median(kutip)

    def time_window(self, *words):
        """Milliseconds from starting a program to its window on the screen, seen from outside, so
        that programs of other people can be timed too; then it is ended."""
        start = time.monotonic()
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while time.monotonic() < start + 60:
                found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)],
                                       capture_output=True, text=True)
                if found.stdout.strip():
                    return (time.monotonic() - start) * 1000
            sys.exit(f"{' '.join(words)} showed no window")
        finally:
            process.kill()
            process.wait()

    def time_windows(self, name):
        """To a window with an article: (Kutip, GNOME Text Editor or None where there is none)."""
        editor = shutil.which("gnome-text-editor")
        runs = [(self.time_window(self.program("app/ui/kutip"), self.copy(name)),
                 self.time_window(editor, "--standalone", self.copy(name)) if editor else None)
                for _ in range(self.repeats)]
        kutip, peer = zip(*runs)
        return statistics.median(kutip), statistics.median(peer) if editor else None

    def time_empty_start(self):
        return statistics.median(self.time_until([self.program("app/ui/kutip")], "kutip: first frame")
                                 for _ in range(self.repeats))

    def measure_bare(self, name):
        """Its keys, and how it opens: as often as Kutip does, and as warm."""
        if name in TOO_LONG_FOR_BARE:
            return None
        presses = 0 if name in TOO_LONG_FOR_KEYS else min(self.presses, BARE_PRESSES)
        return (self.run(self.program("tests/bench/bare-view"), "keys", self.copy(name), str(presses))
                + self.run(self.program("tests/bench/bare-view"), "open", self.copy(name), self.copy("other"),
                           self.opens()))

    def opens(self):
        return "2" if self.quick else "6"

    def measure_opening(self, name):
        return self.run(self.program("tests/bench/bench-window"), "open", self.copy(name), self.copy("other"),
                        self.opens())

    def measure_keys(self, name):
        def press(parts):
            return self.run(XRUN, self.program("tests/bench/bench-window"), parts, self.copy(name), str(self.presses))
        with ThreadPoolExecutor(2) as halves:
            return "".join(halves.map(press, ALL if name in (SMALL, LARGE) or self.quick else SOME))

    def measure_folder(self, n):
        """The first time, and again, when Kutip and the system have seen it."""
        return [self.run(self.program("tests/bench/bench-window"), "folder", str(self.folder / f"corpus-{n}"),
                         str(self.presses)) for _ in range(2)]

    def time_tool(self, *words):
        times = []
        for _ in range(self.repeats):
            start = time.monotonic()
            self.run(*words)
            times.append((time.monotonic() - start) * 1000)
        return statistics.median(times)

    def measure_tool(self):
        tool = self.program("app/cli/kutip-tool")
        yield "kutip-tool --version", self.time_tool(tool, "--version")
        for name, *_ in self.articles:
            path = str(self.master(name))
            yield f"cat, {name} and its sidecar", self.time_tool("cat", path, path + ".annotations.json")
            yield f"kutip-tool validate, {name}", self.time_tool(tool, "validate", path)

    def measure(self):
        """What takes its time from start to end first, with nothing beside it; then the keys."""
        log = {"date": time.strftime("%Y-%m-%d"), "machine": describe_machine(), "load": [os.getloadavg()[0]],
               "presses": self.presses, "articles": {}}
        start = time.monotonic()
        self.make()
        for name, _, spans, _ in self.articles:
            tell(start, f"opening {name}")
            log["articles"][name] = {"spans": spans, "start": self.time_start(name), "window": self.time_windows(name),
                                     "bare": self.measure_bare(name), "opening": self.measure_opening(name)}
        log["empty start"] = self.time_empty_start()
        tell(start, "folders")
        log["folders"] = [self.measure_folder(n) for n in self.folders]
        tell(start, "the command line")
        log["tool"] = list(self.measure_tool())
        log["conversions"] = conversion.measure_all(self.build, self.quick)
        for name, *_ in self.articles:
            tell(start, f"keys in {name}")
            log["articles"][name]["keys"] = self.measure_keys(name)
        log["load"].append(os.getloadavg()[0])
        log["minutes"] = (time.monotonic() - start) / 60
        return log


def tell(start, what):
    """For whoever waits."""
    print(f"{(time.monotonic() - start) / 60:5.1f} min: {what}", file=sys.stderr, flush=True)


def describe_machine():
    name = platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            name = line.split(":", 1)[1].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return (f"{os.cpu_count()} processors ({name}), {memory:.0f} GiB, {system}, Xvfb, drawn by the processor "
            f"(GSK_RENDERER={os.environ['GSK_RENDERER']})")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--presses", type=int, default=200)
    parser.add_argument("--only", action="append", metavar="ARTICLE", help="such as “10 MB”; 3 KB is always there")
    parser.add_argument("build")
    parser.add_argument("log")
    arguments = parser.parse_args()
    bench = Bench(arguments)
    try:
        log = bench.measure()
    finally:
        shutil.rmtree(bench.folder, ignore_errors=True)
    with open(arguments.log, "w", encoding="utf-8") as file:
        json.dump(log, file, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
