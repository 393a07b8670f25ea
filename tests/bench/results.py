# SPDX-License-Identifier: GPL-3.0-or-later
"""What measure.py found, read back from its log; what it is to be, and what is over that."""

import json

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

# Milliseconds that the main thread may work for one thing, and for a jump right after opening.
FRAME, JUMP = 16.0, 100.0
# Times the cost at 3 KB, and what is too little for that to say anything; milliseconds.
GROWTH, TRIFLE = 1.5, 2.0
# Times the bare view; milliseconds for the annotations more; bytes.
OPENING, ANNOTATIONS, SPAN = 1.1, 500.0, 300
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
    "edge, extend by a sentence", "edge at the start, extend by a word", "edge at the start, shrink by a word",
    "drag an edge, each motion", "drag an edge, let go",
    "attribution, close", "attribution, open", "copy with another label", "unsure", "label, change", "split", "merge",
    "link, the kinds to choose from", "link, another kind", "link, the other way round", "follow the link",
    "follow it back", "the next link", "link, its note", "link, leave its note", "link, remove", "all links, show",
    "all links, hide",
    "attribute, show its values", "attribute, choose one", "attribute, set", "attribute, set back", "note, begin",
    "note, each letter", "note, end", "article, done", "article, not done", "article, its properties",
    "click into the text", "click on a badge", "menu of a place", "drag to select, each motion",
    "drag to select, let go",
    "find, first hit", "find, each letter", "find, next", "find, previous",
    "mark all, the window", "mark all, each letter", "mark all, leave one out", "mark all, close the window",
    "search all articles, the window", "search all articles, close the window",
    "edit the tag set, the window", "edit the tag set, close the window",
    "filter the spans", "filter the spans, each letter", "larger text", "normal text size", "smaller text",
    "the annotations, hide", "the annotations, show", "guidelines, show", "guidelines, hide",
    "next part of the window", "previous part of the window",
    "mark 5,000 places", "undo 5,000 places", "redo 5,000 places", "mark 5,000 places, filtered",
    "undo 5,000 places, filtered", "redo 5,000 places, filtered",
    "show what is left to do", "leave what is left to do", "filter what is left to do", "down what is left to do",
    "show what is to review", "leave what is to review", "filter what is to review", "down what is to review",
    "confirm what is to review", "undo confirming one", "confirm all that moved", "undo confirming",
    "autosave, longest block",
]
# They cost what there is to change, in another thread, and so have no part in what grows with the article; done less
# often, for each is hundreds of turns of the main loop, of which the longest counts.
BULK = {
    "mark 5,000 places", "undo 5,000 places", "redo 5,000 places", "mark 5,000 places, filtered",
    "undo 5,000 places, filtered", "redo 5,000 places, filtered", "confirm all that moved", "undo confirming",
    "autosave, longest block",
}
# What a bare view can do too, and what a paragraph of 1 MB is to do like any other.
READING = ["caret right", "caret down", "screen down", "wheel", "select by word", "start and end"]


class Series:
    """One measure, taken many times: milliseconds. What bench-window and bare-view print of it."""

    def __init__(self, fields):
        self.n = int(fields[0])
        (self.work, self.work_99, self.work_worst, self.wall, self.block,
         self.block_worst) = map(float, fields[1:])


class Measures:
    """The output of one program, or of several, one after the other."""

    def __init__(self, output):
        self.series, self.values = {}, {}
        for line in output.splitlines():
            kind, *fields = line.split("\t")
            if kind == "series":
                self.series[fields[0]] = Series(fields[1:])
            elif kind == "value":
                self.values[fields[0]] = max(float(fields[1]), self.values.get(fields[0], 0))

    def get(self, name):
        """None where it was not measured."""
        found = self.series.get(name)
        return found if found is not None and found.n > 0 else None


class Article:
    def __init__(self, name, log):
        self.name, self.n_spans = name, log["spans"]
        self.bare_start, self.start = log["start"]
        self.window, self.editor_window = log["window"]
        self.bare = Measures(log["bare"]) if log["bare"] else None
        self.opening, self.keys = Measures(log["opening"]), Measures(log["keys"])

    def bare_wall(self, name):
        return self.bare.series[name].wall if self.bare and name in self.bare.series else None

    def bare_work(self, name):
        return self.bare.series[name].work if self.bare and name in self.bare.series else None


