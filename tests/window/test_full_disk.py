#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that is full or cannot be written to while a window is open, and files with the strangest names.
The system's calls fail as they would there (tests/fault); the window says so, goes on, and keeps the work."""

import hashlib

from drive import *

TEXT = "Menteri mengatakan harga beras turun.\nPedagang membantah.\n"


class Trouble:
    """A folder with an article, in which one kind of call fails until it is well again."""

    def __init__(self, operation, code):
        self.folder = tempfile.mkdtemp(prefix="kutip-trouble-")
        self.study = os.path.join(self.folder, "faulty")
        os.mkdir(self.study)
        self.article = os.path.join(self.study, "a.txt")
        with open(self.article, "w", encoding="utf-8") as file:
            file.write(TEXT)
        self.well = os.path.join(self.folder, "well")
        self.env = {
            "LD_PRELOAD": preload(os.environ["KUTIP_FAULT_SHIM"]),
            "KUTIP_FAULT": f"{operation},1,{code},sticky,.kutip-",
            "KUTIP_FAULT_SWITCH": self.well,
        }

    def start(self):
        kutip = Kutip(self.article, env=self.env)
        kutip.wait_opened("a.txt")
        return kutip

    def get_well(self):
        with open(self.well, "w", encoding="utf-8"):
            pass

    def only(self, *names):
        assert sorted(os.listdir(self.study)) == sorted(names), os.listdir(self.study)


def shown(kutip, words):
    until(f"“{words}” in the window",
          lambda: any(words in n.get_name() for n in kutip.find_all("label")), 20)


def mark(kutip, words, label_key="3"):
    kutip.select_text(words)
    key(label_key, "Escape")


def marked(content):
    return sorted(span["text"][0] for span in content["spans"])


def check_trouble(operation, code, reason):
    trouble = Trouble(operation, code)
    kutip = trouble.start()
    mark(kutip, "Menteri")
    key("ctrl+s")
    shown(kutip, reason)
    trouble.only("a.txt")
    mark(kutip, "Pedagang")
    key("ctrl+s")
    shown(kutip, reason)
    trouble.only("a.txt")
    assert kutip.process.poll() is None
    trouble.get_well()
    key("ctrl+s")
    wait_sidecar(trouble.article, lambda c: marked(c) == ["Menteri", "Pedagang"])
    until("the trouble to be over",
          lambda: not any(reason in n.get_name() for n in kutip.find_all("label")))
    kutip.quit()
    trouble.only("a.txt", "a.txt.annotations.json")


def a_full_disk_is_told_and_the_next_save_succeeds():
    check_trouble("write", "ENOSPC", "No space left on device")


def a_disk_that_is_read_only_is_told_and_the_next_save_succeeds():
    check_trouble("open", "EROFS", "Read-only file system")


def a_disk_that_fails_at_the_last_step_is_told_and_the_next_save_succeeds():
    check_trouble("fsync", "EIO", "Input/output error")


def a_quota_that_is_used_up_is_told_and_the_next_save_succeeds():
    check_trouble("write", "EDQUOT", "Disk quota exceeded")


def a_folder_that_one_may_not_write_into_is_told_and_the_next_save_succeeds():
    check_trouble("open", "EACCES", "Permission denied")


def what_could_not_be_saved_is_there_after_a_crash():
    trouble = Trouble("write", "ENOSPC")
    kutip = trouble.start()
    mark(kutip, "Menteri")
    key("ctrl+s")
    shown(kutip, "No space left on device")
    kutip.kill()
    trouble.get_well()
    again = trouble.start()
    key("ctrl+s")
    wait_sidecar(trouble.article, lambda c: marked(c) == ["Menteri"])
    again.quit()


