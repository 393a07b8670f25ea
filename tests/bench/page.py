# SPDX-License-Identifier: GPL-3.0-or-later
"""page.py LOG [PAGE]: prints what measure.py found, as tables in Markdown; or writes it into the marked parts of the
manual's page on performance."""

import re
import sys

from aims import list_aims
from results import BULK, FRAME, GROWTH, KEYS, LARGE, READING, SMALL, Results

PART = re.compile(r"(<!-- tests/bench/run --page: ([a-z ]+) -->\n).*?(<!-- end -->\n)", re.DOTALL)


def ms(value):
    if value is None:
        return "–"
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def times(value, floor):
    return "–" if not floor or value is None else f"{value / floor:.2f}"


def table(*rows):
    """The first row is the heading. Numbers stand below one another."""
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(3, *(len(cell) for cell in column)) for column in zip(*rows)]
    right = [all(re.fullmatch(r"[\d–.,() ]+", row[i]) for row in rows[1:]) and i > 0 for i in range(len(widths))]

    def line(row):
        return "| " + " | ".join(cell.rjust(width) if is_right else cell.ljust(width)
                                 for cell, width, is_right in zip(row, widths, right)) + " |"
    rule = "|".join("-" * (width + 1) + (":" if is_right else "-") for width, is_right in zip(widths, right))
    return "\n".join([line(rows[0]), f"|{rule}|", *map(line, rows[1:])]) + "\n"


def write_machine(results):
    log = results.log
    lines = [f"On {log['machine']}."]
    for run in log["runs"]:
        first, last = run["load"]
        lines.append(f"On {run['date']}, in {run['minutes']:.0f} minutes; the machine’s load was {first:.1f} before and"
                     f" {last:.1f} at the end.")
    lines.append(f"Each key was pressed {log['presses']} times at 10 MB, half as often in the other articles.")
    for name, why in results.failed.items():
        lines.append(f"Failed: {name} ({' '.join(why.split())}).")
    return "\n".join(lines) + "\n"


def write_aims(results):
    aims = list_aims(results)
    met = sum(aim.met is True for aim in aims)
    return (table(("what", "aim", "found", "met"), *((aim.what, aim.aim, aim.found, aim.say_met()) for aim in aims)) +
            f"\nMet: {met} of {len(aims)}.\n")


def both(series):
    return f"{ms(series.wall)} ({ms(series.work)})" if series else "–"


def times_floor(series, floor):
    return times(series.wall if series else None, floor.wall if floor else None)


def write_opening(results):
    rows = [("article", "bare view", "plain text", "times", "Kutip’s text", "times", "its annotations",
             "to the end: bare", "Kutip", "to a span")]
    for article in results.articles.values():
        floor, plain = article.bare.get("open"), article.opening.get("open, plain")
        text = article.opening.get("open, text")
        rows.append((article.name, both(floor), both(plain), times_floor(plain, floor), both(text),
                     times_floor(text, floor), both(article.opening.get("open")), ms(article.bare.wall("end, right after opening")),
                     ms(article.opening.wall("end, right after opening")),
                     ms(article.opening.wall("middle, right after opening"))))
    return table(*rows)


def write_keys(results):
    small, large = results.article(SMALL), results.article(LARGE)
    rows = [("key", "3 KB", "10 MB", "times", "99 %", "worst", "n", "")]
    for key in KEYS:
        one, other = small.keys.get(key), large.keys.get(key)
        if not one and not other:
            rows.append((key, *["–"] * 6, "not measured"))
            continue
        growth = results.growth(large, key)
        over = (["late"] if other and other.work_99 > FRAME else []) + (["grown"] if results.grows(large, key) else [])
        rows.append((key, ms(one.work if one else None), ms(other.work if other else None),
                     "–" if growth is None or key in BULK else f"{growth:.1f}", ms(other.work_99 if other else None),
                     ms(other.work_worst if other else None), min(found.n for found in (one, other) if found),
                     ", ".join(over)))
    return table(*rows)


def two(series):
    return f"{series.work:.1f}, {series.work_99:.1f}" if series else "–"


def write_sizes(results):
    """What the text itself may make slow, in each article."""
    others = [article for article in results.articles.values() if article.name not in (SMALL, LARGE)]
    keys = [key for key in KEYS if any(article.keys.get(key) for article in others)]
    rows = [("key", *results.articles)]
    rows += [(key, *(two(article.keys.get(key)) for article in results.articles.values())) for key in keys]
    rows += [(f"bare view: {key}", *(two(article.bare.get(key)) for article in results.articles.values()))
             for key in ("caret right", "caret down", "screen down")]
    return table(*rows)


def write_long_line(results):
    rows = [("key", "in paragraphs", "99 %", "in one line", "99 %", "times")]
    plain, line = results.article("1 MB"), results.article("1 MB in one line")
    for key in READING:
        one, other = plain.keys.get(key), line.keys.get(key)
        rows.append((key, *(ms(value) for found in (one, other) for value in (
            (found.work, found.work_99) if found else (None, None))),
            times(other.work if other else None, one.work if one else None)))
    return table(*rows)