class Results:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            log = json.load(file)
        self.log = log
        self.articles = {name: Article(name, found) for name, found in log["articles"].items()}
        self.folders = [(Measures(first), Measures(second)) for first, second in log["folders"]]

    def bytes_a_span(self, article):
        """What Kutip needs beyond the bare view, beyond what it needs beyond it for a small article."""
        def extra(one):
            return one.opening.values["memory, heap"] - one.bare.values["memory, heap"]
        # Of fewer, what a window takes more one time than another says more.
        if not article.bare or article.n_spans < 10_000:
            return None
        return (extra(article) - extra(self.articles[SMALL])) * 1024 * 1024 / article.n_spans

    def bytes_an_article(self):
        """What a folder needs for each, between the smallest and the largest that were opened."""
        if len(self.folders) < 2:
            return None
        (few, _), (many, _) = self.folders[0], self.folders[-1]
        n = many.values["folder, articles"] - few.values["folder, articles"]
        return (many.values["folder, memory, heap"] - few.values["folder, memory, heap"]) * 1024 * 1024 / n

    def growth(self, article, key):
        """Times its cost at 3 KB; None where it was not measured."""
        found, small = article.keys.get(key), self.articles[SMALL].keys.get(key)
        return found.work / small.work if found and small and small.work > 0 else None

    def grows(self, article, key):
        """Whether it costs noticeably more than in a small article."""
        growth = self.growth(article, key)
        return (growth is not None and key not in BULK and growth > GROWTH
                and article.keys.get(key).work > TRIFLE)

    def list_misses(self):
        misses = [miss for article in self.articles.values()
                  for miss in [*self.list_opening_misses(article), *self.list_key_misses(article)]]
        for article in self.articles.values():
            each = self.bytes_a_span(article)
            if each is not None and each > SPAN:
                misses.append(f"{article.name}: {each:.0f} bytes a span")
        return [*misses, *self.list_folder_misses(), *self.list_conversion_misses()]

    def list_opening_misses(self, article):
        opened, text = article.opening.series["open"], article.opening.series["open, text"]
        floor = article.bare_wall("open")
        if floor and text.wall > OPENING * floor:
            yield f"{article.name}: opens in {text.wall / floor:.1f} times the floor"
        if opened.wall > text.wall + ANNOTATIONS:
            yield f"{article.name}: annotations {opened.wall - text.wall:.0f} ms after the text"
        if article.editor_window and article.window > article.editor_window:
            yield f"{article.name}: starts in {article.window / article.editor_window:.2f} times Text Editor’s time"
        for jump in ("end, right after opening", "middle, right after opening"):
            if article.opening.series[jump].wall > JUMP:
                yield f"{article.name}: {jump}: {article.opening.series[jump].wall:.0f} ms"

    def list_key_misses(self, article):
        for key in KEYS:
            found = article.keys.get(key)
            if found is None:
                if key in article.keys.series or article.name in (SMALL, LARGE):
                    yield f"{article.name}: {key}: not measured"
                continue
            if found.work_99 > FRAME:
                yield f"{article.name}: {key}: {found.work_99:.1f} ms at the 99th percentile"
            elif found.work_worst > FRAME:
                yield f"{article.name}: {key}: {found.work_worst:.1f} ms at worst"
            if found.n < self.log["presses"] and key not in BULK:
                yield f"{article.name}: {key}: only {found.n} samples"
            if self.grows(article, key):
                yield f"{article.name}: {key}: {self.growth(article, key):.1f} times its cost at 3 KB"

    def list_folder_misses(self):
        """What keeps a key waiting longer than a frame, and a known folder that is not soon at hand."""
        for runs in self.folders:
            for run in runs:
                n = f"{run.values['folder, articles']:,.0f} articles"
                for name, value in run.values.items():
                    if (name.endswith("block") or name == "search, shown") and value > FRAME:
                        yield f"{n}: {name}: {value:.1f} ms on end"
                for name in ("folder, filter", "folder, next unfinished"):
                    if run.series[name].work_worst > FRAME:
                        yield f"{n}: {name}: {run.series[name].work_worst:.1f} ms"
            again = runs[1].series["folder, first rows"].wall
            if again > FOLDER:
                yield f"{n}: first rows after {again:.0f} ms"

    def list_conversion_misses(self):
        for found in self.log["conversions"]:
            floor = found["rows"][0]["s"]
            for row in found["rows"]:
                if row["aim"] and row["s"] > row["aim"] * floor:
                    yield f"{row['name']}, {found['to']}: {row['s'] / floor:.1f} times the floor, not {row['aim']:g}"
                if row["most_mb"] and row["mb"] > row["most_mb"]:
                    yield f"{row['name']}, {found['to']}: {row['mb']:.0f} MB, not {row['most_mb']}"
