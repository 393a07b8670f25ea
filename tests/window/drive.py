# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a real Kutip window as a person does: real key and mouse events through the X server
(xdotool), and AT-SPI to see what a screen reader sees. For tests that run inside tests/xrun."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time

import tree
from accessible import get_process_id, list_programs
from gi.repository import GLib

SLOW = float(os.environ.get("KUTIP_TEST_PATIENCE", "1"))


class Timeout(AssertionError):
    pass


def until(what, condition, seconds=10.0):
    """The first true value of condition(); fails with @what when none comes in time."""
    end = time.monotonic() + seconds * SLOW
    while (start := time.monotonic()) < end:
        try:
            value = condition()
        except GLib.Error:
            value = None  # the widget went away while we looked
        if value:
            return value
        # The program has as long for its own work as it was asked.
        time.sleep(max(0.02, time.monotonic() - start))
    raise Timeout(f"waited in vain for: {what}")


def xdotool(*words):
    return subprocess.run(
        ["xdotool", *map(str, words)], check=True, capture_output=True, text=True
    ).stdout.strip()


def visible_windows(title):
    """Those that the X server shows at this moment; between two of them it may be none."""
    words = ["xdotool", "search", "--onlyvisible", "--name", title]
    return subprocess.run(words, check=False, capture_output=True, text=True).stdout.split()


def window_places(how, what):
    """The number and the place of each window that the X server shows at this moment, asked at once: to start xdotool
    takes longer than all that it does."""
    words = ["xdotool", "search", "--onlyvisible", how, what, "getwindowgeometry", "--shell", "%@"]
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    places = []
    if done.returncode == 0:  # else there is none, or one of them went meanwhile
        for name, value in (line.split("=") for line in done.stdout.splitlines()):
            if name == "WINDOW":
                places.append({})
            places[-1][name] = int(value)
    return places


def key(*names):
    """Presses keys one after the other, as a hand does."""
    for name in names:
        xdotool("key", "--clearmodifiers", name)
        time.sleep(0.03 * SLOW)


def choose_from_list(row_key, *moves):
    """In the list that a row opens: keys that come before it is there would go to the row."""
    pid = xdotool("getwindowfocus", "getwindowpid")

    def windows():
        return set(xdotool("search", "--onlyvisible", "--pid", pid).split())

    before = windows()
    key(row_key)
    until(f"the list that {row_key} opens", lambda: windows() - before)
    key(*moves, "Return")
    until("the list to close", lambda: not windows() - before)


def write(text):
    xdotool("type", "--delay", 15, text)


def write_into(field, text):
    """Over what a field with the focus has."""
    key("ctrl+a")
    write(text)
    until(f"{text!r} to be written", lambda: text_of(field) == text)


def put_path(field, path):
    """Into that of a chooser of files. Letter by letter GTK 4.8 would list each folder above it, and sort it again for
    every few files: minutes, where others have left thousands of them in /tmp."""
    field.set_text(path)
    until(f"{path!r} in the field", lambda: text_of(field) == path)


def click(x, y, button=1, repeat=1):
    # As a hand does, it comes to rest first: GTK 4.8 may take the press of a pointer that has just
    # arrived as one in the tip that it left behind.
    rest = ["mousemove", int(x) - 2, int(y), "sleep", 0.07, "mousemove", int(x), int(y), "sleep", 0.15 * SLOW]
    xdotool(*rest, "click", "--repeat", repeat, "--delay", 60, button)


def drag(start, end):
    """A press, at least two moves (one alone is a click) and a release."""
    (x0, y0), (x1, y1) = start, end
    xdotool("mousemove", int(x0), int(y0), "mousedown", 1, *drag_on(start, end))
    time.sleep(0.05)


def drag_on(start, end):
    """With the button down, from there to here, where it is let go."""
    (x0, y0), (x1, y1) = start, end
    words = []
    for step in range(1, 6):
        words += ["sleep", 0.05, "mousemove", int(x0 + (x1 - x0) * step / 5), int(y0 + (y1 - y0) * step / 5)]
    return [*words, "sleep", 0.07, "mouseup", 1]


def screenshot(path):
    subprocess.run(["import", "-silent", "-window", "root", path], check=True)


def picture_of(kutip):
    """The pixels of the article once they have come to rest, with the pointer away from it."""
    frame = kutip.wait_find("frame").get_box()
    x, y = kutip.origin()
    xdotool("mousemove", int(x + frame.width / 2), int(y + frame.height - 4))
    box = kutip.article().get_box()
    crop = f"{box.width}x{box.height}+{int(x + box.x)}+{int(y + box.y)}"
    words = ["import", "-silent", "-window", "root", "-crop", crop, "-depth", "8", "rgb:-"]
    taken = []

    def rests():
        taken.append(subprocess.run(words, check=True, capture_output=True).stdout)
        return taken[-1] and taken[-2:-1] == taken[-1:]

    until("the picture to rest", rests)
    return taken[-1]


