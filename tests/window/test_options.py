#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `kutip-tool convert` and `kutip-tool export` can be asked for, the window's import, export and dataset can be
asked for as well: every option of the tool has a row, or a reason why it makes no sense in a window."""

import re

from drive import *
from test_exchange import choose_format, open_folder

TOOL = os.environ["KUTIP_TOOL"]


class No(str):
    """Why there is no row."""


SHELL = No("what is printed is for a terminal, or for another program")
ALL_THERE = No("the window always uses all processors: the result is the same")
LISTED = No("the window lists all losses, and saves the list where it is wanted")
AS_WRITTEN = No("an import writes Kutip's own articles, which have no such choice")
ONE_FOLDER = No("parts that are put together again are a matter of scripts")

# Option: row of the import, row of the export.
CONVERT = {
    "from": ("Format", No("an export is of what is open")),
    "to": (No("an import is into Kutip's own format"), "Format"),
    "output": ("Into", "Into"),
    "force": ("Replace what is there", "Replace what is there"),
    "annotator-files": (AS_WRITTEN, "A file for each annotator"),
    "below": (ONE_FOLDER, ONE_FOLDER),
    "tagset": ("Tag set", "Tag set"),
    "map": ("Names of labels", "Names of labels"),
    "losses": (LISTED, LISTED),
    "strict": ("Require that nothing is lost", "Require that nothing is lost"),
    "no-verify": ("Read it back and compare", "Read it back and compare"),
    "keep-going": ("Pass over what cannot be read", "Pass over what cannot be read"),
    "jobs": (ALL_THERE, ALL_THERE),
    "offset-unit": ("Offsets count", "Offsets count"),
    "spreadsheet": (AS_WRITTEN, "Safe for spreadsheets"),
    "bioes": (AS_WRITTEN, "BIOES instead of BIO"),
    "column-per-label": (AS_WRITTEN, "A column for each label"),
    "quiet": (SHELL, SHELL),
    "json": (SHELL, SHELL),
}
# Option: row of the export when it makes a dataset. Those that are the same in both commands are above.
EXPORT = {
    "split": "Shares of training, validation and test",
    "seed": "Seed, which decides what goes where",
    "group-by": "Keep together",
    "stratify-by": "Share out evenly",
    "split-by-date": "Test begins on",
    "layer": "Whose annotations",
    "done-only": "Only what is marked as done",
    "context": "A record’s text",
    "title": "Title of the dataset",
    "license": "Licence",
}
# Those of `convert` alone.
NO_DATASET = {"annotator-files"}


def list_options(command):
    said = subprocess.run([TOOL, command, "--help"], check=True, capture_output=True, text=True).stdout
    return set(re.findall(r"^\s+(?:-\w, )?--([a-z-]+)", said, re.MULTILINE)) - {"help"}


def read_rows(kutip):
    """What the dialog in front says."""
    named = (node.get_name() for node in walk(kutip.node) if role(node) in ("label", "text"))
    return {name for name in named if name}


def assert_asked_for(options, rows):
    for option, row in options.items():
        assert isinstance(row, No) or any(name.startswith(row) for name in rows), (option, row, sorted(rows))


def the_tables_name_every_option():
    assert set(CONVERT) == list_options("convert"), set(CONVERT) ^ list_options("convert")
    of_datasets = set(CONVERT) - NO_DATASET | set(EXPORT)
    assert of_datasets == list_options("export"), of_datasets ^ list_options("export")
    # Nothing is explained away without a word.
    assert all(len(cell) > 10 for cells in CONVERT.values() for cell in cells if isinstance(cell, No))


def the_import_asks_for_each():
    kutip, _ = open_folder()
    key("ctrl+alt+i")
    kutip.wait_find("push button", "Import")
    kutip.wait_active(is_main=False)
    key("alt+o")
    kutip.wait_find("label", "Require that nothing is lost")
    assert_asked_for({option: cells[0] for option, cells in CONVERT.items()}, read_rows(kutip))
    key("Escape")
    kutip.wait_active()
    kutip.quit()


def the_export_asks_for_each():
    kutip, _ = open_folder(b="Itu saja.\n")
    key("ctrl+shift+e")
    kutip.wait_find("push button", "Export")
    kutip.wait_active(is_main=False)
    key("alt+o")
    rows = set()
    for letters in ("comma-separated", "CoNLL", "doccano"):
        choose_format(kutip, letters)
        rows |= read_rows(kutip)
    assert_asked_for({option: cells[1] for option, cells in CONVERT.items()}, rows)
    # A dataset has files of its own.
    key("alt+m")
    kutip.wait_find("label", "Only what is marked as done")
    assert not kutip.find("label", "A file for each annotator")
    choose_format(kutip, "Hugging Face")
    rows = read_rows(kutip)
    key("alt+p")
    time.sleep(0.3)
    key("Down", "Return")
    kutip.wait_find("text", "Test begins on")
    rows |= read_rows(kutip)
    assert_asked_for(EXPORT, rows)
    general = {option: CONVERT[option][1] for option in ("tagset", "map", "strict", "no-verify", "keep-going", "force")}
    assert_asked_for(general, rows)
    key("Escape")
    kutip.wait_active()
    kutip.quit()


CASES = [the_tables_name_every_option, the_import_asks_for_each, the_export_asks_for_each]

if __name__ == "__main__":
    run_cases(CASES)
