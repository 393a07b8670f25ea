# SPDX-License-Identifier: GPL-3.0-or-later
"""Man pages and shell completion know each option that the program knows, and no other."""

import fcntl
import importlib.util
import json
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios

from tap import run_cases, tests_of

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


def read_page(command):
    """The words of a man page that are typed as they are."""
    page = read("man", f"kutip-tool-{command}.1").replace("\\-", "-")
    return set(re.findall(r"[a-z][a-z_-]*", "\n".join(re.findall(r"^\.B[RI]? .*$", page, re.MULTILINE))))


def print_json(*arguments):
    result = subprocess.run([TOOL, *arguments, "--json"], capture_output=True, timeout=60)
    return json.loads(result.stdout)


def test_formats():
    """Each format has an entry in the page, and each word for what is kept is explained."""
    page = read("man", "kutip-tool-formats.1").replace("\\-", "-")
    entries = set(re.findall(r"[a-z][a-z-]*", " ".join(re.findall(r"^\.TP\n\.BR? (.*)$", page, re.MULTILINE))))
    formats = print_json("formats")["formats"]
    names = {entry["name"] for entry in formats} | {word for entry in formats for word in entry["keeps"]}
    assert names <= entries, names - entries


def list_losses():
    """Each word of the loss report that the program's sources have, where it is said."""
    words = {}
    for folder, _, names in os.walk(os.path.join(DATA, "..", "app")):
        for name in names:
            if not name.endswith(".c"):
                continue
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                code = re.sub(r"\s+", " ", file.read())
            for call in (r"kutip_report_add \([^;]*?KUTIP_REPORT_LOSS, (\w+|\"[^\"]+\"),", r"lose \([^;\"]+?, (\"[^\"]+\"),",
                         r" (?:add|compare_\w+) \(&?scan, (\"[^\"]+\"),",
                         r" add \(&?\w+, KUTIP_KEEPS[^;]*?, (\w+|\"[^\"]+\"),(?: [\w.>-]+)\)"):
                for word in re.findall(call, code):
                    words.setdefault(word, set()).add(name)
    # What the functions that take a word call it.
    assert words.pop("what")
    return {word.strip('"'): names for word, names in words.items()}


def test_losses():
    """Each word of the loss report is explained in the page that says that it has them."""
    page = read("man", "kutip-tool-formats.1").replace("\\-", "-")
    entries = set(re.findall(r"[a-z][a-z-]*", " ".join(re.findall(r"^\.TP\n\.BR? (.*)$", page, re.MULTILINE))))
    words = list_losses()
    assert {"ids", "tagset", "pieces", "annotator-name", "context-spans", "attribute-flags", "empty-layers", "tagset-titles"} <= set(words)
    assert set(words) <= entries, {word: words[word] for word in set(words) - entries}
    # The window says it in words of its own language.
    headings = set(re.findall(r"[a-z][a-z-]*", read("..", "app", "ui", "exchange", "loss-words.c").split("kutip_loss_words_get")[0]))
    assert set(words) <= headings, {word: words[word] for word in set(words) - headings}


def test_json_members():
    """What programs read is in the pages: the members of each document, and of what is listed in it."""
    with tempfile.TemporaryDirectory() as folder:
        samples = os.path.join(DATA, "samples")
        losses = os.path.join(folder, "losses.json")
        documents = {
            "convert": [print_json("convert", "--to", "brat", "-o", os.path.join(folder, "a"), "--losses", losses, samples)],
            "export": [print_json("export", "--to", "brat", "-o", os.path.join(folder, "b"), samples)],
            "formats": [print_json("formats")],
            "search": [print_json("search", "--label", "quote", "", samples)],
            "stats": [print_json("stats", samples)],
            "validate": [print_json("validate", samples)],
        }
        with open(losses, encoding="utf-8") as file:
            lost = json.load(file)
    documents["convert"] += [lost, lost["losses"]]
    for command, whole in documents.items():
        listed = [item for document in whole for value in document.values() if isinstance(value, list)
                  for item in value if isinstance(item, dict)]
        members = {name for document in whole + listed for name in document}
        assert members and members <= read_page(command), (command, members - read_page(command))


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
os.makedirs(os.path.join(COMPLETING, "my corpus"))
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
    (("convert", "--to", "hypoth"), set(), "no format that is only read"),
    (("convert", "--from", "hypoth"), {"hypothesis"}, "but where one is read"),
    (("convert", "--tagset", "fact"), {"fact-checking"}, "shipped tag sets"),
]


def test_bash():
    for words, expected, why in OFFERS:
        offered = complete_in_bash(*words)
        assert offered == expected, (why, offered)
    assert complete_in_bash("--v", program="kutip") == {"--version"}
    assert complete_in_bash("m", program="kutip") == {"my corpus"}


