# SPDX-License-Identifier: GPL-3.0-or-later
"""make.py KUTIP-TOOL: writes the completion of kutip-tool's command line for bash, zsh and fish, from what the
program says of its own options. tests/cli/test_documented.py tells when it has to be run again."""

import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FIELDS = "publisher date folder language author title url annotator status"
READ, WRITTEN, FILES, MAPS, TAGSETS = "read", "written", "files", "maps", "tagsets"
# What may stand behind an option, of one command or of all; nothing for free text.
VALUES = {
    "from": READ, "to": WRITTEN, "tagset": TAGSETS, "below": FILES, "losses": FILES, "output": FILES, "map": MAPS,
    "offset-unit": "code-points utf-16 bytes", "group-by": FIELDS, "stratify-by": f"label {FIELDS}",
    "split": "80/10/10 4/1", "export context": "article paragraph sentence",
}
# What is shipped, and may stand there instead of a file.
SHIPPED = {
    kind: " ".join(sorted(name[:-5] for name in os.listdir(os.path.join(HERE, "..", kind)) if name.endswith(".json")))
    for kind in (MAPS, TAGSETS)
}


class Option:
    def __init__(self, command, short, name, argument, text):
        self.short, self.name, self.argument, self.text = short, name, argument, text
        self.values = VALUES.get(f"{command} {name}", VALUES.get(name)) if argument else None
        if name == "context" and command != "export":
            self.values = None


class Command:
    def __init__(self, name, text, options):
        self.name, self.text = name, text
        self.options = [Option(name, *option) for option in options]
        self.takes_files = name != "formats"


def ask(tool, *words):
    environment = {**os.environ, "LANGUAGE": "en", "LC_ALL": "C.UTF-8"}
    return subprocess.run([tool, *words, "--help"], capture_output=True, encoding="utf-8", check=True,
                          env=environment).stdout


def read_commands(tool):
    listed = ask(tool).split("Commands:")[1]
    return [
        Command(name, text, re.findall(r"^  (?:-(.), )?--([a-z-]+)(?:=(\S+))? +(.*)$", ask(tool, name), re.MULTILINE))
        for name, text in re.findall(r"^  ([a-z]+) +(.*)$", listed, re.MULTILINE)
    ]


def wrap(words, width, indent):
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line += (" " if line else "") + word
    return f"\n{indent}".join([*lines, line])


# --- bash ---

BASH_START = """\
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Completion of kutip-tool's command line in bash. Made by make.py.

_kutip_tool_options() {
  case $1 in
"""
BASH_VALUES = """\
    *) echo "-h --help --version" ;;
  esac
}

# What may stand behind option $2 of command $1: words, "@" for a file, nothing for free text. Fails for an
# option that takes nothing.
_kutip_tool_values() {
  case "$1 $2" in
"""
BASH_END = """\
    *) return 1 ;;
  esac
}

# Those whose letters (r: read, w: written) match $1.
_kutip_tool_formats() {
  kutip-tool formats 2>/dev/null | sed -n "s/^\\([a-z][a-z-]*\\)  *$1 .*/\\1/p"
}

_kutip_tool_files() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$1")
}

_kutip_tool() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} values
  COMPREPLY=()
  # "--to=x" comes as three words.
  if [ "$word" = = ]; then
    word=
  elif [ "$before" = = ] && [ "$COMP_CWORD" -gt 2 ]; then
    before=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "@COMMANDS@ --help --version" -- "$word")
  elif values=$(_kutip_tool_values "${COMP_WORDS[1]}" "$before"); then
    mapfile -t COMPREPLY < <(compgen -W "${values/@/}" -- "$word")
    if [[ $values == *@* ]]; then
      _kutip_tool_files "$word"
    fi
  elif [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_kutip_tool_options "${COMP_WORDS[1]}")" -- "$word")
  else
    _kutip_tool_files "$word"
  fi
}

complete -F _kutip_tool kutip-tool
"""


def words_of(option):
    return ([f"-{option.short}"] if option.short else []) + [f"--{option.name}"]


def bash_values(option):
    if option.values is None:
        return ""
    if option.values in SHIPPED:
        return f'echo "@ {SHIPPED[option.values]}"'
    return {READ: "_kutip_tool_formats r.", WRITTEN: "_kutip_tool_formats .w", FILES: "echo @"}.get(
        option.values, f'echo "{option.values}"')


def make_bash(commands):
    out = BASH_START
    for command in commands:
        words = wrap([word for option in command.options for word in words_of(option)], 84, "        ")
        out += f'    {command.name})\n      echo "{words}"\n      ;;\n'
    out += BASH_VALUES
    for command in commands:
        for option in command.options:
            if option.argument:
                patterns = " | ".join(f'"{command.name} {word}"' for word in words_of(option))
                value = bash_values(option)
                out += f"    {patterns}) {value + ' ' if value else ''};;\n"
    return out + BASH_END.replace("@COMMANDS@", " ".join(command.name for command in commands))


