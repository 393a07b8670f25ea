#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of a whole article: attributes, note and status, by keys and by mouse, undone and redone;
and the way to the next article that is not done."""

import tempfile

from drive import *

TAGSET = {
    "format": 1,
    "name": "Study",
    "version": "1",
    "labels": [{"name": "claim", "title": "Claim", "key": "1", "color": "#d55e00"}],
    "attributes": [
        {"name": "topic", "title": "Topic", "values": ["politics", "economy", "sport"]},
        {"name": "opinion", "title": "Opinion piece", "type": "flag"},
        {"name": "keywords", "title": "Keywords", "multiple": True, "values": ["war", "trade"]},
        {"name": "desk", "title": "Desk"},
    ],
    "relations": [],
    "article_attributes": ["topic", "opinion", "keywords", "desk"],
}
WANTED = {"topic": "economy", "opinion": True, "keywords": ["war", "trade"], "desk": "foreign"}


def make(*names):
    folder = tempfile.mkdtemp(prefix="kutip-article-")
    with open(os.path.join(folder, "tagset.json"), "w", encoding="utf-8") as file:
        json.dump(TAGSET, file)
    for name in names:
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(f"The title of {name}\n\nThe minister denied it.\n")
    return folder


def open_article():
    article = os.path.join(make("a.txt"), "a.txt")
    kutip = Kutip(article)
    kutip.wait_opened("a.txt")
    return kutip, article


def attributes(content):
    return content.get("attributes", {})


def attributes_and_note_by_keys():
    kutip, article = open_article()
    key("ctrl+i")
    time.sleep(0.3)
    key("space", "Down", "Down", "Return")  # Topic: not set, politics, economy
    key("Tab", "space")  # Opinion piece
    key("Tab", "space", "Tab", "space")  # Keywords
    key("Tab")
    write("foreign")
    key("Tab")
    wait_sidecar(article, lambda c: attributes(c) == WANTED)

    key("alt+e")  # Note on the Article
    write("Read twice.")
    key("F6")
    content = wait_sidecar(article, lambda c: c.get("note") == "Read twice.")
    assert attributes(content) == WANTED
    assert content["spans"] == []
    kutip.quit()


def each_step_is_undone_and_redone():
    kutip, article = open_article()
    key("ctrl+i")
    time.sleep(0.3)
    key("space", "Down", "Down", "Return", "Tab", "space")
    wait_sidecar(article, lambda c: attributes(c) == {"topic": "economy", "opinion": True})
    key("ctrl+z")
    wait_sidecar(article, lambda c: attributes(c) == {"topic": "economy"})
    key("ctrl+z")
    wait_sidecar(article, lambda c: attributes(c) == {})
    key("ctrl+shift+z", "ctrl+shift+z")
    wait_sidecar(article, lambda c: attributes(c) == {"topic": "economy", "opinion": True})
    kutip.quit()
    kutip = Kutip(article)
    kutip.wait_opened("a.txt")
    key("ctrl+i")
    until("the flag in the form", lambda: has_state(kutip.find("check box", "Opinion"), "CHECKED"))
    kutip.quit()


def has_state(node, name):
    return node.has_state(name)


def attributes_by_mouse():
    kutip, article = open_article()
    kutip.click_on(kutip.wait_find("page tab", "Properties"))
    time.sleep(0.3)
    kutip.click_on(kutip.wait_find("check box", "Opinion"))
    assert kutip.find("check box", "war"), "a box in a group has its own name"
    kutip.click_on(kutip.wait_find("check box", "trade"))
    wait_sidecar(article, lambda c: attributes(c) == {"opinion": True, "keywords": ["trade"]})
    kutip.click_on(kutip.wait_find("check box", "Opinion"))
    wait_sidecar(article, lambda c: attributes(c) == {"keywords": ["trade"]})
    kutip.quit()


def status_by_the_properties_and_by_the_key():
    kutip, article = open_article()
    done = kutip.find("check box", "Done")
    key("ctrl+d")
    wait_sidecar(article, lambda c: c["status"] == "done")
    assert has_state(done, "CHECKED")
    key("ctrl+i")
    time.sleep(0.3)
    for _ in range(11):  # behind the four attributes' five widgets and the six fields
        key("Tab")
    key("space")
    time.sleep(0.2)
    key("Home", "Down", "Return")
    wait_sidecar(article, lambda c: c["status"] == "in-progress")
    until("the status bar to agree", lambda: not has_state(done, "CHECKED"))
    key("ctrl+z")
    wait_sidecar(article, lambda c: c["status"] == "done")
    until("the status bar to agree", lambda: has_state(done, "CHECKED"))
    kutip.quit()


def the_next_unfinished_article_by_one_key():
    folder = make("1.txt", "2.txt", "3.txt", "4.txt")
    for name in ("2.txt", "3.txt"):
        kutip = Kutip(os.path.join(folder, name))
        kutip.wait_opened(name)
        key("ctrl+d")
        wait_sidecar(os.path.join(folder, name), lambda c: c["status"] == "done")
        kutip.quit()
    kutip = Kutip(folder)
    kutip.wait_opened("1.txt")
    key("ctrl+shift+Next")
    kutip.wait_opened("4.txt")
    key("ctrl+d")
    wait_sidecar(os.path.join(folder, "4.txt"), lambda c: c["status"] == "done")
    key("ctrl+shift+Next")
    until("the first article", lambda: text_of(kutip.article()).startswith("The title of 1.txt"))
    kutip.quit()


def the_list_follows_the_folder_and_is_filtered_by_title():
    folder = make("a.txt", "b.txt", "d.txt")
    kutip = Kutip(folder)
    kutip.wait_find("label", "The title of b.txt")
    with open(os.path.join(folder, "c.txt"), "w", encoding="utf-8") as file:
        file.write("A harbour for seals\n\nText.\n")
    kutip.wait_find("label", "c.txt")
    os.remove(os.path.join(folder, "b.txt"))
    until("b.txt to leave the list", lambda: not kutip.find("label", "b.txt"))
    key("ctrl+k")
    write("SEALS")
    until("the others to leave the list", lambda: not kutip.find("label", "d.txt"))
    key("Return")
    kutip.wait_opened("c.txt")
    kutip.quit()


run_cases(
    [
        attributes_and_note_by_keys,
        each_step_is_undone_and_redone,
        attributes_by_mouse,
        status_by_the_properties_and_by_the_key,
        the_next_unfinished_article_by_one_key,
        the_list_follows_the_folder_and_is_filtered_by_title,
    ]
)