# The same for the other shells: words as they are typed.
TYPED = [
    ("", {command.name for command in COMMANDS}, "commands"),
    ("exp", {"export"}, "one command"),
    ("export --st", {"--strict", "--stratify-by"}, "options of the command"),
    ("stats --st", set(), "options of another command"),
    ("convert --to huggingf", {"huggingface"}, "formats"),
    ("convert --to=huggingf", {"huggingface"}, "formats behind an equals sign"),
    ("convert -t huggingf", {"huggingface"}, "formats behind a letter"),
    ("convert --to hypoth", set(), "no format that is only read"),
    ("convert --from hypoth", {"hypothesis"}, "but where one is read"),
    ("export --context ", {"article", "paragraph", "sentence"}, "values"),
    ("convert --map poln", {"polnear-to-kutip"}, "shipped maps"),
    ("convert --map my", {"my corpus"}, "files of maps"),
    ("convert --tagset fact", {"fact-checking"}, "shipped tag sets"),
    ("convert --to csv my", {"my corpus"}, "inputs, with spaces"),
]
# With the program that is tested, and nothing of the user's own.
HOME = {**os.environ, "HOME": COMPLETING, "ZDOTDIR": COMPLETING, "XDG_CONFIG_HOME": COMPLETING, "TERM": "dumb",
        "XDG_DATA_HOME": COMPLETING, "LANGUAGE": "en", "PATH": f"{os.path.dirname(TOOL)}:{os.environ['PATH']}"}


def test_fish():
    for typed, expected, why in TYPED:
        script = f"source {DATA}/completions/kutip-tool.fish; complete -C 'kutip-tool {typed}'"
        result = subprocess.run(["fish", "--no-config", "-c", script], capture_output=True, encoding="utf-8",
                                timeout=60, env=HOME, check=True, cwd=COMPLETING)
        offered = {line.split("\t")[0].rpartition("=")[2].rstrip("/") for line in result.stdout.splitlines()}
        assert {name.replace("\\ ", " ") for name in offered} == expected, (why, offered)


ZSH = f"""unsetopt beep prompt_sp; unset zle_bracketed_paste; fpath=({DATA}/completions $fpath); autoload -U compinit
compinit -u -D; zstyle ':completion:*' list-separator '#'; bindkey '^D' list-choices; LISTMAX=0; PROMPT='REA''DY '
"""


class Zsh:
    """An interactive one: it completes nothing elsewhere."""

    def __enter__(self):
        self.terminal, other = pty.openpty()
        # So that each match has a line, which is not cut.
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 500, 120, 0, 0))
        self.process = subprocess.Popen(["zsh", "-f", "-i"], stdin=other, stdout=other, stderr=other, cwd=COMPLETING,
                                        env=HOME, start_new_session=True)
        os.close(other)
        self.said = ""
        self.type(ZSH)
        self.wait_for("READY ")
        return self

    def __exit__(self, *_):
        os.close(self.terminal)
        self.process.wait(60)

    def type(self, keys):
        os.write(self.terminal, keys.encode())

    def wait_for(self, mark):
        """What stands before the mark."""
        while mark not in self.said:
            self.said += os.read(self.terminal, 65536).decode(errors="replace")
        before, _, self.said = self.said.partition(mark)
        return before

    def list(self, line):
        """What is listed below the line; then it is taken away, and the next prompt waited for."""
        self.type(f"{line}\x04\x15print -r -- DO''NE\n")
        listed = self.wait_for("DO''NE").replace("\r", "").split("\n")[1:]
        self.wait_for("DONE")
        self.wait_for("READY ")
        names = set()
        for row in (row for row in listed if not row.startswith("READY ")):
            # With what it is for behind it, or several beside one another.
            cells = re.split(r"  +", row.partition("  #")[0].strip())
            names |= {name.replace("\\ ", " ").rstrip("/") for name in cells}
        return names - {""}


def test_zsh():
    with Zsh() as zsh:
        for typed, expected, why in TYPED:
            offered = zsh.list(f"kutip-tool {typed}")
            assert offered == expected, (why, offered)


def test_starts():
    """The window's own completion parses, and says what it is for."""
    for name in ("_kutip-tool", "_kutip"):
        subprocess.run(["zsh", "-n", os.path.join(DATA, "completions", name)], check=True, timeout=60)
        assert read("completions", name).startswith(f"#compdef {name[1:]}\n")
    subprocess.run(["fish", "--no-execute", os.path.join(DATA, "completions", "kutip.fish")], check=True, timeout=60)


