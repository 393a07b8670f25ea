#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tag set: edited by real keys, then by the mouse alone; annotations that follow, and are taken
back; changes by others; the guidelines."""

import hashlib
import tempfile

from drive import *

TEXT = "Ana said that it rains in the hills.\n\nBudi denies it, and says so twice.\n"
TAGSET = {
    "format": 1,
    "name": "Study",
    "version": "1",
    "mine": {"kept": True},
    "labels": [
        {"name": "quote", "title": "Quote", "color": "#0072b2", "key": "2", "attributes": ["form"]},
        {"name": "source", "title": "Source", "color": "#009e73", "key": "3"},
        {"name": "speaker", "title": "Speaker", "color": "#cc79a7", "key": "4"},
    ],
    "attributes": [{"name": "form", "title": "Form", "values": ["direct", "indirect"]}],
    "relations": [{"name": "by", "title": "By", "key": "b", "from": ["quote"], "to": ["source"]}],
    "article_attributes": [],
}


def layer(name, version="1"):
    return {
        "format": 1,
        "article": {"file": name, "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "length": len(TEXT)},
        "offsets": "unicode code points",
        "tagset": {"name": "Study", "version": version},
        "status": "in-progress",
        "spans": [
            {"id": "s1", "label": "speaker", "ranges": [[0, 3]], "text": ["Ana"]},
            {
                "id": "s2",
                "label": "quote",
                "ranges": [[14, 22]],
                "text": ["it rains"],
                "attributes": {"form": "indirect"},
            },
        ],
        "relations": [],
    }


def make_study(tagset=TAGSET, layers=("a.txt", "a.txt.bob", "b.txt"), version="1"):
    folder = tempfile.mkdtemp(prefix="kutip-tagset-")
    for name in ("a.txt", "b.txt"):
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
            file.write(TEXT)
    if tagset is not None:
        write_json(os.path.join(folder, "tagset.json"), tagset)
    for name in layers:
        write_json(os.path.join(folder, f"{name}.annotations.json"), layer(name[:5], version))
    return folder


def write_json(path, content):
    with open(path, "w", encoding="utf-8", newline="") as file:
        json.dump(content, file, ensure_ascii=False)


def read_json(folder, name):
    try:
        with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
            return json.load(file)
    except (FileNotFoundError, json.JSONDecodeError):
        return None


def wait_tagset(folder, condition):
    return until(
        "the tag set to say so",
        lambda: (content := read_json(folder, "tagset.json")) and condition(content) and content,
    )


def labels_of(folder, name):
    content = read_json(folder, f"{name}.annotations.json")
    return [span["label"] for span in content["spans"]]


def open_study(folder):
    article = os.path.join(folder, "a.txt")
    kutip = Kutip(article)
    kutip.wait_opened("a.txt")
    kutip.set_caret(0)
    return kutip, article


def open_editor(kutip):
    key("shift+F4")
    kutip.wait_find("list item", "Study")


def wait_words(kutip, words):
    """Whoever says them: labels, alerts."""
    return until(
        f"“{words}”",
        lambda: next((n for n in walk(kutip.node) if words in n.get_name()), None),
    )


def can_be_pressed(node):
    return node.has_state("SENSITIVE")


def wait_shown(kutip, wanted_role, name):
    """GTK 4.8 does not tell what is on the screen; what could not be used now is insensitive."""
    return until(
        f"a {wanted_role} called {name!r} to be used",
        lambda: next((n for n in kutip.find_all(wanted_role, name) if can_be_pressed(n)), None),
    )


def wait_selected(kutip, name):
    until(f"{name} to be chosen", lambda: any(
        n.has_state("SELECTED")
        for n in kutip.find_all("list item", name)))


def wait_closed(kutip):
    until("the editor to close", lambda: kutip.find("frame", "Tag Set") is None)


def place_in_editor(node, title="Tag Set"):
    """The middle of a node of the editor's window on the screen."""
    window = until("the editor on the screen", lambda: visible_windows(f"^{title}$"))[-1]
    geometry = dict(
        line.split("=") for line in xdotool("getwindowgeometry", "--shell", window).splitlines()
    )
    frame = node
    while role(frame) not in ("frame", "dialog", "window"):
        frame = frame.get_parent()
    outer = frame.get_box()
    border = (int(geometry["WIDTH"]) - outer.width) / 2
    box = node.get_box()
    return (
        int(geometry["X"]) + border + box.x + box.width / 2,
        int(geometry["Y"]) + border + box.y + box.height / 2,
    )


def click_in_editor(node):
    click(*place_in_editor(node))


