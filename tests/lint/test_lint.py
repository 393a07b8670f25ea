# SPDX-License-Identifier: GPL-3.0-or-later
"""Each check must be able to fail: bad files are planted in a small tree of their own, one at a
time, and must be found; the tree without them must be clean."""

import importlib
import os
import shutil
import sys
import tempfile

from tree import Tree

C = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
SH = "#!/bin/sh\n# SPDX-License-Identifier: GPL-3.0-or-later\n"
PY = "# SPDX-License-Identifier: GPL-3.0-or-later\n"
XML = '<?xml version="1.0"?>\n<!-- SPDX-License-Identifier: GPL-3.0-or-later -->\n'
PO = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: %s\\n"\n'
    '"Plural-Forms: %s\\n"\n\n'
)
ID = PO % ("id", "nplurals=1; plural=0;")
GB = PO % ("en_GB", "nplurals=2; plural=(n != 1);")
ENTRY = 'msgid "Open"\nmsgstr "%s"\n'
UNDO = '\nmsgid "Undo"\nmsgstr "%s"\n'
DESKTOP = "[Desktop Entry]\nType=Application\nName=Kutip\nExec=kutip\n"


def ui(body):
    return XML + f"<interface>{body}</interface>\n"


KEYS = C + '/* clang-format off */\n{ "win.undo", "<Control><Shift>z KP_Add", NULL, N_ ("Undo"), MARKING }\n'
KEY_TABLE = (
    "<!-- Made by tests/lint/manual.py from the tables in app/ui. -->\n\n## Marking\n\n"
    "| what | keys |\n| --- | --- |\n| Undo | `%s` |\n\n<!-- End of the tables. -->\n"
)

# A tree in which every check is content.
CLEAN = {
    ".clang-format": open(
        os.path.join(os.path.dirname(__file__), "..", "..", ".clang-format"), encoding="utf-8"
    ).read(),
    "app/text/text.h": C + "#pragma once\n",
    "app/text/text.c": C + '#include "text/text.h"\n',
    "app/ui/window.c": C + '#include "text/text.h"\n#include <gtk/gtk.h>\n\nchar *a = _ ("Open");\n',
    "app/ui/window.ui": ui('<object class="GtkButton"><property name="label">1</property></object>'),
    "app/run": SH + "echo\n",
    "po/LINGUAS": "en_GB\nid\n",
    "po/POTFILES": "app/ui/commands.c\napp/ui/window.c\n",
    "po/id.po": ID + ENTRY % "Buka" + UNDO % "Urungkan",
    "po/en_GB.po": GB + ENTRY % "Open" + UNDO % "Undo",
    "data/man/kutip-tool.1": ".TH KUTIP-TOOL 1\n.SH NAME\nkutip-tool\n.BR kutip\\-tool\\-count (1)\n",
    "data/man/kutip-tool-count.1": ".TH KUTIP-TOOL-COUNT 1\n.SH NAME\nkutip-tool-count\n",
    "data/man/kutip.1": ".TH KUTIP 1\n.SH NAME\nkutip\n",
    "data/org.kutip.Kutip.gschema.xml": XML
    + '<schemalist><schema id="a.b" path="/a/b/"><key name="k" type="b">'
    + "<default>true</default></key></schema></schemalist>\n",
    "build/data/org.kutip.Kutip.desktop": DESKTOP,
    "build/data/org.kutip.Kutip.metainfo.xml": '<?xml version="1.0"?>\n'
    '<component type="desktop-application"><id>org.kutip.Kutip</id>'
    "<metadata_license>CC0-1.0</metadata_license><project_license>GPL-3.0-or-later</project_license>"
    "<name>Kutip</name><summary>Mark what is quoted</summary>"
    "<developer_name>The Kutip authors</developer_name>"
    "<description><p>Marks claims, quotes and sources in articles, and says who said what.</p></description>"
    '<launchable type="desktop-id">org.kutip.Kutip.desktop</launchable>'
    '<url type="homepage">https://kutip.example.org</url>'
    '<content_rating type="oars-1.1"/>'
    '<releases><release version="0.1.0" date="2026-01-01"/></releases></component>\n',
    "tests/test-a.c": C,
    "tests/a.py": PY,
    "app/ui/commands.c": KEYS,
    "data/help/keyboard.md": KEY_TABLE % "Ctrl+Shift+Z",
    "README.md": "# What it is\n[keys](data/help/keyboard.md#marking), [above](#what-it-is)\n",
}

LONG_FUNCTION = C + "void\nfind (void)\n{\n" + "  a ();\n" * 130 + "}\n"

