# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program shows on the accessibility bus at one moment: all roles and names in one answer, as to ask
each widget for them takes two thousand messages a window, and most of a test's time."""

from dataclasses import dataclass, field

from accessible import PATIENCE, Accessible, bus, name_role
from gi.repository import GLib

# The program itself, whose windows GTK does not count.
ROOT = "/org/a11y/atspi/accessible/root"
# How often what changes while it is read is read again.
TRIES = 5


@dataclass
class Item:
    role: str
    name: str
    n_children: int
    parent: str
    # Paths, in the order of the window.
    children: list = field(default_factory=list)


def ask_children(to, paths):
    """[[path]] of the children of each. From then on GTK tells of them: it does so only once their parent was
    asked. All are asked before the first answers, as to wait for each one wakes four programs each time."""
    found = [[] for _ in paths]
    n_left = len(paths)

    def take_answer(connection, result, place):
        nonlocal n_left
        n_left -= 1
        try:
            (children,) = connection.call_finish(result).unpack()
        except GLib.Error:
            return  # it has gone since
        found[place] = [child for _, child in children]

    for place, path in enumerate(paths):
        words = (to, path, "org.a11y.atspi.Accessible", "GetChildren")
        bus().call(*words, None, None, 0, PATIENCE, None, take_answer, place)
    while n_left:
        GLib.MainContext.default().iteration(True)
    return found


def field_of(row, *places):
    """What stands at a place in a row of the cache. All of it, as lists and texts, takes four times as long."""
    for place in places:
        row = row.get_child_value(place)
    return row


def read_known(to):
    """{path: Item} of all that GTK tells of; what is hidden is there too, what is new perhaps not."""
    words = (to, "/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems")
    rows = bus().call_sync(*words, None, None, 0, PATIENCE, None).get_child_value(0)
    items, places = {}, {}
    for row in map(rows.get_child_value, range(rows.n_children())):
        path, parent = field_of(row, 0, 1).get_string(), field_of(row, 2, 1).get_string()
        items[path] = Item(
            name_role(field_of(row, 7).get_uint32()),
            field_of(row, 6).get_string(),
            field_of(row, 4).get_int32(),
            parent,
        )
        places.setdefault(parent, []).append((field_of(row, 3).get_int32(), path))
    for path, item in items.items():
        item.children = [child for _, child in sorted(places.get(path, []))]
    return items


def own_child(items, path, child):
    """GTK 4.8 names the contents of a stack's pages as the stack's children, though they are the pages'."""
    parent = items[child].parent if child in items else path
    return child if parent == path or parent not in items else parent


def read(to, top):
    """{path: Item} of the widget with the path @top and all that is in it, as it is."""
    for _ in range(TRIES):
        items = read_known(to)
        is_whole = True
        level = [top]
        while level:
            asked = [path for path in level if path not in items or items[path].n_children or path == ROOT]
            answers = dict(zip(asked, ask_children(to, asked)))
            below = []
            for path in level:
                children = answers.get(path, [])
                if path in items:
                    children = [own_child(items, path, child) for child in children]
                    items[path].children = children
                else:
                    is_whole = False
                below += children
            level = below
        if is_whole:
            break
    return items


def walk(items, path, trail=()):
    """Depth first: the paths from @path down to each, and what it is."""
    if path not in items:
        return
    trail += (path,)
    yield trail, items[path]
    for child in items[path].children:
        yield from walk(items, child, trail)


def is_there(to, items, trail):
    """Whether each of them is shown in the one before it still."""
    answers = ask_children(to, trail[:-1])
    return all(
        child in [own_child(items, path, one) for one in answer]
        for path, child, answer in zip(trail, trail[1:], answers)
    )


def find(node, fits):
    """The first, or None."""
    items = read_known(node.program)
    trail = next((trail for trail, item in walk(items, node.path) if fits(item)), None)
    if trail and is_there(node.program, items, trail):
        return Accessible(node.program, trail[-1])
    return next(iter(find_all(node, fits)), None)


def find_all(node, fits):
    """@node itself included."""
    items = read(node.program, node.path)
    return [Accessible(node.program, trail[-1]) for trail, item in walk(items, node.path) if fits(item)]
