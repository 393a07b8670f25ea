#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""Moving about in an article and among articles, and finding, by the mouse alone."""

import re

import drive
from mouse import *

FOLDER = {
    "a.txt": "Jauh di sana serangan itu gagal.\n\nKini ada serangan lagi.\n",
    "b.txt": "Soal serangan kemarin, kata BBC.\n",
    "c.txt": "Tidak ada apa-apa.\n",
}


def start_folder(articles=FOLDER):
    folder = tempfile.mkdtemp(prefix="kutip-mouse-")
    for name, words in articles.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
            file.write(words)
    kutip = Kutip(folder)
    kutip.wait_opened("a.txt")
    return kutip, folder


def click_entry(kutip, name):
    """In the list of articles."""

    def rows():
        pane = next(n for n in kutip.find_all("panel", "Articles") if n.get_name() == "Articles")
        return [n for n in find_all(pane, "label", name) if is_laid_out(n)]

    kutip.click_on(until(f"{name} in the list", rows)[0])


def wait_caret(kutip, offset):
    until(f"the caret at {offset}", lambda: kutip.caret() == offset)


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
    time.sleep(0.6)
    paragraph = TEXT.splitlines()[3]
    click(*kutip.place_of(at("membantah") + 1), repeat=4)
    until("the paragraph", lambda: kutip.selection() == (at(paragraph), at(paragraph) + len(paragraph)))
    time.sleep(0.6)
    for item, words in [("Sentence", "Kremlin membantah serangan itu."), ("Paragraph", paragraph)]:
        click(*kutip.place_of(at("Judul") + 1))
        time.sleep(0.6)
        menu(kutip, "membantah", f"Select the {item}")
        until(f"the {item}", lambda: kutip.selection() == (at(words), at(words) + len(words)))
    menu(kutip, "tiga", "Go", "To a Place…")
    kutip.wait_find("text", "Place in the article")
    write("5")
    click_in_dialog(kutip, wait_laid_out(kutip, "push button", "Go"))
    until("the place", lambda: kutip.caret() == 5)
    finish(kutip)


def what_is_left_to_do_and_what_is_alike():
    quote = {**TAGSET["labels"][1], "requires": ["attributed-to"]}
    kutip, article = start({**TAGSET, "labels": [TAGSET["labels"][0], quote, TAGSET["labels"][2]]})
    for words in ("langkah ini dilakukan", "kedua negara", "tidak ada serangan"):
        mark(kutip, "Quote", words)
    kutip.click_on(kutip.wait_find("push button", "Close the attribution"))
    mark(kutip, "Claim", "demi kebaikan")
    kutip.click_on(kutip.wait_find("push button", "Close the attribution"))
    menu(kutip, "Judul", "Go", "Next Thing Left to Do")
    wait_caret(kutip, at("langkah"))
    # In the bar at the bottom.
    kutip.click_on(kutip.wait_find("push button", "3 things left to do"))
    wait_caret(kutip, at("kedua"))
    menu(kutip, "kedua", "Go", "Previous Thing Left to Do")
    wait_caret(kutip, at("langkah"))
    menu(kutip, "langkah", "Go", "Next of This Label")
    wait_caret(kutip, at("kedua"))
    menu(kutip, "kedua", "Go", "Previous of This Label")
    wait_caret(kutip, at("langkah"))
    finish(kutip)


