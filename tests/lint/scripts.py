# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts: what shellcheck says of the shell's, and that Python's compile."""

import shutil
import subprocess

from tree import Finding


def check_shell(tree):
    names = [name for name, interpreter in tree.scripts() if interpreter.endswith(("sh", "bash"))]
    names += [name for name in tree.files(".sh") if name not in names]
    if not names:
        return
    result = subprocess.run(
        [shutil.which("shellcheck"), "-x", "-f", "gcc", *names],
        cwd=tree.top,
        capture_output=True,
        text=True,
    )
    for line in result.stdout.splitlines():
        path, number, _, message = line.split(":", 3)
        yield Finding(path, int(number), message.strip())
    if result.stderr:
        yield Finding("shellcheck", 0, result.stderr.strip())


def check_python(tree):
    names = {name for name, interpreter in tree.scripts() if "python" in interpreter}
    for name in sorted(names | set(tree.files(".py"))):
        try:
            compile(tree.read(name), name, "exec")
        except SyntaxError as error:
            yield Finding(name, error.lineno or 0, str(error))


def check(tree):
    yield from check_shell(tree)
    yield from check_python(tree)
