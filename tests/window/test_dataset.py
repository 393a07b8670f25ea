#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""Datasets from the window: by keys, then by mouse. The folder is, to the byte, what the command line makes of
the same articles with the same options."""

import hashlib
import tempfile

from drive import *
from test_everywhere import click_in_dialog
from test_exchange import choose_format

TOOL = os.environ["KUTIP_TOOL"]
PUBLISHERS = ["Antara", "Tempo", "Kompas"]


def write_article(corpus, number, done):
    """With a quote of one annotator, and one of another."""
    text = f"Kata Putin, langkah {number} itu baik. Itu semua.\n"
    path = os.path.join(corpus, f"a{number:02}.txt")
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    for annotator, words in (("ani", "Putin"), ("budi", f"langkah {number}")):
        start = text.index(words)
        content = {
            "format": 1,
            "article": {
                "file": os.path.basename(path),
                "sha256": hashlib.sha256(text.encode()).hexdigest(),
                "length": len(text),
                "date": f"2023-{(number - 1) % 12 + 1:02}-15",
                "publisher": PUBLISHERS[number % len(PUBLISHERS)],
            },
            "offsets": "unicode code points",
            "annotator": annotator,
            "status": "done" if done else "in-progress",
            "spans": [
                {"id": "s1", "label": "source", "ranges": [[start, start + len(words)]], "text": [words]},
            ],
            "relations": [],
        }
        with open(f"{path}.{annotator}.annotations.json", "w", encoding="utf-8") as file:
            json.dump(content, file)


def open_folder(n=9, env=None):
    folder = tempfile.mkdtemp(prefix="kutip-dataset-")
    corpus = os.path.join(folder, "corpus")
    os.makedirs(corpus)
    for number in range(1, n + 1):
        write_article(corpus, number, done=number != 4)
    kutip = Kutip(corpus, env=env)
    kutip.wait_opened("a01.txt")
    return kutip, folder


def ask(kutip, format_letters):
    key("ctrl+shift+e")
    kutip.wait_find("push button", "Export")
    kutip.wait_active(is_main=False)
    choose_format(kutip, format_letters)
    key("alt+m")
    kutip.wait_find("label", "Only what is marked as done")


def fill(row_key, text):
    key(row_key, "ctrl+a")
    write(text)
    time.sleep(0.1)


def read_folder(path):
    found = {}
    for above, _, names in os.walk(path):
        for name in names:
            with open(os.path.join(above, name), "rb") as file:
                found[os.path.relpath(os.path.join(above, name), path)] = file.read()
    return found


def assert_as_tool_makes(folder, made, *options):
    wanted = os.path.join(folder, "wanted")
    subprocess.run(
        [TOOL, "export", "--quiet", "--from", "kutip", "-o", wanted, *options, os.path.join(folder, "corpus")],
        check=True,
        # What is lost and odd is told on standard error.
        capture_output=True,
    )
    one, other = read_folder(wanted), read_folder(made)
    assert sorted(one) == sorted(other), (sorted(one), sorted(other))
    assert "manifest.json" in one
    for name in one:
        assert one[name] == other[name], f"{name}:\n{one[name].decode()}\n{other[name].decode()}"


def shares_by_keys():
    kutip, folder = open_folder()
    target = os.path.join(folder, "corpus-dataset")
    ask(kutip, "Hugging Face")
    fill("alt+h", "70/20/10")
    fill("alt+d", "42")
    choose_from_list("alt+k", "Down")  # publisher
    choose_from_list("alt+u", "Down")  # label
    key("alt+y")
    choose_from_list("alt+x", "End")  # sentence
    fill("alt+s", "Kutipan")
    fill("alt+l", "cc-by-4.0")
    # Enter is the button's key.
    key("Return")
    kutip.wait_find("label", "1 article was left out.")
    assert kutip.find("label", "train: ")
    assert_as_tool_makes(
        folder,
        target,
        *("--to", "huggingface", "--split", "70/20/10", "--seed", "42", "--group-by", "publisher"),
        *("--stratify-by", "label", "--done-only", "--context", "sentence"),
        *("--title", "Kutipan", "--license", "cc-by-4.0"),
    )
    key("Escape")
    kutip.wait_active()

    # Next time the options are as they were, but a dataset is not made by itself, and what is there is not
    # written over.
    before = read_folder(target)
    ask(kutip, "Hugging Face")
    texts = [text_of(node) for node in kutip.find_all("text")]
    assert "70/20/10" in texts and "42" in texts and "Kutipan" in texts, texts
    fill("alt+d", "43")
    key("alt+e")
    kutip.wait_find("label", "There is something in this folder already.")
    assert read_folder(target) == before
    key("alt+r", "alt+e")
    kutip.wait_find("label", "1 article was left out.")
    assert b'"seed": 43' in read_folder(target)["manifest.json"]
    key("Escape")
    kutip.wait_active()
    kutip.quit()


def dates_and_one_layer_by_keys():
    kutip, folder = open_folder()
    ask(kutip, "CoNLL")
    choose_from_list("alt+a", "End")  # somebody else's
    key("alt+e")
    kutip.wait_find("label", "Say whose annotations they shall be.")
    write("budi")
    choose_from_list("alt+p", "Down")  # by date
    key("alt+e")
    kutip.wait_find("label", "Say on which day it begins, such as 2023-07-01.")
    # The row that is to blame has the focus.
    write("2023-08-01")
    fill("alt+d", "2023-13-01")
    key("alt+e")
    kutip.wait_find("label", "“2023-13-01” is no date such as 2023-07-01.")
    fill("alt+d", "2023-09-01")
    key("alt+e")
    kutip.wait_find("label", "The first date must be before the second.")
    assert os.listdir(folder) == ["corpus"], os.listdir(folder)
    fill("alt+d", "2023-06-01")
    key("alt+s")
    key("alt+e")
    kutip.wait_find("label", "test: 2 articles, 2 spans")
    assert_as_tool_makes(
        folder,
        os.path.join(folder, "corpus-dataset"),
        *("--to", "conll", "--split-by-date", "2023-06-01,2023-08-01", "--layer", "budi", "--bioes"),
    )
    key("Escape")
    kutip.wait_active()
    kutip.quit()


def what_is_wrong_can_be_put_right():
    kutip, folder = open_folder()
    ask(kutip, "one article a line")
    for shares in ("80/20/0", "half", ""):
        fill("alt+h", shares or " ")
        key("alt+e")
        kutip.wait_find("label", "Shares are two or three whole numbers above 0")
        fill("alt+h", "1/1")
        key("alt+d")
    fill("alt+d", "one")
    key("alt+e")
    kutip.wait_find("label", "The seed is a whole number from 0 on.")
    fill("alt+d", "18446744073709551615")
    choose_from_list("alt+k", "End")  # another field
    key("alt+e")
    kutip.wait_find("label", "Say which field it is.")
    # Known only when all articles are read: the form is there again, with the field to be put right.
    write("city")
    key("alt+e")
    kutip.wait_find("label", "no article says its “city”")
    assert os.listdir(folder) == ["corpus"], os.listdir(folder)
    key("ctrl+a")
    write("publisher")
    until("nothing to be wrong", lambda: not kutip.find("label", "no article says its “city”"))
    # Enter still is the button's key.
    key("Return")
    kutip.wait_find("label", "test: ")
    assert_as_tool_makes(
        folder,
        os.path.join(folder, "corpus-dataset"),
        *("--to", "jsonl", "--split", "1/1", "--seed", "18446744073709551615", "--group-by", "publisher"),
    )
    key("Escape")
    kutip.wait_active()
    kutip.quit()


def a_dataset_by_mouse():
    kutip, folder = open_folder(3)
    key("ctrl+shift+e")
    kutip.wait_find("label", "Keeps everything")
    assert not kutip.find("label", "Shares of training")
    click_in_dialog(kutip, "label", "Make a dataset")
    kutip.wait_find("label", "Shares of training")
    click_in_dialog(kutip, "push button", "Export")
    kutip.wait_find("label", "train: 1 article, 2 spans")
    assert_as_tool_makes(folder, os.path.join(folder, "corpus-dataset"), "--to", "kutip", "--split", "80/10/10")
    click_in_dialog(kutip, "push button", "Close")
    kutip.quit()


CASES = [
    shares_by_keys,
    dates_and_one_layer_by_keys,
    what_is_wrong_can_be_put_right,
    a_dataset_by_mouse,
]

if __name__ == "__main__":
    run_cases(CASES)
