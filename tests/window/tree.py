# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program shows on the accessibility bus at one moment: all roles and names in one answer, as to ask
each widget for them takes two thousand messages a window, and most of a test's time."""

from dataclasses import dataclass, field
from functools import cache

from gi.repository import Atspi, Gio, GLib

# The program itself, whose windows GTK does not count.
ROOT = "/org/a11y/atspi/accessible/root"
PATIENCE = 5000  # milliseconds
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


@cache
def bus():
    """The accessibility bus, as libatspi has no word for a whole window."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    words = ("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
    (address,) = session.call_sync(*words, None, None, 0, PATIENCE, None).unpack()
    flags = Gio.DBusConnectionFlags
    flags = flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)


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


@cache
def name_role(number):
    return Atspi.role_get_name(Atspi.Role(number))


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
    """Depth first, each with its place below @path: numbers of children."""
    if path not in items:
        return
    yield trail, path, items[path]
    for place, child in enumerate(items[path].children):
        yield from walk(items, child, trail + (place,))


def reach(node, trail, path):
    """The accessible at a place below @node; None when another one stands there by now."""
    for place in trail:
        node = node.get_child_at_index(place)
        if node is None:
            return None
    return node if node.path == path else None


def take(node, items, fits, is_first):
    """The accessibles from @node on, itself included, of those items that @fits is true of; one that could
    not be reached is None."""
    found = []
    for trail, path, item in walk(items, node.path):
        if fits(item):
            found.append(reach(node, trail, path))
            if is_first or found[-1] is None:
                break
    return found


def find(node, fits):
    """The first, or None."""
    found = take(node, read_known(node.app.bus_name), fits, True)
    if not found or found[0] is None:
        found = find_all(node, fits, True)
    return found[0] if found else None


def find_all(node, fits, is_first=False):
    for _ in range(TRIES):
        found = take(node, read(node.app.bus_name, node.path), fits, is_first)
        if None not in found:
            break
    return [one for one in found if one]