def a_label_is_renamed_and_all_layers_follow_by_keys():
    folder = make_study()
    kutip, article = open_study(folder)
    open_editor(kutip)
    # Past the button that adds a label; into the form; from the title to the name.
    key("Down", "Down", "Return", "Tab", "ctrl+a")
    write("content")
    key("ctrl+s")
    wait_shown(kutip, "push button", "Save and Change Them")
    until("what changes", lambda: kutip.find("label", "3 annotations in 2 articles"))
    assert labels_of(folder, "a.txt") == ["speaker", "quote"], "nothing is written yet"
    key("Return")
    wait_shown(kutip, "push button", "Take All Back")
    tagset = wait_tagset(folder, lambda content: content["version"] == "2")
    assert [label["name"] for label in tagset["labels"]] == ["content", "source", "speaker"]
    assert tagset["relations"][0]["from"] == ["content"]
    assert tagset["mine"] == {"kept": True}
    for name in ("a.txt", "a.txt.bob", "b.txt"):
        assert labels_of(folder, name) == ["speaker", "content"], name
        assert read_json(folder, f"{name}.annotations.json")["tagset"]["version"] == "2"
    # The article is open again, where it was, with the new tag set.
    key("Escape")
    wait_closed(kutip)
    kutip.select_text("Budi")
    key("3")
    content = wait_sidecar(article, lambda c: len(c["spans"]) == 3)
    assert [s["label"] for s in content["spans"]] == ["speaker", "content", "source"]
    kutip.quit()


def two_labels_become_one_and_it_is_taken_back_by_keys():
    folder = make_study()
    before = {name: open(os.path.join(folder, name), encoding="utf-8").read()
              for name in os.listdir(folder)}
    kutip, _ = open_study(folder)
    open_editor(kutip)
    key("Down", "Down", "Down", "Down")
    wait_selected(kutip, "Speaker")
    key("alt+m")
    item = wait_shown(kutip, "menu item", "Source")
    assert item
    key("Down", "Return")
    until("it to be merged", lambda: not kutip.find("list item", "Speaker"))
    key("ctrl+s")
    wait_shown(kutip, "push button", "Save and Change Them")
    key("Return")
    wait_words(kutip, "The Tag Set Is Saved")
    wait_shown(kutip, "push button", "Take All Back")
    assert labels_of(folder, "b.txt") == ["source", "quote"]
    assert [n for n in os.listdir(folder) if n.startswith(".kutip-migration")]
    key("alt+t")
    wait_shown(kutip, "push button", "Take Back")
    key("alt+t")
    until("what was before", lambda: {
        name: open(os.path.join(folder, name), encoding="utf-8").read()
        for name in os.listdir(folder) if os.path.isfile(os.path.join(folder, name))} == before)
    until("the record to go", lambda: not [
        n for n in os.listdir(folder) if n.startswith(".kutip-migration")])
    key("Escape")
    wait_closed(kutip)
    kutip.quit()


def what_is_undone_is_not_saved_and_closing_asks():
    folder = make_study()
    kutip, _ = open_study(folder)
    open_editor(kutip)
    key("ctrl+n")
    wait_shown(kutip, "list item", "label-1")
    write("Topic")
    wait_shown(kutip, "list item", "Topic")
    key("ctrl+z")
    wait_shown(kutip, "list item", "label-1")
    key("ctrl+z")
    until("the label to go", lambda: not kutip.find("list item", "label-1"))
    key("ctrl+shift+z")
    wait_shown(kutip, "list item", "label-1")
    key("Escape")
    wait_shown(kutip, "push button", "Discard")
    key("Escape")
    until("the question to go", lambda: not kutip.find("push button", "Discard"))
    wait_shown(kutip, "list item", "label-1")
    key("ctrl+w")
    wait_shown(kutip, "push button", "Discard")
    key("alt+d")
    wait_closed(kutip)
    assert read_json(folder, "tagset.json") == TAGSET
    kutip.quit()


def two_of_one_name_are_told_and_not_saved():
    folder = make_study()
    kutip, _ = open_study(folder)
    open_editor(kutip)
    key("Down", "Down", "Return", "Tab", "ctrl+a")
    write("source")
    wait_words(kutip, "another one with the name “source”")

    # Said for some seconds only, in which a busy machine may not get to look.
    def told():
        key("ctrl+s")
        return any("has to be put right" in n.get_name() for n in walk(kutip.node))

    until("what is wrong", told)
    assert read_json(folder, "tagset.json") == TAGSET
    key("Tab", "ctrl+a")
    write("3")
    wait_words(kutip, "“3” is the key of “Source” already")
    kutip.kill()


