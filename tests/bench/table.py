# SPDX-License-Identifier: GPL-3.0-or-later
"""table.py LOG: prints what measure.py found, as tables in Markdown, and what is over its target."""

import sys

from results import FRAME, GROWTH, KEYS, LARGE, READING, SMALL, Results


def ms(value):
    if value is None:
        return "–"
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def ratio(value, floor):
    return "–" if not floor or value is None else f"{value / floor:.2f}"


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |")


def heading(*cells):
    row(*cells)
    print("|" + " --- |" * len(cells))


def print_opening(results):
    print("\n## Opening (ms)\n")
    heading("article", "program start to text: bare", "Kutip", "ratio", "in a running window: bare",
            "Kutip", "ratio", "with its annotations", "of it main thread", "end, right after: bare", "Kutip",
            "middle span, right after", "longest block after")
    for article in results.articles.values():
        opened, text = article.opening.series["open"], article.opening.series["open, text"]
        floor = article.bare_wall("open")
        row(article.name, ms(article.bare_start), ms(article.start), ratio(article.start, article.bare_start),
            ms(floor), ms(text.wall), ratio(text.wall, floor), ms(opened.wall), ms(opened.work),
            ms(article.bare_wall("end, right after opening")),
            ms(article.opening.series["end, right after opening"].wall),
            ms(article.opening.series["middle, right after opening"].wall),
            ms(article.opening.values["block after opening"]))
    print(f"\nProgram start to an empty window: {ms(results.log['empty start'])} ms")
    print("\n## Program start to the window on the screen (ms)\n")
    heading("article", "Kutip", "GNOME Text Editor", "ratio")
    for article in results.articles.values():
        row(article.name, ms(article.window), ms(article.editor_window), ratio(article.window, article.editor_window))


def cell(series):
    """One sample is one press, or one of what its name says."""
    return (f"{series.work:.1f} / {series.work_99:.1f} / {series.work_worst:.1f} ({ms(series.wall)}; {series.n})"
            if series else "–")


def print_keys(results):
    print(f"\n## Each key: at most {FRAME:.0f} ms at the 99th percentile, and {GROWTH} times its cost at 3 KB (ms that the"
          " main thread works until the effect is painted, or, where much is done in another thread, the longest on end"
          " until all is done: median / 99 % / worst; in brackets from the press to the end, and how many samples; each"
          " is one press and all that comes of it)\n")
    others = [article for article in results.articles.values() if article.name not in (SMALL, LARGE)]
    small, large = results.articles[SMALL], results.articles.get(LARGE)
    columns = [small, *([large] if large else [])]
    heading("", *(f"{article.name}" for article in columns), *(["10 MB / 3 KB", "over"] if large else []),
            *(article.name for article in others))
    for key in KEYS:
        cells = [cell(article.keys.get(key)) for article in columns]
        if large:
            found = large.keys.get(key)
            growth = results.growth(large, key)
            over = (["99 %"] if found and found.work_99 > FRAME else []) + (
                ["growth"] if results.grows(large, key) else [])
            cells += ["–" if growth is None else f"{growth:.2f}", ", ".join(over) or "–"]
        row(key, *cells, *(cell(article.keys.get(key)) for article in others))
    for name in ("caret right", "caret down", "screen down"):
        cells = {article.name: cell(article.bare.get(name) if article.bare else None)
                 for article in results.articles.values()}
        row("bare: " + name, *(cells[article.name] for article in columns), *(["–", "–"] if large else []),
            *(cells[article.name] for article in others))


def print_long_line(results):
    line, plain = results.articles.get("1 MB in one line"), results.articles.get("1 MB")
    if not line or not plain:
        return
    print("\n## A paragraph of 1 MB beside any other (ms of the main thread, median and 99 %)\n")
    heading("", "1 MB in paragraphs", "1 MB in one line", "ratio")
    for name in READING:
        one, other = plain.keys.get(name), line.keys.get(name)
        if one and other:
            row(name, f"{one.work:.1f}, {one.work_99:.1f}", f"{other.work:.1f}, {other.work_99:.1f}",
                ratio(other.work, one.work))


