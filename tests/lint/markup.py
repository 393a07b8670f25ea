# SPDX-License-Identifier: GPL-3.0-or-later
"""No text of an article, file or tag set is taken for markup or for a format: whatever reaches a function or
property that reads Pango's markup is ours, is escaped, or goes to a row whose markup is turned off."""

import re
import xml.etree.ElementTree as ElementTree

from sources import functions
from tree import Finding

# Which argument of each is read as markup, in GTK 4.8 and libadwaita 1.2.
TAKERS = {
    "adw_action_row_set_subtitle": 1,
    "adw_expander_row_set_subtitle": 1,
    "adw_message_dialog_format_body_markup": 1,
    "adw_message_dialog_format_heading_markup": 1,
    "adw_preferences_group_set_description": 1,
    "adw_preferences_group_set_title": 1,
    "adw_preferences_row_set_title": 1,
    "adw_status_page_set_description": 1,
    "adw_toast_new": 0,
    "adw_toast_set_title": 1,
    "gtk_builder_add_from_string": 1,
    "gtk_builder_new_from_string": 0,
    "gtk_label_set_markup": 1,
    "gtk_label_set_markup_with_mnemonic": 1,
    "gtk_text_buffer_insert_markup": 2,
    "gtk_tooltip_set_markup": 1,
    "gtk_widget_set_tooltip_markup": 1,
    "pango_layout_set_markup": 1,
    "pango_parse_markup": 0,
}
ROW_TAKERS = {"adw_preferences_row_set_title", "adw_action_row_set_subtitle", "adw_expander_row_set_subtitle"}

# (file, function, argument): why it is right all the same.
REASONS = {}

ESCAPED = r"\b%s\s*=\s*g_markup_(?:escape_text|printf_escaped)\s*\("
PRINTED = r"\b%s\s*=\s*g_strdup_printf\s*\("
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
TOKEN = re.compile(r"""("(?:[^"\\]|\\.)*")|('(?:[^'\\]|\\.)+')|(/\*.*?\*/)""", re.DOTALL)
# A conversion of something else than a number.
TEXT_CONVERSION = re.compile(r"%(?:\d+\$)?[-+ #0'*.\d]*l?[sScC]")
MARKUP_PROPERTY = re.compile(r'"(use-markup|tooltip-markup)"')
FORMAT_PRAGMA = re.compile(r"diagnostic\s+ignored\s+\"-Wformat")


def bare(text):
    """Without comments and characters, whose brackets and quotes would mislead; each line stays."""
    return TOKEN.sub(lambda t: t.group(1) or ("0" if t.group(2) else "\n" * t.group().count("\n")), text)


def split(text, separators):
    """At those separators that stand in no bracket and no string."""
    parts, depth, start, i = [], 0, 0, 0
    while i < len(text):
        c = text[i]
        if c == '"':
            i = STRING.match(text, i).end()
            continue
        if c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
        elif c in separators and depth == 0:
            parts.append(text[start:i].strip())
            start = i + 1
        i += 1
    return [*parts, text[start:].strip()]


def call_arguments(text, opening):
    """The arguments of the call whose bracket opens at @opening."""
    depth, i = 0, opening
    while i < len(text):
        if text[i] == '"':
            i = STRING.match(text, i).end()
            continue
        depth += (text[i] == "(") - (text[i] == ")")
        if depth == 0:
            return split(text[opening + 1 : i], ",")
        i += 1
    return []


class Function:
    """A function's name, parameters, text without comments, and where it begins."""

    def __init__(self, file, plain, lines, name, first, count):
        self.plain = plain
        self.file, self.name, self.first = file, name, first
        self.text = bare("\n".join(lines[first - 1 : first - 1 + count]))
        opening = self.text.index("(")
        self.parameters = [
            (re.findall(r"\w+", parameter) or [""])[-1]
            for parameter in call_arguments(self.text, opening)
        ]
        self.body = self.text.index("{")

    def calls(self, takers):
        """(callee, arguments, line, offset) of each call of one of the takers."""
        for found in re.finditer(r"\b([a-z_]\w*) ?\(", self.text[self.body :]):
            if found.group(1) in takers:
                at = self.body + found.start()
                line = self.first + self.text.count("\n", 0, at)
                yield found.group(1), call_arguments(self.text, self.body + found.end() - 1), line, at


def values(argument):
    """What an argument may be: the branches of its choices."""
    parts = split(argument, "?")
    if len(parts) == 1:
        return parts
    branches = split("?".join(parts[1:]), ":")
    return [value for branch in branches for value in values(branch)]


def is_ours(value):
    """A text of the program itself, or none."""
    rest = STRING.sub("", value)
    return re.fullmatch(r"(?:NULL|(?:_|C_|N_|ngettext)?\s*\(?[\s,]*\)?|ngettext\s*\([\w\s,.>()-]*\))", rest) is not None


