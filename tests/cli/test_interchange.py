# SPDX-License-Identifier: GPL-3.0-or-later
"""What kutip-tool writes for other tools, as readers that we did not write see it; and the bytes it once was."""

import hashlib
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from xml.etree import ElementTree

import html5lib
from nltk.corpus.reader import ConllCorpusReader
from pyld import jsonld

from tap import run_cases, tests_of

TOOL = os.environ["KUTIP_TOOL"]
SOURCE = os.environ["KUTIP_SOURCE_DIR"]
SHARED = os.path.join(SOURCE, "..", "shared")
DATA = os.path.join(SOURCE, "tests/data/formats")
# For people who change a format on purpose: writes what is to be looked at and committed.
RENEW = os.environ.get("KUTIP_RENEW_GOLDEN")

# Emoji, right to left, no spaces, marks, a line's end within a span; overlaps and pieces.
TEXTS = {
    "id.txt": "Putin berkata: “Kami sahabat 🤝” kata BBC.\r\n\r\nIa diam.",
    "ar.txt": "قالت هدى: «لن نغلق المكتبة».\nثم غادرت.",
    "zh.txt": "市长说：“桥会修好的。”记者不信。",
    "th/th.txt": "เธอพูดว่า “ไม่จริง” แล้วเดินออกไป",
    "en.txt": "\t“I — e\u0301 <b>& 'co'”,  he said; “no”.",
}
SPANS = {
    "id.txt": [("quote", ["“Kami sahabat 🤝”"]), ("source", ["BBC"]), ("cue", ["kata"])],
    "ar.txt": [("source", ["هدى"]), ("quote", ["«لن نغلق المكتبة»"]), ("cue", ["قالت"])],
    "zh.txt": [("source", ["市长"]), ("quote", ["“桥会修好的。”"]), ("cue", ["说"])],
    "th/th.txt": [("source", ["เธอ"]), ("quote", ["“ไม่จริง”"]), ("cue", ["พูดว่า"])],
    "en.txt": [("quote", ["“I — e\u0301 <b>& 'co'”", "“no”"]), ("source", ["he"]), ("cue", ["said"])],
}


def run(*arguments, stdin=b"", cwd=None):
    return subprocess.run([TOOL, *arguments], capture_output=True, input=stdin, timeout=120, cwd=cwd)


def make_layer(path, annotator):
    text = TEXTS[path]
    spans, ids = [], {}
    for number, (label, pieces) in enumerate(SPANS[path], 1):
        ids[label] = f"s{number}"
        ranges = [[text.index(piece), text.index(piece) + len(piece)] for piece in pieces]
        span = {"id": ids[label], "label": label, "ranges": ranges, "text": pieces}
        if label == "quote":
            span |= {"attributes": {"form": "direct", "checked": True, "tags": ["a", "b|c"]}, "note": "Catatan\n<1>"}
            span |= {"links": [{"base": "wikidata", "id": "Q7747"}], "unsure": True}
        if label == "cue":
            span |= {"origin": {"by": "rule:quotes", "score": 0.75}, "created": "2026-01-02T03:04:05Z"}
            # Called as Label Studio's own controls are.
            span |= {"attributes": {"label": "x", "text": "y"}}
        spans.append(span)
    if path == "id.txt":
        spans.append({"id": "s4", "label": "quote", "ranges": [[21, 35]], "text": [text[21:35]]})
    relations = [
        {"id": "r1", "label": "attributed-to", "from": ids["quote"], "to": ids["source"]},
        {"id": "r2", "label": "introduced-by", "from": ids["quote"], "to": ids["cue"], "note": "n"},
    ]
    article = {"file": os.path.basename(path), "sha256": "0" * 64, "length": len(text)}
    article |= {"language": path[:2], "title": f"Judul “{path}”", "url": "https://example.org/?a=1&b=2"}
    layer = {"format": 1, "article": article, "offsets": "unicode code points"}
    if annotator:
        layer["annotator"] = annotator
    return layer | {"status": "done", "spans": spans, "relations": relations}


