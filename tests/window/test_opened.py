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
    """In the folder that the dialog begins in, which is that of the article. Never the first in its list, which it
    selects by itself when it has listed the folder: GTK 4.8 takes that back 150 ms after the last key, and with it
    what is written, if that is its name."""
    kutip.wait_active(title=title)

    def find_field():
        return [f for f in kutip.find_all("text") if f.has_state("FOCUSED")]

    key("ctrl+l")
    (field,) = until("a field for the name", find_field)
    write_into(field, name)
    dialog = field
    while role(dialog.get_parent()) != "application":
        dialog = dialog.get_parent()
    # Where the folder is not listed yet, its button opens nothing until what is written has been looked at, 150 ms
    # after the last key; Enter is lost until then.
    button = until("its button", lambda: find(dialog, "push button", "Open"))
    until("it to open what is written", lambda: button.has_state("SENSITIVE"))
    key("Return")


def an_article_is_opened_by_its_name():
    folder = make(a=b"Pedagang membantah.\n", b=b"Menteri mengatakan.\n")
    kutip = Kutip(os.path.join(folder, "a.txt"))
    kutip.wait_opened("a.txt")
    key("ctrl+o")
    name_file(kutip, "Open Articles", "b.txt")
    kutip.wait_opened("b.txt")
    assert text_of(kutip.article()) == "Menteri mengatakan.\n"
    kutip.quit()


def an_encoding_can_be_chosen():
    """One that is taken for another where nobody says so."""
    folder = make(a=b"Pedagang membantah.\n", b=RUSSIAN.encode("cp866"))
    article = os.path.join(folder, "b.txt")
    kutip = Kutip(os.path.join(folder, "a.txt"))
    kutip.wait_opened("a.txt")
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
    name_file(kutip, "Open Articles", "b.txt")
    kutip.wait_opened("b.txt")
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
    for name in ("first", "inner"):
        os.mkdir(os.path.join(folder, name))
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
