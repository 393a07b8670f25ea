# SPDX-License-Identifier: GPL-3.0-or-later
"""table.py [--quick] [--presses N] BUILD: measures Kutip beside a bare GtkTextView that shows the same texts, and
prints what came out, as tables in Markdown. Runs inside tests/xrun.

Wall time says what a person waits; on a busy machine it says how busy that is as well, so for what is
done hundreds of times the time that the main thread worked is given too."""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# name, bytes, spans, kind
ARTICLES = [
    ("3 KB", 3_000, 50, "latin"),
    ("100 KB", 100_000, 1_000, "latin"),
    ("1 MB", 1_000_000, 10_000, "latin"),
    ("10 MB", 10_000_000, 100_000, "latin"),
    ("1 MB in one line", 1_000_000, 10_000, "one-line"),
    ("10 MB Arabic", 10_000_000, 100_000, "arabic"),
]
# Laying out takes a bare GtkTextView so long there that once is enough.
LARGE = 5_000_000
# A bare GtkTextView draws a paragraph of that size for minutes, and draws garbage.
TOO_LONG_FOR_BARE = {"1 MB in one line"}

# It is open, and lays out for many minutes more, in which it answers no key.
TOO_LONG_FOR_KEYS = {"10 MB Arabic"}

FRAME = 16.0
INTERACTIONS = [
    "mark", "undo", "redo", "link, choose", "link", "delete", "caret right", "caret down", "select by word",
    "next span", "span anywhere", "start and end", "screen down", "wheel",
    "previous span", "next span alike", "previous span alike", "cycle", "next thing left to do",
    "previous thing left to do", "back", "forward", "next sentence", "previous sentence", "next part of the sentence",
    "select the word", "select the part of the sentence", "select the sentence", "select the paragraph",
    "next paragraph", "previous paragraph", "go to a place, ask", "go to a place, each digit", "go to a place",
    "piece, add", "piece, remove", "edge, extend by a word", "edge, shrink by a word", "edge, extend by a character",
    "edge, extend by a sentence", "edge at the start, extend by a word", "edge at the start, shrink by a word",
    "drag an edge, each motion", "drag an edge, let go",
    "attribution, close", "attribution, open", "copy with another label", "unsure", "label, change", "split", "merge",
    "link, the kinds to choose from", "link, another kind", "link, the other way round", "follow the link",
    "follow it back", "the next link", "link, its note", "link, remove", "all links, show", "all links, hide",
    "attribute, show its values", "attribute, choose one", "attribute, set", "attribute, set back", "note, begin",
    "note, each letter", "note, end", "article, done", "article, not done", "article, its properties",
    "click into the text", "click on a badge", "menu of a place", "drag to select, each motion",
    "drag to select, let go",
    "find, first hit", "find, each letter", "find, next", "find, previous",
    "mark all, the window", "mark all, each letter", "mark all, leave one out", "mark all, close the window",
    "search all articles, the window", "search all articles, close the window",
    "edit the tag set, the window", "edit the tag set, close the window",
    "filter the spans", "filter the spans, each letter", "larger text", "normal text size", "smaller text",
    "the annotations, hide", "the annotations, show", "guidelines, show", "guidelines, hide",
    "next part of the window", "previous part of the window",
    "mark 5,000 places", "undo 5,000 places", "redo 5,000 places", "mark 5,000 places, filtered",
    "undo 5,000 places, filtered", "redo 5,000 places, filtered",
    "show what is left to do", "leave what is left to do", "filter what is left to do", "down what is left to do",
    "show what is to review", "leave what is to review", "filter what is to review", "down what is to review",
    "confirm what is to review", "undo confirming one", "confirm all that moved", "undo confirming",
    "autosave, longest block",
]
# They cost what there is to change, in another thread, and so have no part in what grows with the article.
BULK = {
    "mark 5,000 places", "undo 5,000 places", "redo 5,000 places", "mark 5,000 places, filtered",
    "undo 5,000 places, filtered", "redo 5,000 places, filtered", "confirm all that moved", "undo confirming",
    "autosave, longest block",
}


class Series:
    """What bench-window and bare-view print of one measure: milliseconds."""

    def __init__(self, fields):
        self.n = int(fields[0])
        (self.work, self.work_99, self.work_worst, self.wall, self.block,
         self.block_worst) = map(float, fields[1:])


