# SPDX-License-Identifier: GPL-3.0-or-later
"""kutip-tool search as scripts use it: what it finds is what Python finds, in lines that stand in columns."""

import json
import os
import random
import re
import resource
import subprocess
import sys

from tap import run_cases
from test_tool import TOOL, Corpus, run, span, tool_json

STORY = "Putin said that Kim came.\nKim said: “putin left” — résumé 🙂 of Kim’s talk.\n"
SEED = 20261122
# More than so much is not opened.
LARGEST = 1 << 30


def annotated(corpus, name, by=None, text=STORY):
    quote = text.index("putin left")
    kim = text.index("Kim")
    corpus.add(
        name,
        by=by,
        text=text,
        spans=[
            span(1, "source", (kim, kim + 3), text=text, attributes={"kind": "person"}),
            span(2, "quote", (quote, quote + 10), text=text, attributes={"form": "direct"}),
            span(3, "claim", (0, 5), (20, 24), text=text),
        ],
    )


def found(corpus, *arguments, status=0):
    result = run("search", *arguments, "--json", corpus.path)
    assert result.returncode == status, (arguments, result.returncode, result.stderr.decode())
    said = json.loads(result.stdout)
    assert said["count"] == len(said["hits"])
    return [hit["match"] for hit in said["hits"]]


USAGE = [
    (("search",), 2, "no pattern"),
    (("search", "x"), 2, "nothing to search"),
    (("search", "--regex", "(", "/"), 2, "no regular expression"),
    (("search", "", "/"), 2, "nothing to search for"),
    (("search", "--context", "-1", "x", "/"), 2, "less than no context"),
    (("search", "--context", "1001", "x", "/"), 2, "too much context"),
    (("search", "--jobs", "-1", "x", "/"), 2, "less than no jobs"),
    (("search", "--annotator", "ani", "x", "/"), 2, "texts have no annotator"),
    (("search", b"\xff", "/"), 2, "a pattern that is not UTF-8"),
    (("search", "--attribute", "=x", "x", "/"), 2, "an attribute without a name"),
    (("search", "x", "/nowhere/at/all"), 1, "a path that is not there"),
]


def usage():
    for arguments, status, reason in USAGE:
        result = run(*arguments)
        assert result.returncode == status, (reason, result)
        assert result.stderr.startswith(b"kutip-tool: ") and not result.stdout, (reason, result)
    assert b"--regex" in run("search", "--help").stdout


FINDS = [
    (("putin",), ["Putin", "putin"], "whatever the case"),
    (("--case", "putin"), ["putin"], "case"),
    (("Kim",), ["Kim", "Kim", "Kim"], "parts of words too"),
    (("--words", "res"), [], "whole words"),
    (("resume",), ["résumé"], "whatever the accents"),
    (("--accents", "resume"), [], "accents"),
    (("came. kim",), ["came. Kim"], "over the end of a line"),
    (("--regex", "[KP]\\w+ said"), ["Putin said", "Kim said"], "regular expression"),
    (("--label", "quote", ""), ["putin left"], "all spans of a label"),
    (("--label", "quote", "left"), ["putin left"], "spans that say it"),
    (("--label", "quote", "Kim"), [], "no span says it"),
    (("--label", "claim", ""), ["Putin … came"], "a span in pieces"),
    (("--attribute", "kind", ""), ["Kim"], "an attribute"),
    (("--attribute", "form=direct", ""), ["putin left"], "a value"),
    (("--attribute", "form=indirect", ""), [], "another value"),
    (("--attribute", "form=direct", "--label", "source", ""), [], "both must hold"),
]


def finds():
    with Corpus() as corpus:
        annotated(corpus, "a.txt")
        for arguments, expected, reason in FINDS:
            assert found(corpus, *arguments, status=0 if expected else 1) == expected, reason


def finds_what_python_finds():
    print(f"# seed {SEED}")
    chance = random.Random(SEED)
    for _ in range(20):
        with Corpus() as corpus:
            expected = []
            for number in range(5):
                text = "".join(chance.choice("ab ä🙂\n") for _ in range(chance.randint(0, 300)))
                corpus.write(f"{number}.txt", text)
                path = os.path.join(corpus.path, f"{number}.txt")
                expected += [
                    (path, m.start(), m.end(), m.group()) for m in re.finditer("[ab]+a", text)
                ]
            said = tool_json(
                "search", "--case", "--regex", "[ab]+a", corpus.path, status=0 if expected else 1
            )
            hits = [(h["file"], h["start"], h["end"], h["match"]) for h in said["hits"]]
            assert hits == expected