def is_alive(node):
    """Whether its widget is on the bus still."""
    try:
        return bool(node.get_role())
    except GLib.Error:
        return False


def children(node):
    return node.get_children()


def role(node):
    return node.get_role()


def walk(node):
    """All accessible nodes below @node, depth first."""
    yield node
    for child in children(node):
        yield from walk(child)


def fits(wanted_role, name):
    return lambda item: item.role == wanted_role and (name is None or name in item.name)


def find_all(node, wanted_role, name=None):
    return tree.find_all(node, fits(wanted_role, name))


def find(node, wanted_role, name=None):
    return tree.find(node, fits(wanted_role, name))


def text_of(node):
    return node.get_text()


def is_of(program, pid):
    """Whether it has that number, and a window."""
    try:
        return get_process_id(program.program) == pid and bool(program.get_children())
    except GLib.Error:
        return False  # it has ended


def preload(shim):
    """What LD_PRELOAD is for the program: with the address sanitizer, it wants that one's library first."""
    linked = subprocess.run(["ldd", os.environ["KUTIP_PROGRAM"]], capture_output=True, text=True, check=True).stdout
    first = [line.split()[2] for line in linked.splitlines() if "libasan" in line]
    return " ".join([*first, shim])


class Kutip:
    """One run of the program."""

    running = []

    def __init__(self, *arguments, program=None, env=None, wait=True):
        self.program = program or os.environ["KUTIP_PROGRAM"]
        self.trace = tempfile.NamedTemporaryFile("r", suffix=".log", delete=False)
        environment = {**os.environ, "KUTIP_TRACE": "1", "G_DEBUG": "fatal-criticals", **(env or {})}
        if "ASAN_OPTIONS" in environment:
            # A whole session under the slow unwinder takes six times as long, and the stacks of the fast
            # one end where GLib's begin, so that our leaks look like those of libraries. The tests of
            # tests/ui look for leaks.
            environment["ASAN_OPTIONS"] += ":fast_unwind_on_malloc=1:detect_leaks=0"
        self.process = subprocess.Popen(
            [self.program, *map(str, arguments)],
            stderr=open(self.trace.name, "w"),
            env=environment,
        )
        Kutip.running.append(self)
        self.node = self.text = self.frame = None
        if wait:
            self.wait_trace("first frame", 30)
            self.node = until("the program on the accessibility bus", self._find_node)

    def _find_node(self):
        for candidate in list_programs():
            if is_of(candidate, self.process.pid):
                return candidate
        return None

    def log(self):
        with open(self.trace.name, encoding="utf-8", errors="replace") as file:
            return file.read()

    def wait_trace(self, words, seconds=20.0):
        def said():
            if self.process.poll() is not None:
                raise AssertionError(
                    f"the program ended with {self.process.returncode}:\n{self.log()}"
                )
            return words in self.log()

        until(f"'{words}' in the trace", said, seconds)

    def wait_opened(self, name):
        self.wait_trace(f"opened {name}")

    def find(self, wanted_role, name=None):
        return find(self.node, wanted_role, name)

    def find_all(self, wanted_role, name=None):
        return find_all(self.node, wanted_role, name)

    def wait_active(self, is_main=True, title=None):
        """Until the X server sends keys to the article's window, or to another one of the program, or to the
        one that has the title: while a dialog comes or goes it sends them nowhere for a moment, and a key
        that is pressed then is lost."""

        def is_there():
            found = subprocess.run(
                ["xdotool", "getwindowfocus", "getwindowpid", "getwindowfocus", "getwindowname"],
                capture_output=True,
                text=True,
                check=False,
            ).stdout.splitlines()
            if found[:1] != [str(self.process.pid)]:
                return False
            return found[-1] == title if title else found[-1].endswith("Kutip") == is_main

        wanted = title or ("the article's window" if is_main else "a dialog")
        until(f"the keys to go to {wanted}", is_there)

    def wait_keys(self):
        """Until the X server sends keys to any window of the program; not for one that has ended."""

        def goes_to_us():
            words = ["xdotool", "getwindowfocus", "getwindowpid"]
            found = subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()
            return found == str(self.process.pid) or self.process.poll() is not None

        until("the keys to go to the program", goes_to_us)

    def wait_find(self, wanted_role, name=None, seconds=10.0):
        return until(f"a {wanted_role} called {name!r}", lambda: self.find(wanted_role, name), seconds)

    def name_file(self, title, path):
        """Writes a file's name into the dialog that asks for it, which comes with a name of its own."""
        self.wait_active(title=title)

        def entry():
            fields = self.find_all("text")
            return next((f for f in fields if f.has_state("FOCUSED")), None)

        field = until("a field for the file's name", entry)
        until("a name in it", lambda: text_of(field))
        put_path(field, path)
        key("Return")

    def article(self):
        """Found once for each window: it is asked for at every step."""
        if self.text is None or not is_alive(self.text):
            self.text = self.wait_find("text", "Article text")
        return self.text

    def caret(self):
        return self.article().get_caret()

    def set_caret(self, offset):
        view = self.article()
        view.set_caret(offset)
        until(f"the caret at {offset}", lambda: view.get_caret() == offset)

    def selection(self):
        return self.article().get_selection()

    def select_by_keys(self, start, end):
        """Caret by AT-SPI, then Shift and the arrow keys, as a person extends a selection."""
        view = self.article()
        self.set_caret(start)
        words = len(view.get_text(start, end).split())
        if words > 1:
            xdotool("key", "--clearmodifiers", "--repeat", words - 1, "--delay", 8, "shift+ctrl+Right")
        self.wait_still(view)
        while view.get_caret() < end:
            here = view.get_caret()
            key("shift+ctrl+Right")
            until("the caret to move", lambda: view.get_caret() != here)
        back = view.get_caret() - end
        if back > 0:
            xdotool("key", "--clearmodifiers", "--repeat", back, "--delay", 8, "shift+Left")
        until("the selection", lambda: self.selection() == (start, end))

    def wait_still(self, view):
        """Until the keys that were sent have all arrived."""
        last = None

        def still():
            nonlocal last
            here = view.get_caret()
            same, last = here == last, here
            return same

        time.sleep(0.03 * SLOW)
        until("the caret to rest", still)

    def select_text(self, words, nth=0):
        whole = text_of(self.article())
        start = -1
        for _ in range(nth + 1):
            start = whole.index(words, start + 1)
        self.select_by_keys(start, start + len(words))
        return (start, start + len(words))

    def origin(self):
        """Where the frame's content begins on the screen: AT-SPI knows places in it only, without the
        border that a client-side decorated window draws around itself."""
        place = until("the window on the screen", lambda: window_places("--name", "Kutip$"))[-1]
        if self.frame is None or not is_alive(self.frame):
            self.frame = self.wait_find("frame")
        border = (place["WIDTH"] - self.frame.get_box().width) / 2
        return (place["X"] + border, place["Y"] + border)

    def place_of(self, offset):
        """The middle of a character on the screen, for the mouse."""
        x, y = self.origin()
        box = self.article().get_character_box(offset)
        return (x + box.x + box.width / 2, y + box.y + box.height / 2)

    def middle_of(self, node):
        x, y = self.origin()
        box = node.get_box()
        return (x + box.x + box.width / 2, y + box.y + box.height / 2)

    def click_on(self, node, **how):
        click(*self.middle_of(node), **how)

    def quit(self):
        self.wait_keys()
        key("ctrl+q")
        try:
            status = self.process.wait(20 * SLOW)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"Ctrl+Q did not end the program:\n{self.log()}") from None
        assert status == 0, f"ended with {status}:\n{self.log()}"

    def kill(self):
        """As a crash does: no chance to save anything."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


def listed(kutip):
    """The words next to each place in the concordance, before and after it, from top to bottom."""
    rows = find_all(kutip.wait_find("tree table", "Places found"), "table row")
    cells = [[text_of(c) for c in find_all(row, "label")] for row in rows if find(row, "table cell")]
    return [(left.strip().split()[-1], right.strip().split()[0]) for _, left, _, right in cells]


def sidecar(article, annotator=None):
    middle = f".{annotator}" if annotator else ""
    path = f"{article}{middle}.annotations.json"
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8", newline="") as file:
        return json.load(file)


def wait_sidecar(article, condition, annotator=None, what="the sidecar to say so"):
    def holds():
        content = sidecar(article, annotator)
        return content if content and condition(content) else None

    return until(what, holds)


def run_cases(cases):
    """Runs functions as TAP, one line each; the exit status says whether all held."""
    failed = 0
    print(f"1..{len(cases)}", flush=True)
    for number, case in enumerate(cases, 1):
        name = case.__name__.replace("_", " ")
        try:
            case()
            print(f"ok {number} - {name}", flush=True)
        except Exception as error:  # a test program reports every failure and goes on
            failed += 1
            shots = os.environ.get("KUTIP_TEST_SHOTS")
            if shots:
                screenshot(os.path.join(shots, f"{number}.png"))
            for line in f"{type(error).__name__}: {error}".splitlines():
                print(f"# {line}")
            print(f"not ok {number} - {name}", flush=True)
        finally:
            while Kutip.running:
                Kutip.running.pop().kill()
    sys.exit(1 if failed else 0)
