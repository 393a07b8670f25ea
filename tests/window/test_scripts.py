#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""Articles in other scripts than Latin, marked by real keys and by the real mouse: from right to left,
without blanks between words, and with characters that are made of several code points."""

import shutil
import tempfile

from articles import TOP
from drive import *

ARABIC = "ar-maktabat-alhayy.txt"
HEBREW = "he-gan-hagag.txt"
EMOJI = "en-emoji-and-accents.txt"
THAI = "th-saphan-mai.txt"
CHINESE = "zh-yeshi-canju.txt"


def start(name, **how):
    folder = tempfile.mkdtemp(prefix="kutip-scripts-")
    article = os.path.join(folder, name)
    shutil.copy(os.path.join(TOP, "data/samples", name), article)
    kutip = Kutip(article, **how)
    kutip.wait_opened(name)
    return kutip, article, text_of(kutip.article())


def wait_marked(article, wanted):
    """The spans' labels and words, in order."""

    def found(content):
        return [(s["label"], " … ".join(s["text"])) for s in content["spans"]] == wanted

    wait_sidecar(article, found, what=f"{wanted} in the sidecar")


def select_backwards_on_screen(kutip, start, end):
    """In a line from right to left the text goes on to the left."""
    kutip.set_caret(start)
    while kutip.caret() < end:
        here = kutip.caret()
        key("shift+ctrl+Left")
        until("the caret to move", lambda: kutip.caret() != here)
    while kutip.caret() > end:
        here = kutip.caret()
        key("shift+Right")
        until("the caret to move", lambda: kutip.caret() != here)
    until("the selection", lambda: kutip.selection() == (start, end))


def mark_by_keys_from_right_to_left(name, marks):
    kutip, article, text = start(name)
    for label, words in marks:
        begin = text.index(words)
        select_backwards_on_screen(kutip, begin, begin + len(words))
        key({"claim": "1", "quote": "2", "source": "3", "cue": "4"}[label])
    wait_marked(article, sorted(marks, key=lambda mark: text.index(mark[1])))
    key(*["ctrl+z"] * len(marks))
    wait_marked(article, [])
    kutip.quit()


def mark_by_mouse_from_right_to_left(name, label, words):
    kutip, article, text = start(name)
    begin = text.index(words)
    first = kutip.place_of(begin)
    last = kutip.place_of(begin + len(words) - 1)
    assert first[0] > last[0], "the line runs to the left"
    drag(first, last)
    until("whole words selected", lambda: kutip.selection() == (begin, begin + len(words)))
    kutip.click_on(kutip.wait_find("push button", f"Mark as {label.capitalize()}"))
    wait_marked(article, [(label, words)])
    click(*kutip.place_of(begin + 2))
    until("the span's words in its card", lambda: words in (names(kutip, "label")))
    kutip.quit()


def names(kutip, wanted_role):
    return [node.get_name() for node in kutip.find_all(wanted_role)]


def arabic_by_keys():
    mark_by_keys_from_right_to_left(
        ARABIC,
        [
            ("source", "مديرة المكتبة هدى البستاني"),
            ("quote", "عدد الكتب بلغ 14 ألف كتاب"),
            ("source", "موقع Oasis News"),
        ],
    )


def hebrew_by_keys():
    mark_by_keys_from_right_to_left(
        HEBREW, [("source", "רחל אבידן"), ("quote", "הפרויקט עלה 38 אלף שקלים")]
    )


def arabic_by_mouse():
    mark_by_mouse_from_right_to_left(ARABIC, "source", "المعلّم المتقاعد سليم حداد")


def hebrew_by_mouse():
    mark_by_mouse_from_right_to_left(HEBREW, "source", "המהנדס יוסי לוין")


def a_mirrored_window_does_the_same():
    kutip, article, text = start(ARABIC, env={"GTK_DEBUG": "invert-text-dir"})
    words = "هدى البستاني"
    begin = text.index(words)
    select_backwards_on_screen(kutip, begin, begin + len(words))
    key("3")
    wait_marked(article, [("source", words)])
    frame = kutip.find("frame").get_box()
    tab = kutip.find("page tab", "nnotations").get_box()
    assert tab.x < frame.width / 2, "the annotations are on the left"
    kutip.quit()


def left_of(kutip, words):
    return kutip.wait_find("label", words).get_box().x


def a_concordance_runs_as_its_text():
    for name, words, runs_left in ((ARABIC, "الزيتون", True), (EMOJI, "smallest", False)):
        kutip, article, text = start(name)
        click(*kutip.place_of(text.index(words) + 2), repeat=2)
        until("the word", lambda: kutip.selection() == (text.index(words), text.index(words) + len(words)))
        key("ctrl+c", "ctrl+shift+f")
        kutip.wait_find("label", "Search the Articles")
        key("ctrl+v", "Return")
        kutip.wait_find("label", "in 1 article")
        before, after = left_of(kutip, "Before"), left_of(kutip, "After")
        assert (before > after) == runs_left, (name, before, after)
        key("Escape")
        kutip.quit()


# What a reader takes for one character.
CLUSTERS = [
    "👨‍👩‍👧‍👦",  # four people, joined
    "👩🏽‍🍳",  # with a tone of skin
    "🇦🇷",  # two regional indicators
    "1️⃣",  # a digit in a box
    "👍🏿",
    "e\u0301",  # a letter and its accent
]


def no_character_is_cut_by_a_key():
    kutip, article, text = start(EMOJI)
    for cluster in CLUSTERS:
        begin = text.index(cluster)
        kutip.set_caret(begin)
        key("shift+Right")
        until(f"all of {cluster!r}", lambda: kutip.selection() == (begin, begin + len(cluster)))
        kutip.set_caret(begin + len(cluster))
        key("shift+Left")
        until(f"all of {cluster!r}", lambda: kutip.selection() == (begin, begin + len(cluster)))
    key("1")
    wait_marked(article, [("claim", CLUSTERS[-1])])
    kutip.quit()


def no_character_is_cut_by_the_mouse():
    kutip, article, text = start(EMOJI)
    cluster = CLUSTERS[0]
    begin = text.index(cluster)
    before = kutip.place_of(begin - 1)
    box = kutip.place_of(begin)
    xdotool("keydown", "alt")  # by characters, not by words
    for part in (0.2, 0.6, 0.9):
        drag(before, (box[0] + 20 * (part - 0.5), box[1]))
        here = kutip.selection()
        assert here is None or not any(begin < edge < begin + len(cluster) for edge in here), here
    xdotool("keyup", "alt")
    kutip.quit()


def words_without_blanks():
    for name, least, most in ((THAI, 2, 14), (CHINESE, 1, 4)):
        kutip, article, text = start(name)
        middle = text.index("\n\n") + 6
        click(*kutip.place_of(middle), repeat=2)
        here = until("a word", kutip.selection)
        assert least <= here[1] - here[0] <= most, (name, text[here[0] : here[1]])
        assert "\n" not in text[here[0] : here[1]]
        key("1")
        wait_marked(article, [("claim", text[here[0] : here[1]])])
        kutip.quit()


run_cases(
    [
        arabic_by_keys,
        hebrew_by_keys,
        arabic_by_mouse,
        hebrew_by_mouse,
        a_mirrored_window_does_the_same,
        a_concordance_runs_as_its_text,
        no_character_is_cut_by_a_key,
        no_character_is_cut_by_the_mouse,
        words_without_blanks,
    ]
)
