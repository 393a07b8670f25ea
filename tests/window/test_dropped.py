#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files and folders that are dragged from another program's window and dropped on Kutip's."""

import tempfile

from drive import *


class Source:
    """The other program's window, in the upper left corner, with Kutip's beside it."""

    last = None

    def __init__(self, *files):
        if Source.last:
            Source.last.close()
        Source.last = self
        self.process = subprocess.Popen(
            [os.environ["KUTIP_DRAG_SOURCE"], *files], stdout=subprocess.PIPE
        )
        os.set_blocking(self.process.stdout.fileno(), False)
        self.wait("ready")
        window = xdotool("search", "--onlyvisible", "--name", "^Drag Source$")
        xdotool("windowmove", "--sync", window, 0, 0)

    def wait(self, word):
        said = b""

        def says():
            nonlocal said
            said += self.process.stdout.read() or b""
            return word.encode() in said

        until(f"“{word}” from the drag source", says)

    def drop_at(self, x, y):
        drag((50, 50), (x, y))

    def close(self):
        self.process.kill()
        self.process.wait()


def start():
    kutip = Kutip()
    window = until("the window on the screen", lambda: visible_windows("Kutip$"))[-1]
    xdotool("windowsize", "--sync", window, 900, 700)
    xdotool("windowmove", "--sync", window, 200, 20)
    return kutip


def make(*names):
    folder = tempfile.mkdtemp(prefix="kutip-dropped-")
    for name in names:
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"This is {name}\n\nIt has been dropped.\n")
    return folder


def a_file_is_opened():
    folder = make("dropped ✓.txt")
    kutip = start()
    source = Source(os.path.join(folder, "dropped ✓.txt"))
    source.drop_at(650, 400)
    kutip.wait_opened("dropped ✓.txt")
    source.wait("dropped")
    assert text_of(kutip.article()).startswith("This is dropped ✓.txt")
    source.close()
    kutip.quit()


def a_folder_fills_the_list():
    folder = make("one.txt", "below/two.txt")
    kutip = start()
    source = Source(folder)
    source.drop_at(650, 400)
    kutip.wait_find("label", "below/two.txt")
    kutip.wait_find("label", "one.txt")
    source.close()
    kutip.quit()


def several_files_are_a_corpus():
    folder = make("one.txt", "two.txt", "three.txt")
    kutip = start()
    source = Source(os.path.join(folder, "one.txt"), os.path.join(folder, "two.txt"))
    source.drop_at(650, 400)
    kutip.wait_find("label", "one.txt")
    kutip.wait_find("label", "two.txt")
    assert not kutip.find("label", "three.txt")
    source.close()
    kutip.quit()


def another_article_takes_the_place_of_the_one_that_is_open():
    folder = make("one.txt", "two.txt")
    kutip = start()
    source = Source(os.path.join(folder, "one.txt"))
    source.drop_at(650, 400)
    kutip.wait_opened("one.txt")
    source.close()
    source = Source(os.path.join(folder, "two.txt"))
    source.drop_at(600, 300)
    kutip.wait_opened("two.txt")
    until("the other text", lambda: text_of(kutip.article()).startswith("This is two.txt"))
    source.close()
    kutip.quit()


def what_is_let_go_beside_the_window_changes_nothing():
    folder = make("one.txt")
    kutip = start()
    source = Source(os.path.join(folder, "one.txt"))
    source.drop_at(100, 780)
    source.wait("refused")
    assert kutip.find("push button", "Open Article")
    source.close()
    kutip.quit()


run_cases(
    [
        a_file_is_opened,
        a_folder_fills_the_list,
        several_files_are_a_corpus,
        another_article_takes_the_place_of_the_one_that_is_open,
        what_is_let_go_beside_the_window_changes_nothing,
    ]
)
