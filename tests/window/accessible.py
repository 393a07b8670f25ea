# SPDX-License-Identifier: GPL-3.0-or-later
"""Widgets on the accessibility bus. libatspi keeps what it has seen, follows GTK 4.8's circles of widgets until it
crashes, and takes a program for ended when one of its windows goes: here each question is asked anew, and nothing is
kept. Places are pixels from the window's corner, offsets code points. A widget that has gone is a GLib.Error."""

from collections import namedtuple
from functools import cache

import gi

gi.require_version("Atspi", "2.0")
# For the names of roles and states alone.
from gi.repository import Atspi, Gio, GLib  # noqa: E402

PATIENCE = 5000  # milliseconds
# Of one question: some GTK 4.8 never answers.
SHORT_PATIENCE = 1000
WINDOW = int(Atspi.CoordType.WINDOW)

Box = namedtuple("Box", "x y width height")


def find_address():
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    words = ("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
    (address,) = session.call_sync(*words, None, None, 0, PATIENCE, None).unpack()
    return address


@cache
def bus():
    flags = Gio.DBusConnectionFlags
    flags = flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(find_address(), flags, None, None)


@cache
def name_role(number):
    return Atspi.role_get_name(Atspi.Role(number))


@cache
def number_state(name):
    return int(getattr(Atspi.StateType, name))


class Accessible:
    def __init__(self, program, path):
        """@program: its name on the bus."""
        self.program, self.path = program, path

    def __eq__(self, other):
        return isinstance(other, Accessible) and (self.program, self.path) == (other.program, other.path)

    def __hash__(self):
        return hash((self.program, self.path))

    def __repr__(self):
        return f"<{self.program}{self.path}>"

    def call(self, interface, method, types="()", *values):
        words = (self.program, self.path, f"org.a11y.atspi.{interface}", method, GLib.Variant(types, values))
        return bus().call_sync(*words, None, 0, SHORT_PATIENCE, None).unpack()

    def get(self, interface, name):
        words = (self.program, self.path, "org.freedesktop.DBus.Properties", "Get")
        values = GLib.Variant("(ss)", (f"org.a11y.atspi.{interface}", name))
        return bus().call_sync(*words, values, None, 0, SHORT_PATIENCE, None).unpack()[0]

    def get_name(self):
        return self.get("Accessible", "Name")

    def get_role(self):
        return name_role(self.call("Accessible", "GetRole")[0])

    def get_parent(self):
        """None: it has none."""
        program, path = self.get("Accessible", "Parent")
        return Accessible(program, path) if program else None

    def get_children(self):
        (found,) = self.call("Accessible", "GetChildren")
        return [Accessible(program, path) for program, path in found]

    def has_state(self, name):
        low, high = self.call("Accessible", "GetState")[0]
        return bool((low | high << 32) >> number_state(name) & 1)

    def get_box(self):
        return Box(*self.call("Component", "GetExtents", "(u)", WINDOW)[0])

    def get_value(self):
        return self.get("Value", "CurrentValue")

    def get_text(self, start=0, end=-1):
        if end < 0:
            end = self.get("Text", "CharacterCount")
        return self.call("Text", "GetText", "(ii)", start, end)[0]

    def set_text(self, text):
        """All of it, at once."""
        self.call("EditableText", "SetTextContents", "(s)", text)

    def get_caret(self):
        return self.get("Text", "CaretOffset")

    def set_caret(self, offset):
        self.call("Text", "SetCaretOffset", "(i)", offset)

    def get_selection(self):
        """(start, end), or None."""
        if self.call("Text", "GetNSelections")[0] == 0:
            return None
        return self.call("Text", "GetSelection", "(i)", 0)

    def get_character_box(self, offset):
        return Box(*self.call("Text", "GetCharacterExtents", "(iu)", offset, WINDOW))


def list_programs():
    """[Accessible], with a window or without."""
    return Accessible("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root").get_children()


def get_process_id(program):
    words = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID")
    return bus().call_sync(*words, GLib.Variant("(s)", (program,)), None, 0, PATIENCE, None).unpack()[0]
