#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""A researcher's first article, from opening it to the sidecar: marks sources, quotes, claims and cues by
real keys, links them, sets attributes and a note, takes everything back and does it again, and
closes. The sidecar then holds exactly that."""

import functools
import shutil
import tempfile

from articles import all_cases
from drive import *


def open_copy(case):
    folder = tempfile.mkdtemp(prefix="kutip-first-")
    article = os.path.join(folder, "artikel.txt")
    shutil.copy(case.path, article)
    kutip = Kutip(article)
    kutip.wait_opened("artikel.txt")
    return kutip, article


def by_label(content):
    counts = {}
    for span in content["spans"]:
        counts[span["label"]] = counts.get(span["label"], 0) + 1
    return counts


def mark_all(kutip, case):
    """Every mark of the case, each by select and one key; what was marked, in order."""
    for mark in case.marks:
        kutip.select_text(mark.words, mark.nth)
        key(mark.key, "Escape")  # so that the links are those that are made by hand


def pick(kutip, case, mark):
    """The caret inside the mark's words makes it current."""
    start = mark.find(case.text)
    kutip.set_caret(start + 1)
    key("Right")


def link_all(kutip, case):
    for quote, target in case.links:
        kutip.set_caret(target.find(case.text))
        pick(kutip, case, quote)
        key("l")
        x, y = kutip.place_of(target.find(case.text) + 1)
        click(x, y)


def expected_spans(case):
    spans = []
    for mark in case.marks:
        start = mark.find(case.text)
        spans.append((mark.label, start, start + len(mark.words), mark.words))
    return sorted(spans, key=lambda s: (s[1], -s[2]))


def written_spans(content):
    return [
        (s["label"], s["ranges"][0][0], s["ranges"][0][1], s["text"][0]) for s in content["spans"]
    ]


def marks_links_and_attributes_stand_in_the_sidecar(case):
    kutip, article = open_copy(case)
    mark_all(kutip, case)
    wait_sidecar(article, lambda c: len(c["spans"]) == len(case.marks))
    link_all(kutip, case)
    content = wait_sidecar(article, lambda c: len(c["relations"]) == len(case.links))

    assert written_spans(content) == expected_spans(case), written_spans(content)
    counts = by_label(content)
    assert counts["source"] >= 4 and counts["quote"] >= 5 and counts["claim"] >= 2, counts
    text_of_id = {s["id"]: s["text"][0] for s in content["spans"]}
    links = sorted((text_of_id[r["from"]], text_of_id[r["to"]]) for r in content["relations"])
    assert links == sorted((a.words, b.words) for a, b in case.links), links

    quote = case.links[0][0]
    pick(kutip, case, quote)
    form = kutip.wait_find("combo box", "Form")
    kutip.click_on(form)
    until("the list of forms", lambda: find(form, "label", "mixed"))
    key("Down", "Return")
    content = wait_sidecar(
        article,
        lambda c: [s["text"][0] for s in c["spans"] if (s.get("attributes") or {}).get("form") == "direct"]
        == [quote.words],
        what="the quote's form",
    )
    key("Escape")

    last = case.marks[-1]
    pick(kutip, case, last)
    key("u")
    content = wait_sidecar(
        article, lambda c: any(s.get("unsure") for s in c["spans"]), what="an unsure span"
    )
    assert [s["text"][0] for s in content["spans"] if s.get("unsure")] == [last.words]

    key("n")
    write("parafrasa, bukan kutipan langsung")
    key("Escape")
    wait_sidecar(
        article,
        lambda c: [s["text"][0] for s in c["spans"] if "parafrasa" in s.get("note", "")]
        == [last.words],
        what="the note",
    )
    kutip.quit()
    final = sidecar(article)
    assert written_spans(final) == expected_spans(case)
    assert final["status"] == "in-progress"
    assert final["offsets"] == "unicode code points"
    assert final["article"]["length"] == len(case.text)
    assert final["article"]["language"] == case.language


def undo_takes_everything_back_and_redo_does_it_again(case):
    kutip, article = open_copy(case)
    mark_all(kutip, case)
    link_all(kutip, case)
    wait_sidecar(article, lambda c: len(c["relations"]) == len(case.links))
    n_changes = len(case.marks) + len(case.links)
    key("ctrl+s")
    before = wait_sidecar(article, lambda c: len(c["spans"]) == len(case.marks))
    for _ in range(n_changes):
        key("ctrl+z")
    wait_sidecar(article, lambda c: not c["spans"] and not c["relations"], what="nothing left")
    for _ in range(n_changes):
        key("ctrl+shift+z")
    key("ctrl+s")
    after = wait_sidecar(article, lambda c: len(c["relations"]) == len(case.links))
    assert after == before
    kutip.quit()


def marking_done_is_kept(case):
    kutip, article = open_copy(case)
    key("ctrl+d")
    wait_sidecar(article, lambda c: c["status"] == "done")
    kutip.quit()
    assert sidecar(article)["status"] == "done"


def the_article_itself_is_never_written(case):
    kutip, article = open_copy(case)
    before = os.stat(article)
    kutip.select_text(case.marks[0].words, case.marks[0].nth)
    key(case.marks[0].key)
    write("zyq")
    key("BackSpace")
    wait_sidecar(article, lambda c: True)
    kutip.quit()
    after = os.stat(article)
    assert (before.st_ino, before.st_mtime_ns, before.st_size) == (
        after.st_ino,
        after.st_mtime_ns,
        after.st_size,
    )


def with_case(function, case):
    bound = functools.partial(function, case)
    bound.__name__ = f"{case.name}: {function.__name__}"
    return bound


run_cases(
    [
        with_case(function, case)
        for case in all_cases()
        for function in (
            marks_links_and_attributes_stand_in_the_sidecar,
            undo_takes_everything_back_and_redo_does_it_again,
            marking_done_is_kept,
            the_article_itself_is_never_written,
        )
    ]
)
