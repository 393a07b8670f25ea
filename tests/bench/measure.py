# SPDX-License-Identifier: GPL-3.0-or-later
"""measure.py [--quick] [--presses N] [--only ARTICLE]… [--minutes N] BUILD LOG: measures Kutip beside a bare
GtkTextView that shows the same texts, beside other programs and other ways, and writes what came out to LOG, which
results.py reads. Runs inside tests/xrun.

All is done in steps, those first that most is to be said of. After each the log is written; what is in it already is
not measured again, so that a run which was ended can be completed. A step that fails twice, hangs, or is ended with
the run, is said in the log, with what it had measured until then, and the next one follows.

Wall time says what a person waits; on a busy machine it says how busy that is as well, so for what is
done hundreds of times the time that the main thread worked is measured too."""

import argparse
import json
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import conversion
from results import ARTICLES, LARGE, PARTS, SHORT, SMALL, SOME, choose, is_whole

# A bare GtkTextView draws a paragraph of that size for minutes, and draws garbage.
TOO_LONG_FOR_BARE = {"1 MB in one line"}
# It is open, and lays out for many minutes more, in which it answers no key.
TOO_LONG_FOR_KEYS = {"10 MB Arabic"}
BARE_PRESSES = 100
# How often an article is opened beside the time that is measured, to know what memory it takes.
MORE_STARTS = 4
# Seconds after which a step hangs.
LIMIT = 900
# What opening is judged by most.
FIRST = [SMALL, LARGE, "100 KB"]

XRUN = str(Path(__file__).resolve().parent.parent / "xrun")


class Failed(Exception):
    def __init__(self, why, output="", hangs=False):
        super().__init__(why)
        self.output, self.hangs = output, hangs


