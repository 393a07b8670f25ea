#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""Import and export from the window: by keys, then by mouse; what is written is what the command line writes."""

import csv
import tempfile

from drive import *
from test_everywhere import click_in_dialog

TEXT = "Kata Putin, langkah itu baik.\n"
BRAT = "T1\tSource 5 10\tPutin\nT2\tQuote 12 28\tlangkah itu baik\nA1\tCertainty T2 high\n"


def open_folder(**texts):
    folder = tempfile.mkdtemp(prefix="kutip-exchange-")
    corpus = os.path.join(folder, "corpus")
    os.makedirs(corpus)
    for name, text in {"a": TEXT, **texts}.items():
        with open(os.path.join(corpus, f"{name}.txt"), "w", encoding="utf-8", newline="") as file:
            file.write(text)
    kutip = Kutip(corpus)
    kutip.wait_opened("a.txt")
    return kutip, folder


def list_titles():
    """Of the formats that are written, in the order in which they are offered."""
    told = subprocess.run([os.environ["KUTIP_TOOL"], "formats", "--json"], check=True, capture_output=True)
    return [format["title"] for format in json.loads(told.stdout)["formats"] if format["writes"]]


def choose_format(kutip, letters):
    """In the list of formats, which the keyboard moves in; the row says which one it is."""
    place = next(i for i, title in enumerate(list_titles()) if letters in title)
    choose_from_list("alt+f", "Home", *["Down"] * place)
    kutip.wait_find("label", letters)


def read_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def all_articles_are_exported_by_keys():
    kutip, folder = open_folder(b="=SUM(A1) kata Putin.\n")
    target = os.path.join(folder, "corpus.csv")
    kutip.select_text("Putin")
    # At once: what is not on the disk yet is saved first.
    key("3", "ctrl+shift+e")
    kutip.wait_find("push button", "Export")
    kutip.wait_active(is_main=False)
    choose_format(kutip, "comma-separated")
    kutip.wait_find("label", "Does not keep: ")
    kutip.wait_find("label", "Safe for spreadsheets")
    key("alt+e")
    kutip.wait_find("label", "2 articles, 1 span, 0 relations in")
    until("the table", lambda: os.path.exists(target))
    rows = read_rows(target)
    assert [(r["path"], r["label"], r["start"], r["end"], r["text"]) for r in rows] == [
        ("a.txt", "source", "5", "10", "Putin")
    ], rows
    key("Return")
    kutip.wait_active()

    # What is there is not written over without being asked.
    before = os.stat(target).st_mtime_ns
    key("ctrl+shift+e")
    kutip.wait_find("push button", "Export")
    kutip.wait_active(is_main=False)
    choose_format(kutip, "comma-separated")
    key("alt+e")
    kutip.wait_find("label", "There is a file of this name already.")
    assert os.stat(target).st_mtime_ns == before
    key("alt+r", "alt+e")
    kutip.wait_find("label", "2 articles, 1 span, 0 relations in")
    assert os.stat(target).st_mtime_ns != before
    key("Escape")
    kutip.wait_active()
    kutip.quit()


def what_is_lost_is_listed_and_can_be_saved():
    kutip, folder = open_folder()
    report = os.path.join(folder, "report.json")
    kutip.select_text("Putin")
    key("3", "u")
    wait_sidecar(os.path.join(folder, "corpus", "a.txt"), lambda c: c["spans"])
    key("ctrl+shift+e")
    kutip.wait_find("push button", "Export")
    kutip.wait_active(is_main=False)
    choose_format(kutip, "CoNLL")
    key("alt+e")
    kutip.wait_find("label", "Done, with losses")
    kutip.wait_find("label", "Lost: marks of being unsure (1)")
    kutip.wait_find("label", "a.txt  s1")
    key("alt+s")
    kutip.name_file("Save the Report", report)
    until("the report", lambda: os.path.exists(report))
    with open(report, encoding="utf-8") as file:
        assert '"unsure"' in file.read()
    kutip.wait_find("label", "The report is in")
    key("Escape")
    kutip.wait_active()
    kutip.quit()


