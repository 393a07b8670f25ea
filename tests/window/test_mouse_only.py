#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that is done to annotations, by the mouse alone; for finding and moving there is another file."""

import drive
from mouse import *


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


def a_source_that_is_marked_already_joins():
    kutip, article = start()
    mark(kutip, "Source", "BBC")
    mark(kutip, "Source", "Kremlin")
    mark(kutip, "Quote", "langkah ini dilakukan")
    wait_sidecar(article, lambda c: len(c["spans"]) == 3)
    pick(kutip, "BBC")
    kutip.click_on(wait_laid_out(kutip, "push button", "Join"))
    wait_links(article, ("attributed-to", "langkah", "BBC"))
    menu(kutip, "Kremlin", "Join the Attribution")
    wait_links(article, ("attributed-to", "langkah", "BBC"), ("attributed-to", "langkah", "Kremlin"))
    kutip.click_on(kutip.wait_find("push button", "Undo"))
    wait_links(article, ("attributed-to", "langkah", "BBC"))
    kutip.click_on(kutip.wait_find("push button", "Redo"))
    wait_links(article, ("attributed-to", "langkah", "BBC"), ("attributed-to", "langkah", "Kremlin"))
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


def is_seen(node):
    """Whether what scrolls it shows all of it."""
    box, around = node.get_box(), node.get_parent()
    while around.get_role() != "scroll pane":
        around = around.get_parent()
    pane = around.get_box()
    return box.y >= pane.y and box.y + box.height <= pane.y + pane.height


def the_form_of_a_link_is_scrolled_to():
    claim, quote, source = TAGSET["labels"]
    more = [{"name": name, "values": ["yes", "no"]} for name in ("one", "two", "three", "four")]
    high = {**quote, "attributes": [attribute["name"] for attribute in more]}
    kutip, article = start({**TAGSET, "labels": [claim, high, source], "attributes": [*TAGSET["attributes"], *more]})
    mark(kutip, "Quote", "membantah serangan itu")
    mark(kutip, "Claim", "serangan itu menewaskan")
    pick(kutip, "membantah")
    menu(kutip, "membantah", "Link to…")
    click(*kutip.place_of(at("serangan itu") + 1))
    click_in_popover(kutip, kutip.wait_find("push button", "Supports"))
    wait_links(article, ("supports", "membantah", "serangan"))
    kutip.click_on(kutip.wait_find("push button", "Attributes and note of this link"))
    note = wait_laid_out(kutip, "text", "Note on the link")
    until("the end of the form to be seen", lambda: is_seen(note))
    # With another kind it grows.
    kutip.click_on(kutip.wait_find("push button", "Kind…"))
    kinds = until("the kinds", lambda: [n for n in kutip.find_all("push button", "Denies") if is_laid_out(n)])
    time.sleep(0.3 * drive.SLOW)
    click_in_popover(kutip, kinds[0])
    wait_links(article, ("denies", "membantah", "serangan"))
    kutip.click_on(wait_laid_out(kutip, "push button", "strong"))
    wait_sidecar(article, lambda c: c["relations"][0].get("attributes") == {"strength": "strong"})
    until("the end of the form to be seen", lambda: is_seen(wait_laid_out(kutip, "text", "Note on the link")))
    finish(kutip)


def attributes_unsure_and_note_of_a_span():
    claim, *others = TAGSET["labels"]
    kutip, article = start({**TAGSET, "labels": [{**claim, "attributes": ["strength"]}, *others]})
    mark(kutip, "Claim", "serangan itu menewaskan")
    kutip.click_on(kutip.wait_find("push button", "Close the attribution"))
    kutip.click_on(wait_laid_out(kutip, "push button", "strong"))
    wait_sidecar(article, lambda c: c["spans"][0].get("attributes") == {"strength": "strong"})
    kutip.click_on(wait_laid_out(kutip, "check box", "Unsure"))
    wait_sidecar(article, lambda c: c["spans"][0].get("unsure"))
    kutip.click_on(wait_laid_out(kutip, "text", "Note"))
    write("dari polisi")
    click(*kutip.place_of(at("Judul") + 2))
    wait_sidecar(article, lambda c: c["spans"][0].get("note") == "dari polisi")
    undo = kutip.wait_find("push button", "Undo")
    kutip.click_on(undo)
    wait_sidecar(article, lambda c: "note" not in c["spans"][0])
    kutip.click_on(undo)
    wait_sidecar(article, lambda c: not c["spans"][0].get("unsure"))
    kutip.click_on(wait_laid_out(kutip, "push button", "Delete this annotation"))
    wait_spans(article)
    finish(kutip)


run_cases(
    [
        an_attribution,
        a_source_that_is_marked_already_joins,
        many_labels_have_a_menu_of_their_own,
        edges_are_dragged,
        edges_go_by_sentences,
        edges_have_a_menu,
        pieces_split_merge_and_copy,
        links_with_type_direction_attributes_and_note,
        the_form_of_a_link_is_scrolled_to,
        attributes_unsure_and_note_of_a_span,
    ]
)
