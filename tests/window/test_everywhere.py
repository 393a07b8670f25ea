#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""All articles at once: words are marked in a whole folder and taken back, by keys and by mouse."""

import tempfile

from drive import *

ARTICLES = {
    "a.txt": "Kunjungan Putin\n\nKata Putin, langkah itu baik.\n",
    "b.txt": "Tentang Jokowi.\n\nKata Jokowi, Putin datang.\n",
    "sub/c.txt": "Putinisme tidak disebut. Putin menulis surat.\n",
    "z.txt": "Tidak ada siapa-siapa.\n",
}


def open_folder():
    folder = tempfile.mkdtemp(prefix="kutip-everywhere-")
    for name, text in ARTICLES.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    kutip = Kutip(folder)
    kutip.wait_opened("a.txt")
    return kutip, folder


def click_in_dialog(kutip, wanted_role, name):
    """The dialog in front is a window of its own, which AT-SPI's places are counted from."""
    kutip.wait_find(wanted_role, name)
    top = next(w for w in reversed(children(kutip.node)) if find(w, wanted_role, name))
    node = find(top, wanted_role, name)
    window = xdotool("getactivewindow").split()[-1]
    said = xdotool("getwindowgeometry", "--shell", window).splitlines()
    place = dict(line.split("=") for line in said)
    frame = top.get_box()
    border = (int(place["WIDTH"]) - frame.width) / 2
    box = node.get_box()
    click(
        int(place["X"]) + border + box.x + box.width / 2,
        int(place["Y"]) + border + box.y + box.height / 2,
    )


def spans(folder, name):
    content = sidecar(os.path.join(folder, name))
    return [(s["label"], *s["ranges"][0]) for s in content["spans"]] if content else []


def wait_spans(folder, expected):
    until(
        f"the sidecars to have {expected}",
        lambda: {n: spans(folder, n) for n in ARTICLES if spans(folder, n)} == expected,
    )


ALL = {
    "a.txt": [("claim", 10, 15), ("claim", 22, 27)],
    "b.txt": [("claim", 30, 35)],
    "sub/c.txt": [("claim", 25, 30)],
}


def words_are_marked_in_all_articles_by_keys():
    kutip, folder = open_folder()
    kutip.select_text("Putin")
    key("ctrl+shift+m")
    kutip.wait_find("push button", "Mark 4")
    kutip.wait_find("label", "4 places in 3 articles, of 4 searched")
    key("alt+m")
    kutip.wait_find("label", "4 places marked in 3 articles")
    key("Return")
    wait_spans(folder, ALL)
    # The open one is one step in its own history; the others have one in theirs.
    key("ctrl+z")
    wait_spans(folder, {n: s for n, s in ALL.items() if n != "a.txt"})
    key("ctrl+shift+z")
    wait_spans(folder, ALL)
    key("ctrl+Page_Down")
    kutip.wait_opened("b.txt")
    key("ctrl+z")
    wait_spans(folder, {n: s for n, s in ALL.items() if n != "b.txt"})
    key("ctrl+shift+z")
    wait_spans(folder, ALL)
    # And one key takes back what was done in all of them.
    key("ctrl+alt+z")
    kutip.wait_find("push button", "Take Back")
    kutip.wait_active(is_main=False)
    # Enter does no harm.
    key("Return")
    kutip.wait_active()
    wait_spans(folder, ALL)
    key("ctrl+alt+z")
    kutip.wait_find("push button", "Take Back")
    kutip.wait_active(is_main=False)
    key("ctrl+z")
    kutip.wait_find("label", "All of it is taken back")
    # It is told, and there is nothing to take back any more.
    key("ctrl+z", "Return")
    kutip.wait_active()
    wait_spans(folder, {})
    kutip.quit()


def what_is_marked_already_is_not_marked_again():
    kutip, folder = open_folder()
    kutip.select_text("Putin")
    key("1")
    wait_sidecar(os.path.join(folder, "a.txt"), lambda c: c["spans"])
    kutip.select_text("Putin")
    key("shift+a")
    kutip.wait_find("label", "4 places in 3 articles, of 4 searched; 1 marked already")
    kutip.wait_find("push button", "Mark 3")
    # Before it is saved, too: what is open counts as it is.
    key("Escape", "ctrl+z")
    kutip.select_text("Putin")
    key("shift+a")
    kutip.wait_find("push button", "Mark 4")
    key("Escape")
    kutip.quit()


def one_is_left_out_and_the_rest_marked_by_mouse():
    kutip, folder = open_folder()
    kutip.select_text("Putin")
    key("ctrl+m")
    kutip.wait_find("push button", "Mark 2")
    click_in_dialog(kutip, "push button", "All Articles")
    kutip.wait_find("push button", "Mark 4")
    click_in_dialog(kutip, "check box", "Kata Jokowi, Putin datang")
    click_in_dialog(kutip, "push button", "Mark 3")
    kutip.wait_find("label", "3 places marked in 2 articles")
    wait_spans(folder, {n: s for n, s in ALL.items() if n != "b.txt"})
    click_in_dialog(kutip, "push button", "Take Back")
    kutip.wait_find("label", "All of it is taken back")
    click_in_dialog(kutip, "push button", "Close")
    wait_spans(folder, {})
    kutip.quit()


def what_cannot_be_changed_is_told():
    kutip, folder = open_folder()
    path = os.path.join(folder, "b.txt.annotations.json")
    kutip.select_text("Putin")
    key("ctrl+shift+m")
    kutip.wait_find("push button", "Mark 4")
    os.mkdir(path)
    key("alt+m")
    kutip.wait_find("label", "3 places marked in 2 articles")
    kutip.wait_find("label", "1 article was left as it is")
    kutip.wait_find("label", "b.txt: ")
    assert os.listdir(path) == []
    os.rmdir(path)
    key("Escape")
    kutip.quit()


def the_concordance_of_a_label_is_saved_as_a_table():
    kutip, folder = open_folder()
    kutip.select_text("Putin")
    key("3")
    # Not on the disk yet, perhaps: what is open is searched as it is.
    key("ctrl+shift+f")
    kutip.wait_find("push button", "Search")
    kutip.wait_active(is_main=False)
    # From the words past four options and the button to where they are searched: the sources.
    key("Tab", "Tab", "Tab", "Tab", "Tab", "Tab")
    choose_from_list("space", "Down", "Down", "Down")
    key("alt+s")
    kutip.wait_find("label", "1 place in 1 article")
    key("ctrl+s")
    target = os.path.join(folder, "lines.tsv")
    kutip.name_file("Save the Lines", target)
    until("the table", lambda: os.path.exists(target))
    with open(target, encoding="utf-8", newline="") as file:
        lines = [line.split("\t") for line in file.read().split("\r\n")]
    assert lines[0] == ["article", "start", "end", "label", "left", "match", "right"], lines
    assert lines[1][:4] == ["a.txt", "10", "15", "source"] and lines[1][5] == "Putin", lines
    kutip.wait_find("label", "1 line written into")
    key("Escape")
    kutip.quit()


if __name__ == "__main__":
    run_cases(
        [
            words_are_marked_in_all_articles_by_keys,
            what_is_marked_already_is_not_marked_again,
            one_is_left_out_and_the_rest_marked_by_mouse,
            what_cannot_be_changed_is_told,
            the_concordance_of_a_label_is_saved_as_a_table,
        ]
    )
