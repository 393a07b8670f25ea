# SPDX-License-Identifier: GPL-3.0-or-later
"""What measure.py found, read back from its log."""

import json
import statistics

# name, bytes, spans, kind
ARTICLES = [
    ("3 KB", 3_000, 50, "latin"),
    ("100 KB", 100_000, 1_000, "latin"),
    ("1 MB", 1_000_000, 10_000, "latin"),
    ("10 MB", 10_000_000, 100_000, "latin"),
    ("1 MB in one line", 1_000_000, 10_000, "one-line"),
    ("10 MB Arabic", 10_000_000, 100_000, "arabic"),
]
SMALL, LARGE = "3 KB", "10 MB"
SHORT = {"3 KB", "100 KB"}

# Milliseconds that the main thread may work for one thing, and for a jump right after opening.
FRAME, JUMP = 16.0, 100.0
# Times the cost at 3 KB, and what is too little for that to say anything; milliseconds.
GROWTH, TRIFLE = 1.5, 2.0
# Times the bare view; milliseconds for the annotations more; bytes.
OPENING, ANNOTATIONS, SPAN = 1.1, 500.0, 300
# What a window with an article takes.
MEMORY = {"memory", "memory, heap"}
# Milliseconds until a folder is of use.
FOLDER = 1000.0

KEYS = [
    "mark", "undo", "redo", "link, choose", "link", "delete", "caret right", "caret down", "select by word",
    "next span", "span anywhere", "start and end", "screen down", "wheel",
    "previous span", "next span alike", "previous span alike", "cycle", "next thing left to do",
    "previous thing left to do", "back", "forward", "next sentence", "previous sentence", "next part of the sentence",
    "select the word", "select the part of the sentence", "select the sentence", "select the paragraph",
    "next paragraph", "previous paragraph", "go to a place, ask", "go to a place, each digit", "go to a place",
    "piece, add", "piece, remove", "edge, extend by a word", "edge, shrink by a word", "edge, extend by a character",
    "edge, shrink by a character", "edge, extend by a sentence", "edge, shrink by a sentence",
    "edge at the start, extend by a word", "edge at the start, shrink by a word",
    "edge at the start, extend by a character", "edge at the start, shrink by a character",
    "edge at the start, extend by a sentence", "edge at the start, shrink by a sentence",
    "drag an edge, each motion", "drag an edge, let go",
    "attribution, close", "attribution, open", "copy with another label", "unsure", "label, change", "split", "merge",
    "link, the kinds to choose from", "link, another kind", "link, the other way round", "follow the link",
    "follow it back", "the next link", "link, its note", "link, leave its note", "link, remove", "all links, show",
    "all links, hide",
    "attribute, show its values", "attribute, choose one", "attribute, set", "attribute, set back", "note, begin",
    "note, each letter", "note, end", "article, done", "article, not done", "article, its properties",
    "article, each letter of its title", "article, its title", "article, its note, begin",
    "article, its note, each letter", "article, its note, end",
    "click into the text", "click on a badge", "menu of a place", "drag to select, each motion",
    "drag to select, let go",
    "find, first hit", "find, each letter", "find, next", "find, previous",
    "mark all, the window", "mark all, each letter", "mark all, leave one out", "mark all, close the window",
    "search all articles, the window", "search all articles, close the window",
    "edit the tag set, the window", "edit the tag set, close the window", "preferences, the window",
    "preferences, close the window", "keyboard shortcuts, the window", "keyboard shortcuts, close the window",
    "manual, the window", "manual, close the window",
    "tag set, choose a label", "tag set, add a label", "tag set, each letter of a title", "tag set, undo",
    "tag set, redo", "tag set, remove a label", "tag set, another color", "tag set, each letter of a name",
    "tag set, see what a new name changes", "tag set, leave what a new name changes", "tag set, what to merge into",
    "tag set, merge", "tag set, see what merging changes", "tag set, leave what merging changes",
    "filter the spans", "filter the spans, each letter", "larger text", "normal text size", "smaller text",
    "the annotations, hide", "the annotations, show", "guidelines, show", "guidelines, hide",
    "the articles, show or hide", "full screen", "full screen, leave", "main menu", "main menu, close",
    "next part of the window", "previous part of the window",
    "mark 5,000 places", "undo 5,000 places", "redo 5,000 places", "mark 5,000 places, filtered",
    "undo 5,000 places, filtered", "redo 5,000 places, filtered",
    "show what is left to do", "leave what is left to do", "filter what is left to do", "down what is left to do",
    "show what is to review", "leave what is to review", "filter what is to review", "down what is to review",
    "confirm what is to review", "undo confirming one", "delete what is to review", "undo deleting one",
    "put what is to review on the selection", "undo putting one", "next span to review", "previous span to review",
    "confirm all that moved", "undo confirming",
    "autosave, longest block", "undo, after another article", "redo, after another article",
]
# They cost what there is to change, in another thread, and so have no part in what grows with the article.
BULK = {
    "mark 5,000 places", "undo 5,000 places", "redo 5,000 places", "mark 5,000 places, filtered",
    "undo 5,000 places, filtered", "redo 5,000 places, filtered", "confirm all that moved", "undo confirming",
    "tag set, see what a new name changes", "tag set, see what merging changes", "autosave, longest block",
}
# What bench-window can do in an article, the longest first; and of that, in the articles between, what the text itself
# may make slow.
PARTS = ["confirming", "switching", "filtered", "bulk", "panes", "pointing", "places", "view", "find", "card", "moving", "shaping",
         "editor", "windows", "jumping", "links", "reading", "marking", "scrolling", "saving"]
