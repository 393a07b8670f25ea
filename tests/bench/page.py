# SPDX-License-Identifier: GPL-3.0-or-later
"""page.py LOG PAGE: writes what measure.py found into the marked parts of the manual's page on performance."""

import re
import sys

from results import BULK, FRAME, GROWTH, KEYS, LARGE, READING, SMALL, Results
from table import ms, ratio

PART = re.compile(r"(<!-- tests/bench/run --page: ([a-z ]+) -->\n).*?(<!-- end -->\n)", re.DOTALL)


def table(*rows):
    """The first row is the heading."""
    lines = ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]) + "\n"


def write_machine(results):
    log = results.log
    first, last = log["load"]
    return (f"On {log['date']}, {log['machine']}, in {log['minutes']:.0f} minutes, with {log['presses']} presses of each"
            f" key. The machine’s load was {first:.1f} before and {last:.1f} at the end.\n")


def both(series):
    return f"{ms(series.wall)} ({ms(series.work)})" if series else "–"


def write_opening(results):
    rows = [("article", "bare view", "Kutip, until the text stands", "times", "with its annotations",
             "to the end: bare view", "to the end: Kutip", "to a span in the middle")]
    for article in results.articles.values():
        text, floor = article.opening.get("open, text"), article.bare.get("open") if article.bare else None
        rows.append((f"{article.name}, {article.n_spans:,} spans", both(floor), both(text),
                     ratio(text.wall, floor.wall if floor else None), both(article.opening.get("open")),
                     ms(article.bare_wall("end, right after opening")),
                     ms(article.opening.series["end, right after opening"].wall),
                     ms(article.opening.series["middle, right after opening"].wall)))
    return table(*rows)


def list_or_none(words):
    return ", ".join(words) if words else "none"


def write_keys(results):
    small, large = results.articles[SMALL], results.articles[LARGE]
    rows = [("", "3 KB, middle", "10 MB, middle", "times", "10 MB, 99th percentile", "10 MB, worst", "counted")]
    for key in KEYS:
        one, other = small.keys.get(key), large.keys.get(key)
        if other:
            growth = results.growth(large, key)
            rows.append((key, f"{one.work:.1f}" if one else "–", f"{other.work:.1f}",
                         "–" if growth is None else f"{growth:.1f}", f"{other.work_99:.1f}",
                         f"{other.work_worst:.1f}", other.n))
    missing = [key for key in KEYS if not large.keys.get(key)]
    late = [f"{key} ({large.keys.get(key).work_99:.1f})" for key in KEYS
            if large.keys.get(key) and large.keys.get(key).work_99 > FRAME]
    grown = [f"{key} ({results.growth(large, key):.1f})" for key in KEYS if results.grows(large, key)]
    said = [f"Of the {len(rows) - 1} above, over {FRAME:.0f} milliseconds at the 99th percentile: {list_or_none(late)}.",
            f"Over {GROWTH} times their cost at 3 KB: {list_or_none(grown)}."]
    if missing:
        said.append(f"Not measured: {', '.join(missing)}.")
    return table(*rows) + "\n" + "\n".join(said) + "\n"


def write_long_line(results):
    rows = [("", "in paragraphs: middle", "99th percentile", "in one line: middle", "99th percentile", "times")]
    plain, line = results.articles["1 MB"], results.articles["1 MB in one line"]
    for key in READING:
        one, other = plain.keys.get(key), line.keys.get(key)
        if one and other:
            rows.append((key, f"{one.work:.1f}", f"{one.work_99:.1f}", f"{other.work:.1f}", f"{other.work_99:.1f}",
                         f"{other.work / one.work:.1f}"))
    return table(*rows)


def write_sizes(results):
    """What the text itself may make slow, in each article."""
    keys = [key for key in KEYS if key not in BULK
            and all(article.keys.get(key) for article in results.articles.values())]
    rows = [("", *results.articles)]
    for key in [*keys, "autosave, longest block"]:
        found = [article.keys.get(key) for article in results.articles.values()]
        rows.append((key, *(f"{one.work:.1f}, {one.work_99:.1f}" if one else "–" for one in found)))
    for key in ("caret right", "caret down", "screen down"):
        found = [article.bare.get(key) if article.bare else None for article in results.articles.values()]
        rows.append((f"bare view: {key}", *(f"{one.work:.1f}, {one.work_99:.1f}" if one else "–" for one in found)))
    return table(*rows)