def a_new_tag_set_begins_with_the_built_in_one():
    folder = make_study(tagset=None, layers=())
    kutip, article = open_study(folder)
    key("shift+F4")
    wait_shown(kutip, "list item", "News attribution")
    key("ctrl+n")
    write("Topic")
    key("Tab", "ctrl+a")
    write("topic")
    key("Tab", "ctrl+a")
    write("t")
    wait_words(kutip, "no longer does this")
    key("ctrl+s")
    tagset = wait_tagset(folder, lambda content: True)
    assert [label["name"] for label in tagset["labels"]] == ["claim", "quote", "source", "cue", "topic"]
    assert tagset["version"] == "1", "what was there still fits"
    wait_closed(kutip)
    until("its button", lambda: kutip.find("push button", "Topic"))
    kutip.select_text("hills")
    key("t")
    content = wait_sidecar(article, lambda c: c["spans"])
    assert content["spans"][0]["label"] == "topic"
    assert content["tagset"] == {"name": "News attribution", "version": "1"}
    kutip.quit()


def all_of_it_by_the_mouse_alone():
    folder = make_study()
    kutip, _ = open_study(folder)
    kutip.click_on(kutip.find_all("push button", "Main menu")[-1])
    item = wait_shown(kutip, "menu item", "Tag Set")
    click(*popover_place(kutip, item))
    wait_shown(kutip, "list item", "Study")
    click_in_editor(wait_shown(kutip, "push button", "Add a label"))
    wait_shown(kutip, "list item", "label-1")
    click_in_editor(wait_shown(kutip, "push button", "Orange"))
    click_in_editor(wait_shown(kutip, "list item", "Speaker"))
    wait_selected(kutip, "Speaker")
    click_in_editor(wait_shown(kutip, "push button", "Remove"))
    until("it to go", lambda: not kutip.find("list item", "Speaker"))
    click_in_editor(wait_shown(kutip, "push button", "Save"))
    wait_shown(kutip, "push button", "Save and Change Them")
    click_in_editor(wait_shown(kutip, "push button", "Save and Change Them"))
    wait_shown(kutip, "push button", "Take All Back")
    tagset = wait_tagset(folder, lambda content: content["version"] == "2")
    assert [label["name"] for label in tagset["labels"]] == ["quote", "source", "label-1"]
    assert tagset["labels"][2]["color"] == "#e69f00"
    assert labels_of(folder, "a.txt") == ["speaker", "quote"], "kept, as unknown"
    click_in_editor(wait_shown(kutip, "push button", "_Close Close"))
    wait_closed(kutip)
    kutip.quit()


def two_labels_become_one_and_it_is_taken_back_by_the_mouse_alone():
    folder = make_study()
    kutip, _ = open_study(folder)
    kutip.click_on(kutip.find_all("push button", "Main menu")[-1])
    click(*popover_place(kutip, wait_shown(kutip, "menu item", "Tag Set")))
    click_in_editor(wait_shown(kutip, "list item", "Speaker"))
    wait_selected(kutip, "Speaker")
    before = shown_windows()
    button = wait_shown(kutip, "push button", "Merge Into")
    click_in_editor(button)
    (menu,) = until("the menu", lambda: shown_windows() - before)
    click_in_menu(menu, wait_shown(kutip, "menu item", "Source"), button)
    until("it to be merged", lambda: not kutip.find("list item", "Speaker"))
    click_in_editor(wait_shown(kutip, "push button", "Save"))
    click_in_editor(wait_shown(kutip, "push button", "Save and Change Them"))
    click_in_editor(wait_shown(kutip, "push button", "Take All Back"))
    assert labels_of(folder, "b.txt") == ["source", "quote"]
    click_in_editor(wait_shown(kutip, "push button", "Take Back"))
    until("what was before", lambda: labels_of(folder, "b.txt") == ["speaker", "quote"])
    click_in_editor(wait_shown(kutip, "push button", "_Close Close"))
    wait_closed(kutip)
    kutip.quit()


def shown_windows():
    return set(xdotool("search", "--onlyvisible", "--class", "kutip").split())


def click_in_menu(window, item, button):
    """AT-SPI tells places in a menu as if it began where its button does."""
    geometry = dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", window).splitlines())
    box, outer = item.get_box(), button.get_box()
    time.sleep(0.3 * SLOW)
    click(
        int(geometry["X"]) + box.x - outer.x + box.width / 2,
        int(geometry["Y"]) + box.y - outer.y + box.height / 2,
    )


def popover_place(kutip, node):
    """A popover has a window of its own; AT-SPI knows the height in the main one, without the shadow
    above, and nothing of the place across."""
    shapes = [
        dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", window).splitlines())
        for window in xdotool("search", "--onlyvisible", "--class", "kutip").split()
    ]
    # The window itself is the largest; tips and what GTK keeps for itself are small.
    shape = sorted(shapes, key=lambda s: int(s["WIDTH"]) * int(s["HEIGHT"]))[-2]
    return (int(shape["X"]) + int(shape["WIDTH"]) / 2, kutip.middle_of(node)[1] + 10)