def print_memory(results):
    print("\n## Memory (MB resident; bytes a span: heap beyond the bare view's, the window's own"
          " left out)\n")
    heading("article", "spans", "bare", "Kutip", "bytes a span", "Kutip after all the keys")
    for article in results.articles.values():
        each = results.bytes_a_span(article)
        row(article.name, f"{article.n_spans:,}", ms(article.bare.values["memory"] if article.bare else None),
            ms(article.opening.values["memory"]), "–" if each is None else f"{each:.0f}",
            ms(article.keys.values["memory, at the end"]))
    each = results.bytes_an_article()
    if each is not None:
        print(f"\nIn a folder: {each:.0f} bytes an article")


def print_folders(results):
    print("\n## Folders (ms until; the longest that the main thread works on end)\n")
    heading("articles", "first rows: first time", "second", "all listed, states known: first time", "second",
            "in the open window again", "longest block: first time", "second", "again",
            "filter: each letter, median / 99 % / worst", "next unfinished, median / 99 % / worst", "memory")
    for first, second in results.folders:
        v, w = first.values, second.values
        row(f"{v['folder, articles']:,.0f}", ms(first.series["folder, first rows"].wall),
            ms(second.series["folder, first rows"].wall), ms(v["folder, all heads"]), ms(w["folder, all heads"]),
            ms(w["folder, again, all listed"]), ms(v["folder, longest block"]), ms(w["folder, longest block"]),
            ms(w["folder, again, longest block"]), cell(second.get("folder, filter")),
            cell(second.get("folder, next unfinished")), f"{ms(v['folder, memory'])} MB")
    print("\n## Searching all articles (ms until; the longest that the main thread works on end)\n")
    heading("articles", "the window", "places", "first", "end", "longest block", "a rare word: first", "end",
            "longest block", "stopped", "longest block", "memory")
    for _, run in results.folders:
        v = run.values
        row(f"{v['folder, articles']:,.0f}", ms(v["search, shown"]), f"{v['search, many, places']:,.0f}",
            *(ms(v[f"search, {name}"]) for name in
              ("many, first", "many, end", "many, longest block", "few, first", "few, end", "few, longest block",
               "stopped", "stopped, longest block")), f"{ms(v['folder, memory at the end'])} MB")


def print_tool(results):
    print("\n## The command line (ms)\n")
    heading("", "time")
    for name, time in results.log["tool"]:
        row(name, ms(time))


def print_conversions(results):
    print("\n## Conversions\n")
    for found in results.log["conversions"]:
        print(f"\nbrat to {found['to']}, {found['articles']:,} articles, {found['bytes'] / 1e6:.0f} MB\n")
        heading("", "s", "CPU s", "articles/s", "MB/s", "memory, MB", "times the floor")
        floor = found["rows"][0]["s"]
        for one in found["rows"]:
            row(one["name"], f"{one['s']:.2f}", f"{one['cpu']:.2f}", f"{found['articles'] / one['s']:,.0f}",
                f"{found['bytes'] / 1e6 / one['s']:.0f}", f"{one['mb']:.0f}", f"{one['s'] / floor:.1f}")


def main(path):
    results = Results(path)
    log = results.log
    print(f"{log['date']}, {log['machine']}; load before and after: {log['load'][0]:.1f}, {log['load'][1]:.1f}; "
          f"{log['minutes']:.0f} minutes")
    for part in (print_opening, print_keys, print_long_line, print_memory, print_folders, print_tool,
                 print_conversions):
        part(results)
    if log["presses"] > 1:
        print("\n## Over its target\n")
        for miss in results.list_misses() or ["nothing"]:
            print(f"- {miss}")


if __name__ == "__main__":
    main(sys.argv[1])
