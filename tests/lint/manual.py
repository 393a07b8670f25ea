# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual says what is: its table of keys is that of the program, and its links lead somewhere.

Run as a program, "manual.py CHECKOUT" rewrites the table."""

import re
import sys

from tree import Finding, Tree

MAN_PAGE = "data/man/kutip-tool.1"
COMMAND = re.compile(r'\.name = "([a-z]+)"')
PAGE = "data/help/keyboard.md"
BEGIN = "<!-- Made by tests/lint/manual.py from the tables in app/ui. -->\n"
END = "<!-- End of the tables. -->\n"

# One row of either table: action, keys (several strings or NULL), title.
ROW = re.compile(
    r'\{\s*"(?P<action>[a-z]+\.[^"]+)",(?P<keys>(?:\s*(?:"[^"]*"|NULL),)+)\s*'
    r'N_ \("(?P<title>[^"]*)"\)(?:,\s*(?P<group>[A-Z_]+))?'
)
SOURCES = {
    "app/ui/article/article-actions.c": "TEXT",
    "app/ui/commands.c": None,
    "app/ui/find/find-bar.c": "SEARCH",
}

HEADINGS = {
    "TEXT": "In the text",
    "MARKING": "Marking",
    "SHAPING": "Extent of a span",
    "LINKS": "Links",
    "MOVING": "Moving between spans",
    "REVIEWING": "Reviewing",
    "FINDING": "Finding",
    "SEARCH": "While one writes in the search",
    "ARTICLES": "Articles",
    "READING": "Reading",
    "WINDOW": "The window",
}
NAMES = {
    "<Control>": "Ctrl+",
    "<Shift>": "Shift+",
    "<Alt>": "Alt+",
    "Page_Down": "Page Down",
    "Page_Up": "Page Up",
    "Return": "Enter",
    "Escape": "Esc",
    "BackSpace": "Backspace",
    "period": ".",
    "comma": ",",
    "question": "?",
    "plus": "+",
    "equal": "=",
    "minus": "-",
    "less": "<",
    "greater": ">",
    "bracketleft": "[",
    "bracketright": "]",
}
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]*)(?:#([^)\s]*))?\)")


def spell_key(key):
    """"<Control><Shift>o" as a person reads it."""
    modifiers, name = re.fullmatch(r"((?:<[A-Za-z]+>)*)(.+)", key).groups()
    for modifier in ("<Control>", "<Shift>", "<Alt>"):
        if modifier in modifiers:
            modifiers = modifiers.replace(modifier, "") + NAMES[modifier]
    return f"`{modifiers}{NAMES.get(name, name.upper() if len(name) == 1 else name)}`"


def spell_keys(keys):
    words = " ".join(re.findall(r'"([^"]*)"', keys)).split()
    return ", ".join(spell_key(word) for word in words if "KP_" not in word)


def find_rows(tree):
    """{group: ["| title | keys |"]}"""
    rows = {}
    for name, group in SOURCES.items():
        if tree.exists(name):
            for match in ROW.finditer(tree.read(name)):
                row = f"| {match['title']} | {spell_keys(match['keys'])} |"
                rows.setdefault(group or match["group"], []).append(row)
    return rows


def make_tables(tree):
    rows = find_rows(tree)
    parts = []
    for group, heading in HEADINGS.items():
        if group in rows:
            parts.append(f"## {heading}\n\n| what | keys |\n| --- | --- |\n" + "\n".join(rows[group]))
    return BEGIN + "\n" + "\n\n".join(parts) + "\n\n" + END


def replace_tables(tree):
    page = tree.read(PAGE)
    start, end = page.find(BEGIN), page.find(END)
    if start < 0 or end < 0:
        return None
    return page[:start] + make_tables(tree) + page[end + len(END) :]


def anchors(text):
    return {
        re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    }


def check_links(tree, name):
    folder = name.rpartition("/")[0]
    for number, line in enumerate(tree.lines(name), 1):
        for path, anchor in LINK.findall(line):
            if path.startswith(("http:", "https:")):
                continue
            target = f"{folder}/{path}".lstrip("/") if path else name
            if not tree.exists(target):
                yield Finding(name, number, f"there is no {target}")
            elif anchor and anchor not in anchors(tree.read(target)):
                yield Finding(name, number, f"{target} has no heading {anchor}")


def check_man_page(tree):
    """Each command has a page, and the overview names it; tests/cli compares the options."""
    if not tree.exists(MAN_PAGE):
        return
    overview = tree.read(MAN_PAGE).replace("\\-", "-")
    for name in tree.files(".c", under="app/cli/"):
        for command in COMMAND.findall(tree.read(name)):
            page = f"data/man/kutip-tool-{command}.1"
            if not tree.exists(page):
                yield Finding(name, 0, f"there is no {page} to explain the command {command}")
            if f"kutip-tool-{command} (1)" not in overview:
                yield Finding(MAN_PAGE, 0, f"does not name the command {command}")


def check(tree):
    yield from check_man_page(tree)
    for name in tree.files(".md"):
        yield from check_links(tree, name)
    if tree.exists(PAGE) and replace_tables(tree) != tree.read(PAGE):
        yield Finding(PAGE, 0, "not the program's keys; make its tables with manual.py")
    for group in sorted(set(find_rows(tree)) - set(HEADINGS)):
        yield Finding(PAGE, 0, f"the keys under {group} have no heading")


def write(top):
    tree = Tree(top)
    page = replace_tables(tree)
    with open(tree.path(PAGE), "w", encoding="utf-8") as file:
        file.write(page)


if __name__ == "__main__":
    write(sys.argv[1])
