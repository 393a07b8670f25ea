#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""All attributions of an article, by keys alone, and how many presses each takes: for the article that is
shipped and, where it is at hand, for the one that the project began from. The sidecar then holds exactly the
gold list; the table is printed, and no attribution may take more presses than it does now."""

import functools
import shutil
import tempfile
from dataclasses import dataclass, field

import articles
from drive import *

LINK = {"source": "attributed-to", "cue": "introduced-by"}
WORD, PART, REST = "ctrl+Right", "c", "shift+2"


@dataclass
class Attribution:
    """@sentence: how it begins; @keys: pressed once the caret is at its start; @content: label and pieces."""

    sentence: str
    keys: list
    content: tuple
    sources: list = field(default_factory=list)
    cues: list = field(default_factory=list)
    presses: int = 0
    reach: int = 0

    def participants(self):
        return [("source", words) for words in self.sources] + [("cue", words) for words in self.cues]


SEED = [
    Attribution(
        "Pada suratnya, Putin mengatakan",
        [PART, "3", WORD, "4", WORD, REST],
        ("quote", ["Rusia akan memperluas hubungan bilateral kedua negara yang komprehensif dan konstruktif"]),
        ["Putin"],
        ["mengatakan"],
    ),
    Attribution(
        "Dikutip dari BBC",
        [PART, "ctrl+Left", "3", PART, PART, PART, PART, "3", WORD, "4", REST],
        ("quote", ["langkah ini dilakukan demi kebaikan kedua negara"]),
        ["BBC", "Putin"],
        ["mengatakan"],
    ),
    Attribution(
        "Sedangkan pada suratnya, Kim",
        [PART, "w", "w", "3", WORD, "4", REST],
        ("quote", ["persahabatan kedua negara mulai terbentuk sejak menang atas Jepang di Perang Dunia II"]),
        ["Kim Jong-un"],
        ["menegaskan"],
    ),
    Attribution(
        "Ia juga menambahkan",
        ["3", WORD, WORD, "4", REST],
        ("quote", ["persahabatan mereka akan menjadi lebih kuat"]),
        ["Ia"],
        ["menambahkan"],
    ),
    Attribution(
        "Berdasarkan laporan dari",
        [WORD, WORD, WORD, "v", "v", "3", PART, "3", WORD, "4", REST],
        ("quote", ["hubungan bilateral yang diperluas akan sesuai dengan kepentingan kedua negara"]),
        ["kantor berita Korea Utara, KCNA", "Putin"],
        ["menegaskan"],
    ),
    Attribution(
        "Kim dalam suratnya",
        ["3", WORD, WORD, WORD, "4", REST],
        (
            "quote",
            [
                "pershabatan Rusia dan Korea Utara yang ditempa dalam perang anti-Jepang telah "
                "dikonsolidasikan dan dikembangkan dari abad kea bad"
            ],
        ),
        ["Kim"],
        ["mengatakan"],
    ),
    Attribution(
        "Media itu juga menambahkan",
        ["w", "w", "3", WORD, WORD, "4", REST, "alt+Right", "plus"],
        (
            "quote",
            [
                "kerja sama strategi dan taktis, dukungan serta solidaritas antara kedua negara telah "
                "ditempatkan dalam tingkatan tinggi yang baru",
                "Hal itu berdasarkan kesamaan untuk membuat frustasi ancaman militer dan provokasi "
                "pasukan musuh",
            ],
        ),
        ["Media itu"],
        ["menambahkan"],
    ),
]

SAMPLE = [
    Attribution(
        "Wali Kota Hendra",
        ["w", "w", "w", "w", "3", WORD, "4", REST],
        ("quote", ["pemindahan tetap berjalan sesuai jadwal"]),
        ["Wali Kota Hendra Siregar"],
        ["menyatakan"],
    ),
    # Without a source: it is closed, so that the next one does not join it.
    Attribution(
        "Menurutnya",
        ["4", REST, "Escape"],
        ("quote", ["gedung berlantai dua itu sudah lulus uji kelayakan"]),
        [],
        ["Menurutnya"],
    ),
    Attribution(
        '"Yang tersisa',
        ["v", "2", WORD, "4", "Escape"],
        ("quote", ['"Yang tersisa hanya instalasi air di lantai dua,"']),
        [],
        ["ucapnya"],
    ),
    Attribution(
        "Ia mengaku",
        ["3", WORD, "4", REST],
        ("quote", ["belum pernah melihat hasil uji tersebut"]),
        ["Ia"],
        ["mengaku"],
    ),
    Attribution(
        "Dilansir dari",
        ["w", "w", "4", "v", "3", REST],
        ("quote", ["pembangunan gedung menelan biaya Rp 18,6 miliar dan seharusnya rampung pada Juni"]),
        ["dokumen lelang yang terbuka untuk umum"],
        ["Dilansir dari"],
    ),
    Attribution(
        "Ia menyebut hujan",
        ["3", WORD, "4", "v", "2"],
        ("quote", ["hujan sebagai penyebabnya"]),
        ["Ia"],
        ["menyebut"],
    ),
    Attribution(
        "Data stasiun cuaca",
        ["w", "w", "w", "w", "3", WORD, "4", REST],
        ("quote", ["curah hujan pada Mei sampai Juli justru di bawah rata-rata"]),
        ["Data stasiun cuaca setempat"],
        ["menunjukkan"],
    ),
    Attribution(
        '"Dagangan sudah',
        ["v", "v", "2", WORD, "4", "shift+3"],
        ("quote", ['"Dagangan sudah di kardus, kuncinya entah di mana,"']),
        ["akun @lapak_bu_yati"],
        ["tulis"],
    ),
    Attribution(
        "Hendra mengatakan",
        ["3", WORD, "4", REST],
        ("quote", ["akan bertemu para pedagang pekan depan"]),
        ["Hendra"],
        ["mengatakan"],
    ),
]

# What one attribution, and the mean of all, may take at most.
MOST = 11
MEAN = 8.0


def reach(kutip, text, attribution):
    """Sentence by sentence, as a reader goes; the presses are counted apart."""
    goal = text.index(attribution.sentence)
    kutip.wait_still(kutip.article())
    while kutip.caret() != goal:
        here = kutip.caret()
        assert here < goal, f"{attribution.sentence} was passed over: {here} > {goal}"
        key("alt+Right")
        attribution.reach += 1
        until("the caret to move", lambda: kutip.caret() != here)
        kutip.wait_still(kutip.article())


def annotate(kutip, attribution):
    for name in attribution.keys:
        key(name)
        attribution.presses += 1


def expected_spans(attributions):
    spans = []
    for attribution in attributions:
        label, pieces = attribution.content
        spans.append((label, tuple(pieces)))
        spans += [(label, (words,)) for label, words in attribution.participants()]
    return sorted(spans)


def expected_links(attributions):
    links = []
    for attribution in attributions:
        for label, words in attribution.participants():
            links.append((LINK[label], attribution.content[1][0], words))
    return sorted(links)


def written_spans(content):
    return sorted((span["label"], tuple(span["text"])) for span in content["spans"])


def written_links(content):
    text = {span["id"]: span["text"][0] for span in content["spans"]}
    return sorted((link["label"], text[link["from"]], text[link["to"]]) for link in content["relations"])


def print_table(name, attributions):
    print(f"# {name}: presses to reach the sentence from the last one, to annotate it, spans, links")
    for a in attributions:
        n = len(a.participants())
        print(f"# {a.sentence:34} {a.reach:3} {a.presses:3} {n + 1:3} {n:3}   {' '.join(a.keys)}")
    presses = sum(a.presses for a in attributions)
    spans = sum(len(a.participants()) + 1 for a in attributions)
    print(
        f"# all {len(attributions)}: {sum(a.reach for a in attributions)} to reach, {presses} to annotate, "
        f"{presses / len(attributions):.1f} an attribution, {presses / spans:.1f} a span",
        flush=True,
    )


def all_attributions_by_keys_alone(case, attributions):
    folder = tempfile.mkdtemp(prefix="kutip-keystrokes-")
    article = os.path.join(folder, "artikel.txt")
    shutil.copy(case.path, article)
    kutip = Kutip(article)
    kutip.wait_opened("artikel.txt")
    for attribution in attributions:
        reach(kutip, case.text, attribution)
        annotate(kutip, attribution)
    key("ctrl+s")
    wanted = expected_spans(attributions)
    content = wait_sidecar(article, lambda c: len(c["spans"]) >= len(wanted))
    kutip.quit()
    content = sidecar(article)
    print_table(case.name, attributions)
    assert written_spans(content) == wanted, set(written_spans(content)) ^ set(wanted)
    assert written_links(content) == expected_links(attributions), written_links(content)
    for attribution in attributions:
        assert attribution.presses <= MOST, attribution.sentence
    mean = sum(a.presses for a in attributions) / len(attributions)
    assert mean <= MEAN, mean


def source_cue_and_quote_take_four_presses():
    """Its source, its cue and its quote, once the caret is at it."""
    sentence = "Putin mengatakan langkah ini dilakukan demi kebaikan kedua negara"
    folder = tempfile.mkdtemp(prefix="kutip-keystrokes-")
    article = os.path.join(folder, "a.txt")
    with open(article, "w", encoding="utf-8", newline="") as file:
        file.write(f"Judul\n{sentence}.\n")
    kutip = Kutip(article)
    kutip.wait_opened("a.txt")
    kutip.set_caret(len("Judul\n"))
    key("3", WORD, "4", REST)
    content = wait_sidecar(article, lambda c: len(c["spans"]) == 3)
    kutip.quit()
    assert [span["text"][0] for span in content["spans"]] == [
        "Putin",
        "mengatakan",
        "langkah ini dilakukan demi kebaikan kedua negara",
    ]
    assert len(content["relations"]) == 2


def with_case(case, attributions):
    bound = functools.partial(all_attributions_by_keys_alone, case, attributions)
    bound.__name__ = f"{case.name}: all attributions by keys alone"
    return bound


cases = [source_cue_and_quote_take_four_presses, with_case(articles.shipped(), SAMPLE)]
if articles.seed() is not None:
    cases.append(with_case(articles.seed(), SEED))
run_cases(cases)
