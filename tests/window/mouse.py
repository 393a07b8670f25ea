# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests share that have the mouse alone: presses, drags, menus, buttons and grips. Words that are
written (what to find, a note) come from the keyboard, nothing else does."""

import tempfile

import drive
from articles import links, spans, wait_links, wait_spans
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
    place = kutip.article().get_character_box(offset)
    return (x + place.x, y + place.y, place.width, place.height)


def sweep(kutip, words, nth=0):
    """From the middle of the first letter to that of the last: words are taken whole."""
    first = at(words, nth)
    last = first + len(words) - 1
    drag(kutip.place_of(first), kutip.place_of(last))
    until("the selection", lambda: kutip.selection() == (first, last + 1))
    # They come up where the next press may be meant for what is below them.
    until("the labels beside it", lambda: find_popover(kutip))


def mark(kutip, label, words, nth=0):
    sweep(kutip, words, nth)
    kutip.click_on(kutip.wait_find("push button", f"Mark as {label}"))


def pick(kutip, words, nth=0):
    click(*kutip.place_of(at(words, nth) + 1))
    time.sleep(0.1)


def find_popover(kutip):
    """Where the popover that is open begins on the screen: a window of its own."""
    frame = until("the window on the screen", lambda: visible_windows("Kutip$"))[-1]
    for place in window_places("--class", "kutip"):
        if place["WINDOW"] != int(frame) and place["WIDTH"] > 50 and place["HEIGHT"] > 50:
            return place
    return None


def click_in_popover(kutip, node, owner=None):
    """GTK 4.8 tells places in a popover as if it began where the widget it belongs to does: the article, if
    no other."""
    place = until("a popover", lambda: find_popover(kutip))
    parent = (owner or kutip.article()).get_box()
    box = node.get_box()
    click(
        place["X"] + box.x - parent.x + box.width / 2,
        place["Y"] + box.y - parent.y + box.height / 2,
    )


def click_in_dialog(kutip, node, **how):
    """The same for a window of its own, with a border around what AT-SPI knows."""
    place = until("a dialog", lambda: find_popover(kutip))
    top = node
    while top.get_parent() and role(top.get_parent()) != "application":
        top = top.get_parent()
    frame = top.get_box()
    box = node.get_box()
    border = (place["WIDTH"] - frame.width) / 2
    click(
        place["X"] + border + box.x - frame.x + box.width / 2,
        place["Y"] + border + box.y - frame.y + box.height / 2,
        **how,
    )


def find_items(kutip, name):
    found = kutip.find_all("menu item", name) + kutip.find_all("check menu item", name)
    return [n for n in found if is_laid_out(n)]


def press_item(kutip, node, owner, has_answered):
    """Where it has come to rest: a menu that has just opened moves yet. X may give the press to what was there before;
    then the menu stands as it did, and it is pressed once more."""
    places = []

    def rests():
        box = node.get_box()
        places.append((find_popover(kutip), box.x, box.y, box.height))
        return places[-1][0] and places[-2:-1] == places[-1:]

    until("the menu to come to rest", rests)
    click_in_popover(kutip, node, owner)
    try:
        until("the menu to answer", has_answered, 5)
    except Timeout:
        click_in_popover(kutip, node, owner)
        until("the menu to answer", has_answered)


def choose(kutip, *items, owner=None):
    """One after the other in a menu that is open; all but the last open another, whose items come after."""
    for depth, item in enumerate(items):
        nodes = until(f"the menu’s {item}", lambda: find_items(kutip, item))
        menu = until("the menu", lambda: find_popover(kutip))["WINDOW"]

        def has_answered():
            if depth + 1 < len(items):
                return find_items(kutip, items[depth + 1])
            return all(place["WINDOW"] != menu for place in window_places("--class", "kutip"))

        press_item(kutip, nodes[-1 if depth else 0], owner, has_answered)


def is_laid_out(node):
    return node.get_box().height > 0


def wait_laid_out(kutip, wanted_role, name):
    """Of several the last, which is the newest."""
    return until(
        f"a {wanted_role} called {name!r} that is seen",
        lambda: [n for n in kutip.find_all(wanted_role, name) if is_laid_out(n)],
    )[-1]


def menu(kutip, words, *items, nth=0, inside=1):
    click(*kutip.place_of(at(words, nth) + inside), button=3)
    choose(kutip, *items)


def main_menu(kutip, *items):
    button = kutip.wait_find("push button", "Main menu")
    kutip.click_on(button)
    choose(kutip, *items, owner=button)


def shows(kutip, words):
    """Whether the card does."""
    return any(text(n) == words for n in kutip.find_all("label", words))


def text(node):
    try:
        return text_of(node)
    except Exception:  # a label that has no text interface
        return None
