#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an article's surroundings can be like: its folder is moved while something is not saved, its name is there in
another form, home folders are missing, the program is stopped in the middle of saving, or a newer one is at work in the
same folder. Nothing is lost, and the window says what happened."""

import shutil
import tempfile
import unicodedata

from accessible import find_address
from drive import *
from test_full_disk import TEXT, mark, marked, shown

NEWER = {"format": 99, "article": {"file": "a.txt", "sha256": "0" * 64, "length": 5},
         "offsets": "unicode code points", "tagset": {"name": "x", "version": "1"}, "spans": [], "relations": []}


def write_file(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(content if isinstance(content, str) else json.dumps(content))


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def make(*names):
    """A folder with a study in it, which has these articles."""
    folder = tempfile.mkdtemp(prefix="kutip-moved-")
    for name in names or ["a.txt"]:
        write_file(os.path.join(folder, "study", name), TEXT)
    return folder, os.path.join(folder, "study", (names or ["a.txt"])[0])


def start(article, **how):
    kutip = Kutip(article, **how)
    kutip.wait_opened(os.path.basename(article))
    return kutip


def journals(suffix):
    folder = os.path.join(os.environ["XDG_STATE_HOME"], "kutip", "journal")
    return {n for n in os.listdir(folder) if n.endswith(suffix)} if os.path.exists(folder) else set()


def move_with_unsaved_work():
    """The article's new place, with the window still open at the old one, where saving has failed."""
    folder, article = make()
    kutip = start(article)
    mark(kutip, "Menteri")
    wait_sidecar(article, lambda c: marked(c) == ["Menteri"])
    os.rename(os.path.join(folder, "study"), os.path.join(folder, "renamed"))
    mark(kutip, "Pedagang")
    key("ctrl+s")
    shown(kutip, "not saved")
    assert os.listdir(folder) == ["renamed"], os.listdir(folder)
    return kutip, article, os.path.join(folder, "renamed", "a.txt")


def answer(kutip, name):
    """Goes to a button of the dialog that asks, and presses it."""
    kutip.wait_find("push button", name)
    kutip.wait_active(is_main=False)

    def is_there():
        key("Tab")
        return any(name in b.get_name() and b.has_state("FOCUSED") for b in kutip.find_all("push button"))

    until(f"the focus on {name}", is_there)
    key("Return")


def assert_restored(article):
    kutip = start(article)
    shown(kutip, "Unsaved work was restored.")
    wait_sidecar(article, lambda c: marked(c) == ["Menteri", "Pedagang"], what="all of it")
    key("ctrl+z")
    wait_sidecar(article, lambda c: marked(c) == ["Menteri"], what="one step less")
    kutip.quit()


def work_is_there_where_its_folder_was_moved():
    kutip, article, new = move_with_unsaved_work()
    key("ctrl+q")
    answer(kutip, "Close Anyway")
    until("the window to close", lambda: kutip.process.poll() is not None)
    # Nothing is made up at the old place.
    kutip = Kutip(article)
    shown(kutip, "does not exist")
    kutip.wait_active(is_main=False)
    key("Escape")
    kutip.wait_active()
    kutip.quit()
    assert not os.path.exists(os.path.dirname(article))
    assert_restored(new)


def work_is_there_where_its_folder_was_moved_after_a_crash():
    kutip, article, new = move_with_unsaved_work()
    kutip.kill()
    assert_restored(new)
    assert not os.path.exists(os.path.dirname(article))


def work_is_there_when_the_new_place_is_opened_in_its_window():
    kutip, _, new = move_with_unsaved_work()
    kutip.wait_active()
    key("ctrl+o")
    kutip.wait_active(title="Open Articles")
    key("ctrl+l")
    (field,) = until("a field for the name", lambda: [f for f in kutip.find_all("text") if f.has_state("FOCUSED")])
    put_path(field, new)
    key("Return")
    answer(kutip, "Open Anyway")
    until("all of it", lambda: marked(sidecar(new)) == ["Menteri", "Pedagang"], 30)
    kutip.quit()


def a_copy_does_not_get_the_work_of_another():
    kutip, article, new = move_with_unsaved_work()
    kutip.kill()
    copy = os.path.join(os.path.dirname(os.path.dirname(new)), "copy")
    shutil.copytree(os.path.dirname(new), copy)
    kutip = start(os.path.join(copy, "a.txt"))
    kutip.wait_find("label", "1 span")
    kutip.quit()
    assert marked(sidecar(os.path.join(copy, "a.txt"))) == ["Menteri"]
    assert_restored(new)


