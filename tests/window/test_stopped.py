#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""An import and a dataset that are stopped in the middle: where the last of their files is opened, the thread is held
for as long as the test wants. Nothing is left of them, what was there is as it was, and the window goes on."""

import tempfile

from drive import *
from test_dataset import ask, fill, open_folder, read_folder
from test_everywhere import click_in_dialog

# So many are done before the one that is held, as so many are read together.
N_DONE = 16


class Hold:
    """Where the program waits with what it imports or exports, once begin() was called."""

    def __init__(self, place):
        self.file = os.path.join(tempfile.mkdtemp(prefix="kutip-hold-"), "hold")
        self.env = {
            "LD_PRELOAD": preload(os.environ["KUTIP_HOLD_SHIM"]),
            "KUTIP_HOLD_TASK": "kutip_exchange_start",
            "KUTIP_HOLD_OPENING": place,
            "KUTIP_HOLD_FILE": self.file,
        }

    def begin(self):
        with open(self.file, "w", encoding="utf-8"):
            pass

    def wait(self, kutip):
        """Until it is held, and the others are done."""
        until("the thread to be held", lambda: os.path.exists(self.file + ".held"))
        kutip.wait_find("label", f"{N_DONE} articles")
        # Of all that there are, as the bar shows.
        share = kutip.find("progress bar", "Articles done").get_value()
        assert 0.8 < share < 1, share

    def end(self, kutip):
        """When the window knows that it is to stop."""
        kutip.wait_find("label", "Stopping…")
        os.remove(self.file)


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


def write_brat(folder):
    """As many articles as are read together, and one more."""
    os.makedirs(folder)
    for i in range(N_DONE + 1):
        for suffix, content in ((".txt", "Kata Putin, itu baik."), (".ann", "T1\tSource 5 10\tPutin\n")):
            with open(os.path.join(folder, f"a{i:02}{suffix}"), "w", encoding="utf-8") as file:
                file.write(content)


def an_import_is_stopped_by_its_key():
    hold = Hold(f"/project/a{N_DONE:02}.txt")
    kutip, folder = open_folder(2, env=hold.env)
    source = os.path.join(folder, "project")
    target = source + "-kutip"
    write_brat(source)
    os.makedirs(target)
    with open(os.path.join(target, "mine.txt"), "w", encoding="utf-8") as file:
        file.write("Mine.")
    before, beside = read_folder(target), sorted(os.listdir(folder))
    key("ctrl+alt+i")
    kutip.wait_find("push button", "Import")
    kutip.wait_active(is_main=False)
    write(source)
    until("a place for it", lambda: target in [text_of(node) for node in kutip.find_all("text")])
    hold.begin()
    key("Return")
    hold.wait(kutip)
    key("Escape")
    hold.end(kutip)
    assert_stopped(kutip)
    assert read_folder(target) == before
    assert sorted(os.listdir(folder)) == beside, os.listdir(folder)
    assert_goes_on(kutip, os.path.join(folder, "corpus"))


def a_dataset_is_stopped_by_its_button():
    hold = Hold(f"/corpus/a{N_DONE + 1:02}.txt")
    kutip, folder = open_folder(N_DONE + 1, env=hold.env)
    corpus, target = os.path.join(folder, "corpus"), os.path.join(folder, "corpus-dataset")
    ask(kutip, "one article a line")
    key("alt+e")
    kutip.wait_find("label", "train: ")
    key("Escape")
    kutip.wait_active()
    before, beside = read_folder(target), sorted(os.listdir(folder))
    assert "manifest.json" in before
    ask(kutip, "one article a line")
    fill("alt+d", "7")
    hold.begin()
    key("alt+r", "alt+e")
    hold.wait(kutip)
    click_in_dialog(kutip, "push button", "Cancel")
    hold.end(kutip)
    assert_stopped(kutip)
    assert read_folder(target) == before
    assert sorted(os.listdir(folder)) == beside, os.listdir(folder)
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