def each_format_has_its_options():
    kutip, folder = open_folder(b="🤝 kata Putin.\n")
    kutip.select_text("Putin")
    key("3")
    wait_sidecar(os.path.join(folder, "corpus", "a.txt"), lambda c: c["spans"])
    key("ctrl+shift+e")
    kutip.wait_find("push button", "Export")
    kutip.wait_active(is_main=False)
    choose_format(kutip, "CoNLL-U")
    kutip.wait_find("label", "BIOES instead of BIO")
    assert not kutip.find("label", "A column for each label")
    choose_format(kutip, "doccano")
    kutip.wait_find("label", "Offsets count")
    assert not kutip.find("label", "BIOES instead of BIO")
    kutip.wait_find("label", "Names of labels")
    choose_from_list("alt+s", "Down")
    kutip.wait_find("label", "Code points")
    key("alt+e")
    kutip.wait_find("label", "2 articles, 1 span, 0 relations in")
    with open(os.path.join(folder, "corpus.jsonl"), encoding="utf-8") as file:
        units = {json.loads(line)["offset_unit"] for line in file}
    assert units == {"code-points"}, units
    key("Escape")
    kutip.wait_active()
    kutip.quit()


def make_brat(folder):
    source = os.path.join(folder, "brat")
    os.makedirs(source)
    for name, content in (("x.txt", TEXT), ("x.ann", BRAT), ("bad.txt", TEXT), ("bad.ann", "T1\tQuote 5 999\tPutin\n")):
        with open(os.path.join(source, name), "w", encoding="utf-8", newline="") as file:
            file.write(content)
    return source


def a_folder_is_imported_by_keys_and_opened():
    kutip, folder = open_folder()
    source = make_brat(folder)
    key("ctrl+alt+i")
    kutip.wait_find("push button", "Import")
    kutip.wait_active(is_main=False)
    write(source)
    until("a place for it", lambda: kutip.find("text", "Into") or kutip.find("label", "Into"))
    key("Return")
    kutip.wait_find("push button", "Open the Folder")
    kutip.wait_find("label", "Odd: what has no place in the text (1)")
    kutip.wait_active(is_main=False)
    key("Return")
    kutip.wait_opened("bad.txt")
    content = sidecar(os.path.join(source + "-kutip", "x.txt"))
    assert [(s["label"], s["text"]) for s in content["spans"]] == [
        ("Source", ["Putin"]),
        ("Quote", ["langkah itu baik"]),
    ], content
    assert sorted(os.listdir(source)) == ["bad.ann", "bad.txt", "x.ann", "x.txt"]
    kutip.quit()


def several_are_imported_at_once():
    kutip, folder = open_folder()
    source = make_brat(folder)
    other = os.path.join(folder, "other")
    os.makedirs(other)
    for name, content in (("y.txt", TEXT), ("y.ann", BRAT)):
        with open(os.path.join(other, name), "w", encoding="utf-8", newline="") as file:
            file.write(content)
    key("ctrl+alt+i")
    kutip.wait_find("push button", "Import")
    kutip.wait_active(is_main=False)
    write(source)
    # Where one is named there is a row for the next.
    until("a row for another", lambda: kutip.find("text", "And from") or kutip.find("label", "And from"))
    key("Tab", "Tab")
    write(other)
    until("the other folder there", lambda: other in [text_of(node) for node in kutip.find_all("text")])
    key("Return")
    kutip.wait_find("push button", "Open the Folder")
    made = {name for _, _, names in os.walk(source + "-kutip") for name in names}
    assert {"x.txt", "x.txt.annotations.json", "y.txt", "y.txt.annotations.json"} <= made, made
    key("Escape")
    kutip.wait_active()
    kutip.quit()


