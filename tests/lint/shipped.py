# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desktop reads of us: desktop file, metainfo, settings schema, icons, man pages, XML."""

import os
import subprocess

from tree import Finding


def run(name, *words):
    result = subprocess.run(words, capture_output=True, text=True)
    if result.returncode:
        said = (result.stdout + result.stderr).strip()
        yield Finding(name, 0, said or f"{words[0]} ends with {result.returncode}")


def check_xml(tree):
    for name in tree.files(".ui", ".svg", ".xml", ".xml.in"):
        if not name.startswith("tests/data/"):
            yield from run(name, "xmllint", "--noout", "--nonet", tree.path(name))


def check_man_pages(tree):
    for name in tree.files(".1", under="data/"):
        result = subprocess.run(
            ["groff", "-man", "-Tutf8", "-ww", "-z", tree.path(name)],
            capture_output=True,
            text=True,
        )
        if result.returncode or result.stderr.strip():
            yield Finding(name, 0, result.stderr.strip())


def check(tree):
    """The desktop file and the metainfo are checked with their translations, as they are installed."""
    yield from check_xml(tree)
    yield from check_man_pages(tree)
    if tree.exists("data/org.kutip.Kutip.gschema.xml"):
        yield from run(
            "data/org.kutip.Kutip.gschema.xml",
            "glib-compile-schemas",
            "--strict",
            "--dry-run",
            tree.path("data"),
        )
    desktop = os.path.join(tree.build, "data", "org.kutip.Kutip.desktop")
    yield from run("data/org.kutip.Kutip.desktop.in", "desktop-file-validate", desktop)
    metainfo = os.path.join(tree.build, "data", "org.kutip.Kutip.metainfo.xml")
    yield from run(
        "data/org.kutip.Kutip.metainfo.xml.in",
        "appstreamcli",
        "validate",
        "--no-net",
        "--explain",
        metainfo,
    )