def make_corpus():
    lines = []
    for path, text in TEXTS.items():
        annotators = ["ayu", "budi"] if path == "ar.txt" else [None]
        layers = [make_layer(path, annotator) for annotator in annotators]
        lines.append(json.dumps({"path": path, "text": text, "layers": layers}, ensure_ascii=False))
    return "\n".join(lines) + "\n"


CORPUS = make_corpus()


class Folder:
    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="kutip-interchange-")
        with open(self.at("corpus.kutip.jsonl"), "w", encoding="utf-8") as file:
            file.write(CORPUS)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def at(self, name):
        return os.path.join(self.path, name)

    def read(self, name):
        with open(self.at(name), encoding="utf-8", newline="") as file:
            return file.read()

    def convert(self, to, output):
        result = run("convert", "--to", to, "-o", output, "corpus.kutip.jsonl", cwd=self.path)
        assert result.returncode == 0, result.stderr.decode()


# Format, output, and what is compared with the golden files.
GOLDEN = [
    ("prodigy", "prodigy.jsonl", ["prodigy.jsonl"]),
    ("spacy-doc", "docs.spacy.jsonl", ["docs.spacy.jsonl"]),
    ("label-studio", "tasks.json", ["tasks.json", "tasks.config.xml"]),
    ("web-annotation", "annotations.jsonld", ["annotations.jsonld"]),
    ("conllu", "corpus.conllu", ["corpus.conllu"]),
    ("citron", "citron", ["citron/id.json", "citron/ar_ayu.json", "citron/en.json"]),
    ("html", "html", ["html/ar.txt.html", "html/en.txt.html"]),
]


def test_golden():
    with Folder() as folder:
        for to, output, names in GOLDEN:
            folder.convert(to, output)
            for name in names:
                path = os.path.join(DATA, name.replace("/", "-"))
                if RENEW:
                    shutil.copy(folder.at(name), path)
                with open(path, encoding="utf-8", newline="") as file:
                    assert folder.read(name) == file.read(), name


def test_back():
    """What comes back is what went out, but for what the report says."""
    with Folder() as folder:
        for path, text in TEXTS.items():
            os.makedirs(os.path.dirname(folder.at(path)) or ".", exist_ok=True)
            with open(folder.at(path), "w", encoding="utf-8", newline="") as file:
                file.write(text)
        for to, output, _ in GOLDEN:
            if to in ("spacy-doc", "html"):
                continue
            folder.convert(to, output)
            texts = sorted(TEXTS) if to == "web-annotation" else []
            back = run("convert", "--from", to, "--to", "jsonl", output, *texts, cwd=folder.path)
            assert back.returncode == 0, (to, back.stderr.decode())
            records = [json.loads(line) for line in back.stdout.decode().splitlines()]
            assert {r["path"]: r["text"] for r in records} == TEXTS, to
            for record in records:
                for layer in record["layers"]:
                    found = {(s["label"], *s["text"]) for s in layer["spans"]}
                    assert found >= {(label, *pieces) for label, pieces in SPANS[record["path"]]}, (to, found)
                    assert len(layer["relations"]) == 2, to


def join_tokens(text, tokens):
    """The text again, as spaCy and Prodigy would have it; and the tokens' borders."""
    again = "".join(t["text"] + (" " if t["ws"] else "") for t in tokens)
    assert again == text, again
    return {t["start"]: i for i, t in enumerate(tokens)}, {t["end"]: i for i, t in enumerate(tokens)}