def an_export_to_a_full_disk_is_told_and_leaves_nothing():
    trouble = Trouble("write", "ENOSPC")
    trouble.env["KUTIP_FAULT"] = "write,1,ENOSPC,sticky,.kutip-stage-"
    kutip = Kutip(trouble.study, env=trouble.env)
    kutip.wait_opened("a.txt")
    mark(kutip, "Menteri")
    key("ctrl+s", "ctrl+shift+e")
    kutip.wait_find("push button", "Export")
    key("alt+e")
    shown(kutip, "No space left on device")
    assert os.listdir(trouble.folder) == ["faulty"], os.listdir(trouble.folder)
    trouble.only("a.txt", "a.txt.annotations.json")
    key("Escape")
    until("the dialog to close", lambda: not kutip.find("push button", "Export"))
    trouble.get_well()
    key("ctrl+shift+e")
    kutip.wait_find("push button", "Export")
    key("alt+e")
    kutip.wait_find("label", "1 article, 1 span, 0 relations in", seconds=20)
    key("Escape")
    kutip.quit()


def close_message(kutip, reason):
    kutip.wait_active(is_main=False)
    key("Escape")
    until("the message to go",
          lambda: not any(reason in n.get_name() for n in kutip.find_all("label")))


def wait_editor_closed(kutip):
    until("the editor to close", lambda: kutip.find("frame", "Tag Set") is None)


def titles(trouble):
    try:
        with open(os.path.join(trouble.study, "tagset.json"), encoding="utf-8") as file:
            return [label["title"] for label in json.load(file)["labels"]]
    except FileNotFoundError:
        return []


def a_tag_set_on_a_full_disk_is_told_and_the_next_save_succeeds():
    trouble = Trouble("write", "ENOSPC")
    kutip = trouble.start()
    key("shift+F4")
    kutip.wait_find("list item", "News attribution")
    key("ctrl+n")
    write("Topic")
    kutip.wait_find("list item", "Topic")
    for _ in range(2):
        key("ctrl+s")
        shown(kutip, "No space left on device")
        assert kutip.find("label", "The Tag Set Is Not Saved")
        trouble.only("a.txt")
        close_message(kutip, "No space left on device")
    # The editor stands as it was, its undo too.
    assert kutip.find("list item", "Topic")
    key("ctrl+z")
    kutip.wait_find("list item", "label-1")
    key("ctrl+shift+z")
    kutip.wait_find("list item", "Topic")
    trouble.get_well()
    key("ctrl+s")
    until("the tag set", lambda: "Topic" in titles(trouble))
    wait_editor_closed(kutip)
    kutip.wait_find("push button", "Topic")
    kutip.quit()
    trouble.only("a.txt", "tagset.json")


LABELS = [{"name": "speaker", "title": "Speaker", "key": "3"}]


