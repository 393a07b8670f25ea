# SPDX-License-Identifier: GPL-3.0-or-later
"""gettext: every file with text for people is in po/POTFILES, and the catalogs are complete.

Run as a program, "translations.py CHECKOUT" rewrites po/POTFILES and data/tagsets/titles.h."""

import json
import re
import subprocess
import sys
import tempfile

from tree import Finding, Tree

# Catalogs that must always be complete, with the plural rule that the language has.
COMPLETE = {
    "id": "nplurals=1; plural=0;",
    "en_GB": "nplurals=2; plural=(n != 1);",
}

C_TEXT = re.compile(r"(?<![\w])(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?) ?\(")
UI_TEXT = re.compile(r"""translatable=["'](?:yes|true|1)["']""")
SHIPPED = (".desktop.in", ".metainfo.xml.in")
TITLES = "data/tagsets/titles.h"
TITLES_HEAD = """/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Not compiled: xgettext cannot read the tag sets' JSON, so their text for people stands here. Made by
 * tests/lint/translations.py. */
"""

# The same as meson's preset "glib".
XGETTEXT = [
    "xgettext",
    "--from-code=UTF-8",
    "--add-comments",
    "--keyword=_",
    "--keyword=N_",
    "--keyword=C_:1c,2",
    "--keyword=NC_:1c,2",
    "--keyword=g_dcgettext:2",
    "--keyword=g_dngettext:2,3",
    "--keyword=g_dpgettext2:2c,3",
    "--flag=N_:1:pass-c-format",
    "--flag=C_:2:pass-c-format",
    "--flag=NC_:2:pass-c-format",
    "--flag=g_dngettext:2:pass-c-format",
    "--flag=g_strdup_printf:1:c-format",
    "--flag=g_string_printf:2:c-format",
    "--flag=g_string_append_printf:2:c-format",
    "--flag=g_error_new:3:c-format",
    "--flag=g_set_error:4:c-format",
]


def run(*words, cwd=None):
    return subprocess.run(
        words, cwd=cwd, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    )


# xgettext ends a sentence where a macro that is no string of its own begins.
CUT = re.compile(r'(?<![\w])(?:_|N_|ngettext) \("[^"\n]*" ?G_G[A-Z0-9]+_FORMAT')


def without_comments(text):
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)


def has_text(tree, name):
    if name.endswith(SHIPPED):
        return True
    if name.endswith(".c"):
        return bool(C_TEXT.search(without_comments(tree.read(name))))
    return bool(UI_TEXT.search(tree.read(name)))


def check_sentences(tree):
    for name in tree.files(".c", under="app/"):
        for match in CUT.finditer(tree.read(name)):
            line = tree.read(name).count("\n", 0, match.start()) + 1
            yield Finding(name, line, "a macro cuts the sentence for translators in two")


def listed(tree, name):
    return [
        line.strip() for line in tree.lines(name) if line.strip() and not line.startswith("#")
    ]


def tagset_texts(tree):
    """What people read of the tag sets that are shipped, in the order of the files."""
    texts = []
    for name in tree.files(".json", under="data/tagsets/"):
        tagset = json.loads(tree.read(name))
        texts.append(tagset["name"])
        for part in ("labels", "attributes", "relations"):
            for one in tagset.get(part, []):
                texts += [one.get("title"), one.get("description"), *one.get("values", [])]
    return list(dict.fromkeys(text for text in texts if text))


def make_titles(tree):
    lines = [f"N_ ({json.dumps(text, ensure_ascii=False)})\n" for text in tagset_texts(tree)]
    return TITLES_HEAD + "".join(lines)


def check_titles(tree):
    if not tree.files(".json", under="data/tagsets/"):
        return
    if not tree.exists(TITLES) or tree.read(TITLES) != make_titles(tree):
        yield Finding(TITLES, 0, "not what the tag sets say; make it with translations.py")


def files_with_text(tree):
    candidates = tree.files(".c", ".ui", under="app/") + tree.files(*SHIPPED, under="data/")
    if tree.exists(TITLES):
        candidates.append(TITLES)
    return sorted(name for name in candidates if name == TITLES or has_text(tree, name))


