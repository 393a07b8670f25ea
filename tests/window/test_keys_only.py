#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that is done to annotations, by key events alone: the caret too is moved by keys only. What
came of it is read from the sidecar and seen through AT-SPI."""

import tempfile

import drive
from articles import spans, wait_links, wait_spans
from drive import *

TEXT = (
    "Judul berita\n"
    "Putin mengatakan langkah ini dilakukan demi kebaikan kedua negara.\n"
    "Dikutip dari BBC, serangan itu menewaskan tiga orang. Kremlin membantah serangan itu.\n"
    "Kata Putin, tidak ada serangan.\n"
)
DIKUTIP = "Dikutip dari BBC, serangan itu menewaskan tiga orang."
KREMLIN = "Kremlin membantah serangan itu."
TAGSET = {
    "format": 1,
    "name": "Keys",
    "version": "1",
    "labels": [
        {"name": "claim", "title": "Claim", "key": "1"},
        {"name": "quote", "title": "Quote", "key": "2", "requires": ["attributed-to"]},
        {"name": "source", "title": "Source", "key": "3"},
        {"name": "cue", "title": "Cue", "key": "4"},
    ],
    "attributes": [{"name": "strength", "title": "Strength", "values": ["weak", "strong"], "default": "weak"}],
    "relations": [
        {"name": "attributed-to", "title": "Attributed to", "from": ["quote", "claim"], "to": ["source"]},
        {"name": "introduced-by", "title": "Introduced by", "from": ["quote", "claim"], "to": ["cue"]},
        {
            "name": "supports",
            "title": "Supports",
            "key": "u",
            "from": ["claim", "quote"],
            "to": ["claim", "quote"],
            "attributes": ["strength"],
        },
        {
            "name": "denies",
            "title": "Denies",
            "key": "d",
            "from": ["claim", "quote"],
            "to": ["claim", "quote"],
            "attributes": ["strength"],
        },
    ],
    "article_attributes": [],
}


def no_mouse(*words, **how):
    raise AssertionError("this test has no mouse")


drive.click = drive.drag = no_mouse
Kutip.set_caret = Kutip.click_on = no_mouse


def start():
    folder = tempfile.mkdtemp(prefix="kutip-keys-")
    article = os.path.join(folder, "a.txt")
    with open(article, "w", encoding="utf-8", newline="") as file:
        file.write(TEXT)
    with open(os.path.join(folder, "tagset.json"), "w", encoding="utf-8") as file:
        json.dump(TAGSET, file)
    kutip = Kutip(article)
    kutip.wait_opened("a.txt")
    return kutip, article


def at(words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start


def wait_caret(kutip, offset):
    until(f"the caret at {offset}", lambda: kutip.caret() == offset)


def go_to(kutip, offset):
    """The dialog that goes to a place."""
    key("ctrl+j")
    kutip.wait_find("text", "Place in the article")
    kutip.wait_active(is_main=False)
    write(str(offset))
    until("a place there", lambda: kutip.find("label", f"{offset} of {len(TEXT)}"))
    key("Return")
    wait_caret(kutip, offset)
    kutip.wait_active()


def select(kutip, words, nth=0):
    go_to(kutip, at(words, nth))
    for _ in range(len(words.split())):
        key("w")
    until("the selection", lambda: kutip.selection() == (at(words, nth), at(words, nth) + len(words)))


def attributions():
    kutip, article = start()
    go_to(kutip, at("Putin mengatakan"))
    key("3", "ctrl+Right", "4", "shift+2")
    wait_links(article, ("attributed-to", "langkah", "Putin"), ("introduced-by", "langkah", "mengatakan"))
    key("Escape")
    go_to(kutip, at("BBC"))
    key("3", "Escape")
    go_to(kutip, at("langkah"))
    key("Right")
    until("the quote to be current", lambda: kutip.find("label", "langkah ini dilakukan"))
    key("r")
    kutip.wait_find("label", "Attribution complete")
    go_to(kutip, at("BBC"))
    key("Right", "Return")
    wait_links(
        article,
        ("attributed-to", "langkah", "BBC"),
        ("attributed-to", "langkah", "Putin"),
        ("introduced-by", "langkah", "mengatakan"),
    )
    key("shift+r")
    until("the attribution to be closed", lambda: not kutip.find("label", "Attribution complete"))
    kutip.quit()


def every_edge_by_every_unit():
    kutip, article = start()
    select(kutip, "tiga")
    key("1", "Escape")
    wait_spans(article, ("claim", "tiga"))
    go_to(kutip, at("tiga") + 1)
    for keys, words in [
        ("alt+k", "tiga orang"),
        ("alt+shift+j", "menewaskan tiga orang"),
        ("alt+shift+k", "tiga orang"),
        ("alt+j", "tiga"),
        ("ctrl+alt+k", "tiga "),
        ("ctrl+alt+j", "tiga"),
        ("ctrl+alt+shift+j", " tiga"),
        ("ctrl+alt+shift+k", "tiga"),
        ("alt+Page_Down", "tiga orang."),
        ("ctrl+z", "tiga"),
        ("alt+shift+Page_Up", "Dikutip dari BBC, serangan itu menewaskan tiga"),
        ("alt+Page_Down", DIKUTIP),
        ("alt+Page_Down", f"{DIKUTIP} {KREMLIN}"),
        ("alt+Page_Up", DIKUTIP),
        ("alt+Page_Down", f"{DIKUTIP} {KREMLIN}"),
        ("alt+shift+Page_Down", KREMLIN),
        ("alt+shift+Page_Up", f"{DIKUTIP} {KREMLIN}"),
    ]:
        key(keys)
        wait_spans(article, ("claim", words))
    kutip.quit()


def pieces_split_merge_and_copy():
    kutip, article = start()
    select(kutip, "langkah ini")
    key("2")
    select(kutip, "kedua negara")
    key("plus")
    wait_spans(article, ("quote", "langkah ini … kedua negara"))
    # The edges of the piece at the caret.
    key("alt+shift+j")
    wait_spans(article, ("quote", "langkah ini … kebaikan kedua negara"))
    key("alt+shift+k")
    wait_spans(article, ("quote", "langkah ini … kedua negara"))
    key("minus")
    wait_spans(article, ("quote", "langkah ini"))
    key("Escape")
    go_to(kutip, at("ini dilakukan"))
    key("x")
    wait_spans(article, ("quote", "langkah"), ("quote", "ini"))
    go_to(kutip, at("langkah") + 2)
    key("m")
    wait_spans(article, ("quote", "langkah ini"))
    key("alt+shift+1")
    wait_sidecar(article, lambda c: sorted(spans(c)) == [("claim", "langkah ini"), ("quote", "langkah ini")])
    key("alt+4")
    wait_sidecar(article, lambda c: sorted(spans(c)) == [("cue", "langkah ini"), ("quote", "langkah ini")])
    key("Delete")
    wait_spans(article, ("quote", "langkah ini"))
    kutip.quit()


def moving():
    kutip, article = start()
    for words, label in [("Putin", "3"), ("langkah ini", "2"), ("kedua negara", "2"), ("BBC", "3"), ("tiga", "1")]:
        select(kutip, words)
        key(label, "Escape")
    select(kutip, "langkah")
    key("4", "Escape")
    wait_sidecar(article, lambda c: len(c["spans"]) == 6)
    key("ctrl+Home")
    wait_caret(kutip, 0)
    for keys, place in [
        ("alt+Right", "Putin"),
        ("alt+Right", "Dikutip"),
        ("c", "serangan"),
        ("shift+c", "Dikutip"),
        ("alt+Right", "Kremlin"),
        ("alt+Left", "Dikutip"),
        ("ctrl+Up", "Putin"),
        ("ctrl+Down", "Dikutip"),
        ("comma", "kedua"),
        ("period", "BBC"),
        ("less", "Putin"),
        ("greater", "BBC"),
        ("F8", "langkah"),
        ("shift+F8", "kedua"),
        ("F8", "langkah"),
    ]:
        key(keys)
        wait_caret(kutip, at(place))
    # The quote and the cue lie over one another.
    key("o")
    kutip.wait_find("label", "Cue")
    key("alt+4")
    # Back to where one was, and forward again.
    key("ctrl+End")
    wait_caret(kutip, len(TEXT))
    kutip.quit()


def places_of_a_long_article():
    folder = tempfile.mkdtemp(prefix="kutip-keys-")
    article = os.path.join(folder, "a.txt")
    with open(article, "w", encoding="utf-8", newline="") as file:
        file.write("Satu kalimat saja.\n" * 120)
    with open(os.path.join(folder, "b.txt"), "w", encoding="utf-8", newline="") as file:
        file.write("Artikel lain.\n")
    kutip = Kutip(folder)
    kutip.wait_opened("a.txt")
    key("ctrl+j")
    kutip.wait_find("text", "Place in the article")
    kutip.wait_active(is_main=False)
    write("1900")
    key("Return")
    wait_caret(kutip, 1900)
    kutip.wait_active()
    key("ctrl+Page_Down")
    kutip.wait_opened("b.txt")
    key("ctrl+bracketleft")
    until("the first article", lambda: kutip.log().count("opened a.txt") == 2)
    wait_caret(kutip, 1900)
    key("ctrl+bracketleft")
    wait_caret(kutip, 0)
    key("ctrl+bracketright")
    wait_caret(kutip, 1900)
    kutip.quit()


def what_is_selected():
    kutip, article = start()
    second = TEXT.index("Putin mengatakan")
    third = TEXT.index("Dikutip")
    fourth = TEXT.index("Kata Putin")
    go_to(kutip, at("BBC"))
    for keys, selection in [
        ("w", (at("BBC"), at("BBC") + 3)),
        ("Left", None),
        ("s", (third, third + len(DIKUTIP))),
        ("s", (third, fourth - 1)),
        ("Left", None),
        ("p", (third, fourth - 1)),
        ("p", (third, len(TEXT) - 1)),
        ("Home", None),
        ("shift+alt+Right", (third, third + len(DIKUTIP))),
        ("Left", None),
        ("ctrl+shift+Down", (third, fourth - 1)),
        ("Left", None),
        ("ctrl+shift+Up", (second, third)),
    ]:
        key(keys)
        until(f"{keys} to select {selection}", lambda: kutip.selection() == selection)
    kutip.quit()


def links_with_type_direction_attributes_and_note():
    kutip, article = start()
    select(kutip, "serangan itu", 0)
    key("1", "Escape")
    select(kutip, "membantah serangan itu")
    key("2", "Escape")
    go_to(kutip, at("membantah") + 1)
    key("l", "Return")
    kutip.wait_find("push button", "Denies")
    key("u")
    wait_links(article, ("supports", "membantah", "serangan"))
    key("t")
    kutip.wait_find("push button", "Denies, the other way round")
    key("d")
    wait_links(article, ("denies", "membantah", "serangan"))
    key("shift+t")
    wait_links(article, ("denies", "serangan", "membantah"))
    key("f")
    wait_caret(kutip, at("serangan"))
    key("f")
    wait_caret(kutip, at("membantah"))
    key("e")
    until("the form of the link", lambda: kutip.find("push button", "strong"))
    key("Right", "space")
    wait_sidecar(article, lambda c: c["relations"][0].get("attributes") == {"strength": "strong"})
    key("Tab")
    write("jelas sekali")
    key("Escape")
    wait_sidecar(article, lambda c: c["relations"][0].get("note") == "jelas sekali")
    key("ctrl+z", "ctrl+z")
    wait_sidecar(article, lambda c: c["relations"][0].get("attributes") == {"strength": "weak"})
    assert "note" not in sidecar(article)["relations"][0]
    key("shift+l")
    wait_links(article)
    key("ctrl+z")
    wait_links(article, ("denies", "serangan", "membantah"))
    kutip.quit()


def finding_and_marking_all():
    kutip, article = start()
    key("ctrl+f")
    write("serangan")
    until("the count", lambda: kutip.find("label", "1 of 3"))
    key("Return", "Escape", "1")
    wait_sidecar(article, lambda c: [s["ranges"] for s in c["spans"]] == [[[at("serangan", 1), at("serangan", 1) + 8]]])
    key("Delete")
    select(kutip, "Putin")
    key("a")
    kutip.wait_find("push button", "Mark 2")
    key("alt+m")
    wait_sidecar(article, lambda c: [s["text"] for s in c["spans"]] == [["Putin"], ["Putin"]])
    key("ctrl+z")
    wait_spans(article)
    kutip.quit()


def a_concordance_is_sorted_and_opens_an_article():
    folder = tempfile.mkdtemp(prefix="kutip-keys-")
    other = "Soal serangan kemarin, kata BBC.\n"
    for name, words in [("a.txt", "Jauh di sana serangan itu gagal.\n\nKini ada serangan lagi.\n"), ("b.txt", other)]:
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
            file.write(words)
    kutip = Kutip(folder)
    kutip.wait_opened("a.txt")
    key("ctrl+shift+f")
    kutip.wait_find("push button", "Search")
    kutip.wait_active(is_main=False)
    write("serangan")
    key("Return")
    kutip.wait_find("label", "3 places in 2 articles")
    sana, ada, soal = ("sana", "itu"), ("ada", "lagi."), ("Soal", "kemarin,")
    until("the order of the text", lambda: listed(kutip) == [sana, ada, soal])
    # Past four options, the button and what is searched to the order: the last one, then that of what is before.
    key(*["Tab"] * 8, "space", "End", "Return")
    until("the order of what is after", lambda: listed(kutip) == [sana, soal, ada])
    key("space", "Home", "Down", "Return")
    until("the order of what is before", lambda: listed(kutip) == [ada, sana, soal])
    key("Tab", "End", "Return")
    kutip.wait_opened("b.txt")
    place = other.index("serangan")
    until("the place found", lambda: kutip.selection() == (place, place + len("serangan")))
    kutip.quit()


run_cases(
    [
        attributions,
        every_edge_by_every_unit,
        pieces_split_merge_and_copy,
        moving,
        what_is_selected,
        places_of_a_long_article,
        links_with_type_direction_attributes_and_note,
        finding_and_marking_all,
        a_concordance_is_sorted_and_opens_an_article,
    ]
)
