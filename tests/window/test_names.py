#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader finds: every widget that can be acted on says what it is for."""

import shutil
import tempfile

from articles import TOP
from drive import *

# What GTK and libadwaita put inside a widget that has a name itself, or draw without text.
INNER = {"AdwGizmo", "GtkRange", "GtkBuiltinIcon", "GtkMagnifier", "GtkGizmo"}
ACTED_ON = {"push button", "toggle button", "check box", "radio button", "text", "entry",
            "combo box", "list", "spin button", "slider"}


def is_type_name(name):
    return name.startswith(("Gtk", "Adw", "Kutip")) and " " not in name


def names_missing(node):
    """The widgets without a name, each with the names above it, to be found again."""
    missing = []

    def look(n, above):
        name = n.get_name()
        wraps_a_named_one = any(
            role(c) in ACTED_ON and c.get_name() and not is_type_name(c.get_name())
            for c in children(n)
        )
        if wraps_a_named_one:
            pass
        elif role(n) in ACTED_ON and name not in INNER and (not name or is_type_name(name)):
            parent = next((a for a in reversed(above) if a and not is_type_name(a)), "")
            inside_named = any(
                r in ACTED_ON and a and not is_type_name(a) for r, a in roles[-3:]
            )
            if not inside_named:
                missing.append((role(n), name, parent))
        roles.append((role(n), name))
        for child in children(n):
            look(child, above + [name])
        roles.pop()

    roles = []
    look(node, [])
    return missing


def start(*arguments):
    kutip = Kutip(*arguments)
    return kutip


def with_nothing_open():
    kutip = start()
    kutip.wait_find("push button", "Open Article")
    assert not names_missing(kutip.node), names_missing(kutip.node)
    kutip.quit()


def with_an_annotated_article():
    folder = tempfile.mkdtemp(prefix="kutip-names-")
    for name in ("id-turbin-air.txt", "id-turbin-air.txt.annotations.json"):
        shutil.copy(os.path.join(TOP, "data/samples", name), folder)
    kutip = start(os.path.join(folder, "id-turbin-air.txt"))
    kutip.wait_opened("id-turbin-air.txt")
    for _ in range(3):
        key("alt+Down")
    time.sleep(0.3)
    assert not names_missing(kutip.node), names_missing(kutip.node)
    kutip.quit()


def with_a_folder():
    kutip = start(os.path.join(TOP, "data/samples"))
    kutip.wait_find("label", "id-turbin-air.txt")
    assert not names_missing(kutip.node), names_missing(kutip.node)
    kutip.quit()


run_cases([with_nothing_open, with_an_annotated_article, with_a_folder])