class Bench:
    def __init__(self, arguments, log):
        self.build, self.quick, self.log = Path(arguments.build), arguments.quick, log
        chosen = ARTICLES[:2] if self.quick else ARTICLES
        self.articles = [a for a in chosen if not arguments.only or a[0] in [SMALL, *arguments.only]]
        self.repeats = 1 if self.quick else 3
        self.presses = log["presses"]
        self.folders = [] if arguments.only else [100, 300] if self.quick else [10_000, 100_000]
        self.folder = Path(tempfile.mkdtemp(prefix="kutip-bench-"))
        self.end = time.monotonic() + 60 * arguments.minutes
        self.making = threading.Lock()
        self.running = set()
        # Where the numbers mean nothing, all is done side by side, each with a keyboard of its own.
        self.screen = [XRUN] if self.quick else []

    def program(self, name):
        return str(self.build / name)

    def run(self, *words):
        """What a program says. One that hangs is ended, with all that it has started."""
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True)
            self.running.add(process)
            why = None
            try:
                process.wait(max(1, min(LIMIT, self.end - time.monotonic())))
            except subprocess.TimeoutExpired:
                why = "hangs" if time.monotonic() < self.end else "was ended, as no time was left"
                end_groups([process])
            except KeyboardInterrupt:
                why = "was ended"
                self.stop()
            finally:
                self.running.discard(process)
            out.seek(0)
            err.seek(0)
            output, said = out.read(), err.read().strip()
        if why or process.returncode != 0:
            hangs, why = why is not None, why or f"ended with {process.returncode}"
            raise Failed(f"{' '.join(Path(word).name for word in words[:4])} {why}: {said[-300:]}", output, hangs)
        return output + "".join(f"slow\t{line}\n" for line in said.splitlines() if " s until " in line)

    def run_all(self, *commands):
        """What several programs say, one after the other."""
        output = ""
        for words in commands:
            try:
                output += self.run(*words)
            except Failed as failed:
                failed.output = output + failed.output
                raise
        return output

    def master(self, name):
        """An article, made when it is wanted first."""
        path = self.folder / "master" / f"{name.replace(' ', '-')}.txt"
        with self.making:
            path.parent.mkdir(exist_ok=True)
            if not path.exists():
                # In other words: of what stands on the screen already, nothing would be painted.
                size, spans, kind, seed = next(((*a[1:], 1) for a in ARTICLES if a[0] == name), (2000, 4, "latin", 3))
                self.run(self.program("tests/bench/make-articles"), "article", str(path), str(size), str(spans), kind,
                         str(seed))
        return path

    def corpus(self, n):
        path = self.folder / f"corpus-{n}"
        with self.making:
            if not path.exists():
                self.run(self.program("tests/bench/make-articles"), "folder", str(path), str(n))
        return str(path)

    def copy(self, name, annotated=True):
        """A fresh copy of an article and its sidecar, since measuring changes it."""
        master = self.master(name)
        place = Path(tempfile.mkdtemp(dir=self.folder))
        for file in master.parent.glob(master.name + "*") if annotated else [master]:
            shutil.copy(file, place)
        return str(place / master.name)

    def time_until(self, words, line):
        """Milliseconds from starting a program to that line on its standard error; then it is ended."""
        start = time.monotonic()
        process = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                   text=True, env=dict(os.environ, KUTIP_TRACE="1"))
        watchdog = threading.Timer(60, process.kill)
        watchdog.start()
        found = next((time.monotonic() - start for said in process.stderr if line in said), None)
        watchdog.cancel()
        process.kill()
        process.stderr.close()
        process.wait()
        if found is None:
            raise Failed(f"{words[0]} ended before “{line}”")
        return found * 1000

    def time_start(self, name):
        """Program start to painted text: [bare, Kutip]."""
        bare, kutip = [], []
        for _ in range(self.repeats):
            path = self.copy(name)
            if name not in TOO_LONG_FOR_BARE:
                bare.append(self.time_until([self.program("tests/bench/bare-view"), "start", path], "first frame"))
            shown = "kutip: shows " + os.path.basename(path)
            kutip.append(self.time_until([self.program("app/ui/kutip"), path], shown))
        return [statistics.median(bare) if bare else None, statistics.median(kutip)]

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
            raise Failed(f"{words[0]} showed no window")
        finally:
            process.kill()
            process.wait()

    def time_windows(self, name):
        """To a window with an article: [Kutip, GNOME Text Editor or None where there is none]."""
        editor = shutil.which("gnome-text-editor")
        runs = [(self.time_window(self.program("app/ui/kutip"), self.copy(name)),
                 self.time_window(editor, "--standalone", self.copy(name)) if editor else None)
                for _ in range(self.repeats)]
        kutip, peer = zip(*runs)
        return [statistics.median(kutip), statistics.median(peer) if editor else None]

    def time_empty_start(self):
        return statistics.median(self.time_until([self.program("app/ui/kutip")], "kutip: first frame")
                                 for _ in range(self.repeats))

    def measure_bare(self, name):
        """Its keys, and how it opens: as often as Kutip does, and as warm."""
        presses = 0 if name in TOO_LONG_FOR_KEYS else min(self.presses, BARE_PRESSES)
        bare = [*self.screen, self.program("tests/bench/bare-view")]
        return self.run_all([*bare, "keys", self.copy(name), str(presses)],
                            [*bare, "open", self.copy(name), self.copy("other"), self.opens(name)])

    def opens(self, name):
        """Short articles are opened in milliseconds, which differ more from one time to the next."""
        return "2" if self.quick else "20" if name in SHORT else "6"

    def measure_opening(self, name):
        """As it is, and without its annotations, as the bare view opens it. Before that it is only opened, for what
        memory it takes, in windows of their own."""
        window = [*self.screen, self.program("tests/bench/bench-window")]
        other, n = self.copy("other"), self.opens(name)
        starts = [] if self.quick else [[*window, "open", self.copy(name), other, "1"] for _ in range(MORE_STARTS)]
        return self.run_all(*starts, [*window, "open", self.copy(name), other, n],
                            [*window, "plain", self.copy(name, annotated=False), other, n])

    def press(self, name, parts):
        """In a window, with a screen and a keyboard of its own."""
        presses = self.presses if name == LARGE else (self.presses + 1) // 2
        return self.run(XRUN, self.program("tests/bench/bench-window"), parts, self.copy(name), str(presses))

    def measure_folder(self, n):
        return self.run(*self.screen, self.program("tests/bench/bench-window"), "folder", self.corpus(n),
                        str(self.presses))

    def time_tool(self, *words):
        times = []
        for _ in range(self.repeats):
            start = time.monotonic()
            self.run(*words)
            times.append((time.monotonic() - start) * 1000)
        return statistics.median(times)

    def measure_tool(self):
        tool = self.program("app/cli/kutip-tool")
        found = [["kutip-tool --version", self.time_tool(tool, "--version")]]
        for name, *_ in self.articles:
            path = str(self.master(name))
            found += [[f"cat, {name} and its sidecar", self.time_tool("cat", path, path + ".annotations.json")],
                      [f"kutip-tool validate, {name}", self.time_tool(tool, "validate", path)]]
        return found

    def list_steps(self):
        """What takes its time from start to end: one after the other, with nothing beside it."""
        for name in self.list_names(FIRST):
            if name not in TOO_LONG_FOR_BARE:
                yield f"bare, {name}", self.measure_bare, name
            yield f"opening, {name}", self.measure_opening, name
        for n in self.folders:
            # And again, when Kutip and the system have seen it.
            yield f"folder, {n}, first", self.measure_folder, n
            yield f"folder, {n}, second", self.measure_folder, n
        for name, *_ in self.articles:
            yield f"start, {name}", self.time_start, name
            yield f"window, {name}", self.time_windows, name
        yield "empty start", self.time_empty_start
        yield "tool", self.measure_tool
        yield "conversions", conversion.measure_all, self.build, self.quick

    def list_key_steps(self):
        """Two at a time, as much of the time of each goes by in waiting: what is counted is the main thread's own
        time. Those of one article are together; the two that are compared come first, and the longest parts."""
        for name in self.list_names([LARGE, SMALL]):
            for parts in ["all"] if self.quick else PARTS if name in (SMALL, LARGE) else SOME:
                yield f"keys, {name}, {parts}", self.press, name, parts

    def list_names(self, first):
        """Of the articles, those first, in this order."""
        names = [a[0] for a in self.articles]
        return [name for name in first if name in names] + [name for name in names if name not in first]

    def take(self, step):
        """It is in the log then."""
        name, function, *arguments = step
        before = self.log["steps"].get(name)
        if is_whole(before):
            return
        start = time.monotonic()
        taken = None
        # Once more, as a key may get lost.
        for _ in range(2):
            if time.monotonic() > self.end or taken and "failed" not in taken:
                break
            try:
                taken = {"result": function(*arguments)}
            except Failed as failed:
                taken = {"failed": str(failed), "result": failed.output or None}
                if failed.hangs:
                    break
            except Exception as error:
                taken = {"failed": f"{type(error).__name__}: {error}", "result": None}
        if taken is None:
            return
        taken["seconds"] = round(time.monotonic() - start, 1)
        with self.making:
            self.log["steps"][name] = choose(before, taken)
            self.log["runs"][-1]["minutes"] = round((time.monotonic() - self.start) / 60, 1)
            self.log["runs"][-1]["load"][1] = round(os.getloadavg()[0], 1)
            write_log(self.log)
            print(f"{(time.monotonic() - self.start) / 60:5.1f} min: {name}: {taken['seconds']:.1f} s"
                  + (f": {taken['failed']}" if "failed" in taken else ""), file=sys.stderr, flush=True)

    def measure(self):
        self.start = time.monotonic()
        load = round(os.getloadavg()[0], 1)
        self.log["runs"].append({"date": time.strftime("%Y-%m-%d"), "minutes": 0, "load": [load, load]})
        alone, beside = list(self.list_steps()), list(self.list_key_steps())
        if self.quick:
            # Kutip runs once in a session.
            starts = (self.time_start, self.time_windows, self.time_empty_start)
            beside += [step for step in alone if step[1] not in starts]
            alone = [step for step in alone if step[1] in starts]
        for step in alone:
            self.take(step)
        with ThreadPoolExecutor(2) as two:
            try:
                list(two.map(self.take, beside))
            except KeyboardInterrupt:
                self.stop()
                raise

    def stop(self):
        """Nothing more is begun, and what runs has ended."""
        self.end = 0
        end_groups(list(self.running))


def end_groups(processes):
    """xrun ends what it has started when it is told to end."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        for process in processes:
            try:
                os.killpg(process.pid, sign)
            except ProcessLookupError:
                continue
        end = time.monotonic() + 10
        for process in processes:
            try:
                process.wait(max(0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                continue
    for process in processes:
        process.wait()


def write_log(log):
    part = Path(log["path"] + ".part")
    kept = {key: value for key, value in log.items() if key != "path"}
    part.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(log["path"])


def read_log(path, presses):
    """What an earlier run has measured; else an empty one."""
    try:
        log = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        log = {"machine": describe_machine(), "presses": presses, "runs": [], "steps": {}}
    return dict(log, path=str(path))


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
    parser.add_argument("--minutes", type=float, default=1000)
    parser.add_argument("build")
    parser.add_argument("log")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    log = read_log(arguments.log, 1 if arguments.quick else arguments.presses)
    bench = Bench(arguments, log)
    try:
        bench.measure()
    except KeyboardInterrupt:
        bench.stop()
    finally:
        shutil.rmtree(bench.folder, ignore_errors=True)
    if bench.end == 0:
        sys.exit("What was measured until now is in the log.")


if __name__ == "__main__":
    main()
