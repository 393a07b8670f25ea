# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder of its own for a test that runs kutip-tool, and what is in it."""

import os
import shutil
import tempfile


def tree(folder):
    """What is in each file, by its path below the folder."""
    found = {}
    for place, _, files in os.walk(folder):
        for name in files:
            with open(os.path.join(place, name), "rb") as file:
                found[os.path.relpath(os.path.join(place, name), folder)] = file.read()
    return found


class Folder:
    """It is there within a "with"."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="kutip-fault-")
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def at(self, name):
        return os.path.join(self.path, name)