def the_dialog_is_answered_by_mouse():
    kutip, folder = open_folder()
    kutip.select_text("Putin")
    key("3")
    wait_sidecar(os.path.join(folder, "corpus", "a.txt"), lambda c: c["spans"])
    key("ctrl+shift+e")
    kutip.wait_find("label", "Keeps everything")
    kutip.wait_active(is_main=False)
    # The chooser is called as its row is, without the mark of its key.
    click_in_dialog(kutip, "push button", "Choose a file or folder")
    until("the chooser", lambda: visible_windows("^Into$"))
    key("Escape")
    until("no chooser", lambda: not visible_windows("^Into$"))
    click_in_dialog(kutip, "push button", "Export")
    kutip.wait_find("label", "1 article, 1 span, 0 relations in")
    copy = sidecar(os.path.join(folder, "a.txt-kutip", "a.txt"))
    assert [s["text"] for s in copy["spans"]] == [["Putin"]], copy
    click_in_dialog(kutip, "push button", "Close")
    kutip.wait_active()
    kutip.quit()


def ask_for_export(kutip, format_letters):
    key("ctrl+shift+e")
    kutip.wait_find("push button", "Export")
    kutip.wait_active(is_main=False)
    choose_format(kutip, format_letters)


def has_unfolded(kutip):
    """The rows below “More options” are there all the same while they are folded away."""
    rows = kutip.find_all("list item", "More options")
    return any(row.has_state("EXPANDED") for row in rows)


def name_file(kutip, row, path):
    """In the row that a choice of a file has brought, and that the keys go to by themselves."""
    entry = kutip.wait_find("text", row)

    def takes_keys():
        key("x")
        return "x" in text_of(entry)

    until(f"the keys to go to {row!r}", takes_keys)
    key("ctrl+a")
    write(path)


def write_json(folder, name, content):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(content if isinstance(content, str) else json.dumps(content))
    return path


def run_tool(*arguments):
    subprocess.run([os.environ["KUTIP_TOOL"], *arguments], check=True, capture_output=True)


def mark_source(kutip, folder):
    kutip.select_text("Putin")
    key("3")
    wait_sidecar(os.path.join(folder, "corpus", "a.txt"), lambda c: c["spans"])


def a_map_of_ones_own_renames():
    kutip, folder = open_folder(b="Itu saja.\n")
    mark_source(kutip, folder)
    good = write_json(folder, "names.json", {"labels": {"source": "Sumber"}})
    bad = write_json(folder, "bad.json", '{"labels":\n {"source" "Sumber"}}')
    target = os.path.join(folder, "corpus.jsonl")
    ask_for_export(kutip, "one article a line")
    choose_from_list("alt+n", "End")  # a file
    key("alt+e")
    kutip.wait_find("label", "Say which file has the names.")
    for path, reason in ((os.path.join(folder, "none.json"), "There is no file"), (bad, "bad.json: line 2")):
        name_file(kutip, "File of the map", path)
        key("alt+e")
        kutip.wait_find("label", reason)
        assert sorted(os.listdir(folder)) == ["bad.json", "corpus", "names.json"], os.listdir(folder)
    name_file(kutip, "File of the map", good)
    key("Return")
    kutip.wait_find("label", "2 articles, 1 span")
    wanted = os.path.join(folder, "wanted.jsonl")
    run_tool("convert", "--from", "kutip", "--to", "jsonl", "--map", good, "-o", wanted, os.path.join(folder, "corpus"))
    with open(target, "rb") as made, open(wanted, "rb") as other:
        content = made.read()
        assert content == other.read() and b"Sumber" in content, content
    key("Escape")
    kutip.wait_active()
    # Next time it is as it was; what it says counts then, too.
    ask_for_export(kutip, "one article a line")
    kutip.wait_find("text", "File of the map")
    assert good in [text_of(node) for node in kutip.find_all("text")]
    choose_from_list("alt+n", "Home")
    until("no row for it", lambda: not kutip.find("text", "File of the map"))
    key("Escape")
    kutip.wait_active()
    kutip.quit()


