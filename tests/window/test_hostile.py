#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""Articles, annotations and tag sets that are made to break a window: each opens, is marked, undone and
saved by real keys, and what its files say garbles nothing around it."""

import hashlib
import tempfile

from drive import *

RLE, PDF, LRO, RLO = "\u202b", "\u202c", "\u202d", "\u202e"
LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
INVISIBLE = "\u200b\u200c\u200d\u2060\u00ad\ufeff\u034f\U000e0041"
MARKUP = "<b>kuat</b> &amp; &lt;i&gt; %s%n%d </span>"
PATIENCE = 60


def write_sidecar(path, text, spans, **more):
    side = {
        "format": 1,
        "article": {
            "file": os.path.basename(path),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "length": len(text),
            **more.pop("article", {}),
        },
        "offsets": "unicode code points",
        **more,
        "spans": spans,
        "relations": [],
    }
    with open(path + ".annotations.json", "w", encoding="utf-8") as file:
        json.dump(side, file, ensure_ascii=False)


def span(number, label, text, words, **more):
    start = text.index(words)
    return {
        "id": f"s{number}",
        "label": label,
        "ranges": [[start, start + len(words)]],
        "text": [words],
        **more,
    }


def put(text, name="a.txt", spans=None, tagset=None, **more):
    folder = tempfile.mkdtemp(prefix="kutip-hostile-")
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(text.encode())
    if spans is not None:
        write_sidecar(path, text, spans, **more)
    if tagset is not None:
        with open(os.path.join(folder, "tagset.json"), "w", encoding="utf-8") as file:
            json.dump(tagset, file, ensure_ascii=False)
    return path


def start(path):
    kutip = Kutip(path)
    kutip.wait_trace("opened", PATIENCE * SLOW)
    kutip.view = kutip.article()
    return kutip


def fits_the_screen(kutip):
    box = kutip.find("frame").get_box()
    width, height = map(int, xdotool("getdisplaygeometry").split())
    assert box.width <= width and box.height <= height, f"{box.width} × {box.height}"


def open_embedding(words):
    """Whether an embedding or override is in no isolate, so that it mirrors what follows."""
    depth = 0
    for c in words:
        if c in (LRI, RLI, FSI):
            depth += 1
        elif c == PDI:
            depth -= 1
        elif "\u202a" <= c <= "\u202e" and depth <= 0:
            return True
    return depth != 0


def garbled(kutip, alone=()):
    """What names and labels of the interface a file's words turn around. The article itself, the fields
    in which words are written, and a label that shows nothing else stand for themselves."""
    found = []
    for node in walk(kutip.node):
        name = node.get_name()
        if role(node) not in ("text", "entry") and open_embedding(name) and name not in alone:
            found.append((role(node), name))
    return found


def mark_undo_save(kutip, path, select, before=0):
    """With the first label; the sidecar tells when the window has done each."""
    select()
    key("1")
    wait_spans(path, before + 1)
    key("Escape", "ctrl+z")
    wait_spans(path, before)
    key("ctrl+shift+z")
    wait_spans(path, before + 1)


def wait_spans(path, n):
    def has():
        if not os.path.exists(path + ".annotations.json"):
            return n == 0
        # One a line: reading 100,000 as JSON takes longer than the window needs to write them.
        with open(path + ".annotations.json", "rb") as file:
            return file.read().count(b'\n    {"id": "s') == n

    until(f"{n} spans in the sidecar", has, PATIENCE)


def select_place(kutip, offset):
    kutip.view.set_caret(offset)
    until("the caret", lambda: kutip.view.get_caret() == offset, PATIENCE)


def select_next_word(kutip, offset):
    def select():
        select_place(kutip, offset)
        key("ctrl+shift+Right")
        until("a selection", lambda: kutip.view.get_selection(), PATIENCE)

    return select


def words_that_turn_around_and_markup():
    text = (
        f"{RLO}{MARKUP}\n"
        f"Pejabat {RLO}itu mengatakan{PDF} bahwa {MARKUP} naik.\n"
        f"{RLI}Isolate never closed: Menteri Keuangan said so.\n"
        f"The next paragraph {PDI}{PDI}{PDF} closes what nobody opened.\n"
    )
    bad = f"{RLO}{MARKUP}"
    path = put(
        text,
        f"{RLO}txt. <b>&amp;%s%n.txt",
        [
            span(1, "quote", text, "naik", note=f"{bad}\n{bad}", attributes={bad: bad}),
            span(2, bad, text, "Menteri Keuangan", origin={"by": bad}),
        ],
        article={"title": bad, "author": bad, "publisher": bad},
        tagset={
            "format": 1,
            "name": bad,
            "version": bad,
            "labels": [
                {"name": "claim", "title": f"{bad} 1", "key": "1", "description": bad},
                {"name": "quote", "title": f"{bad} 2", "key": "2", "requires": ["by"]},
            ],
            "attributes": [],
            "relations": [{"name": "by", "title": bad, "from": ["quote"], "to": ["claim"]}],
            "article_attributes": [],
        },
        note=bad,
    )
    kutip = start(path)
    mark_undo_save(kutip, path, select_next_word(kutip, text.index("next paragraph")), 2)
    key("Escape")
    assert not garbled(kutip, [bad]), garbled(kutip, [bad])
    for words in ("naik", "Menteri Keuangan"):
        kutip.set_caret(text.index(words) + 1)
        until("its card", lambda: kutip.find("label", words))
        assert not garbled(kutip, [bad]), garbled(kutip, [bad])
    for command in ("ctrl+F8", "ctrl+i", "F9"):
        key(command)
        time.sleep(0.3 * SLOW)
        assert not garbled(kutip, [bad]), (command, garbled(kutip, [bad]))
    kutip.quit()
    # Nothing of it has changed on the way.
    content = sidecar(path)
    assert content["article"]["title"] == bad and content["spans"][1]["label"] in (bad, "claim")
    assert {s["label"] for s in content["spans"]} == {"quote", bad, "claim"}


def characters_that_are_not_seen():
    text = (
        f"Ze{INVISIBLE}ro{INVISIBLE} width.\n"
        "Bell\a and \x01\x02\x1b[31m\x7f and \x85 more\x0c.\nLast.\n"
    )
    path = put(text)
    kutip = start(path)
    mark_undo_save(kutip, path, select_next_word(kutip, 0))
    mark_undo_save(kutip, path, select_next_word(kutip, text.index("Bell")), 1)
    first = sidecar(path)["spans"][0]
    assert text[slice(*first["ranges"][0])] == first["text"][0]
    kutip.quit()


def ten_thousand_accents_on_one_letter():
    pile = "e" + "\u0301" * 10000
    text = f"Vor {pile} nach.\nNoch ein Satz.\n"
    path = put(text)
    kutip = start(path)
    # The pile is one character: the caret goes over it, never into it.
    mark_undo_save(kutip, path, select_next_word(kutip, 4))
    assert sidecar(path)["spans"][0]["text"] == [pile]
    mark_undo_save(kutip, path, select_next_word(kutip, text.index("Satz")), 1)
    kutip.quit()


def a_megabyte_without_a_space():
    text = "x" * 1_000_000 + "\nEin Ende.\n"
    path = put(text)
    kutip = start(path)
    fits_the_screen(kutip)
    mark_undo_save(kutip, path, select_next_word(kutip, 0))
    key("ctrl+End", "shift+ctrl+Left")
    until("a selection", lambda: kutip.view.get_selection(), PATIENCE)
    key("2")
    wait_spans(path, 2)
    kutip.quit()


def hostile_tagset(n):
    bad = f"{RLO}{MARKUP}"
    names = [f"label-{i}" for i in range(n)]
    names[:5] = ["x" * 500, bad, "عنوان " * 60, "🧑‍🚀" * 40, "a" + "\u0301" * 500]
    return {
        "format": 1,
        "name": bad,
        "version": f"{RLO}1",
        "labels": [
            {
                "name": name,
                "title": name,
                "description": f"{bad} " * 50,
                "attributes": [bad, "y" * 400] if i < 5 else [],
                **({"key": str(i + 1)} if i < 9 else {}),
            }
            for i, name in enumerate(names)
        ],
        "attributes": [
            {"name": bad, "title": bad, "values": ["v" * 300, bad]},
            {"name": "y" * 400, "title": "y" * 400},
        ],
        "relations": [
            {"name": f"rel{bad}", "title": f"rel{bad}", "from": [names[0]], "to": [names[1]]},
            {"name": "r" * 300, "title": "r" * 300, "from": [names[0]], "to": names[:2]},
        ],
        "article_attributes": [bad],
    }


TITLE = "Judul\nBeberapa kata hari ini, dan kata-kata lagi.\n"


def names_that_are_too_long_and_turn_around():
    tagset = hostile_tagset(9)
    path = put(TITLE, tagset=tagset)
    kutip = start(path)
    mark_undo_save(kutip, path, select_next_word(kutip, TITLE.index("Beberapa")))
    # The bar of the open attribution names the second label.
    assert not garbled(kutip), garbled(kutip)
    select_next_word(kutip, TITLE.index("hari"))()
    key("2")
    wait_spans(path, 2)
    kutip.set_caret(TITLE.index("Beberapa") + 2)
    key("l")
    kutip.wait_find("push button", "Cancel")
    assert not garbled(kutip), garbled(kutip)
    key("Escape")
    key("F4")
    time.sleep(0.3 * SLOW)
    assert not garbled(kutip), garbled(kutip)
    fits_the_screen(kutip)
    # By mouse: the labels offered beside the selection stay within the screen.
    drag(kutip.place_of(TITLE.index("kata-kata")), kutip.place_of(TITLE.index(" lagi")))
    button = kutip.wait_find("push button", tagset["labels"][5]["title"])
    fits_the_screen(kutip)
    assert 0 < kutip.middle_of(button)[0] < int(xdotool("getdisplaygeometry").split()[0])
    kutip.quit()


def a_thousand_labels():
    path = put(TITLE, tagset=hostile_tagset(1000))
    kutip = start(path)
    fits_the_screen(kutip)
    mark_undo_save(kutip, path, select_next_word(kutip, TITLE.index("Beberapa")))
    fits_the_screen(kutip)
    kutip.quit()


def a_hundred_thousand_spans_on_one_word():
    text = "Satu kata.\nKata lain menunggu.\n"
    labels = ("claim", "quote", "source", "cue")
    spans = [
        {"id": f"s{i}", "label": labels[i % 4], "ranges": [[5, 9]], "text": ["kata"]} for i in range(100_000)
    ]
    path = put(text, spans=spans)
    kutip = start(path)
    mark_undo_save(kutip, path, select_next_word(kutip, text.index("lain")), 100_000)
    select_place(kutip, 6)
    key("o", "o", "Delete")
    wait_spans(path, 100_000)
    key("ctrl+z")
    wait_spans(path, 100_001)
    kutip.quit()


run_cases(
    [
        case
        for case in (
            words_that_turn_around_and_markup,
            characters_that_are_not_seen,
            ten_thousand_accents_on_one_letter,
            a_megabyte_without_a_space,
            names_that_are_too_long_and_turn_around,
            a_thousand_labels,
            a_hundred_thousand_spans_on_one_word,
        )
        if len(sys.argv) < 2 or sys.argv[1] in case.__name__
    ]
)