MARKED = C + "void\nshow (GtkLabel *label)\n{\n  char *title = dup_title ();\n\n  %s\n}\n"
HANDED_ON = (
    C + "void\nadd (Page *page, const char *words)\n{\n  adw_toast_new (words);\n}\n\n"
    "void\nshow (void)\n{\n  add (page, %s);\n}\n"
)
PRINTED = (
    C + "void\nshow (void)\n{\n"
    '  char *title = g_strdup_printf (_ ("Value %s"), value);\n\n  adw_toast_new (title);\n}\n'
)
TURNED_OFF = (
    C + "void\nshow (void)\n{\n  char *title = %s;\n\n"
    "  adw_preferences_row_set_use_markup (row, FALSE);\n"
    "  adw_preferences_row_set_title (row, title);\n}\n"
)
# What is escaped, ours, a number, or shown without markup, by all the ways there are.
MARKUP_DONE_RIGHT = (
    C + "static void\nadd (Page *page, const char *words)\n{\n  adw_toast_new (words);\n}\n\n"
    "void\nshow (GtkWidget *row, gboolean is_new)\n{\n"
    "  char *title = g_markup_escape_text (name, -1);\n"
    '  char *number = g_strdup_printf (_ ("Value %u"), 1);\n\n'
    '  add (page, is_new ? _ ("New") : _ ("Old"));\n  add (page, title);\n  add (page, number);\n'
    "  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), NULL);\n"
    "  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);\n"
    "  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);\n"
    "  if (c == '\"' || c == '(')\n    adw_action_row_set_subtitle (self->file, name);\n}\n"
)
PLAIN_ROW = ui('<object class="AdwActionRow" id="file"><property name="use-markup">0</property></object>')

# check, file, its bad content, words that the finding must have
PLANTED = [
    ("layers", "app/text/text.c", C + '#include "model/span.h"\n', "there is no app/model/span.h"),
    ("layers", "app/text/text.c", C + '#include "ui/window.h"\n', "no app/ui/window.h"),
    ("layers", "app/text/text.c", C + "#include <gtk/gtk.h>\n", "belongs in ui only"),
    ("layers", "app/ui/window.c", C + "#include <json-glib/json-glib.h>\n", "format only"),
    ("layers", "app/cli/main.c", C + "#include <pango/pango.h>\n", "text and ui only"),
    ("layers", "app/ui/window.c", C + '#include "window.h"\n', "does not name its folder"),
    ("layers", "app/utils/a.c", C, "no folder of the architecture"),
    ("sources", "app/text/text.h", "#pragma once\n", "no line"),
    ("sources", "app/run", "#!/bin/sh\necho\n", "no line"),
    ("sources", "app/text/text.c", C + "\n" * 700, "702 lines"),
    ("sources", "app/text/text.c", LONG_FUNCTION, "find has 133 lines"),
    ("sources", "app/text/text.c", C + "/* TO" "DO: more */\n", "unfinished"),
    ("sources", "tests/test-a.c", C + "g_test_" 'skip ("later");\n', "left out"),
    ("sources", "app/run", SH + "cd /wo" "rk/here\n", "somebody's machine"),
    ("sources", "data/man/kutip.1", "a \n", "white space"),
    ("layout", "app/text/text.c", C + "int  a;\n", "not as clang-format"),
    ("layout", "tests/test-a.c", C + "int a(void);\n", "not as clang-format"),
    ("translations", "po/POTFILES", "", "window.c has text for people"),
    ("translations", "po/POTFILES", "app/ui/commands.c\napp/ui/gone.c\napp/ui/window.c\n", "gone.c does not exist"),
    ("translations", "po/POTFILES", "app/ui/window.c\napp/ui/commands.c\n", "not sorted"),
    ("translations", "po/LINGUAS", "id\n", "en_GB is missing"),
    (
        "translations",
        "app/cli/main.c",
        C + 'char *a = _ ("%" G_GSIZE_FORMAT " bytes");\n',
        "cuts the sentence",
    ),
    ("translations", "data/tagsets/a.json", '{"name": "Mine"}', "not what the tag sets say"),
    ("translations", "po/id.po", ID, '"Open" is missing'),
    ("translations", "po/id.po", ID + ENTRY % "", "not translated"),
    ("translations", "po/id.po", ID + "#, fuzzy\n" + ENTRY % "Buka", "fuzzy"),
    ("translations", "po/id.po", GB + ENTRY % "Buka", "plural forms"),
    (
        "translations",
        "po/id.po",
        ID + ENTRY % "Buka" + '\nmsgid "Gone"\nmsgstr "Hilang"\n',
        "no longer in the sources",
    ),
    (
        "translations",
        "po/id.po",
        ID + '#, c-format\nmsgid "%d spans"\nmsgstr "%s rentang"\n',
        "not valid C format string|format specifications",
    ),
    ("translations", "po/id.po", ID + ENTRY % "Buka" + "msgid broken\n", "keyword|syntax"),
    (
        "interface",
        "app/ui/window.ui",
        ui('<object class="GtkButton"><property name="icon-name">a</property></object>'),
        "neither a tooltip nor a label",
    ),
    ("interface", "app/ui/window.ui", ui('<object class="GtkEntry"/>'), "no accessible label"),
    (
        "interface",
        "app/ui/window.ui",
        ui('<object class="GtkLabel"><property name="label">Open</property></object>'),
        "not translatable",
    ),
    (
        "interface",
        "app/ui/window.ui",
        ui('<menu><item><attribute name="label">Open</attribute></item></menu>'),
        "not translatable",
    ),
    ("interface", "app/ui/window.ui", "<interface>", "no element found"),
    ("markup", "app/ui/window.c", MARKED % "gtk_label_set_markup (label, title);", "title is read as markup"),
    ("markup", "app/ui/window.c", MARKED % 'adw_toast_new (is_a ? _ ("A") : title);', "title is read as markup"),
    ("markup", "app/ui/window.c", MARKED % 'adw_toast_new (_ ("Tags & labels"));', "bare < or &"),
    ("markup", "app/ui/window.c", MARKED % "adw_action_row_set_subtitle (row, title);", "title is read as markup"),
    ("markup", "app/ui/window.c", HANDED_ON % "dup_title ()", "dup_title () is read as markup"),
    ("markup", "app/ui/window.c", PRINTED % "%s", "title is read as markup"),
    ("markup", "app/ui/window.c", TURNED_OFF % "g_markup_escape_text (name, -1)", "reads no markup"),
    ("markup", "app/ui/window.c", C + 'g_object_set (a, "use-markup", TRUE, NULL);\n', "does not see it"),
    ("markup", "app/ui/window.c", C + '#pragma GCC diagnostic ignored "-Wformat-nonliteral"\n', "formats"),
    (
        "markup",
        "app/ui/window.ui",
        ui('<object class="GtkLabel"><property name="use-markup">1</property></object>'),
        "reads markup",
    ),
    (
        "markup",
        "app/ui/window.ui",
        ui('<object class="GtkLabel"><property name="tooltip-markup">a</property></object>'),
        "tooltip of markup",
    ),
    ("shipped", "app/ui/window.ui", "<interface>", "Premature end"),
    ("shipped", "data/man/kutip.1", ".TH KUTIP 1\n.SH NAME\n.Xq\n", "Xq"),
    ("shipped", "data/org.kutip.Kutip.gschema.xml", XML + "<schemalist><schema/></schemalist>", "id"),
    ("shipped", "build/data/org.kutip.Kutip.desktop", "[Desktop Entry]\nType=What\n", "What"),
    ("shipped", "build/data/org.kutip.Kutip.metainfo.xml", "<component/>", "component"),
    ("scripts", "app/run", SH + "cd $1\n", "SC2164"),
    ("scripts", "app/setup.sh", SH + "rm -rf $1/$2\n", "SC2086"),
    ("manual", "data/help/keyboard.md", KEY_TABLE % "Ctrl+Z", "not the program's keys"),
    ("manual", "app/ui/commands.c", KEYS.replace("MARKING", "COOKING"), "COOKING have no heading"),
    ("manual", "app/cli/sum.c", C + '/* .name = "sum" */\n', "does not name the command sum"),
    ("manual", "app/cli/sum.c", C + '/* .name = "sum" */\n', "explain the command sum"),
    ("manual", "README.md", "[a](data/gone.md)\n", "there is no data/gone.md"),
    ("manual", "README.md", "[a](data/help/keyboard.md#gone)\n", "no heading gone"),
    ("scripts", "tests/a.py", PY + "def a(:\n", "invalid syntax"),
]

