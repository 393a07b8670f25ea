#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""An import and a dataset that are stopped in the middle: at a pipe that nobody ends, so that they wait there for
as long as the test wants. Nothing is left of them, what was there is as it was, and the window goes on."""

import errno

from drive import *
from test_dataset import ask, fill, open_folder, read_folder
from test_everywhere import click_in_dialog

LINE = b'{"text": "Kata Putin, itu baik.", "label": [[5, 10, "Source"]]}\n'


class Pipe:
    """A file that has no end before close()."""

    def __init__(self, path):
        self.path = path
        os.mkfifo(path)

    def wait_reader(self):
        """Until somebody waits for what comes: only then it can be opened like this."""

        def open_it():
            try:
                return os.open(self.path, os.O_WRONLY | os.O_NONBLOCK)
            except OSError as error:
                assert error.errno == errno.ENXIO, error
                return None

        self.end = until("somebody to read the pipe", open_it)

    def close(self):
        os.close(self.end)
        os.remove(self.path)


def assert_goes_on(kutip, corpus):
    kutip.wait_active()
    kutip.select_text("Putin")
    key("3")
    wait_sidecar(os.path.join(corpus, "a01.txt"), lambda c: c["spans"])
    kutip.quit()


def assert_stopped(kutip):
    kutip.wait_find("label", "Stopped")
    kutip.wait_find("label", "Nothing was written.")
    key("Escape")


def an_import_is_stopped_by_its_key():
    kutip, folder = open_folder(2)
    source = os.path.join(folder, "lines")
    target = source + "-kutip"
    for path, content in ((os.path.join(source, "a.jsonl"), LINE), (os.path.join(target, "mine.txt"), b"Mine.")):
        os.makedirs(os.path.dirname(path))
        with open(path, "wb") as file:
            file.write(content)
    before, beside = read_folder(target), sorted(os.listdir(folder))
    pipe = Pipe(os.path.join(source, "b.jsonl"))
    key("ctrl+alt+i")
    kutip.wait_find("push button", "Import")
    kutip.wait_active(is_main=False)
    write(source)
    until("a place for it", lambda: target in [text_of(node) for node in kutip.find_all("text")])
    key("Return")
    # A part of it is done, and waits for the rest.
    pipe.wait_reader()
    os.write(pipe.end, LINE * 3)
    kutip.wait_find("label", "4 articles")
    assert kutip.find("progress bar", "Articles done")
    key("Escape")
    assert_stopped(kutip)
    assert read_folder(target) == before
    assert sorted(os.listdir(folder)) == beside, os.listdir(folder)
    pipe.close()
    assert_goes_on(kutip, os.path.join(folder, "corpus"))


def a_dataset_is_stopped_by_its_button():
    kutip, folder = open_folder(3)
    corpus, target = os.path.join(folder, "corpus"), os.path.join(folder, "corpus-dataset")
    ask(kutip, "one article a line")
    key("alt+e")
    kutip.wait_find("label", "train: ")
    key("Escape")
    kutip.wait_active()
    before, beside = read_folder(target), sorted(os.listdir(folder))
    assert "manifest.json" in before
    # Behind the others, of which some are read by then.
    pipe = Pipe(os.path.join(corpus, "b.txt"))
    ask(kutip, "one article a line")
    fill("alt+d", "7")
    key("alt+r", "alt+e")
    pipe.wait_reader()
    assert kutip.find("progress bar", "Articles done")
    click_in_dialog(kutip, "push button", "Cancel")
    assert_stopped(kutip)
    assert read_folder(target) == before
    assert sorted(os.listdir(folder)) == beside, os.listdir(folder)
    pipe.close()
    # What was asked for is still there, and can be had.
    kutip.wait_active()
    ask(kutip, "one article a line")
    key("alt+r", "alt+e")
    kutip.wait_find("label", "train: ")
    assert b'"seed": 7' in read_folder(target)["manifest.json"]
    key("Escape")
    assert_goes_on(kutip, corpus)


CASES = [an_import_is_stopped_by_its_key, a_dataset_is_stopped_by_its_button]

if __name__ == "__main__":
    run_cases(CASES)
