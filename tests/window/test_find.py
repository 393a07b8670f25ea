#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding by real keys: in the article, marking all places of some words, and in many articles."""

import tempfile

from drive import *

WORDS = "Putin"
STORY = (
    "Kunjungan Putin\n\n"
    "Pada suratnya, Putin mengatakan bahwa Rusia akan memperluas hubungan. "
    "Menurut putin, langkah itu baik. Putinisme tidak disebut.\n\n"
    "Dikutip dari BBC, Putin menulis surat kedua.\n"
)


def places(words, text=STORY):
    found, at = [], text.find(words)
    while at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def open_story(**files):
    folder = tempfile.mkdtemp(prefix="kutip-find-")
    article = os.path.join(folder, "a.txt")
    for name, text in {"a": STORY, **files}.items():
        with open(os.path.join(folder, f"{name}.txt"), "w", encoding="utf-8", newline="") as file:
            file.write(text)
    kutip = Kutip(article)
    kutip.wait_opened("a.txt")
    kutip.set_caret(0)
    return kutip, article


def wait_count(kutip, words):
    until(f"“{words}” in the search", lambda: kutip.find("label", words))


def wait_selection(kutip, place):
    until(f"the selection {place}", lambda: kutip.selection() == place)


def hits_are_gone_through_by_keys():
    kutip, _ = open_story()
    key("ctrl+f")
    write("putin")
    wait_count(kutip, "1 of 5")
    wait_selection(kutip, places("Putin")[0])
    key("Return")
    wait_count(kutip, "2 of 5")
    wait_selection(kutip, places("Putin")[1])
    key("shift+Return", "shift+Return")
    wait_count(kutip, "5 of 5")
    wait_selection(kutip, places("Putin")[-1])
    key("ctrl+g")
    wait_count(kutip, "1 of 5")
    key("alt+w")
    wait_count(kutip, "1 of 4")
    key("alt+c")
    wait_count(kutip, "1 of 1")
    wait_selection(kutip, places("putin")[0])
    key("alt+c")
    wait_count(kutip, "1 of 4")
    key("F3")
    wait_count(kutip, "2 of 4")
    key("Escape")
    until("the bar to close", lambda: not kutip.find("label", "2 of 4"))
    wait_selection(kutip, places("Putin")[1])
    kutip.quit()


def a_hit_is_marked_after_escape():
    kutip, article = open_story()
    key("ctrl+f")
    write("BBC")
    wait_count(kutip, "1 of 1")
    key("Escape", "3")
    content = wait_sidecar(article, lambda c: c["spans"])
    assert [(s["label"], s["text"]) for s in content["spans"]] == [("source", ["BBC"])]
    kutip.quit()


def what_is_not_there_leaves_the_caret_where_it_was():
    kutip, _ = open_story()
    kutip.set_caret(7)
    key("ctrl+f")
    write("zzz")
    wait_count(kutip, "Not found")
    key("Escape")
    until("the caret to be back", lambda: kutip.caret() == 7 and kutip.selection() is None)
    kutip.quit()


def a_bad_expression_says_why():
    kutip, _ = open_story()
    key("ctrl+f", "alt+e")
    write("(Put")
    until("the reason", lambda: kutip.find("label", "missing"))
    write("in|BBC)")
    wait_count(kutip, "1 of 6")
    kutip.quit()


def all_places_but_one_are_marked_in_one_step():
    kutip, article = open_story()
    kutip.select_text(WORDS)
    key("a")
    kutip.wait_find("push button", "Mark 4")
    check = kutip.wait_find("check box", "Menurut putin")
    kutip.wait_find("check box", "Kunjungan Putin")
    # From the words past the label, where to mark, four options and the box for all, into the list.
    key(*["Tab"] * 9, "Down", "Down", "space")
    until(
        "that place to be left out",
        lambda: not check.has_state("CHECKED"),
    )
    kutip.wait_find("push button", "Mark 3")
    key("alt+m")
    content = wait_sidecar(article, lambda c: len(c["spans"]) == 3)
    expected = [p for p in places("Putin") if STORY[p[1] : p[1] + 4] != "isme"]
    assert [tuple(s["ranges"][0]) for s in content["spans"]] == expected, content["spans"]
    key("ctrl+z")
    wait_sidecar(article, lambda c: not c["spans"], what="all of them taken back at once")
    kutip.quit()


def a_place_in_another_article_is_opened():
    other = "Tentang Jokowi.\n\nKata Jokowi, Putin datang.\n"
    kutip, _ = open_story(b=other)
    key("ctrl+shift+f")
    kutip.wait_find("push button", "Search")
    write("putin")
    key("Return")
    kutip.wait_find("label", "6 places in 2 articles")
    key("Down", "End", "Return")
    kutip.wait_opened("b.txt")
    wait_selection(kutip, places("Putin", other)[0])
    kutip.quit()


def shown_windows():
    return set(xdotool("search", "--onlyvisible", "--class", "kutip").split())


def the_labels_under_the_pointer_give_way_to_other_windows():
    kutip, _ = open_story()
    # A dialog, and two windows beside the work.
    for window_key in ("ctrl+m", "F1", "ctrl+shift+f"):
        before = shown_windows()
        start, end = places("Dikutip dari BBC")[0]
        drag(kutip.place_of(start), kutip.place_of(end - 1))
        (labels,) = until("the labels", lambda: shown_windows() - before)
        xdotool("mousemove", "--window", labels, 60, 60)
        xdotool("mousemove_relative", 1, 1)
        time.sleep(0.3 * SLOW)  # for the pointer's way to be told
        key(window_key)
        kutip.wait_active(is_main=False)
        until(f"the labels to go for {window_key}", lambda: labels not in shown_windows())
        key("Escape")
        kutip.wait_active()
    kutip.quit()


run_cases(
    [
        hits_are_gone_through_by_keys,
        a_hit_is_marked_after_escape,
        what_is_not_there_leaves_the_caret_where_it_was,
        a_bad_expression_says_why,
        all_places_but_one_are_marked_in_one_step,
        a_place_in_another_article_is_opened,
        the_labels_under_the_pointer_give_way_to_other_windows,
    ]
)
