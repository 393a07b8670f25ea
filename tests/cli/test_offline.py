# SPDX-License-Identifier: GPL-3.0-or-later
"""kutip-tool seen through strace: it opens no socket and starts no program, whatever it reads and
writes, and XML makes it open nothing but what was named."""

import json
import os
import shutil
import subprocess
import sys
import tempfile

from tap import run_cases

TOOL = os.environ["KUTIP_TOOL"]
SAMPLES = os.environ["KUTIP_SAMPLES_DIR"]
EXTERNAL = """<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY h SYSTEM "http://example.org/x">
<!ENTITY % d SYSTEM "http://example.org/d.dtd"> %d;]>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmi:version="2.0">
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="&e;&h;"/></xmi:XMI>
"""


def trace(folder, *arguments):
    """(status, calls) of one run: what it started and what it asked of the network and the disk."""
    log = os.path.join(folder, "calls")
    environment = dict(os.environ)
    if "ASAN_OPTIONS" in environment:
        # The leak sanitizer wants to trace the program itself.
        environment["ASAN_OPTIONS"] += ":detect_leaks=0"
    result = subprocess.run(
        ["strace", "-f", "-qq", "-s", "300", "-o", log, "-e", "trace=%network,execve,openat", TOOL, *arguments],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=300, env=environment,
    )
    with open(log, encoding="utf-8", errors="replace") as file:
        return result.returncode, [line.split(" ", 1)[1].lstrip() for line in file]


def assert_alone(calls, what):
    started = [call for call in calls if call.startswith("execve(")]
    assert len(started) == 1, (what, started)
    network = [call for call in calls if not call.startswith(("execve(", "openat("))]
    assert not network, (what, network)


def list_formats():
    answer = subprocess.run([TOOL, "formats", "--json"], capture_output=True, check=True)
    return json.loads(answer.stdout)["formats"]


def every_format_stays_at_home():
    folder = tempfile.mkdtemp(prefix="kutip-offline-")
    corpus = os.path.join(folder, "in")
    os.mkdir(corpus)
    for name in os.listdir(SAMPLES):
        if name.startswith("id-turbin-air"):
            shutil.copy(os.path.join(SAMPLES, name), corpus)
    for known in list_formats():
        if not known["writes"]:
            continue
        out = os.path.join(folder, "out-" + known["name"])
        status, calls = trace(folder, "convert", "--to", known["name"], "-o", out, corpus)
        assert status == 0, known["name"]
        assert_alone(calls, f"writing {known['name']}")
        if not known["reads"]:
            continue
        back = os.path.join(folder, "back-" + known["name"])
        texts = [os.path.join(corpus, "id-turbin-air.txt")] if known["text_apart"] else []
        status, calls = trace(
            folder, "convert", "--from", known["name"], "--to", "jsonl", "-o", back, out, *texts
        )
        assert status == 0, f"{known['name']} back"
        assert_alone(calls, f"reading {known['name']}")
    for command in ("validate", "stats"):
        _, calls = trace(folder, command, corpus)
        assert_alone(calls, command)
    shutil.rmtree(folder)


def xml_calls_for_nothing():
    folder = tempfile.mkdtemp(prefix="kutip-offline-")
    file = os.path.join(folder, "a.xmi")
    with open(file, "w", encoding="utf-8") as out:
        out.write(EXTERNAL)
    status, calls = trace(folder, "convert", "--from", "uima-xmi", "--to", "jsonl", file)
    assert status == 1, status
    assert_alone(calls, "XML with entities")
    opened = [call for call in calls if "/etc/hostname" in call or "example.org" in call]
    assert not opened, opened
    shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(run_cases([every_format_stays_at_home, xml_calls_for_nothing]))