def is_escaped(function, value, only_escaped=False):
    if re.match(r"g_markup_(?:escape_text|printf_escaped)\b", value):
        return True
    if not re.fullmatch(r"[a-z_]\w*", value):
        return False
    if re.search(ESCAPED % value, function.text):
        return True
    printed = re.search(PRINTED % value, function.text)
    if not printed or only_escaped:
        return False
    arguments = call_arguments(function.text, printed.end() - 1)
    return bool(arguments) and is_ours(arguments[0]) and not TEXT_CONVERSION.search(arguments[0])


def plain_rows(tree, name):
    """The ids of the rows of an interface file that read no markup."""
    if not tree.exists(name):
        return set()
    try:
        root = ElementTree.fromstring(tree.read(name))
    except ElementTree.ParseError:
        return set()
    rows = set()
    for element in root.iter("object"):
        for child in element.findall("property"):
            if child.get("name") == "use-markup" and child.text in ("0", "False", "false"):
                rows.add(element.get("id"))
    return rows


def is_turned_off(function, callee, arguments, at, plain):
    """Whether the row's markup is off: in the interface file, or before, in the same function."""
    if callee not in ROW_TAKERS:
        return False
    row = re.sub(r"^[A-Z_]+ \((.*)\)$", r"\1", arguments[0])
    off = rf"adw_preferences_row_set_use_markup \((?:[A-Z_]+ \()?{re.escape(row)}\)?, FALSE\)"
    return re.split(r"->|\.", row)[-1] in plain or re.search(off, function.text[:at]) is not None


def check_call(function, callee, arguments, index, line, at, takers, used):
    """Findings of one call; a parameter that is handed on makes its function a taker."""
    if index >= len(arguments):
        return
    if is_turned_off(function, callee, arguments, at, function.plain):
        if is_escaped(function, arguments[index], only_escaped=True):
            yield Finding(function.file, line, f"{callee}: escaped, though it reads no markup")
        return
    for value in values(arguments[index]):
        if is_ours(value):
            if re.search(r"[<&]", "".join(STRING.findall(value))) and callee in TAKERS:
                yield Finding(function.file, line, f"{callee}: a bare < or & is not markup")
            continue
        key = (function.file, function.name, value)
        if key in REASONS:
            used.add(key)
        elif value in function.parameters:
            takers.setdefault(function.name, set()).add(function.parameters.index(value))
        elif not is_escaped(function, value):
            yield Finding(function.file, line, f"{callee}: {value} is read as markup, and not escaped")


def check_code(tree):
    whole, used = [], set()
    for name in tree.files(".c", under="app/"):
        lines = tree.lines(name)
        plain = plain_rows(tree, name.removesuffix(".c") + ".ui")
        whole += [Function(name, plain, lines, *part) for part in functions(lines)]
    takers, found, known = {name: {index} for name, index in TAKERS.items()}, set(), -1
    while known != sum(map(len, takers.values())):
        known = sum(map(len, takers.values()))
        for function in whole:
            for callee, arguments, line, at in function.calls(takers):
                for index in tuple(takers[callee]):
                    found.update(
                        check_call(function, callee, arguments, index, line, at, takers, used)
                    )
    yield from found
    for key in set(REASONS) - used:
        if tree.exists(key[0]):
            yield Finding(key[0], 0, f"{key[1]}: there is no need any more for a reason in tests/lint/markup.py")


def check_words(tree):
    for name in tree.files(".c", ".h", under="app/"):
        for number, line in enumerate(tree.lines(name), 1):
            if MARKUP_PROPERTY.search(line):
                yield Finding(name, number, "markup is turned on or off where this check does not see it")
            if FORMAT_PRAGMA.search(line):
                yield Finding(name, number, "the compiler is not to look at formats")


def check_interface(tree):
    for name in tree.files(".ui", under="app/"):
        try:
            root = ElementTree.fromstring(tree.read(name))
        except ElementTree.ParseError as error:
            yield Finding(name, error.position[0], str(error))
            continue
        for element in root.iter():
            if element.tag not in ("object", "template"):
                continue
            have = {child.get("name", "").replace("_", "-"): child for child in element}
            uses = have.get("use-markup")
            uses = uses is not None and (uses.text or "").strip().lower() in ("1", "true", "yes")
            if uses and element.get("class") == "GtkLabel":
                yield Finding(name, 0, f"the label {element.get('id')} reads markup")
            if "tooltip-markup" in have:
                yield Finding(name, 0, f"{element.get('id')} has a tooltip of markup")


def check(tree):
    for part in (check_code, check_words, check_interface):
        yield from part(tree)