class Measures:
    def __init__(self, output):
        self.series, self.values = {}, {}
        for line in output.splitlines():
            kind, *fields = line.split("\t")
            if kind == "series":
                self.series[fields[0]] = Series(fields[1:])
            elif kind == "value":
                self.values[fields[0]] = float(fields[1])


class Bench:
    def __init__(self, build, quick, presses):
        self.build, self.quick = Path(build), quick
        self.articles = ARTICLES[:2] if quick else ARTICLES
        self.repeats = 1 if quick else 3
        self.presses = 1 if quick else presses
        self.folders = [300] if quick else [10_000, 100_000]
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

    def time_until(self, words, *lines):
        """Milliseconds from starting a program to each of the lines on its standard error; then it
        is ended."""
        environment = dict(os.environ, KUTIP_TRACE="1")
        start = time.monotonic()
        process = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                   text=True, env=environment)
        times = {}
        for line in process.stderr:
            for wanted in lines:
                if wanted in line and wanted not in times:
                    times[wanted] = (time.monotonic() - start) * 1000
            if len(times) == len(lines):
                break
        process.kill()
        process.stderr.close()
        process.wait()
        if len(times) < len(lines):
            sys.exit(f"{' '.join(words)} ended before “{lines[len(times)]}”")
        return [times[line] for line in lines]

    def time_start(self, name):
        """Program start to painted text: (bare, Kutip)."""
        bare, kutip = [], []
        for _ in range(self.repeats):
            path = self.copy(name)
            if name not in TOO_LONG_FOR_BARE:
                bare += self.time_until(
                    [self.program("tests/bench/bare-view"), "start", path], "first frame")
            kutip += self.time_until([self.program("app/ui/kutip"), path],
                                     "kutip: shows " + os.path.basename(path))
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
        return statistics.median(
            self.time_until([self.program("app/ui/kutip")], "kutip: first frame")[0]
            for _ in range(self.repeats))

    def measure(self, name):
        bare = None
        is_large = self.master(name).stat().st_size > LARGE
        if name not in TOO_LONG_FOR_BARE:
            presses = 0 if name in TOO_LONG_FOR_KEYS else min(self.presses, 100)
            bare = [Measures(self.run(self.program("tests/bench/bare-view"), "keys",
                                      self.copy(name), str(presses)))
                    for _ in range(1 if is_large else self.repeats)]
            # As often as Kutip opens it, and as warm.
            opens = Measures(self.run(self.program("tests/bench/bare-view"), "open", self.copy(name),
                                      self.copy("other"), "2" if self.quick else "6"))
            for run in bare:
                run.series["open"] = opens.series["open"]
        return bare, Measures(self.run(self.program("tests/bench/bench-window"), "article",
                                       self.copy(name), self.copy("other"), str(self.presses)))

    def measure_folders(self):
        """Each folder the first time, and again, when Kutip and the system have seen it."""
        def run(n):
            return Measures(self.run(self.program("tests/bench/bench-window"), "folder",
                                     str(self.folder / f"corpus-{n}"), str(self.presses)))
        return [(run(n), run(n)) for n in self.folders]

    def time_tool(self, *words):
        times = []
        for _ in range(self.repeats):
            start = time.monotonic()
            self.run(*words)
            times.append((time.monotonic() - start) * 1000)
        return statistics.median(times)


def ms(value):
    if value is None:
        return "–"
    return f"{value:.1f}" if value < 100 else f"{value:.0f}"


def ratio(value, floor):
    return "–" if not floor else f"{value / floor:.2f}"


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |")


def heading(*cells):
    row(*cells)
    print("|" + " --- |" * len(cells))


def median_of(runs, name, field="wall"):
    if not runs or name not in runs[0].series:
        return None
    return statistics.median(getattr(run.series[name], field) for run in runs)


def print_opening(starts, results):
    print("\n## Opening (ms)\n")
    heading("article", "program start to text: bare", "Kutip", "ratio", "in a running window: bare",
            "Kutip", "ratio", "with its annotations", "of it main thread", "end, right after: bare", "Kutip",
            "middle span, right after", "longest block after")
    for name, (bare, kutip) in results.items():
        floor, start = starts[name]
        opened, text = kutip.series["open"], kutip.series["open, text"]
        row(name, ms(floor), ms(start), ratio(start, floor), ms(median_of(bare, "open")),
            ms(text.wall), ratio(text.wall, median_of(bare, "open")), ms(opened.wall),
            ms(opened.work),
            ms(median_of(bare, "end, right after opening")),
            ms(kutip.series["end, right after opening"].wall),
            ms(kutip.series["middle, right after opening"].wall),
            ms(kutip.values["block after opening"]))