# --- zsh ---

ZSH_START = """\
#compdef kutip-tool
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of kutip-tool's command line in zsh. Made by make.py.

# Those whose letters (r: read, w: written) match $1.
_kutip_tool_formats() {
  local -a formats
  formats=(${(f)"$(kutip-tool formats 2>/dev/null | sed -n "s/^\\([a-z][a-z-]*\\)  *$1 .*/\\1/p")"})
  _describe format formats
}

_kutip_tool_read() { _kutip_tool_formats 'r.' }
_kutip_tool_written() { _kutip_tool_formats '.w' }
_kutip_tool_maps() { _alternative 'maps:shipped map:(@MAPS@)' 'files:file:_files' }
_kutip_tool_tagsets() { _alternative 'tagsets:shipped tag set:(@TAGSETS@)' 'files:file:_files' }

_kutip_tool() {
  local context state line
  local -a commands
  commands=(
"""
ZSH_MIDDLE = """\
  )
  _arguments -C \\
    '(- *)'{-h,--help}'[Print the usage and end]' \\
    '(- *)--version[Print the version and end]' \\
    '1:command:->command' \\
    '*::argument:->arguments'
  if [[ $state == command ]]; then
    _describe command commands
    return
  fi
  case $line[1] in
"""
ZSH_END = """\
  esac
}

_kutip_tool "$@"
"""


def zsh_text(text):
    return re.sub(r"([\[\]:])", r"\\\1", text.replace("'", "’"))


def zsh_option(option):
    action = ""
    if option.argument:
        name = re.sub(r"[^a-z]+", " ", option.argument.lower()).strip()
        functions = {kind: f"_kutip_tool_{kind}" for kind in (READ, WRITTEN, MAPS, TAGSETS)}
        action = f":{name}:" + {None: "", FILES: "_files", **functions}.get(option.values, f"({option.values})")
    equals, plus = ("=", "+") if option.argument else ("", "")
    text = f"[{zsh_text(option.text)}]{action}'"
    if not option.short:
        return f"'--{option.name}{equals}{text}"
    return f"'(-{option.short} --{option.name})'{{-{option.short}{plus},--{option.name}{equals}}}'{text}"


def make_zsh(commands):
    out = ZSH_START.replace("@MAPS@", SHIPPED[MAPS]).replace("@TAGSETS@", SHIPPED[TAGSETS])
    for command in commands:
        out += f"    '{command.name}:{zsh_text(command.text)}'\n"
    out += ZSH_MIDDLE
    for command in commands:
        specs = [zsh_option(option) for option in command.options]
        if command.name == "search":
            specs.append("'1:pattern:'")
        if command.takes_files:
            specs.append("'*:article or folder:_files'")
        out += f"    {command.name})\n      _arguments -s " + "".join(f"\\\n        {spec} " for spec in specs)
        out = out.rstrip() + "\n      ;;\n"
    return out + ZSH_END


# --- fish ---

FISH_START = """\
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of kutip-tool's command line in fish. Made by make.py.

# Those whose letters (r: read, w: written) match the argument.
function __kutip_tool_formats
    kutip-tool formats 2>/dev/null | string replace -rf "^([a-z][a-z-]*) +$argv[1] .*" '$1'
end

complete -c kutip-tool -n __fish_use_subcommand -f -s h -l help -d 'Print the usage and end'
complete -c kutip-tool -n __fish_use_subcommand -f -l version -d 'Print the version and end'
"""


def fish_option(command, option):
    out = f"complete -c kutip-tool -n '__fish_seen_subcommand_from {command.name}'"
    out += f" -s {option.short}" if option.short else ""
    out += f" -l {option.name}"
    if option.argument:
        out += {
            None: " -x", FILES: " -r",
            READ: " -x -a '(__kutip_tool_formats r.)'", WRITTEN: " -x -a '(__kutip_tool_formats .w)'",
            **{kind: f" -x -a '{names} (__fish_complete_path)'" for kind, names in SHIPPED.items()},
        }.get(option.values, f" -x -a '{option.values}'")
    text = option.text.replace("'", "\\'")
    return f"{out} -d '{text}'\n"


def make_fish(commands):
    out = FISH_START
    for command in commands:
        text = command.text.replace("'", "\\'")
        out += f"complete -c kutip-tool -n __fish_use_subcommand -f -a {command.name} -d '{text}'\n"
    for command in commands:
        out += "\n" + "".join(fish_option(command, option) for option in command.options)
    return out


FILES_MADE = {"kutip-tool": make_bash, "_kutip-tool": make_zsh, "kutip-tool.fish": make_fish}


def main(tool):
    commands = read_commands(tool)
    for name, make in FILES_MADE.items():
        with open(os.path.join(HERE, name), "w", encoding="utf-8") as file:
            file.write(make(commands))


if __name__ == "__main__":
    main(sys.argv[1])