def what_must_not_be_lost_is_not_written():
    kutip, folder = open_folder(b="Itu saja.\n")
    mark_source(kutip, folder)
    key("u")
    wait_sidecar(os.path.join(folder, "corpus", "a.txt"), lambda c: c["spans"][0].get("unsure"))
    ask_for_export(kutip, "CoNLL-U")
    assert not has_unfolded(kutip)
    key("alt+o")
    until("more options", lambda: has_unfolded(kutip))
    key("alt+q", "alt+e")
    kutip.wait_find("label", "Nothing was written")
    kutip.wait_find("label", "Lost: marks of being unsure (1)")
    assert os.listdir(folder) == ["corpus"], os.listdir(folder)
    key("Escape")
    kutip.wait_active()
    # A dataset as well, which lists it and does not only ask again; that it is required was kept, and shows.
    ask_for_export(kutip, "CoNLL-U")
    until("more options", lambda: has_unfolded(kutip))
    key("alt+m")
    kutip.wait_find("label", "Only what is marked as done")
    key("alt+e")
    kutip.wait_find("label", "Nothing was written")
    kutip.wait_find("label", "Lost: marks of being unsure (1)")
    assert os.listdir(folder) == ["corpus"], os.listdir(folder)
    key("Escape")
    kutip.wait_active()
    kutip.quit()


def each_annotator_gets_a_file():
    kutip, folder = open_folder(b="Itu saja.\n")
    mark_source(kutip, folder)
    ask_for_export(kutip, "doccano")
    kutip.wait_find("label", "A file for each annotator")
    key("alt+l")
    target = os.path.join(folder, "corpus-doccano")
    until("a folder", lambda: target in [text_of(node) for node in kutip.find_all("text")])
    key("alt+e")
    kutip.wait_find("label", "2 articles, 1 span")
    wanted = os.path.join(folder, "wanted")
    run_tool(
        *("convert", "--from", "kutip", "--to", "doccano", "--annotator-files", "-o", wanted),
        os.path.join(folder, "corpus"),
    )
    assert sorted(os.listdir(target)) == sorted(os.listdir(wanted)), os.listdir(target)
    key("Escape")
    kutip.wait_active()
    kutip.quit()


def an_import_takes_a_tag_set_and_stops_at_what_cannot_be_read():
    kutip, folder = open_folder()
    source = make_brat(folder)
    target = source + "-kutip"
    with open(os.path.join(source, "bad.ann"), "w", encoding="utf-8") as file:
        file.write("T1\tQuote 5 10\t\x00Putin\n")
    tagset = write_json(
        folder, "mine.json", {"format": 1, "name": "Mine", "labels": [{"name": "Quote"}, {"name": "Source"}]}
    )
    key("ctrl+alt+i")
    kutip.wait_find("push button", "Import")
    kutip.wait_active(is_main=False)
    write(source)
    until("a place for it", lambda: target in [text_of(node) for node in kutip.find_all("text")])
    key("alt+o")
    until("more options", lambda: has_unfolded(kutip))
    choose_from_list("alt+g", "End")  # a file
    name_file(kutip, "File of the tag set", source)
    key("Return")
    kutip.wait_find("label", f"“{source}” cannot be read")
    assert not os.path.exists(target)
    name_file(kutip, "File of the tag set", tagset)
    key("alt+v", "alt+p")
    kutip.wait_find("label", "Nothing was written")
    kutip.wait_find("label", "bad.ann")
    assert not os.path.exists(target)
    key("Escape")
    kutip.wait_active()
    # With all that was asked for but the files; what cannot be read is passed over again.
    key("ctrl+alt+i")
    until("more options", lambda: has_unfolded(kutip))
    kutip.wait_active(is_main=False)
    write(source)
    until("a place for it", lambda: target in [text_of(node) for node in kutip.find_all("text")])
    key("alt+v", "Return")
    kutip.wait_find("push button", "Open the Folder")
    kutip.wait_find("label", "Passed over")
    with open(os.path.join(target, "tagset.json"), encoding="utf-8") as file:
        assert json.load(file)["name"] == "Mine"
    # The report can be copied, and what is there already is replaced only when that is wanted.
    key("alt+y")
    kutip.wait_find("label", "Copied.")
    key("Escape")
    kutip.wait_active()
    before = os.stat(os.path.join(target, "x.txt")).st_mtime_ns
    key("ctrl+alt+i")
    kutip.wait_find("push button", "Import")
    kutip.wait_active(is_main=False)
    write(source)
    until("a place for it", lambda: target in [text_of(node) for node in kutip.find_all("text")])
    key("Return")
    # The form is there again, with all that was asked for.
    kutip.wait_find("label", "is there already; it is replaced only on request")
    assert os.stat(os.path.join(target, "x.txt")).st_mtime_ns == before
    key("alt+r", "alt+p")
    kutip.wait_find("push button", "Open the Folder")
    assert os.stat(os.path.join(target, "x.txt")).st_mtime_ns != before
    key("Escape")
    kutip.wait_active()
    kutip.quit()