def work_is_there_where_its_folder_was_moved_to_another_disk():
    """It may be a copy that somebody made on purpose: it is told where the work was done, and undone with one key."""
    kutip, article, moved = move_with_unsaved_work()
    kutip.kill()
    disk = tempfile.mkdtemp(prefix="kutip-disk-")
    new = os.path.join(shutil.copytree(os.path.dirname(moved), os.path.join(disk, "study")), "a.txt")
    shutil.rmtree(os.path.dirname(moved))
    shim = {"LD_PRELOAD": preload(os.environ["KUTIP_OTHER_DISK_SHIM"]), "KUTIP_OTHER_DISK": disk}
    kutip = start(new, env=shim)
    shown(kutip, f"done on another disk, in “{article}”")
    wait_sidecar(new, lambda c: marked(c) == ["Menteri", "Pedagang"], what="all of it")
    key("ctrl+z")
    wait_sidecar(new, lambda c: marked(c) == ["Menteri"], what="one step less")
    kutip.quit()
    shutil.rmtree(disk)


def names_in_two_forms_are_two_articles():
    """A letter with its accent, and a letter followed by its accent: for some systems one name, here two."""
    names = [unicodedata.normalize(form, "é.txt") for form in ("NFC", "NFD")]
    folder, _ = make(*names)
    study = os.path.join(folder, "study")
    for name, words in zip(names, ["Menteri", "Pedagang"]):
        kutip = start(os.path.join(study, name))
        mark(kutip, words)
        wait_sidecar(os.path.join(study, name), lambda c: marked(c) == [words])
        kutip.quit()
    assert [marked(sidecar(os.path.join(study, name))) for name in names] == [["Menteri"], ["Pedagang"]]
    assert len(os.listdir(study)) == 4, os.listdir(study)


def broken_surroundings():
    """Each without one thing that a program may count on."""
    nowhere = "/proc/nowhere"
    # GTK calls it critical that it cannot keep its list of recent files.
    forgiving = {"G_DEBUG": ""}
    yield {"HOME": nowhere}, False
    yield {"HOME": ""}, False
    yield {"XDG_CACHE_HOME": nowhere}, False
    yield {"XDG_CONFIG_HOME": nowhere}, False
    yield {"XDG_DATA_HOME": nowhere, **forgiving}, False
    yield {"TMPDIR": nowhere}, False
    yield {"XDG_STATE_HOME": nowhere}, True
    everything = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "TMPDIR")
    yield {**dict.fromkeys(everything, nowhere), **forgiving}, True


def without_its_folders_it_works_and_says_what_is_missing():
    for environment, tells in broken_surroundings():
        _, article = make()
        kutip = start(article, env=environment)
        if tells:
            shown(kutip, "There is no recovery file for this article")
        mark(kutip, "Menteri")
        wait_sidecar(article, lambda c: marked(c) == ["Menteri"], what=f"the sidecar with {environment}")
        kutip.quit()
        assert len(os.listdir(os.path.dirname(article))) == 2, os.listdir(os.path.dirname(article))


def stop_in_saving(article):
    """Just before the new version takes the old one's place."""
    log = article + "-stopped"
    name = os.path.basename(article) + ".annotations.json"
    kutip = start(article, env={"LD_PRELOAD": preload(os.environ["KUTIP_FAULT_SHIM"]),
                                "KUTIP_FAULT": f"rename,1,SIGSTOP,signal,{name}", "KUTIP_FAULT_LOG": log})
    mark(kutip, "Menteri")
    until("the program to be stopped", lambda: os.path.exists(log) and is_stopped(kutip))
    os.remove(log)
    return kutip


def is_stopped(kutip):
    with open(f"/proc/{kutip.process.pid}/stat", encoding="utf-8") as file:
        return file.read().rsplit(")", 1)[1].split()[0] == "T"


class OtherSession:
    """Where there is no other window to be told, but a screen reader all the same."""

    def __enter__(self):
        words = ["dbus-daemon", "--session", "--nofork", "--print-address"]
        self.bus = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return {"DBUS_SESSION_BUS_ADDRESS": self.bus.stdout.readline().strip(), "AT_SPI_BUS_ADDRESS": find_address()}

    def __exit__(self, *_):
        self.bus.kill()
        self.bus.wait()


def go_on(kutip):
    kutip.process.send_signal(signal.SIGCONT)