def make_study(trouble):
    """Two articles with an annotation each; what stands in the study's files."""
    side = {
        "format": 1,
        "article": {"sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "length": len(TEXT)},
        "offsets": "unicode code points",
        "tagset": {"name": "Study", "version": "1"},
        "spans": [{"id": "s1", "label": "speaker", "ranges": [[0, 7]], "text": ["Menteri"]}],
        "relations": [],
    }
    tagset = {"format": 1, "name": "Study", "version": "1", "labels": LABELS}
    files = {"tagset.json": json.dumps(tagset), "b.txt": TEXT}
    for name in ("a.txt", "b.txt"):
        side["article"]["file"] = name
        files[name + ".annotations.json"] = json.dumps(side)
    for name, content in files.items():
        with open(os.path.join(trouble.study, name), "w", encoding="utf-8") as file:
            file.write(content)
    return read_study(trouble)


def read_study(trouble):
    content = {}
    for name in os.listdir(trouble.study):
        path = os.path.join(trouble.study, name)
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as file:
                content[name] = file.read()
    return content


def rename_label(kutip):
    key("shift+F4")
    kutip.wait_find("list item", "Study")
    key("Down", "Down", "Return", "Tab", "ctrl+a")
    write("person")
    key("ctrl+s")
    until("what changes", lambda: kutip.find("label", "2 annotations in 2 articles"))
    key("Return")


def a_tag_set_whose_annotations_follow_is_not_half_saved():
    trouble = Trouble("write", "ENOSPC")
    trouble.env["KUTIP_FAULT"] = "write,1,ENOSPC,sticky,.tagset.json.kutip-"
    before = make_study(trouble)
    kutip = trouble.start()
    rename_label(kutip)
    shown(kutip, "No space left on device")
    assert read_study(trouble) == before
    close_message(kutip, "No space left on device")
    trouble.get_well()
    key("ctrl+s")
    until("what changes", lambda: kutip.find("label", "2 annotations in 2 articles"))
    key("Return")
    shown(kutip, "The annotations of 2 articles follow")
    after = read_study(trouble)
    assert sorted(after) == sorted(before)
    assert all('"person"' in after[name] and '"speaker"' not in after[name]
               for name in after if name.endswith(".json")), after
    key("Escape")
    wait_editor_closed(kutip)
    kutip.quit()


def annotations_that_cannot_follow_are_told_and_all_is_taken_back():
    trouble = Trouble("write", "ENOSPC")
    trouble.env["KUTIP_FAULT"] = "write,1,ENOSPC,sticky,.b.txt.annotations.json.kutip-"
    before = make_study(trouble)
    kutip = trouble.start()
    rename_label(kutip)
    shown(kutip, "The annotations of 1 article follow")
    shown(kutip, "No space left on device")
    assert read_study(trouble)["b.txt.annotations.json"] == before["b.txt.annotations.json"]
    # Still on the full disk: what was before is there for it.
    key("alt+t")
    kutip.wait_find("push button", "Take Back")
    key("alt+t")
    until("what was before", lambda: read_study(trouble) == before)
    until("the record to go", lambda: not any(n.startswith(".kutip") for n in os.listdir(trouble.study)))
    kutip.wait_find("label", "are what they were")
    key("Escape")
    wait_editor_closed(kutip)
    kutip.quit()


NAMES = [
    b"two\nlines.txt",
    b"it's \"quoted\" \\ and `more`.txt",
    b"x" * 246 + b".txt",
    b"\xff\xfe caf\xe9.txt",
    b"<b>&amp;%s%n.txt",
]


def files_of_any_name_are_marked_and_saved():
    for name in NAMES:
        folder = tempfile.mkdtemp(prefix="kutip-strange-").encode()
        article = os.path.join(folder, name)
        with open(article, "w", encoding="utf-8") as file:
            file.write(TEXT)
        kutip = Kutip(os.fsdecode(article))
        kutip.wait_trace("opened ")
        mark(kutip, "Menteri")
        key("ctrl+s")

        def saved():
            names = [n for n in os.listdir(folder) if n.endswith(b".annotations.json")]
            if not names:
                return None
            with open(os.path.join(folder, names[0]), encoding="utf-8") as file:
                return marked(json.load(file)) == ["Menteri"]

        until(f"the sidecar of {name!r}", saved)
        kutip.quit()
        assert len(os.listdir(folder)) == 2, os.listdir(folder)
        with open(article, encoding="utf-8") as file:
            assert file.read() == TEXT


CASES = [
    a_full_disk_is_told_and_the_next_save_succeeds,
    a_disk_that_is_read_only_is_told_and_the_next_save_succeeds,
    a_disk_that_fails_at_the_last_step_is_told_and_the_next_save_succeeds,
    a_quota_that_is_used_up_is_told_and_the_next_save_succeeds,
    a_folder_that_one_may_not_write_into_is_told_and_the_next_save_succeeds,
    what_could_not_be_saved_is_there_after_a_crash,
    an_export_to_a_full_disk_is_told_and_leaves_nothing,
    a_tag_set_on_a_full_disk_is_told_and_the_next_save_succeeds,
    a_tag_set_whose_annotations_follow_is_not_half_saved,
    annotations_that_cannot_follow_are_told_and_all_is_taken_back,
    files_of_any_name_are_marked_and_saved,
]

if __name__ == "__main__":
    run_cases(CASES)
