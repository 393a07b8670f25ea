# SPDX-License-Identifier: GPL-3.0-or-later
"""What is to be reached, what was, and whether that is enough."""

from results import ANNOTATIONS, BULK, FOLDER, FRAME, GROWTH, JUMP, KEYS, LARGE, OPENING, READING, SMALL, SPAN

# The table of all keys names the others.
MOST_NAMED = 3


class Aim:
    """@met None: not measured."""

    def __init__(self, what, aim, found, met):
        self.what, self.aim, self.found, self.met = what, aim, found, met

    def say_met(self):
        return "not measured" if self.met is None else "yes" if self.met else "no"


def count(value):
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def find_worst(what, found, most, unit, aim=None):
    """@found: (name, value or None)…; the highest of them counts, and all that are over @most are named."""
    values = [(name, value) for name, value in found if value is not None]
    aim = aim or f"at most {most:g} {unit}"
    if not values:
        return Aim(what, aim, "–", None)
    over = sorted((pair for pair in values if pair[1] > most), key=lambda pair: -pair[1])
    worst = max(values, key=lambda pair: pair[1])
    shown = ", ".join(f"{name} {count(value)}" for name, value in over or [worst])
    if not over and len(values) > 1:
        shown = f"at most {count(worst[1])} ({worst[0]})"
    elif len(values) == 1:
        shown = count(worst[1])
    missing = [name for name, value in found if value is None]
    return Aim(what, aim, shown + (f"; not measured: {', '.join(missing)}" if missing else ""), not over)


def divide(value, floor):
    return value / floor if value is not None and floor else None


def list_opening(results):
    articles = results.articles.values()
    for measure, what in (("open, plain", "opening a text without annotations"),
                          ("open, text", "opening, until the text stands")):
        yield find_worst(what, [(a.name, divide(a.opening.wall(measure), a.bare.wall("open"))) for a in articles
                                if a.bare.series], OPENING, "times the bare view")
    yield find_worst("from the text to its annotations", [
        (a.name, a.opening.wall("open") - a.opening.wall("open, text") if a.opening.get("open") else None)
        for a in articles], ANNOTATIONS, "ms")
    for jump, what in (("end, right after opening", "a jump to the end, right after opening"),
                       ("middle, right after opening", "a jump to a span, right after opening")):
        yield find_worst(what, [(a.name, a.opening.wall(jump)) for a in articles], JUMP, "ms")
    what, aim = "from the program’s start to its window", "at most GNOME Text Editor’s"
    pairs = [(a.name, divide(a.window, a.editor_window)) for a in articles]
    if all(value is None for _, value in pairs):
        yield Aim(what, aim, "GNOME Text Editor could not be installed", None)
    else:
        aim_found = find_worst(what, pairs, 1.0, "times", aim)
        aim_found.found += " times its"
        yield aim_found


def list_keys(results):
    """Of all keys together, and of those that are asked for by name."""
    large = results.article(LARGE)
    for name in (SMALL, LARGE):
        article = results.article(name)
        yield count_keys(f"each key at {name}, 99th percentile", f"at most {FRAME:g} ms",
                         [(key, article.keys.get(key).work_99 if article.keys.get(key) else None) for key in KEYS],
                         lambda key, value: value > FRAME)
    yield count_keys("each key at 10 MB, middle", f"at most {GROWTH:g} times its cost at 3 KB",
                     [(key, results.growth(large, key)) for key in KEYS if key not in BULK],
                     lambda key, value: results.grows(large, key))
    for what, key in (("find: from a letter to the first hit", "find, first hit"),
                      ("marking 5,000 places", "mark 5,000 places"),
                      ("confirming all that moved", "confirm all that moved"),
                      ("saving by itself", "autosave, longest block")):
        found = large.keys.get(key)
        aim = find_worst(f"{what}, 10 MB, 99th percentile", [(LARGE, found.work_99 if found else None)], FRAME,
                         "ms on end" if key in BULK else "ms")
        if found:
            aim.found += f"; done after {count(found.wall)}"
        yield aim


def count_keys(what, aim, found, is_over):
    measured = [(key, value) for key, value in found if value is not None]
    if not measured:
        return Aim(what, aim, "–", None)
    over = sorted(((key, value) for key, value in measured if is_over(key, value)), key=lambda pair: -pair[1])
    key, value = max(over or measured, key=lambda pair: pair[1])
    shown = (f"all {len(measured)}" if not over else
             f"{len(measured) - len(over)} of {len(measured)}; not " +
             ", ".join(f"“{key}” {value:.1f}" for key, value in over[:MOST_NAMED]) +
             (f" and {len(over) - MOST_NAMED} more" if len(over) > MOST_NAMED else ""))
    if len(measured) < len(found):
        shown += f"; {len(found) - len(measured)} not measured"
    return Aim(what, aim, shown, not over and len(measured) == len(found))


def list_long_line(results):
    plain, line = results.article("1 MB"), results.article("1 MB in one line")
    pairs = [(key, plain.keys.get(key), line.keys.get(key)) for key in READING]
    yield find_worst("1 MB in one line: caret, scrolling", [
        (key, other.work / one.work if one and other else None) for key, one, other in pairs
    ], GROWTH, "", f"at most {GROWTH:g} times 1 MB in paragraphs")
    yield find_worst("1 MB in one line, 99th percentile", [
        (key, other.work_99 if other else None) for key, _, other in pairs], FRAME, "ms")


def list_memory(results):
    yield find_worst("memory beyond the bare view’s", [
        (a.name, results.bytes_a_span(a)) for a in results.articles.values()
        if a.n_spans >= 10_000 and a.bare.series], SPAN, "bytes a span")


def list_folders(results):
    for n, (first, second) in results.folders.items():
        yield find_worst(f"{n:,} articles, seen before: of use", [("", second.wall("folder, first rows"))], FOLDER,
                         "ms")
    runs = [(f"{n:,}", run) for n, both in results.folders.items() for run in both]
    for what, names in (("listing", ["folder, longest block", "folder, again, longest block"]),
                        ("searching", ["search, shown", "search, many, longest block", "search, few, longest block",
                                       "search, stopped, longest block", "search, sorted, longest block"]),
                        ("marking in", ["bulk, marked, longest block", "bulk, taken back, longest block"])):
        yield find_worst(f"{what} a folder, on end", [
            (f"{n}: {name.split(', ', 1)[1]}", run.values.get(name)) for n, run in runs for name in names], FRAME, "ms")
    for name, what in (("folder, filter", "each letter in a folder’s filter"),
                       ("folder, next unfinished", "opening the next unfinished")):
        yield find_worst(f"{what}, 99th percentile", [
            (n, run.get(name).work_99 if run.get(name) else None) for n, run in runs], FRAME, "ms")


def list_conversions(results):
    for found in results.take("conversions") or []:
        floor = found["rows"][0]["s"]
        rows = [row for row in found["rows"] if row["aim"]]
        what = f"brat to {found['to']}, {found['articles']:,} articles"
        yield find_worst(what, [(row["name"].replace("kutip-tool convert ", ""), row["s"] / floor) for row in rows],
                         rows[0]["aim"], "times the floor")
        yield find_worst(f"{what}: memory", [(row["name"].replace("kutip-tool convert ", ""), row["mb"])
                                             for row in rows], rows[0]["most_mb"], "MB")


def list_aims(results):
    return [aim for part in (list_opening, list_keys, list_long_line, list_memory, list_folders, list_conversions)
            for aim in part(results)]
