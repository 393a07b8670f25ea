# SPDX-License-Identifier: GPL-3.0-or-later
"""All attributions of an article, for the article that is shipped and the one that the project began from:
what they are, and how they are made by keys alone."""

from dataclasses import dataclass, field

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
        [PART, "3", "4", WORD, REST],
        ("quote", ["Rusia akan memperluas hubungan bilateral kedua negara yang komprehensif dan konstruktif"]),
        ["Putin"],
        ["mengatakan"],
    ),
    Attribution(
        "Dikutip dari BBC",
        [PART, "ctrl+Left", "3", "alt+Right", "shift+c", "3", "4", REST],
        ("quote", ["langkah ini dilakukan demi kebaikan kedua negara"]),
        ["BBC", "Putin"],
        ["mengatakan"],
    ),
    Attribution(
        "Sedangkan pada suratnya, Kim",
        [PART, "3", "3", "4", REST],
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
        [WORD, WORD, WORD, "v", "v", "3", PART, "3", "4", REST],
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
        ["3", "3", WORD, WORD, "4", REST, "alt+Right", "plus"],
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
        ["3", "3", "3", "3", "4", REST],
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
        ["v", "2", "4", "Escape"],
        ("quote", ['"Yang tersisa hanya instalasi air di lantai dua,"']),
        [],
        ["ucapnya"],
    ),
    Attribution(
        "Ia mengaku",
        ["3", "4", REST],
        ("quote", ["belum pernah melihat hasil uji tersebut"]),
        ["Ia"],
        ["mengaku"],
    ),
    Attribution(
        "Dilansir dari",
        ["4", "4", "v", "3", REST],
        ("quote", ["pembangunan gedung menelan biaya Rp 18,6 miliar dan seharusnya rampung pada Juni"]),
        ["dokumen lelang yang terbuka untuk umum"],
        ["Dilansir dari"],
    ),
    Attribution(
        "Ia menyebut hujan",
        ["3", "4", "v", "2"],
        ("quote", ["hujan sebagai penyebabnya"]),
        ["Ia"],
        ["menyebut"],
    ),
    Attribution(
        "Data stasiun cuaca",
        ["3", "3", "3", "3", "4", REST],
        ("quote", ["curah hujan pada Mei sampai Juli justru di bawah rata-rata"]),
        ["Data stasiun cuaca setempat"],
        ["menunjukkan"],
    ),
    Attribution(
        '"Dagangan sudah',
        ["v", "v", "2", "4", "shift+3"],
        ("quote", ['"Dagangan sudah di kardus, kuncinya entah di mana,"']),
        ["akun @lapak_bu_yati"],
        ["tulis"],
    ),
    Attribution(
        "Hendra mengatakan",
        ["3", "4", REST],
        ("quote", ["akan bertemu para pedagang pekan depan"]),
        ["Hendra"],
        ["mengatakan"],
    ),
]


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
