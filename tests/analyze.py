# SPDX-License-Identifier: GPL-3.0-or-later
"""analyze.py SOURCE BUILD: clang-tidy (.clang-tidy says what for) over app/, and gcc's analyzer over the core.
What was clean and has not changed since is not looked at again. Prints what is found, and a sum."""

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

# How often gcc 12's analyzer is known to be wrong, by file and warning: it looks into one file at a time, so
# it does not know that what was asked for an object is not NULL, that an id of the draft has an item,
# that each relation has an id and two ends, or that a GError is set on failure; and
# of a structure returned in registers it takes the padding for a value.
KNOWN = {
    ("app/corpus/convert/convert-guess.c", "-Wanalyzer-use-of-uninitialized-value"): 1,
    ("app/corpus/convert/convert-memory.c", "-Wanalyzer-null-dereference"): 2,
    ("app/format/sidecar/annotation-json.c", "-Wanalyzer-null-dereference"): 1,
    ("app/format/brat/brat-conf.c", "-Wanalyzer-null-dereference"): 1,
    ("app/format/label-studio/label-studio-write.c", "-Wanalyzer-null-dereference"): 2,
    ("app/model/document.c", "-Wanalyzer-null-dereference"): 1,
    ("app/model/relation.c", "-Wanalyzer-null-argument"): 3,
    ("app/model/tagset-draft.c", "-Wanalyzer-null-dereference"): 4,
    ("app/store/anchor-map.c", "-Wanalyzer-null-dereference"): 1,
    ("app/text/segment.c", "-Wanalyzer-use-of-uninitialized-value"): 1,
}
FINDING = re.compile(r"^(?P<file>\S+?)(?::\d+:\d+)?: (?:warning|error): .*\[(?P<name>-Wanalyzer[\w-]+|[a-z][\w.,-]+)\]$")
# The compiler's own warnings are errors in the build; those of another compiler would only be others.
NO_WARNINGS = ["-w", "-Wno-unknown-warning-option"]


def read(path):
    with open(path, "rb") as file:
        return file.read()


def without_compiled_headers(entry):
    """What one compiler has made of headers is nothing for another; each file includes what it needs."""
    command = re.sub(r" (-fpch-preprocess|-include libraries\.h)(?= )", "", entry["command"])
    return dict(entry, command=command)


def bare_command(entry):
    """The compiler's arguments without what names outputs and levels of optimization."""
    words = shlex.split(entry["command"])
    words = words[1:] if os.path.basename(words[0]) == "ccache" else words
    left, skip = [], False
    for word in words:
        if skip or word in ("-o", "-MF", "-MQ"):
            skip = not skip and word in ("-o", "-MF", "-MQ")
        elif not re.match(r"-(O|g|M|c$|Werror|U_FORTIFY|D_FORTIFY|-coverage|fprofile)", word):
            left.append(word)
    return left


def tidy(source, build, entry):
    extra = [f"--extra-arg={word}" for word in NO_WARNINGS]
    return ["clang-tidy-14", "-p", os.path.join(build, "analysis"), "--quiet", *extra, entry["file"]]


def gcc(source, build, entry):
    words = ["-O0", "-fanalyzer", "-fdiagnostics-color=never", "-fdiagnostics-path-format=none"]
    return [*bare_command(entry), *words, "-S", "-o", "-"]


def look(job):
    """Findings of one tool in one file, from its notes when nothing has changed."""
    source, build, entry, tool, state = job
    path = os.path.normpath(os.path.join(entry["directory"], entry["file"]))
    entry = dict(entry, file=path)
    command = tool(source, build, entry)
    key = hashlib.sha256(state + read(path) + shlex.join(command).encode()).hexdigest()
    note = os.path.join(build, "analysis", key)
    if os.path.exists(note):
        return []
    done = subprocess.run(command, cwd=entry["directory"], capture_output=True, text=True, errors="replace")
    lines = (done.stdout + done.stderr).splitlines()
    # What belongs to no line of its own is said of "cc1".
    lines = [re.sub("^cc1:", path + ":", line) for line in lines]
    found = [line for line in lines if FINDING.match(line)]
    if done.returncode and not found:
        found = [f"{path}:1:1: error: {(lines or ['it failed'])[-1]} [could-not-be-analysed]"]
    if not found:
        open(note, "w", encoding="utf-8").close()
    return found


def headers(source):
    """What each file's findings may depend on besides itself."""
    digest = hashlib.sha256(read(os.path.join(source, ".clang-tidy")))
    for where, folders, files in os.walk(os.path.join(source, "app")):
        folders.sort()
        for name in sorted(files):
            if name.endswith(".h"):
                digest.update(read(os.path.join(where, name)))
    for tool in ("clang-tidy-14", "cc"):
        digest.update(subprocess.run([tool, "--version"], capture_output=True, check=True).stdout)
    return digest.digest()


def main(source, build):
    os.makedirs(os.path.join(build, "analysis"), exist_ok=True)
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        entries = [entry for entry in json.load(file) if "/app/" in entry["file"] and entry["file"].endswith(".c")]
    entries = [without_compiled_headers(entry) for entry in entries]
    entries = [e for e in entries if os.path.realpath(os.path.join(e["directory"], e["file"])).startswith(source + "/app/")]
    with open(os.path.join(build, "analysis", "compile_commands.json"), "w", encoding="utf-8") as file:
        json.dump(entries, file)
    core = [entry for entry in entries if "/app/ui/" not in entry["file"]]
    state = headers(source)
    jobs = [(source, build, entry, tidy, state) for entry in entries]
    jobs += [(source, build, entry, gcc, state) for entry in core]
    found, excused = [], {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for lines in pool.map(look, jobs):
            for line in dict.fromkeys(lines):
                match = FINDING.match(line)
                name = os.path.relpath(os.path.normpath(os.path.join(build, match["file"])), source)
                key = (name, match["name"])
                excused[key] = excused.get(key, 0) + 1
                if excused[key] > KNOWN.get(key, 0):
                    found.append(line)
    for line in found:
        print("not ok -", line)
    print(f"{len(jobs)} looks at {len(entries)} files; {sum(excused.values()) - len(found)} known to be wrong")
    print(f"{0 if found else len(jobs)} passed, {len(found)} failed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*map(os.path.realpath, sys.argv[1:])))