def test_events_of_brat():
    """annotation.conf tells events from relations in a dataset as in a conversion, whatever the tag set says of them."""
    ann = ("T1\tPerson 0 2\tHe\nT2\tSay 3 7\tsaid\nT3\tContent 8 10\tit\nE1\tSay:T2 Who:T1 What:T3\n"
           "R1\tKnows Arg1:T3 Arg2:T1\n")
    with Folder() as folder:
        for name, content in (("in/a.txt", "He said it."), ("in/a.ann", ann)):
            os.makedirs(folder.at("in"), exist_ok=True)
            with open(folder.at(name), "w", encoding="utf-8") as file:
                file.write(content)
        run("convert", "--to", "kutip", "-o", "ours", "in", cwd=folder.path)
        os.rename(folder.at("ours/tagset.json"), folder.at("tagset.json"))
        with open(folder.at("tagset.json"), encoding="utf-8") as file:
            tagset = json.load(file)
        for found in tagset["labels"] + tagset["relations"]:
            for member in [member for member in found if member.startswith("brat")]:
                del found[member]
        with open(folder.at("plain.json"), "w", encoding="utf-8") as file:
            json.dump(tagset, file)
        for i, options in enumerate(((), ("--tagset", "tagset.json"), ("--tagset", "plain.json"))):
            for command, place in (("convert", f"{i}-convert"), ("export", f"{i}-export")):
                result = run(command, "--to", "brat", *options, "-o", place, "ours", cwd=folder.path)
                assert result.returncode == 0, result.stderr
                conf = f"{place}/{'train/' if command == 'export' else ''}annotation.conf"
                with open(folder.at(conf), encoding="utf-8") as file:
                    relations, events = file.read().split("[relations]")[1].split("[events]")
                assert "Say\t" in events and "Knows\t" in relations, (command, options, relations, events)
                assert "Who\t" not in relations and "What\t" not in relations, (command, options, relations)


def test_prodigy():
    with Folder() as folder:
        folder.convert("prodigy", "x.jsonl")
        rows = [json.loads(line) for line in folder.read("x.jsonl").splitlines()]
        assert len(rows) == len(TEXTS) + 1
        for row in rows:
            assert row["answer"] == "accept"
            starts, ends = join_tokens(row["text"], row["tokens"])
            for span in row["spans"]:
                assert starts[span["start"]] == span["token_start"]
                assert ends[span["end"]] == span["token_end"]
            for relation in row["relations"]:
                for end, span in (("head", "head_span"), ("child", "child_span")):
                    assert relation[end] == relation[span]["token_end"]


def test_spacy():
    """The rules that Doc.from_json() holds to."""
    with Folder() as folder:
        folder.convert("spacy-doc", "x.jsonl")
        for line in folder.read("x.jsonl").splitlines():
            doc = json.loads(line)
            text, tokens = doc["text"], doc["tokens"]
            for number, (token, after) in enumerate(zip(tokens, [*tokens[1:], None])):
                end = after["start"] if after else len(text)
                assert token["id"] == number and text[token["end"]:end] in ("", " ")
            starts, ends = {t["start"] for t in tokens}, {t["end"] for t in tokens}
            for group in (doc["ents"], doc["sents"], doc["spans"]["sc"]):
                assert all(s["start"] in starts and s["end"] in ends for s in group)
            ents = sorted((e["start"], e["end"]) for e in doc["ents"])
            assert all(a[1] <= b[0] for a, b in zip(ents, ents[1:]))
            assert all("kb_id" in s for s in doc["spans"]["sc"])
            assert len(doc["_"]["relations"]) == 2 and "form" in doc["underscore_span"]


def test_label_studio():
    """Every result names a control of the configuration, and a value that this has."""
    with Folder() as folder:
        folder.convert("label-studio", "x.json")
        config = ElementTree.fromstring(folder.read("x.config.xml"))
        controls = {c.get("name"): {v.get("value") for v in c} for c in config if c.get("toName")}
        relations = {r.get("value") for r in config.iter("Relation")}
        tasks = json.loads(folder.read("x.json"))
        assert len(tasks) == len(TEXTS) and config.find("Text").get("value") == "$text"
        for task in tasks:
            text = task["data"]["text"]
            assert len(task["annotations"]) == (2 if task["data"]["path"] == "ar.txt" else 1)
            for result in (r for a in task["annotations"] for r in a["result"]):
                if result["type"] == "relation":
                    assert set(result["labels"]) <= relations
                    continue
                value = result["value"]
                assert set(value[result["type"]]) <= controls[result["from_name"]], result
                assert value["text"].replace("\\n", "\n") == text[value["start"]:value["end"]]


