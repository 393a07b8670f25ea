#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person's files can be like: legacy encodings, broken and newer neighbours, somebody else who
writes at the same time. Nothing is lost, and the window says what happened."""

import tempfile

from drive import *

TEXT = "Menteri mengatakan harga beras turun.\nPedagang membantah.\n"


def make(**files):
    folder = tempfile.mkdtemp(prefix="kutip-files-")
    for name, content in files.items():
        path = os.path.join(folder, name.replace("__", "."))
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
    return folder


def start(folder, name="a.txt"):
    article = os.path.join(folder, name)
    kutip = Kutip(article)
    kutip.wait_opened(name)
    return kutip, article


def mark_first_word(kutip, label_key="3"):
    kutip.select_text("Menteri")
    key(label_key)


def shown(kutip, words, seconds=10):
    """A label with these words, anywhere in the window."""

    def look():
        return any(words in n.get_name() for n in kutip.find_all("label"))

    until(f"“{words}” in the window", look, seconds)


def a_legacy_encoding_is_found_and_recorded():
    folder = make(a__txt="Der Präsident erklärte, die Straße sei für längere Zeit gesperrt.\nMenteri\n".encode("windows-1252"))
    kutip, article = start(folder)
    assert text_of(kutip.article()).startswith("Der Präsident erklärte, die Straße")
    mark_first_word(kutip)
    content = wait_sidecar(article, lambda c: c["spans"])
    assert content["article"]["encoding"].lower() in ("windows-1252", "iso-8859-1", "iso-8859-15")
    assert content["spans"][0]["text"] == ["Menteri"]
    kutip.quit()


def what_is_no_text_is_refused_with_a_reason():
    folder = make(a__txt=b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    kutip = Kutip(os.path.join(folder, "a.txt"))
    shown(kutip, "PDF")
    kutip.kill()


def a_broken_tag_set_gives_the_default_and_says_so():
    folder = make(a__txt=TEXT, tagset__json='{"format": 1, "name": "x", "labels": [}')
    kutip, article = start(folder)
    shown(kutip, "tagset.json")
    mark_first_word(kutip)
    content = wait_sidecar(article, lambda c: c["spans"])
    assert content["tagset"]["name"] == "News attribution"
    kutip.quit()


def an_own_tag_set_has_its_own_keys():
    folder = make(
        a__txt=TEXT,
        tagset__json=json.dumps(
            {
                "format": 1,
                "name": "Actors",
                "version": "3",
                "labels": [{"name": "actor", "title": "Actor", "key": "a", "color": "#0072b2"}],
                "attributes": [],
                "relations": [],
                "article_attributes": [],
            }
        ),
    )
    kutip, article = start(folder)
    mark_first_word(kutip, "a")
    content = wait_sidecar(article, lambda c: c["spans"])
    assert content["spans"][0]["label"] == "actor"
    assert content["tagset"] == {"name": "Actors", "version": "3"}
    kutip.quit()


def a_broken_sidecar_is_kept_beside_the_new_one():
    broken = '{"format": 1, "article": {"file": "a.txt", "sha'
    folder = make(a__txt=TEXT, a__txt__annotations__json=broken)
    kutip, article = start(folder)
    shown(kutip, "annotations.json")
    mark_first_word(kutip)
    wait_sidecar_when_valid(article)
    kutip.quit()
    kept = [n for n in os.listdir(folder) if n not in ("a.txt", "a.txt.annotations.json")]
    assert any(open(os.path.join(folder, n)).read() == broken for n in kept), os.listdir(folder)


def wait_sidecar_when_valid(article):
    def valid():
        try:
            content = sidecar(article)
        except ValueError:
            return None
        return content if content and content["spans"] else None

    return until("a sidecar that can be read", valid)


def a_newer_sidecar_is_read_only():
    newer = json.dumps({"format": 99, "article": {"file": "a.txt", "sha256": "0" * 64, "length": 5},
                        "offsets": "unicode code points", "tagset": {"name": "x", "version": "1"},
                        "spans": [], "relations": []})
    folder = make(a__txt=TEXT, a__txt__annotations__json=newer)
    kutip, article = start(folder)
    kutip.select_text("Menteri")
    key("3")
    time.sleep(1.5)
    kutip.quit()
    assert open(f"{article}.annotations.json").read() == newer


def somebody_elses_change_is_never_overwritten():
    folder = make(a__txt=TEXT)
    kutip, article = start(folder)
    mark_first_word(kutip)
    content = wait_sidecar(article, lambda c: c["spans"])
    theirs = dict(content, note="written by somebody else")
    path = f"{article}.annotations.json"
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(theirs, file)
    os.rename(path + ".new", path)
    kutip.select_text("Pedagang")
    key("3")
    key("ctrl+s")

    def both_there():
        names = [n for n in os.listdir(folder) if "conflict" in n]
        if not names:
            return None
        ours = json.load(open(os.path.join(folder, names[0]), encoding="utf-8"))
        return {s["text"][0] for s in ours["spans"]} == {"Menteri", "Pedagang"}

    until("our version beside theirs", both_there)
    assert json.load(open(path, encoding="utf-8"))["note"] == "written by somebody else"
    kutip.kill()


def a_folder_that_went_away_loses_nothing():
    folder = make(a__txt=TEXT)
    kutip, article = start(folder)
    os.rename(folder, folder + "-away")
    mark_first_word(kutip)
    key("ctrl+s")
    shown(kutip, "saved")  # "could not be saved", in whatever words
    kutip.kill()
    assert not os.path.exists(folder)
    os.rename(folder + "-away", folder)
    again = Kutip(article)
    again.wait_opened("a.txt")
    key("ctrl+s")
    wait_sidecar(article, lambda c: [s["text"] for s in c["spans"]] == [["Menteri"]])
    again.quit()


def marks_move_with_a_changed_text():
    folder = make(a__txt=TEXT)
    kutip, article = start(folder)
    kutip.select_text("Pedagang")
    key("3")
    wait_sidecar(article, lambda c: c["spans"])
    kutip.quit()
    with open(article, "w", encoding="utf-8") as file:
        file.write("Kabar hari ini.\n" + TEXT)
    kutip, article = start(folder)
    key("ctrl+s")
    kutip.select_text("Menteri")
    key("3")
    content = wait_sidecar(article, lambda c: len(c["spans"]) == 2)
    with open(article, encoding="utf-8", newline="") as file:
        text = file.read()
    for span in content["spans"]:
        (start_, end), = span["ranges"]
        assert [text[start_:end]] == span["text"]
    kutip.quit()


run_cases(
    [
        a_legacy_encoding_is_found_and_recorded,
        what_is_no_text_is_refused_with_a_reason,
        a_broken_tag_set_gives_the_default_and_says_so,
        an_own_tag_set_has_its_own_keys,
        a_broken_sidecar_is_kept_beside_the_new_one,
        a_newer_sidecar_is_read_only,
        somebody_elses_change_is_never_overwritten,
        a_folder_that_went_away_loses_nothing,
        marks_move_with_a_changed_text,
    ]
)