def a_folder_of_tables_asks_for_its_texts():
    kutip, folder = open_folder(b="Itu saja.\n")
    mark_source(kutip, folder)
    texts, tables = os.path.join(folder, "corpus"), os.path.join(folder, "tables")
    target = tables + "-kutip"
    os.makedirs(tables)
    run_tool("convert", "--to", "csv", "-o", os.path.join(tables, "a.csv"), os.path.join(texts, "a.txt"))
    key("ctrl+alt+i")
    kutip.wait_find("push button", "Import")
    kutip.wait_active(is_main=False)
    assert not kutip.find("text", "Texts of the articles")
    write(tables)
    kutip.wait_find("label", "Looks like: Table, comma-separated")
    key("alt+t")
    name_file(kutip, "Texts of the articles", texts)
    key("alt+p")
    kutip.wait_find("push button", "Open the Folder")
    # The texts are no articles of their own.
    kutip.wait_find("label", "1 article, 1 span")
    assert sorted(os.listdir(target)) == ["a.txt", "a.txt.annotations.json", "tagset.json"], os.listdir(target)
    assert [s["text"] for s in sidecar(os.path.join(target, "a.txt"))["spans"]] == [["Putin"]]
    key("Escape")
    kutip.wait_active()
    # What is chosen goes before what it looks like, and a folder of another format asks for none.
    key("ctrl+alt+i")
    kutip.wait_find("push button", "Import")
    kutip.wait_active(is_main=False)
    write(make_brat(folder))
    kutip.wait_find("label", "Looks like: brat")
    assert not kutip.find("text", "Texts of the articles")
    key("Escape")
    kutip.wait_active()
    kutip.quit()


def nothing_that_can_be_read_leaves_nothing_and_leads_back():
    kutip, folder = open_folder()
    good = make_brat(folder)
    bad = os.path.join(folder, "strange.xyz")
    with open(bad, "w", encoding="utf-8") as file:
        file.write("{")
    key("ctrl+alt+i")
    kutip.wait_find("push button", "Import")
    kutip.wait_active(is_main=False)
    write(bad)
    target = os.path.join(folder, "strange-kutip")
    until("a place for it", lambda: target in [text_of(node) for node in kutip.find_all("text")])
    key("Return")
    kutip.wait_find("label", "None of it could be read.")
    kutip.wait_find("label", "is in no format that is known; say which one it is")
    assert not kutip.find("push button", "Open the Folder")
    assert sorted(os.listdir(folder)) == ["brat", "corpus", "strange.xyz"], os.listdir(folder)
    # By the way back all is as it was, to be put right; Enter still begins.
    key("alt+b")
    name_file(kutip, "From", good)
    until("a place for it", lambda: good + "-kutip" in [text_of(node) for node in kutip.find_all("text")])
    key("Return")
    kutip.wait_find("label", "2 articles, ")
    key("Return")
    kutip.wait_opened("bad.txt")
    kutip.quit()


CASES = [
    all_articles_are_exported_by_keys,
    a_map_of_ones_own_renames,
    what_must_not_be_lost_is_not_written,
    each_annotator_gets_a_file,
    an_import_takes_a_tag_set_and_stops_at_what_cannot_be_read,
    nothing_that_can_be_read_leaves_nothing_and_leads_back,
    a_folder_of_tables_asks_for_its_texts,
    what_is_lost_is_listed_and_can_be_saved,
    each_format_has_its_options,
    a_folder_is_imported_by_keys_and_opened,
    several_are_imported_at_once,
    the_dialog_is_answered_by_mouse,
]

if __name__ == "__main__":
    run_cases(CASES)