def back_and_forward():
    kutip, folder = start_folder({"a.txt": "Sebuah kalimat pendek.\n\n" * 120, "b.txt": "Artikel lain.\n"})

    def go(*items):
        click(*kutip.place_of(kutip.caret()), button=3)
        choose(kutip, "Go", *items)

    def wait_near(offset):
        # The press for the menu has moved the caret by a letter.
        until(f"the caret near {offset}", lambda: abs(kutip.caret() - offset) <= 1)

    go("To a Place…")
    kutip.wait_find("text", "Place in the article")
    write("1900")
    click_in_dialog(kutip, wait_laid_out(kutip, "push button", "Go"))
    wait_caret(kutip, 1900)
    click_entry(kutip, "b.txt")
    kutip.wait_opened("b.txt")
    go("Back")
    until("the first article", lambda: kutip.log().count("opened a.txt") == 2)
    wait_near(1900)
    go("Back")
    wait_near(0)
    go("Forward")
    wait_near(1900)
    # The buttons for it that some mice have; GTK 4.8 gives the next click, too, to what was under them.
    middle = kutip.middle_of(kutip.article())
    click(*middle, button=8)
    wait_near(0)
    click(*middle, button=9)
    wait_near(1900)
    click(*middle)
    finish(kutip)


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


def what_is_found_depends_on_the_options():
    def count(pattern, flags=re.IGNORECASE):
        return f"1 of {len(re.findall(pattern, TEXT, flags))}"

    kutip, article = start()
    menu(kutip, "Judul", "Go", "Find…")
    kutip.wait_find("push button", "Next place")
    write("di")
    kutip.wait_find("label", count("di"))
    case, words, regex = (
        kutip.wait_find("push button", name)
        for name in ("Capital and small letters", "Whole words only", "Regular expression")
    )
    kutip.click_on(case)
    kutip.wait_find("label", count("di", 0))
    assert count("di", 0) != count("di")
    kutip.click_on(case)
    kutip.wait_find("label", count("di"))
    kutip.click_on(words)
    kutip.wait_find("label", "Not found")
    kutip.click_on(words)
    kutip.wait_find("label", count("di"))
    write("(l|k)")
    kutip.wait_find("label", "Not found")
    kutip.click_on(regex)
    kutip.wait_find("label", count("di(l|k)"))
    until("the first place", lambda: kutip.selection() == (at("dil"), at("dil") + 3))
    finish(kutip)


def accents_are_told_apart():
    kutip, folder = start_folder({"a.txt": "Kafé dan kafe, lalu CAFÉ.\n"})
    click(*kutip.place_of(2), button=3)
    choose(kutip, "Go", "Find…")
    kutip.wait_find("push button", "Next place")
    write("afe")
    kutip.wait_find("label", "of 3")
    accents = kutip.wait_find("push button", "Accents")
    kutip.click_on(accents)
    kutip.wait_find("label", "1 of 1")
    until("the one without", lambda: kutip.selection() == (10, 13))
    kutip.click_on(accents)
    kutip.wait_find("label", "of 3")
    finish(kutip)


def order(kutip):
    """What the drop-down says."""
    labels = find_all(kutip.wait_find("combo box", "Order"), "label")
    return [text(n) for n in labels if (text(n) or "").startswith("By ")][:1]


def choose_order(kutip, title):
    button = kutip.wait_find("combo box", "Order")
    assert order(kutip) != [title]
    click_in_dialog(kutip, button)
    rows = until("the orders", lambda: [n for n in find_all(button, "label", title) if is_laid_out(n)])
    time.sleep(0.3 * drive.SLOW)
    click_in_popover(kutip, rows[-1], button)


def wait_listed(kutip, *pairs):
    until(f"the lines {pairs}", lambda: listed(kutip) == list(pairs))


def header(kutip, title):
    table = kutip.wait_find("tree table", "Places found")
    return next(n for n in find_all(table, "label", title) if text(n) == title)