def what_others_change_holds_at_once():
    folder = make_study()
    kutip, _ = open_study(folder)
    changed = json.loads(json.dumps(TAGSET))
    changed["labels"][0]["title"] = "Citation"
    write_json(os.path.join(folder, "tagset.json"), changed)
    until("the new title", lambda: kutip.find("push button", "Citation"))
    with open(os.path.join(folder, "tagset.json"), "w", encoding="utf-8") as file:
        file.write('{"format": 1, "name": ')
    until("that it cannot be used", lambda: kutip.find("label", "cannot be used as it is now"))
    assert kutip.find("push button", "Citation"), "what was in effect stays"
    kutip.quit()


def a_nearer_tag_set_holds_as_long_as_it_is_there():
    folder = make_study()
    near = os.path.join(folder, "near")
    os.mkdir(near)
    for name in ("a.txt", "a.txt.annotations.json"):
        os.rename(os.path.join(folder, name), os.path.join(near, name))
    kutip, _ = open_study(near)
    until("the tag set above", lambda: kutip.find("push button", "Quote"))
    changed = json.loads(json.dumps(TAGSET))
    changed["labels"][0]["title"] = "Citation"
    write_json(os.path.join(near, "tagset.json"), changed)
    until("the nearer one", lambda: kutip.find("push button", "Citation"))
    os.remove(os.path.join(near, "tagset.json"))
    until("the one above again", lambda: kutip.find("push button", "Quote"))
    kutip.quit()


def a_change_by_others_is_not_overwritten():
    folder = make_study()
    kutip, _ = open_study(folder)
    open_editor(kutip)
    changed = json.loads(json.dumps(TAGSET))
    changed["labels"][0]["title"] = "Citation"
    write_json(os.path.join(folder, "tagset.json"), changed)
    key("ctrl+n")
    write("Topic")
    key("ctrl+s")
    until("that it is not saved", lambda: kutip.find("label", "has been changed by somebody else"))
    assert read_json(folder, "tagset.json") == changed
    kutip.kill()


def another_version_is_told():
    folder = make_study(version="0.9")
    kutip, _ = open_study(folder)
    until("the version", lambda: kutip.find("label", "version 0.9 of the tag set “Study”"))
    assert kutip.find("label", "All annotations fit it")
    kutip.kill()
    without = json.loads(json.dumps(TAGSET))
    del without["labels"][2]
    folder = make_study(tagset=without, version="0.9")
    kutip, _ = open_study(folder)
    until("what does not fit", lambda: kutip.find("label", "do not fit"))
    assert kutip.find("push button", "Look at Them")
    kutip.quit()


def guidelines_are_read_beside_the_article():
    tagset = json.loads(json.dumps(TAGSET))
    tagset["guidelines"] = "how.md"
    tagset["labels"][0]["guidelines"] = "Mark *all* of it."
    folder = make_study(tagset=tagset)
    with open(os.path.join(folder, "how.md"), "w", encoding="utf-8") as file:
        file.write("# First\n\nRead **all** of it. ![map](http://192.0.2.1/map.png)\n\n- one\n- two\n")
    kutip, _ = open_study(folder)
    key("F4")
    view = wait_shown(kutip, "text", "Guidelines")
    shown = until("the guidelines", lambda: (text := text_of(view)) and "Read all of it. map" in text and text)
    assert "First" in shown and "•\u2002one" in shown and "Mark all of it." in shown
    assert "Quote (key 2)" in shown and "Form: direct, indirect" in shown
    with open(os.path.join(folder, "how.md"), "w", encoding="utf-8") as file:
        file.write("# Second\n\nWritten elsewhere.\n")
    until("what is written there now", lambda: "Written elsewhere." in (text_of(view) or ""))
    key("F4")
    key("ctrl+z")
    kutip.quit()


run_cases([
    a_label_is_renamed_and_all_layers_follow_by_keys,
    two_labels_become_one_and_it_is_taken_back_by_keys,
    what_is_undone_is_not_saved_and_closing_asks,
    two_of_one_name_are_told_and_not_saved,
    a_new_tag_set_begins_with_the_built_in_one,
    all_of_it_by_the_mouse_alone,
    what_others_change_holds_at_once,
    a_nearer_tag_set_holds_as_long_as_it_is_there,
    a_change_by_others_is_not_overwritten,
    another_version_is_told,
    guidelines_are_read_beside_the_article,
])