def test_web_annotation():
    """A JSON-LD processor finds the W3C's terms in it, where the context is at hand."""
    context = os.path.join(SHARED, "real/web-annotation/w3c-spec-examples/anno.jsonld")
    oa = "http://www.w3.org/ns/oa#"
    with Folder() as folder:
        folder.convert("web-annotation", "x.jsonld")
        pages = json.loads(folder.read("x.jsonld"))
        ids = [item["id"] for page in pages for item in page["items"]]
        assert len(ids) == len(set(ids)) == 6 * 5 + 1 and len(pages) == len(TEXTS) + 1
        for page in pages:
            text = TEXTS[page["kutip"]["path"]]
            for item in page["items"]:
                targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
                for target in (t for t in targets if isinstance(t, dict)):
                    quote, place = target["selector"]
                    assert quote["exact"] == text[place["start"]:place["end"]]
                    assert text[: place["start"]].endswith(quote.get("prefix", ""))
                    assert text[place["end"] :].startswith(quote.get("suffix", ""))
        if not os.path.exists(context):
            return
        with open(context, encoding="utf-8") as file:
            document = {"contextUrl": None, "documentUrl": "x", "document": json.load(file)}
        expanded = jsonld.expand(pages, {"documentLoader": lambda *_: document, "base": "http://a/"})
        quads = jsonld.to_rdf(pages, {"documentLoader": lambda *_: document, "base": "http://a/"})["@default"]
        predicates = [quad["predicate"]["value"] for quad in quads]
        assert len(expanded) == len(pages)
        assert predicates.count(oa + "hasTarget") == len(ids) + 1
        assert predicates.count(oa + "exact") == predicates.count("http://www.w3.org/ns/oa#start") == 3 * 6 + 2
        assert predicates.count(oa + "motivatedBy") == len(ids)


def test_conllu():
    """NLTK reads the same words, and UDPipe's rule for spaces gives the text."""
    unescape = {"s": " ", "t": "\t", "n": "\n", "r": "\r", "p": "|", "\\": "\\"}
    with Folder() as folder:
        folder.convert("conllu", "x.conllu")
        content = folder.read("x.conllu")
        texts, words, bare = {}, [], []
        for line in content.split("\n"):
            if line.startswith("# newdoc id = "):
                name = line.split(" = ")[1]
                texts.setdefault(name, [])
                texts[name].append("")
            if line.startswith("#"):
                continue
            bare.append(line)
            if not line:
                continue
            cells = line.split("\t")
            misc = dict(item.split("=", 1) for item in cells[9].split("|") if "=" in item)
            spaces = {
                key: re.sub(r"\\(.)", lambda found: unescape[found[1]], misc[key])
                for key in ("SpacesBefore", "SpacesAfter")
                if key in misc
            }
            after = "" if misc.get("SpaceAfter") == "No" else " "
            texts[name][-1] += spaces.get("SpacesBefore", "") + cells[1] + spaces.get("SpacesAfter", after)
            words.append(cells[1])
            assert len(cells) == 10 and list(misc) == sorted(misc)
        for name, found in texts.items():
            # The default space is not for the end of a text.
            assert {t.removesuffix(" ") for t in found} == {TEXTS[name]}, (name, found)
        with open(folder.at("bare.conllu"), "w", encoding="utf-8", newline="") as file:
            file.write("\n".join(bare))
        columns = ("ignore", "words", *["ignore"] * 8)
        reader = ConllCorpusReader(folder.path, ["bare.conllu"], columns, separator="\t")
        assert list(reader.words()) == words
        identities = re.findall(r"^# sent_id = (.*)$", content, re.M)
        assert len(identities) == len(set(identities))


