#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attributions, links, attributes and notes, by the mouse alone."""

import drive
from mouse import *


def start_attributed():
    """With an attribution that is closed again."""
    kutip, article = start()
    mark(kutip, "Quote", "langkah ini dilakukan")
    mark(kutip, "Source", "Putin")
    wait_links(article, ("attributed-to", "langkah", "Putin"))
    kutip.click_on(kutip.wait_find("push button", "Close the attribution"))
    until("the attribution to be closed", lambda: not kutip.find("label", "Attribution complete"))
    return kutip, article


def an_attribution():
    kutip, article = start_attributed()
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


def all_links_show_on_demand():
    kutip, _ = start_attributed()
    pick(kutip, "Kata Putin")
    without = picture_of(kutip)
    main_menu(kutip, "View", "Show All Links")
    until("the links to show", lambda: picture_of(kutip) != without)
    main_menu(kutip, "View", "Show All Links")
    until("the links to be away", lambda: picture_of(kutip) == without)
    finish(kutip)


run_cases(
    [
        an_attribution,
        a_source_that_is_marked_already_joins,
        links_with_type_direction_attributes_and_note,
        the_form_of_a_link_is_scrolled_to,
        attributes_unsure_and_note_of_a_span,
        all_links_show_on_demand,
    ]
)
