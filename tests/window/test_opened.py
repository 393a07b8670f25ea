#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""Articles and folders are opened through the dialogs that ask for them."""

import tempfile

from drive import *

# As they are offered, as far as they are needed.
ENCODINGS = [
    "Find automatically", "UTF-8", "WINDOWS-1252", "ISO-8859-1", "ISO-8859-15", "UTF-16LE", "UTF-16BE",
    "WINDOWS-1250", "ISO-8859-2", "WINDOWS-1251", "KOI8-R", "KOI8-U", "ISO-8859-5", "IBM866",
]  # fmt: skip
RUSSIAN = "Президент сообщил, что договор подписан.\n"


def make(**files):
    folder = tempfile.mkdtemp(prefix="kutip-opened-")
    for name, content in files.items():
        with open(os.path.join(folder, name + ".txt"), "wb") as file:
            file.write(content)
    return folder


def name_file(kutip, title, name):
    """In the folder that the dialog begins in, which is that of the article: on the way to another, it lists all
    that it comes by, and keys get lost."""
    kutip.wait_active(title=title)

    def find_field():
        return [f for f in kutip.find_all("text") if f.has_state("FOCUSED")]

    key("ctrl+l")
    (field,) = until("a field for the name", find_field)
    write_into(field, name)
    key("Return")


def an_article_is_opened_by_its_name():
    folder = make(a=b"Menteri mengatakan.\n", b=b"Pedagang membantah.\n")
    kutip = Kutip(os.path.join(folder, "b.txt"))
    kutip.wait_opened("b.txt")
    key("ctrl+o")
    name_file(kutip, "Open Articles", "a.txt")
    kutip.wait_opened("a.txt")
    assert text_of(kutip.article()) == "Menteri mengatakan.\n"
    kutip.quit()


def an_encoding_can_be_chosen():
    """One that is taken for another where nobody says so."""
    folder = make(a=RUSSIAN.encode("cp866"), b=b"Pedagang membantah.\n")
    article = os.path.join(folder, "a.txt")
    kutip = Kutip(os.path.join(folder, "b.txt"))
    kutip.wait_opened("b.txt")
    key("ctrl+o")
    kutip.wait_active(title="Open Articles")

    def on_encodings():
        """GTK 4.8 gives the button of a choice no name."""
        key("Tab")
        return any(
            n.has_state("FOCUSED") and role(n.get_parent()) == "combo box"
            for n in kutip.find_all("push button", "GtkToggleButton")
        )

    until("the keys to go to the encodings", on_encodings)
    key("space", *["Down"] * ENCODINGS.index("IBM866"), "Return")
    name_file(kutip, "Open Articles", "a.txt")
    kutip.wait_opened("a.txt")
    assert text_of(kutip.article()) == RUSSIAN, text_of(kutip.article())
    kutip.select_text("Президент")
    key("3")
    content = wait_sidecar(article, lambda c: c["spans"])
    assert content["article"]["encoding"] == "IBM866", content["article"]
    kutip.quit()


def escape_leaves_all_as_it_was():
    folder = make(a=b"Menteri mengatakan.\n")
    kutip = Kutip(os.path.join(folder, "a.txt"))
    kutip.wait_opened("a.txt")
    for keys, title in (("ctrl+o", "Open Articles"), ("ctrl+shift+o", "Open a Folder of Articles")):
        key(keys)
        kutip.wait_active(title=title)
        key("Escape")
        kutip.wait_active()
        assert not visible_windows(f"^{title}$")
    assert text_of(kutip.article()) == "Menteri mengatakan.\n"
    kutip.quit()


def a_folder_is_opened_by_its_name():
    folder = make(start=b"Di sini.\n")
    os.mkdir(os.path.join(folder, "inner"))
    for name in ("a", "b"):
        with open(os.path.join(folder, "inner", f"{name}.txt"), "w", encoding="utf-8") as file:
            file.write("Menteri mengatakan.\n")
    kutip = Kutip(os.path.join(folder, "start.txt"))
    kutip.wait_opened("start.txt")
    key("ctrl+shift+o")
    name_file(kutip, "Open a Folder of Articles", "inner")
    until("its articles in the list", lambda: all(kutip.find_all("label", name) for name in ("a.txt", "b.txt")))
    kutip.quit()


run_cases(
    [
        an_article_is_opened_by_its_name,
        an_encoding_can_be_chosen,
        escape_leaves_all_as_it_was,
        a_folder_is_opened_by_its_name,
    ]
)