def a_second_program_waits_for_one_that_is_stopped():
    _, article = make()
    first = stop_in_saving(article)
    with OtherSession() as environment:
        second = start(article, env=environment)
        shown(second, "is open in another window or program")
        second.select_text("Pedagang")
        key("3", "ctrl+s")
        second.quit()
    assert sidecar(article) is None
    go_on(first)
    wait_sidecar(article, lambda c: marked(c) == ["Menteri"])
    first.wait_active()
    first.quit()
    assert sorted(os.listdir(os.path.dirname(article))) == ["a.txt", "a.txt.annotations.json"]


def what_another_computer_saved_meanwhile_stays():
    """It knows nothing of the journals here."""
    _, article = make()
    first = stop_in_saving(article)
    with OtherSession() as environment:
        second = start(article, env={**environment, "XDG_STATE_HOME": tempfile.mkdtemp(prefix="kutip-moved-")})
        mark(second, "Pedagang")
        wait_sidecar(article, lambda c: marked(c) == ["Pedagang"])
        second.quit()
    go_on(first)
    beside = article + ".conflict-1.annotations.json"
    until("the other version beside it", lambda: os.path.exists(beside))
    shown(first, "Somebody else has changed the annotations")
    first.wait_active()
    first.quit()
    assert marked(sidecar(article)) == ["Pedagang"]
    assert marked(json.loads(read(beside))) == ["Menteri"]
    assert len(os.listdir(os.path.dirname(article))) == 3


def annotations_of_a_newer_program_stay_as_they_are():
    _, article = make()
    kutip = start(article)
    mark(kutip, "Menteri")
    wait_sidecar(article, lambda c: marked(c) == ["Menteri"])
    write_file(article + ".annotations.json.new", NEWER)
    os.rename(article + ".annotations.json.new", article + ".annotations.json")
    mark(kutip, "Pedagang")
    key("ctrl+s")
    shown(kutip, "Somebody else has changed the annotations")
    kutip.quit()
    assert json.loads(read(article + ".annotations.json")) == NEWER
    assert marked(json.loads(read(article + ".conflict-1.annotations.json"))) == ["Menteri", "Pedagang"]


def a_tag_set_of_a_newer_program_is_told_and_stays():
    _, article = make()
    tagset = os.path.join(os.path.dirname(article), "tagset.json")
    labels = [{"name": "speaker", "title": "Speaker", "key": "3", "color": "#0072b2"}]
    older = {"format": 1, "name": "Study", "version": "1", "labels": labels}
    newer = dict(older, format=99, name="Newer study")
    write_file(tagset, older)
    kutip = start(article)
    mark(kutip, "Menteri")
    wait_sidecar(article, lambda c: marked(c) == ["Menteri"])
    write_file(tagset + ".new", newer)
    os.rename(tagset + ".new", tagset)
    shown(kutip, "tagset.json")
    mark(kutip, "Pedagang")
    wait_sidecar(article, lambda c: marked(c) == ["Menteri", "Pedagang"])
    kutip.quit()
    assert json.loads(read(tagset)) == newer
    assert [s["label"] for s in sidecar(article)["spans"]] == ["speaker"] * 2


def the_journal_of_a_newer_program_is_kept():
    _, article = make()
    before = journals(".jsonl")
    kutip = start(article)
    mark(kutip, "Menteri")
    wait_sidecar(article, lambda c: marked(c) == ["Menteri"])
    kutip.quit()
    (name,) = journals(".jsonl") - before
    path = os.path.join(os.environ["XDG_STATE_HOME"], "kutip", "journal", name)
    content = read(path).replace('{"journal": 1', '{"journal": 99', 1)
    write_file(path, content)
    kutip = start(article)
    shown(kutip, "It was written by a newer version of Kutip.")
    mark(kutip, "Pedagang")
    wait_sidecar(article, lambda c: marked(c) == ["Menteri", "Pedagang"])
    kutip.quit()
    assert read(path + ".aside-1") == content


CASES = [
    work_is_there_where_its_folder_was_moved,
    work_is_there_where_its_folder_was_moved_after_a_crash,
    work_is_there_when_the_new_place_is_opened_in_its_window,
    a_copy_does_not_get_the_work_of_another,
    work_is_there_where_its_folder_was_moved_to_another_disk,
    names_in_two_forms_are_two_articles,
    without_its_folders_it_works_and_says_what_is_missing,
    a_second_program_waits_for_one_that_is_stopped,
    what_another_computer_saved_meanwhile_stays,
    annotations_of_a_newer_program_stay_as_they_are,
    a_tag_set_of_a_newer_program_is_told_and_stays,
    the_journal_of_a_newer_program_is_kept,
]

if __name__ == "__main__":
    run_cases([case for case in CASES if not sys.argv[1:] or case.__name__ in sys.argv[1:]])
