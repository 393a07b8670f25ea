# SPDX-License-Identifier: GPL-3.0-or-later
"""Articles for the tests that drive the window, with what an annotator marks in them: one that is
shipped, and the article that the project began from where it lies beside the checkout."""

import glob
import os
from dataclasses import dataclass, field

from drive import wait_sidecar

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KEYS = {"claim": "1", "quote": "2", "source": "3", "cue": "4"}


@dataclass(frozen=True)
class Mark:
    label: str
    words: str
    nth: int = 0

    @property
    def key(self):
        return KEYS[self.label]

    def find(self, text):
        start = -1
        for _ in range(self.nth + 1):
            start = text.index(self.words, start + 1)
        return start


@dataclass
class Case:
    name: str
    path: str
    language: str
    marks: list
    links: list  # pairs of marks: from, to
    text: str = field(init=False)

    def __post_init__(self):
        with open(self.path, encoding="utf-8", newline="") as file:
            self.text = file.read()


def _make(name, path, language, marks, links):
    by_words = {mark.words: mark for mark in marks}
    return Case(name, path, language, marks, [(by_words[a], by_words[b]) for a, b in links])


def shipped():
    return _make(
        "sample",
        os.path.join(TOP, "data/samples/id-pasar-pindah.txt"),
        "id",
        [
            Mark("source", "Wali Kota Hendra Siregar"),
            Mark("quote", "pemindahan tetap berjalan sesuai jadwal"),
            Mark("claim", "gedung berlantai dua itu sudah lulus uji kelayakan"),
            Mark("quote", '"Yang tersisa hanya instalasi air di lantai dua,"'),
            Mark("source", "Siti Maryam"),
            Mark("quote", "belum pernah melihat hasil uji tersebut"),
            Mark("quote", '"Kami minta ditunjukkan suratnya. Jangan hanya dikatakan lulus, lulus, lulus,"'),
            Mark("source", "dokumen lelang yang terbuka untuk umum"),
            Mark("claim", "pembangunan gedung menelan biaya Rp 18,6 miliar"),
            Mark("source", "akun @lapak_bu_yati"),
            Mark("quote", '"Dagangan sudah di kardus, kuncinya entah di mana,"'),
        ],
        [
            ("pemindahan tetap berjalan sesuai jadwal", "Wali Kota Hendra Siregar"),
            ("belum pernah melihat hasil uji tersebut", "Siti Maryam"),
            ("pembangunan gedung menelan biaya Rp 18,6 miliar", "dokumen lelang yang terbuka untuk umum"),
            ('"Dagangan sudah di kardus, kuncinya entah di mana,"', "akun @lapak_bu_yati"),
        ],
    )


def seed():
    """The first article, or None where it is not at hand: it is not ours to ship."""
    found = glob.glob(os.path.join(TOP, "../shared/seed/*.txt"))
    shared = os.environ.get("KUTIP_SEED")
    path = shared or (found[0] if found else None)
    if path is None:
        return None
    return _make(
        "seed",
        path,
        "id",
        [
            Mark("source", "Putin", 2),
            Mark("quote", "Rusia akan memperluas hubungan bilateral kedua negara yang komprehensif dan konstruktif"),
            Mark("source", "BBC"),
            Mark("quote", "langkah ini dilakukan demi kebaikan kedua negara"),
            Mark("source", "Kim Jong-un", 1),
            Mark("quote", "persahabatan kedua negara mulai terbentuk sejak menang atas Jepang di Perang Dunia II"),
            Mark("quote", "persahabatan mereka akan menjadi lebih kuat"),
            Mark("source", "kantor berita Korea Utara, KCNA"),
            Mark("quote", "hubungan bilateral yang diperluas akan sesuai dengan kepentingan kedua negara"),
            Mark("claim", "hubungan mereka memburuk sejak Uni Sovyet runtuh"),
            Mark("claim", "Korea Utara pun menjadi salah satu negara yang secara resmi mengakui kemerdekaan"),
        ],
        [
            ("Rusia akan memperluas hubungan bilateral kedua negara yang komprehensif dan konstruktif", "Putin"),
            ("langkah ini dilakukan demi kebaikan kedua negara", "BBC"),
            ("persahabatan kedua negara mulai terbentuk sejak menang atas Jepang di Perang Dunia II", "Kim Jong-un"),
            ("hubungan bilateral yang diperluas akan sesuai dengan kepentingan kedua negara", "kantor berita Korea Utara, KCNA"),
        ],
    )


def all_cases():
    return [case for case in (shipped(), seed()) if case is not None]


def spans(content):
    """(label, words) of each in a sidecar, in its order."""
    return [(s["label"], " … ".join(s["text"])) for s in content["spans"]]


def links(content):
    """(label, first word, first word) of each in a sidecar, sorted."""
    text = {s["id"]: s["text"][0].split()[0] for s in content["spans"]}
    return sorted((r["label"], text[r["from"]], text[r["to"]]) for r in content["relations"])


def wait_spans(article, *expected):
    wait_sidecar(article, lambda c: spans(c) == list(expected), what=f"the spans {expected}")


def wait_links(article, *expected):
    wait_sidecar(article, lambda c: links(c) == sorted(expected), what=f"the links {expected}")