def test_conllu_blanks():
    """Blanks for which neither UDPipe nor Stanza knows an escape stand as they are; Stanza's escape is read."""
    text = "Dia\u00a0kata\u00a0\u3000 ini.\u2009Selesai\tsudah\u00a0"
    unescape = {"s": " ", "t": "\t", "n": "\n", "r": "\r", "p": "|", "\\": "\\"}
    with Folder() as folder:
        os.mkdir(folder.at("blanks"))
        layer = {"format": 1, "offsets": "unicode code points", "spans": [],
                 "article": {"file": "a.txt", "sha256": hashlib.sha256(text.encode()).hexdigest(), "length": len(text)}}
        with open(folder.at("blanks/a.txt"), "w", encoding="utf-8", newline="") as file:
            file.write(text)
        with open(folder.at("blanks/a.txt.annotations.json"), "w", encoding="utf-8") as file:
            json.dump(layer, file)
        written = run("convert", "--to", "conllu", "blanks", cwd=folder.path)
        assert written.returncode == 0, written
        rows = [line.split("\t") for line in written.stdout.decode().split("\n") if line[:1].isdigit()]
        found = ""
        for row in rows:
            misc = dict(item.split("=", 1) for item in row[9].split("|") if "=" in item)
            misc = {key: re.sub(r"\\(.)", lambda escape: unescape[escape[1]], value) for key, value in misc.items()}
            found += misc.get("SpacesBefore", "") + row[1]
            found += misc.get("SpacesAfter", "" if misc.get("SpaceAfter") == "No" else " ")
        assert found == text, (found, rows)
        for content in (written.stdout, written.stdout.replace("\u00a0".encode(), b"\\u00A0")):
            back = run("convert", "--from", "conllu", "--to", "jsonl", "-", stdin=content)
            assert back.returncode == 0 and json.loads(back.stdout)["text"] == text, (content, back)


def test_citron():
    with Folder() as folder:
        folder.convert("citron", "x")
        names = sorted(os.path.relpath(os.path.join(d, f), folder.at("x")) for d, _, fs in os.walk(folder.at("x")) for f in fs)
        assert names == ["ar_ayu.json", "ar_budi.json", "en.json", "id.json", "th/th.json", "zh.json"]
        for name in names:
            document = json.loads(folder.read(f"x/{name}"))
            quote = document["quotes"][0]
            for span in (quote["cue"], *quote["sources"], *quote["contents"]):
                assert document["text"][span["start"]:span["end"]] == span["text"]


def test_doccano():
    """One file an annotator, as doccano exports them; they come together in the articles again."""
    with Folder() as folder:
        files = ("--annotator-files", "-o", "out", "corpus.kutip.jsonl")
        for unit, emoji in (("utf-16", 32), ("code-points", 31)):
            result = run("convert", "--to", "doccano", "--offset-unit", unit, *files, "--force", cwd=folder.path)
            assert result.returncode == 0, result.stderr
            assert sorted(os.listdir(folder.at("out"))) == ["all.jsonl", "ayu.jsonl", "budi.jsonl"]
            rows = [json.loads(line) for line in folder.read("out/all.jsonl").splitlines()]
            assert [row["path"] for row in rows] == [path for path in TEXTS if path != "ar.txt"]
            assert [15, emoji, "quote"] in rows[0]["label"] and len(rows[0]["relations"]) == 2
        assert run("convert", "--to", "kutip", "-o", "back", "out", cwd=folder.path).returncode == 0
        assert {"ar.txt", "ar.txt.ayu.annotations.json", "ar.txt.budi.annotations.json"} <= set(os.listdir(folder.at("back")))
        assert run("convert", "--to", "doccano", *files[:1], "corpus.kutip.jsonl", cwd=folder.path).returncode == 2
        os.mkdir(folder.at("export"))
        for name in ("ayu", "all", "budi"):
            with open(folder.at(f"export/{name}.jsonl"), "w", encoding="utf-8") as file:
                file.write('{"id": 7, "text": "abc", "label": [[0, 1, "A"]], "Comments": []}\n')
        result = run("convert", "--from", "doccano", "--to", "kutip", "-o", "7", "export", cwd=folder.path)
        assert result.returncode == 0, result.stderr
        names = ["7.txt", "7.txt.annotations.json", "7.txt.ayu.annotations.json", "7.txt.budi.annotations.json"]
        assert sorted(set(os.listdir(folder.at("7"))) - {"tagset.json"}) == names
        with open(folder.at("export/budi.jsonl"), "w", encoding="utf-8") as file:
            file.write('{"id": 7, "text": "another", "label": [[0, 1, "A"]], "Comments": []}\n')
        result = run("convert", "--from", "doccano", "--to", "kutip", "-o", "8", "export", cwd=folder.path)
        assert result.returncode == 1 and b"7.txt" in result.stderr and not os.path.exists(folder.at("8"))


