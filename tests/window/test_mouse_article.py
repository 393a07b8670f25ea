#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""All attributions of an article by the mouse alone, for the article that is shipped and, where it is at hand,
for the one that the project began from. The sidecar then holds exactly the gold list; how many drags and
clicks each takes is printed, and none may take more than it does now."""

import functools
import shutil
import tempfile

import articles
from attributions import *
from mouse import *

TITLES = {"quote": "Quote", "claim": "Claim", "source": "Source", "cue": "Cue"}
# A span takes a drag over its words and a click on its label; a piece more, a drag and two clicks.
EDGE = 40  # pixels of the view, to keep away from


class Hand:
    """A mouse on an article; what it does is counted."""

    def __init__(self, case):
        folder = tempfile.mkdtemp(prefix="kutip-mouse-article-")
        self.path = os.path.join(folder, "artikel.txt")
        shutil.copy(case.path, self.path)
        self.text = case.text
        self.kutip = Kutip(self.path)
        self.kutip.wait_opened("artikel.txt")
        self.buttons = {}
        self.drags = self.clicks = self.turns = self.n_spans = 0

    def click_on(self, role_name, name):
        """A button that stays, found once; where it is may change while the window is laid out."""
        if name not in self.buttons:
            self.buttons[name] = wait_laid_out(self.kutip, role_name, name)
        button = self.buttons[name]
        # It becomes so a frame after the words are selected.
        until(f"“{name}” to be sensitive", lambda: button.has_state("SENSITIVE"))
        self.kutip.click_on(button)
        self.clicks += 1

    def bring(self, offset):
        """Into view, by the wheel."""
        view = self.kutip.article()
        while True:
            area = view.get_box()
            place = view.get_character_box(offset)
            if area.y + EDGE <= place.y <= area.y + area.height - 2 * EDGE:
                return
            xdotool("click", "--repeat", 2, "--delay", 10, 4 if place.y < area.y + EDGE else 5)
            self.turns += 2
            time.sleep(0.1 * drive.SLOW)

    def sweep(self, start, end):
        xdotool("mousemove", *map(int, self.kutip.middle_of(self.kutip.article())))
        self.bring(start)
        self.bring(end - 1)
        drag(self.kutip.place_of(start), self.kutip.place_of(end - 1))
        until(f"“{self.text[start:end]}” to be selected", lambda: self.kutip.selection() == (start, end))
        # They come up where the next press may be meant for what is below them.
        until("the labels beside it", lambda: find_popover(self.kutip))
        self.drags += 1

    def mark(self, label, start, words):
        self.sweep(start, start + len(words))
        self.click_on("push button", f"Mark as {TITLES[label]}")
        self.n_spans += 1
        counted = f"{self.n_spans} span" + "s" * (self.n_spans > 1)
        until(counted, lambda: self.kutip.find("label", counted))

    def add_piece(self, start, words):
        self.sweep(start, start + len(words))
        click(*self.kutip.place_of(start + 1), button=3)
        choose(self.kutip, "Add as a Piece")
        self.clicks += 2


def annotate(hand, attribution):
    begin = hand.text.index(attribution.sentence)
    before = (hand.drags, hand.clicks)
    label, pieces = attribution.content
    place = hand.text.index(pieces[0], begin)
    hand.mark(label, place, pieces[0])
    for piece in pieces[1:]:
        hand.add_piece(hand.text.index(piece, place), piece)
    for label, words in attribution.participants():
        hand.mark(label, hand.text.index(words, begin), words)
    attribution.drags, attribution.clicks = hand.drags - before[0], hand.clicks - before[1]


def print_table(name, attributions, hand):
    print(f"# {name}: drags and clicks of each attribution, spans, links")
    for a in attributions:
        n = len(a.participants())
        print(f"# {a.sentence:34} {a.drags:3} {a.clicks:3} {n + 1:3} {n:3}")
    print(
        f"# all {len(attributions)}: {sum(a.drags for a in attributions)} drags, "
        f"{sum(a.clicks for a in attributions)} clicks, {hand.turns} turns of the wheel",
        flush=True,
    )


def all_attributions_by_mouse_alone(case, attributions):
    hand = Hand(case)
    for attribution in attributions:
        annotate(hand, attribution)
    wanted = expected_spans(attributions)
    wait_sidecar(hand.path, lambda c: written_spans(c) == wanted, what="the spans of the gold list")
    hand.click_on("check box", "Done")
    content = wait_sidecar(hand.path, lambda c: c["status"] == "done", what="the article to be done")
    finish(hand.kutip)
    print_table(case.name, attributions, hand)
    assert written_links(content) == expected_links(attributions), written_links(content)
    for attribution in attributions:
        n_spans = len(attribution.participants()) + 1
        n_more = len(attribution.content[1]) - 1
        assert attribution.drags == n_spans + n_more, attribution.sentence
        assert attribution.clicks == n_spans + 2 * n_more, attribution.sentence


def with_case(case, attributions):
    bound = functools.partial(all_attributions_by_mouse_alone, case, attributions)
    bound.__name__ = f"{case.name}: all attributions by the mouse alone"
    return bound


cases = [with_case(articles.shipped(), SAMPLE)]
if articles.seed() is not None:
    cases.append(with_case(articles.seed(), SEED))
run_cases(cases)