def write_start(results):
    rows = [("article", "bare view, first frame", "Kutip, text painted", "window on the screen: Kutip",
             "window on the screen: GNOME Text Editor")]
    rows += [(article.name, ms(article.bare_start), ms(article.start), ms(article.window), ms(article.editor_window))
             for article in results.articles.values()]
    return table(*rows) + f"\nWith nothing to open, Kutip’s first frame comes after {ms(results.log['empty start'])}.\n"


def write_memory(results):
    rows = [("article", "bare view, resident", "Kutip, resident", "bytes a span", "Kutip after all the keys")]
    for article in results.articles.values():
        each = results.bytes_a_span(article)
        rows.append((f"{article.name}, {article.n_spans:,} spans",
                     ms(article.bare.values["memory"]) if article.bare else "–",
                     ms(article.opening.values["memory"]), "–" if each is None else f"{each:.0f}",
                     ms(article.keys.values["memory, at the end"])))
    said = ""
    if results.bytes_an_article() is not None:
        said = f"\nA folder takes {results.bytes_an_article():.0f} bytes for each of its articles.\n"
    return table(*rows) + said


def three(series):
    return f"{series.work:.1f}, {series.work_99:.1f}, {series.work_worst:.1f}" if series else "–"


def write_folders(results):
    rows = [("articles", "first rows", "all listed, states known", "at once", "a letter in the filter",
             "opening the next unfinished", "megabytes")]
    for first, second in results.folders:
        v, w = first.values, second.values
        block = max(v["folder, longest block"], w["folder, longest block"], w["folder, again, longest block"])
        rows.append((f"{v['folder, articles']:,.0f}", ms(second.series["folder, first rows"].wall),
                     ms(w["folder, all heads"]), ms(block), three(second.get("folder, filter")),
                     three(second.get("folder, next unfinished")), ms(v["folder, memory"])))
    return table(*rows)


def write_searching(results):
    rows = [("articles", "its window", "often: places", "first", "all", "at once", "seldom: first", "all", "at once",
             "stopped after")]
    for _, run in results.folders:
        v = run.values
        rows.append((f"{v['folder, articles']:,.0f}", ms(v["search, shown"]), f"{v['search, many, places']:,.0f}",
                     *(ms(v[f"search, {name}"]) for name in
                       ("many, first", "many, end", "many, longest block", "few, first", "few, end",
                        "few, longest block", "stopped"))))
    return table(*rows)


def write_tool(results):
    return table(("", "milliseconds"), *((f"`{name}`" if name.endswith("version") else name, ms(time))
                                         for name, time in results.log["tool"]))


def write_conversions(results):
    parts = []
    for found in results.log["conversions"]:
        floor = found["rows"][0]["s"]
        parts.append(f"{found['articles']:,} articles with {found['annotations']:,} spans from brat"
                     f" ({found['bytes'] / 1e6:.0f} MB) to {found['to']}:\n\n" +
                     table(("", "seconds", "times the floor", "megabytes of memory"),
                           *((one["name"], f"{one['s']:.2f}", f"{one['s'] / floor:.1f}", f"{one['mb']:.0f}")
                             for one in found["rows"])))
    return "\n".join(parts)


PARTS = {
    "machine": write_machine, "opening": write_opening, "keys": write_keys, "sizes": write_sizes,
    "long line": write_long_line, "start": write_start, "memory": write_memory, "folders": write_folders,
    "searching": write_searching, "tool": write_tool, "conversions": write_conversions,
}


def fill(page, results):
    """The page with its marked parts made anew."""
    names = [match[2] for match in PART.finditer(page)]
    if sorted(names) != sorted(PARTS):
        raise ValueError(f"the page has the parts {names}, not {list(PARTS)}")
    return PART.sub(lambda match: f"{match[1]}\n{PARTS[match[2]](results)}\n{match[3]}", page)


def main(log, path):
    with open(path, encoding="utf-8") as file:
        page = file.read()
    page = fill(page, Results(log))
    with open(path, "w", encoding="utf-8") as file:
        file.write(page)


if __name__ == "__main__":
    main(*sys.argv[1:])