def walk_page(page):
    """The text of the article as a reader sees it, without the names of spans."""
    for node in list(page.iter()):
        for child in list(node):
            if child.get("class", "").split(" ")[:1] in (["t"], ["v"]):
                index = list(node).index(child)
                tail = child.tail or ""
                if index:
                    node[index - 1].tail = (node[index - 1].tail or "") + tail
                else:
                    node.text = (node.text or "") + tail
                node.remove(child)
    return ["".join(p.itertext()) for p in page.iter("p")]


def test_html():
    with Folder() as folder:
        folder.convert("html", "x")
        for path, text in TEXTS.items():
            content = folder.read(f"x/{path}.html")
            parser = html5lib.HTMLParser(namespaceHTMLElements=False)
            root = parser.parse(content)
            assert not parser.errors, parser.errors
            assert not list(root.iter("script")) and not list(root.iter("link")) and not list(root.iter("img"))
            assert "url(" not in content and "@import" not in content
            ids = [node.get("id") for node in root.iter() if node.get("id")]
            assert len(ids) == len(set(ids))
            for link in root.iter("a"):
                target = link.get("href")
                assert target[1:] in ids if target[0] == "#" else target.startswith("https://example.org/"), target
            assert root.find("head/title").text == f"Judul “{path}”"
            article = next(root.iter("article"))
            assert article.get("lang") == path[:2] and all(p.get("dir") == "auto" for p in article.iter("p"))
            spoken = "".join(article.itertext())
            assert "quote 1" in spoken and "(end of quote 1)" in spoken
            wanted = [line for line in text.replace("\r", "").split("\n") if line.strip()]
            assert walk_page(article) == wanted, path
            tidy = subprocess.run(["tidy", "-q", "-e", "-utf8"], input=content.encode(), capture_output=True, timeout=60)
            assert tidy.returncode == 0, tidy.stderr.decode()
        one = run("convert", "--to", "html", "-o", "one.html", "corpus.kutip.jsonl", cwd=folder.path)
        assert one.returncode == 1 and not os.path.exists(folder.at("one.html")), one.stderr
        line = CORPUS.split("\n")[0] + "\n"
        one = run("convert", "--from", "jsonl", "--to", "html", "-o", "one.html", "-", stdin=line.encode(), cwd=folder.path)
        assert one.returncode == 0 and folder.read("one.html") == folder.read("x/id.txt.html"), one.stderr


def luminance(colour):
    """WCAG 2.2's relative luminance, of parts from 0 to 1."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear))


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def parse_colour(text):
    digits = "".join(c * 2 for c in text[1:]) if len(text) == 4 else text[1:]
    return [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]


def test_html_contrast():
    """What is read stands out in light and dark, in a span and in a span of a span, whatever the labels' colours."""
    with Folder() as folder:
        folder.convert("html", "x")
        style = re.search(r"<style>(.*?)</style>", folder.read("x/id.txt.html"), re.DOTALL)[1]
        themes = [dict(re.findall(r"--(\w):([^;}]+)", block)) for block in re.findall(r":root\{([^}]*)\}", style)]
        assert len(themes) == 2
        for theme in themes:
            page, ink, pale = (parse_colour(theme[name]) for name in "bfm")
            assert contrast(page, ink) >= 7 and contrast(page, pale) >= 4.5, theme
            for colour in itertools.product((0, 0.5, 1), repeat=3):
                ground = page
                for alpha in (float(theme["a"]), float(theme["d"])):
                    ground = [alpha * c + (1 - alpha) * g for c, g in zip(colour, ground)]
                    assert contrast(ground, ink) >= 4.5, (theme, colour)
        assert ".s .s .s{background:none}" in style


