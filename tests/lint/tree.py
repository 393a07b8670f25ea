# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of a checkout, and what a check finds in them."""

import os
from dataclasses import dataclass

FOLDERS = ("app", "data", "po", "tests", ".ci")
TOP_FILES = (
    "meson.build",
    "meson_options.txt",
    "README.md",
    ".clang-format",
    ".editorconfig",
    ".gitignore",
)


@dataclass(order=True, frozen=True)
class Finding:
    path: str
    line: int
    message: str

    def __str__(self):
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"


class Tree:
    """@top is the checkout; @build is a build folder of it, or None."""

    def __init__(self, top, build=None):
        self.top = top
        self.build = build

    def path(self, name):
        return os.path.join(self.top, name)

    def exists(self, name):
        return os.path.exists(self.path(name))

    def read(self, name):
        with open(self.path(name), encoding="utf-8", newline="") as file:
            return file.read()

    def lines(self, name):
        return self.read(name).split("\n")

    def files(self, *suffixes, under=""):
        """Paths of all files, or of those with one of the suffixes, in order."""
        return [
            name
            for name in self._walk()
            if name.startswith(under) and (not suffixes or name.endswith(suffixes))
        ]

    def scripts(self):
        """(path, interpreter) of all files that begin with #!."""
        found = []
        for name in self._walk():
            with open(self.path(name), "rb") as file:
                first = file.readline(200)
            if first.startswith(b"#!"):
                found.append((name, first[2:].decode().strip()))
        return found

    def _walk(self):
        names = [name for name in TOP_FILES if self.exists(name)]
        for folder in FOLDERS:
            for where, folders, files in os.walk(self.path(folder)):
                folders[:] = sorted(f for f in folders if f != "__pycache__")
                for file in sorted(files):
                    path = os.path.join(where, file)
                    if os.path.isfile(path) and not os.path.islink(path):
                        names.append(os.path.relpath(path, self.top))
        return names
