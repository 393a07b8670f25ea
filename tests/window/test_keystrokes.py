#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""All attributions of an article, by keys alone, and how many presses each takes: for the article that is
shipped and, where it is at hand, for the one that the project began from. The sidecar then holds exactly the
gold list; the table is printed, and no attribution may take more presses than it does now."""

import functools
import shutil
import tempfile

import articles
from attributions import *
from drive import *

# What one attribution, and the mean of all, may take at most.
MOST = 10
MEAN = 6.8


def reach(kutip, text, attribution):
    """Sentence by sentence, as a reader goes; the presses are counted apart."""
    goal = text.index(attribution.sentence)
    kutip.wait_still(kutip.article())
    while kutip.caret() != goal:
        here = kutip.caret()
        assert here < goal, f"{attribution.sentence} was passed over: {here} > {goal}"
        key("alt+Right")
        attribution.reach += 1
        until("the caret to move", lambda: kutip.caret() != here)
        kutip.wait_still(kutip.article())


def annotate(kutip, attribution):
    for name in attribution.keys:
        key(name)
        attribution.presses += 1


def print_table(name, attributions):
    print(f"# {name}: presses to reach the sentence from the last one, to annotate it, spans, links")
    for a in attributions:
        n = len(a.participants())
        print(f"# {a.sentence:34} {a.reach:3} {a.presses:3} {n + 1:3} {n:3}   {' '.join(a.keys)}")
    presses = sum(a.presses for a in attributions)
    spans = sum(len(a.participants()) + 1 for a in attributions)
    print(
        f"# all {len(attributions)}: {sum(a.reach for a in attributions)} to reach, {presses} to annotate, "
        f"{presses / len(attributions):.1f} an attribution, {presses / spans:.1f} a span",
        flush=True,
    )


def all_attributions_by_keys_alone(case, attributions):
    folder = tempfile.mkdtemp(prefix="kutip-keystrokes-")
    article = os.path.join(folder, "artikel.txt")
    shutil.copy(case.path, article)
    kutip = Kutip(article)
    kutip.wait_opened("artikel.txt")
    for attribution in attributions:
        reach(kutip, case.text, attribution)
        annotate(kutip, attribution)
    key("ctrl+s")
    wanted = expected_spans(attributions)
    content = wait_sidecar(article, lambda c: len(c["spans"]) >= len(wanted))
    kutip.quit()
    content = sidecar(article)
    print_table(case.name, attributions)
    assert written_spans(content) == wanted, set(written_spans(content)) ^ set(wanted)
    assert written_links(content) == expected_links(attributions), written_links(content)
    for attribution in attributions:
        assert attribution.presses <= MOST, attribution.sentence
    mean = sum(a.presses for a in attributions) / len(attributions)
    assert mean <= MEAN, mean


def source_cue_and_quote_take_three_presses():
    """Its source, its cue and its quote, once the caret is at it."""
    sentence = "Putin mengatakan langkah ini dilakukan demi kebaikan kedua negara"
    folder = tempfile.mkdtemp(prefix="kutip-keystrokes-")
    article = os.path.join(folder, "a.txt")
    with open(article, "w", encoding="utf-8", newline="") as file:
        file.write(f"Judul\n{sentence}.\n")
    kutip = Kutip(article)
    kutip.wait_opened("a.txt")
    kutip.set_caret(len("Judul\n"))
    key("3", "4", REST)
    content = wait_sidecar(article, lambda c: len(c["spans"]) == 3)
    kutip.quit()
    assert [span["text"][0] for span in content["spans"]] == [
        "Putin",
        "mengatakan",
        "langkah ini dilakukan demi kebaikan kedua negara",
    ]
    assert len(content["relations"]) == 2


def with_case(case, attributions):
    bound = functools.partial(all_attributions_by_keys_alone, case, attributions)
    bound.__name__ = f"{case.name}: all attributions by keys alone"
    return bound


cases = [source_cue_and_quote_take_three_presses, with_case(articles.shipped(), SAMPLE)]
if articles.seed() is not None:
    cases.append(with_case(articles.seed(), SEED))
run_cases(cases)