def lines_stand_in_columns():
    with Corpus() as corpus:
        annotated(corpus, "a.txt")
        annotated(corpus, "folder/much longer.txt")
        for width in (0, 5, 40):
            lines = run("search", "-C", str(width), "Kim", corpus.path).stdout.decode().splitlines()
            assert len(lines) == 6, lines
            assert len({line.index("|") for line in lines}) == 1, lines
            for line in lines:
                place, offset = re.match(r"(.*\.txt):(\d+) ", line).groups()
                with open(place, encoding="utf-8", newline="") as file:
                    text = file.read()
                at = int(offset)
                left, match, right = line.split("|")
                assert match == text[at : at + 3] == "Kim"
                assert right == re.sub(r"\s", " ", text[at + 3 : at + 3 + width])
                assert left.endswith(re.sub(r"\s", " ", text[max(0, at - width) : at]))
        lines = run("search", "-C", "5", "--label", "claim", "", corpus.path).stdout.decode()
        assert lines.splitlines()[0].endswith("|Putin … came|. Kim [claim s3]"), lines


def keeps_annotators_apart():
    with Corpus() as corpus:
        annotated(corpus, "a.txt")
        annotated(corpus, "a.txt", by="ani")
        hits = tool_json("search", "--label", "quote", "", corpus.path)["hits"]
        assert sorted(hit["annotator"] for hit in hits) == ["", "ani"]
        assert {hit["id"] for hit in hits} == {"s2"} and {hit["label"] for hit in hits} == {"quote"}
        for name in ("ani", ""):
            hits = tool_json("search", "--label", "quote", "--annotator", name, "", corpus.path)["hits"]
            assert [hit["annotator"] for hit in hits] == [name]
        assert len(tool_json("search", "Kim", corpus.path)["hits"]) == 3, "an article is searched once"


def finds_the_start_of_a_span():
    """A line that begins inside a span is not its start, as in the text."""
    text = "He said: “one\ntwo\nthree” then.\nTwo left.\n"
    with Corpus() as corpus:
        corpus.add("a.txt", text=text, spans=[span(1, "quote", (9, 24), text=text), span(2, "quote", (14, 24), text=text)])
        for pattern, expected in (("^two", ["two three”"]), ("one$", []), ("three”$", ["“one two three”", "two three”"])):
            hits = found(corpus, "--regex", "--label", "quote", pattern, status=0 if expected else 1)
            assert hits == expected, (pattern, hits)
        assert found(corpus, "--regex", "^two") == ["two", "Two"]


def same_output_whatever_the_jobs():
    with Corpus() as corpus:
        for number in range(60):
            annotated(corpus, f"{number % 7}/{number}.txt", text=STORY * (1 + number % 5))
        for options in (("Kim",), ("--json", "Kim"), ("--label", "quote", "")):
            one = run("search", *options, corpus.path)
            assert one.returncode == 0 and one.stdout
            for jobs in ("2", "7", "0"):
                assert run("search", "--jobs", jobs, *options, corpus.path).stdout == one.stdout
            assert run("search", *options, corpus.path, LANGUAGE="id", LC_ALL="C").stdout == one.stdout


def goes_on_after_a_failure():
    with Corpus() as corpus:
        annotated(corpus, "a.txt")
        annotated(corpus, "c.txt")
        corpus.write("b.txt", b"\0\0\0nothing")
        corpus.write("b.txt.annotations.json", "{")
        for arguments in (("Kim",), ("--label", "quote", "")):
            result = run("search", *arguments, corpus.path)
            assert result.returncode == 1, "found, but not everywhere"
            assert len(result.stdout.splitlines()) in (2, 6) and b"b.txt" in result.stderr


def limit_memory():
    # An allocator that checks memory needs room for its shadow.
    if "ASAN_OPTIONS" not in os.environ:
        resource.setrlimit(resource.RLIMIT_AS, (LARGEST, LARGEST))


def refuses_the_largest_by_its_length():
    """A byte too many, and no more memory than that: it is not read before it is refused."""
    with Corpus() as corpus:
        annotated(corpus, "b.txt")
        os.truncate(corpus.write("a.txt", ""), LARGEST + 1)
        result = subprocess.run([TOOL, "search", "Kim", corpus.path], capture_output=True, preexec_fn=limit_memory)
        assert result.returncode == 1 and b"a.txt" in result.stderr and b"too large" in result.stderr, result
        assert b"b.txt" in result.stdout, result


def is_quiet_when_asked():
    with Corpus() as corpus:
        annotated(corpus, "a.txt")
        for pattern, status in (("Kim", 0), ("nobody", 1)):
            result = run("search", "--quiet", pattern, corpus.path)
            assert (result.returncode, result.stdout, result.stderr) == (status, b"", b"")


def changes_nothing():
    with Corpus() as corpus:
        annotated(corpus, "a.txt")
        before = {name: os.stat(os.path.join(corpus.path, name)).st_mtime_ns for name in os.listdir(corpus.path)}
        run("search", "--label", "quote", "", corpus.path)
        assert before == {
            name: os.stat(os.path.join(corpus.path, name)).st_mtime_ns for name in os.listdir(corpus.path)
        }


CASES = [
    usage,
    finds,
    finds_what_python_finds,
    lines_stand_in_columns,
    keeps_annotators_apart,
    finds_the_start_of_a_span,
    same_output_whatever_the_jobs,
    goes_on_after_a_failure,
    refuses_the_largest_by_its_length,
    is_quiet_when_asked,
    changes_nothing,
]

if __name__ == "__main__":
    sys.exit(run_cases(CASES))