MANY = "## Large corpora, many machines"
STORY = "Putin berkata: “Kami sahabat 🤝” kata BBC.\n"
# What sbatch makes of a script with an array, and of a command that waits for it, without a cluster.
SBATCH = """#!/bin/bash
for option; do
  case $option in
    --array=1-*) last=${option#--array=1-} last=${last%%%*} ;;
    --dependency=afterok:7) waits=yes ;;
  esac
done
if [ "${waits-}" ]; then exec /bin/sh -c "${!#}"; fi
export SLURM_CPUS_PER_TASK=$(sed -n 's/^#SBATCH --cpus-per-task=//p' "${!#}")
for SLURM_ARRAY_TASK_ID in $(seq "$last"); do
  export SLURM_ARRAY_TASK_ID
  bash "${!#}" || exit
done
echo 7
"""


class ManyFolders:
    """A corpus of folders with names of all kinds; what the manual says about many machines, run where it is."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="kutip-many-")
        for name in ("a", "a-b", "b", "c d", "é", "it's"):
            for number in range(3):
                self.write(f"corpus/{name}/{number}.txt", STORY + name)
                layer = {"format": 1, "article": {"file": f"{number}.txt", "sha256": "0" * 64, "length": 42},
                         "offsets": "unicode code points", "status": "done", "spans": [
                             {"id": "s1", "label": "quote", "ranges": [[15, 31]], "text": ["“Kami sahabat 🤝”"]}]}
                self.write(f"corpus/{name}/{number}.txt.annotations.json", json.dumps(layer))
        self.write("bin/sbatch", SBATCH)
        os.chmod(os.path.join(self.path, "bin/sbatch"), 0o755)
        section = read("help", "datasets.md").split(MANY)[1].split("\n## ")[0]
        self.blocks = re.findall(r"^```(\w+)\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
        self.once = self.run("kutip-tool convert --quiet --to jsonl corpus")
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def write(self, name, content):
        path = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(content)

    def read(self, name):
        with open(os.path.join(self.path, name), "rb") as file:
            return file.read()

    def run(self, script):
        path = f"{self.path}/bin:{os.path.dirname(TOOL)}:{os.environ['PATH']}"
        # GNU parallel writes into its home.
        result = subprocess.run(["bash", "-euo", "pipefail", "-c", script], cwd=self.path, capture_output=True,
                                timeout=120, env={**os.environ, "PATH": path, "HOME": self.path})
        assert result.returncode == 0, result.stderr.decode()
        return result.stdout

    def find(self, word, language="sh"):
        (block,) = (text for name, text in self.blocks if name == language and word in text)
        return block


def test_gnu_parallel():
    with ManyFolders() as many:
        many.run(many.find("parallel --halt"))
        assert many.read("corpus.jsonl") == many.once
        # Small enough that there are several pieces.
        many.run(many.find("parallel --pipepart").replace("64M", "1k"))
        many.run("kutip-tool convert --quiet --from jsonl --to conll -o once.conll corpus.jsonl")
        assert many.read("corpus.conll") == many.read("once.conll")


def test_slurm():
    with ManyFolders() as many:
        many.run("find corpus -mindepth 1 -maxdepth 1 -type d | LC_ALL=C sort > folders")
        many.write("convert.sh", many.find("#!/bin/bash"))
        many.run(many.find("sbatch --parsable"))
        assert many.read("corpus.jsonl") == many.once


def pipe_as_spark_does(command, partition):
    """RDD.pipe: the command cut at white space, a line for each element, the lines of its output; no status but 0."""
    lines = "".join(line + "\n" for line in partition)
    result = subprocess.run(command.split(), input=lines.encode(), capture_output=True, timeout=60,
                            env={**os.environ, "PATH": f"{os.path.dirname(TOOL)}:{os.environ['PATH']}"})
    assert result.returncode == 0, result.stderr.decode()
    return result.stdout.decode().split("\n")[:-1]


def test_spark():
    with ManyFolders() as many:
        (command,) = re.findall(r'\.pipe\("(.*)"\)', many.find("spark", "python"))
        lines = many.once.decode().split("\n")[:-1]
        whole = pipe_as_spark_does(command, lines)
        assert len(whole) == len(lines) == 18 and all(json.loads(row)["spans"] for row in whole)
        for partitions in ([lines[:7], [], lines[7:]], [[line] for line in lines], [lines[::-1], []]):
            rows = [row for partition in partitions for row in pipe_as_spark_does(command, partition)]
            assert sorted(rows) == sorted(whole)
        assert pipe_as_spark_does(command, []) == []


if __name__ == "__main__":
    status = run_cases(tests_of(globals()))
    shutil.rmtree(COMPLETING)
    sys.exit(status)
