#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that is done to annotations, by the mouse alone: presses, drags, menus, buttons and grips. Words
that are written (what to find, a note) come from the keyboard, nothing else does."""

import tempfile

import drive
from drive import *

TEXT = (
    "Judul berita\n"
    "Putin mengatakan langkah ini dilakukan demi kebaikan kedua negara.\n"
    "Dikutip dari BBC, serangan itu menewaskan tiga orang.\n"
    "Kremlin membantah serangan itu. Kata Putin, tidak ada serangan.\n"
)
TAGSET = {
    "format": 1,
    "name": "Mouse",
    "version": "1",
    "labels": [
        {"name": "claim", "title": "Claim", "key": "1"},
        {"name": "quote", "title": "Quote", "key": "2"},
        {"name": "source", "title": "Source", "key": "3"},
    ],
    "attributes": [{"name": "strength", "title": "Strength", "values": ["weak", "strong"], "default": "weak"}],
    "relations": [
        {"name": "attributed-to", "title": "Attributed to", "from": ["quote", "claim"], "to": ["source"]},
        {"name": "supports", "title": "Supports", "from": ["claim", "quote"], "to": ["claim", "quote"]},
        {
            "name": "denies",
            "title": "Denies",
            "from": ["claim", "quote"],
            "to": ["claim", "quote"],
            "attributes": ["strength"],
        },
    ],
    "article_attributes": [],
}


def no_keys(*names):
    raise AssertionError("this test has no keys")


press_key = drive.key
drive.key = key = no_keys
Kutip.set_caret = no_keys


def start(tagset=TAGSET):
    folder = tempfile.mkdtemp(prefix="kutip-mouse-")
    article = os.path.join(folder, "a.txt")
    with open(article, "w", encoding="utf-8", newline="") as file:
        file.write(TEXT)
    with open(os.path.join(folder, "tagset.json"), "w", encoding="utf-8") as file:
        json.dump(tagset, file)
    kutip = Kutip(article)
    kutip.wait_opened("a.txt")
    until("the article", lambda: kutip.find("text", "Article text"))
    return kutip, article


def finish(kutip):
    kutip.click_on(kutip.wait_find("push button", "Close"))
    assert kutip.process.wait(20 * drive.SLOW) == 0, kutip.log()


def at(words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start


def box(kutip, offset):
    x, y = kutip.origin()
    place = Atspi.Text.get_character_extents(kutip.article(), offset, Atspi.CoordType.WINDOW)
    return (x + place.x, y + place.y, place.width, place.height)


def sweep(kutip, words, nth=0):
    """From the middle of the first letter to that of the last: words are taken whole."""
    first = at(words, nth)
    last = first + len(words) - 1
    drag(kutip.place_of(first), kutip.place_of(last))
    until("the selection", lambda: kutip.selection() == (first, last + 1))


def mark(kutip, label, words, nth=0):
    sweep(kutip, words, nth)
    kutip.click_on(kutip.wait_find("push button", f"Mark as {label}"))


def pick(kutip, words, nth=0):
    click(*kutip.place_of(at(words, nth) + 1))
    time.sleep(0.1)


def find_popover(kutip):
    """Where the popover that is open begins on the screen: a window of its own."""
    frame = until("the window on the screen", lambda: visible_windows("Kutip$"))[-1]
    for window in xdotool("search", "--onlyvisible", "--class", "kutip").split():
        shell = xdotool("getwindowgeometry", "--shell", window).splitlines()
        place = {name: int(value) for name, value in (line.split("=") for line in shell)}
        if window != frame and place["WIDTH"] > 50 and place["HEIGHT"] > 50:
            return place
    return None


def click_in_popover(kutip, node):
    """GTK 4.8 tells places in a popover as if it began where the widget it belongs to does."""
    place = until("a popover", lambda: find_popover(kutip))
    parent = Atspi.Component.get_extents(kutip.article(), Atspi.CoordType.WINDOW)
    box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    click(
        place["X"] + box.x - parent.x + box.width / 2,
        place["Y"] + box.y - parent.y + box.height / 2,
    )


def click_in_dialog(kutip, node):
    """The same for a window of its own, with a border around what AT-SPI knows."""
    place = until("a dialog", lambda: find_popover(kutip))
    top = node
    while top.get_parent() and role(top.get_parent()) != "application":
        top = top.get_parent()
    frame = Atspi.Component.get_extents(top, Atspi.CoordType.WINDOW)
    box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    border = (place["WIDTH"] - frame.width) / 2
    click(
        place["X"] + border + box.x - frame.x + box.width / 2,
        place["Y"] + border + box.y - frame.y + box.height / 2,
    )


def choose(kutip, *items):
    """One after the other in a menu that is open; all but the last open another, whose items come after."""
    for depth, item in enumerate(items):
        nodes = until(
            f"the menu’s {item}",
            lambda: [n for n in kutip.find_all("menu item", item) if is_laid_out(n)],
        )
        time.sleep(0.3 * drive.SLOW)
        click_in_popover(kutip, nodes[-1 if depth else 0])
        time.sleep(0.2 * drive.SLOW)


def is_laid_out(node):
    return Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW).height > 0


def menu(kutip, words, *items, nth=0, inside=1):
    click(*kutip.place_of(at(words, nth) + inside), button=3)
    choose(kutip, *items)


def spans(content):
    return [(s["label"], " … ".join(s["text"])) for s in content["spans"]]


def links(content):
    text = {s["id"]: s["text"][0].split()[0] for s in content["spans"]}
    return sorted((r["label"], text[r["from"]], text[r["to"]]) for r in content["relations"])


def wait_spans(article, *expected):
    wait_sidecar(article, lambda c: spans(c) == list(expected), what=f"the spans {expected}")


def wait_links(article, *expected):
    wait_sidecar(article, lambda c: links(c) == sorted(expected), what=f"the links {expected}")


def an_attribution():
    kutip, article = start()
    mark(kutip, "Quote", "langkah ini dilakukan")
    mark(kutip, "Source", "Putin")
    wait_links(article, ("attributed-to", "langkah", "Putin"))
    kutip.click_on(kutip.wait_find("push button", "Close the attribution"))
    until("the attribution to be closed", lambda: not kutip.find("label", "Attribution complete"))
    pick(kutip, "langkah")
    menu(kutip, "langkah", "Open the Attribution")
    kutip.wait_find("label", "Attribution complete")
    kutip.click_on(kutip.wait_find("push button", "Close the attribution"))
    kutip.click_on(kutip.wait_find("push button", "Undo"))
    kutip.click_on(kutip.wait_find("push button", "Undo"))
    wait_spans(article)
    finish(kutip)


def many_labels_have_a_menu_of_their_own():
    labels = [{"name": f"label-{n}", "title": f"Label_{n}", "key": str(n)} for n in range(8)]
    kutip, article = start({**TAGSET, "labels": labels, "relations": []})
    sweep(kutip, "serangan itu")
    menu(kutip, "serangan itu", "Mark as", "Label_5")
    wait_spans(article, ("label-5", "serangan itu"))
    finish(kutip)


def edges_are_dragged():
    kutip, article = start()
    mark(kutip, "Quote", "langkah ini")
    wait_spans(article, ("quote", "langkah ini"))

    def grip(offset, behind):
        x, y, width, height = box(kutip, offset)
        return (x + (width if behind else 0), y + height + 3)

    # The end over two words, into the middle of the third: it is taken whole.
    x, y = grip(at("ini"), False)[0], grip(at("langkah"), False)[1]
    end = grip(at("langkah ini") + len("langkah ini") - 1, True)
    goal = grip(at("dilakukan") + 6, False)
    drag(end, (goal[0], end[1]))
    wait_spans(article, ("quote", "langkah ini dilakukan"))
    # The start, back over the word before.
    first = grip(at("langkah"), False)
    goal = grip(at("mengatakan") + 2, False)
    drag(first, (goal[0], first[1]))
    wait_spans(article, ("quote", "mengatakan langkah ini dilakukan"))
    # Each was one step.
    undo = kutip.wait_find("push button", "Undo")
    kutip.click_on(undo)
    wait_spans(article, ("quote", "langkah ini dilakukan"))
    kutip.click_on(undo)
    wait_spans(article, ("quote", "langkah ini"))
    # With Alt, by characters.
    xdotool("keydown", "alt")
    drag(end, (box(kutip, at("dilakukan") + 4)[0], end[1]))
    xdotool("keyup", "alt")
    wait_spans(article, ("quote", "langkah ini dila"))
    finish(kutip)


def pieces_split_merge_and_copy():
    kutip, article = start()
    mark(kutip, "Quote", "langkah ini")
    sweep(kutip, "kedua negara")
    menu(kutip, "kedua negara", "Add as a Piece")
    wait_spans(article, ("quote", "langkah ini … kedua negara"))
    menu(kutip, "kedua negara", "Extent", "Remove This Piece")
    wait_spans(article, ("quote", "langkah ini"))
    x, y, _, height = box(kutip, at("ini dilakukan"))
    click(x, y + height / 2, button=3)
    choose(kutip, "Extent", "Split Here")
    wait_spans(article, ("quote", "langkah"), ("quote", "ini"))
    pick(kutip, "langkah")
    menu(kutip, "langkah", "Extent", "Merge with the Next")
    wait_spans(article, ("quote", "langkah ini"))
    menu(kutip, "langkah", "Mark the Same Text Too as", "Claim")
    wait_sidecar(article, lambda c: sorted(spans(c)) == [("claim", "langkah ini"), ("quote", "langkah ini")])
    menu(kutip, "langkah", "Delete the Annotation")
    wait_sidecar(article, lambda c: len(c["spans"]) == 1)
    finish(kutip)


def links_with_type_direction_attributes_and_note():
    kutip, article = start()
    mark(kutip, "Claim", "serangan itu menewaskan")
    mark(kutip, "Quote", "membantah serangan itu")
    pick(kutip, "membantah")
    menu(kutip, "membantah", "Link to…")
    click(*kutip.place_of(at("serangan itu") + 1))
    click_in_popover(kutip, kutip.wait_find("push button", "Supports"))
    wait_links(article, ("supports", "membantah", "serangan"))
    kutip.click_on(kutip.wait_find("push button", "Attributes and note of this link"))
    kutip.click_on(kutip.wait_find("push button", "Kind…"))
    kinds = until("the kinds", lambda: [n for n in kutip.find_all("push button", "Denies") if is_laid_out(n)])
    time.sleep(0.3 * drive.SLOW)
    click_in_popover(kutip, kinds[0])
    wait_links(article, ("denies", "membantah", "serangan"))
    kutip.click_on(kutip.wait_find("push button", "Turn Around"))
    wait_links(article, ("denies", "serangan", "membantah"))
    kutip.click_on(kutip.wait_find("push button", "strong"))
    wait_sidecar(article, lambda c: c["relations"][0].get("attributes") == {"strength": "strong"})
    kutip.click_on(kutip.wait_find("text", "Note on the link"))
    write("jelas sekali")
    click(*kutip.place_of(at("Judul") + 2))
    wait_sidecar(article, lambda c: c["relations"][0].get("note") == "jelas sekali")
    pick(kutip, "membantah")
    menu(kutip, "membantah", "The Link", "Follow It")
    until("the other end", lambda: kutip.caret() == at("serangan itu"))
    kutip.click_on(kutip.wait_find("push button", "Remove this link"))
    wait_links(article)
    kutip.click_on(kutip.wait_find("push button", "Undo"))
    wait_links(article, ("denies", "serangan", "membantah"))
    finish(kutip)


def moving():
    kutip, article = start()
    mark(kutip, "Quote", "langkah ini dilakukan")
    mark(kutip, "Source", "BBC")
    mark(kutip, "Claim", "langkah")
    wait_sidecar(article, lambda c: len(c["spans"]) == 3)
    # Through the spans on one place: one click more each.
    pick(kutip, "BBC")
    pick(kutip, "langkah")
    kutip.wait_find("push button", "Delete this annotation")
    until("the claim", lambda: shows(kutip, "langkah"))
    time.sleep(0.6)  # no double click
    pick(kutip, "langkah")
    until("the quote", lambda: shows(kutip, "langkah ini dilakukan"))
    # What is selected by one, two and three clicks.
    time.sleep(0.6)
    click(*kutip.place_of(at("tiga") + 1), repeat=2)
    until("the word", lambda: kutip.selection() == (at("tiga"), at("tiga") + 4))
    time.sleep(0.6)
    click(*kutip.place_of(at("tiga") + 1), repeat=3)
    sentence = "Dikutip dari BBC, serangan itu menewaskan tiga orang."
    until("the sentence", lambda: kutip.selection() == (at(sentence), at(sentence) + len(sentence)))
    menu(kutip, "tiga", "Go", "To a Place…")
    kutip.wait_find("text", "Place in the article")
    write("5")
    click_in_dialog(kutip, until("its button", lambda: [n for n in kutip.find_all("push button", "Go") if is_laid_out(n)][-1]))
    until("the place", lambda: kutip.caret() == 5)
    finish(kutip)


def shows(kutip, words):
    """Whether the card does."""
    return any(text(n) == words for n in kutip.find_all("label", words))


def text(node):
    try:
        return text_of(node)
    except Exception:  # a label that has no text interface
        return None


def finding_and_marking_all():
    kutip, article = start()
    menu(kutip, "Judul", "Go", "Find…")
    kutip.wait_find("push button", "Next place")
    write("serangan")
    until("the count", lambda: kutip.find("label", "1 of 3"))
    kutip.click_on(kutip.wait_find("push button", "Next place"))
    until("the second", lambda: kutip.find("label", "2 of 3"))
    kutip.click_on(kutip.wait_find("push button", "Previous place"))
    until("the first", lambda: kutip.find("label", "1 of 3"))
    kutip.click_on(kutip.wait_find("push button", "Close the search"))
    sweep(kutip, "Putin")
    menu(kutip, "Putin", "Mark All Occurrences…")
    click_in_dialog(kutip, kutip.wait_find("push button", "Mark 2"))
    wait_sidecar(article, lambda c: [s["text"] for s in c["spans"]] == [["Putin"], ["Putin"]])
    kutip.click_on(kutip.wait_find("push button", "Undo"))
    wait_spans(article)
    finish(kutip)


run_cases(
    [
        an_attribution,
        many_labels_have_a_menu_of_their_own,
        edges_are_dragged,
        pieces_split_merge_and_copy,
        links_with_type_direction_attributes_and_note,
        moving,
        finding_and_marking_all,
    ]
)
