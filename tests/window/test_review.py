#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""The article changes on the disk between two runs: its spans are reviewed by keys alone, and again by the
mouse alone; and what is left to do is a list that leads to each thing. All of it can be undone, also in a
later run."""

import tempfile

from drive import *

BEFORE = (
    "Judul\n"
    "Pada suratnya, Putin mengatakan bahwa Rusia akan memperluas hubungan bilateral.\n"
    "Dikutip dari BBC, langkah ini dilakukan demi kebaikan kedua negara di Asia Timur.\n"
    "Laporan itu belum dapat diperiksa oleh pihak lain di luar Pyongyang.\n"
    "Tamat sudah.\n"
)
AFTER = (
    "Judul\n"
    "Diperbarui pada hari Senin.\n"
    "Pada suratnya, Putin mengatakan bahwa Rusia akan memperluas hubungan bilateral.\n"
    "Dikutip dari BBC, langkah itu dilakukan demi kebaikan dua negara di Asia Timur.\n"
    "Semua telah diperiksa.\n"
    "Tamat sudah.\n"
)
QUOTE = "langkah ini dilakukan demi kebaikan kedua negara"
QUOTE_NOW = "langkah itu dilakukan demi kebaikan dua negara"
CLAIM = "belum dapat diperiksa oleh pihak lain di luar"
CLAIM_NOW = "Semua telah diperiksa"
SOURCE = "BBC"


def write_article(path, text):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def open_article(article):
    kutip = Kutip(article)
    kutip.wait_opened("a.txt")
    return kutip


def changed_article():
    """Marked in a run of its own, then changed by somebody else."""
    article = os.path.join(tempfile.mkdtemp(prefix="kutip-review-"), "a.txt")
    write_article(article, BEFORE)
    kutip = open_article(article)
    for label_key, words in (("3", SOURCE), ("2", QUOTE), ("1", CLAIM)):
        kutip.select_text(words)
        key(label_key, "Escape", "Escape")
    wait_sidecar(article, lambda c: len(c["spans"]) == 3)
    kutip.quit()
    write_article(article, AFTER)
    return article


def by_label(content):
    return {span["label"]: span for span in content["spans"]}


def words_of(content, label):
    return " … ".join(by_label(content)[label]["text"])


def marks_of(content):
    return {label: span.get("review") for label, span in by_label(content).items()}


def is_confirmed(content, label, words):
    return words_of(content, label) == words and marks_of(content)[label] is None


UNREVIEWED = {"source": "moved", "quote": "approximate", "claim": "orphan"}


def says(kutip, words):
    return until(f"the label {words!r}", lambda: kutip.find("label", words))


def press(kutip, find_node):
    """A click as a hand makes it, which comes to rest before it presses: GTK 4.8 may take the click of a
    pointer that jumps away from a tooltip for none."""

    def middle():
        node = find_node()
        return kutip.middle_of(node) if node else None

    x, y = until("something to press", middle)
    xdotool("mousemove", int(x), int(y) - 3)
    time.sleep(0.2)
    click(x, y)


def press_button(kutip, name):
    press(kutip, lambda: kutip.find("push button", name))


def click_row(kutip, words):
    """A row of a list, which is laid out a moment after it is there."""

    def find_row():
        for row in kutip.find_all("label", words):
            box = row.get_box()
            if box.width > 100 and box.x > 400:
                return row
        return None

    press(kutip, find_row)


def a_review_by_keys():
    article = changed_article()
    kutip = open_article(article)
    says(kutip, "The article has changed since it was annotated: 1 moved")
    key("ctrl+F7")
    says(kutip, "0 of 3 reviewed")
    says(kutip, CLAIM)  # what was not found comes first
    key("F7")
    says(kutip, QUOTE_NOW)
    until("the caret in the quote", lambda: kutip.caret() == AFTER.index(QUOTE_NOW))
    key("alt+Return")  # the quote is confirmed, the next one is shown
    says(kutip, "1 of 3 reviewed")
    content = wait_sidecar(article, lambda c: is_confirmed(c, "quote", QUOTE_NOW))
    assert "was" not in by_label(content)["quote"], content
    assert marks_of(content) == {**UNREVIEWED, "quote": None}, content

    key("F7")  # around to the claim
    key("Escape")  # from the list to the article
    kutip.select_text(CLAIM_NOW)
    key("alt+shift+Return")  # it is put on what is selected
    content = wait_sidecar(article, lambda c: words_of(c, "claim") == CLAIM_NOW)
    assert marks_of(content) == {"source": "moved", "quote": None, "claim": None}, content
    says(kutip, "2 of 3 reviewed")
    key("alt+Delete")  # and the source goes
    content = wait_sidecar(article, lambda c: len(c["spans"]) == 2)
    says(kutip, "All Reviewed")
    kutip.quit()

    # A later run takes it all back.
    kutip = open_article(article)
    assert kutip.find("label", "changed after it was annotated") is None
    for n in (3, 3, 3):
        key("ctrl+z")
        wait_sidecar(article, lambda c: len(c["spans"]) == n)
    content = wait_sidecar(article, lambda c: marks_of(c) == UNREVIEWED)
    assert by_label(content)["quote"]["was"] == [QUOTE], content
    assert by_label(content)["claim"]["text"] == [CLAIM], content
    kutip.quit()

    # And the one after that says what is still to be looked at.
    kutip = open_article(article)
    says(kutip, "3 spans are still to be reviewed")
    kutip.quit()


def a_review_by_mouse():
    article = changed_article()
    kutip = open_article(article)
    press_button(kutip, "Review")
    says(kutip, "0 of 3 reviewed")
    click_row(kutip, f"Found approximately. Quote: {QUOTE_NOW}")
    says(kutip, "Now")
    press_button(kutip, "Confirm")
    wait_sidecar(article, lambda c: is_confirmed(c, "quote", QUOTE_NOW))
    press_button(kutip, "Undo")
    wait_sidecar(article, lambda c: by_label(c)["quote"].get("review") == "approximate")
    says(kutip, "0 of 3 reviewed")
    press_button(kutip, "Confirm")
    wait_sidecar(article, lambda c: is_confirmed(c, "quote", QUOTE_NOW))

    press_button(kutip, "Next span to review")
    says(kutip, CLAIM)
    start = AFTER.index(CLAIM_NOW)
    drag(kutip.place_of(start), kutip.place_of(start + len(CLAIM_NOW) - 1))
    until("the words to be selected", lambda: kutip.selection() == (start, start + len(CLAIM_NOW)))
    press_button(kutip, "Put on Selection")
    wait_sidecar(article, lambda c: words_of(c, "claim") == CLAIM_NOW)
    press_button(kutip, "Delete the span")
    wait_sidecar(article, lambda c: len(c["spans"]) == 2)
    press_button(kutip, "Back to the Annotations")
    tab = kutip.wait_find("page tab", "nnotations")
    until("the annotations", lambda: tab.has_state("SELECTED"))
    kutip.quit()


def to_do_article():
    article = os.path.join(tempfile.mkdtemp(prefix="kutip-todo-"), "a.txt")
    write_article(article, BEFORE)
    kutip = open_article(article)
    key("ctrl+F8")
    says(kutip, "Nothing Left to Do")
    key("Escape")
    kutip.select_text(QUOTE)
    key("2", "Escape", "Escape")
    kutip.select_text("Rusia")
    key("3", "u", "Escape")
    wait_sidecar(article, lambda c: len(c["spans"]) == 2)
    says(kutip, "Not yet linked to: Source")
    return kutip, article


def what_is_left_by_keys():
    kutip, article = to_do_article()
    key("ctrl+Home")
    key("ctrl+F8")  # to the list
    key("Home")
    until("the caret in Rusia", lambda: kutip.caret() == BEFORE.index("Rusia"))
    key("Down")
    until("the caret in the quote", lambda: kutip.caret() == BEFORE.index(QUOTE))
    key("Return")  # opens the attribution, and the keys go to the article
    kutip.select_text(SOURCE)
    key("3")
    content = wait_sidecar(article, lambda c: len(c["relations"]) == 1)
    assert content["relations"][0]["label"] == "attributed-to", content
    until("the quote to leave the list", lambda: kutip.find("label", "Not yet linked") is None)
    key("F8", "u")
    says(kutip, "Nothing Left to Do")
    wait_sidecar(article, lambda c: not any(s.get("unsure") for s in c["spans"]))
    key("ctrl+z")
    says(kutip, "Unsure")
    kutip.quit()


def what_is_left_by_mouse():
    kutip, article = to_do_article()
    click_row(kutip, "Not yet linked")
    until("the caret in the quote", lambda: kutip.caret() == BEFORE.index(QUOTE))
    start = BEFORE.index(SOURCE)
    drag(kutip.place_of(start), kutip.place_of(start + len(SOURCE) - 1))
    until("BBC to be selected", lambda: kutip.selection() == (start, start + len(SOURCE)))
    press_button(kutip, "Mark as Source")
    content = wait_sidecar(article, lambda c: len(c["relations"]) == 1)
    assert content["relations"][0]["label"] == "attributed-to", content
    until("the quote to leave the list", lambda: kutip.find("label", "Not yet linked") is None)
    kutip.quit()


TAGSET = {
    "format": 1,
    "name": "Small",
    "version": "1",
    "labels": [{"name": "quote", "title": "Quote", "key": "2", "attributes": ["form"], "requires": ["form"]}],
    "attributes": [{"name": "form", "title": "Form", "values": ["direct", "indirect"]}],
    "relations": [],
}


def a_missing_value_by_keys():
    """Enter leads into the very field, and what is chosen there takes the row away."""
    folder = tempfile.mkdtemp(prefix="kutip-value-")
    article = os.path.join(folder, "a.txt")
    write_article(article, BEFORE)
    with open(os.path.join(folder, "tagset.json"), "w", encoding="utf-8") as file:
        json.dump(TAGSET, file)
    kutip = open_article(article)
    kutip.select_text(QUOTE)
    key("2", "Escape")
    key("ctrl+F8")
    says(kutip, "Not yet chosen: Form")
    key("Home", "Return")
    until("the card", lambda: kutip.find("page tab", "nnotations").has_state("SELECTED"))
    time.sleep(0.3 * SLOW)
    key("space")
    content = wait_sidecar(article, lambda c: c["spans"][0].get("attributes"))
    assert content["spans"][0]["attributes"]["form"] in ("direct", "indirect"), content
    key("ctrl+F8")
    says(kutip, "Nothing Left to Do")
    kutip.quit()


run_cases(
    [
        a_review_by_keys,
        a_review_by_mouse,
        what_is_left_by_keys,
        what_is_left_by_mouse,
        a_missing_value_by_keys,
    ]
)