def print_windows(windows):
    print("\n## Program start to the window on the screen (ms)\n")
    heading("article", "Kutip", "GNOME Text Editor", "ratio")
    for name, (kutip, peer) in windows.items():
        row(name, ms(kutip), ms(peer), ratio(kutip, peer))


def cell(series):
    """One sample is one press, or one of what its name says."""
    return (f"{series.work:.1f} / {series.work_99:.1f} / {series.work_worst:.1f} ({ms(series.wall)}; {series.n})"
            if series is not None and series.n > 0 else "–")


def print_interactions(results):
    print("\n## Each key (ms that the main thread works until the effect is painted, or, where much is done"
          " in another thread, the longest on end until all is done: median / 99 % / worst; in brackets from the"
          " press to the end, and how many samples; each is one press and all that comes of it)\n")
    heading("", *results)
    for name in INTERACTIONS:
        row(name, *(cell(kutip.series.get(name)) for _, kutip in results.values()))
    for name in ("caret right", "caret down", "screen down"):
        row("bare: " + name, *(
            "–" if not bare or "caret right" not in bare[0].series else
            f"{median_of(bare, name, 'work'):.1f} / {median_of(bare, name, 'work_99'):.1f} / "
            f"{median_of(bare, name, 'work_worst'):.1f} ({ms(median_of(bare, name))})"
            for bare, _ in results.values()))


def bytes_a_span(results, name, spans):
    """What Kutip needs beyond the bare view, beyond what it needs beyond it for a small article."""
    def extra(which):
        bare, kutip = results[which]
        floor = statistics.median(run.values["memory, heap"] for run in bare)
        return kutip.values["memory, heap"] - floor
    if not results[name][0] or spans < 1_000:
        return None
    return (extra(name) - extra("3 KB")) * 1024 * 1024 / spans


def print_memory(results, articles):
    print("\n## Memory (MB resident; bytes a span: heap beyond the bare view's, the window's own"
          " left out)\n")
    heading("article", "spans", "bare", "Kutip", "bytes a span", "Kutip after all the keys")
    for name, _, spans, _ in articles:
        bare, kutip = results[name]
        each = bytes_a_span(results, name, spans)
        row(name, f"{spans:,}",
            ms(statistics.median(run.values["memory"] for run in bare)) if bare else "–",
            ms(kutip.values["memory"]), "–" if each is None else f"{each:.0f}",
            ms(kutip.values["memory, at the end"]))


def print_folders(runs):
    print("\n## Folders (ms until; the longest that the main thread works on end)\n")
    heading("articles", "first rows: first time", "second", "all listed, states known: first time", "second",
            "in the open window again", "longest block: first time", "second", "again",
            "filter: each letter, median / 99 % / worst", "next unfinished, median / 99 % / worst", "memory")
    for first, second in runs:
        v, w = first.values, second.values
        typed, opened = second.series["folder, filter"], second.series["folder, next unfinished"]
        row(f"{v['folder, articles']:,.0f}", ms(first.series["folder, first rows"].wall),
            ms(second.series["folder, first rows"].wall), ms(v["folder, all heads"]), ms(w["folder, all heads"]),
            ms(w["folder, again, all listed"]), ms(v["folder, longest block"]), ms(w["folder, longest block"]),
            ms(w["folder, again, longest block"]), cell(typed), cell(opened), f"{ms(v['folder, memory'])} MB")
    print("\n## Searching all articles (ms until; the longest that the main thread works on end)\n")
    heading("articles", "the window", "places", "first", "end", "longest block", "a rare word: first", "end",
            "longest block", "stopped", "longest block", "memory")
    for _, run in runs:
        v = run.values
        row(f"{v['folder, articles']:,.0f}", ms(v["search, shown"]), f"{v['search, many, places']:,.0f}",
            *(ms(v[f"search, {name}"]) for name in
              ("many, first", "many, end", "many, longest block", "few, first", "few, end", "few, longest block",
               "stopped", "stopped, longest block")), f"{ms(v['folder, memory at the end'])} MB")


