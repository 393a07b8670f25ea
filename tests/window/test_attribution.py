#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""An attribution in one flow of keys: source, cue and quote of a sentence, in at most eight presses after
the caret has reached it; pieces, edges, splitting and merging, by keys alone."""

import tempfile

from articles import links, spans
from drive import *

SENTENCE = "Putin mengatakan langkah ini dilakukan demi kebaikan kedua negara"
TEXT = f"Judul\n{SENTENCE}.\nKalimat lain menyusul.\n"
START = TEXT.index(SENTENCE)


def start():
    folder = tempfile.mkdtemp(prefix="kutip-attribution-")
    article = os.path.join(folder, "a.txt")
    with open(article, "w", encoding="utf-8", newline="") as file:
        file.write(TEXT)
    kutip = Kutip(article)
    kutip.wait_opened("a.txt")
    kutip.set_caret(START)
    return kutip, article


def quote_cue_and_source_in_six_keys():
    kutip, article = start()
    presses = ["3", "ctrl+Right", "4", "shift+alt+Right", "shift+Left", "2"]
    assert len(presses) <= 8
    key(*presses)
    content = wait_sidecar(article, lambda c: len(c["spans"]) == 3)
    assert spans(content) == [
        ("source", "Putin"),
        ("cue", "mengatakan"),
        ("quote", "langkah ini dilakukan demi kebaikan kedua negara"),
    ], spans(content)
    assert links(content) == [
        ("attributed-to", "langkah", "Putin"),
        ("introduced-by", "langkah", "mengatakan"),
    ], links(content)
    kutip.quit()


def an_edge_moves_by_words_and_back():
    kutip, article = start()
    key("3")
    key("alt+k")
    wait_sidecar(article, lambda c: spans(c) == [("source", "Putin mengatakan")])
    key("alt+j")
    wait_sidecar(article, lambda c: spans(c) == [("source", "Putin")])
    key("ctrl+alt+k")
    key("ctrl+alt+shift+k")
    wait_sidecar(article, lambda c: [s["ranges"] for s in c["spans"]] == [[[START + 1, START + 6]]])
    key("ctrl+z", "ctrl+z")
    wait_sidecar(article, lambda c: spans(c) == [("source", "Putin")])
    kutip.quit()


def pieces_are_added_and_removed():
    kutip, article = start()
    kutip.select_text("langkah ini")
    key("2")
    kutip.select_text("kedua negara")
    key("plus")
    wait_sidecar(article, lambda c: spans(c) == [("quote", "langkah ini … kedua negara")])
    key("minus")
    wait_sidecar(article, lambda c: spans(c) == [("quote", "langkah ini")])
    kutip.quit()


def split_merge_and_copy():
    kutip, article = start()
    kutip.select_text("langkah ini dilakukan")
    key("1", "Escape")
    kutip.set_caret(TEXT.index("dilakukan") - 1)
    key("Right", "x")
    wait_sidecar(article, lambda c: spans(c) == [("claim", "langkah ini"), ("claim", "dilakukan")])
    kutip.set_caret(TEXT.index("langkah") + 1)
    key("Right")
    key("m")
    wait_sidecar(article, lambda c: spans(c) == [("claim", "langkah ini dilakukan")])
    key("alt+shift+2")
    wait_sidecar(
        article,
        lambda c: sorted(spans(c))
        == [("claim", "langkah ini dilakukan"), ("quote", "langkah ini dilakukan")],
    )
    kutip.quit()


def told_something(kutip):
    """A span is deleted, which is told, with a button to take it back; another one is current."""
    key("3", "Escape")
    kutip.select_text("langkah ini")
    key("1", "Escape")
    kutip.select_text("kebaikan")
    key("1", "Delete")
    kutip.wait_find("push button", "Undo", 10)
    key("comma")


def escape_leaves_a_note_while_something_is_told():
    kutip, article = start()
    told_something(kutip)
    key("F2")
    write("x")
    key("Escape", "Delete")
    wait_sidecar(article, lambda c: spans(c) == [("source", "Putin")])
    kutip.quit()


def escape_stops_linking_while_something_is_told():
    kutip, article = start()
    told_something(kutip)
    key("l", "Escape", "Return", "u")
    content = wait_sidecar(article, lambda c: any(s.get("unsure") for s in c["spans"]))
    assert links(content) == [], links(content)
    kutip.quit()


def all_links_show_on_demand():
    kutip, article = start()
    key("3", "ctrl+Right", "4", "shift+alt+Right", "shift+Left", "2", "Escape")
    wait_sidecar(article, lambda c: len(links(c)) == 2)
    kutip.set_caret(len(TEXT) - 2)
    until("no attribution to be open", lambda: not kutip.find("label", "Attribution complete"))
    without = picture_of(kutip)
    key("ctrl+shift+l")
    until("the links to show", lambda: picture_of(kutip) != without)
    key("ctrl+shift+l")
    until("the links to be away", lambda: picture_of(kutip) == without)
    kutip.quit()


run_cases(
    [
        quote_cue_and_source_in_six_keys,
        an_edge_moves_by_words_and_back,
        pieces_are_added_and_removed,
        split_merge_and_copy,
        escape_leaves_a_note_while_something_is_told,
        escape_stops_linking_while_something_is_told,
        all_links_show_on_demand,
    ]
)