SAMPLES = [
    ("prodigy.jsonl", (), 1, None),
    ("label-studio.json", (), 1, "kutipan langsung"),
    ("web-annotation.jsonld", ("sample.txt",), 1, "kutipan langsung"),
    ("hypothesis-export.json", ("sample.txt",), 0, "kutipan langsung"),
    ("recogito.json", ("sample.txt",), 0, "kutipan langsung"),
    ("sample.conllu", (), 0, None),
    ("taguette/highlights.csv", ("sample.txt",), 0, None),
]


def test_samples():
    """The little text as others computed it, where it is at hand."""
    if not os.path.isdir(SHARED):
        return
    for name, further, n_relations, note in SAMPLES:
        inputs = [os.path.join(SHARED, "samples", part) for part in (name, *further)]
        result = run("convert", "--to", "jsonl", *inputs)
        assert result.returncode == 0, (name, result.stderr)
        layer = json.loads(result.stdout)["layers"][0]
        found = {(s["label"], tuple(map(tuple, s["ranges"])), *s["text"]) for s in layer["spans"]}
        assert found == {("Quote", ((15, 31),), "“Kami sahabat 🤝”"), ("Source", ((37, 40),), "BBC")}, (name, found)
        assert len(layer["relations"]) == n_relations, name
        assert [s.get("note") for s in layer["spans"]] == [note, None], name


def test_examples_of_w3c():
    """All that the W3C calls correct is read, where it is at hand; of a picture there is nothing to mark."""
    folder = os.path.join(SHARED, "real/web-annotation/w3c-spec-examples/correct")
    if not os.path.isdir(folder):
        return
    with Folder() as texts:
        with open(texts.at("page1.txt"), "w", encoding="utf-8") as file:
            file.write("this is an anotation that has some text before the Selected Text and text after it " * 20)
        for name in sorted(os.listdir(folder)):
            if name == "collection1.json":
                continue
            inputs = (os.path.join(folder, name), texts.at("page1.txt"))
            result = run("convert", "--from", "web-annotation", "--to", "jsonl", *inputs)
            assert result.returncode == 0, (name, result.stderr.decode())


# Rows, and the line of the first that has other columns than those before it, or 0.
COLUMNS = [
    ("a _ O O\nb _ O B-A\nB BC x _ O B-B\n", 3, "a token that a space has cut"),
    ("a _ O O\n\nb _ B-A\n", 3, "a column too few, in another sentence"),
    ("a\tN\tO\nb\tB-A\n", 2, "the same with tabs"),
    ("a\tO\nb\tN\tB-A\n", 2, "a column too many"),
    ("a O\nb\n", 2, "a token alone"),
    ("-DOCSTART- -X- O O\n\na O\nb B-A\n", 0, "the line that begins a document is no row"),
    ("a    _ O\nlong _ B-A\n", 0, "columns below each other"),
    ("a\tN\t\nb\tN\tB-A\n", 0, "an empty tag for none"),
    ("b\tN\tB-A\nc\tN\t\nd\tN\t \n", 0, "the same behind others"),
    ("a O\t\nb B-A\n", 0, "a tab that separates nothing"),
    ("a\nb\n", 0, "tokens alone"),
]


def test_columns():
    for content, line, why in COLUMNS:
        with Folder() as folder:
            with open(folder.at("x.conll"), "w", encoding="utf-8") as file:
                file.write(content)
            result = run("convert", "--to", "jsonl", "x.conll", cwd=folder.path)
            told = result.stderr.decode()
            assert result.returncode == (1 if line else 0), (why, told)
            assert not line or told.startswith(f"kutip-tool: x.conll: line {line}: "), (why, told)
            if line:
                assert result.stdout == b"", why
            else:
                spans = json.loads(result.stdout)["layers"][0]["spans"]
                assert [span["text"] for span in spans] == [[word] for word in ("b", "long") if f"\n{word}" in "\n" + content
                                                            and "B-A" in content], (why, spans)