def list_folder_misses(runs):
    """What keeps a key waiting longer than a frame, and a known folder that is not soon at hand."""
    misses = []
    for runs_of_one in runs:
        for run in runs_of_one:
            n = f"{run.values['folder, articles']:,.0f} articles"
            misses += [f"{n}: {name}: {ms(value)} ms on end" for name, value in run.values.items()
                       if (name.endswith("block") or name == "search, shown") and value > FRAME]
            misses += [f"{n}: {name}: {ms(series.work_worst)} ms" for name, series in run.series.items()
                       if name in ("folder, filter", "folder, next unfinished") and series.work_worst > FRAME]
        again = runs_of_one[1].series["folder, first rows"].wall
        if again > 1000:
            misses.append(f"{n}: first rows after {ms(again)} ms")
    return misses


def print_tool(bench):
    tool = bench.program("app/cli/kutip-tool")
    print("\n## The command line (ms)\n")
    heading("", "time")
    row("kutip-tool --version", ms(bench.time_tool(tool, "--version")))
    for name, *_ in bench.articles:
        path = str(bench.master(name))
        row(f"cat, {name} and its sidecar",
            ms(bench.time_tool("cat", path, path + ".annotations.json")))
        row(f"kutip-tool validate, {name}", ms(bench.time_tool(tool, "validate", path)))


def list_misses(starts, results, articles, n_presses):
    """What is over what it is to be."""
    misses = []
    for name, _, spans, _ in articles:
        bare, kutip = results[name]
        opened, text = kutip.series["open"], kutip.series["open, text"]
        floor = median_of(bare, "open")
        if floor and text.wall > 1.1 * floor:
            misses.append(f"{name}: opens in {text.wall / floor:.1f} times the floor")
        if opened.wall > text.wall + 500:
            misses.append(f"{name}: annotations {ms(opened.wall - text.wall)} ms after the text")
        for jump in ("end, right after opening", "middle, right after opening"):
            if kutip.series[jump].wall > 100:
                misses.append(f"{name}: {jump}: {ms(kutip.series[jump].wall)} ms")
        for key in INTERACTIONS:
            series, small = kutip.series.get(key), results["3 KB"][1].series[key]
            if series is None or series.n == 0:
                continue
            if series.work_99 > FRAME:
                misses.append(f"{name}: {key}: {series.work_99:.1f} ms at the 99th percentile")
            elif series.work_worst > FRAME:
                misses.append(f"{name}: {key}: {series.work_worst:.1f} ms at worst")
            if series.n < n_presses:
                misses.append(f"{name}: {key}: only {series.n} samples")
            if key not in BULK and small.n > 0 and series.work > 1.5 * small.work and series.work > 2:
                misses.append(
                    f"{name}: {key}: {series.work / small.work:.1f} times its cost at 3 KB")
        each = bytes_a_span(results, name, spans)
        if each is not None and each > 300:
            misses.append(f"{name}: {each:.0f} bytes a span")
    return misses


def describe_machine():
    name = platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            name = line.split(":", 1)[1].strip()
            break
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return f"{os.cpu_count()} processors ({name}), {system}, Xvfb, GSK_RENDERER={os.environ['GSK_RENDERER']}"


def load():
    return " ".join(f"{value:.1f}" for value in os.getloadavg())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--presses", type=int, default=200)
    parser.add_argument("--only", action="append", metavar="ARTICLE", help="such as “10 MB”; 3 KB is always there")
    parser.add_argument("build")
    arguments = parser.parse_args()
    bench = Bench(arguments.build, arguments.quick, arguments.presses)
    if arguments.only:
        bench.articles = [a for a in bench.articles if a[0] in ["3 KB"] + arguments.only]
    try:
        print(f"{time.strftime('%Y-%m-%d')}, {describe_machine()}; load before: {load()}")
        bench.make()
        starts = {name: bench.time_start(name) for name, *_ in bench.articles}
        empty = bench.time_empty_start()
        windows = {name: bench.time_windows(name) for name, *_ in bench.articles}
        results = {name: bench.measure(name) for name, *_ in bench.articles}
        print_opening(starts, results)
        print(f"\nProgram start to an empty window: {ms(empty)} ms")
        print_windows(windows)
        print_interactions(results)
        print_memory(results, bench.articles)
        folders = bench.measure_folders()
        print_folders(folders)
        print_tool(bench)
        print(f"\nLoad after: {load()}")
        if not arguments.quick:
            print("\n## Over its target\n")
            misses = list_misses(starts, results, bench.articles, bench.presses) + list_folder_misses(folders)
            for miss in misses or ["nothing"]:
                print(f"- {miss}")
    finally:
        shutil.rmtree(bench.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
