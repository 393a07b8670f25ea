#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that is done to what is marked, by the mouse alone; for links and attributes, and for finding and moving,
there are other files."""

import drive
from mouse import *


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


def grip(kutip, words, at_end):
    """Below the edge of the current span that is there."""
    offset = at(words) + (len(words) - 1 if at_end else 0)
    x, y, width, height = box(kutip, offset)
    return (x + (width if at_end else 0), y + height + 3)


def drag_after_a_click(start, end):
    """As one selects by words in other editors: the second press goes on as a drag."""
    rest = ["mousemove", int(start[0]), int(start[1]), "sleep", 0.15 * drive.SLOW]
    xdotool(*rest, "click", 1, "mousedown", 1, *drag_on(start, end))


def edges_go_by_sentences():
    sentences = ("Kremlin membantah serangan itu.", "Kata Putin, tidak ada serangan.")
    kutip, article = start()
    mark(kutip, "Claim", "membantah")
    wait_spans(article, ("claim", "membantah"))
    # Two presses take an edge to that of its sentence; each is one step.
    click(*grip(kutip, "membantah", True), repeat=2)
    wait_spans(article, ("claim", "membantah serangan itu."))
    time.sleep(0.6)  # no third press
    click(*grip(kutip, "membantah", False), repeat=2)
    wait_spans(article, ("claim", sentences[0]))
    time.sleep(0.6)
    # Held, the second drags it over sentences: forwards, and back.
    goal = grip(kutip, "tidak", True)
    drag_after_a_click(grip(kutip, sentences[0], True), goal)
    wait_spans(article, ("claim", " ".join(sentences)))
    time.sleep(0.6)
    goal = grip(kutip, "Kata", False)
    drag_after_a_click(grip(kutip, sentences[0], False), goal)
    wait_spans(article, ("claim", sentences[1]))
    kutip.click_on(kutip.wait_find("push button", "Undo"))
    wait_spans(article, ("claim", " ".join(sentences)))
    # With Shift, at the first press.
    xdotool("keydown", "shift")
    drag(grip(kutip, sentences[1], True), grip(kutip, "membantah", True))
    xdotool("keyup", "shift")
    wait_spans(article, ("claim", sentences[0]))
    finish(kutip)


def edges_have_a_menu():
    kutip, article = start()
    mark(kutip, "Claim", "menewaskan tiga")
    for item, words in [
        ("End a Sentence Later", "menewaskan tiga orang."),
        ("Start a Sentence Earlier", "Dikutip dari BBC, serangan itu menewaskan tiga orang."),
        ("End a Character Earlier", "Dikutip dari BBC, serangan itu menewaskan tiga orang"),
        ("Start a Character Later", "ikutip dari BBC, serangan itu menewaskan tiga orang"),
        ("Start a Character Earlier", "Dikutip dari BBC, serangan itu menewaskan tiga orang"),
        ("End a Character Later", "Dikutip dari BBC, serangan itu menewaskan tiga orang."),
        ("End a Sentence Later", "Dikutip dari BBC, serangan itu menewaskan tiga orang.\nKremlin membantah serangan itu."),
        ("Start a Sentence Later", "Kremlin membantah serangan itu."),
    ]:
        menu(kutip, "membantah" if "itu." in words and words[0] == "K" else "menewaskan", "Extent", item)
        wait_spans(article, ("claim", words))
    menu(kutip, "membantah", "Extent", "Start a Sentence Earlier")
    menu(kutip, "membantah", "Extent", "End a Sentence Earlier")
    wait_spans(article, ("claim", "Dikutip dari BBC, serangan itu menewaskan tiga orang."))
    finish(kutip)


def pieces_split_merge_and_copy():
    kutip, article = start()
    mark(kutip, "Quote", "langkah ini")
    sweep(kutip, "kedua negara")
    menu(kutip, "kedua negara", "Add as a Piece to the Span Used Last")
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


def each_piece_has_edges_of_its_own():
    kutip, article = start()
    mark(kutip, "Quote", "langkah ini")
    sweep(kutip, "kedua negara")
    menu(kutip, "kedua negara", "Add as a Piece")
    wait_spans(article, ("quote", "langkah ini … kedua negara"))
    for words, at_end, goal, wanted in [
        ("langkah ini", True, at("dilakukan") + 6, "langkah ini dilakukan … kedua negara"),
        ("kedua negara", False, at("kebaikan") + 2, "langkah ini dilakukan … kebaikan kedua negara"),
    ]:
        edge = grip(kutip, words, at_end)
        drag(edge, (box(kutip, goal)[0], edge[1]))
        wait_spans(article, ("quote", wanted))
    finish(kutip)


def the_card_changes_the_label():
    kutip, article = start()
    mark(kutip, "Claim", "serangan itu menewaskan")
    kutip.click_on(kutip.wait_find("push button", "Close the attribution"))
    chooser = wait_laid_out(kutip, "combo box", "Label")
    kutip.click_on(chooser)
    rows = until("the labels", lambda: [n for n in find_all(chooser, "label", "Quote") if is_laid_out(n)])
    press_item(kutip, rows[-1], chooser, lambda: find_popover(kutip) is None)
    wait_spans(article, ("quote", "serangan itu menewaskan"))
    kutip.click_on(kutip.wait_find("push button", "Undo"))
    wait_spans(article, ("claim", "serangan itu menewaskan"))
    finish(kutip)


run_cases(
    [
        many_labels_have_a_menu_of_their_own,
        edges_are_dragged,
        edges_go_by_sentences,
        edges_have_a_menu,
        pieces_split_merge_and_copy,
        each_piece_has_edges_of_its_own,
        the_card_changes_the_label,
    ]
)
