#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the program outright after each step of a person's work, before it can have saved, and finds
everything again at the next start."""

import shutil
import signal
import tempfile

from articles import shipped
from drive import *

CASE = shipped()
A, B = CASE.links[0]  # a quote and its source


def start_of(mark):
    return mark.find(CASE.text)


def pick(kutip, mark):
    kutip.set_caret(start_of(mark) + 1)
    key("Right")


def mark(kutip, which):
    kutip.select_text(which.words, which.nth)
    key(which.key, "Escape")


def link(kutip):
    kutip.set_caret(start_of(B))
    pick(kutip, A)
    key("l")
    click(*kutip.place_of(start_of(B) + 1))


def unsure(kutip):
    pick(kutip, A)
    key("u")


def delete(kutip):
    pick(kutip, B)
    key("Delete")


def spans(content):
    return sorted((s["label"], s["text"][0], bool(s.get("unsure"))) for s in content["spans"])


SOURCE = ("source", B.words, False)
QUOTE = ("quote", A.words, False)
UNSURE = ("quote", A.words, True)

# What is done, and what must be there after the kill: spans, the number of relations, the status.
STEPS = [
    ("a source is marked", lambda k: mark(k, B), [SOURCE], 0, "in-progress"),
    ("a quote is marked", lambda k: mark(k, A), [QUOTE, SOURCE], 0, "in-progress"),
    ("they are linked", link, [QUOTE, SOURCE], 1, "in-progress"),
    ("the quote is unsure", unsure, [UNSURE, SOURCE], 1, "in-progress"),
    ("that is undone", lambda k: key("ctrl+z"), [QUOTE, SOURCE], 1, "in-progress"),
    ("and done again", lambda k: key("ctrl+shift+z"), [UNSURE, SOURCE], 1, "in-progress"),
    ("the source is deleted", delete, [UNSURE], 0, "in-progress"),
    ("that is undone", lambda k: key("ctrl+z"), [UNSURE, SOURCE], 1, "in-progress"),
    ("the article is done", lambda k: key("ctrl+d"), [UNSURE, SOURCE], 1, "done"),
]


def after_each_step_everything_is_found_again():
    folder = tempfile.mkdtemp(prefix="kutip-killed-")
    article = os.path.join(folder, "artikel.txt")
    shutil.copy(CASE.path, article)
    for what, step, expected, n_relations, status in STEPS:
        kutip = Kutip(article)
        kutip.wait_opened("artikel.txt")
        step(kutip)
        time.sleep(0.4)  # less than autosave waits, so that the journal is what is left
        kutip.kill()

        again = Kutip(article)
        again.wait_opened("artikel.txt")
        key("ctrl+s")
        wait_sidecar(
            article,
            lambda c: spans(c) == sorted(expected)
            and len(c["relations"]) == n_relations
            and c["status"] == status,
            what=f"what was there when {what}",
        )
        again.quit()


def undo_goes_on_behind_the_crash():
    folder = tempfile.mkdtemp(prefix="kutip-killed-")
    article = os.path.join(folder, "artikel.txt")
    shutil.copy(CASE.path, article)
    kutip = Kutip(article)
    kutip.wait_opened("artikel.txt")
    mark(kutip, B)
    mark(kutip, A)
    time.sleep(0.4)
    kutip.kill()

    again = Kutip(article)
    again.wait_opened("artikel.txt")
    key("ctrl+z")
    key("ctrl+s")
    wait_sidecar(article, lambda c: spans(c) == [SOURCE], what="one step less")
    again.quit()


def asked_to_end_it_saves_first():
    """As at the end of a session, right behind the last key: nothing is left to be recovered, for the folder may be
    opened on another computer next."""
    for number in signal.SIGTERM, signal.SIGHUP, signal.SIGINT:
        folder = tempfile.mkdtemp(prefix="kutip-killed-")
        article = os.path.join(folder, "artikel.txt")
        shutil.copy(CASE.path, article)
        kutip = Kutip(article)
        kutip.wait_opened("artikel.txt")
        mark(kutip, B)
        kutip.wait_find("label", "1 span")
        kutip.process.send_signal(number)
        assert kutip.process.wait(30) == 0, number
        wait_sidecar(article, lambda c: spans(c) == [SOURCE], what="what was marked last")


run_cases(
    [after_each_step_everything_is_found_again, undo_goes_on_behind_the_crash, asked_to_end_it_saves_first]
)