SOME = ["find", "reading", "marking", "scrolling", "saving"]
# What a bare view can do too, and what a paragraph of 1 MB is to do like any other.
READING = ["caret right", "caret down", "screen down", "wheel", "select by word", "start and end"]


def is_whole(step):
    """Whether a step of a log was measured to its end."""
    return step is not None and "failed" not in step


def choose(one, other):
    """Of a step measured twice the second, unless it has less; either may be None."""
    if one is None or is_whole(other):
        return other
    if other is None or is_whole(one) or len(other["result"] or "") < len(one["result"] or ""):
        return one
    return other


class Series:
    """One measure, taken many times: milliseconds. What bench-window and bare-view print of it."""

    def __init__(self, fields):
        self.n = int(fields[0])
        (self.work, self.work_99, self.work_worst, self.wall, self.block,
         self.block_worst) = map(float, fields[1:])


class Measures:
    """The output of one program, or of several, one after the other; None: nothing."""

    def __init__(self, output):
        self.series, self.values, self.seconds = {}, {}, {}
        starts = {}
        for line in (output or "").splitlines():
            kind, *fields = line.split("\t")
            if kind == "series":
                self.series[fields[0]] = Series(fields[1:])
            elif kind == "value" and fields[0] in MEMORY:
                # Of several starts: threads that free what others got leave more in one than in the next.
                starts.setdefault(fields[0], []).append(float(fields[1]))
                self.values[fields[0]] = statistics.median(starts[fields[0]])
            elif kind == "value":
                self.values[fields[0]] = max(float(fields[1]), self.values.get(fields[0], 0))
            elif kind == "seconds":
                self.seconds[fields[0]] = float(fields[1])

    def get(self, name):
        """None where it was not measured."""
        found = self.series.get(name)
        return found if found is not None and found.n > 0 else None

    def wall(self, name):
        found = self.get(name)
        return found.wall if found else None


class Article:
    def __init__(self, name, n_spans, take):
        self.name, self.n_spans = name, n_spans
        self.bare_start, self.start = take(f"start, {name}") or (None, None)
        self.window, self.editor_window = take(f"window, {name}") or (None, None)
        self.bare, self.opening = Measures(take(f"bare, {name}")), Measures(take(f"opening, {name}"))
        self.keys = Measures("\n".join(take(f"keys, {name}, {part}") or "" for part in ["all", *PARTS]))


class Results:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.log = json.load(file)
        self.steps = self.log["steps"]
        self.articles = {name: Article(name, n_spans, self.take) for name, _, n_spans, _ in ARTICLES
                         if any(f", {name}" in step for step in self.steps)}
        sizes = sorted({int(step.split(", ")[1]) for step in self.steps if step.startswith("folder")})
        self.folders = {n: [Measures(self.take(f"folder, {n}, {time}")) for time in ("first", "second")]
                        for n in sizes}
        self.failed = {name: step["failed"] for name, step in self.steps.items() if "failed" in step}

    def take(self, step):
        """What came out; None where nothing did."""
        return self.steps.get(step, {}).get("result")

    def article(self, name):
        return self.articles.get(name) or Article(name, 0, self.take)

    def bytes_a_span(self, article):
        """What Kutip needs beyond the bare view, beyond what it needs beyond it for a small article."""
        def extra(one):
            held, floor = one.opening.values.get("memory, heap"), one.bare.values.get("memory, heap")
            return held - floor if held and floor else None
        # Of fewer, what a window takes more one time than another says more.
        if article.n_spans < 10_000:
            return None
        large, small = extra(article), extra(self.article(SMALL))
        return (large - small) * 1024 * 1024 / article.n_spans if large is not None and small is not None else None

    def bytes_an_article(self):
        """What a folder needs for each, between the smallest and the largest that were opened."""
        found = [(n, runs[0].values.get("folder, memory, heap")) for n, runs in self.folders.items()]
        if len(found) < 2 or None in (found[0][1], found[-1][1]):
            return None
        (few, little), (many, much) = found[0], found[-1]
        return (much - little) * 1024 * 1024 / (many - few)

    def growth(self, article, key):
        """Times its cost at 3 KB; None where it was not measured."""
        found, small = article.keys.get(key), self.article(SMALL).keys.get(key)
        return found.work / small.work if found and small and small.work > 0 else None

    def grows(self, article, key):
        """Whether it costs noticeably more than in a small article."""
        growth = self.growth(article, key)
        return (growth is not None and key not in BULK and growth > GROWTH
                and article.keys.get(key).work > TRIFLE)