def write_start(results):
    rows = [("article", "bare view, text", "Kutip, text", "Kutip, window", "Text Editor, window", "times")]
    rows += [(article.name, ms(article.bare_start), ms(article.start), ms(article.window), ms(article.editor_window),
              times(article.window, article.editor_window)) for article in results.articles.values()]
    missing = all(article.editor_window is None for article in results.articles.values())
    return (table(*rows) +
            f"\nWith nothing to open, Kutip’s first frame comes after {ms(results.take('empty start'))} ms.\n" + ("GNOME Text Editor could not be installed there.\n" if missing else ""))


def write_memory(results):
    rows = [("article", "bare view", "Kutip", "bytes a span", "after the keys")]
    for article in results.articles.values():
        each = results.bytes_a_span(article)
        rows.append((article.name, ms(article.bare.values.get("memory")), ms(article.opening.values.get("memory")),
                     "–" if each is None else f"{each:.0f}", ms(article.keys.values.get("memory, at the end"))))
    each = results.bytes_an_article()
    return table(*rows) + (f"\nA folder takes {each:.0f} bytes for each of its articles.\n" if each is not None else "")


def write_folders(results):
    rows = [("articles", "first rows", "again", "all listed", "again", "on end", "a letter", "the next", "megabytes")]
    for n, (first, second) in results.folders.items():
        blocks = [run.values.get(name) for run in (first, second)
                  for name in ("folder, longest block", "folder, again, longest block")]
        rows.append((f"{n:,}", ms(first.wall("folder, first rows")), ms(second.wall("folder, first rows")),
                     ms(first.values.get("folder, all heads")), ms(second.values.get("folder, all heads")),
                     ms(max((block for block in blocks if block is not None), default=None)),
                     two(second.get("folder, filter")), two(second.get("folder, next unfinished")),
                     ms(first.values.get("folder, memory"))))
    return table(*rows)


def write_searching(results):
    rows = [("articles", "its window", "often: places", "first", "all", "on end", "seldom: first", "all", "on end",
             "stopped")]
    for n, (_, run) in results.folders.items():
        places = run.values.get("search, many, places")
        rows.append((f"{n:,}", ms(run.values.get("search, shown")), "–" if places is None else f"{places:,.0f}",
                     *(ms(run.values.get(f"search, {name}")) for name in
                       ("many, first", "many, end", "many, longest block", "few, first", "few, end",
                        "few, longest block", "stopped"))))
    return table(*rows)


def write_tool(results):
    return table(("command", "milliseconds"), *((f"`{name}`" if name.endswith("version") else name, ms(time))
                                                for name, time in results.take("tool") or []))


def write_conversions(results):
    parts = []
    for found in results.take("conversions") or []:
        floor = found["rows"][0]["s"]
        parts.append(f"{found['articles']:,} articles with {found['annotations']:,} spans from brat"
                     f" ({found['bytes'] / 1e6:.0f} MB) to {found['to']}:\n\n" +
                     table(("way", "seconds", "times the floor", "megabytes"),
                           *((one["name"], f"{one['s']:.2f}", f"{one['s'] / floor:.1f}", f"{one['mb']:.0f}")
                             for one in found["rows"])))
    return "\n".join(parts) or "Not measured.\n"


PARTS = {
    "machine": write_machine, "aims": write_aims, "opening": write_opening, "start": write_start,
    "memory": write_memory, "folders": write_folders, "searching": write_searching, "tool": write_tool,
    "conversions": write_conversions, "long line": write_long_line, "sizes": write_sizes, "keys": write_keys,
}


def write_seconds(results):
    """Where the time of the run goes; for those who measure, not for the manual."""
    rows = [("step", "seconds", "of it, over 10 s")]
    for name, step in results.steps.items():
        inside = results.steps[name]["result"]
        lines = [line.split("\t") for line in inside.splitlines()] if isinstance(inside, str) else []
        rows.append((name, f"{step['seconds']:.1f}",
                     ", ".join([f"{found[1]} {found[2]}" for found in lines
                                if found[0] == "seconds" and float(found[2]) >= 10]
                               + [found[1] for found in lines if found[0] == "slow"])))
    return table(*rows)


def fill(page, results):
    """The page with its marked parts made anew."""
    names = [match[2] for match in PART.finditer(page)]
    if sorted(names) != sorted(PARTS):
        raise ValueError(f"the page has the parts {names}, not {list(PARTS)}")
    return PART.sub(lambda match: f"{match[1]}\n{PARTS[match[2]](results)}\n{match[3]}", page)


def main(log, path=None):
    results = Results(log)
    if path is None:
        for name, write in [*PARTS.items(), ("seconds", write_seconds)]:
            print(f"\n## {name.capitalize()}\n\n{write(results)}", end="")
        return
    with open(path, encoding="utf-8") as file:
        page = fill(file.read(), results)
    with open(path, "w", encoding="utf-8") as file:
        file.write(page)


if __name__ == "__main__":
    main(*sys.argv[1:])
