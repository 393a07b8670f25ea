# SPDX-License-Identifier: GPL-3.0-or-later
"""Man pages and shell completion know each option that the program knows, and no other."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOOL = os.environ["KUTIP_TOOL"]
DATA = os.path.join(os.environ["KUTIP_SOURCE_DIR"], "data")


def load_maker():
    spec = importlib.util.spec_from_file_location("make", os.path.join(DATA, "completions", "make.py"))
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


MAKE = load_maker()
COMMANDS = MAKE.read_commands(TOOL)


def read(*names):
    with open(os.path.join(DATA, *names), encoding="utf-8") as file:
        return file.read()


def test_commands():
    names = [command.name for command in COMMANDS]
    assert {"convert", "export", "formats", "search", "stats", "validate"} <= set(names)
    for command in COMMANDS:
        options = {option.name for option in command.options}
        assert {"help", "json"} <= options, command.name
        if command.takes_files:
            assert {"quiet", "jobs"} <= options, command.name


def test_man_pages():
    """Each option has an entry of its own in its command's page, with the same short name and argument."""
    for command in COMMANDS:
        page = read("man", f"kutip-tool-{command.name}.1").replace("\\-", "-")
        section = page.split(".SH OPTIONS\n")[1].split("\n.SH ")[0]
        entries = {}
        for line in re.findall(r"^\.TP\n\.[A-Z]+ (.*)$", section, re.MULTILINE):
            plain = re.sub(r'\\f[A-Z]|[" ]', "", line)
            short, name, argument = re.match(r"(?:-(.),)?--([a-z-]+)(.*)", plain).groups()
            entries[name] = (short or "", argument.lstrip("="))
        told = {o.name: (o.short, o.argument) for o in command.options}
        assert entries == told, (command.name, sorted(set(entries.items()) ^ set(told.items())))


def test_overview():
    page = read("man", "kutip-tool.1").replace("\\-", "-")
    assert set(re.findall(r"^\.BR kutip-tool-([a-z]+) \(1\)", page, re.MULTILINE)) == {c.name for c in COMMANDS}
    installed = set(re.findall(r"'([^']+\.1)'", read("man", "meson.build")))
    assert installed == {name for name in os.listdir(os.path.join(DATA, "man")) if name.endswith(".1")}


def test_completions_are_fresh():
    for name, make in MAKE.FILES_MADE.items():
        assert read("completions", name) == make(COMMANDS), f"run data/completions/make.py: {name} is out of date"


def complete_in_bash(*words, program="kutip-tool"):
    """What bash offers for the last of the words."""
    function = "_" + program.replace("-", "_")
    script = f'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); {function}; printf "%s\\n" "${{COMPREPLY[@]}}"'
    folder = os.path.dirname(TOOL)
    result = subprocess.run(
        ["bash", "--norc", "-c", script, "bash", os.path.join(DATA, "completions", program), program, *words],
        capture_output=True, encoding="utf-8", timeout=60, cwd=COMPLETING,
        env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "LANGUAGE": "en"})
    assert result.returncode == 0 and not result.stderr, result.stderr
    return set(result.stdout.split("\n")) - {""}


COMPLETING = tempfile.mkdtemp(prefix="kutip-completing-")
OFFERS = [
    (("",), {command.name for command in COMMANDS} | {"--help", "--version"}, "commands"),
    (("exp",), {"export"}, "one command"),
    (("export", "--st"), {"--strict", "--stratify-by"}, "options of the command"),
    (("stats", "--st"), set(), "options of another command"),
    (("validate", "--"), {"--help", "--json", "--quiet", "--strict", "--jobs"}, "all options"),
    (("convert", "--to", "huggingf"), {"huggingface"}, "formats"),
    (("convert", "--to", "=", "huggingf"), {"huggingface"}, "formats behind an equals sign"),
    (("convert", "-t", "huggingf"), {"huggingface"}, "formats behind a letter"),
    (("export", "--context", ""), {"article", "paragraph", "sentence"}, "values"),
    (("export", "--context", "="), {"article", "paragraph", "sentence"}, "values behind an equals sign"),
    (("search", "--context", ""), set(), "a number is free"),
    (("convert", "--map", "poln"), {"polnear-to-kutip"}, "shipped maps"),
    (("convert", "--map", "my"), {"my corpus"}, "files of maps"),
    (("convert", "--to", "csv", "m"), {"my corpus"}, "inputs, with spaces"),
]


def test_bash():
    os.makedirs(os.path.join(COMPLETING, "my corpus"))
    for words, expected, why in OFFERS:
        offered = complete_in_bash(*words)
        assert offered == expected, (why, offered)
    assert complete_in_bash("--v", program="kutip") == {"--version"}
    assert complete_in_bash("m", program="kutip") == {"my corpus"}


def test_other_shells():
    """They parse where they are installed; fish offers what bash does."""
    for name in ("_kutip-tool", "_kutip"):
        if shutil.which("zsh"):
            subprocess.run(["zsh", "-n", os.path.join(DATA, "completions", name)], check=True, timeout=60)
        assert read("completions", name).startswith(f"#compdef {name[1:]}\n")
    if shutil.which("fish"):
        home = {**os.environ, "HOME": COMPLETING, "XDG_CONFIG_HOME": COMPLETING, "XDG_DATA_HOME": COMPLETING}
        script = f"source {DATA}/completions/kutip-tool.fish; complete -C 'kutip-tool export --st'"
        result = subprocess.run(["fish", "--no-config", "-c", script], capture_output=True, encoding="utf-8",
                                timeout=60, env=home, check=True)
        offered = {line.split("\t")[0] for line in result.stdout.splitlines()}
        assert offered == {"--strict", "--stratify-by"}, offered


def main():
    tests = [(name, test) for name, test in sorted(globals().items()) if name.startswith("test_")]
    print(f"1..{len(tests)}")
    failed = 0
    for number, (name, test) in enumerate(tests, 1):
        try:
            test()
            print(f"ok {number} {name[5:]}")
        except Exception as error:
            failed += 1
            print(f"not ok {number} {name[5:]}\n# {type(error).__name__}: {error}")
    shutil.rmtree(COMPLETING)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
