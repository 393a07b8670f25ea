#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session with all that might be tempted, seen through strace: no socket goes anywhere but to
the desktop's bus and the display, and no other program is started."""

import re
import shutil
import tempfile

from drive import *

STORY = (
    "Kunjungan Putin\n\n"
    "Baca di https://example.org/berita dan <a href='http://example.org'>di sini</a>. "
    "Putin mengatakan langkah itu baik. <img src='http://example.org/x.png'>\n"
)
CALL = re.compile(r"\b(socket|connect|sendto|sendmsg|bind|listen|execve)\((.*)")
# A bus, the accessibility bus, the X server.
PLACES = re.compile(r'sun_path=@?"[^"]*(bus|at-spi|\.X11-unix)[^"]*"')


def run_traced():
    folder = tempfile.mkdtemp(prefix="kutip-offline-")
    article = os.path.join(folder, "a.txt")
    calls = os.path.join(folder, "calls")
    with open(article, "w", encoding="utf-8") as file:
        file.write(STORY)
    with open(os.path.join(folder, "b.txt"), "w", encoding="utf-8") as file:
        file.write("Putin datang.\n")
    program = tempfile.NamedTemporaryFile("w", delete=False, suffix=".sh")
    # -D: the program keeps the process that is started, strace watches from another.
    program.write(
        "#!/bin/sh\n"
        f"exec {shutil.which('strace')} -D -f -qq -s 200 -o '{calls}' "
        "-e trace=socket,connect,bind,listen,execve "
        f"'{os.environ['KUTIP_PROGRAM']}' \"$@\"\n"
    )
    program.close()
    os.chmod(program.name, 0o700)
    return folder, calls, program.name


def nothing_leaves_the_computer():
    folder, calls, program = run_traced()
    kutip = Kutip(os.path.join(folder, "a.txt"), program=program)
    kutip.wait_opened("a.txt")
    kutip.set_caret(STORY.index("Putin mengatakan"))
    key("ctrl+shift+Right", "3")
    until("the sidecar", lambda: sidecar(os.path.join(folder, "a.txt")))
    key("ctrl+f")
    write("example")
    key("Escape", "ctrl+shift+f")
    write("Putin")
    key("Return")
    time.sleep(1)
    key("Escape")
    time.sleep(0.5)
    key("ctrl+q")
    kutip.process.wait(30 * SLOW)
    until("strace to end", lambda: "+++ exited" in open(calls, encoding="utf-8").read()
          or not os.path.exists(f"/proc/{kutip.process.pid}"))
    time.sleep(0.5)
    with open(calls, encoding="utf-8") as file:
        lines = [line for line in file if CALL.search(line)]
    sockets = [line for line in lines if " socket(" in line]
    assert sockets, "strace saw nothing"
    wrong = [line for line in sockets if "AF_UNIX" not in line]
    wrong += [
        line
        for line in lines
        if (" connect(" in line or " bind(" in line) and not PLACES.search(line)
    ]
    wrong += [line for line in lines if " listen(" in line]
    started = [line for line in lines if " execve(" in line]
    assert not wrong, "\n".join(wrong)
    assert len(started) == 1, "\n".join(started)


run_cases([nothing_leaves_the_computer])