def check_potfiles(tree):
    files = listed(tree, "po/POTFILES")
    for name in files:
        if not tree.exists(name):
            yield Finding("po/POTFILES", 0, f"{name} does not exist")
    if files != sorted(set(files)):
        yield Finding("po/POTFILES", 0, "not sorted, or a file twice")
    for name in files_with_text(tree):
        if name not in files:
            yield Finding("po/POTFILES", 0, f"{name} has text for people and is not listed")


def parse(text):
    """{(context, id): [translations]} of a catalog as msgcat --no-wrap prints it."""
    entries, fields, current, fuzzy = {}, {}, None, False

    def close():
        if "msgid" in fields and fields["msgid"]:
            strings = [v for k, v in fields.items() if k.startswith("msgstr")]
            entries[(fields.get("msgctxt"), fields["msgid"])] = [] if fuzzy else strings

    for line in text.split("\n") + [""]:
        if line.startswith("#~"):
            continue
        if line.startswith("#,") and "fuzzy" in line:
            fuzzy = True
        match = re.match(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) "(.*)"$', line)
        if match:
            current = match.group(1)
            fields[current] = match.group(2)
        elif line.startswith('"') and current:
            fields[current] += line[1:-1]
        elif not line:
            close()
            fields, current, fuzzy = {}, None, False
    return entries


def read_catalog(path):
    result = run("msgcat", "--no-wrap", "--no-location", path)
    return parse(result.stdout)


def extract(tree):
    """What the sources say now."""
    existing = [name for name in listed(tree, "po/POTFILES") if tree.exists(name)]
    with tempfile.NamedTemporaryFile(suffix=".pot") as template:
        if not existing:
            return {}, ""
        result = run(*XGETTEXT, "-o", template.name, *existing, cwd=tree.top)
        return read_catalog(template.name), result.stderr


def check_catalog(tree, language, source):
    name = f"po/{language}.po"
    if not tree.exists(name):
        yield Finding("po/LINGUAS", 0, f"there is no {name}")
        return
    result = run("msgfmt", "-c", "--check-accelerators=_", "-o", "/dev/null", tree.path(name))
    for line in result.stderr.splitlines():
        if result.returncode:
            yield Finding(name, 0, line.replace(tree.path(name), "").lstrip(":"))
    entries = read_catalog(tree.path(name))
    if language not in COMPLETE:
        return
    if f"Plural-Forms: {COMPLETE[language]}" not in tree.read(name):
        yield Finding(name, 0, f"the plural forms are not {COMPLETE[language]}")
    for key in sorted(source, key=str):
        if key not in entries:
            yield Finding(name, 0, f'"{key[1]}" is missing')
        elif not entries[key] or not all(entries[key]):
            yield Finding(name, 0, f'"{key[1]}" is not translated, or fuzzy')
    for key in sorted(set(entries) - set(source), key=str):
        yield Finding(name, 0, f'"{key[1]}" is no longer in the sources')


def check(tree):
    yield from check_titles(tree)
    yield from check_sentences(tree)
    yield from check_potfiles(tree)
    source, complaints = extract(tree)
    for line in complaints.splitlines():
        if "warning" in line:
            yield Finding("po/POTFILES", 0, line)
    languages = listed(tree, "po/LINGUAS")
    for language in sorted(set(COMPLETE) - set(languages)):
        yield Finding("po/LINGUAS", 0, f"{language} is missing")
    for language in languages:
        yield from check_catalog(tree, language, source)


def write(top):
    tree = Tree(top)
    if tree.files(".json", under="data/tagsets/"):
        with open(tree.path(TITLES), "w", encoding="utf-8") as file:
            file.write(make_titles(tree))
    names = files_with_text(tree)
    with open(tree.path("po/POTFILES"), "w", encoding="utf-8") as file:
        file.write("".join(name + "\n" for name in names))


if __name__ == "__main__":
    write(sys.argv[1])