# Two articles, one without a text in the project.
PROJECT = """<Project xmlns="urn:QDA-XML:project:1.0" name="p"><Sources>
<TextSource guid="a" name="here"><PlainTextContent>satu dua</PlainTextContent></TextSource>
<TextSource guid="b" name="elsewhere" plainTextPath="{}">
<PlainTextSelection guid="c" startPosition="0" endPosition="4"/></TextSource></Sources></Project>
"""


def test_without_text():
    """A project's article without a text is left out and told, when nothing in it is annotated."""
    with Folder() as folder:
        start, _, rest = PROJECT.format("relative:///etc/passwd").partition("<PlainTextSelection")
        with open(folder.at("p.qde"), "w", encoding="utf-8") as file:
            file.write(start + rest.partition("/>")[2])
        result = run("convert", "--to", "jsonl", "p.qde", cwd=folder.path)
        assert result.returncode == 0 and b"p.qde:3: warning: no-text: b: elsewhere" in result.stderr, result.stderr
        assert [json.loads(row)["text"] for row in result.stdout.splitlines()] == ["satu dua"]


# What is odd in a file is told by that file's name, not by the article's: file, content, what is told.
ODD = [
    ("rej.jsonl", '{"text": "abc", "_task_hash": 1, "answer": "accept"}\n'
                  '{"text": "abd", "_task_hash": 2, "answer": "reject"}\n', "rej.jsonl:2: warning: answer"),
    ("w.tsv", "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|label\n\n\n#Text=ab cd\n"
              "1-1\t0-2\tab\tQ\t\n1-2\t3-5\tcx\tQ\t\n", "w.tsv:7: warning: other-text"),
    ("e.tsv", "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|label\n\n\n#Text=ab cd\n"
              "1-1\t0-2\tab\tQ\t\n1-1.1\t2-2\t\tQ\t\n1-2\t3-5\tcd\tQ\t\n", "e.tsv:7: warning: empty-span"),
]


def test_names():
    for name, content, told in ODD:
        with Folder() as folder:
            with open(folder.at(name), "w", encoding="utf-8") as file:
                file.write(content)
            result = run("convert", "--to", "jsonl", name, cwd=folder.path)
            assert result.returncode == 0 and told in result.stderr.decode(), (name, result.stderr)


def test_failures():
    """A broken file is named with its line; with --keep-going the others are converted; nothing is half there."""
    good = '{"text": "abc", "_task_hash": 1, "spans": [{"start": 0, "end": 1, "label": "L"}]}\n'
    bad = [
        ("a.jsonl", '{"text": "abc", "_task_hash": 1, "spans": [{"start": 2, "end": 1, "label": "L"}]}\n', "line 1"),
        ("b.json", '[{"from_name": 1, "data": {"text": "a"},\n"annotations": 5}]', "line 2"),
        ("c.jsonl", '{"_view_id": 1, "text": "a", "meta": ' + "[" * 100000 + "]" * 100000 + "}\n", "line 1"),
        ("d.conllu", "1\ta\n", "line 1"),
        ("e.conll", "a O\nb c B-A\n", "line 2"),
        ("f.qde", PROJECT.format("relative:///etc/passwd"), "line 3"),
        ("g.qde", PROJECT.format("absolute:///etc/passwd"), "line 3"),
    ]
    with Folder() as folder:
        with open(folder.at("good.jsonl"), "w", encoding="utf-8") as file:
            file.write(good)
        for name, content, place in bad:
            with open(folder.at(name), "w", encoding="utf-8") as file:
                file.write(content)
            before = sorted(os.listdir(folder.path))
            result = run("convert", "--to", "kutip", "-o", "out", name, "good.jsonl", cwd=folder.path)
            told = result.stderr.decode()
            assert result.returncode == 1 and name in told and place in told, told
            assert sorted(os.listdir(folder.path)) == before
            result = run("convert", "-k", "--to", "kutip", "-o", "out", name, "good.jsonl", cwd=folder.path)
            assert result.returncode == 1 and os.path.exists(folder.at("out/good-1.txt.annotations.json"))
            shutil.rmtree(folder.at("out"))


if __name__ == "__main__":
    sys.exit(run_cases(tests_of(globals())))