CYCLE = {
    "app/text/a.h": C + '#pragma once\n#include "text/text.h"\n',
    "app/text/a.c": C + '#include "text/a.h"\n',
    "app/text/text.c": C + '#include "text/a.h"\n',
}
FORBIDDEN = {
    "app/ui/window.h": C,
    "app/cli/main.c": C + '#include "ui/window.h"\n',
}


def plant(top, files):
    for name, content in files.items():
        path = os.path.join(top, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(content)


def findings(check, files):
    top = tempfile.mkdtemp(prefix="kutip-lint-")
    try:
        plant(top, {**CLEAN, **files})
        tree = Tree(top, os.path.join(top, "build"))
        return [str(found) for found in importlib.import_module(check).check(tree)]
    finally:
        shutil.rmtree(top)


def main():
    checks = sorted({row[0] for row in PLANTED})
    cases = [(f"{check} likes a clean tree", check, {}, None) for check in checks]
    cases += [
        (f"{check} finds: {words}", check, {name: content}, words)
        for check, name, content, words in PLANTED
    ]
    right = {"app/ui/window.c": MARKUP_DONE_RIGHT, "app/ui/window.ui": PLAIN_ROW}
    cases.append(("markup likes what is done right", "markup", right, None))
    cases.append(("layers finds a cycle", "layers", CYCLE, "include cycle: text/a - text/text"))
    cases.append(("layers keeps cli and ui apart", "layers", FORBIDDEN, "cli may not include ui"))
    print(f"1..{len(cases)}")
    failed = 0
    for number, (title, check, files, words) in enumerate(cases, 1):
        try:
            found = findings(check, files)
        except SystemExit as end:
            assert end.code == 77, end
            print(f"ok {number} - {title} # skip its tool is not here")
            continue
        if words is None:
            good = not found
        else:
            good = any(word in line for line in found for word in words.split("|"))
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {title}")
        for line in found if not good else []:
            print(f"# {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