def a_concordance_is_sorted_and_opens_an_article():
    kutip, folder = start_folder()
    main_menu(kutip, "Search All Articles…")
    kutip.wait_find("push button", "Search")
    kutip.wait_active(is_main=False)
    write("serangan")
    click_in_dialog(kutip, kutip.wait_find("push button", "_Search"))
    kutip.wait_find("label", "3 places in 2 articles, of 3 searched")
    wait_listed(kutip, ("sana", "itu"), ("ada", "lagi."), ("Soal", "kemarin,"))
    click_in_dialog(kutip, header(kutip, "After"))
    wait_listed(kutip, ("sana", "itu"), ("Soal", "kemarin,"), ("ada", "lagi."))
    until("the order to be told", lambda: order(kutip) == ["By what is after"])
    click_in_dialog(kutip, header(kutip, "Before"))
    wait_listed(kutip, ("ada", "lagi."), ("sana", "itu"), ("Soal", "kemarin,"))
    until("the order to be told", lambda: order(kutip) == ["By what is before"])
    # Once more turns it around; the list of orders leads back to the first.
    click_in_dialog(kutip, header(kutip, "Before"))
    wait_listed(kutip, ("Soal", "kemarin,"), ("sana", "itu"), ("ada", "lagi."))
    assert order(kutip) == ["By what is before"], order(kutip)
    choose_order(kutip, "By article")
    wait_listed(kutip, ("sana", "itu"), ("ada", "lagi."), ("Soal", "kemarin,"))
    click_in_dialog(kutip, wait_laid_out(kutip, "label", "kemarin"), repeat=2)
    kutip.wait_opened("b.txt")
    place = FOLDER["b.txt"].index("serangan")
    until("the place found", lambda: kutip.selection() == (place, place + len("serangan")))
    finish(kutip)


def the_next_article_that_is_not_done():
    kutip, folder = start_folder()
    click_entry(kutip, "b.txt")
    kutip.wait_opened("b.txt")
    kutip.click_on(kutip.wait_find("check box", "Done"))
    wait_sidecar(os.path.join(folder, "b.txt"), lambda c: c["status"] == "done")
    click_entry(kutip, "a.txt")
    until("the first article", lambda: kutip.log().count("opened a.txt") == 2)
    main_menu(kutip, "Article", "Next Article Not Done")
    kutip.wait_opened("c.txt")
    finish(kutip)


def each_article_takes_back_its_own():
    """Also after another one was open, and in a later run."""
    kutip, folder = start_folder()

    def mark_first_word(name, label):
        words = FOLDER[name].split()[0]
        drag(kutip.place_of(0), kutip.place_of(len(words) - 1))
        until("the selection", lambda: kutip.selection() == (0, len(words)))
        until("the labels beside it", lambda: find_popover(kutip))
        kutip.click_on(kutip.wait_find("push button", f"Mark as {label}"))
        wait_spans(os.path.join(folder, name), (label.lower(), words))

    def undo(name):
        button = kutip.wait_find("push button", "Undo")
        until("something to take back", lambda: button.has_state("SENSITIVE"))
        kutip.click_on(button)
        wait_spans(os.path.join(folder, name))

    mark_first_word("a.txt", "Claim")
    click_entry(kutip, "b.txt")
    kutip.wait_opened("b.txt")
    mark_first_word("b.txt", "Quote")
    click_entry(kutip, "a.txt")
    until("the first article", lambda: kutip.log().count("opened a.txt") == 2)
    undo("a.txt")
    wait_spans(os.path.join(folder, "b.txt"), ("quote", "Soal"))
    finish(kutip)

    kutip = Kutip(os.path.join(folder, "b.txt"))
    kutip.wait_opened("b.txt")
    undo("b.txt")
    finish(kutip)


def guidelines_are_read():
    claim, *others = TAGSET["labels"]
    kutip, article = start({**TAGSET, "labels": [{**claim, "description": "What may be false."}, *others]})
    main_menu(kutip, "View", "Guidelines")
    view = wait_laid_out(kutip, "text", "Guidelines")
    until("the guidelines", lambda: "What may be false." in (text(view) or ""))
    finish(kutip)


run_cases(
    [
        moving,
        what_is_left_to_do_and_what_is_alike,
        back_and_forward,
        finding_and_marking_all,
        what_is_found_depends_on_the_options,
        accents_are_told_apart,
        a_concordance_is_sorted_and_opens_an_article,
        the_next_article_that_is_not_done,
        each_article_takes_back_its_own,
        guidelines_are_read,
    ]
)
